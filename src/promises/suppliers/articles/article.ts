/** What an article of the agreement is made of. */
import type { Text } from '../../../base/language.ts';
import type { Clause } from '../../../policy/sections/recipients.ts';
import type { AgreementFacts } from '../facts.ts';

/** A sentence in both languages, and the place that it comes from. */
export interface Part {
  readonly text: Text;
  readonly from: string;
  readonly strong?: true;
}

export interface Article {
  /** Null: no clause that the law asks for. */
  readonly clause: Clause | null;
  readonly title: Text;
  /** Paragraphs, and lists of sentences. */
  readonly body: (
    facts: AgreementFacts,
  ) => readonly ({ readonly say: readonly Part[] } | { readonly list: readonly Part[] })[];
}

export const law = (nl: string, en: string): Part => ({ text: { nl, en }, from: 'law' });
export const frame = (nl: string, en: string): Part => ({ text: { nl, en }, from: 'frame' });
export const choice = (nl: string, en: string): Part => ({
  text: { nl: `[Keuze: ${nl}]`, en: `[Choice: ${en}]` },
  from: 'frame',
  strong: true,
});
