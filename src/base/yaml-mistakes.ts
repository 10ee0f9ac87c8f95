/**
 * A schema's mistakes in words, Dutch and English: what is wrong with what is there, and what belongs there instead. The
 * English is the schema library's only where neither we nor the schema said better.
 */
import type { z } from 'zod';
import type { Text } from './language.ts';

const dutch = new Map<string, string>();

/** A schema's own message, which the library can carry in one language only: the English, of which the Dutch is kept here. */
export function message({ nl, en }: Text): string {
  dutch.set(en, nl);
  return en;
}

export interface Mistake {
  readonly text: Text;
  /** Words that would be right, for the nearest. */
  readonly words: readonly string[];
  /** What was most likely meant, when it is more than a slip in a word. */
  readonly meant?: string;
}

const kinds: Readonly<Record<string, Text>> = {
  string: { nl: 'een tekst', en: 'a text' },
  number: { nl: 'een getal', en: 'a number' },
  int: { nl: 'een heel getal', en: 'a whole number' },
  boolean: { nl: 'true of false', en: 'true or false' },
  array: { nl: 'een lijst', en: 'a list' },
  object: { nl: 'een blok met sleutels', en: 'a block of keys' },
  record: { nl: 'een blok met sleutels', en: 'a block of keys' },
};

const formats: Readonly<Record<string, Text>> = {
  date: { nl: 'een dag zoals 2026-11-24', en: 'a day such as 2026-11-24' },
  datetime: { nl: 'een tijdstip zoals 2026-11-24T12:00:00Z', en: 'a time such as 2026-11-24T12:00:00Z' },
  email: { nl: 'een e-mailadres zoals privacy@example.nl', en: 'an e-mail address such as privacy@example.nl' },
  url: { nl: 'een adres zoals https://www.example.nl', en: 'an address such as https://www.example.nl' },
};

/** What is wrong at one place; `given` is what stands there, `keys` those of the block that could stand there. */
export function mistakeOf(issue: z.core.$ZodIssue, given: unknown, keys: readonly string[] = []): Mistake {
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    const name = String(issue.path.at(-1) ?? '');
    const said = inner === undefined ? own(issue, name) : own(inner, name);
    return { text: { nl: `de sleutel "${name}": ${said.nl}`, en: `the key "${name}": ${said.en}` }, words: [] };
  }
  const options = issue.code === 'invalid_union' ? optionsOf(issue, given) : [issue];
  const wanted = options.map((one) => wantedBy(one, keys));
  if (options.length > 0 && wanted.every((one) => one !== null)) {
    const words = options.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
    const rest = wanted.filter((_, i) => options[i]?.code !== 'invalid_value');
    const all = [...(words.length === 0 ? [] : [oneOf(words)]), ...rest];
    const want = (language: 'nl' | 'en', or: string): string =>
      [...new Set(all.map((one) => one[language]))].join(` ${or} `);
    const meant = options.some((one) => wantsDay(one)) ? dayMeant(given) : undefined;
    return {
      text: {
        nl: `${shown(given).nl}; hier hoort ${want('nl', 'of')}`,
        en: `${shown(given).en}; expected ${want('en', 'or')}`,
      },
      words,
      ...(meant === undefined ? {} : { meant }),
    };
  }
  return { text: own(options.find((_, i) => wanted[i] === null) ?? issue, given), words: [] };
}

/** `alone`: nothing stands behind it. */
export function unknownKey(key: string, known: readonly string[], alone = false): Mistake {
  const comma = alone
    ? {
        nl: '; is het een deel van een tekst met een komma, zet die dan tussen aanhalingstekens',
        en: '; if it is a part of a text with a comma, put that in quotes',
      }
    : { nl: '', en: '' };
  return {
    text: {
      nl: `onbekende sleutel "${key}"${known.length > 0 ? `; hier kan ${known.join(', ')}` : ''}${comma.nl}`,
      en: `unknown key "${key}"${known.length > 0 ? `; expected one of ${known.join(', ')}` : ''}${comma.en}`,
    },
    words: alone ? [] : known,
  };
}

/**
 * Of a choice between shapes, those that can be meant: what is there has the shape and not the value, or, when it has none of
 * the shapes, all of them.
 */
