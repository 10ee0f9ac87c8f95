/**
 * The Merkle tree of RFC 6962 §2.1 and the proofs of RFC 9162 §2.1.3.2 and §2.1.4.2. Indices and sizes are BigInt: published
 * vectors exceed 2^53. Depends on nothing but Node's SHA-256.
 */
import { createHash } from 'node:crypto';

export type Hash = Uint8Array;

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

export function leafHash(entry: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

export const emptyRoot: Hash = createHash('sha256').digest();

export function sameHash(a: Hash, b: Hash): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The right edge of a growing tree: the roots of its complete subtrees, largest first. */
export class Edge {
  #subtrees: { level: number; hash: Hash }[] = [];
  size = 0n;

  push(leaf: Hash): void {
    this.#subtrees.push({ level: 0, hash: leaf });
    this.size += 1n;
    for (;;) {
      const right = this.#subtrees.at(-1);
      const left = this.#subtrees.at(-2);
      if (!left || !right || left.level !== right.level) return;
      this.#subtrees.splice(-2, 2, { level: left.level + 1, hash: nodeHash(left.hash, right.hash) });
    }
  }

  root(): Hash {
    let root: Hash | null = null;
    for (const { hash } of this.#subtrees.toReversed()) root = root === null ? hash : nodeHash(hash, root);
    return root ?? emptyRoot;
  }
}

/** RFC 9162 §2.1.3.2: whether `proof` shows that the leaf at `index` is in the tree of this size and root. */
export function verifyInclusion(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0n || index >= size) return false;
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

/** RFC 9162 §2.1.4.2: whether the tree of size2/root2 begins with the tree of size1/root1. Size 0 proves nothing and is refused. */
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
  const path = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : [...proof];
  let fn = size1 - 1n;
  let sn = size2 - 1n;
  while (fn % 2n === 1n) {
    fn /= 2n;
    sn /= 2n;
  }
  const [first, ...rest] = path;
  if (!first) return false;
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
