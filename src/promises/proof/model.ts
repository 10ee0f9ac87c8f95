/** Which state a promise is in, from what was measured. Pure. Stale proof is never "kept". */
import type { Instant } from '../../base/time.ts';

export type PromiseState = 'kept' | 'at-risk' | 'broken' | 'not-proven';

/** The last measurement of one rule on one dataset. */
export interface Measure {
  readonly at: Instant;
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  /** Items past their term that neither a hold nor a statute keeps; null when they could not be counted. */
  readonly overdue: number | null;
  readonly held: number;
  readonly retained: number;
  readonly undated: number;
  readonly fault: string | null;
  readonly event: string;
}

/** A check that is true or not: every declared location lies where the policy says. */
export interface Check {
  readonly at: Instant;
  readonly ok: boolean;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly event: string;
}

export type Why =
  | { readonly is: 'no-binding' }
  | { readonly is: 'never-measured'; readonly on: string }
  | { readonly is: 'stale'; readonly on: string; readonly at: string }
  | { readonly is: 'overdue'; readonly on: string; readonly items: number }
  | { readonly is: 'not-counted'; readonly on: string; readonly fault: string }
  | { readonly is: 'undated'; readonly on: string; readonly items: number }
  | { readonly is: 'not-covered'; readonly on: string }
  | { readonly is: 'hold-review'; readonly holds: number }
  | { readonly is: 'hold-unsafe'; readonly holds: number }
  | { readonly is: 'measured'; readonly datasets: number; readonly held: number; readonly retained: number }
  | { readonly is: 'elsewhere'; readonly systems: number }
  | { readonly is: 'declared'; readonly systems: number };

export interface Verdict {
  readonly state: PromiseState;
  readonly why: readonly Why[];
  /** The oldest measurement that the verdict rests on. */
  readonly proof: { readonly at: Instant; readonly event: string } | null;
}

/** A daily measurement and the slack of one schedule: older proof proves nothing about today. */
export const freshForHours = 26;

export interface RetentionFacts {
  /** "rule on system/dataset" of every line that must be measured. */
  readonly lines: readonly { readonly rule: string; readonly on: string }[];
  readonly measures: readonly Measure[];
  /** Datasets with data of this promise that no rule reaches. */
  readonly uncovered: readonly string[];
  readonly holdsToReview: number;
  readonly holdsUnsafe: number;
}

export function judgeRetention(facts: RetentionFacts, now: Instant): Verdict {
  const { lines, measures } = facts;
  if (lines.length === 0) return { state: 'not-proven', why: [{ is: 'no-binding' }], proof: null };
  const bad: Record<Exclude<PromiseState, 'kept'>, Why[]> = { broken: [], 'not-proven': [], 'at-risk': [] };
  const found = lines.map((line) => ({
    line,
    measure: measures.find((one) => one.rule === line.rule && `${one.system}/${one.dataset}` === line.on),
  }));
  for (const { line, measure } of found) {
    const { on } = line;
    if (!measure) bad['not-proven'].push({ is: 'never-measured', on });
    else if (measure.overdue !== null && measure.overdue > 0)
      bad.broken.push({ is: 'overdue', on, items: measure.overdue });
    else if (isStale(measure.at, now)) bad['not-proven'].push({ is: 'stale', on, at: measure.at.toString() });
    else if (measure.overdue === null)
      bad['not-proven'].push({ is: 'not-counted', on, fault: measure.fault ?? 'unknown' });
    if (measure && measure.undated > 0) bad['at-risk'].push({ is: 'undated', on, items: measure.undated });
  }
  bad['at-risk'].push(...facts.uncovered.map((on): Why => ({ is: 'not-covered', on })));
  if (facts.holdsToReview > 0) bad['at-risk'].push({ is: 'hold-review', holds: facts.holdsToReview });
  if (facts.holdsUnsafe > 0) bad['at-risk'].push({ is: 'hold-unsafe', holds: facts.holdsUnsafe });
  const seen = found.flatMap(({ measure }) => (measure ? [measure] : []));
  const oldest = seen.reduce<Measure | null>(
    (a, b) => (a && a.at.epochMilliseconds <= b.at.epochMilliseconds ? a : b),
    null,
  );
  const proof = oldest ? { at: oldest.at, event: oldest.event } : null;
  for (const state of ['broken', 'not-proven', 'at-risk'] as const) {
    if (bad[state].length > 0) return { state, why: [...bad.broken, ...bad['not-proven'], ...bad['at-risk']], proof };
  }
  const sum = (pick: (one: Measure) => number): number => seen.reduce((total, one) => total + pick(one), 0);
  return {
    state: 'kept',
    why: [
      { is: 'measured', datasets: seen.length, held: sum((one) => one.held), retained: sum((one) => one.retained) },
    ],
    proof,
  };
}

/** P14: declared and checked, not measured; a weaker kind of proof, and the detail says so. */
export function judgeLocation(check: Check | null, now: Instant): Verdict {
  if (!check) return { state: 'not-proven', why: [{ is: 'never-measured', on: 'locations' }], proof: null };
  const proof = { at: check.at, event: check.event };
  if (!check.ok)
    return { state: 'broken', why: [{ is: 'elsewhere', systems: Number(check.detail['outside'] ?? 0) }], proof };
  if (isStale(check.at, now))
    return { state: 'not-proven', why: [{ is: 'stale', on: 'locations', at: check.at.toString() }], proof };
  return { state: 'kept', why: [{ is: 'declared', systems: Number(check.detail['systems'] ?? 0) }], proof };
}

function isStale(at: Instant, now: Instant): boolean {
  return now.epochMilliseconds - at.epochMilliseconds > freshForHours * 3_600_000;
}
