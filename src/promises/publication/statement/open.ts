import type { Language } from '../../../base/language.ts';
import type { Policy } from '../../../policy/index.ts';
import type { StatementOptions } from './model.ts';
import { properNames, type Page } from './page.ts';

/** What the sections write with, on the day of the statement. */
export function openPage(policy: Policy, language: Language, { day, lawBook }: StatementOptions): Page {
  return {
    policy,
    language,
    day: day ?? statementDay(policy) ?? '1970-01-01',
    law: lawBook?.law ?? new Map(),
    eea: lawBook && lawBook.eea.length > 0 ? lawBook.eea : null,
    adequacy: lawBook?.adequacy ?? [],
    proper: properNames(policy),
  };
}

/** The day of the statement, if it has one; of one that tells its month only, the first of that month. */
export function statementDay({ publication }: Policy): string | undefined {
  const date = publication?.date;
  return date?.length === 7 ? `${date}-01` : date;
}
