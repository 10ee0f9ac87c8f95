import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Country } from './country.ts';

const told = (letters: string): string[] => {
  const parsed = Country.safeParse(letters);
  return parsed.success ? [] : parsed.error.issues.map((one) => one.message);
};

describe('a country', () => {
  it('has two letters of ISO 3166-1', () => {
    for (const letters of ['NL', 'BE', 'GB', 'GR', 'CH', 'XK']) assert.deepEqual(told(letters), []);
  });

  it('is told by the letters that people take for it, and by none that stand for no country', () => {
    assert.match(told('UK').join(), /"UK" is no country of ISO 3166-1: expected GB$/);
    for (const letters of ['ZZ', 'EU', 'QQ', 'XA']) assert.match(told(letters).join(), /no country .* such as NL$/);
    for (const letters of ['nl', 'NLD', '', 'N1'])
      assert.deepEqual(told(letters), ['expected a two-letter country code (ISO 3166-1) such as NL']);
  });
});
