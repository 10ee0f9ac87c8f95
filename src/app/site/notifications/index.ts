/** The notifications of one person: what they may act on, unread first, and what they have seen. */
import { sql } from 'kysely';
import { can, type Actor } from '../../../access/index.ts';
import type { Seat } from '../seat.ts';
import { sources } from './gather.ts';
import type { Addressed, Notification } from './model.ts';

export interface Told extends Notification {
  readonly read: boolean;
}

const kinds = ['broken', 'deadline', 'waiting', 'account'] as const;

/**
 * What asks for a deed first: late before what is due, due before what has no day. `scope` is what a token may: it is told of
 * nothing else, and not of its maker's own account.
 */
export async function notificationsOf(
  seat: Seat,
  actor: Actor,
  scope: readonly string[] | null = null,
): Promise<Told[]> {
  if (actor.stage !== 'full') return [];
  const { db, clock, zone } = seat.world;
  const when = { now: clock(), zone };
  const all = (await Promise.all(sources.map((source) => source(seat, actor, when)))).flat();
  const { rows } = await sql<{ key: string }>`
    select key from site.notification_read where person = ${actor.person}`.execute(db);
  const seen = new Set(rows.map((row) => row.key));
  return all
    .filter((one) => isFor(actor, one) && (scope === null || scope.includes(one.may)))
    .map(({ key, kind, text, at, late, href }) => ({ key, kind, text, at, late, href, read: seen.has(key) }))
    .toSorted((a, b) => Number(a.read) - Number(b.read) || Number(b.late) - Number(a.late) || order(a) - order(b));
}

function isFor(actor: Actor, one: Addressed): boolean {
  if (one.not?.(actor) === true) return false;
  return one.may === 'self' || can(actor, one.may);
}

const order = (one: Notification): number => kinds.indexOf(one.kind);

/** Marks as seen what this person is told now; anything else is not a key of theirs. How many. */
export async function markRead(
  seat: Seat,
  actor: Actor,
  keys: readonly string[] | 'all',
  scope: readonly string[] | null = null,
): Promise<number> {
  const now = (await notificationsOf(seat, actor, scope)).filter((one) => keys === 'all' || keys.includes(one.key));
  const { db, clock } = seat.world;
  for (const { key } of now)
    await sql`
      insert into site.notification_read (person, key, at) values (${actor.person}, ${key}, ${clock().toString()})
      on conflict do nothing`.execute(db);
  return now.length;
}

export async function markUnread(seat: Seat, actor: Actor, key: string): Promise<void> {
  await sql`delete from site.notification_read where person = ${actor.person} and key = ${key}`.execute(seat.world.db);
}

/** Daily: a fact of more than a year ago does not come back under its key. */
export async function forgetRead({ world }: Pick<Seat, 'world'>): Promise<void> {
  const before = world
    .clock()
    .subtract({ hours: 24 * 400 })
    .toString();
  await sql`delete from site.notification_read where at < ${before}`.execute(world.db);
}
