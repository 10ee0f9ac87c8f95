/**
 * A table partitioned by its clock: partitions that lie wholly before the cut-off, and of which nothing is kept, are emptied
 * at once. Their rows are counted under a lock first; one row too many and that partition goes the ordinary way.
 */
import { sql, type RawBuilder } from 'kysely';
import { wallCutoff, instant, type Instant } from '../../base/time.ts';
import { ConnectorFault, noCounts, type Batch, type Condition } from '../kit/index.ts';
import { hostJudgesRows, partitionsOf, type Partition } from './catalogue.ts';
import { read, type Hand } from './clock.ts';
import { bytesOf, type Deed, type Guarded } from './deed.ts';
import type { Row } from './dialect.ts';
import { rowsIn, transactionOf, type Rows } from './trace.ts';

/** Partitions emptied in one transaction: each is locked until it ends. */
const mostAtOnce = 128;

/** Of the cursor: what is left of the share goes the ordinary way. */
export const allDone = Number.MAX_SAFE_INTEGER;

/**
 * Handles the next whole partitions; null when there are none (left), or the host has a say about single rows, and the ordinary
 * road goes on.
 */
export async function partitionBatch(deed: Deed, guarded: Guarded, hand: Hand, done: number): Promise<Batch | null> {
  if (await hostJudgesRows(deed.session, guarded.opened.table)) return null;
  const due = dueWhole(deed, hand, await partitionsOf(deed.session, guarded.opened.table));
  const end = Math.min(due.length, done + mostAtOnce);
  const these = due.slice(done, end);
  if (these.length === 0) return null;
  const seen = await emptyFree(deed, guarded, hand, these);
  const gone = seen.filter((one) => one.free);
  if (gone.length === 0 && end === due.length) return null;
  const times = gone
    .flatMap((one) => [one.oldest, one.newest])
    .filter((at) => at !== null)
    .toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  const sum = (all: readonly Seen[], pick: (one: Seen) => number): number =>
    all.reduce((total, one) => total + pick(one), 0);
  return {
    counts: { ...noCounts, done: sum(gone, (one) => one.n) },
    retainedBy: {},
    partialAt: {},
    oldest: times[0] ?? null,
    newest: times.at(-1) ?? null,
    bytes: sum(gone, (one) => one.bytes),
    fingerprint: null,
    next: JSON.stringify({ partitions: end < due.length ? end : allDone }),
    trace: gone.length === 0 ? null : await transactionOf(guarded.opened, gone[0]?.rows ?? null),
  };
}

/** In the order of time. A partition of another worker's share is not ours to lock, let alone to count. */
function dueWhole(deed: Deed, hand: Hand, partitions: readonly Partition[]): Partition[] {
  const limit = cutoffOf(deed.where, deed.clock ?? '');
  if (limit === null || (hand.form !== 'instant' && hand.form !== 'local' && hand.form !== 'date')) return [];
  const from = startOf(deed.where, deed.clock ?? '');
  return partitions
    .filter((one) => bound(one.to) <= shown(hand, limit) && (from === null || bound(one.to) > shown(hand, from)))
    .toSorted((a, b) => (bound(a.from) < bound(b.from) ? -1 : 1));
}

/** An instant as the bounds of partitions show it. */
const shown = (hand: Hand, at: string): string =>
  hand.form === 'instant' ? at.replace('T', ' ').replace('Z', '') : wallCutoff(instant(at), hand.zone);

interface Seen {
  readonly n: number;
  /** Nothing in it is kept: it has been emptied. */
  readonly free: boolean;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
  readonly bytes: number;
  /** By which the emptying is known again. */
  readonly rows: Rows | null;
}

/**
 * All of them in three statements; when the host refuses one (no right to empty it, a key elsewhere refers to it), one by one,
 * so that the others do not wait for it.
 */
