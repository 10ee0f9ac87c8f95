import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  append,
  emptyEdge,
  emptyRoot,
  formatProof,
  keyId,
  leafHash,
  nodeHash,
  openNote,
  parseKey,
  parseProof,
  rootOf,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from './index.ts';

interface Rfc6962 {
  hashes: { entry?: string | null; left?: string; right?: string; hash: string }[];
  leaves: string[];
  nodes: string[][];
  roots: string[];
  someHash: string;
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { size1: number; size2: number; proof: string[] }[];
  verbatim: { inclusion: string[]; consistency: string[] };
}

interface Notes {
  text: string;
  keys: { peter: string; enoch: string };
  badKeys: string[];
  privateKey: string;
  signatures: { peter: string };
  opens: string[];
  refused: string[];
}

const folder = new URL('../../../test/vectors/ledger/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const merkle = read('rfc6962.json') as Rfc6962;
const notes = read('signed-note.json') as Notes;
const proofs = read('tlog-proof.json') as { refused: string[] };
const rootAt = (size: number): Buffer => hex(merkle.roots[size] ?? '');
const some = hex(merkle.someHash);
const garbage = Buffer.alloc(0);

/** Of one true proof, the false ones that the reference implementation tries. */
interface Probe {
  readonly what: string;
  readonly a: bigint;
  readonly b: bigint;
  readonly proof: readonly Hash[];
  readonly one: Hash;
  readonly two: Hash;
}

function falseProbes(kind: 'inclusion' | 'consistency', good: Probe): Probe[] {
  const { a, b, proof, one, two } = good;
  const ends = kind === 'inclusion' ? [two] : [one, two];
  const probes: Probe[] = [
    // One less than 0 is 2^64 − 1 to the reference.
    { ...good, what: 'a - 1', a: BigInt.asUintN(64, a - 1n) },
    { ...good, what: 'a + 1', a: a + 1n },
    { ...good, what: 'a ^ 2', a: a ^ 2n },
    { ...good, what: 'b * 2', b: b * 2n },
    { ...good, what: 'b / 2', b: b / 2n },
    { ...good, what: 'wrong one', one: Buffer.from('WrongLeaf') },
    { ...good, what: 'wrong two', two: Buffer.from('WrongRoot') },
    { ...good, what: 'empty root', two: emptyRoot },
    { ...good, what: 'random root', two: some },
    { ...good, what: 'trailing garbage', proof: [...proof, garbage] },
    { ...good, what: 'preceding garbage', proof: [garbage, ...proof] },
    ...ends.flatMap((end) => [
      { ...good, what: 'trailing root', proof: [...proof, end] },
      { ...good, what: 'preceding root', proof: [end, ...proof] },
    ]),
    ...proof.map((step, i) => {
      const flipped = Buffer.from(step);
      flipped[0] = (flipped[0] ?? 0) ^ (kind === 'inclusion' ? 8 : 16);
      return { ...good, what: `one bit of ${i}`, proof: proof.with(i, flipped) };
    }),
  ];
  if (proof.length > 0) probes.push({ ...good, what: 'truncated', proof: proof.slice(0, -1) });
  if (proof.length > 1)
    probes.push({ ...good, what: 'inserted', proof: [...proof.slice(0, 1), some, ...proof.slice(1)] });
  if (kind === 'consistency') {
    probes.push({ ...good, what: 'empty proof', proof: [] }, { ...good, what: 'swapped roots', one: two, two: one });
    if (proof[0]) probes.push({ ...good, what: 'proof[0] twice', proof: [proof[0], ...proof] });
  }
  return probes;
}

const included = (probe: Probe): boolean => verifyInclusion(probe.a, probe.b, probe.one, probe.proof, probe.two);
const consistent = (probe: Probe): boolean => verifyConsistency(probe.a, probe.b, probe.proof, probe.one, probe.two);

/** JSON with integers beyond 2^53 as BigInt. */
function parseBig(text: string): Record<string, unknown> {
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? BigInt(context?.source ?? value) : value,
  ) as Record<string, unknown>;
}

