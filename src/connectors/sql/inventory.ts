/** Looking without touching: counts per bucket, masked samples, items, what is left. */
import { sql } from 'kysely';
import { instantFromEpochMs } from '../../base/time.ts';
import {
  all,
  any,
  everything,
  not,
  type Bucket,
  type Census,
  type Condition,
  type Dataset,
  type Stat,
} from '../kit/index.ts';
import { columnOf } from './catalogue.ts';
import { read } from './clock.ts';
import { compile, sameValue } from './compile.ts';
import type { Session } from './dialect.ts';

import { open, page, type Opened } from './table.ts';

const none: Stat = { items: 0, bytes: null, oldest: null, newest: null };

/** One statement: each row counts in the first bucket it meets, and in every shared one. */
export async function inventory(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
  clock: string | null,
  buckets: readonly Bucket[],
  samples: number,
): Promise<Census> {
  const opened = await open(session, dataset, schema, [where, ...buckets.map((bucket) => bucket.where)]);
  const hands = clock === null ? [] : opened.hands(clock);
  const [only, ...chain] = hands;
  const time = only && chain.length === 0 ? only : null;
  const own = buckets.filter((bucket) => bucket.shared !== true);
  const shared = buckets.filter((bucket) => bucket.shared === true);
  const whens = own.map((bucket, i) => sql`when ${compile(bucket.where, opened.scope)} then ${sql.lit(i)}`);
  const flags = shared.map(
    (bucket, i) => sql`, case when ${compile(bucket.where, opened.scope)} then 1 else 0 end as ${sql.ref(`s${i}`)}`,
  );
  const sums = shared.map((_, i) => sql`, sum(${sql.ref(`s${i}`)}) as ${sql.ref(`s${i}`)}`);
  const bytes = dataset.bytes === undefined ? sql`` : sql`, ${sql.ref(`t.${dataset.bytes}`)} as b`;
  const found = await session.run(sql`
    select k, count(*) as n ${time ? sql`, min(c) as oldest, max(c) as newest` : sql``} ${dataset.bytes === undefined ? sql`` : sql`, sum(b) as bytes`}${sql.join(sums, sql``)} from (
      select case ${sql.join(whens, sql` `)} else -1 end as k ${time ? sql`, ${time.ref} as c` : sql``} ${bytes}${sql.join(flags, sql``)}
        from ${opened.table.ref} as t where ${opened.where(where)}) as seen
     group by k`);
  const stats: Record<string, Stat> = Object.fromEntries(buckets.map((bucket) => [bucket.name, none]));
  for (const row of found.rows) {
    for (const [i, { name }] of shared.entries())
      stats[name] = { ...none, items: (stats[name]?.items ?? 0) + Number(row[`s${i}`] ?? 0) };
    const bucket = own[Number(row['k'])];
    if (!bucket) continue;
    stats[bucket.name] = {
      items: Number(row['n']),
      bytes: dataset.bytes === undefined ? null : Number(row['bytes'] ?? 0),
      oldest: time ? read(time, row['oldest']) : null,
      newest: time ? read(time, row['newest']) : null,
    };
  }
  const last = own.at(-1);
  // What an earlier bucket took, a hold for one, is no sample of the last.
  const inLast = all(where, not(any(...own.slice(0, -1).map((one) => one.where))), last?.where ?? everything);
  return {
    buckets: stats,
    samples: samples > 0 && last && (stats[last.name]?.items ?? 0) > 0 ? await sample(opened, inLast, samples) : [],
  };
}

async function sample(opened: Opened, where: Condition, count: number): Promise<Record<string, string>[]> {
  const { items } = await page(opened, opened.where(where), null, count, false);
  return items.map((item) =>
    Object.fromEntries(
      Object.entries(item.fields)
        .filter(([, value]) => value !== null && value !== '')
        .slice(0, 6)
        .map(([name, value]) => [name, mask(String(value))]),
    ),
  );
}

/** Enough to recognise, not to identify: "0612345678" → "0·········", "2026-08-01 10:11" → "2026-08". */
export function mask(value: string): string {
  if (/^\d{4}-\d\d-\d\d/.test(value)) return value.slice(0, 7);
  return value.length <= 1 ? value : `${value.slice(0, 1)}${'·'.repeat(Math.min(value.length - 1, 9))}`;
}

