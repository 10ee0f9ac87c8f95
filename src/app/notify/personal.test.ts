import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  beginCode,
  changeLanguage,
  changeRoles,
  confirmCode,
  disable,
  finishSignIn,
  listAccounts,
  listSessions,
  openLink,
  removeFactor,
  renewRecoveryCodes,
  reset,
  revoke,
  setPassword,
  signInWithPassword,
  type AccessWorld,
} from '../../access/index.ts';
import { noteChange, noticeTexts, takeNotices, type NoticeKind } from '../../access/notices.ts';
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
} from '../../../test/worlds/access.ts';
import { postOffice, type Post } from '../../../test/worlds/post.ts';
import { houseLanguage, readersOf } from './mail.ts';
import { sendNotices, wording, type Sender } from './personal.ts';

const from: Sender = { origin: 'https://privacy.example.nl', language: 'nl' };

describe('a person is told by mail what changes about their own sign-in', () => {
  let access: Access;
  let world: AccessWorld;
  let post: Post;
  let officer: Member;
  let anna: Member;

  before(async () => {
    access = await accessWorld();
    world = access.world;
    officer = await member(access, { name: 'O. Fficer', email: 'officer@voorbeeld.example' });
    anna = await member(access, { name: 'A. de Beer', email: 'anna@voorbeeld.example', roles: ['engineer'] });
  });
  after(() => access.close());
  beforeEach(async () => {
    post = await postOffice();
    await sql`delete from access.notice`.execute(world.db);
  });
  afterEach(() => post.close());

  const send = (): Promise<number> => sendNotices(world, post.settings, from);
  /** What one mail said, in the order it said it. */
  const told = async (): Promise<{ to: string; kinds: NoticeKind[] }[]> => {
    post.mails.length = 0;
    await send();
    return post.mails.map(({ to, text }) => ({
      to,
      kinds: (Object.keys(noticeTexts) as NoticeKind[]).filter(
        (kind) => text.includes(`: ${noticeTexts[kind].nl}\n`) || text.includes(`: ${noticeTexts[kind].en}\n`),
      ),
    }));
  };
  const own = (kinds: NoticeKind[]): unknown => [{ to: anna.email, kinds }];
  const newSession = async (): Promise<Member> => {
    const { token } = await signIn(access, anna);
    anna = { ...anna, token, actor: await whoIs(world, token) };
    return anna;
  };

  it('when a link is opened, and what is set up with it', async () => {
    const { email } = await member(access, { name: 'N. Ieuw', email: 'nieuw@voorbeeld.example', roles: ['engineer'] });
    assert.deepEqual(await told(), [{ to: email, kinds: ['link-opened', 'password-set', 'code-added'] }]);
    assert.deepEqual(await told(), [], 'once');
  });

  it('when a password, an app or the recovery codes change, and when a recovery code is used', async () => {
    const { actor } = await newSession();
    assert.deepEqual(await told(), [], 'that one signs in is not told');
    await setPassword(world, actor, { password: 'acht groene tractors', current: passphrase });
    assert.deepEqual(await told(), own(['password-set']));
    await setPassword(world, actor, { password: passphrase, current: 'acht groene tractors' });
    const codes = await renewRecoveryCodes(world, actor);
    assert.deepEqual(await told(), own(['password-set', 'codes-renewed']));
    const { secret, flow } = await beginCode(world, actor);
    assert.deepEqual(await told(), [], 'what was only begun changed nothing');
    await confirmCode(world, actor, flow, codeAt(secret, world.clock()));
    anna = { ...anna, secret };
    assert.deepEqual(await told(), own(['code-added']));
    const first = await signInWithPassword(world, { email: anna.email, password: passphrase }, desk);
    assert.ok(first.next === 'second-factor');
    await finishSignIn(world, first.flow, { recovery: codes[0] ?? '' }, desk);
    assert.deepEqual(await told(), own(['recovery-used']));
  });

  it('when a passkey is added or taken away', async () => {
    const { actor } = await newSession();
    // That a passkey itself is checked is seen in passkeys.test.ts; here it counts that whoever records it tells it.
    await world.db.transaction().execute(async (tx) => {
      await noteChange(tx, world, 'access.factor-added', { account: actor.account, factor: 'passkey' });
      await sql`insert into access.passkey (id, account, name, public_key, counter, transports, backed_up, made)
                values ('k', ${actor.account}, 'key', '\\x00', 0, '{}', false, ${world.clock().toString()})`.execute(
        tx,
      );
    });
    assert.deepEqual(await told(), own(['passkey-added']));
    await removeFactor(world, actor, { passkey: 'k' });
    assert.deepEqual(await told(), own(['passkey-removed']));
  });

  it('when others change it: sessions ended, roles, a reset, the end', async () => {
    await newSession();
    await revoke(world, officer.actor, { account: anna.account });
    assert.deepEqual(await told(), own(['sessions-ended']));
    const { token } = await signIn(access, anna);
    const [session] = await listSessions(world, (await whoIs(world, token)).account);
    await revoke(world, officer.actor, { session: session?.session ?? '' });
    assert.deepEqual(await told(), own(['sessions-ended']), 'one of them too');
    await changeRoles(world, officer.actor, anna.account, { roles: ['approver'] });
    assert.deepEqual(await told(), own(['roles-changed']));
    const link = await reset(world, officer.actor, anna.account, 'password');
    assert.deepEqual(await told(), own(['reset']));
    await openLink(world, link?.token ?? '', desk);
    assert.deepEqual(await told(), own(['link-opened']));
    await disable(world, officer.actor, anna.account);
    assert.deepEqual(await told(), own(['ended']), 'also when the account is closed');
  });

  it('in their own language, else in that of the organisation, with nothing that opens anything and nobody else in it', async () => {
    const bert = await member(access, { name: 'B. Visser', email: 'bert@voorbeeld.example', language: 'en' });
    const cor = await member(access, { name: 'C. Smit', email: 'cor@voorbeeld.example' });
    await changeRoles(world, officer.actor, bert.account, { roles: ['approver'] });
    await send();
    const [english, dutch] = [bert, cor].map((one) => post.mails.find((mail) => mail.to === one.email));
    assert.equal(english?.subject, 'Your sign-in at Voorbeeld Telecom BV has changed');
    assert.match(english?.text ?? '', /your role was changed/);
    assert.equal(dutch?.subject, 'Uw aanmelding bij Voorbeeld Telecom BV is veranderd');
    const all = post.mails.map((mail) => `${mail.subject}\n${mail.text}`).join('\n');
    for (const secret of [passphrase, bert.secret, bert.token, ...bert.recoveryCodes, ...cor.recoveryCodes])
      assert.ok(!all.includes(secret));
    for (const person of [officer, anna, bert, cor])
      for (const word of [person.actor.name, person.email, person.account]) assert.ok(!all.includes(word), word);
    assert.deepEqual(
      [...all.matchAll(/https?:\S+/g)].map(([url]) => url).filter((url) => url !== from.origin),
      [],
      'no link that could be imitated',
    );
    await changeLanguage(world, cor.actor, 'en');
    await revoke(world, null, { account: cor.account });
    post.mails.length = 0;
    await send();
    assert.match(post.mails[0]?.subject ?? '', /^Your sign-in/);
  });

  it('later, when the mail server is away: the change is made, nothing is lost, and nothing is told twice', async () => {
    const dora = await member(access, { name: 'D. Dorst', email: 'dora@voorbeeld.example' });
    const eva = await member(access, { name: 'E. Vos', email: 'eva@voorbeeld.example' });
    const at = Number(new URL(post.settings.url).port);
    await post.close();
    assert.equal(await send(), 0);
    assert.ok(access.logged.some((line) => line.includes('notice.not-sent')));
    assert.ok(!access.logged.some((line) => line.includes(dora.email)), 'and the log names nobody');
    post = await postOffice(at);
    assert.equal(await send(), 0, 'not at once');
    access.pass({ minutes: 2 });
    post.refused.add(dora.email);
    assert.equal(await send(), 1, 'an address that is refused keeps no other from being told');
    assert.deepEqual(
      post.mails.map((mail) => mail.to),
      [eva.email],
    );
    post.refused.clear();
    access.pass({ minutes: 5 });
    const both = await Promise.all([send(), send()]);
    assert.equal(both[0] + both[1], 1, 'two servers of one home send it once');
    access.pass({ hours: 24 * 8 });
    await revoke(world, null, { account: dora.account });
    assert.equal(await send(), 1);
  });

  it('and the digest of what happened goes to each in their own language too', async () => {
    const all = await listAccounts(world.db);
    const readers = readersOf(all, 'nl').filter(({ email }) => /^(bert|cor|dora)@/.test(email));
    assert.deepEqual(
      readers.map(({ email, language }) => [email.split('@')[0], language]),
      [
        ['bert', 'en'],
        ['cor', 'en'],
        ['dora', 'nl'],
      ],
    );
    assert.equal(readersOf(all, 'en').find(({ email }) => email.startsWith('dora@'))?.language, 'en');
    assert.equal(houseLanguage({ publication: undefined }), 'nl');
  });

  it('never before the change is final, and never when it is undone', async () => {
    await assert.rejects(
      world.db.transaction().execute(async (tx) => {
        await noteChange(tx, world, 'access.password-set', { account: officer.account });
        assert.deepEqual(await takeNotices(world), []);
        throw new Error('undone');
      }),
    );
    assert.deepEqual(await takeNotices(world), []);
  });

  it('about every kind of change, in both languages', () => {
    for (const kind of Object.keys(noticeTexts) as NoticeKind[])
      for (const language of ['nl', 'en'] as const) {
        const { text } = wording({ language, notices: [{ id: '1', kind, at: world.clock() }] }, world, from);
        assert.ok(text.includes(noticeTexts[kind][language]), kind);
      }
  });
});
