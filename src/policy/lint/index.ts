/**
 * The linter: what the law asks of a policy, rule by rule. Pure: the same policy, law, day and facts give the same findings.
 */
import type { Path } from '../../base/yaml.ts';
import { inForce, type LawBook } from '../law.ts';
import type { Policy } from '../schema.ts';
import type { Finding, LintContext, LintReport, Rule, Severity } from './model.ts';
import { a } from './rules/a.ts';
import { b } from './rules/b.ts';
import { bData } from './rules/b-data.ts';
import { c } from './rules/c.ts';
import { d } from './rules/d.ts';
import { dLaw } from './rules/d-law.ts';
import { e } from './rules/e.ts';
import { f } from './rules/f.ts';
import { g } from './rules/g.ts';
import { h } from './rules/h.ts';
import { i } from './rules/i.ts';

export type { EstateSummary, Finding, LintContext, LintReport, Living, Rule as LintRule, Severity } from './model.ts';
export { toSarif } from './sarif.ts';

/** All rules, in the order of their ids. */
export const lintRules: readonly Rule[] = [a, b, bData, c, d, dLaw, e, f, g, h, i]
  .flat()
  .toSorted((one, other) => one.id.localeCompare(other.id));

export function lint(context: LintContext): LintReport {
  const findings = lintRules.flatMap((rule) => apply(rule, context));
  const open = (severity: Severity): number =>
    findings.filter((one) => one.severity === severity && one.justification === null).length;
  return {
    at: context.at,
    errors: open('E'),
    warnings: open('W'),
    advice: open('I'),
    justified: findings.filter((one) => one.justification !== null).length,
    findings,
  };
}

function apply(rule: Rule, context: LintContext): Finding[] {
  const { policy, parsed, book, at } = context;
  const article = articleOn(rule, book, at);
  if (article === null) return [];
  return rule
    .check(context)
    .map((one): Finding => {
      const path = named(policy, one.path);
      const { file, line, column } = parsed.problem(one.path, one.message.en);
      const severity = one.severity ?? rule.severity;
      const justification = severity === 'E' ? null : (one.justification ?? reasonFor(policy, rule.id, path));
      return { rule: rule.id, severity, article, file, line, column, path, message: one.message, justification };
    })
    .toSorted((one, other) => one.line - other.line);
}

/** The article a rule rests on, or the one that took its place; null while any of its sources is not in force. */
function articleOn(rule: Rule, book: LawBook, at: string): string | null {
  let { article } = rule;
  for (const id of rule.sources) {
    const source = book.law.get(id);
    if (source && inForce(source, at)) continue;
    const next = [...book.law.values()].find((one) => one.replaces.includes(id) && inForce(one, at));
    if (!next) return null;
    ({ article } = next);
  }
  return article;
}

/** What "reasons" says of this rule, here or in a part that holds this place. */
function reasonFor(policy: Policy, rule: string, path: string): Finding['justification'] {
  const reason = policy.reasons.find(
    (one) => one.rule === rule && (one.path === undefined || path === one.path || path.startsWith(`${one.path}.`)),
  );
  return reason?.text ?? null;
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
