/** A site for tests: a home with people in every role, and a way to ask it as each of them. No port: the door answers itself. */
import assert from 'node:assert/strict';
import { openAccess } from '../../src/app/access.ts';
import { readConfig } from '../../src/app/config.ts';
import { seatOfHome } from '../../src/app/site/open.ts';
import { listen, makeSite, type Server } from '../../src/app/site/site.ts';
import type { Seat } from '../../src/app/site/seat.ts';
import { startWorker } from '../../src/app/worker.ts';
import type { OpenWorld } from '../../src/app/world.ts';
import { invite, roles, type Actor, type Role, type Shown } from '../../src/access/index.ts';
import { actorOf, startSession } from '../../src/access/sessions.ts';
import { sql } from 'kysely';
import { instant } from '../../src/base/time.ts';
import { testHome, type TestHome } from './home.ts';

export interface TestPerson {
  readonly role: Role;
  readonly account: string;
  readonly token: string;
  /** The same person, whose second factor was shown too long ago. */
  readonly stale: string;
  readonly actor: Actor;
}

export interface TestSite {
  readonly home: TestHome;
  readonly world: OpenWorld;
  readonly seat: Seat;
  /** Every line that the door logged. */
  readonly logged: readonly string[];
  /** The paths to which a scanner wrote something that was not refused. */
  readonly written: ReadonlySet<string>;
  /** At a port of this machine, for a browser. */
  listen(): Promise<Server>;
  readonly people: ReadonlyMap<Role, TestPerson>;
  ask(path: string, init?: RequestInit & { as?: string; bearer?: string; host?: string }): Promise<Response>;
  /** Who has this role. */
  who(role: Role): TestPerson;
  /** A page as it reads in one language, its white space folded. */
  page(role: Role, path: string, language?: 'nl' | 'en'): Promise<string>;
  /** What a form sends. */
  post(role: Role, path: string, fields?: Record<string, string>): Promise<Response>;
  person(name: string, role: Role, clients?: readonly string[]): Promise<TestPerson>;
  close(): Promise<void>;
}

export const emptyEstate = `gestand: 1
systems:
  - { id: paper, title: { nl: Opnames, en: Recordings }, profile: asterisk-recordings, role: controller, location: { country: NL, place: Haps }, sources: { recordings: { connector: files, root: /nowhere } } }
`;

/**
 * Several homes behind one door when more are named. A passkey belongs to an address: with `port` people can make one there. With
 * `worker` plans are carried out beside the server, as `gestand serve` does.
 */
export async function testSite(
  options: {
    estate?: string;
    policy?: string;
    profiles?: Readonly<Record<string, string>>;
    also?: readonly TestSite[];
    port?: number;
    /** For a scanner that is in a hurry: no limit of requests, and the headers of a site behind HTTPS. */
    attacked?: true;
    /** For who knocks at every door within a minute. */
    unlimited?: true;
    worker?: true;
  } = {},
): Promise<TestSite> {
  const home = await testHome({
    estate: options.estate ?? emptyEstate,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
    ...(options.profiles === undefined ? {} : { profiles: options.profiles }),
  });
  const world = await home.open();
  const { port } = options;
  const config = readConfig(
    {
      GESTAND_HOME: home.home,
      GESTAND_DATABASE_URL: home.databaseUrl,
      ...(port === undefined ? {} : { GESTAND_PORT: String(port) }),
    },
    false,
  );
  const worker = options.worker ? await startWorker(world, { schedule: false }) : null;
  const logged: string[] = [];
  const written = new Set<string>();
  let seat: Seat;
  let before = world;
  const sit = (of: OpenWorld): Seat =>
    seatOfHome(of, openAccess(of, config), worker?.jobs ?? null, async () => {
      // As the server does: the request that is under way finishes with the world in which it began, and each has a pool.
      if (before !== world) await before.close();
      before = seat.world;
      return (seat = sit(await home.open()));
    });
  seat = sit(world);
  const first = seat;
  const others = new Map((options.also ?? []).map((site, i) => [`other-${i}.example`, site.seat]));
  const site = makeSite({
    seatOf: (host) => others.get(host) ?? (host.replace(/:\d+$/, '') === 'localhost' ? seat : null),
    https: options.attacked === true,
    ...(options.attacked || options.unlimited ? { perMinute: { person: 1e9, network: 1e9 } } : {}),
    proxies: [],
    log: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })),
  });
  const person = (name: string, role: Role, clients: readonly string[] = []): Promise<TestPerson> =>
    makePerson(first, name, role, clients);
  const people = new Map<Role, TestPerson>();
  for (const role of roles) people.set(role, await person(`Person ${role}`, role, role === 'client' ? ['bakery'] : []));
  const who = (role: Role): TestPerson => {
    const found = people.get(role);
    assert.ok(found, role);
    return found;
  };
  const ask: TestSite['ask'] = async (path, { as, bearer, host, ...init } = {}) => {
    const headers = new Headers(init.headers);
    headers.set('host', host ?? 'localhost');
    if (as !== undefined) headers.set('cookie', `__Host-gestand=${as}`);
    if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
    if (init.method !== undefined && init.method !== 'GET' && !headers.has('sec-fetch-site'))
      headers.set('sec-fetch-site', 'same-origin');
    return site.request(`http://${host ?? 'localhost'}${path}`, { ...init, headers });
  };
  return {
    home,
    world,
    seat: first,
    logged,
    written,
    listen: () =>
      listen(
        async (request, env) => {
          if (options.attacked !== true) return site.fetch(request, env as never);
          // A scanner presses every button: it would sign itself out, and look at the sign-in page from then on.
          const { pathname } = new URL(request.url);
          if (pathname === '/sign-out') return new Response('not here', { status: 404 });
          const answer = await site.fetch(request, env as never);
          if (request.method === 'POST' && answer.status < 400) written.add(pathname);
          // And it forgets the cookie that it was given to begin with, once it is given another.
          if (request.headers.has('cookie')) answer.headers.delete('set-cookie');
          return answer;
        },
        { port: port ?? 0, hostname: '127.0.0.1' },
      ),
    people,
    person,
    ask,
    who,
    page: async (role, path, language = 'en') => {
      const text = await (
        await ask(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { as: who(role).token })
      ).text();
      return text.replaceAll(/\s+/gu, ' ');
    },
    post: (role, path, fields = {}) =>
      ask(path, { method: 'POST', as: who(role).token, body: new URLSearchParams(fields) }),
    close: async () => {
      await worker?.stop();
      await home.close();
    },
  };
}

async function makePerson(seat: Seat, name: string, role: Role, clients: readonly string[]): Promise<TestPerson> {
  const { access } = seat;
  const until = role === 'auditor' ? { until: instant('2027-01-31T00:00:00Z') } : {};
  const { account } = await invite(access, null, {
    name,
    email: `${name.toLowerCase().replace(/\W+/g, '.')}@example.nl`,
    roles: [role],
    clients,
    ...until,
  });
  await sql`update access.account set state = 'active' where id = ${account}`.execute(access.db);
  const start = async (two: boolean): Promise<string> =>
    (
      await access.db.transaction().execute((tx) =>
        startSession(tx, access, {
          account,
          stage: 'full',
          shown: ['passkey'] satisfies Shown[],
          two,
          browser: 'test',
        }),
      )
    ).token;
  const token = await start(true);
  const actor = await actorOf(access, token);
  if (actor === null) throw new Error('the session that was just made is not there');
  return { role, account, token, stale: await start(false), actor };
}
