/** Which documents a policy names that stand beside it: assessments, evidence, agreements, notices. Pure. */
import type { Policy } from './schema.ts';

export interface Named {
  /** "documents/dpia-calls.md", as the policy writes it. */
  readonly document: string;
  /** Place by name: "purposes.calls.dpia.assessment". */
  readonly at: string;
  /** Of when, and until when it counts, where the policy says so. */
  readonly date: string | null;
  readonly until: string | null;
}

const keys: ReadonlySet<string> = new Set([
  'document',
  'arrangement',
  'statement',
  'notice',
  'url',
  'previous',
  'website',
]);
const local = /^[\w./-]+\.(?:md|pdf|html|docx|txt|yaml)$/;

/** In the order of the policy; one that several places name is there several times. */
export function documentsNamed(policy: Policy): Named[] {
  return [...walk(policy, [])];
}

function* walk(value: unknown, path: readonly string[]): Generator<Named> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, one] of Object.entries(value)) {
    if (keys.has(key) && typeof one === 'string' && local.test(one))
      yield {
        document: one,
        at: (key === 'document' ? path : [...path, key]).join('.'),
        date: 'date' in value && typeof value.date === 'string' ? value.date : null,
        until: 'until' in value && typeof value.until === 'string' ? value.until : null,
      };
    const id: unknown = Array.isArray(value) && one !== null && typeof one === 'object' ? one.id : undefined;
    yield* walk(one, [...path, typeof id === 'string' ? id : key]);
  }
}
