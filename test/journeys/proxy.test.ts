/** Behind a real nginx, with the lines that docs/console.md gives: TLS, plain http, who calls, and requests in two readings. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as plainly, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { connect, createServer as createSecure, type ConnectionOptions } from 'node:tls';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listen, makeSite, type Server } from '../../src/app/site/site.ts';
import { freshFolder } from '../worlds/folder.ts';
import { documented, hasNginx, siteName, startNginx, type Nginx } from '../worlds/nginx.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const skip = !hasNginx && 'no nginx: npm test installs it';

describe('behind the proxy of the page', { skip }, () => {
  let site: TestSite;
  let server: Server;
  let proxy: Nginx;
  /** What reached the program. */
  const seen: string[] = [];
  before(async () => {
    site = await testSite();
    const door = makeSite({
      seatOf: (host) => (host === siteName ? site.seat : null),
      https: true,
      perMinute: { person: 1e9, network: 40 },
      proxies: ['127.0.0.1'],
      log: () => undefined,
    });
    server = await listen(
      (request, env) => {
        seen.push(`${request.method} ${new URL(request.url).pathname} ${request.headers.get('x-forwarded-for')}`);
        return door.fetch(request, env as never);
      },
      { port: 0, hostname: '127.0.0.1' },
    );
    proxy = await startNginx(documented('docs/console.md'), Number(new URL(server.url).port));
  });
  after(async () => {
    proxy.close();
    await server.close();
    await site.close();
  });

  /** Opens TLS as told; what was agreed, or why not. */
  const agree = (port: number, how: ConnectionOptions): Promise<string> =>
    new Promise((done) => {
      const socket = connect({ port, host: '127.0.0.1', servername: siteName, ca: proxy.ca, ...how }, () => {
        done(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.destroy();
      });
      socket.on('error', () => done('refused'));
    });
  const send = (port: number, text: string, secure: boolean): Promise<string> =>
    new Promise((done, fail) => {
      let got = '';
      const opened = (): void => void socket.write(text, 'latin1');
      const where = { port, host: '127.0.0.1', servername: siteName, ca: proxy.ca };
      const socket: Socket = secure ? connect(where, opened) : plainly(port, '127.0.0.1', opened);
      socket.setTimeout(1_500, () => socket.destroy());
      socket.on('data', (part: Buffer) => (got += part.toString('latin1')));
      socket.on('error', (cause: NodeJS.ErrnoException) => (cause.code === 'ECONNRESET' ? undefined : fail(cause)));
      socket.on('close', () => done(got));
    });
  const statuses = (answer: string): number[] =>
    [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const ask = (method: string, path: string, headers: readonly string[] = ['Connection: close'], body = ''): string =>
    [`${method} ${path} HTTP/1.1`, `Host: ${siteName}`, ...headers, '', body].join('\r\n');

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    assert.match(await agree(proxy.https, { maxVersion: 'TLSv1.2' }), /^TLSv1\.2 /);
    assert.match(await agree(proxy.https, {}), /^TLSv1\.3 /);
    assert.equal(await agree(proxy.https, old), 'refused');
    await withOldServer(async (port) => {
      assert.match(
        await agree(port, { ...old, rejectUnauthorized: false }),
        /^TLSv1\.1 /,
        'the control: so it would be spoken',
      );
    });
  });

  it('takes suites alone that are authenticated and forget their key', async () => {
    const suite = (ciphers: string): ConnectionOptions => ({
      maxVersion: 'TLSv1.2',
      ciphers: `${ciphers}:@SECLEVEL=0`,
    });
    for (const name of ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-CHACHA20-POLY1305'])
      assert.equal(await agree(proxy.https, suite(name)), `TLSv1.2 ${name}`);
    const weak = [
      'AES128-SHA',
      'AES128-GCM-SHA256',
      'ECDHE-RSA-AES128-SHA',
      'ECDHE-RSA-AES128-SHA256',
      'DHE-RSA-AES128-SHA',
    ];
    for (const name of weak) assert.equal(await agree(proxy.https, suite(name)), 'refused', name);
    await withOldServer(async (port) => {
      assert.equal(await agree(port, { ...suite('AES128-SHA'), rejectUnauthorized: false }), 'TLSv1.2 AES128-SHA');
    });
  });

  it('has no certificate and no answer for another name', async () => {
    assert.equal(await agree(proxy.https, { servername: 'evil.example' }), 'refused');
    assert.deepEqual(statuses(await send(proxy.http, 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', false)), []);
  });

  it('leads a page to HTTPS, and refuses a program that speaks in the open', async () => {
    seen.length = 0;
    const page = await send(proxy.http, ask('GET', '/privacy?lang=en'), false);
    assert.deepEqual(statuses(page), [301]);
    assert.match(page, new RegExp(`^Location: https://${siteName.replaceAll('.', '\\.')}/privacy\\?lang=en\r$`, 'm'));
    for (const method of ['GET', 'POST']) {
      const told = await send(
        proxy.http,
        ask(method, '/api/plans', ['Authorization: Bearer gestand_x', 'Connection: close']),
        false,
      );
      assert.deepEqual(statuses(told), [403]);
      assert.doesNotMatch(told, /^Location:/im);
    }
    assert.deepEqual(seen, [], 'nothing of it came to us');
    const secure = await send(proxy.https, ask('GET', '/privacy?lang=en'), true);
    assert.deepEqual(statuses(secure), [200]);
    assert.match(secure, /^strict-transport-security: max-age=63072000/im);
    assert.equal(seen.length, 1);
  });

  it('passes a request in one reading or not at all', async () => {
    const hidden = ask('GET', '/hidden');
    const length = Buffer.byteLength(hidden);
    const post = (headers: readonly string[], body: string): string => ask('POST', '/sign-in', headers, body);
    const twoWays: Readonly<Record<string, string>> = {
      'a length and chunks': post(
        [`Content-Length: ${length + 5}`, 'Transfer-Encoding: chunked'],
        `0\r\n\r\n${hidden}`,
      ),
      'chunks and a length': post(['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${hidden}`),
      'two lengths': post(['Content-Length: 0', `Content-Length: ${length}`], hidden),
      'chunks under another name': post(['Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden}`),
      'a space before the colon': post(
        ['Transfer-Encoding : chunked', `Content-Length: ${length + 5}`],
        `0\r\n\r\n${hidden}`,
      ),
      'a size that is no size': post(['Transfer-Encoding: chunked'], `0x0\r\n\r\n${hidden}`),
    };
    seen.length = 0;
    for (const [what, text] of Object.entries(twoWays)) {
      const answer = await send(proxy.https, text, true);
      assert.ok(statuses(answer).length <= 1, `${what}: ${statuses(answer).join()}`);
      assert.ok(!seen.some((line) => line.includes('/hidden')), what);
    }
    // The control: two requests that are two arrive, both.
    const plain = await send(proxy.https, ask('GET', '/health', []) + hidden, true);
    assert.deepEqual(statuses(plain), [200, 404]);
    assert.ok(seen.some((line) => line.includes('/hidden')));
  });

  it('says who calls, whatever the caller says', async () => {
    const tries: number[] = [];
    seen.length = 0;
    for (let n = 0; n < 50; n += 1)
      tries.push(
        ...statuses(
          await send(proxy.https, ask('GET', '/health', [`X-Forwarded-For: 192.0.2.${n}`, 'Connection: close']), true),
        ),
      );
    assert.equal(tries.at(-1), 429);
    assert.deepEqual([...new Set(seen)], ['GET /health 127.0.0.1']);
  });
});

/** A server that speaks what nobody should any more, so that a refusal is known to be one. */
async function withOldServer(work: (port: number) => Promise<void>): Promise<void> {
  const { path } = freshFolder();
  const [key, cert] = [join(path, 'key.pem'), join(path, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=x', '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  );
  const server = createSecure({
    key: readFileSync(key),
    cert: readFileSync(cert),
    minVersion: 'TLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}
