/** The site: every route behind one door, for one home or for several under their own names. */
import { serve } from '@hono/node-server';
import { Fault } from '../../base/refusal.ts';
import { actorOf, can, cookies, ruleOf, type Actor, type Permission } from '../../access/index.ts';
import { openDoor, type Caller, type Door } from '../../http/router.ts';
import { limitsOf, type LimitSizes } from '../../http/limits.ts';
import type { Language } from '../../base/language.ts';
import { pageField, type Sent } from '../../http/again.ts';
import type { Problem } from '../../http/problem.ts';
import { putBack } from '../../web/again.ts';
import { actorOfToken } from './tokens.ts';
import { centredProblem, inCentre } from './centre/frame.ts';
import { cookieIn } from './cookies.ts';
import { framedText, fresh } from './frame.ts';
import { interruptedPage } from './interrupted.ts';
import { onceIn } from './once.ts';
import { problemPage } from '../../web/console/problem.ts';
import { routes } from './routes.ts';
import type { Seat, SiteRoute } from './seat.ts';

export interface SiteOptions {
  /** Which home a host name serves. With one home, every loopback name serves it. */
  readonly seatOf: (host: string) => Seat | null;
  readonly https: boolean;
  /** Addresses of proxies whose word about who calls is believed. */
  readonly proxies: readonly string[];
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
  /** Requests in a minute; a person at work makes far fewer than we allow, a program that is in a hurry waits. */
  readonly perMinute?: LimitSizes;
  /** Seconds after which a write of a server that was killed is known to be broken off. */
  readonly lease?: number;
}

export const perMinute: LimitSizes = { person: 1200, network: 600 };

export function makeSite(options: SiteOptions): ReturnType<typeof openDoor<Seat, Actor, Permission>> {
  const door: Door<Seat, Actor, Permission> = {
    routes,
    worldOf: options.seatOf,
    identify,
    check: checked,
    page: pageOf,
    again: (html, what) => putBack(html, what, pageField),
    interrupted: (seat, problem, caller, language, request, kept) => {
      const actor = caller?.actor ?? null;
      return interruptedPage({ seat, actor, language, request }, problem, actor, kept);
    },
    signIn: signInAddress,
    limits: limitsOf(options.perMinute ?? perMinute),
    once: (seat) => onceIn(seat, options.lease),
    log: options.log,
    plain: inCentre,
    https: options.https,
    addressOf: ({ header, socket }) =>
      options.proxies.includes(socket) ? (header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? socket) : socket,
  };
  return openDoor(door);
}

async function identify(seat: Seat, request: Request): Promise<Caller<Actor> | null> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    const known = await actorOfToken(seat, bearer);
    return known && { actor: known.actor, id: `t:${known.token}`, by: 'token', scope: known.may };
  }
  const token = cookieIn(request, cookies.session.name);
  const actor = token === null ? null : await actorOf(seat.access, token);
  if (actor === null) return null;
  return { actor, id: `a:${actor.account}`, by: 'cookie', ...(actor.language && { language: actor.language }) };
}

function checked(seat: Seat, caller: Caller<Actor>, route: SiteRoute): 'yes' | 'not-allowed' | 'step-up' {
  const { actor, scope } = caller;
  if (route.may === 'anyone' || route.may === 'anyone signed in') return 'yes';
  if (!can(actor, route.may, ownOf(actor))) return 'not-allowed';
  const rule = ruleOf(route.may);
  // What needs two people needs people: a program decides nothing.
  if (scope) return scope.includes(route.may) && !rule.two ? 'yes' : 'not-allowed';
  return rule.fresh && !fresh(seat, actor) ? 'step-up' : 'yes';
}

/** At the door: whether it may be about something of one's own at all. Which thing it is, the route asks with allow(). */
function ownOf(actor: Actor): { readonly client?: string; readonly account: string } {
  const [client] = actor.clients;
  return { account: actor.account, ...(client === undefined ? {} : { client }) };
}

function pageOf(
  seat: Seat,
  problem: Problem,
  caller: Caller<Actor> | null,
  language: Language,
  request: Request,
  typed?: Sent,
): Promise<string> {
  const reading = { seat, language, request };
  if (inCentre(new URL(request.url).pathname)) return centredProblem(reading, problem, typed);
  return framedText(
    { seat, actor: caller?.actor ?? null, language, request },
    { title: problem.title, main: problemPage(problem, language, typed) },
  );
}

function signInAddress(problem: Problem, request: Request): string {
  const url = new URL(request.url);
  const back = encodeURIComponent(request.method === 'GET' ? `${url.pathname}${url.search}` : backFrom(request));
  return problem.code === 'step-up-needed' ? `/confirm?back=${back}` : `/sign-in?back=${back}`;
}

/** A form cannot be sent again from an address: one goes back to the page that it stood on. */
function backFrom(request: Request): string {
  try {
    const from = new URL(request.headers.get('referer') ?? '');
    return from.host === request.headers.get('host') ? `${from.pathname}${from.search}` : '/';
  } catch {
    return '/';
  }
}

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens until closed. Loopback unless the operator puts a proxy with HTTPS before it and says so. */
export async function listen(
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
  at: { readonly port: number; readonly hostname: string },
): Promise<Server> {
  return new Promise((done, fail) => {
    const server = serve({ fetch, port: at.port, hostname: at.hostname }, (info) => {
      done({
        url: `http://localhost:${info.port}/`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (cause: NodeJS.ErrnoException) => {
      fail(
        cause.code === 'EADDRINUSE'
          ? new Fault(
              {
                nl: `poort ${at.port} is in gebruik: stop wat haar gebruikt, of kies een andere met GESTAND_PORT`,
                en: `port ${at.port} is in use: stop what uses it, or choose another with GESTAND_PORT`,
              },
              { cause },
            )
          : cause,
      );
    });
  });
}
