import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { program } from '../../src/app/home.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { judgeAll, measure } from '../../src/promises/proof/service.ts';
import type { World } from '../../src/promises/world.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { freshMariadb, hasMariadb, type FreshMariadb } from '../worlds/mariadb.ts';
import { agesAgree } from '../worlds/ages.ts';
import { carry } from '../worlds/carry.ts';

/** A FreePBX: MariaDB with its shadow copies, and a tree of recordings. */
describe('a FreePBX on a real MariaDB', { skip: !hasMariadb }, () => {
  let host: FreshMariadb;
  let home: TestHome;
  let world: World;
  let root: string;
  const file = (date: string, caller: string, id: string): string =>
    `${date.replaceAll('-', '/')}/in-0485000100-${caller}-${date.replaceAll('-', '')}-101500-${id}.wav`;
  const recording = (path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), 'RIFF a recording of more than forty-four bytes, long enough');
  };
  /** One call with its events, its queue entry and its recording; `linked` joins the legs of one call. */
  const call = async (id: string, date: string, caller: string, linked = id): Promise<void> => {
    const path = file(date, caller, id);
    recording(path);
    await host.query(`insert into cdr (calldate, src, dst, cnum, clid, uniqueid, linkedid, recordingfile) values ('${date} 10:15:00', '${caller}', '0485000100', '${caller}', '"Naam" <${caller}>', '${id}', '${linked}', '${path.split('/').pop() ?? ''}');
      insert into replicate_cdr (calldate, uniqueid, linkedid) values ('${date} 10:15:00', '${id}', '${linked}');
      insert into cel (eventtype, eventtime, cid_num, linkedid, uniqueid) values ('CHAN_START', '${date} 10:15:00', '${caller}', '${linked}', '${id}'), ('HANGUP', '${date} 10:16:00', '${caller}', '${linked}', '${id}');
      insert into queue_log (time, callid, event, data2) values ('${date}', '${id}', 'ENTERQUEUE', '${caller}')`);
  };
  const count = async (table: string, where: string): Promise<number> =>
    Number((await host.query(`select count(*) as n from ${table} where ${where}`))[0]?.['n']);

  before(async () => {
    host = await freshMariadb();
    const ddl = readFileSync(join(program, 'profiles/fixtures/freepbx/schema.mariadb.sql'), 'utf8');
    await host.query(ddl);
    root = mkdtempSync(join(tmpdir(), 'gestand-pbx-'));
    mkdirSync(join(root, 'monitor'));
    mkdirSync(join(root, 'voicemail'));
    root = join(root, 'monitor');
    // Day 91 is due, day 90 is not; and a second leg that shares its events with a younger one.
    await call('1700000001.1', '2026-08-25', '0610000001');
    await call('1700000002.2', '2026-08-27', '0610000001');
    await call('1700000003.3', '2026-06-01', '0612345678');
    await call('1700000004.4', '2026-06-02', '+31612345678');
    await call('1700000005.5', '2026-06-03', '0610000009', 'shared');
    await call('1700000006.6', '2026-11-01', '0610000009', 'shared');
    recording(file('2026-05-05', '0610000007', '1690000000.9')); // its row is long gone
    recording(file('2026-05-06', '0612345678', '1690000001.9')); // … and one of the caller that is held
    home = await testHome({
      estate: `gestand: 1
systems:
  - id: exchange
    title: { nl: Centrale, en: Exchange }
    profile: freepbx
    role: controller
    location: { country: NL, place: Haps }
    sources:
      cdr: { connector: sql, dialect: mariadb, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } }
      recordings: { connector: files, root: ${root} }
      voicemail: { connector: files, root: ${join(dirname(root), 'voicemail')} }
`,
    });
    world = await home.open();
  });
  after(async () => {
    await home.close();
    await host.close();
    rmSync(dirname(root), { recursive: true, force: true });
  });

  it('names what a careful engineer must know before anything is deleted', async () => {
    const plan = await makePlan(world, world.clock());
    assert.ok(plan.findings.some((one) => one.kind === 'not-transactional' && one.dataset === 'transient'));
    assert.ok(!plan.findings.some((one) => one.kind.startsWith('unlisted')), JSON.stringify(plan.findings));
    assert.equal(plan.lines.find((line) => line.dataset === 'calls')?.due, 4);
    assert.equal(plan.lines.find((line) => line.dataset === 'recordings')?.due, 2);
    const text = JSON.stringify(plan);
    for (const secret of ['0610000001', '0612345678', '1700000001']) assert.ok(!text.includes(secret));
  });

  it('a call recording on its 91st day is gone with its row, its events and its copies; a held caller stays whole', async () => {
    await placeHold(
      world,
      { name: 'A' },
      {
        matter: 'm',
        kind: 'criminal',
        reason: 'r',
        legalBasis: 'b',
        prospective: true,
        scope: [{ is: 'subject', kind: 'phone', value: '+31 6 12345678', datasets: [] }],
      },
    );
    const plan = await makePlan(world, world.clock());
    const ages = await agesAgree(world, plan);
    assert.deepEqual(ages.get('exchange/calls'), { items: 0, held: 2, due: 2, kept: 0, along: 0 });
    // Two go with their calls; one has no call any more; of the held caller three stay, one of them without a call.
    assert.deepEqual(ages.get('exchange/recordings'), { items: 0, held: 3, due: 1, kept: 0, along: 2 });
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    assert.equal(report.state, 'complete', JSON.stringify(report));
    const calls = report.lines.find((line) => line.dataset === 'calls');
    assert.deepEqual([calls?.done, calls?.held, calls?.level], [2, 2, 'V2']);
    // Recordings whose call was still there when their turn came go with it: no statute keeps them.
    const files = report.lines.find((line) => line.dataset === 'recordings');
    assert.deepEqual([files?.done, files?.along, files?.retained, files?.planned], [1, 2, 0, 1]);

    assert.equal(await count('cdr', `uniqueid = '1700000001.1'`), 0);
    for (const table of ['transient_cdr', 'replicate_cdr', 'cel'])
      assert.equal(await count(table, `uniqueid = '1700000001.1'`), 0, table);
    assert.equal(await count('queue_log', `callid = '1700000001.1'`), 0);
    assert.ok(!existsSync(join(root, file('2026-08-25', '0610000001', '1700000001.1'))));
    assert.ok(existsSync(join(root, file('2026-08-27', '0610000001', '1700000002.2'))));

    for (const [id, date, caller] of [
      ['1700000003.3', '2026-06-01', '0612345678'],
      ['1700000004.4', '2026-06-02', '+31612345678'],
    ] as const) {
      assert.equal(await count('cdr', `uniqueid = '${id}'`), 1);
      assert.equal(await count('cel', `uniqueid = '${id}'`), 2);
      assert.ok(existsSync(join(root, file(date, caller, id))), 'a held recording is still there');
    }
    // Events that a younger leg shares stay until that leg goes.
    assert.equal(await count('cdr', `uniqueid = '1700000005.5'`), 0);
    assert.equal(await count('cel', `linkedid = 'shared'`), 4);
    // A recording without a row goes by the date in its name; of the held caller it stays.
    assert.ok(!existsSync(join(root, file('2026-05-05', '0610000007', '1690000000.9'))));
    assert.ok(existsSync(join(root, file('2026-05-06', '0612345678', '1690000001.9'))));
    await measure(world);
    assert.equal((await judgeAll(world)).find((one) => one.id === 'P08')?.state, 'kept');
  });

  it('a recording that cannot be deleted keeps its row, and the run is not called complete', async () => {
    await call('1700000010.1', '2026-01-02', '0610000002');
    const path = join(root, file('2026-01-02', '0610000002', '1700000010.1'));
    rmSync(path);
    mkdirSync(join(dirname(root), 'elsewhere'), { recursive: true });
    writeFileSync(join(dirname(root), 'elsewhere/real.wav'), 'x');
    symlinkSync(join(dirname(root), 'elsewhere/real.wav'), path);
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    assert.equal(report.state, 'partial');
    assert.equal(await count('cdr', `uniqueid = '1700000010.1'`), 1);
    assert.ok(existsSync(join(dirname(root), 'elsewhere/real.wav')));
    rmSync(path);
    const again = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, again.plan);
    assert.equal((await carry(world, again.plan)).state, 'complete');
    assert.equal(await count('cdr', `uniqueid = '1700000010.1'`), 0);
  });

  it('a picture of ages shows a recording as held when only its call is', async () => {
    await call('1700000020.1', '2026-02-02', '0610000003');
    await call('1700000021.1', '2026-02-02', '0610000004');
    const before = (await agesAgree(world, await makePlan(world, world.clock()))).get('exchange/recordings');
    await placeHold(
      world,
      { name: 'A' },
      {
        matter: 'one call',
        kind: 'dispute',
        reason: 'r',
        legalBasis: 'b',
        prospective: false,
        scope: [{ is: 'items', dataset: 'exchange/calls', keys: [['1700000020.1', 0]] }],
      },
    );
    const after = (await agesAgree(world, await makePlan(world, world.clock()))).get('exchange/recordings');
    assert.ok(before && after);
    assert.deepEqual([before.along, before.due], [2, 0]);
    assert.deepEqual(after, { ...before, along: 1, held: before.held + 1 });
  });

  it('a column that appeared with an update of the product is a finding', async () => {
    await host.query('alter table cdr add column caller_birthdate date; create table ai_transcripts (id int)');
    const plan = await makePlan(world, world.clock());
    assert.ok(plan.findings.some((one) => one.kind === 'unlisted-field' && one.detail.includes('caller_birthdate')));
    assert.ok(plan.findings.some((one) => one.kind === 'unlisted-dataset' && one.detail.includes('ai_transcripts')));
  });
});
