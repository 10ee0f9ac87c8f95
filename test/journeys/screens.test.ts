/**
 * Every screen that the site has, in both languages and both themes, broad and at 360 pixels: axe finds nothing, nothing sticks
 * out, and nothing must be scrolled sideways. The list is the table of routes: a page that is not named here fails. One browser, several tabs at once.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { adoptDeclaration, invite, makeBox, openBox, openReview, receiveForDpo } from '../../src/access/index.ts';
import { instant } from '../../src/base/time.ts';
import { documentId } from '../../src/app/documents.ts';
import { program } from '../../src/app/home.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { routes } from '../../src/app/site/routes.ts';
import type { SiteRoute } from '../../src/app/site/seat.ts';
import type { Server } from '../../src/app/site/site.ts';
import { declare } from '../../src/promises/assurance/service.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { measure } from '../../src/promises/proof/service.ts';
import { approve, draft, publishOn, review } from '../../src/promises/publication/versions/service.ts';
import { measureAges } from '../../src/promises/retention/ages.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { decideKeep } from '../../src/promises/retention/review.ts';
import { axe, axeFinds } from '../worlds/axe.ts';
import { hasBrowser, signedIn, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { carry } from '../worlds/carry.ts';
import { cabinetProfile, cabinetSystem } from '../worlds/cabinet.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestPerson, type TestSite } from '../worlds/site.ts';

const screens = join(program, 'dist', 'screens');
const tabs = 3;
const passphrase = 'vier groene kastelen bij zee';

/** Who looks at it: null is a stranger. */
type Who = 'privacy-officer' | 'approver' | 'engineer' | 'dpo' | 'auditor' | 'client' | null;

/** Each page of the table as one would open it: an address and who, or why it is no screen. */
interface Screen {
  readonly at: readonly string[];
  readonly as: Who;
}

/** What sticks out of the page, and not of something that scrolls by itself. */
const wide = `Array.from(document.querySelectorAll('main *'))
  .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll'))
  .map((one) => one.tagName + '.' + one.className).slice(0, 8).join(', ')`;

/** What must be scrolled sideways to be read, also in what folds open: the page, and every frame in it. The editor's lines may. */
const sideways = `(() => {
  for (const one of document.querySelectorAll('main details')) one.open = true;
  const page = document.documentElement;
  const frames = Array.from(document.querySelectorAll('main .scroll, main pre, main table'));
  return [...(page.scrollWidth > page.clientWidth ? ['page ' + page.scrollWidth] : []), ...frames
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.tagName + ' ' + (one.getAttribute('aria-label') ?? one.querySelector('caption')?.textContent ?? '').trim() + ' ' + one.scrollWidth)]
    .join(', ');
})()`;

