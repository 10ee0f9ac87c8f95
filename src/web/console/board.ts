/** The promises on the page: counted per state, what asks for a deed first, each unfolding into its parts and its proof. */
import { counted } from '../../base/wording.ts';
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { button, card, empty, form, heading, link } from '../ui/controls.ts';
import type { Told } from './deeds.ts';

type State = 'kept' | 'at-risk' | 'broken' | 'not-proven';
type Kind = 'measured' | 'derived' | 'declared' | 'none';

export interface BoardPart {
  readonly title: Text;
  readonly state: State;
  readonly kind: Kind;
  readonly why: readonly Text[];
  /** What a person can declare, when this part waits for it or rests on it. */
  readonly control: string | null;
}

/** A sentence that becomes a link to the declaration by itself. */
const saysWhere = ({ why, control }: BoardPart): boolean =>
  why.some((one) => one.en.includes(`gestand declare --control ${control ?? ''}`));

export interface BoardPromise {
  readonly id: string;
  readonly title: Text;
  readonly state: State;
  readonly kind: Kind;
  readonly since: string;
  readonly proof: { readonly at: string; readonly leaf: number | null } | null;
  /** When a proof ends. */
  readonly next: string | null;
  /** What is wrong with it or missing, of all its parts together; nothing where it is kept. */
  readonly lacks: readonly Text[];
  readonly parts: readonly BoardPart[];
  readonly shows: Text;
  readonly doesNotShow: Text;
  readonly verify: Text;
}

export interface BoardWords {
  readonly states: Readonly<Record<State, Text>>;
  readonly kinds: Readonly<Record<Kind, Text>>;
  readonly kindsMean: Readonly<Record<Exclude<Kind, 'none'>, Text>>;
}

/** What this reader is told of what to do. */
export interface BoardReader {
  readonly told: Told;
  readonly mayDeclare: boolean;
}

const words = {
  title: { nl: 'Beloften', en: 'Promises' },
  lead: {
    nl: 'Wat de privacyverklaring belooft, en wat er van te zien is.',
    en: 'What the privacy statement promises, and what shows it.',
  },
  measure: { nl: 'Meet opnieuw', en: 'Measure again' },
  setUp: { nl: 'Het inrichten is nog niet af.', en: 'The set-up is not finished yet.' },
  goOn: { nl: 'Ga verder met inrichten', en: 'Go on with the set-up' },
  noPromises: { nl: 'Het beleid doet nog geen beloften.', en: 'The policy makes no promises yet.' },
  toPolicy: { nl: 'Naar het beleid', en: 'To the policy' },
  back: { nl: 'Alle beloften', en: 'All promises' },
  declare: { nl: 'Verklaren', en: 'Declare' },
  counts: { nl: 'Hoeveel beloften in welke staat', en: 'How many promises in which state' },
  since: { nl: 'sinds', en: 'since' },
  proof: { nl: 'bewijs', en: 'proof' },
  entry: { nl: 'vermelding', en: 'entry' },
  none: { nl: 'nog geen', en: 'none yet' },
  next: { nl: 'geldt', en: 'counts' },
  parts: { nl: 'Delen', en: 'Parts' },
  all: { nl: 'Alle delen, en wat het bewijs toont', en: 'All parts, and what the proof shows' },
  shows: { nl: 'Wat het toont', en: 'What it shows' },
  wouldShow: { nl: 'Wat een bewijs zou tonen', en: 'What proof would show' },
  doesNotShow: { nl: 'Wat het niet toont', en: 'What it does not show' },
  verify: { nl: 'Zelf nagaan', en: 'See for yourself' },
  kindsTitle: { nl: 'Soorten bewijs', en: 'Kinds of proof' },
  intro: {
    broken: { nl: 'Wat er gebeurt is niet wat er staat.', en: 'What happens is not what is said.' },
    'not-proven': {
      nl: 'Niets laat zien dat het zo is. Bij elke belofte staat wat er ontbreekt.',
      en: 'Nothing shows that it is so. Each promise tells what is missing.',
    },
    'at-risk': {
      nl: 'Nog niet gebroken; iets vraagt om aandacht.',
      en: 'Not broken yet; something asks for attention.',
    },
    kept: { nl: 'Elk deel heeft bewijs dat nu geldt.', en: 'Each part has proof that counts today.' },
  },
} as const;

const order: readonly State[] = ['broken', 'not-proven', 'at-risk', 'kept'];

export interface BoardActions {
  readonly mayMeasure: boolean;
  /** How many steps of the set-up are done; null when it is over, or not this person's to do. */
  readonly setUp: number | null;
  readonly reader: BoardReader;
}

export function boardPage(promises: readonly BoardPromise[], means: BoardWords, actions: BoardActions, say: Say): Html {
  const t: T = (text) => text[say.language];
  return html`${heading(
    t(words.title),
    t(words.lead),
    actions.mayMeasure ? form('/measure', nothing, { text: t(words.measure), kind: 'quiet' }) : undefined,
  )}
  ${
    actions.setUp === null
      ? nothing
      : card(
          html`<p>${t(words.setUp)} (${actions.setUp} / 7)</p>
            <p>${button('/set-up', t(words.goOn))}</p>`,
        )
  }
  ${promises.length === 0 ? empty(t(words.noPromises), button('/policy', t(words.toPolicy))) : promisesSection(promises, means, actions.reader, say)}`;
}

