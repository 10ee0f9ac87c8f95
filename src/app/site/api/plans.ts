import { z } from 'zod';
import { instant } from '../../../base/time.ts';
import { makePlan, readPlan } from '../../../promises/retention/plan.ts';
import { reportRun } from '../../../promises/retention/run.ts';
import { listPlans } from '../../../promises/retention/store.ts';
import { PlanReply, planJson, RunReply, runJson } from '../../wire.ts';
import { begin } from '../../worker.ts';
import { approveByTwo } from '../approve.ts';
import { siteRefusals } from '../phrases.ts';
import { runText } from '../run-text.ts';
import { decideReview } from '../review.ts';
import { api, one } from '../seat.ts';

const Plan = z.strictObject({ plan: z.string().regex(/^p-[a-z0-9]+$/) });

export const planRoutes = [
  api(
    {
      method: 'GET',
      path: '/api/plans',
      may: 'see plans',
      summary: { nl: 'Plannen, de nieuwste eerst', en: 'Plans, the newest first' },
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(100).default(20),
        cursor: z.iso.datetime().optional().describe('Plans made before this moment: "next" of the answer before.'),
      }),
      reply: z.object({
        plans: z.array(
          z.object({
            plan: z.string(),
            made: z.string(),
            expires: z.string(),
            approvals: z.number(),
            run: z.string().nullable(),
            state: z.string().nullable(),
          }),
        ),
        next: z.string().nullable(),
      }),
    },
    async ({ world: { world }, query }) => {
      const heads = await listPlans(world.db, query.limit, query.cursor);
      return {
        plans: heads.map((head) => ({
          plan: head.id,
          made: head.madeAt.toISOString(),
          expires: head.expiresAt.toISOString(),
          approvals: head.approvals,
          run: head.run,
          state: head.state,
        })),
        next: heads.length === query.limit ? (heads.at(-1)?.madeAt.toISOString() ?? null) : null,
      };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/plans',
      may: 'make a plan',
      summary: {
        nl: 'Kijkt wat er aan de beurt is; er wordt niets aangeraakt',
        en: 'Looks what is due; nothing is touched',
      },
      body: z.strictObject({ at: z.iso.datetime({ offset: true }).optional() }),
      reply: PlanReply,
    },
    async ({ world: { world }, body }) => {
      const plan = await makePlan(world, body.at === undefined ? world.clock() : instant(body.at));
      await world.flush();
      return planJson(plan);
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/plans/:plan',
      may: 'see plans',
      summary: { nl: 'Een plan, zoals het bevroren is', en: 'A plan, as it was frozen' },
      params: Plan,
      reply: PlanReply,
      refuses: ['plan-unknown', 'plan-tampered'],
    },
    async ({ world: { world }, params }) => planJson(await readPlan(world, params.plan)),
  ),
  api(
    {
      method: 'POST',
      path: '/api/plans/:plan/approve',
      may: 'approve a plan',
      summary: {
        nl: 'Keurt een plan goed, of één regel ervan; de tweede persoon maakt het af',
        en: 'Approves a plan, or one rule of it; the second person completes it',
      },
      params: Plan,
      body: z.strictObject({ rule: z.string().optional() }),
      reply: z.object({ plan: z.string(), state: z.enum(['asked', 'done']) }),
      look: '/api/plans',
      refuses: [
        'plan-unknown',
        'plan-expired',
        'plan-forecast',
        'plan-policy-changed',
        'plan-unknown-rule',
        'plan-to-review',
      ],
    },
    async ({ world: seat, actor, params, body }) => {
      const end = await approveByTwo(seat, one(actor), params.plan, body.rule);
      return { plan: params.plan, state: end.is };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/plans/:plan/review',
      may: 'approve a plan',
      summary: {
        nl: 'Beslist wat een regel aan een mens laat: verwijderen (de tweede persoon maakt het af), nog bewaren tot een dag, of dat terugnemen',
        en: 'Decides what a rule leaves to a person: erase (the second person completes it), keep until a day, or take that back',
      },
      params: Plan,
      body: z.union([
        z.strictObject({
          decision: z.literal('erase'),
          rule: z.string().max(100),
          reason: z
            .string()
            .trim()
            .max(2000)
            .optional()
            .describe('Why; the second of two may leave it out, and then agrees with the reason of the first.'),
        }),
        z.strictObject({
          decision: z.literal('keep'),
          rule: z.string().max(100),
          until: z.iso.date().describe('The last day: later than today, at most a year ahead.'),
          reason: z.string().trim().min(1).max(2000),
        }),
        z.strictObject({
          decision: z.literal('withdraw').describe('Takes a decision to keep back: the next plan asks again.'),
          rule: z.string().max(100),
          reason: z.string().trim().min(1).max(2000),
        }),
      ]),
      reply: z.object({
        plan: z.string(),
        rule: z.string(),
        state: z.enum(['asked', 'done']),
        decision: z.enum(['erase', 'keep', 'withdraw']),
        until: z.string().nullable(),
      }),
      look: '/api/plans',
      refuses: [
        'plan-unknown',
        'plan-unknown-rule',
        'plan-expired',
        'plan-forecast',
        'plan-policy-changed',
        'plan-carried-out',
        'review-not-asked',
        'review-not-kept',
        'review-decided',
        'review-reason',
        'review-until',
        'review-maximum',
        'review-task',
      ],
    },
    async ({ world: seat, actor, params: { plan }, body }) => {
      const end = await decideReview(seat, one(actor), { plan, ...body });
      const { rule, decision } = body;
      return { plan, rule, decision, state: end.is, until: end.is === 'done' ? (end.decided?.until ?? null) : null };
    },
  ),
  api(
    {
      method: 'POST',
      path: '/api/plans/:plan/apply',
      may: 'carry out a plan',
      summary: { nl: 'Begint een goedgekeurd plan uit te voeren', en: 'Begins to carry out an approved plan' },
      params: Plan,
      body: z.strictObject({}),
      reply: z.object({ run: z.string() }),
      look: '/api/plans',
      refuses: ['plan-not-approved', 'plan-expired', 'plan-decided-meanwhile', 'no-worker'],
    },
    async ({ world: { world, jobs }, params }) => {
      if (jobs === null) throw siteRefusals.noWorker();
      return { run: await begin(world, jobs, params.plan) };
    },
  ),
  api(
    {
      method: 'GET',
      path: '/api/runs/:run',
      may: 'see plans',
      summary: { nl: 'Hoe ver een run is', en: 'How far a run is' },
      params: z.strictObject({ run: z.string().regex(/^r-[a-z0-9]+$/) }),
      reply: RunReply.extend({ done: z.number(), expected: z.number(), text: z.string() }),
      refuses: ['run-unknown'],
    },
    async ({ world: { world }, params, language }) => {
      const report = await reportRun(world, params.run);
      if (report === null) throw siteRefusals.unknownRun(params.run);
      return { ...runJson(report), ...runText(report, language) };
    },
  ),
];
