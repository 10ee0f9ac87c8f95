/** What retention says of a promise: one part a rule, one part a term that no rule carries out. Pure. */
import { addDays, dayOf, endOfDay, isBefore, type Instant } from '../../base/time.ts';
import type { Dataset } from '../../connectors/kit/index.ts';
import type { Policy, RetentionRule } from '../../policy/index.ts';
import { bind, keepsOf, nameOf, runs, type Keep, type Line, type Uncovered } from '../retention/model.ts';
import {
  decidedTogether,
  freshUntil,
  holdRisks,
  older,
  type HoldRisk,
  type Measure,
  type Part,
  type PromiseState,
  type Proof,
  type Why,
} from './model.ts';

/** The last task of a dataset that a person handles. */
export interface Task {
  readonly system: string;
  readonly dataset: string;
  readonly period: string;
  readonly state: 'open' | 'signed-off';
  readonly due: Instant;
  readonly signedAt: Instant | null;
  readonly event: string | null;
}

/** Of a rule that asks for a person each time: what the newest plan shows of it, and whether it was decided that it goes. */
export interface Asked {
  readonly plan: string;
  readonly erase: boolean;
}

/** So long a person has to decide about what is past its term, from the first measurement that saw it; then the promise is broken. */
export const decideWithinDays = 30;

export interface RetentionFacts {
  readonly policy: Policy;
  readonly datasets: readonly Dataset[];
  /** Data that the estate says is not there. */
  readonly absent: readonly string[];
  readonly measures: readonly Measure[];
  readonly tasks: readonly Task[];
  /** Decisions to keep, by people. */
  readonly keeps: readonly Keep[];
  /** Since when something is past its term, on datasets of rules that ask for a person. */
  readonly overdueSince: readonly (Pick<Measure, 'rule' | 'system' | 'dataset'> & { readonly at: Instant })[];
  /** By rule. */
  readonly asked: ReadonlyMap<string, Asked>;
  readonly zone: string;
  readonly holdsToReview: number;
  /** Holds that are not safe, by what is wrong; one may count with several. */
  readonly holdsUnsafe: Readonly<Record<HoldRisk, number>>;
  /** When this policy and estate came into force: what was measured before was measured against others. */
  readonly since: Instant;
}

/** The parts of one promise; none when the policy keeps nothing for it. */
export function retentionParts(promise: string, facts: RetentionFacts, now: Instant): Part[] {
  const rules = facts.policy.retention.filter((rule) => rule.promise === promise);
  const terms = facts.policy.terms.filter((term) => term.promise === promise);
  const bound = boundOf(facts);
  return [
    ...rules.map((rule) => rulePart(rule, bound, facts, now)),
    ...terms.map((term): Part => ({
      id: `terms.${term.id}`,
      title: term.text,
      kind: 'none',
      state: 'not-proven',
      why: [{ is: 'not-carried-out', term: term.id, criterion: term.keep === undefined }],
      proof: null,
      until: null,
    })),
    ...(rules.length > 0 ? holdsPart(facts) : []),
  ];
}

/** Which rule is about which dataset: the same for every promise that is judged by these facts. */
const known = new WeakMap<RetentionFacts, ReturnType<typeof bind>>();

function boundOf(facts: RetentionFacts): ReturnType<typeof bind> {
  const bound = known.get(facts) ?? bind(facts.policy, facts.datasets);
  known.set(facts, bound);
  return bound;
}

/** Only when holds have something to say: a hold that nobody looks at again is a promise that quietly ends. */
function holdsPart({ holdsToReview, holdsUnsafe }: RetentionFacts): Part[] {
  const why: Why[] = [
    ...(holdsToReview > 0 ? [{ is: 'hold-review', holds: holdsToReview } as const] : []),
    ...holdRisks.flatMap((risk) =>
      holdsUnsafe[risk] > 0 ? [{ is: 'hold-unsafe', holds: holdsUnsafe[risk], risk } as const] : [],
    ),
  ];
  if (why.length === 0) return [];
  const title = { nl: 'Uitzonderingen voor lopende zaken', en: 'Exceptions for pending cases' };
  return [{ id: 'holds', title, kind: 'none', state: 'at-risk', why, proof: null, until: null }];
}