function optionsOf(issue: z.core.$ZodIssueInvalidUnion, given: unknown): z.core.$ZodIssue[] {
  // A choice by one word, such as the kind of a source: the words that it can be.
  if ('options' in issue && issue.options !== undefined && issue.options.length > 0)
    return [{ code: 'invalid_value', values: issue.options, path: [], message: issue.message }];
  const here = issue.errors.flatMap((errors) => errors.filter((one) => one.path.length === 0));
  const flat = here.flatMap((one) => (one.code === 'invalid_union' ? optionsOf(one, given) : [one]));
  const shaped = flat.filter((one) => one.code !== 'invalid_type');
  return given !== undefined && given !== null && typeof given !== 'object' && shaped.length > 0 ? shaped : flat;
}

/** What belongs there, where that can be said of the issue alone. */
function wantedBy(issue: z.core.$ZodIssue, keys: readonly string[]): Text | null {
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (!isDefault(issue.message)) return null;
  if (issue.code === 'invalid_type' && issue.expected === 'object' && keys.length > 0)
    return { nl: `een blok met ${keys.join(', ')}`, en: `a block with ${keys.join(', ')}` };
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? null;
  if (issue.code === 'invalid_format' && 'prefix' in issue && typeof issue.prefix === 'string')
    return { nl: `een tekst die begint met ${issue.prefix}`, en: `a text that begins with ${issue.prefix}` };
  if (issue.code === 'invalid_format') return formats[issue.format] ?? null;
  if (issue.code === 'too_small' || issue.code === 'too_big') return sized(issue);
  return null;
}

function sized(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Text {
  const [nl, en, count] =
    issue.code === 'too_small'
      ? (['ten minste', 'at least', issue.minimum] as const)
      : (['ten hoogste', 'at most', issue.maximum] as const);
  const what: Text =
    issue.origin === 'string'
      ? { nl: count === 1 ? 'teken' : 'tekens', en: count === 1 ? 'character' : 'characters' }
      : issue.origin === 'array' || issue.origin === 'set'
        ? { nl: count === 1 ? 'regel in de lijst' : 'regels in de lijst', en: count === 1 ? 'item' : 'items' }
        : { nl: '', en: '' };
  return { nl: `${nl} ${count} ${what.nl}`.trim(), en: `${en} ${count} ${what.en}`.trim() };
}

/** The message of the schema itself. */
function own(issue: z.core.$ZodIssue, given: unknown): Text {
  const params: unknown = issue.code === 'custom' ? issue.params?.['nl'] : undefined;
  const nl =
    typeof params === 'string'
      ? params
      : (dutch.get(issue.message) ?? (isDefault(issue.message) ? 'dit kan hier niet' : issue.message));
  return given === undefined ? { nl: `ontbreekt: ${nl}`, en: `missing: ${issue.message}` } : { nl, en: issue.message };
}

const isDefault = (text: string): boolean => /^(Invalid|Too (small|big))/.test(text);

const oneOf = (words: readonly string[]): Text =>
  words.length === 1
    ? { nl: words[0] ?? '', en: words[0] ?? '' }
    : { nl: `een van ${words.join(', ')}`, en: `one of ${words.join(', ')}` };

/** What is there, as an error may show it: short, and never a whole structure. */
function shown(given: unknown): Text {
  if (given === undefined) return { nl: 'ontbreekt', en: 'missing' };
  if (given === null || given === '') return { nl: 'leeg', en: 'empty' };
  if (Array.isArray(given))
    return given.length === 0
      ? { nl: 'een lege lijst kan hier niet', en: 'an empty list is not valid' }
      : { nl: 'deze lijst kan hier niet', en: 'this list is not valid' };
  if (typeof given === 'object') return { nl: 'sleutels kunnen hier niet', en: 'keys are not valid here' };
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { nl: `"${short}" kan hier niet`, en: `"${short}" is not valid` };
}

const wantsDay = (issue: z.core.$ZodIssue): boolean => issue.code === 'invalid_format' && issue.format === 'date';

/** A day as people write it, 2-11-2026, as a file has it. */
function dayMeant(given: unknown): string | undefined {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typeof given === 'string' ? given.trim() : '') ?? [];
  const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${meant}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(meant) ? meant : undefined;
}
