import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { Refusal } from '../base/refusal.ts';
import type { Once } from './idempotency.ts';
import { limitsOf, networkOf } from './limits.ts';
import { openApi, operationId } from './openapi.ts';
import { openDoor, type Caller } from './router.ts';
import { routesOf } from './route.ts';

type Who = { name: string; may: readonly string[]; fresh: boolean };
const { api, page } = routesOf<{ count: number }, Who, 'see plans' | 'approve a plan'>();

const plans = api(
  {
    method: 'GET',
    path: '/api/plans',
    may: 'see plans',
    summary: { nl: 'Plannen', en: 'Plans' },
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    reply: z.object({ plans: z.array(z.object({ id: z.string() })) }),
  },
  ({ query }) => Promise.resolve({ plans: [{ id: `p${query.limit}`, secret: 'not declared' }] }),
);
const approve = api(
  {
    method: 'POST',
    path: '/api/plans/:plan/approve',
    may: 'approve a plan',
    stepUp: true,
    summary: { nl: 'Keurt goed', en: 'Approves' },
    params: z.strictObject({ plan: z.string().regex(/^p-\w+$/) }),
    body: z.strictObject({ rules: z.array(z.string()).min(1) }),
    reply: z.object({ approved: z.array(z.string()), count: z.number() }),
    refuses: ['plan-unknown'],
  },
  ({ world, params, body }) => {
    if (params.plan === 'p-none')
      throw new Refusal('plan-unknown', { nl: 'Dat plan is er niet.', en: 'No such plan.' });
    if (params.plan === 'p-bug') throw new Error('a name that must not get out: Jansen');
    world.count += 1;
    return Promise.resolve({ approved: body.rules, count: world.count });
  },
);
const form = page(
  {
    method: 'POST',
    path: '/plans/approve',
    may: 'approve a plan',
    summary: { nl: 'Keurt goed', en: 'Approves' },
    body: z.strictObject({ plan: z.string() }),
  },
  ({ body }) => Promise.resolve({ to: `/plans/${body.plan}` }),
);
const open = page({ method: 'GET', path: '/', may: 'anyone', summary: { nl: 'Begin', en: 'Start' } }, ({ language }) =>
  Promise.resolve({ html: `<p lang="${language}">` }),
);

const publicPage = page(
  { method: 'GET', path: '/public', may: 'anyone', summary: { nl: 'Voor iedereen', en: 'For everyone' } },
  ({ actor, language }) => Promise.resolve({ html: `<p lang="${language}">${actor?.name ?? 'nobody'}` }),
);
const careless = page(
  { method: 'GET', path: '/public/careless', may: 'anyone', summary: { nl: 'Zet een cookie', en: 'Sets a cookie' } },
  () => Promise.resolve({ html: '<p>', cookies: ['seen=1'] }),
);
const box = page(
  { method: 'GET', path: '/box', may: 'approve a plan', hidden: true, summary: { nl: 'Postvak', en: 'Box' } },
  () => Promise.resolve({ html: '<p>' }),
);

const download = page(
  {
    method: 'GET',
    path: '/download',
    may: 'anyone',
    summary: { nl: 'Bestand', en: 'File' },
    query: z.strictObject({ name: z.string() }),
  },
  ({ query }) => Promise.resolve({ bytes: new Uint8Array(1), type: 'application/octet-stream', name: query.name }),
);

const people: Record<string, Who> = {
  ann: { name: 'ann', may: ['see plans', 'approve a plan'], fresh: true },
  bob: { name: 'bob', may: ['see plans'], fresh: true },
  cas: { name: 'cas', may: ['see plans', 'approve a plan'], fresh: false },
};

function memory(): Once {
  const kept = new Map<string, { sent: string; reply: string | null; lost: boolean }>();
  return {
    claim: (key, sent) => {
      const one = kept.get(key);
      if (!one) {
        const mine = { sent, reply: null as string | null, lost: false };
        kept.set(key, mine);
        const held = {
          done: (reply: string) => Promise.resolve(void (mine.reply = reply)),
          release: () => Promise.resolve(void kept.delete(key)),
          lose: () => Promise.resolve(void (mine.lost = true)),
        };
        return Promise.resolve({ is: 'new', held });
      }
      if (one.reply !== null) return Promise.resolve({ is: 'done', sent: one.sent, reply: one.reply });
      return Promise.resolve({ is: one.lost ? 'unknown' : 'running', sent: one.sent });
    },
  };
}

