/** Tasks for people: what is to be done and by when, signing off, and what else waits for whoever looks. */
import { z } from 'zod';
import { can } from '../../../access/index.ts';
import type { Language } from '../../../base/language.ts';
import { signOff } from '../../../promises/proof/service.ts';
import { listTasks, type TaskRow } from '../../../promises/proof/store.ts';
import { sayIn } from '../../../web/say.ts';
import { tasksPage, tasksTitle, type TaskView } from '../../../web/console/tasks.ts';
import { framed } from '../frame.ts';
import { notificationsOf } from '../notifications/index.ts';
import { forgetReports } from '../reports.ts';
import { rolesThat } from '../roles.ts';
import { one, page } from '../seat.ts';

/** So many that were done are shown, the newest first: a year and more of months. */
const doneShown = 50;

export const taskPages = [
  page(
    { method: 'GET', path: '/tasks', may: 'see tasks', summary: { nl: 'Taken', en: 'Tasks' } },
    async ({ world: seat, actor, language, request }) => {
      const now = seat.world.clock().epochMilliseconds;
      const rows = await listTasks(seat.world.db);
      const done = rows.filter((row) => row.state === 'signed-off').toSorted((a, b) => signedMs(b) - signedMs(a));
      const waits = await notificationsOf(seat, one(actor));
      const view = {
        open: rows.filter((row) => row.state === 'open').map((row) => viewOf(row, now, language)),
        done: done.slice(0, doneShown).map((row) => viewOf(row, now, language)),
        earlier: Math.max(0, done.length - doneShown),
        maySign: can(one(actor), 'sign off a task'),
        signers: rolesThat('sign off a task', language),
        also: waits.filter(
          ({ kind, href }) => (kind === 'waiting' || kind === 'deadline') && !href.startsWith('/tasks'),
        ),
      };
      return framed(
        { seat, actor, language, request },
        { title: tasksTitle(language), main: tasksPage(view, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/tasks/:task/sign-off',
      may: 'sign off a task',
      summary: { nl: 'Tekent een taak af', en: 'Signs a task off' },
      params: z.strictObject({ task: z.string().regex(/^t-[a-z0-9]+$/) }),
    },
    async ({ world: { world }, actor, params: { task } }) => {
      await signOff(world, { name: one(actor).name }, task);
      forgetReports(world);
      return { to: '/tasks?done=told' };
    },
  ),
];

const signedMs = (row: TaskRow): number => row.signed_at?.getTime() ?? 0;

function viewOf(row: TaskRow, now: number, language: Language): TaskView {
  const { id, period, signed_by: by, signed_at: at } = row;
  return {
    id,
    period,
    instruction: row.instruction[language],
    where: `${row.system}/${row.dataset}`,
    due: row.due.toISOString(),
    overdue: row.state === 'open' && row.due.getTime() < now,
    signed: by === null || at === null ? null : { by, at: at.toISOString() },
  };
}