async function emptyFree(deed: Deed, guarded: Guarded, hand: Hand, these: readonly Partition[]): Promise<Seen[]> {
  const { session } = deed;
  try {
    await session.run(sql`savepoint whole`);
    const names = (some: readonly Partition[]) => sql.join(some.map((one) => one.name));
    await session.run(sql`lock table ${names(these)} in access exclusive mode`);
    const ours = await stillOurs(deed, guarded, these);
    const counted = await lookAt(deed, guarded, hand, ours);
    // Detached since it was listed: a table of its own, with whatever stands in it by now.
    const seen = these.map((one) => counted[ours.indexOf(one)] ?? left);
    const free = these.filter((_, i) => seen[i]?.free);
    const [first] = free;
    if (!first) {
      await session.run(sql`release savepoint whole`);
      return seen;
    }
    // One stands for all: they are emptied together.
    const range = { clock: deed.clock ?? '', from: first.from, to: first.to };
    const rows = await rowsIn(guarded.opened, first.name, range);
    await session.run(sql`truncate table ${names(free)}`);
    await session.run(sql`release savepoint whole`);
    return seen.map((one) => ({ ...one, rows }));
  } catch (cause) {
    if (!(cause instanceof ConnectorFault) || cause.retry) throw cause;
    await session.run(sql`rollback to savepoint whole`);
  }
  // It stays for the ordinary road.
  if (these.length === 1) return [left];
  const all: Seen[] = [];
  for (const one of these) all.push(...(await emptyFree(deed, guarded, hand, [one])));
  return all;
}

/** Not emptied, and nothing counted. */
const left: Seen = { n: 0, free: false, oldest: null, newest: null, bytes: 0, rows: null };

/** Asked under their locks: until then one may be detached, and its old bounds say nothing of it any more. */
async function stillOurs(deed: Deed, guarded: Guarded, these: readonly Partition[]): Promise<Partition[]> {
  const now = await partitionsOf(deed.session, guarded.opened.table);
  return these.filter((one) => now.some((each) => each.id === one.id && each.from === one.from && each.to === one.to));
}

async function lookAt(deed: Deed, guarded: Guarded, hand: Hand, these: readonly Partition[]): Promise<Seen[]> {
  if (these.length === 0) return [];
  const found = await deed.session.run(
    sql.join(
      these.map((one, i) => look(deed, guarded, hand, one, i)),
      sql` union all `,
    ),
  );
  const rows = new Map(found.rows.map((row) => [Number(row['i']), row]));
  return these.map((_, i) => seenIn(hand, rows.get(i) ?? {}));
}

function look(deed: Deed, guarded: Guarded, hand: Hand, partition: Partition, i: number): RawBuilder<unknown> {
  const { opened } = guarded;
  const whole = { ...opened, table: { ...opened.table, ref: partition.name } };
  const free =
    guarded.free === deed.where && allDue(deed, guarded, hand, partition)
      ? sql`count(*)`
      : sql`count(*) filter (where ${whole.where(guarded.free)})`;
  return sql`
    select ${sql.lit(i)} as i, count(*) as n, ${free} as free,
           min(${hand.ref}) as oldest, max(${hand.ref}) as newest, ${bytesOf(whole)} as bytes
      from ${partition.name} as t`;
}

/** Its bounds say it: the deed is about a span of this clock and nothing else, and the partition lies within that span. */
function allDue({ where, clock }: Deed, { opened }: Guarded, hand: Hand, { from, to }: Partition): boolean {
  const parts = where.is === 'all' ? where.of : [where];
  const span = parts.every((one) => {
    const bare = one.is === 'not' ? one.of : one;
    return bare.is === 'before' && bare.clock === clock;
  });
  const starts = startOf(where, clock ?? '');
  return (
    span &&
    opened.dataset.only === undefined &&
    [from, to].every((at) => dated.test(at)) &&
    (starts === null || bound(from) >= shown(hand, starts))
  );
}

/** Neither the end of time nor a year of five digits, which as text comes before those of four. */
const dated = /^[1-9]\d{3}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d+)?(\+00)?)?$/;

function seenIn(hand: Hand, row: Row): Seen {
  const n = Number(row['n'] ?? 0);
  return {
    n,
    free: n > 0 && n === Number(row['free'] ?? 0),
    oldest: read(hand, row['oldest']),
    newest: read(hand, row['newest']),
    bytes: Number(row['bytes'] ?? 0),
    rows: null,
  };
}

export const bound = (text: string): string => text.replace(/\+00$/, '');

/** Where a share of the work begins: the latest of its lower bounds. */
function startOf(where: Condition, clock: string): string | null {
  const parts = where.is === 'all' ? where.of : [where];
  const starts = parts.flatMap((one) =>
    one.is === 'not' && one.of.is === 'before' && one.of.clock === clock ? [one.of.at] : [],
  );
  return starts.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

function cutoffOf(where: Condition, clock: string): string | null {
  const parts = where.is === 'all' ? where.of : [where];
  const cutoffs = parts.flatMap((one) => (one.is === 'before' && one.clock === clock ? [one.at] : []));
  return cutoffs.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
