import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, asyncProperty, constant, constantFrom, integer, oneof, tuple } from 'fast-check';
import { consistencyProof, inclusionProof, type Tree } from './proof.ts';
import {
  append,
  emptyEdge,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  widthOf,
  type Hash,
} from './verify/index.ts';

const entry = (i: number): Buffer => Buffer.from(`entry ${i}`);

const edges = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 66_100];
const wanted = (size: number): boolean => size <= 1_100 || size >= 65_400 || edges.includes(size);

/** A tree of this many entries: its tiles as published, and its root at the sizes that are wanted. */
function grown(size: number): { tree: (size: number) => Tree; roots: Hash[] } {
  const edge = emptyEdge();
  const roots = [rootOf(edge)];
  for (let i = 0; i < size; i += 1) {
    append(edge, Buffer.concat([Buffer.of(0), entry(i)]));
    if (wanted(i + 1)) roots[i + 1] = rootOf(edge);
  }
  const find = (level: number, n: bigint): Buffer =>
    edge.full.find((tile) => tile.level === level && tile.n === n)?.data ?? edge.tiles[level]?.data ?? Buffer.alloc(0);
  const tree = (at: number): Tree => ({
    size: BigInt(at),
    source: {
      entries: () => Buffer.alloc(0),
      tile: (level, n, width) => {
        // A reader may ask only for tiles as wide as they were at that size.
        assert.equal(width, widthOf(n, BigInt(at) / 256n ** BigInt(level)));
        return find(level, n).subarray(0, width * 32);
      },
    },
  });
  return { tree, roots };
}

describe('a proof', () => {
  // Three levels of tiles: 65,536 entries fill the second.
  const { tree, roots } = grown(66_100);
  const rootAt = (size: number): Hash => roots[size] ?? Buffer.alloc(0);
  const sizes = oneof(constantFrom(...edges), integer({ min: 1, max: 1_100 }), integer({ min: 65_400, max: 66_100 }));

  it('shows of every entry at every size that it is in the tree, and of no other', async () => {
    const pairs = sizes.chain((size) => tuple(constant(size), integer({ min: 0, max: size - 1 })));
    await check(
      asyncProperty(pairs, async ([size, index]) => {
        const proof = await inclusionProof(tree(size), BigInt(index));
        const shows = (i: number, of: number): boolean =>
          verifyInclusion(BigInt(i), BigInt(size), leafHash(entry(of)), proof, rootAt(size));
        assert.ok(shows(index, index));
        assert.ok(!shows(index, index + 1));
        assert.ok(!shows(index + 1, index));
        assert.ok(size === 1 || !shows(index - 1, index));
      }),
      { numRuns: 300 },
    );
    await assert.rejects(inclusionProof(tree(5), 5n), /no entry of this index/);
  });

  it('shows of every size that what came later begins with it, and of no other history', async () => {
    await check(
      asyncProperty(sizes, sizes, async (a, b) => {
        const [size1, size2] = a < b ? [a, b] : [b, a];
        const proof = await consistencyProof(tree(size2), BigInt(size1));
        const shows = (one: Hash, two: Hash): boolean =>
          verifyConsistency(BigInt(size1), BigInt(size2), proof, one, two);
        assert.ok(shows(rootAt(size1), rootAt(size2)));
        assert.ok(!shows(leafHash(Buffer.from('other')), rootAt(size2)));
        assert.ok(!shows(rootAt(size1), leafHash(Buffer.from('other'))));
      }),
      { numRuns: 300 },
    );
    await assert.rejects(consistencyProof(tree(5), 0n), /no such beginning/);
    await assert.rejects(consistencyProof(tree(5), 6n), /no such beginning/);
  });
});
