/** A plan says which hold keeps how many, by id and never by a name; its page leads to the hold, and says what it cannot do. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { planJson } from '../../src/app/wire.ts';
import { toldApart } from '../../src/promises/holds/model.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import type { Plan } from '../../src/promises/retention/planned.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('what a plan says of holds, and its page', () => {
  let host: ProspectWorld;
  let site: TestSite;
  before(async () => {
    host = await prospects();
    site = await testSite({ estate: host.estate });
    const due = Array.from({ length: 30 }, (_, i) => ({ id: i, email: `a${i}@example.nl`, last: '2020-01-01' }));
    await host.add([...due, { id: 90, email: 'young@example.nl', last: '2026-11-01' }]);
  });
  afterEach(() => sql`truncate holds.hold cascade`.execute(site.world.db));
  after(async () => {
    await site.close();
    await host.close();
  });

  const hold = async (matter: string, emails: readonly string[]): Promise<string> => {
    const placed = await placeHold(
      site.world,
      { name: 'A' },
      {
        matter,
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: emails.map((value) => ({ is: 'subject' as const, kind: 'email' as const, value, datasets: [] })),
      },
    );
    return placed.hold.id;
  };
  const lineOf = (plan: Plan): Plan['lines'][number] => {
    const line = plan.lines.find((one) => one.dataset === 'prospects');
    assert.ok(line);
    return line;
  };
  /** A plan as another version, or another day, would have left it: signed, under an id of its own. */
  const planted = async (plan: Plan): Promise<Plan> => {
    const text = JSON.stringify(plan);
    await sql`
      insert into retention.plan (id, at, made_at, expires_at, policy_hash, estate_hash, body, signature)
      values (${plan.plan}, ${plan.at}, ${plan.at}, ${plan.expires}, ${plan.policy}, ${plan.estate}, to_jsonb(${text}::text), ${site.world.seal.sign(text)})`.execute(
      site.world.db,
    );
    return plan;
  };
  const look = async (): Promise<Plan['lines'][number]> => lineOf(await makePlan(site.world, site.world.clock()));

  it('no hold, no names; one hold keeps what is held', async () => {
    const free = await look();
    assert.deepEqual([free.due, free.held, free.heldBy], [30, 0, {}]);
    const one = await hold('one', ['a1@example.nl', 'A2@example.nl', 'young@example.nl']);
    const held = await look();
    assert.deepEqual([held.due, held.held, held.heldBy], [28, 2, { [one]: 2 }]);
  });

  it('an item under two holds counts with each, once in what is held, and a hold that keeps nothing here is not named', async () => {
    const first = await hold('first', ['a1@example.nl', 'a2@example.nl']);
    const second = await hold('second', ['a2@example.nl', 'a3@example.nl', 'a4@example.nl']);
    await hold('of someone who is young', ['young@example.nl']);
    const line = await look();
    assert.deepEqual([line.due, line.held, line.heldBy], [26, 4, { [first]: 2, [second]: 3 }]);
    assert.equal(line.samples.length, 3);
    const left = await sql<{ n: number }>`select count(*)::int as n from holds.hold`.execute(site.world.db);
    assert.equal(left.rows[0]?.n, 3);
  });

  it('of many holds the oldest are told apart, and what the rest keep stands together', async () => {
    const ids: string[] = [];
    for (let i = 0; i < toldApart + 3; i += 1) {
      site.home.setNow(`2026-11-24T10:00:${String(i).padStart(2, '0')}Z`);
      ids.push(await hold(`matter ${i}`, [`a${i}@example.nl`]));
    }
    const { held, heldBy = {} } = await look();
    assert.equal(held, toldApart + 3);
    assert.equal(Object.keys(heldBy).length, toldApart + 1);
    assert.equal(heldBy['other'], 3);
    assert.deepEqual(
      Object.values(heldBy).reduce((a, b) => a + b, 0),
      held,
    );
    assert.deepEqual(
      ids.map((id) => heldBy[id]),
      ids.map((_, i) => (i < toldApart ? 1 : undefined)),
    );
  });

  it('what is signed and what programs get has ids alone; the page has the matter and leads to it', async () => {
    const first = await hold('Zaak van mevrouw Zomer', ['a1@example.nl', 'a2@example.nl']);
    const second = await hold('Een tweede zaak', ['a2@example.nl']);
    const plan = await makePlan(site.world, site.world.clock());
    const { rows } = await sql<{
      text: string;
    }>`select body #>> '{}' as text from retention.plan where id = ${plan.plan}`.execute(site.world.db);
    for (const text of [rows[0]?.text ?? '', JSON.stringify(planJson(plan))]) {
      assert.ok(text.includes(first) && text.includes(second));
      assert.ok(!text.includes('Zomer') && !text.includes('a2@example.nl'));
    }
    const shown = await site.page('engineer', `/plans/${plan.plan}`);
    assert.ok(
      shown.includes(`<a href="/holds/${first}">Zaak van mevrouw Zomer</a>: 2`),
      shown.slice(shown.indexOf('held')),
    );
    assert.ok(shown.includes(`<a href="/holds/${second}">Een tweede zaak</a>: 1`));
    assert.match(shown, /an item under two holds counts with each/u);
  });

  it('a plan of before this was counted has none, and is shown as it was', async () => {
    const plan = await makePlan(site.world, site.world.clock());
    const old = {
      ...plan,
      plan: 'p-0ld0000000',
      lines: plan.lines.map((line) => {
        const { heldBy, ...rest } = line;
        assert.deepEqual(heldBy, {});
        return { ...rest, held: 4 };
      }),
    };
    await planted(old);
    assert.equal(planJson(old).lines[0]?.heldBy, undefined);
    assert.match(await site.page('engineer', `/plans/${old.plan}`), /class="n" data-label="held">4</u);
  });

  it('one that looks ahead says that it cannot be approved, and offers a plan for now; so does one that expired', async () => {
    const ahead = await makePlan(site.world, site.world.clock().add({ hours: 24 * 40 }));
    const nl = await site.page('privacy-officer', `/plans/${ahead.plan}`, 'nl');
    assert.match(
      nl,
      /Dit plan telt wat aan de beurt is op 3 jan 2027.*u kunt het niet goedkeuren.*Maak een plan voor nu/u,
    );
    assert.doesNotMatch(nl, /Keur goed/u);
    assert.match(
      await site.page('privacy-officer', `/plans/${ahead.plan}`),
      /you cannot approve it.*Make a plan for now/u,
    );
    assert.doesNotMatch(await site.page('approver', `/plans/${ahead.plan}`), /<button[^>]*> Make a plan for now/u);
    assert.match(await site.page('privacy-officer', '/plans'), /looks ahead/u);
    const now = await makePlan(site.world, site.world.clock());
    assert.match(await site.page('privacy-officer', `/plans/${now.plan}`), /You approve that/u);
    const old = await planted({ ...now, plan: 'p-1ate000000', expires: '2026-11-20T10:00:00Z' });
    const late = await site.page('privacy-officer', `/plans/${old.plan}`);
    assert.match(late, /can no longer be approved or carried out.*Make a plan for now/u);
    assert.doesNotMatch(late, /You approve that/u);
  });

  it('one made without its picture offers to count it, and has it then', async () => {
    await sql`delete from retention.ages`.execute(site.world.db);
    const { plan } = await makePlan(site.world, site.world.clock());
    assert.match(await site.page('privacy-officer', `/plans/${plan}`), /How old it is was not counted.*Count it now/u);
    assert.doesNotMatch(await site.page('approver', `/plans/${plan}`), /Count it now/u);
    const done = await site.ask(`/plans/${plan}/ages`, { method: 'POST', as: site.who('privacy-officer').token });
    assert.equal(done.headers.get('location'), `/plans/${plan}?done=counted`);
    const shown = await site.page('privacy-officer', `/plans/${plan}`);
    assert.match(shown, /class="key due"/u);
    assert.doesNotMatch(shown, /Count it now/u);
    await sql`update retention.ages set at = at - interval '1 day'`.execute(site.world.db);
    assert.match(
      await site.page('privacy-officer', `/plans/${plan}`, 'nl'),
      /geteld voordat het plan werd gemaakt.*Tel het nu/u,
    );
  });

  it('whoever grants the release of a hold reads why it was asked, and is not asked for a reason that nobody keeps', async () => {
    const id = await hold('Zaak', ['a1@example.nl']);
    assert.match(await site.page('dpo', `/holds/${id}`), /<textarea/u);
    const asked = await site.ask(`/holds/${id}/release`, {
      method: 'POST',
      as: site.who('dpo').token,
      body: new URLSearchParams({ reason: 'De zaak is geschikt.' }),
    });
    assert.match(asked.headers.get('location') ?? '', /release-asked/u);
    const shown = await site.page('approver', `/holds/${id}`);
    assert.match(shown, /De zaak is geschikt\..*Grant the release/u);
    assert.doesNotMatch(shown, /<textarea/u);
    const granted = await site.ask(`/holds/${id}/release`, { method: 'POST', as: site.who('approver').token });
    assert.match(granted.headers.get('location') ?? '', /releasing/u);
  });
});

