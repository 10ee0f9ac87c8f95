/**
 * What needs two people: the first asks, the second sees the same and gives it, and only then it is done. Both are named in the
 * sealed details; one person with two accounts is one person.
 */
import {
  askSecondLook,
  giveSecondLook,
  listSecondLooks,
  type Actor,
  type Permission,
  type SecondLook,
} from '../../access/index.ts';
import { takeSecondLook } from '../../access/second-look.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { readPlan } from '../../promises/retention/plan.ts';
import { validity } from '../../promises/retention/planned.ts';
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

/** What waits for a second person and can still be done: a plan that is void or over waits for nobody. */
export async function stillAsked({ access, world }: Seat): Promise<SecondLook[]> {
  const looks = await listSecondLooks(access);
  const could = await Promise.all(
    looks.map(async ({ deed, subject }) => {
      if (deed !== 'approve a plan') return true;
      const plan = await readPlan(world, subject.split(' ')[0] ?? '').catch(() => null);
      return plan === null || validity(plan, world.clock(), world) === 'yes';
    }),
  );
  return looks.filter((_, i) => could[i]);
}

/** Who asked, per subject, and is still waited for. */
export async function askedBy(seat: Seat, may: Permission): Promise<ReadonlyMap<string, string>> {
  const looks = await listSecondLooks(seat.access);
  return new Map(looks.filter((one) => one.deed === may).map((one) => [one.subject, one.askedBy]));
}
