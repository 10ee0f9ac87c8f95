/** Plans: what is due, approving, carrying out, and watching it happen. */
import { z } from 'zod';
import { can, type Actor } from '../../../access/index.ts';
import { instant } from '../../../base/time.ts';
import { otherHolds } from '../../../promises/holds/model.ts';
import { heldTwice } from '../../../promises/holds/phrases.ts';
import { readHolds } from '../../../promises/holds/store.ts';
import { measureAges, readAges, type Ages } from '../../../promises/retention/ages.ts';
import { makePlan, readPlan, total } from '../../../promises/retention/plan.ts';
import { partialTexts } from '../../../promises/retention/phrases.ts';
import { asks, goes, validity, type Plan } from '../../../promises/retention/planned.ts';
import { keepsIn, keepsStill, reviewsIn } from '../../../promises/retention/review.ts';
import { decisionsOf, type Decision } from '../../../promises/retention/review-store.ts';
import { reportRun } from '../../../promises/retention/run.ts';
import { approvedRules, listPlans, madeAt, runOfPlan } from '../../../promises/retention/store.ts';
import { sayIn } from '../../../web/say.ts';
import type { ReviewView } from '../../../web/console/plan-review.ts';
import { type PlanState, planPage, plansPage } from '../../../web/console/plans.ts';
import { begin } from '../../worker.ts';
import { approveByTwo } from '../approve.ts';
import { askedBy } from '../four-eyes.ts';
import { decideReview, reviewsAsked } from '../review.ts';
import { framed } from '../frame.ts';
import { siteRefusals } from '../phrases.ts';
import { rolesThat } from '../roles.ts';
import { runText } from '../run-text.ts';
import { toldTo } from '../told.ts';
import { one, page, type Seat } from '../seat.ts';
import { agesFor } from '../ages.ts';

const params = z.strictObject({ plan: z.string().regex(/^p-[a-z0-9]+$/) });

