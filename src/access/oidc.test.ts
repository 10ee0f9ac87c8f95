import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  accessWorld,
  codeAt,
  desk,
  member,
  noticed,
  passphrase,
  whoIs,
  type Access,
  type Member,
} from '../../test/worlds/access.ts';
import {
  accessToken,
  challengeOf,
  clientId,
  clientSecret,
  hostileProvider,
  realProvider,
  type HostileProvider,
  type Lie,
  type RealProvider,
  type Someone,
} from '../../test/worlds/oidc.ts';
import { actorOfToken } from '../app/site/tokens.ts';
import type { Seat } from '../app/site/seat.ts';
import {
  accountById,
  actorOf,
  beginProvider,
  finishEnrolment,
  finishProvider,
  finishSignIn,
  requireStepUp,
  Settings,
  setPassword,
  unlink,
  beginCode,
  confirmCode,
  type Actor,
  type Provided,
  type SignedIn,
} from './index.ts';

const site = 'http://localhost:4180';
const title = { nl: 'Kantoor', en: 'Office' };
const anna: Someone = {
  sub: 'u-1',
  name: 'Anna de Beer',
  email: 'anna@voorbeeld.example',
  groups: ['officers', 'all'],
};

describe("an organisation's own sign-in", () => {
  let provider: RealProvider;
  let access: Access;
  before(async () => {
    provider = await realProvider(['office', 'strict', 'closed'].map((id) => `${site}/sign-in/with/${id}`));
    const base = { issuer: provider.issuer, client: clientId, title, scopes: ['openid', 'profile', 'email', 'groups'] };
    const roles = { claim: 'groups', map: { officers: ['privacy-officer'], admins: ['engineer'] } };
    const twoFactors = { acr: ['urn:two'], amr: ['pwd', 'otp'] };
    const providers = [
      { ...base, id: 'office', twoFactors, roles, admits: true },
      { ...base, id: 'strict', twoFactors, require: 'two-factors' },
      { ...base, id: 'closed' },
    ];
    const settings = Settings.parse({ gestand: 1, site, providers });
    access = await accessWorld(settings, { now: new Date().toISOString(), secretOf: () => clientSecret });
  });
  beforeEach(() => access.setNow(new Date().toISOString()));
  after(async () => {
    await access.close();
    await provider.close();
  });

  const go = async (id: string, purpose: 'sign-in' | 'link' | 'step-up' = 'sign-in', actor: Actor | null = null) => {
    const { url, flow } = await beginProvider(access.world, id, purpose, actor);
    const answer = await provider.visit(url);
    return finishProvider(access.world, { ...desk, flow, provider: id, answer }, actor);
  };
  const done = (provided: Provided): SignedIn => {
    assert.ok(provided.next === 'done', `came to ${provided.next}`);
    return provided;
  };

  it('brings in whoever it vouches for, with the roles that its claims give, and asks for a second factor of ours', async () => {
    provider.seat(anna);
    const first = done(await go('office'));
    const actor = await whoIs(access.world, first.session);
    assert.deepEqual([actor.stage, actor.roles, actor.name], ['enrol', [], 'Anna de Beer']);
    await assert.rejects(setPassword(access.world, actor, { password: passphrase }), { code: 'provider-needed' });
    const { secret, flow } = await beginCode(access.world, actor);
    await confirmCode(access.world, actor, flow, codeAt(secret, access.world.clock()));
    const full = await finishEnrolment(access.world, await whoIs(access.world, first.session));
    assert.deepEqual((await whoIs(access.world, full.session)).roles, ['privacy-officer']);

    const again = await go('office');
    assert.ok(again.next === 'second-factor');
    const code = codeAt(secret, access.world.clock().add({ seconds: 30 }));
    const entered = await finishSignIn(access.world, again.flow, { code }, desk);
    assert.deepEqual([...(await whoIs(access.world, entered.session)).shown].toSorted(), ['code', 'provider']);
  });

  it('is enough by itself where it says that it saw two factors, in the words agreed with it', async () => {
    provider.seat({ ...anna, acr: 'urn:two' });
    const byAcr = await whoIs(access.world, done(await go('office')).session);
    assert.deepEqual([byAcr.stage, byAcr.shown], ['full', ['provider-two']]);
    requireStepUp(byAcr, 'change roles', { now: access.world.clock(), withinMinutes: 5 });
    provider.seat({ ...anna, amr: ['otp', 'pwd'] });
    assert.equal((await whoIs(access.world, done(await go('office')).session)).stage, 'full');
    provider.seat({ ...anna, acr: 'urn:one', amr: ['pwd'] });
    assert.equal((await go('office')).next, 'second-factor');
  });

  it('decides on the roles at every sign-in, and shuts out whoever has none left', async () => {
    provider.seat({ ...anna, acr: 'urn:two', groups: ['admins'] });
    const open = done(await go('office')).session;
    const shut = await whoIs(access.world, open);
    assert.deepEqual(shut.roles, ['engineer']);
    provider.seat({ ...anna, acr: 'urn:two', groups: ['all'] });
    await assert.rejects(go('office'), { code: 'provider-no-role' });
    assert.equal(await actorOf(access.world, open), null);
    await assert.rejects(go('office'), { code: 'provider-no-role' });
    const told = await noticed(access.world, shut.account);
    assert.deepEqual(
      told.filter((one) => one === 'admitted' || one === 'shut-out'),
      ['admitted', 'shut-out'],
      'and is told, once',
    );
    provider.seat({ ...anna, sub: 'u-2', name: 'Zonder Rol', email: 'z@voorbeeld.example', groups: [] });
    await assert.rejects(go('office'), { code: 'provider-no-role' });
  });

  it('is told apart by issuer and subject: an equal e-mail address opens no account', async () => {
    const bert: Member = await member(access, {
      name: 'Bert Vos',
      email: 'bert@voorbeeld.example',
      roles: ['approver'],
    });
    const claims = {
      sub: 'u-666',
      name: 'Someone Else',
      email: 'BERT@voorbeeld.example',
      groups: ['officers'],
      acr: 'urn:two',
    };
    provider.seat(claims);
    for (const id of ['office', 'strict', 'closed']) await assert.rejects(go(id), { code: 'provider-stranger' });
    assert.deepEqual((await accountById(access.world.db, bert.account)).providers, []);

    // The owner connects it from within, and from then on it is theirs.
    assert.deepEqual(await go('strict', 'link', bert.actor), { next: 'linked' });
    const entered = await whoIs(access.world, done(await go('strict')).session);
    assert.deepEqual([entered.account, entered.roles], [bert.account, ['approver']], 'roles given here stay');
    const carl = await member(access, { name: 'Carl Kip', email: 'carl@voorbeeld.example', roles: ['engineer'] });
    await assert.rejects(go('strict', 'link', carl.actor), { code: 'provider-taken' });
    await unlink(access.world, bert.actor, 'strict');
    await assert.rejects(go('strict'), { code: 'provider-stranger' });
    assert.deepEqual((await noticed(access.world, bert.account)).slice(-2), ['provider-linked', 'provider-unlinked']);
  });

  it('that saw one factor is not enough where two are required of it', async () => {
    provider.seat({ ...anna, acr: 'urn:one' });
    await assert.rejects(go('strict'), { code: 'provider-weak' });
  });

  it('steps up by asking again, and only for the account that is connected', async () => {
    const dora = await member(access, { name: 'Dora Mus', email: 'dora@voorbeeld.example', roles: ['approver'] });
    provider.seat({ ...anna, sub: 'u-4', acr: 'urn:two' });
    await assert.rejects(go('strict', 'step-up', dora.actor), { code: 'provider-stranger' });
    await go('strict', 'link', dora.actor);
    const stepped = await go('strict', 'step-up', dora.actor);
    assert.ok(stepped.next === 'stepped-up');
    assert.equal(await actorOf(access.world, dora.token), null);
    assert.ok((await whoIs(access.world, stepped.session)).shown.includes('provider-two'));
  });

  it('takes an answer once, in the browser that asked, for the provider that was asked', async () => {
    provider.seat({ ...anna, acr: 'urn:two' });
    const { world } = access;
    const { url, flow } = await beginProvider(world, 'office', 'sign-in', null);
    const answer = await provider.visit(url);
    const other = await beginProvider(world, 'office', 'sign-in', null);
    await assert.rejects(finishProvider(world, { ...desk, flow: other.flow, provider: 'office', answer }, null), {
      code: 'provider-refused',
    });
    await assert.rejects(finishProvider(world, { ...desk, flow, provider: 'strict', answer }, null), {
      code: 'sign-in-over',
    });
    const third = await beginProvider(world, 'office', 'sign-in', null);
    const its = await provider.visit(third.url);
    await finishProvider(world, { ...desk, flow: third.flow, provider: 'office', answer: its }, null);
    await assert.rejects(finishProvider(world, { ...desk, flow: third.flow, provider: 'office', answer: its }, null), {
      code: 'sign-in-over',
    });
  });

  it('tells the log nothing of the person', async () => {
    assert.ok(access.logged.some((line) => line.includes('access.provider-refused')));
    for (const word of ['Anna', 'voorbeeld.example', 'u-1', clientSecret])
      assert.ok(!access.logged.join('\n').includes(word), word);
    const { rows } = await sql`select * from access.failure where kind = 'provider'`.execute(access.world.db);
    assert.equal(rows.length, 1);
  });
});

