import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { program } from '../../src/app/home.ts';
import type { Scope } from '../../src/promises/holds/model.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import type { World } from '../../src/promises/world.ts';
import { carry } from '../worlds/carry.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { emptyDatabase, type FreshDatabase } from '../worlds/postgres.ts';

const hostRoot = '/var/lib/freeswitch/recordings';
const uuid = (i: number): string => `00000000-0000-4000-a000-${String(i).padStart(12, '0')}`;

/** A FusionPBX that writes absolute paths: what a call consists of, and what keeps all of it. */
describe('a call, its recording and its transcript', () => {
  let host: FreshDatabase;
  let home: TestHome;
  let world: World;
  let base: string;

  const file = (i: number, name = `${uuid(i)}.wav`): string => join(base, `d.example/archive/2026/Jun/0${i}/${name}`);
  const call = async (i: number, name = `${uuid(i)}.wav`, folder = i): Promise<void> => {
    mkdirSync(dirname(file(folder)), { recursive: true });
    writeFileSync(file(folder, name), 'RIFF');
    await sql`insert into v_xml_cdr (xml_cdr_uuid, source_number, end_stamp, record_path, record_name)
      values (${uuid(i)}, '0620000000', ${`2026-06-0${i}T10:00:00Z`}, ${`${hostRoot}/d.example/archive/2026/Jun/0${folder}`}, ${name})`.execute(
      host.db,
    );
    await sql`insert into v_xml_cdr_transcripts (xml_cdr_transcript_uuid, xml_cdr_uuid) values (${uuid(100 + i)}, ${uuid(i)})`.execute(
      host.db,
    );
  };
  const rows = async (table: string): Promise<string[]> =>
    (
      await sql<{ id: string }>`select xml_cdr_uuid::text as id from ${sql.table(table)} order by 1`.execute(host.db)
    ).rows.map((row) => row.id);
  const hold = (scope: Scope) =>
    placeHold(
      world,
      { name: 'A' },
      { matter: 'm', kind: 'dispute', reason: 'r', legalBasis: 'b', prospective: true, scope },
    );
  const sweep = async () => {
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, plan.plan);
    return { plan, report: await carry(world, plan.plan) };
  };

  beforeEach(async () => {
    host = await emptyDatabase();
    base = mkdtempSync(join(tmpdir(), 'gestand-hostile-'));
    await sql
      .raw(readFileSync(join(program, 'profiles/fixtures/fusionpbx/schema.postgres.sql'), 'utf8'))
      .execute(host.db);
    const db = `{ connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } }`;
    home = await testHome({
      estate: `gestand: 1
systems:
  - { id: exchange, title: { nl: a, en: a }, profile: fusionpbx, role: controller, location: { country: NL, place: Haps }, sources: { db: ${db}, media: { connector: files, root: ${base}, hostRoot: ${hostRoot} } } }
`,
    });
    world = await home.open();
  });
  afterEach(async () => {
    await home.close();
    await host.close();
    rmSync(base, { recursive: true, force: true });
  });

  it('a recording that cannot be deleted keeps its row where the product writes absolute paths too', async () => {
    await call(1);
    await call(2);
    linkSync(file(1), join(base, 'second-name'));
    const { report } = await sweep();
    assert.ok(existsSync(file(1)));
    assert.deepEqual(await rows('v_xml_cdr'), [uuid(1)]);
    assert.equal(report.state, 'partial');
    assert.equal(report.lines.find((line) => line.dataset === 'calls')?.failed, 1);
  });

  it('a hold on one recording keeps its row', async () => {
    await call(1);
    await call(2);
    await hold([
      { is: 'items', dataset: 'exchange/recordings', keys: [[`d.example/archive/2026/Jun/01/${uuid(1)}.wav`]] },
    ]);
    const { report } = await sweep();
    assert.ok(existsSync(file(1)) && !existsSync(file(2)));
    assert.deepEqual(await rows('v_xml_cdr'), [uuid(1)]);
    assert.equal(report.lines.find((line) => line.dataset === 'calls')?.held, 1);
  });

  it('a hold on one transcript keeps it, and the call that it is of', async () => {
    await call(1);
    await call(2);
    await hold([{ is: 'items', dataset: 'exchange/call-transcripts', keys: [[uuid(101)]] }]);
    const { plan, report } = await sweep();
    assert.deepEqual(await rows('v_xml_cdr_transcripts'), [uuid(1)]);
    assert.deepEqual(await rows('v_xml_cdr'), [uuid(1)]);
    assert.ok(existsSync(file(1)));
    assert.deepEqual(
      [plan, report].map((one) => one.lines.find((line) => line.dataset === 'calls')?.held),
      [1, 1],
    );
  });

  it('a recording that two rows name stays as long as one of them is held', async () => {
    await call(1);
    await call(2, `${uuid(1)}.wav`, 1);
    await hold([{ is: 'items', dataset: 'exchange/calls', keys: [[uuid(2)]] }]);
    await sweep();
    assert.deepEqual(await rows('v_xml_cdr'), [uuid(2)]);
    assert.ok(existsSync(file(1)));
  });
});
