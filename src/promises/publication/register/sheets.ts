/** A register as tables of data: a workbook to read and sort, and one sheet that can be imported again. */
import type { Language, Text } from '../../../base/language.ts';
import {
  articleText,
  countryText,
  evidenceText,
  kindsOfData,
  kindsOfMeasure,
  mechanismText,
  recipientRoles,
  termText,
} from '../../../policy/phrases.ts';
import type { Cell, Sheet } from '../document/formats/index.ts';
import { events, startsAt } from '../statement/phrases/retention.ts';
import { fieldsOf, type Field } from './fields.ts';
import { agreementText, endLines, statuteText, type Line } from './lines.ts';
import type { Activity, DataUsed, Measure, Register, Statute, Storage } from './model.ts';
import { parties } from './parties.ts';

/** The workbook: the register itself, who is who, terms, recipients, measures. */
export function registerSheets(register: Register, language: Language): Sheet[] {
  const fields = fieldsOf(register.role);
  return [
    {
      name: { nl: 'Register', en: 'Register' }[language],
      columns: fields.map((one) => ({ title: fieldTitle(one, language), width: one.width })),
      fixed: 2,
      rows: register.activities.map((activity) => fields.map((one) => cell(one, activity, register, language))),
    },
    partiesSheet(register, language),
    termsSheet(register, language),
    recipientsSheet(register, language),
    measuresSheet(register, language),
  ];
}

/** One sheet with all of it, for CSV: lines carry the codes by which it can be imported again. */
export function registerSheet(register: Register, language: Language): Sheet {
  const fields = fieldsOf(register.role);
  const whole: readonly (readonly [Text, string])[] = [
    [
      { nl: 'Maatregelen', en: 'Measures' },
      register.measures.map((one) => `${one.text[language]} [${one.id}] {${one.kind} ${one.promise}}`).join('\n'),
    ],
    ...parties({ ...register, clients: [] }, language).map((one): [Text, string] => [
      one.role,
      [one.name, ...one.contact].flatMap((line) => line?.text ?? []).join('\n'),
    ]),
  ];
  return {
    name: { nl: 'Register', en: 'Register' }[language],
    columns: [
      ...fields.map((one) => ({ title: fieldTitle(one, language), width: one.width })),
      ...whole.map(([title]) => ({ title: title[language], width: 40 })),
    ],
    rows: register.activities.map((activity) => [
      ...fields.map((one) => {
        const lines = one.lines(activity, register, language);
        return lines.length === 0 ? one.none[language] : lines.map(coded).join('\n');
      }),
      ...whole.map(([, text]) => text),
    ]),
  };
}

/** "Grondslag (art. 6(1))". */
export function fieldTitle(field: Field, language: Language): string {
  return field.article === null
    ? field.title[language]
    : `${field.title[language]} (${{ nl: 'art.', en: 'Art.' }[language]} ${articleText(field.article)[language]})`;
}

const coded = ({ text, code }: Line): string => (code === undefined ? text : `${text} ${code}`);

function cell(field: Field, activity: Activity, register: Register, language: Language): Cell {
  const day = field.day?.(activity);
  if (typeof day === 'string') return new Date(`${day}T00:00:00Z`);
  const lines = field.lines(activity, register, language);
  return lines.length === 0 ? field.none[language] : lines.map(({ text }) => text).join('\n');
}

type Column<T> = readonly [title: Text, width: number, of: (row: T) => Cell];

function sheet<T>(name: Text, columns: readonly Column<T>[], rows: readonly T[], language: Language): Sheet {
  return {
    name: name[language],
    columns: columns.map(([title, width]) => ({ title: title[language], width })),
    rows: rows.map((row) => columns.map(([, , of]) => of(row))),
  };
}

function partiesSheet(register: Register, language: Language): Sheet {
  const join = (lines: readonly Line[]): string | null =>
    lines.length === 0 ? null : lines.map(({ text }) => text).join('\n');
  return sheet(
    { nl: 'Wie is wie', en: 'Who is who' },
    [
      [{ nl: 'Rol', en: 'Role' }, 34, (one) => one.role[language]],
      [{ nl: 'Naam', en: 'Name' }, 34, (one) => one.name?.text ?? null],
      [{ nl: 'Contact', en: 'Contact' }, 40, (one) => join(one.contact)],
      [{ nl: 'Bijzonderheden', en: 'Particulars' }, 44, (one) => join(one.note)],
    ],
    parties(register, language),
    language,
  );
}

