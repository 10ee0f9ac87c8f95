/**
 * A server that dies (SIGKILL) at the n-th transaction of a write, before or after it: what a machine does that loses its power.
 * With 0 it lives, and takes its time over the first. Arguments: home, database URL, the time, n, "before" or "after".
 */
import { openAccess } from '../../src/app/access.ts';
import { readConfig } from '../../src/app/config.ts';
import { seatOfHome } from '../../src/app/site/open.ts';
import type { Seat } from '../../src/app/site/seat.ts';
import { listen, makeSite } from '../../src/app/site/site.ts';
import { openWorld } from '../../src/app/world.ts';
import { instant } from '../../src/base/time.ts';
import { openDatabase, type Database } from '../../src/database/index.ts';

const [home = '', url = '', now = '', at = '0', when = 'before'] = process.argv.slice(2);
const deadly = Number(at);
let armed = false;
let seen = 0;

const own = openDatabase({ url });
const config = readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: url }, false);
const world = await openWorld({
  config,
  clock: () => instant(now),
  store: { db: own.db, url, urlOf: () => url, close: own.close },
});
const db = new Proxy(world.db, {
  get: (real, key) => {
    if (key !== 'transaction') {
      const value: unknown = Reflect.get(real, key, real);
      return typeof value === 'function' ? (value.bind(real) as unknown) : value;
    }
    return () => ({
      execute: async (work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) => {
        if (armed) seen += 1;
        if (armed && deadly === 0 && seen === 1) await new Promise((done) => setTimeout(done, 7_000));
        if (armed && seen === deadly && when === 'before') process.kill(process.pid, 'SIGKILL');
        const done = await real.transaction().execute(work);
        if (armed && seen === deadly && when === 'after') process.kill(process.pid, 'SIGKILL');
        return done;
      },
    });
  },
});
const seat: Seat = seatOfHome({ ...world, db }, openAccess(world, config), null, () => Promise.resolve(seat));
const site = makeSite({ seatOf: () => seat, https: false, proxies: [], lease: 3, log: () => undefined });
const server = await listen((request, env) => site.fetch(request, env as never), { port: 0, hostname: '127.0.0.1' });
armed = true;
process.stdout.write(`${server.url}\n`);
process.stdin.on('end', () => void server.close().then(() => process.exit(0))).resume();
