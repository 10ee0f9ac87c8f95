/** What an organisation does or does not do, each a plain yes or no; in the order in which it is asked. */
import type { Text } from '../base/language.ts';

interface Asked {
  readonly text: Text;
  /** Asked only where one of these is so, parts or "website": it says more of that. */
  readonly after?: readonly string[];
  /** Which of the lists on the first page it stands in. */
  readonly in: 'does' | 'helped' | 'safe';
}

const customers = ['orders', 'services', 'telephony', 'clients'] as const;
/** Those by which an organisation knows people by name. */
const known = [...customers, 'members', 'care'] as const;
/** Words for several answers at once. */
export const several = { customers, known };

const asked = {
  orders: {
    in: 'does',
    text: { nl: 'Verkoopt u spullen, in een winkel of online?', en: 'Do you sell goods, in a shop or online?' },
  },
  services: {
    in: 'does',
    text: {
      nl: 'Werkt u voor klanten, op een opdracht, contract of abonnement?',
      en: 'Do you work for customers, on an assignment, a contract or a subscription?',
    },
  },
  telephony: {
    in: 'does',
    text: {
      nl: 'Biedt u telefonie of internettoegang aan (openbare telecomdienst)?',
      en: 'Do you offer telephony or internet access (a public telecom service)?',
    },
  },
  clients: {
    in: 'does',
    text: {
      nl: 'Bewaart of beheert u gegevens voor klanten (hosting, beheer)?',
      en: 'Do you keep or manage data for clients (hosting, administration)?',
    },
  },
  members: { in: 'does', text: { nl: 'Hebt u leden (vereniging, club)?', en: 'Do you have members (society, club)?' } },
  care: {
    in: 'does',
    text: { nl: 'Behandelt u patiënten (zorgverlener)?', en: 'Do you treat patients (health care)?' },
  },
  children: {
    in: 'does',
    text: {
      nl: 'Is wat u doet ook bedoeld voor kinderen onder de 16?',
      en: 'Is what you do also meant for children under 16?',
    },
  },
  prospects: {
    in: 'does',
    after: customers,
    text: {
      nl: 'Houdt u bij wie klant zou kunnen worden (offertes, lijsten)?',
      en: 'Do you keep who might become a customer (offers, lists)?',
    },
  },
  accounts: {
    in: 'does',
    after: known,
    text: {
      nl: 'Kunnen klanten, leden of patiënten bij u inloggen met een eigen account?',
      en: 'Can customers, members or patients sign in with an account of their own?',
    },
  },
  news: {
    in: 'does',
    text: {
      nl: 'Stuurt u klanten, leden of patiënten nieuws of reclame?',
      en: 'Do you send customers, members or patients news or marketing?',
    },
  },
  newsletter: {
    in: 'does',
    text: {
      nl: 'Kan iedereen zich aanmelden voor een nieuwsbrief?',
      en: 'Can anyone subscribe to a newsletter?',
    },
  },
  recordings: {
    in: 'does',
    text: {
      nl: 'Neemt u telefoongesprekken op, om van te leren of om na te luisteren wat is afgesproken?',
      en: 'Do you record telephone calls, to learn from them or to check what was agreed?',
    },
  },
  voicemail: {
    in: 'does',
    text: {
      nl: 'Kunnen mensen bij u een bericht inspreken (voicemail)?',
      en: 'Can people leave you a spoken message (voicemail)?',
    },
  },
  cameras: {
    in: 'does',
    text: { nl: 'Hangen er camera’s, tegen diefstal en schade?', en: 'Are there cameras, against theft and damage?' },
  },
  staff: { in: 'does', text: { nl: 'Hebt u medewerkers in loondienst?', en: 'Do you employ people?' } },
  applicants: { in: 'does', text: { nl: 'Krijgt u sollicitaties?', en: 'Do people apply for a job with you?' } },
  delivery: {
    in: 'helped',
    after: ['orders'],
    text: {
      nl: 'Bezorgt een pakketdienst of vervoerder wat u verkoopt?',
      en: 'Does a parcel service or carrier deliver what you sell?',
    },
  },
  payments: {
    in: 'helped',
    after: known,
    text: {
      nl: 'Betaalt men u via een betaaldienst (iDEAL, creditcard)?',
      en: 'Do people pay you through a payment service (iDEAL, credit card)?',
    },
  },
  mailing: {
    in: 'helped',
    after: ['news', 'newsletter'],
    text: {
      nl: 'Verstuurt een ander bedrijf uw nieuws of nieuwsbrief (zoals Mailchimp of Laposta)?',
      en: 'Does another company send your news or newsletter (such as Mailchimp or Laposta)?',
    },
  },
  hosted: {
    in: 'helped',
    after: ['clients'],
    text: {
      nl: 'Staan de gegevens van uw klanten bij een hostingbedrijf of in een datacenter?',
      en: 'Is your clients’ data with a hosting company or in a data centre?',
    },
  },
  federation: {
    in: 'helped',
    after: ['members'],
    text: { nl: 'Geeft u leden op bij een bond of koepel?', en: 'Do you register members with a federation?' },
  },
  insurers: {
    in: 'helped',
    after: ['care'],
    text: { nl: 'Declareert u bij zorgverzekeraars?', en: 'Do you claim from health insurers?' },
  },
  colleagues: {
    in: 'helped',
    after: ['care'],
    text: {
      nl: 'Wisselt u gegevens van patiënten uit met de huisarts of andere zorgverleners?',
      en: 'Do you exchange data of patients with their doctor or other carers?',
    },
  },
  payroll: {
    in: 'helped',
    after: ['staff'],
    text: { nl: 'Verwerkt een ander kantoor de salarissen?', en: 'Does another office process the salaries?' },
  },
  bookkeeping: {
    in: 'helped',
    text: {
      nl: 'Ziet een boekhouder of accountant uw facturen?',
      en: 'Does a bookkeeper or accountant see your invoices?',
    },
  },
  host: {
    in: 'helped',
    after: ['website'],
    text: {
      nl: 'Staat uw website bij een hostingbedrijf?',
      en: 'Is your website with a hosting company?',
    },
  },
  office: {
    in: 'helped',
    text: {
      nl: 'Staan uw mail en bestanden bij een ander bedrijf (zoals Microsoft 365 of Google)?',
      en: 'Are your mail and files with another company (such as Microsoft 365 or Google)?',
    },
  },
  software: {
    in: 'helped',
    text: {
      nl: 'Staan klanten, leden, patiënten of facturen in online software van een ander (webwinkel, boekhouding, ledenlijst, dossier)?',
      en: 'Are customers, members, patients or invoices in online software of another (web shop, accounts, list of members, records)?',
    },
  },
  secrecy: {
    in: 'safe',
    text: {
      nl: 'Heeft iedereen die bij gegevens kan voor geheimhouding getekend?',
      en: 'Has everyone who can reach data signed for confidentiality?',
    },
  },
  'second-step': {
    in: 'safe',
    text: {
      nl: 'Vraagt elk systeem met gegevens naast een wachtwoord een tweede stap?',
      en: 'Does each system with data ask a second step beside a password?',
    },
  },
  restore: {
    in: 'safe',
    text: {
      nl: 'Probeert u minstens elk jaar of u een back-up kunt terugzetten?',
      en: 'Do you try at least each year whether you can restore a backup?',
    },
  },
} as const satisfies Readonly<Record<string, Asked>>;

export type Part = keyof typeof asked;
export const partQuestions: Readonly<Record<Part, Asked>> = asked;
export const parts = Object.keys(asked) as readonly Part[];

/** Whether it is asked, of one who does these. */
export function isAsked(part: Part, does: ReadonlySet<string>): boolean {
  const { after } = partQuestions[part];
  return after === undefined || after.some((one) => does.has(one));
}
