/** A dataset opened on one session: its live table, the tables it refers to, and its rows as items. */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/time.ts';
import { type Condition, type Dataset, type Item, type Key, type Scalar } from '../kit/index.ts';
import { columnOf, tableOf, type LiveTable } from './catalogue.ts';
import { handsOf, readRow, type Hand } from './clock.ts';
import { bind, compile, mentioned, type Scope } from './compile.ts';
import type { Row, Session } from './dialect.ts';

export interface Opened {
  readonly session: Session;
  readonly dataset: Dataset;
  readonly table: LiveTable;
  readonly scope: Scope;
  /** The items of the dataset that meet the condition: `only` of the profile is part of it. */
  where(condition: Condition): RawBuilder<unknown>;
  hands(clock: string): Hand[];
}

export async function open(
  session: Session,
  dataset: Dataset,
  schema: string | undefined,
  conditions: readonly Condition[],
): Promise<Opened> {
  const table = await tableOf(session, dataset, schema);
  const others = new Map<string, LiveTable>();
  for (const other of conditions.flatMap(mentioned)) {
    if (!others.has(other.id)) others.set(other.id, await tableOf(session, other, schema));
  }
  const scope: Scope = { dialect: session.dialect, dataset, table, alias: 't', others };
  return {
    session,
    dataset,
    table,
    scope,
    where: (condition) =>
      dataset.only
        ? sql`(${compile(dataset.only, scope)} and ${compile(condition, scope)})`
        : compile(condition, scope),
    hands: (clock) => {
      const found = dataset.clocks[clock];
      return found ? handsOf(found, table, 't', session.dialect) : [];
    },
  };
}

/** The same table with more tables known to it: holds and statute may refer to others than the sweep does. */
export async function knowing(
  opened: Opened,
  schema: string | undefined,
  conditions: readonly Condition[],
): Promise<Opened> {
  return open(opened.session, opened.dataset, schema, conditions);
}

export function keyOf(dataset: Dataset, row: Row): Key {
  return dataset.key.map((name) => scalar(row[name]));
}

function scalar(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value instanceof Date
  )
    return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : JSON.stringify(value);
}

export function toItem(opened: Opened, row: Row): Item {
  const { dataset } = opened;
  const at: Record<string, Instant | null> = {};
  for (const id of Object.keys(dataset.clocks)) at[id] = readRow(opened.hands(id), row);
  const fields = Object.fromEntries(Object.keys(dataset.fields).map((name) => [name, scalar(row[name])]));
  return {
    key: keyOf(dataset, row),
    fields,
    at,
    bytes: dataset.bytes === undefined ? null : Number(row[dataset.bytes] ?? 0),
  };
}

/** Listed columns that really are there; content of large columns is left where it is. */
export function columnsOf(opened: Opened): RawBuilder<unknown> {
  const names = new Set([
    ...opened.dataset.key,
    ...Object.keys(opened.dataset.fields).filter((name) => opened.table.columns.has(name)),
  ]);
  const light = [...names].filter(
    (name) => !/^(bytea|blob|mediumblob|longblob)$/.test(columnOf(opened.table, name).type),
  );
  return sql.join(light.map((name) => sql.ref(`t.${name}`)));
}

export interface Page {
  readonly items: Item[];
  /** Rows behind the items: a table without a unique key may have several a key. */
  readonly rows: number;
  readonly next: Key | null;
}

/**
 * The next items in key order. Where several rows have one key they are one item and come together; so the last key of a
 * full page waits for the next.
 */
export async function page(
  opened: Opened,
  where: RawBuilder<unknown>,
  after: Key | null,
  limit: number,
  lock: boolean,
): Promise<Page> {
  const { dataset, session } = opened;
  const order = sql.join(dataset.key.map((name) => sql.ref(`t.${name}`)));
  const locked = lock && session.dialect !== 'sqlite' ? sql` for update` : sql``;
  const size = limit + 1;
  const found = await session.run(sql`
    select ${columnsOf(opened)} from ${opened.table.ref} as t
     where ${where} ${after ? sql`and ${beyond(opened, after)}` : sql``} order by ${order} limit ${sql.lit(size)}${locked}`);
  const all = found.rows.map((row) => toItem(opened, row));
  const more = all.length > limit;
  const last = all.at(-1);
  let kept = more && last ? all.filter((item) => !sameKey(item.key, last.key)) : all;
  if (more && kept.length === 0 && last) {
    const same = await session.run(sql`
      select ${columnsOf(opened)} from ${opened.table.ref} as t where ${where} and ${compile({ is: 'key', oneOf: [last.key] }, opened.scope)}${locked}`);
    kept = same.rows.map((row) => toItem(opened, row));
  }
  const distinct = kept.filter((item, i) => i === 0 || !sameKey(item.key, kept[i - 1]?.key ?? []));
  return { items: distinct, rows: kept.length, next: more ? (distinct.at(-1)?.key ?? null) : null };
}

function sameKey(a: Key, b: Key): boolean {
  return a.length === b.length && a.every((value, i) => String(value) === String(b[i]));
}

/** Row-value comparison spelled out, since the dialects differ in how they use an index for it. */
function beyond(opened: Opened, key: Key): RawBuilder<unknown> {
  const parts = opened.dataset.key.map((name, i) => {
    const equal = opened.dataset.key
      .slice(0, i)
      .map((before, j) => sql`${sql.ref(`t.${before}`)} = ${bind(key[j] ?? null)}`);
    return sql`(${sql.join([...equal, sql`${sql.ref(`t.${name}`)} > ${bind(key[i] ?? null)}`], sql` and `)})`;
  });
  return sql`(${sql.join(parts, sql` or `)})`;
}
