/** Each person reads, and is written to, in their own language. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accountByEmail } from '../../src/access/index.ts';
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
});
