/** A hold suspends erasure for a pending case. Pure: what a hold covers, and what one may do with it. */
import { z } from 'zod';
import {
  all,
  any,
  everything,
  formsOf,
  isNothing,
  not,
  spellings,
  type Condition,
  type Dataset,
} from '../../connectors/kit/index.ts';
import { addDays, dayOf, endOfDay, ends, instant, parseTerm, startOfDay, type Instant } from '../../base/time.ts';

export const matterKinds = ['litigation', 'criminal', 'complaint', 'dispute', 'authority-order'] as const;

export const subjectKinds = ['phone', 'email', 'username', 'name', 'ip', 'mac', 'person-id'] as const;
const datasets = z
  .array(z.string())
  .describe('"system/dataset" each; empty means every dataset that knows this kind of key');

const itemScope = z.strictObject({
  is: z.literal('items'),
  dataset: z.string(),
  keys: z.array(z.array(z.union([z.string(), z.number()]))).min(1),
});
const subjectScope = z.strictObject({
  is: z.literal('subject'),
  kind: z.enum(subjectKinds),
  value: z.string().min(1),
  datasets,
});
const placeScope = z.strictObject({
  is: z.literal('place'),
  /** Camera, extension, called number: a value of one of the dataset's place fields. */
  place: z.string().min(1),
  datasets,
  from: z.iso.datetime({ offset: true }).nullable(),
  to: z.iso.datetime({ offset: true }).nullable(),
});

export const Scope = z.array(z.discriminatedUnion('is', [itemScope, subjectScope, placeScope])).min(1);
export type Scope = z.infer<typeof Scope>;

const fromGiven = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullable();

/** A scope as a person or a program gives it: the ends of an interval may be days ("2026-11-01"). */
export const GivenScope = z
  .array(
    z.discriminatedUnion('is', [
      itemScope,
      subjectScope,
      placeScope.extend({
        from: fromGiven.describe('A moment, or a day of the organisation: from its beginning'),
        to: fromGiven.describe('A moment (not itself), or a day of the organisation: until its end'),
      }),
    ]),
  )
  .min(1);
export type GivenScope = z.infer<typeof GivenScope>;

/** Days become what they are in the zone of the organisation: from the start of the first to the end of the last. */
export function inMoments(given: GivenScope, zone: string): Scope {
  const isDay = (text: string): boolean => text.length === 10;
  return given.map((part) => {
    if (part.is !== 'place') return part;
    const { from, to } = part;
    return {
      ...part,
      from: from !== null && isDay(from) ? startOfDay(from, zone).toString() : from,
      to: to !== null && isDay(to) ? endOfDay(to, zone).toString() : to,
    };
  });
}

/**
 * An interval as a person reads it: its first and last day where it begins and ends with days of the zone; otherwise moments,
 * for an interval of hours, and for days that were once taken in another zone.
 */
export function daysOf(
  part: { readonly from: string | null; readonly to: string | null },
  zone: string,
): { readonly from: string | null; readonly to: string | null; readonly days: boolean } {
  const starts = (text: string | null): boolean =>
    text === null || startOfDay(dayOf(instant(text), zone), zone).equals(instant(text));
  if (!starts(part.from) || !starts(part.to)) return { from: part.from, to: part.to, days: false };
  return {
    from: part.from === null ? null : dayOf(instant(part.from), zone),
    to: part.to === null ? null : addDays(dayOf(instant(part.to), zone), -1),
    days: true,
  };
}

/** Items of one dataset ("system/dataset") by their keys, as text. */
export interface Named {
  readonly dataset: string;
  readonly keys: readonly (readonly (string | null)[])[];
}

export interface Hold {
  readonly id: string;
  readonly matter: string;
  readonly kind: (typeof matterKinds)[number];
  readonly reason: string;
  readonly legalBasis: string;
  readonly scope: Scope;
  /** Covers items that are yet to come too. */
  readonly prospective: boolean;
  /** What was there when a hold that is not prospective was placed, and that its time might not tell later (named.ts). */
  readonly named?: readonly Named[];
  readonly state: 'active' | 'error' | 'releasing' | 'released';
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly reviewDue: Instant;
  readonly releaseBy: string | null;
  /** Why the first of the two asks for the release. */
  readonly releaseReason: string | null;
  readonly releasedBy: string | null;
  readonly graceUntil: Instant | null;
}

/** Every state but "released" protects: a hold in error, or in its grace period, protects as before. */
export function protects(hold: Pick<Hold, 'state'>): boolean {
  return hold.state !== 'released';
}

/**
 * The items of a dataset that any of these holds keeps. Holds are a union: an item is free only when none matches.
 * `clock` dates the items where the scope has an interval; an item that cannot be dated counts as inside it.
 */
