/** Places in a policy: what a sentence of the statement came from, and the items that make a promise. */
import type { Policy } from '../../../policy/index.ts';

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

export interface Promised {
  /** Place of the item in the policy. */
  readonly path: string;
  readonly promise: string;
}

/** Sections in the order in which they say what is promised: the deed before the purpose, the purpose before the data. */
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

/**
 * Every item that makes a promise and belongs in the statement, deeds first. That the organisation names itself is a
 * promise too (P01). A recipient of which the policy says that the statement leaves it out is not among them.
 */
export function promised(policy: Policy): Promised[] {
  return deedsFirst.flatMap((section) =>
    section === 'organisation' ? [{ path: section, promise: 'P01' }] : within(policy[section], section),
  );
}

function within(value: unknown, path: string): Promised[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown, i) => within(one, `${path}.${isRecord(one) ? (idOf(one) ?? i) : i}`));
  if (!isRecord(value) || value['inStatement'] === false) return [];
  const promise = value['promise'];
  return [
    ...(typeof promise === 'string' ? [{ path, promise }] : []),
    ...Object.entries(value).flatMap(([key, inner]) => within(inner, `${path}.${key}`)),
  ];
}

function idOf(item: Record<string, unknown>): string | undefined {
  return typeof item['id'] === 'string' ? item['id'] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a path is the item itself or a place inside it. */
export function isWithin(path: string, item: string): boolean {
  return path === item || path.startsWith(`${item}.`);
}
