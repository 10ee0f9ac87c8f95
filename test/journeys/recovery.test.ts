/** The officer's box when the passphrase is lost, in a real browser: enough parts give a new key, fewer give nothing and say so. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { receiveForDpo } from '../../src/access/index.ts';
import type { Server } from '../../src/app/site/site.ts';
import { axeFinds } from '../worlds/axe.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser, signedIn, type TestBrowser } from '../worlds/browser.ts';
import { type TestSite } from '../worlds/site.ts';

const words = 'Over mijn loonstrook wil ik het met niemand anders hebben.';
const first = 'vier groene kastelen bij zee';
const second = 'negen stille molens in de polder';

describe("the officer's box, recovered from its parts", { skip: !hasBrowser && 'no chromium' }, () => {
  let world: Browsed;
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;
  let page: Page;
  before(async () => {
    world = await browsed();
    ({ site, server, browser } = world);
  });
  after(() => world.close());

  /** A browser of somebody; null when that person may not be here. */
  const as = async (token: string): Promise<Page> => {
    const context = await browser.another();
    await signedIn(context, token);
    const opened = await context.newPage();
    await opened.goto(`${server.url}dpo?lang=en`);
    return opened;
  };
  const recover = async (codes: readonly string[], passphrase: string): Promise<void> => {
    const fold = page.locator('details:has(form[action="/dpo/recover"])');
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
    await page.fill('#codes', codes.join('\n'));
    await page.fill('#new-passphrase', passphrase);
    await Promise.all([page.waitForNavigation(), page.click('form[action="/dpo/recover"] button')]);
  };
  const told = async (): Promise<string> => (await page.locator('.told.wrong').textContent()) ?? '';

  let parts: string[] = [];
  it('is made with three parts, of which two are needed, and takes a letter in', async () => {
    page = await as(site.people.get('dpo')?.token ?? '');
    await page.fill('#passphrase', first);
    await page.click('form[action="/dpo/make"] button');
    await page.locator('ol.parts').waitFor();
    parts = await page.locator('ol.parts li').allTextContents();
    assert.equal(new Set(parts.map((one) => one.trim())).size, 3);
    assert.deepEqual(await axeFinds(page), []);
    await page.click('main a.button');
    await page.locator('form[action="/dpo/open"]').waitFor();
    await receiveForDpo(site.seat.access, 'complaint', { subject: 'Loon', text: words });
    await page.reload();
  });

  it('says what is wrong, keeps the fold open and does not show the parts again', async () => {
    for (const codes of [[parts[0] ?? ''], [parts[0] ?? '', parts[0] ?? ''], ['no part at all', parts[1] ?? '']]) {
      await recover(codes, second);
      assert.match(await told(), /part/i);
      assert.ok(await page.locator('#codes').isVisible(), 'the fold is open');
      assert.doesNotMatch(await page.content(), new RegExp((parts[0] ?? 'x').trim().slice(0, 20)));
    }
    await recover(parts.slice(0, 2), 'kort');
    assert.notEqual(await told(), '');
    assert.ok(await page.locator('#new-passphrase').isVisible());
    assert.deepEqual(await axeFinds(page), []);
    assert.doesNotMatch((await page.textContent('main')) ?? '', /loonstrook/);
    // What was tried changed nothing: the passphrase of before still opens it.
    await page.fill('#passphrase', first);
    await page.click('form[action="/dpo/open"] button');
    await page.getByText('loonstrook').waitFor();
    await page.click('form[action="/dpo/shut"] button');
    await page.locator('form[action="/dpo/open"]').waitFor();
  });

  it('opens with two parts, typed over as people do, and from then on with the new passphrase only', async () => {
    const typed = [parts[2], '', parts[0]].map((one, i) => (i === 0 ? `  ${one ?? ''}  ` : (one ?? '')));
    await recover(typed, second);
    assert.match((await page.textContent('main')) ?? '', /loonstrook/);
    assert.match((await page.locator('.told').textContent()) ?? '', /passphrase/i);
    await page.click('form[action="/dpo/shut"] button');
    await page.locator('form[action="/dpo/open"]').waitFor();
    await page.fill('#passphrase', first);
    await page.click('form[action="/dpo/open"] button');
    await page.locator('.told.wrong').waitFor();
    await page.fill('#passphrase', second);
    await page.click('form[action="/dpo/open"] button');
    await page.getByText('loonstrook').waitFor();
  });

  it('serves another officer too, who had no key, and nobody who is no officer', async () => {
    const other = await site.person('Dirk Vos', 'dpo');
    page = await as(other.token);
    await page.locator('form[action="/dpo/key"]').waitFor();
    await recover(parts.slice(1), 'zeven kopjes thee op een dijk');
    assert.match((await page.textContent('main')) ?? '', /loonstrook/);
    const refused = await site.ask('/dpo/recover', {
      method: 'POST',
      as: site.people.get('privacy-officer')?.token ?? '',
      body: new URLSearchParams({ codes: parts.join('\n'), passphrase: second }),
    });
    assert.equal(refused.status, 404);
    assert.doesNotMatch(site.logged.join('\n'), /loonstrook|molens|kastelen/);
    for (const part of parts) assert.ok(!site.logged.join('\n').includes(part.trim()));
  });
});
