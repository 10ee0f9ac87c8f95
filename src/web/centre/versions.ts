/** Which versions there were, and what differs between two of them. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { badge, empty, heading, link, section, select, table, type State } from '../ui/controls.ts';
import type { To } from './frame.ts';

export interface VersionRow {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly look: State;
  readonly standing: string;
}

/** One difference, as a person would tell it. */
export interface ChangeView {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  readonly group: string;
  readonly text: string;
  readonly material: boolean;
  /** Why it matters: "kept longer". */
  readonly why: readonly string[];
  readonly when: 'before' | 'afterwards' | null;
  readonly tell: readonly string[];
}

const words = {
  title: { nl: 'Versies van de verklaring', en: 'Versions of the statement' },
  lead: {
    nl: 'Wat wij ooit verklaarden blijft te lezen, precies zoals het was.',
    en: 'What we once stated can still be read, exactly as it was.',
  },
  none: { nl: 'Er is nog geen versie gepubliceerd.', en: 'No version has been published yet.' },
  version: { nl: 'versie', en: 'version' },
  from: { nl: 'geldt vanaf', en: 'applies from' },
  state: { nl: 'stand', en: 'state' },
  compare: { nl: 'Wat is er veranderd?', en: 'What has changed?' },
  older: { nl: 'Van versie', en: 'From version' },
  newer: { nl: 'Naar versie', en: 'To version' },
  show: { nl: 'Toon het verschil', en: 'Show the difference' },
  same: { nl: 'Er is geen verschil.', en: 'There is no difference.' },
  material: { nl: 'belangrijk', en: 'important' },
  before: { nl: 'vooraf te vertellen', en: 'to be told beforehand' },
  afterwards: { nl: 'achteraf te vertellen', en: 'to be told afterwards' },
  to: { nl: 'aan', en: 'to' },
  added: { nl: 'nieuw', en: 'new' },
  removed: { nl: 'vervallen', en: 'gone' },
  changed: { nl: 'veranderd', en: 'changed' },
  renamed: { nl: 'andere naam', en: 'renamed' },
  back: { nl: 'Alle versies', en: 'All versions' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function versionsPage(rows: readonly VersionRow[], language: Language, to: To): Html {
  const w: W = (word) => words[word][language];
  return html`${heading(w('title'), w('lead'))}
  ${
    rows.length === 0
      ? empty(w('none'))
      : table(
          w('title'),
          [{ title: w('version') }, { title: w('from') }, { title: w('state') }],
          rows.map((one) => [
            link(to(`/privacy/versions/${one.id}`), one.label),
            one.from,
            badge(one.look, one.standing),
          ]),
        )
  }
  ${rows.length < 2 ? nothing : section('compare', w('compare'), compareForm('/privacy/versions/compare', rows, { from: rows[1]?.id ?? '', to: rows[0]?.id ?? '' }, language))}`;
}

/** Two versions to choose; without script the same. */
export function compareForm(
  action: string,
  rows: readonly Pick<VersionRow, 'id' | 'label' | 'standing'>[],
  chosen: { readonly from: string; readonly to: string },
  language: Language,
): Html {
  const w: W = (word) => words[word][language];
  const options = (id: string) =>
    rows.map((one) => ({ value: one.id, text: `${one.label} (${one.standing})`, checked: one.id === id }));
  return html`<form method="get" action="${action}" class="inline">
    <input type="hidden" name="lang" value="${language}" />
    ${select('from', w('older'), options(chosen.from))} ${select('to', w('newer'), options(chosen.to))}
    <p class="buttons"><button class="quiet">${w('show')}</button></p>
  </form>`;
}

export function differencePage(title: string, changes: readonly ChangeView[], language: Language, back: Html): Html {
  return html`${heading(title)} ${changesOf(changes, language)} ${back}`;
}

export function backToVersions(language: Language, to: To): Html {
  return html`<p class="more">${link(to('/privacy/versions'), words.back[language])}</p>`;
}

/** Under the headings of the statement; what matters stands out by word as well as by colour. */
export function changesOf(changes: readonly ChangeView[], language: Language): Html {
  const w: W = (word) => words[word][language];
  if (changes.length === 0) return empty(w('same'));
  const looks = { added: 'kept', removed: 'broken', changed: 'neutral', renamed: 'neutral' } as const;
  return html`${[...Map.groupBy(changes, (one) => one.group)].map(
    ([group, own]) =>
      html`<h3>${group}</h3>
        <ul class="rows changes">
          ${own.map(
            (one) =>
              html`<li class="card ${one.material ? 'at-risk' : ''}">
                <p>${badge(looks[one.kind], w(one.kind))} ${one.text}</p>
                ${
                  one.material
                    ? html`<p class="soft">
                        <strong>${w('material')}</strong>:
                        ${one.why.join(', ')}${one.when === null || one.tell.length === 0 ? nothing : html`; ${w(one.when)} ${w('to')} ${one.tell.join(', ')}`}
                      </p>`
                    : nothing
                }
              </li>`,
          )}
        </ul>`,
  )}`;
}
