/**
 * What is written of a batch: "prepared" before its deed is final, the receipt after, and what a killed worker left between the two.
 * Items in pieces are told with it.
 */
import { instant } from '../../base/time.ts';
import { ConnectorFault, noCounts, type Batch } from '../../connectors/kit/index.ts';
import type { Database } from '../../database/index.ts';
import { record } from '../../ledger/index.ts';
import { forgetOpen, writeTorn } from '../holds/torn.ts';
import type { World } from '../world.ts';
import { afterDeed, afterInterruption, tellOf, type Change } from './pieces.ts';
import * as store from './store.ts';
import { besideTold, current, guardFor, type Work } from './work.ts';

/** What the plan showed is the most a run may take. */
export class AboveThePlan extends Error {}

/** Before a batch: what an interrupted one left is told where it may go no more, and left to this one where it may. */
export async function mended(whole: Work, session: Database): Promise<{ work: Work; interrupted: boolean }> {
  const work = await besideTold(whole);
  const { dataset } = work.line;
  if (dataset.layers.length === 0) return { work, interrupted: false };
  const left = await afterInterruption(work, work.where, await guardFor(work, dataset, session));
  if (left === null) return { work, interrupted: false };
  await tell(work, left);
  return { work: await besideTold(whole), interrupted: true };
}

/** Items in pieces, with a receipt of their own; the sweep goes on where it was. */
export async function tell(work: Work, left: Change): Promise<void> {
  const step = await current(work);
  const made = tellOf(left.told);
  await receipt(work, step, made && { ...made, next: step.cursor }, { moved: false, recovered: true, left });
}

/** The deed of a batch is final: its receipt, and what of its items stands in pieces. */
export async function final(
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
export function veiled(world: World, batch: Batch): Batch {
  return {
    ...batch,
    next: batch.next === null ? null : world.veil.veil(batch.next),
    place: batch.place && { ...batch.place, within: world.veil.veil(batch.place.within) },
  };
}

export async function prepared(work: Work, session: Database, step: store.Step, made: Batch): Promise<void> {
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
export async function settle(work: Work, pending: Batch): Promise<void> {
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
