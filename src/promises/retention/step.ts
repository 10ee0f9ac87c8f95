/**
 * One step of a run: a share of a line, carried out by one worker, batch by batch.
 *
 * For each batch: take a share of the holds' lock → the connector opens its transaction, asks the guard, does the deed →
 * "prepared" with the counts is written on the locked session → the deed becomes final → receipt, counts and cursor move
 * in one transaction of ours. Killed anywhere, the next worker finds either nothing pending (and goes on at the cursor), or
 * a pending batch: then what is still there tells how much of it became final, since a deed is never half-final unseen.
 */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { instant } from '../../base/time.ts';
import {
  all,
  ConnectorFault,
  noCounts,
  not,
  any,
  isNothing,
  type Batch,
  type Condition,
  type Connector,
  type Dataset,
  type Guard,
  type Item,
} from '../../connectors/kit/index.ts';
import type { Database } from '../../database/index.ts';
import { record } from '../../ledger/index.ts';
import { onOneSession, sharing } from '../holds/guard.ts';
import { heldWithParts, protects, type Hold } from '../holds/model.ts';
import { readHolds } from '../holds/store.ts';
import { forgetOpen, writeTorn } from '../holds/torn.ts';
import type { World } from '../world.ts';
import { judgeOf } from './layers.ts';
import { bind, dueAt, meaningOf, nameOf, type Due, type Line } from './model.ts';
import { afterDeed, afterInterruption, atTheEnd, tellOf, toldOf, type Change } from './pieces.ts';
import { type Plan } from './planned.ts';
import { readPlan } from './plan.ts';
import { reread } from './reread.ts';
import { keepsAsShown, readKeeps } from './review-store.ts';
import * as store from './store.ts';

const stepLock = 0x6765_7375;

/** Items a batch may hold: large where the deed is one statement, small where each item is looked at. */
const limits = { set: 100_000, judged: 1_000 };

/**
 * Where each item becomes final alone, a batch holds what takes a second or a few: a hold that is being placed waits for the
 * batch in flight, on a slow disk too.
 */
const pace = { first: 10_000, least: 500, most: 40_000, short: 1_000, long: 4_000 };

function paced(limit: number, ms: number): number {
  if (ms > pace.long) return Math.max(pace.least, Math.floor(limit / 2));
  return ms < pace.short ? Math.min(pace.most, limit * 2) : limit;
}

export type StepEnd = 'done' | 'stopped' | 'busy';

/** What the plan showed is the most a run may take. */
class AboveThePlan extends Error {}

interface Work {
  readonly world: World;
  readonly step: store.Step;
  readonly plan: Plan;
  readonly line: Line;
  readonly due: Due;
  readonly where: Condition;
  readonly connector: Connector;
}

/**
 * Another worker may hold the step: one that was killed lets go of it when the store sees that it is gone (base/lost-peer.ts). So
 * long it is waited for; who waits does not use up a try.
 */
const waitsForStep = 60_000;

/** Carries the step to its end. Faults that a later try may mend are thrown; the rest stops the step with its reason. */
export async function carryOut(world: World, id: string, signal?: AbortSignal): Promise<StepEnd> {
  return onOneSession(world.db, async (session) => {
    const mine = async (): Promise<boolean> => {
      const { rows } = await sql<{ ok: boolean }>`
        select pg_try_advisory_lock(${stepLock}, ${Number(id)}::int) as ok`.execute(session);
      return rows[0]?.ok === true;
    };
    for (const until = Date.now() + waitsForStep; !(await mine());) {
      signal?.throwIfAborted();
      if (Date.now() > until) return 'busy';
      await new Promise((done) => setTimeout(done, 250));
    }
    try {
      return await carryOutAlone(world, session, id, signal);
    } finally {
      await sql`select pg_advisory_unlock(${stepLock}, ${Number(id)}::int)`.execute(session);
    }
  });
}

async function carryOutAlone(world: World, session: Database, id: string, signal?: AbortSignal): Promise<StepEnd> {
  const step = await store.readStep(world.db, id);
  if (!step) return 'done';
  if (step.state === 'stopped') return 'stopped';
  const work = await prepare(world, step);
  if (step.state === 'done') return close(work, 'done', null);
  if (!meansTheSame(work)) return close(work, 'stopped', 'policy-changed');
  await afterWhatHangsOnIt(work, signal);
  if (step.pending) await settle(await besideTold(work), step.pending);
  const from = await current(work);
  let { cursor } = from;
  let first = from.batches === 0 && cursor === null;
  let limit = pace.first;
  while (first || cursor !== null) {
    signal?.throwIfAborted();
    first = false;
    try {
      const start = performance.now();
      cursor = await batch(work, session, limit, signal);
      limit = paced(limit, performance.now() - start);
    } catch (cause) {
      if (cause instanceof AboveThePlan) return close(work, 'stopped', 'more-than-the-plan-showed');
      throw cause;
    }
  }
  return close(work, 'done', null);
}

