/**
 * What is left of a file when its mistakes are cut out, so that the checks that come after the schema's need not wait until it
 * is mended, and say nothing of what is wrong already. Places keep their numbers: what is cut out of a list leaves a hole.
 */
import type { Path } from './yaml.ts';

/** Of a shape whatever is there and right: each key may be absent, each item of a list a hole. */
export type Partly<T> = T extends readonly (infer U)[]
  ? readonly (Partly<U> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> | undefined }
    : T;

/** Words that may be referred to. */
export interface Names {
  readonly words: readonly string[];
  readonly has: (word: string) => boolean;
  /** Whether a word that is not among them may be one all the same: it stands where it could not be read. */
  readonly maybe: (word: string) => boolean;
}

export function namesOf(words: readonly string[], maybe: Names['maybe'] = () => false): Names {
  const all = new Set(words);
  return { words: [...all], has: (word) => all.has(word), maybe };
}
export const noNames: Names = namesOf([], () => true);

/** Told of a reference only when nothing that is wrong elsewhere can be what it means. */
export const isUnknown = ({ has, maybe }: Names, word: string): boolean => !has(word) && !maybe(word);

/** The words as a mistake names them: of very many only the first. */
export const listed = ({ words }: Names): string =>
  words.length > 60 ? `${words.slice(0, 60).join(', ')}, …` : words.join(', ');

/** The whole items of a list that has holes, each with its place. */
export function* entriesOf<T>(list: readonly (T | undefined)[] | undefined): Generator<[number, T]> {
  for (const [i, one] of (list ?? []).entries()) if (one !== undefined) yield [i, one];
}

interface Cuts {
  here: boolean;
  readonly below: Map<string, Cuts>;
}

/** Where the mistakes of a file stand. */
export interface Wrong {
  /** Whether one stands at this place, in it, or in what holds it. */
  readonly at: (path: Path) => boolean;
  /** A copy without what is wrong. */
  readonly cut: (plain: unknown) => unknown;
}

export function wrongAt(paths: readonly Path[]): Wrong {
  const all: Cuts = { here: false, below: new Map() };
  for (const path of paths) {
    let at = all;
    for (const part of path) {
      const next = at.below.get(String(part)) ?? { here: false, below: new Map<string, Cuts>() };
      at.below.set(String(part), next);
      at = next;
    }
    at.here = true;
  }
  return {
    at: (path) => {
      let here: Cuts | undefined = paths.length === 0 ? undefined : all;
      for (const part of path) {
        if (here === undefined || here.here) break;
        here = here.below.get(String(part));
      }
      return here !== undefined;
    },
    cut: (plain) => copied(plain, paths.length === 0 ? undefined : all),
  };
}

function copied(value: unknown, cuts: Cuts | undefined): unknown {
  if (cuts === undefined) return value;
  if (cuts.here) return undefined;
  if (Array.isArray(value)) return value.map((one: unknown, i) => copied(one, cuts.below.get(String(i))));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
      const left = copied(one, cuts.below.get(key));
      return left === undefined ? [] : [[key, left]];
    }),
  );
}

/**
 * The ids of the things in a list as the file has it, also of a thing with a mistake elsewhere. An id that is itself wrong is
 * what a reference means when the two look alike; where a thing has none that can be read, it can be anything.
 */
export function idsIn(list: unknown, path: Path, wrong: Wrong): Names {
  if (list === undefined || list === null) return wrong.at(path) ? noNames : namesOf([]);
  if (!Array.isArray(list)) return noNames;
  const words = new Set<string>();
  const odd = new Set<string>();
  let unread = list.length === 0 && wrong.at(path);
  for (const [i, one] of (list as readonly unknown[]).entries()) {
    const id: unknown = one !== null && typeof one === 'object' ? (one as Record<string, unknown>)['id'] : one;
    const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
    if (text.length < 2 && wrong.at([...path, i, 'id'])) unread = true;
    else if (wrong.at([...path, i, 'id'])) odd.add(plainly(text));
    words.add(text);
  }
  words.delete('');
  // Where very many are wrong, nothing is said of what refers to them.
  if (odd.size > 50) unread = true;
  return namesOf([...words], (word) => unread || [...odd].some((one) => alike(one, word)));
}

/** The keys of a block as the file has it, also of a key under which something is wrong. */
export function keysIn(block: unknown, path: Path, wrong: Wrong): Names {
  if (block !== null && typeof block === 'object' && !Array.isArray(block)) return namesOf(Object.keys(block));
  return wrong.at(path) ? noNames : namesOf([]);
}

const plainly = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

/** One holds the other, or they begin alike: enough not to speak of a reference as if its thing were not there. */
function alike(odd: string, word: string): boolean {
  const letters = [odd, plainly(word)].map((one) => one.replaceAll('-', ''));
  const [a = '', b = ''] = letters;
  return a.includes(b) || b.includes(a) || a.slice(0, 4) === b.slice(0, 4);
}
