/**
 * The contract that every connector keeps. A connector knows one interface (SQL, files, mail …) and nothing else of us.
 *
 * Rules it is held to by the conformance suite:
 * - `sweep`, `erase`, `anonymise` and `rectify` MUST ask `guard` after opening their transaction and act on its answer inside it.
 * - They MUST call `prepared` with the final counts before the deed becomes final, and MUST undo (or not begin) when it throws.
 * - A batch of `sweep` or `anonymise` that takes anything MUST leave a trace, and `gone` MUST tell by it, after a kill, how many of
 *   its items went: whatever has come into their place since, and whatever the policy says of them by now.
 * - A second identical call MUST change nothing; a call that was killed half-way MUST be finishable by calling again.
 * - Before a part of an item goes that no rollback brings back, `parting` MUST have been told which items have it.
 * - `done` means gone with all its layers; anything less is `partial` at the layer that failed. `absent` is no failure.
 * - Identifiers MUST be checked against the live catalogue; nothing is concatenated from input.
 * - No value of an item may appear in an error, a log line, a finding or a receipt.
 */
import type { Text } from '../../base/language.ts';
import type { Instant } from '../../base/time.ts';
import type { Condition, Item } from './condition.ts';
import type { Dataset, Key, Recipe, Scalar } from './dataset.ts';
import type { Batch, Level, Verdict } from './receipt.ts';

export type Operation =
  | 'inventory'
  | 'locate'
  | 'export'
  | 'rectify'
  | 'restrict'
  | 'anonymise'
  | 'erase'
  | 'sweep'
  | 'hold'
  | 'verify';

export interface Capabilities {
  readonly kind: string;
  readonly operations: Readonly<Record<Operation, 'native' | 'emulated' | 'impossible'>>;
  /** Deeds of one batch become final together, or one by one. */
  readonly atomic: boolean;
  /** The highest verification level it can prove. */
  readonly level: Level;
  /** What a deletion leaves behind until ordinary operation overwrites it: ids, explained in docs/verification.md. */
  readonly residue: readonly string[];
}

export interface Finding {
  readonly kind:
    | 'unreachable'
    | 'missing-dataset'
    | 'missing-field'
    | 'unlisted-dataset'
    | 'unlisted-field'
    | 'unlisted-path'
    | 'no-clock'
    | 'no-key'
    | 'orphan'
    | 'excess-privilege'
    | 'missing-privilege'
    | 'not-transactional'
    | 'cascade'
    | 'trigger'
    | 'not-covered'
    | 'host-deletes'
    | 'profile-warning';
  readonly dataset: string | null;
  /** For an engineer: names of tables, columns and folders; never a value of an item. In English, for programs. */
  readonly detail: string;
  /** The same for who reads a page. */
  readonly text: Text;
  readonly items: number | null;
}

export function finding(kind: Finding['kind'], dataset: string | null, text: Text, items: number | null): Finding {
  return { kind, dataset, detail: text.en, text, items };
}

export interface ProbeReport {
  readonly reachable: boolean;
  /** Product and version as the interface tells them. */
  readonly version: string | null;
  readonly findings: readonly Finding[];
}

export interface Stat {
  readonly items: number;
  readonly bytes: number | null;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
}

/** A named share of the items: each item counts in the first bucket whose condition it meets. */
export interface Bucket {
  readonly name: string;
  readonly where: Condition;
  /** Counted beside the others: it has every item that meets its condition, and takes none from them. Never the last. */
  readonly shared?: true;
}

export interface Census {
  readonly buckets: Readonly<Record<string, Stat>>;
  /** A few items of the last bucket with their values masked: enough to recognise, not to identify. */
  readonly samples: readonly Readonly<Record<string, string>>[];
}

/** What must not be touched at this instant; resolved while the caller's locks keep it true until the deed is final. */
export interface Guard {
  readonly held: Condition;
  readonly kept: readonly { readonly reason: string; readonly where: Condition }[];
}

export interface DeedOptions {
  /** At most so many items in this batch. */
  readonly limit: number;
  /** Where the last batch ended; null at the start. Opaque. */
  readonly cursor: string | null;
  readonly guard: () => Promise<Guard>;
  /**
   * Asked, inside the transaction, about the items that would go: deals with layers in other sources and answers per item
   * whether it may go. Absent: all may, and the connector works set by set.
   */
  readonly judge?: (items: readonly Item[]) => Promise<readonly Verdict[]>;
  /**
   * Told before a part of these items goes for good while their own deed is not final: a row of a table without transactions.
   * When it throws, nothing may go. Absent where nobody keeps such a record.
   */
  readonly parting?: (part: string, items: readonly Item[]) => Promise<void>;
  readonly prepared: (batch: Batch) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Fires when the lock that keeps a hold waiting is lost: nothing more may go, in the middle of a batch too. */
  readonly lost?: AbortSignal;
}

