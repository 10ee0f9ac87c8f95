/** What a page offers can be done by whoever reads it: every link opens, every form is for a role that they have, on every page that each role can walk to. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { can, permissions, type Permission } from '../../src/access/index.ts';
import { routes } from '../../src/app/site/routes.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { prospects, withReview, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestPerson, type TestSite } from '../worlds/site.ts';

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
const known = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

describe('what a page offers', () => {
  let host: ProspectWorld;
  let site: TestSite;
  before(async () => {
    host = await prospects();
    await host.add([
      { id: 1, email: 'a@example.nl', last: '2020-01-01' },
      { id: 2, email: 'b@example.nl', last: '2021-01-01' },
    ]);
    site = await testSite({ estate: host.estate, policy: withReview(), unlimited: true });
    const dpo = site.people.get('dpo');
    assert.ok(dpo);
    await placeHold(site.world, dpo.actor, {
      matter: 'Geschil',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      scope: [{ is: 'subject', kind: 'email', value: 'a@example.nl', datasets: [] }],
      prospective: true,
    });
    await makePlan(site.world, site.world.clock());
  });
  after(async () => {
    await site.close();
    await host.close();
  });

  /** Each page of a kind once or twice: fifty receipts are one page. */
  async function walk(person: TestPerson): Promise<string[]> {
    const wrong: string[] = [];
    const asked = new Set<string>();
    const ofKind = new Map<string, number>();
    const todo = [{ to: '/', from: '' }];
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const { to, from } = next;
      const path = to.replace(/[?#].*$/, '');
      const kind = known.find(({ route, pattern }) => route.method === 'GET' && pattern.test(path))?.route.path ?? path;
      const many = ofKind.get(kind) ?? 0;
      if (asked.has(to) || many >= 6) continue;
      asked.add(to);
      ofKind.set(kind, many + 1);
      const answer = await site.ask(to, { as: person.token });
      if (answer.status >= 400) {
        wrong.push(`${from} → ${to}: ${answer.status}`);
        continue;
      }
      const location = answer.headers.get('location');
      if (location !== null) todo.push({ to: location, from: to });
      if (!(answer.headers.get('content-type') ?? '').includes('text/html')) continue;
      const text = await answer.text();
      for (const [, href = ''] of text.matchAll(/<a\b[^>]*?\bhref="(\/[^"]*)"/g))
        if (!href.startsWith('//')) todo.push({ to: href.replaceAll('&amp;', '&').replace(/#.*$/, ''), from: to });
      for (const [, action = ''] of text.matchAll(/<form\b[^>]*?method="post"[^>]*?action="(\/[^"?]*)/g)) {
        const may = known.find(({ route, pattern }) => route.method === 'POST' && pattern.test(action))?.route.may;
        if (may === undefined) wrong.push(`${to}: a form to ${action}, where nothing is`);
        else if (permissions.includes(may as Permission) && !can(person.actor, may as Permission))
          wrong.push(`${to}: a form to ${action}, which is not theirs (${may})`);
      }
    }
    assert.ok(asked.size > 5, `walked ${asked.size} pages`);
    return wrong;
  }

  for (const role of ['privacy-officer', 'engineer', 'approver', 'dpo', 'auditor', 'client'] as const)
    it(`is open to a person with the role ${role}`, { timeout: 120_000 }, async () => {
      const person = site.people.get(role);
      assert.ok(person);
      assert.deepEqual(await walk(person), []);
    });

  it('gives no form for an account that somebody else must change, and no role that is refused', async () => {
    const officer = site.people.get('privacy-officer');
    const [dpo, engineer] = [site.people.get('dpo'), site.people.get('engineer')];
    assert.ok(officer && dpo && engineer);
    const shown = async (path: string): Promise<string> =>
      (await site.ask(`${path}?lang=en`, { as: officer.token })).text();
    for (const { account } of [officer, dpo])
      assert.doesNotMatch(await shown(`/people/${account}`), /action="\/people/);
    assert.match(await shown(`/people/${engineer.account}`), /\/roles"[\s\S]*\/end"/);
    assert.doesNotMatch(await shown('/people/invite'), /value="dpo"/);
    const begun = await site.ask('/people/review', { method: 'POST', as: officer.token });
    const review = begun.headers.get('location') ?? '';
    const lineOf = async (account: string): Promise<string> =>
      (await shown(review)).split('<li class="card">').find((line) => line.includes(account)) ?? '';
    const keeps = /value="keep"/;
    const ends = /value="end"/;
    assert.deepEqual(await lineOf(officer.account), '', 'nobody decides on their own');
    assert.match(await lineOf(dpo.account), keeps);
    assert.doesNotMatch(await lineOf(dpo.account), ends);
    assert.match(await lineOf(engineer.account), ends);
  });

  it('says on closing a review how many lose their access', async () => {
    const [officer, dpo] = [site.people.get('privacy-officer'), site.people.get('dpo')];
    assert.ok(officer && dpo);
    const post = (path: string, as: TestPerson, fields: Record<string, string> = {}): Promise<Response> =>
      site.ask(path, { method: 'POST', as: as.token, body: new URLSearchParams(fields) });
    const review = (await post('/people/review', officer)).headers.get('location') ?? '';
    for (const { account, role } of site.people.values())
      await post(review, role === 'privacy-officer' ? dpo : officer, {
        account,
        decision: role === 'auditor' || role === 'client' ? 'end' : 'keep',
      });
    const page = await (await site.ask(`${review}?lang=en`, { as: officer.token })).text();
    assert.match(page, /2 accounts lose access now/);
  });

  it('says of a hold that it holds nothing, and of another that does not', async () => {
    const dpo = site.people.get('dpo');
    assert.ok(dpo);
    const about = async (value: string, more: Record<string, string> = {}): Promise<string> => {
      const sent = { matter: value, kind: 'dispute', reason: 'r', legalBasis: 'b', scope: 'subject', value, ...more };
      const body = new URLSearchParams({ subjectKind: 'email', place: '', from: '', to: '', ...sent });
      const placed = await site.ask('/holds/new', { method: 'POST', as: dpo.token, body });
      const page = await site.ask(`${placed.headers.get('location')}&lang=en`, { as: dpo.token });
      return page.text();
    };
    assert.match(await about('b@exmaple.nl'), /holds nothing now/);
    assert.match(await about('c@exmaple.nl', { prospective: 'yes' }), /yet to come it keeps/);
    assert.doesNotMatch(await about('b@example.nl'), /holds nothing now/);
  });
});
