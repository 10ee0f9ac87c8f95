/** The whole way of a statement over HTTP: draft, read, approved by another, published, told, in force. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Role } from '../../src/access/index.ts';
import { places, program } from '../../src/app/home.ts';
import { makeToken } from '../../src/app/site/tokens.ts';
import { lastChecks } from '../../src/promises/proof/store.ts';
import { referencePolicy } from '../worlds/home.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

type Json = Record<string, unknown>;
interface Whole extends Json {
  readonly version: string;
  readonly state: string;
  readonly acts: { act: string; by: string }[];
  readonly files: { name: string; at: string; sha256: string }[];
  readonly blocked: { rule: string; path: string }[];
  readonly notices: { group: string; told: unknown }[];
  readonly changes: { material: boolean }[];
}

const next = referencePolicy
  .replace("version: '2026-1'", "version: '2026-2'")
  .replace('keep: P90D\n    from: call-end', 'keep: P120D\n    from: call-end');

describe('publishing for programs', () => {
  let site: TestSite;
  let bearer: string;
  before(async () => {
    site = await testSite();
    cpSync(join(program, 'policies/it-provider/documents'), join(site.home.home, 'documents'), { recursive: true });
    const officer = site.people.get('privacy-officer');
    assert.ok(officer);
    bearer = (
      await makeToken(site.seat, officer.actor, {
        purpose: 'press',
        may: ['see the policy', 'change the policy'],
        days: 9,
      })
    ).token;
  });
  after(() => site.close());

  const ask = async (
    who: Role | 'program',
    method: string,
    path: string,
    body?: Json,
    key?: string,
  ): Promise<[number, Json]> => {
    const headers = new Headers({ 'accept-language': 'en' });
    if (body) headers.set('content-type', 'application/json');
    if (key !== undefined) headers.set('idempotency-key', key);
    const answer = await site.ask(path, {
      method,
      headers,
      ...(who === 'program' ? { bearer } : { as: site.people.get(who)?.token ?? '' }),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return [answer.status, (await answer.json()) as Json];
  };
  const did = async (...asked: Parameters<typeof ask>): Promise<Json> => {
    const [status, answer] = await ask(...asked);
    assert.equal(status, 200, `${asked[1]} ${asked[2]}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const refused = async (code: string, ...asked: Parameters<typeof ask>): Promise<void> => {
    const [status, answer] = await ask(...asked);
    assert.equal(answer['code'], code, `${asked[1]} ${asked[2]}: ${status} ${JSON.stringify(answer)}`);
  };
  const whole = async (id: string): Promise<Whole> => (await did('program', 'GET', `/api/versions/${id}`)) as Whole;

  /** Until the linter holds nothing back: each error let pass by two, one of them the officer that the policy names. */
  const letPass = async (id: string): Promise<number> => {
    let passed = 0;
    for (let rounds = 0; rounds < 40; rounds += 1) {
      const [fault] = (await whole(id)).blocked;
      if (!fault) return passed;
      const body = { rule: fault.rule, path: fault.path.split('.')[0] ?? '', reason: 'later', until: '2027-01-31' };
      const at = `/api/versions/${id}/override`;
      assert.deepEqual(await did('dpo', 'POST', at, body), { version: id, state: 'asked' });
      assert.deepEqual(await did('dpo', 'POST', at, body), { version: id, state: 'asked' }, 'not by one person');
      assert.deepEqual(await did('privacy-officer', 'POST', at, body), { version: id, state: 'done' });
      passed += 1;
    }
    throw new Error('the linter goes on');
  };

  let first = '';
  it('makes a version once, however often it is asked', async () => {
    const made = (await did('program', 'POST', '/api/versions', {}, 'draft-1')) as Whole;
    assert.equal(made.state, 'draft');
    first = made.version;
    assert.deepEqual(await did('program', 'POST', '/api/versions', {}, 'draft-1'), made, 'by its key');
    assert.equal((await did('program', 'POST', '/api/versions', {}))['version'], first, 'and by its content');
    assert.equal((await whole(first)).acts.length, 1);
  });

  it('takes the people it takes: a program may prepare and tell, and what needs two needs two people', async () => {
    await refused('version-order', 'approver', 'POST', `/api/versions/${first}/approve`, {});
    await did('program', 'POST', `/api/versions/${first}/review`, {});
    await refused('not-allowed', 'program', 'POST', `/api/versions/${first}/approve`, {});
    await refused('not-allowed', 'engineer', 'POST', `/api/versions/${first}/approve`, {});
    await refused('version-same-person', 'privacy-officer', 'POST', `/api/versions/${first}/approve`, {});
    const approver = site.people.get('approver');
    const stale = await site.ask(`/api/versions/${first}/approve`, {
      method: 'POST',
      as: approver?.stale ?? '',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(stale.status, 401, 'a second factor shown just now');
    const done = (await did('approver', 'POST', `/api/versions/${first}/approve`, {}, 'approve-1')) as Whole;
    assert.deepEqual(
      done.acts.map(({ act, by }) => [act, by]),
      [
        ['drafted', 'Person privacy-officer'],
        ['reviewed', 'Person privacy-officer'],
        ['approved', 'Person approver'],
      ],
    );
    assert.deepEqual(await did('approver', 'POST', `/api/versions/${first}/approve`, {}, 'approve-1'), done);
  });

  it('publishes only what the linter, or two people, let pass', async () => {
    const publish = `/api/versions/${first}/publish`;
    await refused('policy-not-published', 'approver', 'POST', `/api/versions/${first}/in-force`, {});
    await refused('publication-blocked', 'approver', 'POST', publish, { on: '2026-11-24' });
    assert.ok((await letPass(first)) > 0);
    await refused('sent-wrongly', 'approver', 'POST', publish, { on: 'tomorrow' });
    await refused('day-past', 'approver', 'POST', publish, { on: '2026-11-01' });
    const { db, clock } = site.world;
    const seen = async () => (await lastChecks(db, clock())).get('published')?.text.en;
    assert.equal(await seen(), undefined, 'nobody looked yet');
    assert.equal((await did('approver', 'POST', publish, { on: '2026-11-24' }))['state'], 'published');
    assert.match((await seen()) ?? '', /2026-/, 'the board knows without waiting for a measurement');
    const said = await did('program', 'GET', '/api/statement');
    assert.equal(said['version'], first);
    const found = await whole(first);
    const file = found.files.find(({ name }) => name === 'statement.en.txt');
    const bytes = await site.ask(file?.at ?? '', { bearer });
    assert.equal(bytes.status, 200, 'and its files are where it says');
  });

  let second = '';
  it('goes on from a draft, which two cannot overwrite, to a version that tells whom it concerns', async () => {
    await refused('no-draft', 'program', 'GET', '/api/policy/draft');
    await refused('no-draft', 'program', 'POST', '/api/versions', { of: 'draft' });
    await did('program', 'PUT', '/api/policy/draft', { text: next, revision: 0 });
    await refused('draft-changed', 'program', 'PUT', '/api/policy/draft', { text: 'mine', revision: 0 });
    assert.equal((await did('program', 'GET', '/api/policy/draft'))['text'], next);
    const running = await did('program', 'GET', '/api/policy');
    second = (await did('program', 'POST', '/api/versions', { of: 'draft' }))['version'] as string;
    assert.notEqual(second, first);
    assert.deepEqual(await did('program', 'GET', '/api/policy'), running, 'nothing that runs changed');
    const diff = await did('program', 'GET', `/api/diff?from=${first}&to=${second}`);
    assert.ok((diff['changes'] as { material: boolean }[]).some((one) => one.material));
    await did('program', 'POST', `/api/versions/${second}/review`, {});
    await did('approver', 'POST', `/api/versions/${second}/approve`, {});
    await letPass(second);
    await did('approver', 'POST', `/api/versions/${second}/publish`, { on: '2026-11-25' });
    await refused('version-in-force', 'approver', 'POST', `/api/versions/${first}/withdraw`, { reason: 'r' });
    site.home.setNow('2026-11-25T10:00:00Z');
    const { notices } = await whole(second);
    assert.ok(notices.length > 0);
    for (const { group } of notices)
      await did('program', 'POST', `/api/versions/${second}/told`, { group, how: 'a letter' });
    assert.ok((await whole(second)).notices.every((one) => one.told !== null));
    await refused('notice-unknown', 'program', 'POST', `/api/versions/${second}/told`, { group: 'nobody', how: 'x' });
  });

  it('puts in force what is said today, and nothing else', async () => {
    // The day after, the people sign in again: a second factor of yesterday is none.
    const approver = await site.person('Another approver', 'approver');
    const send = (version: string) =>
      site.ask(`/api/versions/${version}/in-force`, {
        method: 'POST',
        as: approver.token,
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    assert.equal((await send(first)).status, 409);
    assert.equal((await send(second)).status, 200);
    assert.equal(readFileSync(places(site.home.home).policy, 'utf8'), next);
    assert.equal((await did('program', 'GET', '/api/policy'))['text'], next, 'and it runs');
    assert.deepEqual(await did('program', 'DELETE', '/api/policy/draft'), { discarded: true });
  });

  it('gives lists in parts, each once, and refuses a cursor that is none', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const answer = await did('program', 'GET', `/api/versions?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...(answer['versions'] as { version: string }[]).map((one) => one.version));
      if (answer['next'] === null) break;
      cursor = String(answer['next']);
    }
    assert.deepEqual(seen.toSorted(), [first, second].toSorted());
    await refused('no-such-address', 'program', 'GET', '/api/versions?cursor=v-nothing');
    await refused('sent-wrongly', 'program', 'GET', '/api/versions?limit=0');
  });

  it('is in the document that programs read', async () => {
    const { paths } = (await (await site.ask('/api/openapi.json')).json()) as { paths: Record<string, Json> };
    for (const step of ['review', 'approve', 'publish', 'withdraw', 'override', 'told', 'in-force'])
      assert.ok(paths[`/api/versions/{version}/${step}`]?.['post'], step);
    assert.ok(paths['/api/policy/draft']?.['put']);
    const lists = Object.entries(paths).flatMap(([path, { get }]) => {
      const reply = JSON.stringify((get as Json | undefined)?.['responses'] ?? {});
      return reply.includes('"next":') && JSON.stringify(get).includes('"limit"') ? [path] : [];
    });
    for (const list of ['/api/versions', '/api/holds', '/api/systems', '/api/plans', '/api/ledger/entries'])
      assert.ok(lists.includes(list), list);
  });
});
