/** What the differ knows of one key of the language: its name, how its values read, and what makes a change material. */
import type { Language, Text } from '../../base/language.ts';
import type { Policy } from '../schema.ts';
import { laterEnd, longerTerm } from './terms.ts';
import type { Reason } from './reasons.ts';
import { textOf } from './words.ts';

/** A value that changed, with what stands around it. `undefined` stands for a value that is not there. */
export interface Seen {
  readonly before: unknown;
  readonly after: unknown;
  /** The nearest item of a list that it belongs to, on both sides. */
  readonly item: { readonly before: unknown; readonly after: unknown };
  readonly from: Policy;
  readonly to: Policy;
  /** Countries of the European Economic Area. */
  readonly eea: readonly string[];
}

/** One condition under which a change is material. */
export interface Weight {
  readonly reason: Reason;
  /** The condition in words, for the documentation. */
  readonly when: string;
  readonly holds: (seen: Seen) => boolean;
}

export type Show = (value: unknown, policy: Policy, language: Language) => string;

export interface Field {
  readonly label: Text;
  readonly show?: Show;
  readonly weights?: readonly Weight[];
  /** Sentence of a change, with {where}, {before} and {after}; without it "where: label: before → after". */
  readonly changed?: Text;
  readonly added?: Text;
  readonly removed?: Text;
  /** A list of words that changes as a whole: "from contract, consent to contract". Otherwise what came and what went. */
  readonly whole?: true;
}

export interface ListOf {
  /** What one is called, and the sentences in which it comes and goes; with {where}. */
  readonly added: Text;
  readonly removed: Text;
  /** Sentence for an id that changed while all else stayed. */
  readonly renamed?: Text;
  /** What makes two items the same one. */
  readonly key: (item: Item) => string;
  /** True when the key names the item in a path; otherwise its number does. */
  readonly named: boolean;
  readonly name: Show;
  /** How one reads in full when it comes or goes. */
  readonly full?: Show;
  readonly weights?: readonly Weight[];
}

export type Item = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, Field>>;
export type Lists = Readonly<Record<string, ListOf>>;

export function field(nl: string, en: string, more: Omit<Field, 'label'> = {}): Field {
  return { label: { nl, en }, ...more };
}

/** The text by which an item is known: what it says is what it was called. */
export const wording = field('woorden', 'wording', {
  changed: { nl: 'Andere woorden: {before} → {after}', en: 'Other words: {before} → {after}' },
});

/** A list of things with an id of their own, named by their text. */
export function list(added: Text, removed: Text, more: Partial<ListOf> = {}): ListOf {
  return {
    added,
    removed,
    key: (item) => String(item['id']),
    named: true,
    name: (item, _policy, language) => textOf(item as Item, language),
    ...more,
  };
}

const weight =
  (when: string, holds: Weight['holds']) =>
  (...list: readonly Reason[]): Weight[] =>
    list.map((reason) => ({ reason, when, holds }));

export const changed = weight('it changes', () => true);
export const comes = weight('it is added', (seen) => seen.before === undefined);
export const goes = weight('it is removed', (seen) => seen.after === undefined);
export const becomesTrue = weight('it becomes true', (seen) => seen.after === true);
export const becomesFalse = weight('it is no longer true', (seen) => seen.before === true);
/** Without a term there is no end that anyone could hold us to. */
export const longer = weight(
  'the term is longer, or there is none any more',
  (seen) => seen.before !== undefined && (seen.after === undefined || longerTerm(seen.after, seen.before)),
);
export const longerOrNew = weight(
  'the term is longer, or there is one now',
  (seen) => seen.after !== undefined && (seen.before === undefined || longerTerm(seen.after, seen.before)),
);
/** Keep, event and rounding together decide the end. */
export const endsLater = weight('data can stay longer by it', (seen) => laterEnd(seen.item.before, seen.item.after));
export const when = (words: string, holds: Weight['holds'], ...list: readonly Reason[]): Weight[] =>
  weight(words, holds)(...list);
