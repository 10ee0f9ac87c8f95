/** A mistake in what was typed, as a person is told of it: what to do, and nothing of schemas. */
import type { z } from 'zod';
import type { Text } from '../base/language.ts';

const formats: Readonly<Record<string, Text>> = {
  email: {
    nl: 'Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl.',
    en: 'This is no e-mail address. Write it like name@example.com.',
  },
  date: {
    nl: 'Dit is geen dag. Schrijf bijvoorbeeld 2026-12-01.',
    en: 'This is not a day. Write 2026-12-01 for example.',
  },
  url: {
    nl: 'Dit is geen adres van een website. Schrijf het zoals https://www.voorbeeld.nl.',
    en: 'This is no address of a website. Write it like https://www.example.com.',
  },
};

export const plain = {
  missing: { nl: 'Vul dit in.', en: 'Fill this in.' },
  number: { nl: 'Vul een getal in.', en: 'Fill in a number.' },
  choice: { nl: 'Kies een van de mogelijkheden.', en: 'Choose one of the options.' },
  some: { nl: 'Kies er minstens één.', en: 'Choose at least one.' },
  unstorable: {
    nl: 'Hierin staat een teken dat niet te bewaren is. Haal het weg.',
    en: 'This holds a character that cannot be kept. Take it out.',
  },
  other: { nl: 'Dit klopt zo niet. Kijk het na.', en: 'This is not right. Look it over.' },
} as const satisfies Record<string, Text>;

export function plainly(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? plain.number : plain.missing;
    case 'invalid_format':
      return formats[issue.format] ?? plain.other;
    case 'invalid_value':
      return plain.choice;
    case 'too_small':
      return small(issue);
    case 'too_big':
      return issue.origin === 'string'
        ? {
            nl: `Dit is te lang: ten hoogste ${issue.maximum} tekens.`,
            en: `This is too long: at most ${issue.maximum} characters.`,
          }
        : { nl: `Dit is te veel: ten hoogste ${issue.maximum}.`, en: `This is too much: at most ${issue.maximum}.` };
    case 'invalid_union': {
      const [first] = issue.errors.flat();
      return first === undefined ? plain.other : plainly(first);
    }
    default:
      return plain.other;
  }
}

function small({ origin, minimum }: z.core.$ZodIssueTooSmall): Text {
  if (origin === 'array' || origin === 'set') return plain.some;
  if (origin !== 'string')
    return { nl: `Dit is te weinig: minstens ${minimum}.`, en: `This is too little: at least ${minimum}.` };
  return Number(minimum) <= 1
    ? plain.missing
    : { nl: `Dit is te kort: minstens ${minimum} tekens.`, en: `This is too short: at least ${minimum} characters.` };
}
