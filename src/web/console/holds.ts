/** Holds in the browser. A release never happens by one person, nor by a date. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
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
  form,
  heading,
  link,
  moment,
  section,
  select,
  table,
  type Choice,
  type State,
} from '../ui/controls.ts';

export interface HoldView {
  readonly id: string;
  readonly matter: string;
  readonly kind: string;
  readonly reason: string;
  readonly legalBasis: string;
  readonly state: 'active' | 'error' | 'releasing' | 'released';
  readonly stateText: string;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly reviewDue: string;
  readonly overdue: boolean;
  readonly releaseAsked: string | null;
  readonly releaseReason: string | null;
  /** Whoever reads this asked for the release, and cannot grant it too. */
  readonly askedByReader: boolean;
  readonly graceUntil: string | null;
  readonly prospective: boolean;
  readonly scope: readonly string[];
  readonly achieved: readonly {
    readonly where: string;
    readonly native: number;
    readonly preserved: number;
    readonly guarded: number;
    readonly risk: string | null;
  }[];
  /** What is no longer whole, a sentence each. */
  readonly incomplete: readonly string[];
}

const words = {
  nothing: { nl: 'houdt nu niets vast', en: 'holds nothing now' },
  nothingFound: {
    nl: 'Er is niets gevonden dat hierbij hoort, dus wordt er niets bewaard. Is het goed geschreven? Stel anders een nieuwe in: dit programma raadt niet wie er bedoeld is.',
    en: 'Nothing was found that belongs to this, so nothing is kept. Is it spelled right? If not, place another one: this program does not guess who is meant.',
  },
  nothingYet: {
    nl: 'Er is nog niets gevonden dat hierbij hoort; wat nog komt houdt zij vast. Is het goed geschreven? Stel anders een nieuwe in.',
    en: 'Nothing was found yet that belongs to this; what is yet to come it keeps. Is it spelled right? If not, place another one.',
  },
  title: { nl: 'Bewaarplichten', en: 'Holds' },
  lead: {
    nl: 'Wat in een lopende zaak nodig is, blijft, ook als de termijn voorbij is.',
    en: 'What a pending case needs stays, also when its term is over.',
  },
  place: { nl: 'Bewaarplicht instellen', en: 'Place a hold' },
  none: { nl: 'Er wordt niets vastgehouden.', en: 'Nothing is held.' },
  matter: { nl: 'Zaak', en: 'Matter' },
  kind: { nl: 'Soort', en: 'Kind' },
  reason: { nl: 'Reden', en: 'Reason' },
  basis: { nl: 'Rechtsgrond', en: 'Legal basis' },
  state: { nl: 'Stand', en: 'State' },
  items: { nl: 'Items', en: 'Items' },
  review: { nl: 'Herzien vóór', en: 'Review by' },
  overdue: { nl: 'te laat', en: 'overdue' },
  scope: { nl: 'Wat', en: 'What' },
  placed: { nl: 'Ingesteld', en: 'Placed' },
  by: { nl: 'door', en: 'by' },
  grace: { nl: 'Wachttijd tot', en: 'Grace until' },
  yetToCome: { nl: 'Ook wat nog komt', en: 'Also what is yet to come' },
  how: { nl: 'Hoe veilig', en: 'How safe' },
  where: { nl: 'waar', en: 'where' },
  native: { nl: 'slot in het systeem zelf', en: "the system's own lock" },
  preserved: { nl: 'kopie bewaard', en: 'copy preserved' },
  guarded: { nl: 'alleen door ons bewaakt', en: 'guarded by us only' },
  risk: { nl: 'risico', en: 'risk' },
  whole: { nl: 'Niet meer heel', en: 'No longer whole' },
  looked: { nl: 'Herzien: zij blijft', en: 'Reviewed: it stays' },
  release: { nl: 'Opheffen', en: 'Release' },
  askRelease: { nl: 'Vraag om opheffing', en: 'Ask for the release' },
  grantRelease: { nl: 'Keur de opheffing goed', en: 'Grant the release' },
  askNote: {
    nl: 'Een tweede persoon moet dit goedkeuren. Daarna loopt een wachttijd, en dan mag wat werd vastgehouden verwijderd worden.',
    en: 'A second person must grant this. Then a grace period runs, and after that what was held may be deleted.',
  },
  grantNote: {
    nl: 'Na uw goedkeuring loopt een wachttijd, en dan mag wat vrijkwam verwijderd worden.',
    en: 'After your approval a grace period runs, and after that what became free may be deleted.',
  },
  waitsForOther: { nl: 'wacht op een tweede persoon', en: 'waits for a second person' },
  asked: { nl: 'Opheffing gevraagd door', en: 'Release asked by' },
  person: { nl: 'Van een persoon', en: 'Of a person' },
  spot: { nl: 'Van een camera, nummer of toestel', en: 'Of a camera, number or extension' },
  about: { nl: 'Waar het om gaat', en: 'What it is about' },
  key: { nl: 'Waaraan herkend', en: 'Recognised by' },
  value: { nl: 'Nummer, adres of naam', en: 'Number, address or name' },
  camera: { nl: 'Camera, nummer of toestel', en: 'Camera, number or extension' },
  from: { nl: 'Vanaf het begin van', en: 'From the beginning of' },
  to: { nl: 'Tot en met het einde van', en: 'Until the end of' },
  datasets: { nl: 'Alleen hierin (niets aangevinkt: overal)', en: 'Only in these (none ticked: everywhere)' },
} as const satisfies Record<string, Text>;

