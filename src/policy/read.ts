/** Reading a policy: the schema's mistakes, then what only the whole can tell: references, statute, conflicts. */
import { cutoff, instant, isBefore, parseTerm, type StartOf } from '../base/time.ts';
import { nearest, readYaml, type Path, type Problem, type Read, type Source } from '../base/yaml.ts';
import { inForce, type LawSource } from './law.ts';
import { PolicyFile, type Policy, type RetentionRule } from './schema.ts';

export interface PolicyRead {
  readonly policy: Policy | null;
  readonly problems: Problem[];
}

/** `day` ("2026-11-24") decides which law is in force. */
export function readPolicy(file: Source, law: ReadonlyMap<string, LawSource>, day: string): PolicyRead {
  const read = readYaml(file, PolicyFile);
  if (!read.value) return { policy: null, problems: read.problems };
  const problems = [
    ...references(read, read.value),
    ...read.value.retention.flatMap((_, i) => statute(read, i, law, day)),
    ...conflicts(read, read.value),
  ];
  return { policy: problems.length === 0 ? read.value : null, problems };
}

function references(read: Read<Policy>, policy: Policy): Problem[] {
  const problems: Problem[] = [];
  const subjects = policy.subjects.map((one) => one.id);
  const data = policy.data.map((one) => one.id);
  const known = (words: readonly string[], word: string, path: Path, what: string): void => {
    if (!words.includes(word))
      problems.push(
        read.problem(path, `there is no ${what} "${word}"; there are ${words.join(', ')}`, nearest(word, words)),
      );
  };
  const unique = (section: 'subjects' | 'data' | 'purposes' | 'retention'): void => {
    const seen = new Set<string>();
    for (const [i, { id }] of policy[section].entries()) {
      if (seen.has(id)) problems.push(read.problem([section, i, 'id'], `a second "${id}" in ${section}`));
      seen.add(id);
    }
  };
  for (const section of ['subjects', 'data', 'purposes', 'retention'] as const) unique(section);
  for (const [i, one] of policy.data.entries())
    for (const [j, id] of one.subjects.entries()) known(subjects, id, ['data', i, 'subjects', j], 'subject');
  for (const [i, one] of policy.purposes.entries()) {
    for (const [j, id] of one.subjects.entries()) known(subjects, id, ['purposes', i, 'subjects', j], 'subject');
    for (const [j, id] of one.data.entries()) known(data, id, ['purposes', i, 'data', j], 'data category');
    if (one.role === 'controller' && !one.basis)
      problems.push(
        read.problem(['purposes', i], `purpose "${one.id}" has no legal basis (Art. 6(1) GDPR): add "basis"`),
      );
  }
  for (const [i, rule] of policy.retention.entries()) {
    for (const [j, id] of rule.data.entries()) known(data, id, ['retention', i, 'data', j], 'data category');
    for (const [j, one] of (rule.keptWhile ?? []).entries())
      known(data, one.data, ['retention', i, 'keptWhile', j, 'data'], 'data category');
  }
  return problems;
}

/** Terms against the law: not below a minimum, not above a maximum, not above a guideline without a reason. */
function statute(read: Read<Policy>, i: number, law: ReadonlyMap<string, LawSource>, day: string): Problem[] {
  const rule = read.value?.retention[i];
  if (!rule) return [];
  const problems: Problem[] = [];
  const find = (id: string, path: Path): LawSource | null => {
    const source = law.get(id);
    if (source && inForce(source, day) && source.period) return source;
    const why = source ? (source.period ? `is not in force on ${day}` : 'has no period') : 'is not in law/';
    problems.push(
      read.problem(path, `the legal source "${id}" ${why}`, source ? undefined : nearest(id, [...law.keys()])),
    );
    return null;
  };
  const here = (key: string): Path => ['retention', i, key];
  if (rule.minimum) {
    const source = find(rule.minimum, here('minimum'));
    if (source?.period && source.kind !== 'minimum')
      problems.push(read.problem(here('minimum'), `"${source.id}" is a ${source.kind}, not a minimum`));
    else if (source?.period && shorter(rule.keep, rule.startsAt, source.period, source.startsAt ?? rule.startsAt)) {
      problems.push(
        read.problem(
          here('keep'),
          `rule "${rule.id}" keeps ${rule.keep}, and ${source.id} (${source.article}) demands at least ${source.period} from the ${source.startsAt ?? rule.startsAt}`,
        ),
      );
    }
  }
  if (rule.maximum) {
    const source = find(rule.maximum, here('maximum'));
    const above = source?.period && shorter(source.period, source.startsAt ?? 'event', rule.keep, rule.startsAt);
    if (source && above && source.kind === 'maximum')
      problems.push(
        read.problem(
          here('keep'),
          `rule "${rule.id}" keeps ${rule.keep}, and ${source.id} (${source.article}) allows at most ${source.period ?? ''}`,
        ),
      );
    if (source && above && source.kind === 'guideline' && !rule.justification)
      problems.push(
        read.problem(
          here('keep'),
          `rule "${rule.id}" keeps ${rule.keep}, longer than the guideline ${source.id} (${source.article}, ${source.period ?? ''}): add "justification", or keep it shorter`,
        ),
      );
  }
  for (const [j, one] of (rule.keptWhile ?? []).entries()) find(one.minimum, [...here('keptWhile'), j, 'minimum']);
  if (rule.extendedBy && !shorter(rule.keep, 'event', rule.extendedBy.atMost, 'event')) {
    problems.push(
      read.problem(
        [...here('extendedBy'), 'atMost'],
        `rule "${rule.id}" is extended by consent to ${rule.extendedBy.atMost}, which is not longer than ${rule.keep}`,
      ),
    );
  }
  return problems;
}

/** Whether `a` can end before `b` for one and the same event; judged on a day that shows end-of-year roundings. */
function shorter(a: string, aFrom: StartOf, b: string, bFrom: StartOf): boolean {
  const now = instant('2100-06-15T12:00:00Z');
  return isBefore(cutoff(now, parseTerm(b), bFrom, 'UTC'), cutoff(now, parseTerm(a), aFrom, 'UTC'));
}

function conflicts(read: Read<Policy>, policy: Policy): Problem[] {
  const problems: Problem[] = [];
  const owner = new Map<string, RetentionRule>();
  for (const [i, rule] of policy.retention.entries()) {
    for (const [j, id] of rule.data.entries()) {
      const other = owner.get(id);
      if (other)
        problems.push(
          read.problem(
            ['retention', i, 'data', j],
            `rules "${other.id}" (${other.keep} from ${other.from}) and "${rule.id}" (${rule.keep} from ${rule.from}) both govern "${id}": only one rule can`,
          ),
        );
      else owner.set(id, rule);
    }
  }
  return problems;
}
