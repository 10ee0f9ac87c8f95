import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { policyJsonSchema } from '../policy/index.ts';
import { placeAt, wordsAt, type Schema } from './completion.ts';

const schema = JSON.parse(policyJsonSchema()) as Schema;
const at = (text: string): string[] => wordsAt(schema, placeAt(text.split('\n'))).map((one) => one.label);

describe('completion in the policy editor', () => {
  it('offers the sections at the top', () => {
    assert.ok(at('gestand: 1\nret').includes('retention'));
  });
  it('offers the keys of an item of a list, and no others', () => {
    const keys = at('retention:\n  - id: x\n    ke');
    assert.ok(keys.includes('keep') && keys.includes('from'));
    assert.ok(!keys.includes('organisation'));
  });
  it('offers the words that a value may be', () => {
    assert.deepEqual(at('retention:\n  - id: x\n    then: e').toSorted(), ['anonymise', 'erase', 'review']);
    assert.ok(at('purposes:\n  - id: x\n    basis: ').includes('contract'));
  });
  it('goes down to where one is, however deep, and back up', () => {
    assert.deepEqual(at('retention:\n  - id: x\n    extendedBy:\n      con').toSorted(), ['atMost', 'consent']);
    assert.ok(at('retention:\n  - id: x\n    extendedBy:\n      consent: y\n    th').includes('then'));
    assert.ok(at('retention:\n  - id: x\nho').includes('holds'));
  });
});
