/** The door: finds the route, asks who is acting and whether that person may, reads what was sent, and answers. */
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import type { Language } from '../base/language.ts';
import {
  goneOn,
  pageField,
  refusalIn,
  sentOf,
  takenBack,
  type Again,
  type Kept,
  type PutBack,
  type Sent,
} from './again.ts';
import { formIn, readBody, typeIn } from './body.ts';
import { contentPolicy, secure } from './headers.ts';
import { once, type Once } from './idempotency.ts';
import type { Limits } from './limits.ts';
import { plain } from './plainly.ts';
import { doorRefusals, mistakesOf, problemOf, SentWrongly, type Problem } from './problem.ts';
import { lookOf, type Call, type May, type PageAnswer, type Route } from './route.ts';

type Bindings = HttpBindings | Http2Bindings;
type Env = { Bindings: Bindings };

/** What the door knows of who is acting; the rest is access's. */
export interface Caller<A> {
  readonly actor: A;
  /** Opaque and stable: for limits and for idempotency keys. */
  readonly id: string;
  /** How it was shown: a cookie goes along with any request, so a request from another site must be refused. */
  readonly by: 'cookie' | 'token';
  /** A token's: what it may, of all that its maker may. */
  readonly scope?: readonly string[];
  readonly language?: Language;
}

export interface Door<W, A, P extends string> {
  readonly routes: readonly Route<W, A, P>[];
  /** The home that this name serves; null when it serves none. */
  readonly worldOf: (host: string) => W | null;
  readonly identify: (world: W, request: Request) => Promise<Caller<A> | null>;
  /** What else a route asks of a caller, such as a fresh factor; the answer is a refusal or nothing. */
  readonly check: (world: W, caller: Caller<A>, route: Route<W, A, P>) => 'yes' | 'not-allowed' | 'step-up';
  readonly page: (
    world: W,
    problem: Problem,
    caller: Caller<A> | null,
    language: Language,
    request: Request,
    /** A form's that has no page any more: what was typed, to be copied, and a page that is still there. */
    typed?: Sent,
  ) => string | Promise<string>;
  /** Puts what was sent back into the form that it came from. */
  readonly again: PutBack;
  /** A page on which what was typed waits until somebody has signed in or confirmed. */
  readonly interrupted: (
    world: W,
    problem: Problem,
    caller: Caller<A> | null,
    language: Language,
    request: Request,
    kept: Kept,
  ) => Promise<string>;
  /** Where a page sends someone who must sign in or confirm first. */
  readonly signIn: (problem: Problem, request: Request) => string;
  readonly limits: Limits;
  readonly once: (world: W) => Once;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
  /** Pages for everyone that know nobody: at these addresses no cookie is read or set, and no script runs. */
  readonly plain?: (path: string) => boolean;
  /** Behind a proxy that speaks HTTPS: cookies are Secure and browsers are told to stay. */
  readonly https: boolean;
  /** Address of who calls: the socket's, or what a trusted proxy says. */
  readonly addressOf: (context: { header(name: string): string | undefined; socket: string }) => string;
}

/** The door, and a way for it to ask itself for a page. */
interface Open<W, A, P extends string> extends Door<W, A, P> {
  readonly ask: (request: Request, env: Bindings) => Response | Promise<Response>;
  /** What it asked itself is part of a request that was counted. */
  readonly own: WeakSet<Request>;
}

export function openDoor<W, A, P extends string>(data: Door<W, A, P>): Hono<Env> {
  const app = new Hono<Env>();
  const own = new WeakSet<Request>();
  const door: Open<W, A, P> = {
    ...data,
    own,
    ask: (request, env) => {
      own.add(request);
      return app.fetch(request, env);
    },
  };
  app.use(async (context, next) => {
    await next();
    secure(context.res.headers, door);
  });
  for (const route of door.routes) app.on(route.method, route.path, (context) => pass(context, door, route));
  app.notFound((context) => answer(context, door, null, doorRefusals.nothingHere()));
  app.onError((cause, context) => answer(context, door, null, cause));
  return app;
}

