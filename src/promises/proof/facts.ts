/** What was last seen, read together: the board, the page of the statement and the linter judge by the same. */
import { estateSummary } from '../../estate/index.ts';
import type { LintContext } from '../../policy/index.ts';
import { lostAttachments, listDeclarations } from '../assurance/service.ts';
import { protectingHolds } from '../holds/store.ts';
import type { World } from '../world.ts';
import type { PartFacts } from './parts.ts';
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
    checked: await store.lastChecks(world.db, now),
    declarations: await listDeclarations(world),
    lost: await lostAttachments(world),
    holdsToReview: holds.filter((hold) => hold.reviewDue.epochMilliseconds <= now.epochMilliseconds).length,
    holdsUnsafe: holds.filter((hold) => hold.state === 'error').length,
    since: await store.inForceSince(world.db, now),
    zone: world.zone,
  };
}

/** What the linter is told of the policy in force; living facts come on top for who asks for them. */
export function lintContextOf(world: World, at: string): LintContext {
  const { policy, parsed, book, has, systems } = world;
  return { policy, parsed, book, at, has, estate: estateSummary(systems) };
}
