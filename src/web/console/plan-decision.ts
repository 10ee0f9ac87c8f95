/** Deciding on a plan: per rule what will happen and to how many, who must still say yes, and who carries it out. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, card, form, section } from '../ui/controls.ts';
import type { PlanView } from './plans.ts';

type Line = PlanView['lines'][number];

const words = {
  approve: { nl: 'Keur goed', en: 'Approve' },
  approveToo: { nl: 'Keur als tweede goed', en: 'Approve as the second' },
  askedBy: { nl: 'Goedgekeurd door', en: 'Approved by' },
  waitsForOther: { nl: 'wacht op een tweede persoon', en: 'waits for a second person' },
  apply: { nl: 'Voer nu uit', en: 'Carry out now' },
  decide: { nl: 'Beslissen', en: 'Decide' },
  approved: { nl: 'goedgekeurd', en: 'approved' },
  waits: { nl: 'wacht op goedkeuring', en: 'waits for approval' },
  approvers: { nl: 'Goedkeuren doen twee mensen met de rol', en: 'Approving takes two people with the role' },
  carriers: { nl: 'Uitvoeren doet nu iemand met de rol', en: 'Carrying out is now for someone with the role' },
  forecast: { nl: 'kijkt vooruit', en: 'looks ahead' },
  forecastFor: { nl: 'Dit plan telt wat aan de beurt is op', en: 'This plan counts what is due at' },
  forecastNote: {
    nl: 'Zo ver is het nog niet: u kunt het niet goedkeuren en niet uitvoeren. Maak een plan voor nu, of op de dag zelf.',
    en: 'That time has not come: you cannot approve it, and it cannot be carried out. Make a plan for now, or on the day itself.',
  },
  expired: { nl: 'verlopen', en: 'expired' },
  expiredOn: { nl: 'Dit plan was geldig tot', en: 'This plan was valid until' },
  expiredNote: {
    nl: 'Wat het toont kan veranderd zijn: u kunt het niet meer goedkeuren of uitvoeren.',
    en: 'What it shows may have changed: it can no longer be approved or carried out.',
  },
  void: { nl: 'vervallen', en: 'void' },
  voidNote: {
    nl: 'Het beleid of de systemen zijn veranderd sinds dit plan werd gemaakt: u kunt het niet meer goedkeuren of uitvoeren.',
    en: 'The policy or the systems have changed since this plan was made: it can no longer be approved or carried out.',
  },
  makeNow: { nl: 'Maak een plan voor nu', en: 'Make a plan for now' },
  lasting: {
    nl: 'Dat is niet terug te draaien. Wat vastgehouden of wettelijk bewaard wordt, blijft.',
    en: 'This cannot be undone. What is held or kept by statute stays.',
  },
} as const satisfies Record<string, Text>;

type W = (word: keyof typeof words) => string;

export function decisionOn(view: PlanView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  if (view.run === null && view.applicable !== 'yes') return notNow(view, w, say);
  if (view.run !== null) return nothing;
  const open = view.lines.filter((line) => line.goes && !line.approved);
  const ready = view.lines.filter((line) => (line.goes && line.approved) || line.erased);
  const undecided = view.reviews.filter((one) => one.decided === null).reduce((sum, one) => sum + one.items, 0);
  if (open.length + ready.length === 0) return nothing;
  const rules = [...new Set(open.map((line) => line.rule))];
  return section(
    'decide',
    w('decide'),
    html`${view.mayApprove ? rules.map((rule) => approveOne(view, rule, w, say)) : nothing}
    ${view.mayApprove || open.length === 0 ? nothing : forOthers(badge('at-risk', `${w('waits')}: ${say.n(itemsOf(open))}`), w('approvers'), view.approvers)}
    ${ready.length === 0 ? nothing : view.mayApply ? applyAll(view, ready, undecided, w, say) : forOthers(badge('kept', `${w('approved')}: ${say.n(itemsOf(ready))}`), w('carriers'), view.carriers)}`,
  );
}

/** Why there is nothing to approve or carry out here, and what there is to do instead. */
function notNow(view: PlanView, w: W, say: Say): Html {
  const ahead = view.applicable === 'forecast';
  const isVoid = view.applicable === 'void';
  if (!ahead && !view.lines.some((line) => line.goes)) return nothing;
  return section(
    'decide',
    w('decide'),
    card(
      html`<p>${badge('neutral', w(isVoid ? 'void' : ahead ? 'forecast' : 'expired'))}</p>
        <p>
          ${
            isVoid
              ? w('voidNote')
              : html`${w(ahead ? 'forecastFor' : 'expiredOn')}
                ${ahead ? say.moment(view.at) : say.moment(view.expires)}. ${w(ahead ? 'forecastNote' : 'expiredNote')}`
          }
        </p>
        ${view.mayMake ? form('/plans', nothing, { text: w('makeNow') }) : nothing}`,
    ),
  );
}

