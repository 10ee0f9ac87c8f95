import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { program } from '../../src/app/home.ts';
import { goOn, startWorker } from '../../src/app/worker.ts';
import { openDatabase } from '../../src/database/index.ts';
import { openJobs } from '../../src/jobs/index.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { planned } from '../worlds/carry.ts';
import { ground } from '../worlds/fusionpbx.ts';
import { testHome } from '../worlds/home.ts';
import { emptyDatabase } from '../worlds/postgres.ts';

const child = new URL('worker.child.ts', import.meta.url).pathname;

async function worker(home: string, url: string): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', child, home, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((ready, fail) => {
    started.stdout.once('data', ready);
    started.once('exit', () => fail(new Error('the worker did not start')));
  });
  return started;
}

describe('two workers on one run', () => {
  it('share it; one is killed, the other finishes; nothing is lost and nothing is done twice', async () => {
    const host = await emptyDatabase();
    await sql
      .raw(readFileSync(join(program, 'profiles/fixtures/freeradius/schema.postgres.sql'), 'utf8'))
      .execute(host.db);
    await sql`insert into radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctstoptime)
      select 's' || i, 'u' || i, 'klant', '192.0.2.1', now() - interval '400 days' + i * interval '1 minute', now() - interval '400 days' + i * interval '1 minute' from generate_series(1, 24000) i`.execute(
      host.db,
    );
    await sql`insert into radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctstoptime) select 'y' || i, 'y' || i, 'klant', '192.0.2.1', now(), now() from generate_series(1, 50) i`.execute(
      host.db,
    );
    const home = await testHome(
      {
        estate: `gestand: 1
systems:
  - { id: access, title: { nl: a, en: a }, profile: freeradius, role: controller, location: { country: NL, place: Haps }, sources: { db: { connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } } } }
`,
      },
      new Date().toISOString(),
    );
    const world = await home.open();
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, plan.plan);
    const due = plan.lines.find((line) => line.dataset === 'sessions')?.due ?? 0;
    assert.equal(due, 24_000);
    const { run, steps } = await startRun(world, plan.plan);
    assert.ok(steps.length >= 4, 'the line is divided');
    const [a, b] = [await worker(home.home, home.databaseUrl), await worker(home.home, home.databaseUrl)];
    const jobs = await openJobs({ url: home.databaseUrl, log: () => undefined });
    for (const step of steps) await jobs.enqueue('apply-access', step.id);
    const done = async (): Promise<number> =>
      ((await reportRun(world, run))?.lines ?? []).reduce((sum, line) => sum + line.done, 0);
    for (let i = 0; i < 400 && (await done()) < 4000; i += 1) await new Promise((wait) => setTimeout(wait, 25));
    const half = await done();
    assert.ok(half >= 4000 && half < 24_000, `${half} gone when the worker was killed`);
    a.kill('SIGKILL');
    for (let i = 0; i < 480 && (await reportRun(world, run))?.state === 'running'; i += 1)
      await new Promise((wait) => setTimeout(wait, 250));
    const report = await reportRun(world, run);
    b.kill('SIGTERM');
    b.kill('SIGKILL');
    await jobs.stop(500);
    assert.equal(report?.state, 'complete', JSON.stringify(report));
    const line = report.lines.find((one) => one.dataset === 'sessions');
    assert.equal((line?.done ?? 0) + (line?.absent ?? 0), 24_000);
    const left = await sql<{ n: number }>`select count(*)::int as n from radacct`.execute(host.db);
    assert.equal(left.rows[0]?.n, 50);
    const receipts = await sql<{ n: number }>`
      select coalesce(sum((convert_from(entry, 'UTF8')::jsonb ->> 'n')::int), 0)::int as n from (select entry from ledger.entry union all select entry from ledger.intake) as e
       where convert_from(entry, 'UTF8')::jsonb ->> 't' = 'batch.receipt' and convert_from(entry, 'UTF8')::jsonb ->> 'ds' = 'sessions'`.execute(
      world.db,
    );
    assert.equal(receipts.rows[0]?.n, 24_000, 'the receipts tell of every item once');
    await home.close();
    await host.close();
  });
});

describe('a run of which no step is queued any more', () => {
  it('stands still until the hourly round, which queues it again; then it is carried out once', async () => {
    const place = await ground();
    const world = await place.home.open();
    const { run } = await startRun(world, await planned(world));
    const worker = await startWorker(world, { schedule: false });
    const ended = async (within: number): Promise<boolean> => {
      for (const until = Date.now() + within; Date.now() < until; await sleep(100))
        if ((await reportRun(world, run))?.state !== 'running') return true;
      return false;
    };
    assert.ok(!(await ended(1_500)), 'nobody knows of it');
    await goOn(world, worker.jobs);
    await goOn(world, worker.jobs);
    assert.ok(await ended(60_000));
    const report = await reportRun(world, run);
    assert.equal(report?.state, 'complete', JSON.stringify(report));
    for (const line of report.lines) assert.equal(line.done, line.planned, line.dataset);
    await worker.stop();
    await place.close();
  });
});

describe('a step that a worker holds whose end the store has not seen yet', () => {
  it('is waited for, and uses up no try', async () => {
    const place = await ground();
    const world = await place.home.open();
    const { run, steps } = await startRun(world, await planned(world));
    const [first] = steps;
    assert.ok(first);
    const other = openDatabase({ url: place.home.databaseUrl });
    // The lock of a step, as step.ts takes it.
    await other.db.connection().execute(async (session) => {
      const { rows } = await sql<{ ok: boolean }>`
        select pg_try_advisory_lock(1734701941, ${Number(first.id)}::int) as ok`.execute(session);
      assert.ok(rows[0]?.ok);
      const ended = work(world, first.id, false);
      const early = await Promise.race([ended, sleep(1_500).then(() => 'waits')]);
      assert.equal(early, 'waits', 'the control: while the lock is held nothing happens');
      assert.ok((await reportRun(world, run))?.lines.every((line) => line.done === 0));
      await sql`select pg_advisory_unlock(1734701941, ${Number(first.id)}::int)`.execute(session);
      assert.equal(await ended, 'finished');
    });
    assert.ok((await reportRun(world, run))?.lines.some((line) => line.done > 0));
    await other.close();
    await place.close();
  });
});
