/** Where a batch took place: a stretch of the clock or of the key, so that its rows are looked for there and not in the whole table. */
import { sql, type RawBuilder } from 'kysely';
import { ConnectorFault, type Key } from '../kit/index.ts';
import { usable, type Hand } from './clock.ts';
import { typed } from './deed.ts';
import { beyond, type Opened } from './table.ts';

export type Range =
  | { readonly clock: string; readonly from: string | null; readonly to: string | null }
  | { readonly after: Key | null; readonly upTo: Key };

/** Rows whose clock shows a time from `from` on and before `to`. */
export function alongClock(hand: Hand, from: string | null, to: string | null): RawBuilder<unknown> {
  const start = from === null ? usable(hand) : sql`${hand.ref} >= ${typed(hand, from)}`;
  return to === null ? start : sql`${start} and ${hand.ref} < ${typed(hand, to)}`;
}

/** Rows that come after one key, up to and with another. */
export function alongKey(opened: Opened, after: Key | null, upTo: Key): RawBuilder<unknown> {
  const end = sql`(${beyond(opened, upTo)} is not true)`;
  return after === null ? end : sql`${beyond(opened, after)} and ${end}`;
}

/**
 * Where a page that begins after `from.key` counts what is kept: each page its own stretch of keys, so that a hold that was placed
 * during the run counts too, and after slices only what they had not come to.
 */
export function stretch(
  opened: Opened,
  from: { readonly key?: Key; readonly slice?: string },
  next: Key | null,
  clock: string | null,
): RawBuilder<unknown> {
  const after = from.key ?? null;
  const upTo = next === null ? null : alongKey(opened, after, next);
  const keys = upTo ?? (after === null ? sql`(1 = 1)` : beyond(opened, after));
  const [hand] = from.slice === undefined || clock === null ? [] : opened.hands(clock);
  return hand && from.slice !== undefined ? sql`${keys} and ${alongClock(hand, from.slice, null)}` : keys;
}

/** Rows within these ends. */
export function bounds(opened: Opened, range: Range): RawBuilder<unknown> {
  if ('upTo' in range) return alongKey(opened, range.after, range.upTo);
  const [hand] = opened.hands(range.clock);
  if (!hand)
    throw new ConnectorFault('surprise', 'the clock of a batch is not known any more', {
      retry: false,
      nl: 'de klok van een partij is niet meer bekend',
    });
  return alongClock(hand, range.from, range.to);
}
