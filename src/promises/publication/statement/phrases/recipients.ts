/** Who gets data, what they are, and what protects it outside the EEA. */
import type { Text } from '../../../../base/language.ts';
import type { Recipient } from '../../../../policy/index.ts';

export const recipients = {
  title: { nl: 'Wie gegevens van ons krijgt', en: 'Who gets data from us' },
  lead: {
    nl: 'Deze ontvangers krijgen alleen de gegevens die erbij staan.',
    en: 'These recipients get only the data that is listed with them.',
  },
  caption: { nl: 'Wie welke gegevens van ons krijgt', en: 'Who gets which data from us' },
  who: { nl: 'Wie', en: 'Who' },
  role: { nl: 'Wie beslist erover', en: 'Who decides about it' },
  data: { nl: 'Welke gegevens', en: 'Which data' },
  country: { nl: 'Land', en: 'Country' },
};

export const roles: Record<Recipient['role'], Text> = {
  processor: { nl: 'Wij: de ontvanger werkt in onze opdracht', en: 'We do: the recipient works on our instructions' },
  'sub-processor': {
    nl: 'Onze klant: de ontvanger helpt ons bij ons werk voor klanten',
    en: 'Our client: the recipient helps us with our work for clients',
  },
  controller: { nl: 'De ontvanger zelf', en: 'The recipient itself' },
  'joint-controller': { nl: 'De ontvanger en wij samen', en: 'The recipient and we together' },
  authority: { nl: 'De overheid', en: 'The government' },
};

export const transfers = {
  title: { nl: 'Buiten Europa', en: 'Outside Europe' },
  caption: { nl: 'Gegevens buiten de Europese Economische Ruimte', en: 'Data outside the European Economic Area' },
  protected: { nl: 'Wat uw gegevens daar beschermt', en: 'What protects your data there' },
  copy: { nl: 'Zo krijgt u een kopie van de afspraken', en: 'How you get a copy of the agreement' },
  assessed: (day: Text): Text => ({
    nl: `Op ${day.nl} onderzochten wij of dat daar ook echt werkt.`,
    en: `On ${day.en} we examined whether that really works there.`,
  }),
  partly: (scope: Text): Text => ({
    nl: `Dat geldt daar niet voor iedereen: ${scope.nl}. Deze ontvanger valt eronder.`,
    en: `That does not hold for everyone there: ${scope.en}. This recipient falls under it.`,
  }),
  participant: {
    nl: 'Dat geldt daar niet voor iedereen, maar wel voor deze ontvanger.',
    en: 'That does not hold there for everyone, but it does for this recipient.',
  },
};