const asked = <W, A, P extends string>(context: Context<Env>, door: Open<W, A, P>) => ({
  ask: (request: Request) => door.ask(request, context.env),
  again: door.again,
});

async function pass<W, A, P extends string>(
  context: Context<Env>,
  door: Open<W, A, P>,
  route: Route<W, A, P>,
): Promise<Response> {
  let caller: Caller<A> | null = null;
  // Whether this person may do this at all: only then a form comes back.
  let inside = false;
  try {
    const world = door.worldOf(hostOf(context));
    if (world === null) throw doorRefusals.nothingHere();
    caller = isPlain(context, door) ? null : await door.identify(world, context.req.raw);
    if (!door.own.has(context.req.raw)) await door.limits.take(caller?.id ?? null, address(context, door));
    if (route.method !== 'GET' && caller?.by !== 'token' && !fromHere(context)) throw doorRefusals.otherSite();
    admit(door, world, route, caller);
    inside = true;
    const call: Call<W, A, unknown, unknown, unknown> = {
      world,
      actor: caller?.actor ?? null,
      params: read('path', route.params, context.req.param()),
      query: read('query', route.query, queryOf(context)),
      body: await bodyOf(context, route),
      language: languageOf(context, caller, isPlain(context, door)),
      scope: caller?.scope ?? null,
      signal: context.req.raw.signal,
      address: address(context, door),
    };
    return route.kind === 'api'
      ? await reply(context, door, route, call as never, caller)
      : await shown(context, await route.run({ ...call, request: context.req.raw } as never), door, route, {
          world,
          caller,
          language: call.language,
        });
  } catch (cause) {
    return answer(context, door, caller, cause, route, inside);
  }
}

function admit<W, A, P extends string>(
  door: Door<W, A, P>,
  world: W,
  route: Route<W, A, P>,
  caller: Caller<A> | null,
): void {
  const may: May<P> = route.may;
  if (may === 'anyone') return;
  if (caller === null) throw doorRefusals.signIn();
  const verdict = door.check(world, caller, route);
  if (verdict === 'not-allowed') throw route.hidden === true ? doorRefusals.nothingHere() : doorRefusals.notAllowed();
  if (verdict === 'step-up') throw doorRefusals.stepUp();
}

async function reply<W, A, P extends string>(
  context: Context<Env>,
  door: Door<W, A, P>,
  route: Extract<Route<W, A, P>, { kind: 'api' }>,
  call: Call<W, A, never, never, never>,
  caller: Caller<A> | null,
): Promise<Response> {
  const work = async (): Promise<string> => JSON.stringify(route.reply.parse(await route.run(call)));
  const key = context.req.header('idempotency-key');
  const body =
    key !== undefined && route.method !== 'GET' && caller !== null
      ? await once(
          door.once(call.world),
          {
            key,
            caller: caller.id,
            route: `${route.method} ${route.path}`,
            sent: call,
            harmless: route.harmless === true,
            look: (lookOf(route, door.routes) ?? '').replace(/:(\w+)/g, (_, name: string) =>
              encodeURIComponent(context.req.param(name) ?? ''),
            ),
          },
          work,
        )
      : await work();
  return context.body(body, 200, { 'content-type': 'application/json; charset=utf-8' });
}

const caching = { public: 'public, max-age=300', forever: 'public, max-age=31536000, immutable' } as const;

