/** Which part of the policy a column is about, by the words that registers use for it. */
import type { Language } from '../../../../base/language.ts';

const headers = {
  id: { nl: ['kenmerk', 'nummer', 'nr', 'referentie', 'volgnummer'], en: ['id', 'number', 'no', 'ref', 'reference'] },
  name: {
    nl: [
      'naam verwerking',
      'naam van de verwerking',
      'verwerking',
      'verwerkingsactiviteit',
      'naam',
      'activiteit',
      'proces',
    ],
    en: [
      'processing activity',
      'name of processing',
      'name of the processing activity',
      'activity',
      'processing',
      'name',
      'process',
    ],
  },
  purpose: {
    nl: [
      'doel',
      'doelen',
      'doeleinde',
      'doeleinden',
      'verwerkingsdoel',
      'verwerkingsdoeleinden',
      'doel van de verwerking',
      'doel verwerking',
    ],
    en: ['purpose', 'purposes', 'purpose of processing', 'purposes of processing', 'purposes of the processing'],
  },
  role: { nl: ['rol', 'onze rol'], en: ['role', 'our role'] },
  client: {
    nl: ['verwerkingsverantwoordelijke klant', 'klant', 'opdrachtgever', 'verwerkt voor'],
    en: ['controller client', 'client', 'customer', 'processed for', 'on behalf of'],
  },
  basis: {
    nl: ['grondslag', 'grondslagen', 'rechtsgrond', 'rechtsgrondslag', 'wettelijke grondslag', 'juridische grondslag'],
    en: ['legal basis', 'lawful basis', 'basis', 'legal bases', 'legal ground', 'lawful basis for processing'],
  },
  interest: {
    nl: [
      'gerechtvaardigd belang',
      'gerechtvaardigd belang en afweging',
      'gerechtvaardigde belangen',
      'belangenafweging',
    ],
    en: ['legitimate interest', 'legitimate interests', 'legitimate interest and its assessment', 'lia'],
  },
  subjects: {
    nl: [
      'betrokkenen',
      'betrokkene',
      'categorieen betrokkenen',
      'categorieen van betrokkenen',
      'categorie betrokkenen',
      'soort betrokkenen',
    ],
    en: ['data subjects', 'data subject', 'categories of data subjects', 'categories of individuals', 'individuals'],
  },
  data: {
    nl: [
      'persoonsgegevens',
      'gegevens',
      'categorieen persoonsgegevens',
      'categorieen van persoonsgegevens',
      'categorie persoonsgegevens',
      'soort persoonsgegevens',
      'soorten persoonsgegevens',
      'welke persoonsgegevens',
    ],
    en: ['personal data', 'data', 'categories of personal data', 'data categories', 'types of personal data'],
  },
  special: {
    nl: [
      'bijzondere persoonsgegevens',
      'bijzondere gegevens',
      'bijzondere categorieen persoonsgegevens',
      'gevoelige gegevens',
    ],
    en: ['special categories', 'special category data', 'special categories of personal data', 'sensitive data'],
  },
  exceptions: {
    nl: ['uitzondering voor bijzondere gegevens', 'uitzonderingsgrond', 'grondslag bijzondere persoonsgegevens'],
    en: ['what permits special data', 'article 9 condition', 'special category condition'],
  },
  sources: {
    nl: ['bron', 'bronnen', 'herkomst', 'bron van de gegevens'],
    en: ['source', 'sources', 'source of the data', 'source of the personal data'],
  },
  provision: {
    nl: ['verplicht te geven', 'verplicht', 'verstrekking verplicht'],
    en: ['must be given', 'mandatory', 'provision required'],
  },
  recipients: {
    nl: [
      'ontvangers',
      'ontvanger',
      'categorieen ontvangers',
      'categorieen van ontvangers',
      'verstrekt aan',
      'derden',
      'gedeeld met',
    ],
    en: ['recipients', 'recipient', 'categories of recipients', 'disclosed to', 'shared with', 'third parties'],
  },
  processors: {
    nl: ['verwerkers', 'verwerker', 'bewerker', 'bewerkers', 'ingeschakelde verwerkers'],
    en: ['processors', 'processor'],
  },
  transfers: {
    nl: [
      'doorgifte',
      'doorgiften',
      'doorgifte buiten de eer',
      'doorgifte buiten eer',
      'doorgifte buiten de eu',
      'doorgifte derde landen',
      'doorgifte aan derde landen',
      'derde landen',
      'internationale doorgifte',
    ],
    en: [
      'transfers',
      'transfer',
      'transfer outside the eea',
      'transfers outside the eea',
      'third countries',
      'third country transfers',
      'international transfers',
      'transfers to third countries',
    ],
  },
  storage: {
    nl: [
      'bewaartermijn',
      'bewaartermijnen',
      'termijn',
      'bewaarduur',
      'bewaarperiode',
      'beoogde bewaartermijn',
      'vernietigingstermijn',
    ],
    en: [
      'time limits',
      'time limit',
      'retention',
      'retention period',
      'retention periods',
      'storage period',
      'retention schedule',
      'time limits for erasure',
    ],
  },
  measures: {
    nl: [
      'maatregelen',
      'beveiliging',
      'beveiligingsmaatregelen',
      'technische en organisatorische maatregelen',
      'technische en organisatorische beveiligingsmaatregelen',
      'genomen maatregelen',
    ],
    en: [
      'measures',
      'security',
      'security measures',
      'technical and organisational measures',
      'technical and organisational security measures',
      'toms',
    ],
  },
  automated: {
    nl: ['geautomatiseerd besluit', 'geautomatiseerde besluitvorming', 'profilering', 'geautomatiseerde besluiten'],
    en: ['automated decision', 'automated decisions', 'automated decision making', 'profiling'],
  },
  dpia: {
    nl: ['dpia', 'effectbeoordeling', 'effectbeoordeling dpia', 'gegevensbeschermingseffectbeoordeling', 'pia'],
    en: ['impact assessment', 'impact assessment dpia', 'data protection impact assessment'],
  },
  systems: {
    nl: ['systemen', 'systeem', 'applicatie', 'applicaties', 'software'],
    en: ['systems', 'system', 'application', 'applications'],
  },
  owner: {
    nl: [
      'eigenaar',
      'afdeling',
      'proceseigenaar',
      'verantwoordelijke',
      'verantwoordelijk',
      'verantwoordelijke functie',
    ],
    en: ['owner', 'department', 'process owner', 'business owner', 'responsible'],
  },
  reviewed: {
    nl: ['laatst bekeken', 'laatst herzien', 'laatste controle', 'datum laatste wijziging', 'laatste wijziging'],
    en: ['last reviewed', 'last review', 'review date', 'reviewed', 'last updated'],
  },
  status: { nl: ['status'], en: [] },
  promise: { nl: ['belofte', 'belofte en bewijs'], en: ['promise', 'promise and proof'] },
  organisation: {
    nl: [
      'verwerkingsverantwoordelijke',
      'verwerkingsverantwoordelijke deze organisatie',
      'verwerker deze organisatie',
      'functionaris voor gegevensbescherming',
      'functionaris voor gegevensbescherming fg',
      'fg',
      'functionaris gegevensbescherming',
      'vertegenwoordiger',
      'vertegenwoordiger in de eu',
      'gezamenlijk verwerkingsverantwoordelijke',
      'gezamenlijke verwerkingsverantwoordelijke',
      'gezamenlijke verwerkingsverantwoordelijken',
      'contactgegevens',
    ],
    en: [
      'controller',
      'controller this organisation',
      'processor this organisation',
      'data protection officer',
      'data protection officer dpo',
      'dpo',
      'representative',
      'representative in the eu',
      'joint controller',
      'joint controllers',
      'contact details',
    ],
  },
} as const satisfies Record<string, Readonly<Record<Language, readonly string[]>>>;

