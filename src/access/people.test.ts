import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accessWorld, desk, member, passphrase, whoIs, type Access, type Member } from '../../test/worlds/access.ts';
import {
  accountById,
  actorOf,
  adoptDeclaration,
  changeRoles,
  checkConfidentiality,
  checkSecondFactors,
  closeReview,
  decide,
  disable,
  failuresSince,
  invite,
  openLink,
  openReview,
  readReview,
  reset,
  reviewState,
  signDeclaration,
  signInWithPassword,
  staleAccounts,
  tendAccess,
} from './index.ts';

const text = { nl: 'Ik zwijg over wat ik weet.', en: 'I keep to myself what I learn.' };

describe('who has access', () => {
  let access: Access;
  let [olga, dora]: Member[] = [];
  before(async () => {
    access = await accessWorld();
    olga = await member(access, { name: 'Olga Otter', roles: ['privacy-officer'] });
    dora = await member(access, { name: 'Dora Duif', roles: ['dpo'] });
  });
  after(() => access.close());

  it('is decided by somebody else: nobody changes their own roles, and only a DPO makes a DPO', async () => {
    const { world } = access;
    assert.ok(olga && dora);
    const own = changeRoles(world, olga.actor, olga.account, { roles: ['privacy-officer', 'approver'] });
    await assert.rejects(own, { code: 'own-roles' });
    await assert.rejects(disable(world, olga.actor, dora.account), { code: 'dpo-role' });
    await assert.rejects(changeRoles(world, olga.actor, dora.account, { roles: ['engineer'] }), { code: 'dpo-role' });
    const asDpo = { name: 'Nep Dpo', email: 'nep@voorbeeld.example', roles: ['dpo'] } as const;
    await assert.rejects(invite(world, olga.actor, asDpo), { code: 'dpo-role' });
    await invite(world, dora.actor, asDpo);
  });

  it('changes from the next request on, also in a session that is open', async () => {
    const { world } = access;
    assert.ok(olga);
    const eva = await member(access, { name: 'Eva Eend', roles: ['engineer'] });
    await changeRoles(world, olga.actor, eva.account, { roles: ['approver'] });
    assert.deepEqual((await whoIs(world, eva.token)).roles, ['approver']);
    await disable(world, olga.actor, eva.account);
    assert.equal(await actorOf(world, eva.token), null);
  });

  it('makes no account that makes no sense', async () => {
    const { world } = access;
    const someone = { name: 'Iemand Anders', email: 'iemand@voorbeeld.example' };
    const until = world.clock().subtract({ hours: 1 });
    for (const wrong of [
      { ...someone, roles: [] },
      { ...someone, roles: ['client' as const] },
      { ...someone, roles: ['engineer' as const], clients: ['bakery'] },
      { ...someone, roles: ['auditor' as const], until },
      { ...someone, roles: ['auditor' as const, 'engineer' as const], until: world.clock().add({ hours: 1 }) },
      { ...someone, email: 'geen adres', roles: ['engineer' as const] },
      { ...someone, name: ' ', roles: ['engineer' as const] },
    ])
      await assert.rejects(invite(world, null, wrong), { code: 'account-wrong' });
    await assert.rejects(
      invite(world, null, { ...someone, email: 'OLGA.otter@voorbeeld.example', roles: ['engineer'] }),
      { code: 'email-taken' },
    );
    const { rows } = await sql`select from access.person where name = 'Iemand Anders'`.execute(world.db);
    assert.equal(rows.length, 0, 'nothing of a refused account stays');
  });

  it('is given back to whoever lost something, without giving away what they still have', async () => {
    const { world } = access;
    assert.ok(olga);
    const kees = await member(access, { name: 'Kees Kat', roles: ['engineer'] });
    const link = await reset(world, olga.actor, kees.account, 'password');
    assert.ok(link);
    assert.equal(await actorOf(world, kees.token), null);
    const { session, stage } = await openLink(world, link.token, desk);
    assert.equal(stage, 'new-password');
    assert.deepEqual((await whoIs(world, session)).roles, []);
    assert.equal((await accountById(world.db, kees.account)).hasCode, true);
    // A lost telephone: the long password stays, and gets them as far as enrolling another.
    const next = await member(access, { name: 'Loes Leeuw', roles: ['engineer'] });
    assert.equal(await reset(world, olga.actor, next.account, 'second-factor'), null);
    const half = await signInWithPassword(world, { email: next.email, password: passphrase }, desk);
    assert.ok(half.next === 'done' && half.stage === 'enrol');
    await assert.rejects(reset(world, olga.actor, olga.account, 'password'), { code: 'own-roles' });
  });

  it('shows who has no second factor', async () => {
    const { world } = access;
    const before = await checkSecondFactors(world);
    const loes = (await accountById(world.db, before.without[0] ?? '')).name;
    assert.deepEqual([before.accounts - before.covered, loes], [1, 'Loes Leeuw']);
    assert.ok(before.covered >= 3);
  });
});

