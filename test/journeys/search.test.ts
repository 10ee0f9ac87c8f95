/** Search: whatever has a name or a number is found by whoever may open it, and by nobody else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Role } from '../../src/access/index.ts';
import { documentId } from '../../src/app/documents.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { draft } from '../../src/promises/publication/versions/service.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('the search field', () => {
  let site: TestSite;
  let plan = '';
  let version = '';
  let hold = '';
  before(async () => {
    site = await testSite();
    const officer = site.people.get('privacy-officer');
    assert.ok(officer);
    ({ plan } = await makePlan(site.world, site.world.clock()));
    version = (await draft(publicationOf(site.world), officer.actor)).id;
    ({
      hold: { id: hold },
    } = await placeHold(site.world, officer.actor, {
      matter: 'The case of the broken oven',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: [{ is: 'place', place: '1', datasets: [], from: null, to: null }],
    }));
    await site.world.flush();
  });
  after(() => site.close());

  /** Where what was found leads to. */
  const foundBy = async (as: string, asked: string): Promise<string[]> => {
    const answer = await site.ask(`/search?lang=en&q=${encodeURIComponent(asked)}`, { as });
    assert.equal(answer.status, 200);
    const [, main = ''] = (await answer.text()).split('<main');
    return [...main.matchAll(/<li class="card row">\s*<span class="breaks"\s*><a href="([^"]+)"/g)].map(
      ([, href = '']) => href,
    );
  };
  const found = (role: Role, asked: string): Promise<string[]> => foundBy(site.people.get(role)?.token ?? '', asked);

  /** Each with where it leads, and who must not find it. */
  const wanted = (): [asked: string, href: string, never: readonly Role[]][] => [
    [
      'Person engineer',
      `/people/${site.people.get('engineer')?.account ?? ''}`,
      ['engineer', 'approver', 'client', 'subject'],
    ],
    ['person.engineer@example.nl', `/people/${site.people.get('engineer')?.account ?? ''}`, ['engineer', 'client']],
    ['de korenaar', '/register/clients/bakery', ['subject']],
    ['0', '/ledger?to=1', ['client', 'subject']],
    ['#0', '/ledger?to=1', ['client', 'subject']],
    ['gst-h03', '/policy/rules/GST-H03', ['client', 'subject']],
    ['paper/recordings', '/systems/paper', ['client', 'subject']],
    ['backups', '/promises/P23', ['client', 'subject']],
    ['P08', '/promises/P08', ['client', 'subject']],
    ['broken oven', `/holds/${hold}`, ['client', 'subject']],
    [plan, `/plans/${plan}`, ['client', 'subject']],
    ['dpia-traffic', `/policy/documents/${documentId('documents/dpia-traffic.md')}`, ['client', 'subject']],
    ['documents', '/policy/documents', ['client', 'subject']],
    [version, `/publication/${version}`, ['client', 'subject']],
  ];

  it('finds each thing that has a name or a number, and leads to where it opens', async () => {
    for (const [asked, href] of wanted()) {
      assert.ok((await found('privacy-officer', asked)).includes(href), `${asked} → ${href}`);
      const answer = await site.ask(href, { as: site.people.get('privacy-officer')?.token ?? '' });
      assert.equal(answer.status, 200, href);
      await answer.body?.cancel();
    }
    assert.deepEqual(await found('privacy-officer', '999999'), []);
  });

  it('leads nobody to what they may not open', async () => {
    for (const [asked, href, never] of wanted())
      for (const role of never) assert.ok(!(await found(role, asked)).includes(href), `${role}: ${asked}`);
    // Whatever anyone finds, by words that are in much, opens for them.
    let tried = 0;
    for (const role of ['engineer', 'auditor', 'client', 'subject'] as const) {
      const all = new Set<string>();
      for (const asked of ['a', 'person', 'bak', '1']) for (const href of await found(role, asked)) all.add(href);
      for (const href of all) {
        const answer = await site.ask(href, { as: site.people.get(role)?.token ?? '' });
        assert.equal(answer.status, 200, `${role} → ${href}`);
        await answer.body?.cancel();
        tried += 1;
      }
    }
    assert.ok(tried > 50, `${tried} found`);
  });

  it('shows a client its own name, and another client not that one', async () => {
    assert.deepEqual(await found('client', 'de korenaar'), ['/register/clients/bakery']);
    const other = await site.person('Person of the chandler', 'client', ['chandler']);
    assert.deepEqual(await foundBy(other.token, 'de korenaar'), []);
    assert.deepEqual(await foundBy(other.token, 'bakery'), []);
  });

  it('shows an auditor the people, whom they may see, and not the box, which they may not', async () => {
    assert.deepEqual(await found('auditor', 'Person engineer'), [
      `/people/${site.people.get('engineer')?.account ?? ''}`,
    ]);
    assert.ok(!(await found('auditor', 'box')).includes('/dpo'));
    assert.ok((await found('dpo', 'box')).includes('/dpo'), 'the control');
  });
});
