/** Policies as nobody would write them: for tests that a reader or a linter survives anything. */
import fc from 'fast-check';

const piece = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '\n',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    '&a ',
    '*a',
    '"',
    "'",
    '\t',
    '!!js ',
    '<<: ',
    '\u0000',
    '? ',
    '|',
    '#',
  ),
);

/** The text with one to four cuts and insertions anywhere. Most are no longer YAML, or no longer a policy. */
export function edited(text: string): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.integer({ min: 0, max: text.length }), fc.integer({ min: 0, max: 40 }), piece);
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((now, [at, cut, put]) => now.slice(0, at) + put + now.slice(at + cut), text));
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
interface Step {
  readonly at: number;
  readonly what: 'drop' | 'repeat' | 'other' | 'odd';
  readonly which: number;
}

const odd: readonly Json[] = ['', 'x', 'P400000Y', '2019-01-01', 'US', 0, true, null, [], {}];

/**
 * The same policy, as JSON, with one to three parts left out, repeated, replaced by what stands under the same key elsewhere
 * in it, or by something odd. Many of these are still policies, and say strange things.
 */
export function reshaped(policy: Json): fc.Arbitrary<string> {
  const pool = new Map<string, Json[]>();
  gather(policy, '', pool);
  const size = places(policy);
  const step = fc.record({
    at: fc.nat({ max: size - 1 }),
    what: fc.constantFrom<Step['what'][]>('drop', 'repeat', 'other', 'other', 'other', 'odd'),
    which: fc.nat({ max: 999 }),
  });
  return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) =>
    JSON.stringify(
      steps.reduce<Json>((now, one) => changed(now, one, pool), policy),
      null,
      1,
    ),
  );
}

/** A policy with one part changed, and where that is. */
export interface Once {
  readonly text: string;
  readonly at: readonly (string | number)[];
  /** What stood there, and what stands there now: of a part that was left out what came after it, or null. */
  readonly was: Json;
  readonly is: Json;
}

/** The same policy with exactly one part left out, repeated or replaced. */
export function changedOnce(policy: Json): fc.Arbitrary<Once> {
  const pool = new Map<string, Json[]>();
  gather(policy, '', pool);
  return fc
    .record({
      at: fc.nat({ max: places(policy) - 1 }),
      what: fc.constantFrom<Step['what'][]>('drop', 'repeat', 'other', 'other', 'odd', 'odd'),
      which: fc.nat({ max: 999 }),
    })
    .map((step) => {
      const text = JSON.stringify(changed(policy, step, pool), null, 1);
      const at = placeOf(policy, step.at);
      return { text, at, was: valueAt(policy, at), is: valueAt(JSON.parse(text) as Json, at) };
    });
}

/** The place with this number, counted as `changed` counts. */
function placeOf(value: Json, number: number): (string | number)[] {
  let left = number;
  const walk = (here: Json, path: (string | number)[]): (string | number)[] | null => {
    if (here === null || typeof here !== 'object') return null;
    const inside: [string | number, Json][] = Array.isArray(here)
      ? [...(here as readonly Json[]).entries()]
      : Object.entries(here as { readonly [key: string]: Json });
    for (const [key, one] of inside) {
      if (left-- === 0) return [...path, key];
      const found = walk(one, [...path, key]);
      if (found) return found;
    }
    return null;
  };
  return walk(value, []) ?? [];
}

function valueAt(value: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>(
    (here, part) =>
      here !== null && typeof here === 'object' ? ((here as Record<string | number, Json>)[part] ?? null) : null,
    value,
  );
}

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every value by the key under which it stands; what stands in a list counts under the key of the list. */
function gather(value: Json, key: string, pool: Map<string, Json[]>): void {
  if (key !== '') pool.set(key, [...(pool.get(key) ?? []), value]);
  if (Array.isArray(value)) for (const one of value as readonly Json[]) gather(one, `${key}[]`, pool);
  else if (isMap(value)) for (const [name, one] of Object.entries(value)) gather(one, name, pool);
}

/** One step at one of the places of the value, counted through from the front. */
function changed(value: Json, { at, what, which }: Step, pool: ReadonlyMap<string, readonly Json[]>): Json {
  let left = at % Math.max(1, places(value));
  const put = (key: string, one: Json): Json[] => {
    const others = pool.get(key) ?? [null];
    return {
      drop: [],
      repeat: key.endsWith('[]') ? [one, one] : [[one, one]],
      other: [others[which % others.length] ?? null],
      odd: [odd[which % odd.length] ?? null],
    }[what];
  };
  const walk = (here: Json, key: string): Json => {
    if (Array.isArray(here))
      return (here as readonly Json[]).flatMap((one) =>
        left-- === 0 ? put(`${key}[]`, one) : [walk(one, `${key}[]`)],
      );
    if (!isMap(here)) return here;
    return Object.fromEntries(
      Object.entries(here).flatMap(([name, one]): [string, Json][] =>
        left-- === 0 ? put(name, one).map((next) => [name, next]) : [[name, walk(one, name)]],
      ),
    );
  };
  return walk(value, '');
}

function places(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  return Object.values<Json>(value).reduce<number>((sum, one) => sum + 1 + places(one), 0);
}
