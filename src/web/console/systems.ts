/** Systems in the browser. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, button, card, empty, facts, form, heading, link, section, table } from '../ui/controls.ts';

export interface SystemView {
  readonly id: string;
  readonly title: Text | null;
  readonly role: 'controller' | 'processor' | null;
  readonly country: string;
  readonly look: {
    readonly at: string;
    readonly reachable: boolean;
    readonly version: string | null;
    readonly findings: readonly {
      readonly kind: string;
      readonly dataset: string | null;
      readonly detail: string;
      readonly items: number | null;
    }[];
  } | null;
  readonly datasets: readonly {
    readonly id: string;
    readonly data: string | null;
    /** Null when it could not be counted. */
    readonly overdue: number | null;
    readonly held: number;
    readonly measured: string | null;
  }[];
}

const words = {
  title: { nl: 'Systemen', en: 'Systems' },
  lead: {
    nl: 'Waar de gegevens echt staan. Wat er in een systeem zit en in geen profiel, is een bevinding.',
    en: 'Where the data really is. What is in a system and in no profile is a finding.',
  },
  none: {
    nl: 'Er is nog geen systeem verbonden.',
    en: 'No system is connected yet.',
  },
  connect: { nl: 'Verbind een systeem', en: 'Connect a system' },
  system: { nl: 'systeem', en: 'system' },
  country: { nl: 'land', en: 'country' },
  health: { nl: 'stand', en: 'health' },
  seen: { nl: 'laatst bekeken', en: 'last looked at' },
  findings: { nl: 'bevindingen', en: 'findings' },
  answers: { nl: 'antwoordt', en: 'answers' },
  silent: { nl: 'antwoordt niet', en: 'does not answer' },
  notYet: { nl: 'nog niet bekeken', en: 'not yet looked at' },
  look: { nl: 'Kijk opnieuw', en: 'Look again' },
  version: { nl: 'Versie', en: 'Version' },
  role: { nl: 'Rol', en: 'Role' },
  controller: { nl: 'verwerkingsverantwoordelijke', en: 'controller' },
  processor: { nl: 'verwerker', en: 'processor' },
  datasets: { nl: 'Gegevens', en: 'Datasets' },
  dataset: { nl: 'dataset', en: 'dataset' },
  data: { nl: 'soort gegevens', en: 'data category' },
  overdue: { nl: 'te laat', en: 'overdue' },
  held: { nl: 'vastgehouden', en: 'held' },
  measured: { nl: 'gemeten', en: 'measured' },
  notCounted: { nl: 'niet geteld', en: 'not counted' },
  absent: { nl: 'Dat is hier niet', en: 'That is not here' },
  change: { nl: 'Wijzigen', en: 'Change' },
  byEngineer: {
    nl: 'Een engineer wijzigt of ontkoppelt dit systeem.',
    en: 'An engineer changes or disconnects this system.',
  },
  disconnect: { nl: 'Loskoppelen', en: 'Disconnect' },
  clean: { nl: 'Niets dat geen profiel noemt.', en: 'Nothing that no profile lists.' },
} as const satisfies Record<string, Text>;

export function systemsPage(
  view: { readonly systems: readonly SystemView[]; readonly mayConnect: boolean },
  say: Say,
): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const connect = view.mayConnect ? button('/set-up/system', w('connect')) : nothing;
  return html`${heading(w('title'), w('lead'), view.systems.length === 0 ? nothing : connect)}
  ${
    view.systems.length === 0
      ? empty(w('none'), connect)
      : table(
          w('title'),
          [
            { title: w('system') },
            { title: w('country') },
            { title: w('health') },
            { title: w('seen') },
            { title: w('overdue'), number: true },
            { title: w('findings'), number: true },
          ],
          view.systems.map((one) => [
            link(`/systems/${one.id}`, one.title?.[say.language] ?? one.id),
            one.country,
            healthOf(one, w),
            one.look === null ? '–' : say.moment(one.look.at),
            say.n(one.datasets.reduce((sum, each) => sum + (each.overdue ?? 0), 0)),
            say.n(one.look?.findings.length ?? 0),
          ]),
        )
  }`;
}

function healthOf(one: SystemView, w: (word: keyof typeof words) => string): Html {
  if (one.look === null) return badge('not-proven', w('notYet'));
  return one.look.reachable ? badge('kept', w('answers')) : badge('broken', w('silent'));
}

export function systemPage(
  one: SystemView,
  may: { readonly look: boolean; readonly connect: boolean },
  say: Say,
): Html {
  const w = (word: keyof typeof words): string => words[word][say.language];
  const again = may.look ? form(`/systems/${one.id}/probe`, nothing, { text: w('look'), kind: 'quiet' }) : nothing;
  const further = may.connect
    ? html`<p class="buttons">
        ${button(`/systems/${one.id}/change`, w('change'), 'quiet')}
        ${button(`/systems/${one.id}/disconnect`, w('disconnect'), 'quiet')}
      </p>`
    : html`<p class="soft">${w('byEngineer')}</p>`;
  return html`${heading(one.title?.[say.language] ?? one.id, one.id, again)}
    <p>${healthOf(one, w)}</p>
    ${facts([
      [w('country').replace(/^./, (c) => c.toUpperCase()), one.country],
      [w('role'), one.role === null ? '–' : w(one.role)],
      [w('version'), one.look?.version ?? '–'],
      [w('seen').replace(/^./, (c) => c.toUpperCase()), one.look === null ? '–' : say.moment(one.look.at)],
    ])}
    ${further}
    ${section(
      'datasets',
      w('datasets'),
      table(
        w('datasets'),
        [
          { title: w('dataset') },
          { title: w('data') },
          { title: w('overdue'), number: true },
          { title: w('held'), number: true },
          { title: w('measured') },
        ],
        one.datasets.map((each) => [
          each.id,
          each.data ?? '–',
          each.measured === null ? '–' : each.overdue === null ? badge('broken', w('notCounted')) : say.n(each.overdue),
          say.n(each.held),
          each.measured === null ? '–' : say.moment(each.measured),
        ]),
      ),
    )}
    ${
      one.look === null
        ? nothing
        : section(
            'findings',
            w('findings').replace(/^./, (c) => c.toUpperCase()),
            findingsOf(one.look.findings, may.connect ? `/systems/${one.id}/absent` : null, w, say),
          )
    }`;
}

function findingsOf(
  found: NonNullable<SystemView['look']>['findings'],
  absent: string | null,
  w: (word: keyof typeof words) => string,
  say: Say,
): Html {
  if (found.length === 0) return card(html`<p>${w('clean')}</p>`, 'kept');
  return html`<ul>
    ${found.map(
      (each) =>
        html`<li>
          ${each.dataset === null ? '' : `${each.dataset}: `}${each.detail}${each.items === null ? '' : ` (${say.n(each.items)})`}
          ${
            absent !== null && each.kind === 'missing-dataset' && each.dataset !== null
              ? form(absent, html`<input type="hidden" name="dataset" value="${each.dataset}" />`, {
                  text: w('absent'),
                  kind: 'quiet',
                  about: each.dataset,
                })
              : nothing
          }
        </li>`,
    )}
  </ul>`;
}
