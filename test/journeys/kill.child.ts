/**
 * Carries one plan out and dies (SIGKILL) at the n-th side effect, counted around every call that changes something: the
 * guard, the journal's "prepared", the host's commit, the receipt. Arguments: home, database URL, plan, n. Or, for n, the name of
 * a dataset: then when all of its first batch is done and nothing of it is final; or, with ":final" behind it, when that has become
 * final and nobody wrote it down.
 */
import { readConfig } from '../../src/app/config.ts';
import { openWorld, theKinds } from '../../src/app/world.ts';
import { instant } from '../../src/base/time.ts';
import { openDatabase } from '../../src/database/index.ts';
import type { Connector, DeedOptions } from '../../src/connectors/kit/index.ts';
import { startRun, work } from '../../src/promises/retention/run.ts';

const [home = '', url = '', plan = '', at = '0'] = process.argv.slice(2);
const deadly = Number(at);
let seen = 0;

function effect(): void {
  seen += 1;
  if (seen === deadly) process.kill(process.pid, 'SIGKILL');
}

const small = (dataset: string, options: DeedOptions): DeedOptions => ({
  ...options,
  limit: 4,
  guard: async () => {
    effect();
    const guard = await options.guard();
    effect();
    return guard;
  },
  prepared: async (batch) => {
    effect();
    if (dataset === at && batch.counts.done > 0) process.kill(process.pid, 'SIGKILL');
    await options.prepared(batch);
    effect();
  },
});

function dying(connector: Connector): Connector {
  return {
    ...connector,
    sweep: async (dataset, where, clock, options) => {
      const batch = await connector.sweep(dataset, where, clock, small(dataset.id, options));
      if (at === `${dataset.id}:final` && batch.counts.done > 0) process.kill(process.pid, 'SIGKILL');
      effect();
      return batch;
    },
    erase: async (dataset, keys, options) => {
      effect();
      const batch = await connector.erase(dataset, keys, options);
      effect();
      return batch;
    },
    verify: async (dataset, where) => {
      effect();
      return connector.verify(dataset, where);
    },
  };
}

const own = openDatabase({ url });
const clock = () => instant('2026-11-24T10:00:00Z');
const kinds = Object.fromEntries(
  Object.entries(theKinds(own.db, clock)).map(([name, kind]) => [
    name,
    {
      ...kind,
      open: async (settings: never, context: Parameters<typeof kind.open>[1]) =>
        dying(await kind.open(settings, context)),
    },
  ]),
);
const world = await openWorld({
  config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: url }, false),
  clock,
  kinds,
  store: { db: own.db, url, urlOf: () => url, close: own.close },
});
effect();
const { steps } = await startRun(world, plan);
effect();
for (const step of steps) {
  await work(world, step.id, true);
  effect();
}
await world.flush();
process.stdout.write(`${seen}`);
await world.close();
