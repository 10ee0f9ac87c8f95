/** What the linter finds, as a page, a program and the editor show it; a text that is no policy yet has its mistakes. */
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
import { DeclaredWrongly } from './home.ts';
import { examine } from './publication.ts';
import type { OpenWorld } from './world.ts';

export interface Examined {
  readonly at: string;
  readonly findings: readonly Finding[];
  /** Those that only the running systems tell, by rule and place. */
  readonly living: ReadonlySet<string>;
  /** Those that a document which is not there would mend, by rule and place: which documents. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
  /** Why the text is no policy; then nothing was asked of the rules. */
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

/** A text that does not run yet, as it would be judged at its publication. */
export async function examineText(world: OpenWorld, text: string): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  try {
    const alone = await examine(world, text, at, 'text-only');
    const withAll = await examine({ ...world, has: () => true }, text, at, 'text-only');
    const { value } = parsePolicy({ name: 'policy.yaml', text });
    const lacking = value ? lackingIn(world, value, alone, withAll) : new Map<string, string[]>();
    return { ...apart(at, alone, await examine(world, text, at, 'living')), lacking };
  } catch (cause) {
    if (cause instanceof DeclaredWrongly)
      return { at, findings: [], living: new Set(), lacking: new Map(), problems: cause.problems };
    throw cause;
  }
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

/** `rule` is "policy" for what keeps the text from being one. */
export function tell({ findings, living, lacking, problems }: Examined, language: Language): Told[] {
  const said = (text: Text | null): string | null => text && text[language];
  return [
    ...problems.map((one) => ({
      rule: 'policy',
      severity: 'E' as const,
      article: '',
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
      line: one.line,
      path: one.path,
      message: one.message[language],
      justification: said(one.justification),
      living: living.has(nameOf(one)),
      documents: lacking.get(nameOf(one)) ?? [],
    })),
  ];
}
