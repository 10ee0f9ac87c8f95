/** A dataset opened on one session: its live table, the tables it refers to, and its rows as items. */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/time.ts';
import { type Condition, type Dataset, type Item, type Key, type Scalar } from '../kit/index.ts';
import { columnOf, tableOf, type LiveTable } from './catalogue.ts';
import { handsOf, readRow, type Hand } from './clock.ts';
import { bindTo, compile, mentioned, type Scope } from './compile.ts';
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

/** Listed columns that really are there; content of large columns is left where it is, unless the item is named by it. */
export function columnsOf(opened: Opened): RawBuilder<unknown> {
  const names = new Set([
    ...opened.dataset.key,
    ...Object.keys(opened.dataset.fields).filter((name) => opened.table.columns.has(name)),
  ]);
  const light = [...names].filter(
    (name) =>
      opened.dataset.key.includes(name) ||
      !/^(bytea|blob|mediumblob|longblob)$/.test(columnOf(opened.table, name).type),
  );
  return sql.join(light.map((name) => sql.ref(`t.${name}`)));
}

export interface Page {
  /** One for each row: a table without a unique key may have several of one key, and they come together. */
  readonly items: Item[];
  readonly next: Key | null;
}

/** The next rows in key order. Rows that the host takes for equal come together; so the last key of a full page waits. */
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
  const last = all.at(-1);
  if (all.length <= limit || !last) return { items: all, next: null };
  const alike = forgiving(opened) ? await equals(last.key) : [last];
  const kept = all.filter((item) => !alike.some((one) => sameKey(item.key, one.key)));
  const items = kept.length > 0 ? kept : await equals(last.key);
  return { items, next: items.at(-1)?.key ?? null };

  async function equals(key: Key): Promise<Item[]> {
    const same = await session.run(sql`
      select ${columnsOf(opened)} from ${opened.table.ref} as t where ${where} and ${sql.join(
        dataset.key.map((name, i) => equal(opened, name, key[i] ?? null)),
        sql` and `,
      )}${locked}`);
    return same.rows.map((row) => toItem(opened, row));
  }
}

/** Whether the host may take two keys for one: "abc" and "ABC" in a collation that forgives case. */
function forgiving({ dataset, table, session }: Opened): boolean {
  const types = dataset.key.map((name) => columnOf(table, name).type);
  return types.some((type) => (session.dialect === 'postgres' ? type === 'citext' : /char|text|enum|^$/.test(type)));
}

/** As the host compares. */
function equal(opened: Opened, name: string, value: Scalar): RawBuilder<unknown> {
  return value === null
    ? sql`${sql.ref(`t.${name}`)} is null`
    : sql`${sql.ref(`t.${name}`)} = ${keyValue(opened, name, value)}`;
}

function keyValue({ table, session }: Opened, name: string, value: Scalar): RawBuilder<unknown> {
  return bindTo(columnOf(table, name), value, session.dialect);
}

function sameKey(a: Key, b: Key): boolean {
  return a.length === b.length && a.every((value, i) => String(value) === String(b[i]));
}

export async function countIn(opened: Opened, where: RawBuilder<unknown>): Promise<number> {
  const found = await opened.session.run(sql`select count(*) as n from ${opened.table.ref} as t where ${where}`);
  return Number(found.rows[0]?.['n'] ?? 0);
}

/** Row-value comparison spelled out, since the dialects differ in how they use an index for it. */
export function beyond(opened: Opened, key: Key): RawBuilder<unknown> {
  const lastComesNull = opened.session.dialect === 'postgres';
  const after = (name: string, value: Scalar): RawBuilder<unknown> => {
    const ref = sql.ref(`t.${name}`);
    if (value === null) return lastComesNull ? sql`(1 = 0)` : sql`${ref} is not null`;
    const beyondIt = sql`${ref} > ${keyValue(opened, name, value)}`;
    return lastComesNull ? sql`(${beyondIt} or ${ref} is null)` : beyondIt;
  };
  const parts = opened.dataset.key.map((name, i) => {
    const same = opened.dataset.key.slice(0, i).map((before, j) => equal(opened, before, key[j] ?? null));
    return sql`(${sql.join([...same, after(name, key[i] ?? null)], sql` and `)})`;
  });
  return sql`(${sql.join(parts, sql` or `)})`;
}
