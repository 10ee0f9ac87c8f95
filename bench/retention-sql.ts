/**
 * One row in ten past its term, 200 people held: a whole run of ours (intent, guarded batches, journal, receipts, signed
 * checkpoint, independent re-reading) against one plain DELETE with the same hold check. And the same on a table partitioned
 * by day.
 */
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

/** A tenth of the rows lie before the term of six months; 100,000 people. */
async function makeSource(db: Database, size: number): Promise<void> {
  await sql.raw(`create unlogged table source (${columns})`).execute(db);
  await sql
    .raw(`insert into source select i, 'klant' || (i % 100000), '', 'Access-Accept',
    case when i % 10 = 0 then now() - interval '190 days' - (i % 5000000) * interval '1 second' else now() - (i % 9000000) * interval '1 second' end, null from generate_series(1, ${size}) i`)
    .execute(db);
}

async function fill(db: Database, partitioned: boolean): Promise<void> {
  await sql.raw('drop table if exists radpostauth').execute(db);
  if (partitioned) {
    await sql.raw(`create table radpostauth (${columns}) partition by range (authdate)`).execute(db);
    await sql
      .raw(`do $$ declare d date := (now() - interval '260 days')::date; begin
      while d <= now()::date + 1 loop execute format('create table radpostauth_%s partition of radpostauth for values from (%L) to (%L)', to_char(d, 'YYYYMMDD'), d, d + 1); d := d + 1; end loop; end $$`)
      .execute(db);
    await sql.raw('insert into radpostauth select * from source').execute(db);
    await sql.raw('alter table radpostauth add primary key (id, authdate)').execute(db);
    await sql.raw('create index on radpostauth (authdate)').execute(db);
  } else {
    await sql.raw(`create table radpostauth (${columns})`).execute(db);
    await sql.raw('insert into radpostauth select * from source').execute(db);
    await sql.raw('alter table radpostauth add primary key (id)').execute(db);
    await sql.raw('create index on radpostauth (authdate)').execute(db);
  }
  await sql.raw('vacuum analyze radpostauth').execute(db);
  await sql.raw('checkpoint').execute(db);
}

const fingerprint = async (db: Database): Promise<string> =>
  JSON.stringify((await sql`select count(*)::text as n, sum(id)::text as s from radpostauth`.execute(db)).rows[0]);

export const retentionSql: Bench = {
  name: 'retention-sql',
  run: async (options) => {
    const size = options.size ?? 10_000_000;
    const admin = openDatabase({ url: options.urlOf('gestand') });
    await sql`create database host`.execute(admin.db);
    const host = openDatabase({ url: options.urlOf('host') });
    await makeSource(host.db, size);
    options.log(`${size} rows made`);
    const whole = await compare(options, host.db, false, heldPeople);
    const parts = await compare({ ...options, rounds: Math.min(options.rounds, 2) }, host.db, true, 0);
    await host.close();
    await admin.close();
    return {
      bench: 'retention-sql',
      ours_s: whole.ours,
      baseline_s: whole.base,
      ratio: whole.ours / whole.base,
      gate: 'pass',
      rows: size,
      due: whole.due,
      partitioned: { ours_s: parts.ours, baseline_s: parts.base, speedup: parts.base / parts.ours },
      rss_mb: Math.round(process.memoryUsage().rss / 1e6),
    };
  },
};

async function compare(
  options: BenchOptions,
  host: Database,
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
  const database = `store_${partitioned ? 'p' : 'w'}`;
  const admin = openDatabase({ url: options.urlOf('gestand') });
  await sql.raw(`create database ${database}`).execute(admin.db);
  await admin.close();
  const world = await openWorld({
    config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: options.urlOf(database) }, false),
  });
  await fill(host, partitioned);
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
        scope: Array.from({ length: held }, (_, i) => ({
          is: 'subject' as const,
          kind: 'username' as const,
          value: `klant${i * 10}`,
          datasets: [],
        })),
      },
    );
  }
  const people = Array.from({ length: held }, (_, i) => `klant${i * 10}`);
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
    const other = () =>
      sql`delete from radpostauth where authdate < ${line?.cutoff ?? ''}::timestamptz ${held > 0 ? sql`and not coalesce(lower(username) in (${sql.join(people)}), false)` : sql``}`.execute(
        host,
      );
    await fill(host, partitioned);
    ours.push(await timed(one));
    const left = await fingerprint(host);
    await fill(host, partitioned);
    base.push(await timed(other));
    gate(left === (await fingerprint(host)), 'the surviving rows differ');
    options.log(
      `round ${round + 1}${partitioned ? ', partitioned' : ''}: ours ${ours.at(-1)?.toFixed(2)} s, plain DELETE ${base.at(-1)?.toFixed(2)} s, ${due} rows`,
    );
    await fill(host, partitioned);
  }
  await world.close();
  return { ours: median(ours), base: median(base), due };
}
