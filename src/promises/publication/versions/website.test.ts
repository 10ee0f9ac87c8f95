import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { after, before, beforeEach, describe, it } from 'node:test';
import { bringOut, nextPolicy, press, type Press } from '../../../../test/worlds/statement.ts';
import { servedCheck } from './checks.ts';
import { alterations, compare, holds } from './compare.ts';
import { fetchPage } from './fetch.ts';
import type { Resolve } from '../../../base/reach.ts';
import { readFile, type Stored } from './publishing.ts';
import { normal, readPage } from './page.ts';
import { checkWebsite, compareElsewhere, importPage, pageAt } from './website.ts';

const text = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array());

describe('the website', () => {
  let at: Press;
  let site: Server;
  let url: string;
  let answer: RequestListener;
  let first: string;
  let second: string;
  let asked = 0;
  const serve = (html: string, type = 'text/html; charset=utf-8'): void => {
    answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(html);
  };
  const look = async () => (await checkWebsite(at.desk, url)).result;

  before(async () => {
    site = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/privacy`;
    at = await press();
    const page = (version: Stored): string => text(readFile(at.desk, version, 'statement.nl.html'));
    first = page((await bringOut(at.desk)).version);
    at.home.setNow('2026-12-01T10:00:00Z');
    second = page(
      (
        await bringOut(
          at.with(nextPolicy('2026-2', (all) => all.replace('Ten hoogste 90 dagen', 'Ten hoogste honderd dagen'))),
        )
      ).version,
    );
    assert.notEqual(first, second);
  });
  beforeEach(() => serve(second));
  after(async () => {
    site.closeAllConnections();
    site.close();
    await at.close();
  });

  it('that serves the newest version keeps the promise', async () => {
    const served = await checkWebsite(at.desk, url);
    assert.deepEqual([served.result, served.result === 'kept' && served.exact], ['kept', true]);
  });

  it('that sets the words in a page of its own keeps it too', async () => {
    const body = /<article>([\s\S]*)<\/article>/.exec(second)?.[1] ?? '';
    const typeset = body
      .replaceAll("'", '’')
      .replaceAll('<p>', '<p class="x">\n  <span>')
      .replaceAll('</p>', '</span></p>');
    serve(
      `<html><body><nav>Home</nav><header>Welkom</header><div>${typeset}</div><footer>© Divato</footer><script>x</script></body></html>`,
    );
    const served = await checkWebsite(at.desk, url);
    assert.deepEqual([served.result, served.result === 'kept' && served.exact], ['kept', false]);
  });

  it('that still serves the old version is found, by its marker and by its words', async () => {
    serve(first);
    const marked = await checkWebsite(at.desk, url);
    assert.deepEqual([marked.result, marked.result === 'other-version' && marked.served], ['other-version', '2026-1']);
    serve(first.replace(/<meta name="gestand[^>]*>/, ''));
    assert.equal(await look(), 'other-version');
    serve(
      second
        .replace(/content="2026-2 [0-9a-f]{64}"/, `content="2019-1 ${'0'.repeat(64)}"`)
        .replace('honderd', 'tweehonderd'),
    );
    assert.equal(await look(), 'other-version');
  });

  it('whose words were changed is found, whatever its marker says; and which words', async () => {
    serve(second.replace('Ten hoogste honderd dagen', 'Ten hoogste duizend dagen'));
    const served = await checkWebsite(at.desk, url);
    assert.equal(served.result, 'changed-text');
    assert.ok(served.result === 'changed-text');
    assert.match(
      served.differences.map((one) => one.sign + one.text).join('\n'),
      /-.*honderd dagen[\s\S]*\+.*duizend dagen/,
    );
    serve(second.replace('</article>', '<p>Wij verkopen uw gegevens.</p></article>'));
    assert.equal(await look(), 'kept', 'what stands after the statement cannot be told from the site itself');
    serve(second.replace('</p>', '</p><p>Wij verkopen uw gegevens.</p>').replace('<h1>', '<p hidden>x</p><h1>'));
    assert.equal(await look(), 'changed-text');
    serve('<p>Welkom</p>');
    assert.equal(await look(), 'changed-text');
  });

  const bomb = gzipSync(Buffer.alloc(50_000_000, 'x'));
  it('that cannot be read proves nothing: an error, another server, no page, too much', async () => {
    const cases: [RequestListener, RegExp][] = [
      [(_, response) => response.writeHead(500).end(), /500/],
      [(_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(), /another server/],
      [(_, response) => response.writeHead(302, { location: '/privacy' }).end(), /too often/],
      [(_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('x'), /no page/],
      [(_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x'.repeat(2_100_000)), /larger/],
      [
        // Fifty megabytes in fifty kilobytes: what counts is what comes out.
        (_, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb),
        /larger/,
      ],
      [(request) => request.socket.destroy(), /cannot be reached/],
    ];
    for (const [way, why] of cases) {
      answer = way;
      const served = await checkWebsite(at.desk, url);
      assert.ok(served.result === 'unreachable');
      assert.match(served.why.en, why);
    }
    answer = (request, response) =>
      request.url === '/privacy'
        ? response.writeHead(301, { location: '/privacy/' }).end()
        : response.writeHead(200, { 'content-type': 'text/html' }).end(second);
    assert.equal(await look(), 'kept', 'the same server may lead on');
  });

  it('is asked by https only, but on this machine; and never with a password', async () => {
    const before = asked;
    for (const address of [
      'http://example.org/',
      'file:///etc/passwd',
      url.replace('http://', 'http://a:b@'),
      'ftp://127.0.0.1/',
      'x',
    ]) {
      const found = await fetchPage(address, { privateTargets: true });
      assert.ok(!found.ok && /no https address/.test(found.why.en), address);
    }
    assert.equal(asked, before);
  });

  it('is not asked in a private network or on this machine, unless the operator says so', async () => {
    const before = asked;
    const name = url.replace('127.0.0.1', 'localhost');
    const inside: Resolve = (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    for (const [address, names] of [
      [url, undefined],
      [name, undefined],
      ['https://10.1.2.3/', undefined],
      [`https://site.example:${new URL(url).port}/`, inside],
    ] as const) {
      const found = await fetchPage(address, { privateTargets: false, ...(names && { names }) });
      assert.ok(!found.ok && /GESTAND_PRIVATE_TARGETS/.test(found.why.en), address);
    }
    const served = await checkWebsite({ ...at.desk, privateTargets: false }, url);
    assert.ok(served.result === 'unreachable' && /GESTAND_PRIVATE_TARGETS/.test(served.why.nl));
    assert.equal(asked, before, 'nobody was asked');
    assert.ok((await fetchPage(name, { privateTargets: true })).ok, 'and the same page would have been there');
  });

  it('is told to the board as broken, kept or not proven', async () => {
    const desk = {
      ...at.desk,
      policy: { ...at.desk.policy, publication: { ...at.desk.policy.publication, url } },
    } as typeof at.desk;
    assert.equal((await servedCheck(desk)).state, 'kept');
    serve(first);
    assert.equal((await servedCheck(desk)).state, 'broken');
    answer = (_, response) => response.writeHead(404).end();
    assert.equal((await servedCheck(desk)).state, 'not-proven');
    const empty = await press();
    assert.equal((await servedCheck({ ...empty.desk, policy: desk.policy })).state, 'not-proven');
    await empty.close();
  });

  it('as it was before we published can be kept, and compared sentence by sentence', async () => {
    serve(
      '<body><h1>Privacy</h1><p>Wij bewaren alles.</p><p>recordings-90-days: Ten hoogste honderd dagen, tenzij een onderzoek loopt (P90D).</p></body>',
    );
    const page = await pageAt(url, at.desk);
    const one = await importPage(at.desk, { name: 'Ann' }, page);
    assert.match(one.id, /^w-[0-9a-z]{16}$/);
    assert.equal((await importPage(at.desk, { name: 'Ann' }, page)).id, one.id);
    const differences = await compareElsewhere(at.desk, one.id, '2026-2');
    const said = differences.map((each) => each.sign + each.text);
    assert.ok(said.includes('-Wij bewaren alles.') && said.some((each) => each.startsWith('+video-90-days')));
    assert.ok(!said.some((each) => /recordings-90-days.*honderd/.test(each)));
    // As long as the website shows that page, it is named.
    const served = await checkWebsite(at.desk, url);
    assert.deepEqual([served.result, served.result === 'other-version' && served.served], ['other-version', one.id]);
  });
});

