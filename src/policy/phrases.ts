/** What the words of the policy language are called in Dutch and English. */
import type { Language, Text } from '../base/language.ts';
import type { StartOf } from '../base/time.ts';
import { countryName, dayWords, termFigures } from '../base/wording.ts';
import type { DataCategory, Policy, Purpose, Recipient } from './schema.ts';

const both = (nl: string, en: string): Text => ({ nl, en });

/** Art. 6(1), by letter and by name. */
export const bases: Readonly<Record<Purpose['basis'][number], { readonly article: string; readonly text: Text }>> = {
  consent: { article: '6(1)(a)', text: both('Toestemming', 'Consent') },
  contract: { article: '6(1)(b)', text: both('Overeenkomst', 'Contract') },
  'legal-obligation': { article: '6(1)(c)', text: both('Wettelijke verplichting', 'Legal obligation') },
  'vital-interests': { article: '6(1)(d)', text: both('Vitaal belang', 'Vital interests') },
  'public-task': { article: '6(1)(e)', text: both('Taak van algemeen belang', 'Public task') },
  'legitimate-interests': { article: '6(1)(f)', text: both('Gerechtvaardigd belang', 'Legitimate interests') },
};

export const recipientRoles: Readonly<Record<Recipient['role'], Text>> = {
  processor: both('verwerker', 'processor'),
  'sub-processor': both('subverwerker', 'sub-processor'),
  controller: both('zelfstandig verantwoordelijke', 'controller in its own right'),
  'joint-controller': both('gezamenlijk verantwoordelijke', 'joint controller'),
  authority: both('overheid', 'authority'),
};

export const kindsOfData: Readonly<Record<DataCategory['kind'], Text>> = {
  ordinary: both('gewoon', 'ordinary'),
  special: both('bijzonder (art. 9)', 'special (Art. 9)'),
  criminal: both('strafrechtelijk (art. 10)', 'criminal (Art. 10)'),
  'national-number': both('nationaal nummer (art. 87)', 'national number (Art. 87)'),
  'id-copy': both('kopie identiteitsbewijs', 'copy of an identity document'),
  credential: both('inloggegevens', 'credentials'),
  traffic: both('verkeersgegevens', 'traffic data'),
  location: both('locatiegegevens', 'location data'),
  'call-recording': both('gespreksopname', 'call recording'),
  video: both('camerabeeld', 'video'),
  log: both('logboek', 'log'),
  anonymous: both('anoniem', 'anonymous'),
};

export const kindsOfMeasure: Readonly<Record<Policy['measures'][number]['kind'], Text>> = {
  confidentiality: both('geheimhouding', 'confidentiality'),
  passwords: both('wachtwoorden', 'passwords'),
  mfa: both('tweede stap bij inloggen', 'second factor'),
  sso: both('centrale aanmelding', 'single sign-on'),
  backups: both('back-ups', 'backups'),
  'restore-test': both('proef met terugzetten', 'restore test'),
  encryption: both('versleuteling', 'encryption'),
  'access-control': both('toegang', 'access control'),
  'access-review': both('nazien van toegang', 'access review'),
  logging: both('logboeken', 'logging'),
  awareness: both('bewustwording', 'awareness'),
  physical: both('fysiek', 'physical'),
  suppliers: both('leveranciers', 'suppliers'),
  'risk-review': both('risico’s', 'risk review'),
  audit: both('onderzoek door anderen', 'audit'),
  standard: both('norm', 'standard'),
  other: both('overig', 'other'),
};

export const informed = {
  'one-month': both('bericht binnen een maand', 'told within a month'),
  'first-contact': both('bericht bij het eerste contact', 'told at first contact'),
  'first-disclosure': both('bericht bij de eerste doorgifte', 'told at first disclosure'),
} as const satisfies Readonly<Record<string, Text>>;

export const provisions: Readonly<Record<NonNullable<Purpose['provision']>['required'], Text>> = {
  statute: both('Ja, de wet vraagt het', 'Yes, the law demands it'),
  contract: both('Ja, voor de overeenkomst', 'Yes, for the contract'),
  no: both('Nee', 'No'),
};

