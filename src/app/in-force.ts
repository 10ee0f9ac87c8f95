/**
 * How another policy comes into force. First it is said, then it is done: only the version that is the statement today, drafted
 * and reviewed by one and approved by another, can take the place of policy.yaml. The home must open with it; the file is
 * written beside and moved in one step, and what was there is kept. What runs changes when the home is opened again, and
 * the ledger then tells that another policy was adopted.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../base/time.ts';
import type { Text } from '../base/language.ts';
import { problemsText } from '../base/yaml.ts';
import { sha256Hex } from '../crypto/index.ts';
import { current } from '../promises/publication/versions/model.ts';
import { listVersions } from '../promises/publication/versions/overview.ts';
import { find, policyOf, today, type Stored } from '../promises/publication/versions/publishing.ts';
import { Refusal } from '../promises/world.ts';
import { writeWhole } from './files.ts';
import { checkHome, places } from './home.ts';
import { publicationOf } from './publication.ts';
import type { OpenWorld } from './world.ts';

export const refusals = {
  notTheStatement: (label: string) =>
    new Refusal('policy-not-published', {
      nl: `Versie ${label} is vandaag niet de verklaring. Alleen wat gepubliceerd is en geldt, kan in werking treden.`,
      en: `Version ${label} is not the statement today. Only what is published and applies can come into force.`,
    }),
  doesNotOpen: (problems: Text) =>
    new Refusal('policy-does-not-fit', {
      nl: `Met dit beleid gaat deze installatie niet open, dus er is niets veranderd:\n${problems.nl}`,
      en: `This installation does not open with this policy, so nothing was changed:\n${problems.en}`,
    }),
};

export interface InForce {
  /** policy.yaml is no longer what this process runs: it was changed, here or by hand. */
  readonly waits: boolean;
}

/** What stands on disk against what runs. */
export function inForce(world: OpenWorld): InForce {
  const file = places(world.home).policy;
  return { waits: !existsSync(file) || readFileSync(file, 'utf8') !== world.declared.text.policy };
}

/** Puts the policy of the statement of today in the place of policy.yaml. */
export async function putInForce(world: OpenWorld, asked: string): Promise<Stored> {
  const desk = publicationOf(world);
  const versions = (await listVersions(desk)).map((one) => one.version);
  const version = find(versions, asked, today(desk));
  if (current(versions, today(desk))?.id !== version.id) throw refusals.notTheStatement(version.label);
  const { text } = policyOf(desk, version);
  mustOpen(world, text);
  const { policy, earlier } = places(world.home);
  mkdirSync(earlier, { recursive: true, mode: 0o700 });
  const before = readFileSync(policy, 'utf8');
  writeWhole(join(earlier, `policy-${sha256Hex(before).slice(0, 16)}.yaml`), before, 0o600);
  writeWhole(policy, text, 0o600);
  return version;
}

/** Refuses what the home does not open with, before anything is touched. */
export function mustOpen(world: OpenWorld, text?: string): void {
  const { declared, problems } = checkHome(world.home, dayOf(world.clock(), world.zone), text);
  if (!declared) throw refusals.doesNotOpen(problemsText(problems));
}
