/**
 * Items that an interruption left in pieces: the recording of a call is gone, and its row stands. Such an item goes on where a run
 * may still take it. What a hold, a statute or a decision keeps by now, and what the host refused, is told as `partial`, once, with
 * the part that is gone; never as plainly held.
 */
import {
  all,
  any,
  ConnectorFault,
  nameOfKey,
  noCounts,
  not,
  nothing,
  type Batch,
  type Condition,
  type Guard,
  type Item,
} from '../../connectors/kit/index.ts';
import { keyed, tornOfStep, type Pieces, type TornRecord } from '../holds/torn.ts';
import { lackingOf } from '../holds/whole.ts';
import type { World } from '../world.ts';
import { standing, type Line } from './model.ts';

interface Share {
  readonly world: World;
  readonly line: Line;
  readonly step: { readonly id: string };
}

/** What is to be written with a receipt: `told` now, and `open` for the next batch. */
export interface Change {
  readonly told: Pieces;
  readonly open: Pieces;
}

const none: Pieces = new Map();

/** What the run reported already and the cursor is not past: no batch of the step comes to these items again. */
export async function toldOf({ world, step }: Share): Promise<Condition> {
  const records = await tornOfStep(world.db, world, step.id);
  const keys = records.flatMap((one) => (one.told && !one.behind ? one.keys : []));
  return keys.length === 0 ? nothing : { is: 'any', of: keyed(keys) };
}

/**
 * What an interrupted batch left of the step: the items that `where` and the guard no longer give to a run are to be told, the
 * rest to be swept again. Null when no batch was interrupted.
 */
export async function afterInterruption(share: Share, where: Condition, guard: Guard): Promise<Change | null> {
  const { world, line } = share;
  const open = await openOf(share);
  if (open.length === 0) return null;
  const torn = await piecesOf(share, open);
  const free = all(where, not(any(guard.held, ...guard.kept.map((one) => one.where))));
  const connector = await world.systems.connector(line.dataset.system, line.dataset.source);
  const goes = new Set<string>();
  for (const those of keyed([...torn.values()].flatMap((items) => items.map(({ key }) => key))))
    for await (const item of connector.locate(line.dataset, all(free, those))) goes.add(nameOfKey(item.key));
  const split = (going: boolean): Pieces => kept(torn, (item) => goes.has(nameOfKey(item.key)) === going);
  return { told: split(false), open: split(true) };
}

/**
 * After a deed: the batch as it turned out, and what of its items stands in pieces. Null when the record of it can simply go, which
 * is all but always. An item that failed after a part of it had gone did not fail: it is partial. Where that cannot be seen it
 * is counted as it was reported, and not again later.
 */
export async function afterDeed(
  share: Share,
  made: Batch,
  interrupted: boolean,
): Promise<{ readonly made: Batch; readonly left: Change | null }> {
  const counted = made.counts.failed + made.counts.partial > 0;
  if (!interrupted && !counted) return { made, left: null };
  const torn = await whatCanBeSeen(share);
  const pieces = torn ?? asPieces(await openOf(share));
  const left = counted ? { told: pieces, open: none } : { told: none, open: pieces };
  return { made: torn === null ? made : withPieces(made, left.told), left };
}

/** At the end of a step: whatever still stands in pieces. Null when nothing does, or where it cannot be seen. */
export async function atTheEnd(share: Share): Promise<Change | null> {
  const torn = await whatCanBeSeen(share);
  return torn === null || countOf(torn) === 0 ? null : { told: torn, open: none };
}

/** Null where a source does not answer: the record stays, and a hold looks at it again. */
async function whatCanBeSeen(share: Share): Promise<Pieces | null> {
  try {
    return await piecesOf(share, await openOf(share));
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    share.world.log('step.pieces-not-seen', { step: share.step.id, code: cause.kind });
    return null;
  }
}

async function openOf({ world, step }: Share): Promise<TornRecord[]> {
  return (await tornOfStep(world.db, world, step.id)).filter((one) => !one.told);
}

async function piecesOf({ world, line }: Share, records: readonly TornRecord[]): Promise<Pieces> {
  const torn = new Map<string, readonly Item[]>();
  for (const layer of line.dataset.layers) {
    const keys = records.flatMap((one) => (one.part === layer.dataset.id ? one.keys : []));
    const items = await lackingOf(world, line.dataset, layer, keys, standing(line));
    if (items.length > 0) torn.set(layer.dataset.id, items);
  }
  return torn;
}

function asPieces(records: readonly TornRecord[]): Pieces {
  return new Map(
    [...Map.groupBy(records, (one) => one.part)].map(([part, ones]) => [
      part,
      ones.flatMap(({ keys }) => keys.map((key) => ({ key }))),
    ]),
  );
}

function kept(pieces: Pieces, which: (item: Pick<Item, 'key'>) => boolean): Pieces {
  return new Map([...pieces].map(([part, items]) => [part, items.filter(which)]));
}

/** How many items are in pieces; one that lacks two parts counts once. Several rows of one key are as many items. */
function countOf(pieces: Pieces): number {
  const rows = new Map<string, number>();
  for (const items of pieces.values())
    for (const [name, same] of Map.groupBy(items, ({ key }) => nameOfKey(key)))
      rows.set(name, Math.max(rows.get(name) ?? 0, same.length));
  return [...rows.values()].reduce((a, b) => a + b, 0);
}

function byPart(pieces: Pieces): Record<string, number> {
  return Object.fromEntries([...pieces].flatMap(([part, { length }]) => (length > 0 ? [[part, length]] : [])));
}

/** The receipt of nothing but items in pieces. */
export function tellOf(told: Pieces): Omit<Batch, 'next'> | null {
  const partial = countOf(told);
  if (partial === 0) return null;
  return {
    counts: { ...noCounts, partial },
    retainedBy: {},
    partialAt: byPart(told),
    oldest: null,
    newest: null,
    bytes: 0,
    fingerprint: null,
    trace: null,
  };
}

/** The batch as it turned out: of what it called failed, the items in pieces are partial. */
function withPieces(made: Batch, told: Pieces): Batch {
  const { counts, partialAt } = made;
  const more = Math.min(counts.failed, Math.max(0, countOf(told) - counts.partial));
  if (more === 0) return made;
  return {
    ...made,
    counts: { ...counts, failed: counts.failed - more, partial: counts.partial + more },
    partialAt: counts.partial === 0 ? byPart(told) : { ...byPart(told), ...partialAt },
  };
}
