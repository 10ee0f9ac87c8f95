/** What a factor is worth over the years: its bits, that nobody must change it, and that a change ends what was open. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  accessWorld,
  codeAt,
  desk,
  member,
  passphrase,
  signIn,
  whoIs,
  type Access,
  type Member,
} from '../../test/worlds/access.ts';
import {
  actorOf,
  beginCode,
  confirmCode,
  finishSignIn,
  invite,
  openLink,
  removeFactor,
  setPassword,
  signInWithPassword,
} from './index.ts';
import { makeRecoveryCodes } from './recovery.ts';
import { newToken } from './sessions.ts';

/** Bits of chance that are seen in texts of one shape: of each place, how many letters come there. */
function bitsIn(texts: readonly string[]): number {
  const places = Math.min(...texts.map((text) => text.length));
  const seen = Array.from({ length: places }, (_, i) => new Set(texts.map((text) => text[i])).size);
  return seen.reduce((sum, letters) => sum + Math.log2(letters), 0);
}

describe('a factor', () => {
  let access: Access;
  let anna: Member;
  before(async () => {
    access = await accessWorld();
    anna = await member(access, { name: 'A. de Beer' });
  });
  after(() => access.close());

  it('has more bits than anybody can try', async () => {
    const { world } = access;
    const codes: string[] = [];
    await world.db.transaction().execute(async (tx) => {
      for (let i = 0; i < 60; i += 1) codes.push(...(await makeRecoveryCodes(tx, world, anna.account)));
    });
    assert.equal(new Set(codes).size, codes.length);
    assert.ok(bitsIn(codes) > 112, `${bitsIn(codes)} bits in a recovery code`);
    const tokens = Array.from({ length: 1000 }, () => newToken().token);
    assert.ok(bitsIn(tokens) > 240, `${bitsIn(tokens)} bits in a token of a session or a link`);
    const secrets = await Promise.all(
      Array.from({ length: 200 }, async () => (await beginCode(world, await whoIs(world, anna.token))).secret),
    );
    assert.ok(bitsIn(secrets) > 150, `${bitsIn(secrets)} bits in the secret of an authenticator`);
    // The control: four groups of four digits, as many programs make them, and one that counts up.
    const digits = codes.map((_, i) => String(10 ** 15 + ((i * 7_919_999_983_113) % (9 * 10 ** 15))));
    assert.ok(bitsIn(digits) < 60);
    assert.ok(bitsIn(codes.map((_, i) => `session-${String(i).padStart(30, '0')}`)) < 20);
  });

  it('need not be changed, however old it is', async () => {
    const { world } = access;
    const old = await member(access, { name: 'O. Ud' });
    access.pass({ hours: 24 * 365 * 6 });
    const first = await signInWithPassword(world, { email: old.email, password: passphrase }, desk);
    assert.ok(first.next === 'second-factor');
    const done = await finishSignIn(world, first.flow, { code: codeAt(old.secret, world.clock()) }, desk);
    assert.equal((await whoIs(world, done.session)).stage, 'full');
  });

  it('that was changed ends every other session of the account, and leaves the one in which it was changed', async () => {
    const { world } = access;
    const bert = await member(access, { name: 'B. Vos' });
    const carla = await member(access, { name: 'C. Mol' });
    let { secret } = bert;
    const changes: Readonly<Record<string, (token: string) => Promise<void>>> = {
      'the password': async (token) =>
        setPassword(world, await whoIs(world, token), { password: 'acht groene tractors', current: passphrase }),
      'the password, back': async (token) =>
        setPassword(world, await whoIs(world, token), { password: passphrase, current: 'acht groene tractors' }),
      'an app': async (token) => {
        const begun = await beginCode(world, await whoIs(world, token));
        secret = begun.secret;
        await confirmCode(world, await whoIs(world, token), begun.flow, codeAt(secret, world.clock()));
      },
      'a passkey, away': async (token) => removeFactor(world, await whoIs(world, token), { passkey: 'k' }),
    };
    await sql`insert into access.passkey (id, account, name, public_key, counter, transports, backed_up, made)
              values ('k', ${bert.account}, 'key', '\\x00', 0, '{}', false, ${world.clock().toString()})`.execute(
      world.db,
    );
    const enter = async (password: string): Promise<string> => {
      access.pass({ seconds: 30 });
      const first = await signInWithPassword(world, { email: bert.email, password }, desk);
      assert.ok(first.next === 'second-factor');
      return (await finishSignIn(world, first.flow, { code: codeAt(secret, world.clock()) }, desk)).session;
    };
    let password: string = passphrase;
    for (const [what, change] of Object.entries(changes)) {
      const [other, own] = [await enter(password), await enter(password)];
      const { token: somebody } = await signIn(access, carla);
      await whoIs(world, other); // the control: until then it is open
      await change(own);
      if (what === 'the password') password = 'acht groene tractors';
      if (what === 'the password, back') password = passphrase;
      assert.equal(await actorOf(world, other), null, `${what}: the other session`);
      await whoIs(world, own);
      await whoIs(world, somebody);
    }
  });

  it('that was shown is recorded, with whose it was, and one that was wrong is counted, without', async () => {
    const { world } = access;
    const dora = await member(access, { name: 'D. Mus' });
    const recorded = async (): Promise<Record<string, unknown>[]> => {
      const { rows } = await sql<{ details: string }>`
        select details from ledger.detail where details like ${`%${dora.account}%`} and details like '%access.%' order by ctid`.execute(
        world.db,
      );
      return rows.map((row) => JSON.parse(row.details) as Record<string, unknown>);
    };
    const counted = async (kind: string): Promise<number> =>
      (
        await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from access.failure where kind = ${kind}`.execute(
          world.db,
        )
      ).rows[0]?.n ?? -1;
    const signedIn = async (): Promise<unknown[]> =>
      (await recorded()).filter((one) => one['event'] === 'access.signed-in').map((one) => one['shown']);

    const before = (await signedIn()).length;
    await signIn(access, dora);
    const again = await signInWithPassword(world, { email: dora.email, password: passphrase }, desk);
    assert.ok(again.next === 'second-factor');
    await finishSignIn(world, again.flow, { recovery: dora.recoveryCodes[0] ?? '' }, desk);
    const shown = (await signedIn()).slice(before);
    assert.deepEqual(
      shown.map((one) => (Array.isArray(one) ? one.map(String).toSorted() : one)),
      [
        ['code', 'password'],
        ['password', 'recovery'],
      ],
    );
    for (const one of await recorded()) assert.equal(one['account'], dora.account);

    const link = await invite(world, null, { name: 'L. Ink', email: 'l.ink@voorbeeld.example', roles: ['engineer'] });
    const fails: Readonly<Record<string, () => Promise<unknown>>> = {
      password: () => signInWithPassword(world, { email: dora.email, password: 'iets heel anders dan dit' }, desk),
      'second-factor': async () => {
        const first = await signInWithPassword(world, { email: dora.email, password: passphrase }, desk);
        return finishSignIn(world, first.next === 'second-factor' ? first.flow : '', { code: '000000' }, desk);
      },
      link: () => openLink(world, `${link.token}x`, desk),
    };
    const entries = (await recorded()).length;
    for (const [kind, fail] of Object.entries(fails)) {
      const [n, lines] = [await counted(kind), access.logged.length];
      await assert.rejects(fail(), kind);
      assert.equal(await counted(kind), n + 1, kind);
      assert.ok(
        access.logged.slice(lines).some((line) => line.includes(`"kind":"${kind}"`)),
        kind,
      );
    }
    assert.equal((await recorded()).length, entries, 'whoever tried may have been somebody else');
  });
});
