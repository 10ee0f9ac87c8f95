import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { routes } from '../../src/app/site/routes.ts';
import type { SiteRoute } from '../../src/app/site/seat.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

/** Cases over all routes together; "npm run soak" sends ten thousand. */
const cases = process.env['GESTAND_SOAK'] === '1' ? 10_000 : 400;

/** Values that break what was written for ordinary ones. */
const odd = fc.constantFrom(
  '',
  '0',
  '-1',
  'null',
  '__proto__',
  "'; drop table retention.plan; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  'a'.repeat(5000),
  '9'.repeat(40),
  '2026-02-30',
  '${7*7}',
  '=1+1',
);
const anything = fc.oneof(odd, fc.string({ unit: 'binary' }), fc.json());

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** What the route's own schema takes: it goes further in than what is refused at the door. */
function fits(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fits));
  switch (schema.type) {
    case 'string':
      return textThat(schema);
    case 'integer':
    case 'number':
      return fc.integer();
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fits(schema.items ?? {}), { maxLength: 3 });
    case 'object': {
      const own = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fits(one)]));
      return fc.record(own, { requiredKeys: [...(schema.required ?? [])].filter((name) => name in own) });
    }
    default:
      return anything;
  }
}

function textThat({ pattern, format }: Schema): fc.Arbitrary<string> {
  if (format === 'email') return fc.emailAddress();
  if (format === 'date') return fc.constantFrom('2026-11-24', '2027-02-28', '0001-01-01');
  if (format === 'date-time') return fc.constantFrom('2026-11-24T10:00:00Z', '9999-12-31T23:59:59Z');
  try {
    return pattern === undefined
      ? fc.string({ unit: 'grapheme', maxLength: 60 })
      : fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.string(); // a pattern that looks ahead cannot be generated from
  }
}

const schemaOf = (of: z.ZodType | undefined): Schema =>
  of === undefined ? {} : (z.toJSONSchema(of, { io: 'input', unrepresentable: 'any' }) as Schema);

/** Half of them as the route wants them, half of those with one thing in it that breaks what was written for ordinary ones. */
function bodiesFor(route: SiteRoute): fc.Arbitrary<Record<string, unknown>> {
  const schema = schemaOf(route.body);
  if (schema.type !== 'object') return bodyFor(route);
  const right = fits(schema) as fc.Arbitrary<Record<string, unknown>>;
  const names = Object.keys(schema.properties ?? {});
  const almost =
    names.length === 0
      ? right
      : fc.tuple(right, fc.constantFrom(...names), odd).map(([body, name, value]) => ({ ...body, [name]: value }));
  return fc.oneof(bodyFor(route), right, almost);
}

/** A value for each parameter of a route's address. */
function wordsFor(route: SiteRoute): fc.Arbitrary<string[]> {
  const own = schemaOf(route.params).properties ?? {};
  const names = [...route.path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '');
  return fc.tuple(...names.map((name) => fc.oneof(anything, fits(own[name] ?? {}).map(String))));
}

/** A body that has the route's own keys, with values that may be of any kind. */
function bodyFor(route: SiteRoute): fc.Arbitrary<Record<string, unknown>> {
  const shape = route.body instanceof z.ZodObject ? Object.keys(route.body.shape) : [];
  const value = fc.oneof(
    odd,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(odd, { maxLength: 3 }),
    fc.object({ maxDepth: 2 }),
  );
  return fc.dictionary(fc.oneof(fc.constantFrom(...(shape.length > 0 ? shape : ['x'])), odd), value, { maxKeys: 6 });
}

describe('whatever is sent to whichever route', () => {
  let site: TestSite;
  before(async () => {
    site = await testSite();
  });
  after(() => site.close());

  it('is answered, and never with a bug', async () => {
    const bugs: string[] = [];
    // Signing out would end the fuzzing; systems that are not there are tried by their own tests.
    const targets = routes.filter((route) => route.path !== '/sign-out');
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom(...targets)
          .chain((route) =>
            fc.tuple(fc.constant(route), wordsFor(route), bodiesFor(route), fc.dictionary(odd, odd, { maxKeys: 3 })),
          ),
        fc.constantFrom('privacy-officer', 'engineer', 'dpo', 'client', null),
        async ([route, words, body, query], role) => {
          let i = 0;
          const path = route.path.replace(/:(\w+)/g, () => encodeURIComponent(well(words[i++] ?? 'x')));
          const asked = new URLSearchParams(
            Object.entries(query).map(([name, value]): [string, string] => [well(name), well(value)]),
          );
          const form = route.kind === 'page';
          const response = await site.ask(`${path}?${asked.toString()}`, {
            method: route.method,
            ...(role === null ? {} : { as: site.people.get(role)?.token ?? '' }),
            headers: form ? {} : { 'content-type': 'application/json' },
            ...(route.method === 'GET' ? {} : { body: form ? formOf(body) : JSON.stringify(body) }),
          });
          const text = await response.text();
          if (response.status >= 500)
            bugs.push(
              `${route.method} ${route.path} ${JSON.stringify(words)} ${JSON.stringify(body)}: ${text.slice(0, 200)}`,
            );
          // JSON may say it again: no browser takes that for a page.
          const isPage = /html/.test(response.headers.get('content-type') ?? '');
          assert.ok(
            !isPage || !text.includes('<script>alert(1)</script>'),
            `${route.path} gave back what was sent as markup`,
          );
        },
      ),
      { numRuns: cases },
    );
    assert.deepEqual(bugs.slice(0, 10), []);
  });
});

/** A lone surrogate cannot stand in an address: that is the client's to know. */
function well(text: string): string {
  return text.toWellFormed();
}

function formOf(body: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [
      well(name),
      well(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
    ]),
  );
}
