/**
 * The life of a version of the statement: draft → reviewed → approved → published on a date → superseded. Pure. A version is
 * exact bytes; its state is what was done with it, and whether it is the newest follows from the day alone.
 */
import { samePerson } from '../../../base/person.ts';
import type { Instant } from '../../../base/time.ts';

export type ActKind = 'drafted' | 'reviewed' | 'approved' | 'published' | 'withdrawn';

export interface Act {
  readonly act: ActKind;
  readonly by: string;
  readonly at: Instant;
  /** Day from which it is the statement, for "published". */
  readonly effective: string | null;
  readonly reason: string | null;
  readonly event: string;
}

/** What may be done next; `null` before the first act. A withdrawn version can be drafted again. */
const next: Readonly<Record<ActKind | 'none', readonly ActKind[]>> = {
  none: ['drafted'],
  drafted: ['reviewed', 'withdrawn'],
  reviewed: ['reviewed', 'approved', 'withdrawn'],
  approved: ['published', 'withdrawn'],
  published: ['withdrawn'],
  withdrawn: ['drafted'],
};

export type Hindrance = 'order' | 'same-person' | 'in-force';

/** Why this cannot be done with it now; null when it can. `day`: today where the organisation is. */
export function hindrance(acts: readonly Act[], kind: ActKind, by: string, day: string): Hindrance | null {
  const last = acts.at(-1);
  if (!next[last?.act ?? 'none'].includes(kind)) return 'order';
  if (kind === 'approved' && handsOf({ acts }).some((one) => samePerson(one, by))) return 'same-person';
  // What people were told is the statement stays the statement until another takes its place.
  if (kind === 'withdrawn' && last?.effective && last.effective <= day) return 'in-force';
  return null;
}

/** Who drafted and reviewed it, since it was last drafted. */
export function handsOf({ acts }: Pick<Version, 'acts'>): string[] {
  const from = acts.findLastIndex((one) => one.act === 'drafted');
  return acts.slice(from).flatMap((one) => (one.act === 'drafted' || one.act === 'reviewed' ? [one.by] : []));
}

export interface Version {
  readonly id: string;
  /** What the policy calls it: "2026-1". */
  readonly label: string;
  readonly sha256: string;
  /** Of the policy that it was made from, in canonical JSON. */
  readonly policyHash: string;
  readonly madeAt: Instant;
  readonly acts: readonly Act[];
}

export type Standing = 'draft' | 'reviewed' | 'approved' | 'planned' | 'published' | 'superseded' | 'withdrawn';

/** The day from which a version is the statement, and when that was decided; null when it was not. */
export function publication(version: Version): { readonly effective: string; readonly at: Instant } | null {
  const last = version.acts.at(-1);
  return last?.act === 'published' && last.effective !== null ? { effective: last.effective, at: last.at } : null;
}

/**
 * Versions that are, were or will be the statement, oldest first. Of two for one day the one decided last counts; the other was
 * the statement too, for some hours, when that day had begun by then. By UTC: what is decided in the first hour or two of a
 * Dutch day counts as decided the day before.
 */
export function published<V extends Version>(versions: readonly V[]): V[] {
  const dated = versions
    .flatMap((version) => {
      const day = publication(version);
      return day ? [{ version, ...day }] : [];
    })
    .toSorted((a, b) => a.effective.localeCompare(b.effective) || a.at.epochMilliseconds - b.at.epochMilliseconds);
  return dated
    .filter((one, i) => {
      const next = dated[i + 1];
      return next?.effective !== one.effective || begun(one.effective, next.at);
    })
    .map(({ version }) => version);
}

const begun = (day: string, at: Instant): boolean => at.epochMilliseconds >= Date.parse(day);

/** The version that is the statement on this day. */
export function current<V extends Version>(versions: readonly V[], day: string): V | null {
  return published(versions).findLast((one) => (publication(one)?.effective ?? '') <= day) ?? null;
}

/** The version that one for this day takes the place of, when that is decided at this moment. */
export function previous<V extends Version>(versions: readonly V[], effective: string, at: Instant): V | null {
  const before = (one: V): boolean => {
    const day = publication(one);
    if (day === null || day.effective > effective) return false;
    return day.effective < effective || (begun(effective, at) && day.at.epochMilliseconds < at.epochMilliseconds);
  };
  return published(versions).findLast(before) ?? null;
}

export function standing(version: Version, versions: readonly Version[], day: string): Standing {
  const last = version.acts.at(-1)?.act ?? 'drafted';
  if (last === 'drafted') return 'draft';
  if (last !== 'published') return last;
  if ((publication(version)?.effective ?? '') > day) return 'planned';
  return current(versions, day)?.id === version.id ? 'published' : 'superseded';
}

/** An error of the linter that the officer lets pass, up to and including a day. */
export interface Override {
  readonly id: string;
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
  readonly until: string;
  readonly by: string;
  readonly at: Instant;
}

interface Fault {
  readonly rule: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly path: string;
}

/** Errors that block publication on this day, and those that an override lets pass. */
export function blocking<F extends Fault>(
  findings: readonly F[],
  overrides: readonly Override[],
  day: string,
): { readonly blocked: F[]; readonly passed: { readonly fault: F; readonly override: Override }[] } {
  const errors = findings.filter((one) => one.severity === 'E');
  const waived = (fault: F): Override | undefined =>
    overrides.findLast((one) => one.until >= day && one.rule === fault.rule && covers(one.path, fault.path));
  return {
    blocked: errors.filter((one) => !waived(one)),
    passed: errors.flatMap((fault) => {
      const override = waived(fault);
      return override ? [{ fault, override }] : [];
    }),
  };
}

export function covers(place: string, path: string): boolean {
  return place === path || path.startsWith(`${place}.`);
}
