import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { program } from '../../src/app/home.ts';
import type { Connector } from '../../src/connectors/kit/index.ts';
import { incompleteTexts } from '../../src/promises/holds/phrases.ts';
import { listHolds, lookAtHolds, placeHold } from '../../src/promises/holds/service.ts';
import { tornIn } from '../../src/promises/holds/torn.ts';
import { judgeAll } from '../../src/promises/proof/service.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { decideErase, decideKeep } from '../../src/promises/retention/review.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import type { World } from '../../src/promises/world.ts';
import { carry, openedWith, planned } from '../worlds/carry.ts';
import { caller, exchange, type Exchange } from '../worlds/freepbx.ts';
import { referencePolicy } from '../worlds/home.ts';
import { hasMariadb } from '../worlds/mariadb.ts';

const child = new URL('kill.child.ts', import.meta.url).pathname;

/** Killed when the recordings and the transient copies of the first four calls are gone, and the rows are not. */
function killedHalfway({ home }: Exchange, plan: string): void {
  const args = ['--disable-warning=ExperimentalWarning', child, home.home, home.databaseUrl, plan, 'calls'];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(run.signal, 'SIGKILL', run.stderr);
}

function gestand({ home }: Exchange, ...args: readonly string[]): string {
  const env = { ...process.env, GESTAND_HOME: home.home, GESTAND_DATABASE_URL: home.databaseUrl };
  return spawnSync(process.execPath, [join(program, 'bin/gestand.js'), ...args], { encoding: 'utf8', env }).stdout;
}

const holdOn = (world: World, ...who: readonly string[]) =>
  placeHold(
    world,
    { name: 'A' },
    {
      matter: 'm',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: who.map((value) => ({ is: 'subject' as const, kind: 'phone' as const, value, datasets: [] })),
    },
  );

const calls = { system: 'exchange', id: 'calls' };

/** Of how many holds the board says that they are not whole, wherever it says so. */
async function unsafe(world: World): Promise<number[]> {
  const why = (await judgeAll(world)).flatMap((promise) => (promise.id === 'P08' ? promise.why : []));
  return why.flatMap((one) => (one.is === 'hold-unsafe' && one.risk === 'incomplete' ? [one.holds] : []));
}

const lineOf = (report: Awaited<ReturnType<typeof carry>>, dataset = 'calls') => {
  const line = report.lines.find((one) => one.dataset === dataset);
  assert.ok(line, dataset);
  return line;
};

/** Sealed details of the receipts that say that something is partial. */
async function partialReceipts(world: World): Promise<Record<string, number>[]> {
  await world.flush();
  const { rows } = await sql<{ parts: Record<string, number> }>`
    select details::jsonb -> 'partialAt' as parts from ledger.detail
     where details::jsonb -> 'partialAt' <> '{}'`.execute(world.db);
  return rows.map(({ parts }) => parts);
}

