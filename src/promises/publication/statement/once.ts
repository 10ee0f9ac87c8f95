/**
 * What "no sentence twice" means. A document has layers: the short one, the whole statement, and the part of each group.
 *
 * - In prose, lists and blocks apart, no sentence stands twice within one layer.
 * - A table names things, and a thing may be named in many rows; no row stands twice within one table.
 * - A proof is a table of its own.
 *
 * Two places of the policy that say the very same are said once, and the sentence keeps both places.
 */
import type { Block, Sentence } from '../document/model.ts';

/** One layer with each sentence and row once, and no heading over nothing. */
export function once(blocks: readonly Block[]): Block[] {
  const places = new Map<string, Set<string>>();
  for (const sentence of prose(blocks)) gather(places, sentence.text, [sentence]);
  return withoutEmptyHeadings(rebuilt(blocks, places, new Set()));
}

/** The sentences outside tables and proofs. */
export function prose(blocks: readonly Block[]): Sentence[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [...block.sentences];
      case 'list':
        return block.items.flat();
      case 'apart':
        return prose(block.blocks);
      default:
        return [];
    }
  });
}

/** A row as one text. */
export function rowText(row: readonly (readonly Sentence[])[]): string {
  return row.map((cell) => cell.map((one) => one.text).join(' ')).join(' | ');
}

function gather(places: Map<string, Set<string>>, key: string, sentences: readonly Sentence[]): void {
  const known = places.get(key) ?? new Set();
  for (const one of sentences) for (const from of [one.from, ...(one.also ?? [])]) known.add(from);
  places.set(key, known);
}

type Places = ReadonlyMap<string, ReadonlySet<string>>;

function rebuilt(blocks: readonly Block[], places: Places, seen: Set<string>): Block[] {
  const fresh = (sentences: readonly Sentence[]): Sentence[] =>
    sentences.flatMap((one) => {
      if (seen.has(one.text)) return [];
      seen.add(one.text);
      return [withPlaces(one, places.get(one.text))];
    });
  return blocks.flatMap((block): Block[] => {
    switch (block.kind) {
      case 'paragraph': {
        const sentences = fresh(block.sentences);
        return sentences.length === 0 ? [] : [{ ...block, sentences }];
      }
      case 'list': {
        const items = block.items.map(fresh).filter((item) => item.length > 0);
        return items.length === 0 ? [] : [{ ...block, items }];
      }
      case 'table':
        return [{ ...block, rows: rowsOnce(block.rows) }];
      case 'apart': {
        const inner = rebuilt(block.blocks, places, seen);
        return inner.length === 0 ? [] : [{ ...block, blocks: inner }];
      }
      default:
        return [block];
    }
  });
}

type Row = readonly (readonly Sentence[])[];

function rowsOnce(rows: readonly Row[]): Row[] {
  const places = new Map<string, Set<string>>();
  for (const row of rows) gather(places, rowText(row), row.flat());
  const same = Map.groupBy(rows, rowText);
  return [...same.entries()].flatMap(([key, [row, ...others]]) => {
    if (!row) return [];
    const [first, ...rest] = row;
    const [name, ...more] = first ?? [];
    return others.length === 0 || !name ? [row] : [[[withPlaces(name, places.get(key)), ...more], ...rest]];
  });
}

function withPlaces(sentence: Sentence, all: ReadonlySet<string> | undefined): Sentence {
  const also = [...(all ?? [])].filter((from) => from !== sentence.from);
  return also.length === 0 ? sentence : { ...sentence, also };
}

function withoutEmptyHeadings(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  for (const block of blocks.toReversed()) {
    const next = kept.at(-1);
    const filled =
      next !== undefined && (next.kind !== 'heading' || (block.kind === 'heading' && next.level > block.level));
    if (block.kind !== 'heading' || filled) kept.push(block);
  }
  return kept.toReversed();
}
