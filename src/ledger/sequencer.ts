/**
 * The sequencer: moves the intake into the tree and signs. Any process may run it; a lock lets one at a time through, and
 * each turn checks what it finds before it signs anything: the stored right edge must give the last signed root, and what is
 * published elsewhere must not be ahead of us or different. So a restored, older database cannot sign a second history.
 */
import { sql } from 'kysely';
import type { Instant } from '../base/time.ts';
import type { Signer } from '../crypto/index.ts';
import type { Database, Tx } from '../database/index.ts';
import {
  emptyRoot,
  keyId,
  leafHash,
  nodeHash,
  openCheckpoint,
  parseKey,
  sameHash,
  subtree,
  type Hash,
} from './verify/index.ts';

const lock = 0x6765_736c;
const most = 4096;

export interface LedgerSettings {
  readonly db: Database;
  readonly signer: Signer;
  /** Name of the log, for example "gestand.example/2026". */
  readonly origin: string;
  readonly clock: () => Instant;
}

export class LedgerFault extends Error {}

/** Runs `work` while no other process sequences or publishes. */
export async function sequencing<T>(db: Database, work: (session: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${lock}, 0)`.execute(session);
    try {
      return await work(session);
    } finally {
      await sql`select pg_advisory_unlock(${lock}, 0)`.execute(session);
    }
  });
}

export function vkeyOf(settings: Pick<LedgerSettings, 'signer' | 'origin'>): string {
  const { publicKey } = settings.signer;
  return `${settings.origin}+${keyId(settings.origin, publicKey)}+${Buffer.concat([Buffer.of(1), publicKey]).toString('base64')}`;
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
    const edge = await loadEdge(tx, last.size);
    if (!sameHash(edgeRoot(edge), last.root))
      throw new LedgerFault(
        'the stored tree does not give the last signed root: evidence was changed in the database; restore it with "gestand evidence heal"',
      );
    if (published !== null) await refuseFork(tx, settings, published, last);
    const rows = await sql<{ event_id: string; entry: Buffer }>`
      with taken as (
        delete from ledger.intake where id in (select id from ledger.intake order by id limit ${most} for update skip locked)
        returning id, event_id, entry)
      select event_id, entry from taken order by id`.execute(tx);
    if (rows.rows.length === 0 && last.note !== null) return 0;
    const entries = rows.rows;
    await sql`
      insert into ledger.entry (idx, event_id, entry)
      select ${String(last.size)}::bigint + o - 1, e, b
        from unnest(${entries.map((one) => one.event_id)}::uuid[], ${entries.map((one) => one.entry)}::bytea[]) with ordinality as t (e, b, o)`.execute(
      tx,
    );
    for (const { entry } of entries) append(edge, 0, leafHash(entry));
    await saveEdge(tx, edge);
    const size = last.size + BigInt(entries.length);
    const root = edgeRoot(edge);
    await sql`
      insert into ledger.checkpoint (size, root, note, at)
      values (${String(size)}, ${Buffer.from(root)}, ${signCheckpoint(settings, size, root)}, ${settings.clock().toString()})`.execute(
      tx,
    );
    return entries.length;
  });
}

function signCheckpoint(settings: LedgerSettings, size: bigint, root: Hash): string {
  const text = `${settings.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const id = Buffer.from(keyId(settings.origin, settings.signer.publicKey), 'hex');
  const signature = Buffer.concat([id, settings.signer.sign(text)]).toString('base64');
  return `${text}\n\u2014 ${settings.origin} ${signature}\n`;
}

/** A server that may lose what it acknowledged cannot hold evidence. */
async function refuseUnsafeServer(tx: Tx): Promise<void> {
  const rows = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`.execute(
    tx,
  );
  const off = rows.rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length > 0)
    throw new LedgerFault(
      `the database runs with ${off.join(', ')} off and could forget what it acknowledged: turn it on`,
    );
}

interface Last {
  readonly size: bigint;
  readonly root: Hash;
  readonly note: string | null;
}

export async function lastCheckpoint(db: Database): Promise<Last> {
  const rows = await sql<{ entries: string; root: Buffer; note: string }>`
    select size::text as entries, root, note from ledger.checkpoint order by ledger.checkpoint.size desc limit 1`.execute(
    db,
  );
  const row = rows.rows[0];
  return row
    ? { size: BigInt(row.entries), root: row.root, note: row.note }
    : { size: 0n, root: emptyRoot, note: null };
}

async function refuseFork(tx: Tx, settings: LedgerSettings, published: string, last: Last): Promise<void> {
  const seen = openCheckpoint(published, parseKey(vkeyOf(settings)));
  if (seen.size > last.size) {
    throw new LedgerFault(
      `the published log has ${seen.size} entries and this database ${last.size}: it was restored from an older copy. Nothing is signed. Bring the missing entries back with "gestand evidence heal"`,
    );
  }
  const rows = await sql<{
    root: Buffer;
  }>`select root from ledger.checkpoint where size = ${String(seen.size)}`.execute(tx);
  const root = seen.size === 0n ? emptyRoot : rows.rows[0]?.root;
  if (!root || !sameHash(root, seen.root))
    throw new LedgerFault(
      'the published log and this database have different histories: nothing is signed; compare them before anything else',
    );
}

// ── The right edge: for each level its last, not yet full tile ─────────────────────────────────────────────────────

interface EdgeTile {
  n: bigint;
  hashes: Hash[];
  dirty: { n: bigint; data: Uint8Array }[];
}

async function loadEdge(tx: Tx, size: bigint): Promise<EdgeTile[]> {
  const edge: EdgeTile[] = [];
  for (let level = 0, count = size; count > 0n || level === 0; level += 1, count /= 256n) {
    const n = count / 256n;
    const width = Number(count % 256n);
    const hashes: Hash[] = [];
    if (width > 0) {
      const rows = await sql<{
        data: Buffer;
      }>`select data from ledger.tile where level = ${level} and n = ${String(n)}`.execute(tx);
      const data = rows.rows[0]?.data;
      if (!data || data.length < width * 32)
        throw new LedgerFault(
          `tile ${level}/${n} is missing from the database; restore it with "gestand evidence heal"`,
        );
      for (let i = 0; i < width; i += 1) hashes.push(data.subarray(i * 32, i * 32 + 32));
    }
    edge.push({ n, hashes, dirty: [] });
  }
  return edge;
}

function append(edge: EdgeTile[], level: number, hash: Hash): void {
  const tile = (edge[level] ??= { n: 0n, hashes: [], dirty: [] });
  tile.hashes.push(hash);
  if (tile.hashes.length < 256) return;
  tile.dirty.push({ n: tile.n, data: Buffer.concat(tile.hashes) });
  const above = subtree(tile.hashes);
  tile.n += 1n;
  tile.hashes = [];
  append(edge, level + 1, above);
}

async function saveEdge(tx: Tx, edge: readonly EdgeTile[]): Promise<void> {
  const rows = edge.flatMap((tile, level) => [
    ...tile.dirty.map((one) => ({ level, ...one })),
    ...(tile.hashes.length > 0 ? [{ level, n: tile.n, data: Buffer.concat(tile.hashes) }] : []),
  ]);
  await sql`
    insert into ledger.tile (level, n, data)
    select * from unnest(${rows.map((row) => row.level)}::smallint[], ${rows.map((row) => String(row.n))}::bigint[], ${rows.map((row) => Buffer.from(row.data))}::bytea[])
    on conflict (level, n) do update set data = excluded.data`.execute(tx);
}

/** The root from the edge: within a tile its hashes pair up, and higher levels stand to the left. */
function edgeRoot(edge: readonly EdgeTile[]): Hash {
  let root: Hash | null = null;
  for (const tile of edge) {
    // The complete subtrees of this level, largest last, are joined from the right.
    const parts = completeParts(tile.hashes);
    for (const part of parts.toReversed()) root = root === null ? part : nodeHash(part, root);
  }
  return root ?? emptyRoot;
}

function completeParts(hashes: readonly Hash[]): Hash[] {
  const parts: Hash[] = [];
  for (let at = 0, rest = hashes.length; rest > 0;) {
    const width = 2 ** Math.floor(Math.log2(rest));
    parts.push(subtree(hashes.slice(at, at + width)));
    at += width;
    rest -= width;
  }
  return parts;
}
