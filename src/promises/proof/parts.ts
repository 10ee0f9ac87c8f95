/** The parts of each promise, from what was last seen. Pure. */
import type { Text } from '../../base/language.ts';
import { endOfDay, isBefore, type Instant } from '../../base/time.ts';
import type { Policy } from '../../policy/index.ts';
import { declarables, declarableText } from '../assurance/declarable.ts';
import { standing, type Declaration } from '../assurance/model.ts';
import { checks, lawCheck, type Check } from './checks/index.ts';
import { promised as knownPromises, promisedAs, type Need } from './controls/index.ts';
import { freshUntil, type Part, type PromiseState, type Why } from './model.ts';
import { retentionParts, type RetentionFacts } from './retention.ts';

/** What a check last said. */
export interface Checked {
  readonly at: Instant;
  readonly state: PromiseState;
  readonly text: Text;
  readonly event: string;
}

export interface PartFacts extends RetentionFacts {
  readonly checked: ReadonlyMap<string, Checked>;
  readonly declarations: readonly Declaration[];
  /** Controls whose attachment is not what was handed over. */
  readonly lost: readonly string[];
}

/** Every part of a promise that this policy makes: what it needs, and what the policy's rules, terms and measures add. */
export function partsOf(promise: string, facts: PartFacts, now: Instant): Part[] {
  const { needs } = promisedAs(promise);
  const parts = [
    ...retentionParts(promise, facts, now),
    ...needs.flatMap((need) => ofNeed(promise, need, facts, now)),
    ...ofMeasures(promise, needs.length > 0, facts, now),
  ];
  if (!needs.some((need) => need.by === 'law')) parts.push(...remark(promise, facts, now));
  if (parts.length === 0) parts.push(unshown(promise, promisedAs(promise).title, nothingShows));
  return parts.filter((part, i) => parts.findIndex((one) => one.id === part.id) === i);
}

const nothingShows: Text = {
  nl: 'Niets in beleid of landschap laat dit zien.',
  en: 'Nothing in policy or estate shows this.',
};

function ofNeed(promise: string, need: Need, facts: PartFacts, now: Instant): Part[] {
  switch (need.by) {
    case 'law':
      return [ofCheck(lawCheck(promise), facts, now)];
    case 'check':
      return [named(need.id, facts, now)];
    case 'disproof':
      return [named(need.id, facts, now)].filter((part) => part.state === 'broken');
    case 'declaration':
      return [ofDeclaration(need.id, facts, now)];
    case 'nothing':
      return [unshown(need.id, need.title, need.missing)];
  }
}

/** What the law asks is no proof that a recording is gone after its term; it is a part only when a question is open. */
function remark(promise: string, facts: PartFacts, now: Instant): Part[] {
  const part = ofCheck(lawCheck(promise), facts, now);
  return part.state === 'broken' || part.state === 'at-risk' ? [part] : [];
}

function ofMeasures(promise: string, needed: boolean, facts: PartFacts, now: Instant): Part[] {
  return facts.policy.measures
    .filter((one) => one.promise === promise)
    .flatMap((one) => {
      if (one.shownBy.length === 0 && !needed) return [unshown(`measures.${one.id}`, one.text, nothingShows)];
      return one.shownBy.map((by) =>
        by.kind === 'check' ? named(by.control, facts, now) : ofDeclaration(by.control, facts, now),
      );
    });
}

function named(id: string, facts: PartFacts, now: Instant): Part {
  const check = checks.find((one) => one.id === id);
  if (check) return ofCheck(check, facts, now);
  return unshown(
    id,
    { nl: `De controle "${id}"`, en: `The check "${id}"` },
    { nl: 'Dit programma kent die controle niet.', en: 'This program has no such check.' },
  );
}

function ofCheck(check: Check, facts: PartFacts, now: Instant): Part {
  const seen = facts.checked.get(check.id);
  // That it was looked at and nothing was shown is no proof.
  const shown = seen?.state === 'not-proven' ? undefined : seen;
  const part = (state: PromiseState, why: Why): Part => ({
    id: check.id,
    title: check.title,
    kind: shown ? check.kind : 'none',
    state,
    why: [why],
    proof: shown ? { at: shown.at, event: shown.event } : null,
    until: shown ? freshUntil(shown.at) : null,
  });
  if (!seen) return part('not-proven', { is: 'never-measured', on: check.id, name: check.title });
  if (isBefore(seen.at, facts.since))
    return part('not-proven', { is: 'policy-changed', on: check.id, name: check.title });
  // What was wrong stays wrong until it was seen to be right; what was right does not stay right by itself.
  if (seen.state === 'kept' && isBefore(freshUntil(seen.at), now))
    return part('not-proven', { is: 'stale', on: check.id, name: check.title, at: seen.at.toString() });
  return part(seen.state, { is: 'check', check: check.id, text: seen.text });
}

function ofDeclaration(control: string, facts: PartFacts, now: Instant): Part {
  const title = declarables(facts.policy).get(control)?.text ?? { nl: control, en: control };
  const one = facts.declarations.find((word) => word.control === control && word.state === 'standing');
  if (!one) return unshown(control, title, howToDeclare(control));
  // At some time on that day, so at its last second at the latest.
  const seen = endOfDay(one.on, facts.zone).subtract({ seconds: 1 });
  const part = (state: PromiseState, why: Why): Part => ({
    id: control,
    title,
    kind: 'declared',
    state,
    why: [why],
    // It tells of the day it was seen, however much later it was signed.
    proof: isBefore(seen, one.signedAt)
      ? { at: seen, event: one.event, day: one.on }
      : { at: one.signedAt, event: one.event },
    until: endOfDay(one.until, facts.zone),
  });
  switch (standing(one, now, facts.zone)) {
    case 'in-force':
      return facts.lost.includes(control)
        ? part('not-proven', { is: 'attachment-lost', control })
        : part('kept', { is: 'declared', on: one.on, until: one.until, attached: one.attachment !== null });
    case 'expired':
      return part('not-proven', { is: 'declaration-ended', until: one.until, control });
    default:
      return part('not-proven', { is: 'declaration-changed', control });
  }
}

const howToDeclare = (control: string): Text => ({
  nl: `Nog door niemand verklaard: gestand declare --control ${control}`,
  en: `Declared by nobody yet: gestand declare --control ${control}`,
});

function unshown(id: string, title: Text, text: Text): Part {
  return { id, title, kind: 'none', state: 'not-proven', why: [{ is: 'missing', text }], proof: null, until: null };
}

/** Whether a control that a measure names shows something now; null when there is no such control. */
export function shownNow(control: string, facts: PartFacts, now: Instant): Part | null {
  if (checks.some((one) => one.id === control)) return named(control, facts, now);
  return declarables(facts.policy).has(control) ? ofDeclaration(control, facts, now) : null;
}

/** What shows something, in words; null for a name that only the policy knows. */
export function controlName(id: string): Text | null {
  return checks.find((one) => one.id === id)?.title ?? declarableText(id);
}

/** What a promise is called; null for one that only the policy has. */
export function promiseName(id: string): Text | null {
  return knownPromises[id]?.title ?? null;
}

/** Every control that a measure of the policy names. */
export function controlsNamed(policy: Policy): string[] {
  return [...new Set(policy.measures.flatMap((one) => one.shownBy.map((by) => by.control)))];
}
