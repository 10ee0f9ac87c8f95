/** Our own store: PostgreSQL, reached through one pool. The only importer of the driver besides the SQL connector. */
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Pool } from 'pg';
import { endsWithItsPeer, keepAlive } from '../base/lost-peer.ts';
import { discreet } from './refused.ts';

/** No table types here: each promise's store says in its SQL what it reads, and a drift test holds it to the schema. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- empty is what is meant
type NoTables = Record<never, never>;
export type Database = Kysely<NoTables>;
export type Tx = Transaction<NoTables>;

export interface Opened {
  readonly db: Database;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Opens a pool on `url` (postgres://…, a socket folder goes in ?host=). Nothing is connected until the first query.
 * bigint and numeric columns are read as text. A refused statement throws StoreRefused, which repeats no value.
 */
export function openDatabase(options: { url: string; maxConnections?: number }): Opened {
  const pool = new Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 12,
    application_name: 'gestand',
    ...keepAlive,
    // The pool waits for it, though its types do not say so. A server whose system cannot do one of these goes on without them.
    // oxlint-disable-next-line typescript/no-misused-promises -- as above
    onConnect: (client) => client.query(endsWithItsPeer).catch(() => undefined),
  });
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool: discreet(pool) }) });
  return { db, url: options.url, close: () => db.destroy() };
}

export { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts';
export { migrate } from './migrate.ts';
export { StoreRefused } from './refused.ts';
