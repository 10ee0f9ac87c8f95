/** What every check is asked of: the policy, the systems as they were just seen, and what was answered before it. */
import { dayOf } from '../../base/time.ts';
import { lint } from '../../policy/index.ts';
import type { World } from '../world.ts';
import { checks, type Facts } from './checks/index.ts';
import { lintContextOf } from './facts.ts';
import { shownNow, type Checked, type PartFacts } from './parts.ts';

/** `seen` is read when a check asks for it: what was answered meanwhile counts. */
export async function askedOf(
  world: World,
  facts: PartFacts,
  seen: ReadonlyMap<string, Checked>,
  probes: Facts['probes'],
): Promise<Facts> {
  const now = world.clock();
  const today = dayOf(now, world.zone);
  return {
    policy: world.policy,
    book: world.book,
    lint: lint(lintContextOf(world, today)),
    today,
    systems: world.systems.systems,
    datasets: world.systems.datasets,
    probes,
    statement: await world.statement(),
    people: await world.people(),
    shown: (control) => {
      const part = shownNow(control, { ...facts, checked: seen }, now);
      return part === null ? null : part.state === 'kept';
    },
  };
}

/**
 * What was last seen, of a world with another policy than the one in force: what follows from the policy is asked of this one, now.
 * What the policy in force lacked is no reason against a draft that mends it.
 */
export async function readAsOf(world: World, facts: PartFacts): Promise<PartFacts> {
  const checked = new Map(facts.checked);
  const asked = await askedOf(world, facts, checked, []);
  for (const check of checks)
    if (check.kind === 'derived') checked.set(check.id, { ...check.run(asked), at: world.clock(), event: '' });
  return { ...facts, policy: world.policy, checked };
}
