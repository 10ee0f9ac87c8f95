/**
 * Terms, days, countries and lists as people write them, Dutch and English side by side. Everything goes in and out as a
 * text in both languages, so that no sentence exists in one only.
 */
import { Temporal } from 'temporal-polyfill';
import { unsaid } from './country.ts';
import type { Language, Text } from './language.ts';

/** One text made for each language in turn. */
export function both(make: (language: Language) => string): Text {
  return { nl: make('nl'), en: make('en') };
}

/** The same in both languages: a name, an address, a number. */
export function same(text: string): Text {
  return { nl: text, en: text };
}

const small: Record<Language, readonly string[]> = {
  nl: ['nul', 'een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien', 'elf', 'twaalf'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
};

/** A count and the word that goes with it: "1 term", "0 terms", "4 terms". */
export function counted(n: number, one: Text, more: Text): Text {
  const word = n === 1 ? one : more;
  return both((language) => `${n} ${word[language]}`);
}

type Unit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds';
/** One and more of each unit; Dutch counts years and hours in the singular. */
const units: Readonly<Record<Unit, Record<Language, readonly [string, string]>>> = {
  years: { nl: ['jaar', 'jaar'], en: ['year', 'years'] },
  months: { nl: ['maand', 'maanden'], en: ['month', 'months'] },
  weeks: { nl: ['week', 'weken'], en: ['week', 'weeks'] },
  days: { nl: ['dag', 'dagen'], en: ['day', 'days'] },
  hours: { nl: ['uur', 'uur'], en: ['hour', 'hours'] },
  minutes: { nl: ['minuut', 'minuten'], en: ['minute', 'minutes'] },
  seconds: { nl: ['seconde', 'seconden'], en: ['second', 'seconds'] },
};

/** "P90D" as "90 dagen" and "90 days"; "P1Y6M" as "een jaar en zes maanden". */
export function termWords(term: string): Text {
  return inUnits(term, (count, language) => small[language][count] ?? String(count));
}

/** "P1Y6M" as "1 jaar en 6 maanden". */
export function termFigures(term: string): Text {
  return inUnits(term, String);
}

/**
 * Whether a text names a term, in words or in figures, and this one is not among them: "ten hoogste 90 dagen" of P60D. A text that
 * names none does not say another. In either language.
 */
export function namesAnother(text: Text, term: string): boolean {
  const duration = Temporal.Duration.from(term);
  const parts = (Object.keys(units) as Unit[]).filter((unit) => duration[unit] !== 0);
  const own = parts.map((unit) => `${duration[unit]} ${unit}`);
  const alike = parts.length === 1 && duration.weeks > 0 ? [`${duration.weeks * 7} days`] : [];
  return (['nl', 'en'] as const).some((language) => {
    const named = [...text[language].toLowerCase().matchAll(namedTerms[language])].map(([, count = '', unit = '']) => {
      const at = small[language].indexOf(count.replaceAll('é', 'e'));
      return `${at < 0 ? count : at} ${unitNamed(unit, language)}`;
    });
    return named.length > 0 && !named.some((one) => own.includes(one) || alike.includes(one));
  });
}

const unitNamed = (word: string, language: Language): Unit | undefined =>
  (Object.keys(units) as Unit[]).find((unit) => units[unit][language].includes(word));

const namedTerms: Readonly<Record<Language, RegExp>> = {
  nl: /(?<![\p{L}\d])(\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) (jaar|maand|maanden|week|weken|dag|dagen|uur)(?![\p{L}])/giu,
  en: /(?<![\p{L}\d])(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (years?|months?|weeks?|days?|hours?)(?![\p{L}])/giu,
};

function inUnits(term: string, say: (count: number, language: Language) => string): Text {
  const duration = Temporal.Duration.from(term);
  const parts = (Object.keys(units) as Unit[]).flatMap((unit) => {
    const count = duration[unit];
    return count === 0 ? [] : [both((language) => `${say(count, language)} ${unitWord(unit, count, language)}`)];
  });
  return parts.length === 0 ? { nl: 'minder dan een seconde', en: 'less than a second' } : joined(parts);
}

/** Days in one of each unit, as a picture may count them. */
const inDays: Readonly<Record<Unit, number>> = {
  years: 365.2425,
  months: 365.2425 / 12,
  weeks: 7,
  days: 1,
  hours: 1 / 24,
  minutes: 1 / 1440,
  seconds: 1 / 86_400,
};

/** Ages in days, in the unit in which the term is counted: "0,9–1,8 jaar" of P7Y, "meer dan 124 dagen" of P90D. */
export function ageWords(from: number, to: number | null, term: string): Text {
  const duration = Temporal.Duration.from(term);
  const unit = (Object.keys(units) as Unit[]).findLast((one) => duration[one] !== 0) ?? 'days';
  // A term of few units has shares that whole ones would not tell apart.
  const digits = duration.total({ unit, relativeTo: '2001-01-01' }) < 16 ? 1 : 0;
  const rounded = (days: number): number => Number((days / inDays[unit]).toFixed(digits));
  return both((language) => {
    const say = (days: number): string => rounded(days).toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
    const word = unitWord(unit, rounded(to ?? from), language);
    if (to !== null) return `${say(from)}–${say(to)} ${word}`;
    return `${language === 'nl' ? 'meer dan' : 'more than'} ${say(from)} ${word}`;
  });
}

/** How often: "P3M" as "elke drie maanden" and "every three months", "P1Y" as "elk jaar" and "every year". */
export function everyWords(term: string): Text {
  const duration = Temporal.Duration.from(term);
  const [unit, more] = (Object.keys(units) as Unit[]).filter((one) => duration[one] !== 0);
  if (unit !== undefined && more === undefined && duration[unit] === 1)
    return {
      nl: `${unit === 'years' || unit === 'hours' ? 'elk' : 'elke'} ${units[unit].nl[0]}`,
      en: `every ${units[unit].en[0]}`,
    };
  const words = termWords(term);
  return { nl: `elke ${words.nl}`, en: `every ${words.en}` };
}

function unitWord(unit: Unit, count: number, language: Language): string {
  return units[unit][language][count === 1 ? 0 : 1];
}

const calendar = (parts: Intl.DateTimeFormatOptions): Record<Language, Intl.DateTimeFormat> => ({
  nl: new Intl.DateTimeFormat('nl-NL', { ...parts, timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }),
});
const wholeDay = calendar({ year: 'numeric', month: 'long', day: 'numeric' });
const wholeMonth = calendar({ year: 'numeric', month: 'long' });

/** "2026-11-24" as "24 november 2026", "2019-10" as "oktober 2019". */
export function dayWords(day: string): Text {
  const [format, first] = day.length === 10 ? [wholeDay, day] : [wholeMonth, `${day}-01`];
  const at = new Date(`${first}T00:00:00Z`);
  return both((language) => format[language].format(at));
}

/** The day a term after another day, both as "2026-11-24". */
export function dayAfter(day: string, term: string): string {
  return Temporal.PlainDate.from(day).add(Temporal.Duration.from(term)).toString();
}

const regions = {
  nl: new Intl.DisplayNames('nl', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};
/** Countries that a sentence names with an article, in the middle of a sentence. */
const articles: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  nl: { US: 'de', GB: 'het', AE: 'de', PH: 'de', BS: 'de', MV: 'de', SC: 'de', MH: 'de', KY: 'de' },
  en: {
    NL: 'the',
    US: 'the',
    GB: 'the',
    AE: 'the',
    PH: 'the',
    BS: 'the',
    MV: 'the',
    GM: 'the',
    FO: 'the',
    IM: 'the',
    KY: 'the',
  },
};

/** "Nederland", "Netherlands"; the code itself when no one has a name for it. */
export function countryName(code: string): Text {
  if (code === unsaid) return { nl: 'nog niet ingevuld', en: 'not filled in yet' };
  return both((language) => regions[language].of(code) ?? code);
}

/** A country as the middle of a sentence has it: "de Verenigde Staten", "the Netherlands". */
export function countryWords(code: string): Text {
  const name = countryName(code);
  return both((language) => `${articles[language][code] ?? ''} ${name[language]}`.trim());
}

/** "a, b en c"; "a en b, en c" when a part has that word in it; with semicolons when a part has a comma of its own. */
export function joined(parts: readonly Text[], word: Text = { nl: 'en', en: 'and' }): Text {
  return both((language) => {
    const all = parts.map((part) => part[language]);
    const last = all.pop();
    if (last === undefined || all.length === 0) return last ?? '';
    const comma = [...all, last].some((part) => part.includes(','));
    const twice = [...all, last].some((part) => part.includes(` ${word[language]} `));
    const before = comma ? '; ' : twice ? ', ' : ' ';
    return `${all.join(comma ? '; ' : ', ')}${before}${word[language]} ${last}`;
  });
}

/** A text as the beginning of a sentence. */
export function capital(text: Text): Text {
  return both((language) => text[language].replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()));
}

/** Without the full stop that its author may have put: a name, a cell, a part of a larger sentence. */
export function bare(text: Text): Text {
  return both((language) => tidy(text[language]).replace(/(?<!\.)\.$/u, ''));
}

/** Languages, countries and peoples that are written with a capital wherever they stand. */
const always =
  /^(Nederland|Europ|Belgi|Duits|Frans|Frankrijk|Engel|Brit|Amerika|Dutch|Netherlands|German|French|France|Engl|Belgian|America|United)/u;

/**
 * A text as the middle of a sentence. Abbreviations ("IP-adres"), names that `proper` knows, and words that always have a
 * capital keep theirs.
 */
export function lower(text: Text, proper: Readonly<Record<Language, ReadonlySet<string>>>): Text {
  return both((language) => {
    const plain = bare(text)[language];
    const word = /^[\p{L}\p{N}'’-]+/u.exec(plain)?.[0] ?? '';
    const keep =
      /[\p{Lu}\p{N}]/u.test(word.slice(1)) ||
      always.test(word) ||
      proper[language].has(word) ||
      (language === 'en' && word === 'I');
    return keep ? plain : plain.charAt(0).toLowerCase() + plain.slice(1);
  });
}

/** White space as one space. */
export function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** After these a sentence goes on, whatever comes next: titles, initials, references. */
const goesOn = /(?:^|[\s(])(?:\p{Lu}|St|Dr|Drs|Mr|Mrs|Ms|Ir|Ing|Prof|[Aa]rt|[Nn]r|No|p)\.$/u;

/** A text as whole sentences: each begins with a capital and ends with one stop. */
export function wholeSentences(text: string): string[] {
  const found: string[] = [];
  for (const piece of tidy(text).split(/(?<=[.!?…]["'”’)]?)\s+(?=["'“‘(]?\p{Lu})/u)) {
    const before = found.at(-1);
    if (before !== undefined && goesOn.test(before)) found[found.length - 1] = `${before} ${piece}`;
    else if (piece !== '') found.push(piece);
  }
  return found.map((one) => {
    const begun = one.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()).replace(/(?<!\.)\.\.$/u, '.');
    return /[.!?…:]["'”’)]*$/u.test(begun) ? begun : `${begun}.`;
  });
}
