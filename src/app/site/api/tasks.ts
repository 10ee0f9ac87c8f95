import { z } from 'zod';
import { signOff } from '../../../promises/proof/service.ts';
import { listTasks } from '../../../promises/proof/store.ts';
import { forgetReports } from '../reports.ts';
import { api, one } from '../seat.ts';
import { Part, partOf } from './list.ts';

const Task = z.strictObject({ task: z.string().regex(/^t-[a-z0-9]+$/) });

export const taskRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/tasks',
      may: 'see tasks',
      summary: { nl: 'Taken voor mensen, de vroegste termijn eerst', en: 'Tasks for people, the first deadline first' },
      query: Part.extend({ state: z.enum(['open', 'signed-off']).optional() }),
      reply: z.object({
        tasks: z.array(
          z.object({
            task: z.string(),
            system: z.string(),
            dataset: z.string(),
            period: z.string(),
            instruction: z.object({ nl: z.string(), en: z.string() }),
            due: z.string(),
            overdue: z.boolean(),
            state: z.enum(['open', 'signed-off']),
            signedBy: z.string().nullable(),
            signedAt: z.string().nullable(),
          }),
        ),
        next: z.string().nullable(),
      }),
    },
    async ({ world: { world }, query }) => {
      const now = world.clock().epochMilliseconds;
      const rows = (await listTasks(world.db)).filter((row) => query.state === undefined || row.state === query.state);
      const { part, next } = partOf(rows, (row) => row.id, query);
      return {
        tasks: part.map((row) => ({
          task: row.id,
          system: row.system,
          dataset: row.dataset,
          period: row.period,
          instruction: row.instruction,
          due: row.due.toISOString(),
          overdue: row.state === 'open' && row.due.getTime() < now,
          state: row.state,
          signedBy: row.signed_by,
          signedAt: row.signed_at?.toISOString() ?? null,
        })),
        next,
      };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/tasks/:task/sign-off',
      may: 'sign off a task',
      summary: { nl: 'Tekent af dat een taak gedaan is', en: 'Signs that a task was done' },
      params: Task,
      body: z.strictObject({}),
      reply: z.object({ task: z.string(), state: z.literal('signed-off') }),
      refuses: ['task-unknown'],
    },
    async ({ world: { world }, actor, params: { task } }) => {
      await signOff(world, { name: one(actor).name }, task);
      forgetReports(world);
      return { task, state: 'signed-off' as const };
    },
  ),
];
