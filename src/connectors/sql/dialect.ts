/**
 * One way to speak to PostgreSQL, MariaDB/MySQL and SQLite: a session that runs compiled statements. Quoting and
 * placeholders are Kysely's; every value travels as a parameter, every identifier comes from the live catalogue.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import { endsWithItsPeer, keepAlive } from '../../base/lost-peer.ts';
import { ConnectorFault, faultTexts } from '../kit/index.ts';
import { isWrittenTime } from './clock.ts';

export type DialectName = 'postgres' | 'mariadb' | 'sqlite';
export type Row = Readonly<Record<string, unknown>>;

export interface Session {
  readonly dialect: DialectName;
  run(statement: RawBuilder<unknown>): Promise<{ rows: Row[]; affected: number }>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  close(): Promise<void>;
}

const dummy = {
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  mariadb: {
    createAdapter: () => new MysqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new MysqlIntrospector(db),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
} satisfies Record<DialectName, Dialect>;

const compilers = {
  postgres: new Kysely<Record<never, never>>({ dialect: dummy.postgres }),
  mariadb: new Kysely<Record<never, never>>({ dialect: dummy.mariadb }),
  sqlite: new Kysely<Record<never, never>>({ dialect: dummy.sqlite }),
};

function compiled(dialect: DialectName, statement: RawBuilder<unknown>): { text: string; values: unknown[] } {
  const { sql, parameters } = statement.compile(compilers[dialect]);
  return { text: sql, values: [...parameters] };
}

/** Opens a session: `destructive` ones get time-outs, and treat a notice on a deed as an error. */
export async function openSession(
  dialect: DialectName,
  url: string,
  options: { schema?: string | undefined; readOnly: boolean },
): Promise<Session> {
  try {
    if (dialect === 'postgres') return await openPostgres(url, options);
    if (dialect === 'mariadb') return await openMariadb(url);
    return openSqlite(url, options.readOnly);
  } catch (cause) {
    throw faultOf(dialect, cause);
  }
}

async function openPostgres(
  url: string,
  options: { schema?: string | undefined; readOnly: boolean },
): Promise<Session> {
  // Times stay text: a JavaScript Date would read a local time in this machine's zone.
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gestand',
    ...keepAlive,
    types: {
      getTypeParser: (id, format) =>
        [16, 20, 21, 23, 700, 701, 1700].includes(id) ? pg.types.getTypeParser(id, format) : (text: string) => text,
    },
  });
  let notices = 0;
  client.on('notice', () => (notices += 1));
  client.on('error', () => undefined); // told by the next statement
  await client.connect();
  await client.query(
    // Whatever the host sets for its own programs: each statement sees what was committed before it. To an older snapshot a
    // partition that is about to be emptied would not show the row that came last.
    `set default_transaction_isolation to 'read committed'; set timezone to 'UTC'; set datestyle to 'ISO'; set lock_timeout to '30s'; set idle_in_transaction_session_timeout to '30min'`,
  );
  await client.query(endsWithItsPeer).catch(() => undefined); // a server before version 14 cannot
  if (options.readOnly) await client.query('set default_transaction_read_only to on');
  if (options.schema !== undefined) await client.query(`select set_config('search_path', $1, false)`, [options.schema]);
  notices = 0;
  const plain = (text: string) => wrap('postgres', () => client.query(text)).then(() => undefined);
  return {
    dialect: 'postgres',
    run: async (statement) => {
      const { text, values } = compiled('postgres', statement);
      const before = notices;
      const result = await wrap('postgres', () => client.query<Row>(text, values));
      // PostgreSQL shortens a name of more than 63 bytes with a mere notice: on a deed that would be another table.
      if (notices !== before && /^\s*(delete|update|truncate|lock)/i.test(text))
        throw new ConnectorFault('surprise', 'PostgreSQL gave a notice on a deed; it was undone', {
          retry: false,
          nl: 'PostgreSQL gaf een melding bij een verwijdering; zij is teruggedraaid',
        });
      return { rows: result.rows, affected: result.rowCount ?? 0 };
    },
    begin: () => plain('begin'),
    commit: () => plain('commit'),
    rollback: () => plain('rollback'),
    close: () => client.end(),
  };
}

async function openMariadb(url: string): Promise<Session> {
  const target = new URL(url);
  const socketPath = target.searchParams.get('socket');
  // Only where a MariaDB is connected: a fifth of all that a command would load.
  const { default: mysql } = await import('mysql2/promise');
  const connection = await mysql.createConnection({
    ...(socketPath === null ? { host: target.hostname, port: Number(target.port || 3306) } : { socketPath }),
    user: decodeURIComponent(target.username),
    password: decodeURIComponent(target.password),
    database: target.pathname.slice(1),
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    charset: 'utf8mb4_bin',
    maxPreparedStatements: 200,
    // A row counts as affected when it matched: "set to the same value" is no reason to call a deed half-done.
    flags: ['FOUND_ROWS'],
  });
  connection.on('error', () => undefined); // told by the next statement
  // A worker whose machine is lost says nothing: its rows stay locked no longer than half an hour.
  await connection.query(
    `set time_zone = '+00:00', innodb_lock_wait_timeout = 30, wait_timeout = 1800, sql_mode = 'STRICT_ALL_TABLES'`,
  );
  await connection.query('set session transaction isolation level repeatable read');
  const plain = (text: string) => wrap('mariadb', () => connection.query(text)).then(() => undefined);
  return {
    dialect: 'mariadb',
    run: async (statement) => {
      const { text, values } = compiled('mariadb', statement);
      // Prepared on the server: values never become part of the text, whatever the server's quoting mode.
      const [result] = await wrap('mariadb', () =>
        values.length === 0 ? connection.query(text) : connection.execute(text, values as (string | number | null)[]),
      );
      if (Array.isArray(result)) return { rows: result as Row[], affected: result.length };
      return { rows: [], affected: result.affectedRows };
    },
    begin: () => plain('start transaction'),
    commit: () => plain('commit'),
    rollback: () => plain('rollback'),
    close: () => connection.end(),
  };
}

