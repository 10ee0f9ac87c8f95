/** A document as Markdown (CommonMark with the tables of GitHub). */
import type { Block, Document, Sentence } from '../model.ts';
import { clean } from './clean.ts';
import { signs } from './words.ts';

export function markdown(document: Document): string {
  const page = clean(document);
  return `${[`# ${start(page.title)}`, `*${inline(page.subtitle)}*`, ...flow(page.blocks, 1)].join('\n\n')}\n`;
}

function flow(blocks: readonly Block[], under: number): string[] {
  let level = under;
  return blocks.map((block) => {
    if (block.kind === 'heading') level = block.level;
    return one(block, level);
  });
}

function one(block: Block, level: number): string {
  switch (block.kind) {
    case 'heading':
      return heading(block.level, block.id, block.text);
    case 'paragraph':
      return line(block.sentences);
    case 'list':
      return block.items.map((item) => `- ${line(item)}`).join('\n');
    case 'table':
      return table(block);
    case 'apart':
      return quoted([heading(level + 1, block.id, block.title), ...flow(block.blocks, level + 1)]);
    case 'proof':
      return quoted([
        `**${signs[block.state]} ${inline(block.word)}** ${inline(block.summary)} (${inline(block.promise)})`,
        ...flow(block.blocks, level),
      ]);
  }
}

function heading(level: number, id: string, text: string): string {
  return `<a id="${id}"></a>\n\n${'#'.repeat(Math.min(level, 6))} ${start(text)}`;
}

function table(block: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    row(block.head.map(inline)),
    row(block.head.map(() => '---')),
    ...block.rows.map((cells) => row(cells.map((cell) => cell.map(sentence).join(' ')))),
  ];
  return `${block.caption === '' ? '' : `**${inline(block.caption)}**\n\n`}${lines.join('\n')}`;
}

function quoted(parts: readonly string[]): string {
  return parts
    .join('\n\n')
    .split('\n')
    .map((text) => (text === '' ? '>' : `> ${text}`))
    .join('\n');
}

function line(sentences: readonly Sentence[]): string {
  return start(sentences.map(sentence).join(' '), true);
}

function sentence({ text, href, strong }: Sentence): string {
  const inner = strong === true && text !== '' ? `**${inline(text)}**` : inline(text);
  return href === undefined ? inner : `[${inner}](<${href.replaceAll(/[<>\\]/gu, encodeURIComponent)}>)`;
}

/** Also what many readers make a link of by themselves: an address shows what it is, and leads nowhere. */
function inline(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|~&$]|:(?=\/\/)|(?<=www)\./giu, String.raw`\$&`);
}

/** What would make a heading, a list, a rule or a quotation of a line, only at its start. */
function start(text: string, escaped = false): string {
  return (escaped ? text : inline(text))
    .replace(/^([#+\-=:])/u, String.raw`\$1`)
    .replace(/^(\d{1,9})([.)])/u, String.raw`$1\$2`);
}
