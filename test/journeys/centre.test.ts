/**
 * From a draft to what everyone reads, in a real browser: twoClients, versions, registers, the officer's box, and the privacy centre.
 * Screenshots are kept as build output in dist/screens.
 */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { places, program } from '../../src/app/home.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { routes } from '../../src/app/site/routes.ts';
import { checkWebsite } from '../../src/promises/publication/versions/website.ts';
import { hasBrowser } from '../worlds/browser.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { florist, twoClients } from '../worlds/clients.ts';
import type { TestSite } from '../worlds/site.ts';

describe('what is said and what is done, in a browser', { skip: !hasBrowser && 'no chromium' }, () => {
  let world: Browsed;
  let site: TestSite;
  let as: Browsed['as'];
  let at: Browsed['at'];
  let examined: Browsed['examined'];
  let opens: Browsed['opens'];

  before(async () => {
    world = await browsed({ policy: twoClients });
    ({ site, as, at, examined, opens } = world);
    cpSync(join(program, 'policies/it-provider/documents'), join(site.home.home, 'documents'), { recursive: true });
  });
  after(() => world.close());

  it('says that nothing is published, and shows no draft to anyone', async () => {
    const made = await site.ask('/publication', { method: 'POST', as: site.who('privacy-officer').token });
    assert.match(made.headers.get('location') ?? '', /^\/publication\/v-/);
    for (const path of ['/privacy', '/privacy/proof', '/privacy/versions']) {
      const text = await (await site.ask(path)).text();
      assert.doesNotMatch(text, /Gespreksopnames|recordings|P08/, path);
    }
    assert.equal((await site.ask('/privacy/statement.pdf')).status, 404);
    assert.equal((await site.ask('/privacy/for/callers')).status, 404);
    await as('nobody', async (page) => {
      await page.goto(at('/privacy?lang=nl'));
      await page.getByText('nog geen verklaring gepubliceerd').waitFor();
      for (const path of ['/privacy', '/privacy/proof', '/privacy/versions', '/privacy/contact', '/privacy/complaint'])
        await examined(page, path);
    });
    await site.ask(`${made.headers.get('location')?.split('?')[0] ?? ''}/withdraw`, {
      method: 'POST',
      as: site.who('approver').token,
      body: new URLSearchParams({ reason: 'not yet' }),
    });
  });

  let version = '';
  it('takes a draft that changes nothing through two people to the world, and only then into force', async () => {
    const running = site.world.policyHash;
    await as('privacy-officer', async (page) => {
      await page.goto(at('/policy/edit?lang=en'));
      await page.locator('.cm-content').waitFor();
      assert.equal(await page.locator('textarea[data-editor]').isVisible(), false);
      // What is typed in the editor is what is sent: here the whole text at once, as one would paste it.
      const text = twoClients.replace("version: '2026-1'", "version: '2026-2'").replace('keep: P4W', 'keep: P3W');
      assert.notEqual(text, twoClients);
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+A');
      await page.evaluate(`{
        const data = new DataTransfer();
        data.setData('text/plain', ${JSON.stringify(text)});
        const editor = document.querySelector('.editor').shadowRoot.activeElement;
        editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }`);
      await page.click('form[action="/policy/draft"] button');
      await page.waitForURL('**/policy/draft?done=drafted');
      await page.goto(at('/policy/draft?lang=en'));
      assert.match((await page.textContent('section[aria-labelledby="differs"]')) ?? '', /four weeks → three weeks/);
      for (const path of ['/policy', '/policy/draft', '/policy/edit', '/policy/rules/GST-B01']) await opens(page, path);
      await page.goto(at('/policy/draft'));
      await page.click('form[action="/policy/draft/version"] button');
      await page.waitForURL(/\/publication\/v-/);
      version = /v-[0-9a-z]+/.exec(page.url())?.[0] ?? '';
      await page.click(`form[action$="/review"] button`);
      await page.waitForURL('**?done=read');
      // Whoever drafted and reviewed is told so, and has no button; asking all the same changes nothing.
      assert.equal(await page.locator('form[action$="/approve"]').count(), 0);
    });
    const alone = await site.ask(`/publication/${version}/approve`, {
      method: 'POST',
      as: site.who('privacy-officer').token,
    });
    assert.equal(alone.status, 409);
    assert.equal(site.world.policyHash, running);
    assert.equal(readFileSync(places(site.home.home).policy, 'utf8'), twoClients, 'the file that runs is as it was');

    await as('approver', async (page) => {
      await page.goto(at(`/publication/${version}?lang=nl`));
      // Whoever answers for every sentence finds them before the button, and not among forty files.
      for (const lang of ['nl', 'en'])
        assert.equal(
          await page
            .locator(`h1 ~ p a[href$="/statement.${lang}.html"], main > p a[href$="/statement.${lang}.html"]`)
            .count(),
          1,
        );
      await page.click('form[action$="/approve"] button');
      await page.waitForURL('**?done=version-approved');
    });
    const early = await site.ask(`/publication/${version}/in-force`, {
      method: 'POST',
      as: site.who('approver').token,
    });
    assert.equal(early.status, 409, 'what was not said does not run');
    const blocked = await site.ask(`/publication/${version}/publish`, {
      method: 'POST',
      as: site.who('approver').token,
      body: new URLSearchParams({ on: '2026-11-24' }),
    });
    assert.equal(blocked.status, 409, 'the linter blocks it');
  });

  it('lets an error pass only when two people said so', async () => {
    for (let rounds = 0; rounds < 12; rounds += 1) {
      let left = 0;
      await as('dpo', async (page) => {
        await page.goto(at(`/publication/${version}?lang=en`));
        const forms = page.locator('li.card.broken details:has(form[action$="/override"])');
        left = await forms.count();
        if (left === 0) return;
        await forms.first().locator('summary').click();
        await forms.first().locator('textarea').fill('Shown before the end of the year.');
        await forms.first().locator('input[type="date"]').fill('2027-01-31');
        await forms.first().locator('button').click();
        await page.waitForURL('**?done=asked');
        await page.goto(at(`/publication/${version}?lang=en`));
        assert.equal(await page.locator('li.card.kept form[action$="/override"]').count(), 0, 'not by the same person');
      });
      if (left === 0) break;
      await as('privacy-officer', async (page) => {
        await page.goto(at(`/publication/${version}?lang=en`));
        await page
          .locator('li.card.broken form[action$="/override"] input[name="reason"]')
          .first()
          .waitFor({ state: 'attached' });
        await page.locator('li.card.broken:has(input[name="reason"][type="hidden"]) button').first().click();
        await page.waitForURL('**?done=passed');
      });
    }
    await as('approver', async (page) => {
      await page.goto(at(`/publication/${version}?lang=en`));
      assert.equal(await page.locator('li.card.broken').count(), 0);
      await page.fill('#on', '2026-11-24');
      await page.click('form[action$="/publish"] button');
      await page.waitForURL('**?done=published');
      for (const path of ['/publication', `/publication/${version}`]) await examined(page, path);
    });
  });

  it('shows the world exactly what was approved, and takes no measurement of another policy for its proof', async () => {
    const html = await (await site.ask('/privacy', { headers: { 'accept-language': 'en' } })).text();
    assert.match(html, /2026-2/);
    assert.match(html, /<meta name="gestand-statement" content="2026-2 [0-9a-f]{64}"/);
    const one = await (await site.ask('/privacy/proof/P11', { headers: { 'accept-language': 'en' } })).text();
    assert.match(one, /do not work by this version/);
    const served = await checkWebsite(publicationOf(site.world), at('/privacy'));
    assert.deepEqual('differences' in served ? served.differences : [], []);
    assert.equal(served.result, 'kept');
    await as('approver', async (page) => {
      await page.goto(at(`/publication/${version}?lang=en`));
      await page.click('form[action$="/in-force"] button');
      await page.waitForURL('**/policy?done=in-force');
      assert.match((await page.textContent('.lines')) ?? '', /keep: P3W/);
    });
    assert.match(readFileSync(places(site.home.home).policy, 'utf8'), /keep: P3W/);
    const then = await (await site.ask('/privacy/proof/P11', { headers: { 'accept-language': 'en' } })).text();
    assert.doesNotMatch(then, /do not work by this version/);
  });

  it('is read by everyone: every page, in both languages, and nothing is asked of others', async () => {
    await as('nobody', async (page) => {
      for (const path of [
        '/privacy',
        '/privacy/for/callers',
        '/privacy/proof',
        '/privacy/proof/P08',
        '/privacy/versions',
        `/privacy/versions/${version}`,
        `/privacy/versions/compare?from=${version}&to=${version}`,
        '/privacy/contact',
        '/privacy/complaint',
        '/privacy/dpo',
      ])
        await opens(page, path);
      assert.deepEqual(await world.browser.context.cookies(), []);
    });
  });

  it('sets no cookie and runs no script on any of its addresses', async () => {
    const public_ = routes.filter((route) => route.path.startsWith('/privacy'));
    assert.ok(public_.length >= 14, `${public_.length}`);
    for (const route of public_) {
      assert.equal(route.may, 'anyone', route.path);
      const path = route.path.replace(':group', 'callers').replace(':promise', 'P08').replace(':version', version);
      // Also for someone who is signed in: nobody is known here.
      const answer = await site.ask(path, { method: route.method, as: site.who('privacy-officer').token });
      assert.equal(answer.headers.get('set-cookie'), null, path);
      const body = await answer.text();
      assert.doesNotMatch(body, /Person privacy-officer/, path);
      if (!/text\/html/.test(answer.headers.get('content-type') ?? '')) continue;
      assert.match(answer.headers.get('content-security-policy') ?? '', /script-src 'none'/, path);
      assert.doesNotMatch(body, /<script|\son\w+=|style="/, path);
      assert.doesNotMatch(body, /(src|href)="(?:https?:)?\/\/(?!www\.)[^"]*\.(?:js|css|png|woff)/, path);
    }
    const missing = await site.ask('/privacy/nothing', { headers: { accept: 'text/html' } });
    assert.equal(missing.status, 404);
    assert.match(missing.headers.get('content-security-policy') ?? '', /script-src 'none'/);
    assert.doesNotMatch(await missing.text(), /<script/);
  });

  it('goes along in every format, each in both languages', async () => {
    const kinds = { pdf: /^%PDF/, docx: /^PK/, txt: /Divato/, md: /^# /, json: /gestandDocument/, jsonld: /@context/ };
    for (const [format, begin] of Object.entries(kinds))
      for (const lang of ['nl', 'en']) {
        const answer = await site.ask(`/privacy/statement.${format}?lang=${lang}`);
        assert.equal(answer.status, 200, format);
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.match(bytes.toString('latin1'), begin, format);
        assert.match(answer.headers.get('content-disposition') ?? '', new RegExp(`2026-2\\.${lang}\\.${format}`));
      }
  });

  it('is on paper without what only leads through it, and with every proof unfolded', async () => {
    await as('nobody', async (page) => {
      await page.goto(at('/privacy?lang=nl'));
      const seen = (selector: string): Promise<unknown> =>
        page.evaluate(
          `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility()).length`,
        );
      const leads = 'nav, .language, .take, .centre-foot';
      const proofs = await page.locator('.proof table').count();
      assert.ok(proofs > 5);
      assert.ok(Number(await seen(leads)) > 3);
      assert.equal(await seen('.proof table'), 0);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await seen(leads), 0);
      assert.equal(await seen('.proof table'), proofs);
    });
  });

  it('unfolds a proof by keyboard alone', async () => {
    await as('nobody', async (page) => {
      await page.goto(at('/privacy?lang=en'));
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
      const proof = page.locator('details.proof').first();
      await proof.locator('summary').focus();
      await page.keyboard.press('Enter');
      assert.ok(await proof.locator('.shown').isVisible());
    });
  });

  it('gives a client its own pages and nothing of another, whose existence it cannot learn', async () => {
    const bakery = site.who('client').token;
    const home = await site.ask('/', { as: bakery });
    assert.equal(home.headers.get('location'), '/register/clients/bakery');
    for (const path of ['', '/read', '/download?format=csv', '/agreement?format=html']) {
      const own = await site.ask(`/register/clients/bakery${path}`, { as: bakery });
      assert.equal(own.status, 200, path);
      const text = await own.text();
      assert.doesNotMatch(text, new RegExp(`${florist}|florist|vuurvlinder|Bezorgroutes|delivery routes`), path);
      const [other, none] = await Promise.all(
        ['florist', 'nobody-at-all'].map(async (client) => {
          const answer = await site.ask(`/register/clients/${client}${path}`, { as: bakery });
          return [answer.status, (await answer.text()).replaceAll(client, '')] as const;
        }),
      );
      assert.equal(other?.[0], 404, path);
      assert.deepEqual(other, none, path);
    }
    const [other, none] = await Promise.all(
      ['florist', 'nobody-at-all'].map(async (client) => {
        const answer = await site.ask(`/api/clients/${client}/register`, { as: bakery });
        return [answer.status, await answer.text()] as const;
      }),
    );
    assert.equal(other?.[0], 404);
    assert.deepEqual(other, none);
    // Staff does see it: what is refused above is really there.
    const staff = await site.ask('/register/clients/florist', { as: site.who('privacy-officer').token });
    assert.match(await staff.text(), new RegExp(florist));
    await as('client', async (page) => {
      for (const path of ['/register/clients/bakery', '/register/clients/bakery/read']) await opens(page, path);
    });
  });

  it('shows staff both registers, what they lack and every agreement', async () => {
    await as('auditor', async (page) => {
      for (const path of ['/register', '/register/controller', '/register/processor', '/register/clients/florist'])
        await opens(page, path);
    });
    for (const format of ['xlsx', 'csv', 'html', 'pdf', 'jsonld'])
      assert.equal(
        (await site.ask(`/register/controller/download?format=${format}`, { as: site.who('auditor').token })).status,
        200,
        format,
      );
  });

  it('answers programs in the same words', async () => {
    const as_ = site.who('auditor').token;
    const json = async <T>(path: string): Promise<T> => (await (await site.ask(path, { as: as_ })).json()) as T;
    assert.equal((await json<{ label: string }>('/api/statement')).label, '2026-2');
    assert.ok((await json<{ errors: number }>('/api/lint')).errors > 0, 'what nothing shows yet');
    assert.deepEqual((await json<{ changes: unknown[] }>(`/api/diff?from=${version}&to=running`)).changes, []);
    const { completeness } = await json<{ completeness: { activities: number } }>('/api/register');
    assert.ok(completeness.activities > 5);
    const found = await site.ask('/api/policy/lint', {
      method: 'POST',
      as: site.who('privacy-officer').token,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'gestand: 1\norganisation: {}\n' }),
    });
    const { findings } = (await found.json()) as { findings: { line: number; severity: string }[] };
    assert.ok(findings.some((one) => one.line === 2 && one.severity === 'E'));
  });

  it('shows nobody a text that is no longer what was approved', async () => {
    const file = join(places(site.home.home).published, version, 'policy.yaml');
    const text = readFileSync(file, 'utf8');
    chmodSync(file, 0o600);
    writeFileSync(file, text.replace('keep: P3W', 'keep: P9Y'));
    site.seat.shelf.clear();
    site.home.setNow('2026-11-24T10:05:00Z');
    const html = await (await site.ask('/privacy?lang=en')).text();
    assert.match(html, /no longer exactly what we approved/);
    assert.equal((await site.ask('/privacy/statement.pdf')).status, 404);
    writeFileSync(file, text);
    site.home.setNow('2026-11-24T10:10:00Z');
    assert.match(await (await site.ask('/privacy?lang=en')).text(), /2026-2/);
  });
});
