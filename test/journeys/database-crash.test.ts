import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { readConfig } from '../../src/app/config.ts';
import { makeHome, places } from '../../src/app/home.ts';
import { openWorld, theKinds, type OpenWorld } from '../../src/app/world.ts';
import { instant } from '../../src/base/time.ts';
import { options } from '../../src/connectors/kit/conformance/index.ts';
import { everything, type Batch, type Connector } from '../../src/connectors/kit/index.ts';
import { sqlConnector } from '../../src/connectors/sql/index.ts';
import { migrate, openDatabase, startEmbedded, type Embedded } from '../../src/database/index.ts';
import { verifyLog } from '../../src/ledger/verify/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { runOfPlan } from '../../src/promises/retention/store.ts';
import { carry } from '../worlds/carry.ts';
import { freshFolder } from '../worlds/folder.ts';
import { referencePolicy } from '../worlds/home.ts';
import { atExit, endProcess } from '../worlds/leave.ts';
import { dataset } from '../worlds/sql.ts';

const soak = process.env['GESTAND_SOAK'] !== undefined;
const clock = () => instant('2026-11-24T10:00:00Z');
const migrations = new URL('../../migrations', import.meta.url).pathname;

/**
 * One server that holds our store and the host's table both, so that one crash takes everything that a run rests on but the
 * published log. It dies (SIGKILL, the server and not us) at the n-th moment of a run, comes back, and the run goes on.
 */
