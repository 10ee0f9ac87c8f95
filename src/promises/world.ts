/** What services are given: everything they touch, so that a test can pass its own clock, store and systems. */
import type { Text } from '../base/language.ts';
import type { Clock } from '../base/time.ts';
import type { Connector, Dataset, Finding } from '../connectors/kit/index.ts';
import type { Database } from '../database/index.ts';
import type { EstateSummary, LawBook, LawSource, Policy, PolicyParsed } from '../policy/index.ts';

/** A system as the estate describes it. */
export interface SystemSeen {
  readonly id: string;
  readonly title: Text;
  readonly role: 'controller' | 'processor';
  /** Processor only: the client whose system it is. */
  readonly client?: string;
  /** `operator`: who runs the place, when that is another. */
  readonly location: { readonly country: string; readonly place: string; readonly operator?: string | undefined };
  readonly datasets: readonly Dataset[];
}

/** The connected systems, as the services use them. */
export interface Systems {
  /** Every dataset of every system, layers included. */
  readonly datasets: readonly Dataset[];
  connector(system: string, source: string): Promise<Connector>;
  probe(system: string): Promise<{ reachable: boolean; version: string | null; findings: readonly Finding[] }>;
  /** What the profile knows of the product and no look can tell. */
  notes(system: string): readonly { readonly dataset: string | null; readonly text: Text }[];
  readonly systems: readonly SystemSeen[];
  /** Data categories that no system holds because the estate says so: datasets of a profile listed under notUsed. */
  readonly absent: readonly string[];
}

/** Copies of what was handed over with a declaration. */
export interface Attachments {
  keep(name: string, content: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }>;
  /** What the copy holds today; null when it is gone. */
  hash(name: string): Promise<string | null>;
}

/** What was seen of the published statement, as a check tells it. */
export interface StatementSeen {
  readonly state: 'kept' | 'at-risk' | 'broken' | 'not-proven';
  readonly text: { readonly nl: string; readonly en: string };
  readonly n: number;
}

export interface World {
  readonly db: Database;
  readonly clock: Clock;
  /** Zone of the organisation: its days and months count. */
  readonly zone: string;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly estateHash: string;
  readonly law: ReadonlyMap<string, LawSource>;
  /** The law with the lists that go with it: the EEA, adequacy. */
  readonly book: LawBook;
  /** The policy with the places of its file, for who examines it. */
  readonly parsed: PolicyParsed;
  /** Where the data stands, as far as the linter asks. */
  readonly estate: EstateSummary;
  /** Whether a file that the policy names ("documents/dpia-video.md") is there beside it. */
  readonly has: (document: string) => boolean;
  readonly systems: Systems;
  /** Signs a plan and checks such a signature; the key never leaves the home. */
  readonly seal: { sign(text: string): string; check(text: string, signature: string): boolean };
  /** Hides where a batch ended: that may be an item's key, and the journal holds no value of any item. */
  readonly veil: { veil(text: string): string; unveil(sealed: string): string };
  /** Makes what was recorded part of a signed checkpoint before it returns. */
  readonly flush: () => Promise<void>;
  /** Index of an event's leaf, once it is signed. */
  readonly leafOf: (event: string) => Promise<number | null>;
  readonly leavesOf: (events: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Where copies of held items go. */
  readonly preserve: (
    hold: string,
  ) => (handle: string, content: AsyncIterable<Uint8Array>) => Promise<{ sha256: string; bytes: number }>;
  readonly attachments: Attachments;
  /** Looks at the published statement: whether it is there and whole, whether people were told, whether the website shows it. */
  readonly statement: () => Promise<Readonly<Record<'published' | 'told' | 'served' | 'visited', StatementSeen>>>;
  /** Looks at who has access here: whether they signed confidentiality, and sign in with two factors. Counts, no names. */
  readonly people: () => Promise<Readonly<Record<'signed' | 'twoFactors', StatementSeen>>>;
  /** The copies that are there: how large one is, and all of a hold away once nothing is pending any more. */
  readonly preserved: {
    size(hold: string, handle: string): number | null;
    discard(hold: string): Promise<void>;
  };
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

/**
 * Who acts, as services see it: a name as the organisation knows it. No two people have one name and a name is never changed
 * (access/accounts.ts), so comparing names compares people, whichever of their accounts they use. It stands in sealed details,
 * never in a leaf or a log.
 */
export interface Actor {
  readonly name: string;
}

export { Fault, Mistake, Refusal } from '../base/refusal.ts';
