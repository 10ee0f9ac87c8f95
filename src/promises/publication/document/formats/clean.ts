/**
 * What every format may count on: text of visible characters on one line, links that lead only where a reader expects,
 * and ids that are there once. Formats escape what has a meaning in their own notation; this takes out what means harm in all.
 */
import type { Block, Document, Sentence } from '../model.ts';

/** Characters that no text needs: controls, and the marks by which text is made to read otherwise than it is written. */
// oxlint-disable-next-line no-control-regex -- control characters are the subject
const unwanted = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** A text without control characters, direction overrides and half characters; its lines stay lines. */
export function cleanLines(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029\v\f]/gu, '\n')
    .replaceAll(unwanted, (one) => (one === '\ufffd' ? one : ''));
}

export function cleanText(text: string): string {
  return cleanLines(text)
    .replaceAll(/[\t\n ]+/gu, ' ')
    .trim();
}

const relative = /^\/?[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\/?(?:\?[\w=&.-]*)?(?:#[\w.-]+)?$/u;

/** The address when it is https, mailto, an anchor or a file beside the document; otherwise nothing. */
export function safeHref(href: string): string | undefined {
  if (/^#[\w.-]+$/u.test(href) || relative.test(href)) return href;
  // oxlint-disable-next-line no-control-regex -- a browser skips them: "java\tscript:" would be a script
  if (!URL.canParse(href) || /[\u0000-\u0020\u007f-\u009f]/u.test(href)) return undefined;
  const url = new URL(href);
  if (url.protocol === 'mailto:') return url.href;
  const plain = url.username === '' && url.password === '' && /^[\w.-]+$|^\[[\da-f:]+\]$/u.test(url.hostname);
  return /^https:\/\//iu.test(href) && plain ? url.href : undefined;
}

/** Whether an address still leads somewhere when the document travels alone. */
export function travels(href: string): boolean {
  return /^(?:https:|mailto:|#)/u.test(href);
}

function slug(id: string): string {
  const made = id.replaceAll(/[^\w.-]+/gu, '-').replaceAll(/^[^A-Za-z]+/gu, '');
  return made === '' ? 'part' : made;
}

export function clean(document: Document): Document {
  const ids = new Set<string>();
  const once = (id: string): string => {
    const base = slug(id);
    let name = base;
    for (let n = 2; ids.has(name); n++) name = `${base}-${n}`;
    ids.add(name);
    return name;
  };
  const blocks = document.blocks.map((block) => named(block, once));
  return {
    ...document,
    title: cleanText(document.title),
    subtitle: cleanText(document.subtitle),
    author: cleanText(document.author),
    blocks: blocks.map((block) => withSentences(block, (sentence) => cleanSentence(sentence, ids))),
  };
}

/** An anchor that is not in the document leads nowhere, and a PDF with one is refused. */
function cleanSentence({ href, ...sentence }: Sentence, ids: ReadonlySet<string>): Sentence {
  const safe = href?.startsWith('#') === true ? `#${slug(href.slice(1))}` : safeHref(href ?? '');
  const leads = safe !== undefined && (!safe.startsWith('#') || ids.has(safe.slice(1)));
  return { ...sentence, text: cleanText(sentence.text), ...(leads ? { href: safe } : {}) };
}

function named(block: Block, once: (id: string) => string): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, id: once(block.id), text: cleanText(block.text) };
    case 'table':
      return { ...block, caption: cleanText(block.caption), head: block.head.map(cleanText) };
    case 'apart':
      return {
        ...block,
        id: once(block.id),
        title: cleanText(block.title),
        blocks: block.blocks.map((one) => named(one, once)),
      };
    case 'proof':
      return {
        ...block,
        promise: cleanText(block.promise),
        word: cleanText(block.word),
        summary: cleanText(block.summary),
        blocks: block.blocks.map((one) => named(one, once)),
      };
    case 'paragraph':
    case 'list':
      return block;
  }
}

function withSentences(block: Block, change: (sentence: Sentence) => Sentence): Block {
  const line = (sentences: readonly Sentence[]): Sentence[] => sentences.map(change);
  switch (block.kind) {
    case 'heading':
      return block;
    case 'paragraph':
      return { ...block, sentences: line(block.sentences) };
    case 'list':
      return { ...block, items: block.items.map(line) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(line)) };
    case 'apart':
    case 'proof':
      return { ...block, blocks: block.blocks.map((one) => withSentences(one, change)) };
  }
}
