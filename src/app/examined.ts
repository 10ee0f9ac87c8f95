/** What the linter finds, as a page, a program and the editor show it; a text that is no policy yet has its mistakes. */
import type { Language, Text } from '../base/language.ts';
import { messageIn, type Problem } from '../base/yaml.ts';
import { dayOf } from '../base/time.ts';
import { articleText, lint, type Finding, type LintReport } from '../policy/index.ts';
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
  /** Why the text is no policy; then nothing was asked of the rules. */
  readonly problems: readonly Problem[];
}

/** The policy that runs, as the board judges it: also when what is published came from another policy. */
export async function examineRunning(world: OpenWorld): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  const context = lintContextOf(world, at);
  return apart(at, lint(context), lint({ ...context, living: await livingFacts(world) }));
}

/** A text that does not run yet, as it would be judged at its publication. */
export async function examineText(world: OpenWorld, text: string): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  try {
    return apart(at, await examine(world, text, at, 'text-only'), await examine(world, text, at, 'living'));
  } catch (cause) {
    if (cause instanceof DeclaredWrongly) return { at, findings: [], living: new Set(), problems: cause.problems };
    throw cause;
  }
}

function apart(at: string, alone: LintReport, { findings }: LintReport): Examined {
  const known = new Set(alone.findings.map(nameOf));
  return { at, findings, living: new Set(findings.map(nameOf).filter((one) => !known.has(one))), problems: [] };
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
}

/** `rule` is "policy" for what keeps the text from being one. */
export function tell({ findings, living, problems }: Examined, language: Language): Told[] {
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
    })),
  ];
}
