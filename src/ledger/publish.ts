/** The static mirror: tiles, entries and checkpoint as C2SP tlog-tiles, outside the database and its backups. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { bundle, LedgerFault, readEntries, readTile } from './store.ts';
import { leafHash, sameHash, tilePath, widthOf } from './verify/index.ts';

/** Entry bundles written at once. */
const atOnce = 16n;

export function publishedCheckpoint(folder: string): string | null {
  const file = join(folder, 'checkpoint');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** What is published: the tree that the checkpoint `note` states. */
export interface Edition {
  readonly vkey: string;
  /** Entries that the folder has already. */
  readonly from: bigint;
  readonly size: bigint;
  readonly note: string;
}

/**
 * Writes what the folder lacks; the checkpoint last, so that a reader never finds a gap. Each entry is read back from the
 * database and hashed a second time: a bit that flipped after the first hash is refused, not published.
 */
export async function publish(db: Database, folder: string, edition: Edition): Promise<void> {
  const { from, size } = edition;
  const touched = new Set<string>();
  const put: Put = (path, data) => place(folder, path, data, touched);
  const end = (size + 255n) / 256n;
  for (let n = from / 256n; n < end; n += atOnce) {
    const until = n + atOnce < end ? n + atOnce : end;
    const entries = await readEntries(db, n * 256n, until * 256n < size ? until * 256n : size);
    const tiles: Buffer[] = [];
    for (let i = n; i < until; i += 1n) tiles.push(await readTile(db, 0, i, widthOf(i, size)));
    await Promise.all(tiles.map((tile, i) => putTile(put, n + BigInt(i), tile, entries.slice(i * 256, i * 256 + 256))));
  }
  for (let level = 1, count = size / 256n, had = from / 256n; count > had; level += 1, count /= 256n, had /= 256n) {
    for (let n = had / 256n; n * 256n < count; n += 1n) {
      const width = widthOf(n, count);
      await put(tilePath(level, n, width), await readTile(db, level, n, width));
    }
  }
  await syncFolders(touched);
  // A session that broke has lost the lock to another publisher, who may be further: then this throws.
  await sql`select 1`.execute(db);
  await put('key', `${edition.vkey}\n`);
  await put('checkpoint', edition.note);
  await syncFolders(touched);
  await dropPartials(folder, from, size);
}

type Put = (path: string, data: string | Uint8Array) => Promise<void>;

async function putTile(put: Put, n: bigint, tile: Buffer, entries: readonly Buffer[]): Promise<void> {
  const wrong = entries.findIndex((entry, i) => !sameHash(leafHash(entry), tile.subarray(i * 32, i * 32 + 32)));
  if (wrong >= 0)
    throw new LedgerFault({
      nl: `vermelding ${n * 256n + BigInt(wrong)} in de database is niet die welke is ondertekend: er wordt niets gepubliceerd; "gestand evidence heal" zet terug wat al gepubliceerd is`,
      en: `entry ${n * 256n + BigInt(wrong)} of the database is not the one that was signed: nothing is published; "gestand evidence heal" restores what is published already`,
    });
  await put(tilePath('entries', n, entries.length), bundle(entries));
  await put(tilePath(0, n, entries.length), tile);
}

/** Writes a file so that it is either the old or the new one, whatever happens: tmp, fsync, rename. */
async function place(folder: string, path: string, data: string | Uint8Array, touched: Set<string>): Promise<void> {
  const target = join(folder, path);
  const made = await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  const file = await open(`${target}.tmp`, 'w', 0o644);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${target}.tmp`, target);
  touched.add(dirname(target));
  // A new folder is there for good once the one above it is written.
  const above = made === undefined ? target : dirname(made);
  for (let at = target; at !== above;) touched.add((at = dirname(at)));
}

async function syncFolders(touched: Set<string>): Promise<void> {
  for (const path of touched) {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
  touched.clear();
}

/** Partial tiles may go once the full one is there (tlog-tiles); else a log that grows slowly keeps 255 of each. */
async function dropPartials(folder: string, from: bigint, size: bigint): Promise<void> {
  const drop = (level: number | 'entries', n: bigint): Promise<void> =>
    rm(join(folder, `${tilePath(level, n, 256)}.p`), { recursive: true, force: true });
  for (let level = 0, had = from / 256n, full = size / 256n; full > had; level += 1, had /= 256n, full /= 256n) {
    await drop(level, had);
    if (level === 0) await drop('entries', had);
  }
}
