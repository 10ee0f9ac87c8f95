/** A register as a document, for a page and a PDF: who keeps it, an overview, then each activity in full. */
import type { Language, Text } from '../../../base/language.ts';
import { articleText, countryText, dayText, evidenceText, recipientRoles, termText } from '../../../policy/phrases.ts';
import type { Block, Document, Sentence } from '../document/model.ts';
import { fieldsOf, type Field, type FieldId } from './fields.ts';
import { agreementText, dataLines, endLines, exceptionLines, sourceText, type Line } from './lines.ts';
import type { Activity, Register } from './model.ts';
import { parties } from './parties.ts';
import { fieldTitle } from './sheets.ts';
import { storageText } from './storage.ts';

export function registerDocument(register: Register, language: Language): Document {
  const t = (text: Text): string => text[language];
  const { role, organisation, clients, day, version } = register;
  const [client] = clients;
  const title =
    role === 'controller'
      ? t({ nl: 'Register van verwerkingsactiviteiten', en: 'Record of processing activities' })
      : `${t({ nl: 'Register van verwerkingen als verwerker', en: 'Record of processing as processor' })}${client && clients.length === 1 ? `: ${client.name}` : ''}`;
  const article = role === 'controller' ? '30(1)' : '30(2)';
  return {
    language,
    title,
    subtitle: [
      organisation.name,
      t({ nl: `art. ${articleText(article).nl} AVG`, en: `Art. ${article} GDPR` }),
      ...(version === null ? [] : [`${t({ nl: 'versie', en: 'version' })} ${version}`]),
      dayText(day, language),
    ].join(' · '),
    author: organisation.name,
    date: day,
    wide: true,
    blocks: [
      ...who(register, language),
      ...overview(register, language),
      ...register.activities.flatMap((one) => activityBlocks(one, register, language)),
      ...others(register, language),
      ...measures(register, language),
    ],
  };
}

function heading(level: 2 | 3, id: string, text: string): Block {
  return { kind: 'heading', level, id, text };
}

/** Lines in one cell: apart by a semicolon, since a cell is set as running text. */
function inCell(lines: readonly Line[], otherwise: Sentence): Sentence[] {
  if (lines.length === 0) return [otherwise];
  return lines.map(({ text, from }, i) => ({
    from,
    text: i < lines.length - 1 ? `${text.replace(/[.;]$/, '')};` : text,
  }));
}

function who(register: Register, language: Language): Block[] {
  const t = (text: Text): string => text[language];
  const notSaid: Sentence = { text: t({ nl: 'Niet vermeld', en: 'Not stated' }), from: 'organisation' };
  return [
    heading(2, 'who', t({ nl: 'Wie is wie', en: 'Who is who' })),
    {
      kind: 'table',
      caption: t({
        nl: 'Wie het register bijhoudt, en wie te bereiken is',
        en: 'Who keeps the register, and whom to reach',
      }),
      head: [
        { nl: 'Rol', en: 'Role' },
        { nl: 'Naam', en: 'Name' },
        { nl: 'Contact', en: 'Contact' },
        { nl: 'Bijzonderheden', en: 'Particulars' },
      ].map(t),
      rows: parties(register, language).map((one) => [
        [{ text: t(one.role), from: 'frame' }],
        inCell(one.name ? [one.name] : [], { text: '–', from: 'frame' }),
        inCell(one.contact, notSaid),
        inCell(one.note, { text: '–', from: 'frame' }),
      ]),
    },
  ];
}

const inOverview: Readonly<Record<Register['role'], readonly FieldId[]>> = {
  controller: ['basis', 'subjects', 'owner', 'reviewed'],
  processor: ['client', 'subjects', 'owner', 'reviewed'],
};

