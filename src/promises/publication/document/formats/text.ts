/** A document as plain text of at most 78 characters a line: for a letter, a terminal or a screen reader. */
import type { Language } from '../../../../base/language.ts';
import type { Block, Document, Sentence } from '../model.ts';
import { clean } from './clean.ts';
import { words } from './words.ts';

const width = 78;

export function text(document: Document): string {
  const page = clean(document);
  const title = [...wrap(page.title, width), '='.repeat(Math.min(page.title.length, width))];
  const parts = [[...title, ...wrap(page.subtitle, width)], ...flow(page.blocks, { language: page.language, width })];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Place {
  readonly language: Language;
  /** Characters left on a line. */
  readonly width: number;
}

/** Parts of lines; an empty line goes between two parts. */
function flow(blocks: readonly Block[], place: Place): string[][] {
  return blocks.flatMap((block) => one(block, place));
}

function one(block: Block, place: Place): string[][] {
  switch (block.kind) {
    case 'heading': {
      const lines = wrap(block.level === 2 ? block.text.toLocaleUpperCase(place.language) : block.text, place.width);
      const under = block.level === 4 ? [] : ['-'.repeat(Math.max(...lines.map((line) => line.length)))];
      return [[...(block.level === 2 ? [''] : []), ...lines, ...under]];
    }
    case 'paragraph':
      return [wrap(line(block.sentences), place.width)];
    case 'list':
      return [block.items.flatMap((item) => wrap(line(item), place.width, '- ', '  '))];
    case 'table':
      return table(block, place.width);
    case 'apart': {
      const inner = { ...place, width: place.width - 2 };
      const parts = [wrap(`*** ${block.title} ***`, inner.width), ...flow(block.blocks, inner)];
      return parts.map((lines) => lines.map((one) => `| ${one}`));
    }
    case 'proof': {
      const inner = { ...place, width: place.width - 2 };
      const head = `[${block.word}] ${block.summary} (${words.proof[place.language]} ${block.promise})`;
      return [wrap(head, inner.width), ...flow(block.blocks, inner)].map((lines) => lines.map((one) => `  ${one}`));
    }
  }
}

/** A row is told cell by cell: columns do not fit on a line, and are not read aloud well. */
function table(block: Extract<Block, { kind: 'table' }>, room: number): string[][] {
  const rows = block.rows.map((row) =>
    row.flatMap((cell, column) => {
      const head = block.head[column] ?? '';
      if (cell.length === 0) return [];
      return wrap(`${head === '' ? '' : `${head}: `}${line(cell)}`, room, column === 0 ? '* ' : '  ', '    ');
    }),
  );
  const caption = block.caption === '' ? [] : [wrap(`${block.caption}:`, room)];
  return [...caption, ...rows.filter((row) => row.length > 0)];
}

function line(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text: said, href = '#' }) => {
      const address = href.replace(/^(mailto|tel):/u, '').replace(/\/$/u, '');
      if (href.startsWith('#') || said.includes(address)) return said;
      const [, words = said, stop = ''] = /^(.*?)([.?!]?)$/su.exec(said) ?? [];
      return `${words} (${address})${stop}`;
    })
    .join(' ');
}

/** A word longer than a line is broken; nothing is lost. */
function wrap(text: string, width: number, first = '', rest = first): string[] {
  const room = width - Math.max(first.length, rest.length);
  const piece = new RegExp(`.{1,${room}}`, 'gu');
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ').flatMap((one) => one.match(piece) ?? [])) {
    if (current !== '' && current.length + 1 + word.length > room) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].map((one, n) => ((n === 0 ? first : rest) + one).trimEnd());
}
