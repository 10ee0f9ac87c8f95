/**
 * Debian's wapiti against a running home, as a stranger and as an officer who is signed in: it follows every link, fills every form
 * with what breaks careless programs, and finds nothing. Only "npm run soak" does it: it takes minutes.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Server } from '../../src/app/site/site.ts';
import { routes } from '../../src/app/site/routes.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const skip =
  process.env['GESTAND_SOAK'] !== '1' ? 'npm run soak' : !existsSync('/usr/bin/wapiti') ? 'no wapiti' : false;
/** What a module may take of a scan, and the walk before it: seconds. The blind one waits for a sleeping database at every field. */
const seconds = { walk: 300, module: 150 };

/** A header that browsers no longer know, and that OWASP says to leave out. */
const obsolete = 'X-XSS-Protection is not set';

interface Report {
  readonly vulnerabilities: Readonly<Record<string, readonly { path: string; info: string }[]>>;
  readonly anomalies: Readonly<Record<string, readonly { path: string; info: string }[]>>;
  readonly infos: { readonly crawled_pages_nbr?: number };
}

describe('a scanner', { skip, timeout: 3_000_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-wapiti-'));
  let site: TestSite;
  let server: Server;
  before(async () => {
    site = await testSite({ attacked: true });
    server = await site.listen();
  });
  after(async () => {
    await server.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const scan = async (
    name: string,
    url: string,
    modules: string,
    more: readonly string[] = [],
  ): Promise<{ found: string[]; text: string }> => {
    const file = join(folder, `${name}.json`);
    const args = [
      '-u',
      url,
      '-m',
      modules,
      '--scope',
      'folder',
      '--flush-session',
      '--no-bugreport',
      '-f',
      'json',
      '-o',
      file,
    ];
    const limits = [
      '-t',
      '30',
      '--max-scan-time',
      String(seconds.walk),
      '--max-attack-time',
      String(seconds.module),
      '--max-links-per-page',
      '60',
      '--max-files-per-dir',
      '200',
      // The boxes of a token, thirty of one name, and the light or dark of every page: each would be tried with every payload.
      '--skip',
      'may',
      '--skip',
      'theme',
      '--color',
      '-v',
      '1',
    ];
    const child = spawn('wapiti', [...args, ...limits, '--store-session', folder, ...more], {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8' },
    });
    let text = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (part: Buffer) => (text += part.toString()));
    await once(child, 'close');
    assert.ok(existsSync(file), text.slice(-2000));
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const found = [report.vulnerabilities, report.anomalies].flatMap((kind) =>
      Object.entries(kind).flatMap(([title, all]) => all.map((one) => `${title} ${one.path}: ${one.info}`)),
    );
    return { found: found.filter((one) => !one.includes(obsolete)), text };
  };

  it('finds what is wrong with a page that gives back what it is sent', async () => {
    const careless = createServer((request, answer) => {
      const asked = new URL(request.url ?? '/', 'http://x').searchParams.get('q') ?? '';
      answer.writeHead(200, { 'content-type': 'text/html' });
      answer.end(`<html><body><form method="get" action="/"><input name="q"></form><p>${asked}</p></body></html>`);
    });
    await new Promise<void>((done) => careless.listen(0, '127.0.0.1', done));
    const { found } = await scan('careless', `http://127.0.0.1:${(careless.address() as AddressInfo).port}/`, 'common');
    careless.closeAllConnections();
    careless.close();
    assert.ok(
      found.some((one) => one.startsWith('Cross Site Scripting')),
      found.join('\n'),
    );
    assert.ok(
      found.some((one) => one.startsWith('Content Security Policy')),
      found.join('\n'),
    );
  });

  it('finds nothing as a stranger', async () => {
    const { found } = await scan('stranger', `${server.url}privacy`, 'common,backup,htaccess,methods,shellshock,crlf', [
      '-s',
      `${server.url}sign-in`,
      '-s',
      `${server.url}welcome`,
    ]);
    assert.deepEqual(found, []);
  });

  it('finds nothing as an officer who is signed in', async () => {
    const token = site.people.get('privacy-officer')?.token ?? '';
    // Every page that one can name: a walk by links alone would end before it had been in every corner.
    const pages = routes.filter(
      ({ method, path }) => method === 'GET' && !path.includes(':') && !path.startsWith('/api') && path !== '/',
    );
    const { found, text } = await scan('officer', server.url, 'common,methods,shellshock,crlf', [
      ...pages.flatMap(({ path }) => ['-s', new URL(path, server.url).href]),
      '-H',
      `Cookie: __Host-gestand=${token}`,
      // As a browser on our own page says it: without, every write would be refused at the door.
      '-H',
      'Sec-Fetch-Site: same-origin',
    ]);
    assert.deepEqual(found, []);
    // It was inside, and stayed there: a scan of the sign-in page alone would find nothing as well.
    assert.match(text, /Launching module/);
    assert.ok(site.written.size >= 5, `it pressed the buttons: ${[...site.written].join(' ')}`);
    assert.equal((await site.ask('/plans', { as: token })).status, 200);
    assert.ok(!site.logged.some((line) => line.includes('"bug"')));
  });
});
