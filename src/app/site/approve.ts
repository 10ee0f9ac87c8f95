/** Approving a plan, or one rule of it, by two people who saw the same lines. */
import type { Actor } from '../../access/index.ts';
import { refusals } from '../../promises/retention/phrases.ts';
import { approvePlan, readPlan } from '../../promises/retention/plan.ts';
import { validity } from '../../promises/retention/planned.ts';
import { byTwo, type TwoPeople } from './four-eyes.ts';
import type { Seat } from './seat.ts';

export async function approveByTwo(
  seat: Seat,
  actor: Actor,
  plan: string,
  rule: string | undefined,
): Promise<TwoPeople> {
  const { world } = seat;
  const found = await readPlan(world, plan);
  // Before the first one asks: a second would be refused what the first was let ask for.
  if (validity(found, world.clock(), world) === 'void') throw refusals.policyChanged(plan);
  const { lines } = found;
  const seen = lines.filter((line) => rule === undefined || line.rule === rule);
  if (rule !== undefined && seen.some((line) => line.then === 'review')) throw refusals.toReview(plan, rule);
  const what = {
    may: 'approve a plan' as const,
    subject: rule === undefined ? plan : `${plan} ${rule}`,
    about: JSON.stringify(seen),
  };
  return byTwo(seat, actor, what, async (names) => {
    await approvePlan(world, { name: names.join(' & ') }, plan, rule);
    await world.flush();
  });
}
