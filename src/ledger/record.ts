/** Recording: an entry goes into the intake inside the transaction of the deed it tells of. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../base/time.ts';
import { canonicalJson, randomSalts } from '../crypto/index.ts';
import type { Database, Tx } from '../database/index.ts';
import { eventTypes, fieldValue, minuteOf, type EventType, type FieldKind, type FieldsOf } from './events.ts';
import { commitment } from './verify/index.ts';

/** JSON values; they stay outside the tree and can be erased. */
export type Details = Readonly<Record<string, unknown>>;
/** A random UUID. */
export type EventId = string;

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
export async function record(tx: Tx, event: LedgerEvent): Promise<EventId> {
  const [id] = await recordAll(tx, [event]);
  if (id === undefined) throw new TypeError('nothing was recorded');
  return id;
}

/** Records many events in two statements; their ids in the same order. Throws TypeError before anything is written. */
export async function recordAll(tx: Tx, events: readonly LedgerEvent[]): Promise<EventId[]> {
  const salts = randomSalts(events.length);
  const made = events.map((event, i) => leafOf(event, salts[i]));
  await sql`
    insert into ledger.intake (event_id, entry)
    select * from unnest(${made.map((one) => one.id)}::uuid[], ${made.map((one) => one.entry)}::bytea[])`.execute(tx);
  const kept = made.filter((one) => one.salt !== null);
  if (kept.length > 0) {
    const [ids, salts] = [kept.map((one) => one.id), kept.map((one) => one.salt)];
    const [details, untils] = [kept.map((one) => one.details), kept.map((one) => one.until)];
    await sql`
      insert into ledger.detail (event_id, salt, details, expires_at)
      select * from unnest(${ids}::uuid[], ${salts}::bytea[], ${details}::text[], ${untils}::timestamptz[])`.execute(
      tx,
    );
  }
  return made.map((one) => one.id);
}

/** The events that have details and name one of these ids, in their entry or in their details; by the field that names it. */
export async function eventsAbout(tx: Tx, about: Readonly<Record<string, readonly string[]>>): Promise<EventId[]> {
  const { rows } = await sql<{ event_id: EventId }>`
    select distinct d.event_id
      from ledger.detail d
      left join ledger.entry e on e.event_id = d.event_id
      left join ledger.intake i on i.event_id = d.event_id
     cross join jsonb_each(${JSON.stringify(about)}::jsonb) as asked (field, ids)
     where asked.ids ? (convert_from(coalesce(e.entry, i.entry), 'UTF8')::jsonb ->> asked.field)
        or asked.ids ? (d.details::jsonb ->> asked.field)`.execute(tx);
  return rows.map((row) => row.event_id);
}

/** Erases the details of these events; how many. What the tree holds of them is 32 bytes that nothing can be tried against. */
export async function eraseDetails(tx: Tx, events: readonly EventId[]): Promise<number> {
  const done = await sql`delete from ledger.detail where event_id = any(${[...events]}::uuid[])`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** Erases details whose own term has ended; how many. For a daily job. */
export async function eraseExpiredDetails(db: Database, now: Instant): Promise<number> {
  const done = await sql`delete from ledger.detail where expires_at <= ${now.toString()}::timestamptz`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

interface Leaf {
  readonly id: EventId;
  readonly entry: Buffer;
  readonly salt: Buffer | null;
  readonly details: string | null;
  readonly until: string | null;
}

function leafOf(event: LedgerEvent, fresh: Uint8Array | undefined): Leaf {
  const at = minuteOf(event.at);
  if (at === null) throw new TypeError('the time of an event is not an instant');
  if ('personal' in event && !event.details) throw new TypeError('an event about a person has details');
  if (fresh?.length !== 32) throw new TypeError('there is no salt for this event');
  const salt = event.details ? Buffer.from(fresh) : null;
  const details = event.details ? canonicalJson(event.details) : null;
  const body = {
    v: 1,
    at,
    ...('personal' in event ? { t: 'p' } : { t: event.type, ...fieldsOf(event) }),
    ...(salt && details !== null ? { c: commitment(salt, details) } : {}),
  };
  const until = event.keepDetailsUntil?.toString() ?? null;
  return { id: randomUUID(), entry: Buffer.from(canonicalJson(body)), salt, details, until };
}

function fieldsOf(event: FactEvent): Record<string, unknown> {
  if (!Object.hasOwn(eventTypes, event.type)) throw new TypeError('no evidence of this type is declared');
  const kinds: Record<string, FieldKind> = eventTypes[event.type];
  const given: Readonly<Record<string, unknown>> = event.fields;
  if (Object.keys(given).some((name) => !Object.hasOwn(kinds, name)))
    throw new TypeError(`evidence "${event.type}" is given a field that is not declared`);
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, fieldValue(event.type, name, kind, given[name])]),
  );
}
