/**
 * Two policies side by side, key by key. Items of a list are found again by what they are, wherever they stand; lists of words
 * are sets. So what was only moved is no difference.
 */
import type { Fields, Item, ListOf, Lists } from './field.ts';
import { isText } from './words.ts';

export interface Language {
  readonly fields: Fields;
  readonly lists: Lists;
}

/** An item of a list that a difference lies in, on both sides. */
interface Within {
  readonly pattern: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Difference {
  /** Key of the language: "retention[].keep". */
  readonly pattern: string;
  /** Place by name: "retention.video-90-days.keep". */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly within: readonly Within[];
  /** An item of a list that came or went whole. */
  readonly item: boolean;
}

export interface Place {
  readonly pattern: string;
  readonly path: string;
  readonly within: readonly Within[];
}

export const top: Place = { pattern: '', path: '', within: [] };

export function differences(before: unknown, after: unknown, place: Place, language: Language): Difference[] {
  if (before === after) return [];
  const one = before ?? after;
  const here = { ...place, before, after, item: false };
  if (one === null || typeof one !== 'object' || isText(one)) return same(before, after) ? [] : [here];
  const list = language.lists[place.pattern];
  const found =
    list && Array.isArray(before ?? []) && Array.isArray(after ?? [])
      ? ofItems(asList(before), asList(after), place, list, language)
      : Array.isArray(one)
        ? ofWords(asList(before), asList(after), place, language)
        : ofKeys(asItem(before), asItem(after), place, language);
  // Nothing within, and yet one side has it: an empty list, or a heading without anything under it.
  return found.length === 0 && (before === undefined || after === undefined) ? [here] : found;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asItem = (value: unknown): Item => (value !== null && typeof value === 'object' ? (value as Item) : {});

function same(a: unknown, b: unknown): boolean {
  return isText(a) && isText(b) ? a.nl === b.nl && a.en === b.en : a === b;
}

function ofKeys(before: Item, after: Item, place: Place, language: Language): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], below(place, key), language));
}

export function below(place: Place, key: string): Place {
  return {
    ...place,
    pattern: place.pattern === '' ? key : `${place.pattern}.${key}`,
    path: place.path === '' ? key : `${place.path}.${key}`,
  };
}

/** What went and what came, apart: the one can be material and the other not. */
function ofWords(
  before: readonly unknown[],
  after: readonly unknown[],
  place: Place,
  language: Language,
): Difference[] {
  const went = before.filter((one) => !after.includes(one));
  const came = after.filter((one) => !before.includes(one));
  if (went.length + came.length === 0) return [];
  if (language.fields[place.pattern]?.whole) {
    const [was, is] = [before, after].map((side) => (side.length === 0 ? undefined : side));
    return [{ ...place, before: was, after: is, item: false }];
  }
  return [
    ...(went.length > 0 ? [{ ...place, before: went, after: undefined, item: false }] : []),
    ...(came.length > 0 ? [{ ...place, before: undefined, after: came, item: false }] : []),
  ];
}

interface Paired {
  readonly before: unknown;
  readonly after: unknown;
  readonly name: string;
}

function ofItems(
  before: readonly unknown[],
  after: readonly unknown[],
  place: Place,
  list: ListOf,
  language: Language,
): Difference[] {
  const inside: Place = { ...place, pattern: `${place.pattern}[]` };
  return pairs(before, after, inside, list, language).flatMap((pair): Difference[] => {
    const path = `${place.path}.${pair.name}`;
    const { before, after } = pair;
    if (before === undefined || after === undefined)
      return [{ pattern: place.pattern, path, within: place.within, before, after, item: true }];
    const within = [...place.within, { pattern: place.pattern, before, after }];
    return differences(before, after, { pattern: inside.pattern, path, within }, language);
  });
}

/** Equal items first, so that two with one key are not taken for each other; then by key; what is left came or went. */
function pairs(
  before: readonly unknown[],
  after: readonly unknown[],
  inside: Place,
  list: ListOf,
  language: Language,
): Paired[] {
  const free = new Set(after.keys());
  const key = (item: unknown): string => list.key(item as Item);
  const name = (item: unknown, at: number): string => (list.named ? key(item) : String(at));
  const partner = new Map<number, number>();
  const take = (fits: (was: unknown, is: unknown) => boolean): void => {
    for (const [i, was] of before.entries()) {
      if (partner.has(i)) continue;
      const j = [...free].find((at) => fits(was, after[at]));
      if (j === undefined) continue;
      partner.set(i, j);
      free.delete(j);
    }
  };
  const equal = (was: unknown, is: unknown): boolean => differences(was, is, inside, language).length === 0;
  take((was, is) => key(was) === key(is) && equal(was, is));
  take((was, is) => key(was) === key(is));
  return [
    ...before.map((was, i): Paired => {
      const j = partner.get(i);
      return j === undefined
        ? { before: was, after: undefined, name: name(was, i) }
        : { before: was, after: after[j], name: name(after[j], j) };
    }),
    ...[...free].map((j): Paired => ({ before: undefined, after: after[j], name: name(after[j], j) })),
  ];
}
