import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { can, roles, ruleOf, type Permission, type Role } from '../../src/access/index.ts';
import { lookOf } from '../../src/http/route.ts';
import { routes } from '../../src/app/site/routes.ts';
import type { SiteRoute } from '../../src/app/site/seat.ts';
import { endToken, makeToken } from '../../src/app/site/tokens.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

/** A value of the right shape for each parameter of a route, of something that is not there. */
const samples: Readonly<Record<string, string>> = {
  plan: 'p-0000000000',
  run: 'r-0000000000',
  hold: 'h-0000000000',
  task: 't-0000000000',
  system: 'nothing-there',
  account: 'a-0000000000',
  review: 'w-0000000000',
  index: '999999',
  provider: 'nobody',
  file: 'gestand-0000000000000000.css',
  client: 'nobody',
  version: 'v-0000000000',
  promise: 'P08',
  group: 'callers',
  rule: 'GST-A01',
  letter: 'd-0000000000',
  format: 'md',
  control: 'restore-test',
  document: '0000000000000000',
};

const addressOf = (route: SiteRoute): string =>
  route.path.replace(/:(\w+)/g, (_, name: string) => {
    const sample = samples[name];
    assert.ok(sample !== undefined, `a sample for :${name} of ${route.path}`);
    return sample;
  });

const isPermission = (may: SiteRoute['may']): may is Permission => may !== 'anyone' && may !== 'anyone signed in';

type Outcome = 'in' | 'sign-in' | 'not-allowed' | 'confirm';

/** What the door did, whatever the room behind it then said. */
function outcomeOf(response: Response, body: string): Outcome {
  const to = response.headers.get('location') ?? '';
  if (to.startsWith('/sign-in?back=')) return 'sign-in';
  if (to.startsWith('/confirm?back=')) return 'confirm';
  if (response.status === 401) return body.includes('step-up-needed') ? 'confirm' : 'sign-in';
  if (response.status === 403) return 'not-allowed';
  return 'in';
}

