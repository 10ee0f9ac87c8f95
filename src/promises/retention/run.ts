/** A run: an approved plan being carried out. Any number of workers share its steps. */
import { opaqueId } from '../../base/id.ts';
import { instant } from '../../base/time.ts';
import { all, ConnectorFault, everything, type Condition } from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import type { World } from '../world.ts';
import { giveUp } from './ending.ts';
import { meaningOf } from './model.ts';
import { applicable, goes, taken, type Plan, type PlanLine } from './planned.ts';
import { refusals } from './phrases.ts';
import { readPlan } from './plan.ts';
import { erasedRules } from './review-store.ts';
import { carryOut } from './step.ts';
import * as store from './store.ts';
import { atStep } from './turn.ts';
import { dueAsShown, lineNow, NoLine } from './work.ts';

/** Shares that one line is divided into: enough for a few workers, few enough to stay cheap. */
const shares = 4;
/** Lines with fewer items than this go in one piece. */
const worthDividing = 20_000;

/** Starts the run of a plan, or finds the one that was started. The intent is in the ledger before this returns. */
export async function startRun(
  world: World,
  planId: string,
): Promise<{ run: string; steps: { id: string; system: string }[] }> {
  const plan = await readPlan(world, planId);
  const before = await store.runOfPlan(world.db, planId);
  if (before) return { run: before, steps: await store.waitingSteps(world.db, before) };
  const state = applicable(plan, world.clock());
  if (state === 'expired') throw refusals.expired(planId);
  if (state === 'forecast') throw refusals.forecast(planId);
  if (plan.policy !== world.policyHash || plan.estate !== world.estateHash) throw refusals.policyChanged(planId);
  const approved = await store.approvedRules(world.db, planId);
  const erased = await erasedRules(world.db, planId);
  const lines = taken(plan.lines, approved, erased);
  if (lines.length === 0 && plan.lines.some((line) => goes(line) && !approved.has(line.rule)))
    throw refusals.notApproved(planId);
  lines.sort((a, b) => rank(world, a) - rank(world, b));
  const meanings = lines.map((line) => {
    const found = lineNow(world, line);
    return found && meaningOf(found);
  });
  const divided = await Promise.all(lines.map((line) => divide(world, plan, line)));
  const run = opaqueId('r');
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.insertRun(tx, run, planId, world.clock()))) return;
    if (
      (await erasedRules(tx, planId)).size !== erased.size ||
      (await store.approvedRules(tx, planId)).size !== approved.size
    )
      throw refusals.decidedMeanwhile(planId);
    for (const [i, line] of lines.entries()) {
      await store.insertLine(tx, run, i, {
        rule: line.rule,
        system: line.system,
        dataset: line.dataset,
        planned: line.due,
        meaning: meanings[i] ?? null,
      });
      for (const share of divided[i] ?? [everything]) await store.insertStep(tx, run, i, share);
      await record(tx, {
        type: 'run.intended',
        at: world.clock(),
        fields: {
          run,
          plan: planId,
          rule: line.rule,
          sys: line.system,
          ds: line.dataset,
          cut: instant(line.cutoff),
          due: line.due,
        },
      });
    }
    if (lines.length === 0) await store.endRun(tx, run, 'complete', world.clock());
  });
  // Intent before deed: nothing is touched until the intent is part of a signed checkpoint.
  await world.flush();
  const started = (await store.runOfPlan(world.db, planId)) ?? run;
  return { run: started, steps: await store.waitingSteps(world.db, started) };
}

/** What refers to others, and layers that were left alone, go before what they hang on: later is higher. */
function rank(world: World, line: PlanLine): number {
  const dataset = world.systems.datasets.find((one) => one.system === line.system && one.id === line.dataset);
  return dataset ? dataset.referrers.length + dataset.layers.length : 0;
}

async function divide(world: World, plan: Plan, planLine: PlanLine): Promise<readonly Condition[]> {
  if (planLine.due < worthDividing) return [everything];
  const line = lineNow(world, planLine);
  if (!line) return [everything];
  const connector = await world.systems.connector(planLine.system, line.dataset.source);
  const due = await dueAsShown(world, plan, line);
  return connector.split(line.dataset, all(due.where), line.clock, shares);
}

/** One worker's turn at one step. Answers whether it must be tried again. */
export async function work(
  world: World,
  step: string,
  lastTry: boolean,
  signal?: AbortSignal,
): Promise<'finished' | 'again'> {
  try {
    return (await carryOut(world, step, signal)) === 'busy' ? 'again' : 'finished';
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const code = cause instanceof ConnectorFault ? cause.kind : 'internal';
    world.log('step.failed', {
      step,
      code,
      detail: cause instanceof ConnectorFault ? cause.message : (cause as Error).name,
    });
    const mends = cause instanceof ConnectorFault ? cause.retry : !(cause instanceof NoLine);
    if (mends && !lastTry) return 'again';
    await atStep(world.db, step, () => giveUp(world, step, cause), signal);
    return 'finished';
  }
}

export interface RunReport {
  readonly run: string;
  readonly plan: string;
  readonly state: 'complete' | 'partial' | 'stopped' | 'running';
  readonly lines: readonly store.LineResult[];
}

export async function reportRun(world: Pick<World, 'db'>, run: string): Promise<RunReport | null> {
  return store.readRun(world.db, run);
}
