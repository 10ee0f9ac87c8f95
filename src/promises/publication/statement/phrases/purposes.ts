/** Why, on which ground of Art. 6(1) GDPR, and whether a person must give the data. */
import type { Text } from '../../../../base/language.ts';
import { joined, same } from '../../../../base/wording.ts';
import type { Purpose } from '../../../../policy/index.ts';

export type Basis = Purpose['basis'][number];

/** The ground as a person would say it, after "because". */
const reasons: Record<Basis, Text> = {
  contract: { nl: 'wij een contract met u hebben', en: 'we have a contract with you' },
  'legal-obligation': { nl: 'de wet het van ons vraagt', en: 'the law requires it' },
  'legitimate-interests': { nl: 'wij er een goede reden voor hebben', en: 'we have a good reason for it' },
  consent: { nl: 'u ja hebt gezegd', en: 'you said yes' },
  'public-task': { nl: 'het bij onze publieke taak hoort', en: 'it is part of our public task' },
  'vital-interests': { nl: 'iemands leven in gevaar is', en: "someone's life is in danger" },
};

/** "Omdat wij een contract met u hebben, of omdat u ja hebt gezegd". */
export function because(bases: readonly Basis[]): Text {
  const clauses = bases.map((one) => ({ nl: `omdat ${reasons[one].nl}`, en: `because ${reasons[one].en}` }));
  return joined(clauses, { nl: 'of', en: 'or' });
}

/** What the ground means, where it is the only one. */
export const meaning: Record<Basis, Text> = {
  contract: {
    nl: 'Wij gebruiken dan wat nodig is om te doen wat wij afspraken, of om vooraf een aanbod te doen.',
    en: 'We then use what we need to do what was agreed, or to make an offer beforehand.',
  },
  'legal-obligation': {
    nl: 'Wij hebben hier geen keus: de wet schrijft het voor.',
    en: 'We have no choice here: the law prescribes it.',
  },
  'legitimate-interests': {
    nl: "De wet noemt zo'n reden een gerechtvaardigd belang. Het mag alleen als uw belang niet zwaarder weegt.",
    en: 'The law calls such a reason a legitimate interest. It is allowed only if your interest does not weigh more.',
  },
  consent: { nl: 'Zonder uw ja doen wij dit niet.', en: 'Without your yes we do not do this.' },
  'public-task': { nl: 'De overheid gaf ons deze taak.', en: 'The government gave us this task.' },
  'vital-interests': { nl: 'Wij wachten dan niet met helpen.', en: 'We then do not wait to help.' },
};

export const sometimes: Text = {
  nl: 'Soms geldt de ene reden, soms de andere.',
  en: 'Sometimes the one reason applies, sometimes the other.',
};

/** Beside another ground, where "such a reason" would not tell which. */
export const meaningBeside: Partial<Record<Basis, Text>> = {
  contract: {
    nl: 'Een contract telt alleen voor wie het met ons sloot.',
    en: 'A contract counts only for those who made it with us.',
  },
  'legitimate-interests': {
    nl: 'Een goede reden noemt de wet een gerechtvaardigd belang. Die telt alleen als uw belang niet zwaarder weegt.',
    en: 'A good reason is called a legitimate interest by the law. It counts only if your interest does not weigh more.',
  },
};

const letters: Record<Basis, string> = {
  consent: 'a',
  contract: 'b',
  'legal-obligation': 'c',
  'vital-interests': 'd',
  'public-task': 'e',
  'legitimate-interests': 'f',
};

/** Where the law has the grounds; null when there are none. */
export function article(bases: readonly Basis[]): Text | null {
  const found = bases.map((one) => letters[one]).toSorted();
  if (found.length === 0) return null;
  const nl = joined(found.map((letter) => same(`onder ${letter}`))).nl;
  const en = joined(found.map((letter) => same(`6(1)(${letter})`))).en;
  return found.length === 1
    ? {
        nl: `De regel staat in artikel 6, lid 1, ${nl}, van de privacywet (AVG).`,
        en: `The rule is in Article ${en} of the privacy law (GDPR).`,
      }
    : {
        nl: `De regels staan in artikel 6, lid 1, ${nl}, van de privacywet (AVG).`,
        en: `The rules are in Articles ${en} of the privacy law (GDPR).`,
      };
}

export const purposes = {
  title: { nl: 'Waarvoor wij gegevens gebruiken', en: 'What we use data for' },
  otherwise: { nl: 'Ook hiervoor gebruiken wij gegevens', en: 'We also use data for this' },
  caption: (reason: Text): Text => ({
    nl: `Wat wij doen ${reason.nl}`,
    en: `What we do ${reason.en}`,
  }),
  captionOtherwise: { nl: 'Waarvoor wij ook gegevens gebruiken', en: 'What we also use data for' },
  what: { nl: 'Waarvoor', en: 'What for' },
  data: { nl: 'Welke gegevens', en: 'Which data' },
  must: { nl: 'Moet u ze geven?', en: 'Must you give it?' },
  statute: (law: Text): Text => ({ nl: `Wettelijke plicht: ${law.nl}.`, en: `Legal duty: ${law.en}.` }),
  more: { nl: 'Lees hier meer over.', en: 'Read more about this.' },
};

export const required: Record<NonNullable<Purpose['provision']>['required'], Text> = {
  statute: { nl: 'Ja, dat vraagt de wet.', en: 'Yes, the law demands it.' },
  contract: { nl: 'Ja, voor het contract.', en: 'Yes, for the contract.' },
  no: { nl: 'Nee.', en: 'No.' },
};

export const interests = {
  caption: { nl: 'Onze redenen', en: 'Our reasons' },
  reason: { nl: 'Onze reden', en: 'Our reason' },
  weighed: { nl: 'Afgewogen tegen uw belang', en: 'Weighed against your interest' },
  on: (day: Text): Text => ({ nl: `Op ${day.nl}`, en: `On ${day.en}` }),
  read: { nl: 'Lees de afweging.', en: 'Read how we weighed it.' },
  ask: {
    nl: 'Wilt u lezen hoe wij dat hebben afgewogen? Vraag ons erom, dan sturen wij het u.',
    en: 'Would you like to read how we weighed this? Ask us, and we send it to you.',
  },
  object: { nl: 'U mag hier bezwaar tegen maken.', en: 'You may object to this.' },
};

export const second = {
  title: { nl: 'Gegevens die wij nog eens gebruiken', en: 'Data that we use a second time' },
  caption: { nl: 'Gebruik voor een tweede doel', en: 'Use for a second purpose' },
  now: { nl: 'Nieuw doel', en: 'New purpose' },
  first: { nl: 'Eerst verzameld voor', en: 'First collected for' },
  fits: { nl: 'Past dat bij elkaar?', en: 'Do the two fit?' },
  checked: (day: Text): Text => ({
    nl: `Ja. Dat onderzochten wij op ${day.nl}.`,
    en: `Yes. We examined that on ${day.en}.`,
  }),
};

export const anonymous = {
  title: { nl: 'Cijfers zonder namen', en: 'Figures without names' },
  tested: (day: Text): Text => ({
    nl: `Op ${day.nl} hebben wij getest of er echt niemand in te herkennen is.`,
    en: `On ${day.en} we tested whether really nobody can be recognised in them.`,
  }),
};
