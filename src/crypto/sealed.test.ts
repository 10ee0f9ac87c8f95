import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinKey, lockKey, newSealKey, openSealed, sealTo, splitKey, unlockKey } from './index.ts';

describe('what is sealed', () => {
  it('is opened by each of those it was sealed to and by nobody else, and not when it was changed', async () => {
    const [one, two, other] = [await newSealKey(), await newSealKey(), await newSealKey()];
    const sealed = await sealTo([one.recipient, two.recipient], 'een klacht');
    assert.equal(await openSealed(one.identity, sealed), 'een klacht');
    assert.equal(await openSealed(two.identity, sealed), 'een klacht');
    await assert.rejects(openSealed(other.identity, sealed));
    await assert.rejects(openSealed(one.identity, sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1)));
    assert.ok(!Buffer.from(sealed).includes('klacht'));
    await assert.rejects(sealTo([], 'x'), TypeError);
  });

  it('by a passphrase opens with that passphrase', async () => {
    const key = await newSealKey();
    const locked = await lockKey(key.identity, 'vier zoute haringen');
    assert.match(locked, /^-----BEGIN AGE ENCRYPTED FILE-----/);
    assert.deepEqual(await unlockKey(locked, 'vier zoute haringen'), key);
    assert.equal(await unlockKey(locked, 'vijf zoute haringen'), null);
  });

  it('comes back from so many parts, any of them, and not from one fewer', async () => {
    const key = await newSealKey();
    const parts = await splitKey(key, 5, 3);
    assert.match(parts[0] ?? '', /^([0-9a-z]{4}-){13}[0-9a-z]{4}$/);
    const [a = '', b = '', c = '', d = '', e = ''] = parts;
    for (const three of [
      [a, b, c],
      [e, c, a],
      [d, b, e],
    ])
      assert.deepEqual(await joinKey(three, key.recipient), key);
    assert.deepEqual(await joinKey([a.toUpperCase().replaceAll('-', ' '), b, c, d, e], key.recipient), key);
    for (const fewer of [[a, b], [d, e], [a], [], [a, a, b]]) assert.equal(await joinKey(fewer, key.recipient), null);
  });

  it('does not come back from a part that was mistyped, or is of another key', async () => {
    const [key, other] = [await newSealKey(), await newSealKey()];
    const [a = '', b = ''] = await splitKey(key, 3, 2);
    const [foreign = ''] = await splitKey(other, 3, 2);
    const slip = a.replace(/^./, (letter) => (letter === 'x' ? 'y' : 'x'));
    for (const codes of [
      [slip, b],
      [foreign, b],
      ['u', b],
      ['', b],
    ])
      assert.equal(await joinKey(codes, key.recipient), null);
  });
});