async function shown<W, A, P extends string>(
  context: Context<Env>,
  made: PageAnswer,
  door: Open<W, A, P>,
  route: Extract<Route<W, A, P>, { kind: 'page' }>,
  by: { readonly world: W; readonly caller: Caller<A> | null; readonly language: Language },
): Promise<Response> {
  const { language } = by;
  const headers = new Headers();
  if (made.cookies && isPlain(context, door)) throw new TypeError('a page that knows nobody sets a cookie');
  for (const cookie of made.cookies ?? []) headers.append('set-cookie', cookie);
  if ('to' in made) {
    headers.set('location', made.to);
    // What the browser kept of the session goes with it (ASVS 14.3.1).
    if (made.clear === true && door.https) headers.set('clear-site-data', '"cache","cookies","storage"');
    return new Response(null, { status: 303, headers });
  }
  if ('again' in made) {
    const { raw } = context.req;
    const back = await goneOn(asked(context, door), raw, made.again, made.cookies ?? [], language);
    if (back !== null) return back;
    const problem = problemOf(doorRefusals.stepUp(), language, () => undefined);
    headers.set('content-type', 'text/html; charset=utf-8');
    headers.set('content-security-policy', contentPolicy({ scripts: true }));
    return new Response(await door.interrupted(by.world, problem, by.caller, language, raw, made.again), {
      status: 401,
      headers,
    });
  }
  if ('html' in made) {
    headers.set('content-type', 'text/html; charset=utf-8');
    headers.set('content-security-policy', contentPolicy({ scripts: !isPlain(context, door) }));
    const { refused } = made;
    if (!refused) return new Response(made.html, { status: made.status ?? 200, headers });
    // Also where no form was sent, as when somebody comes back from another sign-in.
    const sent = await sentOf(context.req, route, door.routes);
    const what = { ...refusalIn(refused, sent, route, language), page: made.page ?? null, made: true };
    const { html } = await door.again(made.html, what);
    return new Response(html, { status: made.status ?? refused.status, headers });
  }
  headers.set('content-type', made.type);
  if (made.styles) headers.set('content-security-policy', contentPolicy({ styles: made.styles }));
  if (made.name !== undefined)
    headers.set('content-disposition', `attachment; filename="${made.name.replace(/[^\w.-]/g, '_')}"`);
  if (made.cache !== undefined) headers.set('cache-control', caching[made.cache]);
  return new Response(Buffer.from(made.bytes), { headers });
}

async function answer<W, A, P extends string>(
  context: Context<Env>,
  door: Open<W, A, P>,
  caller: Caller<A> | null,
  cause: unknown,
  route?: Route<W, A, P>,
  inside = false,
): Promise<Response> {
  const language = languageOf(context, caller, isPlain(context, door));
  const problem = problemOf(cause, language, (reference, bug) =>
    door.log('http.bug', {
      reference,
      kind: bug instanceof Error ? bug.name : 'unknown',
      ...(bug instanceof Error && bug.stack !== undefined ? { stack: placesIn(bug.stack) } : {}),
    }),
  );
  const world = door.worldOf(hostOf(context));
  const forPerson = world !== null && (route?.kind === 'page' || (route === undefined && wantsPage(context)));
  if (!forPerson)
    return context.body(JSON.stringify(problem), problem.status, {
      'content-type': 'application/problem+json; charset=utf-8',
    });
  const headers = { 'content-security-policy': contentPolicy({ scripts: !isPlain(context, door) }) };
  const { raw } = context.req;
  // At the limit nothing is made anew; what was typed can still be copied.
  const late = problem.status === 429 && !inside && fromHere(context);
  const comes = inside || problem.status === 401 || late;
  const form = comes && route?.kind === 'page' && route.method === 'POST' ? route : null;
  const sent = form && problem.status !== 500 ? await sentOf(context.req, form, door.routes) : null;
  if (problem.status === 401) {
    const page = sent?.pages[0] ?? '/';
    // One who had typed nothing goes there and comes back by an address alone.
    if (
      !form ||
      !sent ||
      (await isButton(context, door, caller, sent, refusalIn(cause, sent, form, language, problem)))
    )
      return context.redirect(door.signIn(problem, raw), 303);
    const { action, values, withheld } = sent;
    const html = await door.interrupted(world, problem, caller, language, raw, { action, page, values, withheld });
    return context.html(html, 401, headers);
  }
  if (!form || !sent)
    return context.html(await door.page(world, problem, caller, language, raw), problem.status, headers);
  const what = refusalIn(cause, sent, form, language, problem);
  const back = late ? { there: sent.pages } : await takenBack(asked(context, door), raw, sent, what);
  if ('found' in back) return new Response(back.found.html, { status: problem.status, headers: back.found.headers });
  const html = await door.page(world, problem, caller, language, raw, { ...sent, pages: back.there });
  return context.html(html, problem.status, headers);
}

