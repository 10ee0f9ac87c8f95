/**
 * A batch works under a lock that keeps holds waiting, on a session of our store. When that session ends under it (the store is
 * restarted, an administrator ends it), the batch stops where it is, and a hold that comes right then wins for what is left.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Connector, DeedOptions } from '../../src/connectors/kit/index.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { openedWith, planned } from '../worlds/carry.ts';
import { ground } from '../worlds/fusionpbx.ts';

/** Runs the camera files, of which six are due; the batch's session ends when it is prepared, and a hold on the camera comes at once. */
async function without(seeing: (options: DeedOptions) => DeedOptions) {
  const place = await ground();
  const films = async (): Promise<number> =>
    (await place.survivors()).files.filter((name) => name.endsWith('.mp4')).length;
  let placed: Promise<unknown> = Promise.resolve();
  const ended = (connector: Connector): Connector => ({
    ...connector,
    sweep: (dataset, where, clock, options) => {
      if (dataset.id !== 'video') return connector.sweep(dataset, where, clock, options);
      const prepared: DeedOptions['prepared'] = async (batch) => {
        await options.prepared(batch);
        const { rows } = await sql`
          select pg_terminate_backend(pid) from pg_locks
           where locktype = 'advisory' and classid = ${0x6765_7374}::oid and objid = 0 and granted`.execute(world.db);
        assert.equal(rows.length, 1);
        placed = placeHold(
          world,
          { name: 'A' },
          {
            matter: 'm',
            kind: 'dispute',
            reason: 'r',
            legalBasis: 'b',
            prospective: true,
            scope: [{ is: 'place', place: 'door', from: null, to: null, datasets: [] }],
          },
        );
        if (options.lost?.aborted === false) await once(options.lost, 'abort');
        await placed;
      };
      return connector.sweep(dataset, where, clock, seeing({ ...options, prepared }));
    },
  });
  const { world, close } = await openedWith(place.home, ended);
  const { run, steps } = await startRun(world, await planned(world));
  for (const step of steps.filter(({ system }) => system === 'cameras')) await work(world, step.id, false);
  await placed;
  const left = await films();
  // And once more, with nothing in its way: what is held by now stays.
  const calm = await place.home.open();
  for (const step of steps.filter(({ system }) => system === 'cameras')) await work(calm, step.id, true);
  const line = (await reportRun(calm, run))?.lines.find((one) => one.dataset === 'video');
  const after = await films();
  await close();
  await place.close();
  return { left, after, done: line?.done, held: line?.held };
}

describe('a batch whose session in the store ends under it', () => {
  it('takes nothing more, and a hold that came meanwhile wins', async () => {
    assert.deepEqual(await without((options) => options), { left: 10, after: 10, done: 0, held: 6 });
  });

  it('would take what is held by then if it did not hear of it: the control', async () => {
    const deaf = await without((options) => ({ ...options, lost: new AbortController().signal }));
    assert.deepEqual([deaf.left, deaf.after], [4, 4]);
  });
});