export type Column = keyof typeof headers;

/** "Grondslag (art. 6(1))" becomes "grondslag"; accents and marks go. */
function plainHeader(text: string): string {
  return text
    .replace(/\((art|artikel|article)\b.*$/i, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const starts = [
  ['doel', 'purpose', 'nl'],
  ['doeleinden', 'purpose', 'nl'],
  ['grondslag', 'basis', 'nl'],
  ['betrokkenen', 'subjects', 'nl'],
  ['bewaartermijn', 'storage', 'nl'],
  ['doorgifte', 'transfers', 'nl'],
  ['beveiligingsmaatregelen', 'measures', 'nl'],
  ['purpose', 'purpose', 'en'],
  ['legal basis', 'basis', 'en'],
  ['data subjects', 'subjects', 'en'],
  ['retention', 'storage', 'en'],
  ['transfers', 'transfers', 'en'],
  ['security measures', 'measures', 'en'],
] as const satisfies readonly (readonly [string, Column, Language])[];

/** The column's meaning and the language of its words; null when no register known to us calls anything so. */
export function columnOf(header: string): { readonly column: Column; readonly language: Language | null } | null {
  const word = plainHeader(header);
  if (word === '') return null;
  for (const [column, words] of Object.entries(headers)) {
    const nl = (words.nl as readonly string[]).includes(word);
    const en = (words.en as readonly string[]).includes(word);
    if (nl || en) return { column: column as Column, language: nl === en ? null : nl ? 'nl' : 'en' };
  }
  // "Bewaartermijn van de gegevens": these words begin no other column.
  const start = starts.find(([stem]) => word === stem || word.startsWith(`${stem} `));
  return start ? { column: start[1], language: start[2] } : null;
}