export async function* locate(session: Session, schema: string | undefined, dataset: Dataset, where: Condition) {
  const opened = await open(session, dataset, schema, [where]);
  let after: Parameters<typeof page>[2] = null;
  do {
    const found = await page(opened, opened.where(where), after, 1000, false);
    yield* found.items;
    after = found.next;
  } while (after !== null);
}

export async function count(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
): Promise<number> {
  const opened = await open(session, dataset, schema, [where]);
  const found = await session.run(sql`select count(*) as n from ${opened.table.ref} as t where ${opened.where(where)}`);
  return Number(found.rows[0]?.['n'] ?? 0);
}

/** How many different keys are there: a table without a unique key may have several rows of one. */
export async function keysThere(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
): Promise<number> {
  const opened = await open(session, dataset, schema, [where]);
  const key = sql.join(dataset.key.map((name) => sql.ref(`t.${name}`)));
  const found = await session.run(
    sql`select count(*) as n from (select distinct ${key} from ${opened.table.ref} as t where ${opened.where(where)}) as there`,
  );
  return Number(found.rows[0]?.['n'] ?? 0);
}

/** Rows of table layers whose item is gone; where the layer has the sweep's clock, those that ran out too. */
export async function orphans(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const layer of dataset.layers) {
    if (layer.dataset.source !== dataset.source || !layer.join || layer.dataset.at.kind !== 'table') continue;
    const parent = await open(session, dataset, schema, []);
    const opened = await open(session, layer.dataset, schema, []);
    const joined = Object.entries(layer.join).map(([column, field]) =>
      sameValue(
        [sql.ref(`p.${field}`), columnOf(parent.table, field)],
        [sql.ref(`t.${column}`), columnOf(opened.table, column)],
      ),
    );
    const dated = (where.is === 'all' ? where.of : [where]).filter(
      (one) => one.is === 'before' && layer.dataset.clocks[one.clock] !== undefined,
    );
    const old = opened.where(dated.length > 0 ? { is: 'all', of: dated } : everything);
    const rows = await session.run(sql`
      select count(*) as n from ${opened.table.ref} as t
       where ${old} and not exists (select 1 from ${parent.table.ref} as p where ${sql.join(joined, sql` and `)})`);
    found[layer.dataset.id] = Number(rows.rows[0]?.['n'] ?? 0);
  }
  return found;
}

/** Disjoint, equally long ranges of the clock: cheap to find in its index, and even where the host's days are. */
export async function split(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
  clock: string,
  parts: number,
): Promise<Condition[]> {
  const opened = await open(session, dataset, schema, [where]);
  const hands = opened.hands(clock);
  const [hand] = hands;
  if (!hand || hands.length > 1) return [everything];
  const edge = async (direction: 'asc' | 'desc') => {
    const found = await session.run(
      sql`select ${hand.ref} as at from ${opened.table.ref} as t where ${opened.where(where)} order by ${hand.ref} ${direction === 'asc' ? sql`asc` : sql`desc`} limit 1`,
    );
    return read(hand, found.rows[0]?.['at'])?.epochMilliseconds ?? null;
  };
  // The partitions of one table are emptied together; two workers at them would only wait for each other's locks.
  if (opened.table.partitionedBy === hand.column.name) return [everything];
  const [from, to] = [await edge('asc'), await edge('desc')];
  if (from === null || to === null || to - from < parts * 1000) return [everything];
  const bounds = Array.from({ length: parts - 1 }, (_, i) =>
    instantFromEpochMs(Math.round(from + ((to - from) * (i + 1)) / parts)).toString(),
  );
  return Array.from({ length: parts }, (_, i) => {
    const start = bounds[i - 1];
    const end = bounds[i];
    const range: Condition[] = [];
    if (start !== undefined) range.push({ is: 'not', of: { is: 'before', clock, at: start } });
    if (end !== undefined) range.push({ is: 'before', clock, at: end });
    return { is: 'all', of: range };
  });
}
