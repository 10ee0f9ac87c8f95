/** What the linter finds, as a page, a program and the editor show it; a text that is no policy yet has its mistakes. */
import { basename, isAbsolute, relative } from 'node:path';
import type { Language, Text } from '../base/language.ts';
import { messageIn, type Problem } from '../base/yaml.ts';
import { dayOf } from '../base/time.ts';
import {
  articleText,
  documentsNamed,
  lint,
  parsePolicy,
  type Finding,
  type LintReport,
  type Policy,
} from '../policy/index.ts';
import { lintContextOf } from '../promises/proof/facts.ts';
import { livingFacts } from '../promises/proof/living.ts';
import { checkHome, places } from './home.ts';
import { examine } from './publication.ts';
import type { OpenWorld } from './world.ts';

export interface Examined {
  readonly at: string;
  readonly findings: readonly Finding[];
  /** Those that only the running systems tell, by rule and place. */
  readonly living: ReadonlySet<string>;
  /** Those that a document which is not there would mend, by rule and place: which documents. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
  /** Why the text is no policy, and then nothing was asked of the rules; or why the home does not open with it. */
  readonly problems: readonly Problem[];
}

/** The policy that runs, as the board judges it: also when what is published came from another policy. */
export async function examineRunning(world: OpenWorld): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  const context = lintContextOf(world, at);
  const living = await livingFacts(world);
  const full = lint({ ...context, living });
  const lacking = lackingIn(world, world.policy, full, lint({ ...context, living, has: () => true }));
  return { ...apart(at, lint(context), full), lacking };
}

/**
 * A text that does not run yet, as it would be judged at its publication; and every mistake with which this home would not
 * open, in the text and in the files beside it.
 */
export async function examineText(world: OpenWorld, text: string): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  const { policy } = places(world.home);
  const checked = checkHome(world.home, at, text);
  const problems = checked.problems.map((one) => ({
    ...one,
    file: named(world.home, one.file),
  }));
  const { value } = parsePolicy({ name: policy, text });
  if (value === null || !checked.readable) return { at, findings: [], living: new Set(), lacking: new Map(), problems };
  const alone = await examine(world, text, at, 'text-only');
  const withAll = await examine({ ...world, has: () => true }, text, at, 'text-only');
  const found = {
    ...apart(at, alone, await examine(world, text, at, 'living')),
    lacking: lackingIn(world, value, alone, withAll),
  };
  // What the law cannot have in a policy that can be read, its rules tell.
  return { ...found, problems: problems.filter((one) => one.file !== policyName) };
}

const policyName = 'policy.yaml';

/** A file as someone knows it who does not know the machine: by its place in the home, else by its name. */
function named(home: string, file: string): string {
  const path = relative(home, file);
  return path.startsWith('..') || isAbsolute(path) ? basename(file) : path;
}

function apart(at: string, alone: LintReport, { findings }: LintReport): Omit<Examined, 'lacking'> {
  const known = new Set(alone.findings.map(nameOf));
  return { at, findings, living: new Set(findings.map(nameOf).filter((one) => !known.has(one))), problems: [] };
}

/** What is found, and would not be if every document were there: those that are named at that place, or below it, and are not. */
function lackingIn(
  world: OpenWorld,
  policy: Policy,
  found: LintReport,
  withAll: LintReport,
): Map<string, readonly string[]> {
  const mended = new Set(withAll.findings.map(nameOf));
  const missing = documentsNamed(policy).filter((one) => !world.has(one.document));
  const under = (at: string, path: string): boolean => at === path || at.startsWith(`${path}.`);
  return new Map(
    found.findings
      .filter((one) => !mended.has(nameOf(one)))
      .map((one) => [
        nameOf(one),
        [
          ...new Set(
            missing.filter(({ at }) => under(at, one.path) || under(one.path, at)).map(({ document }) => document),
          ),
        ],
      ]),
  );
}

const nameOf = ({ rule, path }: Finding): string => `${rule} ${path}`;

export interface Told {
  readonly rule: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly article: string;
  /** Where the line stands: "policy.yaml", or another file of the home when it does not open with this policy. */
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
  /** Why it stands all the same, in the policy's own words. */
  readonly justification: string | null;
  /** Only the running systems tell it. */
  readonly living: boolean;
  /** Documents that would mend it, and are not there. */
  readonly documents: readonly string[];
}

/** `rule` is "policy" for what keeps the text from being one, or the home from opening with it. */
export function tell({ findings, living, lacking, problems }: Examined, language: Language): Told[] {
  const said = (text: Text | null): string | null => text && text[language];
  return [
    ...problems.map((one) => ({
      rule: 'policy',
      severity: 'E' as const,
      article: '',
      file: one.file,
      line: one.line,
      path: one.path,
      message: messageIn(one, language),
      justification: null,
      living: false,
      documents: [],
    })),
    ...findings.map((one) => ({
      rule: one.rule,
      severity: one.severity,
      article: articleText(one.article)[language],
      file: policyName,
      line: one.line,
      path: one.path,
      message: one.message[language],
      justification: said(one.justification),
      living: living.has(nameOf(one)),
      documents: lacking.get(nameOf(one)) ?? [],
    })),
  ];
}
