/** Our own store: PostgreSQL, reached through one pool. The only importer of the driver besides the SQL connector. */
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';

/** No table types here: each promise's store says in its SQL what it reads, and a drift test holds it to the schema. */
export type Database = Kysely<Record<never, never>>;
export type Tx = Transaction<Record<never, never>>;

export interface Opened {
  readonly db: Database;
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a pool on `url` (postgres://…, a socket directory goes in ?host=). Nothing is connected until the first query. */
export function openDatabase(options: { url: string; maxConnections?: number }): Opened {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 12,
    application_name: 'gestand',
  });
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { db, url: options.url, close: () => db.destroy() };
}

export { startEmbedded, type Embedded } from './embedded.ts';
export { migrate } from './migrate.ts';
