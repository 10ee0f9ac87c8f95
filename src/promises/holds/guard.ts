/**
 * The lock between holds and deletions. A batch takes its share of it for as long as its deed is not final; placing a hold
 * takes all of it. So a hold waits for the batch in flight, and every batch that starts later sees it: "placed during a
 * running apply, it wins for every item not yet deleted".
 *
 * The lock belongs to one database session. Should that session die, its batch cannot record "prepared" on it any more
 * and undoes its deed.
 */
import { sql } from 'kysely';
import type { Database, Tx } from '../../database/index.ts';

const lock = 0x6765_7374; // "gest": one lock for all holds; placing one is rare, and a batch is short

/** Runs `work` on one session of its own, for locks that last longer than a transaction. */
export async function onOneSession<T>(db: Database, work: (session: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(work);
}

/** Runs `work` while this session holds its share of the lock. */
export async function sharing<T>(session: Database, work: () => Promise<T>): Promise<T> {
  await sql`select pg_advisory_lock_shared(${lock}, 0)`.execute(session);
  try {
    return await work();
  } finally {
    await sql`select pg_advisory_unlock_shared(${lock}, 0)`.execute(session);
  }
}

/** Waits for every batch in flight; none starts until the transaction ends. */
export async function alone(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock}, 0)`.execute(tx);
}
