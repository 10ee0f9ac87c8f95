/**
 * The Merkle tree of RFC 6962 §2.1 and the proofs of RFC 9162 §2.1.3.2 and §2.1.4.2. Indices and sizes are BigInt: published
 * vectors exceed 2^53. Depends on nothing but Node's SHA-256.
 */
import { hash } from 'node:crypto';

/** 32 bytes. */
export type Hash = Uint8Array;

export function leafHash(entry: Uint8Array): Hash {
  return hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'buffer');
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');
}

export const emptyRoot: Hash = hash('sha256', '', 'buffer');

export function sameHash(a: Hash, b: Hash): boolean {
  return Buffer.compare(a, b) === 0;
}

// ── A growing tree, kept as its right edge: of each level the last tile, which is not yet full ────────────────────

/** A tile holds up to 256 hashes of one level; only a full tile is raised, as one hash, to the level above (tlog-tiles). */
export interface EdgeTile {
  /** Number of the tile within its level: so many full tiles stand before it. */
  n: bigint;
  /** Hashes in it, 0–255. */
  width: number;
  /** 8,192 bytes, of which the first width × 32 count. */
  data: Buffer;
}

export interface FullTile {
  readonly level: number;
  readonly n: bigint;
  readonly data: Buffer;
}

export interface Edge {
  size: bigint;
  readonly tiles: EdgeTile[];
  /** Tiles that have become full since the caller last emptied this list. */
  readonly full: FullTile[];
}

export function emptyEdge(): Edge {
  return { size: 0n, tiles: [], full: [] };
}

/**
 * Appends one leaf. `prefixed` is a zero byte followed by the entry, as RFC 6962 hashes it: whoever has the entry in a buffer
 * need not copy it. Digests travel as Latin-1 text, which Node makes more than twice as fast as buffers.
 */
export function append(edge: Edge, prefixed: Uint8Array): void {
  raise(edge, 0, hash('sha256', prefixed, 'binary'));
  edge.size += 1n;
}

function raise(edge: Edge, level: number, digest: string): void {
  const tile = (edge.tiles[level] ??= { n: 0n, width: 0, data: Buffer.alloc(8192) });
  tile.data.write(digest, tile.width * 32, 'latin1');
  tile.width += 1;
  if (tile.width < 256) return;
  edge.full.push({ level, n: tile.n, data: tile.data });
  const above = subtree(tile.data);
  tile.n += 1n;
  tile.width = 0;
  tile.data = Buffer.alloc(8192);
  raise(edge, level + 1, above);
}

function subtree(hashes: Buffer): string {
  const work = Buffer.from(hashes);
  const pair = Buffer.alloc(65, 1);
  for (let width = hashes.length / 32; width > 1; width /= 2) {
    for (let i = 0; i < width / 2; i += 1) {
      work.copy(pair, 1, i * 64, i * 64 + 64);
      work.write(hash('sha256', pair, 'binary'), i * 32, 'latin1');
    }
  }
  return work.toString('latin1', 0, 32);
}

/** The root over these hashes, 32 bytes each, whose number is a power of two. */
export function subtreeRoot(hashes: Buffer): Hash {
  return Buffer.from(subtree(hashes), 'latin1');
}

/** The root of the tree with this right edge: its complete subtrees, joined from the smallest, which stands rightmost. */
export function rootOf(edge: Edge): Hash {
  let root: Hash | null = null;
  for (const tile of edge.tiles) {
    for (let end = tile.width; end > 0;) {
      const width = end & -end;
      const part = subtreeRoot(tile.data.subarray((end - width) * 32, end * 32));
      root = root === null ? part : nodeHash(part, root);
      end -= width;
    }
  }
  return root ?? emptyRoot;
}

// ── Proofs ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** RFC 9162 §2.1.3.2: whether `proof` shows that the leaf at `index` is in the tree of this size and root. */
export function verifyInclusion(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0n || index >= size || leaf.length !== 32 || root.length !== 32) return false;
  let fn = index;
  let sn = size - 1n;
  let hash = leaf;
  for (const step of proof) {
    if (step.length !== 32 || sn === 0n) return false;
    if (fn % 2n === 1n || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n;
        sn /= 2n;
      }
    } else {
      hash = nodeHash(hash, step);
    }
    fn /= 2n;
    sn /= 2n;
  }
  return sn === 0n && sameHash(hash, root);
}

/** RFC 9162 §2.1.4.2: whether the tree of size2/root2 begins with that of size1/root1. Size 0 proves nothing: refused. */
export function verifyConsistency(
  size1: bigint,
  size2: bigint,
  proof: readonly Hash[],
  root1: Hash,
  root2: Hash,
): boolean {
  if (size1 <= 0n || size1 > size2) return false;
  if (size1 === size2) return proof.length === 0 && sameHash(root1, root2);
  if (proof.length === 0 || proof.some((step) => step.length !== 32)) return false;
  const [first, ...rest] = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : proof;
  if (!first) return false;
  let fn = size1 - 1n;
  let sn = size2 - 1n;
  while (fn % 2n === 1n) {
    fn /= 2n;
    sn /= 2n;
  }
  let old = first;
  let now = first;
  for (const step of rest) {
    if (sn === 0n) return false;
    if (fn % 2n === 1n || fn === sn) {
      old = nodeHash(step, old);
      now = nodeHash(step, now);
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n;
        sn /= 2n;
      }
    } else {
      now = nodeHash(now, step);
    }
    fn /= 2n;
    sn /= 2n;
  }
  return sn === 0n && sameHash(old, root1) && sameHash(now, root2);
}
