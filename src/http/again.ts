/**
 * A form that was refused comes back as it was sent. The page that it stood on is asked for anew, through the same door and as the
 * same person, and what was typed is put back into it: nothing is kept on the server, so nothing can reach anyone else. Where
 * somebody must first sign in or confirm, what was typed waits in that page, in their own browser.
 */
import type { HonoRequest } from 'hono';
import { z } from 'zod';
import type { Language } from '../base/language.ts';
import { Refusal } from '../base/refusal.ts';
import { readBody, type Form } from './body.ts';
import { problemOf, SentWrongly, type Problem } from './problem.ts';
import type { PageRoute, Route } from './route.ts';

/** The field in which a form that came back says which page it stands on: the address is by then that of its deed. */
export const pageField = 'again-page';

/** What a form sent, without what is secret. */
export interface Sent {
  /** Where it went. */
  readonly action: string;
  /** Pages that it can have stood on, the likeliest first. */
  readonly pages: readonly string[];
  readonly values: readonly (readonly [string, string])[];
  /** Names of what was filled in and is not given back. */
  readonly withheld: readonly string[];
}

const nothingSent: Sent = { action: '', pages: [], values: [], withheld: [] };

/** The same, for as long as somebody must do something else first. */
export interface Kept {
  readonly action: string;
  readonly page: string;
  readonly values: readonly (readonly [string, string])[];
  readonly withheld: readonly string[];
}

const address = z
  .string()
  .regex(/^\/(?![/\\])/)
  .max(4000);
const KeptShape = z.object({
  action: address,
  page: address,
  values: z.array(z.tuple([z.string(), z.string()])),
  withheld: z.array(z.string()),
});

/** It comes back from a browser in a field, so it is read as anything that is sent; null when there is none. */
export const keptIn = z
  .string()
  .transform((text): Kept | null => {
    try {
      return KeptShape.parse(JSON.parse(text));
    } catch {
      return null;
    }
  })
  .default(null);

/** What a field of a refused form is told. */
export interface Wrong {
  readonly field: string | null;
  readonly text: string;
}

/** What to put into a page, and what to say on top. */
export interface Again {
  readonly language: Language;
  readonly sent: Omit<Sent, 'pages'>;
  /** The page's own address, for the next time. */
  readonly page: string | null;
  /** The page was made for this answer, with the hidden fields that it should have. */
  readonly made: boolean;
  readonly told: { readonly is: 'refused'; readonly wrong: readonly Wrong[] } | { readonly is: 'kept' };
}

type FormRoute = Pick<PageRoute<never, never, never>, 'mostBytes' | 'body' | 'secret' | 'about'>;

/** Without values where none could be read. */
export async function sentOf(
  request: HonoRequest,
  route: FormRoute,
  routes: readonly Pick<Route<never, never, never>, 'kind' | 'method' | 'path'>[],
): Promise<Sent> {
  if (request.method === 'GET') return nothingSent;
  // What is wrong with it was told already, or the sign-in comes first: then what could be read is enough.
  await readBody(request, { ...route, kind: 'page' }).catch(() => undefined);
  const body = await request.parseBody({ all: true }).catch((): Form => ({}));
  const known = namesOf(route.body);
  const values: [string, string][] = [];
  const withheld = new Set<string>();
  for (const [name, given] of Object.entries(body)) {
    if (name === pageField || (known !== null && !known.has(name))) continue;
    for (const one of Array.isArray(given) ? given : [given]) {
      if (typeof one === 'string' && route.secret?.test(name) !== true) values.push([name, storable(one)]);
      // A field for a file that was left empty sends an empty file.
      else if (typeof one === 'string' ? one !== '' : one.size > 0) withheld.add(name);
    }
  }
  const url = new URL(request.url);
  const action = `${url.pathname}${url.search}`;
  const came = body[pageField];
  const pages = [
    ...(typeof came === 'string' ? [came] : []),
    ...(request.header('referer') === undefined ? [] : [request.header('referer') ?? '']),
    action,
    ...above(url.pathname),
  ]
    .flatMap((page) => here(page, request))
    .filter((page) => isPage(page, routes));
  return { action, pages: [...new Set(pages)].slice(0, mostPages), values, withheld: [...withheld] };
}

/** The fields that a form can have; null where its route takes any. What has another name nobody typed there. */
function namesOf(body: z.ZodObject | undefined): ReadonlySet<string> | null {
  const rest = body?.def.catchall;
  const isOpen = rest !== undefined && !(rest instanceof z.ZodNever);
  return body === undefined || isOpen ? null : new Set(Object.keys(body.shape));
}

/** Each of them is made in full: more would be a way to have us work. */
const mostPages = 2;

