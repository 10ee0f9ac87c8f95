/**
 * What the register tells of one activity, field by field: the columns of the spreadsheet and the rows of the document.
 * A line may carry a code: the ids and terms by which import.ts reads an exported file back without guessing.
 */
import type { Language, Text } from '../../../base/language.ts';
import { articleText, bases, countryText, dayText, provisions } from '../../../policy/phrases.ts';
import {
  clientLines,
  dataLines,
  endLines,
  exceptionLines,
  recipientLines,
  shownLines,
  sourceLines,
  statuteText,
  transferLines,
  type Line,
} from './lines.ts';
import type { Activity, Register, Role } from './model.ts';
import { storageCode, storageText } from './storage.ts';

export interface Field {
  readonly id: FieldId;
  readonly title: Text;
  /** Where the law asks for it; null when it is ours. */
  readonly article: string | null;
  /** Of the column, in characters. */
  readonly width: number;
  /** Said when there are no lines. */
  readonly none: Text;
  /** The calendar day that the lines say, for a cell that sorts by date. */
  readonly day?: (activity: Activity) => string | null;
  readonly lines: (activity: Activity, register: Register, language: Language) => readonly Line[];
}

export type FieldId =
  | 'id'
  | 'purpose'
  | 'client'
  | 'basis'
  | 'interest'
  | 'subjects'
  | 'data'
  | 'exceptions'
  | 'sources'
  | 'provision'
  | 'recipients'
  | 'transfers'
  | 'storage'
  | 'automated'
  | 'dpia'
  | 'systems'
  | 'owner'
  | 'reviewed'
  | 'status'
  | 'promise';

const notSaid: Text = { nl: 'Niet vermeld', en: 'Not stated' };
const no: Text = { nl: 'Nee', en: 'No' };
const none: Text = { nl: 'Geen', en: 'None' };

const statuses: Readonly<Record<Activity['status'], Text>> = {
  reviewed: { nl: 'Actueel', en: 'Current' },
  'review-due': { nl: 'Opnieuw bekijken', en: 'Review due' },
  'not-reviewed': { nl: 'Nog niet bekeken', en: 'Not yet reviewed' },
};