describe('a hold between days', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const scopes = async (): Promise<unknown[]> =>
    (
      await sql<{ part: unknown }>`select scope -> 0 as part from holds.hold order by id`.execute(site.world.db)
    ).rows.map((row) => row.part);
  const whole = { from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z' };
  const about = { matter: 'm', kind: 'dispute', reason: 'r', legalBasis: 'b' };
  const form = (from: string, to: string): Promise<Response> =>
    site.ask('/holds/new', {
      method: 'POST',
      as: site.who('dpo').token,
      body: new URLSearchParams({ ...about, scope: 'place', place: 'x', datasets: 'paper/recordings', from, to }),
    });

  it('has days of the organisation from the form and from a program, and shows them as they were filled in', async () => {
    const placed = await form('2026-10-25', '2026-10-25');
    const to = placed.headers.get('location')?.split('?')[0] ?? '';
    const shown = await (await site.ask(`${to}?lang=en`, { as: site.who('dpo').token })).text();
    assert.match(shown, /x · 25 Oct 2026 – 25 Oct 2026 · paper/u);
    const scope = [{ is: 'place', place: 'x', datasets: ['paper/recordings'], from: '2026-10-25', to: '2026-10-25' }];
    const answer = await site.ask('/api/holds', {
      method: 'POST',
      as: site.who('dpo').token,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...about, scope }),
    });
    assert.equal(answer.status, 200, await answer.text());
    for (const part of await scopes())
      assert.deepEqual(part, { is: 'place', place: 'x', datasets: ['paper/recordings'], ...whole });
    assert.equal((await scopes()).length, 2);
  });

  it('does not end before it begins', async () => {
    assert.match(
      await (await form('2026-11-02', '2026-11-01')).text(),
      /beginning is not before the end|begin ligt niet vóór/u,
    );
    assert.equal((await scopes()).length, 2);
  });
});
