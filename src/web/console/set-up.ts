/** The guided set-up, and connecting a system. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import {
  badge,
  button,
  card,
  choices,
  field,
  form,
  heading,
  link,
  select,
  type Choice,
  type State,
} from '../ui/controls.ts';

type Step = 'organisation' | 'account' | 'policy' | 'system' | 'plan' | 'second-person' | 'promise';

export interface SetUpView {
  readonly done: ReadonlySet<string>;
  readonly next: string | null;
  /** While the last step is the one to do: the promise that is nearest to it. */
  readonly nearest: NearestView | null;
  /** Whether a statement was published, which no step asks and whoever has a policy wants. */
  readonly published: boolean;
  /** The steps that are not for whoever looks, and the roles that they are for. */
  readonly whose: ReadonlyMap<string, string>;
}

export interface NearestView {
  readonly id: string;
  readonly title: Text;
  readonly state: { readonly is: State; readonly text: Text };
  readonly lacks: readonly Lack[];
}

/** What a promise still lacks, and where it is done. */
export interface Lack {
  readonly text: Text;
  readonly where: 'board' | 'plans' | 'system' | 'connect' | 'policy' | 'holds' | 'promise';
  readonly to: string;
}

const words = {
  title: { nl: 'Inrichten', en: 'Set-up' },
  lead: {
    nl: 'Stap voor stap naar de eerste belofte die gehouden wordt. U kunt stoppen en later verdergaan.',
    en: 'Step by step to the first promise that is kept. You can stop and go on later.',
  },
  done: { nl: 'gedaan', en: 'done' },
  next: { nl: 'nu', en: 'now' },
  later: { nl: 'straks', en: 'later' },
  nearest: { nl: 'Het dichtst bij is', en: 'The nearest is' },
  lacks: { nl: 'Wat er nog ontbreekt:', en: 'What it still lacks:' },
  ready: { nl: 'Alles staat. Op het bord ziet u elke belofte.', en: 'All is set. On the board you see each promise.' },
  board: { nl: 'Naar het bord', en: 'To the board' },
  connect: { nl: 'Een systeem verbinden', en: 'Connect a system' },
  connectLead: {
    nl: 'Kies het product. Er wordt alleen gelezen; verwijderen gebeurt nooit zonder goedgekeurd plan.',
    en: 'Choose the product. Only reading is done; nothing is ever deleted without an approved plan.',
  },
  product: { nl: 'Product', en: 'Product' },
  choose: { nl: 'Verder', en: 'Go on' },
  id: { nl: 'Korte naam', en: 'Short name' },
  idHint: {
    nl: 'Kleine letters en streepjes, bijvoorbeeld: centrale.',
    en: 'Lower-case letters and hyphens, for example: exchange.',
  },
  name: { nl: 'Naam', en: 'Name' },
  country: { nl: 'Land (twee letters)', en: 'Country (two letters)' },
  place: { nl: 'Plaats', en: 'Place' },
  root: { nl: 'Map', en: 'Folder' },
  rootHint: {
    nl: 'Het volledige pad op deze machine. Leeg: dit is hier niet.',
    en: 'The full path on this machine. Empty: not here.',
  },
  read: { nl: 'Adres om te lezen', en: 'Address to read' },
  readHint: {
    nl: 'Van een account dat alleen mag lezen, zoals mysql://lezer:wachtwoord@host:3306/asteriskcdrdb. Leeg: dit is hier niet.',
    en: 'Of an account that may only read, such as mysql://reader:password@host:3306/asteriskcdrdb. Empty: not here.',
  },
  erase: { nl: 'Adres om te verwijderen (mag later)', en: 'Address to delete (may come later)' },
  dialect: { nl: 'Soort database', en: 'Kind of database' },
  absent: { nl: 'Wat is hier niet?', en: 'What is not here?' },
  absentNote: {
    nl: 'Het product kan dit bevatten. Vink aan wat deze installatie niet heeft; staat het er toch, dan vindt het kijken dat.',
    en: 'The product can hold this. Tick what this installation does not have; if it is there all the same, looking finds it.',
  },
  unpromised: { nl: 'Het beleid zegt hier niets over.', en: 'The policy says nothing of this.' },
  save: { nl: 'Verbind en kijk', en: 'Connect and look' },
  unpublished: {
    nl: 'De verklaring die eruit volgt is nog niet gepubliceerd. Dat kan ook voordat er een systeem is aangesloten.',
    en: 'The statement that follows from it is not published yet. That can be done before a system is connected too.',
  },
  publish: { nl: 'Naar de verklaring', en: 'To the statement' },
  whose: { nl: 'Dit doet iemand met de rol', en: 'This is for someone with the role' },
} as const satisfies Record<string, Text>;

