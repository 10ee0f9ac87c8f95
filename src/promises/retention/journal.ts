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
import { savePending } from './pending.ts';
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

/** The cursor and the trace may hold values of items: in the journal they stand veiled. */
export function veiled(world: World, batch: Batch): Batch {
  const hidden = (text: string | null) => (text === null ? null : world.veil.veil(text));
  return { ...batch, next: hidden(batch.next), trace: hidden(batch.trace) };
}

export async function prepared(work: Work, session: Database, step: store.Step, made: Batch): Promise<void> {
  if (made.trace === null && made.counts.done > 0)
    throw new ConnectorFault('surprise', 'a batch leaves no trace: after an interruption nobody could tell what went', {
      retry: false,
      nl: 'een partij laat geen spoor na: na een onderbreking zou niet te zien zijn wat er weg is',
    });
  if (!(await savePending(session, step, made, work.world.clock()))) throw new AboveThePlan();
}

/** The receipt, the counts and the cursor become true together. */
async function receipt(
  { world }: Pick<Work, 'world'>,
  step: store.Step,
  made: Batch | null,
  how: { readonly moved: boolean; readonly recovered: boolean; readonly left: Change | null },
): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    if (how.moved || how.left) await forgetOpen(tx, step.id);
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

/** A batch was prepared and nobody reported it final: by its trace, how much of it was. The sweep goes on behind it, or does the rest. */
export async function settle(work: Work, pending: Batch): Promise<void> {
  const gone = await goneOf(work.world, work.step, pending);
  if (gone < pending.counts.done) await account(work.world, work.step, pending, gone);
  else await final(work, work.step, reviveBatch(pending), { interrupted: true, recovered: true });
}

/**
 * Accounts for a batch that was cut off, whatever the policy says of its line by now, and leaves the rest as it is. What its source
 * can tell no more is told as that; one that does not answer now, or does not let us ask, is a fault, and is asked again later.
 */
export async function settleAlone(world: World, step: store.Step): Promise<void> {
  const { pending } = step;
  if (!pending) return;
  try {
    await account(world, step, pending, await goneOf(world, step, pending));
  } catch (cause) {
    if (!(cause instanceof ConnectorFault) || cause.retry || cause.kind !== 'surprise') throw cause;
    world.log('batch.unseen', { step: step.id, code: cause.kind });
    await unseen(world, step, pending);
  }
}

/** The same for a step that ends now: what does not answer stays as it is, and the run says so until it does (turn.ts). */
export async function settleIfSeen(world: World, step: store.Step): Promise<void> {
  try {
    await settleAlone(world, step);
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    world.log('batch.not-seen', { step: step.id, code: cause.kind });
  }
}

async function account(world: World, step: store.Step, pending: Batch, gone: number): Promise<void> {
  const made: Batch = {
    ...reviveBatch(pending),
    counts: { ...noCounts, done: gone },
    retainedBy: {},
    partialAt: {},
    next: step.cursor,
    ...(gone < pending.counts.done ? { bytes: 0, fingerprint: null } : {}),
  };
  await receipt({ world }, step, made, { moved: false, recovered: true, left: null });
}

async function unseen(world: World, step: store.Step, { counts }: Batch): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    await store.addUnseen(tx, step, counts.done);
    const { run, rule, system: sys, dataset: ds } = step;
    await record(tx, {
      type: 'batch.unseen',
      at: world.clock(),
      fields: { run, rule, sys, ds, step: Number(step.id), batch: step.batches, n: counts.done },
    });
  });
}

async function goneOf(world: World, step: store.Step, { trace, counts }: Batch): Promise<number> {
  if (counts.done === 0) return 0;
  const dataset = world.systems.datasets.find((one) => one.system === step.system && one.id === step.dataset);
  const seen = trace === null ? null : readable(world, trace);
  if (seen === null || !dataset)
    throw new ConnectorFault('surprise', 'the batch that was cut off left no trace that can be followed', {
      retry: false,
      nl: 'de afgebroken partij liet geen spoor na dat te volgen is',
    });
  const connector = await world.systems.connector(step.system, dataset.source);
  return connector.gone(dataset, seen, counts.done);
}

/** Null where it was veiled with another key: as good as none. */
function readable({ veil }: World, trace: string): string | null {
  try {
    return veil.unveil(trace);
  } catch {
    return null;
  }
}

/** Instants come back from the journal as text. */
function reviveBatch(batch: Batch): Batch {
  const at = (value: unknown) => (typeof value === 'string' ? instant(value) : null);
  return { ...batch, oldest: at(batch.oldest), newest: at(batch.newest) };
}
