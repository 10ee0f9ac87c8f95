import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lawBook, policyOf, rawPolicy, wholePolicy } from '../../../../test/worlds/policies.ts';
import type { Language } from '../../../base/language.ts';
import { sentences, type Block } from '../document/model.ts';
import type { Policy } from '../../../policy/index.ts';
import { readability, syllablesOf, wordsOf } from '../../../../test/worlds/readability.ts';
import { layers, statement } from './index.ts';
import { difficult } from './phrases/words.ts';

const book = lawBook();
const reference = policyOf(rawPolicy('it-provider'));
const whole = policyOf(wholePolicy());
/** Addresses and names of cookies are not ours to write. */
const notOurs = /\.(email|website)$|^cookies\.list\.\d+\.name$/u;
const ours = (blocks: readonly Block[]): string[] =>
  sentences(blocks)
    .filter((one) => !notOurs.test(one.from))
    .map((one) => one.text);
const linesOf = (policy: Policy, language: Language): string[] =>
  ours(statement(policy, language, { lawBook: book }).blocks);
const countOf = (line: string): number => wordsOf(line).length;
const isWhole = (line: string): boolean => /[.!?:]$/u.test(line);

/** Words in a sentence: what a reader of B1 still takes in at once. */
const most = 25;

/**
 * What the two formulas call fairly easy, from 70; with the names in tables and lists, which no formula is made for, still
 * above what is normal for all, from 60. At most one word in twenty is long. One sentence is too little for a formula, but one
 * far below nothing has long words and little else.
 */
const easy = { sentences: 70, withNames: 65, long: 0.05, alone: -20 };

/** Sentences of some length that are nothing but long words. */
const heavy = (lines: readonly string[], language: Language): string[] =>
  lines.filter((line) => isWhole(line) && countOf(line) >= 8 && readability([line], language).score < easy.alone);

/** Long words that a child reads as the words they are made of, and names. */
const readable: Record<Language, ReadonlySet<string>> = {
  nl: new Set(
    `telefoniediensten telefoonnummer telefoonnotities telefooncentrale telefoonaanbieders contactgegevens contactpersoon
     camerabeelden personeelsgegevens gespreksgegevens verkeersgegevens inlogsystemen inlogpogingen gebruikersnaam
     visitekaartjes ziekmeldingen identiteitskaart uitgeschreven doorvertellen privacyrisico's cookieverklaring
     persoonsgegevens liechtenstein uitvoeringsregeling`.split(/\s+/u),
  ),
  en: new Set('investigation telecommunications persoonsgegevens liechtenstein uitvoeringsregeling'.split(' ')),
};
/** A sentence that says what the law calls something explains that word itself. */
const explains = /\b(de wet noemt|noemt de wet|the law calls|by the law)\b/iu;

function unexplained(lines: readonly string[], language: Language): string[] {
  const words = lines.filter((line) => !explains.test(line)).flatMap(wordsOf);
  const plain = words.map((word) => word.replace(/[^\p{L}'’-]/gu, ''));
  const long = plain.filter((word) => word.replace(/[^\p{L}]/gu, '').length > 12);
  return [...new Set(long)].filter(
    (word) => !readable[language].has(word.toLowerCase()) && !difficult[language].some((one) => one.found.test(word)),
  );
}

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
          lines.filter((line) => countOf(line) > most),
          [],
        );
        const long = lines.filter((line) => countOf(line) > 20);
        assert.ok(
          long.length < lines.length / 50,
          `${long.length} of ${lines.length} over twenty words:\n${long.join('\n')}`,
        );
        const whole = lines.filter(isWhole);
        const usual = whole.reduce((sum, line) => sum + countOf(line), 0) / whole.length;
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

  for (const language of ['nl', 'en'] as const)
    it(`in ${language}: each layer is as easy as a text for the last years of primary school`, () => {
      for (const policy of [reference, whole]) {
        const { short, full, groups } = layers(policy, language, { lawBook: book });
        for (const [name, blocks] of Object.entries({ short, full, groups: groups.flatMap((one) => one.blocks) })) {
          const lines = ours(blocks);
          const all = readability(lines, language);
          const told = readability(lines.filter(isWhole), language);
          const at = `${name}: ${JSON.stringify({ all, told })}`;
          assert.ok(told.score >= easy.sentences, at);
          assert.ok(all.score >= easy.withNames, at);
          assert.ok(all.long <= easy.long, at);
          assert.deepEqual(heavy(lines, language), []);
        }
      }
    });

  for (const language of ['nl', 'en'] as const)
    it(`in ${language}: a word of more than twelve letters is explained, or made of words that a child knows`, () => {
      assert.deepEqual(unexplained(linesOf(reference, language), language), []);
    });

  it('and this bites: the statement of 2019 is too hard, long words and all', () => {
    const of2019 = policyOf(rawPolicy('it-provider-2019'));
    const { full } = layers(of2019, 'nl', { lawBook: book });
    assert.ok(readability(ours(full).filter(isWhole), 'nl').score < easy.sentences);
    assert.ok(unexplained(ours(full), 'nl').length > 3);
    assert.deepEqual(unexplained(['Wij treffen beveiligingsmaatregelen.'], 'nl'), ['beveiligingsmaatregelen']);
    const lawyers =
      'De verwerkingsverantwoordelijke verstrekt desgevraagd onverwijld een afschrift overeenkomstig privacywetgeving.';
    assert.deepEqual(heavy([lawyers], 'nl'), [lawyers]);
    assert.deepEqual(unexplained([lawyers], 'nl'), [
      'verwerkingsverantwoordelijke',
      'overeenkomstig',
      'privacywetgeving',
    ]);
  });

  it('syllables are counted as they are spoken', () => {
    for (const [word, count] of Object.entries({
      wij: 1,
      bewaren: 3,
      gegevens: 3,
      overeenkomst: 4,
      nieuws: 1,
      'e-mail': 2,
    }))
      assert.equal(syllablesOf(word, 'nl'), count, word);
    for (const [word, count] of Object.entries({ we: 1, keep: 1, data: 2, date: 1, deleted: 3, used: 1, invoices: 3 }))
      assert.equal(syllablesOf(word, 'en'), count, word);
  });

  it('and this bites: the sentence of 2019 that nobody reads to its end', () => {
    const of2019 = policyOf(rawPolicy('it-provider-2019'));
    const lines = linesOf(of2019, 'nl');
    assert.ok(lines.some((line) => countOf(line) > most));
    assert.ok(lines.some((line) => legalese.nl.test(line)));
    for (const slip of ['Van  u.', 'klanten..', 'Wij bewaren De facturen.', 'klanten', 'van van u'])
      assert.match(slip, slips);
  });
});
