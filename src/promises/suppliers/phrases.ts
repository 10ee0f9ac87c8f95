/** What Art. 28(3) GDPR demands of an agreement with a processor, clause by clause. */
import type { Text } from '../../base/language.ts';
import type { AgreementState } from '../../policy/index.ts';
import type { Clause } from '../../policy/sections/recipients.ts';

export const clauseTexts: Readonly<
  Record<Clause, { readonly article: string; readonly title: Text; readonly asks: Text }>
> = {
  'subject-matter': {
    article: '28(3)',
    title: { nl: 'onderwerp', en: 'subject matter' },
    asks: { nl: 'Wat er wordt verwerkt en voor wie.', en: 'What is processed, and for whom.' },
  },
  duration: {
    article: '28(3)',
    title: { nl: 'duur', en: 'duration' },
    asks: { nl: 'Vanaf wanneer en tot wanneer.', en: 'From when and until when.' },
  },
  'nature-and-purpose': {
    article: '28(3)',
    title: { nl: 'aard en doel', en: 'nature and purpose' },
    asks: { nl: 'Wat ermee gebeurt, en waarvoor.', en: 'What is done with it, and what for.' },
  },
  'data-types': {
    article: '28(3)',
    title: { nl: 'soort persoonsgegevens', en: 'type of personal data' },
    asks: { nl: 'Welke gegevens het zijn.', en: 'Which data it is.' },
  },
  'subject-categories': {
    article: '28(3)',
    title: { nl: 'categorieën betrokkenen', en: 'categories of data subjects' },
    asks: { nl: 'Van welke mensen.', en: 'Of which people.' },
  },
  'controller-rights': {
    article: '28(3)',
    title: { nl: 'rechten en plichten van de opdrachtgever', en: 'rights and obligations of the controller' },
    asks: { nl: 'Wat de opdrachtgever mag en moet.', en: 'What the controller may and must do.' },
  },
  instructions: {
    article: '28(3)(a)',
    title: { nl: 'schriftelijke instructies', en: 'documented instructions' },
    asks: {
      nl: 'Alleen op schriftelijke instructie, ook bij doorgifte; een wettelijke plicht wordt vooraf gemeld.',
      en: 'Only on documented instructions, transfers included; a legal requirement is told beforehand.',
    },
  },
  confidentiality: {
    article: '28(3)(b)',
    title: { nl: 'geheimhouding', en: 'confidentiality' },
    asks: { nl: 'Wie erbij kan, is tot geheimhouding verplicht.', en: 'Who can reach it is bound to confidentiality.' },
  },
  security: {
    article: '28(3)(c)',
    title: { nl: 'beveiliging', en: 'security' },
    asks: { nl: 'De maatregelen van artikel 32.', en: 'The measures of Article 32.' },
  },
  'sub-processors': {
    article: '28(3)(d), 28(2), 28(4)',
    title: { nl: 'subverwerkers', en: 'sub-processors' },
    asks: {
      nl: 'Toestemming, bericht vooraf met bezwaar, dezelfde plichten, en volledig aansprakelijk.',
      en: 'Authorisation, notice beforehand with objection, the same obligations, and fully liable.',
    },
  },
  'rights-help': {
    article: '28(3)(e)',
    title: { nl: 'hulp bij rechten', en: 'help with rights' },
    asks: { nl: 'Hulp als iemand een recht uitoefent.', en: 'Help when a person exercises a right.' },
  },
  'duties-help': {
    article: '28(3)(f)',
    title: { nl: 'hulp bij artikel 32-36', en: 'help with Articles 32-36' },
    asks: {
      nl: 'Hulp bij beveiliging, datalekken, effectbeoordeling en voorafgaande raadpleging.',
      en: 'Help with security, breaches, impact assessment and prior consultation.',
    },
  },
  'return-or-delete': {
    article: '28(3)(g)',
    title: { nl: 'wissen of teruggeven', en: 'deletion or return' },
    asks: {
      nl: 'Aan het eind wissen of teruggeven, naar keuze van de opdrachtgever, met alle kopieën.',
      en: 'Deletion or return at the end, as the controller chooses, with all copies.',
    },
  },
  audits: {
    article: '28(3)(h)',
    title: { nl: 'informatie en controle', en: 'information and audits' },
    asks: {
      nl: 'Alle informatie, ruimte voor controle, en een waarschuwing bij een onrechtmatige instructie.',
      en: 'All information, room for audits, and a warning when an instruction is unlawful.',
    },
  },
  'in-writing': {
    article: '28(9)',
    title: { nl: 'schriftelijk', en: 'in writing' },
    asks: { nl: 'Op papier of elektronisch.', en: 'On paper or electronically.' },
  },
};

export const agreementStates: Readonly<Record<AgreementState | 'none', Text>> = {
  'in-force': { nl: 'getekend en geldig', en: 'signed and in force' },
  'not-signed': { nl: 'niet getekend', en: 'not signed' },
  expired: { nl: 'afgelopen', en: 'ended' },
  none: { nl: 'geen overeenkomst', en: 'no agreement' },
};
