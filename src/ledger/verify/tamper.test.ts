import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  append,
  checkTree,
  emptyEdge,
  folderSource,
  keyId,
  openCheckpoint,
  parseKey,
  rootOf,
  tilePath,
  verifyLog,
  widthOf,
  type TileSource,
} from './index.ts';

const origin = 'gestand.test/tamper';
const size = 1_000;
const history = (changed: ReadonlyMap<number, string> = new Map()): Buffer[] =>
  Array.from({ length: size }, (_, i) =>
    Buffer.from(changed.get(i) ?? `{"at":"2026-11-24T10:00Z","n":${i},"t":"x","v":1}`),
  );

interface Author {
  readonly vkey: string;
  readonly key: KeyObject;
}

function author(): Author {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const coded = Buffer.concat([Buffer.of(1), raw]).toString('base64');
  return { vkey: `${origin}+${keyId(origin, raw)}+${coded}`, key: privateKey };
}

/** Publishes a log of these entries, signed by this author: as the C2SP texts say, and apart from our own publisher. */
function publishAs({ vkey, key }: Author, folder: string, entries: readonly Buffer[]): void {
  const put = (path: string, data: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), data);
  };
  const edge = emptyEdge();
  for (const entry of entries) append(edge, Buffer.concat([Buffer.of(0), entry]));
  for (const tile of edge.full) put(tilePath(tile.level, tile.n, 256), tile.data);
  for (const [level, { n, width, data }] of edge.tiles.entries()) {
    if (width > 0) put(tilePath(level, n, width), data.subarray(0, width * 32));
  }
  for (let n = 0; n * 256 < entries.length; n += 1) {
    const part = entries.slice(n * 256, n * 256 + 256);
    const bundle = part.map((entry) => Buffer.concat([Buffer.of(entry.length >> 8, entry.length & 255), entry]));
    put(tilePath('entries', BigInt(n), part.length), Buffer.concat(bundle));
  }
  const text = `${origin}\n${entries.length}\n${Buffer.from(rootOf(edge)).toString('base64')}\n`;
  const signature = Buffer.concat([Buffer.from(parseKey(vkey).id, 'hex'), sign(null, Buffer.from(text), key)]);
  put('checkpoint', `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`);
}

/** Numbers that are the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

const kinds = ['flip', 'truncate', 'lengthen', 'swap', 'drop', 'double', 'empty', 'other file'] as const;

/** A changed copy of these bytes; never the same. */
function tampered(
  original: Buffer,
  kind: (typeof kinds)[number],
  other: Buffer,
  random: (below: number) => number,
): Buffer {
  const copy = Buffer.from(original);
  const place = random(copy.length);
  const byte = copy[place] ?? 0;
  switch (kind) {
    case 'flip':
      copy[place] = byte ^ (1 << random(8));
      return copy;
    case 'truncate':
      return copy.subarray(0, place);
    case 'lengthen':
      return Buffer.concat([copy, Buffer.of(random(256))]);
    case 'swap': {
      const second = copy.findIndex((value, i) => i > place && value !== byte);
      if (second < 0) return copy.subarray(0, place);
      copy[place] = copy[second] ?? 0;
      copy[second] = byte;
      return copy;
    }
    case 'drop':
      return Buffer.concat([copy.subarray(0, place), copy.subarray(place + 1)]);
    case 'double':
      return Buffer.concat([copy.subarray(0, place + 1), copy.subarray(place)]);
    case 'empty':
      return Buffer.alloc(0);
    case 'other file':
      return other.equals(original) ? Buffer.alloc(1) : other;
  }
}

type Verifier = (folder: string) => Promise<boolean>;

