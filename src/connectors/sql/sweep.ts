/**
 * The deeds. One transaction a batch: guard asked, candidates chosen with the guard's answer in the same statement, counts
 * compared with what was chosen, "prepared" recorded, then final. Two roads: slices along the clock where a whole range can
 * go in one statement, and item by item where a judge must be asked or layers go along.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/time.ts';
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
  type Layer,
  type Verdict,
} from '../kit/index.ts';
import { tableOf } from './catalogue.ts';
import { read, usable, type Hand } from './clock.ts';
import { asText, compile } from './compile.ts';
import { Constraint, type Row } from './dialect.ts';
import { bytesOf, typed, type Deed, type Guarded } from './deed.ts';
import { partitionBatch } from './partition.ts';
import { open, page, type Opened } from './table.ts';

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
      deed.clock !== null && !deed.options.judge && deed.dataset.layers.length === 0 && cursor.key === undefined;
    const hand = sliced && deed.clock !== null ? guarded.opened.hands(deed.clock) : [];
    const [only, ...chain] = hand;
    if (!only || chain.length > 0) return itemBatch(deed, guarded, cursor, eraseItems);
    if (guarded.opened.table.partitionedBy === only.column.name) {
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
      return itemBatch(deed, await guardedNow(deed), {}, eraseItems);
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
    if (canUndo(guarded)) await options.prepared(batch);
    await session.commit();
    return batch;
  } catch (cause) {
    await session.rollback().catch(() => undefined); // a session that is gone has undone it already
    throw cause;
  }
}

/** In a table without transactions (MyISAM) a statement is final at once: "prepared" must then come before it. */
function canUndo({ opened }: Guarded): boolean {
  return opened.table.engine === null || opened.table.engine === 'InnoDB';
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
  const { opened, guard, free } = guarded;
  const { session, options } = deed;
  const range = clockOnly(deed.where, deed.clock ?? '');
  const to = await sliceEnd(opened, hand, range, from, options.limit);
  const slice = sql`${from === null ? sql`${usable(hand)}` : sql`${hand.ref} >= ${typed(hand, from)}`} ${to === null ? sql`` : sql`and ${hand.ref} < ${typed(hand, to)}`}`;
  const going = sql`${slice} and ${opened.where(free)}`;
  // What only holds keep is what is left of the slice: counting it asks the index, not the list of held people.
  const onlyHeld = guard.kept.length === 0 && !isNothing(guard.held);
  const whole = onlyHeld ? await countIn(opened, sql`${slice} and ${opened.where(deed.where)}`) : 0;
  const counted = onlyHeld ? null : await countKept(opened, slice, deed.where, guard);
  const batchOfRow = (row: Row): Batch => {
    const n = Number(row['n'] ?? 0);
    const kept = counted ?? { counts: { ...noCounts, held: Math.max(0, whole - n) }, retainedBy: {} };
    return {
      ...kept,
      counts: { ...kept.counts, done: n },
      partialAt: {},
      oldest: n > 0 ? read(hand, row['oldest']) : null,
      newest: n > 0 ? read(hand, row['newest']) : null,
      bytes: Number(row['bytes'] ?? 0),
      fingerprint: n > 0 ? String(row['print']) : null,
      next: to === null ? null : JSON.stringify({ slice: to, partitions: Number.MAX_SAFE_INTEGER } satisfies Cursor),
    };
  };
  if (session.dialect === 'postgres') return batchOfRow(await deleteReturning(opened, hand, going));
  const row = await countGoing(opened, hand, going);
  const batch = batchOfRow(row);
  const undo = canUndo(guarded);
  if (!undo) await options.prepared(batch);
  const { done } = batch.counts;
  const gone = done === 0 ? 0 : (await session.run(deleteFrom(opened, going))).affected;
  if (gone !== done && undo)
    throw new ConnectorFault('surprise', `a deletion took ${gone} rows where ${done} were chosen; it was undone`, {
      retry: true,
    });
  return { ...batch, counts: { ...batch.counts, done: gone } };
}