const looks: Readonly<Record<HoldView['state'], State>> = {
  active: 'kept',
  error: 'broken',
  releasing: 'at-risk',
  released: 'neutral',
};
const kinds: Readonly<Record<string, Text>> = {
  litigation: { nl: 'rechtszaak', en: 'litigation' },
  criminal: { nl: 'strafrechtelijk onderzoek', en: 'criminal investigation' },
  complaint: { nl: 'klacht', en: 'complaint' },
  dispute: { nl: 'geschil', en: 'dispute' },
  'authority-order': { nl: 'bevel van een autoriteit', en: 'order of an authority' },
};

const itemsOf = (hold: HoldView): number =>
  hold.achieved.reduce((sum, one) => sum + one.native + one.preserved + one.guarded, 0);

export function holdsPage(view: { readonly holds: readonly HoldView[]; readonly mayPlace: boolean }, say: Say): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const place = view.mayPlace ? button('/holds/new', w('place')) : nothing;
  return html`${heading(w('title'), w('lead'), place)}
  ${
    view.holds.length === 0
      ? empty(w('none'), place)
      : table(
          w('title'),
          [
            { title: w('matter') },
            { title: w('kind') },
            { title: w('state') },
            { title: w('items'), number: true },
            { title: w('review') },
          ],
          view.holds.map((hold) => [
            link(`/holds/${hold.id}`, hold.matter),
            kinds[hold.kind]?.[say.language] ?? hold.kind,
            badge(looks[hold.state], hold.stateText),
            say.n(itemsOf(hold)),
            html`${say.day(hold.reviewDue)} ${hold.overdue ? badge('broken', w('overdue')) : nothing}`,
          ]),
        )
  }`;
}

export function holdPage(
  hold: HoldView,
  rights: { readonly review: boolean; readonly release: boolean },
  say: Say,
): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const open = hold.state !== 'released' && hold.state !== 'releasing';
  return html`${heading(hold.matter)}
    <p>${badge(looks[hold.state], hold.stateText)} ${hold.overdue ? badge('broken', w('overdue')) : nothing}</p>
    ${facts([
      [w('kind'), kinds[hold.kind]?.[say.language] ?? hold.kind],
      [w('reason'), hold.reason],
      [w('basis'), hold.legalBasis],
      [w('placed'), `${say.moment(hold.placedAt)} ${w('by')} ${hold.placedBy}`],
      [w('review'), moment(hold.reviewDue, say.day(hold.reviewDue))],
      ...(hold.graceUntil === null ? [] : [[w('grace'), say.moment(hold.graceUntil)] as const]),
    ])}
    <h2>${w('scope')}</h2>
    <ul>
      ${hold.scope.map((part) => html`<li>${part}</li>`)}
      ${hold.prospective ? html`<li>${w('yetToCome')}</li>` : nothing}
    </ul>
    ${open && foundNothing(hold) ? html`<p class="note">${badge('at-risk', w('nothing'))} ${w(hold.prospective ? 'nothingYet' : 'nothingFound')}</p>` : nothing}
    ${section(
      'how',
      w('how'),
      table(
        w('how'),
        [
          { title: w('where') },
          { title: w('native'), number: true },
          { title: w('preserved'), number: true },
          { title: w('guarded'), number: true },
          { title: w('risk') },
        ],
        hold.achieved.map((one) => [
          one.where,
          say.n(one.native),
          say.n(one.preserved),
          say.n(one.guarded),
          one.risk ?? '',
        ]),
      ),
    )}
    ${
      hold.incomplete.length === 0
        ? nothing
        : section(
            'whole',
            w('whole'),
            html`<ul>
              ${hold.incomplete.map((text) => html`<li>${text}</li>`)}
            </ul>`,
          )
    }
    ${open && rights.review ? card(form(`/holds/${hold.id}/review`, nothing, { text: w('looked'), kind: 'quiet' })) : nothing}
    ${open && rights.release ? section('release', w('release'), releaseForm(hold, w, say)) : nothing}`;
}

