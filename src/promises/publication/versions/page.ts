/**
 * What a page in HTML says: its marker, and its text as a reader sees it. Pure. A site may set the statement in a page of its
 * own, with other quotation marks and other spaces: those make no difference, words do.
 */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Marker } from './publishing.ts';

export interface Page {
  readonly marker: Marker | null;
  /** Paragraphs, headings, items and cells of the whole page, in order. */
  readonly blocks: readonly string[];
  /** Those of the statement alone: of its article, or of the main part, without what a site sets around it. */
  readonly statement: readonly string[];
}

export const markerName = 'gestand-statement';

/** Not read by anyone, or not part of the text: scripts, menus. */
const silent = new Set(['head', 'script', 'style', 'template', 'noscript', 'nav', 'iframe', 'svg', 'object']);
const inline = new Set(
  'a abbr b bdi bdo br cite code data dfn em font i ins kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

export function readPage(html: string): Page {
  const document = parse(html);
  const all = [...nodes(document)];
  const meta = all.find((one) => one.nodeName === 'meta' && attribute(one, 'name') === markerName);
  const part = all.find((one) => one.nodeName === 'article') ?? all.find((one) => one.nodeName === 'main') ?? document;
  return {
    marker: meta ? markerOf(attribute(meta, 'content') ?? '') : null,
    blocks: blocksOf(document),
    statement: blocksOf(part),
  };
}

type Node = Tree.Node;

/** A page from elsewhere can be as deep as it likes: no recursion. */
export function* nodes(root: Node): Generator<Node> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if ('childNodes' in node) open.push(...node.childNodes.toReversed());
  }
}

export function attribute(node: Node, name: string): string | undefined {
  return 'attrs' in node ? node.attrs.find((one) => one.name === name)?.value : undefined;
}

function blocksOf(root: Node): string[] {
  const blocks: string[] = [];
  let line = '';
  const close = (): void => {
    const text = normal(line);
    if (text !== '') blocks.push(text);
    line = '';
  };
  const open: (Node | 'end')[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === 'end') close();
    else if (node.nodeName === '#text' && 'value' in node) line += node.value;
    else if (node.nodeName === 'br') line += ' ';
    else if ('childNodes' in node && isShown(node)) {
      if (!inline.has(node.nodeName)) {
        close();
        open.push('end');
      }
      open.push(...node.childNodes.toReversed());
    }
  }
  close();
  return blocks;
}

/** The proofs differ from day to day, and are no part of what was promised. */
function isShown(node: Node): boolean {
  if (silent.has(node.nodeName) || attribute(node, 'hidden') !== undefined) return false;
  return !(node.nodeName === 'details' && (attribute(node, 'class') ?? '').split(/\s+/).includes('proof'));
}

function markerOf(content: string): Marker | null {
  const found = /^(.{1,100}) ([0-9a-f]{64})$/.exec(content.trim());
  return found?.[1] !== undefined && found[2] !== undefined ? { version: found[1], hash: found[2] } : null;
}

/** The same words, whatever the keyboard: quotation marks, hyphens and spaces as one kind, what cannot be seen left out. */
export function normal(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
    .replace(/[‘’‚‛`´]/gu, "'")
    .replace(/[“”„‟«»]/gu, '"')
    .replace(/[‐‑‒–—]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}
