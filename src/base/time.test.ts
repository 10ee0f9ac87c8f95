import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  cutoff,
  dayOf,
  endOfDay,
  ends,
  fromWall,
  instant,
  instantFromEpochMs,
  isEndOfDay,
  lastDay,
  parseTerm,
  wallCutoff,
  type StartOf,
} from './time.ts';

const zone = 'Europe/Amsterdam';
const minute = 60_000;
const day = 86_400_000;
const terms = ['P90D', 'P1M', 'P4W', 'P6M', 'P1Y', 'P7Y', 'PT24H', 'P13M'];
const startsAt: StartOf[] = ['event', 'end-of-day', 'end-of-month', 'end-of-year'];

/** Whether every event before the cut-off has ended, and none at or after it ended more than a day (and a summer-time hour) ago. */
function divides(cut: typeof cutoff, runs: number): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...terms),
      fc.constantFrom(...startsAt),
      fc.integer({ min: Date.UTC(2023, 0, 1) / minute, max: Date.UTC(2029, 0, 1) / minute }),
      fc.integer({ min: -60 * 1440, max: 60 * 1440 }),
      (text, from, now, distance) => {
        const term = parseTerm(text);
        const at = instantFromEpochMs(now * minute);
        const edge = cut(at, term, from, zone).epochMilliseconds;
        for (const minutes of [distance, distance % 1440, -1, 0, 1]) {
          const over = ends(instantFromEpochMs(edge + minutes * minute), term, from, zone).epochMilliseconds;
          if (minutes < 0) assert.ok(over <= at.epochMilliseconds, `${text} ${from} at ${at.toString()}: early`);
          else assert.ok(over >= at.epochMilliseconds - day - 3_600_000, `${text} ${from} at ${at.toString()}: late`);
        }
      },
    ),
    { numRuns: runs },
  );
}

describe('a term on the calendar', () => {
  it('never ends early, and none that is over is left more than a day', () => divides(cutoff, 2000));

  it('which a plain subtraction does not keep', () => {
    const naive: typeof cutoff = (now, term) => now.toZonedDateTimeISO(zone).subtract(term).toInstant();
    assert.throws(() => divides(naive, 2000));
  });

  it('counts 31 January and a month as over at the end of February', () => {
    const cut = cutoff(instant('2026-03-01T12:00:00Z'), parseTerm('P1M'), 'event', zone);
    assert.equal(cut.toString(), '2026-02-01T12:00:00Z');
    assert.equal(
      ends(instant('2028-02-29T12:00:00Z'), parseTerm('P1Y'), 'event', zone).toString(),
      '2029-02-28T12:00:00Z',
    );
  });

  it('starts tax terms at the end of the book year', () => {
    assert.equal(
      ends(instant('2019-03-03T10:00:00Z'), parseTerm('P7Y'), 'end-of-year', zone).toString(),
      '2026-12-31T23:00:00Z',
    );
  });

  it('is never nothing, never negative, never a mixture', () => {
    for (const text of ['', 'P0D', 'PT0S', '-P1D', '90', 'ninety days', 'P1DT12H', 'P1.5D'])
      assert.throws(() => parseTerm(text), RangeError, text);
    assert.equal(parseTerm('P90D'), 'P90D');
  });
});

describe('the hour that comes twice', () => {
  it('counts as its second coming on the way in, and not as past on the way out', () => {
    assert.equal(fromWall('2026-10-25 02:30:00', zone)?.toString(), '2026-10-25T01:30:00Z');
    assert.equal(wallCutoff(instant('2026-10-25T00:30:00Z'), zone), '2026-10-25 02:00:00.000');
    assert.equal(wallCutoff(instant('2026-10-25T01:30:00Z'), zone), '2026-10-25 02:30:00.000');
  });
  it('a stored time before the wall cut-off is always before the cut-off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: -300, max: 300 }), (minutes, before) => {
        const at = instant('2026-10-24T23:00:00Z').add({ minutes });
        const wall = instantFromEpochMs(
          Date.parse(`${wallCutoff(at, zone).replace(' ', 'T')}Z`) - 1000 * Math.abs(before) - 1,
        );
        const stored = wall.toString().replace('T', ' ').replace('Z', '');
        assert.ok((fromWall(stored, zone)?.epochMilliseconds ?? Infinity) < at.epochMilliseconds);
      }),
    );
  });

  it('tells the end of a day by that day, whatever the clock does around it', () => {
    const zone = 'Europe/Amsterdam';
    // Winter, summer, both nights on which the clock changes and the days before them, and a leap day.
    const days = '2027-01-31 2027-05-20 2027-03-27 2027-03-28 2027-10-30 2027-10-31 2028-02-29 2026-12-31'.split(' ');
    for (const day of days) {
      const end = endOfDay(day, zone);
      assert.equal(lastDay(end, zone), day);
      assert.equal(isEndOfDay(end, zone), true, day);
      // The instant itself is no longer that day; a moment before it is.
      assert.equal(dayOf(end, zone), addDays(day, 1));
      assert.equal(lastDay(end.subtract({ seconds: 1 }), zone), day);
      for (const off of [{ seconds: 1 }, { minutes: -1 }, { hours: 1 }])
        assert.equal(isEndOfDay(end.add(off), zone), false, day);
      // By the clock of another place it is no end of a day.
      assert.equal(isEndOfDay(end, 'America/New_York'), false);
    }
  });
});
