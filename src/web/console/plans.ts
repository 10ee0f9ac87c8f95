/** The plans: what is due and why, the picture of ages, the buttons that say what they will do and to how many. */
import type { Text } from '../../base/language.ts';
import { html, nothing, type Html } from '../html.ts';
import type { Say } from '../say.ts';
import { badge, empty, facts, form, heading, link, moment, more, section, table, type State } from '../ui/controls.ts';
import { agesSection, type AgesView } from './plan-ages.ts';
import { decisionOn } from './plan-decision.ts';
import { reviewSection, type ReviewView } from './plan-review.ts';

export type PlanState =
  | 'nothing'
  | 'waiting'
  | 'forecast'
  | 'deciding'
  | 'approved'
  | 'expired'
  | 'void'
  | 'running'
  | 'complete'
  | 'partial'
  | 'stopped';

export interface PlansView {
  readonly plans: readonly {
    readonly id: string;
    readonly made: string;
    readonly expires: string;
    readonly due: number;
    readonly held: number;
    readonly retained: number;
    readonly state: PlanState;
  }[];
  readonly mayMake: boolean;
  readonly next: string | null;
}

export interface PlanView {
  readonly id: string;
  readonly made: string;
  /** The moment for which it counted: ahead of when it was made, at the nightly round. */
  readonly at: string;
  readonly expires: string;
  readonly applicable: 'yes' | 'expired' | 'forecast' | 'void';
  readonly lines: readonly {
    readonly rule: string;
    readonly title: string;
    readonly promise: string;
    readonly system: string;
    readonly dataset: string;
    readonly then: 'erase' | 'anonymise' | 'review';
    readonly due: number;
    readonly held: number;
    /** Which hold keeps how many: its page where the reader may see it, and its id; null for many holds together. */
    readonly heldBy: readonly {
      readonly hold: string | null;
      readonly items: number;
      readonly matter: string | null;
    }[];
    readonly retained: number;
    readonly retainedBy: Readonly<Record<string, number>>;
    readonly oldest: string | null;
    readonly newest: string | null;
    readonly bytes: number | null;
    readonly needs: 'person' | 'nothing';
    readonly why: string | null;
    /** What a person's decision keeps, and the last day of the first of those decisions. */
    readonly decided: number;
    readonly decidedUntil: string | null;
    /** The plan in which it was decided, where that runs still. */
    readonly decidedIn: string | null;
    /** Whether a run would take it, once approved. */
    readonly goes: boolean;
    readonly approved: boolean;
    /** A person decided in this plan that it goes, or that it stays. */
    readonly erased: boolean;
    readonly stays: boolean;
    readonly samples: readonly Readonly<Record<string, string>>[];
  }[];
  /** What the counts of several holds beside each other mean. */
  readonly heldTwice: string;
  /** Rules that ask for a person, and what was decided of them. */
  readonly reviews: readonly ReviewView[];
  readonly findings: readonly {
    readonly kind: string;
    readonly system: string;
    readonly dataset: string | null;
    readonly detail: string;
    readonly items: number | null;
  }[];
  readonly ages: readonly AgesView[];
  /** The picture lacks lines that have something due, or is of before the plan was made. */
  readonly agesLack: 'some' | 'older' | null;
  readonly run: {
    readonly id: string;
    readonly state: 'running' | 'complete' | 'partial' | 'stopped';
    readonly done: number;
    readonly expected: number;
    readonly text: string;
    /** What of it is partial, a sentence each. */
    readonly notes: readonly Html[];
    readonly lines: readonly {
      readonly rule: string;
      readonly system: string;
      readonly dataset: string;
      readonly done: number;
      readonly absent: number;
      readonly held: number;
      readonly retained: number;
      readonly along: number;
      readonly failed: number;
      readonly partial: number;
      readonly level: string | null;
      readonly left: number | null;
    }[];
  } | null;
  /** Who asked for approval and waits for a second person: by plan, or by plan and rule. */
  readonly asked: ReadonlyMap<string, string>;
  readonly actor: string;
  readonly mayMake: boolean;
  readonly mayApprove: boolean;
  readonly mayApply: boolean;
  /** The roles of who may do the one and the other. */
  readonly approvers: string;
  readonly carriers: string;
}

