/**
 * How a batch is known again after a kill. PostgreSQL says of a transaction whether it became final; of a server that crashed it may
 * say so of another transaction that was given the same number, so rows of the batch are asked too. The others do not say it: there
 * some rows stand for the whole batch, since it became final wholly or not at all; and of a table without transactions each row is
 * asked about.
 */
import { isDeepStrictEqual } from 'node:util';
import { sql, type RawBuilder } from 'kysely';
import {
  all,
  asText,
  ConnectorFault,
  everything,
  nameOfKey,
  type Condition,
  type Dataset,
  type Item,
  type Key,
} from '../kit/index.ts';
import type { LiveTable } from './catalogue.ts';
import type { Session } from './dialect.ts';
import { bounds, type Range } from './stretch.ts';
import { keyOf, open, type Opened } from './table.ts';

type Trace = Transaction | Rows;

interface Transaction {
  readonly transaction: string;
  /** The number that the server gave the table: another server, or the table made anew, knows nothing of this transaction. */
  readonly table: string;
  /** Some that went with it; null where the deed named none. */
  readonly rows: Rows | null;
}

export interface Rows {
  readonly at: Dataset['at'];
  readonly named: readonly string[];
  readonly range: Range;
  readonly keys: readonly Key[];
  /** As in the deed; null where no row shows whether it was done. */
  readonly standing: Condition | null;
  /** Rows of these keys that stand after the deed, and how many of them it took. */
  readonly stay: number;
  readonly went: number;
  /** The rows stand for the whole batch; else they are all of it. */
  readonly whole: boolean;
}

/** So many, over the whole batch: a row that somebody else takes or adds meanwhile decides nothing. */
const witnesses = 9;

/** Of a batch whose deed is done and not final. */
export async function traceOf(
  opened: Opened,
  range: Range,
  standing: Condition | null,
  gone: readonly Item[],
): Promise<string | null> {
  if (gone.length === 0) return null;
  const names = new Map(gone.map(({ key }) => [nameOfKey(key), key]));
  const every = Math.ceil(names.size / witnesses);
  const keys = [...names.values()].filter((_, i) => i % every === 0);
  const chosen = new Set(keys.map(nameOfKey));
  const went = gone.filter(({ key }) => chosen.has(nameOfKey(key))).length;
  const stay = await standingNow(opened, range, keys, standing);
  return wholeOf(opened, rowsOf(opened, { range, keys, standing, went, stay, whole: true }));
}

/** Of a deed that nothing undoes, before it. */
export async function traceOfEach(
  opened: Opened,
  range: Range,
  standing: Condition | null,
  going: readonly Item[],
): Promise<string | null> {
  if (going.length === 0) return null;
  const keys = [...new Map(going.map(({ key }) => [nameOfKey(key), key])).values()];
  const stay = (await standingNow(opened, range, keys, standing)) - going.length;
  return JSON.stringify(rowsOf(opened, { range, keys, standing, went: going.length, stay, whole: false }));
}

