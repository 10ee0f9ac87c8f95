import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ageWords,
  counted,
  countryWords,
  dayAfter,
  dayWords,
  everyWords,
  joined,
  lower,
  same,
  termFigures,
  termWords,
  wholeSentences,
} from './wording.ts';

const proper = { nl: new Set(['Microsoft']), en: new Set(['Microsoft']) };

describe('words for figures', () => {
  it('one of a thing, and none or more of it', () => {
    const say = (n: number) => counted(n, { nl: 'termijn', en: 'term' }, { nl: 'termijnen', en: 'terms' });
    assert.deepEqual(say(1), { nl: '1 termijn', en: '1 term' });
    assert.deepEqual(say(0), { nl: '0 termijnen', en: '0 terms' });
    assert.deepEqual(say(21), { nl: '21 termijnen', en: '21 terms' });
  });
  it('terms as people say them', () => {
    assert.deepEqual(termWords('P90D'), { nl: '90 dagen', en: '90 days' });
    assert.deepEqual(termWords('P4W'), { nl: 'vier weken', en: 'four weeks' });
    assert.deepEqual(termWords('P1Y6M'), { nl: 'een jaar en zes maanden', en: 'one year and six months' });
    assert.deepEqual(termWords('PT24H'), { nl: '24 uur', en: '24 hours' });
    assert.deepEqual(termFigures('P1Y6M'), { nl: '1 jaar en 6 maanden', en: '1 year and 6 months' });
    assert.deepEqual(everyWords('P1Y'), { nl: 'elk jaar', en: 'every year' });
    assert.deepEqual(everyWords('P1M'), { nl: 'elke maand', en: 'every month' });
    assert.deepEqual(everyWords('P3M'), { nl: 'elke drie maanden', en: 'every three months' });
  });
  it('ages in the unit of the term', () => {
    assert.deepEqual(ageWords(0, 319.6, 'P7Y'), { nl: '0–0,9 jaar', en: '0–0.9 years' });
    assert.deepEqual(ageWords(3969, null, 'P7Y'), { nl: 'meer dan 10,9 jaar', en: 'more than 10.9 years' });
    assert.deepEqual(ageWords(0, 11.25, 'P90D'), { nl: '0–11 dagen', en: '0–11 days' });
    assert.deepEqual(ageWords(38.5, null, 'P4W'), { nl: 'meer dan 5,5 weken', en: 'more than 5.5 weeks' });
    assert.deepEqual(ageWords(753, null, 'P1Y6M'), { nl: 'meer dan 25 maanden', en: 'more than 25 months' });
    assert.deepEqual(ageWords(0, 0.125, 'PT24H'), { nl: '0–3 uur', en: '0–3 hours' });
  });
  it('days, months and countries as people write them', () => {
    assert.deepEqual(dayWords('2026-11-02'), { nl: '2 november 2026', en: '2 November 2026' });
    assert.deepEqual(dayWords('2019-10'), { nl: 'oktober 2019', en: 'October 2019' });
    assert.equal(dayAfter('2026-10-31', 'P1M'), '2026-11-30');
    assert.deepEqual(countryWords('NL'), { nl: 'Nederland', en: 'the Netherlands' });
    assert.deepEqual(countryWords('US'), { nl: 'de Verenigde Staten', en: 'the United States' });
  });
  it('lists with commas, and with semicolons where a part has a comma', () => {
    assert.equal(joined([same('a'), same('b'), same('c')]).nl, 'a, b en c');
    assert.equal(joined([same('a'), same('b, c')]).en, 'a; and b, c');
    assert.equal(joined([same('a en b'), same('c')]).nl, 'a en b, en c');
    assert.equal(joined([same('a and b'), same('c'), same('d')]).en, 'a and b, c, and d');
    assert.equal(joined([same('a en b'), same('c')]).en, 'a en b and c');
    assert.equal(joined([]).nl, '');
  });
  it('the middle of a sentence has no capital, unless the word is a name', () => {
    const middle = (text: string): string => lower(same(text), proper).nl;
    assert.equal(middle('Facturen.'), 'facturen');
    assert.equal(middle('E-mail en post'), 'e-mail en post');
    for (const name of ['IP-adressen', 'Microsoft 365', 'Nederlandse klanten', 'BSN']) assert.equal(middle(name), name);
  });
  it('whole sentences, one by one, each with one stop', () => {
    assert.deepEqual(wholeSentences('zeg nee.  Dan stoppen wij'), ['Zeg nee.', 'Dan stoppen wij.']);
    assert.deepEqual(wholeSentences('Wilt u dat? Bel ons (gratis).'), ['Wilt u dat?', 'Bel ons (gratis).']);
    assert.deepEqual(wholeSentences('Wij werken samen met St. Jan B.V..'), ['Wij werken samen met St. Jan B.V.']);
    assert.deepEqual(wholeSentences('Volgens UAVG art. 30(1)'), ['Volgens UAVG art. 30(1).']);
  });
});