/** One promise, whole and open. */
export function promisePage(one: BoardPromise, means: BoardWords, reader: BoardReader, say: Say): Html {
  const t: T = (text) => text[say.language];
  return html`${heading(`${one.id} ${t(one.title)}`)}
    <ul class="board">
      ${promise(one, means, reader, say, true)}
    </ul>
    <p>${button('/', t(words.back), 'quiet')}</p>`;
}

function promisesSection(promises: readonly BoardPromise[], means: BoardWords, reader: BoardReader, say: Say): Html {
  const t: T = (text) => text[say.language];
  const groups = order
    .map((state) => ({ state, own: promises.filter((one) => one.state === state) }))
    .filter(({ own }) => own.length > 0);
  return html`<ul class="counts" aria-label="${t(words.counts)}">
      ${groups.map(
        ({ state, own }) =>
          html`<li>
            <a class="${state}" href="#${state}"><b>${own.length}</b>${t(means.states[state])}</a>
          </li>`,
      )}
    </ul>
    ${groups.map(
      ({ state, own }) =>
        html`<section id="${state}" aria-labelledby="${state}-title">
          <h2 id="${state}-title">${t(means.states[state])}</h2>
          <p class="soft">${t(words.intro[state])}</p>
          <ul class="board ${own.length > 100 ? 'long' : ''}">
            ${own.map((one) => promise(one, means, reader, say))}
          </ul>
        </section>`,
    )}
    <h2>${t(words.kindsTitle)}</h2>
    <dl class="kinds">
      ${(['measured', 'derived', 'declared'] as const).map(
        (kind) =>
          html`<dt><span class="kind ${kind}">${t(means.kinds[kind])}</span></dt>
            <dd class="soft">${t(means.kindsMean[kind])}</dd>`,
      )}
    </dl>`;
}

type T = (text: Text) => string;

/** A promise of several parts may have proof of some of them. */
function someOf(parts: readonly BoardPart[]): Text {
  const kept = parts.filter((part) => part.state === 'kept').length;
  if (kept === 0) return { nl: '', en: '' };
  const all = counted(parts.length, { nl: 'deel', en: 'part' }, { nl: 'delen', en: 'parts' });
  return { nl: `${kept} van ${all.nl} bewezen`, en: `${kept} of ${all.en} proven` };
}

function promise(one: BoardPromise, means: BoardWords, reader: BoardReader, say: Say, open = false): Html {
  const t: T = (text) => text[say.language];
  const leaf = one.proof?.leaf ?? null;
  const proof =
    one.proof === null
      ? t(words.none)
      : html`${say.moment(one.proof.at)}${leaf === null ? nothing : html`, ${link(`/ledger?to=${leaf + 1}`, `${t(words.entry)} ${leaf}`)}`}`;
  return html`<li class="${one.state}" id="${one.id}">
    <div class="row">
      <span><strong>${one.id}</strong> ${t(one.title)}</span>
      <span
        ><span class="state">${t(means.states[one.state])}</span> ${
          one.state === 'not-proven'
            ? html`<span class="soft">${t(someOf(one.parts))}</span>`
            : html`<span class="kind ${one.kind}">${t(means.kinds[one.kind])}</span>`
        }</span
      >
    </div>
    ${
      one.lacks.length === 0
        ? ''
        : html`<ul class="why">
            ${[...new Set(one.lacks.map(t))].map((why) => html`<li>${reader.told(why)}</li>`)}
          </ul>`
    }
    <details ${open ? html`open` : nothing}>
      <summary>
        ${t(words.since)} ${say.day(one.since)} · ${t(words.all)}<span class="hidden"> (${one.id})</span>
      </summary>
      <p class="soft">
        ${t(words.since)} ${say.moment(one.since)} · ${t(words.proof)}:
        ${proof}${one.next === null ? '' : ` · ${t(words.next)} ${say.until(one.next)}`}
      </p>
      <ul class="parts">
        ${one.parts.map(
          (part) =>
            html`<li class="${part.state}">
              <div class="row">
                <span>${t(part.title)}</span>
                <span
                  ><span class="state">${t(means.states[part.state])}</span>
                  <span class="kind ${part.kind}">${t(means.kinds[part.kind])}</span></span
                >
              </div>
              <ul class="why">
                ${part.why.map((why) => html`<li>${reader.told(t(why))}</li>`)}
              </ul>
              ${part.control === null || !reader.mayDeclare || saysWhere(part) ? nothing : html`<p>${link(`/declare/${part.control}`, t(words.declare))}<span class="hidden">: ${t(part.title)}</span></p>`}
            </li>`,
        )}
      </ul>
      <dl>
        <dt>${t(one.state === 'kept' ? words.shows : words.wouldShow)}</dt>
        <dd>${t(one.shows)}</dd>
        <dt>${t(words.doesNotShow)}</dt>
        <dd>${t(one.doesNotShow)}</dd>
        <dt>${t(words.verify)}</dt>
        <dd>${t(one.verify)}</dd>
      </dl>
    </details>
  </li>`;
}
