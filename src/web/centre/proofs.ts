/** What is shown of each promise: state, since when, by what, and how a stranger checks it. */
import type { Language, Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { badge, card, facts, heading, link, moment, section, type State } from '../ui/controls.ts';
import type { To } from './frame.ts';

export interface ProofView {
  readonly id: string;
  readonly title: string;
  readonly state: State;
  readonly word: string;
  /** How it is known, as a sentence; and in a word, where something is known. */
  readonly kind: string;
  readonly short: string | null;
  readonly since: { readonly at: string; readonly shown: string } | null;
  readonly last: { readonly at: string; readonly shown: string; readonly leaf: number | null } | null;
  readonly shows: string;
  readonly doesNotShow: string;
  readonly verify: string;
}

const words = {
  title: { nl: 'Komen wij na wat wij beloven?', en: 'Do we keep what we promise?' },
  lead: {
    nl: 'Bij elke belofte ziet u hoe het nu staat en waaruit dat blijkt. Ook wat niet bewezen is, staat hier.',
    en: 'For each promise you see how it stands now and what shows it. What is not proven is here too.',
  },
  since: { nl: 'Sinds', en: 'Since' },
  kind: { nl: 'Hoe weten wij dat?', en: 'How do we know?' },
  last: { nl: 'Voor het laatst gebleken', en: 'Last shown' },
  never: { nl: 'Nog niet', en: 'Not yet' },
  leaf: { nl: 'in ons bewijsboek op regel', en: 'in our evidence log on line' },
  shows: { nl: 'Wat laat dit bewijs zien?', en: 'What does this proof show?' },
  doesNotShow: { nl: 'Wat laat het niet zien?', en: 'What does it not show?' },
  verify: { nl: 'Hoe controleert u het zelf?', en: 'How do you check it yourself?' },
  log: { nl: 'Ons bewijsboek', en: 'Our evidence log' },
  logLead: {
    nl: 'Alles wat wij doen staat in een boek waarin niets te veranderen is zonder dat het opvalt. Met de openbare sleutel rekent iedereen een bewijsstuk na, zonder onze software.',
    en: 'All that we do stands in a log in which nothing can be changed unnoticed. With the public key anyone checks a receipt, without our software.',
  },
  key: { nl: 'Openbare sleutel', en: 'Public key' },
  size: { nl: 'Regels tot nu', en: 'Lines so far' },
  all: { nl: 'Alle beloften', en: 'All promises' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export interface LogView {
  readonly key: string;
  readonly size: string;
}

/** Grouped by state, what asks for attention first. */
export function proofsPage(proofs: readonly ProofView[], log: LogView, language: Language, to: To): Html {
  const w: W = (word) => words[word][language];
  const order: readonly State[] = ['broken', 'at-risk', 'not-proven', 'kept'];
  return html`${heading(w('title'), w('lead'))}
  ${order.map((state) => {
    const own = proofs.filter((one) => one.state === state);
    const [first] = own;
    if (!first) return nothing;
    return section(
      state,
      `${first.word.charAt(0).toUpperCase()}${first.word.slice(1)} (${own.length})`,
      html`<ul class="rows">
        ${own.map(
          (one) =>
            html`<li class="card ${one.state}">
              <div class="row">
                <span>${link(to(`/privacy/proof/${one.id}`), one.title)}</span>
                ${one.short === null ? nothing : html`<span class="soft">${one.short}</span>`}
              </div>
            </li>`,
        )}
      </ul>`,
    );
  })}
  ${section('log', w('log'), logOf(log, w))}`;
}

function logOf(log: LogView, w: W): Html {
  return html`<p>${w('logLead')}</p>
    ${facts([
      [w('key'), html`<code>${log.key}</code>`],
      [w('size'), log.size],
    ])}`;
}

export function proofPage(one: ProofView, log: LogView, language: Language, to: To): Html {
  const w: W = (word) => words[word][language];
  return html`${heading(one.title)}
    <p>${badge(one.state, one.word)} <span class="soft">${one.id}</span></p>
    ${facts([
      [w('since'), one.since === null ? '–' : moment(one.since.at, one.since.shown)],
      [w('kind'), one.kind],
      [
        w('last'),
        one.last === null
          ? w('never')
          : html`${moment(one.last.at, one.last.shown)}${one.last.leaf === null ? nothing : html`<br /><span class="soft">${w('leaf')} ${one.last.leaf}</span>`}`,
      ],
    ])}
    ${card(
      html`<h2>${w('shows')}</h2>
        <p>${one.shows}</p>
        <h2>${w('doesNotShow')}</h2>
        <p>${one.doesNotShow}</p>
        <h2>${w('verify')}</h2>
        <p>${one.verify}</p>`,
    )}
    ${section('log', w('log'), logOf(log, w))}
    <p class="more">${link(to('/privacy/proof'), w('all'))}</p>`;
}
