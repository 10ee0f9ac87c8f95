/** The real server, asked byte by byte: what a well-behaved client never sends. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { routes } from '../../src/app/site/routes.ts';
import { listen, makeSite, type Server } from '../../src/app/site/site.ts';
import { mostBytes } from '../../src/http/body.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('the server', () => {
  let site: TestSite;
  const open: Server[] = [];
  before(async () => {
    site = await testSite();
  });
  after(async () => {
    for (const server of open) await server.close();
    await site.close();
  });

  const serve = async (proxies: readonly string[] = [], network = 1e9): Promise<number> => {
    const door = makeSite({
      seatOf: (host) => (host.replace(/:\d+$/, '') === 'localhost' ? site.seat : null),
      https: true,
      perMinute: { person: 1e9, network },
      proxies,
      log: () => undefined,
    });
    const server = await listen((request, env) => door.fetch(request, env as never), {
      port: 0,
      hostname: '127.0.0.1',
    });
    open.push(server);
    return Number(new URL(server.url).port);
  };
  /** Everything that comes back until the server closes, or says no more. */
  const send = (port: number, text: string): Promise<string> =>
    new Promise((done, fail) => {
      let got = '';
      const socket = connect(port, '127.0.0.1', () => void socket.write(text, 'latin1'));
      socket.setTimeout(1_500, () => socket.destroy());
      socket.on('data', (part: Buffer) => (got += part.toString('latin1')));
      socket.on('error', (cause: NodeJS.ErrnoException) => (cause.code === 'ECONNRESET' ? undefined : fail(cause)));
      socket.on('close', () => done(got));
    });
  const statuses = (answer: string): number[] =>
    [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const ask = (headers: readonly string[], method = 'GET', path = '/health'): string =>
    [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
  const hidden = ask(['X-Hidden: yes', 'Connection: close']);

  it('takes a request that can be read in two ways for none, and answers nothing that is hidden in it', async () => {
    const port = await serve();
    const post = (headers: readonly string[], body: string): string => ask(headers, 'POST', '/sign-in') + body;
    const twoWays: Readonly<Record<string, string>> = {
      'a length and chunks': post(
        [`Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: chunked'],
        `0\r\n\r\n${hidden}`,
      ),
      'chunks and a length': post(['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      'two lengths': post(['Content-Length: 0', `Content-Length: ${hidden.length}`], hidden),
      'two lengths in one': post([`Content-Length: 0, ${hidden.length}`], hidden),
      'a length with a sign': post(['Content-Length: +0'], hidden),
      'chunks under another name': post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden}`),
      'chunks, and then something else': post(['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${hidden}`),
      'a space before the colon': post(['Transfer-Encoding : chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      'a name on two lines': post(
        ['X-Folded: a', ' Transfer-Encoding: chunked', 'Content-Length: 0\r\nTransfer-Encoding: chunked'],
        `0\r\n\r\n${hidden}`,
      ),
      'a bare return in a value': post(['X-Bare: a\rTransfer-Encoding: chunked', 'Content-Length: 0'], hidden),
      'a size that is no size': post(['Transfer-Encoding: chunked'], `0x0\r\n\r\n${hidden}`),
    };
    for (const [what, text] of Object.entries(twoWays)) {
      const answer = await send(port, text);
      assert.deepEqual(statuses(answer), [400], what);
      assert.match(answer, /^Connection: close\r?$/im, what);
    }
    // The control: two requests that are two are answered, both.
    assert.deepEqual(statuses(await send(port, ask([]) + hidden)), [200, 200]);
    const body = 'email=a%40example.nl&password=x';
    const well = post(
      [
        'Content-Type: application/x-www-form-urlencoded',
        'Sec-Fetch-Site: same-origin',
        `Content-Length: ${body.length}`,
      ],
      body,
    );
    assert.equal(statuses(await send(port, well + hidden)).length, 2);
  });

  it('believes who calls from a proxy that it knows, from nobody else, and only what that proxy itself saw', async () => {
    const tries = async (port: number, forwarded: (n: number) => string): Promise<number[]> => {
      const all: number[] = [];
      for (let n = 0; n < 5; n += 1)
        all.push(...statuses(await send(port, ask([`X-Forwarded-For: ${forwarded(n)}`, 'Connection: close']))));
      return all;
    };
    const [three, none] = [3, [200, 200, 200, 429, 429]];
    // Five addresses that nobody vouches for are one caller.
    assert.deepEqual(await tries(await serve([], three), (n) => `192.0.2.${n}`), none);
    // What the caller wrote before the proxy's own word is a lie.
    assert.deepEqual(await tries(await serve(['127.0.0.1'], three), (n) => `192.0.2.${n}, 203.0.113.9`), none);
    // The control: five whom the proxy saw are five.
    assert.deepEqual(
      await tries(await serve(['127.0.0.1'], three), (n) => `203.0.113.9, 192.0.2.${n}`),
      Array(5).fill(200),
    );
  });

  it('takes name, address and method from the request itself, whatever headers for proxies say', async () => {
    const port = await serve(['127.0.0.1']);
    const forged = [
      'X-Forwarded-Host: localhost',
      'X-Host: localhost',
      'Forwarded: host=localhost;proto=https',
      'X-Forwarded-Server: localhost',
    ];
    const elsewhere = ['GET /sign-in HTTP/1.1', 'Host: evil.example', ...forged, 'Connection: close', '', ''].join(
      '\r\n',
    );
    assert.deepEqual(statuses(await send(port, elsewhere)), [404]);
    const away = [
      'X-Forwarded-Host: evil.example',
      'Forwarded: host=evil.example',
      'X-Forwarded-Prefix: //evil.example',
    ];
    const page = await send(port, ask([...away, 'Accept: text/html', 'Connection: close'], 'GET', '/plans'));
    assert.deepEqual(statuses(page), [303]);
    assert.doesNotMatch(page, /evil/);
    const path = ['X-Original-URL: /no-such-place', 'X-Rewrite-URL: /no-such-place', 'X-HTTP-Method-Override: DELETE'];
    assert.deepEqual(statuses(await send(port, ask([...path, 'Connection: close']))), [200]);
    // As absolute form, as two hosts, as none: one name, or no answer.
    for (const [text, status] of [
      ['GET http://localhost/sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 404],
      ['GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 404],
      ['GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ] as const)
      assert.deepEqual(statuses(await send(port, text)), [status], text);
  });

  it('speaks nothing but HTTP: it becomes no WebSocket, opens no tunnel and echoes nothing', async () => {
    const port = await serve();
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    for (const route of ['/', '/health', '/privacy', '/api/promises']) {
      const found = statuses(await send(port, ask(upgrade, 'GET', route)));
      assert.ok(!found.includes(101), `${route}: ${found.join()}`);
    }
    const trace = await send(port, ask(['X-Secret: canary', 'Cookie: canary=1', 'Connection: close'], 'TRACE', '/'));
    assert.ok(
      statuses(trace).every((status) => [400, 404, 405, 501].includes(status)),
      trace,
    );
    assert.doesNotMatch(trace, /canary/);
    const tunnel = await send(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n');
    assert.ok(!statuses(tunnel).some((status) => status < 400), tunnel);
  });

  it('takes no more than the route says, also when nobody tells it how much is coming', async () => {
    const port = await serve();
    const writes = routes.filter((route) => route.method !== 'GET');
    assert.ok(writes.length > 60);
    const { token } = site.people.get('privacy-officer') ?? assert.fail();
    /** Sends without an end; gives the answer and how much of it was taken. */
    const pour = async (route: (typeof routes)[number], as?: string) => {
      let taken = 0;
      const chunk = new Uint8Array(65_536).fill(97);
      const body = new ReadableStream<Uint8Array>(
        {
          pull: (to) => {
            taken += chunk.length;
            to.enqueue(chunk);
          },
        },
        { highWaterMark: 0 },
      );
      const answer = await site.ask(route.path.replace(/:(\w+)/g, 'x-0000000000'), {
        method: route.method,
        ...(as === undefined ? {} : { as }),
        headers: {
          'content-type': route.kind === 'api' ? 'application/json' : 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        },
        body,
        ...({ duplex: 'half' } as object),
      });
      const most = route.mostBytes ?? mostBytes;
      const ends = (route.kind === 'api' ? most : 10 * most) + chunk.length;
      assert.ok(taken <= ends, `${route.method} ${route.path} took ${taken}`);
      return answer;
    };
    let large = 0;
    for (const route of writes) {
      for (const as of [undefined, token]) {
        const { status, headers } = await pour(route, as);
        if (status === 413) large += 1;
        const asksToSignIn = status === 303 && /^\/(sign-in|confirm)/.test(headers.get('location') ?? '');
        assert.ok(status >= 400 || asksToSignIn, `${route.method} ${route.path}: ${status}`);
      }
    }
    assert.ok(large > 30, `${large} were told that it is too large`);
    // No byte more than the route says is read, and that much is.
    const settings = writes.find((one) => one.path === '/appearance') ?? assert.fail();
    const sent = async (bytes: number): Promise<number> => {
      const fields = new URLSearchParams({ theme: 'dark', back: '/' }).toString();
      const body = `${fields}&x=${'a'.repeat(bytes - fields.length - 3)}`;
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return (await site.ask(settings.path, { method: 'POST', as: token, headers: type, body })).status;
    };
    assert.notEqual(await sent(mostBytes), 413);
    assert.equal(await sent(mostBytes + 1), 413);
    // And over the wire: it answers before it has everything, where that is more than it will hear.
    const long = ask(
      [`Content-Length: ${10 * mostBytes + 1}`, 'Sec-Fetch-Site: same-origin', 'Connection: close'],
      'POST',
      '/sign-in',
    );
    assert.deepEqual(statuses(await send(port, long)), [413]);
  });
});