describe('a call that a killed run left in pieces', { skip: !hasMariadb }, () => {
  it('and that is held before the run goes on is partial, not plainly held; the hold says so, and by whom', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    killedHalfway(place, plan);
    assert.equal(await place.count('cdr'), 8, 'the rows came back');
    assert.equal(await place.count('transient_cdr'), 4, 'what has no transactions did not');
    assert.ok(!existsSync(place.recording(0)) && existsSync(place.recording(4)));
    const { rows } = await sql<{ keys: string }>`select keys from retention.torn`.execute(world.db);
    assert.ok(
      rows.length > 0 && !JSON.stringify(rows).includes('17000000'),
      'the record names no call to who reads the store',
    );
    // The host lost one too: of a call that no run had come to.
    rmSync(place.recording(6));

    const placed = await holdOn(world, caller(0), caller(1), caller(5), caller(6));
    assert.equal(placed.interrupted, 1);
    const pieces = [
      { system: 'exchange', dataset: 'calls', part: 'recordings', items: 3, ours: 2 },
      { system: 'exchange', dataset: 'calls', part: 'transient', items: 2, ours: 2 },
    ];
    assert.deepEqual(placed.incomplete, pieces);
    assert.deepEqual(
      placed.incomplete.flatMap(incompleteTexts).map(({ en }) => en),
      [
        '2 items of exchange/calls are no longer whole: the part "recordings" is gone. A deletion of ours took it, and was interrupted.',
        '1 item of exchange/calls is no longer whole: the part "recordings" is gone. No deletion of ours is known to have taken it.',
        '2 items of exchange/calls are no longer whole: the part "transient" is gone. A deletion of ours took it, and was interrupted.',
      ],
    );

    const report = await carry(world, plan);
    assert.equal(report.state, 'partial');
    const line = lineOf(report);
    assert.deepEqual([line.done, line.held, line.partial, line.failed, line.left], [4, 2, 2, 0, 0]);
    assert.deepEqual(line.partialAt, { recordings: 2, transient: 2 });
    assert.deepEqual(await partialReceipts(world), [{ recordings: 2, transient: 2 }]);
    assert.equal(await place.count('cdr'), 4);
    assert.ok(existsSync(place.recording(5)), 'what was whole when the hold came stays whole');
    // The record outlives the run, as long as the rows stand; looked at again, the hold says the same.
    await lookAtHolds(world);
    const [listed] = await listHolds(world);
    assert.deepEqual(listed?.incomplete, pieces);
    const shown = gestand(place, 'hold', 'list', '--lang', 'nl');
    assert.match(
      shown,
      /2 items van exchange\/calls zijn niet meer heel: het deel "recordings" is weg\. Een verwijdering/,
    );
    const listing = JSON.parse(gestand(place, 'hold', 'list', '--json')) as { holds: { incomplete: unknown }[] };
    assert.deepEqual(listing.holds[0]?.incomplete, pieces);
    assert.match(
      gestand(place, 'apply', plan),
      /2 items are in exchange\/calls neither whole nor gone: it is about the part "recordings"/,
    );
    assert.deepEqual(await unsafe(world), [1], 'the board says so too');
    // Of what stands no more the record ends, item by item.
    const named = async () =>
      (await tornIn(world.db, world, calls)).map(({ keys }) => keys.map(([id]) => String(id)).toSorted());
    assert.deepEqual(await named(), [
      ['170000000', '170000001'],
      ['170000000', '170000001'],
    ]);
    await place.host.query(`delete from cdr where uniqueid = '170000000'`);
    await lookAtHolds(world);
    assert.deepEqual(await named(), [['170000001'], ['170000001']]);
    await place.host.query('delete from cdr');
    await lookAtHolds(world);
    assert.deepEqual(await unsafe(world), []);
    assert.deepEqual((await listHolds(world))[0]?.incomplete, []);
    assert.equal((await sql`select 1 from retention.torn`.execute(world.db)).rows.length, 0);
    await place.close();
  });

  it('and that nothing keeps goes with the same run, which is complete', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    killedHalfway(place, plan);
    const report = await carry(world, plan);
    assert.equal(report.state, 'complete', JSON.stringify(report));
    assert.equal(lineOf(report).done, 8);
    assert.equal((await sql`select 1 from retention.torn`.execute(world.db)).rows.length, 0);
    assert.equal(lineOf(await carry(world, plan)).done, 8, 'carried out again, it is done once');
    await place.close();
  });

  it('and that a person decided to keep before the run goes on is partial too', async () => {
    const policy = referencePolicy.replace(/(id: recordings-90-days[\s\S]*?then: )erase/, '$1review');
    const place = await exchange(policy);
    const world = await place.home.open();
    const rule = 'recordings-90-days';
    const { plan } = await makePlan(world, world.clock());
    await decideErase(world, { name: 'A & B' }, { plan, rule, reason: 'r' });
    killedHalfway(place, plan);
    const second = await makePlan(world, world.clock());
    await decideKeep(world, { name: 'A' }, { plan: second.plan, rule, until: '2027-01-31', reason: 'r' });
    const line = lineOf(await carry(world, plan));
    assert.deepEqual([line.done, line.held, line.retained, line.partial], [0, 0, 4, 4]);
    assert.deepEqual(line.partialAt, { recordings: 4, transient: 4 });
    await place.close();
  });

  it('and that a statute keeps from a moment before the run goes on is partial too', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    killedHalfway(place, plan);
    // No policy may say so of these calls; what a run makes of a statute is the same for every rule.
    const retention = world.policy.retention.map((rule) =>
      rule.id === 'recordings-90-days' ? { ...rule, minimum: 'nl-awr-52-4' } : rule,
    );
    const line = lineOf(await carry({ ...world, policy: { ...world.policy, retention } }, plan));
    assert.deepEqual([line.done, line.held, line.retained, line.partial], [0, 0, 4, 4]);
    assert.deepEqual(line.partialAt, { recordings: 4, transient: 4 });
    await place.close();
  });

  it('killed a second time before it went on, it is still known', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    killedHalfway(place, plan);
    killedHalfway(place, plan);
    await holdOn(world, caller(2));
    const report = await carry(world, plan);
    const line = lineOf(report);
    assert.deepEqual([report.state, line.done, line.held, line.partial], ['partial', 7, 0, 1]);
    await place.close();
  });

  it('cut off after "prepared", and again before anything, is swept when it is tried once more', async () => {
    const place = await exchange();
    let tries = 0;
    // The first try is undone after the journal knows of it; the second does not come so far.
    const faulty = (connector: Connector): Connector => ({
      ...connector,
      sweep: async (dataset, where, clock, options) => {
        if (dataset.id !== 'calls') return connector.sweep(dataset, where, clock, options);
        tries += 1;
        if (tries === 2) throw new Error('cut');
        const prepared: typeof options.prepared = async (batch) => {
          await options.prepared(batch);
          if (tries === 1) throw new Error('cut');
        };
        return connector.sweep(dataset, where, clock, { ...options, prepared });
      },
    });
    const { world, close } = await openedWith(place.home, faulty);
    const { run, steps } = await startRun(world, await planned(world));
    for (const step of steps) while ((await work(world, step.id, false)) === 'again');
    const report = await reportRun(world, run);
    assert.deepEqual([report?.state, report && lineOf(report).done, tries], ['complete', 8, 3]);
    await close();
    await place.close();
  });

  it('without the kill is held and whole: the control', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    const placed = await holdOn(world, caller(0), caller(1));
    assert.deepEqual([placed.interrupted, placed.incomplete], [0, []]);
    const report = await carry(world, plan);
    assert.equal(report.state, 'complete', JSON.stringify(report));
    const line = lineOf(report);
    assert.deepEqual([line.done, line.held, line.partial, line.partialAt], [6, 2, 0, {}]);
    assert.deepEqual((await listHolds(world))[0]?.incomplete, []);
    assert.deepEqual(await unsafe(world), []);
    await place.close();
  });

  it('because the host keeps its row is partial at the parts that went, and did not merely fail', async () => {
    const place = await exchange();
    const world = await place.home.open();
    await place.host.query(
      `create table complaint (uniqueid varchar(32), foreign key (uniqueid) references cdr (uniqueid)); insert into complaint values ('170000003')`,
    );
    const report = await carry(world, await planned(world));
    const line = lineOf(report);
    assert.deepEqual([report.state, line.done, line.failed, line.partial], ['partial', 7, 0, 1]);
    assert.deepEqual(line.partialAt, { recordings: 1, transient: 1 });
    assert.deepEqual(await partialReceipts(world), [{ recordings: 1, transient: 1 }]);
    const { incomplete } = await holdOn(world, caller(3));
    assert.deepEqual(
      incomplete.map(({ part, items, ours }) => [part, items, ours]),
      [
        ['recordings', 1, 1],
        ['transient', 1, 1],
      ],
    );
    // A system that was disconnected cannot be asked whether the row stands: the record ends five years after the run.
    await sql`update retention.torn set dataset = 'gone'`.execute(world.db);
    const records = async () => (await sql`select 1 from retention.torn`.execute(world.db)).rows.length;
    place.home.setNow('2031-11-23T10:00:00Z');
    await lookAtHolds(world);
    assert.equal(await records(), 2);
    place.home.setNow('2031-11-26T10:00:00Z');
    await lookAtHolds(world);
    assert.equal(await records(), 0);
    await place.close();
  });

  it('is none where a run would take more than its plan showed: it stops before a recording goes', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    await place.host.query(
      `insert into cdr (calldate, src, uniqueid, linkedid) values ('2026-06-02 10:15:00', '0610000009', '170000009', '170000009')`,
    );
    const report = await carry(world, plan);
    const line = lineOf(report);
    assert.deepEqual([report.state, line.stopped, line.partial], ['stopped', 'more-than-the-plan-showed', 0]);
    for (let i = 0; i < 8; i += 1) assert.ok(existsSync(place.recording(i)), `recording ${i}`);
    assert.equal(await place.count('transient_cdr'), 9);
    await place.close();
  });

  it('because the batch failed and was given up is told with the run that stopped', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    await place.host.query('create trigger full before delete on cdr for each row insert into nowhere values (1)');
    const report = await carry(world, plan);
    const line = lineOf(report);
    assert.deepEqual([report.state, line.done, line.partial, await place.count('cdr')], ['stopped', 0, 8, 8]);
    assert.deepEqual(line.partialAt, { recordings: 8, transient: 8 });
    await place.host.query('drop trigger full');
    assert.equal(lineOf(await carry(world, await planned(world))).done, 8);
    await place.close();
  });

  it('and a program that forgets what was under way would call it plainly held', async () => {
    const place = await exchange();
    const world = await place.home.open();
    const plan = await planned(world);
    killedHalfway(place, plan);
    await sql`delete from retention.torn`.execute(world.db);
    await holdOn(world, caller(0), caller(1));
    const report = await carry(world, plan);
    assert.deepEqual([report.state, lineOf(report).held], ['complete', 2], 'the control must say what is not true');
    await place.close();
  });
});
