import { signOff } from '../../promises/proof/service.ts';
import { listTasks } from '../../promises/proof/store.ts';
import { argument, exit, required, withWorld, type Command } from '../command.ts';

const states = {
  open: { nl: 'open', en: 'open' },
  'signed-off': { nl: 'afgetekend', en: 'signed off' },
} as const;

export const tasks: Command = {
  name: 'tasks',
  summary: { nl: 'taken voor mensen: tonen en aftekenen', en: 'tasks for people: list and sign off' },
  usage: 'gestand tasks list | done TASK --by NAME',
  takes: { '': 0, list: 1, done: 2 },
  words: { known: ['list', 'done'] },
  options: { by: { type: 'string', help: { nl: 'wie het deed', en: 'who did it' } } },
  examples: ['gestand tasks list', 'gestand tasks done t-0123456789 --by "A. de Beer"'],
  run: (context) =>
    withWorld(context, async (world) => {
      const { out } = context;
      if (context.args[0] === 'done') {
        const id = argument(context, 1, { nl: 'de taak', en: 'the task' });
        await signOff(world, { name: required(context, 'by') }, id);
        out.line(`  ${out.t({ nl: 'Afgetekend', en: 'Signed off' })}: ${id}`);
        out.result({ task: id, state: 'signed-off' });
        return exit.ok;
      }
      const rows = await listTasks(world.db);
      if (rows.length === 0) out.line(`  ${out.t({ nl: 'Er zijn geen taken.', en: 'There are no tasks.' })}`);
      for (const row of rows)
        out.line(
          `  ${row.id}  ${out.t(states[row.state])}  ${row.system}/${row.dataset}  ${row.due.toISOString().slice(0, 10)}  ${out.t(row.instruction)}`,
        );
      out.result({
        tasks: rows.map(({ signed_by: signedBy, signed_at: signedAt, ...row }) => ({
          ...row,
          due: row.due.toISOString(),
          signedBy,
          signedAt: signedAt?.toISOString() ?? null,
        })),
      });
      return exit.ok;
    }),
};
