/**
 * One step of a run: a share of a line, carried out by one worker, batch by batch.
 *
 * For each batch: take the turn on the dataset (turn.ts) → take a share of the holds' lock → the connector opens its transaction,
 * asks the guard, does the deed → "prepared" with the counts is written on the locked session → the deed becomes final → receipt,
 * counts and cursor move in one transaction of ours. Killed anywhere, the next worker finds either nothing pending (and goes on at the cursor), or
 * a pending batch: then its trace tells how much of it became final.
 */
import type { Batch, Dataset, Guard, Item } from '../../connectors/kit/index.ts';
import type { Database } from '../../database/index.ts';
import { sharing } from '../holds/guard.ts';
import { writeTorn } from '../holds/torn.ts';
import type { World } from '../world.ts';
import { close } from './ending.ts';
import { AboveThePlan, final, mended, prepared, settle, settleIfSeen, veiled } from './journal.ts';
import { judgeOf } from './layers.ts';
import { releaseTurn } from './pending.ts';
import * as store from './store.ts';
import { atStep, myTurn } from './turn.ts';
import { besideTold, current, guardFor, meansTheSame, prepare, type Work } from './work.ts';

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

/** Carries the step to its end. Faults that a later try may mend are thrown; the rest stops the step with its reason. */
export async function carryOut(world: World, id: string, signal?: AbortSignal): Promise<StepEnd> {
  const end = await atStep(world.db, id, (session) => carryOutAlone(world, session, id, signal), signal);
  return end ?? 'busy'; // who waits does not use up a try
}

async function carryOutAlone(world: World, session: Database, id: string, signal?: AbortSignal): Promise<StepEnd> {
  const step = await store.readStep(world.db, id);
  if (!step) return 'done';
  // Over, and so is its line when that was looked at: where the source did not answer then, it is asked now.
  if (step.state !== 'waiting' && !(await store.isOpen(world.db, step))) return step.state;
  const work = await prepare(world, step);
  if (step.state !== 'waiting') return close(work, step.state, null);
  if (!meansTheSame(work)) {
    await settleIfSeen(world, step);
    return close(work, 'stopped', 'policy-changed');
  }
  await afterWhatHangsOnIt(work, signal);
  if (step.pending) await settle(await besideTold(work), step.pending);
  const from = await current(work);
  let { cursor } = from;
  let first = from.batches === 0 && cursor === null;
  let limit = pace.first;
  while (first || cursor !== null) {
    signal?.throwIfAborted();
    first = false;
    await myTurn(world, session, step, signal);
    try {
      const start = performance.now();
      cursor = await batch(work, session, limit, signal);
      limit = paced(limit, performance.now() - start);
    } catch (cause) {
      await releaseTurn(world.db, id);
      if (cause instanceof AboveThePlan) return close(work, 'stopped', 'more-than-the-plan-showed');
      throw cause;
    }
  }
  return close(work, 'done', null);
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

async function batch(whole: Work, session: Database, limit: number, signal?: AbortSignal): Promise<string | null> {
  const { world, line, connector } = whole;
  return sharing(world.db, session, async (lost) => {
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
    const judge = judgeOf(world, line, { guardOf, parting, room, lost });
    const options = {
      limit: judge ? limits.judged : connector.describe().atomic ? limits.set : limit,
      cursor: step.cursor === null ? null : world.veil.unveil(step.cursor),
      guard: () => guardOf(line.dataset),
      parting,
      prepared: (made: Batch) => prepared(work, session, step, veiled(world, made)),
      ...(judge ? { judge } : {}),
      ...(signal ? { signal } : {}),
      lost,
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
