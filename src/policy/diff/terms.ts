/** Whether data can stay longer than was promised. */
import type { StartOf } from '../../base/time.ts';
import { shorter } from '../read.ts';
import type { Policy } from '../schema.ts';

/** A rule that is carried out, or a term that a person keeps. */
type Keeping = Policy['retention'][number] | Policy['terms'][number];

export function longerTerm(a: unknown, than: unknown): boolean {
  return typeof a === 'string' && typeof than === 'string' && shorter(than, 'event', a, 'event');
}

/** Of one rule as it was and as it is: whether its end can come later. An end that cannot be compared counts as later. */
export function laterEnd(was: unknown, is: unknown): boolean {
  const [before, after] = [was as Keeping, is as Keeping];
  if (before.keep === undefined) return false; // no term was promised: any term is an end
  if (after.keep === undefined || before.from !== after.from) return true;
  const start = (one: Keeping): StartOf => one.startsAt;
  return shorter(before.keep, start(before), after.keep, start(after));
}

/** Whether anything in `after` lets data stay longer than `before` did. */
function looser(before: Keeping, after: Keeping): boolean {
  const extended = (one: Keeping): string | undefined => one.extendedBy && (one.extendedBy.atMost ?? 'without end');
  const more = (was: string | undefined, is: string | undefined): boolean =>
    is !== undefined && was !== is && (was === undefined || is === 'without end' || longerTerm(is, was));
  const [was, is] = [before.backups?.gone, after.backups?.gone];
  return (
    laterEnd(before, after) ||
    more(extended(before), extended(after)) ||
    (was !== undefined && (is === undefined || longerTerm(is, was))) ||
    ('then' in before && 'then' in after && weakerEnd(before.then, after.then)) ||
    ('keptWhile' in after && (after.keptWhile ?? []).some((one) => !waits(before, one.data)))
  );
}

const waits = (rule: Keeping, data: string): boolean =>
  'keptWhile' in rule && (rule.keptWhile ?? []).some((one) => one.data === data);

const ends = ['erase', 'anonymise', 'review'];
/** Erasing is more than anonymising, and that is more than a look by a person. */
export function weakerEnd(was: unknown, is: unknown): boolean {
  return ends.indexOf(String(is)) > ends.indexOf(String(was));
}

/** Which of these data categories can stay longer under the policy as it is than as it was; new categories had no term. */
export function keptLonger(data: readonly string[], from: Policy, to: Policy): string[] {
  const governing = (policy: Policy, id: string): Keeping[] =>
    [...policy.retention, ...policy.terms].filter((one) => one.data.includes(id));
  return data.filter((id) => {
    const before = governing(from, id);
    const after = governing(to, id);
    if (before.length === 0 || !to.data.some((one) => one.id === id)) return false;
    return after.length === 0 || after.some((is) => before.every((was) => looser(was, is)));
  });
}
