/**
 * The deeds. One transaction a batch: guard asked, candidates chosen with the guard's answer in the same statement, counts
 * compared with what was chosen, "prepared" recorded, then final. Two roads: slices along the clock where a whole range can
 * go in one statement, and item by item where a judge must be asked or layers go along.
 */
import { sql, type RawBuilder } from 'kysely';
import { instant, type Instant } from '../../base/time.ts';
import {
  all,
  any,
  ConnectorFault,
  isNothing,
  noCounts,
  not,
  type Batch,
  type Condition,
  type Guard,
  type Item,
  type Key,
  type Verdict,
} from '../kit/index.ts';
import { timely } from '../kit/heart.ts';
import { earlier, read, usable, type Hand } from './clock.ts';
import { compile } from './compile.ts';
import { Constraint } from './dialect.ts';
import { bytesOf, deleteFrom, inHand, typed, undoes, type Deed, type Guarded } from './deed.ts';
import { atOnce, eraseOwnLayers, eraseSharedLayers } from './layers.ts';
import { allDone, partitionBatch } from './partition.ts';
import { alongClock, stretch, type Range } from './stretch.ts';
import { countIn, open, page, type Opened } from './table.ts';
import { traceOf, traceOfEach, watched } from './trace.ts';

interface Cursor {
  readonly slice?: string;
  readonly key?: Key;
  readonly partitions?: number;
}

/** One batch of erasure, in one transaction of its own. */
export async function sweepBatch(deed: Deed): Promise<Batch> {
  const cursor: Cursor = deed.options.cursor === null ? {} : (JSON.parse(deed.options.cursor) as Cursor);
  return inTransaction(deed, async (guarded) => {
    const sliced =
      deed.clock !== null &&
      !deed.options.judge &&
      deed.dataset.layers.length === 0 &&
      cursor.key === undefined &&
      undoes(guarded.opened.table);
    const hand = sliced && deed.clock !== null ? guarded.opened.hands(deed.clock) : [];
    const [only, ...chain] = hand;
    if (!only || chain.length > 0) return itemBatch(deed, guarded, cursor, eraseItems);
    if (guarded.opened.table.partitionedBy === only.column.name && cursor.partitions !== allDone) {
      const whole = await partitionBatch(deed, guarded, only, cursor.partitions ?? 0);
      if (whole) return whole;
    }
    try {
      return await sliceBatch(deed, guarded, only, cursor.slice ?? null);
    } catch (cause) {
      if (!(cause instanceof Constraint)) throw cause;
      // Some row of the slice is kept by the host. Its transaction is spent: item by item in a new one finds which.
      await deed.session.rollback();
      await deed.session.begin();
      return itemBatch(
        deed,
        await guardedNow(deed),
        cursor.slice === undefined ? {} : { slice: cursor.slice },
        eraseItems,
      );
    }
  });
}

/** Anything else that is done item by item in a batch: anonymise. */
export async function batchOf(deed: Deed, act: Act): Promise<Batch> {
  const cursor: Cursor = deed.options.cursor === null ? {} : (JSON.parse(deed.options.cursor) as Cursor);
  return inTransaction(deed, (guarded) => itemBatch(deed, guarded, cursor, act));
}

async function inTransaction(deed: Deed, work: (guarded: Guarded) => Promise<Batch>): Promise<Batch> {
  const { session, options } = deed;
  await session.begin();
  try {
    const guarded = await guardedNow(deed);
    const batch = await work(guarded);
    options.signal?.throwIfAborted();
    if (undoes(guarded.opened.table)) await timely(options, () => options.prepared(batch));
    await session.commit();
    return batch;
  } catch (cause) {
    await session.rollback().catch(() => undefined); // a session that is gone has undone it already
    throw cause;
  }
}

async function guardedNow(deed: Deed): Promise<Guarded> {
  const guard = await deed.options.guard();
  const kept = any(...guard.kept.map((one) => one.where));
  const free = all(deed.where, not(any(guard.held, kept)));
  return {
    opened: await open(deed.session, deed.dataset, deed.schema, [deed.where, guard.held, kept]),
    guard,
    free: isNothing(any(guard.held, kept)) ? deed.where : free,
  };
}

// ── Slices along the clock ───────────────────────────────────────────────────────────────────────────────────────

