/** Opens one home or several and serves each under its own name. Nothing is shared between them but the program. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBoxes, type AccessWorld } from '../../access/index.ts';
import { limitsOf } from '../../http/limits.ts';
import { openAccess } from '../access.ts';
import type { Config } from '../config.ts';
import { startWorker, type Worker } from '../worker.ts';
import { openWorld, type Log, type OpenWorld } from '../world.ts';
import { openAssets } from './assets.ts';
import type { Seat } from './seat.ts';
import { shelfOf } from './shelf.ts';
import { listen, makeSite, type Server } from './site.ts';
import { tendSeat } from './tend.ts';

export interface OpenSite {
  readonly url: string;
  readonly seats: readonly Seat[];
  close(): Promise<void>;
}

interface OpenSeat {
  readonly seat: Seat;
  readonly worker: Worker;
  readonly stopTending: () => Promise<void>;
}

/** `homes` are the folders; the first is the one that loopback names serve. */
export async function openSite(config: Config, homes: readonly string[], log: Log): Promise<OpenSite> {
  const open: OpenSeat[] = [];
  try {
    for (const home of homes) open.push(await openSeat({ ...config, home, ...databaseOf(config, home) }, log));
    const seats = open.map((one) => one.seat);
    const server = await listen(
      makeSite({
        seatOf: seatOf(seats),
        https: seats.every((seat) => seat.origin.startsWith('https:')),
        proxies: config.proxies,
        log,
      }),
      { port: config.port, hostname: config.listen },
    );
    return { url: urlOf(seats, server), seats, close: () => closeAll(server, open) };
  } catch (cause) {
    await closeAll(null, open);
    throw cause;
  }
}

async function openSeat(config: Config, log: Log): Promise<OpenSeat> {
  const world: OpenWorld = await openWorld({ config, log });
  try {
    const access = openAccess(world, config);
    const worker = await startWorker(world, { schedule: true });
    const seat = seatOfHome(world, access, worker.jobs);
    return { seat, worker, stopTending: tendSeat(seat, config) };
  } catch (cause) {
    await world.close();
    throw cause;
  }
}

/** Letters to the DPO in an hour: from one network, and all together. */
const lettersAnHour = { network: 6, person: 200 };

export function seatOfHome(world: OpenWorld, access: AccessWorld, jobs: Seat['jobs']): Seat {
  return {
    world,
    access,
    jobs,
    assets: openAssets(),
    boxes: openBoxes(access),
    letters: limitsOf(lettersAnHour, 3600),
    shelf: shelfOf(world.clock, 20),
    origin: access.settings.site,
  };
}

/** With several homes each has its own database: the address in its file "database-url", or the embedded one. */
function databaseOf(config: Config, home: string): Pick<Config, 'databaseUrl'> {
  const file = join(home, 'database-url');
  if (existsSync(file)) return { databaseUrl: readFileSync(file, 'utf8').trim() };
  return { databaseUrl: home === config.home ? config.databaseUrl : null };
}

/** The names of the sites, and for the first also this machine's own: any other name could be a page's that was led here. */
function seatOf(seats: readonly Seat[]): (host: string) => Seat | null {
  const byHost = new Map(seats.map((seat) => [new URL(seat.origin).host, seat]));
  return (host) => {
    const bare = host.replace(/:\d+$/, '');
    return byHost.get(host) ?? (['127.0.0.1', 'localhost', '[::1]'].includes(bare) ? (seats[0] ?? null) : null);
  };
}

/** Where a person opens it: the site's own address behind a proxy, else this port. */
function urlOf(seats: readonly Seat[], server: Server): string {
  const origin = seats[0]?.origin ?? '';
  return origin.startsWith('https:') ? `${origin}/` : server.url;
}

async function closeAll(server: Server | null, open: readonly OpenSeat[]): Promise<void> {
  await server?.close();
  for (const { seat, worker, stopTending } of open) {
    await stopTending();
    await worker.stop();
    await seat.world.close();
  }
}
