import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { makeToken } from '../../src/app/site/tokens.ts';
import { forgetOnce, onceIn } from '../../src/app/site/once.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const child = new URL('key.child.ts', import.meta.url).pathname;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Each write is sent to a server that is killed, and then with the same key to one that lives. */
describe('a write whose server is killed (kill -9)', () => {
  let site: TestSite;
  let bearer: string;
  let n = 0;
  let key = '';

  before(async () => {
    site = await testSite();
    const dpo = site.people.get('dpo');
    assert.ok(dpo);
    bearer = (await makeToken(site.seat, dpo.actor, { purpose: 'test', may: ['place a hold', 'see holds'], days: 1 }))
      .token;
  });
  after(() => site.close());
  beforeEach(() => {
    n += 1;
    key = `key-${n}`;
  });

  const body = (): string =>
    JSON.stringify({
      matter: `case ${n}`,
      kind: 'complaint',
      reason: 'r',
      legalBasis: 'b',
      scope: [{ is: 'items', dataset: 'paper/recordings', keys: [['x.wav']] }],
    });
  const headers = (of: string) => ({
    'content-type': 'application/json',
    'idempotency-key': of,
    authorization: `Bearer ${bearer}`,
  });
  const retry = async (of = key): Promise<[number, { code?: string; detail?: string; hold?: string }]> => {
    const { authorization: _, ...rest } = headers(of);
    const answer = await site.ask('/api/holds', { method: 'POST', bearer, headers: rest, body: body() });
    return [answer.status, (await answer.json()) as { code?: string; detail?: string; hold?: string }];
  };
  const placed = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from holds.hold where matter = ${`case ${n}`}`.execute(site.world.db);
    return rows[0]?.n ?? 0;
  };
  const serve = async (deadly: number, when: string): Promise<[ChildProcess, string]> => {
    const started = spawn(
      process.execPath,
      [child, site.home.home, site.home.databaseUrl, site.home.now().toString(), String(deadly), when],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    return [started, line.toString().trim()];
  };

  for (const [deadly, when, done] of [
    [1, 'before', 0],
    [1, 'after', 1],
    [2, 'after', 1],
  ] as const)
    it(`is never done twice, and the key says that nobody knows: killed ${when} transaction ${deadly}`, async () => {
      const [started, url] = await serve(deadly, when);
      const gone = once(started, 'exit');
      await assert.rejects(fetch(`${url}api/holds`, { method: 'POST', headers: headers(key), body: body() }));
      assert.deepEqual((await gone)[1], 'SIGKILL');
      const [status, first] = await retry();
      assert.deepEqual([status, first.code], [409, 'idempotency-key-in-use'], 'it could still live');
      await wait(3_200);
      const [, second] = await retry();
      assert.equal(second.code, 'idempotency-outcome-unknown');
      assert.match(second.detail ?? '', /\/api\/holds/, 'it says where to look');
      assert.equal(await placed(), done);
      assert.equal((await retry())[1].code, 'idempotency-outcome-unknown', 'also when asked again');
      assert.equal(await placed(), done, 'and nothing was done behind the answer');
      const [again, fresh] = await retry(`${key}-new`);
      assert.equal(again, 200, JSON.stringify(fresh));
      assert.equal(await placed(), done + 1, 'a new key is a new decision');
    });

  it('is "still running" while its server lives, however long it takes, and then gives the first reply', async () => {
    const [started, url] = await serve(0, 'before');
    const gone = once(started, 'exit');
    const first = fetch(`${url}api/holds`, { method: 'POST', headers: headers(key), body: body() });
    await wait(5_000);
    assert.equal((await retry())[1].code, 'idempotency-key-in-use', 'its first lease is over, and was renewed');
    const reply = (await (await first).json()) as { hold: string };
    assert.equal((await retry())[1].hold, reply.hold);
    assert.equal(await placed(), 1);
    started.stdin?.end();
    await gone;
  });

  it('keeps the key of a write that failed half-way, and frees that of one that was refused', async () => {
    await sql`create function holds.breaks() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`.execute(
      site.world.db,
    );
    await sql`create trigger breaks before insert on holds.achieved execute function holds.breaks()`.execute(
      site.world.db,
    );
    const [status] = await retry();
    assert.equal(status, 500);
    assert.equal(await placed(), 1, 'the guard was there already');
    await sql`drop trigger breaks on holds.achieved`.execute(site.world.db);
    assert.equal((await retry())[1].code, 'idempotency-outcome-unknown');
    assert.equal(await placed(), 1);
    const refused = { ...(JSON.parse(body()) as object), scope: [{ is: 'items', dataset: 'no/where', keys: [['x']] }] };
    const { authorization: _, ...rest } = headers(`${key}-refused`);
    const send = (of: unknown) =>
      site.ask('/api/holds', { method: 'POST', bearer, headers: rest, body: JSON.stringify(of) });
    assert.equal((await send(refused)).status, 409);
    assert.equal((await send(JSON.parse(body()))).status, 200, 'the same key, put right');
  });

  it('that is harmless is simply done again, by one of two who ask at once', async () => {
    const store = onceIn(site.seat, 1);
    assert.equal((await store.claim('h', 's', true)).is, 'new');
    assert.equal((await store.claim('h', 's', true)).is, 'running');
    await sql`update site.once set holder = 'gone', until = now() - interval '1 second' where key = 'h'`.execute(
      site.world.db,
    );
    const both = await Promise.all([store.claim('h', 's', true), store.claim('h', 's', true)]);
    assert.deepEqual(both.map((one) => one.is).toSorted(), ['new', 'running']);
    await sql`update site.once set holder = 'gone', until = now() - interval '1 second' where key = 'h'`.execute(
      site.world.db,
    );
    assert.equal((await store.claim('h', 's', false)).is, 'unknown', 'and what does harm is not');
  });

  it('is remembered longer than a reply is', async () => {
    const store = onceIn(site.seat, 1);
    const claim = await store.claim('replied', 's', false);
    assert.equal(claim.is, 'new');
    if (claim.is === 'new') await claim.held.done('{}');
    const lost = await store.claim('lost', 's', false);
    if (lost.is === 'new') await lost.held.lose();
    site.home.setNow('2026-11-26T10:00:00Z');
    await forgetOnce(site.seat);
    assert.equal((await store.claim('replied', 's', false)).is, 'new');
    assert.equal((await store.claim('lost', 's', false)).is, 'unknown');
  });
});
