import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Busy, passwordHasher } from './index.ts';

describe('the hash of a password', () => {
  const hasher = passwordHasher();

  it('is argon2id with 46 MiB, differs each time, and knows its password alone', async () => {
    const [one, two] = await Promise.all([
      hasher.hash('twee kapotte paraplu’s'),
      hasher.hash('twee kapotte paraplu’s'),
    ]);
    assert.match(one ?? '', /^\$argon2id\$v=19\$m=47104,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one, two);
    assert.ok(await hasher.verify('twee kapotte paraplu’s', one ?? ''));
    assert.ok(!(await hasher.verify('twee kapotte paraplu’s ', one ?? '')));
    assert.ok(!(await hasher.verify('', null)));
  });

  it('reads what others wrote in the same form, and tells when it is dated', async () => {
    // The test vector of the reference implementation: argon2id, 64 MiB, 2 passes, 1 lane.
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    assert.ok(await hasher.verify('password', reference));
    assert.ok(!(await hasher.verify('differentpassword', reference)));
    assert.ok(hasher.isDated(reference));
    assert.ok(!hasher.isDated(await hasher.hash('x')));
    await assert.rejects(hasher.verify('x', '$2b$10$abcdefghijklmnopqrstuv'), TypeError);
  });

  it('is made for so many at once and no more: strangers wait or are sent away, those who are known go first', async () => {
    const narrow = passwordHasher({ atOnce: 1, waiting: 3 });
    const order: string[] = [];
    const ask = (who: string, known: boolean): Promise<unknown> =>
      narrow.verify('x', null, known).then(
        () => order.push(who),
        (cause: unknown) => order.push(cause instanceof Busy ? `${who} sent away` : 'fault'),
      );
    const strangers = ['s1', 's2', 's3', 's4', 's5', 's6'].map((who) => ask(who, false));
    await Promise.all([...strangers, ask('known', true)]);
    assert.deepEqual(order, ['s5 sent away', 's6 sent away', 's1', 'known', 's2', 's3', 's4']);
  });
});