describe('every route, as everyone', () => {
  let site: TestSite;
  let other: TestSite;

  before(async () => {
    other = await testSite();
    site = await testSite({ also: [other], unlimited: true });
  });
  after(async () => {
    await site.close();
    await other.close();
  });

  const knock = async (
    route: SiteRoute,
    who: { as?: string; bearer?: string; host?: string },
  ): Promise<[Outcome, number, string]> => {
    const api = route.kind === 'api';
    const response = await site.ask(addressOf(route), {
      ...who,
      method: route.method,
      headers: api ? { 'content-type': 'application/json' } : { accept: 'text/html' },
      ...(route.method === 'GET' ? {} : { body: api ? '{}' : new URLSearchParams() }),
    });
    const body = await response.text();
    const outcome = refusedBy(route, response.status, body) ? 'not-allowed' : outcomeOf(response, body);
    return [outcome, response.status, body];
  };

  it('opens for who may and for nobody else: routes × roles', async () => {
    const wrong: string[] = [];
    // Signing out does what it says, and would end the sessions that knock here.
    for (const route of routes.filter((one) => one.path !== '/sign-out')) {
      for (const role of roles) {
        const person = site.people.get(role);
        const [outcome, status] = await knock(route, { as: person?.token ?? '' });
        const expected = expectedFor(route, role, site);
        if (outcome !== expected)
          wrong.push(`${route.method} ${route.path} as ${role}: ${outcome} (${status}), expected ${expected}`);
        if (status >= 500) wrong.push(`${route.method} ${route.path} as ${role}: ${status}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(routes.length > 60, `${routes.length} routes`);
  });

  it('asks a stranger to sign in first', async () => {
    for (const route of routes) {
      const [outcome] = await knock(route, {});
      assert.equal(outcome, route.may === 'anyone' ? 'in' : 'sign-in', `${route.method} ${route.path}`);
    }
  });

  it('asks for a second factor again before what cannot be undone', async () => {
    let asked = 0;
    for (const route of routes.filter((one) => isPermission(one.may) && ruleOf(one.may).fresh)) {
      const role = roles.find((one) => isPermission(route.may) && ruleOf(route.may).all.includes(one));
      const person = role === undefined ? undefined : site.people.get(role);
      const [outcome] = await knock(route, { as: person?.stale ?? '' });
      assert.equal(outcome, 'confirm', `${route.method} ${route.path}`);
      asked += 1;
    }
    assert.ok(asked >= 8, `${asked} routes ask again`);
  });

  it('takes a session of another organisation for none', async () => {
    for (const route of routes.filter((one) => one.may !== 'anyone')) {
      for (const role of ['privacy-officer', 'engineer'] as const) {
        const [outcome] = await knock(route, { as: other.people.get(role)?.token ?? '' });
        assert.equal(outcome, 'sign-in', `${route.method} ${route.path} with a session of the other home`);
      }
    }
    const own = await site.ask('/api/plans', {
      host: 'other-0.example',
      as: other.people.get('engineer')?.token ?? '',
    });
    assert.equal(own.status, 200, 'and the same session opens its own home, under its own name');
  });

  it('answers the same for what is not there and for what is not yours', async () => {
    const client = site.people.get('client')?.token ?? '';
    for (const route of routes.filter((one) => one.path.includes(':client'))) {
      if (route.method !== 'GET') continue;
      const texts: string[] = [];
      for (const name of ['nobody', 'another']) {
        const response = await site.ask(
          route.path.replace(':client', name).replace(/:(\w+)/g, (_, key: string) => samples[key] ?? ''),
          { as: client },
        );
        assert.ok(response.status === 404 || response.status === 403, `${route.path} for ${name}: ${response.status}`);
        texts.push((await response.text()).replaceAll(name, '…'));
      }
      assert.equal(texts[0], texts[1]);
    }
  });

  it('gives a token no more than its scope, nothing that needs two people, and nothing when its maker is gone', async () => {
    const engineer = site.people.get('engineer');
    assert.ok(engineer);
    const made = await makeToken(site.seat, engineer.actor, { purpose: 'test', may: ['see plans'], days: 1 });
    const bearer = made.token;
    assert.equal((await site.ask('/api/plans', { bearer })).status, 200);
    assert.equal((await site.ask('/api/systems', { bearer })).status, 403, 'its maker may, it may not');
    for (const route of routes.filter((one) => isPermission(one.may) && ruleOf(one.may).two)) {
      const [outcome] = await knock(route, { bearer });
      assert.equal(outcome, 'not-allowed', `${route.method} ${route.path}`);
    }
    await assert.rejects(makeToken(site.seat, engineer.actor, { purpose: 'x', may: ['release a hold'], days: 1 }), {
      code: 'token-beyond',
    });
    assert.equal((await site.ask('/api/plans', { bearer: `${bearer}x` })).status, 401);
    await endToken(site.seat, engineer.actor, made.id);
    assert.equal((await site.ask('/api/plans', { bearer })).status, 401);
    const short = await makeToken(site.seat, engineer.actor, { purpose: 'short', may: ['see plans'], days: 1 });
    site.home.setNow('2026-11-25T10:00:01Z');
    assert.equal((await site.ask('/api/plans', { bearer: short.token })).status, 401, 'a day later it is over');
    site.home.setNow('2026-11-24T10:00:00Z');
  });

  it('says of every write for programs where one sees whether it was done, unless it does no harm twice', () => {
    const writes = routes.filter((route) => route.kind === 'api' && route.method !== 'GET');
    for (const route of writes)
      assert.ok(
        route.kind === 'api' && (route.harmless === true || lookOf(route, routes) !== null),
        `${route.method} ${route.path}`,
      );
    assert.ok(writes.length > 5);
  });

  it('carries what keeps a browser safe on every answer', async () => {
    for (const route of routes.filter((one) => one.method === 'GET')) {
      const response = await site.ask(addressOf(route), { as: site.people.get('privacy-officer')?.token ?? '' });
      const policy = response.headers.get('content-security-policy') ?? '';
      for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'"])
        assert.ok(policy.includes(part), `${route.path}: ${part}`);
      assert.ok(!policy.includes('unsafe'), route.path);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff', route.path);
      assert.equal(response.headers.get('referrer-policy'), 'same-origin', route.path);
      assert.match(
        response.headers.get('content-type') ?? 'none',
        /charset=utf-8|pdf|officedocument|zip|none/i,
        route.path,
      );
      await response.body?.cancel();
    }
  });
});

/** What is hidden answers as an address that there is not. */
function refusedBy(route: SiteRoute, status: number, body: string): boolean {
  return route.hidden === true && status === 404 && /no-such-address|href="\/"/.test(body);
}

function expectedFor(route: SiteRoute, role: Role, site: TestSite): Outcome {
  if (!isPermission(route.may)) return 'in';
  const actor = site.people.get(role)?.actor;
  if (!actor) return 'sign-in';
  const client = actor.clients[0];
  const about = client === undefined ? { account: actor.account } : { client, account: actor.account };
  return can(actor, route.may, about) ? 'in' : 'not-allowed';
}
