/**
 * The files of a home or of a policy folder, read together: what is wrong in one says nothing false of another, and every
 * mistake of all of them is told at once, by file and by place.
 */
import type { Problem, Source } from '../base/yaml.ts';
import { noNames } from '../base/yaml-parts.ts';
import { readEstate, readProfiles, type Estate, type Profile } from '../estate/index.ts';
import { checkPolicy, lintRules, parsePolicy, readLaw, type LawBook, type PolicyParsed } from '../policy/index.ts';
import { checks } from '../promises/proof/checks/index.ts';

const rules = lintRules.map((one) => one.id);
const measured = checks.map((one) => one.id);

export interface Files {
  readonly policy: Source | null;
  readonly estate: Source | null;
  readonly profiles: readonly Source[];
  readonly law: readonly Source[];
  /** Proposals of law/packs that count all the same. */
  readonly packs?: readonly string[];
}

export interface Together {
  readonly parsed: PolicyParsed | null;
  /** Null when there is none, or when it has mistakes. */
  readonly estate: Estate | null;
  readonly book: LawBook;
  readonly profiles: Map<string, Profile>;
  /** Mistakes of estate, profiles and law; those of the policy are in `parsed`. */
  readonly around: readonly Problem[];
  /** Every mistake, also what the law of that day ("2026-11-24") cannot have in the policy. */
  readonly mistakes: (day: string) => Problem[];
}

export function readTogether({ policy, estate: estateFile, profiles: profileFiles, law, packs }: Files): Together {
  const { problems: ofLaw, unsure, ...book } = readLaw(law, packs);
  const { profiles, problems: ofProfiles, parts, names } = readProfiles(profileFiles);
  const parsed = policy && parsePolicy(policy, { law: book.law, unsure, rules, checks: measured });
  const [categories, clients] = [parsed?.ids(['data']) ?? noNames, parsed?.ids(['clients']) ?? noNames];
  const read = estateFile && readEstate(estateFile, { profiles, parts, names, categories, clients });
  const around = [...(read?.problems ?? []), ...ofProfiles, ...ofLaw];
  const mistakes = (day: string): Problem[] => [
    ...(parsed ? checkPolicy(parsed, { law: book.law, unsure }, day).problems : []),
    ...around,
  ];
  return { parsed, estate: read?.estate ?? null, book, profiles, around, mistakes };
}