function overview(register: Register, language: Language): Block[] {
  const fields = fieldsOf(register.role).filter(({ id }) => inOverview[register.role].includes(id));
  const purpose = { nl: 'Doel', en: 'Purpose' }[language];
  const rows = register.activities.map((one) => [
    [{ text: one.purpose[language], from: `${one.from}.text`, href: `#${anchor(one)}` }],
    ...fields.map((field) => contents(field, one, register, language)),
  ]);
  return [
    heading(2, 'overview', { nl: 'Overzicht', en: 'Overview' }[language]),
    {
      kind: 'table',
      caption: { nl: 'Elke verwerking in één regel', en: 'Each activity in one line' }[language],
      head: [purpose, ...fields.map(({ title }) => title[language])],
      rows,
    },
    heading(2, 'activities', { nl: 'Verwerkingen', en: 'Processing activities' }[language]),
  ];
}

const anchor = (one: Activity): string => `activity-${one.id}`;

function contents(field: Field, one: Activity, register: Register, language: Language): Sentence[] {
  return inCell(field.lines(one, register, language), { text: field.none[language], from: one.from });
}

/** Fields with a table of their own. */
const apart: readonly FieldId[] = ['purpose', 'data', 'exceptions', 'storage', 'recipients', 'sources'];

function activityBlocks(one: Activity, register: Register, language: Language): Block[] {
  const fields = fieldsOf(register.role).filter(({ id }) => !apart.includes(id));
  const t = (text: Text): string => text[language];
  return [
    heading(3, anchor(one), one.purpose[language]),
    {
      kind: 'table',
      caption: `${one.purpose[language]}: ${t({ nl: 'kern', en: 'essentials' })}`,
      head: [t({ nl: 'Onderdeel', en: 'Part' }), t({ nl: 'Inhoud', en: 'Contents' })],
      rows: fields.map((field) => [
        [{ text: fieldTitle(field, language), from: 'law', strong: true }],
        contents(field, one, register, language),
      ]),
    },
    dataTable(one, register, language),
    ...(one.recipients.length > 0 ? [recipientTable(one, language)] : [nobody(one, language)]),
  ];
}

function nobody(one: Activity, language: Language): Block {
  const text = { nl: 'Niemand anders ontvangt deze gegevens.', en: 'Nobody else receives this data.' }[language];
  return { kind: 'paragraph', sentences: [{ text, from: `${one.from}.recipients` }] };
}

function dataTable(one: Activity, register: Register, language: Language): Block {
  const t = (text: Text): string => text[language];
  const none: Sentence = { text: '–', from: one.from };
  const controller = one.role === 'controller';
  return {
    kind: 'table',
    caption: `${one.purpose[language]}: ${t({ nl: 'persoonsgegevens en bewaartermijnen', en: 'personal data and time limits' })}`,
    head: [
      { nl: 'Persoonsgegevens', en: 'Personal data' },
      { nl: 'Van wie', en: 'Whose' },
      // A processor has the data from its client; the policy names no other source.
      ...(controller
        ? [
            { nl: 'Bron', en: 'Source' },
            { nl: 'Waarom nodig', en: 'Why needed' },
            { nl: 'Uitzondering of wet', en: 'Exception or statute' },
          ]
        : []),
      { nl: 'Bewaartermijn', en: 'Time limit' },
    ].map(t),
    rows: one.data.map((data) => [
      inCell(dataLines([data], language), none),
      inCell(
        one.subjects.filter(({ id }) => data.subjects.includes(id)).map(({ text, from }) => ({ text: t(text), from })),
        none,
      ),
      ...(controller
        ? [
            inCell(
              data.sources.map((source) => ({ text: sourceText(source, language), from: source.from })),
              none,
            ),
            inCell(data.necessity ? [{ text: t(data.necessity), from: `${data.from}.necessity` }] : [], none),
            inCell(exceptionLines(data, language), none),
          ]
        : []),
      inCell(
        data.storage.length > 0
          ? data.storage.map((storage) => ({ text: storageText(storage, language), from: storage.from }))
          : endLines(one, register, language),
        { text: t({ nl: 'Niet vermeld', en: 'Not stated' }), from: data.from },
      ),
    ]),
  };
}

