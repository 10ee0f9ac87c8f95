import type { Text } from '../../../../base/language.ts';
import type { ProofState } from '../model.ts';

/** What a format itself says around a document. */
export const words = {
  skip: { nl: 'Naar de inhoud', en: 'Skip to content' },
  contents: { nl: 'Inhoud', en: 'Contents' },
  languages: { nl: 'Talen', en: 'Languages' },
  elsewhere: { nl: 'Andere pagina’s', en: 'Other pages' },
  proof: { nl: 'Bewijs', en: 'Proof' },
} as const satisfies Readonly<Record<string, Text>>;

/** A language by its own name. */
export const languageNames = { nl: 'Nederlands', en: 'English' } as const;

/** Beside the word, for who does not see the colour. */
export const signs: Readonly<Record<ProofState, string>> = {
  kept: '✔',
  declared: '✎',
  'at-risk': '!',
  broken: '✖',
  'not-proven': '?',
};
