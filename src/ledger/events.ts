/**
 * What may stand in a leaf about systems (class A). A field is an id that the organisation itself declared, a random id, a
 * count, a time to the minute, a hash, a level or a state: there is no kind for free text, so no name, number or path gets in.
 * A new kind of event is one line here. What is about one person goes as `personal: true` and shows nothing but its time.
 */
import { toMinute, type Instant } from '../base/time.ts';

export type FieldKind = 'id' | 'opaque' | 'count' | 'time' | 'hash' | 'level' | 'state';

const deed = { run: 'opaque', rule: 'id', sys: 'id', ds: 'id' } as const;

export const eventTypes = {
  'policy.adopted': { hash: 'hash' },
  'estate.adopted': { hash: 'hash', systems: 'count' },
  'plan.frozen': { plan: 'opaque', policy: 'hash', estate: 'hash', due: 'count', held: 'count', retained: 'count' },
  'plan.approved': { plan: 'opaque', rules: 'count' },
  // What a person decided of a rule that asks for one each time. Who and why stands in sealed details.
  'review.erase': { plan: 'opaque', rule: 'id', due: 'count' },
  'review.kept': { plan: 'opaque', rule: 'id', due: 'count', until: 'time' },
  'review.withdrawn': { plan: 'opaque', rule: 'id' },
  'run.intended': { ...deed, plan: 'opaque', cut: 'time', due: 'count' },
  'batch.intended': { ...deed, step: 'count', batch: 'count', due: 'count' },
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
  // A batch was cut off and its source can tell no more whether it became final: at most so many items.
  'batch.unseen': { ...deed, step: 'count', batch: 'count', n: 'count' },
  'verify.done': { ...deed, left: 'count', orphans: 'count', level: 'level' },
  'run.finished': { run: 'opaque', state: 'state', n: 'count', absent: 'count', held: 'count', failed: 'count' },
  'measure.taken': {
    rule: 'id',
    sys: 'id',
    ds: 'id',
    n: 'count',
    held: 'count',
    retained: 'count',
    decided: 'count',
    undated: 'count',
    counted: 'count',
  },
  'check.done': { check: 'id', ok: 'count', n: 'count' },
  'promise.changed': { promise: 'id', from: 'state', to: 'state' },
  // Of holds on systems (a camera, an interval). A hold on a person is `personal`: its id would tie the leaves of a case.
  'hold.placed': { hold: 'opaque' },
  'hold.release-asked': { hold: 'opaque' },
  'hold.released': { hold: 'opaque' },
  'hold.review-overdue': { hold: 'opaque' },
  // A person's word about a control. Who gave it is a leaf of its own that shows nothing but its time.
  'declaration.signed': { declaration: 'opaque', control: 'id', until: 'time' },
  'declaration.attached': { declaration: 'opaque', file: 'hash', bytes: 'count' },
  'declaration.withdrawn': { declaration: 'opaque' },
  // A document that the policy names was taken in. Its name and who did it stand in a leaf that shows nothing.
  'document.kept': { file: 'hash', bytes: 'count' },
  'task.signed-off': { task: 'opaque', sys: 'id', ds: 'id' },
  // Of sign-in: counts, and hashes of texts and public keys. Who signed in or changed what is about a person.
  'access.refused': { kind: 'id', n: 'count' },
  'access.reviewed': { review: 'opaque', kept: 'count', ended: 'count' },
  'declaration.adopted': { hash: 'hash' },
  'dpo-key.changed': { key: 'hash', keys: 'count' },
  // Of a version of the statement: its hash stands for every byte of it. Who acted stands in sealed details.
  'statement.drafted': { version: 'opaque', hash: 'hash', policy: 'hash', files: 'count' },
  'statement.reviewed': { version: 'opaque' },
  'statement.approved': { version: 'opaque', hash: 'hash' },
  'statement.published': { version: 'opaque', hash: 'hash', from: 'time', notices: 'count', unproven: 'count' },
  'statement.withdrawn': { version: 'opaque' },
  'statement.overridden': { rule: 'id', until: 'time' },
  'statement.told': { version: 'opaque', changes: 'count' },
  'statement.seen-elsewhere': { hash: 'hash' },
  // What takes two people, done by one who has the machine: everyone may see that it was.
  'operator.alone': { deed: 'id' },
  // Names of who acted on statements whose term ended, and their details here.
  'statement.names-ended': { n: 'count' },
  // The same of plans, holds and tasks.
  'decision.names-ended': { n: 'count' },
  'restore.detected': { had: 'count', published: 'count' },
  'ledger.opened': { shard: 'count' },
} as const satisfies Record<string, Record<string, FieldKind>>;

export type EventType = keyof typeof eventTypes;

type ValueOf<K> = K extends 'count' ? number : K extends 'time' ? Instant : string;
export type FieldsOf<T extends EventType> = {
  readonly [F in keyof (typeof eventTypes)[T]]: ValueOf<(typeof eventTypes)[T][F]>;
};

const declared = /^[A-Za-z0-9][a-z0-9-]{0,63}$/;
/** A run of digits this long could be a telephone number or a BSN; a year, a date with hyphens and a port are shorter. */
const numberLike = /\d{7}/;
/** A short word and at least 50 random bits in base 32, as base/id.ts makes them: digits in a row are chance. */
const random = /^[a-z]{1,8}-[0-9a-hjkmnp-tv-z]{10,26}$/;
const minute = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\dZ$/;

const isId = (text: string): boolean => declared.test(text) && !numberLike.test(text);

const texts: Record<Exclude<FieldKind, 'count' | 'time'>, (text: string) => boolean> = {
  id: isId,
  opaque: (text) => random.test(text) || isId(text),
  hash: (text) => /^[0-9a-f]{64}$/.test(text),
  level: (text) => /^V[0-4]$/.test(text),
  state: (text) => /^(complete|partial|stopped|running|kept|at-risk|broken|not-proven|none)$/.test(text),
};

/** The value as it stands in the leaf. Throws TypeError, without the value, when it is not of its kind. */
export function fieldValue(type: string, name: string, kind: FieldKind, value: unknown): string | number {
  if (kind === 'count') {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  } else if (kind === 'time') {
    const text = minuteOf(value);
    if (text !== null) return text;
  } else if (typeof value === 'string' && texts[kind](value)) {
    return value;
  }
  throw new TypeError(`field "${name}" of evidence "${type}" is not of kind ${kind}`);
}

/** UTC to the minute; `null` for anything that does not print as such, whatever it says of itself. */
export function minuteOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const text: unknown = toMinute(value as Instant);
  return typeof text === 'string' && minute.test(text) ? text : null;
}
