import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { atExit } from '../../test/worlds/leave.ts';
import { freshDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { openJobs, type Jobs } from './index.ts';

const silent = (): void => undefined;

/** Waits until `ask` answers true. The limit only ends a test that would otherwise hang. */
async function until(ask: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await sleep(50)) if (await ask()) return;
  assert.fail(`waited in vain for: ${what}`);
}

describe('jobs', { concurrency: true }, () => {
  let store: FreshDatabase;
  const open: Jobs[] = [];
  const jobs = async (log: Parameters<typeof openJobs>[0]['log'] = silent): Promise<Jobs> => {
    const one = await openJobs({ url: store.url, log });
    open.push(one);
    return one;
  };
  before(async () => {
    store = await freshDatabase();
    await sql`create table done (key text not null, worker text not null, at timestamptz default clock_timestamp())`.execute(
      store.db,
    );
  });
  after(async () => {
    await Promise.all(open.map((one) => one.stop(0)));
    await store.close();
  });

  it('queues a key once while it waits or runs, and again when it is done', async () => {
    const queue = await jobs();
    const seen: string[] = [];
    let release = silent;
    const gate = new Promise<void>((settle) => (release = settle));
    await queue.enqueue('once', 'a');
    await queue.enqueue('once', 'a');
    await queue.work('once', 2, async (key) => {
      seen.push(key);
      await gate;
    });
    await until(() => seen.length === 1, 'the first');
    await queue.enqueue('once', 'a'); // runs now: not queued
    await queue.enqueue('once', 'b');
    await until(() => seen.includes('b'), 'another key beside it');
    release();
    assert.deepEqual(seen, ['a', 'b']);
    await until(async () => {
      await queue.enqueue('once', 'a');
      return seen.length === 3;
    }, 'the key again');
  });

  it('queues with the deed or not at all', async () => {
    const queue = await jobs();
    const waiting = async (): Promise<number> =>
      (await sql`select 1 from pgboss.job where name = 'with-deed'`.execute(store.db)).rows.length;
    await queue.enqueue('with-deed', 'first'); // makes the queue
    await assert.rejects(
      store.db.transaction().execute(async (tx) => {
        await queue.enqueue('with-deed', 'undone', { tx });
        throw new Error('the deed failed');
      }),
    );
    assert.equal(await waiting(), 1);
    await store.db.transaction().execute((tx) => queue.enqueue('with-deed', 'kept', { tx }));
    assert.equal(await waiting(), 2);
  });

  it('keeps of a failure its kind, and no word of it in job table or log', async () => {
    const told: string[] = [];
    const queue = await jobs((event, fields) => told.push(JSON.stringify({ event, ...fields })));
    let tries = 0;
    await queue.work('fails', 1, async () => {
      tries += 1;
      await Promise.resolve();
      if (tries === 1)
        throw Object.assign(new Error('J. Jansen, 0612345678', { cause: new Error('0612345678') }), { code: '23505' });
    });
    await queue.enqueue('fails', 'x');
    await until(() => tries === 2, 'a second try');
    const rows = await sql<{
      row: string;
    }>`select to_jsonb(job)::text as row from pgboss.job where name = 'fails'`.execute(store.db);
    const kept = rows.rows.map((one) => one.row).join() + told.join();
    assert.match(kept, /Error 23505/); // and so this test would have seen the words
    assert.doesNotMatch(kept, /Jansen|0612345678/);
  });

  it('gives work in hand back when it is told to stop', async () => {
    const first = await openJobs({ url: store.url, log: silent });
    const second = await jobs();
    let stopped = false;
    await first.work('handed-back', 1, async (_key, { signal }) => {
      await once(signal, 'abort');
      stopped = true;
      throw new Error('interrupted');
    });
    await first.enqueue('handed-back', 'long');
    await until(async () => {
      const active = await sql`select 1 from pgboss.job where name = 'handed-back' and state = 'active'`.execute(
        store.db,
      );
      return active.rows.length === 1;
    }, 'the job to start');
    await first.stop(0);
    assert.equal(stopped, true);
    let again = 0;
    await second.work('handed-back', 1, async () => {
      again += 1;
      await Promise.resolve();
    });
    await until(() => again === 1, 'the job on the other worker');
  });

  it('loses and doubles nothing when one of two workers is killed in the middle', async () => {
    const queue = await jobs();
    const keys = Array.from({ length: 12 }, (_, i) => `item-${i}`);
    for (const key of keys) await queue.enqueue('shared', key);
    const victim = workerProcess(store.url);
    const killed = new Set<string>();
    // The victim takes jobs, tells which, and never ends them.
    victim.stdout?.on('data', (text: Buffer) =>
      text
        .toString()
        .trim()
        .split('\n')
        .forEach((key) => killed.add(key)),
    );
    await until(() => killed.size >= 2, 'the victim to have work in hand');
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    const inHand = await sql`select 1 from pgboss.job where name = 'shared' and state = 'active'`.execute(store.db);
    assert.ok(inHand.rows.length >= 2, 'negative control: without the heartbeat these would stay taken');
    await queue.work('shared', 3, async (key) => {
      await sql`insert into done (key, worker) values (${key}, 'survivor')`.execute(store.db);
    });
    await until(async () => {
      const left = await sql`select 1 from pgboss.job where name = 'shared' and state <> 'completed'`.execute(store.db);
      return left.rows.length === 0;
    }, 'every job');
    const done = await sql<{ key: string }>`select key from done order by key`.execute(store.db);
    assert.deepEqual(
      done.rows.map((row) => row.key),
      keys.toSorted(),
    );
  });
});

function workerProcess(url: string): ChildProcess {
  const script = `
    const { openJobs } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
    const jobs = await openJobs({ url: ${JSON.stringify(url)}, log: () => {} });
    await jobs.work('shared', 2, async (key) => {
      process.stdout.write(key + '\\n');
      await new Promise((settle) => setTimeout(settle, 600_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atExit(() => child.kill('SIGKILL'));
  return child;
}