interface Found {
  readonly state: PromiseState;
  readonly why: Why;
  readonly proof?: Proof;
  readonly until?: Instant;
}

function rulePart(
  rule: RetentionRule,
  bound: { lines: readonly Line[]; uncovered: readonly Uncovered[] },
  facts: RetentionFacts,
  now: Instant,
): Part {
  const lines = bound.lines.filter((line) => line.rule.id === rule.id);
  const uncovered = bound.uncovered.filter((one) => rule.data.includes(one.dataset.data));
  const held = new Set(facts.datasets.map((dataset) => dataset.data));
  // "Not there" is believed of a part of the data, not of all that the rule is about: then nothing is left to see.
  const absent = lines.length > 0 ? facts.absent : [];
  const found: Found[] = [
    ...lines.flatMap((line) =>
      line.dataset.at.kind === 'task' ? taskOf(line, facts, now) : measured(line, facts, now),
    ),
    ...uncovered.map(({ dataset }): Found => ({ state: 'at-risk', why: { is: 'not-covered', on: nameOf(dataset) } })),
    ...rule.data
      .filter((data) => !held.has(data) && !absent.includes(data))
      .map((data): Found => ({ state: 'not-proven', why: { is: 'no-system', data } })),
  ];
  const worst = (['broken', 'not-proven', 'at-risk'] as const).find((state) =>
    found.some((one) => one.state === state),
  );
  const proofs = found.flatMap((one) => (one.proof ? [one.proof] : []));
  const untils = found.flatMap((one) => (one.until ? [one.until] : []));
  const byHand = lines.some((line) => line.dataset.at.kind === 'task');
  return {
    id: `retention.${rule.id}`,
    title: rule.text,
    kind: proofs.length === 0 ? 'none' : byHand ? 'declared' : 'measured',
    state: worst ?? (lines.length > 0 ? 'kept' : 'not-proven'),
    why: worst
      ? found.filter((one) => one.state !== 'kept').map((one) => one.why)
      : [
          summary(lines, facts),
          ...done(found),
          // A person's word in the estate, beside what was counted: it is not passed off as seen.
          ...rule.data.filter((data) => !held.has(data)).map((data): Why => ({ is: 'said-absent', data })),
        ],
    proof: proofs.reduce<Proof | null>(older, null),
    until: untils.reduce<Instant | null>((a, b) => (a === null || isBefore(b, a) ? b : a), null),
  };
}

function measureOf(line: Line, facts: RetentionFacts): Measure | undefined {
  const { dataset, rule } = line;
  return facts.measures.find(
    (one) => one.rule === rule.id && one.system === dataset.system && one.dataset === dataset.id,
  );
}

function measured(line: Line, facts: RetentionFacts, now: Instant): Found[] {
  const on = nameOf(line.dataset);
  const measure = measureOf(line, facts);
  if (!measure) return [{ state: 'not-proven', why: { is: 'never-measured', on } }];
  const proof = { at: measure.at, event: measure.event };
  const until = freshUntil(measure.at);
  const say = (state: PromiseState, why: Why): Found => ({ state, why, proof, until });
  const found: Found[] = [];
  const review = line.rule.then === 'review' ? reviewed(line, measure, facts, now) : null;
  if (isBefore(measure.at, facts.since)) found.push(say('not-proven', { is: 'policy-changed', on }));
  else if (review) found.push(say(review.state, review.why));
  else if (measure.overdue !== null && measure.overdue > 0)
    found.push(say('broken', { is: 'overdue', on, items: measure.overdue }));
  else if (isBefore(until, now)) found.push(say('not-proven', { is: 'stale', on, at: measure.at.toString() }));
  else if (measure.overdue === null)
    found.push(say('not-proven', { is: 'not-counted', on, fault: measure.fault ?? 'unknown' }));
  else {
    const [kept] = decidedOn(line, facts);
    const why: Why = { is: 'measured', datasets: 1, held: measure.held, retained: measure.retained };
    found.push(say('kept', kept ? { ...why, decided: kept } : why));
  }
  if (measure.undated > 0) found.push(say('at-risk', { is: 'undated', on, items: measure.undated }));
  return found;
}

