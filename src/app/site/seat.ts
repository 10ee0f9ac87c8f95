/** What every route is given: one home, opened, with its people, its jobs and the files that a browser gets. */
import type { AccessWorld, Actor, OpenBoxes, Permission } from '../../access/index.ts';
import type { Limits } from '../../http/limits.ts';
import { routesOf, type Route } from '../../http/route.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { OpenWorld } from '../world.ts';
import type { Assets } from './assets.ts';
import type { Shelf } from './shelf.ts';

export interface Seat {
  readonly world: OpenWorld;
  readonly access: AccessWorld;
  /** Null where no worker runs beside this server: a plan is then carried out by another. */
  readonly jobs: Jobs | null;
  readonly assets: Assets;
  /** The DPO's box, while it is open in a session. */
  readonly boxes: OpenBoxes;
  /** How many letters to the DPO are taken in. */
  readonly letters: Limits;
  /** What the public pages have ready. */
  readonly shelf: Shelf;
  /** Where people open it: "https://privacy.example.nl". */
  readonly origin: string;
  /** Reads policy and estate anew and goes on with what it gives; when they are not right it throws, and all stays as it was. */
  readonly reload: () => Promise<Seat>;
}

export type SiteRoute = Route<Seat, Actor, Permission>;
export const { api, page } = routesOf<Seat, Actor, Permission>();

/** The actor of a route that not just anyone may use. */
export function one(actor: Actor | null): Actor {
  if (actor === null) throw new TypeError('a route without its actor');
  return actor;
}
