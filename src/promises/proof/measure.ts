/** Measuring: every rule on every dataset is counted, every check is asked, and what was seen is recorded. */
import { isBefore, type Instant } from '../../base/time.ts';
import { all, ConnectorFault, everything, isNothing, not, undatable } from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import { promiseIds } from '../../policy/index.ts';
import { heldWithParts, type Hold } from '../holds/model.ts';
import { protectingHolds } from '../holds/store.ts';
import { heldElsewhere } from '../retention/layers.ts';
import { bind, dueAt, type Keep, type Line } from '../retention/model.ts';
import { aheadHours } from '../retention/planned.ts';
import { seesLess } from '../publication/versions/visit.ts';
import { withoutParents } from '../retention/plan.ts';
import { readKeeps } from '../retention/review-store.ts';
import type { World } from '../world.ts';
import { checks, lawCheck, type Check, type Facts, type Outcome } from './checks/index.ts';
import { askedOf } from './asked.ts';
import { readFacts } from './facts.ts';
import type { Measure } from './model.ts';
import type { Checked } from './parts.ts';
import * as store from './store.ts';

/** Counts, for every rule on every dataset, the items past their term that nothing keeps; then asks every check. */
export async function measure(world: World): Promise<void> {
  const holds = await protectingHolds(world.db);
  const keeps = await readKeeps(world.db);
  for (const line of bind(world.policy, world.systems.datasets).lines) {
    if (line.dataset.at.kind === 'task') continue;
    const seen = await measureLine(world, line, holds, keeps);
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
          decided: seen.decided,
          undated: seen.undated,
          counted: seen.overdue === null ? 0 : 1,
        },
      });
      await store.saveMeasure(tx, { ...seen, event });
    });
  }
  await ask(world);
  await world.flush();
}

async function measureLine(
  world: World,
  line: Line,
  holds: readonly Hold[],
  keeps: readonly Keep[],
): Promise<Omit<Measure, 'event'>> {
  const { dataset, rule, clock } = line;
  const now = world.clock();
  const base = { at: now, rule: rule.id, system: dataset.system, dataset: dataset.id };
  try {
    const connector = await world.systems.connector(dataset.system, dataset.source);
    // A rule with a statutory minimum cannot run ahead of its term, so what fell due since the last schedule is not late yet.
    const at = rule.minimum ? now.subtract({ hours: aheadHours }) : now;
    const due = dueAt(line, world.policy, world.law, keeps, at, world.zone);
    const buckets = [
      { name: 'held', where: heldWithParts(holds, dataset, clock) },
      ...due.kept.map((one, i) => ({ name: `kept ${i}`, where: one.where })),
      { name: 'due', where: everything },
    ];
    const census = await connector.inventory(dataset, due.where, clock, buckets, 0, false);
    const keptBy = (decision: boolean): number =>
      due.kept.reduce(
        (sum, one, i) => sum + ((one.until !== undefined) === decision ? (census.buckets[`kept ${i}`]?.items ?? 0) : 0),
        0,
      );
    const undated = undatable(dataset, clock);
    const cannotDate = isNothing(undated)
      ? null
      : await connector.inventory(dataset, undated, null, [{ name: 'all', where: everything }], 0, false);
    const free = all(due.where, not(heldWithParts(holds, dataset, clock)), ...due.kept.map((one) => not(one.where)));
    const late = census.buckets['due']?.items ?? 0;
    const heldByPart = late === 0 ? 0 : await heldElsewhere(world, dataset, holds, free);
    const overdue = (await withoutParents(world, line, free, late)) - heldByPart;
    return {
      ...base,
      overdue,
      held: (census.buckets['held']?.items ?? 0) + heldByPart,
      retained: keptBy(false),
      decided: keptBy(true),
      undated: cannotDate?.buckets['all']?.items ?? 0,
      fault: null,
    };
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    return { ...base, overdue: null, held: 0, retained: 0, decided: 0, undated: 0, fault: cause.kind };
  }
}

/** How long the answer of a check that only reads our own files stands when it stays the same: the log need not repeat it hourly. */
const repeatHours = 12;

async function ask(world: World): Promise<void> {
  const now = world.clock();
  const facts = await readFacts(world);
  const seen = new Map(facts.checked);
  const asked = askedOf(world, facts, seen, {
    probes: await probes(world),
    statement: await world.statement(),
    people: await world.people(),
  });
  const rows: { check: Check; outcome: Outcome }[] = [];
  for (const check of [...promiseIds(world.policy).map(lawCheck), ...checks]) {
    const outcome = check.run(asked);
    seen.set(check.id, { ...outcome, at: now, event: '' });
    if (due(check, outcome, facts.checked.get(check.id), facts.since, now)) rows.push({ check, outcome });
  }
  await world.db.transaction().execute(async (tx) => {
    const saved: (Checked & { id: string })[] = [];
    for (const { check, outcome } of rows) {
      const { state, text, n } = outcome;
      const fields = { check: check.id, ok: state === 'kept' ? 1 : 0, n };
      saved.push({
        id: check.id,
        at: now,
        state,
        text,
        event: await record(tx, { type: 'check.done', at: now, fields }),
      });
    }
    await store.saveChecks(tx, saved);
  });
}

/** What somebody looked at by hand, kept as the nightly round would keep it. */
export async function noteCheck(world: Pick<World, 'db' | 'clock'>, id: string, seen: Outcome): Promise<void> {
  const at = world.clock();
  const { state, text, n } = seen;
  const fields = { check: id, ok: state === 'kept' ? 1 : 0, n };
  const last = id === 'visited' ? (await store.lastChecks(world.db, at)).get(id) : undefined;
  if (last && seesLess(last, seen)) return;
  await world.db.transaction().execute(async (tx) => {
    const event = await record(tx, { type: 'check.done', at, fields });
    await store.saveChecks(tx, [{ id, at, state, text, event }]);
  });
}

function due(check: Check, outcome: Outcome, last: Checked | undefined, since: Instant, now: Instant): boolean {
  if (last && check.id === 'visited' && !isBefore(last.at, since) && seesLess(last, outcome)) return false;
  if (check.kind === 'measured' || !last) return true;
  const same = last.state === outcome.state && last.text.nl === outcome.text.nl && last.text.en === outcome.text.en;
  const recent = isBefore(now, last.at.add({ hours: repeatHours })) && !isBefore(now, last.at);
  return !same || !recent || isBefore(last.at, since);
}

async function probes(world: World): Promise<Facts['probes']> {
  const found: Facts['probes'][number][] = [];
  for (const { id } of world.systems.systems) {
    try {
      const { reachable, findings } = await world.systems.probe(id);
      found.push({ system: id, reachable, findings });
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
      found.push({ system: id, reachable: false, findings: [] });
    }
  }
  return found;
}
