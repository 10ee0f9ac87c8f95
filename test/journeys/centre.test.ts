/**
 * From a draft to what everyone reads, in a real browser: policy, versions, registers, the officer's box, and the privacy centre.
 * Screenshots are kept as build output in dist/screens.
 */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { discardDraft } from '../../src/app/draft.ts';
import { places, program } from '../../src/app/home.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { routes } from '../../src/app/site/routes.ts';
import type { Server } from '../../src/app/site/site.ts';
import { checkWebsite } from '../../src/promises/publication/versions/website.ts';
import { axe } from '../worlds/axe.ts';
import { hasBrowser, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { referencePolicy } from '../worlds/home.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const screens = join(program, 'dist', 'screens');
const florist = 'Bloemen Vuurvlinder';
const policy = referencePolicy
  .replace(
    '\nclients:\n',
    `\nclients:\n  - { id: florist, name: ${florist}, email: privacy@vuurvlinder.example, processing: { nl: Bezorgroutes plannen, en: Planning delivery routes } }\n`,
  )
  .replace(
    '\n  - id: hosting\n',
    `
  - id: routes
    promise: P04
    role: processor
    client: florist
    subjects: [clients-people]
    data: [client-database]
    text: { nl: Bezorgroutes plannen voor een bloemist, en: Planning delivery routes for a florist }
    owner: engineer
    reviewed: 2026-11-02
  - id: hosting
`,
  );
const secretText = 'Over mijn loonstrook wil ik het met niemand anders hebben.';

const looks = [
  ['nl', 'light', 1200],
  ['en', 'dark', 360],
] as const;

describe('what is said and what is done, in a browser', { skip: !hasBrowser && 'no chromium' }, () => {
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;

  before(async () => {
    mkdirSync(screens, { recursive: true });
    site = await testSite({ policy });
    cpSync(join(program, 'policies/it-provider/documents'), join(site.home.home, 'documents'), { recursive: true });
    server = await site.listen();
    browser = await testBrowser();
  });
  after(async () => {
    await browser.close();
    await server.close();
    await site.close();
  });

  const token = (role: Parameters<TestSite['people']['get']>[0]): string => {
    const person = site.people.get(role);
    assert.ok(person, role);
    return person.token;
  };
  const at = (path: string): string => `${server.url.replace(/\/$/, '')}${path}`;

  /** A browser of one person, or of nobody; what it sends elsewhere and complains of is a failure. */
  const as = async (role: 'nobody' | Parameters<typeof token>[0], work: (page: Page) => Promise<void>) => {
    const { context } = browser;
    await context.clearCookies();
    if (role !== 'nobody')
      await context.addCookies([
        { name: '__Host-gestand', value: token(role), url: 'https://localhost', secure: true, httpOnly: true },
      ]);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) wrong.push(`asked ${request.url()}`);
    });
    page.on('console', (line) => {
      if (/Content Security|Trusted/.test(line.text())) wrong.push(line.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    try {
      await work(page);
      assert.deepEqual(wrong, []);
    } finally {
      await page.close();
    }
  };

  /** In both languages, light and broad, dark and narrow: nothing that axe finds, and nothing that sticks out. */
  const examined = async (page: Page, path: string): Promise<void> => {
    const name = path
      .replace(/[vd]-[0-9a-z]{8,}/g, 'one')
      .replace(/[^a-z0-9]+/gi, '-')
      .replace(/^-|-$/g, '');
    for (const [lang, scheme, width] of looks) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      const answer = await page.goto(at(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`));
      assert.equal(answer?.status(), 200, `${path} ${lang}`);
      assert.equal(await page.locator('html').getAttribute('lang'), lang, path);
      if (path.startsWith('/policy/edit')) await page.locator('.cm-content').waitFor();
      const found = await axe(page);
      assert.deepEqual(found, [], `${path} ${lang} ${scheme}`);
      const reach = await page.evaluate('document.documentElement.scrollWidth');
      assert.equal(reach, width, `${path} ${lang} at ${width}`);
      await page.screenshot({ path: join(screens, `${name}.${lang}.${scheme}.png`), fullPage: true });
    }
  };

  it('says that nothing is published, and shows no draft to anyone', async () => {
    const made = await site.ask('/publication', { method: 'POST', as: token('privacy-officer') });
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
      as: token('approver'),
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
      const text = policy.replace("version: '2026-1'", "version: '2026-2'").replace('keep: P4W', 'keep: P3W');
      assert.notEqual(text, policy);
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
      for (const path of ['/policy', '/policy/draft', '/policy/edit', '/policy/rules/GST-B01'])
        await examined(page, path);
      await page.goto(at('/policy/draft'));
      await page.click('form[action="/policy/draft/version"] button');
      await page.waitForURL(/\/publication\/v-/);
      version = /v-[0-9a-z]+/.exec(page.url())?.[0] ?? '';
      await page.click(`form[action$="/review"] button`);
      await page.waitForURL('**?done=read');
      // Whoever drafted and reviewed is told so, and has no button; asking all the same changes nothing.
      assert.equal(await page.locator('form[action$="/approve"]').count(), 0);
    });
    const alone = await site.ask(`/publication/${version}/approve`, { method: 'POST', as: token('privacy-officer') });
    assert.equal(alone.status, 409);
    assert.equal(site.world.policyHash, running);
    assert.equal(readFileSync(places(site.home.home).policy, 'utf8'), policy, 'the file that runs is as it was');

    await as('approver', async (page) => {
      await page.goto(at(`/publication/${version}?lang=nl`));
      await page.click('form[action$="/approve"] button');
      await page.waitForURL('**?done=version-approved');
    });
    const early = await site.ask(`/publication/${version}/in-force`, { method: 'POST', as: token('approver') });
    assert.equal(early.status, 409, 'what was not said does not run');
    const blocked = await site.ask(`/publication/${version}/publish`, {
      method: 'POST',
      as: token('approver'),
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

  it('keeps what someone wrote when another saved meanwhile', async () => {
    const officer = token('privacy-officer');
    const save = (text: string, revision: string) =>
      site.ask('/policy/draft', { method: 'POST', as: officer, body: new URLSearchParams({ text, revision }) });
    await discardDraft(site.world, null);
    assert.equal((await save('gestand: 1 # mine', '0')).status, 303);
    const late = await save('gestand: 1 # theirs', '0');
    assert.equal(late.status, 409);
    const text = await late.text();
    assert.match(text, /gestand: 1 # theirs/);
    assert.match(text, /name="revision" value="1"/);
    assert.match(
      text,
      /What stands now[\s\S]*<textarea[^>]*readonly[^>]*>\s*gestand: 1 # mine/,
      'beside it what stands',
    );
    assert.match(await (await site.ask('/policy/draft', { as: officer })).text(), /# mine/);
    assert.equal((await save('gestand: 1 # again', '1')).status, 303);
    // Whoever looked at the first draft throws away nothing that was written since, and makes no version of it.
    for (const deed of ['discard', 'version']) {
      const blind = await site.ask(`/policy/draft/${deed}`, {
        method: 'POST',
        as: officer,
        body: new URLSearchParams({ revision: '1' }),
      });
      const shown = await blind.text();
      assert.equal(blind.status, 409, deed);
      assert.match(shown, /Somebody else changed the draft meanwhile/);
      assert.match(shown, /gestand: 1 # again/);
      assert.match(shown, /name="revision" value="2"/, 'pressed again, it is about what was just seen');
    }
    const program = (revision: string): Promise<Response> =>
      site.ask(`/api/policy/draft?revision=${revision}`, { method: 'DELETE', as: officer });
    assert.deepEqual([(await program('1')).status, (await program('2')).status], [409, 200]);
    await discardDraft(site.world, null);
  });

  it('is read by everyone: every page, both languages, light and broad, dark and narrow', async () => {
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
        await examined(page, path);
      assert.deepEqual(await browser.context.cookies(), []);
    });
  });

  it('sets no cookie and runs no script on any of its addresses', async () => {
    const public_ = routes.filter((route) => route.path.startsWith('/privacy'));
    assert.ok(public_.length >= 14, `${public_.length}`);
    for (const route of public_) {
      assert.equal(route.may, 'anyone', route.path);
      const path = route.path.replace(':group', 'callers').replace(':promise', 'P08').replace(':version', version);
      // Also for someone who is signed in: nobody is known here.
      const answer = await site.ask(path, { method: route.method, as: token('privacy-officer') });
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
    const bakery = token('client');
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
    const staff = await site.ask('/register/clients/florist', { as: token('privacy-officer') });
    assert.match(await staff.text(), new RegExp(florist));
    await as('client', async (page) => {
      for (const path of ['/register/clients/bakery', '/register/clients/bakery/read']) await examined(page, path);
    });
  });

  it('shows staff both registers, what they lack and every agreement', async () => {
    await as('auditor', async (page) => {
      for (const path of ['/register', '/register/controller', '/register/processor', '/register/clients/florist'])
        await examined(page, path);
    });
    for (const format of ['xlsx', 'csv', 'html', 'pdf', 'jsonld'])
      assert.equal(
        (await site.ask(`/register/controller/download?format=${format}`, { as: token('auditor') })).status,
        200,
        format,
      );
  });

  it('answers programs in the same words', async () => {
    const as_ = token('auditor');
    const json = async <T>(path: string): Promise<T> => (await (await site.ask(path, { as: as_ })).json()) as T;
    assert.equal((await json<{ label: string }>('/api/statement')).label, '2026-2');
    assert.ok((await json<{ errors: number }>('/api/lint')).errors > 0, 'what nothing shows yet');
    assert.deepEqual((await json<{ changes: unknown[] }>(`/api/diff?from=${version}&to=running`)).changes, []);
    const { completeness } = await json<{ completeness: { activities: number } }>('/api/register');
    assert.ok(completeness.activities > 5);
    const found = await site.ask('/api/policy/lint', {
      method: 'POST',
      as: token('privacy-officer'),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'gestand: 1\norganisation: {}\n' }),
    });
    const { findings } = (await found.json()) as { findings: { line: number; severity: string }[] };
    assert.ok(findings.some((one) => one.line === 2 && one.severity === 'E'));
  });

  it('tells whoever writes a draft every mistake at once, also those with which the other files do not fit it', async () => {
    const estate = places(site.home.home).estate;
    const before = readFileSync(estate, 'utf8');
    const text = policy
      .replace('then: review', 'then: reviw')
      .replace('data: [video]\n    text: { nl: Het', 'data: [vidio]\n    text: { nl: Het')
      .replace('keep: P7Y\n    from: invoice-date', 'keep: P5Y\n    from: invoice-date');
    const lint = async (of: string) => {
      const answer = await site.ask('/api/policy/lint', {
        method: 'POST',
        as: token('privacy-officer'),
        headers: { 'content-type': 'application/json', 'accept-language': 'en' },
        body: JSON.stringify({ text: of }),
      });
      return ((await answer.json()) as { findings: { rule: string; file: string; message: string }[] }).findings;
    };
    try {
      writeFileSync(estate, 'gestand: 1\nsystems:\n  - { id: x, title: { nl: X, en: X }, profile: moton }\n');
      const found = await lint(text);
      for (const [file, what] of [
        ['policy.yaml', /"vidio"/],
        ['policy.yaml', /keeps five years/],
        ['policy.yaml', /"reviw"/],
        ['estate.yaml', /"moton"/],
        ['estate.yaml', /missing.*controller, processor/],
      ] as const)
        assert.equal(found.filter((one) => one.file === file && what.test(one.message)).length, 1, `${what}`);
      assert.ok(found.every((one) => one.rule === 'policy'));
      // A text that is right, beside an estate that is not: the rules have their say, and the home would still not open.
      const right = await lint(policy);
      assert.ok(right.some((one) => one.file === 'estate.yaml' && one.message.includes('"moton"')));
      assert.ok(right.every((one) => one.file === 'estate.yaml' || one.rule !== 'policy'));
      await discardDraft(site.world, null);
      await site.ask('/policy/draft', {
        method: 'POST',
        as: token('privacy-officer'),
        body: new URLSearchParams({ text, revision: '0' }),
      });
      await as('privacy-officer', async (page) => {
        await page.goto(at('/policy/draft?lang=nl'));
        const told = (await page.textContent('section[aria-labelledby="findings"]')) ?? '';
        for (const word of [
          'zo gaat deze installatie niet open',
          '"vidio"',
          'bewaart vijf jaar',
          '"moton"',
          'estate.yaml, regel 3',
        ])
          assert.ok(told.includes(word), word);
        await examined(page, '/policy/draft?mistakes');
        await examined(page, '/policy/edit?mistakes');
      });
    } finally {
      writeFileSync(estate, before);
      await discardDraft(site.world, null);
    }
  });

  it('seals a letter to the officer, whom alone it is there for', async () => {
    await as('nobody', async (page) => {
      await page.goto(at('/privacy/dpo?lang=en'));
      assert.equal(await page.locator('form').count(), 0, 'no box, no form');
    });
    await as('dpo', async (page) => {
      await examined(page, '/dpo');
      await page.goto(at('/dpo?lang=en'));
      await page.fill('#passphrase', 'korte zin');
      await page.click('form[action="/dpo/make"] button');
      await page.locator('.told.wrong').waitFor();
      await page.fill('#passphrase', 'vier groene kastelen bij zee');
      await page.click('form[action="/dpo/make"] button');
      assert.equal(await page.locator('ol.parts li').count(), 3);
      assert.deepEqual(await axe(page), []);
    });
    let receipt = '';
    await as('nobody', async (page) => {
      await examined(page, '/privacy/dpo');
      await page.goto(at('/privacy/dpo?lang=nl'));
      await page.fill('#subject', 'Loon');
      await page.fill('#text', secretText);
      await page.click('main form button');
      await page.waitForURL(/receipt=d-/);
      receipt = (await page.textContent('main code')) ?? '';
      assert.match(receipt, /^d-/);
      assert.doesNotMatch(page.url(), /Loon|loonstrook/);
      assert.deepEqual(await browser.context.cookies(), []);
      await examined(page, `/privacy/dpo?receipt=${receipt}`);
    });
    for (const role of ['privacy-officer', 'engineer', 'approver', 'auditor', 'client'] as const) {
      const answer = await site.ask('/dpo', { as: token(role), headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404, role);
      const nowhere = await site.ask('/no-such-place', { as: token(role), headers: { accept: 'text/html' } });
      assert.match(await answer.text(), new RegExp(/<h1>(.*?)<\/h1>/.exec(await nowhere.text())?.[1] ?? '-'));
    }
    await as('dpo', async (page) => {
      await page.goto(at('/dpo?lang=en'));
      assert.doesNotMatch((await page.textContent('main')) ?? '', /loonstrook/, 'shut');
      await page.fill('#passphrase', 'vier groene kastelen op zee');
      await page.click('form[action="/dpo/open"] button');
      await page.locator('.told.wrong').waitFor();
      await page.fill('#passphrase', 'vier groene kastelen bij zee');
      await page.click('form[action="/dpo/open"] button');
      await page.waitForURL('**/dpo');
      assert.match((await page.textContent('main')) ?? '', /loonstrook/);
      await page.fill(`#note-${receipt}`, 'Teruggebeld.');
      await page.click(`form[action$="/note"] button`);
      await page.waitForURL('**/dpo');
      assert.match((await page.textContent('main')) ?? '', /Teruggebeld/);
      await examined(page, '/dpo');
      await page.goto(at('/dpo'));
      await page.click('form[action$="/close"] button');
      await page.waitForURL('**/dpo');
    });
    const seen = await site.ask('/dpo', { as: token('dpo') });
    assert.match(seen.headers.get('cache-control') ?? '', /no-store/);
    // Nothing of it in the store, the log, or the address.
    const { rows } = await sql<{ sealed: string }>`
      select encode(sealed, 'escape') as sealed from access.dpo_message`.execute(site.world.db);
    assert.equal(rows.length, 2);
    for (const row of rows) assert.doesNotMatch(row.sealed, /loonstrook|Teruggebeld/);
    assert.doesNotMatch(site.logged.join('\n'), /loonstrook|Teruggebeld|kastelen/);
    await as('dpo', async (page) => {
      await page.goto(at('/dpo'));
      await page.locator('li.card > details > summary').first().click();
      await page.locator('li.card details details > summary').first().click();
      await page.click('form[action$="/erase"] button');
      await page.waitForURL('**/dpo');
      assert.doesNotMatch((await page.textContent('main')) ?? '', /loonstrook/);
    });
  });

  it('takes no more letters than someone can read', async () => {
    const send = async (): Promise<number> =>
      (
        await site.ask('/privacy/dpo', {
          method: 'POST',
          body: new URLSearchParams({ kind: 'request', subject: 'x', text: 'y' }),
        })
      ).status;
    const answers: number[] = [];
    for (let i = 0; i < 8; i += 1) answers.push(await send());
    assert.ok(answers.includes(303), answers.join(' '));
    assert.equal(answers.at(-1), 429, answers.join(' '));
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
