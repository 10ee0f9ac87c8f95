/** The very first page: who is the organisation, and who is doing this. */
import type { Language, Text } from '../../base/language.ts';
import { html, type Html } from '../html.ts';
import { field, form, heading } from '../ui/controls.ts';

const words = {
  title: { nl: 'Laten we beginnen', en: 'Let us begin' },
  lead: {
    nl: 'Twee vragen: wie is de organisatie, en wie bent u? Daarna maakt u een passkey, verbindt u het eerste systeem en ziet u wat er aan de beurt is. U kunt altijd stoppen en later verdergaan.',
    en: 'Two questions: who is the organisation, and who are you? Then you make a passkey, connect the first system and see what is due. You can stop at any time and go on later.',
  },
  organisation: { nl: 'De organisatie', en: 'The organisation' },
  name: { nl: 'Naam', en: 'Name' },
  post: { nl: 'Postadres', en: 'Post address' },
  email: { nl: 'E-mailadres voor vragen over privacy', en: 'E-mail address for questions on privacy' },
  website: { nl: 'Website (mag leeg)', en: 'Website (may be empty)' },
  you: { nl: 'U', en: 'You' },
  yourName: { nl: 'Uw voor- en achternaam', en: 'Your first and last name' },
  yourEmail: { nl: 'Uw e-mailadres', en: 'Your e-mail address' },
  token: { nl: 'Code uit de link in het venster van de server', en: 'Code from the link in the server’s window' },
  go: { nl: 'Begin', en: 'Begin' },
} as const satisfies Record<string, Text>;

export function firstPage(language: Language): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  return html`${heading(w('title'), w('lead'))}
  ${form(
    `/set-up?lang=${language}`,
    html`<h2>${w('organisation')}</h2>
      ${field({ name: 'organisation', label: w('name'), autocomplete: 'organization' })}
      ${field({ name: 'post', label: w('post'), autocomplete: 'street-address' })}
      ${field({ name: 'email', label: w('email'), type: 'email', autocomplete: 'off' })}
      ${field({ name: 'website', label: w('website'), type: 'url', required: false })}
      <h2>${w('you')}</h2>
      ${field({ name: 'name', label: w('yourName'), autocomplete: 'name' })}
      ${field({ name: 'address', label: w('yourEmail'), type: 'email', autocomplete: 'email' })}
      <div data-fragment="token">${field({ name: 'token', label: w('token'), autocomplete: 'off' })}</div>`,
    { text: w('go') },
  )}`;
}
