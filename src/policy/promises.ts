/** Which promises a policy makes, and where: every item that names one. Pure. */
import type { Path } from '../base/yaml.ts';
import type { Policy } from './schema.ts';

export interface Made {
  /** "P08". */
  readonly promise: string;
  /** Place of the item: ["retention", 6]. */
  readonly path: Path;
}

/** In the order of the policy; a promise that several items make is there several times. */
export function promisesMade(policy: Policy): Made[] {
  return [...walk(policy, [])];
}

/** "P01", "P02" …: each once, in order. */
export function promiseIds(policy: Policy): string[] {
  return [...new Set(promisesMade(policy).map((one) => one.promise))].toSorted();
}

function* walk(value: unknown, path: Path): Generator<Made> {
  if (value === null || typeof value !== 'object') return;
  if ('promise' in value && typeof value.promise === 'string') yield { promise: value.promise, path };
  for (const [key, one] of Object.entries(value)) yield* walk(one, [...path, Array.isArray(value) ? Number(key) : key]);
}
