/**
 * What needs two people: the first asks, the second sees the same and gives it, and only then it is done. Both are named in the
 * sealed details; one person with two accounts is one person.
 */
import { askSecondLook, giveSecondLook, listSecondLooks, type Actor, type Permission } from '../../access/index.ts';
import { takeSecondLook } from '../../access/second-look.ts';
import { sha256Hex } from '../../crypto/index.ts';
import type { Seat } from './seat.ts';

export type TwoPeople = { readonly is: 'asked' } | { readonly is: 'done' };

/**
 * `about` is what both must have seen, in words that change when it changes. `deed` is carried out when the second person
 * agreed; it is given the names of both.
 */
export async function byTwo(
  seat: Seat,
  actor: Actor,
  what: { readonly may: Permission; readonly subject: string; readonly about: string },
  deed: (names: readonly [string, string]) => Promise<void>,
): Promise<TwoPeople> {
  const asked = { deed: what.may, subject: what.subject, digest: sha256Hex(what.about) };
  const waiting = (await listSecondLooks(seat.access)).find(
    (one) => one.deed === asked.deed && one.subject === asked.subject && one.digest === asked.digest,
  );
  if (!waiting || waiting.askedBy === actor.name) {
    await askSecondLook(seat.access, actor, asked);
    return { is: 'asked' };
  }
  await giveSecondLook(seat.access, actor, waiting.id, asked.digest);
  const { first, second } = await seat.world.db.transaction().execute((tx) => takeSecondLook(tx, seat.access, asked));
  await deed([first, second]);
  return { is: 'done' };
}

/** Who asked, per subject, and is still waited for. */
export async function askedBy(seat: Seat, may: Permission): Promise<ReadonlyMap<string, string>> {
  const looks = await listSecondLooks(seat.access);
  return new Map(looks.filter((one) => one.deed === may).map((one) => [one.subject, one.askedBy]));
}
