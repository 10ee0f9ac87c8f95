import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { program } from '../../src/app/home.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { reportRun } from '../../src/promises/retention/run.ts';
import { runOfPlan } from '../../src/promises/retention/store.ts';
import { verifyLog } from '../../src/ledger/verify/index.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { emptyDatabase, type FreshDatabase } from '../worlds/postgres.ts';

const child = new URL('kill.child.ts', import.meta.url).pathname;
const soak = process.env['GESTAND_SOAK'] !== undefined;

interface Ground {
  readonly home: TestHome;
  readonly host: FreshDatabase;
  readonly media: string;
  survivors(): Promise<{ rows: string[]; transcripts: number; files: string[] }>;
  close(): Promise<void>;
}

const uuid = (i: number): string => `00000000-0000-4000-a000-${String(i).padStart(12, '0')}`;

/** Twelve due calls with recordings and transcripts, four young ones, two held; and six due camera files. */
async function ground(): Promise<Ground> {
  const host = await emptyDatabase();
  await sql
    .raw(readFileSync(join(program, 'profiles/fixtures/fusionpbx/schema.postgres.sql'), 'utf8'))
    .execute(host.db);
  const base = mkdtempSync(join(tmpdir(), 'gestand-kill-'));
  const media = join(base, 'recordings');
  for (let i = 0; i < 16; i += 1) {
    const due = i < 12;
    const day = String((i % 9) + 1).padStart(2, '0');
    const folder = `d.example/archive/2026/${due ? 'Jun' : 'Nov'}/${day}`;
    mkdirSync(join(media, folder), { recursive: true });
    writeFileSync(join(media, folder, `${uuid(i)}.wav`), 'RIFF');
    await sql`insert into v_xml_cdr (xml_cdr_uuid, source_number, caller_id_number, end_stamp, record_path, record_name)
      values (${uuid(i)}, ${i % 6 === 1 ? '0612345678' : '0620000000'}, '', ${`2026-${due ? '06' : '11'}-${day}T10:00:00Z`}, ${`/var/lib/freeswitch/recordings/${folder}`}, ${`${uuid(i)}.wav`})`.execute(
      host.db,
    );
    await sql`insert into v_xml_cdr_transcripts (xml_cdr_transcript_uuid, xml_cdr_uuid) values (${uuid(100 + i)}, ${uuid(i)})`.execute(
      host.db,
    );
  }
  for (let i = 0; i < 10; i += 1) {
    const file = join(base, 'cameras', 'door', `${i}-2026${i < 6 ? '06' : '11'}1${i}120000.mp4`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'x');
  }
  const db = `{ connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } }`;
  const home = await testHome({
    estate: `gestand: 1
systems:
  - { id: exchange, title: { nl: a, en: a }, profile: fusionpbx, role: controller, location: { country: NL, place: Haps }, sources: { db: ${db}, media: { connector: files, root: ${media}, hostRoot: /var/lib/freeswitch/recordings } } }
  - { id: cameras, title: { nl: b, en: b }, profile: motion, role: controller, location: { country: NL, place: Haps }, params: { zone: UTC }, sources: { video: { connector: files, root: ${join(base, 'cameras')} } } }
`,
  });
  return {
    home,
    host,
    media,
    survivors: async () => ({
      rows: (
        await sql<{ id: string }>`select xml_cdr_uuid::text as id from v_xml_cdr order by 1`.execute(host.db)
      ).rows.map((row) => row.id),
      transcripts:
        (await sql<{ n: number }>`select count(*)::int as n from v_xml_cdr_transcripts`.execute(host.db)).rows[0]?.n ??
        -1,
      files: readdirSync(base, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .toSorted(),
    }),
    close: async () => {
      await home.close();
      await host.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

async function prepareRun(place: Ground): Promise<string> {
  const world = await place.home.open();
  await placeHold(
    world,
    { name: 'A' },
    {
      matter: 'm',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: true,
      scope: [{ is: 'subject', kind: 'phone', value: '0612345678', datasets: [] }],
    },
  );
  const plan = await makePlan(world, world.clock());
  await approvePlan(world, { name: 'A' }, plan.plan);
  return plan.plan;
}

function carry(place: Ground, plan: string, at: number | string): { killed: boolean; effects: number } {
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, place.home.home, place.home.databaseUrl, plan, String(at)],
    { encoding: 'utf8' },
  );
  if (run.signal !== 'SIGKILL' && run.status !== 0) throw new Error(run.stderr);
  return { killed: run.signal === 'SIGKILL', effects: Number(run.stdout) };
}

describe('killed at any side effect of a run and carried on, it ends as if nothing had been', () => {
  it('at each of them', async () => {
    const calm = await ground();
    const calmPlan = await prepareRun(calm);
    const { effects } = carry(calm, calmPlan, 0);
    const expected = await calm.survivors();
    assert.equal(expected.rows.length, 6); // four young, two held
    await calm.close();
    assert.ok(effects > 20);
    const points = Array.from({ length: effects }, (_, i) => i + 1).filter((n) => soak || n % 4 === 3);
    for (const point of points) {
      const place = await ground();
      const plan = await prepareRun(place);
      assert.ok(carry(place, plan, point).killed, `effect ${point} was not reached`);
      const half = await place.survivors();
      // Whatever the moment: nothing held or young is touched, and no file is left whose row is gone.
      for (const id of expected.rows)
        assert.ok(half.rows.includes(id) && half.files.includes(`${id}.wav`), `killed at ${point}: ${id}`);
      for (const name of half.files)
        if (name.endsWith('.wav'))
          assert.ok(half.rows.includes(name.slice(0, -4)), `killed at ${point}: a recording without its row`);
      assert.equal(carry(place, plan, 0).killed, false);
      assert.deepEqual(await place.survivors(), expected, `killed at ${point}`);
      const world = await place.home.open();
      const report = await reportRun(world, (await runOfPlan(world.db, plan)) ?? '');
      assert.equal(report?.state, 'complete', `killed at ${point}: ${JSON.stringify(report)}`);
      for (const line of report.lines)
        assert.equal(
          line.done + line.absent,
          line.planned,
          `killed at ${point}: every item is accounted for once (${line.dataset})`,
        );
      const log = await verifyLog(join(place.home.home, 'ledger'), { key: world.ledger.vkey });
      assert.ok(log.ok, log.problem);
      await place.close();
    }
  });

  it('and a call that lost its recording before a hold came is partial, not plainly held', async () => {
    const place = await ground();
    const plan = await prepareRun(place);
    assert.ok(carry(place, plan, 'calls').killed);
    const world = await place.home.open();
    const half = await place.survivors();
    const lost = half.rows.filter((id) => !half.files.includes(`${id}.wav`));
    assert.ok(lost.length > 0, 'recordings went, and their rows came back');
    const { incomplete } = await placeHold(
      world,
      { name: 'A' },
      {
        matter: 'n',
        kind: 'complaint',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: [{ is: 'items', dataset: 'exchange/calls', keys: half.rows.map((id) => [id]) }],
      },
    );
    assert.deepEqual(incomplete, [
      { system: 'exchange', dataset: 'calls', part: 'recordings', items: lost.length, ours: lost.length },
    ]);
    carry(place, plan, 0);
    const report = await reportRun(world, (await runOfPlan(world.db, plan)) ?? '');
    const line = report?.lines.find((one) => one.dataset === 'calls');
    assert.deepEqual([report?.state, line?.done, line?.partial], ['partial', 0, lost.length]);
    assert.deepEqual(line?.partialAt, { recordings: lost.length });
    assert.deepEqual((await place.survivors()).rows, half.rows);
    await place.close();
  });

  it('and a journal that forgets what was under way would be caught: the counts would not add up', async () => {
    const place = await ground();
    const plan = await prepareRun(place);
    // Right after the host's commit, before the receipt: the one moment where only the journal knows.
    let at = 0;
    for (let n = 1; n < 80 && at === 0; n += 1) {
      const tried = await ground();
      const itsPlan = await prepareRun(tried);
      carry(tried, itsPlan, n);
      const pending = await sql<{ n: number }>`select count(*)::int as n from retention.pending`.execute(
        (await tried.home.open()).db,
      );
      const gone = (await tried.survivors()).rows.length < 16;
      await tried.close();
      if ((pending.rows[0]?.n ?? 0) > 0 && gone) at = n;
    }
    assert.ok(at > 0);
    carry(place, plan, at);
    const world = await place.home.open();
    await sql`delete from retention.pending`.execute(world.db);
    carry(place, plan, 0);
    const report = await reportRun(world, (await runOfPlan(world.db, plan)) ?? '');
    assert.ok(
      report?.lines.some((line) => line.done + line.absent !== line.planned),
      'the control must fail to add up',
    );
    await place.close();
  });
});
