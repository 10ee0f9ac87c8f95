/** Notifications in the console: to whom what is told, what is seen of it, and how it looks and works in a real browser. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Permission, Role } from '../../src/access/index.ts';
import { adoptDeclaration, revoke, signDeclaration } from '../../src/access/index.ts';
import { askSecondLook } from '../../src/access/second-look.ts';
import { newsKinds } from '../../src/app/notify/news.ts';
import { program } from '../../src/app/home.ts';
import { forgetRead, notificationsOf } from '../../src/app/site/notifications/index.ts';
import { makeToken } from '../../src/app/site/tokens.ts';
import type { Server } from '../../src/app/site/site.ts';
import { instant } from '../../src/base/time.ts';
import { declare } from '../../src/promises/assurance/service.ts';
import type { Scope } from '../../src/promises/holds/model.ts';
import { placeHold, releaseHold, reviewHold } from '../../src/promises/holds/service.ts';
import { axe } from '../worlds/axe.ts';
import { hasBrowser, signedIn, testBrowser } from '../worlds/browser.ts';
import { testSite, type TestPerson, type TestSite } from '../worlds/site.ts';

const staff: readonly Role[] = ['privacy-officer', 'engineer', 'approver', 'dpo', 'auditor'];

interface Told {
  readonly notifications: readonly { readonly id: string; readonly href: string; readonly read: boolean }[];
  readonly unread: number;
  readonly next: string | null;
}

const place = {
  kind: 'complaint',
  reason: 'r',
  legalBasis: 'b',
  prospective: false,
  scope: [{ is: 'items', dataset: 'paper/recordings', keys: [['x.wav']] }] satisfies Scope,
} as const;

describe('notifications in the console', () => {
  let site: TestSite;
  let held = '';
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  const person = (role: Role): TestPerson => {
    const found = site.people.get(role);
    assert.ok(found);
    return found;
  };
  /** The first word of each key: what a person is told of, unread only. */
  const told = async (role: Role): Promise<string[]> =>
    (await notificationsOf(site.seat, person(role).actor))
      .filter((one) => !one.read)
      .map((one) => one.key.split(' ')[0] ?? '')
      .toSorted();
  const whom = async (what: string): Promise<Role[]> => {
    const all = await Promise.all(
      ([...staff, 'client', 'subject'] as const).map(async (role) => ((await told(role)).includes(what) ? [role] : [])),
    );
    return all.flat();
  };
  const ask = (role: Role, path: string, body?: Record<string, string>): Promise<Response> =>
    site.ask(path, {
      as: person(role).token,
      ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
    });
  const hold = async (reviewBy: string): Promise<string> =>
    (
      await placeHold(site.world, person('dpo').actor, {
        ...place,
        matter: '<b>matter</b> & more',
        reviewBy: instant(reviewBy),
      })
    ).hold.id;

  it('are none when nothing asks for anything, and the page says so', async () => {
    for (const role of [...staff, 'client', 'subject'] as const) assert.deepEqual(await told(role), [], role);
    const page = await (await ask('engineer', '/notifications')).text();
    assert.match(page, /Nothing asks anything of you now/);
    assert.doesNotMatch(page, /class="count"[^>]*>\d+<span class="hidden"> new/);
  });

  it('tell of a broken promise whoever sees the board, and of a hold whoever may review it, when its day comes near', async () => {
    await sql`insert into proof.state (promise, state, since) values ('P08', 'broken', '2026-11-23T10:00:00Z')`.execute(
      site.world.db,
    );
    assert.deepEqual(await whom('promise'), staff);
    held = await hold('2027-02-01T10:00:00Z');
    assert.deepEqual(await whom('hold'), [], 'not yet');
    const soon = await hold('2026-12-01T10:00:00Z');
    assert.deepEqual(await whom('hold'), ['privacy-officer', 'approver', 'dpo']);
    const page = await (await ask('approver', '/notifications')).text();
    assert.ok(page.includes(`href="/holds/${soon}"`) && page.includes('href="/promises/P08"'), 'where one acts');
    assert.ok(page.includes('&lt;b&gt;matter') && !page.includes('<b>matter'), 'as text');
    await reviewHold(site.world, person('dpo').actor, soon);
    assert.deepEqual(await whom('hold'), [], 'gone when it is done, without anybody ticking it off');
  });

  it('ask the second of two, and never the first', async () => {
    await releaseHold(site.world, person('dpo').actor, held, 'settled');
    assert.deepEqual(await whom('release'), ['privacy-officer', 'approver']);
    await askSecondLook(site.seat.access, person('privacy-officer').actor, {
      deed: 'approve a plan',
      subject: 'p-0123456789',
      digest: 'x',
    });
    assert.deepEqual(await whom('look'), ['approver']);
    const [look] = (await notificationsOf(site.seat, person('approver').actor)).filter((one) =>
      one.key.startsWith('look'),
    );
    assert.equal(look?.href, '/plans/p-0123456789');
    const made = await site.ask('/publication', { method: 'POST', as: person('privacy-officer').token });
    const version = /v-[0-9a-z]+/.exec(made.headers.get('location') ?? '')?.[0] ?? '';
    assert.deepEqual(await whom('version'), []);
    await site.ask(`/publication/${version}/review`, { method: 'POST', as: person('privacy-officer').token });
    assert.deepEqual(await whom('version'), ['approver'], 'who drafted it cannot approve it');
    await site.ask(`/publication/${version}/approve`, { method: 'POST', as: person('approver').token });
    assert.deepEqual(await whom('version'), ['privacy-officer', 'approver'], 'either may publish');
  });

  it('tell of what runs out: a declaration, a token, a review, an account', async () => {
    const words = { nl: 'Bekeken.', en: 'Looked at.' };
    const given = { control: 'cookie-scan', words, by: 'A', role: null, on: '2026-11-20' };
    await declare(site.world, { ...given, until: '2027-03-01' });
    assert.deepEqual(await whom('declaration'), []);
    await declare(site.world, { ...given, until: '2026-12-10' });
    assert.deepEqual(await whom('declaration'), ['privacy-officer', 'engineer', 'dpo']);
    await makeToken(site.seat, person('engineer').actor, { purpose: 'long', may: ['see plans'], days: 200 });
    assert.deepEqual(await whom('token'), []);
    await makeToken(site.seat, person('engineer').actor, { purpose: 'short', may: ['see plans'], days: 3 });
    assert.deepEqual(await whom('token'), ['privacy-officer', 'engineer']);
    assert.deepEqual(await whom('review'), []);
    assert.deepEqual(await whom('until'), []);
    site.home.setNow('2027-01-25T10:00:00Z');
    assert.deepEqual(await whom('until'), ['auditor'], 'only one’s own');
    site.home.setNow('2027-05-10T10:00:00Z');
    assert.deepEqual(await whom('review'), ['privacy-officer', 'dpo']);
    site.home.setNow('2026-11-24T10:00:00Z');
  });

  it('tell each of their own account alone', async () => {
    const engineer = await site.person('Another engineer', 'engineer');
    await revoke(site.seat.access, null, { account: engineer.account });
    const own = (await notificationsOf(site.seat, engineer.actor)).filter((one) => one.key.startsWith('account'));
    assert.match(own[0]?.text.en ?? '', /your sessions were ended/);
    assert.deepEqual(await whom('account'), []);
    await adoptDeclaration(site.seat.access, null, '1', { nl: 'geheim', en: 'secret' });
    assert.deepEqual(await whom('sign'), [...staff, 'client'], 'whoever must sign');
    for (const role of [...staff, 'client'] as const) await signDeclaration(site.seat.access, person(role).actor, '1');
    assert.deepEqual(await whom('sign'), []);
  });

  it('are told to a program in parts, and no more of them than its token may', async () => {
    const officer = person('privacy-officer');
    const made = async (may: Permission[]): Promise<string> =>
      (await makeToken(site.seat, officer.actor, { purpose: 'bell', may, days: 30 })).token;
    const get = async (bearer: string, query = ''): Promise<Told> => {
      const answer = await site.ask(`/api/notifications${query}`, { bearer });
      assert.equal(answer.status, 200);
      return (await answer.json()) as Told;
    };
    const post = (bearer: string, what: string, body: object): Promise<Response> =>
      site.ask(`/api/notifications/${what}`, {
        bearer,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const [board, plans, both] = [
      await made(['see the board']),
      await made(['see plans']),
      await made(['see the board', 'declare what was seen']),
    ];
    assert.deepEqual((await get(plans)).notifications, [], 'a token that may not see the board is told of no promise');
    const all = await get(both);
    assert.deepEqual(
      all.notifications.map((one) => one.href),
      ['/promises/P08', '/declare/cookie-scan'],
    );
    assert.equal(all.unread, 2);
    const first = await get(both, '?limit=1');
    assert.equal(first.next, first.notifications[0]?.id);
    assert.deepEqual((await get(both, `?limit=1&cursor=${first.next}`)).notifications, all.notifications.slice(1));
    assert.equal((await get(both, `?limit=1&cursor=${first.next}`)).next, null);
    const ids = all.notifications.map((one) => one.id);
    assert.deepEqual(await (await post(board, 'read', { ids })).json(), { marked: 1 }, 'nor marked beyond the scope');
    assert.deepEqual(
      (await get(both, '?unread=1')).notifications.map((one) => one.href),
      ['/declare/cookie-scan'],
    );
    assert.ok(!(await told('privacy-officer')).includes('promise'), 'and the bell of its maker knows');
    assert.deepEqual(await (await post(both, 'read', { all: true })).json(), { marked: 2 });
    assert.equal((await get(both)).unread, 0);
    assert.deepEqual(await (await post(both, 'unread', { ids })).json(), { marked: 2 });
    assert.equal((await post(both, 'read', { ids: ['promise P08'] })).status, 422);
    assert.equal((await site.ask('/api/notifications')).status, 401);
    const own = await site.ask('/api/notifications', { as: officer.token });
    assert.ok(((await own.json()) as Told).notifications.length > 2, 'a person is told of all that is theirs');
  });

  it('and webhooks stand in the document for programs, with where it is reached', async () => {
    const made = (await (await site.ask('/api/openapi.json?lang=en')).json()) as {
      servers: { url: string }[];
      webhooks: Record<string, { post: { parameters: { name: string }[]; requestBody: object } }>;
    };
    assert.deepEqual(made.servers, [{ url: site.seat.origin }]);
    assert.deepEqual(Object.keys(made.webhooks), [...newsKinds]);
    for (const { post } of Object.values(made.webhooks))
      assert.deepEqual(
        post.parameters.map((one) => one.name),
        ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      );
    const page = await (await ask('engineer', '/api/reference?lang=en')).text();
    for (const kind of newsKinds) assert.ok(page.includes(`<code>${kind}</code>`), kind);
    assert.ok(page.includes('webhook-signature') && page.includes(site.seat.origin));
  });

  it('are put aside by each for themselves, and come back when the fact is another', async () => {
    const key = 'promise P08 2026-11-23T10:00:00Z';
    const count = async (role: Role): Promise<number> => {
      const page = await (await ask(role, '/holds')).text();
      const summary = /account bell[\s\S]*?<\/summary>/.exec(page)?.[0] ?? '';
      return Number(/class="count">(\d+)/.exec(summary)?.[1] ?? '0');
    };
    const before = await count('approver');
    assert.equal(before, (await told('approver')).length);
    await ask('approver', '/notifications/read', { key });
    assert.equal(await count('approver'), before - 1);
    assert.deepEqual(
      await whom('promise'),
      staff.filter((role) => role !== 'approver'),
    );
    await ask('approver', '/notifications/unread', { key });
    assert.equal(await count('approver'), before);
    await ask('approver', '/notifications/read', { all: '1' });
    assert.deepEqual(await told('approver'), []);
    assert.equal(await count('approver'), 0);
    assert.notEqual(await count('dpo'), 0);
    // What is no key of theirs is kept nowhere.
    await ask('client', '/notifications/read', { key });
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from site.notification_read where person = ${person('client').actor.person}`.execute(
      site.world.db,
    );
    assert.equal(rows[0]?.n, 0);
    await sql`update proof.state set since = '2026-11-24T09:00:00Z' where promise = 'P08'`.execute(site.world.db);
    assert.deepEqual(await told('approver'), ['promise'], 'broken anew is news');
    await forgetRead(site.seat);
    assert.deepEqual(await told('approver'), ['promise'], 'and what was seen stays seen');
  });

  it('do not take a page with them when they fail', async () => {
    await sql`alter table site.notification_read rename to away`.execute(site.world.db);
    const page = await ask('dpo', '/holds');
    assert.equal(page.status, 200);
    assert.doesNotMatch(await page.text(), /account bell/);
    await sql`alter table site.away rename to notification_read`.execute(site.world.db);
  });
});

describe('notifications in a browser', { skip: !hasBrowser && 'no chromium' }, () => {
  let site: TestSite;
  let server: Server;
  before(async () => {
    mkdirSync(join(program, 'dist', 'screens'), { recursive: true });
    site = await testSite();
    server = await site.listen();
    for (const matter of ['A', 'B', 'C', 'D', 'E', 'F'])
      await placeHold(site.world, { name: 'A' }, { ...place, matter, reviewBy: instant('2026-12-01T10:00:00Z') });
  });
  after(async () => {
    await server.close();
    await site.close();
  });

  it('are found with the keyboard from the header, read and put aside; axe finds nothing', async () => {
    const browser = await testBrowser();
    try {
      const { context } = browser;
      const token = site.people.get('approver')?.token ?? '';
      await signedIn(context, token);
      const page = await context.newPage();
      const at = (path: string): string => new URL(path, server.url).href;
      const clean = async (name: string): Promise<void> => assert.deepEqual(await axe(page), [], name);
      for (const [lang, colorScheme, width] of [
        ['nl', 'light', 1200],
        ['en', 'dark', 360],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(at(`/notifications?lang=${lang}`));
        await clean(`page ${lang}`);
        await page.locator('details.bell summary').focus();
        await page.keyboard.press('Enter');
        await page.locator('details.bell[open] .drop').waitFor();
        assert.equal(await page.locator('details.bell li').count(), 5, 'a short list');
        assert.match((await page.locator('details.bell summary').textContent()) ?? '', /6/);
        await clean(`list ${lang}`);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `nothing sticks out: ${lang}`);
        await page.screenshot({ path: join(program, 'dist', 'screens', `notifications.${lang}.${colorScheme}.png`) });
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('details.bell[open]').count(), 0);
      }
      // From the list to the place where one acts, by keyboard alone.
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/holds/h-*');
      await page.goto(at('/notifications'));
      const seen = page.getByRole('button', { name: /^Seen ?: Review the hold: B/ });
      await seen.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^As new again ?: Review the hold: B/ }).waitFor();
      assert.match((await page.locator('details.bell summary').textContent()) ?? '', /5/);
    } finally {
      await browser.close();
    }
  });

  it('work without script', async () => {
    const browser = await testBrowser();
    try {
      const plain = await browser.context.browser()?.newContext({ javaScriptEnabled: false });
      const context = plain ?? browser.context;
      await context.addCookies([
        {
          name: '__Host-gestand',
          value: site.people.get('dpo')?.token ?? '',
          url: 'https://localhost',
          secure: true,
          httpOnly: true,
        },
      ]);
      const page = await context.newPage();
      await page.route('**/*.js', (route) => route.abort());
      await page.goto(new URL('/?lang=en', server.url).href);
      await page.click('details.bell summary');
      await page.click('details.bell a[href="/notifications"]');
      await page.waitForURL('**/notifications');
      await page.click('form[action="/notifications/read"]:has([name="all"]) button');
      await page.getByText('Nothing new.').first().waitFor({ state: 'attached' });
      assert.equal(await page.locator('details.bell .count').count(), 0);
    } finally {
      await browser.close();
    }
  });
});
