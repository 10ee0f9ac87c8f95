/** The statement as people read it: for whom, how far it is kept, the text itself, and other ways to have it. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, raw, type Html } from '../html.ts';
import { badge, button, heading, type State } from '../ui/controls.ts';
import type { To } from './frame.ts';

export interface StatementView {
  /** The document in HTML, made and escaped by its format. */
  readonly body: string;
  readonly groups: readonly { readonly id: string; readonly title: string }[];
  /** Null: the whole statement. */
  readonly group: string | null;
  /** How many promises are in each state; empty where no proof is shown. */
  readonly states: readonly { readonly state: State; readonly word: string; readonly n: number }[];
  readonly formats: readonly string[];
  /** Said on top: that this is an earlier or a coming version. */
  readonly note: string | null;
  /** Where the formats are: "/privacy/statement". */
  readonly base: string;
}

const words = {
  whom: { nl: 'Voor wie', en: 'For whom' },
  all: { nl: 'De hele verklaring', en: 'The whole statement' },
  kept: { nl: 'Zo staat het met onze beloften', en: 'How our promises stand' },
  every: { nl: 'Bekijk elk bewijs', en: 'See every proof' },
  formats: { nl: 'Neem de verklaring mee', en: 'Take the statement with you' },
  none: { nl: 'Er is nog geen verklaring gepubliceerd', en: 'No statement has been published yet' },
  noneLead: {
    nl: 'Wij werken eraan. Hebt u nu al een vraag over uw gegevens, vraag het ons dan: u krijgt antwoord.',
    en: 'We are working on it. If you have a question about your data now, ask us: you will get an answer.',
  },
  damaged: { nl: 'De verklaring is nu niet te tonen', en: 'The statement cannot be shown now' },
  damagedLead: {
    nl: 'De opgeslagen tekst is niet meer precies zoals wij die goedkeurden. Daarom tonen wij haar niet. Vraag het ons als u nu iets wilt weten.',
    en: 'The stored text is no longer exactly what we approved. So we do not show it. Ask us if you want to know something now.',
  },
  ask: { nl: 'Contact en uw rechten', en: 'Contact and your rights' },
} as const satisfies Record<string, Text>;

/** How each format is called where people choose one. */
const formatNames: Readonly<Record<string, Text>> = {
  pdf: { nl: 'PDF', en: 'PDF' },
  docx: { nl: 'Word', en: 'Word' },
  txt: { nl: 'Platte tekst', en: 'Plain text' },
  md: { nl: 'Markdown', en: 'Markdown' },
  json: { nl: 'JSON', en: 'JSON' },
  jsonld: { nl: 'JSON-LD (DPV)', en: 'JSON-LD (DPV)' },
};

export function statementPage(view: StatementView, language: Language, to: To): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  return html`${view.note === null ? nothing : html`<p class="note">${view.note}</p>`}
  ${view.groups.length === 0 ? nothing : whom(view, w, to)}
  ${
    view.states.length === 0
      ? nothing
      : html`<p class="standing">
          <span>${w('kept')}:</span>
          ${view.states.map((one) => badge(one.state, `${one.n} ${one.word}`))}
          <a href="${to('/privacy/proof')}">${w('every')}</a>
        </p>`
  }
  ${raw(view.body)}
  ${
    view.formats.length === 0
      ? nothing
      : html`<section class="take" aria-labelledby="take">
          <h2 id="take">${w('formats')}</h2>
          <ul class="chips">
            ${view.formats.map((one) => html`<li><a href="${to(`${view.base}.${one}`)}">${formatNames[one]?.[language] ?? one}</a></li>`)}
          </ul>
        </section>`
  }`;
}

function whom(view: StatementView, w: (word: 'whom' | 'all') => string, to: To): Html {
  const one = (href: string, text: string, here: boolean): Html =>
    html`<li><a href="${to(href)}" ${here ? html`aria-current="true"` : nothing}>${text}</a></li>`;
  return html`<nav aria-label="${w('whom')}">
    <ul class="chips">
      ${one('/privacy', w('all'), view.group === null)}
      ${view.groups.map((group) => one(`/privacy/for/${group.id}`, group.title, group.id === view.group))}
    </ul>
  </nav>`;
}

export function nothingToRead(why: 'none' | 'damaged', language: Language, to: To): Html {
  const w = (word: keyof typeof words): string => words[word][language];
  return html`${why === 'none' ? heading(w('none'), w('noneLead')) : heading(w('damaged'), w('damagedLead'))}
    <p>${button(to('/privacy/contact'), w('ask'))}</p>`;
}
