/** The last part of the statement: what the difficult words mean that stand in it. Plain reading is Art. 12(1) GDPR. */
import { same } from '../../../base/wording.ts';
import { sentences, type Block } from '../document/model.ts';
import { list, part, say, type Page } from './page.ts';
import { difficult, words } from './phrases/words.ts';

const wordsId = 'words';

/** Headings and captions are read as well as sentences. Nothing when every word is easy. */
export function wordList(page: Page, blocks: readonly Block[]): Block[] {
  const text = [...sentences(blocks).map((one) => one.text), ...titles(blocks)].join('\n');
  const used = difficult[page.language].filter((one) => one.found.test(text));
  const items = used.map((one) => say(page, same(`${one.word}: ${one.means}.`), 'frame'));
  return part(page, 3, wordsId, words.title, list(items));
}

function titles(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind === 'table') return [block.caption, ...block.head];
    return block.kind === 'apart' ? [block.title, ...titles(block.blocks)] : [];
  });
}