function openSqlite(path: string, readOnly: boolean): Session {
  const database = new DatabaseSync(path, { readOnly });
  database.exec('pragma foreign_keys = on;');
  database.function('gestand_is_time', { deterministic: true }, (value) => Number(isWrittenTime(value)));
  // Its own lower() knows ASCII alone. Under another name, since an index of the host may be built on that one.
  database.function('gestand_lower', { deterministic: true }, (value) =>
    value === null ? null : String(value).toLowerCase(),
  );
  const plain = (text: string) => patiently(() => database.exec(text));
  return {
    dialect: 'sqlite',
    run: (statement) =>
      patiently(() => {
        const { text, values } = compiled('sqlite', statement);
        const prepared = database.prepare(text);
        const input = values.map((value): SQLInputValue =>
          typeof value === 'boolean' ? Number(value) : (value as SQLInputValue),
        );
        if (/^\s*(select|with|pragma)/i.test(text)) return { rows: rowsOf(prepared, input), affected: 0 };
        return { rows: [], affected: Number(prepared.run(...input).changes) };
      }),
    begin: () => plain('begin immediate'),
    commit: () => plain('commit'),
    rollback: () => plain('rollback'),
    close: () => Promise.resolve(database.close()),
  };
}

/** A whole number that JavaScript would round comes as text, as the other hosts give it. */
function rowsOf(prepared: StatementSync, input: readonly SQLInputValue[]): Row[] {
  try {
    return prepared.all(...input);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_OUT_OF_RANGE') throw cause;
  }
  prepared.setReadBigInts(true);
  const exact = (value: unknown): unknown =>
    typeof value !== 'bigint' ? value : Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return prepared
    .all(...input)
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, exact(value)])));
}

const patience = 30_000;

/** SQLite lets one write at a time, and to wait inside it would stop this whole process: so we wait outside. */
async function patiently<T>(work: () => T): Promise<T> {
  for (const until = Date.now() + patience; ;) {
    try {
      return work();
    } catch (cause) {
      const { errcode } = cause as { errcode?: number };
      if (errcode === undefined || (errcode & 0xff) !== 5 || Date.now() > until) throw faultOf('sqlite', cause);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

async function wrap<T>(dialect: DialectName, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw faultOf(dialect, cause);
  }
}

/** Constraint kept the deed back: a row elsewhere refers to this one, or a trigger refused. */
export class Constraint extends ConnectorFault {}

const kinds: Record<string, 'unreachable' | 'limited' | 'refused' | 'constraint'> = {
  ECONNREFUSED: 'unreachable',
  ENOENT: 'unreachable',
  ECONNRESET: 'unreachable',
  ETIMEDOUT: 'unreachable',
  PROTOCOL_CONNECTION_LOST: 'unreachable',
  '57P01': 'unreachable',
  '57P03': 'unreachable',
  ERR_SQLITE_CANTOPEN: 'unreachable',
  '3D000': 'refused',
  '28P01': 'refused',
  '28000': 'refused',
  '40001': 'limited',
  '40P01': 'limited',
  '55P03': 'limited',
  '57014': 'limited',
  '53300': 'limited',
  '53100': 'limited',
  ER_LOCK_WAIT_TIMEOUT: 'limited',
  ER_LOCK_DEADLOCK: 'limited',
  ER_CON_COUNT_ERROR: 'limited',
  '42501': 'refused',
  '25006': 'refused',
  ER_TABLEACCESS_DENIED_ERROR: 'refused',
  ER_DBACCESS_DENIED_ERROR: 'refused',
  ER_ACCESS_DENIED_ERROR: 'refused',
  ER_COLUMNACCESS_DENIED_ERROR: 'refused',
  '23503': 'constraint',
  '23001': 'constraint',
  P0001: 'constraint',
  ER_ROW_IS_REFERENCED: 'constraint',
  ER_ROW_IS_REFERENCED_2: 'constraint',
  ER_SIGNAL_EXCEPTION: 'constraint',
};

/** A driver's error as a fault of ours. Its message is left out: drivers put values of rows in it. */
function faultOf(dialect: DialectName, cause: unknown): ConnectorFault {
  if (cause instanceof ConnectorFault) return cause;
  const { code, errcode, message } = cause as { code?: string; errcode?: number; message?: string };
  const name = code ?? 'unknown';
  // SQLite tells by number: 19 constraint, 5 busy, 6 locked, 8 read-only, 14 cannot open.
  const lite: Record<number, 'constraint' | 'limited' | 'refused' | 'unreachable'> = {
    19: 'constraint',
    5: 'limited',
    6: 'limited',
    8: 'refused',
    14: 'unreachable',
  };
  const kind =
    kinds[name] ??
    (errcode === undefined ? undefined : lite[errcode & 0xff]) ??
    (/terminat|closed|not queryable|ended/i.test(message ?? '') ? 'unreachable' : 'surprise');
  if (kind === 'constraint')
    return new Constraint('refused', `${dialect}: a constraint of the host kept the row (${name})`, {
      retry: false,
      nl: `${dialect}: een beperking van de host hield de rij vast (${name})`,
    });
  return new ConnectorFault(kind, `${dialect} answered ${name}${errcode === undefined ? '' : ` ${errcode}`}`, {
    retry: kind === 'unreachable' || kind === 'limited',
    nl: `${faultTexts[kind].nl} (${dialect}: ${name}${errcode === undefined ? '' : ` ${errcode}`})`,
  });
}
