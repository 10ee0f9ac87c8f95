/** The ways one person's key is written in connected systems. */
import { isIPv4, isIPv6 } from 'node:net';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { Text } from '../../base/language.ts';
import type { SubjectKind } from './dataset.ts';

/** What is not of its kind, for who typed it: it repeats nothing of the value. */
export class NotOfKind extends RangeError {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/**
 * Every spelling, in lower case, under which systems store this value: "+31612345678" also stands as 0612345678,
 * 0031612345678 and 31612345678. Throws NotOfKind on a value that is not of its kind, since a key that
 * cannot match would look like a person who is not there.
 */
export function spellings(kind: SubjectKind, value: string, country: CountryCode = 'NL'): string[] {
  const trimmed = value.trim();
  if (trimmed === '')
    throw new NotOfKind({ nl: 'een leeg kenmerk wijst niemand aan', en: `an empty ${kind} names nobody` });
  switch (kind) {
    case 'phone':
      return phoneSpellings(trimmed, country);
    case 'mac': {
      const digits = trimmed.toLowerCase().replace(/[^0-9a-f]/g, '');
      if (digits.length !== 12)
        throw new NotOfKind({
          nl: 'een MAC-adres heeft twaalf hexadecimale cijfers',
          en: 'a MAC address has twelve hexadecimal digits',
        });
      const pairs = digits.match(/../g) ?? [];
      const quads = digits.match(/..../g) ?? [];
      return [digits, pairs.join(':'), pairs.join('-'), quads.join('.')];
    }
    case 'email':
      if (!/^[^\s@]+@[^\s@]+$/.test(trimmed))
        throw new NotOfKind({
          nl: 'een e-mailadres heeft één @ tussen twee delen',
          en: 'an e-mail address has one @ between two parts',
        });
      return everyForm(trimmed);
    case 'ip':
      return addressSpellings(trimmed.toLowerCase());
    case 'username':
    case 'name':
    case 'person-id':
      return everyForm(trimmed);
  }
}

/**
 * A text as it stands, with each letter and its accents as one (NFC), and with them apart (NFD, as macOS names files): to a person
 * they are one text. A word in Greek capitals does not tell which s is its last: a database lowers each to the same.
 */
function everyForm(text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set([lower, lower.replaceAll('ς', 'σ')].flatMap(formsOf))];
}

/** A text as it stands, and in the two forms of Unicode in which it may stand elsewhere. */
export function formsOf(text: string): string[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
}

/** One address of IPv6 is written in many ways: as it was given, as short as can be, and in full; one of IPv4 also within IPv6. */
function addressSpellings(value: string): string[] {
  if (isIPv4(value)) return [value, `::ffff:${value}`];
  if (!isIPv6(value) || value.includes('%') || value.includes('.')) return [value];
  const short = new URL(`http://[${value}]`).hostname.slice(1, -1);
  const [before, behind] = short.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const head = before ?? [];
  const tail = behind ?? [];
  const groups = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
  return [...new Set([value, short, groups.join(':'), groups.map((group) => group.padStart(4, '0')).join(':')])];
}

function phoneSpellings(value: string, country: CountryCode): string[] {
  const parsed = parsePhoneNumberFromString(value, country);
  // Extensions and short codes are no public numbers, but they are how an exchange names its own people.
  if (!parsed) {
    if (/^\d{2,8}$/.test(value)) return [value];
    throw new NotOfKind({ nl: 'dit is geen telefoonnummer', en: 'this is not a telephone number' });
  }
  const subscriber = parsed.nationalNumber;
  const calling = parsed.countryCallingCode;
  // "+31 (0)6 …" keeps the zero that is dialled within the country.
  const own =
    parsed.country === country ? [`0${subscriber}`, `+${calling}0${subscriber}`, `00${calling}0${subscriber}`] : [];
  return [...new Set([`+${calling}${subscriber}`, `00${calling}${subscriber}`, `${calling}${subscriber}`, ...own])];
}
