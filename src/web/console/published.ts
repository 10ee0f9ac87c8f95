/** The registers as they were published, version by version. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';

export interface PublishedMark {
  readonly id: string;
  readonly label: string;
  /** First day, in words. */
  readonly from: string;
  /** What the version has; none for one from before registers were kept for this reader. */
  readonly formats: readonly string[];
}

const words = {
  title: { nl: 'Zoals gepubliceerd', en: 'As published' },
  lead: {
    nl: 'Vast bij een versie van de verklaring: deze bestanden veranderen niet meer.',
    en: 'Fixed with a version of the statement: these files do not change any more.',
  },
  version: { nl: 'Versie', en: 'Version' },
  from: { nl: 'vanaf', en: 'from' },
  none: {
    nl: 'Deze versie is van vóór wij dit register erbij bewaarden.',
    en: 'This version is from before we kept this register with it.',
  },
  fewer: {
    nl: 'In andere formaten bewaarden wij het toen nog niet.',
    en: 'We did not keep it in other formats yet.',
  },
} as const satisfies Record<string, Text>;

const every = 5;

/** Links under `base`; nothing while nothing was published. */
export function publishedRegisters(marks: readonly PublishedMark[], base: string, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  if (marks.length === 0) return nothing;
  return html`<details>
    <summary>${w('title')} (${say.n(marks.length)})</summary>
    <p class="soft">${w('lead')}</p>
    <ul class="rows">
      ${marks.map(
        (one) =>
          html`<li>
            <strong>${w('version')} ${one.label}</strong>
            <span class="soft">${one.from === '' ? nothing : `${w('from')} ${one.from}`}</span>
            ${
              one.formats.length === 0
                ? nothing
                : html`<ul class="chips" aria-label="${w('version')} ${one.label}">
                    ${one.formats.map(
                      (format) =>
                        html`<li>
                          <a href="${base}/${one.id}?format=${format}"
                            >${format === 'jsonld' ? 'JSON-LD' : format.toUpperCase()}</a
                          >
                        </li>`,
                    )}
                  </ul>`
            }
            ${one.formats.length === every ? nothing : html`<p class="soft">${w(one.formats.length === 0 ? 'none' : 'fewer')}</p>`}
          </li>`,
      )}
    </ul>
  </details>`;
}
