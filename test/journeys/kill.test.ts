import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { verifyLog } from '../../src/ledger/verify/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { reportRun } from '../../src/promises/retention/run.ts';
import { runOfPlan } from '../../src/promises/retention/store.ts';
import { planned, roomOf } from '../worlds/carry.ts';
import { ground, type Ground } from '../worlds/fusionpbx.ts';

const child = new URL('kill.child.ts', import.meta.url).pathname;
const soak = process.env['GESTAND_SOAK'] !== undefined;

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
  return planned(world);
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
      for (const { done, taken, reserved } of await roomOf(world, report.run))
        assert.deepEqual([taken, reserved], [done, 0], `killed at ${point}: the room of the plan is what was done`);
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
    assert.ok(carry(place, plan, 'calls:final').killed);
    assert.equal((await place.survivors()).rows.length, 12);
    const world = await place.home.open();
    const { numAffectedRows } = await sql`delete from retention.pending`.execute(world.db);
    assert.equal(numAffectedRows, 1n);
    carry(place, plan, 0);
    const report = await reportRun(world, (await runOfPlan(world.db, plan)) ?? '');
    assert.ok(
      report?.lines.some((line) => line.done + line.absent !== line.planned),
      'the control must fail to add up',
    );
    await place.close();
  });
});
