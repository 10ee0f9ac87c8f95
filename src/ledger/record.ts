/** Recording: an entry goes into the intake inside the transaction of the deed it tells of. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { toMinute, type Instant } from '../base/time.ts';
import { canonicalJson, randomSalt } from '../crypto/index.ts';
import type { Tx } from '../database/index.ts';
import { checkField, eventTypes, type EventType, type FieldKind, type FieldsOf } from './events.ts';
import { commitment } from './verify/index.ts';

export type Details = Readonly<Record<string, unknown>>;

/** A fact about systems: declared fields in clear, details (if any) under a salted commitment. */
export type FactEvent = {
  [T in EventType]: {
    readonly type: T;
    readonly at: Instant;
    readonly fields: FieldsOf<T>;
    readonly details?: Details;
    readonly keepDetailsUntil?: Instant;
  };
}[EventType];

/** Anything about one person: the leaf tells that something was recorded then, and nothing else. */
export interface PersonalEvent {
  readonly personal: true;
  readonly at: Instant;
  readonly details: Details;
  readonly keepDetailsUntil?: Instant;
}

export type LedgerEvent = FactEvent | PersonalEvent;

/** Records one event; its id. It is evidence once the transaction commits and the sequencer has signed. */
export async function record(tx: Tx, event: LedgerEvent): Promise<string> {
  const [id] = await recordAll(tx, [event]);
  if (id === undefined) throw new TypeError('nothing was recorded');
  return id;
}

/** Records many events in two statements. */
export async function recordAll(tx: Tx, events: readonly LedgerEvent[]): Promise<string[]> {
  const made = events.map(leaf);
  await sql`
    insert into ledger.intake (event_id, entry)
    select * from unnest(${made.map((one) => one.id)}::uuid[], ${made.map((one) => Buffer.from(one.entry))}::bytea[])`.execute(
    tx,
  );
  const detailed = made.filter((one) => one.salt !== null);
  if (detailed.length > 0) {
    await sql`
      insert into ledger.detail (event_id, salt, details, expires_at)
      select * from unnest(${detailed.map((one) => one.id)}::uuid[], ${detailed.map((one) => one.salt)}::bytea[],
                           ${detailed.map((one) => one.details)}::text[], ${detailed.map((one) => one.until)}::timestamptz[])`.execute(
      tx,
    );
  }
  return made.map((one) => one.id);
}

interface Leaf {
  readonly id: string;
  readonly entry: string;
  readonly salt: Buffer | null;
  readonly details: string | null;
  readonly until: string | null;
}

function leaf(event: LedgerEvent): Leaf {
  const salt = event.details ? Buffer.from(randomSalt()) : null;
  const details = event.details ? canonicalJson(event.details) : null;
  const c = salt && details !== null ? { c: commitment(salt, details) } : {};
  const body =
    'personal' in event
      ? { v: 1, t: 'p', at: toMinute(event.at), ...c }
      : { v: 1, t: event.type, at: toMinute(event.at), ...fieldsOf(event), ...c };
  return {
    id: randomUUID(),
    entry: canonicalJson(body),
    salt,
    details,
    until: event.keepDetailsUntil?.toString() ?? null,
  };
}

function fieldsOf(event: FactEvent): Record<string, unknown> {
  const kinds: Record<string, FieldKind> = eventTypes[event.type];
  const given: Readonly<Record<string, unknown>> = event.fields;
  for (const name of Object.keys(given)) {
    if (!(name in kinds)) throw new TypeError(`evidence "${event.type}" has no field of this name`);
  }
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const value = given[name];
      checkField(event.type, name, kind, value);
      return [name, kind === 'time' ? toMinute(value as Instant) : value];
    }),
  );
}
