/**
 * What may stand in a leaf about systems (class A). A field is an id that the organisation itself declared, a count, a time to
 * the minute, a hash, a level or a state: there is no kind for free text, so no name, number or path can get in.
 */
export type FieldKind = 'id' | 'count' | 'time' | 'hash' | 'level' | 'state';

const deed = { run: 'id', rule: 'id', sys: 'id', ds: 'id' } as const;

export const eventTypes = {
  'policy.adopted': { hash: 'hash' },
  'estate.adopted': { hash: 'hash', systems: 'count' },
  'plan.frozen': { plan: 'id', policy: 'hash', estate: 'hash', due: 'count', held: 'count', retained: 'count' },
  'plan.approved': { plan: 'id', rules: 'count' },
  'run.intended': { ...deed, plan: 'id', cut: 'time', due: 'count' },
  'batch.receipt': {
    ...deed,
    step: 'count',
    batch: 'count',
    n: 'count',
    absent: 'count',
    held: 'count',
    retained: 'count',
    failed: 'count',
    partial: 'count',
    level: 'level',
    recovered: 'count',
  },
  'verify.done': { ...deed, left: 'count', orphans: 'count', level: 'level' },
  'run.finished': { run: 'id', state: 'state', n: 'count', absent: 'count', held: 'count', failed: 'count' },
  'measure.taken': {
    rule: 'id',
    sys: 'id',
    ds: 'id',
    n: 'count',
    held: 'count',
    retained: 'count',
    undated: 'count',
    counted: 'count',
  },
  'check.done': { check: 'id', ok: 'count', n: 'count' },
  'promise.changed': { promise: 'id', from: 'state', to: 'state' },
  'ledger.opened': { shard: 'count' },
} as const satisfies Record<string, Record<string, FieldKind>>;

export type EventType = keyof typeof eventTypes;

type ValueOf<K> = K extends 'count' ? number : K extends 'time' ? { toString(options?: object): string } : string;
export type FieldsOf<T extends EventType> = {
  readonly [F in keyof (typeof eventTypes)[T]]: ValueOf<(typeof eventTypes)[T][F]>;
};

const forms: Record<Exclude<FieldKind, 'count' | 'time'>, RegExp> = {
  id: /^[A-Za-z0-9][a-z0-9-]{0,63}$/,
  hash: /^[0-9a-f]{64}$/,
  level: /^V[0-4]$/,
  state: /^(complete|partial|stopped|running|kept|at-risk|broken|not-proven|none)$/,
};

/** Throws TypeError, without the value, when a field is not of its kind: nothing undeclared reaches a leaf. */
export function checkField(type: string, name: string, kind: FieldKind, value: unknown): void {
  const ok =
    kind === 'count'
      ? Number.isSafeInteger(value)
      : kind === 'time'
        ? typeof value === 'object' && value !== null
        : typeof value === 'string' && forms[kind].test(value);
  if (!ok) throw new TypeError(`field "${name}" of evidence "${type}" is not of kind ${kind}`);
}
