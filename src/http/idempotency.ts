/** A write that is sent twice is done once (draft-ietf-httpapi-idempotency-key-header). */
import { createHash } from 'node:crypto';
import { doorRefusals, SentWrongly } from './problem.ts';

export type Claim =
  | { readonly is: 'new' }
  | { readonly is: 'running' }
  | { readonly is: 'done'; readonly sent: string; readonly reply: string };

/** Where claims are kept; a day is enough for any client that tries again. */
export interface Once {
  /** Claims the key, or tells what became of it. Two at once: one is "new". */
  claim(key: string, sent: string): Promise<Claim>;
  done(key: string, reply: string): Promise<void>;
  release(key: string): Promise<void>;
}

export interface Attempt {
  readonly key: string;
  readonly caller: string;
  readonly route: string;
  readonly sent: { readonly params: unknown; readonly query: unknown; readonly body: unknown };
}

const shape = /^[\x21-\x7e]{1,200}$/;

/** Runs `work` unless this caller did the same with the same key before; then its reply. A failure frees the key. */
export async function once(store: Once, attempt: Attempt, work: () => Promise<string>): Promise<string> {
  if (!shape.test(attempt.key))
    throw new SentWrongly([{ at: 'Idempotency-Key', message: 'expected 1 to 200 visible ASCII characters' }]);
  // The key is the client's own word, and may say anything: only its hash is kept.
  const key = hash([attempt.caller, attempt.route, attempt.key]);
  const sent = hash([attempt.sent.params, attempt.sent.query, attempt.sent.body]);
  const claim = await store.claim(key, sent);
  if (claim.is === 'running') throw doorRefusals.stillRunning();
  if (claim.is === 'done') {
    if (claim.sent !== sent) throw doorRefusals.badKey();
    return claim.reply;
  }
  try {
    const reply = await work();
    await store.done(key, reply);
    return reply;
  } catch (cause) {
    await store.release(key);
    throw cause;
  }
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
