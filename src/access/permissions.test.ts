import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant } from '../base/time.ts';
import { accessWorld, member } from '../../test/worlds/access.ts';
import { authorise, failuresSince, formToken, isFormToken } from './index.ts';
import { roles, type Actor, type Role } from './model.ts';
import { allow, can, clientsSeenBy, permissions, requireStepUp, ruleOf } from './permissions.ts';

const actor = (of: readonly Role[], more: Partial<Actor> = {}): Actor => ({
  account: 'a-1',
  person: 'p-1',
  name: 'A. de Beer',
  roles: of,
  clients: [],
  until: null,
  session: 's-1',
  stage: 'full',
  stepUpAt: null,
  language: null,
  shown: [],
  ...more,
});

describe('who may do what', () => {
  it('an auditor sees and changes nothing', () => {
    const allowed = permissions.filter((one) => can(actor(['auditor']), one));
    assert.ok(allowed.length > 5);
    assert.deepEqual(
      allowed.filter((one) => !one.startsWith('see ')),
      ['sign the declaration'],
    );
  });
  it('whoever has no role, has not come all the way or is a data subject touches nothing of the organisation', () => {
    const nobody = actor([]);
    assert.deepEqual(
      permissions.filter((one) => can(nobody, one)),
      [],
    );
    assert.deepEqual(
      permissions.filter((one) => can(actor(['subject']), one)),
      ['make a request', 'see own requests'],
    );
  });
  it('a client sees its own register and proofs, and not those of another', () => {
    const bakery = actor(['client'], { clients: ['bakery'] });
    assert.ok(can(bakery, "see a client's register", { client: 'bakery' }));
    assert.ok(!can(bakery, "see a client's register", { client: 'garage' }));
    assert.ok(!can(bakery, "see a client's proofs"));
    assert.ok(!can(bakery, 'see the register') && !can(bakery, 'see the board') && !can(bakery, 'see people'));
    assert.deepEqual(clientsSeenBy(bakery), ['bakery']);
    assert.equal(clientsSeenBy(actor(['auditor'])), 'all');
  });
  it('a data subject sees what is theirs', () => {
    assert.ok(can(actor(['subject']), 'see own requests', { account: 'a-1' }));
    assert.ok(!can(actor(['subject']), 'see own requests', { account: 'a-2' }));
  });
  it("the DPO's box is for the DPO alone: not for the privacy officer, nor for the engineer", () => {
    const who = roles.filter((role) => can(actor([role]), "read the DPO's box"));
    assert.deepEqual(who, ['dpo']);
  });
  it('what is refused reads as what is not there', () => {
    assert.throws(() => allow(actor(['engineer']), 'approve a plan'), { code: 'not-there' });
    allow(actor(['approver']), 'approve a plan');
  });
  it('what cannot be undone asks for two factors shown within five minutes, and not in the future', () => {
    const now = instant('2026-11-24T10:00:00Z');
    const at = { now, withinMinutes: 5 };
    const shown = (text: string): Actor => actor(['approver'], { stepUpAt: instant(text) });
    requireStepUp(shown('2026-11-24T09:55:00Z'), 'approve a plan', at);
    for (const stale of ['2026-11-24T09:54:59Z', '2026-11-24T10:00:01Z'])
      assert.throws(() => requireStepUp(shown(stale), 'approve a plan', at), { code: 'step-up-needed' });
    assert.throws(() => requireStepUp(actor(['approver']), 'approve a plan', at), { code: 'step-up-needed' });
    requireStepUp(actor(['approver']), 'see plans', at);
  });
  it('everything that takes two people asks for fresh factors too', () => {
    const two = permissions.filter((one) => ruleOf(one).two);
    assert.deepEqual(two, ['publish a statement', 'override a finding', 'approve a plan', 'release a hold']);
    assert.ok(two.every((one) => ruleOf(one).fresh));
  });
});

describe('a route', () => {
  it('lets nobody by who is not there, may not, or has not just shown two factors, and counts who was denied', async () => {
    const access = await accessWorld();
    const { world } = access;
    const olga = await member(access, { name: 'Olga Otter', roles: ['engineer'] });
    await assert.rejects(authorise(world, null, 'see the board'), { code: 'sign-in-needed' });
    await assert.rejects(authorise(world, olga.actor, 'invite people'), { code: 'not-there' });
    assert.deepEqual(await failuresSince(world.db, world.clock()), [{ day: '2026-11-24', kind: 'denied', n: 1 }]);
    assert.equal(await authorise(world, olga.actor, 'connect a system'), olga.actor);
    access.pass({ minutes: 6 });
    await assert.rejects(authorise(world, olga.actor, 'connect a system'), { code: 'step-up-needed' });
    const token = formToken(world, olga.actor);
    assert.ok(isFormToken(world, olga.actor, token));
    for (const other of ['', token.slice(1), formToken(world, { session: 's-other' })])
      assert.ok(!isFormToken(world, olga.actor, other));
    await access.close();
  });
});
