/** Places in a policy: what a sentence of the statement came from, and the items that make a promise. */
import { promisesMade, type Made, type Policy } from '../../../policy/index.ts';

/** What is not from the policy: the law itself, and words that only join. */
export const outside = ['law', 'frame'] as const;

/**
 * The value at a path such as "retention.recordings-90-days.keep" or "rights.list.0"; undefined when there is nothing.
 * An item of a list is named by its id, and by its place where it has none.
 */
export function valueAt(policy: Policy, path: string): unknown {
  let here: unknown = policy;
  for (const step of path.split('.')) {
    if (Array.isArray(here)) {
      const items: readonly unknown[] = here;
      here =
        items.find((one) => isRecord(one) && one['id'] === step) ??
        (/^\d+$/.test(step) ? items[Number(step)] : undefined);
    } else here = isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** Sections in the order in which they say what is promised: the deed before the purpose, the purpose before the data; others last. */
const deedsFirst: readonly (keyof Policy)[] = [
  'organisation',
  'telecom',
  'cookies',
  'retention',
  'terms',
  'measures',
  'claims',
  'disclosures',
  'rights',
  'complaint',
  'dpo',
  'publication',
  'clients',
  'purposes',
  'recipients',
  'data',
  'subjects',
];

/** Every item that makes a promise and belongs in the statement, deeds first. */
export function promised(policy: Policy): Made[] {
  const rank = ({ at }: Made): number => {
    const place = deedsFirst.findIndex((section) => isWithin(at, section));
    return place < 0 ? deedsFirst.length : place;
  };
  return promisesMade(policy)
    .filter((one) => one.told)
    .toSorted((one, other) => rank(one) - rank(other));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a path is the item itself or a place inside it. */
export function isWithin(path: string, item: string): boolean {
  return path === item || path.startsWith(`${item}.`);
}
