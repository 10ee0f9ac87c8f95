/** What was found, each with what it is. */
import type { Language } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { empty, heading, link } from '../ui/controls.ts';

export interface Found {
  readonly kind: string;
  readonly href: string;
  readonly name: string;
  readonly also: string;
}

const words = {
  title: { nl: 'Zoeken', en: 'Search' },
  none: {
    nl: 'Niets gevonden. Zoek op een naam, een nummer zoals P08 of 194, of een deel ervan.',
    en: 'Nothing found. Search by a name, a number such as P08 or 194, or a part of it.',
  },
  ask: { nl: 'Typ een naam of nummer in het zoekveld.', en: 'Type a name or number in the search field.' },
} as const;

export function searchPage(asked: string, found: readonly Found[], language: Language): Html {
  return html`${heading(asked === '' ? words.title[language] : `${words.title[language]}: ${asked}`)}
  ${
    found.length === 0
      ? empty(asked === '' ? words.ask[language] : words.none[language])
      : html`<ul class="rows">
          ${found.map(
            (one) =>
              html`<li class="card row">
                <span class="breaks"
                  >${link(one.href, one.name)}
                  ${one.also === '' ? nothing : html`<span class="soft">${one.also}</span>`}</span
                >
                <span class="soft">${one.kind}</span>
              </li>`,
          )}
        </ul>`
  }`;
}