async function sliceBatch(deed: Deed, guarded: Guarded, hand: Hand, from: string | null): Promise<Batch> {
  const { opened, guard } = guarded;
  const { session, options } = deed;
  const { range, rest } = alongAndRest(hand, deed.where, deed.clock ?? '');
  const end = await sliceEnd(opened, hand, range, from, options.limit);
  const slice = sql`${alongClock(hand, from, end.to)} and ${range}`;
  const kept = any(guard.held, ...guard.kept.map((one) => one.where));
  const going = sql`${slice} and ${opened.where(isNothing(kept) ? rest : all(rest, not(kept)))}`;
  // What only holds keep is what is left of the slice: counting it asks the index, not the list of held people.
  const onlyHeld = guard.kept.length === 0 && !isNothing(guard.held);
  const byClockAlone = rest.is === 'all' && rest.of.length === 0 && opened.dataset.only === undefined;
  const whole = !onlyHeld
    ? 0
    : byClockAlone && end.rows !== null
      ? end.rows
      : await countIn(opened, sql`${slice} and ${opened.where(rest)}`);
  const counted = onlyHeld ? null : await countKept(opened, slice, deed.where, guard);
  const seen = await look(opened, hand, going);
  const place = { clock: deed.clock ?? '', from, to: end.to };
  const told = await watched(opened, place, deed.standing, going, hand.ref);
  const n = seen.n === 0 ? 0 : (await session.run(deleteFrom(opened, going))).affected;
  if (seen.n !== null && n !== seen.n)
    throw new ConnectorFault('surprise', `a deletion took ${n} rows where ${seen.n} were chosen; it was undone`, {
      retry: true,
      nl: `een verwijdering nam ${n} rijen waar er ${seen.n} gekozen waren; zij is teruggedraaid`,
    });
  const stays = counted ?? { counts: { ...noCounts, held: Math.max(0, whole - n) }, retainedBy: {} };
  return {
    ...stays,
    counts: { ...stays.counts, done: n },
    partialAt: {},
    oldest: n > 0 ? seen.oldest : null,
    newest: n > 0 ? seen.newest : null,
    bytes: seen.bytes,
    fingerprint: null,
    next: end.to === null ? null : JSON.stringify({ slice: end.to, partitions: allDone } satisfies Cursor),
    trace: await told(n),
  };
}

interface Look {
  /** Null: not counted, since the deletion itself tells. */
  readonly n: number | null;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
  readonly bytes: number;
}

/** What is about to go: its ends, which an index tells; and where bytes are to be added up, all. */
async function look(opened: Opened, hand: Hand, going: RawBuilder<unknown>): Promise<Look> {
  const table = sql`${opened.table.ref} as t where ${going}`;
  const all = opened.dataset.bytes !== undefined;
  const found = await opened.session.run(
    all
      ? sql`select count(*) as n, min(${hand.ref}) as oldest, max(${hand.ref}) as newest, ${bytesOf(opened)} as bytes from ${table}`
      : sql`
    select (select ${hand.ref} from ${table} order by ${hand.ref} limit 1) as oldest,
           (select ${hand.ref} from ${table} order by ${hand.ref} desc limit 1) as newest`,
  );
  const row = found.rows[0] ?? {};
  return {
    n: all ? Number(row['n'] ?? 0) : null,
    oldest: read(hand, row['oldest']),
    newest: read(hand, row['newest']),
    bytes: Number(row['bytes'] ?? 0),
  };
}

/**
 * What the condition says of this clock, in comparisons that an index understands, and the rest of it. Without the lower bound
 * of its share a worker would read past all that the others deleted; without the upper one, past the end of what is due.
 */
function alongAndRest(hand: Hand, where: Condition, clock: string): { range: RawBuilder<unknown>; rest: Condition } {
  const bounds: RawBuilder<unknown>[] = [usable(hand)];
  const rest: Condition[] = [];
  const take = (one: Condition): void => {
    if (one.is === 'all') for (const part of one.of) take(part);
    else if (one.is === 'before' && one.clock === clock) bounds.push(earlier(hand, instant(one.at)));
    else if (one.is === 'not' && one.of.is === 'before' && one.of.clock === clock)
      bounds.push(sql`not ${earlier(hand, instant(one.of.at))}`);
    else rest.push(one);
  };
  take(where);
  return { range: sql.join(bounds, sql` and `), rest: all(...rest) };
}

