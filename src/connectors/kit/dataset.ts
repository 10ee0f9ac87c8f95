/**
 * A dataset as a connector sees it: a table or a tree of files in one system, with its key, its clocks, the keys by which
 * people are found in it, and what goes together with each of its items. Made by the estate from a profile; pure data.
 */
import type { Condition } from './condition.ts';

export type Scalar = string | number | bigint | boolean | Date | null;
/** The values of the key fields in their declared order; for a tree: the path relative to its root. */
export type Key = readonly Scalar[];

/** A key as one text, to look it up by: the same for a value that was read and for one that was written down. */
export function nameOfKey(key: Key): string {
  return key.map((value) => (value instanceof Date ? value.toISOString() : String(value))).join('\u0000');
}

/** A value of a key as it is written down: what a condition on keys takes for the same, whatever type the column has. */
export function asText(value: Scalar): string | null {
  if (value === null) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

export interface TableSource {
  readonly kind: 'table';
  /** Schema of the table; the connection's default when absent. */
  readonly schema?: string;
  readonly table: string;
}

export interface TreeSource {
  readonly kind: 'tree';
  /** Path templates relative to the root of the source (see template.ts); the first that matches names the item. */
  readonly templates: readonly string[];
  /** Templates of paths that belong to the product and hold no items: known, and left alone. */
  readonly ignore: readonly string[];
}

export interface TaskSource {
  readonly kind: 'task';
  /** What a person must do, and within how many days. */
  readonly instruction: { readonly nl: string; readonly en: string };
  readonly withinDays: number;
}

/** One way to read a clock; the first reading of the chain that gives a value counts. */
export type Reading =
  | { readonly column: string; readonly as: 'timestamp' | 'epoch-s' | 'epoch-ms' | 'text' }
  /** Digits of these path groups, joined, read as yyyyMMdd[HH[mm[ss]]] (month names are turned into digits). */
  | { readonly groups: readonly string[] }
  /** Seconds since 1970 in a path group, fractions allowed ("1764000000.123"). */
  | { readonly epochGroup: string }
  /** Of the file; a restore or a copy resets it, so only ever the last of a chain. */
  | { readonly mtime: true };

export interface Clock {
  /** The event it tells: call-end, recorded, last-contact, contract-end … */
  readonly id: string;
  readonly readings: readonly Reading[];
  /** IANA zone of readings that carry none. */
  readonly zone: string;
  /** What no reading means: the event has not happened yet ("open"), or the item cannot be dated, which is a finding. */
  readonly empty: 'open' | 'finding';
}

export type SubjectKind = 'phone' | 'email' | 'username' | 'name' | 'ip' | 'mac' | 'person-id';

export interface SubjectKey {
  readonly kind: SubjectKind;
  readonly field: string;
  readonly match: 'whole' | 'contains';
  /** Whose the item is when this key matches: the owner's, someone's who took part, or only mentions the person. */
  readonly role: 'owner' | 'accessor' | 'mentioned';
}

export interface Field {
  /** Data category of the field, or null when it is not personal. */
  readonly data: string | null;
}

/** Something that exists per item elsewhere and goes with it: recording, transcript, transient copy, index row. */
export interface Layer {
  readonly dataset: Dataset;
  /** For a table: the layer's column → the item's field. */
  readonly join?: Readonly<Record<string, string>>;
  /** For a tree: template of the path, from the item's fields (see template.ts). */
  readonly path?: string;
  /** Rows that several items share (events of a call with several legs) go when the last of those items goes. */
  readonly shared: boolean;
}

/** A reference from another dataset's items to this one's: an invoice to its customer. */
export interface Referrer {
  readonly dataset: Dataset;
  /** The referring column → the field here. */
  readonly join: Readonly<Record<string, string>>;
}

export interface Dataset {
  readonly system: string;
  readonly id: string;
  /** Which source of the system holds it; each source has one connector. */
  readonly source: string;
  readonly at: TableSource | TreeSource | TaskSource;
  readonly key: readonly string[];
  /** Every known column (or path group). A live one that is not here is a finding. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Data category of the items, as the policy names it. */
  readonly data: string;
  readonly clocks: Readonly<Record<string, Clock>>;
  readonly subjects: readonly SubjectKey[];
  /** Fields by which a hold can name a place: camera, extension, called number. */
  readonly places: readonly string[];
  /** For each named consent: when it is in force for an item. */
  readonly consents: Readonly<Record<string, Condition>>;
  readonly layers: readonly Layer[];
  readonly referrers: readonly Referrer[];
  /** Only these rows are items (finished sessions, say). */
  readonly only?: Condition;
  /** Column with the size in bytes, when the product keeps one. */
  readonly bytes?: string;
  /** The host deletes by itself, by age or when full: a hold must copy, a guard is not enough. */
  readonly selfDeleting: boolean;
  /** How the host itself can be told to keep an item, when it can: columns to set, and what they were before. */
  readonly lock?: {
    readonly set: Readonly<Record<string, Scalar>>;
    readonly release: Readonly<Record<string, Scalar>>;
  };
  /** How to make an item anonymous: per field. */
  readonly anonymise?: Readonly<Record<string, Recipe>>;
  /** Names of items hold personal data (a path with two telephone numbers): never shown unmasked. */
  readonly secretKey: boolean;
  /** Something of an item stands where no dataset reaches: that all layers are empty cannot be said. */
  readonly unreached?: true;
}

/** `pseudonym` is keyed with a key that is destroyed after the run: a plain hash of a telephone number can be enumerated. */
export type Recipe =
  | { readonly to: 'null' }
  | { readonly to: 'text'; readonly value: string }
  | { readonly to: 'prefix'; readonly keep: number }
  | { readonly to: 'pseudonym' }
  | { readonly to: 'ip-network' };
