/** What a rule leaves to a person, decided on the page of a plan: it goes when the plan is carried out, or stays until a day. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { area, badge, card, field, form, section } from '../ui/controls.ts';
import type { PlanView } from './plans.ts';

export interface ReviewView {
  readonly rule: string;
  readonly title: string;
  readonly items: number;
  /** Who asked to erase it and waits for a second person, with the reason. */
  readonly asked: { readonly by: string; readonly reason: string } | null;
  readonly decided: {
    readonly decision: 'erase' | 'keep';
    readonly until: string | null;
    readonly by: string;
    readonly reason: string;
    readonly at: string;
    /** It keeps something still, and may be taken back. */
    readonly runs: boolean;
    readonly withdrawn: { readonly by: string; readonly reason: string; readonly at: string } | null;
  } | null;
}

const words = {
  title: { nl: 'Een mens beslist', en: 'A person decides' },
  lead: {
    nl: 'Deze regels laten het besluit elke keer aan een mens. Het plan goedkeuren beslist hier niet over.',
    en: 'These rules leave the decision to a person each time. Approving the plan does not decide them.',
  },
  keep: { nl: 'Nog bewaren', en: 'Keep for now' },
  until: { nl: 'Bewaren tot en met', en: 'Keep until' },
  untilHint: {
    nl: 'Ten hoogste een jaar; daarna wordt het opnieuw gevraagd.',
    en: 'At most a year; then it is asked again.',
  },
  reason: { nl: 'Reden', en: 'Reason' },
  reasonHint: { nl: 'Zet er geen namen of gegevens van mensen in.', en: 'Put no names or data of people in it.' },
  erase: { nl: 'Verwijderen', en: 'Erase' },
  eraseToo: { nl: 'Beslis als tweede: verwijderen', en: 'Decide as the second: erase' },
  two: { nl: 'Een tweede persoon moet hetzelfde beslissen.', en: 'A second person must decide the same.' },
  askedBy: { nl: 'Verwijderen gevraagd door', en: 'Erasing asked by' },
  waitsForOther: { nl: 'wacht op een tweede persoon', en: 'waits for a second person' },
  waits: { nl: 'wacht op een besluit', en: 'waits for a decision' },
  goes: { nl: 'gaat weg als het plan wordt uitgevoerd', en: 'goes when the plan is carried out' },
  gone: { nl: 'ging mee in de uitvoering', en: 'went along when it was carried out' },
  stays: { nl: 'blijft tot en met', en: 'stays until' },
  by: { nl: 'Beslist door', en: 'Decided by' },
  withdrawn: { nl: 'bewaren is teruggenomen', en: 'keeping was taken back' },
  withdrawnBy: { nl: 'Teruggenomen door', en: 'Taken back by' },
  withdraw: { nl: 'Het bewaren terugnemen', en: 'Take the keeping back' },
  withdrawNote: {
    nl: 'Er wordt niets verwijderd: het volgende plan legt deze items opnieuw aan een mens voor.',
    en: 'Nothing is deleted: the next plan asks a person about these items again.',
  },
  deciders: { nl: 'Beslissen doet iemand met de rol', en: 'Deciding is for someone with the role' },
  ahead: {
    nl: 'Dit plan kijkt vooruit: u beslist in een plan van de dag zelf.',
    en: 'This plan looks ahead: you decide in a plan of the day itself.',
  },
  late: {
    nl: 'Dit plan is uitgevoerd, verlopen of vervallen. Beslis in een nieuw plan.',
    en: 'This plan was carried out, has expired or is void. Decide in a new plan.',
  },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function reviewSection(view: PlanView, say: Say): Html {
  if (view.reviews.length === 0) return nothing;
  const w: W = (word) => words[word][say.language];
  return section(
    'reviews',
    w('title'),
    html`<p>${w('lead')}</p>
      ${view.reviews.map((one) => reviewOf(one, view, w, say))}`,
  );
}

function reviewOf(one: ReviewView, view: PlanView, w: W, say: Say): Html {
  const title = html`<h3 id="review-${one.rule}">${one.title} <span class="soft">${one.rule}</span></h3>`;
  if (one.decided !== null) return card(html`${title} ${decision(one.decided, one, view, w, say)}`);
  const mark = html`<p>${badge('at-risk', `${w('waits')}: ${say.n(one.items)}`)}</p>`;
  if (view.applicable !== 'yes' || view.run !== null)
    return card(
      html`${title} ${mark}
        <p>${w(view.applicable === 'forecast' ? 'ahead' : 'late')}</p>`,
    );
  if (!view.mayApprove)
    return card(
      html`${title} ${mark}
        <p>${w('deciders')} ${view.approvers}.</p>`,
    );
  return card(
    html`${title} ${mark}
      <h4>${w('keep')}</h4>
      ${keepForm(one, view.id, w, say)}
      <h4>${w('erase')}</h4>
      ${eraseForm(one, view, w, say)}`,
  );
}

function decision(made: NonNullable<ReviewView['decided']>, one: ReviewView, view: PlanView, w: W, say: Say): Html {
  const { items } = one;
  const { withdrawn } = made;
  const what = withdrawn
    ? w('withdrawn')
    : made.until === null
      ? `${w(view.run === null ? 'goes' : 'gone')}: ${say.n(items)}`
      : `${w('stays')} ${say.day(`${made.until}T12:00:00Z`)}: ${say.n(items)}`;
  return html`<p>${badge(withdrawn ? 'neutral' : 'kept', what)}</p>
    <p>${w('by')} ${made.by}, ${say.moment(made.at)}: ${made.reason}</p>
    ${withdrawn ? html`<p>${w('withdrawnBy')} ${withdrawn.by}, ${say.moment(withdrawn.at)}: ${withdrawn.reason}</p>` : nothing}
    ${made.runs && view.mayApprove ? withdrawForm(one, view.id, w) : nothing}`;
}

function withdrawForm(one: ReviewView, plan: string, w: W): Html {
  const reason = area({
    name: 'reason',
    id: `withdraw-${one.rule}-reason`,
    label: w('reason'),
    hint: w('reasonHint'),
    rows: 2,
  });
  return form(
    `/plans/${plan}/review`,
    html`${about(one.rule, 'withdraw')} ${reason}
      <p>${w('withdrawNote')}</p>`,
    { text: w('withdraw'), kind: 'quiet', about: one.title },
  );
}

const about = (rule: string, decided: 'keep' | 'erase' | 'withdraw'): Html =>
  html`<input type="hidden" name="rule" value="${rule}" /><input type="hidden" name="decision" value="${decided}" />`;

function keepForm(one: ReviewView, plan: string, w: W, say: Say): Html {
  const id = (name: string): string => `keep-${one.rule}-${name}`;
  return form(
    `/plans/${plan}/review`,
    html`${about(one.rule, 'keep')}
      ${field({ name: 'until', id: id('until'), label: w('until'), hint: w('untilHint'), type: 'date' })}
      ${area({ name: 'reason', id: id('reason'), label: w('reason'), hint: w('reasonHint'), rows: 2 })}
      <p>${keepNote(one.items, say)}</p>`,
    { text: `${w('keep')}: ${say.n(one.items)}`, about: one.title },
  );
}

function eraseForm(one: ReviewView, view: PlanView, w: W, say: Say): Html {
  const { asked } = one;
  const said = asked === null ? nothing : html`<p>${w('askedBy')} ${asked.by}: ${asked.reason}</p>`;
  if (asked?.by === view.actor)
    return html`${said}
      <p>${badge('at-risk', w('waitsForOther'))}</p>`;
  const id = `erase-${one.rule}-reason`;
  const reason =
    asked === null
      ? area({ name: 'reason', id, label: w('reason'), hint: w('reasonHint'), rows: 2 })
      : html`<input type="hidden" name="reason" value="${asked.reason}" />`;
  return html`${said}
  ${form(`/plans/${view.id}/review`, html`${about(one.rule, 'erase')} ${reason}`, {
    text: `${w(asked === null ? 'erase' : 'eraseToo')}: ${say.n(one.items)}`,
    kind: 'danger',
    consequence: `${eraseNote(one.items, say)}${asked === null ? ` ${w('two')}` : ''}`,
    about: one.title,
  })}`;
}

function keepNote(items: number, say: Say): string {
  return say.language === 'nl'
    ? `U beslist dat ${say.n(items)} ${items === 1 ? 'item blijft' : 'items blijven'} tot en met die dag, ook al is de termijn voorbij.`
    : `You decide that ${say.n(items)} ${items === 1 ? 'item stays' : 'items stay'} until that day, though the term is over.`;
}

function eraseNote(items: number, say: Say): string {
  return say.language === 'nl'
    ? `U beslist dat ${say.n(items)} ${items === 1 ? 'item' : 'items'} definitief ${items === 1 ? 'wordt' : 'worden'} verwijderd zodra het plan wordt uitgevoerd. Wat vastgehouden of wettelijk bewaard wordt, blijft.`
    : `You decide that ${say.n(items)} ${items === 1 ? 'item is' : 'items are'} deleted for good once the plan is carried out. What is held or kept by statute stays.`;
}
