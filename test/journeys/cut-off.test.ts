/**
 * A batch that a kill cut off is accounted for by what became of it, and by nothing else: not by what comes into its place before it
 * is resumed, not by what the policy says of its line by then, not by what another run takes there.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { places } from '../../src/app/home.ts';
import { ConnectorFault, type Batch, type Connector } from '../../src/connectors/kit/index.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { settleLeft } from '../../src/promises/retention/turn.ts';
import type { World } from '../../src/promises/world.ts';
import { carry, openedWith, planned, roomOf } from '../worlds/carry.ts';
import { officeEstate, prospectTable } from '../worlds/crm.ts';
import { freshFolder } from '../worlds/folder.ts';
import { referencePolicy, testHome } from '../worlds/home.ts';
import { freshMariadb, hasMariadb } from '../worlds/mariadb.ts';
import { emptyDatabase } from '../worlds/postgres.ts';

/** A place with items that are due, by number. */
interface Host {
  readonly dataset: string;
  readonly estate: string;
  add(ids: readonly number[]): Promise<void>;
  ids(): Promise<number[]>;
  /** Another worker took so many of the batch before it was killed: only where each goes alone. */
  part?(n: number): Promise<void>;
  /** A policy in which the line means something else, and one that has none. */
  readonly policies: { readonly otherwise: string; readonly gone: string };
  close(): Promise<void>;
}

const rows = (ids: readonly number[]): string =>
  `insert into prospects (id, email, last_contact) values ${ids.map((id) => `(${id}, 'p${id}@example.nl', '2025-01-15')`).join(', ')}`;

function office(
  dialect: 'postgres' | 'mariadb' | 'sqlite',
  url: string,
): Pick<Host, 'dataset' | 'estate' | 'policies'> {
  return {
    dataset: 'prospects',
    policies: {
      otherwise: referencePolicy.replace(/(id: prospects-one-year[\s\S]*?keep: )P1Y/, '$1P11M'),
      gone: referencePolicy.replace(/(id: prospects-one-year[\s\S]*?from: )last-contact/, '$1contract-end'),
    },
    estate: officeEstate(dialect, url),
  };
}

const tree = 'a tree of files';

async function postgres(): Promise<Host> {
  const { db, url, close } = await emptyDatabase();
  await sql.raw(prospectTable).execute(db);
  return {
    ...office('postgres', url),
    add: async (ids) => void (await sql.raw(rows(ids)).execute(db)),
    ids: async () =>
      (await sql<{ id: number }>`select id from prospects order by id`.execute(db)).rows.map(({ id }) => id),
    close,
  };
}

function sqlite(): Promise<Host> {
  const folder = freshFolder();
  const file = join(folder.path, 'crm.db');
  const database = new DatabaseSync(file);
  database.exec(prospectTable);
  return Promise.resolve({
    ...office('sqlite', file),
    add: (ids: readonly number[]) => Promise.resolve(database.exec(rows(ids))),
    ids: () =>
      Promise.resolve(
        database
          .prepare('select id from prospects order by id')
          .all()
          .map(({ id }) => Number(id)),
      ),
    close: () => {
      database.close();
      folder.close();
      return Promise.resolve();
    },
  });
}

const hosts: Readonly<Record<string, () => Promise<Host>>> = {
  PostgreSQL: postgres,
  SQLite: sqlite,
  ...(hasMariadb
    ? {
        MariaDB: async () => {
          const { url, query, close } = await freshMariadb();
          await query(`${prospectTable} engine=InnoDB`);
          return {
            ...office('mariadb', url),
            add: async (ids: readonly number[]) => void (await query(rows(ids))),
            ids: async () => (await query('select id from prospects order by id')).map(({ id }) => Number(id)),
            close,
          };
        },
      }
    : {}),
  [tree]: () => {
    const folder = freshFolder();
    const root = join(folder.path, 'cameras');
    const door = join(root, 'door');
    mkdirSync(door, { recursive: true });
    const ids = (): number[] =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.mp4'))
        .map((name) => Number.parseInt(name.slice(name.lastIndexOf('/') + 1), 10))
        .toSorted((a, b) => a - b);
    return Promise.resolve({
      dataset: 'video',
      policies: {
        otherwise: referencePolicy.replace(/(id: video-90-days[\s\S]*?keep: )P90D/, '$1P80D'),
        gone: referencePolicy.replace(/(id: video-90-days[\s\S]*?from: )recorded/, '$1call-end'),
      },
      estate: `gestand: 1
systems:
  - { id: cameras, title: { nl: b, en: b }, profile: motion, role: controller, location: { country: NL, place: Haps }, params: { zone: UTC }, sources: { video: { connector: files, root: ${root} } } }
`,
      add: (some: readonly number[]) => {
        mkdirSync(door, { recursive: true }); // an empty one goes with its last file
        for (const id of some) writeFileSync(join(door, `${id}-20260610120000.mp4`), 'x');
        return Promise.resolve();
      },
      ids: () => Promise.resolve(ids()),
      part: (n: number) => {
        for (const id of ids().slice(0, n)) rmSync(join(door, `${id}-20260610120000.mp4`));
        return Promise.resolve();
      },
      close: () => Promise.resolve(folder.close()),
    });
  },
};