describe('the text of a page', () => {
  it('is what a reader sees: no scripts, menus, hidden parts or proofs', () => {
    const { blocks, statement, marker } = readPage(
      `<!doctype html><head><title>t</title><meta name="gestand-statement" content="2026-1 ${'a'.repeat(64)}"></head>
       <body><nav>menu</nav><article><h1>A  <b>b</b></h1><p hidden>no</p><ul><li>one<li>two</ul><details class="proof">x</details><details>y</details><table><tr><td>c<td>d</table></article><script>s</script><footer>f</footer>`,
    );
    assert.deepEqual(statement, ['A b', 'one', 'two', 'y', 'c', 'd']);
    assert.deepEqual(blocks, [...statement, 'f']);
    assert.deepEqual(marker, { version: '2026-1', hash: 'a'.repeat(64) });
    assert.equal(readPage('<meta name="gestand-statement" content="x">').marker, null);
  });
  it('does not hang on the keyboard of who typed it', () => {
    assert.equal(normal('“Ja”,\u00a0zei\u00adden wij –\n’s avonds'), '"Ja", zeiden wij - \'s avonds');
    assert.notEqual(normal('90 dagen'), normal('91 dagen'));
  });
  it('is read however deep and long a hostile page is', () => {
    const deep = readPage(`${'<div>'.repeat(100_000)}x`);
    assert.deepEqual(deep.blocks, ['x']);
    const long = Array.from({ length: 60_000 }, (_, i) => `Sentence ${i}.`);
    assert.ok(compare(long.slice(0, 500), long).length > 59_000);
  });
  it('is compared in order, and a menu around it does not count', () => {
    assert.ok(holds(['menu', 'a', 'b', 'foot'], ['a', 'b']));
    assert.ok(!holds(['a', 'new', 'b'], ['a', 'b']));
    assert.ok(!holds(['ba', 'bc'], ['a', 'b']), 'words are not cut');
    assert.deepEqual(alterations(['One.', 'Two.', 'Three.'], ['Menu.', 'One.', 'Other.', 'Three.', 'Foot.']), [
      { sign: '-', text: 'Two.' },
      { sign: '+', text: 'Other.' },
    ]);
  });
});
