/** A check: a question that this program answers by itself, the same way for the same facts. Pure. */
import type { Text } from '../../../base/language.ts';
import type { Dataset, Finding } from '../../../connectors/kit/index.ts';
import type { LawBook, Policy } from '../../../policy/index.ts';
import type { LintReport } from '../../../policy/lint/index.ts';
import type { SystemSeen } from '../../world.ts';
import type { StatementSeen } from '../../world.ts';
import type { ProofKind, PromiseState } from '../model.ts';

export interface Facts {
  readonly policy: Policy;
  readonly book: LawBook;
  readonly lint: LintReport;
  /** "2026-11-24", in the zone of the organisation. */
  readonly today: string;
  readonly systems: readonly SystemSeen[];
  readonly datasets: readonly Dataset[];
  /** What each system shows of itself. */
  readonly probes: readonly {
    readonly system: string;
    readonly reachable: boolean;
    readonly findings: readonly Finding[];
  }[];
  /** What was seen of the published statement. */
  readonly statement: Readonly<Record<'published' | 'told' | 'served' | 'visited', StatementSeen>>;
  /** What was seen of the people who have access here. */
  readonly people: Readonly<Record<'signed' | 'twoFactors', StatementSeen>>;
  /** Whether a control that a measure names shows something today; null when there is no such control. */
  readonly shown: (control: string) => boolean | null;
}

export interface Outcome {
  readonly state: PromiseState;
  /** What was seen, or what to do. No personal data. */
  readonly text: Text;
  /** How many things were looked at, or are wrong: for the ledger. */
  readonly n: number;
}

export interface Check {
  readonly id: string;
  readonly kind: Exclude<ProofKind, 'declared'>;
  readonly title: Text;
  readonly run: (facts: Facts) => Outcome;
}

export const outcome = (state: PromiseState, n: number, nl: string, en: string): Outcome => ({
  state,
  n,
  text: { nl, en },
});

/** "a, b, c and 4 more": lists that stay readable. */
export function few(words: readonly string[], most = 5): string {
  return words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} (+${words.length - most})`;
}

/** "1 system", "4 systems". */
export const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
