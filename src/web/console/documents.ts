/** The documents that the policy names: which are there, where they are needed, and the form that takes one in. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, button, empty, facts, field, form, heading, link, section, type State } from '../ui/controls.ts';

type DocumentState = 'there' | 'by-hand' | 'changed' | 'missing' | 'elsewhere';

interface Used {
  readonly at: string;
  readonly date: string | null;
  readonly until: string | null;
  readonly draftOnly: boolean;
}

export interface DocumentView {
  readonly id: string;
  readonly document: string;
  readonly state: DocumentState;
  readonly used: readonly Used[];
  readonly taken: { readonly at: string; readonly hash: string } | null;
  readonly hash: string | null;
  readonly bytes: number | null;
}

const words = {
  title: { nl: 'Documenten bij het beleid', en: 'Documents beside the policy' },
  lead: {
    nl: 'Afwegingen, DPIA’s en bewijsstukken waar het beleid naar verwijst. De wet vraagt dat ze er zijn. Op openbare pagina’s staan ze nooit.',
    en: 'Assessments, DPIAs and evidence that the policy refers to. The law asks that they are there. They never stand on public pages.',
  },
  none: {
    nl: 'Het beleid noemt nog geen document. Noem er een bij een doel, zoals assessment: { document: documents/afweging.pdf, date: 2026-11-26 }, en bewaar het concept. Dan neemt u het bestand hier op.',
    en: 'The policy names no document yet. Name one at a purpose, such as assessment: { document: documents/assessment.pdf, date: 2026-11-26 }, and save the draft. Then you take the file in here.',
  },
  used: { nl: 'waarvoor', en: 'what for' },
  there: { nl: 'is er', en: 'is there' },
  'by-hand': { nl: 'is er, met de hand neergezet', en: 'is there, put there by hand' },
  changed: { nl: 'is er, en sinds het opnemen gewijzigd', en: 'is there, and changed since it was taken in' },
  missing: { nl: 'ontbreekt', en: 'is missing' },
  elsewhere: { nl: 'staat niet in de map voor documenten', en: 'is not in the folder for documents' },
  draftOnly: { nl: 'alleen in het concept', en: 'in the draft only' },
  until: { nl: 'geldig tot en met', en: 'counts until' },
  taken: { nl: 'Opgenomen', en: 'Taken in' },
  size: { nl: 'Grootte', en: 'Size' },
  takenHash: { nl: 'SHA-256 bij het opnemen', en: 'SHA-256 when it was taken in' },
  hash: { nl: 'SHA-256 nu', en: 'SHA-256 now' },
  file: { nl: 'Bestand', en: 'File' },
  hint: {
    nl: 'Hoogstens 10 MB, van de soort die het beleid noemt. Het krijgt de naam die in het beleid staat.',
    en: 'At most 10 MB, of the kind that the policy names. It gets the name that stands in the policy.',
  },
  tooLarge: { nl: 'Een document is hoogstens 10 MB.', en: 'A document is at most 10 MB.' },
  take: { nl: 'Neem op', en: 'Take in' },
  takeTitle: { nl: 'Opnemen', en: 'Take it in' },
  replace: { nl: 'Vervang', en: 'Replace' },
  replaceTitle: { nl: 'Vervangen', en: 'Replace it' },
  replaces: {
    nl: 'Wat er nu staat wordt onder zijn hash bewaard in de map "earlier" van deze installatie.',
    en: 'What is there now is kept under its hash in the folder "earlier" of this installation.',
  },
  logged: {
    nl: 'Het logboek krijgt de hash van het bestand, en verzegeld wie het opnam.',
    en: 'The log gets the hash of the file and, sealed, who took it in.',
  },
  elsewhereNote: {
    nl: 'Dit programma leest en schrijft alleen in de map "documents". Noem in het beleid een bestand zoals documents/naam.pdf.',
    en: 'This program reads and writes in the folder "documents" only. Name a file such as documents/name.pdf in the policy.',
  },
  download: { nl: 'Download', en: 'Download' },
  back: { nl: 'Naar de documenten', en: 'To the documents' },
  policy: { nl: 'Naar het beleid', en: 'To the policy' },
} as const satisfies Record<string, Text>;

const looks: Readonly<Record<DocumentState, State>> = {
  there: 'kept',
  'by-hand': 'kept',
  changed: 'at-risk',
  missing: 'broken',
  elsewhere: 'not-proven',
};

type W = (word: keyof typeof words) => string;
const wordsIn =
  (say: Say): W =>
  (word) =>
    words[word][say.language];

export function documentsPage(view: { readonly documents: readonly DocumentView[] }, say: Say): Html {
  const w = wordsIn(say);
  return html`${heading(w('title'), w('lead'), button('/policy', w('policy'), 'quiet'))}
  ${
    view.documents.length === 0
      ? empty(w('none'))
      : html`<ul class="rows">
          ${view.documents.map(
            (one) =>
              html`<li class="finding">
                <p>${link(`/policy/documents/${one.id}`, one.document)} ${badge(looks[one.state], w(one.state))}</p>
                <p class="soft">${usedIn(one.used, w)}${dayOf(one, say)}</p>
              </li>`,
          )}
        </ul>`
  }`;
}

/** The day of the document, as the policy says it. */
function dayOf({ used }: DocumentView, say: Say): string {
  const date = used.find((each) => each.date !== null)?.date;
  return date === undefined || date === null ? '' : ` · ${say.day(date)}`;
}

