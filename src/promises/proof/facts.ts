/** What was last seen, read together: the board, the page of the statement and the linter judge by the same. */
import { estateSummary } from '../../estate/index.ts';
import type { LintContext } from '../../policy/index.ts';
import { lostAttachments, listDeclarations } from '../assurance/service.ts';
import type { Hold } from '../holds/model.ts';
import { holdsNow } from '../holds/service.ts';
import { protectingHolds } from '../holds/store.ts';
import { newestPlan } from '../retention/plan.ts';
import { waitingReviews } from '../retention/review.ts';
import { erasuresToCarryOut, readKeeps } from '../retention/review-store.ts';
import type { World } from '../world.ts';
import type { PartFacts } from './parts.ts';
import type { Asked } from './retention.ts';
import * as store from './store.ts';

export async function readFacts(world: World): Promise<PartFacts> {
  const now = world.clock();
  const holds = await protectingHolds(world.db);
  return {
    policy: world.policy,
    datasets: world.systems.datasets,
    absent: world.systems.absent,
    measures: await store.lastMeasures(world.db, now),
    tasks: await store.tasksSeen(world.db),
    keeps: await readKeeps(world.db),
    overdueSince: await store.overdueSince(world.db, reviewRules(world), now),
    asked: await askedOf(world),
    checked: await store.lastChecks(world.db, now),
    declarations: await listDeclarations(world),
    lost: await lostAttachments(world),
    holdsToReview: holds.filter((hold) => hold.reviewDue.epochMilliseconds <= now.epochMilliseconds).length,
    holdsUnsafe: await unsafe(world, holds),
    since: await store.inForceSince(world.db, now),
    zone: world.zone,
  };
}

/** Holds that are not safe, by what is wrong; a hold may be more than one. */
async function unsafe(world: World, holds: readonly Hold[]): Promise<PartFacts['holdsUnsafe']> {
  const found = { 'host-deletes': 0, unreachable: 0, disconnected: 0, incomplete: 0 };
  for (const { hold, achieved, incomplete } of await holdsNow(world, holds)) {
    if (incomplete.some(({ ours }) => ours > 0)) found.incomplete += 1;
    if (hold.state !== 'error') continue;
    const risks = new Set(achieved.flatMap(({ risk }) => (risk === null ? [] : [risk])));
    if (risks.has('unreachable')) found.unreachable += 1;
    if (risks.has('disconnected')) found.disconnected += 1;
    // Whatever else it is, the system does not keep it by itself.
    if (risks.size === 0 || [...risks].some((risk) => risk !== 'unreachable' && risk !== 'disconnected'))
      found['host-deletes'] += 1;
  }
  return found;
}

const reviewRules = ({ policy }: World): string[] =>
  policy.retention.filter((rule) => rule.then === 'review').map((rule) => rule.id);

/** Where the rules that ask for a person stand in the newest plan that can be decided; none where no rule asks. */
async function askedOf(world: World): Promise<Map<string, Asked>> {
  if (reviewRules(world).length === 0) return new Map();
  const last = await newestPlan(world);
  if (!last) return new Map();
  const asked = new Map<string, Asked>();
  for (const { rule } of await waitingReviews(world, last.id)) asked.set(rule, { plan: last.id, erase: false });
  for (const [rule, plan] of await erasuresToCarryOut(world.db, world.clock())) asked.set(rule, { plan, erase: true });
  return asked;
}

/** What the linter is told of the policy in force; living facts come on top for who asks for them. */
export function lintContextOf(world: World, at: string): LintContext {
  const { policy, parsed, book, has, systems } = world;
  return { policy, parsed, book, at, has, estate: estateSummary(systems) };
}
