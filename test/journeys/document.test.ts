import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { cleanText } from '../../src/promises/publication/document/formats/clean.ts';
import { html, htmlStyleHash, render } from '../../src/promises/publication/document/formats/index.ts';
import type { Document } from '../../src/promises/publication/document/model.ts';
import { axe } from '../worlds/axe.ts';
import { hasBrowser, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { hostile, hostileDocument, specimen } from '../worlds/document.ts';

const around = {
  alternate: [{ lang: 'en', href: 'en.html' }],
  nav: [{ text: 'Eerdere versies', href: 'eerder' }],
} as const;
const policy = (hash: string): string => `default-src 'none'; style-src '${hash}'; form-action 'none'; base-uri 'none'`;
const pages: Readonly<Record<string, { readonly body: string; readonly csp: string }>> = {
  '/page': { body: html(specimen, around), csp: policy(htmlStyleHash) },
  '/other-hash': { body: html(specimen, around), csp: policy(`sha256-${'A'.repeat(43)}=`) },
  '/hostile': {
    body: html(hostileDocument()),
    csp: "default-src *; script-src * 'unsafe-inline'; style-src * 'unsafe-inline'",
  },
  '/careless': { body: `<!doctype html><title>x</title>${hostile.join('\n')}`, csp: "default-src * 'unsafe-inline'" },
};

/** How many tables are wider than the room that they have. */
const sideways = `[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length`;

describe('a document in a browser', { skip: !hasBrowser && 'no chromium' }, () => {
  let server: Server;
  let url: string;
  let browser: TestBrowser;
  const asked: string[] = [];
  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const found = pages[request.url ?? ''];
      if (found)
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': found.csp });
      else response.writeHead(404);
      response.end(found?.body);
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await testBrowser();
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  const visit = async (path: string, work: (page: Page) => Promise<void>): Promise<void> => {
    const page = await browser.context.newPage();
    try {
      await page.goto(url + path);
      await work(page);
    } finally {
      await page.close();
    }
  };

  for (const scheme of ['light', 'dark'] as const)
    for (const width of [360, 1200])
      it(`can be read by everyone, ${scheme} and ${width} pixels wide`, async () => {
        await visit('/page', async (page) => {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          const proofs = page.locator('details');
          assert.equal(await proofs.count(), 5);
          await proofs.first().locator('summary').press('Enter');
          assert.ok(await proofs.first().locator('.shown').isVisible());
          assert.equal(await proofs.nth(1).locator('.shown').isVisible(), false);
          assert.deepEqual(await axe(page), []);
          assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
          if (width > 640) return;
          // Nothing is read by scrolling sideways: each cell stands under the name of its column, also in a proof.
          for (const proof of await proofs.all()) await proof.evaluate('(one) => { one.open = true; }');
          assert.ok((await page.locator('td').count()) > 4);
          assert.equal(await page.evaluate(sideways), 0);
          assert.equal(await page.locator('td:not([data-label])').count(), 0);
          assert.ok((await page.getByRole('cell').count()) > 4 && (await page.getByRole('columnheader').count()) > 1);
        });
      });
  it('has its style under the strictest policy by its hash, and asks nothing of anyone', async () => {
    asked.length = 0;
    const radius = (page: Page) => page.evaluate("getComputedStyle(document.querySelector('.apart')).borderTopWidth");
    await visit('/page', async (page) => assert.equal(await radius(page), '2px'));
    await visit('/other-hash', async (page) => assert.equal(await radius(page), '0px'));
    assert.deepEqual(
      asked.filter((one) => one !== '/favicon.ico'),
      ['/page', '/other-hash'],
    );
  });
  it('on paper shows its proofs and where its links lead, and leaves out what is for a screen', async () => {
    await visit('/page', async (page) => {
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('details .shown').last().isVisible());
      const shown = 'getComputedStyle(document.querySelector("td a"), "::after").content';
      assert.match(String(await page.evaluate(shown)), /wetten\.overheid\.nl/u);
      assert.equal(await page.locator('.contents').isVisible(), false);
    });
  });
  it('made of hostile texts shows them, and carries none of them out', async () => {
    asked.length = 0;
    const alerts = new Array<string>();
    browser.context.on('page', (page) => {
      page.on('dialog', (dialog) => {
        alerts.push(dialog.message());
        void dialog.dismiss();
      });
    });
    await visit('/hostile', async (page) => {
      assert.equal(await page.locator('script, img, iframe, object, link, [onerror], [onmouseover]').count(), 0);
      assert.match((await page.textContent('main')) ?? '', /<script>alert\(1\)<\/script>/u);
    });
    assert.equal(alerts.length, 0);
    assert.deepEqual(
      asked.filter((one) => one !== '/favicon.ico'),
      ['/hostile'],
    );
    await visit('/careless', async (page) => assert.ok((await page.locator('script, img').count()) > 2));
    assert.ok(alerts.includes('1'), 'a page that escapes nothing is seen to do harm');
  });
});

