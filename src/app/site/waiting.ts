/** What waits for someone, counted per section: shown beside its name in the navigation. */
import type { Actor } from '../../access/index.ts';
import { listHolds } from '../../promises/holds/service.ts';
import { listTasks } from '../../promises/proof/store.ts';
import { newestPlan, waitingRules } from '../../promises/retention/plan.ts';
import { waitingReviews } from '../../promises/retention/review.ts';
import { stillAsked } from './four-eyes.ts';
import type { Seat } from './seat.ts';

export async function waitingFor(seat: Seat, actor: Actor): Promise<Readonly<Record<string, number>>> {
  const { world } = seat;
  const now = world.clock();
  const looks = (await stillAsked(seat)).filter((one) => one.askedBy !== actor.name);
  // The newest counts: it takes the place of those before it.
  const last = await newestPlan(world);
  const plans = last ? [...(await waitingRules(world, last.id)), ...(await waitingReviews(world, last.id))] : [];
  const tasks = (await listTasks(world.db)).filter((task) => task.state === 'open');
  const holds = (await listHolds(world)).filter(
    ({ hold }) => hold.state !== 'released' && hold.reviewDue.epochMilliseconds <= now.epochMilliseconds,
  );
  return {
    '/plans': Math.max(looks.filter((one) => one.deed === 'approve a plan').length, plans.length > 0 ? 1 : 0),
    '/tasks': tasks.length,
    '/holds': holds.length + looks.filter((one) => one.deed === 'release a hold').length,
    '/publication': looks.filter((one) => one.deed === 'publish a statement' || one.deed === 'override a finding')
      .length,
  };
}
