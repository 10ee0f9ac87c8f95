/** Which part of the policy a column is about, by the words that registers use for it. */
import type { Language } from '../../../../base/language.ts';

const headers = {
  id: {
    nl: ['kenmerk', 'nummer', 'nr', 'referentie', 'volgnummer', 'volgnr'],
    en: ['id', 'number', 'no', 'ref', 'reference'],
  },
  name: {
    nl: [
      'naam verwerking',
      'naam van de verwerking',
      'verwerking',
      'verwerkingsactiviteit',
      'naam',
      'activiteit',
      'proces',
      'omschrijving',
      'omschrijving verwerking',
      'omschrijving van de verwerking',
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
    nl: [
      'grondslag',
      'grondslagen',
      'rechtsgrond',
      'rechtsgrondslag',
      'wettelijke grondslag',
      'juridische grondslag',
      'rechtmatige grondslag',
    ],
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
    nl: ['betrokkenen', 'betrokkene'],
    en: ['data subjects', 'data subject', 'categories of data subjects', 'categories of individuals', 'individuals'],
  },
  data: {
    nl: ['persoonsgegevens', 'gegevens'],
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
    nl: ['bron', 'bronnen', 'herkomst', 'bron van de gegevens', 'herkomst gegevens', 'herkomst van de gegevens'],
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
      'verstrekt aan',
      'derden',
      'gedeeld met',
      'met wie gedeeld',
      'externe ontvangers',
      'ketenpartners',
    ],
    en: ['recipients', 'recipient', 'categories of recipients', 'disclosed to', 'shared with', 'third parties'],
  },
  processors: {
    nl: ['verwerkers', 'verwerker', 'naam verwerker', 'bewerker', 'bewerkers', 'ingeschakelde verwerkers'],
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
      'buiten eu',
      'buiten de eu',
      'buiten eer',
      'buiten de eer',
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
      'vernietigingstermijn',
      'hoe lang bewaren',
      'hoe lang bewaard',
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
      'technische maatregelen',
      'organisatorische maatregelen',
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
    nl: [
      'dpia',
      'dpia uitgevoerd',
      'effectbeoordeling',
      'effectbeoordeling dpia',
      'gegevensbeschermingseffectbeoordeling',
      'pia',
    ],
    en: ['impact assessment', 'impact assessment dpia', 'data protection impact assessment'],
  },
  systems: {
    nl: ['systemen', 'systeem', 'applicatie', 'applicaties', 'software', 'waar opgeslagen'],
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
      'wie is verantwoordelijk',
    ],
    en: ['owner', 'department', 'process owner', 'business owner', 'responsible'],
  },
  reviewed: {
    nl: [
      'laatst bekeken',
      'laatst herzien',
      'laatst bijgewerkt',
      'laatste controle',
      'laatste wijziging',
      'datum laatste wijziging',
      'datum laatste actualisatie',
    ],
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

/** "Grondslag (art. 6(1))" becomes "grondslag", "Verwerker(s)" "verwerker"; accents and marks go. */
function plainHeader(text: string): string {
  return text
    .replace(/\((art|artikel|article)\b.*$/i, '')
    .replaceAll(/\((?:s|n|en|ja ?\/ ?nee|j\/n|yes ?\/ ?no|y\/n)\)/gi, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** "Beschrijving van de categorieën van betrokkenen": what comes before says nothing of its own. */
const leadIn =
  /^(?:(?:algemene|korte|beoogde|voorgenomen|general|short|intended|beschrijving|description|categorieen|categorie|soorten|soort|categories|category|kinds|types|welke|which|van|of|de|het|the) )+/;

/** Of other columns such words tell another: "soort verwerking" is no name of it. */
const described: ReadonlySet<Column> = new Set(['subjects', 'data', 'recipients', 'transfers', 'storage', 'measures']);

const starts = [
  ['doel', 'purpose', 'nl'],
  ['doeleinden', 'purpose', 'nl'],
  ['grondslag', 'basis', 'nl'],
  ['betrokkenen', 'subjects', 'nl'],
  ['bewaartermijn', 'storage', 'nl'],
  ['ontvangers aan wie', 'recipients', 'nl'],
  ['termijnen waarbinnen', 'storage', 'nl'],
  ['naam en contactgegevens', 'organisation', 'nl'],
  ['technische en organisatorische', 'measures', 'nl'],
  ['doorgifte', 'transfers', 'nl'],
  ['doorgiften', 'transfers', 'nl'],
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
  const whole = named(word);
  if (whole !== null) return whole;
  const part = named(word.replace(leadIn, ''));
  return part !== null && described.has(part.column) ? part : null;
}

function named(word: string): ReturnType<typeof columnOf> {
  for (const [column, words] of Object.entries(headers)) {
    const nl = (words.nl as readonly string[]).includes(word);
    const en = (words.en as readonly string[]).includes(word);
    if (nl || en) return { column: column as Column, language: nl === en ? null : nl ? 'nl' : 'en' };
  }
  // "Bewaartermijn van de gegevens": these words begin no other column.
  const start = starts.find(([stem]) => word === stem || word.startsWith(`${stem} `));
  return start ? { column: start[1], language: start[2] } : null;
}