/** It looked everywhere that it could, and nothing is of this person or place: a name that is spelled wrong keeps nothing back. */
function foundNothing(hold: HoldView): boolean {
  return itemsOf(hold) === 0 && hold.achieved.every((one) => one.risk === null);
}

function releaseForm(hold: HoldView, w: (word: keyof typeof words) => string, say: Say): Html {
  const asked =
    hold.releaseAsked === null
      ? nothing
      : html`<p>${w('asked')} ${hold.releaseAsked}.</p>
          ${hold.releaseReason === null ? nothing : html`<p>${w('reason')}: ${hold.releaseReason}</p>`}`;
  if (hold.askedByReader)
    return card(
      html`${asked}
        <p>${badge('at-risk', w('waitsForOther'))}</p>`,
    );
  return html`${asked}
  ${form(
    `/holds/${hold.id}/release`,
    hold.releaseAsked === null ? area({ name: 'reason', label: w('reason') }) : nothing,
    {
      text: `${w(hold.releaseAsked === null ? 'askRelease' : 'grantRelease')}: ${say.n(itemsOf(hold))}`,
      kind: 'danger',
      consequence: `${freed(itemsOf(hold), say)} ${w(hold.releaseAsked === null ? 'askNote' : 'grantNote')}`,
    },
  )}`;
}

/** What no longer keeps them is this hold; another may. */
function freed(items: number, say: Say): string {
  return say.language === 'nl'
    ? `Deze bewaarplicht houdt ${say.n(items)} ${items === 1 ? 'item' : 'items'} vast. ${items === 1 ? 'Dat komt' : 'Die komen'} vrij, behalve wat een andere bewaarplicht of de wet ook bewaart.`
    : `This hold keeps ${say.n(items)} ${items === 1 ? 'item. It becomes' : 'items. They become'} free, except what another hold or the law keeps too.`;
}

export function newHoldPage(
  view: { readonly kinds: readonly string[]; readonly keys: readonly Choice[]; readonly datasets: readonly string[] },
  say: Say,
): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  return html`${heading(w('place'), w('lead'))}
  ${form(
    '/holds/new',
    html`${field({ name: 'matter', label: w('matter') })}
      ${select(
        'kind',
        w('kind'),
        view.kinds.map((value) => ({ value, text: kinds[value]?.[say.language] ?? value })),
      )}
      ${area({ name: 'reason', label: w('reason') })} ${field({ name: 'legalBasis', label: w('basis') })}
      <div class="either">
        ${choices('radio', 'scope', w('about'), [
          { value: 'subject', text: w('person'), checked: true },
          { value: 'place', text: w('spot') },
        ])}
        <div class="of subject">
          ${select('subjectKind', w('key'), view.keys)} ${field({ name: 'value', label: w('value'), required: false })}
        </div>
        <div class="of place">
          ${field({ name: 'place', label: w('camera'), required: false })}
          ${field({ name: 'from', label: w('from'), type: 'date', required: false })}
          ${field({ name: 'to', label: w('to'), type: 'date', required: false })}
        </div>
      </div>
      ${choices(
        'checkbox',
        'datasets',
        w('datasets'),
        view.datasets.map((value) => ({ value, text: value })),
      )}
      ${choices('checkbox', 'prospective', w('yetToCome'), [{ value: 'yes', text: w('yetToCome') }])}`,
    { text: w('place') },
  )}`;
}
