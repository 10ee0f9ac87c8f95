/** The very first page: who is the organisation, what does it do, and who is doing this. */
import type { Language, Text } from '../../base/language.ts';
import { html, type Html } from '../html.ts';
import { choices, field, form, heading, type Choice } from '../ui/controls.ts';

const words = {
  title: { nl: 'Laten we beginnen', en: 'Let us begin' },
  lead: {
    nl: 'Drie vragen: wie is de organisatie, wat doet zij, en wie bent u? Daarna maakt u een passkey, verbindt u het eerste systeem en ziet u wat er aan de beurt is. U kunt altijd stoppen en later verdergaan.',
    en: 'Three questions: who is the organisation, what does it do, and who are you? Then you make a passkey, connect the first system and see what is due. You can stop at any time and go on later.',
  },
  organisation: { nl: 'De organisatie', en: 'The organisation' },
  doesNote: {
    nl: 'Vink aan wat zo is. Wat u niet aanvinkt, hebt of doet u niet: daarover belooft het beleid dan niets.',
    en: 'Tick what is so. What you do not tick you do not have or do: the policy then promises nothing about it.',
  },
  you: { nl: 'U', en: 'You' },
  yourName: { nl: 'Uw voor- en achternaam', en: 'Your first and last name' },
  yourEmail: { nl: 'Uw e-mailadres', en: 'Your e-mail address' },
  token: { nl: 'Code uit de link in het venster van de server', en: 'Code from the link in the server’s window' },
  go: { nl: 'Begin', en: 'Begin' },
} as const satisfies Record<string, Text>;

export interface FirstView {
  /** Of the organisation. */
  readonly questions: readonly {
    readonly name: string;
    readonly text: Text;
    readonly type: 'text' | 'email' | 'url' | 'number';
    readonly needed: boolean;
    /** It says more of the answer to this one. */
    readonly after?: string;
  }[];
  /** What it may do, who may help it, and how it keeps data safe: lists to tick. */
  readonly lists: readonly { readonly text: string; readonly parts: readonly Choice[] }[];
}

const known: Readonly<Record<string, string>> = { organisation: 'organization', post: 'street-address' };

export function firstPage(view: FirstView, language: Language): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  return html`${heading(w('title'), w('lead'))}
  ${form(
    `/set-up?lang=${language}`,
    html`<h2>${w('organisation')}</h2>
      ${view.questions.map(({ name, text, type, needed, after }) => field({ name, label: text[language], type, required: needed, autocomplete: known[name] ?? 'off', ...(after === undefined ? {} : { after: [after] }) }))}
      <p class="hint">${w('doesNote')}</p>
      ${view.lists.map(({ text, parts }) => choices('checkbox', 'does', text, parts))}
      <h2>${w('you')}</h2>
      ${field({ name: 'name', label: w('yourName'), autocomplete: 'name' })}
      ${field({ name: 'address', label: w('yourEmail'), type: 'email', autocomplete: 'email' })}
      <div data-fragment="token">${field({ name: 'token', label: w('token'), autocomplete: 'off' })}</div>`,
    { text: w('go') },
  )}`;
}