describe('the published vectors', () => {
  it('give the leaf and node hashes of RFC 6962', () => {
    for (const { entry, left, right, hash } of merkle.hashes) {
      const ours =
        left !== undefined && right !== undefined
          ? nodeHash(hex(left), hex(right))
          : entry === null || entry === undefined
            ? emptyRoot
            : leafHash(hex(entry));
      assert.equal(Buffer.from(ours).toString('hex'), hash);
    }
    assert.deepEqual(
      merkle.leaves.map((leaf) => Buffer.from(leafHash(hex(leaf))).toString('hex')),
      merkle.nodes[0],
    );
  });

  it('give the roots of trees of 0 to 8 leaves', () => {
    const edge = emptyEdge();
    assert.deepEqual(rootOf(edge), rootAt(0));
    for (const [i, leaf] of merkle.leaves.entries()) {
      append(edge, Buffer.concat([Buffer.of(0), hex(leaf)]));
      assert.deepEqual(rootOf(edge), rootAt(i + 1));
    }
  });

  it('hold for every inclusion proof, and refuse all that is changed in one', () => {
    let refused = 0;
    for (const { index, size, proof } of merkle.inclusion) {
      const one = leafHash(hex(merkle.leaves[index] ?? ''));
      const good = { what: 'good', a: BigInt(index), b: BigInt(size), proof: proof.map(hex), one, two: rootAt(size) };
      assert.ok(included(good));
      for (const probe of falseProbes('inclusion', good)) {
        assert.ok(!included(probe), `${index} of ${size}: ${probe.what}`);
        refused += 1;
      }
    }
    assert.ok(refused > 70);
  });

  it('hold for every consistency proof, and refuse all that is changed in one', () => {
    let refused = 0;
    for (const { size1, size2, proof } of merkle.consistency) {
      const roots = { one: rootAt(size1), two: rootAt(size2) };
      const good = { what: 'good', a: BigInt(size1), b: BigInt(size2), proof: proof.map(hex), ...roots };
      assert.ok(consistent(good));
      // Of equal sizes the reference tries no false proofs: swapped roots are the same there.
      for (const probe of proof.length > 0 ? falseProbes('consistency', good) : []) {
        assert.ok(!consistent(probe), `${size1} in ${size2}: ${probe.what}`);
        refused += 1;
      }
    }
    assert.ok(refused > 70);
  });

  it('prove nothing from an empty beginning: a first size of 0 is refused', () => {
    assert.equal(verifyConsistency(0n, 0n, [], emptyRoot, emptyRoot), false);
    assert.equal(verifyConsistency(0n, 1n, [], emptyRoot, rootAt(1)), false);
    assert.equal(verifyConsistency(2n, 1n, [], rootAt(2), rootAt(1)), false);
    assert.equal(verifyConsistency(1n, 1n, [], rootAt(1), rootAt(1)), true);
  });

  it('keep indices beyond 2^53 apart', () => {
    const hashes = (value: unknown): Buffer[] => ((value ?? []) as string[]).map((one) => Buffer.from(one, 'base64'));
    const bytes = (value: unknown): Buffer => Buffer.from(value as string, 'base64');
    for (const text of merkle.verbatim.inclusion) {
      const { leafIdx, treeSize, leafHash: leaf, proof, root, wantErr } = parseBig(text);
      const ok = verifyInclusion(leafIdx as bigint, treeSize as bigint, bytes(leaf), hashes(proof), bytes(root));
      assert.equal(ok, !wantErr);
    }
    for (const text of merkle.verbatim.consistency) {
      const { size1, size2, root1, root2, proof, wantErr } = parseBig(text);
      const ok = verifyConsistency(size1 as bigint, size2 as bigint, hashes(proof), bytes(root1), bytes(root2));
      assert.equal(ok, !wantErr);
    }
    // A tree of 2^60 equal leaves: the path of its last leaf is known. As numbers, the two indices would be one.
    const path: Hash[] = [];
    let root = leafHash(Buffer.from('x'));
    for (let level = 0; level < 60; level += 1) {
      path.push(root);
      root = nodeHash(root, root);
    }
    const other = [...path.slice(0, -1), some];
    const size = 2n ** 60n;
    assert.ok(verifyInclusion(size - 1n, size, leafHash(Buffer.from('x')), path, root));
    assert.ok(!verifyInclusion(size - 1n, size, leafHash(Buffer.from('x')), other, root));
    assert.ok(!verifyInclusion(size, size, leafHash(Buffer.from('x')), path, root));
    const lopsided = nodeHash(root, leafHash(Buffer.from('last')));
    assert.ok(verifyInclusion(size, size + 1n, leafHash(Buffer.from('last')), [root], lopsided));
    assert.ok(!verifyInclusion(size - 1n, size + 1n, leafHash(Buffer.from('last')), [root], lopsided));
  });

  it('open signed notes of the known key, whoever else has signed, and refuse the malformed', () => {
    const peter = parseKey(notes.keys.peter);
    for (const note of notes.opens) {
      assert.equal(openNote(note, peter), notes.text);
      assert.equal(openNote(note, parseKey(notes.keys.enoch)), notes.text);
    }
    for (const note of notes.refused) assert.throws(() => openNote(note, peter));
  });

  it('refuse every part and every changed character of a verifier key', () => {
    const { peter } = notes.keys;
    for (let i = 0; i <= peter.length; i += 1) {
      for (let j = i + 1; j <= peter.length; j += 1) {
        if (i !== 0 || j !== peter.length) assert.throws(() => parseKey(peter.slice(i, j)));
      }
    }
    for (let i = 0; i < peter.length; i += 1) {
      const next = String.fromCharCode(peter.charCodeAt(i) + 1);
      assert.throws(() => parseKey(peter.slice(0, i) + next + peter.slice(i + 1)));
    }
    for (const bad of notes.badKeys) assert.throws(() => parseKey(bad));
  });

  it('make the same signature as the reference from the same key', () => {
    const seed = Buffer.from(/^(?:[^+]+\+){4}(.+)$/.exec(notes.privateKey)?.[1] ?? '', 'base64').subarray(1);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const peter = parseKey(notes.keys.peter);
    assert.equal(keyId(peter.name, peter.key), peter.id);
    const signed = Buffer.concat([Buffer.from(peter.id, 'hex'), sign(null, Buffer.from(notes.text), key)]);
    assert.equal(`\u2014 PeterNeumann ${signed.toString('base64')}\n`, notes.signatures.peter);
  });

  it('refuse texts that are no tlog-proof, and read back what we write', () => {
    const endless = `c2sp.org/tlog-proof@v1\nindex 0\n${'a'.repeat(65 * 1024)}\n`;
    for (const text of [...proofs.refused, endless]) assert.throws(() => parseProof(text));
    const [one, two] = [leafHash(Buffer.from('hash1')), leafHash(Buffer.from('hash2'))];
    for (const proof of [
      { extra: null, index: 5n, hashes: [one, two], checkpoint: 'test checkpoint\n' },
      { extra: Buffer.from('extra information'), index: 10n, hashes: [one], checkpoint: 'checkpoint data\n' },
      { extra: null, index: 0n, hashes: [], checkpoint: 'checkpoint\n' },
    ]) {
      assert.deepEqual(parseProof(formatProof(proof)), proof);
    }
    const empty = { extra: null, index: 0n, hashes: [], checkpoint: 'checkpoint\n' };
    assert.equal(formatProof(empty), 'c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n');
  });

  it('name tiles as tlog-tiles does', () => {
    assert.equal(tilePath(0, 1234067n, 256), 'tile/0/x001/x234/067');
    assert.equal(tilePath('entries', 1234067n, 8), 'tile/entries/x001/x234/067.p/8');
    assert.equal(tilePath(1, 0n, 1), 'tile/1/000.p/1');
  });
});