describe('a provider that lies', () => {
  let provider: HostileProvider;
  let access: Access;
  let owner: Member;
  before(async () => {
    provider = await hostileProvider();
    const providers = [
      { id: 'office', issuer: provider.issuer, client: clientId, title, twoFactors: { acr: ['urn:two'] } },
      { id: 'gone', issuer: 'http://127.0.0.1:9', client: clientId, title },
    ];
    access = await accessWorld(Settings.parse({ gestand: 1, site, providers }), { now: new Date().toISOString() });
    owner = await member(access, { name: 'Anna de Beer' });
    await sql`insert into access.identity values (${provider.issuer}, 'mallory', 'office', ${owner.account}, now())`.execute(
      access.world.db,
    );
  });
  after(async () => {
    await access.close();
    await provider.close();
  });
  const attempt = async (lie: Lie, spoil: (answer: URLSearchParams) => void = () => undefined): Promise<Provided> => {
    const { url, flow } = await beginProvider(access.world, 'office', 'sign-in', null);
    provider.lie(lie);
    const answer = provider.answer(url);
    spoil(answer);
    return finishProvider(access.world, { ...desk, flow, provider: 'office', answer }, null);
  };
  const refused = { code: 'provider-refused' };

  it('is believed when it does not: the control, with the verifier that belongs to the challenge', async () => {
    const { url, flow } = await beginProvider(access.world, 'office', 'sign-in', null);
    const sent = new URL(url).searchParams;
    assert.deepEqual(
      ['response_type', 'code_challenge_method', 'redirect_uri'].map((name) => sent.get(name)),
      ['code', 'S256', `${site}/sign-in/with/office`],
    );
    provider.lie({});
    const answer = provider.answer(url);
    const provided = await finishProvider(access.world, { ...desk, flow, provider: 'office', answer }, null);
    assert.equal(provided.next, 'second-factor');
    const verifier = provider.asked.at(-1)?.get('code_verifier') ?? '';
    assert.equal(challengeOf(verifier), sent.get('code_challenge'));
  });

  const now = Math.floor(Date.now() / 1000);
  const lies: Readonly<Record<string, Lie>> = {
    'an ID token for another client': { claims: { aud: 'somebody-else' } },
    'one for us among others, made out to another': { claims: { aud: [clientId, 'other'], azp: 'other' } },
    'one of another issuer': { claims: { iss: 'http://127.0.0.1:1' } },
    'one with another nonce': { claims: { nonce: 'another' } },
    'one without a nonce': { claims: { nonce: undefined } },
    'one that has expired': { claims: { iat: now - 7200, exp: now - 3600 } },
    'one without a subject': { claims: { sub: undefined } },
    'one signed with a key that it does not publish': { otherKey: true },
    'one without a signature': { unsigned: true },
    'one signed with a secret that everyone knows': { keyed: true },
    'one that says another algorithm than it was signed with': { header: { alg: 'HS256' } },
  };
  for (const [what, lie] of Object.entries(lies)) {
    it(`is not believed with ${what}`, async () => {
      await assert.rejects(attempt(lie), refused);
    });
  }
  it('is not believed with a key that its ID token brings along or points to, and nobody fetches it there', async () => {
    const brought: readonly Lie['header'][] = [
      { jku: provider.others, kid: 'one' },
      { x5u: provider.others, kid: 'one' },
      { jwk: provider.otherKey },
      { jku: provider.others, jwk: provider.otherKey, kid: 'two', crit: [] },
    ];
    for (const header of brought)
      await assert.rejects(attempt({ otherKey: true, ...(header ? { header } : {}) }), refused);
    assert.ok(!provider.fetched.includes('/others'));
    assert.ok(provider.fetched.includes('/jwks'), 'the control: its own keys were fetched');
  });
  it('gives us tokens that are kept nowhere, and that open nothing here', async () => {
    const { world } = access;
    assert.equal((await attempt({})).next, 'second-factor');
    const { rows: tables } = await sql<{ name: string }>`
      select table_schema || '.' || table_name as name from information_schema.tables
       where table_schema in ('access', 'site', 'ledger')`.execute(world.db);
    assert.ok(tables.length > 20);
    const stored = await Promise.all(
      tables.map(async ({ name }) =>
        JSON.stringify((await sql`select t::text from ${sql.table(name)} t`.execute(world.db)).rows),
      ),
    );
    const seat = { world: { db: world.db, clock: world.clock } } as unknown as Seat;
    for (const token of [accessToken, provider.last()]) {
      assert.ok(![...stored, ...access.logged].some((text) => text.includes(token)));
      assert.equal(await actorOf(world, token), null);
      assert.equal(await actorOfToken(seat, token), null);
      assert.equal(await actorOfToken(seat, `gestand_${token}`), null);
    }
    // The control: what is kept in clear would be found there.
    assert.ok(stored.some((text) => text.includes(owner.email)));
  });
  it('is not believed with an ID token of an earlier visit', async () => {
    await attempt({});
    await assert.rejects(attempt({ replay: provider.last() }), refused);
  });
  it('is not believed with another state, no state, another issuer in its answer, or an error', async () => {
    await assert.rejects(
      attempt({}, (answer) => answer.set('state', 'another')),
      refused,
    );
    await assert.rejects(
      attempt({}, (answer) => answer.delete('state')),
      refused,
    );
    await assert.rejects(
      attempt({}, (answer) => answer.set('iss', 'https://other.example')),
      refused,
    );
    await assert.rejects(
      attempt({}, (answer) => answer.delete('iss')),
      refused,
    );
    await assert.rejects(
      attempt({}, (answer) => answer.set('error', 'access_denied')),
      refused,
    );
  });
  it('that remembers two factors of this morning does not make them fresh', async () => {
    const provided = await attempt({ claims: { acr: 'urn:two', auth_time: now - 4 * 3600 } });
    assert.ok(provided.next === 'done');
    const actor = await whoIs(access.world, provided.session);
    assert.deepEqual([actor.stage, actor.stepUpAt], ['full', null]);
  });
  it('that is away is said to be away, and one that is not ours is not known', async () => {
    await assert.rejects(beginProvider(access.world, 'gone', 'sign-in', null), { code: 'provider-away' });
    await assert.rejects(beginProvider(access.world, 'evil', 'sign-in', null), { code: 'provider-unknown' });
  });
  it('over plain http is taken on this machine only', () => {
    const at = (issuer: string) =>
      Settings.safeParse({ gestand: 1, providers: [{ id: 'x', issuer, client: 'c', title }] }).success;
    assert.ok(at('http://127.0.0.1:3000') && at('https://login.example'));
    for (const issuer of ['http://login.example', 'http://127.0.0.1.evil.example', 'http://10.0.0.1', 'file:///etc'])
      assert.ok(!at(issuer), issuer);
  });
});
