/** The home folder: policy, estate, keys, embedded store, mirror of the ledger, copies of held items. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { makeFolder, refusedFolder, whyNoFolder } from '../base/folder.ts';
import type { Text } from '../base/language.ts';
import { Mistake } from '../base/refusal.ts';
import { problemText, type Problem, type Source } from '../base/yaml.ts';
import type { Estate, Profile } from '../estate/index.ts';
import type { LawBook, Policy, PolicyParsed } from '../policy/index.ts';
import { writeSchemas } from './schemas.ts';
import { readTogether } from './together.ts';

/** The folder of the program itself: law, profiles, migrations, reference policies. */
export const program = new URL('../..', import.meta.url).pathname;

export const places = (home: string) => ({
  policy: join(home, 'policy.yaml'),
  estate: join(home, 'estate.yaml'),
  access: join(home, 'access.yaml'),
  profiles: join(home, 'profiles'),
  keys: join(home, 'keys'),
  mirror: join(home, 'ledger'),
  preserved: join(home, 'preserved'),
  published: join(home, 'published'),
  earlier: join(home, 'earlier'),
  declarations: join(home, 'declarations'),
});

export function isHome(home: string): boolean {
  return existsSync(places(home).policy);
}

/** Throws a Mistake that says why there can be no home here. */
export function makeHome(home: string): void {
  const at = places(home);
  try {
    // Passable for the account that the embedded PostgreSQL runs as; what is private has its own mode.
    makeFolder(resolve(home), 0o711);
    for (const one of [at.keys, at.preserved, at.declarations]) makeFolder(resolve(one), 0o700);
    for (const one of [at.mirror, at.published]) makeFolder(resolve(one), 0o755);
  } catch (cause) {
    throw noHome(home, refusedFolder(cause));
  }
  writeSchemas(home);
}

/** Says before anyone is asked anything whether there can be a home here; it makes none. */
export function mayBeHome(home: string): void {
  const why = whyNoFolder(places(home).keys);
  if (why !== null) throw noHome(home, why);
}

function noHome(home: string, why: Text): Mistake {
  return new Mistake('no-home-here', {
    nl: `${home} kan geen home zijn: ${why.nl}. Noem een andere map met --home of GESTAND_HOME.`,
    en: `${home} cannot be a home: ${why.en}. Name another folder with --home or GESTAND_HOME.`,
  });
}

export interface Declared {
  readonly policy: Policy;
  readonly parsed: PolicyParsed;
  readonly estate: Estate;
  readonly book: LawBook;
  readonly profiles: Map<string, Profile>;
  readonly text: { readonly policy: string; readonly estate: string };
}

/** Something in the files is not right: every problem, and what to do. */
export class DeclaredWrongly extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'DeclaredWrongly';
    this.problems = problems;
  }
}

/**
 * Reads policy, estate, profiles and law; all mistakes of all files at once. `day` decides which law is in force. With `text`
 * it tells whether the home would open with that policy. `readable` when every shape and name in the policy is right.
 */
export function checkHome(
  home: string,
  day: string,
  text?: string,
): { declared: Declared | null; problems: Problem[]; readable: boolean } {
  const at = places(home);
  const read = (file: string): Source | null =>
    existsSync(file) ? { name: file, text: readFileSync(file, 'utf8') } : null;
  const policy = text === undefined ? read(at.policy) : { name: at.policy, text };
  const files = { policy, estate: read(at.estate) };
  const { parsed, estate, book, profiles, mistakes } = readTogether({
    ...files,
    profiles: [...yamlIn(join(program, 'profiles')), ...yamlIn(at.profiles)],
    law: yamlIn(join(program, 'law')),
  });
  const missing = (['policy', 'estate'] as const).flatMap((one): Problem[] =>
    files[one]
      ? []
      : [
          {
            file: basename(at[one]),
            line: 1,
            column: 1,
            path: '',
            message: `is not there; "gestand init" makes one in ${home}`,
            dutch: `is er niet; "gestand init" maakt er een in ${home}`,
          },
        ],
  );
  const problems = [...missing, ...mistakes(day)];
  const readable = (parsed?.value ?? null) !== null;
  if (!parsed?.value || !estate || !files.policy || !files.estate || problems.length > 0)
    return { declared: null, problems, readable };
  return {
    declared: {
      policy: parsed.value,
      parsed,
      estate,
      book,
      profiles,
      text: { policy: files.policy.text, estate: files.estate.text },
    },
    problems,
    readable,
  };
}

/** YAML files of a folder, in the order of their names; none when the folder is not there. */
export function yamlIn(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
