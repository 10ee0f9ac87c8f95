/** A disk that is not mounted leaves an empty folder behind: what stands on it is not gone, and nothing is proven by what is not seen. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { judgeAll, measure } from '../../src/promises/proof/service.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import type { World } from '../../src/promises/world.ts';
import { carry, planned } from '../worlds/carry.ts';
import { ground, type Ground } from '../worlds/fusionpbx.ts';

/** The exchange's recordings were seen; then their disk goes, and comes back when `work` is done. */
async function without<T>(place: Ground, world: World, work: () => Promise<T>): Promise<T> {
  await measure(world);
  renameSync(place.media, `${place.media}.disk`);
  mkdirSync(place.media);
  try {
    return await work();
  } finally {
    if (existsSync(`${place.media}.disk`)) {
      rmSync(place.media, { recursive: true }); // our quarantine may stand in it
      renameSync(`${place.media}.disk`, place.media);
    }
  }
}

const stateOf = async (world: World, id: string): Promise<string | undefined> =>
  (await judgeAll(world)).find((one) => one.id === id)?.state;

describe('recordings whose disk is not mounted', () => {
  it('keep their calls, and the run says that they were not seen', async () => {
    const place = await ground();
    const world = await place.home.open();
    const report = await without(place, world, async () => carry(world, await planned(world)));
    const calls = report.lines.find((line) => line.dataset === 'calls');
    assert.deepEqual([report.state === 'complete', calls?.done, calls?.failed], [false, 0, 12]);
    const { rows, files } = await place.survivors();
    assert.deepEqual([rows.length, files.filter((name) => name.endsWith('.wav')).length], [16, 16]);
    // With the disk back they go, all of them.
    const again = await carry(world, await planned(world));
    assert.deepEqual([again.state, again.lines.find((line) => line.dataset === 'calls')?.done], ['complete', 12]);
    await place.close();
  });

  it('are a finding of the plan and of the probe, and prove nothing', async () => {
    const place = await ground();
    const world = await place.home.open();
    assert.equal((await carry(world, await planned(world))).state, 'complete');
    await measure(world);
    assert.equal(await stateOf(world, 'P08'), 'kept');
    await without(place, world, async () => {
      const { findings } = await makePlan(world, world.clock());
      assert.ok(findings.some(({ kind, system }) => kind === 'unreachable' && system === 'exchange'));
      const probe = await world.systems.probe('exchange');
      assert.equal(probe.reachable, false);
      assert.match(JSON.stringify(probe.findings), /is its disk mounted/);
      await measure(world);
      assert.notEqual(await stateOf(world, 'P08'), 'kept');
    });
    await measure(world);
    assert.equal(await stateOf(world, 'P08'), 'kept');
    await place.close();
  });

  it('would be lost sight of by a program that remembers nothing: the control', async () => {
    const place = await ground();
    const world = await place.home.open();
    const report = await without(place, world, async () => {
      await sql`delete from proof.known`.execute(world.db);
      const fresh = await place.home.open();
      return carry(fresh, await planned(fresh));
    });
    assert.equal(report.lines.find((line) => line.dataset === 'calls')?.done, 12);
    const { rows, files } = await place.survivors();
    assert.deepEqual([rows.length, files.filter((name) => name.endsWith('.wav')).length], [4, 16]);
    await place.close();
  });

  it('may be an empty tree from the beginning, or one from which all has gone', async () => {
    const place = await ground();
    const world = await place.home.open();
    const reachable = async (): Promise<boolean> => (await world.systems.probe('exchange')).reachable;
    assert.equal(await reachable(), true);
    for (const name of readdirSync(place.media)) rmSync(join(place.media, name), { recursive: true });
    assert.equal(await reachable(), true);
    await sql`delete from proof.known`.execute(world.db);
    const fresh = await place.home.open();
    renameSync(place.media, `${place.media}.aside`);
    mkdirSync(place.media);
    assert.equal((await fresh.systems.probe('exchange')).reachable, true);
    await place.close();
  });
});