/** PostgreSQL tells what it deleted: one pass over the rows. */
async function deleteReturning(opened: Opened, hand: Hand, going: RawBuilder<unknown>): Promise<Row> {
  const bytes =
    opened.dataset.bytes === undefined ? sql`0::numeric` : sql`${sql.ref(`t.${opened.dataset.bytes}`)}::numeric`;
  const result = await opened.session.run(sql`
    with gone as (delete from ${opened.table.ref} as t where ${going} returning ${hand.ref} as c, ${bytes} as b, ${hashOf(opened)} as h)
    select count(*) as n, min(c) as oldest, max(c) as newest, sum(b) as bytes, bit_xor(h)::text as print from gone`);
  return result.rows[0] ?? {};
}

/** Where the host does not tell what it deleted: counted first, in the same transaction; the two must agree. */
async function countGoing(opened: Opened, hand: Hand, going: RawBuilder<unknown>): Promise<Row> {
  const stats = await opened.session.run(sql`
    select count(*) as n, min(${hand.ref}) as oldest, max(${hand.ref}) as newest, ${bytesOf(opened)} as bytes, ${fingerprint(opened)} as print
      from ${opened.table.ref} as t where ${going}`);
  return stats.rows[0] ?? {};
}

export function deleteFrom(opened: Opened, where: RawBuilder<unknown>): RawBuilder<unknown> {
  // MariaDB wants the alias named as what to delete from; the others take it as the table's name.
  return opened.session.dialect === 'mariadb'
    ? sql`delete t from ${opened.table.ref} as t where ${where}`
    : sql`delete from ${opened.table.ref} as t where ${where}`;
}

/** Conditions on this clock alone: enough to find the slice in the index without looking at rows. */
function clockOnly(where: Condition, clock: string): Condition {
  const parts = where.is === 'all' ? where.of : [where];
  const about = (one: Condition): boolean =>
    (one.is === 'before' && one.clock === clock) || (one.is === 'not' && about(one.of));
  return all(...parts.filter(about));
}

/** Where the slice of about `limit` rows ends: the next value of the clock; null when the rest fits. */
async function sliceEnd(
  opened: Opened,
  hand: Hand,
  range: Condition,
  from: string | null,
  limit: number,
): Promise<string | null> {
  const { session, scope } = opened;
  const start = from === null ? sql`` : sql`and ${hand.ref} >= ${typed(hand, from)}`;
  const at = async (more: RawBuilder<unknown>, skip: number): Promise<string | null> => {
    const found = await session.run(sql`
      select ${raw(hand)} as at from ${opened.table.ref} as t where ${compile(range, scope)} ${start} ${more}
       order by ${hand.ref} limit 1 offset ${sql.lit(skip)}`);
    const value = found.rows[0]?.['at'];
    return value === undefined || value === null ? null : String(value);
  };
  const end = await at(sql``, limit);
  if (end === null) return null;
  const first = from ?? (await at(sql``, 0));
  // More rows than the limit at one moment: they go together, up to the next moment.
  return end === first ? at(sql`and ${hand.ref} > ${typed(hand, end)}`, 0) : end;
}

function raw(hand: Hand): RawBuilder<unknown> {
  return hand.dialect === 'postgres' ? sql`${hand.ref}::text` : hand.ref;
}

/** Order-independent and cheap: an XOR over a hash of each key. It tells sets apart; it is no cryptographic proof of them. */
export function fingerprint(opened: Opened): RawBuilder<unknown> {
  if (opened.scope.dialect === 'mariadb') return sql`concat(bit_xor(${hashOf(opened)}))`;
  return sql`cast(count(*) as text)`;
}

async function countIn(opened: Opened, where: RawBuilder<unknown>): Promise<number> {
  const found = await opened.session.run(sql`select count(*) as n from ${opened.table.ref} as t where ${where}`);
  return Number(found.rows[0]?.['n'] ?? 0);
}

