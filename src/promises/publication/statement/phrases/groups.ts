/** The part for one group of people, in their own words. */
import type { Text } from '../../../../base/language.ts';
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
  'end-user': { nl: 'Een klant van jullie heeft mijn gegevens', en: 'A client of yours has my data' },
  other: null,
};

export const group = {
  with: (title: Text, who: Text): Text => ({ nl: `${title.nl}: ${who.nl}`, en: `${title.en}: ${who.en}` }),
  about: (who: Text): Text => ({ nl: `Dit gaat over ${who.nl}.`, en: `This is about ${who.en}.` }),
  purposes: { nl: 'Wat wij met uw gegevens doen', en: 'What we do with your data' },
  what: { nl: 'Waarvoor', en: 'What for' },
  why: { nl: 'Waarom dat mag', en: 'Why that is allowed' },
  must: { nl: 'Moet u ze geven?', en: 'Must you give it?' },
  data: { nl: 'Wat wij bewaren, en hoe lang', en: 'What we keep, and how long' },
  kept: { nl: 'Gegevens', en: 'Data' },
  term: { nl: 'Hoe lang', en: 'How long' },
  recipients: { nl: 'Wie gegevens van u krijgt', en: 'Who gets data about you' },
  who: { nl: 'Wie', en: 'Who' },
  gets: { nl: 'Wat', en: 'What' },
  country: { nl: 'Land', en: 'Country' },
  client: {
    nl: 'Over deze gegevens beslist onze klant, niet wij. Stel uw vraag daarom aan die klant.',
    en: 'Our client decides about this data, not we. So please put your question to that client.',
  },
  more: { nl: 'Lees ook:', en: 'Read also:' },
};

/** Why it is allowed, to someone of the group. */
export const allowed: Record<Basis, Text> = {
  contract: { nl: 'Wij hebben een contract met u.', en: 'We have a contract with you.' },
  'legal-obligation': { nl: 'De wet vraagt het van ons.', en: 'The law asks it of us.' },
  'legitimate-interests': { nl: 'Wij hebben er een goede reden voor.', en: 'We have a good reason for it.' },
  consent: { nl: 'U hebt ja gezegd.', en: 'You said yes.' },
  'public-task': { nl: 'Het hoort bij onze publieke taak.', en: 'It is part of our public task.' },
  'vital-interests': { nl: 'Iemands leven is in gevaar.', en: "Someone's life is in danger." },
};
