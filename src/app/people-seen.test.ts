import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { adoptDeclaration, signDeclaration } from '../access/index.ts';
import { testSite, type TestSite } from '../../test/worlds/site.ts';
import { peopleSeen } from './people-seen.ts';

describe('what is seen of the people with access', () => {
  let site: TestSite;
  const seen = () => peopleSeen(site.world.db, site.world.clock(), []);
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  it('confidentiality is kept only while everyone with access has signed the text in force', async () => {
    assert.equal((await seen()).signed.state, 'not-proven', 'there is no text yet');
    await adoptDeclaration(site.seat.access, null, '1', { nl: 'Ik zwijg.', en: 'I keep silent.' });
    assert.equal((await seen()).signed.state, 'broken');
    const people = [...site.people.values()].filter((one) => one.role !== 'subject');
    for (const one of people.slice(1)) await signDeclaration(site.seat.access, one.actor, '1');
    assert.equal((await seen()).signed.state, 'broken', 'one has not');
    const [last] = people;
    assert.ok(last);
    await signDeclaration(site.seat.access, last.actor, '1');
    assert.equal((await seen()).signed.state, 'kept');
    site.home.setNow('2026-11-24T11:00:00Z');
    await adoptDeclaration(site.seat.access, null, '2', { nl: 'Ik zwijg nog.', en: 'I still keep silent.' });
    assert.equal((await seen()).signed.state, 'broken', 'another text is to be signed anew');
  });
  it('accounts without a second factor put it at risk, and no name stands in what is told', async () => {
    const { twoFactors, signed } = await seen();
    assert.equal(twoFactors.state, 'at-risk');
    for (const one of site.people.values()) assert.ok(!JSON.stringify([twoFactors, signed]).includes(one.actor.name));
  });
  it('stands on the board as soon as somebody signs here, without a measurement', async () => {
    const others = [...site.people.values()].filter((one) => one.role !== 'subject');
    for (const { actor } of others) await signDeclaration(site.seat.access, actor, '2');
    const { token } = await site.person('The last', 'engineer');
    const body = new URLSearchParams({ version: '2' });
    const answer = await site.ask('/declaration/sign', { method: 'POST', as: token, body });
    assert.equal(answer.status, 303);
    const { rows } = await sql<{ state: string }>`
      select detail ->> 'state' as state from proof.check where check_id = 'people-signed' order by id desc limit 1`.execute(
      site.world.db,
    );
    assert.equal(rows[0]?.state, 'kept');
  });
});