/** Where the slice of about `limit` rows ends: the next value of the clock; null when the rest fits. And its rows, where that is known. */
async function sliceEnd(
  opened: Opened,
  hand: Hand,
  range: RawBuilder<unknown>,
  from: string | null,
  limit: number,
): Promise<{ to: string | null; rows: number | null }> {
  const start = from === null ? sql`` : sql`and ${hand.ref} >= ${typed(hand, from)}`;
  const at = async (more: RawBuilder<unknown>, skip: number, take: number): Promise<string[]> => {
    const found = await opened.session.run(sql`
      select ${asText(hand.dialect, sql`found.at`)} as at from (
        select ${hand.ref} as at from ${opened.table.ref} as t where ${range} ${start} ${more}
         order by ${hand.ref} limit ${sql.lit(take)} offset ${sql.lit(skip)}) as found
       order by found.at`);
    return found.rows.map((row) => String(row['at']));
  };
  const [last, next] = await at(sql``, limit - 1, 2);
  if (next === undefined) return { to: null, rows: last === undefined ? null : limit };
  if (next !== last) return { to: next, rows: limit };
  const first = from ?? (await at(sql``, 0, 1))[0];
  if (next !== first) return { to: next, rows: null };
  // More rows than the limit at one moment: they go together, up to the next moment.
  const [later] = await at(sql`and ${hand.ref} > ${typed(hand, next)}`, 0, 1);
  return { to: later ?? null, rows: null };
}

/** Of the one row that is asked for, and not of each that was counted before it. */
function asText(dialect: Hand['dialect'], value: RawBuilder<unknown>): RawBuilder<unknown> {
  return dialect === 'postgres' ? sql`${value}::text` : value;
}

/** What the guard keeps within this slice: held first, then each statute. */
async function countKept(
  opened: Opened,
  slice: RawBuilder<unknown>,
  where: Condition,
  guard: Guard,
): Promise<Pick<Batch, 'counts' | 'retainedBy'>> {
  const retainedBy: Record<string, number> = {};
  const keeps = any(guard.held, ...guard.kept.map((one) => one.where));
  if (isNothing(keeps)) return { counts: noCounts, retainedBy };
  const whens = [
    sql`when ${compile(guard.held, opened.scope)} then 0`,
    ...guard.kept.map((one, i) => sql`when ${compile(one.where, opened.scope)} then ${sql.lit(i + 1)}`),
  ];
  const found = await opened.session.run(sql`
    select k, count(*) as n from (
      select case ${sql.join(whens, sql` `)} else -1 end as k from ${opened.table.ref} as t where ${slice} and ${opened.where(all(where, keeps))}) as kept
     group by k`);
  let held = 0;
  let retained = 0;
  for (const row of found.rows) {
    const n = Number(row['n']);
    const reason = guard.kept[Number(row['k']) - 1]?.reason;
    if (Number(row['k']) === 0) held = n;
    else if (reason !== undefined) {
      retainedBy[reason] = (retainedBy[reason] ?? 0) + n;
      retained += n;
    }
  }
  return { counts: { ...noCounts, held, retained }, retainedBy };
}

// ── Item by item ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Does the deed to these items; answers how many rows of the dataset it changed. */
export type Act = (deed: Deed, opened: Opened, free: Condition, items: readonly Item[]) => Promise<number>;

async function itemBatch(deed: Deed, guarded: Guarded, cursor: Cursor, act: Act): Promise<Batch> {
  const { opened, guard, free } = guarded;
  const { judge } = deed.options;
  const found = await page(opened, opened.where(free), cursor.key ?? null, inHand(deed), true);
  const verdicts = judge
    ? together(found.items, await judge(found.items))
    : found.items.map((): Verdict => ({ go: true }));
  const going = found.items.filter((_, i) => verdicts[i]?.go === true);
  const after = cursor.key ?? null;
  const kept = await countKept(opened, stretch(opened, cursor, found.next, deed.clock), deed.where, guard);
  const batch = (gone: readonly Item[], failed: number, trace: string | null): Batch => ({
    ...tally(kept, verdicts, gone.length, failed),
    ...spanOf(deed, gone),
    fingerprint: null,
    next: found.next === null ? null : JSON.stringify({ ...cursor, key: found.next } satisfies Cursor),
    trace,
  });
  const range: Range = { after, upTo: found.items.at(-1)?.key ?? [] };
  if (!undoes(opened.table)) {
    const before = batch(going, 0, await traceOfEach(opened, range, deed.standing, going));
    await timely(deed.options, () => deed.options.prepared(before));
  }
  const { gone, failed } = await actOn(deed, opened, free, byKey(going), act);
  return batch(gone, failed, await traceOf(opened, range, deed.standing, gone));
}

