/** What the linter finds, as a page, a program and the editor show it; a text that is no policy yet has its mistakes. */
import type { Language, Text } from '../base/language.ts';
import type { Problem } from '../base/yaml.ts';
import { dayOf } from '../base/time.ts';
import { lint, type Finding } from '../policy/index.ts';
import { livingFacts } from '../promises/proof/living.ts';
import { DeclaredWrongly } from './home.ts';
import { examine } from './publication.ts';
import type { OpenWorld } from './world.ts';

export interface Examined {
  readonly at: string;
  readonly findings: readonly Finding[];
  /** Those that only the running systems tell, by rule and place: they block no publication. */
  readonly living: ReadonlySet<string>;
  /** Why the text is no policy; then nothing was asked of the rules. */
  readonly problems: readonly Problem[];
}

/** The policy that runs, with what only the running systems tell. */
export async function examineRunning(world: OpenWorld, published: string | null): Promise<Examined> {
  const at = dayOf(world.clock(), world.zone);
  const living = await livingFacts(world, published === null ? null : { policyHash: published });
  const alone = new Set(lint({ ...world, at }).findings.map(nameOf));
  const { findings } = lint({ ...world, at, living });
  return { at, findings, living: new Set(findings.map(nameOf).filter((one) => !alone.has(one))), problems: [] };
}

const nameOf = ({ rule, path }: Finding): string => `${rule} ${path}`;

/** A text that does not run. */
export function examineText(world: OpenWorld, text: string): Examined {
  const at = dayOf(world.clock(), world.zone);
  try {
    return { at, findings: examine(world, text, at).findings, living: new Set(), problems: [] };
  } catch (cause) {
    if (cause instanceof DeclaredWrongly) return { at, findings: [], living: new Set(), problems: cause.problems };
    throw cause;
  }
}

export interface Told {
  readonly rule: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly article: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
  /** Why it stands all the same, in the policy's own words. */
  readonly justification: string | null;
  readonly living: boolean;
}

/** `rule` is "policy" for what keeps the text from being one. */
export function tell({ findings, living, problems }: Examined, language: Language): Told[] {
  const said = (text: Text | null): string | null => text && text[language];
  return [
    ...problems.map(({ line, path, message }) => ({
      rule: 'policy',
      severity: 'E' as const,
      article: '',
      line,
      path,
      message,
      justification: null,
      living: false,
    })),
    ...findings.map((one) => ({
      rule: one.rule,
      severity: one.severity,
      article: one.article,
      line: one.line,
      path: one.path,
      message: one.message[language],
      justification: said(one.justification),
      living: living.has(nameOf(one)),
    })),
  ];
}
