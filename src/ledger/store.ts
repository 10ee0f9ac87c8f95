/** The ledger's tables, as the sequencer, the publisher, the prover and the healer read and write them. */
import { sql } from 'kysely';
import { Fault } from '../base/refusal.ts';
import type { Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import {
  emptyEdge,
  emptyRoot,
  type Edge,
  type FullTile,
  type Hash,
  type Mark,
  type TileSource,
} from './verify/index.ts';

/** What must not go on, for the integrity of the evidence. The message says what to do and names no person. */
export class LedgerFault extends Fault {
  override readonly name = 'LedgerFault';
}

export interface Last extends Mark {
  /** The signed note; `null` before the first. */
  readonly note: string | null;
}

export async function lastCheckpoint(db: Database): Promise<Last> {
  const { rows } = await sql<{ entries: string; root: Buffer; note: string }>`
    select size::text as entries, root, note from ledger.checkpoint order by ledger.checkpoint.size desc limit 1`.execute(
    db,
  );
  const [row] = rows;
  return row
    ? { size: BigInt(row.entries), root: row.root, note: row.note }
    : { size: 0n, root: emptyRoot, note: null };
}

/** Every root that was signed, in order of size. */
export async function allCheckpoints(db: Database): Promise<Mark[]> {
  const { rows } = await sql<{ entries: string; root: Buffer }>`
    select size::text as entries, root from ledger.checkpoint order by ledger.checkpoint.size`.execute(db);
  return rows.map((row) => ({ size: BigInt(row.entries), root: row.root }));
}

export async function rootAt(db: Database, size: bigint): Promise<Hash | null> {
  if (size === 0n) return emptyRoot;
  const { rows } = await sql<{ root: Buffer }>`
    select root from ledger.checkpoint where size = ${String(size)}::bigint`.execute(db);
  return rows[0]?.root ?? null;
}

export async function saveCheckpoint(tx: Tx, mark: Mark, note: string, at: Instant): Promise<void> {
  await sql`
    insert into ledger.checkpoint (size, root, note, at)
    values (${String(mark.size)}::bigint, ${Buffer.from(mark.root)}, ${note}, ${at.toString()}::timestamptz)
    on conflict (size) do nothing`.execute(tx);
}

/** The tree's right edge as its tiles hold it. Throws LedgerFault when one is missing. */
export async function loadEdge(db: Database, size: bigint): Promise<Edge> {
  const edge: Edge = { ...emptyEdge(), size };
  for (let level = 0, count = size; count > 0n; level += 1, count /= 256n) {
    const n = count / 256n;
    const width = Number(count % 256n);
    const data = Buffer.alloc(8192);
    if (width > 0) (await readTile(db, level, n, width)).copy(data);
    edge.tiles.push({ n, width, data });
  }
  return edge;
}

/** Writes what has become full since the last time, and the edge itself. */
export async function saveTiles(tx: Tx, edge: Edge): Promise<void> {
  const partial = edge.tiles.flatMap(({ n, width, data }, level) =>
    width > 0 ? [{ level, n, data: data.subarray(0, width * 32) }] : [],
  );
  const rows: FullTile[] = [...edge.full.splice(0), ...partial];
  if (rows.length === 0) return;
  await sql`
    insert into ledger.tile (level, n, data)
    select * from unnest(${rows.map((row) => row.level)}::smallint[], ${rows.map((row) => String(row.n))}::bigint[],
                         ${rows.map((row) => row.data)}::bytea[])
    on conflict (level, n) do update set data = excluded.data`.execute(tx);
}

export async function readTile(db: Database, level: number, n: bigint, width: number): Promise<Buffer> {
  const { rows } = await sql<{ data: Buffer }>`
    select data from ledger.tile where level = ${level} and n = ${String(n)}::bigint`.execute(db);
  const data = rows[0]?.data;
  if (!data || data.length < width * 32)
    throw new LedgerFault({
      nl: `blok ${level}/${n} ontbreekt in de database: "gestand evidence heal" maakt het opnieuw`,
      en: `tile ${level}/${n} is missing from the database: "gestand evidence heal" rebuilds it`,
    });
  return data.subarray(0, width * 32);
}

/** Entries with index from ≤ i < to, in order. Throws LedgerFault when one is missing. */
export async function readEntries(db: Database, from: bigint, to: bigint): Promise<Buffer[]> {
  const { rows } = await sql<{ entry: Buffer }>`
    select entry from ledger.entry where idx >= ${String(from)}::bigint and idx < ${String(to)}::bigint order by idx`.execute(
    db,
  );
  if (BigInt(rows.length) !== to - from)
    throw new LedgerFault({
      nl: `een vermelding tussen ${from} en ${to} ontbreekt in de database`,
      en: `an entry between ${from} and ${to} is missing from the database`,
    });
  return rows.map((row) => row.entry);
}

/** Entries as they are published: each after its length in two bytes, big-endian. */
export function bundle(entries: readonly Buffer[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    return [length, entry];
  });
  return Buffer.concat(parts);
}

/** The same tree as the published one, read from the database. */
export function databaseSource(db: Database): TileSource {
  return {
    entries: async (n, width) => bundle(await readEntries(db, n * 256n, n * 256n + BigInt(width))),
    tile: (level, n, width) => readTile(db, level, n, width),
  };
}
