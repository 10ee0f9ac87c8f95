/** Where things stand in a document: the node at a path, and the place of its key in the text. */
import { isMap, isNode, isPair, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from './yaml.ts';

/** The pairs of a map by their keys: each mistake asks for its place, and there can be as many as there are keys. */
const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

function pairAt(map: YAMLMap, key: string | number): Pair | undefined {
  let known = pairs.get(map);
  if (!known) {
    // Of a key that is there twice the last counts.
    known = new Map(map.items.flatMap((item) => (isScalar(item.key) ? [[String(item.key.value), item]] : [])));
    pairs.set(map, known);
  }
  return known.get(String(key));
}

/** Gives a key another name in the document; its place in the text stays. False when it is not there. */
export function renamed(map: YAMLMap, key: string | number, name: string): boolean {
  const pair = pairAt(map, key);
  if (!pair || !isScalar(pair.key)) return false;
  pair.key.value = name;
  pairs.delete(map);
  return true;
}

export function nodeAt(document: Document, path: Path): unknown {
  let node: unknown = document.contents;
  for (const part of path) {
    if (isMap(node)) node = pairAt(node, part)?.value;
    else if (isSeq(node)) node = node.items[Number(part)];
    else return undefined;
  }
  return node;
}

/** Which of two was meant cannot be told: neither is looked into. */
export function repeatedKeys(node: unknown, at: Path): Path[] {
  if (isSeq(node)) return node.items.flatMap((one, i) => repeatedKeys(one, [...at, i]));
  if (!isMap(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    const again = seen.has(name) ? [[...at, name]] : [];
    seen.add(name);
    return [...again, ...repeatedKeys(value, [...at, name])];
  });
}

/** Where a path stands in the file: its key when there is one, else the nearest place above it. */
export function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = pairAt(node, part);
      if (!pair) return offset;
      offset = (isNode(pair.key) ? startOf(pair.key) : null) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)];
      if (item === undefined) return offset;
      node = isPair(item) ? item.value : item;
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
}
