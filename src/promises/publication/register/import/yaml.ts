/** A draft as sections of policy.yaml. Strings are written as JSON, which YAML 1.2 reads; what was not read follows as comments. */
import type { Language } from '../../../../base/language.ts';
import type { AgreementDraft, Draft, PurposeDraft } from './draft.ts';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | null };

export function toYaml(draft: Draft): string {
  const text = (words: string): Value => ({ nl: words, en: words });
  const sections: readonly (readonly [
    string,
    readonly (readonly [Record<string, Value | null>, readonly string[]])[],
  ])[] = [
    [
      'subjects',
      [...draft.subjects.all.values()].map((one) => [{ id: one.id, kind: one.kind, text: text(one.text) }, []]),
    ],
    [
      'data',
      [...draft.data.all.values()].map((one) => [
        {
          id: one.id,
          kind: one.kind === 'ordinary' ? null : one.kind,
          subjects: [...one.subjects],
          text: text(one.text),
          condition: one.condition && { gdpr: one.condition.gdpr, national: one.condition.national },
          statute: one.statute,
          sources:
            one.sources.size === 0
              ? null
              : [...one.sources].map(([from, inform]) => (from === null ? 'subject' : { from: text(from), inform })),
        },
        [],
      ]),
    ],
    ['purposes', [...draft.purposes.all.values()].map((one) => [purpose(one, text), one.notes])],
    [
      'recipients',
      [...draft.recipients.all.values()].map((one) => [
        {
          id: one.id,
          text: text(one.text),
          role: one.role,
          country: one.country,
          data: [...one.data],
          agreement: agreement(one.agreement),
          transfer: one.transfer && { mechanism: one.transfer.mechanism, assessment: one.transfer.assessment },
        },
        [],
      ]),
    ],
    [
      'clients',
      [...draft.clients.all.values()].map((one) => [
        { id: one.id, name: one.text, processing: text(one.processing), agreement: agreement(one.agreement) },
        [],
      ]),
    ],
    [
      'terms',
      [...draft.terms.all.values()].map((one) => [
        {
          id: one.id,
          promise: one.promise,
          data: [...one.data],
          text: text(one.text),
          keep: one.keep,
          from: one.from,
          startsAt: one.startsAt,
          criterion: one.criterion === null ? null : text(one.criterion),
          minimum: one.minimum,
          maximum: one.maximum,
          extendedBy: one.extendedBy && { consent: one.extendedBy.consent, atMost: one.extendedBy.atMost },
          backups: one.backups === null ? null : { gone: one.backups },
        },
        [],
      ]),
    ],
    [
      'measures',
      [...draft.measures.all.values()].map((one) => [
        { id: one.id, promise: one.promise, kind: one.kind, text: text(one.text) },
        [],
      ]),
    ],
  ];
  const body = sections
    .filter(([, entries]) => entries.length > 0)
    .map(([name, entries]) => `${name}:\n${entries.map(([entry, notes]) => block(entry, notes)).join('\n')}\n`);
  return [head(draft), ...body, left(draft)].filter((part) => part !== '').join('\n');
}

function purpose(one: PurposeDraft, text: (words: string) => Value): Record<string, Value | null> {
  return {
    id: one.id,
    promise: one.promise,
    role: one.role,
    basis: one.basis.length === 0 ? null : one.basis,
    client: one.client,
    statute: one.statute.length === 0 ? null : one.statute,
    subjects: one.subjects,
    data: one.data,
    recipients: one.recipients.length === 0 ? null : one.recipients,
    text: text(one.text),
    interest: one.interest && { text: text(one.interest.text), assessment: one.interest.assessment },
    provision: one.provision && {
      required: one.provision.required,
      consequence: one.provision.consequence === null ? null : text(one.provision.consequence),
    },
    dpia: one.dpia && {
      needed: one.dpia.needed,
      reason: one.dpia.reason === null ? null : text(one.dpia.reason),
      assessment: one.dpia.assessment,
      reviewEvery: one.dpia.reviewEvery,
    },
    owner: one.owner,
    reviewed: one.reviewed,
  };
}

function agreement(one: AgreementDraft | null): Value | null {
  return one && { id: one.id, signed: one.signed, until: one.until, breachHours: one.breachHours };
}

function block(entry: Record<string, Value | null>, notes: readonly string[]): string {
  const keys = Object.entries(entry).filter(([, value]) => value !== null);
  return [
    ...keys.map(([key, value], i) => `${i === 0 ? '  - ' : '    '}${key}: ${written(value ?? '')}`),
    ...notes.flatMap((note) => comment(note, '    ')),
  ].join('\n');
}

/** In flow style. A word that reads as nothing else stays bare. */
function written(value: Value): string {
  if (typeof value === 'string')
    return /^[A-Za-z][\w-]*$/.test(value) && !special.has(value.toLowerCase()) ? value : quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(written).join(', ')}]`;
  const pairs = Object.entries(value).filter((pair): pair is [string, Value] => pair[1] !== null);
  return `{ ${pairs.map(([key, one]) => `${key}: ${written(one)}`).join(', ')} }`;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const special: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** JSON, with the letters escaped that YAML does not take as they are. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Every line of it behind its own mark: nothing of a cell becomes a key. */
function comment(text: string, indent: string): string[] {
  return text
    .split(/[\n\r\u0085\u2028\u2029]/)
    .map((line) => `${indent}# ${line.replaceAll(/[\p{Cc}\ufeff\ufffe\uffff]/gu, ' ')}`.trimEnd());
}

function head({ language, remarks }: Draft): string {
  const open = remarks.filter(({ is }) => is === 'not-read').length;
  const say: Record<Language, string[]> = {
    nl: [
      'Ingelezen uit een register. De teksten staan in beide talen gelijk: vertaal "en".',
      'Vul "necessity" (waarom nodig) aan, en verplaats een termijn naar "retention" als het programma haar moet uitvoeren.',
      ...(open > 0 ? [`${open} keer kon iets niet gelezen worden; het staat als opmerking bij de verwerking.`] : []),
    ],
    en: [
      'Imported from a register. Both languages hold the same text: translate "nl".',
      'Add "necessity" (why it is needed), and move a term to "retention" when the program has to carry it out.',
      ...(open > 0
        ? [
            `${open} ${open === 1 ? 'time' : 'times'} something could not be read; it stands as a comment with its activity.`,
          ]
        : []),
    ],
  };
  return `${say[language].map((line) => `# ${line}`).join('\n')}\n`;
}

function left({ left: rows, language }: Draft): string {
  return rows
    .map(({ row, notes }) =>
      [
        `# ${{ nl: `Rij ${row} werd geen verwerking:`, en: `Row ${row} became no activity:` }[language]}`,
        ...notes.flatMap((note) => comment(note, '')),
      ].join('\n'),
    )
    .join('\n');
}
