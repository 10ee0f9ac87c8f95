/** Who is acting, in one home: access.yaml read, its keys opened. */
import { join } from 'node:path';
import { openBlocklist, openProviders, type AccessWorld } from '../access/index.ts';
import { handleOf, loadSecret, passwordHasher, veilOf } from '../crypto/index.ts';
import type { Config } from './config.ts';
import { DeclaredWrongly, places } from './home.ts';
import { readSettings } from './settings.ts';
import type { OpenWorld } from './world.ts';

export function openAccess(world: OpenWorld, config: Config): AccessWorld {
  const { settings, problems } = readSettings(world.home, config.port);
  if (settings === null) throw new DeclaredWrongly(problems);
  // A key of its own: whoever opens what people sign in with need not open anything else.
  const secret = loadSecret(join(places(world.home).keys, 'access.key'));
  return {
    db: world.db,
    clock: world.clock,
    zone: world.zone,
    log: world.log,
    settings,
    organisation: world.policy.organisation.name,
    hasher: passwordHasher(),
    blocklist: openBlocklist(),
    veil: veilOf(secret),
    mark: (...parts) => handleOf(secret, ...parts),
    providers: openProviders(settings, ({ secret: ref }) =>
      ref === undefined ? null : config.secret(ref, world.home),
    ),
  };
}