/**
 * What waits for a person is no promise kept: at risk while there is time to decide, broken after it. A decision to keep counts for
 * as long as it runs; one to erase counts when it was carried out. Null: nothing waits.
 */
function reviewed(
  line: Line,
  measure: Measure,
  facts: RetentionFacts,
  now: Instant,
): { state: PromiseState; why: Why } | null {
  const on = nameOf(line.dataset);
  const own = { rule: line.rule.id, system: line.dataset.system, dataset: line.dataset.id };
  const mine = ({ rule, system, dataset }: typeof own): boolean =>
    rule === own.rule && system === own.system && dataset === own.dataset;
  const keeps = facts.keeps.filter(mine);
  const ended = (keep: Keep): boolean => !runs(keep, now, facts.zone) && runs(keep, measure.at, facts.zone);
  // What a decision kept when it was counted waits again once that decision has ended, whenever the next count comes.
  const again = measure.decided > 0 ? keeps.filter(ended) : [];
  const items = (measure.overdue ?? 0) + (again.length > 0 ? measure.decided : 0);
  if (items === 0) return null;
  const since = keepsOf(own, keeps, now, facts.zone).filter((keep) => !isBefore(keep.at, measure.at));
  if (since.length > 0) return { state: 'at-risk', why: { is: 'kept-since', on, until: since.at(-1)?.until ?? '' } };
  const first = facts.overdueSince.find(mine)?.at ?? measure.at;
  const by = addDays(dayOf(first, facts.zone), decideWithinDays);
  const state = isBefore(now, endOfDay(by, facts.zone)) ? 'at-risk' : 'broken';
  const asked = facts.asked.get(line.rule.id);
  if (asked?.erase) return { state, why: { is: 'to-carry-out', on, items, plan: asked.plan } };
  const plan = asked?.plan ?? null;
  return {
    state,
    why: { is: 'to-review', on, items, since: dayOf(first, facts.zone), by, plan, rule: line.rule.id },
  };
}

/** What only a person can do counts when it was signed off, until the task of the next period is overdue. */
function taskOf(line: Line, facts: RetentionFacts, now: Instant): Found[] {
  const { dataset } = line;
  const on = nameOf(dataset);
  const own = facts.tasks.filter((one) => one.system === dataset.system && one.dataset === dataset.id);
  const late = own.some((one) => one.state === 'open' && isBefore(one.due, now));
  const last = own.findLast((one) => one.state === 'signed-off');
  if (late || !last?.signedAt || last.event === null) return [{ state: 'not-proven', why: { is: 'task-open', on } }];
  const until = last.signedAt.add({ hours: 24 * 31 });
  const why: Why = { is: 'task-done', on, period: last.period };
  return [{ state: 'kept', why, proof: { at: last.signedAt, event: last.event }, until }];
}

/** What a person's decision kept when it was last counted. */
function decidedOn(line: Line, facts: RetentionFacts): { items: number; until: string }[] {
  const measure = measureOf(line, facts);
  if (!measure || measure.decided === 0) return [];
  const on = { rule: measure.rule, system: measure.system, dataset: measure.dataset };
  const until = keepsOf(on, facts.keeps, measure.at, facts.zone)
    .map((keep) => keep.until)
    .toSorted()[0];
  return until === undefined ? [] : [{ items: measure.decided, until }];
}

function summary(lines: readonly Line[], facts: RetentionFacts): Why {
  const seen = lines.flatMap((line) => measureOf(line, facts) ?? []);
  const sum = (pick: (one: Measure) => number): number => seen.reduce((total, one) => total + pick(one), 0);
  const kept = lines.flatMap((line) => decidedOn(line, facts));
  return {
    is: 'measured',
    datasets: seen.length,
    held: sum((one) => one.held),
    retained: sum((one) => one.retained),
    ...(kept.length === 0 ? {} : { decided: decidedTogether(kept) }),
  };
}

const done = (found: readonly Found[]): Why[] => found.flatMap((one) => (one.why.is === 'task-done' ? [one.why] : []));
