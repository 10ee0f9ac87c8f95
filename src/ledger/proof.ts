/** Proofs out of tiles: inclusion (RFC 6962 §2.1.1) and consistency (§2.1.2). */
import { nodeHash, subtreeRoot, widthOf, type Hash, type TileSource } from './verify/index.ts';

/** A tree at one size: its tiles, as full as they were then. */
export interface Tree {
  readonly source: TileSource;
  readonly size: bigint;
}

/** The hashes from the leaf's sibling up to the root's child. */
export async function inclusionProof(tree: Tree, index: bigint): Promise<Hash[]> {
  if (index < 0n || index >= tree.size) throw new RangeError('the tree has no entry of this index');
  const beside: [bigint, bigint][] = [];
  let [from, to] = [0n, tree.size];
  while (to - from > 1n) {
    const split = from + largestPowerBelow(to - from);
    beside.unshift(index < split ? [split, to] : [from, split]);
    if (index < split) to = split;
    else from = split;
  }
  return rangeRoots(tree, beside);
}

/** Shows that the tree begins with its own first `size1` entries; 0 < size1 ≤ size. */
export async function consistencyProof(tree: Tree, size1: bigint): Promise<Hash[]> {
  if (size1 <= 0n || size1 > tree.size) throw new RangeError('the tree has no such beginning');
  const beside: [bigint, bigint][] = [];
  let [from, to] = [0n, tree.size];
  while (size1 !== to) {
    const split = from + largestPowerBelow(to - from);
    beside.unshift(size1 <= split ? [split, to] : [from, split]);
    if (size1 <= split) to = split;
    else from = split;
  }
  // Where the old tree is itself a complete subtree from 0, the verifier has its root already.
  if (from !== 0n) beside.unshift([from, to]);
  return rangeRoots(tree, beside);
}

function largestPowerBelow(n: bigint): bigint {
  let power = 1n;
  while (power * 2n < n) power *= 2n;
  return power;
}

async function rangeRoots(tree: Tree, ranges: readonly [bigint, bigint][]): Promise<Hash[]> {
  const roots: Hash[] = [];
  for (const [from, to] of ranges) roots.push(await rangeRoot(tree, from, to));
  return roots;
}

/** The root over entries from ≤ i < to, where `from` is a multiple of the largest power of two in the range. */
async function rangeRoot(tree: Tree, from: bigint, to: bigint): Promise<Hash> {
  const count = to - from;
  if ((count & (count - 1n)) !== 0n) {
    const split = from + largestPowerBelow(count);
    return nodeHash(await rangeRoot(tree, from, split), await rangeRoot(tree, split, to));
  }
  // A complete subtree: at most 128 neighbouring hashes of one tile, at the level that still divides it.
  let [level, unit] = [0, 1n];
  for (; unit * 256n <= count; unit *= 256n) level += 1;
  const first = from / unit;
  const n = first / 256n;
  const tile = await tree.source.tile(level, n, widthOf(n, tree.size / unit));
  const at = Number(first % 256n) * 32;
  return subtreeRoot(tile.subarray(at, at + Number(count / unit) * 32));
}