function door(options: { person?: number; log?: string[] } = {}) {
  const world = { count: 0 };
  const store = memory();
  const app = openDoor<typeof world, Who, 'see plans' | 'approve a plan'>({
    routes: [plans, approve, form, open, publicPage, careless, box, download],
    plain: (path) => path.startsWith('/public'),
    worldOf: (host) => (host === 'here.example' ? world : null),
    identify: (_, request) => {
      const cookie = /gestand=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
      const token = /^Bearer (\w+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
      const actor = people[token ?? cookie ?? ''];
      const caller: Caller<Who> | null = actor
        ? { actor, id: actor.name, by: token === undefined ? 'cookie' : 'token' }
        : null;
      return Promise.resolve(caller);
    },
    check: (_, { actor }, route) => {
      if (route.may !== 'anyone signed in' && !actor.may.includes(route.may)) return 'not-allowed';
      return route.stepUp === true && !actor.fresh ? 'step-up' : 'yes';
    },
    again: (html) => Promise.resolve({ html, found: true, typed: true }),
    interrupted: (_, __, ___, ____, _____, kept) => Promise.resolve(JSON.stringify(kept)),
    page: (_, problem, __, language) => `<h1 lang="${language}">${problem.title}</h1>`,
    signIn: () => '/sign-in',
    limits: limitsOf({ person: options.person ?? 1000, network: 1000 }),
    once: () => store,
    log: (event, fields) => void options.log?.push(JSON.stringify({ event, ...fields })),
    https: true,
    addressOf: ({ socket }) => socket,
  });
  const ask = (path: string, init: RequestInit & { as?: string; cookie?: string } = {}) => {
    const headers = new Headers(init.headers);
    headers.set('host', headers.get('host') ?? 'here.example');
    if (init.as !== undefined) headers.set('authorization', `Bearer ${init.as}`);
    if (init.cookie !== undefined) headers.set('cookie', `gestand=${init.cookie}`);
    return app.request(`http://here.example${path}`, { ...init, headers });
  };
  const post = (path: string, body: unknown, more: RequestInit & { as?: string; cookie?: string } = {}) =>
    ask(path, {
      method: 'POST',
      ...more,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(more.headers as Record<string, string>) },
    });
  return { ask, post, world };
}

