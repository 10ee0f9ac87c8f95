/** Tasks: what only a person can do, until when, who signed that it was done; and what else waits for whoever reads this. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, card, empty, facts, form, heading, link, moment, section, table } from '../ui/controls.ts';
import type { NotificationView } from './notifications.ts';

export interface TaskView {
  readonly id: string;
  readonly instruction: string;
  readonly where: string;
  readonly period: string;
  readonly due: string;
  readonly overdue: boolean;
  readonly signed: { readonly by: string; readonly at: string } | null;
}

export interface TasksView {
  readonly open: readonly TaskView[];
  readonly done: readonly TaskView[];
  /** There are more that were done than these. */
  readonly earlier: number;
  readonly maySign: boolean;
  /** The roles of who may sign. */
  readonly signers: string;
  readonly also: readonly Pick<NotificationView, 'text' | 'at' | 'late' | 'href'>[];
}

const words = {
  title: { nl: 'Taken', en: 'Tasks' },
  lead: {
    nl: 'Wat geen programma kan: iemand doet het, en tekent met naam dat het gedaan is.',
    en: 'What no program can do: somebody does it, and signs by name that it was done.',
  },
  open: { nl: 'Te doen', en: 'To do' },
  none: {
    nl: 'Er is niets te doen. Een taak komt hier als een plan iets raakt dat alleen een mens kan, zoals een map met papier.',
    en: 'There is nothing to do. A task comes here when a plan reaches what only a person can do, such as a folder of paper.',
  },
  toPlans: { nl: 'Naar de plannen', en: 'To the plans' },
  task: { nl: 'Taak', en: 'Task' },
  where: { nl: 'Waar', en: 'Where' },
  period: { nl: 'Periode', en: 'Period' },
  by: { nl: 'Vóór', en: 'By' },
  overdue: { nl: 'te laat', en: 'overdue' },
  waits: { nl: 'te doen', en: 'to do' },
  sign: { nl: 'Gedaan: teken af', en: 'Done: sign off' },
  note: {
    nl: 'U tekent met uw naam dat dit gedaan is. Dat staat in het bewijs.',
    en: 'You sign by name that this was done. It stands in the evidence.',
  },
  signers: { nl: 'Aftekenen doet iemand met de rol', en: 'Signing off is for someone with the role' },
  done: { nl: 'Gedaan', en: 'Done' },
  signedBy: { nl: 'afgetekend door', en: 'signed off by' },
  on: { nl: 'op', en: 'on' },
  earlier: { nl: 'Eerder gedaan, niet getoond:', en: 'Done before, not shown:' },
  also: { nl: 'Wat nog meer op u wacht', en: 'What else waits for you' },
  late: { nl: 'te laat', en: 'late' },
  before: { nl: 'vóór', en: 'by' },
  since: { nl: 'sinds', en: 'since' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export const tasksTitle = (language: 'nl' | 'en'): string => words.title[language];

export function tasksPage(view: TasksView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const open =
    view.open.length === 0
      ? empty(w('none'), link('/plans', w('toPlans')))
      : html`${view.open.map((one) => taskOf(one, view, w, say))}`;
  return html`${heading(w('title'), w('lead'))} ${section('open', w('open'), open)}
  ${view.also.length === 0 ? nothing : section('also', w('also'), alsoOf(view.also, w, say))}
  ${view.done.length === 0 ? nothing : section('done', w('done'), doneOf(view, w, say))}`;
}

function taskOf(one: TaskView, view: TasksView, w: W, say: Say): Html {
  const sign = view.maySign
    ? form(`/tasks/${one.id}/sign-off`, html`<p>${w('note')}</p>`, { text: w('sign'), about: one.instruction })
    : html`<p>${w('signers')} ${view.signers}.</p>`;
  return card(
    html`<h3 id="${one.id}">${one.instruction}</h3>
      <p>${one.overdue ? badge('broken', w('overdue')) : badge('at-risk', w('waits'))}</p>
      ${facts([
        [w('where'), one.where],
        [w('period'), one.period],
        [w('by'), moment(one.due, say.day(one.due))],
      ])}
      ${sign}`,
  );
}

function doneOf(view: TasksView, w: W, say: Say): Html {
  return html`${table(
    w('done'),
    [{ title: w('task') }, { title: w('where') }, { title: w('period') }, { title: w('done') }],
    view.done.map((one) => [
      html`<span id="${one.id}">${one.instruction}</span>`,
      one.where,
      one.period,
      one.signed === null ? '' : `${w('signedBy')} ${one.signed.by} ${w('on')} ${say.day(one.signed.at)}`,
    ]),
  )}
  ${view.earlier === 0 ? nothing : html`<p class="soft">${w('earlier')} ${say.n(view.earlier)}</p>`}`;
}

function alsoOf(also: TasksView['also'], w: W, say: Say): Html {
  return html`<ul class="rows">
    ${also.map(
      (one) =>
        html`<li class="card row">
          <span>
            ${one.late ? badge('broken', w('late')) : nothing} ${link(one.href, one.text[say.language])}
            ${one.at === null ? nothing : html`<span class="soft">${'by' in one.at ? `${w('before')} ${say.day(one.at.by)}` : `${w('since')} ${say.day(one.at.since)}`}</span>`}
          </span>
        </li>`,
    )}
  </ul>`;
}
