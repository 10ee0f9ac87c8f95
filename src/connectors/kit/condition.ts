/**
 * Which items are meant. A small algebra that each connector compiles (SQL, a file walk, an IMAP search) and that is
 * interpreted here in memory; the two must agree on every item, and a differential test holds them to it.
 * A condition never gives "unknown": a missing value makes a leaf false.
 */
import type { Instant } from '../../base/time.ts';
import { instant } from '../../base/time.ts';
import type { Dataset, Key, Recipe, Scalar } from './dataset.ts';
import { bare, joinedUp } from './joined.ts';

export type Condition =
  /** All of these; none given means every item. */
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  /** One of these; none given means no item. */
  | { readonly is: 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  /** The clock has a reading, strictly earlier than this instant (ISO 8601, UTC). */
  | { readonly is: 'before'; readonly clock: string; readonly at: string }
  /** The clock has no usable reading. */
  | { readonly is: 'undated'; readonly clock: string }
  | { readonly is: 'key'; readonly oneOf: readonly Key[] }
  | { readonly is: 'field'; readonly field: string; readonly oneOf: readonly Scalar[] }
  /** Null or the empty text. */
  | { readonly is: 'empty'; readonly field: string }
  /** One of the dataset's subject keys of this kind has one of these spellings (subject.ts makes them, in lower case). */
  | { readonly is: 'subject'; readonly kind: string; readonly spellings: readonly string[] }
  /** Trees only: the path lies under this folder ("" is the root, a folder ends in "/"). */
  | { readonly is: 'under'; readonly folder: string }
  /** An item of another dataset of the same source refers to this one and meets `where`. Tables only. */
  | {
      readonly is: 'referred';
      readonly by: Dataset;
      readonly join: Readonly<Record<string, string>>;
      readonly where: Condition;
    };

export const everything: Condition = { is: 'all', of: [] };
export const nothing: Condition = { is: 'any', of: [] };

export function all(...of: readonly Condition[]): Condition {
  const parts = of.flatMap((part) => (part.is === 'all' ? part.of : [part]));
  if (parts.some(isNothing)) return nothing;
  return parts.length === 1 && parts[0] ? parts[0] : { is: 'all', of: parts };
}

export function any(...of: readonly Condition[]): Condition {
  const parts = of.flatMap((part) => (part.is === 'any' ? part.of : [part]));
  return parts.length === 1 && parts[0] ? parts[0] : { is: 'any', of: parts };
}

export function not(of: Condition): Condition {
  return { is: 'not', of };
}

/**
 * Items that this clock should date and cannot. Where no value means that the event has not happened yet, those are the
 * items with a value that is no time: nobody said of them that they are open, and so they would stay for ever unseen.
 */
export function undatable(dataset: Dataset, clock: string): Condition {
  const { empty, readings = [] } = dataset.clocks[clock] ?? {};
  if (empty === undefined) return nothing;
  const undated: Condition = { is: 'undated', clock };
  if (empty === 'finding') return undated;
  const values = readings.map((one): Condition =>
    'column' in one ? not({ is: 'empty', field: one.column }) : everything,
  );
  return all(undated, any(...values));
}

export function isNothing(condition: Condition): boolean {
  return condition.is === 'any' && condition.of.length === 0;
}

/** The condition by which an item shows that it has been made anonymous; null when no field of the recipe can tell. */
export function marksOf(recipe: Readonly<Record<string, Recipe>>): Condition | null {
  const parts = Object.entries(recipe).flatMap(([field, how]): Condition[] => {
    if (how.to === 'null') return [{ is: 'empty', field }];
    if (how.to === 'text')
      return [how.value === '' ? { is: 'empty', field } : { is: 'field', field, oneOf: [how.value] }];
    return [];
  });
  return parts.length > 0 ? all(...parts) : null;
}

/** One item as a connector found it. `fields` holds raw values; `at` what each clock of the dataset reads. */
export interface Item {
  readonly key: Key;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly at: Readonly<Record<string, Instant | null>>;
  readonly bytes: number | null;
}

/** As much of an item as a condition asks about: a walk over a million files makes no more of each than this. */
export interface Seen {
  readonly key: Key;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly at: Readonly<Record<string, Pick<Instant, 'epochMilliseconds'> | null>>;
}

/**
 * Whether the item meets the condition. `refers` answers "referred" leaves; without it such a leaf throws, because a
 * guess would delete.
 */
export function matches(
  dataset: Dataset,
  item: Seen,
  condition: Condition,
  refers?: (condition: Extract<Condition, { is: 'referred' }>, item: Seen) => boolean,
): boolean {
  switch (condition.is) {
    case 'all':
      return condition.of.every((inner) => matches(dataset, item, inner, refers));
    case 'any':
      return condition.of.some((inner) => matches(dataset, item, inner, refers));
    case 'not':
      return !matches(dataset, item, condition.of, refers);
    case 'before': {
      const at = item.at[condition.clock];
      return at !== undefined && at !== null && at.epochMilliseconds < momentOf(condition);
    }
    case 'undated':
      return (item.at[condition.clock] ?? null) === null;
    case 'key':
      return condition.oneOf.some(
        (key) =>
          key.length === item.key.length &&
          // A table without a unique key may have nulls in it; they name the item like any other value.
          key.every((v, i) => (v === null ? (item.key[i] ?? null) === null : same(v, item.key[i] ?? null))),
      );
    case 'field': {
      const value = item.fields[condition.field] ?? null;
      return value !== null && condition.oneOf.some((one) => same(one, value));
    }
    case 'empty': {
      const value = item.fields[condition.field] ?? null;
      return value === null || value === '';
    }
    case 'subject':
      return dataset.subjects.some((subject) => {
        if (subject.kind !== condition.kind) return false;
        const value = item.fields[subject.field] ?? null;
        if (value === null) return false;
        const whole = subject.kind === 'phone' ? joinedUp : bare;
        const text = (subject.match === 'whole' ? whole(String(value)) : String(value)).toLowerCase();
        return condition.spellings.some((one) => (subject.match === 'whole' ? text === one : text.includes(one)));
      });
    case 'under':
      return condition.folder === '' || String(item.key[0] ?? '').startsWith(condition.folder);
    case 'referred':
      if (!refers) throw new TypeError(`"${dataset.id}" cannot answer whether ${condition.by.id} refers to it`);
      return refers(condition, item);
  }
}

/**
 * What is left to ask of the items below a folder ("a/b/", "" for the root): "under" is answered once for all of them.
 * The same items meet the answer as meet the condition; one that none can meet is `nothing`.
 */
export function within(condition: Condition, folder: string): Condition {
  switch (condition.is) {
    case 'under':
      if (folder.startsWith(condition.folder)) return everything;
      return condition.folder.startsWith(folder) ? condition : nothing;
    case 'not': {
      const of = within(condition.of, folder);
      if (isNothing(of)) return everything;
      return isEverything(of) ? nothing : not(of);
    }
    case 'all':
      return all(...condition.of.map((one) => within(one, folder)));
    case 'any': {
      // A share may name hundreds of folders, and is asked about for every folder: most of them are passed over.
      const left: Condition[] = [];
      for (const one of condition.of) {
        const part = within(one, folder);
        if (isEverything(part)) return everything;
        if (!isNothing(part)) left.push(part);
      }
      return any(...left);
    }
    default:
      return condition;
  }
}

function isEverything(condition: Condition): boolean {
  return condition.is === 'all' && condition.of.length === 0;
}

const moments = new WeakMap<object, number>();

/** The instant of a "before" leaf in milliseconds, read once: a walk asks it a million times. Clocks tell no finer time. */
function momentOf(condition: Extract<Condition, { is: 'before' }>): number {
  const known = moments.get(condition);
  if (known !== undefined) return known;
  const ms = instant(condition.at).epochMilliseconds;
  moments.set(condition, ms);
  return ms;
}

function same(a: Scalar, b: Scalar): boolean {
  if (a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  return a === b || String(a) === String(b);
}
