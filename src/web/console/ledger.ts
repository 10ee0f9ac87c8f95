/** The ledger, the newest first. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { button, empty, facts, heading, more, section, table } from '../ui/controls.ts';

export interface EntryView {
  readonly index: number;
  readonly type: string;
  /** What that is, in words. */
  readonly what: string;
  readonly at: string | null;
  readonly facts: readonly string[];
}

export interface LedgerView {
  readonly size: number;
  readonly root: string;
  readonly key: string;
  /** The file that "npm pack" makes of this version. */
  readonly program: string;
  readonly entries: readonly EntryView[];
  readonly older: number | null;
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
    nl: 'Zo gaat het, zonder ons te vertrouwen en zonder verbinding: download een bewijsstuk of het hele logboek, bewaar de openbare sleutel hierboven (liefst via een andere weg verkregen), en voer op uw eigen machine een van deze opdrachten uit. Elke andere C2SP-lezer van tlog-tiles kan het ook.',
    en: 'This is how, without trusting us and without a connection: download a receipt or the whole log, keep the public key above (best obtained by another way), and run one of these commands on your own machine. Any other C2SP reader of tlog-tiles can do it too.',
  },
  program: {
    nl: 'Het programma daarvoor heeft alleen Node nodig, en geen database. Laat wie deze installatie beheert het met "npm pack" maken, of maak het zelf van de broncode; u krijgt één bestand. Zet het waar u controleert, en installeer het daar:',
    en: 'The program for that needs only Node, and no database. Have whoever runs this installation make it with "npm pack", or make it from the source yourself; you get one file. Put it where you check, and install it there:',
  },
  log: { nl: 'Download het hele logboek', en: 'Download the whole log' },
  one: { nl: 'Eén bewijsstuk', en: 'One receipt' },
  whole: { nl: 'Het hele logboek, uitgepakt', en: 'The whole log, unpacked' },
  none: { nl: 'Er is nog niets ondertekend.', en: 'Nothing has been signed yet.' },
  number: { nl: 'nummer', en: 'number' },
  event: { nl: 'wat', en: 'what' },
  when: { nl: 'wanneer', en: 'when' },
  facts: { nl: 'gegevens', en: 'facts' },
  receipt: { nl: 'bewijsstuk', en: 'receipt' },
  older: { nl: 'Ouder', en: 'Older' },
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
      <p>${w('program')}</p>
      <pre tabindex="0"><code>npm install --global --omit=optional ${view.program}</code></pre>
      ${view.size === 0 ? nothing : html`<p>${button('/ledger/log.zip', w('log'), 'quiet')}</p>`}
      <h3>${w('one')}</h3>
      <pre
        tabindex="0"
      ><code>gestand evidence verify receipt-${Math.max(0, view.size - 1)}.tlog-proof --key '${view.key}'</code></pre>
      <h3>${w('whole')}</h3>
      <pre tabindex="0"><code>gestand evidence verify gestand-log --key '${view.key}'</code></pre>`,
  )}
  ${section(
    'entries',
    w('entries'),
    view.entries.length === 0
      ? empty(w('none'))
      : html`${table(
          w('entries'),
          [
            { title: w('number'), number: true },
            { title: w('event') },
            { title: w('when') },
            { title: w('facts') },
            { title: w('receipt') },
          ],
          view.entries.map((one) => [
            String(one.index),
            html`${one.what} ${one.type === 'p' ? nothing : html`<code class="soft">${one.type}</code>`}`,
            one.at === null ? '' : say.moment(one.at),
            html`<span class="soft breaks">${one.facts.join(' · ')}</span>`,
            html`<a href="/ledger/${one.index}/receipt">${w('receipt')}<span class="hidden"> ${one.index}</span></a>`,
          ]),
        )}
        ${more(view.older === null ? null : `/ledger?to=${view.older}`, w('older'))}`,
  )}`;
}