describe('confidentiality', () => {
  let access: Access;
  before(async () => {
    access = await accessWorld();
  });
  after(() => access.close());

  it('is kept while everyone with access has signed the text in force, and not a day longer', async () => {
    const { world } = access;
    const anna = await member(access, { name: 'Anna de Beer' });
    assert.deepEqual((await checkConfidentiality(world)).kept, false, 'there is nothing to sign');
    await adoptDeclaration(world, null, '2026-1', text);
    assert.deepEqual(
      (await checkConfidentiality(world)).missing.map((one) => one.name),
      ['Anna de Beer'],
    );
    await assert.rejects(signDeclaration(world, anna.actor, '2025-1'), { code: 'changed-since' });
    await signDeclaration(world, anna.actor, '2026-1');
    await signDeclaration(world, anna.actor, '2026-1');
    assert.deepEqual(await checkConfidentiality(world), {
      kept: true,
      version: '2026-1',
      withAccess: 1,
      signed: 1,
      missing: [],
    });
    const bert = await member(access, { name: 'Bert Vos', roles: ['engineer'] });
    assert.equal((await checkConfidentiality(world)).kept, false, 'somebody came');
    await signDeclaration(world, bert.actor, '2026-1');
    assert.equal((await checkConfidentiality(world)).kept, true);
    access.pass({ minutes: 1 });
    await adoptDeclaration(world, anna.actor, '2026-2', { ...text, en: 'Another text.' });
    assert.equal((await checkConfidentiality(world)).missing.length, 2, 'the text changed');
    await assert.rejects(adoptDeclaration(world, null, '2026-1', text), { code: 'declaration-there' });
    await signDeclaration(world, anna.actor, '2026-2');
    await disable(world, null, bert.account);
    assert.equal((await checkConfidentiality(world)).kept, true, 'who left need not sign');
  });
});

describe('an access review', () => {
  let access: Access;
  before(async () => {
    access = await accessWorld();
  });
  after(() => access.close());

  it('is due every six months, and done when each account was kept or ended by somebody else', async () => {
    const { world } = access;
    const olga = await member(access, { name: 'Olga Otter' });
    const dora = await member(access, { name: 'Dora Duif', roles: ['dpo'] });
    const eva = await member(access, { name: 'Eva Eend', roles: ['engineer'] });
    assert.deepEqual((await reviewState(world)).due?.toString(), '2027-05-24T09:00:00Z');
    assert.equal((await tendAccess(world)).reviewOverdue, false);
    access.setNow('2027-05-24T09:00:00Z');
    assert.equal((await tendAccess(world)).reviewOverdue, true);
    assert.equal((await staleAccounts(world)).length, 3);
    const review = await openReview(world);
    assert.equal(review, (await reviewState(world)).open, 'the one that was opened by the day');
    assert.equal((await readReview(world.db, review)).lines.length, 3);
    await assert.rejects(decide(world, olga.actor, review, olga.account, 'keep'), { code: 'own-roles' });
    await assert.rejects(decide(world, eva.actor, review, olga.account, 'end'), { code: 'not-there' });
    await decide(world, olga.actor, review, eva.account, 'end');
    await decide(world, olga.actor, review, dora.account, 'keep');
    await assert.rejects(closeReview(world, olga.actor, review), { code: 'review-undecided' });
    await decide(world, dora.actor, review, olga.account, 'keep');
    await closeReview(world, olga.actor, review);
    assert.equal((await accountById(world.db, eva.account)).state, 'disabled');
    assert.equal((await reviewState(world)).overdue, false);
    await assert.rejects(decide(world, olga.actor, review, dora.account, 'end'), { code: 'dpo-role' });
    const { rows } = await sql<{ e: string }>`
      select convert_from(entry, 'UTF8') as e from ledger.intake where convert_from(entry, 'UTF8') like '%access.reviewed%'`.execute(
      world.db,
    );
    assert.match(rows[0]?.e ?? '', /"ended":1,"kept":2,/);
  });
});

describe('a day', () => {
  it('takes away what has ended, and leaves of failures a count in the evidence', async () => {
    const access = await accessWorld();
    const { world } = access;
    const until = world.clock().add({ hours: 20 });
    const auditor = await member(access, { name: 'Arie Auditor', roles: ['auditor'], until });
    await invite(world, null, { name: 'Nooit Gekomen', email: 'n@voorbeeld.example', roles: ['engineer'] });
    for (let i = 0; i < 3; i += 1)
      await signInWithPassword(world, { email: auditor.email, password: 'mis' }, desk).catch(() => undefined);
    assert.deepEqual(await failuresSince(world.db, world.clock()), [{ day: '2026-11-24', kind: 'password', n: 3 }]);
    assert.equal((await tendAccess(world)).failures, 0, 'the day is not over');
    access.pass({ hours: 24 * 4 });
    assert.deepEqual(await tendAccess(world), { ended: 1, failures: 3, reviewOverdue: false });
    assert.deepEqual(await tendAccess(world), { ended: 0, failures: 0, reviewOverdue: false });
    for (const table of ['session', 'invitation', 'attempt', 'failure', 'flow']) {
      const { rows } = await sql`select from ${sql.table(`access.${table}`)}`.execute(world.db);
      assert.equal(rows.length, 0, table);
    }
    const { rows } = await sql<{ e: string }>`
      select convert_from(entry, 'UTF8') as e from ledger.intake where convert_from(entry, 'UTF8') like '%access.refused%'`.execute(
      world.db,
    );
    assert.match(rows[0]?.e ?? '', /"kind":"password","n":3,/);
    const left = async (): Promise<unknown[]> =>
      (await sql<{ name: string }>`select name from access.person order by name`.execute(world.db)).rows.map(
        (row) => row.name,
      );
    assert.deepEqual(await left(), ['Arie Auditor', 'Nooit Gekomen']);
    access.pass({ hours: 24 * 366 });
    await tendAccess(world);
    assert.deepEqual(await left(), ['Nooit Gekomen'], 'whoever left is forgotten after a year');
    await access.close();
  });
});
