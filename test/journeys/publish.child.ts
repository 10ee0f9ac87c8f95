/**
 * Drafts or publishes and dies (SIGKILL) at the n-th side effect: after rendering, around each transaction, around each
 * signature. Arguments: home, database URL, the time, "draft" or a version to publish, n.
 */
import { readConfig } from '../../src/app/config.ts';
import { publicationOf } from '../../src/app/publication.ts';
import { openWorld } from '../../src/app/world.ts';
import { instant } from '../../src/base/time.ts';
import { openDatabase, type Database } from '../../src/database/index.ts';
import type { Publishing } from '../../src/promises/publication/versions/publishing.ts';
import { draft, publishOn } from '../../src/promises/publication/versions/service.ts';
import { plainRender } from '../worlds/statement.ts';

const [home = '', url = '', now = '', what = '', at = '0'] = process.argv.slice(2);
const deadly = Number(at);
let seen = 0;

async function around<T>(work: () => Promise<T>): Promise<T> {
  effect();
  const done = await work();
  effect();
  return done;
}

function effect(): void {
  seen += 1;
  if (seen === deadly) process.kill(process.pid, 'SIGKILL');
}

const own = openDatabase({ url });
const world = await openWorld({
  config: readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: url }, false),
  clock: () => instant(now),
  store: { db: own.db, url, urlOf: () => url, close: own.close },
});
const desk = publicationOf(world);
const dying: Publishing = {
  ...desk,
  render: (policy, marker) => around(() => plainRender(policy, marker)),
  lint: () => Promise.resolve({ findings: [] }),
  flush: () => around(desk.flush),
  db: new Proxy(desk.db, {
    get: (db, key) => {
      if (key !== 'transaction') {
        const own: unknown = Reflect.get(db, key, db);
        return typeof own === 'function' ? (own.bind(db) as unknown) : own;
      }
      return () => ({
        execute: (work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) =>
          around(() => db.transaction().execute(work)),
      });
    },
  }),
};
if (what === 'draft') await draft(dying, { name: 'Ann' });
else await publishOn(dying, { name: 'Bo' }, what);
await world.close();
