/** The records of processing: what they hold and lack, the agreements, and what one client may see of its own. */
import type { Text } from '../../base/language.ts';
import { html, nothing, raw, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, button, card, empty, facts, heading, link, section, table, type State } from '../ui/controls.ts';
import { publishedRegisters, type PublishedMark } from './published.ts';

export interface RegisterMark {
  readonly role: 'controller' | 'processor';
  readonly activities: number;
  readonly complete: number;
  readonly missing: number;
  readonly weak: number;
  readonly published: readonly PublishedMark[];
  readonly gaps: readonly {
    readonly activity: string | null;
    readonly lack: 'missing' | 'weak';
    readonly article: string;
    readonly path: string;
    readonly text: string;
  }[];
}

export interface AgreementView {
  readonly id: string;
  readonly party: string;
  readonly with: 'processor' | 'sub-processor' | 'client';
  readonly look: State;
  readonly state: string;
  readonly signed: string | null;
  readonly until: string | null;
  readonly breachHours: number | null;
  readonly clauses: readonly {
    readonly article: string;
    readonly title: string;
    readonly asks: string;
    readonly present: boolean;
    readonly at: string | null;
    readonly reviewer: string | null;
  }[];
}

export interface RegisterView {
  readonly own: RegisterMark;
  readonly forClients: RegisterMark | null;
  readonly clients: readonly { readonly id: string; readonly name: string; readonly activities: number }[];
  readonly agreements: readonly AgreementView[];
}