/** What makes a transfer lawful (Art. 45-49), as a person would tell it. */
export const mechanisms: Record<NonNullable<NonNullable<Recipient['transfer']>['mechanism']>, Text> = {
  '45': {
    nl: 'De Europese Commissie vindt dat gegevens daar goed genoeg beschermd zijn (artikel 45 AVG).',
    en: 'The European Commission finds that data is protected well enough there (Article 45 GDPR).',
  },
  '46(2)(a)': {
    nl: 'Overheden hebben dat onderling bindend afgesproken (artikel 46, lid 2, onder a, AVG).',
    en: 'Public bodies made a binding agreement about it (Article 46(2)(a) GDPR).',
  },
  '46(2)(b)': {
    nl: 'Het concern van de ontvanger heeft bindende privacyregels (artikel 46, lid 2, onder b, AVG).',
    en: 'The group of the recipient has binding privacy rules (Article 46(2)(b) GDPR).',
  },
  '46(2)(c)': {
    nl: 'De ontvanger tekende het modelcontract van de Europese Commissie (artikel 46, lid 2, onder c, AVG).',
    en: 'The recipient signed the model contract of the European Commission (Article 46(2)(c) GDPR).',
  },
  '46(2)(d)': {
    nl: 'De ontvanger tekende het modelcontract van een toezichthouder (artikel 46, lid 2, onder d, AVG).',
    en: 'The recipient signed the model contract of a supervisory authority (Article 46(2)(d) GDPR).',
  },
  '46(2)(e)': {
    nl: 'De ontvanger houdt zich aan een goedgekeurde gedragscode (artikel 46, lid 2, onder e, AVG).',
    en: 'The recipient keeps to an approved code of conduct (Article 46(2)(e) GDPR).',
  },
  '46(2)(f)': {
    nl: 'De ontvanger heeft een goedgekeurd certificaat (artikel 46, lid 2, onder f, AVG).',
    en: 'The recipient has an approved certificate (Article 46(2)(f) GDPR).',
  },
  '46(3)(a)': {
    nl: 'Een toezichthouder keurde ons contract met de ontvanger goed (artikel 46, lid 3, onder a, AVG).',
    en: 'A supervisory authority approved our contract with the recipient (Article 46(3)(a) GDPR).',
  },
  '46(3)(b)': {
    nl: 'Een toezichthouder keurde de afspraken tussen overheden goed (artikel 46, lid 3, onder b, AVG).',
    en: 'A supervisory authority approved the arrangement between public bodies (Article 46(3)(b) GDPR).',
  },
  '47': {
    nl: 'Het concern van de ontvanger heeft bindende privacyregels (artikel 47 AVG).',
    en: 'The group of the recipient has binding privacy rules (Article 47 GDPR).',
  },
  '49(1)(a)': {
    nl: "U kende de risico's en hebt er uitdrukkelijk ja op gezegd (artikel 49, lid 1, onder a, AVG).",
    en: 'You knew the risks and expressly said yes (Article 49(1)(a) GDPR).',
  },
  '49(1)(b)': {
    nl: 'Het is nodig voor ons contract met u (artikel 49, lid 1, onder b, AVG).',
    en: 'It is needed for our contract with you (Article 49(1)(b) GDPR).',
  },
  '49(1)(c)': {
    nl: 'Het is nodig voor een contract waar u voordeel van hebt (artikel 49, lid 1, onder c, AVG).',
    en: 'It is needed for a contract that benefits you (Article 49(1)(c) GDPR).',
  },
  '49(1)(d)': {
    nl: 'Het is nodig voor een groot algemeen belang (artikel 49, lid 1, onder d, AVG).',
    en: 'It is needed for an important public interest (Article 49(1)(d) GDPR).',
  },
  '49(1)(e)': {
    nl: 'Het is nodig voor een rechtszaak (artikel 49, lid 1, onder e, AVG).',
    en: 'It is needed for a court case (Article 49(1)(e) GDPR).',
  },
  '49(1)(f)': {
    nl: 'Iemands leven is in gevaar (artikel 49, lid 1, onder f, AVG).',
    en: "Someone's life is in danger (Article 49(1)(f) GDPR).",
  },
  '49(1)(g)': {
    nl: 'De gegevens staan in een openbaar register (artikel 49, lid 1, onder g, AVG).',
    en: 'The data is in a public register (Article 49(1)(g) GDPR).',
  },
  '49(1)-2': {
    nl: 'Het gebeurt niet vaak, om een dwingende reden, en de toezichthouder weet ervan (artikel 49, lid 1, AVG).',
    en: 'It is rare, for a compelling reason, and the supervisory authority knows (Article 49(1) GDPR).',
  },
};

export const disclosures: Record<'authority' | 'ownership' | 'other', { readonly id: string; readonly title: Text }> = {
  authority: {
    id: 'authorities',
    title: { nl: 'Als de overheid gegevens vraagt', en: 'When the government asks for data' },
  },
  ownership: {
    id: 'ownership',
    title: { nl: 'Als ons bedrijf een andere eigenaar krijgt', en: 'When our company gets another owner' },
  },
  other: { id: 'other-disclosures', title: { nl: 'Wanneer wij nog meer delen', en: 'When else we share data' } },
};

export const places = {
  title: { nl: 'Waar uw gegevens staan', en: 'Where your data is' },
  only: (countries: Text): Text => ({
    nl: `Wij bewaren uw gegevens in geen ander land dan ${countries.nl}.`,
    en: `We keep your data in no country other than ${countries.en}.`,
  }),
  eea: {
    nl: 'Wij bewaren uw gegevens in geen land buiten de Europese Economische Ruimte (EER).',
    en: 'We keep your data in no country outside the European Economic Area (EEA).',
  },
  eeaAnd: (countries: Text): Text => ({
    nl: `Wij bewaren uw gegevens alleen in de Europese Economische Ruimte (EER) en in ${countries.nl}.`,
    en: `We keep your data only in the European Economic Area (EEA) and in ${countries.en}.`,
  }),
  area: {
    nl: 'De Europese Economische Ruimte bestaat uit de Europese Unie, IJsland, Liechtenstein en Noorwegen.',
    en: 'The European Economic Area is the European Union, Iceland, Liechtenstein and Norway.',
  },
};