export const planPages = [
  page(
    {
      method: 'GET',
      path: '/plans',
      may: 'see plans',
      summary: { nl: 'Plannen', en: 'Plans' },
      query: z.object({ before: z.iso.datetime().optional() }),
    },
    async ({ world: seat, actor, language, query, request }) => {
      const heads = await listPlans(seat.world.db, 20, query.before);
      const plans = await Promise.all(
        heads.map(async (head) => {
          const plan = await readPlan(seat.world, head.id);
          return {
            id: head.id,
            made: head.madeAt.toISOString(),
            expires: head.expiresAt.toISOString(),
            due: total(plan, 'due'),
            held: total(plan, 'held'),
            retained: total(plan, 'retained'),
            state: await stateOf(plan, head.state, seat),
          };
        }),
      );
      const view = {
        plans,
        mayMake: can(one(actor), 'make a plan'),
        next: heads.length === 20 ? (plans.at(-1)?.made ?? null) : null,
      };
      return framed(
        { seat, actor, language, request },
        { title: language === 'nl' ? 'Plannen' : 'Plans', main: plansPage(view, sayIn(language, seat.world.zone)) },
      );
    },
  ),
  page(
    { method: 'POST', path: '/plans', may: 'make a plan', summary: { nl: 'Maakt een plan', en: 'Makes a plan' } },
    async ({ world: { world } }) => {
      const plan = await makePlan(world, world.clock());
      await world.flush();
      // The picture beside it, of the same moment.
      await measureAges(world, instant(plan.at));
      return { to: `/plans/${plan.plan}?done=planned` };
    },
  ),
  page(
    { method: 'GET', path: '/plans/:plan', may: 'see plans', summary: { nl: 'Een plan', en: 'A plan' }, params },
    async ({ world: seat, actor, language, params: { plan: id }, request }) => {
      const plan = await readPlan(seat.world, id);
      const approved = await approvedRules(seat.world.db, id);
      const decisions = await decisionsOf(seat.world.db, id);
      const keeps = await keepsIn(seat.world, plan);
      const run = await runOfPlan(seat.world.db, id);
      const report = run === null ? null : await reportRun(seat.world, run);
      const made = (await madeAt(seat.world.db, id))?.toISOString() ?? plan.at;
      // For deciding: once a run has begun, the picture of before would show what is no longer there.
      const ages = report === null ? await agesFor(seat.world, shown(plan), language) : [];
      const matters = await mattersOf(seat, plan, one(actor));
      const view = {
        id,
        heldTwice: heldTwice[language],
        made,
        at: new Date(plan.at).toISOString(),
        expires: plan.expires,
        applicable: validity(plan, seat.world.clock(), seat.world),
        lines: plan.lines.map((line) => ({
          ...line,
          heldBy: Object.entries(line.heldBy ?? {}).map(([hold, items]) => ({
            hold: hold === otherHolds ? null : hold,
            items,
            matter: matters.get(hold) ?? null,
          })),
          decided: line.decided ?? 0,
          decidedUntil: line.decidedUntil ?? null,
          decidedIn:
            keeps.find((keep) => `${keep.rule} ${whereOf(keep)}` === `${line.rule} ${whereOf(line)}`)?.plan ?? null,
          goes: goes(line),
          approved: approved.has(line.rule),
          erased: asks(line) && decisions.get(line.rule)?.decision === 'erase',
          stays: asks(line) && decisions.get(line.rule)?.decision === 'keep',
          title: ruleTitle(seat, line.rule, language),
        })),
        reviews: await reviewsFor(seat, plan, decisions, language),
        findings: plan.findings.map((each) => ({ ...each, detail: each.text?.[language] ?? each.detail })),
        ages,
        agesLack: report === null ? lackOf(plan, await readAges(seat.world), made, seat) : null,
        run:
          report === null
            ? null
            : {
                id: report.run,
                state: report.state,
                lines: report.lines,
                notes: partialTexts(report.lines).map((text) => toldTo(one(actor), language)(text[language])),
                ...runText(report, language),
              },
        asked: await askedBy(seat, 'approve a plan'),
        actor: one(actor).name,
        mayMake: can(one(actor), 'make a plan'),
        mayApprove: can(one(actor), 'approve a plan'),
        mayApply: can(one(actor), 'carry out a plan'),
        approvers: rolesThat('approve a plan', language),
        carriers: rolesThat('carry out a plan', language),
      };
      return framed(
        { seat, actor, language, request },
        {
          title: `${language === 'nl' ? 'Plan' : 'Plan'} ${id}`,
          main: planPage(view, sayIn(language, seat.world.zone)),
        },
      );
    },
  ),
  page(
    {
      method: 'POST',
      path: '/plans/:plan/ages',
      may: 'make a plan',
      summary: { nl: 'Telt hoe oud het is, voor dit plan', en: 'Counts how old it is, for this plan' },
      params,
    },
    async ({ world: { world }, params: { plan: id } }) => {
      const plan = await readPlan(world, id);
      await measureAges(world, instant(plan.at));
      return { to: `/plans/${id}?done=counted` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/plans/:plan/approve',
      may: 'approve a plan',
      summary: { nl: 'Keurt goed', en: 'Approves' },
      params,
      body: z.object({ rule: z.string().optional() }),
    },
    async ({ world: seat, actor, params: { plan }, body }) => {
      const end = await approveByTwo(seat, one(actor), plan, body.rule);
      return { to: `/plans/${plan}?done=${end.is === 'asked' ? 'asked' : 'approved'}` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/plans/:plan/review',
      may: 'approve a plan',
      summary: { nl: 'Beslist wat een regel aan een mens laat', en: 'Decides what a rule leaves to a person' },
      params,
      body: z.object({
        rule: z.string().max(100),
        decision: z.enum(['erase', 'keep', 'withdraw']),
        until: z.union([z.iso.date(), z.literal('')]).default(''),
        reason: z.string().trim().max(2000).default(''),
      }),
      about: { 'review-reason': 'reason', 'review-until': 'until', 'review-maximum': 'until', 'review-task': 'until' },
    },
    async ({ world: seat, actor, params: { plan }, body }) => {
      const { rule, reason, until } = body;
      const end = await decideReview(
        seat,
        one(actor),
        body.decision === 'keep'
          ? { plan, rule, reason, until, decision: 'keep' }
          : { plan, rule, reason, decision: body.decision },
      );
      const ends = { erase: 'decided', keep: 'kept', withdraw: 'keeping-ended' } as const;
      const done = end.is === 'asked' ? 'decision-asked' : ends[body.decision];
      return { to: `/plans/${plan}?done=${done}` };
    },
  ),
  page(
    {
      method: 'POST',
      path: '/plans/:plan/apply',
      may: 'carry out a plan',
      summary: { nl: 'Voert uit', en: 'Carries out' },
      params,
    },
    async ({ world: { world, jobs }, params: { plan } }) => {
      if (jobs === null) throw siteRefusals.noWorker();
      await begin(world, jobs, plan);
      return { to: `/plans/${plan}?done=begun` };
    },
  ),
];

/** What the picture lacks of what is due: a plan of the command line or of a program is made without one. */
function lackOf(plan: Plan, ages: readonly Ages[], made: string, { world }: Seat): 'some' | 'older' | null {
  if (validity(plan, world.clock(), world) !== 'yes') return null;
  const pictures = plan.lines
    .filter((line) => line.due > 0 && hasAges(world, line))
    .map((line) =>
      ages.find((one) => one.rule === line.rule && one.system === line.system && one.dataset === line.dataset),
    );
  if (pictures.includes(undefined)) return 'some';
  return pictures.some((one) => one !== undefined && one.at < made) ? 'older' : null;
}

/** What a person does in a cabinet has no age that a program could read. */
function hasAges(world: Seat['world'], line: Plan['lines'][number]): boolean {
  return world.systems.datasets.some(
    (one) => one.system === line.system && one.id === line.dataset && one.at.kind !== 'task',
  );
}

/** The matters of the holds that a plan names, for who may see holds. */
async function mattersOf({ world }: Seat, plan: Plan, actor: Actor): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(plan.lines.flatMap((line) => Object.keys(line.heldBy ?? {})))];
  if (ids.length === 0 || !can(actor, 'see holds')) return new Map();
  return new Map((await readHolds(world.db, ids)).map((hold) => [hold.id, hold.matter]));
}

