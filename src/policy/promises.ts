/** Which promises a policy makes, and where: every item that names one. Pure. */
import type { Policy } from './schema.ts';

export interface Made {
  /** "P08". */
  readonly promise: string;
  /** Place of the item by name: "retention.recordings-90-days". */
  readonly at: string;
  /** Whether the statement tells it; not so for a recipient of which the policy says that the statement leaves it out. */
  readonly told: boolean;
}

/** In the order of the policy; a promise that several items make is there several times. */
export function promisesMade(policy: Policy): Made[] {
  return [...walk(policy, [])];
}

/** "P01", "P02" …: each once, in order. */
export function promiseIds(policy: Policy): string[] {
  return [...new Set(promisesMade(policy).map((one) => one.promise))].toSorted(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
  );
}

function* walk(value: unknown, path: readonly string[], told = true): Generator<Made> {
  if (value === null || typeof value !== 'object') return;
  const here = told && !('inStatement' in value && value.inStatement === false);
  if ('promise' in value && typeof value.promise === 'string')
    yield { promise: value.promise, at: path.join('.'), told: here };
  for (const [key, one] of Object.entries(value)) {
    const id: unknown = Array.isArray(value) && one !== null && typeof one === 'object' ? one.id : undefined;
    yield* walk(one, [...path, typeof id === 'string' ? id : key], here);
  }
}