const words = {
  title: { nl: 'Plannen', en: 'Plans' },
  lead: {
    nl: 'Een plan telt wat aan de beurt is en raakt niets aan. Wat er niet in staat, wordt niet verwijderd.',
    en: 'A plan counts what is due and touches nothing. What is not in it is not deleted.',
  },
  make: { nl: 'Kijk wat aan de beurt is', en: 'Look what is due' },
  none: { nl: 'Er is nog geen plan.', en: 'There is no plan yet.' },
  plan: { nl: 'plan', en: 'plan' },
  made: { nl: 'gemaakt', en: 'made' },
  due: { nl: 'aan de beurt', en: 'due' },
  held: { nl: 'vastgehouden', en: 'held' },
  statute: { nl: 'wettelijk bewaard', en: 'kept by statute' },
  decided: { nl: 'bewaard door een besluit tot en met', en: 'kept by a decision until' },
  erased: { nl: 'beslist: gaat weg', en: 'decided: goes' },
  stays: { nl: 'beslist: blijft', en: 'decided: stays' },
  state: { nl: 'stand', en: 'state' },
  older: { nl: 'Ouder', en: 'Older' },
  expires: { nl: 'Geldig tot', en: 'Valid until' },
  madeOn: { nl: 'Gemaakt op', en: 'Made on' },
  ahead: { nl: 'Telt vooruit tot', en: 'Counts ahead to' },
  size: { nl: 'omvang', en: 'size' },
  between: { nl: 'oudste en jongste', en: 'oldest and newest' },
  where: { nl: 'waar', en: 'where' },
  rule: { nl: 'regel', en: 'rule' },
  decides: { nl: 'beslist', en: 'decides' },
  person: { nl: 'een mens', en: 'a person' },
  itself: { nl: 'vanzelf', en: 'by itself' },
  approved: { nl: 'goedgekeurd', en: 'approved' },
  lines: { nl: 'Wat aan de beurt is', en: 'What is due' },
  nothingDue: { nl: 'Er is niets aan de beurt.', en: 'Nothing is due.' },
  samples: { nl: 'Voorbeelden, afgedekt', en: 'Samples, masked' },
  findings: { nl: 'Bevindingen', en: 'Findings' },
  run: { nl: 'Uitvoering', en: 'Carrying out' },
  gone: { nl: 'weg', en: 'gone' },
  absent: { nl: 'was er al niet', en: 'already absent' },
  failed: { nl: 'mislukt', en: 'failed' },
  partial: { nl: 'gedeeltelijk', en: 'partial' },
  level: { nl: 'nagekeken', en: 'verified' },
  left: { nl: 'staat er nog', en: 'still there' },
  along: { nl: 'gaat met het geheel mee', en: 'goes with the whole' },
  otherHolds: { nl: 'andere bewaarplichten', en: 'other holds' },
} as const satisfies Record<string, Text>;

const states: Readonly<Record<PlanState, { readonly look: State; readonly text: Text }>> = {
  nothing: { look: 'neutral', text: { nl: 'niets te doen', en: 'nothing to do' } },
  waiting: { look: 'at-risk', text: { nl: 'wacht op goedkeuring', en: 'waits for approval' } },
  forecast: { look: 'neutral', text: { nl: 'kijkt vooruit', en: 'looks ahead' } },
  deciding: { look: 'at-risk', text: { nl: 'wacht op een besluit', en: 'waits for a decision' } },
  approved: { look: 'neutral', text: { nl: 'goedgekeurd, nog niet uitgevoerd', en: 'approved, not yet carried out' } },
  expired: { look: 'neutral', text: { nl: 'verlopen', en: 'expired' } },
  void: { look: 'neutral', text: { nl: 'vervallen', en: 'void' } },
  running: { look: 'neutral', text: { nl: 'bezig', en: 'under way' } },
  complete: { look: 'kept', text: { nl: 'uitgevoerd', en: 'carried out' } },
  partial: { look: 'at-risk', text: { nl: 'gedeeltelijk uitgevoerd', en: 'partly carried out' } },
  stopped: { look: 'broken', text: { nl: 'gestopt', en: 'stopped' } },
};