describe('a database server that crashes while a run is under way', () => {
  const folder = freshFolder();
  chmodSync(folder.path, 0o711); // the server's account, when we are root, must pass
  const where = join(folder.path, 'server');
  let server: Embedded;
  let count = 0;

  async function start(): Promise<void> {
    server = await startEmbedded({ home: where });
    const pid = server.pid();
    atExit(() => {
      if (pid !== null) endProcess(pid, 'SIGQUIT');
    });
  }
  before(start);

  async function crash(): Promise<void> {
    const pid = server.pid();
    assert.ok(pid !== null);
    endProcess(pid, 'SIGKILL');
    await start();
  }

  async function run(database: string, text: string): Promise<Record<string, unknown>[]> {
    const opened = openDatabase({ url: server.urlOf(database), maxConnections: 1 });
    try {
      return (await sql.raw<Record<string, unknown>>(text).execute(opened.db)).rows;
    } finally {
      await opened.close();
    }
  }

  /** Twelve due prospects of whom two are held, and four young ones; a plan that a person approved. */
  async function ground() {
    count += 1;
    const [host, store] = [`host_${count}`, `store_${count}`];
    for (const name of [host, store]) await run('postgres', `create database ${name}`);
    await run(
      host,
      `create table prospects (id integer primary key, company text, contact text, email text, phone text, last_contact date, met_by text);
       insert into prospects (id, email, last_contact) select i, case when i in (3, 7) then 'a@example.nl' else 'b@example.nl' end, case when i <= 12 then date '2025-01-01' + i else date '2026-11-01' end from generate_series(1, 16) i`,
    );
    const made = openDatabase({ url: server.urlOf(store), maxConnections: 1 });
    await migrate(made.db, migrations);
    await made.close();
    const home = join(folder.path, `home-${count}`);
    mkdirSync(home);
    makeHome(home);
    const url = JSON.stringify(server.urlOf(host));
    writeFileSync(places(home).policy, referencePolicy);
    writeFileSync(
      places(home).estate,
      `gestand: 1
systems:
  - { id: office, title: { nl: a, en: a }, profile: crm, role: controller, location: { country: NL, place: Haps }, notUsed: [customers, contracts, invoices, applicants, cvs, employees], sources: { db: { connector: sql, dialect: postgres, read: { literal: ${url} }, erase: { literal: ${url} } } } }
`,
    );
    /** As a program that is started anew would see it. */
    const open = (effect: (what: string) => Promise<void>): Promise<OpenWorld> => {
      const address = server.urlOf(store);
      const own = openDatabase({ url: address });
      const kinds = Object.fromEntries(
        Object.entries(theKinds(own.db, clock)).map(([name, kind]) => [
          name,
          {
            ...kind,
            open: async (settings: never, context: Parameters<typeof kind.open>[1]) =>
              watched(await kind.open(settings, context), effect),
          },
        ]),
      );
      return openWorld({
        config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: address }, false),
        clock,
        kinds,
        store: { db: own.db, url: address, urlOf: () => address, close: own.close },
      });
    };
    const calm = await open(() => Promise.resolve());
    await placeHold(
      calm,
      { name: 'A' },
      {
        matter: 'm',
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: [{ is: 'subject', kind: 'email', value: 'a@example.nl', datasets: [] }],
      },
    );
    const { plan } = await makePlan(calm, clock());
    await approvePlan(calm, { name: 'A' }, plan);
    await calm.close();
    const ids = async (): Promise<unknown[]> =>
      (await run(host, 'select id from prospects order by id')).map((row) => row['id']);
    return { home, open, plan, ids };
  }

  /** Batches of four, and a moment around everything that changes something. */
  function watched(connector: Connector, effect: (what: string) => Promise<void>): Connector {
    return {
      ...connector,
      sweep: async (dataset, where, at, options) => {
        const batch = await connector.sweep(dataset, where, at, {
          ...options,
          limit: 4,
          guard: async () => {
            await effect('before the guard');
            const guard = await options.guard();
            await effect('after the guard');
            return guard;
          },
          prepared: async (made) => {
            await effect('before "prepared"');
            await options.prepared(made);
            await effect('after "prepared"');
          },
        });
        await effect('after the deed');
        return batch;
      },
    };
  }

  const expected = [3, 7, 13, 14, 15, 16];

  /** Crashes at this moment, then goes on until it is done; what the run says. */
  async function crashedAt(
    place: Awaited<ReturnType<typeof ground>>,
    moment: number,
    between?: () => Promise<unknown>,
  ) {
    let seen = 0;
    const first = await place.open(async () => {
      seen += 1;
      if (seen !== moment) return;
      await crash();
      if (between) throw new Error('and this program with it');
    });
    // Whatever the deed became: it fails here, as in a worker that would try the step again.
    const cut = await startAndCarry(first, place.plan);
    await first.close().catch(() => undefined);
    const half = await place.ids();
    for (const id of expected) assert.ok(half.includes(id), `crash at moment ${moment}: ${String(id)} is gone`);
    await between?.();
    const again = await place.open(() => Promise.resolve());
    await carry(again, place.plan);
    const report = await reportRun(again, (await runOfPlan(again.db, place.plan)) ?? '');
    const log = await verifyLog(join(place.home, 'ledger'), { key: again.ledger.vkey });
    await again.close();
    assert.ok(report);
    return { seen, cut, report, log };
  }

  it('loses nothing, does nothing twice and touches nothing held, whenever it crashes', async () => {
    const calm = await crashedAt(await ground(), 0);
    assert.ok(calm.seen >= 15, `${calm.seen} moments`);
    const moments = Array.from({ length: calm.seen }, (_, i) => i + 1).filter((n) => soak || n % 5 === 4);
    for (const moment of moments) {
      const place = await ground();
      const { report, log, cut } = await crashedAt(place, moment);
      assert.ok(cut, `moment ${moment}: the crash was felt`);
      assert.deepEqual(await place.ids(), expected, `crash at moment ${moment}`);
      assert.equal(report.state, 'complete', `crash at moment ${moment}: ${JSON.stringify(report)}`);
      for (const line of report.lines)
        assert.equal(line.done + line.absent, line.planned, `crash at moment ${moment}: ${JSON.stringify(line)}`);
      assert.ok(log.ok, log.problem);
    }
  });

  it('and a journal that the crash had taken along would be caught: the counts would not add up', async () => {
    // Right after the host's commit and before the receipt: only the journal knows of the four that went.
    const place = await ground();
    const { report } = await crashedAt(place, 5, () => run(`store_${count}`, 'delete from retention.pending'));
    assert.deepEqual(await place.ids(), expected);
    assert.ok(report.lines.some((line) => line.done + line.absent !== line.planned));
  });
});

/** Carries the plan out as a worker's first try does; true when it was cut off. */
async function startAndCarry(world: OpenWorld, plan: string): Promise<boolean> {
  try {
    const { steps } = await startRun(world, plan);
    for (const step of steps) if ((await work(world, step.id, false)) === 'again') return true;
    return false;
  } catch {
    return true;
  }
}

/**
 * A crash gives the number of a transaction that was not written to disk to the next one. Here the server holds the host's table
 * alone: our store, elsewhere, has the batch as prepared.
 */
