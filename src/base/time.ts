/**
 * Time as the law counts it. Instants are UTC; terms are ISO 8601 durations added on the calendar of a named zone,
 * so "P1M after 31 January" and "P90D across the summer-time change" come out as a person with a calendar would say.
 */
import { Temporal } from 'temporal-polyfill';

export type Instant = Temporal.Instant;
/** A source of the current instant; tests pass a fixed one. */
export type Clock = () => Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

/** Parses an ISO 8601 instant ("2026-11-24T10:00:00Z"); throws RangeError when it is not one. */
export function instant(text: string): Instant {
  return Temporal.Instant.from(text);
}

export function instantFromEpochMs(ms: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms);
}

/** An ISO 8601 duration of calendar units that is longer than nothing. Kept as text: it is what the author wrote. */
export type Term = string & { readonly __brand: 'Term' };

/**
 * Parses a retention term. A term of nothing is never "off" and never "all": zero, negative, empty and fractional
 * units are refused with a RangeError that says so.
 */
export function parseTerm(text: string): Term {
  let duration: Temporal.Duration;
  try {
    duration = Temporal.Duration.from(text);
  } catch {
    throw new RangeError(`"${text}" is not an ISO 8601 duration such as P90D, P4W, P7Y or PT24H`);
  }
  if (!isWithinAges(duration)) throw new RangeError(`the term "${text}" is longer than a thousand years`);
  if (duration.sign <= 0) throw new RangeError(`the term "${text}" is not longer than nothing`);
  const days = duration.years || duration.months || duration.weeks || duration.days;
  if (days && (duration.hours || duration.minutes || duration.seconds || duration.milliseconds)) {
    throw new RangeError(`the term "${text}" mixes calendar days with hours: a term is the one or the other`);
  }
  return text as Term;
}

/** Beyond these a calendar cannot count, and nobody means them. */
function isWithinAges(duration: Temporal.Duration): boolean {
  try {
    return Temporal.PlainDate.from('2000-01-01').add(duration).year <= 3000;
  } catch {
    return false;
  }
}

/** What an event's date is rounded up to before the term starts: tax terms run from the end of the book year. */
export type StartOf = 'event' | 'end-of-day' | 'end-of-month' | 'end-of-year';

/** The first midnight at or after which the rounded unit of `day` is over. */
function unitEnd(day: Temporal.PlainDate, startsAt: Exclude<StartOf, 'event'>): Temporal.PlainDate {
  switch (startsAt) {
    case 'end-of-day':
      return day.add({ days: 1 });
    case 'end-of-month':
      return day.with({ day: 1 }).add({ months: 1 });
    case 'end-of-year':
      return day.with({ month: 1, day: 1 }).add({ years: 1 });
  }
}

/**
 * The instant at which a term that starts with `event` has passed: when the wall clock of `zone` has reached the event's
 * own wall time plus the term. A wall time that summer time skips counts at the jump, one that comes twice at its second coming.
 */
export function ends(event: Instant, term: Term, startsAt: StartOf, zone: string): Instant {
  const duration = Temporal.Duration.from(term);
  if (isHours(duration) && startsAt === 'event') return event.add(duration);
  const wall = event.toZonedDateTimeISO(zone).toPlainDateTime();
  const from = startsAt === 'event' ? wall : unitEnd(wall.toPlainDate(), startsAt).toPlainDateTime();
  return fromPlain(from.add(duration), zone);
}

/**
 * The cut-off for a sweep: every event strictly before it has ended at `now`. None that is left has ended more than a day ago.
 *
 * Subtracting the term is not enough: 31 January + P1M is 28 February, while 28 February − P1M is 28 January, and three
 * days of items would stay past their term. The one day is the price of months of unequal length: 30 January 13:00 + P1M
 * is later than 31 January 11:00 + P1M, so no single instant divides them; the cut-off is then the earlier, safe one.
 */
export function cutoff(now: Instant, term: Term, startsAt: StartOf, zone: string): Instant {
  const duration = Temporal.Duration.from(term);
  if (isHours(duration) && startsAt === 'event') return now.subtract(duration);
  const wall = Temporal.PlainDateTime.from(wallCutoff(now, zone).replace(' ', 'T'));
  const today = wall.toPlainDate();
  const endsOn = (day: Temporal.PlainDate): number => Temporal.PlainDate.compare(day.add(duration), today);
  // endsOn never falls as the day rises: walk from the guess to the first day whose term does not end before today.
  let day = today.subtract(duration);
  while (endsOn(day.subtract({ days: 1 })) >= 0) day = day.subtract({ days: 1 });
  while (endsOn(day) < 0) day = day.add({ days: 1 });
  if (startsAt === 'event') {
    const time = endsOn(day) === 0 ? wall.toPlainTime() : Temporal.PlainTime.from('00:00');
    return day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant();
  }
  let boundary = unitEnd(day.add({ days: 1 }), startsAt);
  while (endsOn(boundary) > 0) boundary = unitStart(boundary.subtract({ days: 1 }), startsAt);
  return boundary.toZonedDateTime(zone).toInstant();
}

