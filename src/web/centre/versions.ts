/** Which versions there were, and what differs between two of them. */
import type { Language, Text } from '../../base/language.ts';
import { changesOf, compareForm, type ChangeView } from '../changes.ts';
import { html, nothing, type Html } from '../html.ts';
import { badge, empty, heading, link, section, table, type State } from '../ui/controls.ts';
import type { To } from './frame.ts';

export interface VersionRow {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly look: State;
  readonly standing: string;
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

export function differencePage(title: string, changes: readonly ChangeView[], language: Language, back: Html): Html {
  return html`${heading(title)} ${changesOf(changes, language)} ${back}`;
}

export function backToVersions(language: Language, to: To): Html {
  return html`<p class="more">${link(to('/privacy/versions'), words.back[language])}</p>`;
}
