import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accessWorld, member, type Access, type Member } from '../../test/worlds/access.ts';
import { prospects } from '../../test/worlds/crm.ts';
import { testHome } from '../../test/worlds/home.ts';
import { placeHold, releaseHold } from '../promises/holds/service.ts';
import { askSecondLook, giveSecondLook, invite, listSecondLooks, takeSecondLook, type Asked } from './index.ts';

const plan: Asked = { deed: 'approve a plan', subject: 'plan-0123456789', digest: 'sha256 of what it would do' };

describe('a deed for two', () => {
  let access: Access;
  let [anna, bert, other]: Member[] = [];
  const take = (asked: Asked = plan) =>
    access.world.db.transaction().execute((tx) => takeSecondLook(tx, access.world, asked));
  before(async () => {
    access = await accessWorld();
    anna = await member(access, { name: 'Anna de Beer', roles: ['privacy-officer', 'approver'] });
    bert = await member(access, { name: 'Bert Vos', roles: ['approver'] });
    other = await member(access, {
      name: 'anna  de BEER',
      email: 'anna.two@voorbeeld.example',
      roles: ['approver'],
      samePerson: true,
    });
  });
  after(() => access.close());

  it('is not done by one, nor by one with two roles, nor by one with two accounts', async () => {
    const { world } = access;
    assert.ok(anna && other);
    assert.equal(anna.actor.person, other.actor.person);
    assert.notEqual(anna.account, other.account);
    await assert.rejects(take(), { code: 'second-needed' });
    const asked = await askSecondLook(world, anna.actor, plan);
    await assert.rejects(take(), { code: 'second-needed' });
    for (const same of [anna, other])
      await assert.rejects(giveSecondLook(world, same.actor, asked.id, plan.digest), { code: 'same-person' });
    // Nor past us: the store itself refuses one person as both.
    const both = sql`update access.second_look set seen_by = asked_by, seen = now() where id = ${asked.id}`;
    await assert.rejects(both.execute(world.db), { code: '23514' });
  });

  it('is done by two who saw the same, once', async () => {
    const { world } = access;
    assert.ok(anna && bert);
    const [asked] = await listSecondLooks(world);
    assert.ok(asked);
    await assert.rejects(giveSecondLook(world, bert.actor, asked.id, 'another digest'), { code: 'changed-since' });
    await giveSecondLook(world, bert.actor, asked.id, plan.digest);
    await assert.rejects(take({ ...plan, digest: 'another digest' }), { code: 'second-needed' });
    await assert.rejects(take({ ...plan, deed: 'release a hold' }), { code: 'second-needed' });
    assert.deepEqual(await take(), { first: 'Anna de Beer', second: 'Bert Vos' });
    await assert.rejects(take(), { code: 'second-needed' });
  });

  it('asks both for fresh factors and the permission, and waits a week at most', async () => {
    const { world } = access;
    assert.ok(anna && bert);
    const engineer = await member(access, { name: 'Eva Eend', roles: ['engineer'] });
    await assert.rejects(askSecondLook(world, engineer.actor, plan), { code: 'not-there' });
    const asked = await askSecondLook(world, anna.actor, plan);
    await assert.rejects(giveSecondLook(world, engineer.actor, asked.id, plan.digest), { code: 'not-there' });
    access.pass({ minutes: 6 });
    await assert.rejects(giveSecondLook(world, bert.actor, asked.id, plan.digest), { code: 'step-up-needed' });
    access.pass({ hours: 7 * 24 });
    await assert.rejects(giveSecondLook(world, { ...bert.actor, stepUpAt: world.clock() }, asked.id, plan.digest), {
      code: 'not-there',
    });
  });

  it('is refused by the services that know names only, since a name is one person’s and never changes', async () => {
    const { world } = access;
    assert.ok(anna && bert && other);
    await assert.rejects(
      invite(world, null, { name: ' ANNA de Beer', email: 'third@voorbeeld.example', roles: ['engineer'] }),
      { code: 'name-taken' },
    );
    const host = await prospects();
    const home = await testHome({ estate: host.estate });
    await host.add([{ id: 1, email: 'p@example.nl', last: '2024-05-05' }]);
    const promises = await home.open();
    const { hold } = await placeHold(promises, anna.actor, {
      matter: 'm',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: false,
      scope: [{ is: 'subject', kind: 'email', value: 'p@example.nl', datasets: [] }],
    });
    await releaseHold(promises, anna.actor, hold.id, 'settled');
    await assert.rejects(releaseHold(promises, other.actor, hold.id, 'settled'), { code: 'hold-same-person' });
    assert.equal((await releaseHold(promises, bert.actor, hold.id, 'settled')).state, 'releasing');
    await home.close();
    await host.close();
  });
});
