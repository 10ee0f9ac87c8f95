/**
 * A run always ends: also when its last look does not come to an answer, when its system is no longer in the estate, and when another
 * run accounts for its batch at the moment it is given up.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { places } from '../../src/app/home.ts';
import { goOn } from '../../src/app/worker.ts';
import { ConnectorFault, type Connector } from '../../src/connectors/kit/index.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { settleLeft } from '../../src/promises/retention/turn.ts';
import type { World } from '../../src/promises/world.ts';
import { openedWith, planned, roomOf } from '../worlds/carry.ts';
import { prospects } from '../worlds/crm.ts';
import { referencePolicy, testHome } from '../worlds/home.ts';

const away = (): Promise<never> =>
  Promise.reject(new ConnectorFault('unreachable', 'the source does not answer', { retry: true }));
const noReading = (connector: Connector): Connector => ({ ...connector, inventory: away, verify: away });
const otherwise = referencePolicy.replace(/(id: prospects-one-year[\s\S]*?keep: )P1Y/, '$1P11M');
const without = 'gestand: 1\nsystems: []\n';

async function ground() {
  const host = await prospects();
  const home = await testHome({ estate: host.estate });
  await host.add([1, 2, 3].map((id) => ({ id, email: `p${id}@example.nl`, last: '2020-01-01' })));
  const close = async (): Promise<void> => {
    await home.close();
    await host.close();
  };
  return { host, home, close };
}

async function stateOf(world: World, run: string) {
  const report = await reportRun(world, run);
  const [line] = report?.lines ?? [];
  return { state: report?.state, stopped: line?.stopped, done: line?.done, unseen: line?.unseen };
}

describe('a run of which the last look does not come to an answer', () => {
  it('ends once the source answers again, though its step had stopped', async () => {
    const { home, close } = await ground();
    const first = await home.open();
    const { run, steps } = await startRun(first, await planned(first));
    writeFileSync(places(home.home).policy, otherwise);
    const blind = await openedWith(home, noReading);
    for (const step of steps) assert.equal(await work(blind.world, step.id, false), 'again');
    assert.equal((await stateOf(blind.world, run)).state, 'running');
    await blind.close();
    const world = await home.open();
    for (const step of steps) assert.equal(await work(world, step.id, false), 'finished');
    assert.deepEqual(await stateOf(world, run), { state: 'stopped', stopped: 'policy-changed', done: 0, unseen: 0 });
    await close();
  });

  it('ends at the last try, and not as complete', async () => {
    const { home, close } = await ground();
    const blind = await openedWith(home, noReading);
    const { run, steps } = await startRun(blind.world, await planned(await home.open()));
    for (const step of steps) {
      assert.equal(await work(blind.world, step.id, false), 'again');
      assert.equal(await work(blind.world, step.id, true), 'finished');
    }
    assert.deepEqual(await stateOf(blind.world, run), { state: 'stopped', stopped: 'unreachable', done: 3, unseen: 0 });
    await blind.close();
    await close();
  });
});

describe('a run whose system is no longer in the estate', () => {
  it('ends, though no worker serves that system any more', async () => {
    const { home, close } = await ground();
    const first = await home.open();
    const { run } = await startRun(first, await planned(first));
    writeFileSync(places(home.home).estate, without);
    const world = await home.open();
    const queued: string[] = [];
    await goOn(world, {
      enqueue: (queue) => {
        queued.push(queue);
        return Promise.resolve();
      },
    });
    assert.deepEqual(
      [await stateOf(world, run), queued],
      [{ state: 'stopped', stopped: 'policy-changed', done: 0, unseen: 0 }, []],
    );
    await close();
  });
});

describe('a batch of a run that is given up', () => {
  it('is counted once, when another run comes to it at that moment', async () => {
    const { home, close } = await ground();
    const final = Promise.withResolvers<undefined>();
    // The connection is lost when the deed is final, and the source takes its time to tell what became of it.
    const broken = await openedWith(home, (connector) => ({
      ...connector,
      sweep: async (dataset, where, clock, options) => {
        await connector.sweep(dataset, where, clock, options);
        final.resolve(undefined);
        return away();
      },
      gone: async (dataset, trace, items) => {
        await new Promise((done) => setTimeout(done, 1500));
        return connector.gone(dataset, trace, items);
      },
    }));
    const world = await home.open();
    const plans = [await planned(world), await planned(world)] as const;
    const one = await startRun(world, plans[0]);
    const two = await startRun(world, plans[1]);
    const given = one.steps.map((step) => work(broken.world, step.id, true));
    await final.promise;
    await Promise.all([...given, ...two.steps.map((step) => work(world, step.id, true))]);
    const [room] = await roomOf(world, one.run);
    await world.flush();
    const { rows } = await sql<{ n: string }>`
      select convert_from(entry, 'UTF8')::jsonb ->> 'n' as n from ledger.entry
       where convert_from(entry, 'UTF8')::jsonb ->> 't' = 'batch.receipt'`.execute(world.db);
    assert.deepEqual([rows, room?.done, room?.taken], [[{ n: '3' }], 3, 3]);
    await broken.close();
    await close();
  });
});

describe('what was left of a batch and cannot be read', () => {
  it('does not keep the others from being accounted for, nor the round of that hour from going on', async () => {
    const { home, close } = await ground();
    const broken = await openedWith(home, (connector) => ({
      ...connector,
      sweep: async (dataset, where, clock, options) => {
        await connector.sweep(dataset, where, clock, options);
        return away();
      },
      gone: away,
    }));
    const { run, steps } = await startRun(broken.world, await planned(broken.world));
    for (const step of steps) await work(broken.world, step.id, true);
    assert.deepEqual(await stateOf(broken.world, run), {
      state: 'stopped',
      stopped: 'unreachable',
      done: 0,
      unseen: 3,
    });
    await sql`update retention.pending set trace = 'of another key'`.execute(broken.world.db);
    const world = await home.open();
    await settleLeft(world);
    assert.equal((await stateOf(world, run)).unseen, 3);
    await broken.close();
    await close();
  });
});