const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe('the door', () => {
  it('lets in who may, and nobody else', async () => {
    const { ask, post } = door();
    assert.deepEqual(await codeOf(await ask('/api/plans')), [401, 'sign-in-needed']);
    assert.equal((await ask('/api/plans', { as: 'bob' })).status, 200);
    assert.deepEqual(await codeOf(await post('/api/plans/p-1/approve', { rules: ['r'] }, { as: 'bob' })), [
      403,
      'not-allowed',
    ]);
    assert.deepEqual(await codeOf(await post('/api/plans/p-1/approve', { rules: ['r'] }, { as: 'cas' })), [
      401,
      'step-up-needed',
    ]);
    assert.equal((await post('/api/plans/p-1/approve', { rules: ['r'] }, { as: 'ann' })).status, 200);
  });
  it('does not tell someone who may not whether a thing exists', async () => {
    const { post } = door();
    const there = await post('/api/plans/p-1/approve', { rules: ['r'] }, { as: 'bob' });
    const absent = await post('/api/plans/p-none/approve', { rules: ['r'] }, { as: 'bob' });
    assert.equal(await there.text(), await absent.text());
    assert.deepEqual(await codeOf(await post('/api/plans/p-none/approve', { rules: ['r'] }, { as: 'ann' })), [
      404,
      'plan-unknown',
    ]);
  });
  it('lets nothing out that the route does not declare', async () => {
    const { ask } = door();
    assert.equal(await (await ask('/api/plans?limit=3', { as: 'bob' })).text(), '{"plans":[{"id":"p3"}]}');
  });
  it('says where what was sent is wrong, and never repeats it', async () => {
    const { ask, post } = door();
    const wrong = await post('/api/plans/p-1/approve', { rules: [], secret: 'Jansen' }, { as: 'ann' });
    const text = await wrong.text();
    assert.equal(wrong.status, 422);
    assert.equal(wrong.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.match(text, /body\.rules/);
    assert.ok(!text.includes('Jansen'));
    assert.deepEqual(await codeOf(await ask('/api/plans?limit=1&limit=2', { as: 'bob' })), [422, 'sent-wrongly']);
    assert.deepEqual(await codeOf(await ask('/api/plans?other=1', { as: 'bob' })), [422, 'sent-wrongly']);
    const plain = await ask('/api/plans/p-1/approve', {
      method: 'POST',
      body: 'x',
      as: 'ann',
      headers: { 'content-type': 'text/plain' },
    });
    assert.deepEqual(await codeOf(plain), [415, 'wrong-type']);
  });
  it('refuses a write that another site sends along with the cookie, and takes the same from here', async () => {
    const { post } = door();
    const rules = { rules: ['r'] };
    const from = (headers: Record<string, string>) => post('/api/plans/p-1/approve', rules, { cookie: 'ann', headers });
    assert.deepEqual(await codeOf(await from({})), [403, 'other-site']);
    assert.deepEqual(await codeOf(await from({ 'sec-fetch-site': 'cross-site' })), [403, 'other-site']);
    assert.deepEqual(await codeOf(await from({ 'sec-fetch-site': 'same-site' })), [403, 'other-site']);
    assert.deepEqual(await codeOf(await from({ origin: 'https://evil.example' })), [403, 'other-site']);
    assert.equal((await from({ 'sec-fetch-site': 'same-origin' })).status, 200);
    assert.equal((await from({ origin: 'https://here.example' })).status, 200);
  });
  it('keeps the cause of a bug to itself, and gives a number to ask about', async () => {
    const log: string[] = [];
    const { post } = door({ log });
    const answer = (await (await post('/api/plans/p-bug/approve', { rules: ['r'] }, { as: 'ann' })).json()) as {
      code: string;
      reference: string;
    };
    assert.equal(answer.code, 'bug');
    assert.equal(log.length, 1);
    assert.ok(log[0]?.includes(answer.reference));
    assert.ok(!log.join('').includes('Jansen'), 'a message may hold a value of someone');
    assert.match(log[0] ?? '', /http\.test\.ts/);
  });
  it('serves the home of the name that was asked for, and none for another name', async () => {
    const { ask } = door();
    assert.equal((await ask('/', { headers: { host: 'here.example' } })).status, 200);
    assert.deepEqual(await codeOf(await ask('/', { headers: { host: 'other.example' } })), [404, 'no-such-address']);
  });
  it('sends a person to sign in, and a program an answer it can read', async () => {
    const { ask } = door();
    const send = (plan: string) =>
      ask('/plans/approve', {
        method: 'POST',
        body: new URLSearchParams({ plan }),
        headers: { 'sec-fetch-site': 'same-origin', referer: 'http://here.example/?of=plan' },
      });
    const empty = await send('');
    assert.deepEqual([empty.status, empty.headers.get('location')], [303, '/sign-in']);
    const sent = await send('p');
    assert.equal(sent.status, 401, 'what was typed waits');
    assert.deepEqual(await sent.json(), {
      action: '/plans/approve',
      page: '/?of=plan',
      values: [['plan', 'p']],
      withheld: [],
    });
    const done = await ask('/plans/approve', {
      method: 'POST',
      body: new URLSearchParams({ plan: 'p' }),
      cookie: 'ann',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/plans/p']);
  });
  it('does a write once, however often it is sent with its key', async () => {
    const { post, world } = door();
    const send = (key: string, rules: string[]) =>
      post('/api/plans/p-1/approve', { rules }, { as: 'ann', headers: { 'idempotency-key': key } });
    const [first, second] = [await (await send('k1', ['a'])).text(), await (await send('k1', ['a'])).text()];
    assert.equal(first, second);
    assert.equal(world.count, 1);
    assert.deepEqual(await codeOf(await send('k1', ['b'])), [422, 'idempotency-key-reused']);
    await send('k2', ['a']);
    assert.equal(world.count, 2, 'without the same key it is done again');
  });
  it('knows nobody on pages that are for everyone, and refuses to set a cookie there', async () => {
    const { ask } = door();
    const answer = await ask('/public', { cookie: 'ann; lang=nl', headers: { 'accept-language': 'en' } });
    assert.equal(await answer.text(), '<p lang="en">nobody');
    assert.match(answer.headers.get('content-security-policy') ?? '', /script-src 'none'/);
    const elsewhere = await ask('/', { cookie: 'ann; lang=nl' });
    assert.match(await elsewhere.text(), /nl/, 'the same cookie counts elsewhere');
    assert.match(elsewhere.headers.get('content-security-policy') ?? '', /script-src 'self'/);
    const refused = await ask('/public/careless');
    assert.equal(refused.status, 500);
    assert.equal(refused.headers.get('set-cookie'), null);
  });

  it('does not tell whoever may not use it that something hidden is there', async () => {
    const { ask } = door();
    assert.equal((await ask('/box', { as: 'ann' })).status, 200);
    assert.equal((await ask('/box', { as: 'bob' })).status, 404);
    assert.equal(
      (await ask('/plans/approve', { as: 'bob', method: 'POST', headers: { origin: 'http://here.example' } })).status,
      403,
    );
  });

  it('has a limit for one person that does not keep another out', async () => {
    const { ask } = door({ person: 3 });
    for (let i = 0; i < 3; i += 1) assert.equal((await ask('/api/plans', { as: 'bob' })).status, 200);
    assert.deepEqual(await codeOf(await ask('/api/plans', { as: 'bob' })), [429, 'too-many-requests']);
    assert.equal((await ask('/api/plans', { as: 'ann' })).status, 200);
    assert.equal(networkOf('2001:db8:1:2:3::9'), networkOf('2001:db8:1:2:ffff::1'));
    assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1');
  });
  it('tells a browser to do nothing but show the page', async () => {
    const { ask } = door();
    const { headers } = await ask('/');
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      'require-trusted-types-for',
    ])
      assert.ok(policy.includes(part), part);
    assert.ok(!/unsafe|\*/.test(policy));
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=63072000/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });
  it('names a download so that no name becomes a header, a path or another kind of file', async () => {
    const { ask } = door();
    const named = async (name: string): Promise<Headers> =>
      (await ask(`/download?name=${encodeURIComponent(name)}`)).headers;
    assert.equal(
      (await named('register-2026.xlsx')).get('content-disposition'),
      'attachment; filename="register-2026.xlsx"',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
          fc.constantFrom(
            'a"; filename="b.exe',
            'a\r\nSet-Cookie: x=1',
            '../../etc/passwd',
            'C:\\a.bat',
            "a'b;c=d",
            'é€.pdf',
          ),
        ),
        async (name) => {
          const headers = await named(name);
          assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="[\w.-]*"$/);
          assert.equal(headers.get('set-cookie'), null);
          assert.equal(headers.get('x-content-type-options'), 'nosniff');
        },
      ),
      { numRuns: 200 },
    );
  });
  it('never answers with a bug to whatever is sent', async () => {
    const { ask } = door();
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.json(),
        fc.constantFrom('application/json', 'text/html', ''),
        async (path, body, type) => {
          const answer = await ask(`/api/plans/${encodeURIComponent(path)}/approve`, {
            method: 'POST',
            body,
            as: 'ann',
            headers: type === '' ? {} : { 'content-type': type },
          });
          assert.ok(answer.status < 500, `${answer.status}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the OpenAPI document', () => {
  it('says what the router does', () => {
    const made = openApi([plans, approve, form, open], { title: 'Gestand', version: '1', language: 'en' }) as {
      paths: Record<
        string,
        Record<string, { operationId: string; parameters: { name: string }[]; requestBody?: unknown }>
      >;
    };
    assert.deepEqual(Object.keys(made.paths), ['/api/plans', '/api/plans/{plan}/approve'], 'pages are not in it');
    const post = made.paths['/api/plans/{plan}/approve']?.['post'];
    assert.equal(post?.operationId, operationId(approve));
    assert.deepEqual(
      post?.parameters.map((one) => one.name),
      ['plan', 'Idempotency-Key'],
    );
    assert.ok(post?.requestBody);
  });
});