const ten = Array.from({ length: 10 }, (_, i) => 11 + i);

/** Where a worker is killed: nothing of its batch is final yet, some of it is, or all of it and nobody wrote it down. */
type Moment = 'prepared' | 'part' | 'final';
const partly = 4;

class Killed extends Error {}

/** A home on the host, with ten due items, and a run whose worker died at that moment; what is opened afterwards is as it should be. */
async function cutOff(host: Host, moment: Moment, before: (world: World) => Promise<string> = planned) {
  const home = await testHome({ estate: host.estate });
  await host.add(ten);
  const kill = async (batch: Batch, now: Moment): Promise<void> => {
    if (batch.counts.done === 0 || (now === 'prepared') === (moment === 'final')) return;
    if (moment === 'part') await host.part?.(partly);
    throw new Killed();
  };
  const dying = (connector: Connector): Connector => ({
    ...connector,
    sweep: async (dataset, where, clock, options) => {
      const prepared = async (batch: Batch): Promise<void> => {
        await options.prepared(batch);
        await kill(batch, 'prepared');
      };
      const batch = await connector.sweep(dataset, where, clock, { ...options, prepared });
      await kill(batch, 'final');
      return batch;
    },
  });
  const died = await openedWith(home, dying);
  const plan = await before(died.world);
  const { run, steps } = await startRun(died.world, plan);
  assert.equal(steps.length, 1);
  for (const step of steps) assert.equal(await work(died.world, step.id, false), 'again');
  const gone = { prepared: 0, part: partly, final: ten.length }[moment];
  assert.equal((await host.ids()).length, ten.length - gone, 'what the killed worker did');
  await died.close();
  const lineOf = async (world: World, of = run) => {
    const report = await reportRun(world, of);
    const line = report?.lines.find((one) => one.dataset === host.dataset);
    assert.ok(report && line);
    return { state: report.state, done: line.done, unseen: line.unseen, stopped: line.stopped };
  };
  const resume = async (world: World) => {
    for (const step of steps) await work(world, step.id, true);
    return lineOf(world);
  };
  const close = async (): Promise<void> => {
    await home.close();
    await host.close();
  };
  return { home, run, gone, resume, lineOf, close };
}

/** What the ledger has of a run: of how many items the receipts say that they are gone. */
async function receipted(world: World, run: string): Promise<number> {
  await world.flush();
  const { rows: found } = await sql<{ n: number }>`
    select coalesce(sum((e ->> 'n')::int), 0)::int as n
      from ledger.entry cross join lateral (select convert_from(entry, 'UTF8')::jsonb as e) as read
     where e ->> 't' = 'batch.receipt' and e ->> 'run' = ${run}`.execute(world.db);
  return found[0]?.n ?? 0;
}

