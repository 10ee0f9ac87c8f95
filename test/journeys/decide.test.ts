/** What the pages say to whom decides: how many, who must still say yes, and who carries it out. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Role } from '../../src/access/index.ts';
import { notificationsOf } from '../../src/app/site/notifications/index.ts';
import { waitingFor } from '../../src/app/site/waiting.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('deciding in the pages', () => {
  let host: ProspectWorld;
  let site: TestSite;
  let plan = '';
  before(async () => {
    host = await prospects();
    site = await testSite({ estate: host.estate });
    await host.add([{ id: 1, email: 'a1@example.nl', last: '2020-01-01' }]);
  });
  after(async () => {
    await site.close();
    await host.close();
  });

  const waits = async (role: Role): Promise<[number | undefined, boolean]> => [
    (await waitingFor(site.seat, site.who(role).actor))['/plans'],
    (await notificationsOf(site.seat, site.who(role).actor)).some((one) => one.key === `plan ${plan}`),
  ];

  it('a first plan has its picture, and one item is one item', async () => {
    const made = await site.post('privacy-officer', '/plans');
    plan = /p-[0-9a-z]+/u.exec(made.headers.get('location') ?? '')?.[0] ?? '';
    const shown = await site.page('privacy-officer', `/plans/${plan}`);
    assert.match(shown, /How old it is/u);
    assert.match(shown, /class="key due"/u);
    assert.match(shown, /You approve that 1 item is deleted for good/u);
    assert.match(await site.page('privacy-officer', `/plans/${plan}`, 'nl'), /dat 1 item definitief wordt verwijderd/u);
    assert.match(shown, /Made on/u);
    assert.doesNotMatch(shown, /Counts ahead to/u);
    assert.deepEqual(await waits('approver'), [1, true], 'and it is told that the plan waits');
    assert.match(
      await site.page('engineer', `/plans/${plan}`),
      /waits for approval: 1\b.*Approving takes two people with the role privacy officer or approver/u,
    );
  });

  it('who approved as the second reads who carries it out, who may sees of how many, and nobody is told that it waits', async () => {
    const rule = /name="rule" value="([^"]+)"/u.exec(await site.page('approver', `/plans/${plan}`))?.[1] ?? '';
    await site.post('privacy-officer', `/plans/${plan}/approve`, { rule });
    await site.post('approver', `/plans/${plan}/approve`, { rule });
    const done = await site.page('approver', `/plans/${plan}`);
    assert.match(done, /Carrying out is now for someone with the role privacy officer or engineer\./u);
    assert.doesNotMatch(done, /Carry out now/u);
    const carries = await site.page('engineer', `/plans/${plan}`);
    assert.match(carries, /Carry out now: 1/u);
    assert.match(carries, /1 item in 1 place is deleted for good\./u);
    assert.deepEqual(await waits('approver'), [0, false]);
  });

  it('a plan that counts ahead says when it was made and to when it counts', async () => {
    const ahead = await makePlan(site.world, site.world.clock().add({ hours: 25 }));
    const shown = await site.page('engineer', `/plans/${ahead.plan}`);
    assert.match(shown, /Made on.*24 Nov 2026, 11:00.*Counts ahead to.*25 Nov 2026, 12:00/u);
  });

  it('a line with nothing due is nobody’s approval', async () => {
    await host.clear();
    // A minute later: of two plans of one moment neither is the newest.
    site.home.setNow('2026-11-24T10:01:00Z');
    const empty = await makePlan(site.world, site.world.clock());
    plan = empty.plan;
    const { rows } = await sql<{ n: string }>`
      select count(*) as n from retention.approval where plan = ${plan}`.execute(site.world.db);
    assert.ok(Number(rows[0]?.n) > 0, 'it passes by itself, since nothing is due');
    assert.doesNotMatch(await site.page('engineer', `/plans/${plan}`), /approved/u);
    assert.deepEqual(await waits('approver'), [0, false]);
  });

  it('who asked for the release of a hold has no button to grant it; who may, reads how many become free', async () => {
    await host.add([{ id: 2, email: 'a2@example.nl', last: '2026-11-01' }]);
    const { hold } = await placeHold(site.world, site.who('dpo').actor, {
      matter: 'm',
      kind: 'complaint',
      reason: 'r',
      legalBasis: 'b',
      prospective: false,
      scope: [{ is: 'subject', kind: 'email', value: 'a2@example.nl', datasets: [] }],
    });
    assert.match(await site.page('dpo', `/holds/${hold.id}`), /Ask for the release: 1/u);
    await site.post('dpo', `/holds/${hold.id}/release`, { reason: 'settled' });
    const asked = await site.page('dpo', `/holds/${hold.id}`);
    assert.match(asked, /waits for a second person/u);
    assert.doesNotMatch(asked, /Grant the release/u);
    const other = await site.page('approver', `/holds/${hold.id}`);
    assert.match(other, /Grant the release: 1/u);
    assert.match(other, /This hold keeps 1 item\. It becomes free/u);
  });
});
