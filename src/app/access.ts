/** Who is acting, in one home: access.yaml read, its keys opened. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, openBlocklist, openProviders, Settings, type AccessWorld } from '../access/index.ts';
import { readYaml, type Problem } from '../base/yaml.ts';
import { handleOf, loadSecret, passwordHasher, veilOf } from '../crypto/index.ts';
import type { Config } from './config.ts';
import { DeclaredWrongly, places } from './home.ts';
import type { OpenWorld } from './world.ts';

/** access.yaml of a home; without the file, what is careful. Without a site of its own it is this machine's, at our port. */
export function readSettings(home: string, port: number): { settings: Settings | null; problems: Problem[] } {
  const here = `http://localhost:${port}`;
  const file = places(home).access;
  if (!existsSync(file)) return { settings: { ...defaultSettings, site: here }, problems: [] };
  const text = readFileSync(file, 'utf8');
  const { value, problems } = readYaml({ name: file, text }, Settings);
  return { settings: value && (/^site:/m.test(text) ? value : { ...value, site: here }), problems };
}

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
