/**
 * The sequencer: moves the intake into the tree and signs. Any process may run it; a lock lets one at a time through, and
 * each turn checks what it finds before it signs anything: the stored right edge must give the last signed root, and what is
 * published elsewhere must not be ahead of us or different. So a restored, older database cannot sign a second history.
 */
import { sql } from 'kysely';
import type { Instant } from '../base/time.ts';
import type { Signer } from '../crypto/index.ts';
import type { Database, Tx } from '../database/index.ts';
import { lastCheckpoint, LedgerFault, loadEdge, rootAt, saveCheckpoint, saveTiles, type Last } from './store.ts';
import {
  append,
  keyId,
  openCheckpoint,
  parseKey,
  rootOf,
  sameHash,
  type Checkpoint,
  type Edge,
  type Mark,
} from './verify/index.ts';

const lock = 0x6765_736c;
/** Entries that one transaction moves at most. */
export const batchSize = 4096;

export interface LedgerSettings {
  readonly db: Database;
  readonly signer: Signer;
  /** Name of the log, for example "gestand.example/2026"; no spaces, no "+". */
  readonly origin: string;
  readonly clock: () => Instant;
}

/** Runs `work` on one session while no other process sequences or publishes. Waits its turn for at most a minute. */
export async function sequencing<T>(db: Database, work: (session: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(async (session) => {
    await takeLock(session);
    let done: T;
    try {
      done = await work(session);
    } catch (cause) {
      // When the session itself broke, the server has already let the lock go.
      await releaseLock(session).catch(() => undefined);
      throw cause;
    }
    await releaseLock(session);
    return done;
  });
}

async function takeLock(session: Database): Promise<void> {
  await sql`set lock_timeout = '60s'`.execute(session);
  try {
    await sql`select pg_advisory_lock(${lock}, 0)`.execute(session);
  } catch (cause) {
    if ((cause as { code?: string }).code !== '55P03') throw cause;
    throw new LedgerFault(
      {
        nl: 'een ander proces is al een minuut aan het ondertekenen: kijk of het vastzit',
        en: 'another process has been signing for a minute: see whether it hangs',
      },
      { cause },
    );
  } finally {
    await sql`reset lock_timeout`.execute(session);
  }
}

async function releaseLock(session: Database): Promise<void> {
  await sql`select pg_advisory_unlock(${lock}, 0)`.execute(session);
}

export function vkeyOf(settings: Pick<LedgerSettings, 'signer' | 'origin'>): string {
  const { publicKey } = settings.signer;
  if (!/^[^\s+]+$/.test(settings.origin))
    throw new LedgerFault({
      nl: 'in de naam van een logboek staan geen spaties en geen "+"',
      en: 'the name of a log has no spaces and no "+"',
    });
  const coded = Buffer.concat([Buffer.of(1), publicKey]).toString('base64');
  return `${settings.origin}+${keyId(settings.origin, publicKey)}+${coded}`;
}

/** Reads a checkpoint that we signed ourselves; throws when it is not one. */
export function openOwn(settings: Pick<LedgerSettings, 'signer' | 'origin'>, note: string): Checkpoint {
  return openCheckpoint(note, parseKey(vkeyOf(settings)));
}

/** One batch: at most 4,096 entries in one transaction. Answers how many it moved. */
export async function sequenceBatch(
  settings: LedgerSettings,
  session: Database,
  published: string | null,
): Promise<number> {
  return session.transaction().execute(async (tx) => {
    await refuseUnsafeServer(tx);
    const last = await lastCheckpoint(tx);
    const edge = await trustedEdge(tx, settings, last);
    if (published !== null) await refuseFork(tx, openOwn(settings, published), last.size);
    const entries = await moveIntake(tx, last.size);
    if (entries.length === 0 && last.note !== null) return 0;
    for (const entry of entries) append(edge, Buffer.concat([Buffer.of(0), entry]));
    await saveTiles(tx, edge);
    const mark = { size: edge.size, root: rootOf(edge) };
    await saveCheckpoint(tx, mark, signCheckpoint(settings, mark), settings.clock());
    return entries.length;
  });
}

/** Takes the oldest of the intake and gives them their places from `size` on; they do not travel through us and back. */
async function moveIntake(tx: Tx, size: bigint): Promise<Buffer[]> {
  const { rows } = await sql<{ entry: Buffer }>`
    with taken as (
      delete from ledger.intake
       where id in (select id from ledger.intake order by id limit ${batchSize} for update skip locked)
      returning id, event_id, entry),
    placed as (
      insert into ledger.entry (idx, event_id, entry)
      select ${String(size)}::bigint + row_number() over (order by id) - 1, event_id, entry from taken
      returning idx, entry)
    select entry from placed order by idx`.execute(tx);
  return rows.map((row) => row.entry);
}

/** The right edge, once it is seen to be the tree that we signed last. */
async function trustedEdge(tx: Tx, settings: LedgerSettings, last: Last): Promise<Edge> {
  const edge = await loadEdge(tx, last.size);
  const signed = last.note === null ? last : openOwn(settings, last.note);
  const { rows } = await sql<{ next: string }>`
    select coalesce(max(idx) + 1, 0)::text as next from ledger.entry`.execute(tx);
  const whole = signed.size === last.size && sameHash(rootOf(edge), signed.root) && rows[0]?.next === String(last.size);
  if (whole) return edge;
  throw new LedgerFault({
    nl: 'de opgeslagen boom geeft niet de laatst ondertekende wortel: het bewijs in de database is veranderd. Er wordt niets ondertekend; "gestand evidence heal" haalt het terug uit het gepubliceerde logboek',
    en: 'the stored tree does not give the last signed root: the evidence in the database was changed. Nothing is signed; "gestand evidence heal" restores it from the published log',
  });
}

function signCheckpoint(settings: LedgerSettings, mark: Mark): string {
  const text = `${settings.origin}\n${mark.size}\n${Buffer.from(mark.root).toString('base64')}\n`;
  const id = Buffer.from(keyId(settings.origin, settings.signer.publicKey), 'hex');
  const signature = Buffer.concat([id, settings.signer.sign(text)]).toString('base64');
  return `${text}\n\u2014 ${settings.origin} ${signature}\n`;
}

/** A server that may lose what it acknowledged cannot hold evidence. */
async function refuseUnsafeServer(tx: Tx): Promise<void> {
  const { rows } = await sql<Record<string, string>>`
    select current_setting('fsync') as "fsync", current_setting('full_page_writes') as "full_page_writes",
           current_setting('synchronous_commit') as "synchronous_commit"`.execute(tx);
  const off = Object.entries(rows[0] ?? {}).flatMap(([name, setting]) => (setting === 'off' ? [name] : []));
  if (off.length === 0) return;
  throw new LedgerFault({
    nl: `de database draait met ${off.join(', ')} uit en kan vergeten wat zij bevestigde: zet het aan`,
    en: `the database runs with ${off.join(', ')} off and could forget what it acknowledged: turn it on`,
  });
}

/** Refuses when what is published is ahead of the database, or is not what the database signed at that size. */
export async function refuseFork(db: Database, published: Checkpoint, size: bigint): Promise<void> {
  if (published.size > size)
    throw new LedgerFault({
      nl: `het gepubliceerde logboek heeft ${published.size} vermeldingen en deze database ${size}: zij is teruggezet uit een oudere kopie. Er wordt niets ondertekend; "gestand evidence heal" haalt de ontbrekende vermeldingen terug`,
      en: `the published log has ${published.size} entries and this database ${size}: it was restored from an older copy. Nothing is signed; "gestand evidence heal" brings the missing entries back`,
    });
  const root = await rootAt(db, published.size);
  if (root && sameHash(root, published.root)) return;
  throw new LedgerFault({
    nl: 'het gepubliceerde logboek en deze database hebben een andere geschiedenis: er wordt niets ondertekend. Vergelijk die twee, voor er iets anders gebeurt',
    en: 'the published log and this database have different histories: nothing is signed. Compare the two before anything else',
  });
}
