/** What a step works on: its line as the policy and the systems say now, what of it is due, and what keeps items at this instant. */
import { isDeepStrictEqual } from 'node:util';
import { instant } from '../../base/time.ts';
import {
  all,
  isNothing,
  not,
  type Condition,
  type Connector,
  type Dataset,
  type Guard,
} from '../../connectors/kit/index.ts';
import type { Database } from '../../database/index.ts';
import { heldWithParts, protects, type Hold } from '../holds/model.ts';
import { readHolds } from '../holds/store.ts';
import type { World } from '../world.ts';
import { bind, dueAt, meaningOf, nameOf, type Due, type Line } from './model.ts';
import { toldOf } from './pieces.ts';
import { type Plan } from './planned.ts';
import { readPlan } from './plan.ts';
import { keepsAsShown, readKeeps } from './review-store.ts';
import * as store from './store.ts';

export interface Work {
  readonly world: World;
  readonly step: store.Step;
  readonly plan: Plan;
  readonly line: Line;
  readonly due: Due;
  readonly where: Condition;
  readonly connector: Connector;
}

/** The policy has no line any more for the rule and dataset of a step, or the profiles have no such dataset. */
export class NoLine extends Error {}

/** The line of a plan or a step, as the policy and the systems say now; null when there is none any more. */
export function lineNow(
  world: Pick<World, 'policy' | 'systems'>,
  { rule, system, dataset }: { readonly rule: string; readonly system: string; readonly dataset: string },
): Line | null {
  const { lines } = bind(world.policy, world.systems.datasets);
  const found = lines.find(
    (one) => one.rule.id === rule && one.dataset.system === system && one.dataset.id === dataset,
  );
  return found ?? null;
}

/** What of the line was due when the plan was made, and what it showed as kept. */
export async function dueAsShown(
  world: Pick<World, 'db' | 'policy' | 'law' | 'zone'>,
  plan: Pick<Plan, 'plan' | 'at'>,
  line: Line,
): Promise<Due> {
  const keeps = await keepsAsShown(world.db, plan.plan);
  return dueAt(line, world.policy, world.law, keeps, instant(plan.at), world.zone);
}

export async function prepare(world: World, step: store.Step): Promise<Work> {
  const plan = await readPlan(world, step.plan);
  const line = lineNow(world, step);
  if (!line) throw new NoLine();
  const due = await dueAsShown(world, plan, line);
  const connector = await world.systems.connector(step.system, line.dataset.source);
  return { world, step, plan, line, due, where: all(due.where, step.share), connector };
}

/** Whether the line still is what was approved: a worker that began again meanwhile has read the policy and profiles of now. */
export function meansTheSame({ step, line }: Pick<Work, 'step' | 'line'>): boolean {
  return step.meaning === null || isDeepStrictEqual(step.meaning, meaningOf(line));
}

export async function current(work: Work): Promise<store.Step> {
  const step = await store.readStep(work.world.db, work.step.id);
  if (!step) throw new TypeError('the step is gone from the journal');
  return step;
}

/** The work without what the run reported in pieces already. */
export async function besideTold(work: Work): Promise<Work> {
  if (work.line.dataset.layers.length === 0) return work;
  const told = await toldOf(work);
  return isNothing(told) ? work : { ...work, where: all(work.where, not(told)) };
}

/** Holds as they stand at this instant, and those that the plan knew. */
export async function holdsFor(work: Work, session: Database): Promise<Hold[]> {
  const known = new Set(work.plan.holds);
  return (await readHolds(session)).filter((hold) => protects(hold) || known.has(hold.id));
}

/** Holds, statute and decisions as they stand at this instant; holds and decisions that the plan knew keep what it did not show. */
export async function guardFor(work: Work, dataset: Dataset, session: Database): Promise<Guard> {
  const holds = await holdsFor(work, session);
  const own = nameOf(dataset) === nameOf(work.line.dataset);
  const { policy, law, clock, zone } = work.world;
  const now = dueAt(work.line, policy, law, await readKeeps(session), clock(), zone);
  const shown = work.due.kept.filter((one) => one.until !== undefined);
  return {
    held: heldWithParts(holds, dataset, own ? work.line.clock : null),
    kept: own ? [...now.kept, ...shown] : [],
  };
}
