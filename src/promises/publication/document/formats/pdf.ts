/** A document as a tagged PDF. The same document gives the same bytes: its date is the document's, its fonts the compiler's. */
import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Block, Document, Sentence } from '../model.ts';
import { clean, travels } from './clean.ts';
import { signs } from './words.ts';

const template = new URL('./pdf.typ', import.meta.url);

/**
 * PDF/UA-1 (ISO 14289-1). The compiler claims one standard at a time, and a page that everyone can read counts for more than
 * one that can be archived. A script that no font of the compiler or of this machine has (Chinese, say) is shown as boxes;
 * such a document is tagged all the same, but may not call itself PDF/UA.
 */
export function pdf(document: Document): Uint8Array {
  const compiler = NodeCompiler.create();
  try {
    const made = compiler.compile({
      mainFileContent: readFileSync(template, 'utf8'),
      inputs: { document: JSON.stringify(data(clean(document))) },
    });
    const { result } = made;
    if (result === null) throw new Error(`no PDF: ${JSON.stringify(made.takeDiagnostics()?.shortDiagnostics)}`);
    try {
      return compiler.pdf(result, { pdfStandard: 'ua-1' });
    } catch (cause) {
      if (!String(cause).includes('could not be displayed with font')) throw cause;
      return compiler.pdf(result, { pdfStandard: '1.7' });
    }
  } finally {
    // What the compiler remembers is for the whole process; a server that makes many documents must not grow.
    compiler.evictCache(5);
  }
}

/** The document as the template reads it: every key is there, every sentence in a shape. */
function data(document: Document): unknown {
  return { ...document, wide: document.wide === true, blocks: flow(document.blocks, 1) };
}

function flow(blocks: readonly Block[], under: number): unknown[] {
  let level = under;
  return blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        level = block.level;
        return { ...block, text: parts(block.text) };
      case 'paragraph':
        return { kind: block.kind, sentences: block.sentences.map(sentence) };
      case 'list':
        return { kind: block.kind, items: block.items.map((item) => item.map(sentence)) };
      case 'table':
        return {
          kind: block.kind,
          caption: parts(block.caption),
          head: block.head.map(parts),
          columns: widths(block),
          // Words are broken only where the page has no room for them.
          hyphenate: widths(block).reduce((sum, width) => sum + width, 0) > 90,
          cells: block.rows.flat().map((cell) => cell.map(sentence)),
        };
      case 'apart':
        return { ...block, title: parts(block.title), level: level + 1, blocks: flow(block.blocks, level + 1) };
      case 'proof':
        return { ...block, summary: parts(block.summary), sign: signs[block.state], blocks: flow(block.blocks, level) };
    }
  });
}

function sentence({ text, href, strong }: Sentence): unknown {
  return { text: parts(text), href: href !== undefined && travels(href) ? href : null, strong: strong === true };
}

/** Places where a word may break that is longer than a column. */
function parts(text: string): string {
  return text.replaceAll(/[^\s\u200b]{28}(?=[^\s\u200b])/gu, '$&\u200b');
}

/** Columns share the width by what they hold, and a usual word fits on a line. */
function widths(table: Extract<Block, { kind: 'table' }>): number[] {
  return table.head.map((title, column) => {
    const cells = [title, ...table.rows.map((row) => (row[column] ?? []).map((one) => one.text).join(' '))];
    const longest = Math.max(...cells.flatMap((cell) => cell.split(' ').map((word) => Math.min(word.length, 18))));
    const most = Math.max(...cells.map((cell) => Math.min(cell.length, 400)));
    return Math.max(longest + 2, 2.2 * Math.sqrt(most));
  });
}
