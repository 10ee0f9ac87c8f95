import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { samePerson } from './person.ts';

describe('two names', () => {
  it('are one person however they are typed', () => {
    for (const name of ['a. de beer', 'A de Beer', ' A.  de\u00a0Beer ', 'Ａ. DE BEER'])
      assert.ok(samePerson('A. de Beer', name), name);
  });
  it('are two where a letter differs', () => {
    for (const name of ['A. de Boer', 'B. de Beer', 'A. Beer', '']) assert.ok(!samePerson('A. de Beer', name), name);
  });
});