/** The lines as the picture needs them: which rule, where. */
function shown(plan: Plan): { rule: string; system: string; dataset: string }[] {
  return plan.lines.map(({ rule, system, dataset }) => ({ rule, system, dataset }));
}

const whereOf = ({ system, dataset }: { readonly system: string; readonly dataset: string }): string =>
  `${system}/${dataset}`;

function ruleTitle(seat: Seat, rule: string, language: 'nl' | 'en'): string {
  return seat.world.policy.retention.find((one) => one.id === rule)?.text[language] ?? rule;
}

async function reviewsFor(
  seat: Seat,
  plan: Plan,
  decisions: ReadonlyMap<string, Decision>,
  language: 'nl' | 'en',
): Promise<ReviewView[]> {
  const asked = await reviewsAsked(seat, plan.plan);
  return reviewsIn(plan).map(({ rule, items }) => {
    const made = decisions.get(rule);
    return {
      rule,
      title: ruleTitle(seat, rule, language),
      items,
      asked: asked.get(rule) ?? null,
      decided:
        made === undefined
          ? null
          : {
              ...made,
              at: made.at.toString(),
              runs: keepsStill(made, seat.world),
              withdrawn: made.withdrawn && { ...made.withdrawn, at: made.withdrawn.at.toString() },
            },
    };
  });
}

async function stateOf(plan: Plan, run: string | null, seat: Seat): Promise<PlanState> {
  if (run === 'running' || run === 'complete' || run === 'partial' || run === 'stopped') return run;
  const { db } = seat.world;
  const lines = plan.lines.filter(goes);
  const reviews = reviewsIn(plan);
  if (lines.length + reviews.length === 0) return 'nothing';
  const state = validity(plan, seat.world.clock(), seat.world);
  if (state !== 'yes') return state;
  const approved = await approvedRules(db, plan.plan);
  if (lines.some((line) => !approved.has(line.rule))) return 'waiting';
  const decided = await decisionsOf(db, plan.plan);
  if (reviews.some((one) => !decided.has(one.rule))) return 'deciding';
  const takes = lines.length > 0 || [...decided.values()].some((one) => one.decision === 'erase');
  return takes ? 'approved' : 'nothing';
}
