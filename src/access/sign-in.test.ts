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
  disable,
  finishEnrolment,
  finishSignIn,
  finishStepUp,
  invite,
  listSessions,
  openLink,
  recoveryCodesLeft,
  requireStepUp,
  reset,
  revoke,
  setPassword,
  signInWithPassword,
  signOut,
  type From,
} from './index.ts';

const refused = (code: string) => ({ name: 'Refusal', code });

describe('an account', () => {
  let access: Access;
  before(async () => {
    access = await accessWorld();
  });
  after(() => access.close());

  it('does not exist until somebody is invited', async () => {
    assert.equal((await sql`select from access.account`.execute(access.store.db)).rows.length, 0);
    await assert.rejects(
      signInWithPassword(access.world, { email: 'admin', password: 'admin' }, desk),
      refused('sign-in-refused'),
    );
  });

  it('begins with a link that works once and not long, and reaches nothing before a second factor is enrolled', async () => {
    const { world } = access;
    const link = await invite(world, null, {
      name: 'A. de Beer',
      email: 'Anna@voorbeeld.example',
      roles: ['engineer'],
    });
    assert.match(link.link, /^http:\/\/localhost:4180\/welcome#[\w-]{43}$/);
    const { session } = await openLink(world, link.token, desk);
    await assert.rejects(openLink(world, link.token, desk), refused('link-over'));
    const actor = await whoIs(world, session);
    assert.deepEqual([actor.stage, actor.roles], ['enrol', []]);
    await assert.rejects(finishEnrolment(world, actor), refused('password-needed'));
    await setPassword(world, actor, { password: passphrase });
    await assert.rejects(finishEnrolment(world, actor), refused('second-factor-needed'));
    const { secret, flow, uri } = await beginCode(world, actor);
    assert.match(uri, /^otpauth:\/\/totp\/Voorbeeld%20Telecom%20BV:Anna%40voorbeeld\.example\?/);
    await assert.rejects(confirmCode(world, actor, flow, '000000'), refused('code-refused'));
    await confirmCode(world, actor, flow, codeAt(secret, world.clock()));
    await assert.rejects(finishEnrolment(world, actor), refused('second-factor-needed'), 'an actor read before');
    const done = await finishEnrolment(world, await whoIs(world, session));
    assert.equal(done.recoveryCodes.length, 8);
    assert.equal(await actorOf(world, session), null, 'the token of the link is of no use any more');
    const now = await whoIs(world, done.session);
    assert.deepEqual([now.stage, now.roles, now.name], ['full', ['engineer'], 'A. de Beer']);
    requireStepUp(now, 'connect a system', { now: world.clock(), withinMinutes: 5 });
  });

  it('is not reached by a link that expired', async () => {
    const { world } = access;
    const link = await invite(world, null, { name: 'B. Late', email: 'late@voorbeeld.example', roles: ['approver'] });
    access.pass({ hours: 72 });
    await assert.rejects(openLink(world, link.token, desk), refused('link-over'));
  });

  it('that signs in without a second factor can only enrol one', async () => {
    const { world } = access;
    const link = await invite(world, null, { name: 'C. Half', email: 'half@voorbeeld.example', roles: ['approver'] });
    const { session } = await openLink(world, link.token, desk);
    await setPassword(world, await whoIs(world, session), { password: passphrase });
    await sql`update access.account set state = 'active' where id = ${link.account}`.execute(access.store.db);
    const done = await signInWithPassword(world, { email: 'half@voorbeeld.example', password: passphrase }, desk);
    assert.ok(done.next === 'done' && done.stage === 'enrol' && done.device === null);
    assert.deepEqual((await whoIs(world, done.session)).roles, []);
  });

  it('of an auditor ends by itself', async () => {
    const { world } = access;
    const until = world.clock().add({ hours: 6 });
    const auditor = await member(access, { name: 'D. Auditor', roles: ['auditor'], until });
    access.pass({ minutes: 25 });
    assert.deepEqual((await whoIs(world, auditor.token)).roles, ['auditor']);
    for (let i = 0; i < 12; i += 1) {
      access.pass({ minutes: 28 });
      await actorOf(world, auditor.token);
    }
    assert.equal(await actorOf(world, auditor.token), null);
    await assert.rejects(
      signInWithPassword(world, { email: auditor.email, password: passphrase }, desk),
      refused('sign-in-refused'),
    );
    await assert.rejects(
      invite(world, null, { name: 'E. Endless', email: 'e@voorbeeld.example', roles: ['auditor'] }),
      refused('account-wrong'),
    );
  });
});

describe('signing in', () => {
  let access: Access;
  let anna: Member;
  before(async () => {
    access = await accessWorld();
    anna = await member(access, { name: 'A. de Beer' });
  });
  after(() => access.close());
  const wrong = { email: 'a.de.beer@voorbeeld.example', password: 'iets heel anders dan dit' };

  it('takes a password and then a code, and gives a new token each time', async () => {
    const first = await signIn(access, anna);
    const second = await signIn(access, anna);
    assert.notEqual(first.token, second.token);
    assert.deepEqual([...(await whoIs(access.world, second.token)).shown].toSorted(), ['code', 'password']);
    assert.equal((await listSessions(access.world, anna.account)).length, 3);
  });

  it('ends the session that the browser had, so that a token put there beforehand opens nothing', async () => {
    const planted = await signIn(access, anna);
    const own = await signIn(access, anna, { ...desk, previous: planted.token });
    assert.notEqual(own.token, planted.token);
    assert.equal(await actorOf(access.world, planted.token), null);
  });

  it('takes a code once, also when it comes twice at the same moment', async () => {
    const { world } = access;
    access.pass({ seconds: 60 });
    const code = codeAt(anna.secret, world.clock());
    const flows = await Promise.all(
      [0, 1].map(() => signInWithPassword(world, { email: anna.email, password: passphrase }, desk)),
    );
    const tries = await Promise.allSettled(
      flows.map((one) => finishSignIn(world, one.next === 'second-factor' ? one.flow : '', { code }, desk)),
    );
    assert.deepEqual(tries.map((one) => one.status).toSorted(), ['fulfilled', 'rejected']);
    const again = await signInWithPassword(world, { email: anna.email, password: passphrase }, desk);
    assert.ok(again.next === 'second-factor');
    await assert.rejects(finishSignIn(world, again.flow, { code }, desk), refused('code-refused'));
    const earlier = codeAt(anna.secret, world.clock().subtract({ seconds: 30 }));
    await assert.rejects(finishSignIn(world, again.flow, { code: earlier }, desk), refused('code-refused'));
  });

  it('takes a recovery code once, and says how many are left', async () => {
    const { world } = access;
    const [recovery = ''] = anna.recoveryCodes;
    const typed = recovery.toUpperCase().replaceAll('-', ' ');
    const first = await signInWithPassword(world, { email: anna.email, password: passphrase }, desk);
    assert.ok(first.next === 'second-factor');
    assert.deepEqual(first.factors, ['code', 'recovery']);
    const done = await finishSignIn(world, first.flow, { recovery: typed }, desk);
    assert.equal(done.recoveryCodesLeft, 7);
    const again = await signInWithPassword(world, { email: anna.email, password: passphrase }, desk);
    assert.ok(again.next === 'second-factor');
    await assert.rejects(finishSignIn(world, again.flow, { recovery: typed }, desk), refused('code-refused'));
    assert.equal(await recoveryCodesLeft(access.store.db, anna.account), 7);
  });

  it('does not go from a password to a session by itself, nor by the flow of another step', async () => {
    const { world } = access;
    const first = await signInWithPassword(world, { email: anna.email, password: passphrase }, desk);
    assert.ok(first.next === 'second-factor');
    assert.equal(await actorOf(world, first.flow), null);
    await assert.rejects(finishSignIn(world, anna.token, { code: '123456' }, desk), refused('sign-in-over'));
    access.pass({ minutes: 10 });
    const code = codeAt(anna.secret, world.clock());
    await assert.rejects(finishSignIn(world, first.flow, { code }, desk), refused('sign-in-over'));
  });

  it('answers a stranger in the same words whether or not the account is there, has a password or has ended', async () => {
    const { world } = access;
    const other = await member(access, { name: 'Z. Gone', roles: ['engineer'] });
    await disable(world, null, other.account);
    for (const email of ['nobody@voorbeeld.example', anna.email, other.email])
      await assert.rejects(
        signInWithPassword(world, { email, password: wrong.password }, { ...desk, network: '198.51.100.1' }),
        refused('sign-in-refused'),
      );
    await assert.rejects(
      signInWithPassword(world, { email: other.email, password: passphrase }, desk),
      refused('sign-in-refused'),
    );
  });

  it('locks strangers out of guessing, and the owner neither at a known browser nor from elsewhere', async () => {
    const { world } = access;
    const { device } = await signIn(access, anna);
    const stranger: From = { ...desk, network: '203.0.113.7' };
    const tries: string[] = [];
    for (let i = 0; i < 8; i += 1)
      tries.push(
        await signInWithPassword(world, wrong, stranger).then(
          () => 'in',
          (cause: { code: string }) => cause.code,
        ),
      );
    assert.deepEqual(tries, [...Array<string>(6).fill('sign-in-refused'), 'sign-in-wait', 'sign-in-wait']);
    await assert.rejects(
      signInWithPassword(world, { email: anna.email, password: passphrase }, stranger),
      refused('sign-in-wait'),
      'the right password too',
    );
    await signIn(access, anna, { ...stranger, device });
    await signIn(access, anna, { ...desk, network: '192.0.2.99' });
    // The control: a cookie that was never given knows nobody.
    await assert.rejects(
      signInWithPassword(world, wrong, { ...stranger, device: 'never-given' }).catch(() =>
        signInWithPassword(world, wrong, { ...stranger, device: 'never-given' }),
      ),
      refused('sign-in-wait'),
    );
  });

  it('counts guesses of a code against the account, whoever has the password', async () => {
    const { world } = access;
    const eve = await member(access, { name: 'E. Known', roles: ['engineer'] });
    const codes: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const first = await signInWithPassword(world, { email: eve.email, password: passphrase }, desk);
      assert.ok(first.next === 'second-factor');
      for (let k = 0; k < 2; k += 1)
        codes.push(
          await finishSignIn(world, first.flow, { code: '000000' }, desk).then(
            () => 'in',
            (cause: { code: string }) => cause.code,
          ),
        );
    }
    assert.deepEqual(codes, [...Array<string>(6).fill('code-refused'), 'sign-in-wait', 'sign-in-wait']);
  });

  it('puts no name, address, password, code or token into the log, and none of them in clear into the store', async () => {
    const { world } = access;
    const { token, device } = await signIn(access, anna);
    const tables = ['session', 'flow', 'attempt', 'device', 'failure', 'invitation', 'totp', 'recovery_code'];
    const rows = await Promise.all(
      tables.map((table) => sql`select t::text from ${sql.table(`access.${table}`)} t`.execute(world.db)),
    );
    const stored = JSON.stringify(rows.map((one) => one.rows));
    const secrets = [token, device, anna.secret, passphrase, anna.recoveryCodes[1] ?? '?', anna.email, 'A. de Beer'];
    for (const secret of secrets) {
      assert.ok(!access.logged.join('\n').includes(secret));
      assert.ok(!stored.includes(secret));
    }
    assert.ok(access.logged.some((line) => line.includes('access.refused')));
    const hash = await sql<{ password: string }>`select password from access.account limit 1`.execute(world.db);
    assert.match(hash.rows[0]?.password ?? '', /^\$argon2id\$v=19\$m=\d+,t=1,p=1\$/);
    const entries = await sql<{ e: string }>`select convert_from(entry, 'UTF8') as e from ledger.intake`.execute(
      world.db,
    );
    assert.ok(entries.rows.length > 10);
    assert.ok(entries.rows.every((row) => /^\{"at":"[^"]+","c":"[^"]+","t":"p","v":1\}$/.test(row.e)));
  });
});