function hashOf(opened: Opened): RawBuilder<unknown> {
  const { dialect } = opened.scope;
  const parts = opened.dataset.key.map((name) => asText(sql.ref(`t.${name}`), dialect));
  const [first, ...more] = parts;
  const [key = '', ...others] = opened.dataset.key;
  if (
    dialect === 'postgres' &&
    others.length === 0 &&
    /^(bigint|integer|smallint)$/.test(opened.table.columns.get(key)?.type ?? '')
  ) {
    return sql`hashint8extended(${sql.ref(`t.${key}`)}::bigint, 0)`;
  }
  const whole = more.length === 0 && first ? first : sql`concat_ws('|', ${sql.join(parts)})`;
  return dialect === 'postgres' ? sql`hashtextextended(${whole}, 0)` : sql`crc32(${whole})`;
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
  const { judge, limit } = deed.options;
  const found = await page(opened, opened.where(free), cursor.key ?? null, limit, true);
  const verdicts = judge
    ? together(found.items, await judge(found.items))
    : found.items.map((): Verdict => ({ go: true }));
  // What is kept is counted once, with the first batch: item by item there is no slice to count it in.
  const kept =
    deed.options.cursor === null
      ? await countKept(opened, sql`(1 = 1)`, deed.where, guard)
      : { counts: noCounts, retainedBy: {} };
  const batch = (gone: readonly Item[], failed: number): Batch => ({
    ...tally(kept, verdicts, gone.length, failed),
    ...spanOf(deed, gone),
    fingerprint: null,
    next: found.next === null ? null : JSON.stringify({ key: found.next } satisfies Cursor),
  });
  const going = found.items.filter((_, i) => verdicts[i]?.go === true);
  if (!canUndo(guarded)) await deed.options.prepared(batch(going, 0));
  const { gone, failed } = await actOn(deed, opened, free, byKey(going), act);
  return batch(gone, failed);
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

/** Rows of other tables of the same source that go with these items alone. */
export async function eraseOwnLayers(deed: Deed, items: readonly Item[]): Promise<void> {
  for (const layer of layersHere(deed).filter((one) => !one.shared)) await eraseLayer(deed, layer, items);
}

function layersHere({ dataset }: Deed): Layer[] {
  return dataset.layers.filter((layer) => layer.dataset.source === dataset.source && layer.join);
}

/** Layers of the same source, then the rows; layers that several items share go when their last item is gone. */
const eraseItems: Act = async (deed, opened, free, items) => {
  const { session } = deed;
  await eraseOwnLayers(deed, items);
  const those = all(free, { is: 'key', oneOf: items.map((item) => item.key) });
  const expected = await session.run(
    sql`select count(*) as n from ${opened.table.ref} as t where ${opened.where(those)}`,
  );
  const deleted = await session.run(deleteFrom(opened, opened.where(those)));
  const n = Number(expected.rows[0]?.['n'] ?? 0);
  if (deleted.affected !== n || n < items.length)
    throw new ConnectorFault(
      'surprise',
      `a deletion took ${deleted.affected} rows where ${items.length} items were chosen; it was undone`,
      { retry: true },
    );
  for (const layer of layersHere(deed).filter((one) => one.shared)) await eraseLayer(deed, layer, items);
  return n;
};

async function eraseLayer(deed: Deed, layer: Layer, items: readonly Item[]): Promise<void> {
  const table = await tableOf(deed.session, layer.dataset, deed.schema);
  const parent = await tableOf(deed.session, deed.dataset, deed.schema);
  const join = Object.entries(layer.join ?? {});
  const opened = await open(deed.session, layer.dataset, deed.schema, []);
  const [only, ...more] = join;
  if (!only) return;
  const values = (field: string) => items.map((item) => item.fields[field] ?? null).filter((value) => value !== null);
  const joined =
    more.length === 0
      ? compile({ is: 'field', field: only[0], oneOf: values(only[1]) }, opened.scope)
      : compile(
          any(
            ...items.map((item) =>
              all(
                ...join.map(([column, field]): Condition => ({
                  is: 'field',
                  field: column,
                  oneOf: [item.fields[field] ?? null],
                })),
              ),
            ),
          ),
          opened.scope,
        );
  const alone = layer.shared
    ? sql`and not exists (select 1 from ${parent.ref} as p where ${sql.join(
        join.map(([column, field]) => sql`${sql.ref(`p.${field}`)} = ${sql.ref(`t.${column}`)}`),
        sql` and `,
      )})`
    : sql``;
  await deed.session.run(deleteFrom({ ...opened, table }, sql`${joined} ${alone}`));
}
