/** What an organisation does or does not do, each to tick or not; in the order in which it is asked. */
import type { Text } from '../base/language.ts';

/** The lists in which they are asked, each one question: what of this is so? */
export const partLists = {
  does: { nl: 'Wat doet de organisatie?', en: 'What does the organisation do?' },
  contact: { nl: 'Hoe houdt u contact, en wat legt u vast?', en: 'How do you stay in touch, and what do you record?' },
  helped: { nl: 'Wie helpt daarbij, en krijgt gegevens?', en: 'Who helps with that, and gets data?' },
  safe: { nl: 'Wat doet u om gegevens veilig te houden?', en: 'What do you do to keep data safe?' },
} as const satisfies Readonly<Record<string, Text>>;
export type PartList = keyof typeof partLists;

interface Asked {
  readonly text: Text;
  /** Asked only where one of these is so, parts of an earlier list or "website": it says more of that. */
  readonly after?: readonly string[];
  readonly in: PartList;
}

const customers = ['orders', 'services', 'telephony', 'clients'] as const;
/** Those by which an organisation knows people by name. */
const known = [...customers, 'members', 'care'] as const;
/** Words for several answers at once. */
export const several = { customers, known };

const asked = {
  orders: {
    in: 'does',
    text: { nl: 'Spullen verkopen, in een winkel of online', en: 'Selling goods, in a shop or online' },
  },
  services: {
    in: 'does',
    text: {
      nl: 'Werken voor klanten, op een opdracht, contract of abonnement',
      en: 'Working for customers, on an assignment, a contract or a subscription',
    },
  },
  telephony: {
    in: 'does',
    text: {
      nl: 'Telefonie of internettoegang aanbieden (openbare telecomdienst)',
      en: 'Offering telephony or internet access (a public telecom service)',
    },
  },
  clients: {
    in: 'does',
    text: {
      nl: 'Gegevens bewaren of beheren voor klanten (hosting, beheer, hun loonadministratie)',
      en: 'Keeping or managing data for clients (hosting, administration, their payroll)',
    },
  },
  members: {
    in: 'does',
    text: { nl: 'Leden hebben (vereniging, club)', en: 'Having members (society, club)' },
  },
  care: {
    in: 'does',
    text: { nl: 'Patiënten behandelen (zorgverlener)', en: 'Treating patients (health care)' },
  },
  children: {
    in: 'does',
    text: {
      nl: 'Iets aanbieden dat ook voor kinderen onder de 16 is bedoeld',
      en: 'Offering something that is also meant for children under 16',
    },
  },
  staff: {
    in: 'does',
    text: { nl: 'Mensen in dienst hebben', en: 'Employing people' },
  },
  applicants: {
    in: 'does',
    text: { nl: 'Sollicitaties krijgen', en: 'Getting applications for a job' },
  },
  prospects: {
    in: 'contact',
    after: customers,
    text: {
      nl: 'Bijhouden wie klant zou kunnen worden (offertes, lijsten)',
      en: 'Keeping who might become a customer (offers, lists)',
    },
  },
  accounts: {
    in: 'contact',
    after: known,
    text: {
      nl: 'Klanten, leden of patiënten laten inloggen met een eigen account',
      en: 'Letting customers, members or patients sign in with an account of their own',
    },
  },
  // Without consent only to those whom one knows from a sale or a membership (Tw 11.7(3)), and never because someone is a patient
  // (GDPR 9): for all others there is the newsletter.
  news: {
    in: 'contact',
    after: [...customers, 'members'],
    text: {
      nl: 'Klanten of leden nieuws of reclame sturen',
      en: 'Sending customers or members news or marketing',
    },
  },
  newsletter: {
    in: 'contact',
    text: {
      nl: 'Een nieuwsbrief sturen waarvoor iedereen zich kan aanmelden',
      en: 'Sending a newsletter to which anyone can subscribe',
    },
  },
  recordings: {
    in: 'contact',
    text: {
      nl: 'Telefoongesprekken opnemen, om van te leren of om na te luisteren wat is afgesproken',
      en: 'Recording telephone calls, to learn from them or to check what was agreed',
    },
  },
  voicemail: {
    in: 'contact',
    text: {
      nl: 'Mensen een bericht laten inspreken (voicemail)',
      en: 'Letting people leave a spoken message (voicemail)',
    },
  },
  cameras: {
    in: 'contact',
    text: { nl: 'Camera’s gebruiken, tegen diefstal en schade', en: 'Using cameras, against theft and damage' },
  },
  delivery: {
    in: 'helped',
    after: ['orders'],
    text: {
      nl: 'Een pakketdienst of vervoerder bezorgt wat u verkoopt',
      en: 'A parcel service or carrier delivers what you sell',
    },
  },
  payments: {
    in: 'helped',
    after: known,
    text: {
      nl: 'Men betaalt u via een betaaldienst (iDEAL, creditcard)',
      en: 'People pay you through a payment service (iDEAL, credit card)',
    },
  },
  mailing: {
    in: 'helped',
    after: ['news', 'newsletter'],
    text: {
      nl: 'Een ander bedrijf verstuurt uw nieuws of nieuwsbrief (zoals Mailchimp of Laposta)',
      en: 'Another company sends your news or newsletter (such as Mailchimp or Laposta)',
    },
  },
  hosted: {
    in: 'helped',
    after: ['clients'],
    text: {
      nl: 'De gegevens van uw klanten staan bij een hostingbedrijf of in een datacenter',
      en: 'Your clients’ data is with a hosting company or in a data centre',
    },
  },
  federation: {
    in: 'helped',
    after: ['members'],
    text: { nl: 'U geeft leden op bij een bond of koepel', en: 'You register members with a federation' },
  },
  insurers: {
    in: 'helped',
    after: ['care'],
    text: { nl: 'U declareert bij zorgverzekeraars', en: 'You claim from health insurers' },
  },
  colleagues: {
    in: 'helped',
    after: ['care'],
    text: {
      nl: 'U wisselt gegevens van patiënten uit met de huisarts of andere zorgverleners',
      en: 'You exchange data of patients with their doctor or other carers',
    },
  },
  payroll: {
    in: 'helped',
    after: ['staff'],
    text: { nl: 'Een ander kantoor verwerkt de salarissen', en: 'Another office processes the salaries' },
  },
  bookkeeping: {
    in: 'helped',
    text: { nl: 'Een boekhouder of accountant ziet uw facturen', en: 'A bookkeeper or accountant sees your invoices' },
  },
  host: {
    in: 'helped',
    after: ['website'],
    text: { nl: 'Uw website staat bij een hostingbedrijf', en: 'Your website is with a hosting company' },
  },
  office: {
    in: 'helped',
    text: {
      nl: 'Uw mail en bestanden staan bij een ander bedrijf (zoals Microsoft 365 of Google)',
      en: 'Your mail and files are with another company (such as Microsoft 365 or Google)',
    },
  },
  software: {
    in: 'helped',
    text: {
      nl: 'Klanten, leden, patiënten of facturen staan in online software van een ander (webwinkel, boekhouding, ledenlijst, dossier)',
      en: 'Customers, members, patients or invoices are in online software of another (web shop, accounts, list of members, records)',
    },
  },
  secrecy: {
    in: 'safe',
    text: {
      nl: 'Iedereen die bij gegevens kan, tekende voor geheimhouding',
      en: 'Everyone who can reach data signed for confidentiality',
    },
  },
  'second-step': {
    in: 'safe',
    text: {
      nl: 'Elk systeem met gegevens vraagt naast een wachtwoord een tweede stap',
      en: 'Each system with data asks a second step beside a password',
    },
  },
  restore: {
    in: 'safe',
    text: {
      nl: 'U probeert minstens elk jaar of u een back-up kunt terugzetten',
      en: 'You try at least each year whether you can restore a backup',
    },
  },
  // Only where a processor is: of nobody it would say nothing.
  agreements: {
    in: 'safe',
    after: ['hosted', 'mailing', 'payroll', 'host', 'office', 'software'],
    text: {
      nl: 'Met elk bedrijf dat voor u met gegevens werkt, tekende u een verwerkersovereenkomst',
      en: 'With each company that works with data for you, you signed a data processing agreement',
    },
  },
  risks: {
    in: 'safe',
    text: {
      nl: 'U kijkt elk jaar opnieuw welke risico’s er zijn voor de privacy van mensen',
      en: 'You look each year again which risks there are for the privacy of people',
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
