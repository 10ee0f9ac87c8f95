/** How long data is kept: the rules that the program carries out, and the terms that a person does. */
import type { Policy } from '../../../policy/index.ts';
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