function termsSheet(register: Register, language: Language): Sheet {
  const rows = register.activities.flatMap((activity) =>
    activity.data.flatMap((data) =>
      (data.storage.length === 0 ? [null] : data.storage).map((storage) => ({ activity, data, storage })),
    ),
  );
  const law = (pick: (one: Storage) => Statute | null) => (row: { storage: Storage | null }) => {
    const found = row.storage && pick(row.storage);
    return found ? statuteText(found, language) : null;
  };
  const columns: readonly Column<{ activity: Activity; data: DataUsed; storage: Storage | null }>[] = [
    [{ nl: 'Kenmerk', en: 'Id' }, 16, ({ activity }) => activity.id],
    [{ nl: 'Doel', en: 'Purpose' }, 34, ({ activity }) => activity.purpose[language]],
    [{ nl: 'Persoonsgegevens', en: 'Personal data' }, 40, ({ data }) => data.text[language]],
    [{ nl: 'Soort', en: 'Kind' }, 22, ({ data }) => kindsOfData[data.kind][language]],
    [{ nl: 'Waarom nodig', en: 'Why needed' }, 40, ({ data }) => data.necessity?.[language] ?? null],
    [
      { nl: 'Bewaartermijn', en: 'Time limit' },
      40,
      ({ storage, activity }) => storage?.text[language] ?? endLines(activity, register, language)[0]?.text ?? null,
    ],
    [{ nl: 'Duur', en: 'Term' }, 12, ({ storage }) => (!storage?.keep ? null : termText(storage.keep)[language])],
    [
      { nl: 'Na', en: 'After' },
      34,
      ({ storage, data, activity }) => storage && startText(storage, data, activity, language),
    ],
    [{ nl: 'Criterium', en: 'Criterion' }, 30, ({ storage }) => storage?.criterion?.[language] ?? null],
    [{ nl: 'Wettelijk minimum', en: 'Statutory minimum' }, 34, law((one) => one.minimum)],
    [{ nl: 'Maximum of richtlijn', en: 'Maximum or guideline' }, 34, law((one) => one.maximum)],
    [{ nl: 'Waarom langer', en: 'Why longer' }, 34, ({ storage }) => storage?.justification?.[language] ?? null],
    [
      { nl: 'Uit back-ups na', en: 'Out of backups after' },
      14,
      ({ storage }) => (!storage?.backupsGone ? null : termText(storage.backupsGone)[language]),
    ],
    [
      { nl: 'Uitvoering', en: 'Carried out by' },
      22,
      ({ storage }) => storage && (storage.then === 'review' ? looked : carriedOut[storage.is])[language],
    ],
  ];
  return sheet({ nl: 'Bewaartermijnen', en: 'Time limits' }, columns, rows, language);
}

const looked: Text = { nl: 'een mens kijkt, dan het programma', en: 'a person looks, then the program' };
const carriedOut: Readonly<Record<Storage['is'], Text>> = {
  rule: { nl: 'het programma', en: 'the program' },
  term: { nl: 'een mens', en: 'a person' },
};

/** "het einde van het jaar waarin het contract eindigde", as the statement says it; the policy's own name of an event we have no words for. */
function startText(
  { event, startsAt: start }: Storage,
  data: DataUsed,
  { subjects }: Activity,
  language: Language,
): string | null {
  if (event === null) return null;
  const staff = subjects.filter(({ id }) => data.subjects.includes(id)).every(({ kind }) => kind === 'employee');
  const known = events[event === 'contract-end' && staff ? 'employment-end' : event];
  return known ? startsAt[start](known)[language] : event;
}

function recipientsSheet(register: Register, language: Language): Sheet {
  const rows = register.activities.flatMap((activity) =>
    activity.recipients.map((one) => ({
      activity,
      one,
      transfer: activity.transfers.find(({ recipient }) => recipient === one.id),
    })),
  );
  return sheet(
    { nl: 'Ontvangers en doorgifte', en: 'Recipients and transfers' },
    [
      [{ nl: 'Kenmerk', en: 'Id' }, 16, ({ activity }) => activity.id],
      [{ nl: 'Doel', en: 'Purpose' }, 34, ({ activity }) => activity.purpose[language]],
      [{ nl: 'Ontvanger', en: 'Recipient' }, 44, ({ one }) => one.text[language]],
      [{ nl: 'Naam', en: 'Name' }, 24, ({ one }) => one.name],
      [{ nl: 'Rol', en: 'Role' }, 28, ({ one }) => recipientRoles[one.role][language]],
      [{ nl: 'Land', en: 'Country' }, 18, ({ one }) => countryText(one.country, language)],
      [
        { nl: 'Krijgt', en: 'Gets' },
        44,
        ({ activity, one }) =>
          activity.data
            .filter(({ id }) => one.data.includes(id))
            .map(({ text }) => text[language])
            .join('\n'),
      ],
      [
        { nl: 'Overeenkomst', en: 'Agreement' },
        30,
        ({ one }) => one.agreement && agreementText(one.agreement, language),
      ],
      [
        { nl: 'Middel van doorgifte (art. 44-49)', en: 'Transfer mechanism (Art. 44-49)' },
        34,
        ({ transfer }) => (transfer?.mechanism ? mechanismText(transfer.mechanism)[language] : null),
      ],
      [
        { nl: 'Beoordeling van doorgifte', en: 'Transfer assessment' },
        30,
        ({ transfer }) => transfer?.assessment?.document ?? null,
      ],
    ],
    rows,
    language,
  );
}

function measuresSheet(register: Register, language: Language): Sheet {
  const columns: readonly Column<Measure>[] = [
    [{ nl: 'Maatregel', en: 'Measure' }, 60, ({ text }) => text[language]],
    [{ nl: 'Soort', en: 'Kind' }, 24, ({ kind }) => kindsOfMeasure[kind][language]],
    [
      { nl: 'Belofte', en: 'Promise' },
      34,
      ({ promise, promiseName }) => (promiseName ? `${promise} ${promiseName[language]}` : promise),
    ],
    [{ nl: 'ISO 27001:2022 / 27701', en: 'ISO 27001:2022 / 27701' }, 24, ({ controls }) => controls.join(', ') || null],
    [
      { nl: 'Getoond door', en: 'Shown by' },
      30,
      ({ shownBy }) => shownBy.map((one) => evidenceText(one, language)).join('\n') || null,
    ],
    [{ nl: 'Elke', en: 'Every' }, 12, ({ every }) => (every === null ? null : termText(every)[language])],
    [{ nl: 'Laatst', en: 'Last' }, 14, ({ last }) => (last === null ? null : new Date(`${last}T00:00:00Z`))],
  ];
  return sheet({ nl: 'Maatregelen', en: 'Measures' }, columns, register.measures, language);
}
