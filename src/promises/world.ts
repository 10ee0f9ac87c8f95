/** What services are given: everything they touch, so that a test can pass its own clock, store and systems. */
import type { Clock } from '../base/time.ts';
import type { Connector, Dataset, Finding } from '../connectors/kit/index.ts';
import type { Database } from '../database/index.ts';
import type { LawSource, Policy } from '../policy/index.ts';

/** The connected systems, as the services use them. */
export interface Systems {
  /** Every dataset of every system, layers included. */
  readonly datasets: readonly Dataset[];
  connector(system: string, source: string): Promise<Connector>;
  probe(system: string): Promise<{ reachable: boolean; version: string | null; findings: readonly Finding[] }>;
  readonly systems: readonly { readonly id: string; readonly location: { readonly country: string } }[];
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
  readonly systems: Systems;
  /** Signs a plan and checks such a signature; the key never leaves the home. */
  readonly seal: { sign(text: string): string; check(text: string, signature: string): boolean };
  /** Hides where a batch ended: that may be an item's key, and the journal holds no value of any item. */
  readonly veil: { veil(text: string): string; unveil(sealed: string): string };
  /** Makes what was recorded part of a signed checkpoint before it returns. */
  readonly flush: () => Promise<void>;
  /** Index of an event's leaf, once it is signed. */
  readonly leafOf: (event: string) => Promise<number | null>;
  /** Where copies of held items go. */
  readonly preserve: (
    hold: string,
  ) => (handle: string, content: AsyncIterable<Uint8Array>) => Promise<{ sha256: string; bytes: number }>;
  /** The copies that are there: how large one is, and all of a hold away once nothing is pending any more. */
  readonly preserved: {
    size(hold: string, handle: string): number | null;
    discard(hold: string): Promise<void>;
  };
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

/** Who acts: a name as the organisation knows it. It stands in sealed details, never in a leaf or a log. */
export interface Actor {
  readonly name: string;
}

/** Something expected that a person must know: not a bug. The message says what to do. */
export class Refusal extends Error {
  readonly code: string;
  readonly text: { readonly nl: string; readonly en: string };
  constructor(code: string, text: { nl: string; en: string }) {
    super(text.en);
    this.name = 'Refusal';
    this.code = code;
    this.text = text;
  }
}
