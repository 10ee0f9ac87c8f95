import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { instant } from '../../base/time.ts';
import { judge, proofKinds, type Part } from './model.ts';

const now = instant('2026-11-24T10:00:00Z');
const part = (over: Partial<Part> = {}): Part => ({
  id: 'x',
  title: { nl: 'x', en: 'x' },
  kind: 'measured',
  state: 'kept',
  why: [],
  proof: { at: now.subtract({ hours: 1 }), event: 'e' },
  until: now.add({ hours: 25 }),
  ...over,
});

describe('a promise of several parts', () => {
  it('is kept when all its parts are', () => {
    assert.equal(judge([part(), part()], now).state, 'kept');
  });
  it('is not kept when one part is not, whatever that part lacks', () => {
    for (const state of ['broken', 'not-proven', 'at-risk'] as const)
      assert.equal(judge([part(), part({ state }), part()], now).state, state);
    assert.equal(judge([part({ state: 'at-risk' }), part({ state: 'not-proven' })], now).state, 'not-proven');
    assert.equal(judge([part({ state: 'broken' }), part({ state: 'not-proven' })], now).state, 'broken');
  });
  it('names at once all that no system has, and each of it once', () => {
    const lacks = (data: string) => part({ state: 'not-proven', why: [{ is: 'no-system', data }] });
    const stale = part({ state: 'not-proven', why: [{ is: 'never-measured', on: 'x' }] });
    assert.deepEqual(judge([lacks('a'), stale, lacks('b'), lacks('a')], now).why, [
      { is: 'no-system', data: 'a', also: ['b'] },
      { is: 'never-measured', on: 'x' },
    ]);
    assert.deepEqual(judge([lacks('a')], now).why, [{ is: 'no-system', data: 'a' }]);
  });

  it('says once what was counted for all of them together', () => {
    const counted = (held: number) => part({ why: [{ is: 'measured', datasets: 1, held, retained: 2 }] });
    const told = { is: 'said-absent', data: 'voicemail' } as const;
    assert.deepEqual(judge([counted(3), part({ why: [told] }), counted(0)], now).why, [
      { is: 'measured', datasets: 2, held: 3, retained: 4 },
      told,
    ]);
  });
  it('is not proven when nothing is there to prove it', () => {
    assert.equal(judge([], now).state, 'not-proven');
  });
  it('is never kept on proof that is not there or that ended, whoever says so', () => {
    assert.equal(judge([part({ proof: null })], now).state, 'not-proven');
    assert.equal(judge([part({ until: null })], now).state, 'not-proven');
    assert.equal(judge([part({ until: now.subtract({ seconds: 1 }) })], now).state, 'not-proven');
  });
  it('is never kept on proof of a day to come: a clock that ran ahead shows nothing', () => {
    const ahead = { at: now.add({ seconds: 1 }), event: 'e' };
    assert.equal(judge([part({ proof: ahead })], now).state, 'not-proven');
  });
  it('rests on its weakest kind of proof, and on its oldest', () => {
    const old = { at: now.subtract({ hours: 24 * 60 }), event: 'old' };
    const verdict = judge([part(), part({ kind: 'declared', proof: old }), part({ kind: 'derived' })], now);
    assert.equal(verdict.kind, 'declared');
    assert.equal(verdict.proof?.event, 'old');
    assert.equal(verdict.next?.toString(), now.add({ hours: 25 }).toString());
    // Broken by what was measured, whatever else somebody declared; and what is not proven rests on no kind at all.
    assert.equal(judge([part({ state: 'broken' }), part({ kind: 'declared' })], now).kind, 'measured');
    assert.equal(judge([part(), part({ state: 'not-proven', proof: null })], now).kind, 'none');
  });
  it('is kept only with proof for each part that counts now: any parts at all', () => {
    const hours = fc.integer({ min: -100, max: 100 });
    const any = fc.record({
      state: fc.constantFrom('kept', 'at-risk', 'broken', 'not-proven' as const),
      kind: fc.constantFrom(...proofKinds, 'none' as const),
      proof: fc.option(hours.map((h) => ({ at: now.add({ hours: h }), event: 'e' }))),
      until: fc.option(hours.map((h) => now.add({ hours: h }))),
    });
    let kept = 0;
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), (parts) => {
        const verdict = judge(
          parts.map((one) => part(one as Partial<Part>)),
          now,
        );
        if (verdict.state !== 'kept') return;
        kept += 1;
        assert.ok(verdict.parts.length > 0);
        for (const one of verdict.parts)
          assert.ok(one.proof && one.until && one.until.epochMilliseconds >= now.epochMilliseconds);
      }),
      { numRuns: 2000 },
    );
    assert.ok(kept > 10, 'the property was about something');
  });
});
