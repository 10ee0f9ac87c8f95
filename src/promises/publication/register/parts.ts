/** Parts of the policy as the register shows them: absent becomes null, and each part keeps its place. */
import { agreementState, inForce, type Agreement as PolicyAgreement, type LawBook } from '../../../policy/index.ts';
import type { Agreement, Party, Shown, Statute } from './model.ts';

export function statute(id: string, from: string, book: LawBook, day: string): Statute {
  const source = book.law.get(id);
  return {
    id,
    from,
    title: source?.title ?? null,
    article: source?.article ?? null,
    kind: source?.kind ?? null,
    inForce: source !== undefined && inForce(source, day),
  };
}

export function party(
  one: { name?: string | undefined; post?: string | undefined; email?: string | undefined; phone?: string | undefined },
  from: string,
): Party {
  return {
    from,
    name: one.name ?? null,
    post: one.post ?? null,
    email: one.email ?? null,
    phone: one.phone ?? null,
  };
}

export function agreementOf(one: PolicyAgreement | undefined, of: string, day: string): Agreement | null {
  if (!one) return null;
  return {
    from: `${of}.agreement`,
    id: one.id,
    signed: one.signed ?? null,
    until: one.until ?? null,
    document: one.document ?? null,
    breachHours: one.breachHours ?? null,
    returnsAt: one.clauses.find(({ clause }) => clause === 'return-or-delete')?.at ?? null,
    state: agreementState(one, day),
  };
}

export function shown(
  one: { document: string; date: string; until?: string | undefined } | undefined,
  from: string,
): Shown | null {
  return one ? { from, document: one.document, date: one.date, until: one.until ?? null } : null;
}
