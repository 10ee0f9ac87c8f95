/** Each role in a real browser, in both languages: every section that it is shown opens, and a plan is made by keyboard alone. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Role } from '../../src/access/index.ts';
import type { Server } from '../../src/app/site/site.ts';
import { browsed, screens, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser, signedIn, type TestBrowser } from '../worlds/browser.ts';
import { type TestSite } from '../worlds/site.ts';

const staff: readonly Role[] = ['privacy-officer', 'engineer', 'approver', 'dpo', 'auditor', 'client'];

describe('each role in the browser', { skip: !hasBrowser && 'no chromium' }, () => {
  let world: Browsed;
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;
  before(async () => {
    world = await browsed();
    ({ site, server, browser } = world);
  });
  after(() => world.close());

  const as = async (role: Role): Promise<Page> => {
    const person = site.people.get(role);
    assert.ok(person);
    await browser.context.clearCookies();
    await signedIn(browser.context, person.token);
    return browser.context.newPage();
  };

  for (const role of staff)
    it(`finds each section open: ${role}`, async () => {
      const page = await as(role);
      for (const [lang, colorScheme] of [
        ['nl', 'light'],
        ['en', 'dark'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(`${server.url}?lang=${lang}`);
        const links = await page.locator('nav.side a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
        assert.ok(links.length > 0, `${role} has sections`);
        for (const href of new Set(links)) {
          assert.ok(href);
          const answer = await page.goto(new URL(`${href}?lang=${lang}`, server.url).href);
          assert.equal(answer?.status(), 200, `${role} ${href}`);
          assert.notEqual((await page.locator('h1').first().textContent())?.trim(), '', href);
          const name = href === '/' ? 'start' : href.slice(1).replaceAll('/', '-');
          await page.screenshot({ path: join(screens, `${role}.${name}.${lang}.png`), fullPage: true });
        }
      }
      await page.close();
    });

  it('makes a plan by keyboard alone', async () => {
    const page = await as('privacy-officer');
    await page.goto(`${server.url}?lang=en`);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await tabTo(page, 'Plans');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plans');
    await page.goto(`${server.url}plans?lang=en`);
    await tabTo(page, 'Look what is due');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plans/p-*');
    assert.match((await page.locator('[role=status]').textContent()) ?? '', /plan/i);
    await page.close();
  });
});

async function focused(page: Page): Promise<string> {
  return String(await page.evaluate('(document.activeElement?.textContent ?? "").replace(/\\s+/g, " ").trim()'));
}

/** What has the focus must be seen to have it. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    if ((await focused(page)).startsWith(text)) {
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      assert.notEqual(outline, 'none', `${text} shows its focus`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not come to "${text}"`);
}