describe('a number of a transaction that a crash took with it', () => {
  const folder = freshFolder();
  chmodSync(folder.path, 0o711);
  const home = join(folder.path, 'server');
  const calls = dataset('calls');
  let server: Embedded;
  before(async () => {
    server = await startEmbedded({ home });
    const pid = server.pid();
    atExit(() => {
      if (pid !== null) endProcess(pid, 'SIGQUIT');
    });
  });

  const run = async (text: string): Promise<Record<string, unknown>[]> => {
    const opened = openDatabase({ url: server.urlOf('postgres'), maxConnections: 1 });
    try {
      return (await sql.raw<Record<string, unknown>>(text).execute(opened.db)).rows;
    } finally {
      await opened.close();
    }
  };
  const connected = () => {
    const url = server.urlOf('postgres');
    const context = { handle: () => 'h', log: () => undefined };
    return sqlConnector.open({ connector: 'sql', dialect: 'postgres', read: url, erase: url }, context);
  };
  const crash = async (): Promise<void> => {
    const pid = server.pid();
    assert.ok(pid !== null);
    endProcess(pid, 'SIGKILL');
    await new Promise((done) => setTimeout(done, 300));
  };

  it('says nothing of the batch: nothing of it is counted that stands there', async () => {
    await run('create table calls (id text primary key, phone text, ended timestamp)');
    await run("insert into calls select i::text, '', timestamp '2020-01-01' from generate_series(1, 30) i");
    await run('checkpoint');
    const left: string[] = [];
    const dying = async (batch: Batch): Promise<void> => {
      left.push(batch.trace ?? '');
      await crash();
    };
    const ways: readonly ((connector: Connector) => Promise<Batch>)[] = [
      (connector) => connector.sweep(calls, everything, 'ended', options({ prepared: dying })),
      (connector) => connector.erase(calls, [['1'], ['2']], options({ prepared: dying })),
    ];
    for (const way of ways) {
      await assert.rejects(way(await connected()));
      server = await startEmbedded({ home });
      const trace = left.at(-1) ?? '';
      const connector = await connected();
      assert.equal(await connector.gone(calls, trace, 30), 0, 'given to nobody yet');
      for (let i = 0; i < 3; i += 1) await run('create table other (); drop table other');
      assert.deepEqual(await run('select count(*)::int as n from calls'), [{ n: 30 }]);
      await assert.rejects(connector.gone(calls, trace, 30), { kind: 'surprise', retry: false });
      await connector.close();
    }
  });

  it('says nothing of one that emptied whole partitions', async () => {
    const parts = dataset('parts');
    await run('create table parts (id text, phone text, ended timestamp) partition by range (ended)');
    await run("create table parts_0 partition of parts for values from ('2020-01-01') to ('2020-01-02')");
    await run("insert into parts select i::text, '', timestamp '2020-01-01' from generate_series(1, 30) i");
    await run('checkpoint');
    let left = '';
    const dying = async (batch: Batch): Promise<void> => {
      left = batch.trace ?? '';
      await crash();
    };
    const due = { is: 'before', clock: 'ended', at: '2026-01-01T00:00:00Z' } as const;
    const died = await connected();
    await assert.rejects(died.sweep(parts, due, 'ended', options({ prepared: dying })));
    server = await startEmbedded({ home });
    for (let i = 0; i < 3; i += 1) await run('create table other (); drop table other');
    assert.deepEqual(await run('select count(*)::int as n from parts'), [{ n: 30 }]);
    const connector = await connected();
    await assert.rejects(connector.gone(parts, left, 30), { kind: 'surprise', retry: false });
    // The control: one that was final is gone, also when others come where its rows were.
    const batch = await connector.sweep(parts, due, 'ended', options());
    assert.match(batch.next ?? '', /partitions/, 'it was the partitions that went');
    await run("insert into parts select 'n' || i, '', timestamp '2020-01-01' from generate_series(1, 30) i");
    assert.deepEqual([batch.counts.done, await connector.gone(parts, batch.trace ?? '', 30)], [30, 30]);
    await connector.close();
  });

  it('does not make one unseen that was final before the crash', async () => {
    const connector = await connected();
    const batch = await connector.sweep(calls, everything, 'ended', options());
    await run("insert into calls select 'n' || i, '', timestamp '2020-01-01' from generate_series(1, 30) i");
    await crash();
    server = await startEmbedded({ home });
    assert.deepEqual([batch.counts.done, await connector.gone(calls, batch.trace ?? '', 30)], [30, 30]);
    await connector.close();
    await server.stop();
  });
});
