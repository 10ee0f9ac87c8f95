/**
 * A write that is sent twice is done once (draft-ietf-httpapi-idempotency-key-header). Services settle their own transactions,
 * so the reply cannot be kept in the one of the deed: between the two a server can be killed, and then nobody knows what became
 * of the write. Such a claim is never taken for a free key. It answers that the outcome is unknown, and where one sees it.
 */
import { createHash } from 'node:crypto';
import { Refusal } from '../base/refusal.ts';
import { doorRefusals, SentWrongly } from './problem.ts';

/** A key that is ours while we work on it. */
export interface Held {
  done(reply: string): Promise<void>;
  /** Nothing was done: the key is free. */
  release(): Promise<void>;
  /** It broke off, and something may have been done: the key answers that from now on. */
  lose(): Promise<void>;
}

export type Claim =
  | { readonly is: 'new'; readonly held: Held }
  /** "running": whoever claimed it lives. "unknown": it does not, and left no reply. */
  | { readonly is: 'running' | 'unknown'; readonly sent: string }
  | { readonly is: 'done'; readonly sent: string; readonly reply: string };

/** Where claims are kept; a day is enough for any client that tries again. */
export interface Once {
  /**
   * Claims the key, or tells what became of it. Two at once: one is "new". `harmless`: done twice it is as if done once, so a
   * claim whose holder is gone is taken over.
   */
  claim(key: string, sent: string, harmless: boolean): Promise<Claim>;
}

export interface Attempt {
  readonly key: string;
  readonly caller: string;
  readonly route: string;
  readonly sent: { readonly params: unknown; readonly query: unknown; readonly body: unknown };
  readonly harmless: boolean;
  /** Where one sees whether it was done. */
  readonly look: string;
}

const shape = /^[\x21-\x7e]{1,200}$/;

/** Runs `work` unless this caller did the same with the same key before; then its reply. A refusal frees the key. */
export async function once(store: Once, attempt: Attempt, work: () => Promise<string>): Promise<string> {
  if (!shape.test(attempt.key))
    throw new SentWrongly([{ at: 'Idempotency-Key', message: 'expected 1 to 200 visible ASCII characters' }]);
  // The key is the client's own word, and may say anything: only its hash is kept.
  const key = hash([attempt.caller, attempt.route, attempt.key]);
  const sent = hash([attempt.sent.params, attempt.sent.query, attempt.sent.body]);
  const claim = await store.claim(key, sent, attempt.harmless);
  if (claim.is === 'new') return settled(claim.held, work);
  if (claim.sent !== sent) throw doorRefusals.badKey();
  if (claim.is === 'done') return claim.reply;
  throw claim.is === 'running' ? doorRefusals.stillRunning() : doorRefusals.outcomeUnknown(attempt.look);
}

async function settled(held: Held, work: () => Promise<string>): Promise<string> {
  let reply: string;
  try {
    reply = await work();
  } catch (cause) {
    // A refusal is said before anything is done. Whatever else was thrown may have come after a part of it.
    await (cause instanceof Refusal || cause instanceof SentWrongly ? held.release() : held.lose());
    throw cause;
  }
  // It was done: a reply that cannot be kept does not make the key free.
  await held.done(reply);
  return reply;
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
