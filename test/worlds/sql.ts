/** A small table of calls in each kind of database, as the conformance suite wants a place to be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Place, Planted } from '../../src/connectors/kit/conformance/index.ts';
import type { Dataset } from '../../src/connectors/kit/index.ts';
import { sqlConnector } from '../../src/connectors/sql/index.ts';
import { freshMariadb, type FreshMariadb } from './mariadb.ts';
import { emptyDatabase } from './postgres.ts';

const context = { handle: () => 'h', log: () => undefined };

export interface SqlPlace extends Place {
  run(text: string): Promise<void>;
  /** Of the host, where it has one: for a second session beside ours. */
  readonly url?: string;
}

export const dataset = (table: string, zone = 'UTC', as: 'timestamp' | 'epoch-s' = 'timestamp'): Dataset => ({
  system: 's',
  id: 'calls',
  source: 'db',
  at: { kind: 'table', table },
  key: ['id'],
  fields: { id: { data: null }, phone: { data: 'phone' }, ended: { data: null } },
  data: 'call-recordings',
  clocks: { ended: { id: 'ended', readings: [{ column: 'ended', as }], zone, empty: 'finding' } },
  subjects: [{ kind: 'phone', field: 'phone', match: 'whole', role: 'owner' }],
  places: ['phone'],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: false,
});

export const quoted = (value: string | null): string => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
const rows = (items: readonly Planted[]): string =>
  items
    .map(
      (item) =>
        `(${quoted(item.id)}, ${quoted(item.phone)}, ${quoted(item.at?.replace('T', ' ').replace('Z', '') ?? null)})`,
    )
    .join(', ');

export async function onPostgres(
  ddl = 'create table calls (id text primary key, phone text, ended timestamp); create index on calls (ended)',
  charset?: string,
): Promise<SqlPlace> {
  const world = await emptyDatabase(charset);
  const run = async (text: string): Promise<void> => void (await sql.raw(text).execute(world.db));
  await run(ddl);
  return {
    connector: await sqlConnector.open(
      { connector: 'sql', dialect: 'postgres', read: world.url, erase: world.url },
      context,
    ),
    dataset: dataset('calls'),
    plant: (items) => run(`insert into calls (id, phone, ended) values ${rows(items)}`),
    survivors: async () =>
      (await sql<{ id: string }>`select id from calls order by id`.execute(world.db)).rows
        .map((row) => row.id)
        .toSorted(),
    keyOf: (item) => item.id,
    close: world.close,
    run,
    url: world.url,
  };
}

export async function onMariadb(
  ddl = 'create table calls (id varchar(40) primary key, phone varchar(40), ended datetime, key (ended)) engine=InnoDB',
): Promise<SqlPlace & Pick<FreshMariadb, 'query'>> {
  const world = await freshMariadb();
  await world.query(ddl);
  return {
    connector: await sqlConnector.open(
      { connector: 'sql', dialect: 'mariadb', read: world.url, erase: world.url },
      context,
    ),
    dataset: dataset('calls'),
    plant: async (items) => void (await world.query(`insert into calls (id, phone, ended) values ${rows(items)}`)),
    survivors: async () => (await world.query('select id from calls')).map((row) => String(row['id'])).toSorted(),
    keyOf: (item) => item.id,
    close: world.close,
    run: async (text) => void (await world.query(text)),
    query: world.query,
  };
}

/** In MariaDB, and every third call has a copy in a table that knows no transactions. */
export async function onMariadbWithCopies(): Promise<SqlPlace> {
  const place = await onMariadb();
  await place.run('create table copies (call_id varchar(40), key (call_id)) engine=MyISAM');
  const copy: Dataset = {
    ...dataset('copies'),
    id: 'copies',
    key: ['call_id'],
    fields: { call_id: { data: null } },
    clocks: {},
    subjects: [],
    places: [],
  };
  return {
    ...place,
    dataset: { ...place.dataset, layers: [{ dataset: copy, shared: false, join: { call_id: 'id' } }] },
    plant: async (items) => {
      await place.plant(items);
      const having = items.filter((_, i) => i % 3 === 0).map((item) => `(${quoted(item.id)})`);
      await place.run(`insert into copies values ${having.join(', ')}`);
    },
    parts: async () =>
      (await place.query('select call_id from copies')).map((row) => String(row['call_id'])).toSorted(),
  };
}

export async function onSqlite(
  ddl = 'create table calls (id text primary key, phone text, ended real); create index calls_ended on calls (ended)',
): Promise<SqlPlace & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-sqlite-'));
  const file = join(folder, 'index.db');
  const database = new DatabaseSync(file);
  database.exec(ddl);
  return {
    connector: await sqlConnector.open({ connector: 'sql', dialect: 'sqlite', read: file, erase: file }, context),
    dataset: dataset('calls', 'UTC', 'epoch-s'),
    plant: (items) => {
      const insert = database.prepare('insert into calls (id, phone, ended) values (?, ?, ?)');
      for (const item of items) insert.run(item.id, item.phone, item.at === null ? null : Date.parse(item.at) / 1000);
      return Promise.resolve();
    },
    survivors: () =>
      Promise.resolve(
        database
          .prepare('select id from calls')
          .all()
          .map((row) => String(row['id']))
          .toSorted(),
      ),
    keyOf: (item) => item.id,
    file,
    run: (text) => Promise.resolve(database.exec(text)),
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
