import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPolicyFolder } from '../../../app/folder.ts';
import type { Text } from '../../../base/language.ts';
import { promiseIds, type Policy } from '../../../policy/index.ts';
import { lintRules } from '../../../policy/index.ts';
import { declarables } from '../../assurance/declarable.ts';
import { checks, rulesOf } from '../checks/index.ts';
import { promised } from './index.ts';

const ids = Array.from({ length: 37 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);
const policyOf = (name: string): Policy => {
  const policy = openPolicyFolder(`policies/${name}`).parsed.value;
  assert.ok(policy);
  return policy;
};
const whole = (text: Text): boolean => text.nl.trim() !== '' && text.en.trim() !== '';

/** Rules that put the promise of the item at risk where they find something, and break none by themselves. */
const ofItems = ['D02', 'D03', 'D04', 'D05', 'D06', 'D08', 'D09', 'D10', 'G01', 'G06', 'H01', 'H03', 'H04', 'I02'];
/** Rules about the running systems: the board asks those itself. */
const living = ['D07', 'I04'];

describe('what each promise needs to have shown', () => {
  it('stands in the table for P01–P37, in Dutch and English, with what the proof shows, what it does not, and how to see for oneself', () => {
    assert.deepEqual(Object.keys(promised).toSorted(), ids);
    for (const [id, one] of Object.entries(promised)) {
      for (const text of [one.title, one.shows, one.doesNotShow, one.verify]) assert.ok(whole(text), id);
      assert.notEqual(one.title.nl, one.title.en, id);
      for (const need of one.needs) if (need.by === 'nothing') assert.ok(whole(need.title) && whole(need.missing), id);
    }
  });

  it('names only checks and declarations that there are', () => {
    const declarable = declarables(policyOf('it-provider'));
    for (const [id, one] of Object.entries(promised))
      for (const need of one.needs) {
        if (need.by === 'check')
          assert.ok(
            checks.some((check) => check.id === need.id),
            `${id}: ${need.id}`,
          );
        if (need.by === 'declaration') assert.ok(declarable.has(need.id), `${id}: ${need.id}`);
      }
  });

  it('covers every promise that the reference policies make, and the reference policy makes all of them', () => {
    assert.deepEqual(promiseIds(policyOf('it-provider')), ids);
    for (const id of promiseIds(policyOf('it-provider-2019'))) assert.ok(id in promised, id);
  });

  it('brings every rule of the linter to a promise, or says that it follows the item', () => {
    const known = [...Object.keys(rulesOf), ...[...ofItems, ...living].map((one) => `GST-${one}`)];
    assert.deepEqual(known.toSorted(), lintRules.map((rule) => rule.id).toSorted());
    for (const promises of Object.values(rulesOf)) for (const id of promises) assert.ok(ids.includes(id), id);
  });

  it('finds every control that the reference policy names', () => {
    const policy = policyOf('it-provider');
    const declarable = declarables(policy);
    for (const measure of policy.measures)
      for (const by of measure.shownBy)
        assert.ok(
          by.kind === 'check' ? checks.some((one) => one.id === by.control) : declarable.has(by.control),
          by.control,
        );
  });
});