const itemsOf = (lines: readonly Line[]): number => lines.reduce((total, line) => total + line.due, 0);

/** The next step is not for who reads this: whose it is. */
function forOthers(mark: Html, whose: string, roles: string): Html {
  return card(
    html`<p>${mark}</p>
      <p>${whose} ${roles}.</p>`,
  );
}

function applyAll(view: PlanView, lines: readonly Line[], undecided: number, w: W, say: Say): Html {
  return card(
    form(`/plans/${view.id}/apply`, nothing, {
      text: `${w('apply')}: ${say.n(itemsOf(lines))}`,
      kind: 'danger',
      consequence: `${deeds(lines, say).join(' ')} ${w('lasting')}${undecided === 0 ? '' : ` ${waitsOn(undecided, say)}`}`,
    }),
  );
}

/** A plan is carried out once: what nobody decided by then waits for the next one. */
function waitsOn(items: number, say: Say): string {
  return say.language === 'nl'
    ? `Over ${say.n(items)} ${items === 1 ? 'item' : 'items'} is nog niet beslist: ${items === 1 ? 'dat blijft' : 'die blijven'} en ${items === 1 ? 'wacht' : 'wachten'} op een volgend plan.`
    : `${say.n(items)} ${items === 1 ? 'item is' : 'items are'} not decided yet: ${items === 1 ? 'it stays and waits' : 'they stay and wait'} for a next plan.`;
}

/** What will happen, a sentence for each sort of deed: "3 items op 2 plaatsen worden definitief verwijderd." */
function deeds(lines: readonly Line[], say: Say): string[] {
  return (['erase', 'anonymise'] as const).flatMap((then) => {
    const those = lines.filter((line) => (line.then === 'anonymise') === (then === 'anonymise'));
    if (those.length === 0) return [];
    const items = itemsOf(those);
    return say.language === 'nl'
      ? `${say.n(items)} ${items === 1 ? 'item' : 'items'} op ${those.length} ${those.length === 1 ? 'plaats' : 'plaatsen'} ${items === 1 ? 'wordt' : 'worden'} definitief ${done[then].nl}.`
      : `${say.n(items)} ${items === 1 ? 'item' : 'items'} in ${those.length} ${those.length === 1 ? 'place' : 'places'} ${items === 1 ? 'is' : 'are'} ${done[then].en} for good.`;
  });
}

const done = {
  erase: { nl: 'verwijderd', en: 'deleted' },
  anonymise: { nl: 'onherkenbaar gemaakt', en: 'made anonymous' },
} as const satisfies Record<string, Text>;

function approveOne(view: PlanView, rule: string, w: W, say: Say): Html {
  const lines = view.lines.filter((line) => line.rule === rule && line.goes);
  const by = view.asked.get(`${view.id} ${rule}`);
  const about = html`<p><strong>${lines[0]?.title ?? rule}</strong> <span class="soft">${rule}</span></p>`;
  if (by === view.actor)
    return card(
      html`${about}
        <p>${badge('at-risk', w('waitsForOther'))}</p>`,
    );
  return card(
    form(
      `/plans/${view.id}/approve`,
      html`<input type="hidden" name="rule" value="${rule}" /> ${about}
        ${by === undefined ? nothing : html`<p>${w('askedBy')} ${by}.</p>`}`,
      {
        text: `${w(by === undefined ? 'approve' : 'approveToo')}: ${say.n(itemsOf(lines))}`,
        consequence: approvalNote(itemsOf(lines), lines[0]?.then === 'anonymise' ? 'anonymise' : 'erase', say),
      },
    ),
  );
}

function approvalNote(items: number, then: keyof typeof done, say: Say): string {
  return say.language === 'nl'
    ? `U keurt goed dat ${say.n(items)} ${items === 1 ? 'item' : 'items'} definitief ${items === 1 ? 'wordt' : 'worden'} ${done[then].nl} zodra het plan wordt uitgevoerd.`
    : `You approve that ${say.n(items)} ${items === 1 ? 'item is' : 'items are'} ${done[then].en} for good once the plan is carried out.`;
}
