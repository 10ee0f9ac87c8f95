/**
 * The measures of the policy beside the controls of ISO 27001 and 27701: which control has which measure, and what shows it. Pure.
 * A check is measured and a declaration is a person's word; a control that only has words says so.
 */
import type { Text } from '../../base/language.ts';
import { inForce, promiseIds, type Policy, type Standard } from '../../policy/index.ts';
import type { EvidenceNamed } from '../../policy/phrases.ts';

/**
 * shown: a measurement holds · declared: a declaration or document counts today · unmeasured: a check is named, and nobody asked
 * it here · undeclared: a declaration is named, and nobody asked for it here · unproven: it was asked, and not all of it shows
 * something now · claimed: a measure and nothing behind it · promised: no measure, and a promise of the policy is about it ·
 * open: nothing · broken: what should show it does not hold.
 */
export type ControlState =
  | 'shown'
  | 'declared'
  | 'unmeasured'
  | 'undeclared'
  | 'unproven'
  | 'claimed'
  | 'promised'
  | 'open'
  | 'broken';

export interface ControlEvidence extends EvidenceNamed {
  /** Document behind a declaration, and until when it counts. */
  readonly document: string | null;
  readonly until: string | null;
  /** Whether it holds today; null when nobody asked the living systems, or nothing shows it. */
  readonly holds: boolean | null;
}

export interface ControlRow {
  readonly standard: string;
  readonly id: string;
  readonly title: Text;
  /** Promises of this policy that the control is about, and whether the board says that they are kept. */
  readonly promises: readonly { readonly id: string; readonly name: Text | null; readonly holds: boolean | null }[];
  readonly measures: readonly {
    readonly id: string;
    readonly text: Text;
    readonly from: string;
    readonly evidence: readonly ControlEvidence[];
  }[];
  readonly state: ControlState;
}

export interface ControlOptions {
  /** "2026-11-24": standards and documents are judged on this day. */
  readonly day: string;
  /** Whether a check, a declaration or a promise ("P08") of this name holds today; null when it is not known. */
  readonly living?: (name: string) => boolean | null;
  /** What a check or declaration is called, by the name that the policy gives it. */
  readonly nameOf?: (control: string) => Text | null;
  /** What a promise is called, by its number. */
  readonly promiseName?: (promise: string) => Text | null;
}

export function controlRows(policy: Policy, standards: readonly Standard[], options: ControlOptions): ControlRow[] {
  const made = new Set(promiseIds(policy));
  return standards
    .filter((one) => inForce(one, options.day))
    .flatMap((standard) =>
      standard.controls.map(({ id, title, promises: about }): ControlRow => {
        const measures = policy.measures
          .filter(({ controls }) => controls.includes(id))
          .map((one) => ({
            id: one.id,
            text: one.text,
            from: `measures.${one.id}`,
            evidence: one.shownBy.map((shown) => evidence(shown, options)),
          }));
        const promises = about
          .filter((one) => made.has(one))
          .map((one) => ({ id: one, name: options.promiseName?.(one) ?? null, holds: options.living?.(one) ?? null }));
        return {
          standard: standard.id,
          id,
          title,
          promises,
          measures,
          state: stateOf(measures, promises, options.living !== undefined),
        };
      }),
    );
}

/** Numbers that a measure names and no standard in force has: a slip of the pen, or a standard that is not in law/. */
export function unknownControls(
  policy: Policy,
  standards: readonly Standard[],
  day: string,
): { control: string; from: string }[] {
  const known = new Set(
    standards.filter((one) => inForce(one, day)).flatMap(({ controls }) => controls.map(({ id }) => id)),
  );
  return policy.measures.flatMap((one) =>
    one.controls
      .filter((control) => !known.has(control))
      .map((control) => ({ control, from: `measures.${one.id}.controls` })),
  );
}

type Shown = Policy['measures'][number]['shownBy'][number];

function evidence(shown: Shown, { day, living, nameOf }: ControlOptions): ControlEvidence {
  const until = shown.evidence?.until ?? null;
  const expired = until !== null && until < day;
  return {
    control: shown.control,
    kind: shown.kind,
    name: nameOf?.(shown.control) ?? null,
    document: shown.evidence?.document ?? null,
    until,
    holds: expired ? false : (living?.(shown.control) ?? null),
  };
}

/** One thing that does not hold outweighs all that does; so does, where it was asked, one that nothing shows. */
function stateOf(measures: ControlRow['measures'], promises: ControlRow['promises'], asked: boolean): ControlState {
  const all = measures.flatMap((one) => one.evidence);
  if ([...all, ...promises].some(({ holds }) => holds === false)) return 'broken';
  if (measures.length === 0) {
    if (promises.length === 0) return 'open';
    return promises.every(({ holds }) => holds === true) ? 'shown' : 'promised';
  }
  if (all.length === 0) return 'claimed';
  if (!asked) return all.some(({ kind }) => kind !== 'check') ? 'undeclared' : 'unmeasured';
  if (all.some(({ holds }) => holds === null)) return 'unproven';
  return all.some(({ kind }) => kind === 'check') ? 'shown' : 'declared';
}