const whereTexts: Readonly<Record<Lack['where'], Text>> = {
  board: { nl: 'Meet opnieuw op het bord', en: 'Measure again on the board' },
  plans: { nl: 'Naar de plannen', en: 'To the plans' },
  system: { nl: 'Naar het systeem', en: 'To the system' },
  connect: { nl: 'Een systeem verbinden', en: 'Connect a system' },
  policy: { nl: 'Naar het beleid', en: 'To the policy' },
  holds: { nl: 'Naar de bewaarplichten', en: 'To the holds' },
  promise: { nl: 'Naar de belofte', en: 'To the promise' },
};

const stepTexts: Readonly<Record<Step, { readonly title: Text; readonly what: Text; readonly to: string }>> = {
  organisation: {
    title: { nl: 'De organisatie', en: 'The organisation' },
    what: { nl: 'Naam, adres en e-mail staan in het beleid.', en: 'Name, address and e-mail stand in the policy.' },
    to: '/policy',
  },
  account: {
    title: { nl: 'Uw account', en: 'Your account' },
    what: { nl: 'U bent aangemeld met twee factoren.', en: 'You are signed in with two factors.' },
    to: '/account',
  },
  policy: {
    title: { nl: 'Het beleid', en: 'The policy' },
    what: {
      nl: 'Het volgt uit uw antwoorden. Lees elke regel, verander wat anders is en bewaar dat als concept. Ernaast staat wat de wet mist. In werking treden doet het pas als een tweede persoon het goedkeurt.',
      en: 'It follows from your answers. Read every line, change what differs and save that as a draft. Beside it stands what the law misses. It comes into force only when a second person approves it.',
    },
    to: '/policy',
  },
  system: {
    title: { nl: 'Het eerste systeem', en: 'The first system' },
    what: {
      nl: 'Verbind een centrale, recorder of database, en zie wat erin staat.',
      en: 'Connect an exchange, a recorder or a database, and see what is in it.',
    },
    to: '/set-up/system',
  },
  plan: {
    title: { nl: 'Het eerste plan', en: 'The first plan' },
    what: {
      nl: 'Kijk wat er aan de beurt is. Er wordt niets aangeraakt.',
      en: 'Look what is due. Nothing is touched.',
    },
    to: '/plans',
  },
  'second-person': {
    title: { nl: 'Een tweede persoon', en: 'A second person' },
    what: {
      nl: 'Wat niet terug te draaien is, keuren twee mensen goed. Nodig een collega uit.',
      en: 'What cannot be undone is approved by two people. Invite a colleague.',
    },
    to: '/people/invite',
  },
  promise: {
    title: { nl: 'De eerste belofte gehouden', en: 'The first promise kept' },
    what: {
      nl: 'Een termijn is nagekomen als alles waar zij over gaat geteld is, en niets te oud is. Het bord laat het zien.',
      en: 'A term is kept when all that it is about was counted, and nothing is too old. The board shows it.',
    },
    to: '/',
  },
};

export function setUpPage(view: SetUpView, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  return html`${heading(w('title'), w('lead'))}
    <ol class="steps">
      ${(Object.keys(stepTexts) as Step[]).map((step) => {
        const { title, what, to } = stepTexts[step];
        const done = view.done.has(step);
        const now = view.next === step;
        const text = title[say.language];
        const whose = view.whose.get(step);
        return html`<li
          class="card ${done ? 'kept' : now ? 'at-risk' : ''}"
          ${now ? html`aria-current="step"` : nothing}
        >
          <div class="row">
            <strong>${!now && whose === undefined ? link(to, text) : text}</strong>
            ${badge(done ? 'kept' : now ? 'at-risk' : 'neutral', w(done ? 'done' : now ? 'next' : 'later'))}
          </div>
          <p class="soft">${what[say.language]}</p>
          ${step === 'policy' && done && !view.published ? html`<p>${w('unpublished')} ${link('/publication', w('publish'))}</p>` : nothing}
          ${now && view.nearest ? nearestOf(view.nearest, view.whose, w, say) : nothing}
          ${whose === undefined || done ? nothing : html`<p class="soft">${w('whose')} ${whose}.</p>`}
          ${now && whose === undefined ? html`<p>${button(to, text)}</p>` : nothing}
        </li>`;
      })}
    </ol>
    ${
      view.next === null
        ? card(
            html`<p>${w('ready')}</p>
              <p>${button('/', w('board'))}</p>`,
            'kept',
          )
        : nothing
    }`;
}

