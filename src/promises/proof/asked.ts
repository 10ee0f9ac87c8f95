/** What every check is asked of: the policy, the systems as they were just seen, and what was answered before it. */
import { dayOf } from '../../base/time.ts';
import { lint } from '../../policy/index.ts';
import type { StatementSeen, World } from '../world.ts';
import { checks, type Facts } from './checks/index.ts';
import { lintContextOf } from './facts.ts';
import { shownNow, type Checked, type PartFacts } from './parts.ts';

/** What must be looked at to know it: the systems, the website, the people who have access. */
type Looked = Pick<Facts, 'probes' | 'statement' | 'people'>;

/** `seen` is read when a check asks for it: what was answered meanwhile counts. */
export function askedOf(
  world: World,
  facts: PartFacts,
  seen: ReadonlyMap<string, Checked>,
  { probes, statement, people }: Looked,
): Facts {
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
    statement,
    people,
    shown: (control) => {
      const part = shownNow(control, { ...facts, checked: seen }, now);
      return part === null ? null : part.state === 'kept';
    },
  };
}

const unseen: StatementSeen = { state: 'not-proven', n: 0, text: { nl: 'niet bekeken', en: 'not looked at' } };

/** Nothing is looked at: this is asked while someone writes. */
const nothingLookedAt: Looked = {
  probes: [],
  statement: { published: unseen, told: unseen, served: unseen, visited: unseen },
  people: { signed: unseen, twoFactors: unseen },
};

/**
 * What was last seen, of a world with another policy than the one in force: what follows from the policy alone is asked of this one,
 * now. What the policy in force lacked is no reason against a draft that mends it.
 */
export function readAsOf(world: World, facts: PartFacts): PartFacts {
  const checked = new Map(facts.checked);
  const asked = askedOf(world, facts, checked, nothingLookedAt);
  for (const check of checks)
    if (check.kind === 'derived' && !Object.hasOwn(asked.statement, check.id))
      checked.set(check.id, { ...check.run(asked), at: world.clock(), event: '' });
  return { ...facts, policy: world.policy, checked };
}
