/**
 * One row in ten past its term, 200 people held: a whole run of ours (intent, guarded batches, journal, receipts, signed
 * checkpoint, independent re-reading) against one plain DELETE with the same hold check. And the same on a table partitioned
 * by day.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readConfig } from '../src/app/config.ts';
import { makeHome, places, program } from '../src/app/home.ts';
import { openWorld } from '../src/app/world.ts';
import { openDatabase, type Database } from '../src/database/index.ts';
import { placeHold } from '../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../src/promises/retention/plan.ts';
import { reportRun, startRun, work } from '../src/promises/retention/run.ts';
import { readFileSync } from 'node:fs';
import { gate, median, timed, type Bench, type BenchOptions } from './bench.ts';

const heldPeople = 200;
const columns =
  'id bigint, username varchar(253) not null, pass varchar(253), reply varchar(32), authdate timestamptz not null, class varchar(64)';

/** As many rows each day, 100,000 people; a tenth of them lies before the term of six months, all over the table. */
const rows = (size: number): string =>
  `select i, 'klant' || (i % 100000), '', 'Access-Accept',
    now() - case when i % 10 = 0 then interval '190 days' + (i / 10 % 1728000) * interval '1 second' else (i % 15552000) * interval '1 second' end, null
    from generate_series(1, ${size}) i`;

/** Fills a database once; every run begins with a copy of it, so that all begin alike and none waits for the filling. */
async function fill(db: Database, partitioned: boolean, size: number): Promise<void> {
  if (partitioned) {
    await sql.raw(`create table radpostauth (${columns}) partition by range (authdate)`).execute(db);
    await sql
      .raw(`do $$ declare d date := (now() - interval '260 days')::date; begin
      while d <= now()::date + 1 loop execute format('create table radpostauth_%s partition of radpostauth for values from (%L) to (%L)', to_char(d, 'YYYYMMDD'), d, d + 1); d := d + 1; end loop; end $$`)
      .execute(db);
  } else await sql.raw(`create table radpostauth (${columns})`).execute(db);
  await sql.raw(`insert into radpostauth ${rows(size)}`).execute(db);
  await sql.raw(`alter table radpostauth add primary key (id ${partitioned ? ', authdate' : ''})`).execute(db);
  await sql.raw('create index on radpostauth (authdate)').execute(db);
  await sql.raw('vacuum analyze radpostauth').execute(db);
}

const fingerprint = async (db: Database): Promise<string> =>
  JSON.stringify((await sql`select count(*)::text as n, sum(id)::text as s from radpostauth`.execute(db)).rows[0]);

export const retentionSql: Bench = {
  name: 'retention-sql',
  run: async (options) => {
    const size = options.size ?? 10_000_000;
    const whole = await compare(options, size, false, heldPeople);
    const parts = await compare(options, size, true, 0);
    return {
      bench: 'retention-sql',
      ours_s: whole.ours,
      baseline_s: whole.base,
      ratio: whole.ours / whole.base,
      gate: 'pass',
      rows: size,
      due: whole.due,
      partitioned: {
        ours_s: parts.ours,
        // The same deletion without partitions, with its hold check; and the plain DELETE on the very same partitions.
        speedup: whole.base / parts.ours,
        same_table_s: parts.base,
        same_table_speedup: parts.base / parts.ours,
      },
      rss_mb: Math.round(process.memoryUsage().rss / 1e6),
    };
  },
};

async function compare(
  options: BenchOptions,
  size: number,
  partitioned: boolean,
  held: number,
): Promise<{ ours: number; base: number; due: number }> {
  const home = join(options.home, partitioned ? 'home-p' : 'home');
  mkdirSync(home, { recursive: true });
  makeHome(home);
  writeFileSync(places(home).policy, readFileSync(join(program, 'policies/it-provider/policy.yaml')));
  const url = JSON.stringify(options.urlOf('host'));
  writeFileSync(
    places(home).estate,
    `gestand: 1
systems:
  - { id: access, title: { nl: a, en: a }, profile: freeradius, role: controller, location: { country: NL, place: Haps }, notUsed: [sessions], sources: { db: { connector: sql, dialect: postgres, read: { literal: ${url} }, erase: { literal: ${url} } } } }
`,
  );
  const name = partitioned ? 'parts' : 'whole';
  const admin = openDatabase({ url: options.urlOf('gestand'), maxConnections: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin.db);
  await sql`create database ${sql.id(`store_${name}`)}`.execute(admin.db);
  await withDatabase(options.urlOf(name), (db) => fill(db, partitioned, size));
  options.log(`${size} rows made${partitioned ? ', partitioned by day' : ''}`);
  const afresh = async (): Promise<void> => {
    await sql`drop database if exists host with (force)`.execute(admin.db);
    await sql`create database host template ${sql.id(name)} strategy file_copy`.execute(admin.db);
    await sql`checkpoint`.execute(admin.db);
    // What the copy left to write is written now, not during the next run.
    execFileSync('sync');
  };
  await afresh();
  const world = await openWorld({
    config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: options.urlOf(`store_${name}`) }, false),
  });
  const people = Array.from({ length: held }, (_, i) => `klant${i * 10}`);
  if (held > 0) {
    await placeHold(
      world,
      { name: 'bench' },
      {
        matter: 'm',
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: people.map((value) => ({ is: 'subject' as const, kind: 'username' as const, value, datasets: [] })),
      },
    );
  }
  const ours: number[] = [];
  const base: number[] = [];
  let due = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'bench' }, plan.plan);
    const line = plan.lines[0];
    due = line?.due ?? 0;
    const one = async (): Promise<void> => {
      const { run, steps } = await startRun(world, plan.plan);
      // Two at a time, as one worker of the product does.
      const lanes = [steps.filter((_, i) => i % 2 === 0), steps.filter((_, i) => i % 2 === 1)];
      await Promise.all(
        lanes.map(async (lane) => {
          for (const step of lane) await work(world, step.id, true);
        }),
      );
      await world.flush();
      const report = await reportRun(world, run);
      gate(report?.state === 'complete' && report.lines[0]?.done === due, JSON.stringify(report));
    };
    await afresh();
    ours.push(await timed(one));
    const left = await withDatabase(options.urlOf('host'), fingerprint);
    await afresh();
    const same = await withDatabase(options.urlOf('host'), async (db) => {
      await sql`select 1`.execute(db); // connected
      base.push(
        await timed(() =>
          sql`delete from radpostauth where authdate < ${line?.cutoff ?? ''}::timestamptz ${held > 0 ? sql`and not coalesce(lower(username) in (${sql.join(people)}), false)` : sql``}`.execute(
            db,
          ),
        ),
      );
      return fingerprint(db);
    });
    gate(left === same, 'the surviving rows differ');
    options.log(
      `round ${round + 1}${partitioned ? ', partitioned' : ''}: ours ${ours.at(-1)?.toFixed(2)} s, plain DELETE ${base.at(-1)?.toFixed(2)} s, ${due} rows`,
    );
    await afresh();
  }
  await world.close();
  await sql`drop database host with (force)`.execute(admin.db);
  await admin.close();
  return { ours: median(ours), base: median(base), due };
}

async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const opened = openDatabase({ url, maxConnections: 1 });
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}
