import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endOfDay } from '../base/time.ts';
import { sayIn } from './say.ts';

describe('until when something runs', () => {
  const zone = 'Europe/Amsterdam';
  it('is the last day of it, in winter, in summer and around the nights on which the clock changes', () => {
    for (const [day, nl, en] of [
      ['2027-05-20', '20 mei 2027', '20 May 2027'],
      ['2027-01-31', '31 jan 2027', '31 Jan 2027'],
      ['2027-03-27', '27 mrt 2027', '27 Mar 2027'],
      ['2027-03-28', '28 mrt 2027', '28 Mar 2027'],
      ['2027-10-31', '31 okt 2027', '31 Oct 2027'],
    ] as const) {
      const end = endOfDay(day, zone).toString();
      assert.equal(sayIn('nl', zone).until(end).replace('.', ''), `tot en met ${nl}`);
      assert.equal(sayIn('en', zone).until(end), `up to and including ${en}`);
      // The control: shown as the moment that it is, it reads as the next day.
      assert.doesNotMatch(sayIn('en', zone).moment(end), new RegExp(`^${en}`, 'u'));
    }
  });
  it('is a time where it ends within a day', () => {
    assert.match(sayIn('en', zone).until('2026-11-25T09:30:00Z'), /^until 25 Nov 2026, 10:30$/u);
    assert.match(sayIn('nl', zone).until('2027-05-20T21:59:59Z'), /^tot 20 mei 2027/u);
  });
});
