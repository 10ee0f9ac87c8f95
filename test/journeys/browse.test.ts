/** A visit to a website in a real browser: what scripts place and call on arrival is seen, which a plain visit cannot. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { browse } from '../../src/promises/publication/versions/browse.ts';
import { seesLess, undeclared, visit, visited } from '../../src/promises/publication/versions/visit.ts';
import { freshFolder } from '../worlds/folder.ts';
import { referencePolicy } from '../worlds/home.ts';
import { parsed } from '../worlds/statement.ts';

const chromium = '/usr/bin/chromium';

/** The pages stand on this machine. */
const reach = { privateTargets: true };

describe('a visit in a browser', { skip: !existsSync(chromium) && 'no chromium' }, () => {
  let site: Server;
  let other: Server;
  let folder: ReturnType<typeof freshFolder>;
  let program: string;
  let url: string;

  before(async () => {
    folder = freshFolder();
    // The tests may run as root, where a browser only starts like this; the program itself never asks for it.
    program = join(folder.path, 'browser');
    writeFileSync(program, `#!/bin/sh\nexec ${chromium} --no-sandbox "$@"\n`);
    chmodSync(program, 0o755);
    const listen = async (server: Server): Promise<number> => {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      return (server.address() as AddressInfo).port;
    };
    other = createServer((request, response) => {
      if (request.url === '/frame')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end(
          `<!doctype html><script>
            localStorage.setItem('_framed', 'value-of-a-person');
            sessionStorage.setItem('_once', 'value-of-a-person');
            indexedDB.open('_frame-base');
            new Image().src = '/from-a-frame.gif';
          </script>`,
        );
      response.writeHead(200, { 'content-type': 'image/gif' }).end();
    });
    const elsewhere = await listen(other);
    site = createServer((request, response) => {
      if (request.url === '/leads')
        return void response.writeHead(302, { location: `http://localhost:${elsewhere}/` }).end();
      if (request.url === '/favicon.ico') return void response.writeHead(204).end();
      if (request.url === '/stores')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end(
          `<!doctype html><title>x</title><script>
            sessionStorage.setItem('_visit', 'value-of-a-person');
            indexedDB.open('_base').onsuccess = ({ target }) => target.result.close();
            caches.open('_offline').then((one) => one.put('/x', new Response('value-of-a-person')));
          </script>
          <iframe src="http://localhost:${elsewhere}/frame"></iframe>
          <iframe srcdoc="<script>localStorage.setItem('_inner', 'value-of-a-person')</script>"></iframe>
          <iframe sandbox="allow-scripts" srcdoc="<script>document.title = 'x'</script>"></iframe>`,
        );
      if (request.url === '/keeps-nothing')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end(
          `<!doctype html><title>x</title><script>indexedDB.databases(); caches.keys(); localStorage.getItem('_looked');</script>
          <iframe src="http://localhost:${elsewhere}/"></iframe>`,
        );
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'session=secret-of-a-person' }).end(
        `<!doctype html><title>x</title><script>
          document.cookie = '_scripted=value-of-a-person; path=/';
          localStorage.setItem('_kept', 'value-of-a-person');
          setTimeout(() => { document.cookie = '_later=1'; new Image().src = 'http://localhost:${elsewhere}/p.gif'; }, 800);
        </script>`,
      );
    });
    url = `http://127.0.0.1:${await listen(site)}/`;
  });
  after(() => {
    for (const one of [site, other]) {
      one.closeAllConnections();
      one.close();
    }
    folder.close();
  });

  it('sees what scripts place and call, by name and without a value, where a plain visit sees none of it', async () => {
    const plain = await visit(url, reach);
    assert.ok(plain && 'cookies' in plain);
    assert.deepEqual([plain.cookies, plain.hosts, plain.scripts], [['session'], [], false]);
    const profiles = (): string[] => readdirSync(tmpdir()).filter((one) => one.startsWith('gestand-visit-'));
    const were = profiles();
    const seen = await browse(program, url, reach);
    assert.ok('cookies' in seen, JSON.stringify(seen));
    assert.ok(
      'why' in (await browse(program, url, { privateTargets: false })),
      'an address of this machine is not for it',
    );
    assert.deepEqual(seen.cookies, ['_kept (local storage)', '_later', '_scripted', 'session']);
    assert.deepEqual(seen.hosts, ['localhost']);
    assert.doesNotMatch(JSON.stringify(seen), /of-a-person/);
    assert.deepEqual(profiles(), were, 'its profile is gone');

    const policy = parsed(referencePolicy);
    assert.deepEqual(undeclared(policy, seen).unnamed, ['_kept (local storage)', '_later', '_scripted']);
    const kept = `{ name: _kept, kind: preference, lasts: P1Y, consent: false, text: { nl: a, en: b } }`;
    const named = parsed(referencePolicy.replace(/(\ncookies:[\s\S]*?\n  list:)/, `$1\n    - ${kept}`));
    assert.deepEqual(undeclared(named, seen).unnamed, ['_later', '_scripted'], 'the list names it as the script does');
    const [less, more] = [visited(policy, plain), visited(policy, seen)];
    assert.deepEqual([less.state, more.state], ['not-proven', 'broken']);
    // What a browser saw is not taken back by a look that cannot see it; another look in a browser does.
    assert.equal(seesLess(more, less), true);
    assert.equal(seesLess(more, more), false);
    assert.equal(seesLess(more, visited(policy, { ...seen, cookies: ['session'], hosts: [] })), false);
    assert.equal(seesLess(less, more), false);
  });

  it('sees what the page and its frames keep without a cookie: storage, databases and caches, also of another site', async () => {
    const seen = await browse(program, `${url}stores`, reach);
    assert.ok('cookies' in seen, JSON.stringify(seen));
    assert.deepEqual(seen.cookies, [
      '_base (IndexedDB)',
      '_frame-base (IndexedDB)',
      '_framed (local storage)',
      '_inner (local storage)',
      '_offline (cache storage)',
      '_once (session storage)',
      '_visit (session storage)',
    ]);
    assert.deepEqual(seen.hosts, ['localhost']);
    assert.doesNotMatch(JSON.stringify(seen), /of-a-person/);
    const policy = parsed(referencePolicy);
    assert.deepEqual(undeclared(policy, seen).unnamed, seen.cookies);
    const entry = (name: string): string =>
      `\n    - { name: ${name}, kind: preference, lasts: P1Y, consent: false, text: { nl: a, en: b } }`;
    const listed = referencePolicy.replace(/(\ncookies:[\s\S]*?\n  list:)/, `$1${entry('_base')}${entry('_f*')}`);
    assert.deepEqual(undeclared(parsed(listed), seen).unnamed, [
      '_inner (local storage)',
      '_offline (cache storage)',
      '_once (session storage)',
      '_visit (session storage)',
    ]);
    const nothing = await browse(program, `${url}keeps-nothing`, reach);
    assert.ok('cookies' in nothing, JSON.stringify(nothing));
    assert.deepEqual(nothing.cookies, [], 'the control: a page that only looks keeps nothing');
  });

  it('proves nothing where no page was read: another server, no server, no browser, no https', async () => {
    const why = async (program_: string, address: string): Promise<string> => {
      const found = await browse(program_, address, reach);
      assert.ok('why' in found, address);
      return found.why.en;
    };
    assert.match(await why(program, `${url}leads`), /another server/);
    assert.match(await why(program, 'http://127.0.0.1:9/'), /cannot be reached/);
    assert.match(await why(join(folder.path, 'none'), url), /did not start/);
    assert.match(await why('/bin/true', url), /did not start/);
    assert.match(await why(program, 'http://example.com/'), /no https/);
    assert.match(await why(program, 'file:///etc/passwd'), /no https/);
  });
});