describe('a document as PDF', { skip: !existsSync('/usr/bin/pdftotext') && 'no pdftotext' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-pdf-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const read = async (document: Document): Promise<{ text: string; info: string; structure: string }> => {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, await render(document, 'pdf'));
    const run = (...[program = '', ...args]: readonly string[]): string =>
      execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 });
    return {
      text: run('pdftotext', file, '-'),
      info: run('pdfinfo', file),
      structure: run('pdfinfo', '-struct', file),
    };
  };
  it('says what it is, has its structure, and reads in every language of Europe', async () => {
    const { text, info, structure } = await read(specimen);
    assert.match(info, /Title: +Privacyverklaring van Divato IT Solutions/u);
    assert.match(info, /Author: +Divato IT Solutions/u);
    assert.match(info, /CreationDate: +.*Dec +1.*2026/u);
    assert.match(info, /Tagged: +yes/u);
    for (const part of ['H1', 'H2', 'H3', 'Table', 'TH', 'TD', 'L', 'LI', 'Link', 'Caption'])
      assert.match(structure, new RegExp(`^ *${part}\\b`, 'mu'));
    for (const word of ['€ ë ï • – ✔', 'Łódź', 'Gdańsk', 'ząb', 'Αθήνα', 'λόγος', 'İstanbul', 'ığş', 'Ørsted'])
      assert.ok(text.includes(word), word);
    assert.match(text, /^1 ?\/ ?2$/mu);
  });
  it('is the same file for the same document', async () => {
    assert.deepEqual(await render(specimen, 'pdf'), await render(structuredClone(specimen), 'pdf'));
  });
  it('keeps a row on one page where it fits on one, and shows the head on each', async () => {
    for (const wide of [false, true]) {
      const row = (name: string, words: number): Document['blocks'][number] & { kind: 'table' } => ({
        kind: 'table',
        caption: '',
        head: [],
        rows: [
          [
            [{ text: `begin-${name}`, from: 'frame' }],
            [{ text: `${'woord '.repeat(words)}einde-${name}.`, from: 'frame' }],
          ],
        ],
      });
      const tables = [...Array.from({ length: 60 }, (_, i) => row(String(i), 20 + ((i * 37) % 90))), row('hoog', 2400)];
      const { text, info } = await read({
        ...specimen,
        wide,
        blocks: [
          { kind: 'table', caption: 'Proef', head: ['Kop-een', 'Kop-twee'], rows: tables.flatMap((one) => one.rows) },
        ],
      });
      const pages = text.split('\f').filter((page) => page.trim() !== '');
      const on = (word: string): number => pages.findIndex((page) => new RegExp(`${word}\\b`, 'u').test(page));
      assert.ok(pages.length > 4);
      for (const page of pages) assert.match(page, /Kop-een/u);
      for (let i = 0; i < 60; i += 1) {
        assert.ok(on(`begin-${i}`) >= 0, `row ${i} is there`);
        assert.equal(on(`einde-${i}`), on(`begin-${i}`), `row ${i}, wide: ${wide}`);
      }
      // The control, and no word lost: what is taller than a page is divided, to its last word.
      assert.ok(on('einde-hoog') > on('begin-hoog'));
      assert.match(info, /Tagged: +yes/u);
    }
  });
  it('shows hostile texts as they are written', async () => {
    const { text } = await read(hostileDocument());
    const all = text.replaceAll(/[\s\u200b\u00ad]+/gu, '');
    const code = hostile.filter((one) => /[#$\\{[<]/u.test(one));
    assert.deepEqual(
      code.filter((one) => !all.includes(cleanText(one).replaceAll(/\s+/gu, ''))),
      [],
    );
    assert.ok(code.length > 10);
  });
});