const all: readonly Field[] = [
  {
    id: 'id',
    title: { nl: 'Kenmerk', en: 'Id' },
    article: null,
    width: 16,
    none: notSaid,
    lines: ({ id, from }) => [{ text: id, from: `${from}.id` }],
  },
  {
    id: 'purpose',
    title: { nl: 'Doel', en: 'Purpose' },
    article: '30(1)(b)',
    width: 34,
    none: notSaid,
    lines: ({ purpose, from }, _, language) => [{ text: purpose[language], from: `${from}.text` }],
  },
  {
    id: 'client',
    title: { nl: 'Verwerkingsverantwoordelijke (klant)', en: 'Controller (client)' },
    article: '30(2)(a)',
    width: 34,
    none: notSaid,
    lines: clientLines,
  },
  {
    id: 'basis',
    title: { nl: 'Grondslag', en: 'Legal basis' },
    article: '6(1)',
    width: 30,
    none: notSaid,
    lines: ({ bases: found, statutes }, _, language) => [
      ...found.map(({ basis, article, from }) => ({
        text: `${bases[basis].text[language]} (art. ${articleText(article)[language]})`,
        from,
        code: `{${basis}}`,
      })),
      ...statutes.map((one) => ({ text: statuteText(one, language), from: one.from, code: `[${one.id}]` })),
    ],
  },
  {
    id: 'interest',
    title: { nl: 'Gerechtvaardigd belang en afweging', en: 'Legitimate interest and its assessment' },
    article: '6(1)(f)',
    width: 40,
    none: { nl: 'Niet van toepassing', en: 'Not applicable' },
    lines: ({ interest }, _, language) =>
      interest
        ? [
            { text: interest.text[language], from: `${interest.from}.text` },
            ...shownLines(interest.assessment, language),
          ]
        : [],
  },
  {
    id: 'subjects',
    title: { nl: 'Betrokkenen', en: 'Data subjects' },
    article: '30(1)(c)',
    width: 28,
    none: notSaid,
    lines: ({ subjects }, _, language) =>
      subjects.map(({ id, kind, text, from }) => ({ text: text[language], from, code: `[${id}] {${kind}}` })),
  },
  {
    id: 'data',
    title: { nl: 'Persoonsgegevens', en: 'Personal data' },
    article: '30(1)(c)',
    width: 44,
    none: notSaid,
    lines: ({ data }, _, language) => dataLines(data, language),
  },
  {
    id: 'exceptions',
    title: { nl: 'Uitzondering voor bijzondere gegevens', en: 'What permits special data' },
    article: '9, 10, 87',
    width: 30,
    none: { nl: 'Niet van toepassing', en: 'Not applicable' },
    lines: ({ data }, _, language) => data.flatMap((one) => exceptionLines(one, language)),
  },
  {
    id: 'sources',
    title: { nl: 'Bron', en: 'Source' },
    article: '14(2)(f)',
    width: 34,
    none: notSaid,
    lines: sourceLines,
  },
  {
    id: 'provision',
    title: { nl: 'Verplicht te geven?', en: 'Must be given?' },
    article: '13(2)(e)',
    width: 32,
    none: notSaid,
    lines: ({ provision }, _, language) =>
      provision
        ? [
            {
              text: provisions[provision.required][language],
              from: provision.from,
              code: `{${provision.required}}`,
            },
            ...(provision.consequence
              ? [{ text: provision.consequence[language], from: `${provision.from}.consequence` }]
              : []),
          ]
        : [],
  },
  {
    id: 'recipients',
    title: { nl: 'Ontvangers', en: 'Recipients' },
    article: '30(1)(d)',
    width: 44,
    none,
    lines: recipientLines,
  },
  {
    id: 'transfers',
    title: { nl: 'Doorgifte buiten de EER', en: 'Transfer outside the EEA' },
    article: '30(1)(e)',
    width: 34,
    none,
    lines: transferLines,
  },
  {
    id: 'storage',
    title: { nl: 'Bewaartermijnen', en: 'Time limits' },
    article: '30(1)(f)',
    width: 56,
    none: notSaid,
    lines: (activity, register, language) => {
      const kept = activity.data.flatMap((one) =>
        one.storage.map((storage) => ({
          text: `${one.text[language]}: ${storageText(storage, language)}`,
          from: storage.from,
          code: `[${one.id}] ${storageCode(storage)}`,
        })),
      );
      return kept.length > 0 ? kept : endLines(activity, register, language);
    },
  },
  {
    id: 'automated',
    title: { nl: 'Geautomatiseerd besluit', en: 'Automated decision' },
    article: '22',
    width: 28,
    none: no,
    lines: ({ automated }, _, language) =>
      automated
        ? [
            {
              text: `${automated.text[language]}${automated.article22 ? ` (art. 22${automated.basis === null ? '' : `; ${automated.basis}`})` : ''}`,
              from: automated.from,
            },
            ...(['logic', 'significance', 'consequences', 'review'] as const).flatMap((key) => {
              const text = automated[key];
              return text ? [{ text: text[language], from: `${automated.from}.${key}` }] : [];
            }),
          ]
        : [],
  },
  {
    id: 'dpia',
    title: { nl: 'Effectbeoordeling (DPIA)', en: 'Impact assessment (DPIA)' },
    article: '35',
    width: 34,
    none: notSaid,
    lines: ({ dpia }, _, language) =>
      dpia
        ? [
            {
              text: dpia.needed
                ? { nl: 'Nodig', en: 'Needed' }[language]
                : `${{ nl: 'Niet nodig', en: 'Not needed' }[language]}${dpia.reason ? `: ${dpia.reason[language]}` : ''}`,
              from: dpia.from,
              code: `{${dpia.needed ? 'needed' : 'not-needed'}${dpia.reviewEvery === null ? '' : ` every=${dpia.reviewEvery}`}}`,
            },
            ...shownLines(dpia.assessment, language),
          ]
        : [],
  },
  {
    id: 'systems',
    title: { nl: 'Systemen', en: 'Systems' },
    article: null,
    width: 34,
    none: { nl: 'Geen systeem aangesloten', en: 'No system connected' },
    lines: ({ systems }, _, language) =>
      systems.map((one) => ({
        text: `${one.title[language]} (${one.place}, ${countryText(one.country, language)}): ${one.datasets.map(({ dataset, at }) => (at === '' || at === dataset ? dataset : `${dataset} = ${at}`)).join(', ')}`,
        from: one.from,
      })),
  },
  {
    id: 'owner',
    title: { nl: 'Eigenaar', en: 'Owner' },
    article: null,
    width: 18,
    none: notSaid,
    lines: ({ owner, from }, _, language) => (owner === null ? [] : [{ text: owner[language], from: `${from}.owner` }]),
  },
  {
    id: 'reviewed',
    title: { nl: 'Laatst bekeken', en: 'Last reviewed' },
    article: null,
    width: 16,
    none: { nl: 'Nog niet', en: 'Not yet' },
    day: ({ reviewed }) => reviewed,
    lines: ({ reviewed, from }, _, language) =>
      reviewed === null ? [] : [{ text: dayText(reviewed, language), from: `${from}.reviewed`, code: `{${reviewed}}` }],
  },
  {
    id: 'status',
    title: { nl: 'Status', en: 'Status' },
    article: '5(2)',
    width: 18,
    none: notSaid,
    lines: ({ status, from }, _, language) => [{ text: statuses[status][language], from: `${from}.reviewed` }],
  },
  {
    id: 'promise',
    title: { nl: 'Belofte en bewijs', en: 'Promise and proof' },
    article: '5(2)',
    width: 20,
    none: notSaid,
    lines: ({ promise, promiseName, proof, from }, _, language) => [
      {
        text: `${promise}${promiseName ? ` ${promiseName[language]}` : ''}${proof ? `: ${proof.text[language]}, ${dayText(proof.since, language)}` : ''}`,
        from: `${from}.promise`,
        code: `{${promise}}`,
      },
    ],
  },
];

/** A processor follows the basis, the sources and the assessments of its client. */
const onlyController: readonly FieldId[] = ['basis', 'interest', 'sources', 'provision', 'automated', 'dpia'];

export function fieldsOf(role: Role): readonly Field[] {
  if (role === 'controller') return all.filter((one) => one.id !== 'client');
  return all
    .filter((one) => !onlyController.includes(one.id))
    .map((one) => ({ ...one, article: articleAsProcessor[one.id] ?? one.article }));
}

const articleAsProcessor: Partial<Record<FieldId, string>> = {
  purpose: '30(2)(b)',
  subjects: '30(2)(b)',
  data: '30(2)(b)',
  recipients: '28(2)',
  transfers: '30(2)(c)',
  storage: '28(3)(g)',
};
