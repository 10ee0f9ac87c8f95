/** A declaration: a person's word that something was so on a day, with an end. Pure. */
import type { Text } from '../../base/language.ts';
import { dayAfter, dayOf, parseTerm, type Instant } from '../../base/time.ts';
import type { Declarable } from './declarable.ts';

export interface Attachment {
  /** Name of the copy in the home. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface Declaration {
  readonly id: string;
  readonly control: string;
  /** What the person declared, in own words. */
  readonly words: Text;
  readonly by: string;
  readonly role: string | null;
  /** "2026-11-20": the day it was seen. */
  readonly on: string;
  /** The last day on which it counts. */
  readonly until: string;
  readonly attachment: Attachment | null;
  readonly signedAt: Instant;
  /** The leaf that says it was signed. */
  readonly event: string;
  readonly state: 'standing' | 'superseded' | 'withdrawn';
  /** False when the row is no longer what was signed. */
  readonly whole: boolean;
}

/** What is sealed: everything that a reader relies on. */
export function sealed(one: Omit<Declaration, 'state' | 'whole'>): object {
  const { id, control, words, by, role, on, until, attachment, event } = one;
  return { id, control, words, by, role, on, until, attachment, event, signedAt: one.signedAt.toString() };
}

export type Standing = 'in-force' | 'expired' | 'superseded' | 'withdrawn' | 'changed';

/** Whether this word counts at an instant. */
export function standing(one: Declaration, now: Instant, zone: string): Standing {
  if (one.state !== 'standing') return one.state;
  if (!one.whole) return 'changed';
  return dayOf(now, zone) > one.until ? 'expired' : 'in-force';
}

export interface Declared {
  readonly control: string;
  readonly words: Text;
  readonly by: string;
  readonly role: string | null;
  readonly on: string;
  readonly until: string;
}

export type Unfit =
  | { readonly is: 'no-day'; readonly given: string }
  | { readonly is: 'in-the-future' }
  | { readonly is: 'ends-before' }
  | { readonly is: 'over' }
  | { readonly is: 'too-long'; readonly latest: string };

/** What is wrong with the days of a declaration; null when nothing is. */
export function unfit(given: Pick<Declared, 'on' | 'until'>, control: Declarable, today: string): Unfit | null {
  for (const day of [given.on, given.until]) if (!isDay(day)) return { is: 'no-day', given: day };
  if (given.on > today) return { is: 'in-the-future' };
  if (given.until <= given.on) return { is: 'ends-before' };
  if (given.until < today) return { is: 'over' };
  const latest = dayAfter(given.on, parseTerm(control.lasts));
  return given.until > latest ? { is: 'too-long', latest } : null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
