/** C2SP tlog-tiles: where tiles lie, and the check of a whole published log. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { append, emptyEdge, rootOf, sameHash, type Edge, type Hash } from './merkle.ts';
import { openCheckpoint, parseKey } from './note.ts';
import { problemOf, problems, Unverified, type Problem } from './problem.ts';

/** "x001/x234/067" for 1234067. */
export function tileNumber(n: bigint): string {
  let path = String(n % 1000n).padStart(3, '0');
  for (let rest = n / 1000n; rest > 0n; rest /= 1000n) path = `x${String(rest % 1000n).padStart(3, '0')}/${path}`;
  return path;
}

/** Path of a tile; width 256 is a full tile, less a partial one. */
export function tilePath(level: number | 'entries', n: bigint, width: number): string {
  return `tile/${level}/${tileNumber(n)}${width === 256 ? '' : `.p/${width}`}`;
}

/** Hashes in the tile `n` of a level that holds `count` hashes. */
export function widthOf(n: bigint, count: bigint): number {
  return count - n * 256n < 256n ? Number(count - n * 256n) : 256;
}

/** Where entries and tiles come from; each answer is the caller's own buffer. Throws when there is none. */
export interface TileSource {
  /** Entries, each after its length in two bytes, big-endian. */
  entries(n: bigint, width: number): Buffer | Promise<Buffer>;
  tile(level: number, n: bigint, width: number): Buffer | Promise<Buffer>;
}

/** The tree at one size, as a checkpoint states it. */
export interface Mark {
  readonly size: bigint;
  readonly root: Hash;
}

/**
 * Recomputes the tree from its entries: every tile must be what the entries give, and the root at every mark what the mark
 * says. Marks are in order of size; the last one's size is the tree's. Answers the first thing that is wrong, or null.
 */
export async function checkTree(source: TileSource, marks: readonly Mark[]): Promise<Problem | null> {
  const size = marks.at(-1)?.size ?? 0n;
  const edge = emptyEdge();
  const left = [...marks];
  const passed = (): Problem | null => {
    for (; left[0]?.size === edge.size; left.shift()) {
      if (!sameHash(rootOf(edge), left[0].root)) return problems.otherRoot(edge.size);
    }
    return null;
  };
  let problem = passed();
  for (let n = 0n; n * 256n < size && problem === null; n += 1n) {
    const width = widthOf(n, size);
    const bundle = await source.entries(n, width);
    let missed: Problem | null = null;
    problem = appendBundle(edge, bundle, tilePath('entries', n, width), width, () => (missed ??= passed()));
    // A root that is missed says no more than "somewhere": the tiles say which entry, where they still know.
    if (problem === null) problem = (await checkTiles(source, edge, edge.size === size)) ?? missed;
    // A long log does not keep a server from its other work.
    if (n % 64n === 63n) await new Promise((done) => setImmediate(done));
  }
  return problem;
}

/** Appends a bundle's entries. The byte before each entry, its length's low one, becomes the zero that the hash begins with. */
function appendBundle(edge: Edge, bundle: Buffer, path: string, width: number, appended: () => void): Problem | null {
  let at = 0;
  for (let i = 0; i < width; i += 1) {
    const end = at + 2 <= bundle.length ? at + 2 + bundle.readUInt16BE(at) : Infinity;
    if (end > bundle.length) return problems.endsEarly(path, i, width);
    bundle[at + 1] = 0;
    append(edge, bundle.subarray(at + 1, end));
    appended();
    at = end;
  }
  return at === bundle.length ? null : problems.goesOn(path, width);
}

/** Compares the tiles that have become full, and at the end also those that have not. */
async function checkTiles(source: TileSource, edge: Edge, end: boolean): Promise<Problem | null> {
  const tiles = edge.full.splice(0).map((tile) => ({ ...tile, width: 256 }));
  if (end) tiles.push(...edge.tiles.flatMap((tile, level) => (tile.width > 0 ? [{ level, ...tile }] : [])));
  for (const { level, n, width, data } of tiles) {
    const stored = await source.tile(level, n, width);
    const ours = data.subarray(0, width * 32);
    if (stored.equals(ours)) continue;
    const path = tilePath(level, n, width);
    if (stored.length !== ours.length) return problems.otherLength(path, stored.length, ours.length);
    const first = Math.floor(ours.findIndex((byte, i) => byte !== stored[i]) / 32);
    return level === 0 ? problems.otherEntry(n * 256n + BigInt(first), path) : problems.otherHash(first, path);
  }
  return null;
}

export interface LogResult {
  readonly ok: boolean;
  /** Entries and root that the checkpoint states, once its signature holds; before that 0 and "". */
  readonly size: number;
  readonly root: string;
  readonly origin: string;
  /** The first thing that is wrong, and where. */
  readonly problem?: string;
  readonly problemText?: Problem;
}

export const told = (problem: Problem): Pick<LogResult, 'problem' | 'problemText'> => ({
  problem: problem.en,
  problemText: problem,
});

/**
 * Checks the log in a folder from its files and the public key alone: signature, every entry, every tile, the root. Memory
 * does not grow with the log. Without `key` the folder's own is believed: that shows damage, not forgery. With `since` (an
 * older checkpoint of the same key) also that nothing which it covers has changed.
 */
export async function verifyLog(folder: string, options: { key?: string; since?: string } = {}): Promise<LogResult> {
  let known = { size: 0, root: '', origin: '' };
  try {
    const key = parseKey(options.key ?? readText(folder, 'key'));
    known = { ...known, origin: key.name };
    const now = openCheckpoint(readText(folder, 'checkpoint'), key);
    known = { size: Number(now.size), root: Buffer.from(now.root).toString('base64'), origin: now.origin };
    const since = options.since === undefined ? [] : [openCheckpoint(options.since, key)];
    const more = since.find((older) => older.size > now.size);
    const problem = more ? problems.fewer(now.size, more.size) : await checkTree(folderSource(folder), [...since, now]);
    return problem === null ? { ok: true, ...known } : { ok: false, ...known, ...told(problem) };
  } catch (cause) {
    return { ok: false, ...known, ...told(problemOf(cause)) };
  }
}

export function folderSource(folder: string): TileSource {
  return {
    entries: (n, width) => readPart(folder, tilePath('entries', n, width)),
    tile: (level, n, width) => readPart(folder, tilePath(level, n, width)),
  };
}

function readPart(folder: string, path: string): Buffer {
  try {
    return readFileSync(join(folder, path));
  } catch (cause) {
    throw new Unverified(problems.unread(path, (cause as NodeJS.ErrnoException).code ?? 'unknown'), { cause });
  }
}

function readText(folder: string, path: string): string {
  return readPart(folder, path).toString('utf8');
}
