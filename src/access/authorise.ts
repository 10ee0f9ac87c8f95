/** What a route asks before it does anything: somebody is there, they may, and what cannot be undone was just confirmed. */
import { countFailure } from './audit.ts';
import type { Actor } from './model.ts';
import { can, requireStepUp, type About, type Permission } from './permissions.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

/** The actor, or the refusal to answer with: "sign-in-needed", "not-there" or "step-up-needed". Denials are counted. */
export async function authorise(
  world: AccessWorld,
  actor: Actor | null,
  permission: Permission,
  about: About = {},
): Promise<Actor> {
  if (actor === null) throw refusals.signInNeeded();
  if (!can(actor, permission, about)) {
    await countFailure(world, 'denied');
    throw refusals.notThere();
  }
  const withinMinutes = world.settings.sessions.stepUpMinutes;
  requireStepUp(actor, permission, { now: world.clock(), withinMinutes });
  return actor;
}
