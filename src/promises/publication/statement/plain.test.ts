import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lawBook, policyOf, rawPolicy, wholePolicy } from '../../../../test/worlds/policies.ts';
import type { Language } from '../../../base/language.ts';
import { sentences } from '../document/model.ts';
import type { Policy } from '../../../policy/index.ts';
import { statement } from './index.ts';

const book = lawBook();
const reference = policyOf(rawPolicy('it-provider'));
const whole = policyOf(wholePolicy());
/** Addresses and names of cookies are not ours to write. */
const notOurs = /\.(email|website)$|^cookies\.list\.\d+\.name$/u;
const linesOf = (policy: Policy, language: Language): string[] =>
  sentences(statement(policy, language, { lawBook: book }).blocks)
    .filter((one) => !notOurs.test(one.from))
    .map((one) => one.text);
const wordsOf = (line: string): number => line.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Words in a sentence: what a reader of B1 still takes in at once. */
const most = 25;

/** Words by which one knows that a lawyer wrote it for a lawyer. */
const legalese: Record<Language, RegExp> = {
  nl: /\b(uit hoofde van|middels|ten behoeve van|teneinde|hetgeen|alsmede|derhalve|dienaangaande|desbetreffende|voornoemde|jegens|krachtens|ingevolge|met betrekking tot|in het kader van|ter zake|onverminderd|dewelke|betrokkene|aanwenden|zulks|indien|tevens|reeds|dient te)\b/iu,
  en: /\b(pursuant to|hereby|herein|thereof|hereinafter|aforementioned|notwithstanding|inter alia|in accordance with|with respect to|in respect of|prior to|subsequent to|for the purposes of|data subjects?|shall|whereby|utili[sz]e|commence|terminate)\b/iu,
};
/** Slips of a sentence that was put together. */
const slips =
  /\.\.|,,|;;|\s[.,;:]|\s\s|^\p{Ll}|[^.!?:;] (De|Het|Een|The|A|An|Van|Wie) |\b(de de|het het|van van|the the|of of|a a|from from)\b|undefined|null|\[object|\{|\}/u;

describe('the statement is plain', () => {
  for (const language of ['nl', 'en'] as const) {
    it(`in ${language}: no sentence over twenty-five words, most are short, and eight words is usual`, () => {
      for (const policy of [reference, whole]) {
        const lines = linesOf(policy, language);
        assert.deepEqual(
          lines.filter((line) => wordsOf(line) > most),
          [],
        );
        const long = lines.filter((line) => wordsOf(line) > 20);
        assert.ok(
          long.length < lines.length / 50,
          `${long.length} of ${lines.length} over twenty words:\n${long.join('\n')}`,
        );
        const whole = lines.filter((line) => /[.!?:]$/u.test(line));
        const usual = whole.reduce((sum, line) => sum + wordsOf(line), 0) / whole.length;
        assert.ok(usual < 9, `${usual.toFixed(1)} words to a sentence`);
      }
    });
    it(`in ${language}: without legalese`, () => {
      for (const policy of [reference, whole])
        assert.deepEqual(
          linesOf(policy, language).filter((line) => legalese[language].test(line)),
          [],
        );
    });
    it(`in ${language}: reads as if someone wrote it`, () => {
      for (const policy of [reference, whole])
        assert.deepEqual(
          linesOf(policy, language).filter((line) => slips.test(line)),
          [],
        );
    });
  }

  it('and this bites: the sentence of 2019 that nobody reads to its end', () => {
    const of2019 = policyOf(rawPolicy('it-provider-2019'));
    const lines = linesOf(of2019, 'nl');
    assert.ok(lines.some((line) => wordsOf(line) > most));
    assert.ok(lines.some((line) => legalese.nl.test(line)));
    for (const slip of ['Van  u.', 'klanten..', 'Wij bewaren De facturen.', 'klanten', 'van van u'])
      assert.match(slip, slips);
  });
});