const words = {
  title: { nl: 'Register van verwerkingen', en: 'Record of processing' },
  lead: {
    nl: 'Het volgt uit het beleid en de systemen: u typt niets twee keer.',
    en: 'It follows from the policy and the systems: you type nothing twice.',
  },
  controller: { nl: 'Wat wij voor onszelf doen (art. 30 lid 1)', en: 'What we do for ourselves (Art. 30(1))' },
  processor: { nl: 'Wat wij voor klanten doen (art. 30 lid 2)', en: 'What we do for clients (Art. 30(2))' },
  activity: { nl: 'verwerking', en: 'activity' },
  activities: { nl: 'verwerkingen', en: 'activities' },
  complete: { nl: 'volledig', en: 'complete' },
  missing: { nl: 'ontbreekt', en: 'missing' },
  weak: { nl: 'zwak', en: 'weak' },
  gaps: { nl: 'Wat er nog mist', en: 'What is still missing' },
  whole: { nl: 'het register als geheel', en: 'the register as a whole' },
  fine: { nl: 'Het register is volledig.', en: 'The register is complete.' },
  read: { nl: 'Lees het register', en: 'Read the register' },
  take: { nl: 'Download', en: 'Download' },
  clients: { nl: 'Klanten', en: 'Clients' },
  noClients: {
    nl: 'Er zijn geen klanten voor wie u verwerker bent. Schrijf ze in het beleid onder "clients".',
    en: 'There are no clients whose processor you are. Write them in the policy under "clients".',
  },
  client: { nl: 'klant', en: 'client' },
  clientList: { nl: 'Klanten en hun verwerkingen', en: 'Clients and their activities' },
  agreements: { nl: 'Overeenkomsten (art. 28)', en: 'Agreements (Art. 28)' },
  noAgreements: { nl: 'Er zijn geen verwerkers en geen klanten.', en: 'There are no processors and no clients.' },
  party: { nl: 'partij', en: 'party' },
  kind: { nl: 'soort', en: 'kind' },
  state: { nl: 'stand', en: 'state' },
  clauses: { nl: 'bepalingen', en: 'clauses' },
  until: { nl: 'tot', en: 'until' },
  signed: { nl: 'getekend', en: 'signed' },
  breach: { nl: 'datalek melden binnen', en: 'breach told within' },
  hours: { nl: 'uur', en: 'hours' },
  'sub-processor': { nl: 'subverwerker', en: 'sub-processor' },
  ofProcessor: { nl: 'verwerker', en: 'processor' },
  clause: { nl: 'bepaling', en: 'clause' },
  article: { nl: 'artikel', en: 'article' },
  where: { nl: 'waar', en: 'where' },
  reviewer: { nl: 'gezien door', en: 'seen by' },
  has: { nl: 'staat erin', en: 'is in it' },
  lacks: { nl: 'ontbreekt', en: 'is missing' },
  unread: { nl: 'nog niet nagekeken', en: 'not looked at yet' },
  draft: { nl: 'Concept van de overeenkomst', en: 'Draft of the agreement' },
  agreement: { nl: 'Overeenkomst', en: 'Agreement' },
  ownTitle: { nl: 'Wat wij voor u doen', en: 'What we do for you' },
  ownLead: {
    nl: 'Uw register, uw overeenkomst en het bewijs dat wij ons eraan houden. Alleen u en onze medewerkers zien dit.',
    en: 'Your register, your agreement and the proof that we keep to it. Only you and our staff see this.',
  },
  register: { nl: 'Register', en: 'Register' },
  systems: { nl: 'Waar de gegevens staan', en: 'Where the data is' },
  noSystems: {
    nl: 'Er is geen aangesloten systeem met deze gegevens.',
    en: 'No connected system holds this data.',
  },
  system: { nl: 'systeem', en: 'system' },
  systemList: { nl: 'Systemen', en: 'Systems' },
  place: { nl: 'plaats', en: 'place' },
  country: { nl: 'land', en: 'country' },
  proofs: { nl: 'Wat wij beloven, en het bewijs', en: 'What we promise, and the proof' },
  since: { nl: 'sinds', en: 'since' },
  shows: { nl: 'Wat dit laat zien', en: 'What this shows' },
  doesNotShow: { nl: 'Wat het niet laat zien', en: 'What it does not show' },
  back: { nl: 'Naar het register', en: 'To the register' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

const formats = ['xlsx', 'csv', 'html', 'pdf', 'jsonld'] as const;

export function registerPage(view: RegisterView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(w('title'), w('lead'))} ${section('controller', w('controller'), markOf(view.own, w, say))}
  ${view.forClients === null ? nothing : section('processor', w('processor'), markOf(view.forClients, w, say))}
  ${section('clients', w('clients'), view.clients.length === 0 ? empty(w('noClients')) : clientsOf(view.clients, w, say))}
  ${section('agreements', w('agreements'), agreementsOf(view.agreements, w, say))}`;
}

function clientsOf(clients: RegisterView['clients'], w: W, say: Say): Html {
  return table(
    w('clientList'),
    [{ title: w('client') }, { title: w('activities'), number: true }],
    clients.map((one) => [link(`/register/clients/${one.id}`, one.name), say.n(one.activities)]),
  );
}

function markOf(mark: RegisterMark, w: W, say: Say): Html {
  const base = `/register/${mark.role}`;
  return html`${card(
    html`<p class="row">
        <span>
          <strong>${say.n(mark.activities)}</strong> ${w(mark.activities === 1 ? 'activity' : 'activities')}
          ${badge(mark.complete === mark.activities ? 'kept' : 'at-risk', `${say.n(mark.complete)} ${w('complete')}`)}
          ${mark.missing === 0 ? nothing : badge('broken', `${say.n(mark.missing)} ${w('missing')}`)}
          ${mark.weak === 0 ? nothing : badge('at-risk', `${say.n(mark.weak)} ${w('weak')}`)}
        </span>
        ${button(base, w('read'), 'quiet')}
      </p>
      ${downloads(`${base}/download`, w)} ${publishedRegisters(mark.published, `${base}/published`, say)}
      ${gapsOf(mark, w)}`,
    mark.missing === 0 ? 'kept' : 'at-risk',
  )}`;
}

function downloads(base: string, w: W): Html {
  return html`<ul class="chips" aria-label="${w('take')}">
    ${formats.map((format) => html`<li><a href="${base}?format=${format}">${format === 'jsonld' ? 'JSON-LD' : format.toUpperCase()}</a></li>`)}
  </ul>`;
}

function gapsOf(mark: RegisterMark, w: W): Html {
  if (mark.gaps.length === 0) return html`<p>${w('fine')}</p>`;
  return html`<details>
    <summary>${w('gaps')} (${mark.gaps.length})</summary>
    ${[...Map.groupBy(mark.gaps, (one) => one.activity)].map(
      ([activity, own]) =>
        html`<h3>${activity ?? w('whole')}</h3>
          <ul>
            ${own.map(
              (one) =>
                html`<li>
                  ${badge(one.lack === 'missing' ? 'broken' : 'at-risk', w(one.lack))} ${one.text}
                  <span class="soft">${w('article')} ${one.article} · <code>${one.path}</code></span>
                </li>`,
            )}
          </ul>`,
    )}
  </details>`;
}

function agreementsOf(agreements: readonly AgreementView[], w: W, say: Say): Html {
  if (agreements.length === 0) return empty(w('noAgreements'));
  const kinds = { processor: w('ofProcessor'), 'sub-processor': w('sub-processor'), client: w('client') };
  return html`<ul class="rows">
    ${agreements.map(
      (one) =>
        html`<li class="card ${one.look}">
          <div class="row">
            <span><strong>${one.party}</strong> <span class="soft">${kinds[one.with]}</span></span>
            ${badge(one.look, one.state)}
          </div>
          ${checklist(one, w, say)}
        </li>`,
    )}
  </ul>`;
}

function checklist(one: AgreementView, w: W, say: Say): Html {
  const present = one.clauses.filter((clause) => clause.present).length;
  // Where no clause was ever pointed out, nobody looked: that is not the same as a clause that is not there.
  const absent = present === 0 ? badge('not-proven', w('unread')) : badge('broken', w('lacks'));
  const dates = [
    one.signed === null ? null : `${w('signed')} ${say.day(one.signed)}`,
    one.until === null ? null : `${w('until')} ${say.day(one.until)}`,
    one.breachHours === null ? null : `${w('breach')} ${one.breachHours} ${w('hours')}`,
  ].filter((text) => text !== null);
  return html`${dates.length === 0 ? nothing : html`<p class="soft">${dates.join(' · ')}</p>`}
    <details>
      <summary>${w('clauses')}: ${present}/${one.clauses.length}<span class="hidden"> ${one.party}</span></summary>
      ${table(
        `${w('clauses')}: ${one.party}`,
        [
          { title: w('clause') },
          { title: w('article') },
          { title: w('state') },
          { title: w('where') },
          { title: w('reviewer') },
        ],
        one.clauses.map((clause) => [
          html`${clause.title}<br /><span class="soft">${clause.asks}</span>`,
          clause.article,
          clause.present ? badge('kept', w('has')) : absent,
          clause.at ?? '',
          clause.reviewer ?? '',
        ]),
      )}
    </details>`;
}

/** A register in full, made and escaped by its format. */
export function fullRegister(body: string, download: string, back: string, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${downloads(download, w)}${raw(body)}
    <p class="more">${link(back, w('back'))}</p>`;
}

export interface ClientView {
  readonly id: string;
  readonly name: string;
  /** The client itself is looking. */
  readonly itself: boolean;
  readonly processing: string;
  readonly mark: RegisterMark;
  readonly agreement: AgreementView | null;
  /** A draft can be made: the policy says what is done for it. */
  readonly draft: boolean;
  readonly systems: readonly { readonly title: string; readonly place: string; readonly country: string }[];
  readonly proofs: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: State;
    readonly word: string;
    readonly since: string;
    readonly shows: string;
    readonly doesNotShow: string;
  }[];
}

