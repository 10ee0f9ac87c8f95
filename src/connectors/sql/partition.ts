/**
 * A table partitioned by its clock: a partition that lies wholly before the cut-off, and of which nothing is kept, is emptied
 * at once. Its rows are counted under a lock first; one row too many and it goes the ordinary way.
 */
import { sql } from 'kysely';
import { wallCutoff, instant, type Instant } from '../../base/time.ts';
import { ConnectorFault, noCounts, type Batch, type Condition } from '../kit/index.ts';
import type { Partition } from './catalogue.ts';
import { read, type Hand } from './clock.ts';
import { bytesOf, type Deed, type Guarded } from './deed.ts';

/** Handles the next whole partition; null when there is none (left), and the ordinary road goes on. */
export async function partitionBatch(deed: Deed, guarded: Guarded, hand: Hand, done: number): Promise<Batch | null> {
  const limit = cutoffOf(deed.where, deed.clock ?? '');
  if (limit === null || (hand.form !== 'instant' && hand.form !== 'local' && hand.form !== 'date')) return null;
  const shown = (at: string): string =>
    hand.form === 'instant' ? at.replace('T', ' ').replace('Z', '') : wallCutoff(instant(at), hand.zone);
  const from = startOf(deed.where, deed.clock ?? '');
  // A partition of another worker's share is not ours to lock, let alone to count.
  const due = guarded.opened.table.partitions.filter(
    (one) => bound(one.to) <= shown(limit) && (from === null || bound(one.to) > shown(from)),
  );
  const { session } = deed;
  const end = Math.min(due.length, done + mostAtOnce);
  const gone: Gone[] = [];
  for (const partition of due.slice(done, end)) {
    const one = await empty(partition);
    if (one) gone.push(one);
  }
  if (done >= end || (gone.length === 0 && end === due.length)) return null;
  const times = gone
    .flatMap((one) => [one.oldest, one.newest])
    .filter((at) => at !== null)
    .toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  const sum = (pick: (one: Gone) => number): number => gone.reduce((total, one) => total + pick(one), 0);
  return {
    counts: { ...noCounts, done: sum((one) => one.n) },
    retainedBy: {},
    partialAt: {},
    oldest: times[0] ?? null,
    newest: times.at(-1) ?? null,
    bytes: sum((one) => one.bytes),
    fingerprint: null,
    next: JSON.stringify({ partitions: end }),
  };

  async function empty(partition: Partition): Promise<Gone | null> {
    const whole = { ...guarded.opened, table: { ...guarded.opened.table, ref: partition.name } };
    try {
      await session.run(sql`savepoint whole`);
      await session.run(sql`lock table ${partition.name} in access exclusive mode`);
      const seen = await session.run(sql`
        select count(*) as n, count(*) filter (where ${whole.where(guarded.free)}) as free, min(${hand.ref}) as oldest, max(${hand.ref}) as newest, ${bytesOf(whole)} as bytes
          from ${partition.name} as t`);
      const row = seen.rows[0] ?? {};
      const n = Number(row['n'] ?? 0);
      if (n > 0 && n === Number(row['free'])) {
        await session.run(sql`truncate table ${partition.name}`);
        await session.run(sql`release savepoint whole`);
        return {
          n,
          bytes: Number(row['bytes'] ?? 0),
          oldest: read(hand, row['oldest']),
          newest: read(hand, row['newest']),
        };
      }
    } catch (cause) {
      // No right to empty it, or a key elsewhere refers to it: it goes row by row. Anything else is not for us to pass over.
      if (!(cause instanceof ConnectorFault) || cause.retry) throw cause;
    }
    await session.run(sql`rollback to savepoint whole`);
    return null;
  }
}

/** Partitions emptied in one transaction: each is locked until it ends. */
const mostAtOnce = 64;

interface Gone {
  readonly n: number;
  readonly bytes: number;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
}

const bound = (text: string): string => text.replace(/\+00$/, '');

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
