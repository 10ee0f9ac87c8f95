/** The whole round by keyboard alone, in a real browser: no mouse, and no address typed after the first. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { invite, type Role } from '../../src/access/index.ts';
import type { Server } from '../../src/app/site/site.ts';
import { measure } from '../../src/promises/proof/service.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser, type TestBrowser } from '../worlds/browser.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { keyboardOf, type Keyboard } from '../worlds/keyboard.ts';
import { type TestSite } from '../worlds/site.ts';
import { enrol, freePort, pageWithKey } from '../worlds/visitor.ts';

describe('by keyboard alone', { skip: !hasBrowser && 'no chromium' }, () => {
  let host: ProspectWorld;
  let world: Browsed;
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;

  before(async () => {
    host = await prospects();
    world = await browsed({ estate: host.estate, port: await freePort(), worker: true });
    ({ site, server, browser } = world);
    await host.add([1, 2, 3].map((id) => ({ id, email: `a${id}@example.nl`, last: '2020-01-01' })));
    await measure(site.world);
  });
  after(async () => {
    await world.close();
    await host.close();
  });

  /** Someone with a passkey in this browser who is signed out: what comes before the journey. */
  const someone = async (name: string, role: Role): Promise<{ page: Page; context: BrowserContext }> => {
    const { link } = await invite(site.seat.access, null, {
      name,
      email: `${name.toLowerCase().replace(/\W+/g, '.')}@example.nl`,
      roles: [role],
    });
    const context = await browser.another();
    const page = await pageWithKey(context);
    await enrol(page, link);
    await context.clearCookies();
    return { page, context };
  };

  const signIn = async (page: Page): Promise<Keyboard> => {
    const keys = keyboardOf(page);
    await page.goto(`${server.url}?lang=en`);
    await keys.to('Skip to content');
    await keys.to('Sign in with a passkey');
    await keys.follow(/localhost:\d+\/(\?.*)?$/);
    return keys;
  };

  const signOut = async (page: Page, keys: Keyboard, name: string): Promise<void> => {
    await keys.to(new RegExp(`: ${name}$`));
    await keys.press('Space');
    // It shuts with Escape, and the focus is where it was.
    await keys.to('Your account');
    await keys.press('Escape');
    assert.match(await keys.focused(), new RegExp(name));
    await keys.press('Enter');
    await keys.to('Sign out');
    await keys.follow('**/sign-in');
    assert.equal(
      (await page.context().cookies()).some((one) => one.name === '__Host-gestand' && one.value !== ''),
      false,
    );
  };

  it('goes from signing in to a receipt, an unfolded proof, and away again', { timeout: 180_000 }, async () => {
    const { page, context } = await someone('Anna de Beer', 'privacy-officer');
    const other = await someone('Bo Jansen', 'approver');
    const keys = await signIn(page);
    assert.equal(await page.textContent('h1'), 'Promises');
    assert.match((await page.textContent('#P10')) ?? '', /broken/);
    // The link that skips the sections puts the focus in the content: the next thing is in there.
    await keys.to('Skip to content');
    await keys.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    await keys.to(/./);
    assert.equal(await page.evaluate('document.querySelector("main").contains(document.activeElement)'), true);

    await keys.backTo('Plans');
    await keys.follow('**/plans');
    await keys.to('Look what is due');
    await keys.follow('**/plans/p-*');
    const plan = new URL(page.url()).pathname;
    // A quarter of an hour later the second factor is asked again before what cannot be undone.
    site.home.setNow('2026-11-24T10:15:00Z');
    await keys.to('Approve: 3');
    await keys.follow('**/confirm?back=*');
    await keys.to('Confirm with a passkey');
    await keys.follow(`**${plan}*`);
    await keys.to('Approve: 3');
    await keys.follow('**?done=asked');
    assert.match((await page.textContent('[role=status]')) ?? '', /second person/);

    const second = await signIn(other.page);
    await second.to('Plans');
    await second.follow('**/plans');
    await second.to(/^p-/);
    await second.follow(`**${plan}`);
    await second.to('Approve as the second: 3');
    await second.follow('**?done=approved');
    await signOut(other.page, second, 'Bo Jansen');
    await other.context.close();

    await keys.to('Plans');
    await keys.follow('**/plans');
    await keys.to(/^p-/);
    await keys.follow(`**${plan}`);
    await keys.to('Carry out now: 3');
    await keys.follow('**?done=begun');
    await page.locator('.card.kept').waitFor();
    assert.match((await page.textContent('section[aria-labelledby="run"]')) ?? '', /3 .*V2/s);
    assert.deepEqual(await host.ids(), []);

    // The receipt of it, to keep.
    await keys.to('Evidence');
    await keys.follow('**/ledger');
    await keys.to(/^receipt/);
    const kept = page.waitForEvent('download');
    await keys.press('Enter');
    assert.match((await kept).suggestedFilename(), /^receipt-\d+\.tlog-proof$/);

    await keys.backTo('Promises');
    await keys.follow(/localhost:\d+\/$/);
    await keys.to('Measure again');
    await keys.follow('**?done=measured');
    assert.match((await page.textContent('#P10')) ?? '', /kept/);
    await keys.to(/\(P10\)$/);
    const proof = page.locator('#P10 .parts');
    assert.equal(await proof.isVisible(), false);
    await keys.press('Space');
    assert.ok(await proof.isVisible());
    await keys.to(/^entry \d+/);
    await keys.follow(/\/ledger\?to=\d+/);
    await signOut(page, keys, 'Anna de Beer');
    await context.close();
  });

  it('would be told of a focus that nobody sees, and of what the keyboard does not reach', async () => {
    const page = await browser.context.newPage();
    await page.setContent('<style>a { outline: none }</style><a href="#x">here</a> <b onclick="1">there</b>');
    await assert.rejects(keyboardOf(page).to('here'), /not to be seen/);
    await page.setContent('<a href="#x">here</a> <b onclick="1">there</b>');
    await keyboardOf(page).to('here');
    await assert.rejects(keyboardOf(page).to('there'), /does not come to there/);
    await page.close();
  });
});
