/**
 * How hard a text is to read, by published formulas. They count the length of sentences and words and know nothing of meaning:
 * a text that passes may still be unclear, one that fails is hard.
 *
 * - Dutch: Flesch-Douma, 206.84 - 0.93 × words a sentence - 77 × syllables a word (W.H. Douma, De leesbaarheid van
 *   landbouwbladen, 1960, as printed in Onze Taal 46, 1977). Its table: 60-70 normal, 70-80 fairly easy (the last years of
 *   primary school), 80-90 easy.
 * - English: Flesch Reading Ease, 206.835 - 1.015 × words a sentence - 84.6 × syllables a word (R. Flesch, A New Readability
 *   Yardstick, 1948). Its table: 60-70 standard, 70-80 fairly easy (about grade 7), 80-90 easy.
 */
import type { Language } from '../../src/base/language.ts';

export interface Readability {
  /** Words in a sentence: the mean, and the most. */
  readonly mean: number;
  readonly longest: number;
  /** Share of the words with more than twelve letters, from 0 to 1. */
  readonly long: number;
  /** Higher is easier; about 0 to 100. */
  readonly score: number;
}

const formula: Record<Language, readonly [base: number, perWord: number, perSyllable: number]> = {
  nl: [206.84, 0.93, 77],
  en: [206.835, 1.015, 84.6],
};

/** @param lines sentences, and names in lists and tables, which count as sentences of their own */
export function readability(lines: readonly string[], language: Language): Readability {
  const counts = lines.map((line) => wordsOf(line)).filter((words) => words.length > 0);
  const words = counts.flat();
  const mean = words.length / counts.length;
  const [base, perWord, perSyllable] = formula[language];
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0) / words.length;
  return {
    mean,
    longest: Math.max(...counts.map((one) => one.length)),
    long: words.filter((word) => letters(word) > 12).length / words.length,
    score: base - perWord * mean - perSyllable * syllables,
  };
}

export function wordsOf(line: string): string[] {
  return line.split(/[\s/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function letters(word: string): number {
  return word.replace(/[^\p{L}]/gu, '').length;
}

/** Vowels that sound as one. Two that meet in Dutch and sound apart have a mark ("ideeën") or are not among these. */
const sounds: Record<Language, RegExp> = {
  nl: /aai|ooi|ai|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]/gu,
  en: /[aeiouy]+/gu,
};

/** Near enough to compare with a bound: numbers and signs count as one, as they are read at a glance. */
export function syllablesOf(word: string, language: Language): number {
  const plain = word.toLowerCase();
  const found = plain.match(sounds[language])?.length ?? 0;
  const silent =
    language === 'en' && /[^aeiouyl]e(d|s)?\b/u.test(plain) && !/(t|d)ed\b|(s|x|z|ch|sh|c|g)es\b/u.test(plain);
  return Math.max(1, silent ? found - 1 : found);
}