/** Rows of one key go together or not at all: what keeps one of them keeps the others. */
function together(items: readonly Item[], verdicts: readonly Verdict[]): Verdict[] {
  const stays = new Map(
    items.flatMap((item, i) => (verdicts[i]?.go === false ? [[nameOf(item), verdicts[i]] as const] : [])),
  );
  return items.map(
    (item, i) => stays.get(nameOf(item)) ?? verdicts[i] ?? { go: false, outcome: 'failed', fault: 'surprise' },
  );
}

function byKey(items: readonly Item[]): Item[][] {
  return [...Map.groupBy(items, nameOf).values()];
}

function nameOf(item: Item): string {
  return JSON.stringify(item.key.map(String));
}

function tally(
  kept: Pick<Batch, 'counts' | 'retainedBy'>,
  verdicts: readonly Verdict[],
  done: number,
  failed: number,
): Pick<Batch, 'counts' | 'retainedBy' | 'partialAt'> {
  const retainedBy: Record<string, number> = { ...kept.retainedBy };
  const partialAt: Record<string, number> = {};
  const counts = { ...kept.counts, done, failed };
  for (const verdict of verdicts) {
    if (verdict.go) continue;
    counts[verdict.outcome] += 1;
    if (verdict.outcome === 'retained') retainedBy[verdict.reason] = (retainedBy[verdict.reason] ?? 0) + 1;
    if (verdict.outcome === 'partial') partialAt[verdict.layer] = (partialAt[verdict.layer] ?? 0) + 1;
  }
  return { counts, retainedBy, partialAt };
}

function spanOf(deed: Deed, gone: readonly Item[]): Pick<Batch, 'oldest' | 'newest' | 'bytes'> {
  const times = gone
    .flatMap((item) => (deed.clock === null ? [] : [item.at[deed.clock] ?? null]))
    .filter((at): at is Instant => at !== null)
    .toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  const bytes = gone.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
  return { oldest: times[0] ?? null, newest: times.at(-1) ?? null, bytes };
}

/** All at once; when the host keeps one of them, one by one, so that the others do not wait for it. */
async function actOn(
  deed: Deed,
  opened: Opened,
  free: Condition,
  groups: readonly Item[][],
  act: Act,
): Promise<{ gone: readonly Item[]; failed: number }> {
  if (groups.length === 0) return { gone: [], failed: 0 };
  const { session } = deed;
  const items = groups.flat();
  if (opened.table.engine === 'Aria') {
    // Knows no way back to a place, and says so to who sets one; nothing refers to its rows.
    await act(deed, opened, free, items);
    return { gone: items, failed: 0 };
  }
  try {
    await session.run(sql`savepoint items`);
    await act(deed, opened, free, items);
    await session.run(sql`release savepoint items`);
    return { gone: items, failed: 0 };
  } catch (cause) {
    if (!(cause instanceof Constraint)) throw cause;
    await session.run(sql`rollback to savepoint items`);
    if (groups.length === 1) return { gone: [], failed: items.length };
    const half = Math.ceil(groups.length / 2);
    const a = await actOn(deed, opened, free, groups.slice(0, half), act);
    const b = await actOn(deed, opened, free, groups.slice(half), act);
    return { gone: [...a.gone, ...b.gone], failed: a.failed + b.failed };
  }
}

/** Layers of the same source, then the rows; layers that several items share go when their last item is gone. */
const eraseItems: Act = async (deed, opened, free, items) => {
  const { session } = deed;
  await eraseOwnLayers(deed, items);
  let n = 0;
  let affected = 0;
  for (const some of atOnce(items)) {
    const those = opened.where(all(free, { is: 'key', oneOf: some.map((item) => item.key) }));
    n += await countIn(opened, those);
    affected += (await session.run(deleteFrom(opened, those))).affected;
  }
  if (affected !== n || n < items.length)
    throw new ConnectorFault(
      'surprise',
      `a deletion took ${affected} rows where ${items.length} items were chosen; it was undone`,
      {
        retry: true,
        nl: `een verwijdering nam ${affected} rijen waar er ${items.length} gekozen waren; zij is teruggedraaid`,
      },
    );
  await eraseSharedLayers(deed, items);
  return n;
};
