/** What became of items, and how surely that is known. */
import type { Text } from '../../base/language.ts';
import { Fault } from '../../base/refusal.ts';
import type { Instant } from '../../base/time.ts';

/**
 * V0 the system said yes · V1 not found by an independent path · V2 soft layers empty too (copies, transcripts, indexes, trash)
 * · V3 storage residue handled · V4 copies elsewhere each with an end date.
 */
export const levels = ['V0', 'V1', 'V2', 'V3', 'V4'] as const;
export type Level = (typeof levels)[number];

/** The lower of two levels: a chain proves no more than its weakest part. */
export function weakest(a: Level, b: Level): Level {
  return levels.indexOf(a) <= levels.indexOf(b) ? a : b;
}

export type Verdict =
  | { readonly go: true }
  | { readonly go: false; readonly outcome: 'held' }
  | { readonly go: false; readonly outcome: 'retained'; readonly reason: string }
  /** A layer was erased and another could not be: the item stays, visible, until the next run. */
  | { readonly go: false; readonly outcome: 'partial'; readonly layer: string }
  | { readonly go: false; readonly outcome: 'failed'; readonly fault: FaultKind };

export interface Counts {
  readonly done: number;
  readonly absent: number;
  readonly held: number;
  readonly retained: number;
  readonly failed: number;
  readonly partial: number;
}

export const noCounts: Counts = { done: 0, absent: 0, held: 0, retained: 0, failed: 0, partial: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    done: a.done + b.done,
    absent: a.absent + b.absent,
    held: a.held + b.held,
    retained: a.retained + b.retained,
    failed: a.failed + b.failed,
    partial: a.partial + b.partial,
  };
}

/** The receipt of one batch, before the ledger has it. */
export interface Batch {
  readonly counts: Counts;
  /** Statute or other reason → items kept for it. */
  readonly retainedBy: Readonly<Record<string, number>>;
  /** Layer → items left visible because this layer could not be erased. */
  readonly partialAt: Readonly<Record<string, number>>;
  /** Of the erased items, by the sweep's clock. */
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
  readonly bytes: number;
  /** Fingerprint of the erased keys; null where a range of the clock went at once, which its ends and count describe. For the sealed details only. */
  readonly fingerprint: string | null;
  /** Where the next batch begins; null when nothing is left to look at. */
  readonly next: string | null;
  /**
   * By what the connector can tell afterwards how many of the erased items are gone (`Connector.gone`), whoever finds the batch
   * prepared and unreported. Opaque to all others, and may hold values of items: it is kept veiled, as a cursor is. Null where
   * nothing goes, and where items are named by key.
   */
  readonly trace: string | null;
}

export type FaultKind = 'unreachable' | 'refused' | 'limited' | 'half-done' | 'surprise';

/** What went wrong at a connected system. The message is for an engineer and holds no value of any item. */
export class ConnectorFault extends Fault {
  readonly kind: FaultKind;
  readonly retry: boolean;
  constructor(kind: FaultKind, message: string, options: { retry: boolean; cause?: unknown; nl?: string }) {
    // In Dutch what sort of fault it is, and the message where it has no Dutch of its own.
    super({ nl: options.nl ?? `${faultTexts[kind].nl} (${message})`, en: message }, { cause: options.cause });
    this.name = 'ConnectorFault';
    this.kind = kind;
    this.retry = options.retry;
  }
}

/** What sort of fault it is, for who reads a page. */
export const faultTexts: Readonly<Record<FaultKind, Text>> = {
  unreachable: { nl: 'de bron antwoordt niet', en: 'the source does not answer' },
  refused: { nl: 'de bron of het profiel staat dit niet toe', en: 'the source or the profile does not allow it' },
  limited: { nl: 'de bron heeft het te druk', en: 'the source is too busy' },
  'half-done': { nl: 'het werk bleef halverwege steken', en: 'the work stopped half-way' },
  surprise: { nl: 'de bron is anders dan verwacht', en: 'the source is not as expected' },
};
