/** What somebody typed into a form that is not there any more: to be copied, so that it is not lost. */
import type { Language, Text } from '../base/language.ts';
import { html, nothing, type Html } from './html.ts';

export interface Typed {
  /** Pages of it that are still there. */
  readonly pages: readonly string[];
  readonly values: readonly (readonly [string, string])[];
}

const words = {
  typed: {
    nl: 'Dit vulde u in. Het formulier is er niet meer; u kunt het hier overnemen.',
    en: 'This is what you filled in. The form is not there any more; you can copy it from here.',
  },
} as const satisfies Record<string, Text>;

export function typedOf(typed: Typed | undefined, language: Language): Html {
  const values = (typed?.values ?? []).filter(([, value]) => value.trim() !== '');
  if (values.length === 0) return nothing;
  return html`<p>${words.typed[language]}</p>
    ${values.map(
      // A browser takes the first end of a line in such an element for none.
      ([name, value], i) =>
        html`<div class="field">
          <label for="typed-${i}">${name}</label>
          <textarea id="typed-${i}" rows="${rowsFor(value)}" readonly>${`\n${value}`}</textarea>
        </div>`,
    )}`;
}

const rowsFor = (value: string): number => Math.min(12, value.split('\n').length + 1);
