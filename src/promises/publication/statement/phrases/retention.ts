/** How long, counted from what, and what keeps data longer. */
import type { Text } from '../../../../base/language.ts';

export const retention = {
  title: { nl: 'Hoe lang wij gegevens bewaren', en: 'How long we keep data' },
  lead: {
    nl: 'In de tabel staat hoe lang wij gegevens op zijn langst bewaren.',
    en: 'The table shows the longest time for which we keep data.',
  },
  erased: {
    nl: 'Daarna wissen wij ze, tenzij in de tabel iets anders staat.',
    en: 'Then we delete it, unless the table says otherwise.',
  },
  caption: { nl: 'Termijn per soort gegevens', en: 'Term of each kind of data' },
  what: { nl: 'Gegevens', en: 'Data' },
  term: { nl: 'Hoe lang', en: 'How long' },
  inBackups: { nl: 'Daarna nog in back-ups', en: 'After that in backups' },
  counts: (criterion: Text): Text => ({ nl: `Wat telt: ${criterion.nl}.`, en: `What counts: ${criterion.en}.` }),
  byItself: { nl: 'Het wissen gaat vanzelf.', en: 'Deletion happens by itself.' },
  anonymised: {
    nl: 'Daarna halen wij alles weg wat naar iemand wijst.',
    en: 'Then we remove all that points to anyone.',
  },
  reviewed: {
    nl: 'Daarna kijkt een medewerker of ze weg kunnen.',
    en: 'Then a member of staff checks whether it can go.',
  },
  statute: (law: Text): Text => ({ nl: `De wet vraagt dat: ${law.nl}.`, en: `The law demands it: ${law.en}.` }),
  why: { nl: 'Waarom zo lang?', en: 'Why so long?' },
  consent: (most: Text): Text => ({
    nl: `Met uw toestemming hoogstens ${most.nl}.`,
    en: `With your consent at most ${most.en}.`,
  }),
  consentUncapped: { nl: 'Met uw toestemming langer.', en: 'With your consent longer.' },
  keptWhile: (others: Text): Text => ({
    nl: `Langer, zolang u voorkomt in wat wij van de wet moeten bewaren: ${others.nl}.`,
    en: `Longer, as long as you appear in what the law makes us keep: ${others.en}.`,
  }),
  backups: {
    nl: 'Een back-up is een reservekopie. Wat wij wissen, staat daar nog even in.',
    en: 'A backup is a spare copy. What we delete stays in it for a little longer.',
  },
  atMost: (term: Text): Text => ({ nl: `Hoogstens ${term.nl}`, en: `At most ${term.en}` }),
};

export const holds = {
  title: { nl: 'Als er een onderzoek of zaak loopt', en: 'When an investigation or case is pending' },
  longer: {
    nl: 'Loopt er een onderzoek of een rechtszaak? Dan bewaren wij wat daarvoor nodig is tot het klaar is.',
    en: 'Is there a pending investigation or court case? Then we keep what it needs until it is over.',
  },
  decides: (who: Text): Text => ({ nl: `Dat beslist ${who.nl}.`, en: `This is decided by ${who.en}.` }),
  review: (term: Text): Text => ({
    nl: `Minstens één keer per ${term.nl} kijken wij of het nog nodig is.`,
    en: `At least once every ${term.en} we check whether it is still needed.`,
  }),
  after: (term: Text): Text => ({
    nl: `Is het klaar, dan wachten wij nog ${term.nl}. Daarna wissen wij wat over de termijn is.`,
    en: `When it is over we wait another ${term.en}. Then we delete what is past its term.`,
  }),
};

/** An event from which a term counts: as a thing, and as what happened in a month or a year. */
export interface Event {
  readonly thing: Text;
  readonly clause: Text;
}

const event = (nl: readonly [string, string], en: readonly [string, string]): Event => ({
  thing: { nl: nl[0], en: en[0] },
  clause: { nl: nl[1], en: en[1] },
});

/** By the name of the clock in the policy. One that is not here is told in the policy's own words. */
export const events: Readonly<Record<string, Event>> = {
  'call-end': event(['het gesprek', 'het gesprek was'], ['the call', 'the call took place']),
  'contract-end': event(
    ['het einde van het contract', 'het contract eindigde'],
    ['the end of the contract', 'the contract ended'],
  ),
  'employment-end': event(
    ['het einde van het dienstverband', 'het dienstverband eindigde'],
    ['the end of the employment', 'the employment ended'],
  ),
  'invoice-date': event(
    ['de datum van de factuur', 'de factuur is gemaakt'],
    ['the date of the invoice', 'the invoice was made'],
  ),
  'invoice-due': event(
    ['de dag waarop de rekening betaald moest zijn', 'de rekening betaald moest zijn'],
    ['the day on which the bill was due', 'the bill was due'],
  ),
  payment: event(['de betaling', 'er is betaald'], ['the payment', 'the payment was made']),
  'session-end': event(
    ['het einde van de sessie', 'de sessie eindigde'],
    ['the end of the session', 'the session ended'],
  ),
  login: event(['de inlogpoging', 'de inlogpoging was'], ['the log-in attempt', 'the log-in attempt was made']),
  recorded: event(['de opname', 'de opname is gemaakt'], ['the recording', 'the recording was made']),
  'last-contact': event(
    ['het laatste contact', 'wij het laatst contact hadden'],
    ['the last contact', 'we were last in contact'],
  ),
  'last-order': event(
    ['de laatste bestelling', 'de laatste bestelling was'],
    ['the last order', 'the last order was placed'],
  ),
  'procedure-closed': event(
    ['het einde van de sollicitatieprocedure', 'de sollicitatieprocedure eindigde'],
    ['the end of the application procedure', 'the application procedure ended'],
  ),
  handled: event(
    ['de dag waarop de vraag is afgehandeld', 'de vraag is afgehandeld'],
    ['the day on which the matter was settled', 'the matter was settled'],
  ),
  'illness-end': event(
    ['het einde van de ziekte', 'de ziekte eindigde'],
    ['the end of the illness', 'the illness ended'],
  ),
  'membership-end': event(
    ['het einde van het lidmaatschap', 'het lidmaatschap eindigde'],
    ['the end of the membership', 'the membership ended'],
  ),
  'record-changed': event(
    ['de laatste wijziging van het dossier', 'het dossier het laatst is gewijzigd'],
    ['the last change of the record', 'the record was last changed'],
  ),
  'account-end': event(
    ['het einde van het account', 'het account eindigde'],
    ['the end of the account', 'the account ended'],
  ),
  'subscription-end': event(['de afmelding', 'u zich afmeldde'], ['unsubscribing', 'you unsubscribed']),
  visit: event(['het bezoek', 'het bezoek was'], ['the visit', 'the visit took place']),
};

export const startsAt: Record<'event' | 'end-of-day' | 'end-of-month' | 'end-of-year', (one: Event) => Text> = {
  event: ({ thing }) => thing,
  'end-of-day': ({ clause }) => ({ nl: `de dag waarop ${clause.nl}`, en: `the day on which ${clause.en}` }),
  'end-of-month': ({ clause }) => ({
    nl: `het einde van de maand waarin ${clause.nl}`,
    en: `the end of the month in which ${clause.en}`,
  }),
  'end-of-year': ({ clause }) => ({
    nl: `het einde van het jaar waarin ${clause.nl}`,
    en: `the end of the year in which ${clause.en}`,
  }),
};

export const after = (term: Text, event: Text): Text => ({
  nl: `${term.nl} na ${event.nl}`,
  en: `${term.en} after ${event.en}`,
});
