/**
 * The lock between holds and deletions. A batch takes its share of it for as long as its deed is not final; placing a hold
 * takes all of it. So a hold waits for the batch in flight, and every batch that starts later sees it: "placed during a
 * running apply, it wins for every item not yet deleted".
 *
 * The lock belongs to one database session. Should that session die, its batch cannot record "prepared" on it any more
 * and undoes its deed; and one that is prepared already stops where it is (kit/heart.ts).
 */
import { sql } from 'kysely';
import type { Database, Tx } from '../../database/index.ts';

const lock = 0x6765_7374; // "gest": one lock for all holds; placing one is rare, and a batch is short

/** Runs `work` on one session of its own, for locks that last longer than a transaction. */
export async function onOneSession<T>(db: Database, work: (session: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(work);
}

/** How soon it is noticed that the session is gone, with its share: the store was restarted, or somebody ended it. */
const asks = 500;
/** And so long who takes the whole lock waits for whoever is still at a batch without a share. */
const grace = 2_000;

/** Runs `work` while this session holds its share of the lock; `lost` fires when it does not any more. */
export async function sharing<T>(db: Database, session: Database, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  const { rows } = await sql<{ pid: number }>`
    select pg_backend_pid() as pid, pg_advisory_lock_shared(${lock}, 0)`.execute(session);
  const ended = new AbortController();
  const stop = watch(db, rows[0]?.pid ?? 0, () => ended.abort());
  try {
    return await work(ended.signal);
  } finally {
    stop();
    await sql`select pg_advisory_unlock_shared(${lock}, 0)`.execute(session);
  }
}

/** Asked on another session: that of the share may be waiting for its next statement for long. */
function watch(db: Database, pid: number, lost: () => void): () => void {
  let asking = false;
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const { rows } = await sql`
        select 1 as held from pg_locks
         where locktype = 'advisory' and classid = ${lock}::oid and objid = 0 and pid = ${pid} and granted`.execute(db);
      if (rows.length === 0) lost();
    } catch {
      lost(); // the store is gone, and every lock in it
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void ask(), asks);
  return () => clearInterval(timer);
}

/** Waits for every batch in flight, also for one whose share was lost; none starts until the transaction ends. */
export async function alone(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock}, 0)`.execute(tx);
  for (const until = Date.now() + grace; Date.now() < until && (await prepared(tx));)
    await new Promise((done) => setTimeout(done, 100));
}

/** Whether a batch was prepared and is not accounted for: its worker was killed, or works on without knowing yet. */
async function prepared(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select 1 from retention.pending where batch is not null limit 1`.execute(tx);
  return rows.length > 0;
}
