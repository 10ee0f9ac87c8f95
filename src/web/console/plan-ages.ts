/** The picture of ages in a plan: how old is what a rule is about, and what of it is due. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { card, form, section } from '../ui/controls.ts';
import { timeline, type Bar } from '../ui/timeline.ts';
import type { PlanView } from './plans.ts';

export interface AgesView {
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  readonly at: string;
  readonly bars: readonly Bar[];
  readonly termAt: number;
  readonly term: string;
}

const words = {
  ages: { nl: 'Hoe oud het is', en: 'How old it is' },
  agesMissing: {
    nl: 'Hoe oud het is, werd voor dit plan niet geteld.',
    en: 'How old it is was not counted for this plan.',
  },
  agesOlder: {
    nl: 'Dit werd geteld voordat het plan werd gemaakt.',
    en: 'This was counted before the plan was made.',
  },
  agesCount: { nl: 'Tel het nu', en: 'Count it now' },
  age: { nl: 'ouderdom', en: 'age' },
  notDue: { nl: 'niet aan de beurt', en: 'not due' },
  due: { nl: 'aan de beurt', en: 'due' },
  along: { nl: 'gaat met het geheel mee', en: 'goes with the whole' },
  held: { nl: 'vastgehouden', en: 'held' },
  keptBy: { nl: 'bewaard door wet of besluit', en: 'kept by statute or decision' },
  figures: { nl: 'De cijfers', en: 'The figures' },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function agesSection(view: PlanView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  if (view.ages.length === 0 && view.agesLack === null) return nothing;
  const pictures = view.ages.map((one) => agesOf(one, view, w, say));
  return section('ages', w('ages'), html`${countAges(view, w)}${pictures}`);
}

/** A plan that was made without its picture: what is missing, and the button that counts it. */
function countAges(view: PlanView, w: W): Html {
  if (view.agesLack === null) return nothing;
  return card(
    html`<p>${w(view.agesLack === 'some' ? 'agesMissing' : 'agesOlder')}</p>
      ${view.mayMake ? form(`/plans/${view.id}/ages`, nothing, { text: w('agesCount'), kind: 'quiet' }) : nothing}`,
  );
}

function agesOf(one: AgesView, view: PlanView, w: W, say: Say): Html {
  const title = view.lines.find((line) => line.rule === one.rule)?.title ?? one.rule;
  return timeline(`${title} · ${one.system}/${one.dataset} · ${say.moment(one.at)}`, one.bars, one.termAt, {
    age: w('age'),
    within: w('notDue'),
    due: w('due'),
    along: w('along'),
    held: w('held'),
    kept: w('keptBy'),
    term: one.term,
    figures: w('figures'),
  });
}