export interface HoldOptions {
  /** Where copies go when the host cannot be told to keep an item: null where no copy can be kept. */
  readonly preserve:
    | ((handle: string, content: AsyncIterable<Uint8Array>) => Promise<{ sha256: string; bytes: number }>)
    | null;
  /** Bytes of the copy that is there already; null when there is none. A file of that size is not copied again. */
  readonly copied?: (handle: string) => number | null;
}

export interface HoldReport {
  readonly native: number;
  readonly preserved: number;
  readonly guarded: number;
  /** Why guard only is a risk, when it is: the host deletes by itself. */
  readonly risk: string | null;
}

export interface Verification {
  readonly level: Level;
  /** Items that meet the condition and are still there, read by another path than the deed's. */
  readonly left: number;
  /** Layer → rows or files that should have gone with an item and have not. */
  readonly orphans: Readonly<Record<string, number>>;
  readonly residue: readonly string[];
}

export interface Connector {
  describe(): Capabilities;
  /**
   * Is it reachable, are the rights the least that will do, and what is there that no profile lists? Of the tables `nonPersonal`
   * the profile says that nobody's data is in them.
   */
  probe(datasets: readonly Dataset[], nonPersonal?: readonly string[]): Promise<ProbeReport>;
  /**
   * Counts per bucket among the items that meet `where`; `clock` says which clock gives oldest and newest. Where nobody asks
   * for `sizes`, bytes may be null: a tree then need not look at every file.
   */
  inventory(
    dataset: Dataset,
    where: Condition,
    clock: string | null,
    buckets: readonly Bucket[],
    samples: number,
    sizes?: boolean,
  ): Promise<Census>;
  locate(dataset: Dataset, where: Condition): AsyncIterable<Item>;
  /** Streams what is kept about items that meet the condition, one value an item, file contents by reference. */
  export(dataset: Dataset, where: Condition): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Corrects one item if it still is what the caller saw and nothing keeps it as it is; answers what it found. */
  rectify(
    dataset: Dataset,
    key: Key,
    patch: Readonly<Record<string, Scalar>>,
    before: Readonly<Record<string, Scalar>>,
    guard: () => Promise<Guard>,
  ): Promise<'done' | 'changed' | 'absent' | 'held' | 'retained'>;
  restrict(dataset: Dataset, where: Condition, on: boolean): Promise<'done' | 'impossible'>;
  anonymise(
    dataset: Dataset,
    where: Condition,
    recipe: Readonly<Record<string, Recipe>>,
    options: DeedOptions,
  ): Promise<Batch>;
  /** Erases the items with these keys. The same road as `sweep`. */
  erase(dataset: Dataset, keys: readonly Key[], options: DeedOptions): Promise<Batch>;
  /** Erases the next batch of items that meet the condition; call with `next` until it is null. */
  sweep(dataset: Dataset, where: Condition, clock: string, options: DeedOptions): Promise<Batch>;
  /**
   * How many of the `items` of a prepared batch of `sweep` or `anonymise` are gone (changed), by its trace. Waits for a deed that the
   * source is still at; a fault where the trace says nothing any more: another table, another tree, too long ago.
   */
  gone(dataset: Dataset, trace: string, items: number): Promise<number>;
  /** Divides the work in about `parts` disjoint conditions that together mean the same items. */
  split(dataset: Dataset, where: Condition, clock: string, parts: number): Promise<readonly Condition[]>;
  hold(dataset: Dataset, where: Condition, options: HoldOptions): Promise<HoldReport>;
  release(dataset: Dataset, where: Condition): Promise<number>;
  verify(dataset: Dataset, where: Condition): Promise<Verification>;
  close(): Promise<void>;
}

/** What every connector is given when it is opened. */
export interface ConnectorContext {
  /** An unlinkable name for an item: HMAC of system, dataset and key under this home's key. */
  readonly handle: (dataset: Dataset, key: Key) => string;
  /** What is known of a place from one look to the next; absent where nobody keeps that. */
  readonly memory?: {
    known(place: string): Promise<string | null>;
    know(place: string, is: string): Promise<void>;
  };
  /** Static event names; fields of type id, count, duration, code. */
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}
