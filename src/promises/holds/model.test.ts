import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant } from '../../base/time.ts';
import { matches, type Dataset } from '../../connectors/kit/index.ts';
import { daysOf, GivenScope, heldCondition, inMoments, isEmptyInterval, type Hold } from './model.ts';

const zone = 'Europe/Amsterdam';
const place = (from: string | null, to: string | null) => [
  { is: 'place' as const, place: 'door', datasets: [], from, to },
];
const moments = (from: string | null, to: string | null, where = zone): (string | null)[] =>
  inMoments(place(from, to), where).flatMap((part) => (part.is === 'place' ? [part.from, part.to] : []));

describe('the days of a hold', () => {
  it('run from the start of the first to the end of the last, in the zone of the organisation', () => {
    assert.deepEqual(moments('2026-11-01', '2026-11-01'), ['2026-10-31T23:00:00Z', '2026-11-01T23:00:00Z']);
    assert.deepEqual(moments('2026-07-01', '2026-07-02'), ['2026-06-30T22:00:00Z', '2026-07-02T22:00:00Z']);
    assert.deepEqual(moments('2026-11-01', null, 'UTC'), ['2026-11-01T00:00:00Z', null]);
    assert.deepEqual(moments(null, '2026-11-01', 'UTC'), [null, '2026-11-02T00:00:00Z']);
  });

  it('have 23 or 25 hours where the clock is put forward or back', () => {
    assert.deepEqual(moments('2026-03-29', '2026-03-29'), ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z']);
    assert.deepEqual(moments('2026-10-25', '2026-10-25'), ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z']);
  });

  it('are told back as they were given; hours, and days of another zone, as moments', () => {
    const back = (from: string | null, to: string | null): unknown => {
      const [start = null, end = null] = moments(from, to);
      return daysOf({ from: start, to: end }, zone);
    };
    for (const [from, to] of [
      ['2026-10-25', '2026-10-25'],
      ['2026-03-29', '2026-03-30'],
      [null, '2026-11-01'],
      ['2026-11-01', null],
    ] as const)
      assert.deepEqual(back(from, to), { from, to, days: true });
    const hours = { from: '2026-11-01T08:00:00Z', to: '2026-11-01T09:00:00Z' };
    assert.deepEqual(back(hours.from, hours.to), { ...hours, days: false });
    // As a form of before took them.
    assert.equal(daysOf({ from: '2026-11-01T00:00:00Z', to: '2026-11-01T23:59:59Z' }, zone).days, false);
  });

  it('may be one, and not end before they begin', () => {
    const hold = { prospective: true, placedAt: null as never };
    const empty = (from: string, to: string): boolean =>
      inMoments(place(from, to), zone).some((part) => part.is === 'place' && isEmptyInterval(part, hold));
    assert.equal(empty('2026-11-01', '2026-11-01'), false);
    assert.equal(empty('2026-11-02', '2026-11-01'), true);
  });

  it('must be days, or moments that say their zone', () => {
    const fits = (from: string): boolean => GivenScope.safeParse(place(from, null)).success;
    assert.deepEqual(['2026-11-01', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00+01:00'].map(fits), [true, true, true]);
    assert.deepEqual(['2026-02-30', '1-11-2026', '2026-11-01T00:00:00', 'tomorrow'].map(fits), [
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a place that is held', () => {
  it('is one place, whether its letters and their accents stand as one or apart', () => {
    const cameras: Dataset = {
      system: 's',
      id: 'film',
      source: 'media',
      at: { kind: 'tree', templates: ['{camera}.mp4'], ignore: [] },
      key: ['path'],
      fields: { path: { data: 'recording' } },
      data: 'camera-images',
      clocks: {},
      subjects: [],
      places: ['camera'],
      consents: {},
      layers: [],
      referrers: [],
      selfDeleting: false,
      secretKey: false,
    };
    const held = (given: string, stands: string): boolean => {
      const hold = {
        scope: [{ is: 'place', place: given, datasets: [], from: null, to: null }],
        prospective: true,
        placedAt: instant('2026-11-01T00:00:00Z'),
      } as unknown as Hold;
      const item = { key: ['x'], fields: { camera: stands }, at: {}, bytes: null };
      return matches(cameras, item, heldCondition([hold], cameras, null));
    };
    const [whole, apart] = ['Café', 'Café'.normalize('NFD')];
    for (const given of [whole, apart])
      for (const stands of [whole, apart]) assert.ok(held(given, stands), `${given} ${stands}`);
    assert.ok(!held(whole, 'Cafe') && !held('Cafe', apart));
  });
});