/** Whether the line still is what was approved: a worker that began again meanwhile has read the policy and profiles of now. */
function meansTheSame({ step, line }: Pick<Work, 'step' | 'line'>): boolean {
  return step.meaning === null || isDeepStrictEqual(step.meaning, meaningOf(line));
}

async function prepare(world: World, step: store.Step): Promise<Work> {
  const plan = await readPlan(world, step.plan);
  const line = bind(world.policy, world.systems.datasets).lines.find(
    (one) => one.rule.id === step.rule && one.dataset.system === step.system && one.dataset.id === step.dataset,
  );
  if (!line)
    throw new TypeError(`the policy has no line for rule "${step.rule}" on ${step.system}/${step.dataset} any more`);
  const due = dueAt(
    line,
    world.policy,
    world.law,
    await keepsAsShown(world.db, plan.plan),
    instant(plan.at),
    world.zone,
  );
  const connector = await world.systems.connector(step.system, line.dataset.source);
  return { world, step, plan, line, due, where: all(due.where, step.share), connector };
}

/**
 * Invoices go before the customer they refer to, stray files before the calls they belong to. Waits a while for those lines;
 * after that the host's own constraints decide, and what they keep is reported failed.
 */
async function afterWhatHangsOnIt(work: Work, signal?: AbortSignal): Promise<void> {
  const { dataset } = work.line;
  const first = [...dataset.referrers, ...dataset.layers]
    .map((one) => one.dataset.id)
    .filter((id) => id !== dataset.id);
  for (let tries = 0; tries < 240 && first.length > 0; tries += 1) {
    const open = await store.unfinished(work.world.db, work.step.run, work.step.system);
    if (!first.some((id) => open.has(id))) return;
    signal?.throwIfAborted();
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** Holds as they stand at this instant, and those that the plan knew. */
async function holdsFor(work: Work, session: Database): Promise<Hold[]> {
  const known = new Set(work.plan.holds);
  return (await readHolds(session)).filter((hold) => protects(hold) || known.has(hold.id));
}

/** Holds, statute and decisions as they stand at this instant; holds and decisions that the plan knew keep what it did not show. */
async function guardFor(work: Work, dataset: Dataset, session: Database): Promise<Guard> {
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

async function batch(whole: Work, session: Database, limit: number, signal?: AbortSignal): Promise<string | null> {
  const { world, line, connector } = whole;
  return sharing(session, async () => {
    const { work, interrupted } = await mended(whole, session);
    const step = await current(work);
    const room = async (items: number): Promise<void> => {
      if (!(await store.reserve(session, step, items))) throw new AboveThePlan();
    };
    const apart = new Set<Item>();
    const parting = async (part: string, items: readonly Item[]): Promise<void> => {
      // Room for all that lose a part in this batch together: one part may be of other items than the next.
      for (const item of items) apart.add(item);
      await room(apart.size);
      await writeTorn(session, world, step, new Map([[part, items]]), { told: false, behind: false });
    };
    const guardOf = (dataset: Dataset): Promise<Guard> => guardFor(work, dataset, session);
    const judge = judgeOf(world, line, { guardOf, parting, room });
    const options = {
      limit: judge ? limits.judged : connector.describe().atomic ? limits.set : limit,
      cursor: step.cursor === null ? null : world.veil.unveil(step.cursor),
      guard: () => guardOf(line.dataset),
      parting,
      prepared: (made: Batch) => prepared(work, session, step, veiled(world, made)),
      ...(judge ? { judge } : {}),
      ...(signal ? { signal } : {}),
    };
    const recipe = line.dataset.anonymise;
    const made = veiled(
      world,
      line.rule.then === 'anonymise' && recipe
        ? await connector.anonymise(line.dataset, work.where, recipe, options)
        : await connector.sweep(line.dataset, work.where, line.clock, options),
    );
    await final(work, step, made, { interrupted, recovered: false });
    return made.next;
  });
}

/** The work without what the run reported in pieces already. */
async function besideTold(work: Work): Promise<Work> {
  if (work.line.dataset.layers.length === 0) return work;
  const told = await toldOf(work);
  return isNothing(told) ? work : { ...work, where: all(work.where, not(told)) };
}

/** Before a batch: what an interrupted one left is told where it may go no more, and left to this one where it may. */
async function mended(whole: Work, session: Database): Promise<{ work: Work; interrupted: boolean }> {
  const work = await besideTold(whole);
  const { dataset } = work.line;
  if (dataset.layers.length === 0) return { work, interrupted: false };
  const left = await afterInterruption(work, work.where, await guardFor(work, dataset, session));
  if (left === null) return { work, interrupted: false };
  await tell(work, left);
  return { work: await besideTold(whole), interrupted: true };
}

/** Items in pieces, with a receipt of their own; the sweep goes on where it was. */
async function tell(work: Work, left: Change): Promise<void> {
  const step = await current(work);
  const made = tellOf(left.told);
  await receipt(work, step, made && { ...made, next: step.cursor }, { moved: false, recovered: true, left });
}

/** The deed of a batch is final: its receipt, and what of its items stands in pieces. */
async function final(
  work: Work,
  step: store.Step,
  batch: Batch,
  { interrupted, recovered }: { readonly interrupted: boolean; readonly recovered: boolean },
): Promise<void> {
  const inOnePiece = work.line.dataset.layers.length === 0;
  const { made, left } = inOnePiece ? { made: batch, left: null } : await afterDeed(work, batch, interrupted);
  await receipt(work, step, made, { moved: true, recovered, left });
}

/** The cursor and the place may hold values of items: in the journal they stand veiled. */
function veiled(world: World, batch: Batch): Batch {
  return {
    ...batch,
    next: batch.next === null ? null : world.veil.veil(batch.next),
    place: batch.place && { ...batch.place, within: world.veil.veil(batch.place.within) },
  };
}

async function current(work: Work): Promise<store.Step> {
  const step = await store.readStep(work.world.db, work.step.id);
  if (!step) throw new TypeError('the step is gone from the journal');
  return step;
}

async function prepared(work: Work, session: Database, step: store.Step, made: Batch): Promise<void> {
  if (made.place === null && made.counts.done > 0)
    throw new ConnectorFault('surprise', 'a batch does not say where it deletes: a recovery could not count', {
      retry: false,
      nl: 'een partij zegt niet waar zij verwijdert: na een onderbreking zou niet te tellen zijn',
    });
  if (!(await store.savePending(session, step, made, work.world.clock()))) throw new AboveThePlan();
}

/** The receipt, the counts and the cursor become true together. */
async function receipt(
  work: Work,
  step: store.Step,
  made: Batch | null,
  how: { readonly moved: boolean; readonly recovered: boolean; readonly left: Change | null },
): Promise<void> {
  const { world, line } = work;
  await world.db.transaction().execute(async (tx) => {
    if (line.dataset.layers.length > 0 && (how.moved || how.left)) await forgetOpen(tx, step.id);
    if (how.left) {
      await writeTorn(tx, world, step, how.left.told, { told: true, behind: how.moved });
      await writeTorn(tx, world, step, how.left.open, { told: false, behind: false });
    }
    if (made === null) return;
    const { counts } = made;
    await store.settleBatch(tx, step, made, how.moved);
    if (counts.done + counts.absent + counts.failed + counts.partial === 0) return;
    await record(tx, {
      type: 'batch.receipt',
      at: world.clock(),
      fields: {
        run: step.run,
        rule: step.rule,
        sys: step.system,
        ds: step.dataset,
        step: Number(step.id),
        batch: step.batches,
        n: counts.done,
        absent: counts.absent,
        held: counts.held,
        retained: counts.retained,
        failed: counts.failed,
        partial: counts.partial,
        level: 'V0',
        recovered: how.recovered ? 1 : 0,
      },
      details: {
        fingerprint: made.fingerprint,
        oldest: made.oldest?.toString() ?? null,
        newest: made.newest?.toString() ?? null,
        bytes: made.bytes,
        retainedBy: made.retainedBy,
        partialAt: made.partialAt,
      },
    });
  });
}

/**
 * A batch was prepared and nobody reported it final. What is gone from the place of its deed was its doing; a deed that is
 * atomic was final wholly or not at all.
 */
async function settle(work: Work, pending: Batch): Promise<void> {
  const { step } = work;
  const gone = Math.min(Math.max(await goneOf(work, pending), 0), pending.counts.done);
  const whole = gone === pending.counts.done;
  const revived = reviveBatch(pending);
  if (whole) {
    await final(work, step, revived, { interrupted: true, recovered: true });
    return;
  }
  const made: Batch = {
    ...revived,
    counts: { ...noCounts, done: gone },
    retainedBy: {},
    partialAt: {},
    bytes: 0,
    fingerprint: null,
    next: step.cursor,
  };
  await receipt(work, step, made, { moved: false, recovered: true, left: null });
}

async function goneOf(work: Work, { place, counts }: Batch): Promise<number> {
  const { world, line, where, connector } = work;
  if (counts.done === 0 || !place) return 0;
  return place.before - (await connector.left(line.dataset, where, world.veil.unveil(place.within)));
}

/** Instants come back from the journal as text. */
function reviveBatch(batch: Batch): Batch {
  const at = (value: unknown) => (typeof value === 'string' ? instant(value) : null);
  return { ...batch, oldest: at(batch.oldest), newest: at(batch.newest) };
}

/** Ends the step; whoever ends the last step of a line verifies it by another path, and the last line ends the run. */
async function close(work: Work, state: 'done' | 'stopped', why: string | null): Promise<StepEnd> {
  const { world, step } = work;
  const left = work.line.dataset.layers.length === 0 ? null : await atTheEnd(work);
  if (left) await tell(work, left);
  const open = await world.db.transaction().execute(async (tx) => {
    if (step.state === 'waiting') await store.endStep(tx, step, state, why);
    return store.openSteps(tx, step.run, step.line);
  });
  if (open === 0) await verifyLine(work);
  await finish(world, step.run);
  return state;
}

async function verifyLine(work: Work): Promise<void> {
  const { world, step, line, connector } = work;
  const guard = await guardFor(work, line.dataset, world.db);
  const free = all(work.due.where, not(any(guard.held, ...guard.kept.map((one) => one.where))));
  const { left, orphans, level, residue } = await reread(world, line, connector, free, await holdsFor(work, world.db));
  await world.db.transaction().execute(async (tx) => {
    await store.saveVerified(tx, step.run, step.line, level, left, orphans);
    await record(tx, {
      type: 'verify.done',
      at: world.clock(),
      fields: { run: step.run, rule: step.rule, sys: step.system, ds: step.dataset, left, orphans, level },
      details: { residue: [...residue] },
    });
  });
}

async function finish(world: World, run: string): Promise<void> {
  const result = await store.readRun(world.db, run);
  if (!result || result.state !== 'running' || result.lines.some((line) => line.level === null)) return;
  const whole = result.lines.every(
    (line) => line.failed + line.partial === 0 && line.left === 0 && line.orphans === 0 && !line.stopped,
  );
  const state = whole ? 'complete' : result.lines.some((line) => line.stopped) ? 'stopped' : 'partial';
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.endRun(tx, run, state, world.clock()))) return;
    const sum = (pick: (line: store.LineResult) => number): number =>
      result.lines.reduce((a, line) => a + pick(line), 0);
    await record(tx, {
      type: 'run.finished',
      at: world.clock(),
      fields: {
        run,
        state,
        n: sum((one) => one.done),
        absent: sum((one) => one.absent),
        held: sum((one) => one.held),
        failed: sum((one) => one.failed + one.partial),
      },
    });
  });
}

/** What a batch that failed half-way left in pieces, as far as the systems answer. */
async function lastLook(world: World, step: store.Step): Promise<void> {
  try {
    const work = await prepare(world, step);
    // What another meaning finds in its place says nothing of that batch.
    if (step.pending && meansTheSame(work)) await settle(await besideTold(work), step.pending);
    const left = await atTheEnd(work);
    if (left) await tell(work, left);
  } catch (cause) {
    world.log('step.not-looked-at', { step: step.id, code: cause instanceof ConnectorFault ? cause.kind : 'internal' });
  }
}

/** Gives the step up for now: its reason stands in the run, and the next plan shows what is left. */
export async function giveUp(world: World, id: string, cause: unknown): Promise<void> {
  const why = cause instanceof ConnectorFault ? cause.kind : 'internal';
  const step = await store.readStep(world.db, id);
  if (!step || step.state !== 'waiting') return;
  await lastLook(world, step);
  await world.db.transaction().execute(async (tx) => {
    await store.endStep(tx, step, 'stopped', why);
    if ((await store.openSteps(tx, step.run, step.line)) === 0)
      await store.saveVerified(tx, step.run, step.line, 'V0', -1, 0);
  });
  await finish(world, step.run);
}