/** Whether nothing was typed in this form, as far as can be known: of who is not signed in no page can be asked. */
async function isButton<W, A, P extends string>(
  context: Context<Env>,
  door: Open<W, A, P>,
  caller: Caller<A> | null,
  sent: Sent,
  what: Again,
): Promise<boolean> {
  if (!sent.values.some(([, value]) => value !== '')) return true;
  const back = caller && (await takenBack(asked(context, door), context.req.raw, sent, what));
  return back !== null && 'found' in back && !back.found.typed;
}

/** Lines of a stack without the message: that may hold a value of someone. */
function placesIn(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim().replace(/file:\/\/\S*\/(src|node_modules)\//, '$1/'))
    .join(' | ');
}

function read(part: 'path' | 'query', schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return {};
  refuseUnstorable(part, value);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw mistakesOf(part, parsed.error);
  return parsed.data;
}

/** No store of ours holds a NUL or half a character: such a text is a mistake, wherever it stands. */
function refuseUnstorable(part: 'path' | 'query' | 'body', value: unknown, depth = 0, field?: string): void {
  if (depth > 40) throw new SentWrongly([{ at: part, message: 'too deep' }]);
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw new SentWrongly([
        { at: part, message: 'a character that cannot be stored', text: plain.unstorable, field: field ?? '' },
      ]);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Blob)) {
    for (const [name, one] of Object.entries(value)) {
      refuseUnstorable(part, name, depth + 1);
      refuseUnstorable(part, one, depth + 1, field ?? name);
    }
  }
}

/** A parameter that is there twice is a mistake, not a choice for whoever reads last (ASVS 15.3.7). */
function queryOf(context: Context<Env>): Record<string, string> {
  const all = context.req.queries();
  for (const [name, values] of Object.entries(all))
    if (values.length > 1) throw new SentWrongly([{ at: `query.${name}`, message: 'given twice' }]);
  return context.req.query();
}

async function bodyOf<W, A, P extends string>(context: Context<Env>, route: Route<W, A, P>): Promise<unknown> {
  if (route.method === 'GET') return {};
  if (!route.body) {
    await readBody(context.req, route);
    return {};
  }
  let sent: unknown;
  if (route.kind === 'api') {
    if (typeIn(context.req) !== 'application/json') throw doorRefusals.wrongType();
    await readBody(context.req, route);
    sent = await context.req.json().catch(() => undefined);
  } else {
    const { [pageField]: _, ...fields } = await formIn(context.req, route);
    sent = fields;
  }
  refuseUnstorable('body', sent);
  const parsed = route.body.safeParse(sent);
  if (!parsed.success) throw mistakesOf('body', parsed.error);
  return parsed.data;
}

/** A browser says where a request comes from; one that does not must at least name our own origin. */
function fromHere(context: Context<Env>): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = context.req.header('origin');
  if (origin === undefined) return false;
  try {
    return new URL(origin).host === context.req.header('host');
  } catch {
    return false;
  }
}

function hostOf(context: Context<Env>): string {
  return (context.req.header('host') ?? '').toLowerCase();
}

function address<W, A, P extends string>(context: Context<Env>, door: Door<W, A, P>): string {
  const socket = context.env?.incoming?.socket?.remoteAddress ?? '';
  return door.addressOf({ header: (name) => context.req.header(name), socket });
}

function wantsPage(context: Context<Env>): boolean {
  return !context.req.path.startsWith('/api/') && /text\/html/.test(context.req.header('accept') ?? '');
}

function isPlain<W, A, P extends string>(context: Context<Env>, door: Door<W, A, P>): boolean {
  return door.plain?.(context.req.path) === true;
}

/** What is asked for in the address, else what the person chose, else what the browser prefers. */
function languageOf<A>(context: Context<Env>, caller: Caller<A> | null, plain: boolean): Language {
  const kept = plain ? undefined : /(?:^|;\s*)lang=(nl|en)/.exec(context.req.header('cookie') ?? '')?.[1];
  const asked = context.req.query('lang') ?? kept;
  if (asked === 'nl' || asked === 'en') return asked;
  if (caller?.language) return caller.language;
  return /^\s*nl\b/i.test(context.req.header('accept-language') ?? '') ? 'nl' : 'en';
}
