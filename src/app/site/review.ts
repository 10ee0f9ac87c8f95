/**
 * Deciding what a rule leaves to a person. To erase takes two, as approving a plan does: the first says why, the second sees the
 * same lines and the same reason. To keep destroys nothing, nor does taking that back: one person may.
 */
import { sql } from 'kysely';
import type { Actor } from '../../access/index.ts';
import { refusals } from '../../promises/retention/phrases.ts';
import { decideErase, decideKeep, toDecide, withdrawKeep, type Decided } from '../../promises/retention/review.ts';
import { measureSoon } from '../worker.ts';
import type { OpenWorld } from '../world.ts';
import { askedBy, byTwo } from './four-eyes.ts';
import { forgetReports } from './reports.ts';
import type { Seat } from './seat.ts';

export interface ReviewAsked {
  readonly rule: string;
  readonly reason: string;
  readonly by: string;
}

export type ReviewInput =
  | { readonly plan: string; readonly rule: string; readonly decision: 'erase'; readonly reason?: string | undefined }
  | {
      readonly plan: string;
      readonly rule: string;
      readonly decision: 'keep';
      readonly until: string;
      readonly reason: string;
    }
  | { readonly plan: string; readonly rule: string; readonly decision: 'withdraw'; readonly reason: string };

export type ReviewEnd = { readonly is: 'asked' } | { readonly is: 'done'; readonly decided: Decided | null };

const subjectOf = (plan: string, rule: string): string => `${plan} ${rule} erase`;

/** Whether two people are asked for a decision to erase, and not for the approval of a plan. */
export const asksToErase = (subject: string): boolean => / .* erase$/.test(subject);

/** What the first of two asked to erase in this plan, by rule, while it waits for the second. */
export async function reviewsAsked(seat: Seat, plan: string): Promise<Map<string, ReviewAsked>> {
  const waiting = await askedBy(seat, 'approve a plan');
  const { rows } = await sql<ReviewAsked>`
    select rule, reason, by from site.review_asked where plan = ${plan}`.execute(seat.world.db);
  return new Map(rows.filter((one) => waiting.get(subjectOf(plan, one.rule)) === one.by).map((one) => [one.rule, one]));
}

export async function decideReview(seat: Seat, actor: Actor, input: ReviewInput): Promise<ReviewEnd> {
  const { world } = seat;
  const { plan, rule } = input;
  const end =
    input.decision === 'keep'
      ? await keep(world, actor, input)
      : input.decision === 'withdraw'
        ? await withdraw(world, actor, input)
        : await eraseByTwo(seat, actor, input);
  if (end.is === 'asked') return end;
  await world.flush();
  await sql`delete from site.review_asked where plan = ${plan} and rule = ${rule}`.execute(world.db);
  forgetReports(world);
  if (seat.jobs !== null) await measureSoon(seat.jobs, plan);
  return end;
}

async function keep(
  world: OpenWorld,
  actor: Actor,
  input: Extract<ReviewInput, { decision: 'keep' }>,
): Promise<ReviewEnd> {
  return { is: 'done', decided: await decideKeep(world, { name: actor.name }, input) };
}

/** What was kept is due again: nothing goes by it, and a person decides in the next plan. */
async function withdraw(
  world: OpenWorld,
  actor: Actor,
  input: Extract<ReviewInput, { decision: 'withdraw' }>,
): Promise<ReviewEnd> {
  await withdrawKeep(world, { name: actor.name }, input);
  return { is: 'done', decided: null };
}

async function eraseByTwo(
  seat: Seat,
  actor: Actor,
  input: Extract<ReviewInput, { decision: 'erase' }>,
): Promise<ReviewEnd> {
  const { world } = seat;
  const { plan, rule } = input;
  const { lines } = await toDecide(world, plan, rule);
  const first = (await reviewsAsked(seat, plan)).get(rule);
  const given = input.reason?.trim() ?? '';
  const reason = given === '' && first !== undefined && first.by !== actor.name ? first.reason : given;
  if (reason === '') throw refusals.noReason();
  const about = JSON.stringify(['erase', lines, reason]);
  let decided: Decided | null = null;
  const what = { may: 'approve a plan' as const, subject: subjectOf(plan, rule), about };
  await byTwo(seat, actor, what, async (names) => {
    decided = await decideErase(world, { name: names.join(' & ') }, { plan, rule, reason });
  });
  if (decided !== null) return { is: 'done', decided };
  await sql`
    insert into site.review_asked (plan, rule, reason, by, at)
    values (${plan}, ${rule}, ${reason}, ${actor.name}, ${world.clock().toString()})
    on conflict (plan, rule) do update set reason = excluded.reason, by = excluded.by, at = excluded.at`.execute(
    world.db,
  );
  return { is: 'asked' };
}