describe('every screen', { skip: !hasBrowser && 'no chromium' }, () => {
  let host: ProspectWorld;
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;
  let open: Readonly<Record<string, Screen | 'no screen'>>;
  let enrolling = '';

  const who = (role: NonNullable<Who>): TestPerson => {
    const person = site.people.get(role);
    assert.ok(person, role);
    return person;
  };

  before(async () => {
    mkdirSync(screens, { recursive: true });
    host = await prospects();
    // Beside what goes when it is approved: people whose file a person decides about, and a cabinet that a person clears.
    await sql
      .raw('create table employees (id integer primary key, name text, email text, hired date, contract_end date)')
      .execute(host.db);
    await sql`insert into employees values (1, 'A', 'e1@example.nl', '2010-01-01', '2020-01-01')`.execute(host.db);
    site = await testSite({
      estate: `${host.estate.replace(', employees]', ']')}${cabinetSystem}`,
      profiles: { 'cabinet.yaml': cabinetProfile },
    });
    const { world, seat } = site;
    cpSync(join(program, 'policies/it-provider/documents'), join(site.home.home, 'documents'), { recursive: true });
    await host.add([1, 2, 3].map((id) => ({ id, email: `a${id}@example.nl`, last: `2020-0${id}-01` })));
    // A word that stands, with a report; beside one that nobody gave.
    await declare(
      world,
      {
        control: 'restore-test',
        words: { nl: 'Een back-up is teruggezet en nagelezen.', en: 'A backup was restored and read.' },
        by: 'A. de Beer',
        role: 'engineer',
        on: '2026-11-20',
        until: '2027-01-20',
      },
      { extension: '.pdf', content: Readable.from([Buffer.from('report')]) },
    );
    await host.add([{ id: 4, email: 'a4@example.nl', last: '2026-10-01' }]);
    // A plan that was carried out, with what was held, and one that waits for a decision.
    const hold = await placeHold(world, who('dpo').actor, {
      matter: 'Geschil met een klant',
      kind: 'dispute',
      reason: 'Er loopt een zaak.',
      legalBasis: 'AVG art. 17 lid 3 onder e',
      scope: [{ is: 'subject', kind: 'email', value: 'a1@example.nl', datasets: [] }],
      prospective: false,
    });
    await placeHold(world, who('dpo').actor, {
      matter: 'Een tweede zaak met een naam die lang genoeg is om niet op een regel te passen',
      kind: 'authority-order',
      reason: 'Er loopt nog een zaak.',
      legalBasis: 'AVG art. 17 lid 3 onder e',
      scope: [{ is: 'subject', kind: 'email', value: 'a1@example.nl', datasets: [] }],
      prospective: true,
    });
    const first = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, first.plan);
    await carry(world, first.plan);
    const kept = await makePlan(world, world.clock());
    await decideKeep(
      world,
      { name: 'A' },
      { plan: kept.plan, rule: 'employees-two-years', until: '2027-03-01', reason: 'Het pensioen wordt uitgezocht.' },
    );
    await sql`insert into employees values (2, 'B', 'e2@example.nl', '2010-01-01', '2024-11-22')`.execute(host.db);
    await host.add([5, 6].map((id) => ({ id, email: `a${id}@example.nl`, last: '2021-01-01' })));
    const second = await makePlan(world, world.clock());
    const ahead = await makePlan(world, world.clock().add({ hours: 24 * 40 }));
    await measure(world);
    await measureAges(world);
    // A statement for everyone, and a draft beside it. What the linter finds is another test's.
    const desk = { ...publicationOf(world), lint: () => Promise.resolve({ findings: [] } as never) };
    const version = await draft(desk, who('privacy-officer').actor);
    await review(desk, who('privacy-officer').actor, version.id);
    await approve(desk, who('approver').actor, version.id);
    await publishOn(desk, who('approver').actor, version.id);
    await site.ask('/policy/draft', {
      method: 'POST',
      as: who('privacy-officer').token,
      body: new URLSearchParams({ text: world.declared.text.policy.replace('keep: P4W', 'keep: P3W'), revision: '0' }),
    });
    await adoptDeclaration(seat.access, who('privacy-officer').actor, '2026-1', {
      nl: 'Ik houd geheim wat ik hier zie.',
      en: 'I keep secret what I see here.',
    });
    const invited = await invite(seat.access, null, {
      name: 'Nieuw Gezicht',
      email: 'nieuw@example.nl',
      roles: ['auditor'],
      until: instant('2027-01-31T00:00:00Z'),
    });
    const opened = await site.ask('/welcome', {
      method: 'POST',
      body: new URLSearchParams({ token: invited.token }),
    });
    enrolling = /__Host-gestand=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] ?? '';
    assert.ok(enrolling !== '');
    const reviewing = await openReview(seat.access);
    await makeBox(seat.access, who('dpo').actor, { passphrase, parts: 3, needed: 2 });
    await receiveForDpo(seat.access, 'complaint', { subject: 'Loon', text: 'Over mijn loon.' });
    seat.boxes.keep(who('dpo').actor, await openBox(seat.access, who('dpo').actor, passphrase));
    server = await site.listen();
    browser = await testBrowser();

    const officer = (...at: string[]): Screen => ({ at, as: 'privacy-officer' });
    const all = (...at: string[]): Screen => ({ at, as: null });
    const compare = `from=${version.id}&to=${version.id}`;
    open = {
      '/': officer('/'),
      '/promises/:promise': officer('/promises/P10', '/promises/P29'),
      '/plans': officer('/plans'),
      '/plans/:plan': officer(
        `/plans/${first.plan}`,
        `/plans/${kept.plan}`,
        `/plans/${second.plan}`,
        `/plans/${ahead.plan}`,
        '/plans/p-0000000000',
      ),
      '/policy': officer('/policy'),
      '/policy/rules/:rule': officer('/policy/rules/GST-B01'),
      '/policy/documents': officer('/policy/documents'),
      '/policy/documents/:document': officer(
        `/policy/documents/${documentId('documents/dpia-traffic.md')}`,
        `/policy/documents/${documentId('documents/cookie-statement.md')}`,
        `/policy/documents/${documentId('documents/assessment-recruitment.md')}`,
      ),
      '/policy/documents/:document/file': 'no screen',
      '/policy/draft': officer('/policy/draft'),
      '/policy/edit': officer('/policy/edit'),
      '/publication': officer('/publication'),
      '/publication/compare': officer(`/publication/compare?${compare}`),
      '/publication/:version': officer(`/publication/${version.id}`),
      '/publication/:version/files/:file': officer(`/publication/${version.id}/files/statement.en.html`),
      '/publication/:version/notice': 'no screen',
      '/register': officer('/register'),
      '/register/controller': officer('/register/controller'),
      '/register/controller/download': 'no screen',
      '/register/controller/published/:version': 'no screen',
      '/register/processor': officer('/register/processor'),
      '/register/processor/download': 'no screen',
      '/register/processor/published/:version': 'no screen',
      '/register/clients/:client': { at: ['/register/clients/bakery'], as: 'client' },
      '/register/clients/:client/read': { at: ['/register/clients/bakery/read'], as: 'client' },
      '/register/clients/:client/download': 'no screen',
      '/register/clients/:client/published/:version': 'no screen',
      '/register/clients/:client/agreement': 'no screen',
      '/tasks': { at: ['/tasks'], as: 'engineer' },
      '/holds': officer('/holds'),
      '/holds/new': officer('/holds/new'),
      '/declare/:control': officer('/declare/restore-test', '/declare/cookie-scan'),
      '/holds/:hold': officer(`/holds/${hold.hold.id}`),
      '/systems': officer('/systems'),
      '/systems/:system': officer('/systems/office'),
      '/systems/:system/change': { at: ['/systems/office/change'], as: 'engineer' },
      '/systems/:system/disconnect': { at: ['/systems/office/disconnect'], as: 'engineer' },
      '/ledger': { at: ['/ledger', '/ledger?to=2'], as: 'auditor' },
      '/ledger/:index/receipt': 'no screen',
      '/ledger/log.zip': 'no screen',
      '/people': officer('/people'),
      '/people/invite': officer('/people/invite'),
      '/people/:account': officer(`/people/${who('engineer').account}`),
      '/people/review/:review': officer(`/people/review/${reviewing}`),
      '/declaration': officer('/declaration'),
      '/set-up': { at: ['/set-up'], as: 'engineer' },
      '/set-up/system': { at: ['/set-up/system', '/set-up/system?profile=fusionpbx'], as: 'engineer' },
      '/settings': officer('/settings'),
      '/sign-in': all('/sign-in'),
      '/sign-in/second': all('/sign-in/second?with=passkey,code,recovery'),
      '/sign-in/to/:provider': all('/sign-in/to/nobody'),
      '/sign-in/with/:provider': all('/sign-in/with/nobody'),
      '/confirm': officer('/confirm'),
      '/welcome': all('/welcome'),
      '/account': officer('/account'),
      '/notifications': officer('/notifications'),
      '/account/app': officer('/account/app'),
      '/dpo': { at: ['/dpo'], as: 'dpo' },
      '/privacy': all('/privacy'),
      '/privacy/for/:group': all('/privacy/for/callers'),
      '/privacy/statement.pdf': 'no screen',
      '/privacy/statement.docx': 'no screen',
      '/privacy/statement.txt': 'no screen',
      '/privacy/statement.md': 'no screen',
      '/privacy/statement.json': 'no screen',
      '/privacy/statement.jsonld': 'no screen',
      '/privacy/versions': all('/privacy/versions'),
      '/privacy/versions/compare': all(`/privacy/versions/compare?${compare}`),
      '/privacy/versions/:version': all(`/privacy/versions/${version.id}`),
      '/privacy/proof': all('/privacy/proof'),
      '/privacy/proof/:promise': all('/privacy/proof/P08'),
      '/privacy/contact': all('/privacy/contact'),
      '/privacy/complaint': all('/privacy/complaint'),
      '/privacy/dpo': all('/privacy/dpo'),
      '/assets/:file': 'no screen',
      '/icon.svg': 'no screen',
      '/search': officer('/search?q=office', '/search?q=documents', '/search?q=nothing-of-the-kind'),
      '/api/reference': officer('/api/reference'),
    };
  });
  after(async () => {
    await browser.close();
    await server.close();
    await site.close();
    await host.close();
  });

  const isPage = (route: SiteRoute): boolean => route.kind === 'page' && route.method === 'GET';

  it('is in the list, and nothing is in it that is not there', () => {
    assert.deepEqual(
      Object.keys(open).toSorted(),
      routes
        .filter(isPage)
        .map((route) => route.path)
        .toSorted(),
    );
  });

  const at = (path: string, lang: string): string =>
    new URL(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, server.url).href;

  const looked = async (page: Page, path: string): Promise<string[]> => {
    const wrong: string[] = [];
    for (const lang of ['nl', 'en'] as const) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(at(path, lang));
      if (path === '/policy/edit') await page.locator('.cm-content').waitFor();
      const shown = await page.getAttribute('html', 'lang');
      // A kept file is in the language in which it was made.
      if (shown !== lang && !path.includes('/files/')) wrong.push(`${path} ${lang}: is in ${shown}`);
      wrong.push(...(await axeFinds(page)).map((one) => `${path} ${lang}: ${one}`));
      const broad = await page.evaluate<string>(sideways);
      if (broad !== '') wrong.push(`${path} ${lang}: scrolls sideways at 1280: ${broad}`);
      await page.setViewportSize({ width: 360, height: 900 });
      const narrow = await page.evaluate<string>(sideways);
      if (narrow !== '') wrong.push(`${path} ${lang}: scrolls sideways at 360: ${narrow}`);
      const reach = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (reach !== 360) wrong.push(`${path} ${lang}: ${reach} wide at 360: ${await page.evaluate<string>(wide)}`);
      // What folds away or scrolls on a narrow screen must be reachable there too; the colours are as they were.
      wrong.push(...(await axe(page, 'not colour')).map((one) => `${path} ${lang} at 360: ${one}`));
    }
    return wrong;
  };

  it('is fit for everyone: two languages, two themes, broad and narrow', { timeout: 1_800_000 }, async (test) => {
    const start = performance.now();
    const todo = Object.values(open).flatMap((one) =>
      one === 'no screen' ? [] : one.at.map((path) => ({ path, as: one.as as Who | 'enrolling' })),
    );
    todo.push({ path: '/account', as: 'enrolling' });
    const many = todo.length;
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: tabs }, async () => {
        const context = await browser.another();
        const page = await context.newPage();
        for (let next = todo.shift(); next; next = todo.shift()) {
          await context.clearCookies();
          const token = next.as === 'enrolling' ? enrolling : next.as === null ? null : who(next.as).token;
          if (token !== null) await signedIn(context, token);
          wrong.push(...(await looked(page, next.path)));
        }
        await context.close();
      }),
    );
    test.diagnostic(`${many} screens × 2 languages × 2 themes: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    assert.deepEqual(wrong, []);
    assert.ok(many > 50, `${many} screens`);
  });

  it('would be told: a page that is wrong in one theme only is found there, and a field without its label', async () => {
    const page = await browser.context.newPage();
    await page.setContent(`<!doctype html><html lang="en"><title>x</title><style>
      :root { color-scheme: light dark; background: light-dark(#fff, #111); color: light-dark(#111, #222); }</style>
      <main><h1>One</h1><p>hardly to be read in the dark</p></main></html>`);
    const found = await axeFinds(page);
    assert.ok(
      found.some((one) => /color-contrast.+\(dark\)/.test(one)) && !found.some((one) => one.includes('(light)')),
      found.join(),
    );
    await page.setViewportSize({ width: 360, height: 900 });
    await page.setContent(
      '<!doctype html><html lang="en"><title>x</title><main><details><div class="scroll" style="overflow-x: auto"><p style="width: 40rem">broad</p></div></details></main></html>',
    );
    assert.match(await page.evaluate<string>(sideways), /^DIV .*640$/u);
    await page.setContent('<!doctype html><html lang="en"><title>x</title><main><p>narrow</p></main></html>');
    assert.equal(await page.evaluate<string>(sideways), '');
    await page.setContent('<!doctype html><html lang="en"><title>x</title><main><h1>One</h1><input></main></html>');
    assert.deepEqual(
      (await axeFinds(page)).map((one) => one.split(':')[0]),
      ['label'],
    );
    await page.close();
  });
});