describe('a session', () => {
  let access: Access;
  let anna: Member;
  before(async () => {
    access = await accessWorld();
    anna = await member(access, { name: 'A. de Beer' });
  });
  after(() => access.close());

  it('ends after half an hour without use, and after twelve hours with it', async () => {
    const { world } = access;
    const { token } = await signIn(access, anna);
    access.pass({ minutes: 29 });
    await whoIs(world, token);
    access.pass({ minutes: 29 });
    await whoIs(world, token);
    access.pass({ minutes: 31 });
    assert.equal(await actorOf(world, token), null);
    const long = await signIn(access, anna);
    for (let i = 0; i < 25; i += 1) {
      access.pass({ minutes: 28 });
      await whoIs(world, long.token);
    }
    access.pass({ minutes: 28 });
    assert.equal(await actorOf(world, long.token), null);
  });

  it('that was stolen is of no use once it is revoked, signed out of, or its account has ended', async () => {
    const { world } = access;
    const [one, two, three] = [await signIn(access, anna), await signIn(access, anna), await signIn(access, anna)];
    await revoke(world, null, { session: (await whoIs(world, one.token)).session });
    await signOut(world, two.token);
    assert.equal(await actorOf(world, one.token), null);
    assert.equal(await actorOf(world, two.token), null);
    await whoIs(world, three.token);
    await disable(world, null, anna.account);
    assert.equal(await actorOf(world, three.token), null);
    const link = await reset(world, null, anna.account, 'everything');
    assert.ok(link !== null);
  });

  it('asks for a factor again before what cannot be undone, and then goes on under another token', async () => {
    const { world } = access;
    const bert = await member(access, { name: 'B. Vos', roles: ['approver'] });
    const { token } = await signIn(access, bert);
    const at = () => ({ now: world.clock(), withinMinutes: world.settings.sessions.stepUpMinutes });
    requireStepUp(await whoIs(world, token), 'approve a plan', at());
    access.pass({ minutes: 6 });
    const actor = await whoIs(world, token);
    assert.throws(() => requireStepUp(actor, 'approve a plan', at()), refused('step-up-needed'));
    await assert.rejects(finishStepUp(world, actor, { code: '000000' }), refused('code-refused'));
    await assert.rejects(finishStepUp(world, actor, { password: passphrase }), refused('step-up-needed'));
    const again = await finishStepUp(world, actor, { code: codeAt(bert.secret, world.clock()) });
    requireStepUp(await whoIs(world, again), 'approve a plan', at());
    assert.equal(await actorOf(world, token), null);
    assert.equal((await whoIs(world, again)).session, actor.session);
  });
});
