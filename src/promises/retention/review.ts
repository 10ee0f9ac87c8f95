/**
 * Where a person decides: what a rule with `then: review` shows as due in one plan goes in the run of that plan, or stays until a
 * day and is asked again. Nothing else decides it: no approval of the plan, no standing approval, no date.
 */
import {
  addDays,
  dayAfter,
  dayOf,
  endOfDay,
  ends,
  instant,
  isBefore,
  parseTerm,
  startOfDay,
  toMinute,
} from '../../base/time.ts';
import { record } from '../../ledger/index.ts';
import { alone } from '../holds/guard.ts';
import type { Actor, World } from '../world.ts';
import { keepsOf, maximumOf, runs, type Keep } from './model.ts';
import { applicable, asks, validity, type Plan, type PlanLine } from './planned.ts';
import { refusals } from './phrases.ts';
import { readPlan } from './plan.ts';
import * as decisions from './review-store.ts';
import * as store from './store.ts';

/** What waits for a decision in one plan: a rule with all its lines in which something is due. */
export interface Review {
  readonly rule: string;
  readonly promise: string;
  readonly items: number;
  readonly lines: readonly PlanLine[];
}

export interface Decided {
  readonly plan: string;
  readonly rule: string;
  readonly decision: 'erase' | 'keep';
  readonly until: string | null;
  readonly items: number;
}

/** How long at most until it is asked again. */
const longestKeep = parseTerm('P1Y');

/** The lines that a decision about this rule is about. Refuses where there is nothing, or nothing any more, to decide. */
export async function toDecide(world: World, id: string, rule: string): Promise<Review> {
  const plan = await readPlan(world, id);
  if (!plan.lines.some((line) => line.rule === rule)) throw refusals.unknownRule(id, rule);
  const state = applicable(plan, world.clock());
  if (state === 'expired') throw refusals.expired(id);
  if (state === 'forecast') throw refusals.forecast(id);
  if (plan.policy !== world.policyHash || plan.estate !== world.estateHash) throw refusals.policyChanged(id);
  const review = reviewsIn(plan).find((one) => one.rule === rule);
  if (!review) throw refusals.notReviewed(id, rule);
  if ((await decisions.decisionsOf(world.db, id)).has(rule)) throw refusals.decidedAlready(id, rule);
  if ((await store.runOfPlan(world.db, id)) !== null) throw refusals.carriedOut(id);
  return review;
}

/** It goes in the run of this plan, as an approved line does: holds and statute are asked at the moment of the deed. */
export async function decideErase(
  world: World,
  actor: Actor,
  input: { readonly plan: string; readonly rule: string; readonly reason: string },
): Promise<Decided> {
  const review = await toDecide(world, input.plan, input.rule);
  return decide(world, actor, review, { ...input, decision: 'erase', until: null });
}

/** It stays through this day and is then asked again: only what the plan showed, dated before its cut-off. */
export async function decideKeep(
  world: World,
  actor: Actor,
  input: { readonly plan: string; readonly rule: string; readonly until: string; readonly reason: string },
): Promise<Decided> {
  const review = await toDecide(world, input.plan, input.rule);
  const last = lastDay(world, review);
  const today = dayOf(world.clock(), world.zone);
  const furthest = dayAfter(today, longestKeep);
  if (!isDay(input.until, world.zone) || input.until <= today || input.until > furthest)
    throw refusals.keepDay(addDays(today, 1), furthest);
  if (last !== null && input.until > last.day)
    throw refusals.beyondMaximum(last.law, last.day > today ? last.day : null);
  return decide(world, actor, review, { ...input, decision: 'keep' });
}

function isDay(text: string, zone: string): boolean {
  try {
    return text.length === 10 && startOfDay(text, zone).epochMilliseconds > 0;
  } catch {
    return false;
  }
}

/** The last whole day within the statutory maximum of the oldest item; null where the rule has none. */
function lastDay({ policy, law, zone, systems }: World, review: Review): { law: string; day: string } | null {
  const rule = policy.retention.find((one) => one.id === review.rule);
  const manual = review.lines.find((line) =>
    systems.datasets.some((one) => one.system === line.system && one.id === line.dataset && one.at.kind === 'task'),
  );
  if (manual) throw refusals.keepTask(`${manual.system}/${manual.dataset}`);
  const maximum = rule && maximumOf(rule, law);
  const oldest = review.lines
    .flatMap((line) => (line.oldest === null ? [] : [line.oldest]))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
  if (!rule?.maximum || !maximum || oldest === undefined) return null;
  const end = ends(instant(oldest), parseTerm(maximum.term), maximum.startsAt, zone);
  const day = dayOf(end, zone);
  return { law: rule.maximum, day: isBefore(end, endOfDay(day, zone)) ? addDays(day, -1) : day };
}

