import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  accessWorld,
  desk,
  member,
  noticed,
  passphrase,
  whoIs,
  type Access,
  type Member,
} from '../../test/worlds/access.ts';
import { authenticator, type Authenticator, type How } from '../../test/worlds/authenticator.ts';
import {
  actorOf,
  beginPasskey,
  beginPasskeySignIn,
  beginStepUp,
  confirmPasskey,
  disable,
  finishEnrolment,
  finishPasskeySignIn,
  finishSignIn,
  finishStepUp,
  invite,
  listPasskeys,
  openLink,
  passkeyForSecondFactor,
  removeFactor,
  setPassword,
  signInWithPassword,
  type Actor,
} from './index.ts';

const site = 'https://privacy.voorbeeld.example';
const refused = { name: 'Refusal', code: 'passkey-refused' };

describe('a passkey', () => {
  let access: Access;
  let anna: { account: string; token: string; key: Authenticator };
  const enrol = async (actor: Actor, key: Authenticator, name: string, how: How = {}): Promise<void> => {
    const { options, flow } = await beginPasskey(access.world, actor);
    await confirmPasskey(access.world, actor, flow, { name, answer: key.create(options, how) });
  };
  const signInBy = async (key: Authenticator, how: How = {}): Promise<string> => {
    const { options, flow } = await beginPasskeySignIn(access.world);
    return (await finishPasskeySignIn(access.world, flow, key.get(options, how), desk)).session;
  };

  before(async () => {
    access = await accessWorld({ site });
    const { world } = access;
    const link = await invite(world, null, {
      name: 'A. de Beer',
      email: 'anna@voorbeeld.example',
      roles: ['approver'],
    });
    const { session } = await openLink(world, link.token, desk);
    const key = authenticator(site);
    await enrol(await whoIs(world, session), key, 'laptop');
    const done = await finishEnrolment(world, await whoIs(world, session));
    anna = { account: link.account, token: done.session, key };
  });
  after(() => access.close());

  it('is enough: an account with one needs no password and no code, and counts as two factors', async () => {
    const actor = await whoIs(access.world, await signInBy(anna.key));
    assert.deepEqual(
      [actor.account, actor.stage, actor.roles, actor.shown],
      [anna.account, 'full', ['approver'], ['passkey']],
    );
    assert.ok(actor.stepUpAt !== null);
  });

  it('is refused without a finger or a PIN, at another site, or with a count that does not rise', async () => {
    await assert.rejects(signInBy(anna.key, { unverified: true }), refused);
    await assert.rejects(signInBy(anna.key, { origin: 'https://privacy.voorbeeld.example.evil.example' }), refused);
    await assert.rejects(signInBy(anna.key, { counter: 1 }), refused);
    await signInBy(anna.key, { counter: 50 });
    await assert.rejects(signInBy(anna.key, { counter: 50 }), refused);
    await signInBy(anna.key);
  });

  it('answers a challenge once: what was seen on the way is of no use', async () => {
    const { world } = access;
    const { options, flow } = await beginPasskeySignIn(world);
    const answer = anna.key.get(options);
    await finishPasskeySignIn(world, flow, answer, desk);
    await assert.rejects(finishPasskeySignIn(world, flow, answer, desk), { code: 'sign-in-over' });
    const other = await beginPasskeySignIn(world);
    await assert.rejects(finishPasskeySignIn(world, other.flow, answer, desk), refused);
    const late = await beginPasskeySignIn(world);
    access.pass({ minutes: 10 });
    await assert.rejects(finishPasskeySignIn(world, late.flow, anna.key.get(late.options), desk), {
      code: 'sign-in-over',
    });
  });

  it('that we do not know, that says to be of somebody else, or that is no answer at all, is refused', async () => {
    const { world } = access;
    const unknown = authenticator(site);
    unknown.create({ challenge: 'x', rp: {}, user: { id: 'x' } });
    await assert.rejects(signInBy(unknown), refused);
    await assert.rejects(signInBy(anna.key, { userHandle: Buffer.from('another') }), refused);
    for (const answer of [
      null,
      'x',
      {},
      { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: '' } },
    ]) {
      const { flow } = await beginPasskeySignIn(world);
      await assert.rejects(finishPasskeySignIn(world, flow, answer, desk), refused);
    }
  });

  it('is enrolled with a finger or a PIN, at this site, and not twice', async () => {
    const actor = await whoIs(access.world, await signInBy(anna.key));
    const other = authenticator(site);
    await assert.rejects(enrol(actor, other, 'no finger', { unverified: true }), refused);
    await assert.rejects(enrol(actor, other, 'elsewhere', { origin: 'https://evil.example' }), refused);
    await enrol(actor, other, 'telephone');
    await assert.rejects(enrol(actor, other, 'telephone'), { code: 'passkey-name-taken' });
    const names = (await listPasskeys(access.world.db, anna.account)).map((one) => one.name);
    assert.deepEqual(names, ['laptop', 'telephone']);
  });

  it('can be taken away, but the last way in cannot', async () => {
    const { world } = access;
    const actor = await whoIs(world, await signInBy(anna.key));
    const [laptop, telephone] = await listPasskeys(world.db, anna.account);
    await removeFactor(world, actor, { passkey: telephone?.id ?? '' });
    assert.deepEqual((await noticed(world, anna.account)).slice(-2), ['passkey-added', 'passkey-removed']);
    await assert.rejects(removeFactor(world, actor, { passkey: laptop?.id ?? '' }), { code: 'last-factor' });
    await assert.rejects(removeFactor(world, actor, { passkey: telephone?.id ?? '' }), { code: 'not-there' });
    assert.equal(await actorOf(world, anna.token), null, 'other sessions ended when a factor changed');
  });

  it('of one account does not do as the second factor of another, nor for another session', async () => {
    const { world } = access;
    const bert: Member = await member(access, { name: 'B. Vos', roles: ['engineer'] });
    const own = authenticator(site);
    await enrol(bert.actor, own, 'key');
    const first = await signInWithPassword(world, { email: bert.email, password: passphrase }, desk);
    assert.ok(first.next === 'second-factor' && first.factors[0] === 'passkey');
    const asked = await passkeyForSecondFactor(world, first.flow);
    await assert.rejects(finishSignIn(world, asked.flow, { passkey: anna.key.get(asked.options) }, desk), refused);
    const done = await finishSignIn(world, asked.flow, { passkey: own.get(asked.options) }, desk);
    const actor = await whoIs(world, done.session);

    access.pass({ minutes: 6 });
    const step = await beginStepUp(world, actor);
    assert.deepEqual(step.factors, ['passkey', 'code']);
    assert.ok(step.passkey !== null);
    const { flow, options } = step.passkey;
    const annas = await whoIs(world, await signInBy(anna.key));
    await assert.rejects(finishStepUp(world, annas, { passkey: own.get(options), flow }), { code: 'sign-in-over' });
    const again = await beginStepUp(world, actor);
    assert.ok(again.passkey !== null);
    const token = await finishStepUp(world, actor, {
      passkey: own.get(again.passkey.options),
      flow: again.passkey.flow,
    });
    assert.equal((await whoIs(world, token)).stepUpAt?.toString(), world.clock().toString());
  });

  it('is enrolled by one of two who have only the password, also when they come at once', async () => {
    const { world } = access;
    const carl = await invite(world, null, { name: 'C. Race', email: 'race@voorbeeld.example', roles: ['engineer'] });
    const { session } = await openLink(world, carl.token, desk);
    await setPassword(world, await whoIs(world, session), { password: passphrase });
    await sql`update access.account set state = 'active' where id = ${carl.account}`.execute(world.db);
    const half = async (): Promise<Actor> => {
      const done = await signInWithPassword(world, { email: 'race@voorbeeld.example', password: passphrase }, desk);
      assert.ok(done.next === 'done');
      return whoIs(world, done.session);
    };
    const actors = [await half(), await half()];
    const begun = await Promise.all(actors.map((actor) => beginPasskey(world, actor)));
    // Both have been looked at when the account is free again: held here until both wait for it.
    const confirms = await world.db.transaction().execute(async (tx) => {
      await sql`select from access.account where id = ${carl.account} for update`.execute(tx);
      const under = actors.map((actor, i) => {
        const { flow = '', options } = begun[i] ?? {};
        const answer = options === undefined ? null : authenticator(site).create(options);
        return confirmPasskey(world, actor, flow, { name: `key ${i}`, answer });
      });
      const settled = Promise.allSettled(under);
      for (let waiting = 0, tries = 0; waiting < 2 && tries < 500; tries += 1, await sleep(10)) {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db); // not in this transaction, which would see one moment for ever
        waiting = rows[0]?.n ?? 0;
      }
      return { settled };
    });
    const tries = await confirms.settled;
    assert.deepEqual(tries.map((one) => one.status).toSorted(), ['fulfilled', 'rejected']);
    const won = actors[tries.findIndex((one) => one.status === 'fulfilled')];
    const lost = actors[tries.findIndex((one) => one.status === 'rejected')];
    assert.ok(won && lost);
    await assert.rejects(enrol(lost, authenticator(site), 'again'), { code: 'step-up-needed' });
    await assert.rejects(enrol(won, authenticator(site), 'from an old look'), { code: 'step-up-needed' });
    assert.equal((await listPasskeys(world.db, carl.account)).length, 1);
  });

  it('of an account that has ended opens nothing', async () => {
    await disable(access.world, null, anna.account);
    await assert.rejects(signInBy(anna.key), refused);
  });
});
