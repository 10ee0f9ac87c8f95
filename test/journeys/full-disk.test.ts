import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { keepHolds, listHolds, placeHold } from '../../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { startRun } from '../../src/promises/retention/run.ts';
import { verifyLog } from '../../src/ledger/verify/index.ts';
import { carry } from '../worlds/carry.ts';
import { prospects } from '../worlds/crm.ts';
import { testHome } from '../worlds/home.ts';

/** A disk of one megabyte; null where this account may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', folder]).status === 0;
  if (!mounted) rmSync(folder, { recursive: true });
  return mounted ? folder : null;
}

function release(disk: string): void {
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
}

const probe = smallDisk();
if (probe !== null) release(probe);

/** Writes until nothing more fits; the answer makes room again. */
function fill(disk: string): () => void {
  const file = join(disk, 'ballast');
  for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
      } catch (cause) {
        assert.equal((cause as NodeJS.ErrnoException).code, 'ENOSPC');
        break;
      }
    }
  }
  return () => rmSync(file);
}

describe('a full disk', { skip: probe === null && 'this account may not mount a small disk' }, () => {
  let disk: string;
  before(() => {
    disk = smallDisk() ?? '';
  });
  after(() => release(disk));

  it('under the published log: nothing is deleted, since its intent cannot be shown; with room it goes on', async () => {
    const host = await prospects();
    const home = await testHome({ estate: host.estate });
    const mirror = join(home.home, 'ledger');
    rmSync(mirror, { recursive: true });
    symlinkSync(disk, mirror);
    try {
      await host.add([
        { id: 1, email: 'a@example.nl', last: '2020-01-01' },
        { id: 2, email: 'b@example.nl', last: '2026-11-01' },
      ]);
      const world = await home.open();
      const plan = await makePlan(world, world.clock());
      await approvePlan(world, { name: 'A' }, plan.plan);
      await world.flush();
      const room = fill(disk);
      await assert.rejects(startRun(world, plan.plan), /ENOSPC|no space|full/i);
      assert.deepEqual(await host.ids(), [1, 2]);
      room();
      const report = await carry(world, plan.plan);
      await world.flush();
      assert.equal(report.state, 'complete');
      assert.deepEqual(await host.ids(), [2]);
      const log = await verifyLog(mirror, { key: world.ledger.vkey });
      assert.ok(log.ok, log.problem);
    } finally {
      await home.close();
      await host.close();
    }
  });

  it('under the copies of held items: the hold is in error and no half copy counts as one; with room it is safe', async () => {
    const root = mkdtempSync(join(tmpdir(), 'gestand-held-'));
    mkdirSync(join(root, 'door'));
    writeFileSync(join(root, 'door/1-20261101120000.mp4'), Buffer.alloc(200_000, 7));
    const home = await testHome({
      profiles: {
        'nvr.yaml': `id: nvr
version: 1
product: A recorder that deletes by itself
title: { nl: a, en: a }
sources: { video: { connector: files } }
datasets:
  - id: video
    title: { nl: a, en: a }
    source: video
    tree: ["{camera}/{event}-{yyyy}{MM}{dd}{HH}{mm}{ss}.{ext:mp4}"]
    data: video
    fields: { path: video, camera: non-personal }
    clocks: { recorded: { readings: [{ groups: [yyyy, MM, dd, HH, mm, ss] }], zone: UTC } }
    places: [camera]
    selfDeleting: true
`,
      },
      estate: `gestand: 1
systems:
  - { id: cameras, title: { nl: a, en: a }, profile: nvr, role: controller, location: { country: NL, place: Haps }, sources: { video: { connector: files, root: ${root} } } }
`,
    });
    try {
      rmSync(join(home.home, 'preserved'), { recursive: true });
      symlinkSync(disk, join(home.home, 'preserved'));
      const world = await home.open();
      const room = fill(disk);
      const placed = await placeHold(
        world,
        { name: 'A' },
        {
          matter: 'm',
          kind: 'criminal',
          reason: 'r',
          legalBasis: 'b',
          prospective: true,
          scope: [{ is: 'place', place: 'door', datasets: [], from: null, to: null }],
        },
      );
      assert.equal(placed.hold.state, 'error');
      assert.equal(placed.achieved[0]?.preserved, 0);
      room();
      await keepHolds(world);
      const [kept] = await listHolds(world);
      assert.deepEqual([kept?.hold.state, kept?.achieved[0]?.preserved], ['active', 1]);
      const folder = join(disk, placed.hold.id);
      assert.deepEqual(
        readdirSync(folder).map((name) => [name.includes('.'), statSync(join(folder, name)).size]),
        [[false, 200_000]],
      );
    } finally {
      await home.close();
      rmSync(root, { recursive: true, force: true });
    }
  });
});
