/** The static mirror: tiles, entries and checkpoint as C2SP tlog-tiles, outside the database and its backups. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { tilePath } from './verify/index.ts';

/** Writes a file so that it is either the old or the new one, whatever happens: tmp, fsync, rename, fsync of the folder. */
function place(folder: string, path: string, data: string | Uint8Array): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  const fd = openSync(`${target}.tmp`, 'w', 0o644);
  try {
    writeSync(fd, typeof data === 'string' ? Buffer.from(data) : data);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${target}.tmp`, target);
  const dir = openSync(dirname(target), 'r');
  try {
    fsyncSync(dir);
  } finally {
    closeSync(dir);
  }
}

export function publishedCheckpoint(folder: string): string | null {
  const file = join(folder, 'checkpoint');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Writes what the folder lacks between the size it has and `size`; the checkpoint last, so that a reader never finds a gap. */
export async function publish(
  db: Database,
  folder: string,
  vkey: string,
  from: bigint,
  size: bigint,
  note: string,
): Promise<void> {
  for (let n = from / 256n; n * 256n < size; n += 1n) {
    const width = Number(size - n * 256n < 256n ? size - n * 256n : 256n);
    const rows = await sql<{ entry: Buffer }>`
      select entry from ledger.entry where idx >= ${String(n * 256n)} and idx < ${String(n * 256n + 256n)} order by idx limit ${width}`.execute(
      db,
    );
    const bundle = rows.rows.flatMap(({ entry }) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    });
    place(folder, tilePath('entries', n, width), Buffer.concat(bundle));
  }
  for (let level = 0, count = size, before = from; count > 0n; level += 1, count /= 256n, before /= 256n) {
    const rows = await sql<{ n: string; data: Buffer }>`
      select n::text as n, data from ledger.tile where level = ${level} and n >= ${String(before / 256n)} order by tile.n`.execute(
      db,
    );
    for (const { n, data } of rows.rows) {
      const first = BigInt(n) * 256n;
      const width = Number(count - first < 256n ? count - first : 256n);
      if (width > 0) place(folder, tilePath(level, BigInt(n), width), data.subarray(0, width * 32));
    }
  }
  place(folder, 'key', `${vkey}\n`);
  place(folder, 'checkpoint', note);
}
