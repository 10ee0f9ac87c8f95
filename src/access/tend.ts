/** What a day does to access: what has ended goes, failures become counts in the evidence, a review that is due is opened. */
import { sql } from 'kysely';
import type { Tx } from '../database/index.ts';
import { disableWithin, listAccounts } from './accounts.ts';
import { recordFailures } from './audit.ts';
import { isPast } from './model.ts';
import { forgetNotices } from './notices.ts';
import { openReview, reviewState } from './reviews.ts';
import type { AccessWorld } from './world.ts';

export interface Tended {
  /** Accounts whose last day was over. */
  readonly ended: number;
  readonly failures: number;
  readonly reviewOverdue: boolean;
}

/** Daily; twice in a day changes nothing more. */
export async function tendAccess(world: AccessWorld): Promise<Tended> {
  const now = world.clock();
  const over = (await listAccounts(world.db)).filter((one) => one.state !== 'disabled' && isPast(one, now));
  await world.db.transaction().execute(async (tx) => {
    for (const account of over) await disableWithin(tx, world, account, 'its last day');
    const idle = now.subtract({ minutes: world.settings.sessions.idleMinutes }).toString();
    await sql`delete from access.session where ends <= ${now.toString()} or seen <= ${idle}`.execute(tx);
    await sql`delete from access.flow where expires <= ${now.toString()}`.execute(tx);
    await sql`delete from access.invitation where expires <= ${now.toString()}`.execute(tx);
    await sql`delete from access.attempt where last <= ${now.subtract({ hours: 25 }).toString()} and until <= ${now.toString()}`.execute(
      tx,
    );
    await sql`delete from access.device where seen <= ${now.subtract({ hours: 24 * 180 }).toString()}`.execute(tx);
    await sql`delete from access.second_look where done is null and expires <= ${now.toString()}`.execute(tx);
    await forgetNotices(tx, world);
    await forgetLeavers(tx, world);
  });
  const failures = await recordFailures(world);
  const state = await reviewState(world);
  if (state.overdue && state.open === null) await openReview(world);
  return { ended: over.length, failures, reviewOverdue: state.overdue };
}

/** Whoever left is forgotten here when the details of their sign-ins are: what they did stays in the evidence, without a name; under what they decided the name has a term of its own (names.ts of publication and proof). */
async function forgetLeavers(tx: Tx, world: AccessWorld): Promise<void> {
  const before = world
    .clock()
    .subtract({ hours: 24 * world.settings.keepSignInsDays })
    .toString();
  await sql`delete from access.second_look where done <= ${before}`.execute(tx);
  // A key of the DPO's box is taken out by a DPO first.
  await sql`
    delete from access.account a
     where ended <= ${before} and not exists (select from access.dpo_key k where k.account = a.id)`.execute(tx);
  await sql`
    delete from access.person p
     where not exists (select from access.account a where a.person = p.id)
       and not exists (select from access.second_look l where p.id in (l.asked_by, l.seen_by))`.execute(tx);
}
