/** The ledger, the newest first. */
import type { Text } from '../../base/language.ts';
import { html, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { empty, facts, heading, link, more, section, table } from '../ui/controls.ts';

export interface EntryView {
  readonly index: number;
  readonly type: string;
  readonly at: string | null;
  readonly facts: readonly string[];
}

export interface LedgerView {
  readonly size: number;
  readonly root: string;
  readonly key: string;
  readonly entries: readonly EntryView[];
  readonly older: number | null;
  readonly mayProve: boolean;
}

const words = {
  title: { nl: 'Bewijs', en: 'Evidence' },
  lead: {
    nl: 'Elke daad staat hier, ondertekend en zonder persoonsgegevens. Niemand kan er ongemerkt iets uit halen of in veranderen, ook wij niet.',
    en: 'Every deed stands here, signed and without personal data. Nobody can take out or change anything unnoticed, nor can we.',
  },
  entries: { nl: 'Vermeldingen', en: 'Entries' },
  root: { nl: 'Ondertekende wortel', en: 'Signed root' },
  key: { nl: 'Openbare sleutel', en: 'Public key' },
  check: { nl: 'Zelf controleren', en: 'Check it yourself' },
  how: {
    nl: 'Download een bewijsstuk of de hele map en controleer zonder ons programma te vertrouwen. Elke C2SP-lezer van tlog-tiles kan het, en deze opdracht ook:',
    en: 'Download a receipt or the whole folder, and check without trusting our program. Any C2SP reader of tlog-tiles can, and so does this command:',
  },
  none: { nl: 'Er is nog niets ondertekend.', en: 'Nothing has been signed yet.' },
  number: { nl: 'nummer', en: 'number' },
  event: { nl: 'wat', en: 'what' },
  when: { nl: 'wanneer', en: 'when' },
  facts: { nl: 'gegevens', en: 'facts' },
  receipt: { nl: 'bewijsstuk', en: 'receipt' },
  older: { nl: 'Ouder', en: 'Older' },
  person: { nl: 'over een persoon (inhoud verzegeld)', en: 'about a person (content sealed)' },
} as const satisfies Record<string, Text>;

export function ledgerPage(view: LedgerView, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  return html`${heading(w('title'), w('lead'))}
  ${facts([
    [w('entries'), say.n(view.size)],
    [w('root'), html`<code>${view.root}</code>`],
    [w('key'), html`<code>${view.key}</code>`],
  ])}
  ${section(
    'check',
    w('check'),
    html`<p>${w('how')}</p>
      <pre tabindex="0"><code>npx gestand evidence verify FOLDER --key '${view.key}'</code></pre>`,
  )}
  ${section(
    'entries',
    w('entries'),
    view.entries.length === 0
      ? empty(w('none'))
      : html`${table(
          w('entries'),
          [
            { title: w('number') },
            { title: w('event') },
            { title: w('when') },
            { title: w('facts') },
            { title: w('receipt') },
          ],
          view.entries.map((one) => [
            String(one.index),
            one.type === 'p' ? w('person') : one.type,
            one.at === null ? '' : say.moment(one.at),
            html`<span class="soft">${one.facts.join(' · ')}</span>`,
            link(`/ledger/${one.index}/receipt`, w('receipt')),
          ]),
        )}
        ${more(view.older === null ? null : `/ledger?to=${view.older}`, w('older'))}`,
  )}`;
}