/** A character that no page can hold would come back as another. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

function here(page: string, request: HonoRequest): string[] {
  const url = URL.parse(page, request.url);
  return url !== null && url.host === new URL(request.url).host ? [`${url.pathname}${url.search}`] : [];
}

function above(path: string): string[] {
  const at = path.lastIndexOf('/');
  return at <= 0 ? [] : [path.slice(0, at), ...above(path.slice(0, at))];
}

function isPage(page: string, routes: Parameters<typeof sentOf>[2]): boolean {
  const names = (page.split('?')[0] ?? '').split('/');
  const leads = (path: string): boolean => {
    const parts = path.split('/');
    const fits = (part: string, i: number): boolean => (part.startsWith(':') ? names[i] !== '' : part === names[i]);
    return parts.length === names.length && parts.every(fits);
  };
  return routes.some((route) => route.kind === 'page' && route.method === 'GET' && leads(route.path));
}

/** What to say of a refusal, beside the field that it is about. */
export function refusalIn(
  cause: unknown,
  sent: Sent,
  route: FormRoute,
  language: Language,
  known: Problem = problemOf(cause, language, () => undefined),
): Again {
  const wrong = wrongOf(cause, known, sent, route.about, language);
  return {
    language,
    sent,
    page: null,
    made: false,
    told: { is: 'refused', wrong },
  };
}

function wrongOf(cause: unknown, problem: Problem, sent: Sent, about: FormRoute['about'], language: Language): Wrong[] {
  if (cause instanceof SentWrongly) {
    const seen = new Map<string, Wrong>();
    for (const { field = '', text, message } of cause.errors)
      if (!seen.has(field)) seen.set(field, { field: field === '' ? null : field, text: text?.[language] ?? message });
    return [...seen.values()];
  }
  const named = cause instanceof Refusal ? [cause.field ?? about?.[cause.code] ?? []].flat() : [];
  const filled = named.find(
    (name) => sent.withheld.includes(name) || sent.values.some(([one, value]) => one === name && value !== ''),
  );
  return [{ field: filled ?? named[0] ?? null, text: problem.detail ?? problem.title }];
}

/** `found` is false where the form is not on this page, `typed` where it has nothing that a person fills in: a button alone. */
export type PutBack = (
  html: string,
  what: Again,
) => Promise<{ readonly html: string; readonly found: boolean; readonly typed: boolean }>;

interface Asked {
  /** The door itself: whoever may not see the page does not get it here either. */
  readonly ask: (request: Request) => Response | Promise<Response>;
  readonly again: PutBack;
}

/** The page of a form with what was sent in it; or else the pages that are still there, without it. */
export async function takenBack(
  door: Asked,
  from: Request,
  sent: Sent,
  what: Again,
): Promise<
  { readonly found: { html: string; typed: boolean; headers: Headers } } | { readonly there: readonly string[] }
> {
  const there: string[] = [];
  for (const page of sent.pages) {
    const fresh = await door.ask(askingFor(page, from));
    if (!isHtml(fresh)) continue;
    there.push(page);
    const { html, found, typed } = await door.again(await fresh.text(), { ...what, page });
    if (found) return { found: { html, typed, headers: dressed(fresh) } };
  }
  return { there };
}

/** Back to what was typed, now that somebody has signed in or confirmed; null when that is still to be done for this page. */
export async function goneOn(
  door: Asked,
  from: Request,
  kept: Kept,
  cookies: readonly string[],
  language: Language,
): Promise<Response | null> {
  const fresh = await door.ask(askingFor(kept.page, from, cookies));
  if (fresh.status === 303) return null;
  const what: Again = { language, sent: kept, page: kept.page, made: false, told: { is: 'kept' } };
  const { html, found } = isHtml(fresh) ? await door.again(await fresh.text(), what) : { html: '', found: false };
  const headers = found ? dressed(fresh) : new Headers({ location: kept.page });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return found ? new Response(html, { headers }) : new Response(null, { status: 303, headers });
}

const isHtml = (answer: Response): boolean =>
  answer.status === 200 && (answer.headers.get('content-type') ?? '').startsWith('text/html');

/** What a page carries goes along with what was made of it. */
function dressed(fresh: Response): Headers {
  const headers = new Headers(fresh.headers);
  headers.delete('content-length');
  return headers;
}

/** The same browser asking for a page, with the cookies that it is about to be given. */
function askingFor(page: string, from: Request, given: readonly string[] = []): Request {
  const headers = new Headers(from.headers);
  for (const name of ['content-type', 'content-length', 'transfer-encoding', 'origin', 'referer']) headers.delete(name);
  const jar = new Map<string, string>();
  for (const one of [
    ...(headers.get('cookie') ?? '').split(';'),
    ...given.map((cookie) => cookie.split(';')[0] ?? ''),
  ]) {
    const [name = '', ...value] = one.trim().split('=');
    if (name !== '') jar.set(name, value.join('='));
  }
  if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  headers.set('accept', 'text/html');
  return new Request(new URL(page, from.url), { headers });
}
