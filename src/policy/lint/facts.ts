/** What several rules ask of a policy, and how they answer. */
import type { Text } from '../../base/language.ts';
import type { Path } from '../../base/yaml.ts';
import { inForce, type LawSource } from '../law.ts';
import type { DataCategory, Policy, Purpose } from '../schema.ts';
import type { Hit, LintContext } from './model.ts';

export function hit(path: Path, nl: string, en: string, more: Pick<Hit, 'severity' | 'justification'> = {}): Hit {
  return { path, message: { nl, en }, ...more };
}

/** A hit when something is not so. */
export function unless(holds: boolean, path: Path, nl: string, en: string): Hit[] {
  return holds ? [] : [hit(path, nl, en)];
}

/** Whether an address or a file beside the policy is there; an https address is taken at its word. */
export const exists = (context: LintContext, link: string): boolean => link.startsWith('https://') || context.has(link);

/** Whether a document is there and counts on the day. */
export function stands(
  context: LintContext,
  one: { readonly document: string; readonly date: string; readonly until?: string | undefined } | undefined,
): boolean {
  return (
    one !== undefined &&
    one.date <= context.at &&
    (one.until === undefined || one.until >= context.at) &&
    exists(context, one.document)
  );
}

type Dated = NonNullable<Parameters<typeof stands>[1]>;

/** Why a document that is named does not count. Who wrote its name is told what it lacks, and not to write it. */
export function wanting(context: LintContext, named: Pick<Dated, 'document'> & Partial<Dated>): Text {
  const { document, date, until } = named;
  if (!exists(context, document))
    return {
      nl: `${document} is er niet. Zet dat bestand naast het beleid, of neem het in de console op bij "Documenten".`,
      en: `${document} is not there. Put that file beside the policy, or take it in at "Documents" in the console.`,
    };
  if (date !== undefined && date > context.at)
    return {
      nl: `${document} is van ${date}, en die dag moet nog komen.`,
      en: `${document} is of ${date}, and that day is yet to come.`,
    };
  return {
    nl: `${document} telt tot en met ${until ?? ''}. Zet er een nieuw bij, met zijn datum.`,
    en: `${document} counts through ${until ?? ''}. Name a new one, with its date.`,
  };
}

/** That this document is there and counts: otherwise what it lacks, or where none is named what to write. */
export function unlessStands(
  context: LintContext,
  document: Dated | undefined,
  path: Path,
  of: Text,
  none: Text,
): Hit[] {
  if (stands(context, document)) return [];
  if (document === undefined) return [hit(path, none.nl, none.en)];
  const why = wanting(context, document);
  return [hit(path, `${of.nl}: ${why.nl}`, `${of.en}: ${why.en}`)];
}

export interface At<T> {
  readonly one: T;
  readonly i: number;
}

const numbered = <T>(list: readonly T[]): At<T>[] => list.map((one, i) => ({ one, i }));

/** Purposes for which the organisation itself decides why and how. */
export const ownPurposes = (policy: Policy): At<Purpose>[] =>
  numbered(policy.purposes).filter(({ one }) => one.role === 'controller');

/** Data categories that are not kept for a client alone: what permits those is for the client to say. */
export const ownData = (policy: Policy): At<DataCategory>[] =>
  numbered(policy.data).filter(({ one }) => {
    const users = policy.purposes.filter((purpose) => purpose.data.includes(one.id));
    return users.length === 0 || users.some((purpose) => purpose.role === 'controller');
  });

export const category = (policy: Policy, id: string): DataCategory | undefined =>
  policy.data.find((one) => one.id === id);

export const usesKind = (policy: Policy, purpose: Purpose, kinds: readonly DataCategory['kind'][]): boolean =>
  purpose.data.some((id) => kinds.includes(category(policy, id)?.kind ?? 'ordinary'));

type SubjectKind = Policy['subjects'][number]['kind'];

/** What kinds of people a list of subjects holds. */
export const kindsOf = (policy: Policy, subjects: readonly string[]): SubjectKind[] => [
  ...new Set(subjects.map((id) => policy.subjects.find((one) => one.id === id)?.kind ?? 'other')),
];

export function lawInForce({ book, at }: LintContext, id: string | undefined): LawSource | undefined {
  const source = id === undefined ? undefined : book.law.get(id);
  return source && inForce(source, at) ? source : undefined;
}

/** Words by which law/ may speak of a category: its id, its kind, and the people it is about when they are of one kind. */
function wordsFor(policy: Policy, id: string): string[] {
  const data = category(policy, id);
  if (!data) return [];
  const kinds = kindsOf(policy, data.subjects);
  const people = kinds.length === 1 && (kinds[0] === 'applicant' || kinds[0] === 'prospect') ? [`${kinds[0]}s`] : [];
  return [data.id, data.kind, ...people];
}

/** Sources in force that speak of a data category; `when` narrows the words ("applicants" → "applicants-with-consent"). */
export function lawFor(context: LintContext, id: string, kind: LawSource['kind'], when = ''): LawSource[] {
  const words = wordsFor(context.policy, id).map((word) => word + when);
  return [...context.book.law.values()].filter(
    (one) => one.kind === kind && lawInForce(context, one.id) && one.appliesTo.some((word) => words.includes(word)),
  );
}

/** People in a category for whom no statute in force prescribes this use: the one it names, else those that law/ lets hold unnamed. */
export function notPrescribed(
  context: LintContext,
  data: DataCategory,
  use: 'national-number' | 'id-copy',
): SubjectKind[] {
  const named = lawInForce(context, data.statute);
  const statutes = named
    ? [named]
    : [...context.book.law.values()].filter((one) => one.unnamed && lawInForce(context, one.id));
  return kindsOf(context.policy, data.subjects).filter(
    (kind) => !statutes.some((one) => one.prescribes?.includes(use) === true && one.subjects?.includes(kind) === true),
  );
}

type Kept = Policy['retention'][number] | Policy['terms'][number];

/** Everything that says how long: what rules carry out, and what the statement says beside them. */
export const kept = (policy: Policy): { one: Kept; at: readonly ['retention' | 'terms', number] }[] => [
  ...policy.retention.map((one, i) => ({ one, at: ['retention', i] as const })),
  ...policy.terms.map((one, i) => ({ one, at: ['terms', i] as const })),
];

/** Every text of a part of the policy with its place. */
export function* texts(value: unknown, path: Path = []): Generator<{ path: Path; text: Text }> {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) yield* texts(one, [...path, i]);
    return;
  }
  if ('nl' in value && 'en' in value && typeof value.nl === 'string' && typeof value.en === 'string') {
    yield { path, text: { nl: value.nl, en: value.en } };
    return;
  }
  for (const [key, one] of Object.entries(value)) yield* texts(one, [...path, key]);
}

/** The first of these words in a text: as it stands in each language, or in the one that has it. */
export function said(
  text: Text | undefined,
  words: { readonly nl: RegExp; readonly en: RegExp },
): { readonly nl: string; readonly en: string } | undefined {
  const nl = text && words.nl.exec(text.nl)?.[0].trim();
  const en = text && words.en.exec(text.en)?.[0].trim();
  const found = nl ?? en;
  return found === undefined ? undefined : { nl: nl ?? found, en: en ?? found };
}
