/**
 * Which state a promise is in, from its parts. Pure. A promise is kept when all its parts are; a part without proof that counts
 * today is never kept.
 */
import type { Text } from '../../base/language.ts';
import { isBefore, type Instant } from '../../base/time.ts';

export type PromiseState = 'kept' | 'at-risk' | 'broken' | 'not-proven';

/**
 * measured: a check ran against systems · derived: follows from policy, register, estate or the published statement ·
 * declared: a person's signed word, with an end. From strong to weak.
 */
export const proofKinds = ['measured', 'derived', 'declared'] as const;
export type ProofKind = (typeof proofKinds)[number];

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
  /** Kept by a person's decision, for a while. */
  readonly decided: number;
  readonly undated: number;
  readonly fault: string | null;
  readonly event: string;
}

/**
 * Why a hold is not safe: the system deletes by itself, did not answer, or is no longer connected; or what it keeps is not whole,
 * since a deletion of ours took a part.
 */
export const holdRisks = ['host-deletes', 'unreachable', 'disconnected', 'incomplete'] as const;
export type HoldRisk = (typeof holdRisks)[number];

/** What was or was not looked at: a dataset by its name, or a check by its id with what it is called. */
interface Looked {
  readonly on: string;
  readonly name?: Text;
}

/** Why a part is in its state: a code for programs, with what it is about; or a check's own sentence. */
export type Why =
  | ({ readonly is: 'never-measured' } & Looked)
  | ({ readonly is: 'stale'; readonly at: string } & Looked)
  | ({ readonly is: 'policy-changed' } & Looked)
  | { readonly is: 'overdue'; readonly on: string; readonly items: number }
  | {
      readonly is: 'to-review';
      readonly on: string;
      readonly items: number;
      /** The first measurement that saw it due, and the day before which somebody must have decided. */
      readonly since: string;
      readonly by: string;
      /** Where it is decided: the rule in the newest plan; null where no plan shows it yet. */
      readonly plan: string | null;
      readonly rule: string;
    }
  | { readonly is: 'to-carry-out'; readonly on: string; readonly items: number; readonly plan: string }
  | { readonly is: 'kept-since'; readonly on: string; readonly until: string }
  | { readonly is: 'not-counted'; readonly on: string; readonly fault: string }
  | { readonly is: 'undated'; readonly on: string; readonly items: number }
  | { readonly is: 'not-covered'; readonly on: string }
  /** `also`: other data of which the same is so. */
  | { readonly is: 'no-system'; readonly data: string; readonly also?: readonly string[] }
  | { readonly is: 'said-absent'; readonly data: string }
  | { readonly is: 'not-carried-out'; readonly term: string; readonly criterion: boolean }
  | { readonly is: 'task-open'; readonly on: string }
  | { readonly is: 'task-done'; readonly on: string; readonly period: string }
  | { readonly is: 'hold-review'; readonly holds: number }
  | { readonly is: 'hold-unsafe'; readonly holds: number; readonly risk: HoldRisk }
  | {
      readonly is: 'measured';
      readonly datasets: number;
      readonly held: number;
      readonly retained: number;
      readonly decided?: { readonly items: number; readonly until: string };
    }
  | { readonly is: 'declared'; readonly on: string; readonly until: string; readonly attached: boolean }
  | { readonly is: 'declaration-ended'; readonly until: string; readonly control: string }
  | { readonly is: 'declaration-changed'; readonly control: string }
  | { readonly is: 'attachment-lost'; readonly control: string }
  | { readonly is: 'missing'; readonly text: Text }
  | { readonly is: 'check'; readonly check: string; readonly text: Text };

export interface Proof {
  readonly at: Instant;
  /** The event in the ledger. */
  readonly event: string;
  /** Where only the day is known: what someone saw on "2026-11-20". */
  readonly day?: string;
}

/** One thing that must be so for the promise to be kept. */
export interface Part {
  /** "retention.video-90-days", or the name of the control that shows it. */
  readonly id: string;
  readonly title: Text;
  readonly kind: ProofKind | 'none';
  readonly state: PromiseState;
  readonly why: readonly Why[];
  readonly proof: Proof | null;
  /** Until when the proof counts; null without proof. */
  readonly until: Instant | null;
}