export function clientPage(view: ClientView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const base = `/register/clients/${view.id}`;
  return html`${heading(view.itself ? w('ownTitle') : view.name, view.itself ? w('ownLead') : view.processing)}
  ${
    view.itself
      ? facts([
          [w('client'), view.name],
          [w('activities'), view.processing],
        ])
      : nothing
  }
  ${section('proofs', w('proofs'), proofsOf(view, w, say))}
  ${section('agreement', w('agreement'), agreementOf(view, w, say))}
  ${section('systems', w('systems'), systemsOf(view, w))}
  ${section(
    'register',
    w('register'),
    html`<p>${button(`${base}/read`, w('read'), 'quiet')}</p>
      ${downloads(`${base}/download`, w)} ${publishedRegisters(view.mark.published, `${base}/published`, say)}
      ${view.itself ? nothing : gapsOf(view.mark, w)}`,
  )}
  ${view.itself ? nothing : html`<p class="more">${link('/register', w('back'))}</p>`}`;
}

function proofsOf(view: ClientView, w: W, say: Say): Html {
  return html`<ul class="rows">
    ${view.proofs.map(
      (one) =>
        html`<li class="card ${one.state}">
          <details>
            <summary>
              ${badge(one.state, one.word)} ${one.title} <span class="soft">${w('since')} ${say.day(one.since)}</span>
            </summary>
            <p><strong>${w('shows')}:</strong> ${one.shows}</p>
            <p><strong>${w('doesNotShow')}:</strong> ${one.doesNotShow}</p>
          </details>
        </li>`,
    )}
  </ul>`;
}

function agreementOf(view: ClientView, w: W, say: Say): Html {
  const base = `/register/clients/${view.id}/agreement`;
  const { agreement } = view;
  return html`${
    agreement === null
      ? nothing
      : html`<div class="card ${agreement.look}">
          <p>${badge(agreement.look, agreement.state)}</p>
          ${checklist(agreement, w, say)}
        </div>`
  }
  ${
    view.draft
      ? html`<p>
          ${w('draft')}: <a href="${base}?format=docx">DOCX</a> · <a href="${base}?format=pdf">PDF</a> ·
          <a href="${base}?format=html">HTML</a>
        </p>`
      : nothing
  }`;
}

function systemsOf(view: ClientView, w: W): Html {
  if (view.systems.length === 0) return html`<p>${w('noSystems')}</p>`;
  return table(
    w('systemList'),
    [{ title: w('system') }, { title: w('place') }, { title: w('country') }],
    view.systems.map((one) => [one.title, one.place, one.country]),
  );
}

/** A client with several names, or a person of several clients: which one. */
export function clientsPage(clients: RegisterView['clients'], say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(w('ownTitle'), w('ownLead'))}
  ${clients.length === 0 ? empty(w('noClients')) : clientsOf(clients, w, say)}`;
}