async function decide(
  world: World,
  actor: Actor,
  review: Review,
  input: {
    readonly plan: string;
    readonly decision: 'erase' | 'keep';
    readonly until: string | null;
    readonly reason: string;
  },
): Promise<Decided> {
  const { plan, decision, until } = input;
  const { rule, items } = review;
  const reason = input.reason.trim();
  if (actor.name.trim() === '') throw refusals.noName();
  if (reason === '') throw refusals.noReason();
  const now = world.clock();
  await world.db.transaction().execute(async (tx) => {
    // A batch in flight is waited for, and each one that starts later sees what stays: as with a hold.
    if (decision === 'keep') await alone(tx);
    await store.lockPlan(tx, plan);
    if ((await store.runOfPlan(tx, plan)) !== null) throw refusals.carriedOut(plan);
    const saved = await decisions.saveDecision(tx, {
      plan,
      rule,
      decision,
      until,
      items,
      reason,
      by: actor.name,
      at: now,
    });
    if (!saved) throw refusals.decidedAlready(plan, rule);
    const details = { by: actor.name, reason, at: toMinute(now) };
    if (until === null) {
      await record(tx, { type: 'review.erase', at: now, fields: { plan, rule, due: items }, details });
      return;
    }
    for (const line of review.lines) await decisions.saveKeep(tx, plan, line);
    const fields = { plan, rule, due: items, until: endOfDay(until, world.zone) };
    await record(tx, { type: 'review.kept', at: now, fields, details: { ...details, until } });
  });
  return { plan, rule, decision, until, items };
}

/** Takes a decision to keep back before its last day: what it kept is due again, and the next plan asks a person. */
export async function withdrawKeep(
  world: World,
  actor: Actor,
  input: { readonly plan: string; readonly rule: string; readonly reason: string },
): Promise<{ readonly plan: string; readonly rule: string; readonly items: number }> {
  const { plan, rule } = input;
  const { items } = await toWithdraw(world, plan, rule);
  const reason = input.reason.trim();
  if (actor.name.trim() === '') throw refusals.noName();
  if (reason === '') throw refusals.noReason();
  const now = world.clock();
  await world.db.transaction().execute(async (tx) => {
    if (!(await decisions.withdrawKeep(tx, plan, rule, { by: actor.name, reason, at: now })))
      throw refusals.notKept(plan, rule);
    await record(tx, {
      type: 'review.withdrawn',
      at: now,
      fields: { plan, rule },
      details: { by: actor.name, reason, at: toMinute(now) },
    });
  });
  return { plan, rule, items };
}

/** The decision to keep that runs for this rule of the plan. Refuses where none does. */
export async function toWithdraw(world: World, id: string, rule: string): Promise<decisions.Decision> {
  const plan = await readPlan(world, id);
  if (!plan.lines.some((line) => line.rule === rule)) throw refusals.unknownRule(id, rule);
  const found = (await decisions.decisionsOf(world.db, id)).get(rule);
  if (!found || !keepsStill(found, world)) throw refusals.notKept(id, rule);
  return found;
}

/** The decisions that keep something now of what a plan is about, the one that ends first at the head. */
export async function keepsIn(world: World, plan: Pick<Plan, 'lines'>): Promise<Keep[]> {
  const keeps = await decisions.readKeeps(world.db);
  return plan.lines
    .flatMap((line) => keepsOf(line, keeps, world.clock(), world.zone))
    .toSorted((a, b) => (a.until < b.until ? -1 : 1));
}

/** Whether a decision keeps something still: not taken back, and its last day not over. */
export function keepsStill(made: decisions.Decision, { clock, zone }: Pick<World, 'clock' | 'zone'>): boolean {
  return made.until !== null && made.withdrawn === null && runs({ until: made.until }, clock(), zone);
}

/** The rules of a plan that ask for a person, each with what is due of it. */
export function reviewsIn(plan: Pick<Plan, 'lines'>): Review[] {
  const lines = plan.lines.filter(asks);
  return [...new Set(lines.map((line) => line.rule))].map((rule) => {
    const own = lines.filter((line) => line.rule === rule);
    return {
      rule,
      promise: own[0]?.promise ?? '',
      items: own.reduce((sum, line) => sum + line.due, 0),
      lines: own,
    };
  });
}

/** What waits for a person in this plan: not decided, there or in a plan that waits to be carried out, and not kept by a decision that runs. One that is not what was signed asks nothing. */
export async function waitingReviews(
  world: Pick<World, 'db' | 'seal' | 'clock' | 'zone' | 'policyHash' | 'estateHash'>,
  id: string,
): Promise<Review[]> {
  const row = await store.readPlan(world.db, id);
  if (!row || !world.seal.check(row.text, row.signature)) return [];
  const plan = JSON.parse(row.text) as Plan;
  const now = world.clock();
  const reviews = reviewsIn(plan);
  if (reviews.length === 0 || validity(plan, now, world) !== 'yes') return [];
  if ((await store.runOfPlan(world.db, id)) !== null) return [];
  const decided = await decisions.decisionsOf(world.db, id);
  const keeps = await decisions.readKeeps(world.db);
  const kept = (line: PlanLine): boolean => {
    const newest = line.newest === null ? null : instant(line.newest);
    return newest !== null && keepsOf(line, keeps, now, world.zone).some((one) => isBefore(newest, one.cutoff));
  };
  const goes = await decisions.erasuresToCarryOut(world.db, now);
  return reviews.filter((one) => !decided.has(one.rule) && !goes.has(one.rule) && !one.lines.every(kept));
}
