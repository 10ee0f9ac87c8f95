import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { parsed } from '../../../../test/worlds/statement.ts';
import { referencePolicy } from '../../../../test/worlds/home.ts';
import { undeclared, visit, visited, type Visit } from './visit.ts';

const here = { privateTargets: true };

const html = `<!doctype html><html><head>
<link rel="stylesheet" href="https://fonts.example.com/css?family=x"><link rel="canonical" href="https://elsewhere.example/">
<script src="https://www.googletagmanager.com/gtm.js"></script><script src="/own.js"></script></head>
<body><img src="//pixel.tracker.example/1.gif"><a href="https://friend.example/">a link loads nothing</a>
<iframe src="https://video.example/embed"></iframe></body></html>`;

describe('a plain visit to a website', () => {
  let site: Server;
  let url: string;
  let seen: Visit;
  before(async () => {
    site = createServer((request, response) => {
      if (request.url === '/')
        return void response
          .writeHead(302, { location: '/home', 'set-cookie': 'first=secret-of-a-person; Path=/' })
          .end();
      response
        .writeHead(200, {
          'content-type': 'text/html',
          'set-cookie': ['session=abc; HttpOnly', '_ga=GA1.2.3; Max-Age=63072000'],
        })
        .end(html);
    });
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const found = await visit(url, here);
    assert.ok(found && 'cookies' in found);
    seen = found;
  });
  after(() => {
    site.closeAllConnections();
    site.close();
  });

  it('sees the names of cookies on the whole way in, and no value', () => {
    assert.deepEqual(seen.cookies, ['_ga', 'first', 'session']);
    assert.doesNotMatch(JSON.stringify(seen), /secret|GA1/);
  });

  it('sees which others the page calls by itself, and takes no link for a call', () => {
    assert.deepEqual(seen.hosts, [
      'fonts.example.com',
      'pixel.tracker.example',
      'video.example',
      'www.googletagmanager.com',
    ]);
  });

  it('holds them against the policy: what is not named, what was not asked, who reads along', () => {
    const policy = parsed(referencePolicy);
    assert.deepEqual(undeclared(policy, seen).unnamed, ['_ga', 'first']);
    assert.equal(visited(policy, seen).state, 'broken');
    assert.match(visited(policy, seen).text.nl, /niet in "cookies.list" staan: _ga, first\./);
    const told = parsed(
      referencePolicy.replace(
        '    - { name: session,',
        `    - { name: '_g*', kind: measurement, lasts: P2Y, by: Google Tag Manager, consent: true, text: { nl: Telt bezoek, en: Counts visits } }
    - { name: first, kind: necessary, lasts: session, consent: false, text: { nl: Onthoudt de taal, en: Remembers the language } }
    - { name: session,`,
      ),
    );
    const found = undeclared(told, seen);
    assert.deepEqual([found.unnamed, found.unasked], [[], ['_ga']]);
    assert.ok(!found.hosts.includes('www.googletagmanager.com') && found.hosts.includes('fonts.example.com'));
  });

  it('breaks a promise and never keeps one: it sees too little for that, and says so', () => {
    const clean = visited(parsed(referencePolicy), { url, cookies: ['session'], hosts: [], scripts: false });
    assert.equal(clean.state, 'not-proven');
    assert.match(clean.text.en, /runs no scripts, clicks nothing and sees one page/);
  });

  it('says that it did not look when there is nobody', async () => {
    const none = await visit('http://127.0.0.1:1/', here);
    assert.match(visited(parsed(referencePolicy), none).text.en, /was not looked at: the website cannot be reached/);
    assert.equal(await visit('documents/page.html', here), null);
  });
});
