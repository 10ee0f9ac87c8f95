/** An auditor alone: invited until a day, with a key of their own, takes a proof home, checks it offline, and is out when the day is over. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import type { Server } from '../../src/app/site/site.ts';
import { measure } from '../../src/promises/proof/service.ts';
import { browsed, type Browsed } from '../worlds/browsed.ts';
import { hasBrowser, signedIn, type TestBrowser } from '../worlds/browser.ts';
import { prospects, type ProspectWorld } from '../worlds/crm.ts';
import { type TestSite } from '../worlds/site.ts';
import { enrol, freePort, pageWithKey } from '../worlds/visitor.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;

describe('an auditor, until a day', { skip: !hasBrowser && 'no chromium' }, () => {
  let host: ProspectWorld;
  let world: Browsed;
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser;
  const folder = mkdtempSync(join(tmpdir(), 'gestand-auditor-'));

  before(async () => {
    host = await prospects();
    world = await browsed({ estate: host.estate, port: await freePort() });
    ({ site, server, browser } = world);
    await host.add([{ id: 1, email: 'a1@example.nl', last: '2026-10-01' }]);
    await measure(site.world);
  });
  after(async () => {
    await world.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** On a machine of the auditor: nothing of ours there but the program. */
  const verify = (...args: string[]): { code: number | null; told: { ok: boolean; size: number; index?: number } } => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, GESTAND_HOME: join(folder, 'no-home'), LANG: 'en' };
    const done = spawnSync(process.execPath, [program, 'evidence', 'verify', ...args, '--json'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { code: done.status, told: JSON.parse(done.stdout) as { ok: boolean; size: number; index?: number } };
  };
  const downloaded = async (page: Page, work: Promise<unknown>): Promise<string> => {
    const waiting = page.waitForEvent('download');
    await work;
    const download = await waiting;
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return file;
  };

  let link = '';
  it('is invited in the browser, with a last day, and not without', async () => {
    const officer = site.people.get('privacy-officer');
    assert.ok(officer);
    const page = await browser.context.newPage();
    await signedIn(browser.context, officer.token);
    await page.goto(`${server.url}people?lang=en`);
    await page.click('main a[href="/people/invite"]');
    const fill = async (until: string): Promise<void> => {
      await page.fill('#name', 'Cora Bakker');
      await page.fill('#email', 'cora@audit.example');
      await page.check('input[name="roles"][value="auditor"]');
      await page.fill('#until', until);
      await page.click('form[action="/people/invite"] button');
      await page.waitForLoadState();
    };
    await fill('');
    assert.match((await page.textContent('main')) ?? '', /last day|until/i);
    // What was filled in is still there: only the day is asked for.
    assert.equal(await page.inputValue('#email'), 'cora@audit.example');
    await fill('2026-12-01');
    link = (await page.textContent('main pre')) ?? '';
    assert.match(link, /\/welcome#[\w-]{43}$/);
    await page.close();
  });

  it(
    'takes a proof home and checks it there, with nothing but the program and the key',
    { timeout: 120_000 },
    async () => {
      const context = await browser.another();
      const page = await pageWithKey(context);
      await enrol(page, link);
      await page.goto(`${server.url}?lang=en`);
      assert.equal(await page.textContent('h1'), 'Promises');
      // Reading, and not one button that does something to what is promised.
      assert.equal(await page.locator('main form').count(), 0);
      await page.locator('#P10 summary').click();
      await page.locator('#P10 details a[href^="/ledger?to="]').click();
      await page.waitForURL('**/ledger?to=*');
      const key = (await page.textContent('dl.facts div:last-of-type code')) ?? '';
      assert.match(key, /^gestand\/|\+[0-9a-f]{8}\+/);
      const row = page.locator('main tbody tr').first();
      const number = Number(await row.locator('th').textContent());
      const receipt = await downloaded(page, row.locator('a').click());
      const zip = await downloaded(page, page.click('a[href="/ledger/log.zip"]'));

      // Exactly as the page says it.
      const commands = await page.locator('pre code').allTextContents();
      assert.ok(commands.some((one) => one.endsWith(`--key '${key}'`) && one.includes('evidence verify gestand-log')));
      const one = verify(receipt, '--key', key);
      assert.deepEqual([one.code, one.told.ok, one.told.index], [0, true, number]);
      for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
        // As it comes out of the file, and not put into a folder by whoever unpacks it.
        assert.match(name, /^gestand-log\//);
        const file = join(folder, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
      const whole = verify('gestand-log', '--key', key);
      assert.deepEqual([whole.code, whole.told.ok], [0, true]);
      assert.ok(whole.told.size > number);

      // A proof that proves nothing would pass as well: one changed character, one changed entry, another's key.
      const text = readFileSync(receipt, 'utf8');
      const lines = text.split('\n');
      const at = lines.findIndex((line) => /^[A-Za-z0-9+/=]{44}$/.test(line));
      assert.ok(at > 0);
      lines[at] = (lines[at] ?? '').replace(/^./, (c) => (c === 'A' ? 'B' : 'A'));
      writeFileSync(join(folder, 'forged.tlog-proof'), lines.join('\n'));
      assert.equal(verify('forged.tlog-proof', '--key', key).told.ok, false);
      const entries = join(folder, 'gestand-log', 'tile', 'entries');
      const bundle = readdirSync(entries, { recursive: true, withFileTypes: true }).find((file) => file.isFile());
      assert.ok(bundle);
      const bundled = join(bundle.parentPath, bundle.name);
      writeFileSync(bundled, readFileSync(bundled, 'latin1').replace('"v":1', '"v":2'), 'latin1');
      assert.equal(verify('gestand-log', '--key', key).told.ok, false);
      const none = verify(receipt, '--key', key.replace(/.{4}$/, 'AAA='));
      assert.deepEqual([none.code, none.told.ok], [2, false], 'what is no key proves nothing');

      // The last day counts to its end; a second later the open session is worth nothing, and the passkey opens nothing.
      site.home.setNow('2026-12-01T22:50:00Z');
      const again = async (): Promise<void> => {
        await page.goto(`${server.url}ledger?lang=en`);
        assert.match(page.url(), /\/sign-in\?back=/);
        await page.click('form[data-passkey] button');
      };
      await again();
      await page.waitForURL('**/ledger?lang=en');
      site.home.setNow('2026-12-01T23:00:01Z');
      await page.goto(`${server.url}ledger?lang=en`);
      await again();
      await page.locator('.told.wrong').waitFor();
      await page.goto(`${server.url}ledger`);
      assert.match(page.url(), /\/sign-in\?back=/);
      await context.close();
    },
  );
});