const usedIn = (used: readonly Used[], w: W): Html =>
  html`${used.map((each, i) => html`${i === 0 ? '' : html`<br />`}<code class="breaks">${each.at}</code>${each.draftOnly ? ` (${w('draftOnly')})` : ''}`)}`;

export function documentPage(one: DocumentView & { readonly mayChange: boolean }, say: Say): Html {
  const w = wordsIn(say);
  const upper = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());
  const there = one.hash !== null;
  const until = one.used.flatMap((each) => (each.until === null ? [] : [each.until]))[0];
  const { taken } = one;
  return html`${heading(one.document)}
    <p>${badge(looks[one.state], w(one.state))}</p>
    ${facts([
      [upper(w('used')), usedIn(one.used, w)],
      ...(until === undefined ? [] : ([[upper(w('until')), say.day(until)]] as const)),
      ...(taken === null ? [] : ([[w('taken'), say.moment(taken.at)]] as const)),
      ...(one.bytes === null ? [] : ([[w('size'), say.bytes(one.bytes)]] as const)),
      ...(one.hash === null ? [] : ([[w('hash'), html`<code class="breaks">${one.hash}</code>`]] as const)),
      ...(one.state === 'changed' && taken !== null
        ? ([[w('takenHash'), html`<code class="breaks">${taken.hash}</code>`]] as const)
        : []),
    ])}
    ${there ? html`<p>${button(`/policy/documents/${one.id}/file`, w('download'), 'quiet')}</p>` : nothing}
    ${one.state === 'elsewhere' ? html`<p class="note">${w('elsewhereNote')}</p>` : nothing}
    ${one.mayChange && one.state !== 'elsewhere' ? takeIn(one.id, there, w) : nothing}
    <p class="more">${link('/policy/documents', w('back'))}</p>`;
}

function takeIn(id: string, there: boolean, w: W): Html {
  return section(
    'take',
    w(there ? 'replaceTitle' : 'takeTitle'),
    form(
      `/policy/documents/${id}`,
      field({
        name: 'file',
        label: w('file'),
        type: 'file',
        hint: `${w('hint')} ${w('logged')}`,
        most: { bytes: 10_000_000, text: w('tooLarge') },
      }),
      {
        text: w(there ? 'replace' : 'take'),
        files: true,
        ...(there ? { consequence: w('replaces') } : {}),
      },
    ),
  );
}

export function documentsTitle(say: Say): string {
  return words.title[say.language];
}
