import { judgeAll, measure } from '../../promises/proof/service.ts';
import { Mistake } from '../../promises/world.ts';
import { boardJson } from '../../app/board.ts';
import { showBoard, showPromise } from '../board.ts';
import { exit, withWorld, type Command } from '../command.ts';

export const promises: Command = {
  name: 'promises',
  summary: {
    nl: 'het bord: welke belofte wordt nagekomen, sinds wanneer, waaruit dat blijkt',
    en: 'the board: which promise is kept, since when, shown by what',
  },
  usage: 'gestand promises [P08] [--measure]',
  takes: Infinity,
  options: { measure: { type: 'boolean', help: { nl: 'eerst opnieuw meten', en: 'measure again first' } } },
  examples: ['gestand promises', 'gestand promises P08', 'gestand promises --measure --json'],
  run: (context) =>
    withWorld(context, async (world) => {
      const { out } = context;
      if (context.values['measure'] === true) await measure(world);
      const all = await judgeAll(world);
      await world.flush();
      const wanted = context.args.map((arg) => arg.toUpperCase());
      const unknown = wanted.find((id) => !all.some((report) => report.id === id));
      if (unknown !== undefined)
        throw new Mistake('promise-unknown', {
          nl: `Het beleid doet geen belofte "${unknown.slice(0, 10)}". Wel: ${all.map((one) => one.id).join(', ')}.`,
          en: `The policy makes no promise "${unknown.slice(0, 10)}". It makes: ${all.map((one) => one.id).join(', ')}.`,
        });
      const reports = wanted.length === 0 ? all : all.filter((report) => wanted.includes(report.id));
      if (wanted.length === 0) showBoard(out, reports);
      else for (const report of reports) showPromise(out, report, world.zone);
      out.result(boardJson(world.clock().toString(), reports, out.language));
      return reports.every((report) => report.state === 'kept') ? exit.ok : exit.wrong;
    }),
};