export function heldCondition(holds: readonly Hold[], dataset: Dataset, clock: string | null): Condition {
  const parts: Condition[] = [];
  // Keys of one kind and one interval are looked up together: two hundred people are one list, not two hundred questions.
  const people = new Map<string, { kind: string; spellings: Set<string>; when: Condition }>();
  for (const hold of holds) {
    for (const one of hold.named ?? [])
      if (one.dataset === `${dataset.system}/${dataset.id}` && one.keys.length > 0)
        parts.push({ is: 'key', oneOf: one.keys });
    for (const part of hold.scope) {
      if (!reaches(part, dataset)) continue;
      if (part.is === 'items') {
        parts.push({ is: 'key', oneOf: part.keys });
        continue;
      }
      const to = earliest(part.is === 'place' ? part.to : null, hold.prospective ? null : hold.placedAt.toString());
      const when = within(dataset, clock, part.is === 'place' ? part.from : null, to);
      if (part.is === 'place') {
        parts.push(all(ofPlace(part.place, dataset), when));
        continue;
      }
      const name = JSON.stringify([part.kind, when]);
      const known = people.get(name) ?? { kind: part.kind, spellings: new Set<string>(), when };
      for (const spelling of spellings(part.kind, part.value)) known.spellings.add(spelling);
      people.set(name, known);
    }
  }
  for (const { kind, spellings: spelled, when } of people.values())
    parts.push(all({ is: 'subject', kind, spellings: [...spelled] }, when));
  return any(...parts);
}

/**
 * The same, and the items of which a hold keeps a part: what goes together stays together, so a transcript that is held
 * keeps its call. Parts in other sources are asked about one by one when it comes to it (retention/layers.ts).
 */
export function heldWithParts(holds: readonly Hold[], dataset: Dataset, clock: string | null): Condition {
  const parts = dataset.layers.flatMap((layer): Condition[] => {
    if (layer.dataset.source !== dataset.source || layer.dataset.at.kind !== 'table' || !layer.join) return [];
    const where = heldWithParts(holds, layer.dataset, null);
    return isNothing(where) ? [] : [{ is: 'referred', by: layer.dataset, join: layer.join, where }];
  });
  return any(heldCondition(holds, dataset, clock), ...parts);
}

/** So many holds are told apart in one dataset; what those placed later keep is counted together. */
export const toldApart = 20;
/** The name of what they keep together, where a hold's id stands otherwise. */
export const otherHolds = 'other';

/**
 * Which holds can keep something here, each with what it keeps: the oldest by their ids, the rest together. An item that two
 * of them keep is of each.
 */
export function keepersOf(
  holds: readonly Hold[],
  dataset: Dataset,
  clock: string | null,
): { readonly hold: string; readonly where: Condition }[] {
  const some = holds.filter((hold) => !isNothing(heldWithParts([hold], dataset, clock)));
  const named = some.length > toldApart ? some.slice(0, toldApart) : some;
  const rest = some.slice(named.length);
  return [
    ...named.map((hold) => ({ hold: hold.id, where: heldWithParts([hold], dataset, clock) })),
    ...(rest.length === 0 ? [] : [{ hold: otherHolds, where: heldWithParts(rest, dataset, clock) }]),
  ];
}

/** Whether this part of a hold's scope can mean items of the dataset at all. */
function reaches(part: Scope[number], dataset: Dataset): boolean {
  const name = `${dataset.system}/${dataset.id}`;
  if (part.is === 'items') return part.dataset === name;
  if (part.datasets.length > 0 && !part.datasets.includes(name)) return false;
  return part.is === 'place'
    ? dataset.places.length > 0
    : dataset.subjects.some((subject) => subject.kind === part.kind);
}

function ofPlace(place: string, dataset: Dataset): Condition {
  return any(...dataset.places.map((field): Condition => ({ is: 'field', field, oneOf: formsOf(place) })));
}

/** Items dated in [from, to), and all that cannot be dated. No clock at all: the whole dataset, to be safe. */
function within(dataset: Dataset, clock: string | null, from: string | null, to: string | null): Condition {
  if (from === null && to === null) return everything;
  const dated = clock !== null && dataset.clocks[clock] ? clock : (Object.keys(dataset.clocks)[0] ?? null);
  if (dated === null) return everything;
  const after: Condition = from === null ? everything : not({ is: 'before', clock: dated, at: from });
  const before: Condition =
    to === null ? everything : any({ is: 'before', clock: dated, at: to }, { is: 'undated', clock: dated });
  return all(after, before);
}

/** Whether no moment lies in the interval of this place, also when only what was there when the hold was placed is meant. */
export function isEmptyInterval(
  part: { from: string | null; to: string | null },
  hold: Pick<Hold, 'prospective' | 'placedAt'>,
): boolean {
  const to = earliest(part.to, hold.prospective ? null : hold.placedAt.toString());
  return part.from !== null && to !== null && Date.parse(part.from) >= Date.parse(to);
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) <= Date.parse(b) ? a : b;
}

/** Whether a hold can touch this dataset at all. */
export function concerns(hold: Hold, dataset: Dataset): boolean {
  return !isNothing(heldCondition([hold], dataset, null));
}

/** The day a hold must be looked at again. The law's proportionality, not a release: nothing is freed when it passes. */
export function reviewDue(from: Instant, interval: string, zone: string): Instant {
  return ends(from, parseTerm(interval), 'event', zone);
}

/** What stands in evidence and lists instead of the scope: how many parts of which sort, never a value. */
export function scopeShape(scope: Scope): Record<'items' | 'subjects' | 'places', number> {
  return {
    items: scope.filter((part) => part.is === 'items').length,
    subjects: scope.filter((part) => part.is === 'subject').length,
    places: scope.filter((part) => part.is === 'place').length,
  };
}
