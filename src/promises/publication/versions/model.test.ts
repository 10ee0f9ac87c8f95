import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { samePerson } from '../../../base/person.ts';
import { instant, type Instant } from '../../../base/time.ts';
import {
  blocking,
  current,
  hindrance,
  previous,
  publication,
  published,
  standing,
  type Act,
  type ActKind,
  type Version,
} from './model.ts';

const day = '2026-11-24';
const act = (kind: ActKind, by: string, effective: string | null = null, at = '2026-11-24T10:00:00Z'): Act => ({
  act: kind,
  by,
  at: instant(at),
  effective,
  reason: kind === 'withdrawn' ? 'x' : null,
  event: '',
});
const decided = (version: Version): Instant => {
  const day = publication(version);
  assert.ok(day);
  return day.at;
};
const version = (id: string, ...acts: Act[]): Version => ({
  id,
  label: id,
  sha256: id,
  policyHash: id,
  madeAt: instant('2026-11-24T10:00:00Z'),
  acts,
});
const out = (id: string, effective: string, at?: string): Version =>
  version(id, act('drafted', 'A'), act('reviewed', 'A'), act('approved', 'B'), act('published', 'B', effective, at));

describe('the life of a version', () => {
  it('goes one way: drafted, reviewed, approved, published', () => {
    const acts = [act('drafted', 'A')];
    assert.equal(hindrance([], 'reviewed', 'A', day), 'order');
    assert.equal(hindrance(acts, 'approved', 'B', day), 'order');
    assert.equal(hindrance(acts, 'published', 'B', day), 'order');
    acts.push(act('reviewed', 'C'));
    assert.equal(hindrance(acts, 'published', 'B', day), 'order');
    assert.equal(hindrance(acts, 'approved', 'B', day), null);
    acts.push(act('approved', 'B'));
    assert.equal(hindrance(acts, 'reviewed', 'B', day), 'order');
    assert.equal(hindrance(acts, 'published', 'A', day), null);
  });

  it('needs four eyes: who drafted or reviewed it does not approve it, however the name is written', () => {
    const acts = [act('drafted', 'A. de Beer'), act('reviewed', 'C. Smit')];
    for (const name of ['A. de Beer', 'a. de beer', ' A.  de Beer ', 'C. SMIT'])
      assert.equal(hindrance(acts, 'approved', name, day), 'same-person', name);
    assert.equal(hindrance(acts, 'approved', 'E. Vos', day), null);
    assert.ok(!samePerson('A. de Beer', 'A. de Boer'));
    // A new draft has new hands: who drafted it before it was withdrawn may approve now.
    const again = [...acts, act('withdrawn', 'C. Smit'), act('drafted', 'E. Vos'), act('reviewed', 'E. Vos')];
    assert.equal(hindrance(again, 'approved', 'A. de Beer', day), null);
  });

  it('ends by withdrawal until its day comes, and not from then on', () => {
    assert.equal(hindrance(out('a', '2026-11-25').acts, 'withdrawn', 'A', day), null);
    assert.equal(hindrance(out('a', day).acts, 'withdrawn', 'A', day), 'in-force');
    assert.equal(hindrance(out('a', '2026-01-01').acts, 'withdrawn', 'A', day), 'in-force');
  });

  it('is planned, then the statement, then superseded, by the day alone', () => {
    const all = [out('a', '2026-01-01'), out('b', '2026-12-01')];
    const [a, b] = all;
    assert.ok(a && b);
    const on = (when: string): string[] => all.map((one) => standing(one, all, when));
    assert.deepEqual(on('2026-11-30'), ['published', 'planned']);
    assert.deepEqual(on('2026-12-01'), ['superseded', 'published']);
    assert.equal(current(all, '2025-12-31'), null);
    assert.equal(previous(all, '2026-12-01', decided(b))?.id, 'a');
  });

  it('of two for one day, the one decided last is the statement; the other was it for some hours, and is compared with', () => {
    const [first, second] = [out('a', day, `${day}T11:00:00Z`), out('b', day, `${day}T12:00:00Z`)];
    const all = [out('old', '2026-01-01', '2025-12-01T10:00:00Z'), second, first];
    assert.equal(current(all, day)?.id, 'b');
    assert.deepEqual(
      published(all).map((one) => one.id),
      ['old', 'a', 'b'],
    );
    assert.deepEqual(
      all.map((one) => standing(one, all, day)),
      ['superseded', 'published', 'superseded'],
    );
    const before = (one: Version): string | undefined =>
      previous(
        all.filter((other) => other.id !== one.id),
        day,
        decided(one),
      )?.id;
    assert.deepEqual([before(second), before(first)], ['a', 'old']);
  });

  it('of two for a day to come, the one decided last is the only one, and takes the place of what was in force', () => {
    const all = [
      out('old', '2026-01-01', '2025-12-01T10:00:00Z'),
      out('a', '2026-12-24', '2026-12-01T10:00:00Z'),
      out('b', '2026-12-24', '2026-12-02T10:00:00Z'),
    ];
    assert.deepEqual(
      published(all).map((one) => one.id),
      ['old', 'b'],
    );
    assert.equal(previous(all.slice(0, 2), '2026-12-24', instant('2026-12-02T10:00:00Z'))?.id, 'old');
    assert.equal(previous(all, '2027-02-01', instant('2027-01-05T10:00:00Z'))?.id, 'b');
  });

  it('has on every day one statement at most, and that one is published', () => {
    const days = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(days, { maxLength: 6 }), days, (effective, today) => {
        const all = effective.map((one, i) => out(`v${i}`, one, `2026-11-01T10:0${i}:00Z`));
        const now = all.filter((one) => standing(one, all, today) === 'published');
        assert.deepEqual(
          now.map((one) => one.id),
          effective.some((one) => one <= today) ? [current(all, today)?.id] : [],
        );
      }),
    );
  });
});

describe('an error of the linter', () => {
  const fault = { rule: 'GST-B01', severity: 'E', path: 'purposes.news.basis' } as const;
  const waiver = (path: string, until: string) => ({
    id: 'o',
    rule: 'GST-B01',
    path,
    reason: 'r',
    until,
    by: 'DPO',
    at: instant('2026-11-24T10:00:00Z'),
  });
  it('blocks, and a warning does not', () => {
    assert.equal(blocking([fault], [], day).blocked.length, 1);
    assert.equal(blocking([{ ...fault, severity: 'W' }], [], day).blocked.length, 0);
  });
  it('is let pass at its place, up to and including the last day', () => {
    const overrides = [waiver('purposes.news', '2026-12-01')];
    assert.deepEqual(blocking([fault], overrides, '2026-12-01').blocked, []);
    assert.equal(blocking([fault], overrides, '2026-12-01').passed.length, 1);
    assert.equal(blocking([fault], overrides, '2026-12-02').blocked.length, 1);
    assert.equal(blocking([{ ...fault, path: 'purposes.newsletter.basis' }], overrides, day).blocked.length, 1);
    assert.equal(blocking([{ ...fault, rule: 'GST-B02' }], overrides, day).blocked.length, 1);
  });
});
