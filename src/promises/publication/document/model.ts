/**
 * A document without a format: what the statement, the registers and the agreement are before they become a page, a PDF or a
 * spreadsheet. Every sentence knows the place in the policy that it comes from. Text is plain; each format escapes it.
 */
import type { Language } from '../../../base/language.ts';

export interface Sentence {
  readonly text: string;
  /** Place in the policy, such as "retention.recordings-90-days.keep"; "law" for what the law itself says, "frame" for what only joins. */
  readonly from: string;
  /** Other places in the policy that say the very same, so that the document says it once. */
  readonly also?: readonly string[];
  /** Where the sentence leads: an https or mailto address, "#id" of a heading or block apart, or a file beside it. Nothing else passes. */
  readonly href?: string;
  readonly strong?: boolean;
}

/** How far a promise is shown to be kept. A signed declaration is a weaker kind of proof than a measurement, and looks different. */
export type ProofState = 'kept' | 'declared' | 'at-risk' | 'broken' | 'not-proven';

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly id: string; readonly text: string }
  | { readonly kind: 'paragraph'; readonly sentences: readonly Sentence[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Sentence[])[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      /** Rows of cells of sentences; every row has as many cells as the head. */
      readonly rows: readonly (readonly (readonly Sentence[])[])[];
    }
  /** Set apart from all the rest, such as the right to object (Art. 21(4) GDPR). */
  | { readonly kind: 'apart'; readonly id: string; readonly title: string; readonly blocks: readonly Block[] }
  /** The proof of one promise: closed until asked for where the format can. */
  | {
      readonly kind: 'proof';
      readonly promise: string;
      readonly state: ProofState;
      /** The state in the words of the document's language: "gehouden", "not proven". */
      readonly word: string;
      readonly summary: string;
      readonly blocks: readonly Block[];
    };

export interface Document {
  readonly language: Language;
  readonly title: string;
  /** One line under the title: version and date. */
  readonly subtitle: string;
  readonly author: string;
  /** ISO 8601 day; also the date of a PDF, so that the same policy gives the same bytes. */
  readonly date: string;
  /** Its tables are broad: set across the page. */
  readonly wide?: boolean;
  readonly blocks: readonly Block[];
}

/** Every sentence, in order, with the block's own titles left out. */
export function sentences(blocks: readonly Block[]): Sentence[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return [];
      case 'paragraph':
        return [...block.sentences];
      case 'list':
        return block.items.flat();
      case 'table':
        return block.rows.flat(2);
      case 'apart':
      case 'proof':
        return sentences(block.blocks);
    }
  });
}
