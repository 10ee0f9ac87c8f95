/** People: who has access, as what, whether they signed, and the list to confirm every few months. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import { languageChoices } from '../access/account.ts';
import type { Say } from '../say.ts';
import {
  area,
  badge,
  button,
  card,
  choices,
  empty,
  facts,
  field,
  select,
  form,
  heading,
  link,
  section,
  table,
  type Choice,
} from '../ui/controls.ts';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: string;
  readonly state: 'invited' | 'active' | 'disabled';
  /** Last day, "2027-01-31". */
  readonly until: string | null;
  readonly lastSeen: string | null;
  readonly two: boolean;
  readonly signed: boolean;
}

export interface PeopleView {
  readonly people: readonly PersonView[];
  readonly covered: number;
  readonly accounts: number;
  readonly signed: number;
  readonly withAccess: number;
  readonly declaration: string | null;
  readonly review: {
    readonly last: string | null;
    readonly due: string | null;
    readonly overdue: boolean;
    readonly open: string | null;
  };
  readonly mayInvite: boolean;
  readonly mayReview: boolean;
}

const words = {
  title: { nl: 'Mensen', en: 'People' },
  lead: { nl: 'Wie toegang heeft, en als wat.', en: 'Who has access, and as what.' },
  invite: { nl: 'Iemand uitnodigen', en: 'Invite someone' },
  name: { nl: 'Naam', en: 'Name' },
  nameHint: { nl: 'Voor- en achternaam: één naam is één persoon.', en: 'First and last name: one name is one person.' },
  email: { nl: 'E-mailadres', en: 'E-mail address' },
  roles: { nl: 'Rollen', en: 'Roles' },
  until: { nl: 'Laatste dag', en: 'Last day' },
  untilHint: {
    nl: 'Nodig voor een auditor: de toegang stopt dan vanzelf.',
    en: 'Needed for an auditor: access then ends by itself.',
  },
  dpoRole: {
    nl: 'De rol van functionaris gegevensbescherming wordt op de opdrachtregel gegeven (gestand people): een privacy-officer kiest niet wie op hem toeziet.',
    en: 'The role of data protection officer is given on the command line (gestand people): a privacy officer does not choose who supervises them.',
  },
  notHere: {
    nl: 'De rollen en de toegang van een functionaris gegevensbescherming wijzigen op de opdrachtregel (gestand people).',
    en: 'The roles and the access of a data protection officer are changed on the command line (gestand people).',
  },
  notOwn: {
    nl: 'Dit bent u zelf: uw rollen en toegang wijzigt iemand anders. Wat u zelf kunt, staat bij uw account.',
    en: 'This is you: somebody else changes your roles and access. What you can do yourself is at your account.',
  },
  clients: { nl: 'Klanten', en: 'Clients' },
  language: { nl: 'Taal van deze persoon', en: 'Language of this person' },
  ours: { nl: 'Die van de organisatie', en: "The organisation's" },
  send: { nl: 'Maak de uitnodiging', en: 'Make the invitation' },
  state: { nl: 'Stand', en: 'State' },
  seen: { nl: 'Laatst aangemeld', en: 'Last signed in' },
  two: { nl: 'Twee factoren', en: 'Two factors' },
  signed: { nl: 'Geheimhouding', en: 'Confidentiality' },
  yes: { nl: 'ja', en: 'yes' },
  no: { nl: 'nee', en: 'no' },
  invited: { nl: 'uitgenodigd', en: 'invited' },
  active: { nl: 'actief', en: 'active' },
  disabled: { nl: 'beëindigd', en: 'ended' },
  review: { nl: 'Toegang nakijken', en: 'Access review' },
  reviewLead: {
    nl: 'Loop de lijst na: houdt iemand zijn toegang, of stopt zij?',
    en: 'Go through the list: does someone keep access, or does it end?',
  },
  last: { nl: 'Laatst nagekeken', en: 'Last reviewed' },
  due: { nl: 'Opnieuw vóór', en: 'Again by' },
  never: { nl: 'nog nooit', en: 'never yet' },
  overdue: { nl: 'te laat', en: 'overdue' },
  begin: { nl: 'Begin met nakijken', en: 'Begin the review' },
  goOn: { nl: 'Ga verder met nakijken', en: 'Go on with the review' },
  keep: { nl: 'Houdt toegang', en: 'Keeps access' },
  end: { nl: 'Toegang beëindigen', en: 'End access' },
  endNote: {
    nl: 'Alle sessies van deze persoon eindigen meteen, en het account kan niet meer aanmelden.',
    en: 'All sessions of this person end at once, and the account can no longer sign in.',
  },
  reviewOwn: {
    nl: 'Dit bent u zelf: over uw toegang beslist iemand anders die mag nakijken.',
    en: 'This is you: somebody else who may review decides on your access.',
  },
  close: { nl: 'Sluit af', en: 'Close' },
  linkTitle: { nl: 'De uitnodiging', en: 'The invitation' },
  linkLead: {
    nl: 'Geef deze link aan de persoon zelf, en aan niemand anders. Hij werkt één keer. U ziet hem nu, en nooit meer.',
    en: 'Hand this link to the person, and to nobody else. It works once. You see it now and never again.',
  },
  valid: { nl: 'Geldig tot', en: 'Valid until' },
  reset: { nl: 'Nieuwe link', en: 'New link' },
  resetNote: {
    nl: 'Voor wie een wachtwoord of toestel kwijt is, nadat u die persoon op een andere manier hebt herkend.',
    en: 'For who lost a password or a device, after you recognised that person in another way.',
  },
  lostPassword: { nl: 'Wachtwoord kwijt', en: 'Lost the password' },
  lostFactor: { nl: 'Tweede factor kwijt', en: 'Lost the second factor' },
  lostAll: { nl: 'Alles opnieuw', en: 'Everything anew' },
  change: { nl: 'Rollen wijzigen', en: 'Change roles' },
  save: { nl: 'Bewaar', en: 'Save' },
  account: { nl: 'Naar uw account', en: 'To your account' },
  signOut: { nl: 'Meld overal af', en: 'Sign out everywhere' },
  declaration: { nl: 'Verklaring van geheimhouding', en: 'Declaration of confidentiality' },
  declarationNone: { nl: 'Er is nog geen tekst om te tekenen.', en: 'There is no text to sign yet.' },
  sign: { nl: 'Ik teken', en: 'I sign' },
  signedDone: { nl: 'U hebt deze versie getekend.', en: 'You have signed this version.' },
  missing: { nl: 'Wie nog niet getekend heeft', en: 'Who has not signed yet' },
  newText: { nl: 'Nieuwe tekst', en: 'New text' },
  version: { nl: 'Versie', en: 'Version' },
  adopt: { nl: 'Laat deze tekst gelden', en: 'Put this text in force' },
  adoptNote: { nl: 'Iedereen met toegang moet dan opnieuw tekenen.', en: 'Everyone with access must then sign again.' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;
const wordsFor =
  (say: Say): W =>
  (word) =>
    words[word][say.language];

export function peopleTitle(which: 'title' | 'invite' | 'review' | 'linkTitle' | 'declaration', say: Say): string {
  return wordsFor(say)(which);
}

export function peoplePage(view: PeopleView, say: Say): Html {
  const w = wordsFor(say);
  return html`${heading(w('title'), w('lead'), view.mayInvite ? button('/people/invite', w('invite')) : undefined)}
  ${facts([
    [w('two'), `${view.covered} / ${view.accounts}`],
    [w('signed'), html`${view.signed} / ${view.withAccess} ${link('/declaration', w('declaration'))}`],
    [w('last'), view.review.last === null ? w('never') : say.day(view.review.last)],
    [w('due'), html`${say.day(view.review.due)} ${view.review.overdue ? badge('broken', w('overdue')) : nothing}`],
  ])}
  ${view.mayReview ? form('/people/review', nothing, { text: w(view.review.open === null ? 'begin' : 'goOn'), kind: 'quiet' }) : nothing}
  ${
    view.people.length === 0
      ? empty(w('lead'))
      : table(
          w('title'),
          [
            { title: w('name') },
            { title: w('roles') },
            { title: w('state') },
            { title: w('two') },
            { title: w('signed') },
            { title: w('seen') },
            { title: w('until') },
          ],
          view.people.map((one) => [
            link(`/people/${one.id}`, one.name),
            one.roles,
            badge(one.state === 'active' ? 'kept' : one.state === 'invited' ? 'at-risk' : 'neutral', w(one.state)),
            // Whoever has not come in yet has neither, and needs neither.
            one.state === 'invited' ? '–' : yesNo(one.two, w),
            one.state === 'invited' ? '–' : yesNo(one.signed, w),
            one.lastSeen === null ? '–' : say.day(one.lastSeen),
            one.until === null ? '–' : say.day(one.until),
          ]),
        )
  }`;
}

function yesNo(yes: boolean, w: W): Html {
  return yes ? badge('kept', w('yes')) : badge('at-risk', w('no'));
}

export interface ChoicesView {
  /** Without those that whoever looks cannot give. */
  readonly roles: readonly Choice[];
  readonly givesDpo: boolean;
  readonly clients: readonly Choice[];
}

export function invitePage(view: ChoicesView, say: Say): Html {
  const w = wordsFor(say);
  return html`${heading(w('invite'))}
  ${form(
    '/people/invite',
    html`${field({ name: 'name', label: w('name'), hint: w('nameHint'), autocomplete: 'off' })}
    ${field({ name: 'email', label: w('email'), type: 'email', autocomplete: 'off' })}
    ${select('language', w('language'), [{ value: '', text: w('ours'), checked: true }, ...languageChoices(null)])}
    ${rolesFields(view, null, w)}`,
    { text: w('send') },
  )}`;
}

function rolesFields(view: ChoicesView, until: string | null, w: W): Html {
  return html`${choices('checkbox', 'roles', w('roles'), view.roles)}
  ${view.givesDpo ? nothing : html`<p class="hint">${w('dpoRole')}</p>`}
  ${view.clients.length === 0 ? nothing : choices('checkbox', 'clients', w('clients'), view.clients)}
  ${field({ name: 'until', label: w('until'), type: 'date', hint: w('untilHint'), required: false, value: until?.slice(0, 10) ?? '' })}`;
}

export function linkPage(view: { readonly link: string; readonly expires: string }, say: Say): Html {
  const w = wordsFor(say);
  return html`${heading(w('linkTitle'), w('linkLead'))}
    <pre tabindex="0"><code>${view.link}</code></pre>
    <p>${w('valid')} ${say.moment(view.expires)}</p>
    <p>${button('/people', w('title'), 'quiet')}</p>`;
}

export function personPage(
  one: PersonView,
  view: ChoicesView,
  may: { readonly change: boolean; readonly end: boolean; readonly why: 'notHere' | 'notOwn' | null },
  say: Say,
): Html {
  const w = wordsFor(say);
  const reset = (what: string, text: string): Html =>
    form(`/people/${one.id}/reset`, html`<input type="hidden" name="what" value="${what}" />`, { text, kind: 'quiet' });
  return html`${heading(one.name, `${one.email} · ${one.roles}`)}
  ${may.why === null ? nothing : html`<p>${w(may.why)}${may.why === 'notOwn' ? html` ${link('/account', w('account'))}` : nothing}</p>`}
  ${
    may.change && one.state !== 'disabled'
      ? section(
          'change',
          w('change'),
          form(`/people/${one.id}/roles`, rolesFields(view, one.until, w), { text: w('save') }),
        )
      : nothing
  }
  ${
    may.end
      ? html`${section(
          'reset',
          w('reset'),
          html`<p class="soft">${w('resetNote')}</p>
            <div class="buttons">
              ${reset('password', w('lostPassword'))} ${reset('second-factor', w('lostFactor'))}
              ${reset('everything', w('lostAll'))}
            </div>`,
        )}
        ${section(
          'end',
          w('end'),
          html`${form(`/people/${one.id}/sign-out`, nothing, { text: w('signOut'), kind: 'quiet' })}
          ${one.state === 'disabled' ? nothing : form(`/people/${one.id}/end`, nothing, { text: w('end'), kind: 'danger', consequence: w('endNote') })}`,
        )}`
      : nothing
  }`;
}

export interface ReviewView {
  readonly id: string;
  readonly opened: string;
  readonly lines: readonly {
    readonly account: string;
    readonly name: string;
    readonly roles: string;
    readonly lastSeen: string | null;
    readonly decision: 'keep' | 'end' | null;
    /** Whoever looks: somebody else decides. */
    readonly own: boolean;
    /** Of a DPO no review ends the access. */
    readonly dpo: boolean;
  }[];
}

export function reviewPage(view: ReviewView, say: Say): Html {
  const w = wordsFor(say);
  const open = view.lines.filter((line) => line.decision === null).length;
  return html`${heading(w('review'), w('reviewLead'))}
    <ul class="rows">
      ${view.lines.map(
        (line) =>
          html`<li class="card">
            <div class="row">
              <span
                ><strong>${line.name}</strong>
                <span class="soft"
                  >${line.roles} · ${w('seen')} ${line.lastSeen === null ? '–' : say.day(line.lastSeen)}</span
                ></span
              >
              ${line.decision === null ? nothing : badge(line.decision === 'keep' ? 'kept' : 'broken', w(line.decision))}
            </div>
            ${
              line.decision === null && line.own
                ? html`<p class="soft">${w('reviewOwn')}</p>`
                : line.decision === null
                  ? html`<form method="post" action="/people/review/${view.id}" class="buttons">
                        <input type="hidden" name="account" value="${line.account}" />
                        <button class="quiet" name="decision" value="keep">
                          ${w('keep')}<span class="hidden">: ${line.name}</span>
                        </button>
                        ${
                          line.dpo
                            ? nothing
                            : html`<button class="quiet" name="decision" value="end">
                                ${w('end')}<span class="hidden">: ${line.name}</span>
                              </button>`
                        }
                      </form>
                      ${line.dpo ? html`<p class="hint">${w('notHere')}</p>` : nothing}`
                  : nothing
            }
          </li>`,
      )}
    </ul>
    ${open === 0 ? card(form(`/people/review/${view.id}/close`, nothing, { text: w('close'), ...closing(view, say) })) : nothing}`;
}

/** What closing does, and to how many. */
function closing(view: ReviewView, say: Say): { readonly consequence: string; readonly kind?: 'danger' } {
  const n = view.lines.filter((line) => line.decision === 'end').length;
  if (n === 0) return { consequence: { nl: 'Iedereen houdt toegang.', en: 'Everybody keeps access.' }[say.language] };
  const text: Text = {
    nl: `${say.n(n)} ${n === 1 ? 'account verliest' : 'accounts verliezen'} nu de toegang. Alle sessies ervan eindigen meteen.`,
    en: `${say.n(n)} ${n === 1 ? 'account loses' : 'accounts lose'} access now. All sessions end at once.`,
  };
  return { consequence: text[say.language], kind: 'danger' };
}

export interface DeclarationView {
  readonly version: string | null;
  readonly text: string | null;
  readonly signed: boolean;
  readonly mayAdopt: boolean;
  readonly missing: readonly string[];
}

export function declarationPage(view: DeclarationView, say: Say): Html {
  const w = wordsFor(say);
  return html`${heading(w('declaration'), view.version === null ? w('declarationNone') : `${w('version')} ${view.version}`)}
  ${view.text === null ? nothing : card(html`<p>${view.text}</p>`)}
  ${
    view.version === null
      ? nothing
      : view.signed
        ? html`<p>${badge('kept', w('signedDone'))}</p>`
        : form('/declaration/sign', html`<input type="hidden" name="version" value="${view.version}" />`, {
            text: w('sign'),
          })
  }
  ${view.missing.length === 0 ? nothing : section('missing', w('missing'), html`<p>${view.missing.join(', ')}</p>`)}
  ${
    view.mayAdopt
      ? section(
          'new',
          w('newText'),
          form(
            '/declaration',
            html`${field({ name: 'version', label: w('version') })}
            ${area({ name: 'nl', label: 'Nederlands', rows: 8 })} ${area({ name: 'en', label: 'English', rows: 8 })}`,
            { text: w('adopt'), kind: 'quiet', consequence: w('adoptNote') },
          ),
        )
      : nothing
  }`;
}
