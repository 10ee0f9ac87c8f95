import { z } from 'zod';
import { PromiseId } from '../../../policy/index.ts';
import { boardJson } from '../../board.ts';
import { siteRefusals } from '../phrases.ts';
import { reportsOf } from '../reports.ts';
import { api } from '../seat.ts';

const State = z.enum(['kept', 'at-risk', 'broken', 'not-proven']);
const Kind = z.enum(['measured', 'derived', 'declared', 'none']);
const PromiseReply = z.object({
  id: z.string(),
  state: State,
  since: z.string(),
  proof: z.object({ at: z.string(), leaf: z.number().nullable() }).nullable(),
  detail: z.string(),
  title: z.string(),
  kind: Kind,
  next: z.string().nullable(),
  parts: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: Kind,
      state: State,
      proof: z.string().nullable(),
      until: z.string().nullable(),
      detail: z.string(),
    }),
  ),
  missing: z.array(z.string()),
});
const BoardReply = z.object({ at: z.string(), promises: z.array(PromiseReply) });

export const promiseRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/promises',
      may: 'see the board',
      summary: { nl: 'Elke belofte, met haar stand en bewijs', en: 'Every promise, with its state and proof' },
      reply: BoardReply,
    },
    async ({ world: { world }, language }) =>
      boardJson(world.clock().toString(), await reportsOf(world), language) as z.infer<typeof BoardReply>,
  ),
  api(
    {
      method: 'GET',
      path: '/api/promises/:promise',
      may: 'see the board',
      summary: { nl: 'Een belofte', en: 'A promise' },
      params: z.strictObject({ promise: PromiseId }),
      reply: PromiseReply,
      refuses: ['promise-unknown'],
    },
    async ({ world: { world }, language, params }) => {
      const all = boardJson(world.clock().toString(), await reportsOf(world), language) as z.infer<typeof BoardReply>;
      const found = all.promises.find((each) => each.id === params.promise);
      if (!found) throw siteRefusals.unknownPromise(params.promise);
      return found;
    },
  ),
];
