/** What the door itself does, over every route, as behind HTTPS. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { permissions, roles, ruleOf, setCookie } from '../../src/access/index.ts';
import { routes } from '../../src/app/site/routes.ts';
import { within } from '../../src/app/site/within.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

describe('the door of the site', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite({ attacked: true });
  });
  after(() => site.close());
  const token = (): string => site.people.get('privacy-officer')?.token ?? '';
  const addressOf = (path: string): string => path.replace(/:(\w+)/g, 'x-0000000000');

  it('takes no write that another site sends along with the cookie: every route', async () => {
    const writes = routes.filter((route) => route.method !== 'GET' && !route.path.startsWith('/privacy'));
    assert.ok(writes.length > 40);
    const taken: string[] = [];
    for (const route of writes) {
      const answer = await site.ask(addressOf(route.path), {
        method: route.method,
        as: token(),
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        body: new URLSearchParams(),
      });
      if (answer.status !== 403) taken.push(`${route.method} ${route.path}: ${answer.status}`);
    }
    assert.deepEqual(taken, []);
  });

  it('tells browsers to come over HTTPS only, and lets no other site read an answer', async () => {
    for (const path of ['/', '/sign-in', '/privacy', '/api/promises', '/no-such-place']) {
      const answer = await site.ask(path, { as: token(), headers: { origin: 'https://evil.example' } });
      assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=(\d{8,}); includeSubDomains/, path);
      assert.equal(answer.headers.get('access-control-allow-origin'), null, path);
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/, path);
    }
  });

  it('changes nothing on a GET: an address that writes answers one with "no such method" or a page', async () => {
    const reads = new Set(routes.filter((route) => route.method === 'GET').map((route) => route.path));
    for (const route of routes.filter((one) => one.method !== 'GET' && !reads.has(one.path))) {
      // What another route reads under the same shape of address ("/people/:account") finds nothing there.
      const answer = await site.ask(addressOf(route.path), { as: token() });
      assert.ok([404, 405, 422].includes(answer.status), `GET ${route.path}: ${answer.status}`);
    }
  });

  it('shows nothing of what lies beside it, and follows no method that is only for looking inside', async () => {
    for (const path of [
      '/.git/config',
      '/.env',
      '/package.json',
      '/assets/',
      '/assets/../package.json',
      '/keys/access.key',
      '/metrics',
      '/debug',
      '/server-status',
    ])
      assert.equal((await site.ask(path, { as: token() })).status, 404, path);
    for (const method of ['PATCH', 'PROPFIND', 'OPTIONS'])
      assert.ok([404, 405].includes((await site.ask('/', { method, as: token() })).status), method);
  });

  it('wipes the browser when one signs out, and the session is worth nothing from then on', async () => {
    const other = await site.person('Eva Smit', 'engineer');
    assert.equal((await site.ask('/plans', { as: other.token })).status, 200);
    const out = await site.ask('/sign-out', { method: 'POST', as: other.token });
    assert.match(out.headers.get('clear-site-data') ?? '', /"cookies"/);
    for (const cookie of out.headers.getSetCookie())
      assert.match(cookie, /^__Host-.*; Path=\/;.*Secure; HttpOnly; SameSite=/, cookie);
    assert.match((await site.ask('/plans', { as: other.token })).headers.get('location') ?? '', /^\/sign-in/);
  });

  it('asks for a password in a field that hides it, and that a manager of passwords may fill', async () => {
    for (const [path, as] of [
      ['/sign-in', undefined],
      ['/account', token()],
    ] as const) {
      const page = await (await site.ask(path, as === undefined ? {} : { as })).text();
      const fields = page.match(/<input[^>]*name="(?:password|current)"[^>]*>/g) ?? [];
      assert.ok(fields.length > 0, path);
      for (const field of fields) {
        assert.match(field, /type="password"/, path);
        assert.match(field, /autocomplete="(?:current|new)-password"/, path);
        assert.doesNotMatch(field, /maxlength|readonly|onpaste/, path);
      }
    }
  });

  it('shows each person their own sessions, and ends the one that is named and no other', async () => {
    const person = await site.person('Fred Maas', 'engineer');
    const page = await (await site.ask('/account', { as: person.token })).text();
    const [session = ''] = /name="session" value="([^"]+)"/.exec(page)?.slice(1) ?? [];
    assert.notEqual(session, '');
    const end = (as: string): Promise<Response> =>
      site.ask('/account/sessions/end', { method: 'POST', as, body: new URLSearchParams({ session }) });
    await end(token());
    assert.equal((await site.ask('/account', { as: person.stale })).status, 200, 'not by somebody else');
    assert.equal((await end(person.token)).status, 303);
    assert.match((await site.ask('/account', { as: person.stale })).headers.get('location') ?? '', /^\/sign-in/);
    assert.equal((await site.ask('/account', { as: person.token })).status, 200);
  });

  it('begins no session on a GET, wherever the link came from: that takes a deed of the person', async () => {
    const sessions = async (): Promise<number> =>
      (await sql<{ n: number }>`select count(*)::int as n from access.session`.execute(site.world.db)).rows[0]?.n ?? -1;
    const begun = (answer: Response): string[] =>
      answer.headers.getSetCookie().filter((one) => /^__Host-gestand=[^;]/.test(one));
    const before = await sessions();
    for (const route of routes.filter((one) => one.method === 'GET')) {
      const answer = await site.ask(`${addressOf(route.path)}?state=x&code=y`, {
        headers: { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/', cookie: '__Host-gestand=planted' },
      });
      assert.deepEqual(begun(answer), [], route.path);
      await answer.body?.cancel();
    }
    assert.equal(await sessions(), before);
    // The control: such a cookie, and such a row, would be seen.
    assert.equal(begun(new Response(null, { headers: { 'set-cookie': setCookie('session', 'x') } })).length, 1);
    await site.person('Gerda Bos', 'engineer');
    assert.ok((await sessions()) > before);
  });

  it('leads a person to an address of its own, whatever it is told to go back to, and a program nowhere', async () => {
    const leads: string[] = [];
    const elsewhere = ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
    for (const back of elsewhere.slice(0, 2))
      for (const route of routes.filter((one) => one.path !== '/sign-out')) {
        const path = `${addressOf(route.path)}?${new URLSearchParams({ back, lang: 'nl' }).toString()}`;
        const form = new URLSearchParams({ back, theme: 'dark', language: 'nl', password: 'x', email: 'a@example.nl' });
        const asked = {
          method: route.method,
          headers: { referer: back.startsWith('http') ? back : 'https://evil.example/' },
        };
        for (const as of back === elsewhere[0] ? [undefined, token()] : [site.people.get('auditor')?.stale]) {
          const answer = await site.ask(path, {
            ...asked,
            ...(as === undefined ? {} : { as }),
            ...(route.method === 'GET' ? {} : { body: form }),
          });
          const to = answer.headers.get('location');
          const text = await answer.text();
          // A form that was refused may come back with what was typed in it: in a field, and nowhere that leads.
          assert.doesNotMatch(
            text,
            /(?:href|action|src)="\s*(?:[a-z]+:|[/\\\\]{2})[^"]*evil\.example/i,
            `${route.method} ${route.path}`,
          );
          if (to === null) continue;
          assert.ok(route.kind === 'page', `${route.path} leads a program to ${to}`);
          assert.equal(new URL(to, 'https://own.example').host, 'own.example', `${route.method} ${route.path}: ${to}`);
          leads.push(to);
        }
      }
    for (const back of elsewhere) assert.equal(within(back), '/', back);
    assert.ok(leads.length > 50, `${leads.length} led somewhere`);
    // The control: to a place of our own it does lead back.
    const own = await site.ask('/appearance', {
      method: 'POST',
      body: new URLSearchParams({ theme: 'dark', back: '/plans?x=1' }),
    });
    assert.equal(own.headers.get('location'), '/plans?x=1');
  });

  it('takes a file in at two addresses, where it is asked for, and at no other', async () => {
    const files = ['/declare/:control attachment', '/policy/documents/:document file'];
    const takers: string[] = [];
    const picture = (): File =>
      new File(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'], 'evil.svg', {
        type: 'image/svg+xml',
      });
    let tried = 0;
    for (const route of routes.filter((one) => one.method !== 'GET' && one.path !== '/sign-out')) {
      const wanted = permissions.find((one) => one === route.may);
      const rule = wanted === undefined ? null : ruleOf(wanted);
      const role = roles.find((one) => rule === null || rule.all.includes(one) || rule.own.includes(one));
      const as = role === undefined ? token() : (site.people.get(role)?.token ?? '');
      const send = async (body: FormData): Promise<number> =>
        (await site.ask(addressOf(route.path), { method: route.method, as, body })).status;
      if (route.kind === 'api') {
        if (route.body)
          assert.ok([404, 415, 422].includes(await send(new FormData())), `${route.method} ${route.path}`);
        continue;
      }
      for (const field of Object.keys(route.body?.shape ?? {})) {
        if (route.body?.shape[field]?.safeParse(picture()).success) {
          takers.push(`${route.path} ${field}`);
          continue;
        }
        const form = new FormData();
        form.append(field, picture());
        assert.equal(await send(form), 422, `${route.method} ${route.path} takes ${field}`);
        tried += 1;
      }
    }
    assert.deepEqual(takers.toSorted(), files);
    assert.ok(tried > 60, `${tried} fields`);
    // The control: in the same envelope a word is taken, and a picture in its place is not.
    const look = async (theme: string | File): Promise<number> => {
      const form = new FormData();
      form.append('theme', theme);
      return (await site.ask('/appearance', { method: 'POST', body: form })).status;
    };
    assert.deepEqual([await look('dark'), await look(picture())], [303, 422]);
  });

  it('shows whom a hold is about to who must know it, and a secret once', async () => {
    const value = '+31687654321';
    const officer = site.people.get('privacy-officer');
    assert.ok(officer);
    const { hold } = await placeHold(site.world, officer.actor, {
      matter: 'A case',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: [{ is: 'subject', kind: 'phone', value, datasets: [] }],
    });
    const reads = routes
      .filter((one) => one.method === 'GET')
      .map((one) => one.path.replace(':hold', hold.id).replace(/:(\w+)/g, 'x-0000000000'));
    const shownTo = async (as: string): Promise<string[]> => {
      const found: string[] = [];
      for (const path of [...reads, `/search?q=${encodeURIComponent(value)}`, '/search?q=A%20case']) {
        const answer = await site.ask(path, { as });
        const type = answer.headers.get('content-type') ?? '';
        if (!/html|json|text/.test(type)) await answer.body?.cancel();
        else if ((await answer.text()).replaceAll('&#43;', '+').includes(value))
          found.push(path.replace(hold.id, ':hold'));
      }
      return found;
    };
    // A page of a search says what was searched for, to whoever searched.
    const searched = `/search?q=${encodeURIComponent(value)}`;
    for (const role of ['engineer', 'auditor', 'client', 'subject'] as const)
      assert.deepEqual(
        (await shownTo(site.people.get(role)?.token ?? '')).filter((one) => one !== searched),
        [],
        role,
      );
    for (const role of ['engineer', 'auditor'] as const)
      assert.match(
        await (await site.ask(`/holds/${hold.id}`, { as: site.people.get(role)?.token ?? '' })).text(),
        /…21/,
      );
    assert.ok((await shownTo(officer.token)).includes('/holds/:hold'), 'the control');
    assert.ok((await shownTo(officer.token)).includes('/api/holds/:hold'), 'the control');

    for (const [path, form, secret] of [
      ['/settings/tokens', { purpose: 'test', may: 'see plans', days: '1' }, /gestand_[\w-]{43}/],
      ['/settings/hooks', { url: 'https://hooks.example.nl/x', events: 'plan.waiting' }, /whsec_[\w+/=]{40,}/],
    ] as const) {
      const made = await site.ask(path, { method: 'POST', as: officer.token, body: new URLSearchParams(form) });
      assert.match((await made.text()).replaceAll('&#x3D;', '='), secret, `${path}: ${made.status}`);
      assert.doesNotMatch(await (await site.ask('/settings', { as: officer.token })).text(), secret, path);
    }
  });
});
