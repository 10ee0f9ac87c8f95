/** A plan, pure: what was found, who must decide, what a run may take, and until when. */
import type { Text } from '../../base/language.ts';
import { instant, type Instant } from '../../base/time.ts';
import type { RetentionRule } from '../../policy/index.ts';
import { whys } from './phrases.ts';

export interface PlanLine {
  readonly rule: string;
  readonly promise: string;
  readonly system: string;
  readonly dataset: string;
  readonly then: 'erase' | 'anonymise' | 'review';
  /** Events strictly before this instant have run out their term. */
  readonly cutoff: string;
  readonly due: number;
  readonly held: number;
  /**
   * Hold → items it keeps ("other": those of many holds together). An item under two holds counts with each, so together
   * they may be more than `held`. A plan that was signed before this was counted has none.
   */
  readonly heldBy?: Readonly<Record<string, number>>;
  readonly retained: number;
  /** Statute → items it keeps. */
  readonly retainedBy: Readonly<Record<string, number>>;
  /** Items that a person's decision keeps, and the first day on which one of those decisions ends; not in a plan of before there were any. */
  readonly decided?: number;
  readonly decidedUntil?: string | null;
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly bytes: number | null;
  /** Items in the whole dataset: what the share of a standing approval is measured against. */
  readonly inDataset: number;
  readonly samples: readonly Readonly<Record<string, string>>[];
  /** Whether a person must decide, and if not, by what standing approval it goes on its own. */
  readonly needs: 'person' | 'nothing';
  readonly why: string | null;
  /** The same for who reads it; a plan that was signed before there was such a text has none. */
  readonly whyText?: Text;
}

export interface PlanFinding {
  readonly kind: string;
  readonly system: string;
  readonly dataset: string | null;
  readonly detail: string;
  /** The same for who reads a page; a plan that was signed before there was such a text has none. */
  readonly text?: Text;
  readonly items: number | null;
}

export interface Plan {
  readonly plan: string;
  readonly at: string;
  readonly expires: string;
  readonly policy: string;
  readonly estate: string;
  readonly lines: readonly PlanLine[];
  readonly findings: readonly PlanFinding[];
  /** Holds that kept something out of this plan: items that they kept are not in it, even if a hold is released before it is applied. */
  readonly holds: readonly string[];
}

/** How long a plan may be applied after it was made: what it showed goes stale. */
export const planLife = 'P7D';
/** How far ahead a plan may look and still be applied: one day's schedule and its slack. */
export const aheadHours = 26;

/** Whether the rule's standing approval covers so many items at this instant; the sentence says why it waits. */
export function standing(rule: RetentionRule, due: number, inDataset: number, at: Instant): Decision {
  const approval = rule.approval;
  if (!approval?.standing) return decided(false, whys.none);
  if (approval.until && Date.parse(`${approval.until}T23:59:59Z`) < at.epochMilliseconds)
    return decided(false, whys.ended(approval.until));
  const most = approval.atMost;
  if (most.items !== undefined && due > most.items) return decided(false, whys.items(due, most.items));
  const share = most.share === undefined ? null : Number.parseFloat(most.share) / 100;
  if (share !== null && inDataset > 0 && due / inDataset > share) {
    return decided(false, whys.share(Math.round((100 * due) / inDataset), String(most.share)));
  }
  return decided(true, whys.standing(approval.by));
}

/** `why` is what programs have always read: the English. */
export interface Decision {
  readonly ok: boolean;
  readonly why: string;
  readonly whyText: Text;
}

export const decided = (ok: boolean, whyText: Text): Decision => ({ ok, why: whyText.en, whyText });

/** The cap on the number of items is the rule's: what its datasets have due together. Above it every one of them waits. */
export function capped(lines: readonly PlanLine[], rules: readonly RetentionRule[]): PlanLine[] {
  const due = (rule: string): number => lines.reduce((sum, line) => sum + (line.rule === rule ? line.due : 0), 0);
  return lines.map((line) => {
    const approval = rules.find((one) => one.id === line.rule)?.approval;
    const most = approval?.standing ? approval.atMost.items : undefined;
    if (line.needs === 'person' || line.due === 0 || most === undefined || due(line.rule) <= most) return line;
    const { why, whyText } = decided(false, whys.ofRule(due(line.rule), most));
    return { ...line, needs: 'person', why, whyText };
  });
}

/** Whether a run takes this line, once its rule is approved. What a person reviews no approval of a plan takes along. */
export function goes(line: Pick<PlanLine, 'then' | 'due'>): boolean {
  return line.then !== 'review' && line.due > 0;
}

/** Whether a person must decide about this line, and about this line alone: erase it, or keep it a while. */
export function asks(line: Pick<PlanLine, 'then' | 'due'>): boolean {
  return line.then === 'review' && line.due > 0;
}

/** The lines that a run takes: what is approved, and what people decided to erase. */
export function taken(
  lines: readonly PlanLine[],
  approved: ReadonlySet<string>,
  erased: ReadonlySet<string>,
): PlanLine[] {
  return lines.filter((line) => (goes(line) && approved.has(line.rule)) || (asks(line) && erased.has(line.rule)));
}

/** What a plan is for: the policy and the estate that it was made of, to the letter. */
interface MadeOf {
  readonly policyHash: string;
  readonly estateHash: string;
}

export type Validity = 'yes' | 'expired' | 'forecast' | 'void';

/** Whether somebody may decide on a plan now: as `applicable`, and void once policy or estate are others than it was made of. */
export function validity(
  plan: Pick<Plan, 'at' | 'expires' | 'policy' | 'estate'>,
  now: Instant,
  { policyHash, estateHash }: MadeOf,
): Validity {
  const state = applicable(plan, now);
  if (state === 'expired') return state;
  return plan.policy === policyHash && plan.estate === estateHash ? state : 'void';
}

/** Whether a plan may be carried out at `now`: expired and forecast plans may not. */
export function applicable(plan: Pick<Plan, 'at' | 'expires'>, now: Instant): 'yes' | 'expired' | 'forecast' {
  if (Date.parse(plan.expires) <= now.epochMilliseconds) return 'expired';
  const ahead = instant(plan.at).epochMilliseconds - now.epochMilliseconds;
  return ahead > aheadHours * 3_600_000 ? 'forecast' : 'yes';
}
