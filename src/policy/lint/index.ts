/**
 * The linter: 72 questions of the law to a policy. Pure: the same policy, law and day give the same findings. Rules that need
 * the living systems run when `live` is given.
 */
import type { Text } from '../../base/language.ts';
import type { Path } from '../../base/yaml.ts';
import { inForce, type LawBook } from '../law.ts';
import type { PolicyParsed } from '../read.ts';
import { claims } from './claims.ts';
import { keeping } from './keeping.ts';
import { openness } from './open.ts';
import { receivers } from './receivers.ts';
import { rights } from './rights.ts';
import type { Facts, Live, Rule, Severity } from './rule.ts';
import { statement } from './statement.ts';
import { telecom } from './telecom.ts';
import { who } from './who.ts';
import { why } from './why.ts';

export type { Live, Rule, Severity } from './rule.ts';

export const rules: readonly Rule[] = [
  ...who,
  ...why,
  ...receivers,
  ...keeping,
  ...rights,
  ...openness,
  ...telecom,
  ...claims,
  ...statement,
];

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly article: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Place by name: "retention.video-90-days.keep". */
  readonly path: string;
  readonly message: Text;
  /** Why it stands all the same, from the policy; null when the policy gives no reason. */
  readonly justification: Text | null;
}

export interface LintReport {
  readonly at: string;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  /** Warnings and advice whose reason stands in the policy; not counted among the warnings. */
  readonly justified: number;
  readonly findings: readonly Finding[];
}

export interface LintInput {
  readonly parsed: PolicyParsed;
  readonly book: LawBook;
  /** "2026-11-24": the day whose law counts. */
  readonly at: string;
  readonly exists?: (link: string) => boolean;
  readonly live?: Live | null;
}

/** Findings in the order of the rules. A policy that does not parse has none: its problems come first. */
export function lint({ parsed, book, at, exists = () => true, live = null }: LintInput): LintReport {
  const policy = parsed.value;
  if (!policy) return { at, errors: 0, warnings: 0, advice: 0, justified: 0, findings: [] };
  const facts: Facts = { policy, book, at, live, exists: (link) => link.startsWith('https://') || exists(link) };
  const findings = rules.flatMap((rule) => {
    const article = articleOf(rule, book, at);
    if (article === null) return [];
    return rule.check(facts).map((one): Finding => {
      const path = named(policy, one.path);
      const place = parsed.problem(one.path, one.message.en);
      const severity = one.severity ?? rule.severity;
      const reason =
        one.justification ??
        policy.reasons.find((said) => said.rule === rule.id && (said.path === undefined || path.startsWith(said.path)))
          ?.text;
      return {
        rule: rule.id,
        severity,
        article,
        file: place.file,
        line: place.line,
        column: place.column,
        path,
        message: one.message,
        justification: severity === 'E' ? null : (reason ?? null),
      };
    });
  });
  const count = (severity: Severity): number =>
    findings.filter((one) => one.severity === severity && one.justification === null).length;
  return {
    at,
    errors: count('E'),
    warnings: count('W'),
    advice: count('I'),
    justified: findings.filter((one) => one.justification !== null).length,
    findings,
  };
}

/** The article a rule rests on, or the one that took its place; null while any of its sources is not in force. */
function articleOf(rule: Rule, book: LawBook, at: string): string | null {
  let { article } = rule;
  for (const id of rule.cites) {
    const source = book.law.get(id);
    if (source && inForce(source, at)) continue;
    const next = [...book.law.values()].find((one) => one.replaces.includes(id) && inForce(one, at));
    if (!next) return null;
    ({ article } = next);
  }
  return article;
}

/** "retention.video-90-days.keep" for ["retention", 7, "keep"]. */
function named(policy: unknown, path: Path): string {
  let here: unknown = policy;
  return path
    .map((part) => {
      here = here !== null && typeof here === 'object' ? (here as Record<string | number, unknown>)[part] : undefined;
      if (typeof part === 'string') return part;
      const id = here !== null && typeof here === 'object' && 'id' in here ? here.id : undefined;
      return typeof id === 'string' ? id : String(part);
    })
    .join('.');
}
