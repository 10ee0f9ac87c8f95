/** One YAML file from pieces: what they have in common grows together, and the comments of each come along. */
import { Document, isMap, isNode, isScalar, isSeq, parseDocument, type Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Path } from './yaml.ts';

/** The items of a file that is a list: as values, and under "add" the piece that each has. */
export function piecesIn(text: string): readonly { readonly item: unknown; readonly piece: unknown }[] {
  const document = parseDocument(text);
  const items = document.toJS() as unknown[];
  return items.map((item, i) => ({ item, piece: document.getIn([i, 'add']) }));
}

export interface Merge {
  /** The keys at the top, in their order; every key of a piece is one of these. */
  readonly order: readonly string[];
  /** The comment at the top. */
  readonly heading: string;
  /** Values to set when all is put together. */
  readonly set: readonly (readonly [Path, unknown])[];
}

/**
 * Maps get each other's keys, lists each other's items: an item with the id of one that is there becomes one with it, a word that
 * is there is not said twice. A value of a later piece takes the place of an earlier one. `pieces` come from `piecesIn`,
 * and are used up. Throws on a key that `order` does not have.
 */
export function mergedYaml(pieces: readonly unknown[], { order, heading, set }: Merge): string {
  const document = new Document(new YAMLMap());
  const top = new YAMLMap();
  for (const piece of pieces) if (isMap(piece)) mergeMap(top, piece);
  document.contents = top;
  for (const [path, value] of set) document.setIn([...path], document.createNode(value));
  const strange = top.items.find(({ key }) => !order.includes(word(key)));
  if (strange) throw new Error(`no place for the key "${word(strange.key)}"`);
  top.items.sort((a, b) => order.indexOf(word(a.key)) - order.indexOf(word(b.key)));
  for (const [i, pair] of top.items.entries()) {
    // A value that was set has its key as a bare word.
    const key = isScalar(pair.key) ? pair.key : new Scalar(pair.key);
    key.spaceBefore = i > 0;
    pair.key = key;
  }
  document.commentBefore = heading;
  return document.toString({ lineWidth: 0 });
}

const word = (key: unknown): string => String(isScalar(key) ? key.value : key);

function mergeMap(into: YAMLMap, from: YAMLMap): void {
  for (const { key, value } of from.items) {
    const name = word(key);
    const there = into.get(name, true) as Node | undefined;
    if (isMap(there) && isMap(value)) mergeMap(there, value);
    else if (isSeq(there) && isSeq(value)) mergeList(there, value);
    else if (!alike(there, value)) into.set(there === undefined ? key : name, value);
  }
}

function mergeList(into: YAMLSeq, from: YAMLSeq): void {
  for (const [i, one] of from.items.entries()) {
    const same = into.items.find((other) => alike(other, one));
    // The comment above the first item is read as one of the list.
    const above = i === 0 ? from.commentBefore : undefined;
    const item = same ?? one;
    if (above && isNode(item)) item.commentBefore = [item.commentBefore, above].filter(Boolean).join('\n');
    if (isMap(same) && isMap(one)) mergeMap(same, one);
    else if (same === undefined) into.items.push(one);
  }
}

/** Whether two are one: by their id, or as the same word. */
function alike(a: unknown, b: unknown): boolean {
  if (isMap(a) && isMap(b)) return a.has('id') && a.get('id') === b.get('id');
  return isScalar(a) && isScalar(b) && a.value === b.value;
}