for (const [name, made] of Object.entries(hosts)) {
  const moments: readonly Moment[] = name === tree ? ['prepared', 'part', 'final'] : ['prepared', 'final'];

  describe(`a batch in ${name} that a kill cut off`, () => {
    it('takes no more than the plan showed, whatever comes into its place before it is resumed', async () => {
      for (const moment of moments) {
        const host = await made();
        const { home, run, gone, resume, close } = await cutOff(host, moment);
        const more = [101, 102, 103];
        await host.add(more);
        const world = await home.open();
        const end = await resume(world);
        const [room] = await roomOf(world, run);
        // All of it was final: nothing is left to do. Else what is left and what came are together more than the plan showed.
        const whole = gone === ten.length;
        assert.deepEqual([end.done, end.stopped], [gone, whole ? null : 'more-than-the-plan-showed'], moment);
        assert.deepEqual(await host.ids(), [...ten.slice(gone), ...more], moment);
        assert.deepEqual([room?.taken, room?.reserved], [gone, 0], moment);
        assert.equal(await receipted(world, run), gone, moment);
        await close();
      }
    });

    it('is accounted for when the policy says something else of it by then, or nothing any more', async () => {
      for (const moment of moments)
        for (const policy of ['otherwise', 'gone'] as const) {
          const host = await made();
          const { home, run, gone, resume, close } = await cutOff(host, moment);
          writeFileSync(places(home.home).policy, host.policies[policy]);
          const world = await home.open();
          const end = await resume(world);
          assert.deepEqual(end, { state: 'stopped', done: gone, unseen: 0, stopped: 'policy-changed' }, moment);
          assert.equal(await receipted(world, run), gone, moment);
          assert.deepEqual(await host.ids(), ten.slice(gone));
          await close();
        }
    });

    it('is counted once, when another run comes to the same items before it is resumed', async () => {
      for (const moment of moments) {
        const host = await made();
        let second = '';
        const both = async (world: World): Promise<string> => {
          second = await planned(world);
          return planned(world);
        };
        const { home, run, gone, resume, lineOf, close } = await cutOff(host, moment, both);
        const world = await home.open();
        const other = await carry(world, second);
        const end = await resume(world);
        const theirs = await lineOf(world, other.run);
        assert.deepEqual([end.done, theirs.done], [gone, ten.length - gone], moment);
        assert.deepEqual([await receipted(world, run), await receipted(world, other.run)], [gone, ten.length - gone]);
        assert.deepEqual(await host.ids(), []);
        await close();
      }
    });
  });
}

describe('what keeps a batch from being counted wrongly', () => {
  it('is its trace: who counts what is missing in its place takes three more than the plan showed', async () => {
    const host = await sqlite();
    const { home, resume, close } = await cutOff(host, 'final');
    await host.add([101, 102, 103]);
    const counting = await openedWith(home, (connector) => ({
      ...connector,
      gone: async (_dataset, _trace, items) => items - (await host.ids()).length,
    }));
    assert.equal((await resume(counting.world)).done, 10);
    assert.deepEqual(await host.ids(), [], 'thirteen are gone');
    await counting.close();
    await close();
  });

  it('is that runs take turns on a dataset: without the record of it SQLite counts ten items twice', async () => {
    const host = await sqlite();
    let second = '';
    const { home, resume, close } = await cutOff(host, 'prepared', async (world) => {
      second = await planned(world);
      return planned(world);
    });
    const world = await home.open();
    await sql`create table public.aside as select * from retention.pending`.execute(world.db);
    await sql`delete from retention.pending`.execute(world.db);
    const other = await carry(world, second);
    await sql`insert into retention.pending select * from public.aside`.execute(world.db);
    await sql`drop table public.aside`.execute(world.db);
    const done = other.lines.reduce((sum, line) => sum + line.done, 0);
    assert.deepEqual([(await resume(world)).done, done], [10, 10]);
    await close();
  });
});

describe('a batch that a kill cut off and of which nobody can tell', () => {
  it('is told as that when its table was made anew, and the run does not end as complete', async () => {
    const host = await postgres();
    const { home, run, resume, close } = await cutOff(host, 'final');
    const world = await home.open();
    const forgotten = await sql`
      update retention.pending set trace = ${world.veil.veil(JSON.stringify({ transaction: '3', table: '1' }))}`.execute(
      world.db,
    );
    assert.equal(forgotten.numAffectedRows, 1n);
    assert.deepEqual(await resume(world), { state: 'stopped', done: 0, unseen: 10, stopped: 'surprise' });
    assert.equal(await receipted(world, run), 0);
    const { rows: told } = await sql<{ n: string }>`
      select convert_from(entry, 'UTF8')::jsonb ->> 'n' as n from ledger.entry
       where convert_from(entry, 'UTF8')::jsonb ->> 't' = 'batch.unseen'`.execute(world.db);
    assert.deepEqual(told, [{ n: '10' }]);
    await close();
  });

  it('is said to be unseen while its source does not answer, and accounted for once it does', async () => {
    const host = await postgres();
    const { home, run, resume, lineOf, close } = await cutOff(host, 'final');
    const away = await openedWith(home, (connector) => ({
      ...connector,
      gone: () => Promise.reject(new ConnectorFault('unreachable', 'the source does not answer', { retry: true })),
    }));
    assert.deepEqual(await resume(away.world), { state: 'stopped', done: 0, unseen: 10, stopped: 'unreachable' });
    await away.close();
    const world = await home.open();
    await settleLeft(world);
    assert.deepEqual(await lineOf(world), { state: 'stopped', done: 10, unseen: 0, stopped: 'unreachable' });
    assert.equal(await receipted(world, run), 10);
    await settleLeft(world);
    assert.equal((await lineOf(world)).done, 10, 'once');
    await close();
  });
});
