/** What a section writes with: the policy, one language, and the making of sentences and blocks from texts in both. */
import type { Language, Text } from '../../../base/language.ts';
import { bare, capital, lower, tidy, wholeSentences } from '../../../base/wording.ts';
import { articleText, type LawBook, type LawSource, type Policy } from '../../../policy/index.ts';
import type { Block, Sentence } from '../document/model.ts';

export interface Page {
  readonly policy: Policy;
  readonly language: Language;
  readonly day: string;
  readonly law: ReadonlyMap<string, LawSource>;
  /** Null when the law was not given: nothing is then said about being outside the EEA. */
  readonly eea: readonly string[] | null;
  readonly adequacy: LawBook['adequacy'];
  /** Names that keep their capital in the middle of a sentence. */
  readonly proper: Readonly<Record<Language, ReadonlySet<string>>>;
}

interface More {
  readonly href?: string;
  readonly strong?: boolean;
}

/** Whole sentences from one place in the policy. */
export function say(page: Page, text: Text, from: string, more: More = {}): Sentence[] {
  return wholeSentences(text[page.language]).map((one) => ({ text: one, from, ...more }));
}

/** A name in a table or a list: no stop at its end. */
export function name(page: Page, text: Text, from: string, more: More = {}): Sentence[] {
  const plain = tidy(bare(capital(text))[page.language]);
  return plain === '' ? say(page, text, from, more) : [{ text: plain, from, ...more }];
}

export interface Named {
  readonly text: Text;
  readonly from: string;
}

/** Things in one cell: one goes without a stop, more are sentences. */
export function names(page: Page, things: readonly Named[]): Sentence[] {
  const [first, ...rest] = things;
  if (!first) return [];
  if (rest.length === 0) return name(page, first.text, first.from);
  return things.flatMap((one) => say(page, one.text, one.from));
}

/** A policy's text as the middle of one of our sentences. */
export function mid(page: Page, text: Text): Text {
  return lower(text, page.proper);
}

export function heading(page: Page, level: 2 | 3 | 4, id: string, text: Text): Block {
  return { kind: 'heading', level, id, text: bare(capital(text))[page.language] };
}

/** A heading with what stands under it; nothing when nothing does. */
export function part(page: Page, level: 2 | 3 | 4, id: string, title: Text, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [heading(page, level, id, title), ...blocks];
}

export function paragraph(...sentences: readonly (readonly Sentence[])[]): Block[] {
  const all = sentences.flat();
  return all.length === 0 ? [] : [{ kind: 'paragraph', sentences: all }];
}

export function list(items: readonly (readonly Sentence[])[]): Block[] {
  const filled = items.filter((item) => item.length > 0);
  return filled.length === 0 ? [] : [{ kind: 'list', items: filled }];
}

/** Something that leads into a list or a table; gone when they are. */
export function led(lead: readonly Sentence[], blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [...paragraph(lead), ...blocks];
}

/**
 * A table without empty rows and columns; with one column left it is a list. The first cell of a row names what the row is
 * about: a row with nothing beside it stays, since the name says something too.
 */
export function table(
  page: Page,
  caption: Text,
  head: readonly Text[],
  rows: readonly (readonly (readonly Sentence[])[])[],
): Block[] {
  const filled = rows.filter((row) => row.some((cell) => cell.length > 0));
  const columns = head.flatMap((_, i) => (filled.some((row) => (row[i] ?? []).length > 0) ? [i] : []));
  if (columns.length < 2) return list(filled.map((row) => row.flat()));
  return [
    {
      kind: 'table',
      caption: caption[page.language],
      head: columns.map((i) => head[i]?.[page.language] ?? ''),
      rows: filled.map((row) => columns.map((i) => row[i] ?? [])),
    },
  ];
}

/** Only an address on the web can be followed by who reads the statement; a file beside the policy cannot. */
export function webAddress(link: string | undefined): string | undefined {
  return link?.startsWith('https://') === true ? link : undefined;
}

/** A statute as people can look it up: "administratieplicht (AWR art. 52)"; null when the law does not have it. */
export function statuteWords(page: Page, id: string): Text | null {
  const source = page.law.get(id);
  if (!source) return null;
  const title = mid(page, source.title);
  const article = articleText(source.article);
  return { nl: `${title.nl} (${article.nl})`, en: `${title.en} (${article.en})` };
}

export function namedOf(
  items: readonly { readonly id: string; readonly text: Text }[],
  ids: readonly string[],
  section: string,
): Named[] {
  return items
    .filter((one) => ids.includes(one.id))
    .map((one) => ({ text: one.text, from: `${section}.${one.id}.text` }));
}

/** Words with a capital in the middle of a text of the policy, and the first words of its names. */
export function properNames(policy: Policy): Record<Language, Set<string>> {
  const found: Record<Language, Set<string>> = { nl: new Set(), en: new Set() };
  const owners = [policy.organisation.name, policy.complaint?.authority, ...policy.recipients.map((one) => one.name)];
  for (const owner of owners) {
    const first = owner?.split(' ')[0];
    if (first !== undefined) for (const set of Object.values(found)) set.add(first);
  }
  walk(policy, found);
  return found;
}

function walk(value: unknown, found: Record<Language, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Record<string, unknown>;
  for (const language of ['nl', 'en'] as const) {
    const text = record[language];
    if (typeof text !== 'string') continue;
    for (const match of text.matchAll(/(?<=[\p{Ll},] )\p{Lu}[\p{L}\p{N}'’-]*/gu)) found[language].add(match[0]);
  }
  for (const inner of Object.values(record)) walk(inner, found);
}
