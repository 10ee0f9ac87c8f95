/** A form that cannot be read as it came: too large, of another kind, broken off, or with more in it than the form has. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { cookies, type Role } from '../../src/access/index.ts';
import { documentId } from '../../src/app/documents.ts';
import type { Server } from '../../src/app/site/site.ts';
import { comesBack } from '../worlds/again.ts';
import { hasBrowser, testBrowser, type TestBrowser } from '../worlds/browser.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const typed = { text: 'De sloten zijn nagelopen <b>', on: '2026-11-20', until: '2027-03-01' };

describe('a form that cannot be read as it came', () => {
  let site: TestSite;
  let server: Server;
  let browser: TestBrowser | null = null;
  let declare = '';
  const documents = `/policy/documents/${documentId('documents/dpia-traffic.md')}`;

  before(async () => {
    site = await testSite();
    server = await site.listen();
    if (hasBrowser) browser = await testBrowser();
    const board = await (await site.ask('/promises/P25', { as: token('privacy-officer') })).text();
    declare = /\/declare\/[a-z0-9-]+/.exec(board)?.[0] ?? assert.fail('nothing to declare');
  });
  after(async () => {
    await browser?.close();
    await server.close();
    await site.close();
  });

  const token = (role: Role): string => site.people.get(role)?.token ?? assert.fail();
  const filled = (bytes: number): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(typed)) form.set(name, value);
    form.set('attachment', new Blob([new Uint8Array(bytes)]), 'report.pdf');
    return form;
  };
  const post = (
    path: string,
    body: FormData | URLSearchParams | string,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    site.ask(path, {
      method: 'POST',
      as: token('privacy-officer'),
      headers: {
        accept: 'text/html',
        'accept-language': 'nl',
        'sec-fetch-site': 'same-origin',
        referer: `http://localhost${path}`,
        ...headers,
      },
      body,
    });
  const back = async (answer: Response, status: number, sent: Record<string, string>, field: string | null) => {
    const text = await answer.text();
    assert.equal(answer.status, status, text.slice(0, 300));
    comesBack(text, { post: declare, as: null, page: declare, sent, status, field }, String(status));
    return text;
  };

  it('with a file that is too large comes back with what was typed, and says how large it may be', async () => {
    const text = await back(await post(declare, filled(12_000_000)), 413, typed, 'attachment');
    assert.match(text, /Wat u stuurt is te groot: het mag hoogstens 10 MB zijn\./);
    const english = await post(`${declare}?lang=en`, filled(12_000_000));
    assert.match(await english.text(), /What you send is too large: it may be 10 MB at most\./);
  });

  it('with a file of exactly the largest size is read', async () => {
    const answer = await post(declare, filled(10_000_000));
    assert.equal(answer.status, 303, await answer.text());
  });

  it('that is a text comes back whole, or not at all: half of one would be saved for all of it', async () => {
    const long = (length: number): URLSearchParams => new URLSearchParams({ ...typed, text: 'x'.repeat(length) });
    const some = await (await post(declare, long(10_500_000))).text();
    assert.ok(some.includes('x'.repeat(10_500_000)));
    const most = await post(declare, long(11_500_000));
    const text = await most.text();
    assert.equal(most.status, 413);
    assert.match(text, /id="again"/);
    assert.doesNotMatch(text, /xxxxxxxx/);
  });

  it('of another kind, and one that is not whole, comes back and is no fault of ours', async () => {
    const plain = await post(declare, 'text=a', { 'content-type': 'text/plain' });
    assert.match(await back(plain, 415, {}, null), /niet aan als formulier/);
    const broken = await post(declare, '--b\r\ncontent-disposition: form-data; name="text"\r\n\r\nhalf', {
      'content-type': 'multipart/form-data; boundary=b',
    });
    assert.match(await back(broken, 400, {}, null), /kwam niet heel aan/);
    assert.doesNotMatch(site.logged.join('\n'), /http\.bug/);
  });

  it('with fields that it does not have comes back with those that it has', async () => {
    const many = new URLSearchParams({ ...typed, on: 'gisteren' });
    for (let i = 0; i < 2_000; i += 1) many.append(`more-${i}`, 'x');
    await back(await post(declare, many), 422, { ...typed, on: 'gisteren' }, 'on');
  });

  it('is no bug when whoever sends it goes away', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = `POST ${declare} HTTP/1.1\r\nhost: localhost:${port}\r\ncookie: ${cookies.session.name}=${token('privacy-officer')}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9000000\r\n\r\n--b\r\n`;
    await new Promise<void>((done) => socket.write(head, () => done()));
    await wait(200);
    socket.destroy();
    await wait(300);
    assert.equal((await site.ask('/health')).status, 200);
    assert.doesNotMatch(site.logged.join('\n'), /http\.bug/);
  });

  it('is refused to a program with the size', async () => {
    const answer = await site.ask('/api/plans', {
      method: 'POST',
      as: token('engineer'),
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ at: 'x'.repeat(70_000) }),
    });
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /"code":"too-large".*65 kB/);
  });

  describe('in a browser', { skip: !hasBrowser && 'no chromium' }, () => {
    it('comes back without script, also after sixty megabytes; with script it is told before it is sent', async () => {
      assert.ok(browser);
      const large = join(site.home.home, 'large.pdf');
      writeFileSync(large, Buffer.alloc(60_000_000));
      const session = {
        name: cookies.session.name,
        value: token('privacy-officer'),
        domain: 'localhost',
        path: '/',
        secure: true,
      };
      const still = await browser.withoutScript();
      await still.addCookies([session]);
      const page = await still.newPage();
      await page.goto(new URL(`${declare}?lang=nl`, server.url).href);
      await page.fill('#text', typed.text);
      await page.setInputFiles('#attachment', large);
      await page.click(`form[action^="${declare}"] button`);
      await page.locator('#again').waitFor();
      assert.equal(await page.inputValue('#text'), typed.text);
      assert.match(await page.locator('#again').innerText(), /hoogstens 10 MB/);
      await page.goto(new URL(documents, server.url).href);
      await page.setInputFiles('#file', large);
      await page.click(`form[action^="${documents}"] button`);
      await page.locator('#again').waitFor();
      assert.match(await page.locator('form #again-file-wrong, form #file-wrong').innerText(), /10 MB/);

      const moving = await browser.another();
      await moving.addCookies([session]);
      const other = await moving.newPage();
      await other.goto(new URL(`${declare}?lang=nl`, server.url).href);
      await other.setInputFiles('#attachment', large);
      const told = (): Promise<string> => other.evaluate(`document.querySelector('#attachment').validationMessage`);
      assert.equal(await told(), 'Een bijlage is hoogstens 10 MB.');
      const small = join(site.home.home, 'small.pdf');
      writeFileSync(small, 'small');
      await other.setInputFiles('#attachment', small);
      assert.equal(await told(), '');
    });
  });
});
