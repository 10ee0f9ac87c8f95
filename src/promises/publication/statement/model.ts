/** What the statement is made with beside the policy: the day, the law, and the proof of each promise. */
import type { Text } from '../../../base/language.ts';
import type { LawBook } from '../../../policy/index.ts';

/** How strong a proof is: measured in the systems, someone's word, or worked out from the policy alone. */
export const proofKinds = ['measured', 'declared', 'derived', 'none'] as const;
export type ProofKind = (typeof proofKinds)[number];

/**
 * The state of one promise as the public may see it. The three texts are public: no personal data, no name of a system.
 */
export interface Proof {
  readonly state: 'kept' | 'at-risk' | 'broken' | 'not-proven';
  /** ISO 8601 instant or day since when it is in this state; null when nobody knows. */
  readonly since: string | null;
  /** Instant or day when it was last shown, and the leaf of the ledger that says so. */
  readonly lastProof: { readonly at: string; readonly leaf: number | null } | null;
  readonly kind: ProofKind;
  /** Not proven as a whole, and yet not without any proof: of a part there is some today, or there was of all of it. */
  readonly partial?: 'partly' | 'lapsed';
  /** What is promised, in a few words: said where the data it is about does not name it. */
  readonly title?: Text;
  readonly shows: Text;
  readonly doesNotShow: Text;
  /** How a stranger checks it. */
  readonly verify: Text;
}

export interface StatementOptions {
  /** Day ("2026-11-24") on which law and adequacy must be in force; the date of the statement when left out. */
  readonly day?: string;
  /** Statutes by title and article, and territories with an adequacy decision; without it articles are left out. */
  readonly lawBook?: LawBook;
  /** By id of the promise, such as "P08". */
  readonly proofs?: ReadonlyMap<string, Proof>;
  /** Only what concerns this group of people, by the id of the subject in the policy. */
  readonly group?: string;
}
