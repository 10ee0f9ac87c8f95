/** The board: measure every line, judge every promise, remember since when. */
import type { Instant } from '../../base/time.ts';
import { all, ConnectorFault, everything, not } from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import { heldWithParts, type Hold } from '../holds/model.ts';
import { protectingHolds } from '../holds/store.ts';
import { aheadHours, bind, dueAt, nameOf, type Line } from '../retention/model.ts';
import { withoutParents } from '../retention/plan.ts';
import type { Actor, World } from '../world.ts';
import { judgeLocation, judgeRetention, type Check, type Measure, type PromiseState, type Verdict } from './model.ts';
import { refusals } from './phrases.ts';
import * as store from './store.ts';

export interface PromiseReport extends Verdict {
  readonly id: string;
  readonly since: Instant;
  /** Index of the proof's leaf in the ledger, once it is signed. */
  readonly leaf: number | null;
}

const eea = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' ');

/** Counts, for every rule on every dataset, the items past their term that nothing keeps. The promise is that there are none. */
export async function measure(world: World): Promise<void> {
  const holds = await protectingHolds(world.db);
  for (const line of bind(world.policy, world.systems.datasets).lines) {
    if (line.rule.then === 'review' || line.dataset.at.kind === 'task') continue;
    const seen = await measureLine(world, line, holds);
    await world.db.transaction().execute(async (tx) => {
      const event = await record(tx, {
        type: 'measure.taken',
        at: seen.at,
        fields: {
          rule: seen.rule,
          sys: seen.system,
          ds: seen.dataset,
          n: seen.overdue ?? 0,
          held: seen.held,
          retained: seen.retained,
          undated: seen.undated,
          counted: seen.overdue === null ? 0 : 1,
        },
      });
      await store.saveMeasure(tx, { ...seen, event });
    });
  }
  await checkLocations(world);
  await world.flush();
}

async function measureLine(world: World, line: Line, holds: readonly Hold[]): Promise<Omit<Measure, 'event'>> {
  const { dataset, rule, clock } = line;
  const now = world.clock();
  const base = { at: now, rule: rule.id, system: dataset.system, dataset: dataset.id };
  try {
    const connector = await world.systems.connector(dataset.system, dataset.source);
    // A rule with a statutory minimum cannot run ahead of its term, so what fell due since the last schedule is not late yet.
    const at = rule.minimum ? now.subtract({ hours: aheadHours }) : now;
    const due = dueAt(line, world.policy, world.law, at, world.zone);
    const buckets = [
      { name: 'held', where: heldWithParts(holds, dataset, clock) },
      ...due.kept.map((one, i) => ({ name: `kept ${i}`, where: one.where })),
      { name: 'due', where: everything },
    ];
    const census = await connector.inventory(dataset, due.where, clock, buckets, 0);
    const kept = due.kept.reduce((sum, _, i) => sum + (census.buckets[`kept ${i}`]?.items ?? 0), 0);
    const undated =
      dataset.clocks[clock]?.empty === 'finding'
        ? await connector.inventory(dataset, { is: 'undated', clock }, null, [{ name: 'all', where: everything }], 0)
        : null;
    const overdue = await withoutParents(
      world,
      line,
      all(due.where, not(heldWithParts(holds, dataset, clock))),
      census.buckets['due']?.items ?? 0,
    );
    return {
      ...base,
      overdue,
      held: census.buckets['held']?.items ?? 0,
      retained: kept,
      undated: undated?.buckets['all']?.items ?? 0,
      fault: null,
    };
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    return { ...base, overdue: null, held: 0, retained: 0, undated: 0, fault: cause.kind };
  }
}

/** P14: every system's declared country against what the policy allows. */
async function checkLocations(world: World): Promise<void> {
  const allowed = new Set(world.policy.locations.allowed.flatMap((one) => (one === 'EEA' ? eea : [one])));
  const outside = world.systems.systems.filter((system) => !allowed.has(system.location.country)).length;
  const systems = world.systems.systems.length;
  const at = world.clock();
  await world.db.transaction().execute(async (tx) => {
    const event = await record(tx, {
      type: 'check.done',
      at,
      fields: { check: 'locations', ok: outside === 0 ? 1 : 0, n: systems },
    });
    const check: Check = { at, ok: outside === 0, detail: { systems, outside }, event };
    await store.saveCheck(tx, 'locations', check);
  });
}

/** Every promise that the policy makes and this program reaches, judged now. A change of state is remembered and recorded. */
export async function judgeAll(world: World): Promise<PromiseReport[]> {
  const now = world.clock();
  const { lines, uncovered } = bind(world.policy, world.systems.datasets);
  const measures = await store.lastMeasures(world.db);
  const holds = await protectingHolds(world.db);
  const facts = {
    holdsToReview: holds.filter((hold) => hold.reviewDue.epochMilliseconds <= now.epochMilliseconds).length,
    holdsUnsafe: holds.filter((hold) => hold.state === 'error').length,
  };
  const ids = [...new Set(world.policy.retention.filter((rule) => rule.then !== 'review').map((rule) => rule.promise))];
  const verdicts: [string, Verdict][] = ids.map((id) => [
    id,
    judgeRetention(
      {
        ...facts,
        lines: lines
          .filter((line) => line.rule.promise === id && line.rule.then !== 'review' && line.dataset.at.kind !== 'task')
          .map((line) => ({ rule: line.rule.id, on: nameOf(line.dataset) })),
        measures,
        uncovered: uncovered
          .filter((one) =>
            world.policy.retention.some((rule) => rule.promise === id && rule.data.includes(one.dataset.data)),
          )
          .map((one) => nameOf(one.dataset)),
      },
      now,
    ),
  ]);
  verdicts.push(['P14', judgeLocation(await store.lastCheck(world.db, 'locations'), now)]);
  const reports: PromiseReport[] = [];
  for (const [id, verdict] of verdicts.toSorted(([a], [b]) => a.localeCompare(b)))
    reports.push(await remember(world, id, verdict, now));
  return reports;
}

async function remember(world: World, id: string, verdict: Verdict, now: Instant): Promise<PromiseReport> {
  const before = await store.readState(world.db, id);
  const since = before?.state === verdict.state ? before.since : now;
  if (before?.state !== verdict.state) {
    await world.db.transaction().execute(async (tx) => {
      await store.saveState(tx, id, verdict.state, now);
      await record(tx, {
        type: 'promise.changed',
        at: now,
        fields: { promise: id, from: before?.state ?? 'none', to: verdict.state },
      });
    });
  }
  return { id, ...verdict, since, leaf: verdict.proof ? await world.leafOf(verdict.proof.event) : null };
}

export async function signOff(world: World, actor: Actor, task: string): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.signTask(tx, task, actor.name, now))) throw refusals.unknownTask(task);
    await record(tx, { personal: true, at: now, details: { event: 'task.signed-off', task, by: actor.name } });
  });
  await world.flush();
}

export type { PromiseState };