type W = (word: keyof typeof words) => string;

export function plansPage(view: PlansView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  const make = view.mayMake ? form('/plans', nothing, { text: w('make') }) : nothing;
  return html`${heading(w('title'), w('lead'), make)}
  ${
    view.plans.length === 0
      ? empty(w('none'), make)
      : table(
          w('title'),
          [
            { title: w('plan') },
            { title: w('made') },
            { title: w('due'), number: true },
            { title: w('held'), number: true },
            { title: w('statute'), number: true },
            { title: w('state') },
          ],
          view.plans.map((one) => [
            link(`/plans/${one.id}`, one.id),
            moment(one.made, say.moment(one.made)),
            say.n(one.due),
            say.n(one.held),
            say.n(one.retained),
            badge(states[one.state].look, states[one.state].text[say.language]),
          ]),
        )
  }
  ${more(view.next === null ? null : `/plans?before=${encodeURIComponent(view.next)}`, w('older'))}`;
}

export function planPage(view: PlanView, say: Say): Html {
  const w: W = (word) => words[word][say.language];
  return html`${heading(`${w('plan').replace(/^p/, 'P')} ${view.id}`)}
  ${facts([
    [w('madeOn'), moment(view.made, say.moment(view.made))],
    ...(view.at > view.made ? [[w('ahead'), moment(view.at, say.moment(view.at))] as const] : []),
    [w('expires'), moment(view.expires, say.moment(view.expires))],
  ])}
  ${view.run === null ? nothing : runOf(view.run, w, say)} ${reviewSection(view, say)} ${decisionOn(view, say)}
  ${section('lines', w('lines'), linesOf(view, w, say))} ${agesSection(view, say)}
  ${view.findings.length === 0 ? nothing : section('findings', w('findings'), findingsOf(view, say))}`;
}

function linesOf(view: PlanView, w: W, say: Say): Html {
  const lines = view.lines.filter((line) => line.due + line.held + line.retained + line.decided > 0);
  if (lines.length === 0) return empty(w('nothingDue'));
  return html`${table(
    w('lines'),
    [
      { title: w('rule') },
      { title: w('where') },
      { title: w('due'), number: true },
      { title: w('held'), number: true },
      { title: w('statute'), number: true },
      { title: w('between') },
      { title: w('size'), number: true },
      { title: w('decides') },
    ],
    lines.map((line) => [
      html`${line.title}<br /><span class="soft">${line.promise} · ${line.rule}</span>`,
      whereOf(line),
      say.n(line.due),
      heldOf(line, w, say),
      say.n(line.retained),
      line.oldest === line.newest ? day(line.oldest, say) : html`${day(line.oldest, say)} – ${day(line.newest, say)}`,
      say.bytes(line.bytes),
      decidedBy(line, w, say),
    ]),
  )}
  ${lines.some((line) => line.heldBy.length > 1) ? html`<p class="hint">${w('held').replace(/^./, (c) => c.toUpperCase())}: ${view.heldTwice}.</p>` : nothing}
  ${samplesOf(lines, w)}`;
}

/** A day on one line: two of them stand in a narrow column. */
const day = (at: string | null, say: Say): Html => html`<span class="whole">${say.day(at)}</span>`;

/** How many are held, and by which hold: a matter is named to who may open it. */
function heldOf(line: PlanView['lines'][number], w: W, say: Say): Html | string {
  if (line.heldBy.length === 0) return say.n(line.held);
  return html`${say.n(line.held)}${line.heldBy.map(
    ({ hold, items, matter }) =>
      html`<span class="soft parts-of"
        >${hold === null ? w('otherHolds') : matter === null ? hold : link(`/holds/${hold}`, matter)}:
        ${say.n(items)}</span
      >`,
  )}`;
}

