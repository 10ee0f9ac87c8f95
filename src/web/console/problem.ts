/** A page for what could not be: what happened, and where to go on. Never a dead end. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { typedOf, type Typed } from '../typed.ts';
import { button, heading } from '../ui/controls.ts';

export interface ProblemView {
  readonly title: string;
  readonly detail?: string;
  readonly code: string;
  readonly errors?: readonly { readonly at: string; readonly message: string }[];
  readonly reference?: string;
}

const words = {
  back: { nl: 'Naar het begin', en: 'To the start' },
  was: { nl: 'Terug naar waar u was', en: 'Back to where you were' },
  reference: {
    nl: 'Noem dit nummer als u erover vraagt; in het logboek staat de oorzaak:',
    en: 'Name this number when you ask about it; the log has the cause:',
  },
  again: {
    nl: 'Er is niets veranderd. Ga terug en pas aan wat hieronder staat.',
    en: 'Nothing was changed. Go back and mend what stands below.',
  },
} as const satisfies Record<string, Text>;

export function problemPage(problem: ProblemView, language: Language, typed?: Typed): Html {
  return html`${heading(problem.title, problem.detail)}
    ${
      problem.errors === undefined
        ? nothing
        : html`<p>${words.again[language]}</p>
            <ul>
              ${problem.errors.map((one) => html`<li><code>${one.at}</code>: ${one.message}</li>`)}
            </ul>`
    }
    ${problem.reference === undefined ? nothing : html`<p>${words.reference[language]} <code>${problem.reference}</code></p>`}
    ${typedOf(typed, language)}
    <p>${button(typed?.pages[0] ?? '/', words[typed?.pages[0] === undefined ? 'back' : 'was'][language])}</p>`;
}
