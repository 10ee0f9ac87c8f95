/** The part for one group of people, in their own words. */
import type { Text } from '../../../../base/language.ts';
import { joined } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';
import type { Basis } from './purposes.ts';

type Kind = Policy['subjects'][number]['kind'];

/** How someone of this kind would begin; null where only the policy knows. */
export const iAm: Record<Kind, Text | null> = {
  customer: { nl: 'Ik ben klant', en: 'I am a customer' },
  supplier: { nl: 'Ik ben leverancier', en: 'I supply you' },
  prospect: { nl: 'Ik word misschien klant', en: 'I may become a customer' },
  applicant: { nl: 'Ik heb gesolliciteerd', en: 'I applied for a job' },
  employee: { nl: 'Ik werk hier', en: 'I work here' },
  caller: { nl: 'Ik heb gebeld', en: 'I called' },
  filmed: { nl: 'Ik ben gefilmd', en: 'I was filmed' },
  'website-visitor': { nl: 'Ik bezocht de website', en: 'I visited the website' },
  partner: { nl: 'Ik ben partner', en: 'I am a partner' },
  member: { nl: 'Ik ben lid', en: 'I am a member' },
  patient: { nl: 'Ik ben patiënt', en: 'I am a patient' },
  parent: { nl: 'Ik ben ouder', en: 'I am a parent' },
  subscriber: { nl: 'Ik krijg de nieuwsbrief', en: 'I get the newsletter' },
  contact: { nl: 'Ik heb gebeld of geschreven', en: 'I called or wrote' },
  'end-user': { nl: 'Mijn gegevens staan bij een klant van u', en: 'My data is with a client of yours' },
  other: null,
};

export const group = {
  about: (who: Text): Text => ({ nl: `Dit gaat over ${who.nl}.`, en: `This is about ${who.en}.` }),
  purposes: { nl: 'Wat wij met uw gegevens doen', en: 'What we do with your data' },
  purposesCaption: {
    nl: 'Waarvoor wij uw gegevens gebruiken, en waarom dat mag',
    en: 'What we use your data for, and why that is allowed',
  },
  what: { nl: 'Waarvoor', en: 'What for' },
  why: { nl: 'Waarom dat mag', en: 'Why that is allowed' },
  must: { nl: 'Moet u ze geven?', en: 'Must you give it?' },
  data: { nl: 'Wat wij bewaren, en hoe lang', en: 'What we keep, and how long' },
  dataCaption: { nl: 'Uw gegevens en hun termijn', en: 'Your data and its term' },
  kept: { nl: 'Gegevens', en: 'Data' },
  term: { nl: 'Hoe lang', en: 'How long' },
  recipients: { nl: 'Wie gegevens van u krijgt', en: 'Who gets data about you' },
  recipientsCaption: { nl: 'Ontvangers van uw gegevens', en: 'Recipients of your data' },
  who: { nl: 'Wie', en: 'Who' },
  gets: { nl: 'Wat', en: 'What' },
  country: { nl: 'Land', en: 'Country' },
  forClient: { nl: 'Wat wij voor een klant doen', en: 'What we do for a client' },
  client: {
    nl: 'Over deze gegevens beslist onze klant, niet wij. Stel uw vraag daarom aan die klant.',
    en: 'Our client decides about this data; we do not. So please put your question to that client.',
  },
  more: { nl: 'Lees ook:', en: 'Read also:' },
};

/** Why it is allowed, to someone of the group. */
const allowed: Record<Basis, Text> = {
  contract: { nl: 'wij hebben een contract met u', en: 'we have a contract with you' },
  'legal-obligation': { nl: 'de wet vraagt het van ons', en: 'the law requires it' },
  'legitimate-interests': { nl: 'wij hebben er een goede reden voor', en: 'we have a good reason for it' },
  consent: { nl: 'u hebt ja gezegd', en: 'you said yes' },
  'public-task': { nl: 'het hoort bij onze publieke taak', en: 'it is part of our public task' },
  'vital-interests': { nl: 'iemands leven is in gevaar', en: "someone's life is in danger" },
};
/** Someone who calls or walks by has no contract with us; another has. Art. 6(1)(b) does not reach them: see GST-B01. */
const contractOfAnother: Text = { nl: 'wij hebben het nodig voor een contract', en: 'we need it for a contract' };
const ownContract: ReadonlySet<Kind> = new Set([
  'customer',
  'supplier',
  'prospect',
  'applicant',
  'employee',
  'partner',
  'member',
  'patient',
]);

/** Whether someone of this kind can have a contract with us. */
export const isParty = (kind: Kind): boolean => ownContract.has(kind);

export function allowedFor(kind: Kind, bases: readonly Basis[]): Text {
  const party = isParty(kind);
  const theirs = party || bases.length === 1 ? bases : bases.filter((one) => one !== 'contract');
  const reasons = theirs.map((one) => (one === 'contract' && !party ? contractOfAnother : allowed[one]));
  return joined(reasons, { nl: 'of', en: 'or' });
}
