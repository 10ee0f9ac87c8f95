import assert from 'node:assert/strict';
import { verify, createPublicKey } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { canonicalJson, handleOf, loadSecret, loadSigner, randomSalts, sealOf, sha256Hex, veilOf } from './index.ts';

describe('keys', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gestand-keys-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are made once, kept whole, and readable by nobody else', () => {
    const file = join(folder, 'keys', 'ledger.key');
    const [first, second] = [loadSigner(file), loadSigner(file)];
    assert.deepEqual(first.publicKey, second.publicKey);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(folder, 'keys')), ['ledger.key']);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), first.publicKey]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    assert.ok(verify(null, Buffer.from('a note\n'), key, second.sign('a note\n')));
    assert.ok(!verify(null, Buffer.from('another\n'), key, second.sign('a note\n')));
  });

  it('are refused when others may read them, or when they are damaged', () => {
    const [key, secret] = [join(folder, 'open.key'), join(folder, 'open.secret')];
    loadSigner(key);
    loadSecret(secret);
    for (const file of [key, secret]) chmodSync(file, 0o640);
    assert.throws(() => loadSigner(key), /others can read/);
    assert.throws(() => loadSecret(secret), /others can read/);
    writeFileSync(join(folder, 'empty'), '', { mode: 0o600 });
    assert.throws(() => loadSigner(join(folder, 'empty')));
    assert.throws(() => loadSecret(join(folder, 'empty')), /damaged/);
  });

  it('make handles and seals that change with every part', () => {
    const [one, two] = [loadSecret(join(folder, 'one')), loadSecret(join(folder, 'two'))];
    assert.equal(handleOf(one, 'a', 'b'), handleOf(one, 'a', 'b'));
    const others = [handleOf(one, 'ab'), handleOf(one, 'ab', ''), handleOf(one, 'b', 'a'), handleOf(two, 'a', 'b')];
    assert.ok(!others.includes(handleOf(one, 'a', 'b')));
    const seal = sealOf(one);
    assert.ok(seal.check('plan', seal.sign('plan')));
    assert.ok(!seal.check('plan ', seal.sign('plan')));
    assert.ok(!sealOf(two).check('plan', seal.sign('plan')));
    assert.ok(!seal.check('plan', ''));
    const salts = randomSalts(100);
    assert.equal(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size, 100);
    assert.ok(salts.every((salt) => salt.length === 32));
  });

  it('veil text so that only they lift it, and only as it was', () => {
    const [one, two] = [veilOf(loadSecret(join(folder, 'one'))), veilOf(loadSecret(join(folder, 'two')))];
    const sealed = one.veil('2026/11/24/in.wav');
    assert.equal(one.unveil(sealed), '2026/11/24/in.wav');
    assert.notEqual(one.veil('2026/11/24/in.wav'), sealed);
    assert.throws(() => two.unveil(sealed));
    const bytes = Buffer.from(sealed, 'base64');
    for (let i = 0; i < bytes.length; i += 1) {
      assert.throws(() => one.unveil(Buffer.from(bytes.with(i, (bytes[i] ?? 0) ^ 1)).toString('base64')));
      assert.throws(() => one.unveil(bytes.subarray(0, i).toString('base64')));
    }
  });

  it('hash one value in one way, however its members were ordered', () => {
    const value = { b: [1, 'é', null], a: { z: 1e21, y: -0 } };
    assert.equal(canonicalJson(value), '{"a":{"y":0,"z":1e+21},"b":[1,"é",null]}');
    assert.equal(
      sha256Hex(canonicalJson(value)),
      sha256Hex(canonicalJson({ a: { y: 0, z: 1e21 }, b: [1, 'é', null] })),
    );
    assert.throws(() => canonicalJson(undefined), TypeError);
  });
});
