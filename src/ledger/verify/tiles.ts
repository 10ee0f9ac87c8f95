/** C2SP tlog-tiles: where tiles lie, and the check of a whole published log. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Edge, leafHash, nodeHash, sameHash, type Hash } from './merkle.ts';
import { openCheckpoint, parseKey } from './note.ts';

/** "x001/x234/067" for 1234067. */
export function tileNumber(n: bigint): string {
  let path = String(n % 1000n).padStart(3, '0');
  for (let rest = n / 1000n; rest > 0n; rest /= 1000n) path = `x${String(rest % 1000n).padStart(3, '0')}/${path}`;
  return path;
}

/** Path of a tile; `level` is a number or "entries"; width 256 is a full tile, else partial. */
export function tilePath(level: number | 'entries', n: bigint, width: number): string {
  return `tile/${level}/${tileNumber(n)}${width === 256 ? '' : `.p/${width}`}`;
}

export interface LogResult {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly origin: string;
  /** The first thing that is wrong, and where. */
  readonly problem?: string;
}

/**
 * Checks the log in a folder from its files and the public key alone: signature, every entry against its leaf hash, every
 * tile against the tiles below, and the root against the checkpoint. Memory does not grow with the log. With `since` (an
 * older checkpoint note of the same key) also that nothing before it has changed.
 */
export async function verifyLog(folder: string, options: { key?: string; since?: string } = {}): Promise<LogResult> {
  let origin = '';
  try {
    const key = parseKey(options.key ?? readFileSync(join(folder, 'key'), 'utf8'));
    origin = key.name;
    const { size, root } = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), key);
    const since = options.since === undefined ? null : openCheckpoint(options.since, key);
    if (since && since.size > size)
      return fail(origin, `the log has ${size} entries, fewer than the ${since.size} it had before`);
    const problem = await walk(folder, size, root, since);
    if (problem) return fail(origin, problem);
    return { ok: true, size: Number(size), root: Buffer.from(root).toString('base64'), origin };
  } catch (cause) {
    return fail(origin, cause instanceof Error ? cause.message : String(cause));
  }
}

function fail(origin: string, problem: string): LogResult {
  return { ok: false, size: 0, root: '', origin, problem };
}

/** Hashes of one level that are not yet part of a full tile, and how many full tiles there are. */
interface Row {
  hashes: Hash[];
  full: bigint;
}

async function walk(
  folder: string,
  size: bigint,
  root: Hash,
  since: { size: bigint; root: Hash } | null,
): Promise<string | null> {
  const edge = new Edge();
  const rows: Row[] = [];
  for (let n = 0n; n * 256n < size; n += 1n) {
    const width = Number(size - n * 256n < 256n ? size - n * 256n : 256n);
    const entries = readEntries(folder, n, width);
    if (entries.length !== width) return `entry tile ${n} holds ${entries.length} entries instead of ${width}`;
    for (const entry of entries) {
      const hash = leafHash(entry);
      edge.push(hash);
      if (since && edge.size === since.size && !sameHash(edge.root(), since.root))
        return `the first ${since.size} entries are not what they were`;
      const problem = grow(folder, rows, 0, hash);
      if (problem) return problem;
    }
    if (n % 64n === 63n) await new Promise((done) => setImmediate(done));
  }
  for (const [level, row] of rows.entries()) {
    const problem = row.hashes.length > 0 ? checkTile(folder, level, row.full, row.hashes) : null;
    if (problem) return problem;
  }
  return sameHash(edge.root(), root) ? null : 'the entries do not give the root that was signed';
}

/** Adds a hash to its level; a full tile is compared with its file and raised to the level above. */
function grow(folder: string, rows: Row[], level: number, hash: Hash): string | null {
  const row = (rows[level] ??= { hashes: [], full: 0n });
  row.hashes.push(hash);
  if (row.hashes.length < 256) return null;
  const problem = checkTile(folder, level, row.full, row.hashes);
  if (problem) return problem;
  const above = subtree(row.hashes);
  row.full += 1n;
  row.hashes = [];
  return grow(folder, rows, level + 1, above);
}

function checkTile(folder: string, level: number, n: bigint, hashes: readonly Hash[]): string | null {
  const path = tilePath(level, n, hashes.length);
  const stored = readFileSync(join(folder, path));
  return Buffer.concat(hashes).equals(stored) ? null : `${path} is not what the entries give`;
}

/** The root of a full tile's 256 hashes. */
export function subtree(hashes: readonly Hash[]): Hash {
  let row = [...hashes];
  while (row.length > 1) {
    const next: Hash[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i];
      const right = row[i + 1];
      if (!left || !right) throw new RangeError('a subtree is raised from a power of two of hashes');
      next.push(nodeHash(left, right));
    }
    row = next;
  }
  const [root] = row;
  if (!root) throw new RangeError('a subtree has at least one hash');
  return root;
}

/** Entries of one bundle: each after its length in two bytes, big-endian. */
function readEntries(folder: string, n: bigint, width: number): Uint8Array[] {
  const path = tilePath('entries', n, width);
  return splitEntries(readFileSync(join(folder, path)), path);
}

export function splitEntries(bundle: Uint8Array, path: string): Uint8Array[] {
  const entries: Uint8Array[] = [];
  const view = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  for (let at = 0; at < view.length;) {
    const length = at + 2 <= view.length ? view.readUInt16BE(at) : -1;
    if (length < 0 || at + 2 + length > view.length) throw new Error(`${path} ends in the middle of an entry`);
    entries.push(view.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}
