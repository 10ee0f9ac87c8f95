/** Each person reads, and is written to, in their own language. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accountByEmail, type Role } from '../../src/access/index.ts';
import { record } from '../../src/ledger/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { readPlan } from '../../src/promises/retention/plan.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('the language of a person', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const as = (): string => site.people.get('engineer')?.token ?? '';
  const language = async (): Promise<string | undefined> => {
    const page = await site.ask('/account', { as: as(), headers: { 'accept-language': 'en' } });
    return /<html lang="(\w+)"/.exec(await page.text())?.[1];
  };
  const choose = (chosen: string): Promise<Response> =>
    site.ask('/account/language', { method: 'POST', as: as(), body: new URLSearchParams({ chosen }) });

  it('is chosen on their own page, goes along to any browser, and is left to it again', async () => {
    assert.equal(await language(), 'en', 'as the browser prefers');
    const done = await choose('nl');
    assert.equal(done.status, 303);
    assert.match(done.headers.get('set-cookie') ?? '', /^lang=nl;/, 'over what this browser remembered');
    assert.equal(await language(), 'nl', 'in a browser that remembers nothing');
    assert.match(
      await (await site.ask('/account', { as: as() })).text(),
      /<option value="nl" selected>/,
      'and the page shows the choice',
    );
    assert.equal((await choose('fr')).status, 422);
    assert.match((await choose('')).headers.get('set-cookie') ?? '', /^lang=;.*Max-Age=0/);
    assert.equal(await language(), 'en');
  });

  it('is named in an invitation', async () => {
    for (const [email, chosen, kept] of [
      ['new-en@example.nl', 'en', 'en'],
      ['new@example.nl', '', null],
    ] as const) {
      const sent = { name: email, email, roles: 'engineer', language: chosen, until: '' };
      const made = await site.ask('/people/invite', {
        method: 'POST',
        as: site.people.get('privacy-officer')?.token ?? '',
        body: new URLSearchParams(sent),
      });
      assert.equal(made.status, 200);
      assert.equal((await accountByEmail(site.world.db, email))?.language, kept);
    }
  });

  const dutch = async (path: string, role: Role = 'privacy-officer'): Promise<string> => {
    const page = await site.ask(path, { as: site.people.get(role)?.token ?? '', headers: { 'accept-language': 'nl' } });
    assert.equal(page.status, 200, path);
    // What a person reads: no names of fields, no code.
    const [, main = ''] = (await page.text()).split('<main');
    return main
      .replace(/<(code|pre)\b[^]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
  };

  it('is kept in what programs may, in webhooks, in holds and in the evidence', async () => {
    const officer = site.people.get('privacy-officer');
    assert.ok(officer);
    for (const [path, form] of [
      ['/settings/tokens', { purpose: 'proef', may: 'see plans', days: '1' }],
      ['/settings/hooks', { url: 'https://hooks.example.nl/x', events: 'plan.waiting' }],
    ] as const)
      await site.ask(path, { method: 'POST', as: officer.token, body: new URLSearchParams(form) });
    const settings = await dutch('/settings');
    assert.match(settings, /de plannen zien/);
    assert.match(settings, /Er is een plan waarin iets aan de beurt is/);
    assert.match(settings, /verplicht/);
    assert.doesNotMatch(settings, /see plans|plan\.waiting|\brequired\b/);

    const { hold } = await placeHold(site.world, officer.actor, {
      matter: 'Zaak',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: [{ is: 'subject', kind: 'phone', value: '+31612345678', datasets: [] }],
    });
    assert.match(await dutch(`/holds/${hold.id}`), /telefoonnummer \+31612345678/);
    assert.doesNotMatch(await dutch('/holds/new'), /\b(phone|username|person-id)\b/);

    await site.world.db.transaction().execute((tx) =>
      record(tx, {
        type: 'promise.changed',
        at: site.world.clock(),
        fields: { promise: 'P11', from: 'broken', to: 'kept' },
      }),
    );
    await site.world.flush();
    const evidence = await dutch('/ledger');
    assert.match(evidence, /een belofte veranderde van stand/);
    assert.match(evidence, /van gebroken/);
    assert.match(evidence, /naar nagekomen/);
    assert.doesNotMatch(evidence, /promise\.changed|from broken/);
    assert.match(await dutch('/search?q=0'), /vermelding in het bewijs/);
    assert.match(await dutch('/api/reference'), /Voor wie dit mag: het beleid zien/);
  });

  it('is kept in what was found in a system, on its page and in a plan; programs go on with the English', async () => {
    const as = site.people.get('privacy-officer')?.token ?? '';
    await site.ask('/systems/paper/probe', { method: 'POST', as });
    const found = /de map van deze bron is niet te openen \(ENOENT\)/;
    assert.match(await dutch('/systems/paper'), found);
    const made = await site.ask('/plans', { method: 'POST', as });
    const plan = (made.headers.get('location') ?? '').replace(/\?.*/, '');
    const told = await dutch(plan);
    assert.match(told, found);
    assert.doesNotMatch(told, /cannot be opened/);
    const { findings } = await readPlan(site.world, plan.replace('/plans/', ''));
    assert.ok(findings.some((one) => one.detail === 'the root of this source cannot be opened (ENOENT)'));
    // What was seen before a finding had a text is shown as it was kept.
    await site.world.db.transaction().execute(async (tx) => {
      await sql`update site.look set seen = jsonb_set(seen, '{findings}', '[{"kind":"x","dataset":null,"detail":"as it was","items":null}]')`.execute(
        tx,
      );
    });
    assert.match(await dutch('/systems/paper'), /as it was/);
  });

  it('tells days and moments as everywhere: of the organisation, in words', async () => {
    await site.ask('/measure', { method: 'POST', as: site.people.get('privacy-officer')?.token ?? '' });
    const board = await dutch('/');
    assert.match(board, /sinds \d+ \w+ \d{4}/);
    assert.doesNotMatch(board, /\d{4}-\d\d-\d\d|UTC/);
  });

  it('says when access ends by itself, to whom that happens', async () => {
    assert.match(await dutch('/account', 'auditor'), /De laatste dag is 31 jan 2027/);
    assert.doesNotMatch(await dutch('/account'), /De laatste dag is/);
  });

  it('does not call a draft that differs in a comment no difference', async () => {
    const as = site.people.get('privacy-officer')?.token ?? '';
    const text = site.world.declared.text.policy;
    const save = async (draft: string, revision: number): Promise<string> => {
      const body = new URLSearchParams({ text: draft, revision: String(revision) });
      assert.equal((await site.ask('/policy/draft', { method: 'POST', as, body })).status, 303);
      return dutch('/policy/draft');
    };
    assert.match(await save(text, 0), /Er is geen verschil\./);
    assert.match(await save(`# waarom\n${text}`, 1), /De tekst is anders, maar zegt hetzelfde/);
  });
});