/** A place has no blank in it: a line may end after the system. */
function whereOf({ system, dataset }: { readonly system: string; readonly dataset: string }): Html {
  return html`${system}/<wbr />${dataset}`;
}

function decidedBy(line: PlanView['lines'][number], w: W, say: Say): Html | string {
  const words = `${say.n(line.decided)} ${w('decided')} ${say.day(line.decidedUntil === null ? null : `${line.decidedUntil}T12:00:00Z`)}`;
  const linked = line.decidedIn === null ? words : link(`/plans/${line.decidedIn}#review-${line.rule}`, words);
  const kept = line.decided === 0 ? '' : linked;
  if (line.due === 0) return kept === '' ? '–' : kept;
  const who =
    line.goes && line.approved
      ? badge('kept', w('approved'))
      : line.erased
        ? badge('kept', w('erased'))
        : line.stays
          ? badge('kept', w('stays'))
          : w(line.needs === 'person' ? 'person' : 'itself');
  return kept === '' ? who : html`${who}<br /><span class="soft">${kept}</span>`;
}

function samplesOf(lines: PlanView['lines'], w: W): Html {
  const some = lines.filter((line) => line.samples.length > 0);
  if (some.length === 0) return nothing;
  return html`<details>
    <summary>${w('samples')}</summary>
    ${some.map(
      (line) =>
        html`<h3>${line.system}/${line.dataset}</h3>
          <ul>
            ${line.samples.map(
              (sample) =>
                html`<li>
                  <code
                    >${Object.entries(sample)
                      .map(([name, value]) => `${name} ${value}`)
                      .join(' · ')}</code
                  >
                </li>`,
            )}
          </ul>`,
    )}
  </details>`;
}

function findingsOf(view: PlanView, say: Say): Html {
  return html`<ul>
    ${view.findings.map(
      (one) =>
        html`<li>
          ${one.system}${one.dataset === null ? '' : `/${one.dataset}`}:
          ${one.detail}${one.items === null ? '' : ` (${say.n(one.items)})`}
        </li>`,
    )}
  </ul>`;
}

function runOf(run: NonNullable<PlanView['run']>, w: W, say: Say): Html {
  const n = (value: number): string => (value === 0 ? '·' : say.n(value));
  const live = run.state === 'running';
  // Parts that go with their whole are no news where there are none.
  const along = run.lines.some((line) => line.along > 0);
  return section(
    'run',
    w('run'),
    html`<div
        class="card ${run.state === 'complete' ? 'kept' : run.state === 'partial' ? 'at-risk' : run.state === 'stopped' ? 'broken' : ''}"
        ${live ? html`data-run="/api/runs/${run.id}"` : nothing}
      >
        <p>
          ${badge(states[run.state].look, states[run.state].text[say.language])}
          <span data-text aria-live="polite">${run.text}</span>
        </p>
        ${run.notes.map((note) => html`<p>${note}</p>`)}
        ${live ? html`<progress max="${Math.max(1, run.expected)}" value="${run.done}" aria-label="${w('run')}"></progress>` : nothing}
      </div>
      ${table(
        w('run'),
        [
          { title: w('rule') },
          { title: w('where') },
          { title: w('gone'), number: true },
          { title: w('absent'), number: true },
          { title: w('held'), number: true },
          { title: w('statute'), number: true },
          ...(along ? [{ title: w('along'), number: true } as const] : []),
          { title: w('failed'), number: true },
          { title: w('partial'), number: true },
          { title: w('left'), number: true },
          { title: w('level') },
        ],
        run.lines.map((line) => [
          line.rule,
          whereOf(line),
          n(line.done),
          n(line.absent),
          n(line.held),
          n(line.retained),
          ...(along ? [n(line.along)] : []),
          n(line.failed),
          n(line.partial),
          line.left === null ? '' : n(line.left),
          line.level ?? '',
        ]),
      )}`,
  );
}
