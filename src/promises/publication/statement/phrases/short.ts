/** The short layer: the questions people come with. */
import type { Text } from '../../../../base/language.ts';
import type { Right } from './rights.ts';

export const short = {
  who: { nl: 'Wie zijn wij?', en: 'Who are we?' },
  what: { nl: 'Wat bewaren wij van u?', en: 'What do we keep about you?' },
  depends: { nl: 'Dat hangt ervan af. Kies wat bij u past:', en: 'That depends. Choose what fits you:' },
  why: { nl: 'Waarvoor gebruiken wij gegevens?', en: 'What do we use data for?' },
  recorded: { nl: 'Nemen wij u op?', en: 'Do we record you?' },
  howLong: { nl: 'Hoe lang bewaren wij gegevens?', en: 'How long do we keep data?' },
  /** After a term, in the same line. */
  keptWhile: (others: Text): Text => ({
    nl: `of langer zolang u voorkomt in ${others.nl}`,
    en: `or longer while you appear in ${others.en}`,
  }),
  consent: (most: Text): Text => ({
    nl: `met uw toestemming hoogstens ${most.nl}`,
    en: `with your consent at most ${most.en}`,
  }),
  consentUncapped: { nl: 'met uw toestemming langer', en: 'with your consent longer' },
  reviewed: { nl: 'daarna kijken wij of ze weg kunnen', en: 'then we check whether it can go' },
  pending: {
    nl: 'Loopt er een onderzoek of een rechtszaak? Wat daarvoor nodig is, bewaren wij langer.',
    en: 'Is there a pending investigation or court case? What it needs we keep longer.',
  },
  recipients: { nl: 'Wie krijgt uw gegevens?', en: 'Who gets your data?' },
  rights: { nl: 'Wat kunt u doen?', en: 'What can you do?' },
  complaint: { nl: 'Waar kunt u klagen?', en: 'Where can you complain?' },
  words: { nl: 'Een moeilijk woord?', en: 'A difficult word?' },
  email: (address: string): Text => ({ nl: `Mail ons: ${address}`, en: `Send us an e-mail: ${address}` }),
  post: (address: string): Text => ({ nl: `Schrijf ons: ${address}`, en: `Write to us: ${address}` }),
  may: (verbs: Text): Text => ({
    nl: `U mag ons vragen uw gegevens ${verbs.nl}.`,
    en: `You may ask us to ${verbs.en} your data.`,
  }),
  mayBeside: (things: Text): Text => ({ nl: `U mag ${things.nl}.`, en: `You may ${things.en}.` }),
  or: { nl: 'of', en: 'or' },
  /** What one asks us to do with the data. */
  toData: {
    access: { nl: 'te laten zien', en: 'show' },
    rectification: { nl: 'te verbeteren', en: 'correct' },
    erasure: { nl: 'te wissen', en: 'delete' },
    restriction: { nl: 'stil te zetten', en: 'freeze' },
    portability: { nl: 'mee te geven', en: 'hand over' },
  } satisfies Partial<Record<Right, Text>>,
  /** What one does oneself. */
  beside: {
    objection: { nl: 'bezwaar maken', en: 'object' },
    withdrawal: { nl: 'uw toestemming intrekken', en: 'take back your consent' },
    'human-review': { nl: 'een mens naar een besluit laten kijken', en: 'have a person look at a decision' },
  } satisfies Partial<Record<Right, Text>>,
  more: {
    who: { nl: 'Lees meer over wie wij zijn.', en: 'Read more about who we are.' },
    purposes: {
      nl: 'Lees welke gegevens wij daarvoor gebruiken, en waarom dat mag.',
      en: 'Read which data we use for it, and why that is allowed.',
    },
    calls: { nl: 'Lees meer over bellen.', en: 'Read more about calls.' },
    cameras: { nl: "Lees meer over onze camera's.", en: 'Read more about our cameras.' },
    retention: { nl: 'Lees hoe lang wij alles bewaren.', en: 'Read how long we keep everything.' },
    recipients: { nl: 'Lees wie wat krijgt.', en: 'Read who gets what.' },
    rights: { nl: 'Lees hoe u het vraagt.', en: 'Read how to ask.' },
    complaint: { nl: 'Lees hoe u een klacht indient.', en: 'Read how to complain.' },
    words: { nl: 'Lees wat moeilijke woorden betekenen.', en: 'Read what difficult words mean.' },
  },
};