describe('a published log that somebody changed', () => {
  const ours = author();
  let base: string;
  let copy: string;
  let whole: string;
  const real: Verifier = async (folder) => (await verifyLog(folder, { key: ours.vkey })).ok;

  before(() => {
    base = mkdtempSync(join(tmpdir(), 'gestand-tamper-'));
    copy = join(base, 'copy');
    whole = join(base, 'whole');
    publishAs(ours, copy, history());
    publishAs(ours, whole, history());
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  /** Tampers so many times, each undone before the next; how many this verifier let pass. */
  async function passing(verifier: Verifier, times: number): Promise<number> {
    const files = readdirSync(copy, { recursive: true, encoding: 'utf8' })
      .map((name) => join(copy, name))
      .filter((name) => statSync(name).isFile());
    const random = sequence(20_261_124);
    let passed = 0;
    for (let i = 0; i < times; i += 1) {
      const file = files[random(files.length)] ?? '';
      const original = readFileSync(file);
      const other = readFileSync(files[random(files.length)] ?? '');
      writeFileSync(file, tampered(original, kinds[i % kinds.length] ?? 'flip', other, random));
      if (await verifier(copy)) passed += 1;
      writeFileSync(file, original);
    }
    return passed;
  }

  it('is refused in each of 1,000 sampled changes, and accepted untouched', async () => {
    assert.equal(await real(copy), true);
    assert.equal(await passing(real, 1_000), 0);
    assert.equal(await real(copy), true);
  });

  it('would pass a verifier that skips any one of its checks', async () => {
    const skipping =
      (part: (changed: TileSource, untouched: TileSource) => TileSource): Verifier =>
      async (folder) => {
        try {
          const now = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), parseKey(ours.vkey));
          return (await checkTree(part(folderSource(folder), folderSource(whole)), [now])) === null;
        } catch {
          return false; // refused, as the real one would
        }
      };
    const blindToTiles = skipping(({ entries }, { tile }) => ({ entries, tile }));
    const blindToEntries = skipping(({ tile }, { entries }) => ({ entries, tile }));
    const blindToSignature: Verifier = async (folder) => {
      const now = openCheckpoint(readFileSync(join(whole, 'checkpoint'), 'utf8'), parseKey(ours.vkey));
      try {
        return (await checkTree(folderSource(folder), [now])) === null;
      } catch {
        return false; // a missing part
      }
    };
    for (const mutant of [blindToTiles, blindToEntries, blindToSignature]) {
      assert.equal(await mutant(copy), true);
      assert.ok((await passing(mutant, 200)) > 0);
    }
  });

  it('is refused when entries are dropped, doubled, swapped, inserted or rewritten, each with its tiles made to fit', async () => {
    const before = history();
    const [a, b] = [before[17] ?? Buffer.alloc(0), before[700] ?? Buffer.alloc(0)];
    const forged = {
      dropped: before.toSpliced(17, 1),
      doubled: before.toSpliced(17, 0, a),
      swapped: before.with(17, b).with(700, a),
      inserted: before.toSpliced(300, 0, Buffer.from('{"t":"never"}')),
      rewritten: before.with(999, Buffer.from('{"n":0}')),
      truncated: before.slice(0, 999),
      emptied: [],
    };
    for (const [what, entries] of Object.entries(forged)) {
      const folder = join(base, what);
      publishAs(ours, folder, entries);
      writeFileSync(join(folder, 'checkpoint'), readFileSync(join(whole, 'checkpoint')));
      assert.equal(await real(folder), false, what);
    }
  });

  it('is refused when another key signed it, and when our own key signed a second history', async () => {
    const older = join(base, 'older');
    publishAs(ours, older, history().slice(0, 600));
    const since = readFileSync(join(older, 'checkpoint'), 'utf8');
    assert.equal((await verifyLog(whole, { key: ours.vkey, since })).ok, true);
    publishAs(author(), join(base, 'theirs'), history());
    assert.match((await verifyLog(join(base, 'theirs'), { key: ours.vkey })).problem ?? '', /not signed by this key/);
    const fork = join(base, 'fork');
    publishAs(ours, fork, history(new Map([[3, '{"n":"other"}']])));
    // Alone it stands: only who holds an earlier checkpoint can see it.
    assert.equal(await real(fork), true);
    assert.match((await verifyLog(fork, { key: ours.vkey, since })).problem ?? '', /first 600 entries/);
    assert.match(
      (await verifyLog(older, { key: ours.vkey, since: readFileSync(join(whole, 'checkpoint'), 'utf8') })).problem ??
        '',
      /fewer than/,
    );
  });

  it('is told by the first thing that is wrong', async () => {
    const path = join(copy, tilePath('entries', 2n, 256));
    const original = readFileSync(path);
    const changed = Buffer.from(original);
    changed[changed.indexOf('"n":600') + 4] = 0x37;
    writeFileSync(path, changed);
    assert.match(
      (await verifyLog(copy, { key: ours.vkey })).problem ?? '',
      /^entry 600 is not the one whose hash stands in tile\/0\/002$/,
    );
    writeFileSync(path, original);
    // In the last bundle too, where the root is missed as well.
    const last = join(copy, tilePath('entries', 3n, widthOf(3n, 1_000n)));
    const ending = readFileSync(last);
    const other = Buffer.from(ending);
    other[other.indexOf('"n":990') + 4] = 0x37;
    writeFileSync(last, other);
    assert.match((await verifyLog(copy, { key: ours.vkey })).problem ?? '', /^entry 990 is not the one/);
    writeFileSync(last, ending);
    const level1 = join(copy, tilePath(1, 0n, widthOf(0n, 3n)));
    const upper = readFileSync(level1);
    writeFileSync(level1, Buffer.alloc(96, 1));
    assert.match((await verifyLog(copy, { key: ours.vkey })).problem ?? '', /hash 0 of tile\/1\/000\.p\/3/);
    rmSync(level1);
    const { problem, ...known } = await verifyLog(copy, { key: ours.vkey });
    assert.match(problem ?? '', /tile\/1\/000\.p\/3 cannot be read \(ENOENT\)/);
    assert.equal(known.size, size);
    writeFileSync(level1, upper);
    assert.equal(await real(copy), true);
  });
});
