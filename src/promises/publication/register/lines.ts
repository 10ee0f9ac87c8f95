/** Lines of a field that take more than one part of the activity. */
import type { Language } from '../../../base/language.ts';
import { unsaid } from '../../../base/country.ts';
import {
  articleText,
  countryText,
  dayText,
  informed,
  kindsOfData,
  mechanismText,
  recipientRoles,
} from '../../../policy/phrases.ts';
import type { Activity, Agreement, DataUsed, Register, Shown, Source, Statute } from './model.ts';

/** What stands in a field, and the place in the policy that says it. */
export interface Line {
  readonly text: string;
  readonly from: string;
  /** Follows the text in an export that can be imported again: "[customers]". */
  readonly code?: string;
}

export const statuteText = (one: Statute, language: Language): string =>
  one.article === null ? one.id : `${one.title?.[language] ?? ''} (${articleText(one.article)[language]})`.trim();

export function shownLines(shown: Shown | null, language: Language): Line[] {
  return shown === null
    ? []
    : [
        {
          text: `${shown.document}, ${dayText(shown.date, language)}`,
          from: shown.from,
          code: `{document=${shown.document} ${shown.date}}`,
        },
      ];
}

export function clientLines(activity: Activity, register: Register, language: Language): Line[] {
  const client = register.clients.find((one) => one.id === activity.client);
  if (!client) return [];
  return [
    { text: client.name, from: `${client.from}.name`, code: `[${client.id}]` },
    { text: client.processing[language], from: `${client.from}.processing`, code: '{processing}' },
    ...(client.agreement
      ? [
          {
            text: agreementText(client.agreement, language),
            from: client.agreement.from,
            code: `{${agreementCode(client.agreement)}}`,
          },
        ]
      : []),
  ];
}

/** A processor keeps data as long as its client says; the end of it stands in their agreement. */
export function endLines(activity: Activity, register: Register, language: Language): Line[] {
  const agreement = register.clients.find((one) => one.id === activity.client)?.agreement;
  if (!agreement || agreement.returnsAt === null) return [];
  const { returnsAt: at, from } = agreement;
  return [
    {
      text: {
        nl: `Gewist of teruggegeven aan het einde van de overeenkomst (${at} daarvan)`,
        en: `Deleted or returned at the end of the agreement (${at} of it)`,
      }[language],
      from: `${from}.clauses`,
    },
  ];
}

export function exceptionLines(one: DataUsed, language: Language): Line[] {
  const condition = [one.condition?.gdpr, one.condition?.national].filter(
    (part) => part !== undefined && part !== null,
  );
  return [
    ...(condition.length > 0 && one.condition
      ? [
          {
            text: `${one.text[language]}: ${condition.map((part) => articleText(part)[language]).join('; ')}`,
            from: one.condition.from,
          },
        ]
      : []),
    ...(one.statute
      ? [
          {
            text: `${one.text[language]}: ${statuteText(one.statute, language)}`,
            from: one.statute.from,
            code: `[${one.id}] {statute=${one.statute.id}}`,
          },
        ]
      : []),
  ];
}

export function dataLines(data: readonly DataUsed[], language: Language): Line[] {
  return data.map((one) => ({
    text: `${one.text[language]}${one.kind === 'ordinary' ? '' : ` (${kindsOfData[one.kind][language]})`}`,
    from: one.from,
    code: `[${one.id}] {${one.kind} of=${one.subjects.join(',')}}`,
  }));
}

export function sourceText({ text, inform }: Source, language: Language): string {
  if (text === null) return { nl: 'de persoon zelf', en: 'the person' }[language];
  return `${text[language]}${inform === null ? '' : ` (${informed[inform][language]})`}`;
}

/** One line when all of it comes from the person; else one for each kind of data. */
export function sourceLines({ data }: Activity, _: Register, language: Language): Line[] {
  if (data.every((one) => one.sources.every(({ text }) => text === null)))
    return data.slice(0, 1).map((one) => ({
      text: { nl: 'De persoon zelf', en: 'The person' }[language],
      from: `${one.from}.sources`,
    }));
  return data.map((one) => ({
    text: `${one.text[language]}: ${one.sources.map((source) => sourceText(source, language)).join('; ')}`,
    from: `${one.from}.sources`,
  }));
}

export function recipientLines({ recipients }: Activity, _: Register, language: Language): Line[] {
  return recipients.map((one) => ({
    text: `${one.text[language]}${one.name === null ? '' : `, ${one.name}`} (${recipientRoles[one.role][language]}, ${countryText(one.country, language)})${one.agreement ? `; ${agreementText(one.agreement, language)}` : ''}`,
    from: one.from,
    code: `[${one.id}] {${one.role} ${one.country} data=${one.data.join(',')}${one.agreement ? ` ${agreementCode(one.agreement)}` : ''}}`,
  }));
}

function agreementCode({ id, signed, until, breachHours }: Agreement): string {
  return [
    `agreement=${id}`,
    ...(signed === null ? [] : [`signed=${signed}`]),
    ...(until === null ? [] : [`until=${until}`]),
    ...(breachHours === null ? [] : [`breach=${breachHours}`]),
  ].join(' ');
}

export function agreementText(agreement: Agreement, language: Language): string {
  const { signed, until, state } = agreement;
  const say = (nl: string, en: string): string => ({ nl, en })[language];
  if (state === 'not-signed') return say('overeenkomst niet getekend', 'agreement not signed');
  const on = dayText(signed ?? '', language);
  if (state === 'expired')
    return say(
      `overeenkomst afgelopen op ${dayText(until ?? '', language)}`,
      `agreement ended on ${dayText(until ?? '', language)}`,
    );
  return say(`overeenkomst van ${on}`, `agreement of ${on}`);
}

export function transferLines({ transfers, recipients }: Activity, _: Register, language: Language): Line[] {
  // Of a country that nobody filled in it is not known that there is no transfer.
  const unknown = recipients
    .filter((one) => one.country === unsaid)
    .map((one) => ({ text: `${one.text[language]}: ${countryText(unsaid, language)}`, from: `${one.from}.country` }));
  const known = transfers.map((one) => {
    const to = recipients.find(({ id }) => id === one.recipient)?.text[language] ?? one.recipient;
    const how =
      one.mechanism === null
        ? { nl: 'zonder middel van doorgifte', en: 'without a transfer mechanism' }[language]
        : mechanismText(one.mechanism)[language];
    const assessed = one.assessment ? `; ${one.assessment.document}, ${dayText(one.assessment.date, language)}` : '';
    return {
      text: `${countryText(one.country, language)}: ${to}: ${how}${assessed}`,
      from: one.from,
      code: `[${one.recipient}] {${one.mechanism ?? ''}${one.assessment ? ` document=${one.assessment.document} ${one.assessment.date}` : ''}}`,
    };
  });
  return [...known, ...unknown];
}