export interface Verdict {
  readonly state: PromiseState;
  /** The weakest kind of proof that the state rests on; "none" for what is not proven, whatever is known of its parts. */
  readonly kind: ProofKind | 'none';
  readonly parts: readonly Part[];
  /** What is wrong with the parts that are not kept; what was seen when all are. */
  readonly why: readonly Why[];
  /** The oldest proof that the verdict rests on. */
  readonly proof: Proof | null;
  /** When the first of its proofs ends, and must be there again. */
  readonly next: Instant | null;
}

/** An hourly or daily measurement and the slack of one schedule: older proof proves nothing about today. */
export const freshForHours = 26;

export function freshUntil(at: Instant): Instant {
  return at.add({ hours: freshForHours });
}

export const worstFirst = ['broken', 'not-proven', 'at-risk', 'kept'] as const;

/** "5 of 8": how many parts are kept. */
export const keptOf = (parts: readonly Pick<Part, 'state'>[]): number =>
  parts.filter((part) => part.state === 'kept').length;

/** The worst of its parts; no part at all proves nothing. Worst parts first. */
export function judge(parts: readonly Part[], now: Instant): Verdict {
  const counted = parts.map((part) => current(part, now));
  const sorted = counted.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  const wrong = sorted.filter((part) => part.state !== 'kept');
  const proved = counted.filter((part) => part.proof !== null);
  const state = sorted[0]?.state ?? 'not-proven';
  return {
    state,
    kind: state === 'not-proven' ? 'none' : kindOf(proved, state),
    parts: sorted,
    why: together((wrong.length > 0 ? wrong : sorted).flatMap((part) => part.why)),
    proof: proved.map((part) => part.proof).reduce(older, null),
    next: proved.map((part) => part.until).reduce(earlier, null),
  };
}

/**
 * What was counted for each part, as one count: "0 overdue in 8 datasets" and not eight times one. And what no system has, at once:
 * one connects a system, not a sort of data.
 */
function together(all: readonly Why[]): Why[] {
  const nowhere = all.filter((why) => why.is === 'no-system');
  const counted = all.filter((why) => why.is === 'measured');
  const sum = (of: 'datasets' | 'held' | 'retained'): number => counted.reduce((total, why) => total + why[of], 0);
  const decided = counted.flatMap((why) => why.decided ?? []);
  return all.flatMap((why): Why[] => {
    if (why.is === 'no-system') {
      if (why !== nowhere[0]) return [];
      const also = [...new Set(nowhere.map(({ data }) => data))].filter((data) => data !== why.data);
      return [also.length === 0 ? why : { ...why, also }];
    }
    if (why.is !== 'measured') return [why];
    if (why !== counted[0]) return [];
    return [
      {
        is: 'measured',
        datasets: sum('datasets'),
        held: sum('held'),
        retained: sum('retained'),
        ...(decided.length === 0 ? {} : { decided: decidedTogether(decided) }),
      },
    ];
  });
}

/** So many, and the first day on which one of the decisions ends. */
export function decidedTogether(all: readonly { readonly items: number; readonly until: string }[]): {
  items: number;
  until: string;
} {
  return {
    items: all.reduce((total, one) => total + one.items, 0),
    until: all.map((one) => one.until).toSorted()[0] ?? '',
  };
}

/** What is broken is known by what broke it; what is kept, or at risk, by all that still holds. */
function kindOf(proved: readonly Part[], state: PromiseState): ProofKind | 'none' {
  const bearing = proved.filter((part) => part.state === (state === 'broken' ? 'broken' : 'kept'));
  const kinds = new Set((bearing.length > 0 ? bearing : proved).map((part) => part.kind));
  return proofKinds.findLast((kind) => kinds.has(kind)) ?? 'none';
}

/** The last guard: whoever made the part, what has no proof that counts now is not called kept. */
function current(part: Part, now: Instant): Part {
  if (part.state !== 'kept') return part;
  const { proof, until } = part;
  const counts = proof !== null && until !== null && !isBefore(until, now) && !isBefore(now, proof.at);
  return counts ? part : { ...part, state: 'not-proven' };
}

export function older(a: Proof | null, b: Proof | null): Proof | null {
  if (a === null || b === null) return a ?? b;
  return isBefore(b.at, a.at) ? b : a;
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return isBefore(b, a) ? b : a;
}