function unitStart(day: Temporal.PlainDate, startsAt: Exclude<StartOf, 'event'>): Temporal.PlainDate {
  if (startsAt === 'end-of-day') return day;
  return startsAt === 'end-of-month' ? day.with({ day: 1 }) : day.with({ month: 1, day: 1 });
}

function isHours(duration: Temporal.Duration): boolean {
  return duration.years === 0 && duration.months === 0 && duration.weeks === 0 && duration.days === 0;
}

/** A wall time as an instant: at the jump when summer time skips it, at its second coming when it comes twice. */
function fromPlain(wall: Temporal.PlainDateTime, zone: string): Instant {
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (later.toPlainDateTime().equals(wall)) return later.toInstant();
  const jump = wall.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return (jump ?? later).toInstant();
}

/**
 * An instant as the wall clock of a zone shows it, for comparing with stored local times ("YYYY-MM-DD HH:MM:SS.mmm").
 *
 * In the hour that comes twice a stored local time may mean the later reading; everything from the start of that hour
 * on then counts as not yet past, so that nothing is deleted an hour early.
 */
export function wallCutoff(at: Instant, zone: string): string {
  const here = at.toZonedDateTimeISO(zone);
  const wall = here.toPlainDateTime();
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant();
  if (Temporal.Instant.compare(later, at) <= 0) return wallText(wall);
  const change = here.getTimeZoneTransition('next');
  return change ? wallText(change.toPlainDateTime()) : wallText(wall);
}

/** The instant a stored local time stands for; in the doubled hour the later one, so that an item is never too old. */
export function fromWall(text: string, zone: string): Instant | null {
  try {
    return Temporal.PlainDateTime.from(text.replace(' ', 'T'))
      .toZonedDateTime(zone, { disambiguation: 'later' })
      .toInstant();
  } catch {
    return null;
  }
}

/**
 * The start of a day in milliseconds, where the clock of the zone then runs on evenly until the next midnight: any time of
 * that day lies so much later. Null for a day on which the clock changes, and for what is no day.
 */
export function evenDay(day: string, zone: string): number | null {
  let start: Temporal.ZonedDateTime;
  try {
    start = Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(zone);
  } catch {
    return null;
  }
  const next = start.toPlainDate().add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const change = start.getTimeZoneTransition('next');
  const even =
    start.hour + start.minute + start.second === 0 &&
    next - start.epochMilliseconds === 86_400_000 &&
    (change === null || change.epochMilliseconds >= next);
  return even ? start.epochMilliseconds : null;
}

function wallText(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'millisecond' }).replace('T', ' ');
}

export function isBefore(a: Instant, b: Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

/** UTC, to the minute: the finest time that an evidence leaf carries. */
export function toMinute(at: Instant): string {
  return at.toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
}

/** Whether a text names a zone this program can compute with. */
export function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** The calendar day on which an instant falls in a zone. */
export function dayOf(at: Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The first instant of a calendar day in a zone. Throws RangeError when the text is not a day. */
export function startOfDay(day: string, zone: string): Instant {
  return Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(zone).toInstant();
}

/** The calendar day that lies so many days after another; negative numbers go back. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The day on which a term that starts on another day ends: "2026-10-01" and P3M give "2027-01-01". */
export function dayAfter(day: string, term: Term): string {
  return Temporal.PlainDate.from(day).add(Temporal.Duration.from(term)).toString();
}

/** The first instant at which this day is over in a zone. */
export function endOfDay(day: string, zone: string): Instant {
  return startOfDay(addDays(day, 1), zone);
}

/** The last day of what runs until an instant, which itself is no part of it: what ends at midnight ends with the day before. */
export function lastDay(end: Instant, zone: string): string {
  return dayOf(end.subtract({ nanoseconds: 1 }), zone);
}

/** Whether an end is the end of a day, as `endOfDay` gives it: a person is then told the day and no time. */
export function isEndOfDay(end: Instant, zone: string): boolean {
  return Temporal.Instant.compare(endOfDay(lastDay(end, zone), zone), end) === 0;
}