function recipientTable(one: Activity, language: Language): Block {
  const t = (text: Text): string => text[language];
  return {
    kind: 'table',
    caption: `${one.purpose[language]}: ${t({ nl: 'ontvangers', en: 'recipients' })}`,
    head: [
      { nl: 'Ontvanger', en: 'Recipient' },
      { nl: 'Rol', en: 'Role' },
      { nl: 'Land', en: 'Country' },
      { nl: 'Krijgt', en: 'Gets' },
      { nl: 'Overeenkomst', en: 'Agreement' },
    ].map(t),
    rows: one.recipients.map((recipient) => [
      [{ text: `${t(recipient.text)}${recipient.name === null ? '' : `, ${recipient.name}`}`, from: recipient.from }],
      [{ text: t(recipientRoles[recipient.role]), from: `${recipient.from}.role` }],
      [{ text: countryText(recipient.country, language), from: `${recipient.from}.country` }],
      inCell(
        one.data.filter(({ id }) => recipient.data.includes(id)).map(({ text, from }) => ({ text: t(text), from })),
        { text: '–', from: recipient.from },
      ),
      [
        recipient.agreement
          ? { text: agreementText(recipient.agreement, language), from: recipient.agreement.from }
          : { text: '–', from: recipient.from },
      ],
    ]),
  };
}

/** Recipients that no single purpose has, where data may be, and what suspends a term. */
function others({ disclosures, locations, holds }: Register, language: Language): Block[] {
  const t = (text: Text): string => text[language];
  const places = locations.allowed.map((one) =>
    one === 'EEA' ? t({ nl: 'de EER', en: 'the EEA' }) : countryText(one, language),
  );
  const review = holds.reviewEvery === null ? null : termText(holds.reviewEvery)[language];
  return [
    heading(2, 'general', t({ nl: 'Voor alle verwerkingen', en: 'For all processing' })),
    {
      kind: 'list',
      items: [
        ...disclosures.map(({ text, from }) => [{ text: t(text), from }]),
        [
          {
            text: `${t({ nl: 'Waar gegevens mogen zijn', en: 'Where data may be' })}: ${places.join(', ')}.`,
            from: locations.from,
          },
        ],
        [
          ...(holds.decides
            ? [
                {
                  text: `${t({ nl: 'Wie beslist dat een lopende zaak het wissen uitstelt', en: 'Who decides that a pending case suspends erasure' })}: ${t(holds.decides)}.`,
                  from: `${holds.from}.decides`,
                },
              ]
            : []),
          review === null
            ? {
                text: t({
                  nl: 'Een lopende zaak kan het wissen uitstellen.',
                  en: 'A pending case can suspend erasure.',
                }),
                from: holds.from,
              }
            : {
                text: t({
                  nl: `Een zaak die het wissen uitstelt wordt ten minste elke ${review} opnieuw bekeken.`,
                  en: `A case that suspends erasure is looked at again at least every ${review}.`,
                }),
                from: `${holds.from}.reviewEvery`,
              },
        ],
      ],
    },
  ];
}

function measures({ measures: all, role }: Register, language: Language): Block[] {
  const t = (text: Text): string => text[language];
  const article = role === 'controller' ? '30(1)(g)' : '30(2)(d)';
  if (all.length === 0) return [];
  return [
    heading(
      2,
      'measures',
      t({ nl: `Beveiliging (art. ${articleText(`${article}, 32(1)`).nl})`, en: `Security (Art. ${article}, 32(1))` }),
    ),
    {
      kind: 'table',
      caption: t({ nl: 'Maatregelen en wat ze laat zien', en: 'Measures and what shows them' }),
      head: [
        t({ nl: 'Maatregel', en: 'Measure' }),
        'ISO 27001:2022 / 27701',
        t({ nl: 'Getoond door', en: 'Shown by' }),
      ],
      rows: all.map((one) => [
        [{ text: t(one.text), from: one.from }],
        [{ text: one.controls.join(', ') || '–', from: `${one.from}.controls` }],
        [
          {
            text: one.shownBy.map((shown) => evidenceText(shown, language)).join('; ') || '–',
            from: `${one.from}.shownBy`,
          },
        ],
      ]),
    },
  ];
}