function nearestOf(
  { id, title, state, lacks }: NearestView,
  whose: SetUpView['whose'],
  w: (word: keyof typeof words) => string,
  say: Say,
): Html {
  const connects = whose.get('system');
  const where = (one: Lack): Html | string =>
    one.where === 'connect' && connects !== undefined
      ? `${w('whose')} ${connects}.`
      : link(one.to, whereTexts[one.where][say.language]);
  return html`<p>
      ${w('nearest')} ${link(`/promises/${id}`, `${id} ${title[say.language]}`)}
      ${badge(state.is, state.text[say.language])}
    </p>
    <p>${w('lacks')}</p>
    <ul>
      ${lacks.map((one) => html`<li>${one.text[say.language].replace(/\.?$/, '.')} ${where(one)}</li>`)}
    </ul>`;
}

export interface ProfileChoice {
  readonly id: string;
  readonly title: Text;
  /** What it can hold, and whether the policy promises anything about that. */
  readonly datasets: readonly { readonly id: string; readonly title: Text; readonly promised: boolean }[];
  readonly sources: readonly {
    readonly name: string;
    readonly kind: 'sql' | 'files' | 'manual';
    readonly dialects: readonly string[];
  }[];
}

export function choosePage(profiles: readonly ProfileChoice[], say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const options: Choice[] = profiles.map((one) => ({ value: one.id, text: one.title[say.language] }));
  return html`${heading(w('connect'), w('connectLead'))}
    <form method="get" action="/set-up/system">
      ${select('profile', w('product'), options)}
      <p class="buttons"><button class="main">${w('choose')}</button></p>
    </form>`;
}

export function connectPage(profile: ProfileChoice, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  return html`${heading(`${w('connect')}: ${profile.title[say.language]}`, w('connectLead'))}
  ${form(
    // With the product in the address: the same address asks for this form.
    `/set-up/system?profile=${profile.id}`,
    html`<input type="hidden" name="profile" value="${profile.id}" />
      ${field({ name: 'id', label: w('id'), hint: w('idHint'), autocomplete: 'off' })}
      ${field({ name: 'title', label: w('name'), value: profile.title[say.language] })}
      ${field({ name: 'country', label: w('country'), value: 'NL' })} ${field({ name: 'place', label: w('place') })}
      <p class="hint">${w('absentNote')}</p>
      ${choices(
        'checkbox',
        'absent',
        w('absent'),
        profile.datasets.map(({ id, title, promised }) => ({
          value: id,
          text: title[say.language],
          checked: !promised,
          ...(promised ? {} : { hint: w('unpromised') }),
        })),
      )}
      ${profile.sources.map((source) => sourceFields(source, w))}`,
    { text: w('save') },
  )}`;
}

function sourceFields(source: ProfileChoice['sources'][number], w: (word: keyof typeof words) => string): Html {
  if (source.kind === 'manual') return nothing;
  if (source.kind === 'files')
    return html`<fieldset>
      <legend>${source.name}</legend>
      ${field({ name: `root.${source.name}`, label: w('root'), hint: w('rootHint'), required: false })}
    </fieldset>`;
  return html`<fieldset>
    <legend>${source.name}</legend>
    ${select(
      `dialect.${source.name}`,
      w('dialect'),
      source.dialects.map((one) => ({ value: one, text: one })),
    )}
    ${field({ name: `read.${source.name}`, label: w('read'), hint: w('readHint'), required: false, autocomplete: 'off' })}
    ${field({ name: `erase.${source.name}`, label: w('erase'), required: false, autocomplete: 'off' })}
  </fieldset>`;
}

export function setUpTitle(which: 'title' | 'connect', say: Say): string {
  return words[which][say.language];
}
