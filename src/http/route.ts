/**
 * A route is data: what it takes, what it gives, who may use it. From it come the router, the OpenAPI document, the reference
 * and the tests that try every route as everyone else.
 */
import type { z } from 'zod';
import type { Language, Text } from '../base/language.ts';
import type { Refusal } from '../base/refusal.ts';
import type { Kept } from './again.ts';

/** Who may: a permission that reads as a sentence ("approve a plan"), anyone at all, or anyone who is signed in. */
export type May<P extends string> = P | 'anyone' | 'anyone signed in';

type Fields = z.ZodObject;
type Out<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;

export interface Call<W, A, Params, Query, Body> {
  readonly world: W;
  /** Null only where anyone may. */
  readonly actor: A | null;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  /** What a token may, of all that its maker may; null for a person. */
  readonly scope: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Address of who calls, as far as we can tell. */
  readonly address: string;
}

interface Common<P extends string> {
  /** "/api/plans/:plan". */
  readonly path: string;
  readonly may: May<P>;
  readonly summary: Text;
  /** Asks for a factor shown in the last minutes: approvals that destroy, keys, the vault. */
  readonly stepUp?: true;
  /** Whoever may not use it is not told that it is there. */
  readonly hidden?: true;
  /** Codes of the refusals that it may answer, for the reference. */
  readonly refuses?: readonly string[];
  /** The largest body in bytes; 64 KiB where nothing is said. */
  readonly mostBytes?: number;
}

/** Answers JSON to a program: session or token. */
export interface ApiRoute<W, A, P extends string> extends Common<P> {
  readonly kind: 'api';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly params?: Fields;
  readonly query?: Fields;
  readonly body?: z.ZodType;
  /** What is not in here does not leave, whatever the handler returns. */
  readonly reply: z.ZodType;
  /** A write that keeps nothing, or that done twice is as if done once: it may be sent again when a server was killed over it. */
  readonly harmless?: true;
  /** Where one sees whether this write was done; without it, the longest address above it that one can ask for. */
  readonly look?: string;
  readonly run: (call: Call<W, A, never, never, never>) => Promise<unknown>;
}

/** What a page's handler gives back. */
export type PageAnswer =
  | {
      readonly html: string;
      readonly status?: 200 | 400 | 401 | 403 | 404 | 409 | 422 | 429;
      readonly cookies?: readonly string[];
      /** This page is the answer to a form that was refused: what was sent is put back into it, with the refusal on top. */
      readonly refused?: Refusal;
      /** Where such a page has an address of its own. */
      readonly page?: string;
    }
  /** Back to a form that was interrupted, with what was typed in it; nothing has been done. */
  | { readonly again: Kept; readonly cookies?: readonly string[] }
  | {
      readonly bytes: Uint8Array;
      readonly type: string;
      readonly name?: string;
      /** A document with its own style: the hashes that its policy for content allows. */
      readonly styles?: readonly string[];
      readonly cache?: 'public' | 'forever';
      readonly cookies?: readonly string[];
    }
  | { readonly to: string; readonly cookies?: readonly string[]; readonly clear?: true };

/** Answers a person: a page (GET), or a form that leads to one (POST). */
export interface PageRoute<W, A, P extends string> extends Common<P> {
  readonly kind: 'page';
  readonly method: 'GET' | 'POST';
  readonly params?: Fields;
  readonly query?: Fields;
  readonly body?: Fields;
  /** Names of what was typed and is never given back, not to the same person either: passwords, codes, addresses with one. */
  readonly secret?: RegExp;
  /** Which field a refusal is about, by its code; of several the first that was filled in. */
  readonly about?: Readonly<Record<string, string | readonly string[]>>;
  readonly run: (call: Call<W, A, never, never, never> & { readonly request: Request }) => Promise<PageAnswer>;
}

export type Route<W, A, P extends string> = ApiRoute<W, A, P> | PageRoute<W, A, P>;

/** Binds the two makers to one world, so that each route's handler has the types of its own schemas. */
export function routesOf<W, A, P extends string>(): {
  api: <const D extends Omit<ApiRoute<W, A, P>, 'kind' | 'run'>>(
    data: D,
    run: (call: Call<W, A, Out<D['params']>, Out<D['query']>, Out<D['body']>>) => Promise<z.input<D['reply']>>,
  ) => ApiRoute<W, A, P>;
  page: <const D extends Omit<PageRoute<W, A, P>, 'kind' | 'run'>>(
    data: D,
    run: (
      call: Call<W, A, Out<D['params']>, Out<D['query']>, Out<D['body']>> & { readonly request: Request },
    ) => Promise<PageAnswer>,
  ) => PageRoute<W, A, P>;
} {
  return {
    api: (data, run) => ({ ...data, kind: 'api', run }),
    page: (data, run) => ({ ...data, kind: 'page', run }),
  };
}

/** Where one sees whether a write was done. */
export function lookOf<W, A, P extends string>(
  route: Pick<ApiRoute<W, A, P>, 'path' | 'look'>,
  routes: readonly Route<W, A, P>[],
): string | null {
  if (route.look !== undefined) return route.look;
  const above = routes
    .filter((one) => one.kind === 'api' && one.method === 'GET')
    .filter((one) => route.path === one.path || route.path.startsWith(`${one.path}/`));
  return above.toSorted((a, b) => b.path.length - a.path.length)[0]?.path ?? null;
}
