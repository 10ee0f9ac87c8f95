/** Changing a connected system, and disconnecting it: what it does is said before it is done. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { button, card, choices, facts, field, form, heading, link, section, select } from '../ui/controls.ts';
import type { ProfileChoice } from './set-up.ts';

type SourceNow = { readonly root: string } | { readonly dialect: string; readonly erases: boolean };

export interface ChangeView {
  readonly now: {
    readonly id: string;
    readonly mark: string;
    readonly title: Text;
    readonly country: string;
    readonly place: string;
    readonly absent: readonly string[];
    readonly sources: Readonly<Record<string, SourceNow>>;
  };
  readonly profile: ProfileChoice;
  /** How many plans could still be carried out. */
  readonly plans: number;
  /** What somebody filled in while another changed the same system; null when nobody did. */
  readonly typed: Typed | null;
}

interface Typed {
  readonly title: string;
  readonly country: string;
  readonly place: string;
  readonly absent: readonly string[];
  readonly sources: Readonly<Record<string, { readonly root: string } | { readonly dialect: string }>>;
}

export interface DisconnectView {
  readonly id: string;
  readonly title: Text;
  readonly parting: {
    readonly datasets: number;
    readonly rules: readonly { readonly id: string; readonly promise: string; readonly alone: boolean }[];
    readonly plans: readonly string[];
    readonly holds: readonly { readonly id: string; readonly matter: string }[];
  };
}

