/** A policy folder without a home: what lint, statement, register and diff read. No server, no database, no keys. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '../base/yaml.ts';
import { estateSummary, type Estate } from '../estate/index.ts';
import type { LawBook, LintContext, Living, PolicyParsed } from '../policy/index.ts';
import { DeclaredWrongly, program, yamlIn } from './home.ts';
import { readTogether } from './together.ts';

export interface PolicyFolder {
  /** The policy.yaml that was read. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  /** The policy as the schema and its own references allow it, with the places of the file; `value` null when they do not. */
  readonly parsed: PolicyParsed;
  readonly book: LawBook;
  /** The estate beside the policy; null when there is none, or when it has mistakes. */
  readonly estate: Estate | null;
  /** Mistakes of estate, profiles and law; those of the policy are in `parsed`. */
  readonly problems: readonly Problem[];
  /** Every mistake of all files, also what the law of that day cannot have; in the order of file and place. */
  readonly mistakes: (day: string) => Problem[];
  /** Whether a file that the policy names ("documents/dpia-video.md") is there beside it. */
  readonly has: (document: string) => boolean;
}

/**
 * `at` is a folder with policy.yaml or the file itself; `packs` are proposals of law/packs that count all the same.
 * Throws when there is no policy to read.
 */
export function openPolicyFolder(at: string, packs: readonly string[] = []): PolicyFolder {
  const asked = resolve(at);
  const file = existsSync(asked) && statSync(asked).isFile() ? asked : join(asked, 'policy.yaml');
  if (!existsSync(file))
    throw new DeclaredWrongly([
      {
        file,
        line: 1,
        column: 1,
        path: '',
        message: 'there is no policy here; "gestand init" makes one',
        dutch: 'hier is geen beleid; "gestand init" maakt er een',
      },
    ]);
  const folder = dirname(file);
  const text = readFileSync(file, 'utf8');
  const estateFile = join(folder, 'estate.yaml');
  const withEstate = existsSync(estateFile);
  const own = yamlIn(join(folder, 'profiles'));
  const { parsed, book, estate, around, mistakes } = readTogether({
    policy: { name: file, text },
    estate: withEstate ? { name: estateFile, text: readFileSync(estateFile, 'utf8') } : null,
    profiles: withEstate || own.length > 0 ? [...yamlIn(join(program, 'profiles')), ...own] : [],
    law: lawFiles(),
    packs,
  });
  const has = (document: string): boolean => existsSync(join(folder, document));
  if (!parsed) throw new Error('a policy that was given is read');
  return { file, folder, text, parsed, book, estate, problems: around, mistakes, has };
}

/** Every legal source of the program, proposals included: readLaw leaves those out that were not asked for. */
function lawFiles(): ReturnType<typeof yamlIn> {
  return [...yamlIn(join(program, 'law')), ...yamlIn(join(program, 'law', 'packs'))];
}

/** What the linter is told of a folder on a day; throws what is wrong in the files when the policy cannot be read. */
export function lintContext(folder: PolicyFolder, at: string, living?: Living): LintContext {
  const { parsed, book, estate, has } = folder;
  if (!parsed.value || folder.problems.length > 0) throw new DeclaredWrongly(folder.mistakes(at));
  return {
    policy: parsed.value,
    parsed,
    book,
    at,
    has,
    estate: estate && estateSummary(estate),
    ...(living ? { living } : {}),
  };
}