/** For a deed that names no rows: asked before it what to look at, and after it what became of that. */
export async function watched(
  opened: Opened,
  range: Range,
  standing: Condition | null,
  going: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<(gone: number) => Promise<string | null>> {
  const keys = await someKeys(opened, sql`${opened.table.ref} as t where ${going} order by ${order}`);
  const before = await standingNow(opened, range, keys, standing);
  return async (gone) => {
    if (gone === 0) return null;
    const stay = await standingNow(opened, range, keys, standing);
    return wholeOf(opened, rowsOf(opened, { range, keys, standing, went: before - stay, stay, whole: true }));
  };
}

/** Of one partition that is about to be emptied: some of its rows, where the number of the transaction says too little. */
export async function rowsIn(opened: Opened, partition: RawBuilder<unknown>, range: Range): Promise<Rows> {
  const keys = await someKeys(opened, sql`${partition} as t`);
  const went = await standingNow(opened, range, keys, everything);
  return rowsOf(opened, { range, keys, standing: everything, went, stay: 0, whole: true });
}

async function someKeys({ session, dataset }: Opened, among: RawBuilder<unknown>): Promise<Key[]> {
  const columns = sql.join(dataset.key.map((name) => sql.ref(`t.${name}`)));
  const { rows } = await session.run(sql`select ${columns} from ${among} limit ${sql.lit(witnesses)}`);
  return [...new Map(rows.map((row) => keyOf(dataset, row)).map((key) => [nameOfKey(key), key])).values()];
}

/** Of the transaction that is open: it has a number once it changed something. */
export async function transactionOf({ session, table }: Opened, rows: Rows | null): Promise<string> {
  // By its name of before version 13: servers that old stand beside exchanges.
  const found = await session.run(sql`select txid_current()::text as id, ${numberOf(table)} as number`);
  const { id, number } = found.rows[0] ?? {};
  return JSON.stringify({ transaction: String(id), table: String(number), rows } satisfies Trace);
}

async function wholeOf(opened: Opened, rows: Rows): Promise<string> {
  return opened.session.dialect === 'postgres' ? transactionOf(opened, rows) : JSON.stringify(rows);
}

function numberOf({ schema, name }: LiveTable): RawBuilder<unknown> {
  return sql`(select c.oid::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relname = ${name})`;
}

function rowsOf({ dataset }: Opened, rows: Omit<Rows, 'at' | 'named'>): Rows {
  const keys = rows.keys.map((key) => key.map(asText));
  return { ...rows, keys, at: dataset.at, named: dataset.key };
}

/** Some hosts take no more of a condition in one statement. */
const atOnce = 200;

async function standingNow(
  opened: Opened,
  range: Range,
  keys: readonly Key[],
  standing: Condition | null,
  waiting = sql``,
): Promise<number> {
  let n = 0;
  if (standing === null) return n;
  for (let i = 0; i < keys.length; i += atOnce) {
    const those = all({ is: 'key', oneOf: keys.slice(i, i + atOnce) }, standing);
    const found = await opened.session.run(sql`
      select count(*) as n from ${opened.table.ref} as t where ${bounds(opened, range)} and ${opened.where(those)}${waiting}`);
    n += Number(found.rows[0]?.['n'] ?? 0);
  }
  return n;
}

/** How many of these items are gone. */
export async function gone(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  text: string,
  items: number,
): Promise<number> {
  const trace = JSON.parse(text) as Trace;
  const opened = await open(session, dataset, schema, []);
  if ('transaction' in trace) {
    if (!(await becameFinal(opened, trace))) return 0;
    const { rows } = trace;
    if (rows && rows.standing !== null && rows.went > 0 && (await goneOf(opened, rows, items)) === 0) throw strange();
    return items;
  }
  if (session.dialect !== 'sqlite') return goneOf(opened, trace, items);
  // One writer at a time: whoever is still at a deed has that place, and until it is final others see what was there before.
  await session.begin();
  try {
    return await goneOf(opened, trace, items);
  } finally {
    await session.rollback();
  }
}

async function goneOf(opened: Opened, trace: Rows, items: number): Promise<number> {
  const { session, dataset } = opened;
  if (!isDeepStrictEqual([trace.at, trace.named], [dataset.at, dataset.key])) throw strange();
  const { range, keys, standing, went, stay, whole } = trace;
  if (standing === null || went <= 0) throw strange();
  // A deed that the host is still at has its rows locked: this waits for it.
  const waiting = session.dialect === 'mariadb' ? sql` lock in share mode` : sql``;
  const took = stay + went - (await standingNow(opened, range, keys, standing, waiting));
  if (whole) return took * 2 > went ? items : 0;
  return Math.min(Math.max(took, 0), items);
}

/** A session whose worker was killed may still be at its last statement. */
const patience = { tries: 100, pause: 100 };

async function becameFinal({ session, table }: Opened, trace: Transaction): Promise<boolean> {
  for (let tries = 0; tries < patience.tries; tries += 1) {
    const found = await session.run(
      // One that is still to be given out was lost with a server that crashed.
      sql`select ${numberOf(table)} as number, case when ${trace.transaction}::bigint < txid_current()
                 then txid_status(${trace.transaction}::bigint) else 'aborted' end as status`,
    );
    const { number, status } = found.rows[0] ?? {};
    // Null: so long ago that the server forgot.
    if (String(number) !== trace.table || typeof status !== 'string') throw strange();
    if (status !== 'in progress') return status === 'committed';
    await new Promise((done) => setTimeout(done, patience.pause));
  }
  throw new ConnectorFault('limited', 'the transaction of a worker that was killed is still open at the source', {
    retry: true,
    nl: 'de transactie van een gestopte worker staat bij de bron nog open',
  });
}

function strange(): ConnectorFault {
  return new ConnectorFault(
    'surprise',
    'what was written of an interrupted batch says nothing of the table as it is now',
    {
      retry: false,
      nl: 'wat van een afgebroken partij was opgeschreven, zegt niets van de tabel zoals die nu is',
    },
  );
}
