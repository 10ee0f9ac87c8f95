/** Opens one home or several and serves each under its own name. Nothing is shared between them but the program. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBoxes, type AccessWorld } from '../../access/index.ts';
import { limitsOf } from '../../http/limits.ts';
import { openAccess } from '../access.ts';
import type { Config } from '../config.ts';
import { isHome } from '../home.ts';
import { startWorker, type Worker } from '../worker.ts';
import { openWorld, type Log, type OpenWorld } from '../world.ts';
import { openAssets } from './assets.ts';
import { firstSite, type FirstSite } from './first.ts';
import type { Seat } from './seat.ts';
import { seeEverything } from './seen.ts';
import { shelfOf } from './shelf.ts';
import { listen, makeSite, type Server } from './site.ts';
import { tendSeat } from './tend.ts';

export interface OpenSite {
  readonly url: string;
  /** Where the one who set this up begins, while there is no home yet. */
  readonly firstLink: string | null;
  readonly seats: () => readonly Seat[];
  close(): Promise<void>;
}

interface OpenSeat {
  readonly seat: Seat;
  readonly worker: Worker;
  readonly stopTending: () => Promise<void>;
}

/** `homes` are the folders; the first is the one that loopback names serve. */
export async function openSite(config: Config, homes: readonly string[], log: Log): Promise<OpenSite> {
  const open = new Map<string, OpenSeat>();
  const openHome = async (home: string): Promise<Seat> => {
    const next = await openSeat({ ...config, home, ...databaseOf(config, home) }, log, () => openHome(home));
    const before = open.get(home);
    open.set(home, next);
    // What is queued from now on is for who knows the new policy and estate.
    await before?.worker.jobs.leave();
    // Changed by hand while nothing ran: seen now, and not within the hour. What changed it here sees to that itself.
    if (!before && next.seat.world.adopted) await seeEverything(next.seat);
    // Requests that are under way finish with what they began with.
    if (before) setTimeout(() => void closeSeat(before), 5_000);
    return next.seat;
  };
  const seats = (): Seat[] => [...open.values()].map((one) => one.seat);
  const known = homes.filter((home) => isHome(home));
  let server: Server | null = null;
  try {
    for (const home of known) await openHome(home);
    const site = makeSite({
      seatOf: (host) => seatOf(seats(), host),
      https: seats().length > 0 && seats().every((seat) => seat.origin.startsWith('https:')),
      proxies: config.proxies,
      log,
    });
    const first = known.length === 0 ? firstSite(config, () => openHome(config.home)) : null;
    server = await listen(
      (request, env) => (open.size === 0 && first !== null ? first.fetch(request) : site.fetch(request, env as never)),
      { port: config.port, hostname: config.listen },
    );
    const url = urlOf(seats(), server);
    return {
      url,
      firstLink: linkOf(first, url),
      seats,
      close: async () => {
        await server?.close();
        for (const one of open.values()) await closeSeat(one);
      },
    };
  } catch (cause) {
    await server?.close();
    for (const one of open.values()) await closeSeat(one);
    throw cause;
  }
}

function linkOf(first: FirstSite | null, url: string): string | null {
  return first === null ? null : `${url}set-up#${first.token}`;
}

async function openSeat(config: Config, log: Log, reload: Seat['reload']): Promise<OpenSeat> {
  const world = await openWorld({ config, log });
  let worker: Worker | null = null;
  try {
    const access = openAccess(world, config);
    worker = await startWorker(world, { schedule: true, access });
    const seat = seatOfHome(world, access, worker.jobs, reload);
    return { seat, worker, stopTending: tendSeat(seat, config) };
  } catch (cause) {
    // A worker that went on would keep the process alive, without a store and without a page.
    await worker?.stop();
    await world.close();
    throw cause;
  }
}

async function closeSeat({ seat, worker, stopTending }: OpenSeat): Promise<void> {
  await stopTending();
  await worker.stop();
  await seat.world.close();
}

/** Letters to the DPO in an hour: from one network, and all together. */
export const lettersAnHour = { network: 6, person: 200 };

export function seatOfHome(world: OpenWorld, access: AccessWorld, jobs: Seat['jobs'], reload: Seat['reload']): Seat {
  return {
    world,
    access,
    jobs,
    assets: openAssets(),
    boxes: openBoxes(access),
    letters: limitsOf(lettersAnHour, 3600),
    shelf: shelfOf(world.clock, 20),
    origin: access.settings.site,
    reload,
  };
}

/** With several homes each has its own database: the address in its file "database-url", or the embedded one. */
function databaseOf(config: Config, home: string): Pick<Config, 'databaseUrl'> {
  const file = join(home, 'database-url');
  if (existsSync(file)) return { databaseUrl: readFileSync(file, 'utf8').trim() };
  return { databaseUrl: home === config.home ? config.databaseUrl : null };
}

/** The names of the sites, and for the first also this machine's own: any other name could be a page's that was led here. */
function seatOf(seats: readonly Seat[], host: string): Seat | null {
  const named = seats.find((seat) => new URL(seat.origin).host === host);
  if (named) return named;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host.replace(/:\d+$/, '')) ? (seats[0] ?? null) : null;
}

/** Where a person opens it: the site's own address behind a proxy, else this port. */
function urlOf(seats: readonly Seat[], server: Server): string {
  const origin = seats[0]?.origin ?? '';
  return origin.startsWith('https:') ? `${origin}/` : server.url;
}