/** What a term is counted from, when not from the event itself. */
export const startsAtText: Readonly<Record<Exclude<StartOf, 'event'>, Text>> = {
  'end-of-day': both('vanaf het einde van die dag', 'from the end of that day'),
  'end-of-month': both('vanaf het einde van die maand', 'from the end of that month'),
  'end-of-year': both('vanaf het einde van dat jaar', 'from the end of that year'),
};

type Mechanism = NonNullable<NonNullable<Recipient['transfer']>['mechanism']>;

/** The instrument of chapter V behind an article. */
export function mechanismText(mechanism: Mechanism): Text {
  const instruments: Partial<Record<Mechanism, Text>> = {
    '45': both('adequaatheidsbesluit', 'adequacy decision'),
    '46(2)(a)': both('instrument tussen overheden', 'instrument between public bodies'),
    '46(2)(b)': both('bindende bedrijfsvoorschriften', 'binding corporate rules'),
    '46(2)(c)': both('standaardbepalingen van de Commissie', 'standard clauses of the Commission'),
    '46(2)(d)': both('standaardbepalingen van een toezichthouder', 'standard clauses of an authority'),
    '46(2)(e)': both('gedragscode', 'code of conduct'),
    '46(2)(f)': both('certificering', 'certification'),
    '46(3)(a)': both('bepalingen die de toezichthouder toestond', 'clauses that the authority authorised'),
    '46(3)(b)': both('afspraken tussen overheden', 'arrangements between public bodies'),
    '47': both('bindende bedrijfsvoorschriften', 'binding corporate rules'),
    '49(1)-2': both('dwingend belang, eenmalig', 'compelling interest, once'),
  };
  const what = instruments[mechanism] ?? both('uitzondering', 'derogation');
  return both(`${what.nl} (art. ${mechanism})`, `${what.en} (Art. ${mechanism})`);
}

/** "P1Y6M" as "1 jaar en 6 maanden". */
export const termText = termFigures;

/** "NL" as "Nederland" or "Netherlands"; the code itself when no one has a name for it. */
export function countryText(code: string, language: Language): string {
  return countryName(code)[language];
}

/** "2026-11-24" as "24 november 2026". */
export function dayText(day: string, language: Language): string {
  return dayWords(day)[language];
}

const dutchNames: readonly (readonly [RegExp, string])[] = [
  [/\bGDPR\b/g, 'AVG'],
  [/\bCJEU\b/g, 'HvJ EU'],
  [/\brec\. /g, 'overw. '],
  [/\(proposed\)/g, '(voorstel)'],
  [/\bch\. /g, 'hfst. '],
  [/ and (?=\d)/g, ' en '],
  // "6(1)(f)" is English for "6 lid 1 onder f".
  [/ ?\((\d{1,2})\)/g, ' lid $1'],
  [/(?<=\d)\(([a-z])\)/g, ' onder $1'],
  [/(?<=[a-z]-)\(([a-z])\)/g, '$1'],
];

/** A place in the law, as law/ and the rules write it, under the names that each language has for it. */
export function articleText(article: string): Text {
  return { nl: dutchNames.reduce((text, [en, nl]) => text.replaceAll(en, nl), article), en: article };
}

const evidenceKinds = {
  check: { nl: 'controle', en: 'check' },
  declaration: { nl: 'verklaring', en: 'declaration' },
  document: { nl: 'document', en: 'document' },
} as const satisfies Readonly<Record<string, Text>>;

export interface EvidenceNamed {
  /** As the policy writes it: "restore-test". */
  readonly control: string;
  readonly kind: keyof typeof evidenceKinds;
  /** What it is called; null where only the policy knows it. */
  readonly name: Text | null;
}

/** 'declaration "A backup was restored"': how strong it is and what it is called; whether it stands is not said here. */
export function evidenceText({ control, kind, name }: EvidenceNamed, language: Language): string {
  return `${evidenceKinds[kind][language]} "${name?.[language].replace(/\.$/, '') ?? control}"`;
}
