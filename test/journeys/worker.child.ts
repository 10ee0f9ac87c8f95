/** A worker whose batches are small and slow, so that it can be watched and killed. Arguments: home, database URL. */
import { readConfig } from '../../src/app/config.ts';
import { openWorld, theKinds } from '../../src/app/world.ts';
import { startWorker } from '../../src/app/worker.ts';
import { systemClock } from '../../src/base/time.ts';
import { openDatabase } from '../../src/database/index.ts';

const [home = '', url = ''] = process.argv.slice(2);
const own = openDatabase({ url });
const kinds = Object.fromEntries(
  Object.entries(theKinds(own.db, systemClock)).map(([name, kind]) => [
    name,
    {
      ...kind,
      open: async (settings: never, context: Parameters<typeof kind.open>[1]) => {
        const connector = await kind.open(settings, context);
        return {
          ...connector,
          sweep: async (...[dataset, where, clock, options]: Parameters<typeof connector.sweep>) => {
            await new Promise((done) => setTimeout(done, 40));
            return connector.sweep(dataset, where, clock, { ...options, limit: 400 });
          },
        };
      },
    },
  ]),
);
const world = await openWorld({
  config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: url }, false),
  kinds,
  store: { db: own.db, url, urlOf: () => url, close: own.close },
});
await startWorker(world, { schedule: false, systems: ['access'] });
process.stdout.write('ready\n');
