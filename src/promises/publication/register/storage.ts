/** How long data is kept: the rules that the program carries out, and the terms that a person does. */
import type { Language, Text } from '../../../base/language.ts';
import { joined, lower } from '../../../base/wording.ts';
import type { Policy } from '../../../policy/index.ts';
import { articleText, termText } from '../../../policy/phrases.ts';
import type { Statute, Storage } from './model.ts';

export function storages(
  policy: Policy,
  data: string,
  statute: (id: string, from: string) => Statute,
): readonly Storage[] {
  const rules = policy.retention
    .filter((one) => one.data.includes(data))
    .map((one): Storage => {
      const from = `retention.${one.id}`;
      return {
        ...term(one, from, statute),
        is: 'rule',
        then: one.then,
        criterion: null,
        keptWhile: (one.keptWhile ?? []).map((other) => ({
          data: other.data,
          text: policy.data.find(({ id }) => id === other.data)?.text ?? { nl: other.data, en: other.data },
          minimum: statute(other.minimum, `${from}.keptWhile`),
        })),
      };
    });
  const terms = policy.terms
    .filter((one) => one.data.includes(data))
    .map((one): Storage => {
      const from = `terms.${one.id}`;
      return {
        ...term(one, from, statute),
        is: 'term',
        then: null,
        criterion: one.criterion ?? null,
        keptWhile: [],
      };
    });
  return [...rules, ...terms];
}

function term(
  one: Policy['retention'][number] | Policy['terms'][number],
  from: string,
  statute: (id: string, from: string) => Statute,
): Omit<Storage, 'is' | 'then' | 'criterion' | 'keptWhile'> {
  return {
    id: one.id,
    from,
    promise: one.promise,
    text: one.text,
    keep: one.keep ?? null,
    event: one.from ?? null,
    startsAt: one.startsAt,
    minimum: one.minimum === undefined ? null : statute(one.minimum, `${from}.minimum`),
    maximum: one.maximum === undefined ? null : statute(one.maximum, `${from}.maximum`),
    justification: one.justification ?? null,
    extendedBy: one.extendedBy ? { consent: one.extendedBy.consent, atMost: one.extendedBy.atMost ?? null } : null,
    backupsGone: one.backups?.gone ?? null,
  };
}

/** What follows the policy's own words for a term; import.ts cuts them off again. */
export const besides = {
  ends: { nl: 'einde:', en: 'ends:' },
  atLeast: { nl: 'ten minste volgens', en: 'at least by' },
  longer: { nl: 'langer zolang te bewaren:', en: 'longer while to be kept:' },
  consent: { nl: 'met toestemming', en: 'with consent' },
  backups: { nl: 'uit back-ups na', en: 'out of backups after' },
} as const satisfies Readonly<Record<string, Text>>;

/** In words: what the policy says, and what lengthens it. */
export function storageText(one: Storage, language: Language): string {
  const law = (source: Statute): string =>
    source.article === null ? source.id : articleText(source.article)[language];
  const say = (word: keyof typeof besides, what: string): string => `${besides[word][language]} ${what}`;
  return [
    one.text[language],
    ...(one.criterion ? [say('ends', one.criterion[language])] : []),
    ...(one.minimum ? [say('atLeast', law(one.minimum))] : []),
    ...[...Map.groupBy(one.keptWhile, (other) => law(other.minimum))].map(([source, others]) =>
      say(
        'longer',
        `${joined(others.map((other) => lower(other.text, { nl: new Set(), en: new Set() })))[language]} (${source})`,
      ),
    ),
    ...(one.extendedBy ? [say('consent', extended(one.extendedBy.atMost)[language])] : []),
    ...(one.backupsGone === null ? [] : [say('backups', termText(one.backupsGone)[language])]),
  ].join('; ');
}

const extended = (atMost: string | null): Text => {
  if (atMost === null) return { nl: 'langer', en: 'longer' };
  const most = termText(atMost);
  return { nl: `hoogstens ${most.nl}`, en: `at most ${most.en}` };
};

/** In a form that can be read back: "{id=tax promise=P07 keep=P7Y after=invoice-date end-of-year min=nl-awr-52-4}". */
export function storageCode(one: Storage): string {
  const words = [
    `id=${one.id}`,
    `promise=${one.promise}`,
    one.keep && `keep=${one.keep}`,
    one.event && `after=${one.event}`,
    one.startsAt === 'event' ? null : one.startsAt,
    one.minimum && `min=${one.minimum.id}`,
    one.maximum && `max=${one.maximum.id}`,
    one.extendedBy &&
      `consent=${one.extendedBy.consent}${one.extendedBy.atMost === null ? '' : `/${one.extendedBy.atMost}`}`,
    one.backupsGone && `backups=${one.backupsGone}`,
  ];
  return `{${words.filter((word) => word !== null).join(' ')}}`;
}
