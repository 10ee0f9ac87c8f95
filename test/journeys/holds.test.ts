import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { program } from '../../src/app/home.ts';
import type { GivenScope as Scope } from '../../src/promises/holds/model.ts';
import { keepHolds, listHolds, placeHold, releaseHold, tendHolds } from '../../src/promises/holds/service.ts';
import { grantRelease } from '../../src/promises/holds/store.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import type { World } from '../../src/promises/world.ts';
import { carry } from '../worlds/carry.ts';
import { testHome, type TestHome } from '../worlds/home.ts';

/** A Frigate, which deletes by itself and can lock its events; and a file tree beside it. */
describe('holds on a camera recorder that deletes by itself', () => {
  let base: string;
  let recorder: DatabaseSync;
  let home: TestHome;
  let world: World;

  const segment = (camera: string, second: string): string => {
    const file = join(base, 'media', `recordings/2026-11-01/10/${camera}/05.${second}.mp4`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `film of ${camera} ${second}`);
    return file;
  };
  const hold = (scope: Scope, prospective = true, name = 'A') =>
    placeHold(world, { name }, { matter: 'm', kind: 'criminal', reason: 'r', legalBasis: 'b', prospective, scope });
  const camera = (place: string, more: object = {}): Scope => [
    { is: 'place', place, datasets: [], from: null, to: null, ...more },
  ];
  const release = async (id: string): Promise<void> => {
    await releaseHold(world, { name: 'A' }, id, 'settled');
    await releaseHold(world, { name: 'B' }, id, '');
  };
  const locked = (): unknown[] =>
    recorder
      .prepare('select id from event where retain_indefinitely = 1 order by id')
      .all()
      .map((row) => row['id']);
  const copies = (id: string): string[] => {
    const folder = join(home.home, 'preserved', id);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((text) => text.startsWith('film'))
      .toSorted();
  };

  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'gestand-nvr-'));
    recorder = new DatabaseSync(join(base, 'frigate.db'));
    recorder.exec(readFileSync(join(program, 'profiles/fixtures/frigate/schema.sqlite.sql'), 'utf8'));
    recorder.exec(`insert into event (id, label, camera, start_time, end_time, retain_indefinitely) values
      ('e1', 'person', 'door', 1790000000, 1790000010, 0), ('e2', 'person', 'gate', 1790000000, 1790000010, 0)`);
    segment('door', '01');
    segment('gate', '01');
    home = await testHome({
      estate: `gestand: 1
systems:
  - id: cameras
    title: { nl: a, en: a }
    profile: frigate
    role: controller
    location: { country: NL, place: Haps }
    sources:
      index: { connector: sql, dialect: sqlite, read: { literal: ${join(base, 'frigate.db')} }, erase: { literal: ${join(base, 'frigate.db')} } }
      media: { connector: files, root: ${join(base, 'media')}, hostRoot: /media/frigate }
`,
    });
    world = await home.open();
  });
  afterEach(async () => {
    await home.close();
    recorder.close();
    rmSync(base, { recursive: true, force: true });
  });

  it('lock at the host what it can lock, copy what it cannot, and let go of both when the last hold ends', async () => {
    const first = await hold(camera('door'));
    const second = await hold(camera('door'));
    const modes = Object.fromEntries(first.achieved.map((one) => [one.dataset, one]));
    assert.deepEqual([modes['events']?.native, modes['segments']?.preserved], [1, 1]);
    assert.deepEqual([first.hold.state, locked(), copies(first.hold.id)], ['active', ['e1'], ['film of door 01']]);
    await release(first.hold.id);
    home.setNow('2026-12-20T10:00:00Z');
    assert.deepEqual((await tendHolds(world)).released, [first.hold.id]);
    assert.deepEqual(locked(), ['e1'], 'the other hold still keeps it');
    assert.deepEqual(copies(first.hold.id), [], 'what nothing keeps any more is not kept as a copy either');
    assert.deepEqual(copies(second.hold.id), ['film of door 01']);
    await release(second.hold.id);
    home.setNow('2027-01-20T10:00:00Z');
    await tendHolds(world);
    assert.deepEqual([locked(), copies(second.hold.id)], [[], []]);
  });

  it('keep the film of a recording that is held by its row alone', async () => {
    for (const id of ['r1', 'r2']) {
      const path = `recordings/2026-06-01/10/door/05.0${id.slice(1)}.mp4`;
      mkdirSync(dirname(join(base, 'media', path)), { recursive: true });
      writeFileSync(join(base, 'media', path), `film ${id}`);
      recorder.exec(
        `insert into recordings (id, camera, path, end_time) values ('${id}', 'door', '/media/frigate/${path}', ${Date.parse('2026-06-01T10:05:10Z') / 1000})`,
      );
    }
    const placed = await hold([{ is: 'items', dataset: 'cameras/recordings', keys: [['r1']] }]);
    assert.deepEqual(
      copies(placed.hold.id),
      ['film r1'],
      'the recorder deletes by itself: the film is copied, not only its row',
    );
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    const left = recorder
      .prepare('select id from recordings')
      .all()
      .map((row) => row['id']);
    assert.deepEqual([report.state, left], ['complete', ['r1']]);
    assert.deepEqual(readdirSync(join(base, 'media/recordings/2026-06-01/10/door')), ['05.01.mp4']);
  });

  it('take the film and the picture of an export along with its row, and keep them with a held one', async () => {
    const media = (path: string): string => join(base, 'media', path);
    for (const id of ['x1', 'x2']) {
      for (const path of [`exports/${id}.mp4`, `clips/export/${id}.webp`]) {
        mkdirSync(dirname(media(path)), { recursive: true });
        writeFileSync(media(path), `film ${id}`);
      }
      recorder.exec(
        `insert into export (id, camera, date, video_path, thumb_path) values ('${id}', 'door', ${Date.parse('2026-06-01T10:05:10Z') / 1000}, '/media/frigate/exports/${id}.mp4', '/media/frigate/clips/export/${id}.webp')`,
      );
    }
    recorder.exec(
      `insert into event (id, label, camera, start_time, end_time, retain_indefinitely) values ('e9', 'person', 'door', 1780300000, 1780300010, 0)`,
    );
    await hold([{ is: 'items', dataset: 'cameras/exports', keys: [['x2']] }]);
    const plan = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    assert.equal(report.state, 'complete');
    assert.deepEqual(readdirSync(media('exports')), ['x2.mp4']);
    // A snapshot of the event stands where the profile does not reach: no run says that every copy of it is gone.
    const levels = new Map(report.lines.map(({ dataset, level }) => [dataset, level]));
    assert.deepEqual([levels.get('exports'), levels.get('events')], ['V2', 'V1']);
    assert.deepEqual(readdirSync(media('clips/export')), ['x2.webp']);
  });

  it('copy what comes later too, and keep the copy of what the host deleted', async () => {
    const { hold: placed } = await hold(camera('door'));
    const first = join(base, 'media/recordings/2026-11-01/10/door/05.01.mp4');
    rmSync(first);
    segment('door', '02');
    await keepHolds(world);
    assert.deepEqual(copies(placed.id), ['film of door 01', 'film of door 02']);
    const [listed] = await listHolds(world);
    assert.equal(listed?.achieved.find((one) => one.dataset === 'segments')?.preserved, 2);
  });

  it('that could not be kept at the host are in error, protect all the same, and are kept when it is back', async () => {
    rmSync(join(base, 'media'), { recursive: true });
    const placed = await hold(camera('door'));
    assert.equal(placed.hold.state, 'error');
    assert.equal(placed.achieved.find((one) => one.dataset === 'segments')?.risk, 'unreachable');
    segment('door', '03');
    await keepHolds(world);
    assert.deepEqual(copies(placed.hold.id), ['film of door 03']);
    assert.equal((await listHolds(world))[0]?.hold.state, 'active');
  });

  it('that would protect nothing, or less than they say, are refused', async () => {
    const refused: [Scope, RegExp][] = [
      [[], /scope is not right/],
      [camera('door', { from: '2026-11-02T00:00:00Z', to: '2026-11-02T00:00:00Z' }), /not before the end/],
      [camera('door', { datasets: ['cameras/evnts'] }), /no dataset "cameras\/evnts"/],
      [[...camera('door'), { is: 'items', dataset: 'cameras/none', keys: [['a']] }], /no dataset "cameras\/none"/],
      [
        [...camera('door'), { is: 'subject', kind: 'phone', value: '0612345678', datasets: [] }],
        /nothing would be held/,
      ],
      [[{ is: 'items', dataset: 'cameras/timeline', keys: [['e1']] }], /source_id\|timestamp/],
    ];
    for (const [scope, why] of refused) await assert.rejects(hold(scope), why);
    await assert.rejects(hold(camera('door', { from: '2027-01-01T00:00:00Z' }), false), /not before the end/);
    assert.deepEqual([await listHolds(world), locked()], [[], []]);
  });

  it('on days cover those days of the organisation whole, the first and the last hour too, also when the clock is put back', async () => {
    // 25 October 2026 has 25 hours in the Netherlands: 22:00Z the day before until 23:00Z.
    const moments = ['2026-10-24T21:59:00Z', '2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z', '2026-10-25T23:00:00Z'];
    for (const [i, at] of moments.entries())
      recorder.exec(
        `insert into event (id, label, camera, start_time, end_time, retain_indefinitely) values ('d${i}', 'person', 'yard', ${Date.parse(at) / 1000 - 5}, ${Date.parse(at) / 1000}, 0)`,
      );
    await hold(camera('yard', { from: '2026-10-25', to: '2026-10-25', datasets: ['cameras/events'] }));
    assert.deepEqual(locked(), ['d1', 'd2']);
  });

  it('are released for a reason, by two people, however the name is typed', async () => {
    const { hold: placed } = await hold(camera('door'));
    await assert.rejects(releaseHold(world, { name: 'A. de Beer' }, placed.id, ' '), /reason/);
    await releaseHold(world, { name: 'A. de Beer' }, placed.id, 'settled');
    for (const name of ['A. de Beer', ' a de  beer', 'A. DE BEER'])
      await assert.rejects(releaseHold(world, { name }, placed.id, ''), /cannot grant/);
    // The row itself lets nobody grant what they asked for, however two requests cross.
    const own = await world.db.transaction().execute((tx) => grantRelease(tx, placed.id, 'A. de Beer', world.clock()));
    assert.equal(own, false);
    assert.equal((await releaseHold(world, { name: 'C. Jansen' }, placed.id, '')).state, 'releasing');
    assert.equal((await listHolds(world))[0]?.hold.releaseReason, 'settled');
  });
});
