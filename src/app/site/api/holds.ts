import { z } from 'zod';
import type { Actor } from '../../../access/index.ts';
import { instant } from '../../../base/time.ts';
import { GivenScope, matterKinds } from '../../../promises/holds/model.ts';
import { listHolds, placeHold, releaseHold, reviewHold } from '../../../promises/holds/service.ts';
import { HoldReply, holdJson } from '../../wire.ts';
import { scopeFor } from '../masked.ts';
import { siteRefusals } from '../phrases.ts';
import { api, one } from '../seat.ts';
import { Part, partOf } from './list.ts';

const Hold = z.strictObject({ hold: z.string().regex(/^h-[a-z0-9]+$/) });
const text = z.string().trim().min(1).max(2000);

const seenBy = (actor: Actor, reply: HoldReply): HoldReply => ({ ...reply, scope: scopeFor(actor, reply.scope) });

export const holdRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/holds',
      may: 'see holds',
      summary: { nl: 'Bewaarplichten', en: 'Holds' },
      query: Part,
      reply: z.object({ holds: z.array(HoldReply), next: z.string().nullable() }),
    },
    async ({ world: { world }, actor, query }) => {
      const { part, next } = partOf(await listHolds(world), ({ hold }) => hold.id, query);
      return { holds: part.map((each) => seenBy(one(actor), holdJson(each))), next };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/holds/:hold',
      may: 'see holds',
      summary: { nl: 'Een bewaarplicht', en: 'A hold' },
      params: Hold,
      reply: HoldReply,
      refuses: ['hold-unknown'],
    },
    async ({ world: { world }, actor, params }) => {
      const found = (await listHolds(world)).find(({ hold }) => hold.id === params.hold);
      if (!found) throw siteRefusals.unknownHold(params.hold);
      return seenBy(one(actor), holdJson(found));
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/holds',
      may: 'place a hold',
      summary: { nl: 'Houdt vast wat in een zaak nodig is', en: 'Keeps what a pending case needs' },
      body: z.strictObject({
        matter: text,
        kind: z.enum(matterKinds),
        reason: text,
        legalBasis: text,
        scope: GivenScope,
        prospective: z.boolean().default(false),
        reviewBy: z.iso.datetime({ offset: true }).optional(),
      }),
      reply: HoldReply.extend({ interrupted: z.number() }),
      refuses: ['hold-scope', 'hold-review', 'hold-matches-nothing'],
    },
    async ({ world: { world }, actor, body }) => {
      const { reviewBy, ...rest } = body;
      const placed = await placeHold(world, one(actor), {
        ...rest,
        ...(reviewBy === undefined ? {} : { reviewBy: instant(reviewBy) }),
      });
      return { ...holdJson(placed), interrupted: placed.interrupted };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/holds/:hold/release',
      may: 'release a hold',
      summary: {
        nl: 'Vraagt om opheffing, of keurt haar als tweede goed',
        en: 'Asks for the release, or grants it as the second',
      },
      params: Hold,
      body: z.strictObject({
        reason: text.optional().describe('Asked of the first of the two; the second may give one of its own.'),
      }),
      reply: z.object({ state: z.enum(['asked', 'releasing']), graceUntil: z.string().nullable() }),
      refuses: ['hold-unknown', 'hold-same-person', 'hold-reason'],
    },
    async ({ world: { world }, actor, params, body }) => {
      const { state, graceUntil } = await releaseHold(world, one(actor), params.hold, body.reason ?? '');
      return { state, graceUntil: graceUntil?.toString() ?? null };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/holds/:hold/review',
      may: 'review a hold',
      summary: { nl: 'Bekeken, en zij blijft', en: 'Looked at, and it stays' },
      params: Hold,
      body: z.strictObject({}),
      reply: z.object({ next: z.string() }),
      refuses: ['hold-unknown'],
    },
    async ({ world: { world }, actor, params }) => ({
      next: (await reviewHold(world, one(actor), params.hold)).toString(),
    }),
  ),
];
