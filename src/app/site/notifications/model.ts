/** A notification of the console: something that is so now and asks this person for a deed, with the place where it is done. */
import type { Actor, Permission } from '../../../access/index.ts';
import type { Text } from '../../../base/language.ts';
import { addDays, dayOf, type Instant } from '../../../base/time.ts';

export type NotificationKind = 'broken' | 'deadline' | 'waiting' | 'account';

export interface Notification {
  /** Names the fact and its date: the same for as long as nothing changes, another when it does. */
  readonly key: string;
  readonly kind: NotificationKind;
  readonly text: Text;
  /** Day by which, or moment since when; null where there is none. */
  readonly at: { readonly by: string } | { readonly since: string } | null;
  readonly late: boolean;
  readonly href: string;
}

/** For whom: who may do what it asks for, and is not the one whom another must follow. */
export interface Addressed extends Notification {
  readonly may: Permission | 'self';
  readonly not?: (actor: Actor) => boolean;
}

export interface Now {
  readonly now: Instant;
  readonly zone: string;
}

/** A deadline at an instant, told from so many days before it; none when it is further off. */
export function byThen(at: Instant, { now, zone }: Now, days: number): Pick<Notification, 'at' | 'late'> | null {
  if (at.epochMilliseconds > now.add({ hours: 24 * days }).epochMilliseconds) return null;
  return { at: { by: dayOf(at, zone) }, late: at.epochMilliseconds <= now.epochMilliseconds };
}

/** A deadline that is a last day. */
export function byDay(day: string, { now, zone }: Now, days: number): Pick<Notification, 'at' | 'late'> | null {
  const today = dayOf(now, zone);
  if (day > addDays(today, days)) return null;
  return { at: { by: day }, late: day < today };
}