const words = {
  change: { nl: 'Systeem wijzigen', en: 'Change a system' },
  changeLead: {
    nl: 'Er wordt eerst gekeken of alles antwoordt. Is er iets mis, dan blijft alles zoals het was. De korte naam en het product blijven: daaronder staat het systeem in het bewijs.',
    en: 'First is looked whether everything answers. When something is wrong, all stays as it was. The short name and the product stay: the evidence knows the system by those.',
  },
  name: { nl: 'Naam', en: 'Name' },
  country: { nl: 'Land (twee letters)', en: 'Country (two letters)' },
  place: { nl: 'Plaats', en: 'Place' },
  absent: { nl: 'Wat is hier niet?', en: 'What is not here?' },
  root: { nl: 'Map', en: 'Folder' },
  rootHint: {
    nl: 'Het volledige pad op deze machine. Leeg: dit is hier niet.',
    en: 'The full path on this machine. Empty: not here.',
  },
  dialect: { nl: 'Soort database', en: 'Kind of database' },
  read: { nl: 'Nieuw adres om te lezen', en: 'New address to read' },
  erase: { nl: 'Nieuw adres om te verwijderen', en: 'New address to delete' },
  kept: {
    nl: 'Er is een adres; het wordt niet getoond. Leeg: het blijft zoals het is.',
    en: 'There is an address; it is not shown. Empty: it stays as it is.',
  },
  none: { nl: 'Er is er nog geen. Leeg: dat blijft zo.', en: 'There is none yet. Empty: that stays so.' },
  gone: { nl: 'Deze bron is hier niet meer', en: 'This source is here no more' },
  readOnly: {
    nl: 'Hier wordt niets meer verwijderd: vergeet het adres daarvoor',
    en: 'Nothing is deleted here any more: forget the address for that',
  },
  stands: { nl: 'Wat er nu staat', en: 'What stands now' },
  standsLead: {
    nl: 'Hier staat wat een ander ervan maakte, waar het verschilt van wat u invulde. In het formulier staat wat van u is. Bewaart u dat, dan vervangt het dit.',
    en: 'This is what another made of it, where it differs from what you filled in. The form has what is yours. When you save that, it takes the place of this.',
  },
  standsElse: {
    nl: 'Wat verschilt toont dit formulier niet: een adres van een database, of iets dat alleen in estate.yaml staat.',
    en: 'What differs is not shown in this form: the address of a database, or something that stands in estate.yaml only.',
  },
  allHere: { nl: 'alles is hier', en: 'all of it is here' },
  save: { nl: 'Kijk en bewaar', en: 'Look and save' },
  back: { nl: 'Terug', en: 'Back' },
  disconnect: { nl: 'Systeem loskoppelen', en: 'Disconnect a system' },
  disconnectLead: {
    nl: 'De gegevens in het systeem blijven zoals ze zijn: er wordt daar niets veranderd of verwijderd.',
    en: 'The data in the system stays as it is: nothing is changed or deleted there.',
  },
  what: { nl: 'Wat er gebeurt', en: 'What happens' },
  noRules: { nl: 'Geen regel wordt hier uitgevoerd.', en: 'No rule is carried out here.' },
  alone: {
    nl: 'Deze regels worden nergens anders uitgevoerd. Hun beloften verliezen hun bewijs',
    en: 'These rules are carried out nowhere else. Their promises lose their proof',
  },
  also: {
    nl: 'Deze regels gaan elders verder; hier kijkt dan niemand meer',
    en: 'These rules go on elsewhere; here nobody looks any more',
  },
  holds: {
    nl: 'Deze bewaarplichten beschermen hier gegevens. Dit programma kijkt daar niet meer naar om',
    en: 'These holds protect data here. This program no longer looks after that',
  },
  later: {
    nl: 'Het adres dat dit programma ervan bewaarde, wordt vergeten. Wat al in het bewijs staat blijft. U kunt het systeem later opnieuw verbinden.',
    en: 'The address that this program kept of it is forgotten. What stands in the evidence stays. You can connect the system again later.',
  },
  reason: { nl: 'Waarom koppelt u het los?', en: 'Why do you disconnect it?' },
  reasonHint: {
    nl: 'Komt in het logboek, verzegeld. Bijvoorbeeld: de oude centrale is vervangen.',
    en: 'Goes into the log, sealed. For example: the old exchange was replaced.',
  },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

const wordsIn =
  (say: Say): W =>
  (word) =>
    words[word][say.language];

const plansVoid = (n: number, say: Say): Text | null =>
  n === 0
    ? null
    : {
        nl: `${say.n(n)} ${n === 1 ? 'open plan vervalt' : 'open plannen vervallen'}: een plan geldt voor de systemen zoals ze waren. Maak daarna een nieuw plan.`,
        en: `${say.n(n)} open ${n === 1 ? 'plan becomes void' : 'plans become void'}: a plan is for the systems as they were. Make a new plan afterwards.`,
      };

export function changePage(view: ChangeView, say: Say): Html {
  const { now, profile, plans } = view;
  const w = wordsIn(say);
  const lost = plansVoid(plans, say);
  return html`${heading(`${w('change')}: ${now.title[say.language]}`, w('changeLead'))}
    ${view.typed === null ? nothing : standsNow(view, view.typed, w, say)}
    ${form(
      `/systems/${now.id}/change`,
      html`<input
          type="hidden"
          name="seen"
          value="${now.mark}"
          data-seen
        />${field({ name: 'title', label: w('name'), value: now.title[say.language] })}
        ${field({ name: 'country', label: w('country'), value: now.country })}
        ${field({ name: 'place', label: w('place'), value: now.place })}
        ${choices(
          'checkbox',
          'absent',
          w('absent'),
          profile.datasets.map(({ id, title }) => ({
            value: id,
            text: title[say.language],
            checked: now.absent.includes(id),
          })),
        )}
        ${profile.sources.map((source) => sourceFields(source, now.sources[source.name], w))}`,
      { text: w('save'), ...(lost === null ? {} : { consequence: lost[say.language] }) },
    )}
    <p>${button(`/systems/${now.id}`, w('back'), 'quiet')}</p>`;
}

/** What the other changed, beside what was typed: each field in which they differ. */
function standsNow({ now, profile }: ChangeView, typed: Typed, w: W, say: Say): Html {
  const absent = (ids: readonly string[]): string =>
    profile.datasets
      .filter(({ id }) => ids.includes(id))
      .map(({ title }) => title[say.language])
      .join(', ') || w('allHere');
  const shown = (one: SourceNow | Typed['sources'][string] | undefined): string =>
    one === undefined ? '' : 'root' in one ? one.root : one.dialect;
  const fields: readonly (readonly [label: string, now: string, typed: string])[] = [
    [w('name'), now.title[say.language], typed.title],
    [w('country'), now.country, typed.country],
    [w('place'), now.place, typed.place],
    [w('absent'), absent(now.absent), absent(typed.absent)],
    ...profile.sources
      .filter(({ kind, name }) => kind !== 'manual' && (kind === 'files' || now.sources[name] !== undefined))
      .map(
        ({ kind, name }) =>
          [
            `${name}: ${w(kind === 'files' ? 'root' : 'dialect')}`,
            shown(now.sources[name]),
            shown(typed.sources[name]),
          ] as const,
      ),
  ];
  const differ = fields.filter(([, here, there]) => here !== there);
  return section(
    'stands',
    w('stands'),
    differ.length === 0
      ? html`<p>${w('standsElse')}</p>`
      : html`<p>${w('standsLead')}</p>
          ${facts(differ.map(([label, here]) => [label, here === '' ? '–' : here] as const))}`,
  );
}

function sourceFields(source: ProfileChoice['sources'][number], now: SourceNow | undefined, w: W): Html {
  const { name } = source;
  if (source.kind === 'manual') return nothing;
  if (source.kind === 'files')
    return html`<fieldset>
      <legend>${name}</legend>
      ${field({
        name: `root.${name}`,
        label: w('root'),
        hint: w('rootHint'),
        value: now && 'root' in now ? now.root : '',
        required: false,
      })}
    </fieldset>`;
  const there = now !== undefined && 'dialect' in now ? now : null;
  const erases = there?.erases === true;
  return html`<fieldset>
    <legend>${name}</legend>
    ${select(
      `dialect.${name}`,
      w('dialect'),
      source.dialects.map((one) => ({ value: one, text: one, checked: one === there?.dialect })),
    )}
    ${field({ name: `read.${name}`, label: w('read'), hint: w(there ? 'kept' : 'none'), required: false, autocomplete: 'off' })}
    ${field({ name: `erase.${name}`, label: w('erase'), hint: w(erases ? 'kept' : 'none'), required: false, autocomplete: 'off' })}
    ${there === null ? nothing : tick(`gone.${name}`, w('gone'))}
    ${erases ? tick(`read-only.${name}`, w('readOnly')) : nothing}
  </fieldset>`;
}

const tick = (name: string, text: string): Html =>
  html`<label class="choice"><input type="checkbox" name="${name}" value="1" /> <span>${text}</span></label>`;

export function disconnectPage({ id, title, parting }: DisconnectView, say: Say): Html {
  const w = wordsIn(say);
  const lost = plansVoid(parting.plans.length, say);
  const alone = parting.rules.filter((rule) => rule.alone);
  const also = parting.rules.filter((rule) => !rule.alone);
  const datasets: Text = {
    nl: `${say.n(parting.datasets)} ${parting.datasets === 1 ? 'dataset wordt' : 'datasets worden'} niet meer geteld, en wat te oud is wordt daar niet meer verwijderd.`,
    en: `${say.n(parting.datasets)} ${parting.datasets === 1 ? 'dataset is' : 'datasets are'} no longer counted, and what is too old is no longer deleted there.`,
  };
  return html`${heading(`${w('disconnect')}: ${title[say.language]}`, w('disconnectLead'))}
    ${section(
      'what',
      w('what'),
      card(
        html`<ul>
          <li>${datasets[say.language]}</li>
          ${alone.length === 0 ? nothing : html`<li>${w('alone')}: ${rulesOf(alone)}.</li>`}
          ${also.length === 0 ? nothing : html`<li>${w('also')}: ${rulesOf(also)}.</li>`}
          ${parting.rules.length === 0 ? html`<li>${w('noRules')}</li>` : nothing}
          ${
            parting.plans.length === 0 || lost === null
              ? nothing
              : html`<li>
                  ${lost[say.language]} ${parting.plans.map((plan) => html`${link(`/plans/${plan}`, plan)} `)}
                </li>`
          }
          ${
            parting.holds.length === 0
              ? nothing
              : html`<li>
                  ${w('holds')}:
                  ${parting.holds.map((hold, i) => html`${i === 0 ? '' : ', '}${link(`/holds/${hold.id}`, hold.matter)}`)}.
                </li>`
          }
          <li>${w('later')}</li>
        </ul>`,
        'at-risk',
      ),
    )}
    ${form(`/systems/${id}/disconnect`, field({ name: 'reason', label: w('reason'), hint: w('reasonHint') }), {
      text: deed(parting.datasets, say),
      kind: 'danger',
      consequence: `${inShort(parting, alone, say)} ${w('disconnectLead')}`,
    })}
    <p>${button(`/systems/${id}`, w('back'), 'quiet')}</p>`;
}

function inShort(
  { datasets, plans }: DisconnectView['parting'],
  alone: readonly { readonly promise: string }[],
  say: Say,
): string {
  const promises = new Set(alone.map((rule) => rule.promise)).size;
  const [one, n] = [(count: number): boolean => count === 1, say.n];
  return {
    nl: `${n(datasets)} ${one(datasets) ? 'dataset wordt' : 'datasets worden'} niet meer geteld, ${n(promises)} ${one(promises) ? 'belofte verliest haar' : 'beloften verliezen hun'} bewijs, ${n(plans.length)} open ${one(plans.length) ? 'plan vervalt' : 'plannen vervallen'}.`,
    en: `${n(datasets)} ${one(datasets) ? 'dataset is' : 'datasets are'} no longer counted, ${n(promises)} ${one(promises) ? 'promise loses its' : 'promises lose their'} proof, ${n(plans.length)} open ${one(plans.length) ? 'plan becomes' : 'plans become'} void.`,
  }[say.language];
}

const deed = (datasets: number, { language, n }: Say): string =>
  ({
    nl: `Koppel los: ${n(datasets)} ${datasets === 1 ? 'dataset' : 'datasets'} zonder toezicht`,
    en: `Disconnect: ${n(datasets)} ${datasets === 1 ? 'dataset' : 'datasets'} no longer watched`,
  })[language];

/** Each promise once, with its rules. */
function rulesOf(rules: DisconnectView['parting']['rules']): Html {
  const promises = [...new Set(rules.map((rule) => rule.promise))].toSorted();
  return html`${promises.map(
    (promise, i) =>
      html`${i === 0 ? '' : ', '}${link(`/promises/${promise}`, promise)}
      (${rules
        .filter((rule) => rule.promise === promise)
        .map((rule) => rule.id)
        .join(', ')})`,
  )}`;
}

export function changeTitle(which: 'change' | 'disconnect', say: Say): string {
  return words[which][say.language];
}
