/** Which data, why it is needed, where it comes from, and what protects the kinds that the law protects more. */
import type { Text } from '../../../../base/language.ts';

export const data = {
  title: { nl: 'Welke gegevens wij hebben', en: 'Which data we have' },
  caption: {
    nl: 'Gegevens, waarom wij ze nodig hebben en hoe wij eraan komen',
    en: 'Data, why we need it and where it comes from',
  },
  what: { nl: 'Gegevens', en: 'Data' },
  whose: { nl: 'Van wie', en: 'Whose data' },
  why: { nl: 'Waarom nodig', en: 'Why needed' },
  source: { nl: 'Hoe wij eraan komen', en: 'Where it comes from' },
  fromYou: { nl: 'Van uzelf.', en: 'From you.' },
  recorded: { nl: 'Van uzelf: ons systeem legt het vast.', en: 'From you: our system records it.' },
  from: (other: Text): Text => ({ nl: `Van ${other.nl}.`, en: `From ${other.en}.` }),
};

/** When a person hears that data came from another (Art. 14(3)). */
export const inform: Record<'one-month' | 'first-contact' | 'first-disclosure', Text> = {
  'one-month': { nl: 'Dat laten wij u binnen een maand weten.', en: 'We tell you within one month.' },
  'first-contact': {
    nl: 'Dat vertellen wij bij ons eerste contact met u.',
    en: 'We tell you when we first contact you.',
  },
  'first-disclosure': {
    nl: 'Dat vertellen wij voordat een ander ze van ons krijgt.',
    en: 'We tell you before another gets it from us.',
  },
};

export const special = {
  title: { nl: 'Gegevens die extra bescherming krijgen', en: 'Data with extra protection' },
  caption: { nl: 'Wat wij met gevoelige gegevens doen', en: 'What we do with sensitive data' },
  rule: { nl: 'Wat daarvoor geldt', en: 'What applies to it' },
  isSpecial: { nl: 'De wet noemt dit bijzondere gegevens.', en: 'The law calls this special data.' },
  isCriminal: { nl: 'De wet noemt dit strafrechtelijke gegevens.', en: 'The law calls this criminal data.' },
  may: (reason: Text, letter: string): Text => ({
    nl: `Wij mogen ze gebruiken, omdat ${reason.nl} (artikel 9, lid 2, onder ${letter}, AVG).`,
    en: `We may use it because ${reason.en} (Article 9(2)(${letter}) GDPR).`,
  }),
  national: (article: Text): Text => ({
    nl: `De wet die dat toestaat: ${article.nl}.`,
    en: `The law that permits it: ${article.en}.`,
  }),
  number: (law: Text): Text => ({
    nl: `Dit nummer gebruiken wij alleen omdat de wet het vraagt: ${law.nl}.`,
    en: `We use this number only because the law demands it: ${law.en}.`,
  }),
  copy: (law: Text): Text => ({
    nl: `Deze kopie maken wij omdat de wet het vraagt: ${law.nl}.`,
    en: `We make this copy because the law demands it: ${law.en}.`,
  }),
  masked: {
    nl: 'Op de kopie zijn de foto en het burgerservicenummer onleesbaar.',
    en: 'The photo and the citizen service number (BSN) on the copy cannot be read.',
  },
  unreadable: { nl: 'Wij kunnen uw wachtwoord niet lezen.', en: 'We cannot read your password.' },
};

/** Art. 9(2) GDPR by its letter, in plain words, after "because". */
export const conditions: Readonly<Record<string, Text>> = {
  a: { nl: 'u daar uitdrukkelijk ja op hebt gezegd', en: 'you expressly said yes to it' },
  b: { nl: 'wij als werkgever plichten hebben', en: 'we have duties as an employer' },
  c: {
    nl: 'iemands leven in gevaar is en die persoon niets kan zeggen',
    en: "someone's life is in danger and that person cannot speak",
  },
  d: { nl: 'u bij onze vereniging of kerk hoort', en: 'you belong to our association or church' },
  e: { nl: 'u ze zelf openbaar hebt gemaakt', en: 'you made it public yourself' },
  f: { nl: 'ze nodig zijn voor een rechtszaak', en: 'it is needed for a court case' },
  g: { nl: 'een wet dat in het belang van iedereen vraagt', en: 'a law demands it in the interest of all' },
  h: { nl: 'ze nodig zijn voor zorg of voor werk', en: 'it is needed for care or for work' },
  i: { nl: 'ze nodig zijn voor de volksgezondheid', en: 'it is needed for public health' },
  j: {
    nl: 'ze nodig zijn voor onderzoek, cijfers of een archief',
    en: 'it is needed for research, statistics or an archive',
  },
};
