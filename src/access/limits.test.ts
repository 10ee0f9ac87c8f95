import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accessWorld, desk, member, passphrase, type Access, type Member } from '../../test/worlds/access.ts';
import { passwordHasher } from '../crypto/index.ts';
import { setCookie, signInWithPassword } from './index.ts';
import { networkOf } from './limits.ts';

describe('limits to guessing', () => {
  let access: Access;
  let anna: Member;
  const attempt = (email: string, network: string, password = 'mis mis mis'): Promise<string> =>
    signInWithPassword(access.world, { email, password }, { ...desk, network }).then(
      () => 'in',
      (cause: { code: string }) => cause.code,
    );
  before(async () => {
    access = await accessWorld();
    anna = await member(access, { name: 'Anna de Beer' });
  });
  after(() => access.close());

  it('hold for many attempts at once: they are counted before they are looked at', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => attempt(anna.email, '203.0.113.1')));
    assert.equal(answers.filter((one) => one === 'sign-in-refused').length, 6);
    assert.equal(answers.filter((one) => one === 'sign-in-wait').length, 24);
  });

  it('are the same for an account that is not there', async () => {
    const answers = [];
    for (let i = 0; i < 7; i += 1) answers.push(await attempt('nobody@voorbeeld.example', '203.0.113.2'));
    assert.deepEqual(answers, [...Array<string>(6).fill('sign-in-refused'), 'sign-in-wait']);
  });

  it('grow with each failure to a bound, and are forgotten after a quiet day', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const { rows } = await sql<{ s: number }>`
        select extract(epoch from max(until) - ${access.world.clock().toString()}::timestamptz)::float8 as s from access.attempt`.execute(
        access.world.db,
      );
      waits.push(rows[0]?.s ?? 0);
      access.pass({ seconds: Math.ceil(rows[0]?.s ?? 0) });
      assert.equal(await attempt(anna.email, '203.0.113.1'), 'sign-in-refused');
    }
    assert.deepEqual(waits, [15, 30, 60, 120, 240, 480, 900, 900, 900]);
    access.pass({ hours: 25 });
    for (let i = 0; i < 5; i += 1) await attempt(anna.email, '203.0.113.1');
    assert.equal(await attempt(anna.email, '203.0.113.1', passphrase), 'in');
  });

  it('are cleared for whoever knows the password, and held against a network that tries many accounts', async () => {
    for (let i = 0; i < 20; i += 1)
      assert.equal(
        await attempt(anna.email, '203.0.113.3', i % 4 === 3 ? passphrase : undefined).then(
          (one) => one !== 'sign-in-wait',
        ),
        true,
      );
    const spray = [];
    for (let i = 0; i < 53; i += 1) spray.push(await attempt(`u${i}@voorbeeld.example`, '203.0.113.4'));
    assert.equal(spray.indexOf('sign-in-wait'), 51);
    assert.equal(await attempt(anna.email, '203.0.113.5', passphrase), 'in', 'others come in');
  });

  it('take as long for an account that is not there as for a wrong password', async () => {
    const slow = await accessWorld({}, { hasher: passwordHasher() });
    const { email } = await member(slow, { name: 'Anna de Beer' });
    const time = async (address: (i: number) => string): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 7; i += 1) {
        const start = performance.now();
        const from = { ...desk, network: `198.51.100.${i}` };
        await assert.rejects(signInWithPassword(slow.world, { email: address(i), password: 'mis' }, from));
        times.push(performance.now() - start);
      }
      return times.toSorted((a, b) => a - b)[3] ?? 0;
    };
    const [there, absent] = [await time(() => email), await time((i) => `none${i}@voorbeeld.example`)];
    assert.ok(absent > there / 3 && there > absent / 3, `${there.toFixed(0)} ms against ${absent.toFixed(0)} ms`);
    // The control: what is not hashed answers many times faster.
    const start = performance.now();
    await sql`select from access.account where email_key = 'x'`.execute(slow.world.db);
    assert.ok(performance.now() - start < absent / 3);
    await slow.close();
  });
});

describe('a network', () => {
  it('is one IPv4 address, or the /64 of an IPv6 address, however it is written', () => {
    const same = ['2001:db8:0:1::1', '2001:0db8:0000:0001:ffff::2', '2001:DB8:0:1:a:b:c:d', '2001:db8:0:1::1%eth0'];
    assert.deepEqual([...new Set(same.map(networkOf))], ['2001:db8:0:1']);
    assert.equal(networkOf('::1'), '0:0:0:0');
    assert.equal(networkOf('192.0.2.1'), '192.0.2.1');
    assert.equal(networkOf('::ffff:192.0.2.1'), networkOf('::FFFF:c000:201'));
    assert.notEqual(networkOf('::ffff:192.0.2.1'), networkOf('::ffff:192.0.2.2'));
    for (const text of ['', 'x', '1.2.3', '192.0.2.1, 10.0.0.1']) assert.equal(networkOf(text), 'unknown');
  });
});

describe('a cookie of ours', () => {
  it('goes to this host alone, over TLS, out of reach of scripts, and is taken away in the same words', () => {
    assert.equal(setCookie('session', 'abc'), '__Host-gestand=abc; Path=/; Secure; HttpOnly; SameSite=Lax');
    assert.equal(setCookie('session', ''), '__Host-gestand=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0');
    assert.match(
      setCookie('device', 'x'),
      /^__Host-gestand-known=x; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
  });
});
