/**
 * A newcomer with an empty folder, and after "gestand serve" no command line any more: from the link that the server prints to a first
 * promise that is kept, led by the set-up, in a real browser with a real (embedded) PostgreSQL and a real database of the office.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { hasBrowser, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { emptyDatabase, type FreshDatabase } from '../worlds/postgres.ts';
import { enrol, freePort, pageWithKey } from '../worlds/visitor.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;

/** What the server says first: where it is, and the link by which one begins. */
function started(server: ChildProcess): Promise<{ url: string; link: string }> {
  return new Promise((done, fail) => {
    let text = '';
    server.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const url = /http:\/\/localhost:\d+\//.exec(text)?.[0];
      const link = /http:\/\/localhost:\d+\/set-up#[\w-]+/.exec(text)?.[0];
      if (url !== undefined && link !== undefined) done({ url, link });
    });
    server.once('exit', () => fail(new Error(text)));
  });
}

describe('a newcomer in the browser', { skip: !hasBrowser && 'no chromium' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-first-'));
  let host: FreshDatabase;
  let server: ChildProcess;
  let browser: TestBrowser;
  let page: Page;
  let url = '';
  let link = '';

  const prospects = async (): Promise<number[]> =>
    (await sql<{ id: number }>`select id from prospects order by id`.execute(host.db)).rows.map((row) => row.id);

  before(async () => {
    host = await emptyDatabase();
    await sql.raw(readFileSync('profiles/fixtures/crm/schema.postgres.sql', 'utf8')).execute(host.db);
    await sql`insert into prospects (id, last_contact) values (1, '2020-01-02'), (2, '2021-05-06'), (3, current_date)`.execute(
      host.db,
    );
    const env = {
      PATH: process.env['PATH'] ?? '',
      GESTAND_HOME: join(folder, 'home'),
      GESTAND_PORT: String(await freePort()),
      LANG: 'en',
    };
    server = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    ({ url, link } = await started(server));
    browser = await testBrowser();
  });
  after(async () => {
    await browser.close();
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the set-up says is now, and the button that it gives for it. */
  const goOn = async (step: string): Promise<void> => {
    await page.click('nav.side a[href="/set-up"]');
    await page.waitForURL('**/set-up');
    const now = page.locator('li[aria-current="step"]');
    assert.match((await now.textContent()) ?? '', new RegExp(step));
    await now.locator('a.button').click();
  };

  it('says who it is and gets a passkey, by a link that works once', { timeout: 120_000 }, async () => {
    page = await pageWithKey(browser.context);
    // Whoever has no link gets the page, and nowhere with it.
    await page.goto(`${url}?lang=en`);
    await page.waitForURL('**/set-up');
    // What says more of something is there once that is ticked.
    const offers = page.locator('input[name="does"][value="prospects"]');
    assert.equal(await offers.isVisible(), false);
    await page.check('input[name="does"][value="services"]');
    assert.equal(await offers.isVisible(), true);
    // An officer has an address; nobody is asked for that of no officer, and what was typed stays in sight.
    const reached = page.locator('#dpo-email');
    assert.equal(await reached.isVisible(), false);
    await page.fill('#dpo-name', 'Dee');
    await reached.fill('dee');
    await page.fill('#dpo-name', '');
    assert.equal(await reached.isVisible(), true);
    await reached.fill('');
    assert.equal(await reached.isVisible(), false);
    const fill = async (): Promise<void> => {
      await page.fill('#organisation', 'Bakkerij Vos B.V.');
      await page.fill('#post', 'Dorpsstraat 1, 5443 AA Haps');
      await page.fill('#email', 'privacy@vos.example');
      await page.fill('#backup-days', '30');
      await page.fill('#name', 'Anna Vos');
      await page.fill('#address', 'anna@vos.example');
      for (const part of ['services', 'news', 'prospects']) await page.check(`input[name="does"][value="${part}"]`);
    };
    await fill();
    await page.fill('#token', 'guessed');
    await page.click('main form button');
    assert.match((await page.locator('.told.wrong').textContent()) ?? '', /link/);
    assert.ok(!existsSync(join(folder, 'home', 'policy.yaml')));
    assert.equal(await page.inputValue('#organisation'), 'Bakkerij Vos B.V.');

    await page.goto(link.replace('#', '?lang=nl#'));
    // The code comes along to the other language.
    await page.click('header a[hreflang="en"]');
    await page.waitForURL('**/set-up?lang=en');
    assert.equal(await page.inputValue('#token'), link.replace(/.*#/, ''));
    await fill();
    await page.click('main form button');
    await page.waitForURL('**/welcome?lang=en');
    assert.equal(new URL(page.url()).hash, '', 'what was behind the # is gone from the address');
    // Nobody was given this link to open it again: reading the page again does not lose it, and neither does the other language.
    const code = await page.inputValue('#token');
    assert.ok(code.length > 30);
    await page.reload();
    assert.equal(await page.inputValue('#token'), code);
    for (const other of ['nl', 'en']) {
      await page.click(`header a[hreflang="${other}"]`);
      await page.waitForURL(`**/welcome?lang=${other}`);
      assert.equal(await page.inputValue('#token'), code);
    }
    await page.click('main form button');
    await page.waitForURL('**/account');
    await page.fill('#name', 'laptop');
    await page.click('form[data-passkey] button');
    await page.waitForURL('**/account?done=saved');
    await page.click('.card.kept button');
    assert.equal(await page.locator('ul.codes li').count(), 8);
    await page.click('main a.button.main');
    await page.waitForURL(url);
    assert.match((await page.textContent('header')) ?? '', /Bakkerij Vos B\.V\./);
    assert.equal(
      await page.locator('ul.board > li.kept').count(),
      0,
      'nothing is called kept before anything was seen',
    );
    // The link is spent: it leads to signing in, and makes nobody else.
    const again = await (await browser.another()).newPage();
    await again.goto(link);
    assert.match(again.url(), /\/sign-in/);
    await again.context().close();
  });

  it(
    'is led through policy, system and plan, each found done without its saying so',
    { timeout: 120_000 },
    async () => {
      await goOn('The policy');
      await page.waitForURL('**/policy');
      await page.click('main a[href="/policy/edit"]');
      await page.locator('.cm-content').click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('# ours');
      await page.keyboard.press('Enter');
      await page.click('form[action="/policy/draft"] button');
      await page.waitForURL('**/policy/draft?done=drafted');

      // What is theirs now is a statement that nobody read: the set-up says where that is done.
      await page.goto(`${url}set-up`);
      assert.equal(await page.locator('li.kept a[href="/publication"]').count(), 1);
      await goOn('The first system');
      await page.selectOption('#profile', 'crm');
      await page.click('main form button');
      const connect = async (id: string, read = host.url): Promise<void> => {
        await page.fill('#id', id);
        await page.fill('#place', 'Haps');
        await page.fill('[name="read.db"]', read);
        await page.fill('[name="erase.db"]', host.url);
        await page.click('form[action^="/set-up/system"] button');
      };
      // What was not ticked at the start is offered as not here either.
      const here = async (): Promise<string[]> =>
        page
          .locator('input[name="absent"]:checked')
          .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
      assert.deepEqual(await here(), ['applicants', 'cvs', 'employees']);
      await connect('Not An Id');
      await page.locator('.told.wrong').waitFor();
      assert.deepEqual(await here(), ['applicants', 'cvs', 'employees'], 'and comes back so');
      // An address where nothing answers is told at its field, and the name is not taken by it.
      await connect('office', 'postgres://reader:none@127.0.0.1:1/none');
      await page.locator('[name="read.db"][aria-invalid="true"]').waitFor();
      assert.equal(await page.inputValue('#id'), 'office');
      assert.doesNotMatch(readFileSync(join(folder, 'home', 'estate.yaml'), 'utf8'), /office/);
      await connect('office');
      await page.waitForURL('**/systems/office?done=connected');
      assert.match((await page.textContent('main')) ?? '', /answers/);
      // It was said not to be here, and it is: nothing is passed over.
      const found = (await page.textContent('section[aria-labelledby="findings"]')) ?? '';
      assert.match(found, /table "applicants" is in no profile/);

      await goOn('The first plan');
      await page.waitForURL('**/plans');
      await page.locator('form[action="/plans"] button').first().click();
      await page.waitForURL('**/plans/p-*');
      assert.match((await page.textContent('main')) ?? '', /Approve: 2/);
      assert.deepEqual(await prospects(), [1, 2, 3], 'a plan touches nothing');
    },
  );

  it('keeps the first promise with a second person, and then the set-up is over', { timeout: 180_000 }, async () => {
    const plan = page.url().replace(/\?.*/, '');
    await page.locator('form[action$="/approve"] button').click();
    await page.waitForURL('**?done=asked');

    await goOn('A second person');
    await page.fill('#name', 'Bo Vos');
    await page.fill('#email', 'bo@vos.example');
    await page.check('input[name="roles"][value="approver"]');
    await page.click('form[action="/people/invite"] button');
    const invitation = (await page.textContent('main pre')) ?? '';
    const second = await pageWithKey(await browser.another());
    await enrol(second, invitation);
    await second.click('nav.side a[href="/plans"]');
    await second.locator('main tbody a').first().click();
    await second.waitForURL(plan);
    await second.locator('form[action$="/approve"] button').click();
    await second.waitForURL('**?done=approved');
    await second.context().close();

    // The last step says which promise is nearest, what that lacks, and where it is done.
    const nearest = page.locator('li[aria-current="step"]');
    const lacks = async (why: RegExp, where: string): Promise<void> => {
      await page.goto(`${url}set-up`);
      assert.match((await nearest.textContent()) ?? '', /P10/);
      assert.match((await nearest.textContent()) ?? '', why);
      assert.ok((await nearest.locator(`li a[href="${where}"]`).count()) > 0, where);
    };
    // Nobody measured: connecting it was enough.
    await lacks(/past the term/, '/plans');

    await page.goto(plan);
    await page.locator('form[action$="/apply"] button').click();
    await page.locator('section[aria-labelledby="run"] .card.kept').waitFor();
    assert.deepEqual(await prospects(), [3]);

    // Nobody presses anything for it: what a run did is measured when it has ended.
    const deadline = Date.now() + 30_000;
    do {
      await page.waitForTimeout(500);
      await page.goto(url);
    } while ((await page.locator('#P10.kept').count()) === 0 && Date.now() < deadline);
    const kept = (await page.locator('ul.board > li.kept strong').allTextContents()).map((one) => one.trim());
    assert.ok(kept.includes('P10'), `kept: ${kept.join(' ')}: ${(await page.textContent('#P10')) ?? ''}`);
    assert.match((await page.textContent('#P10')) ?? '', /measured/);
    await page.waitForTimeout(2_100);
    await page.goto(`${url}set-up`);
    assert.equal(await page.locator('li[aria-current="step"]').count(), 0);
    assert.match((await page.textContent('main')) ?? '', /All is set/);
    await page.goto(url);
    assert.equal(await page.locator('nav.side a[href="/set-up"]').count(), 0);
  });

  it('signs in the next day with the passkey alone', { timeout: 60_000 }, async () => {
    await page.click('details.account:not(.bell) summary');
    await page.click('form[action="/sign-out"] button');
    await page.waitForURL('**/sign-in');
    await page.click('form[data-passkey] button');
    await page.waitForURL(url);
    assert.equal(await page.textContent('h1'), 'Promises');
  });
});
