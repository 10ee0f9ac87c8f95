/** What the agreements tell the board about P15 and P26: counts, and nobody's name. */
import type { Policy } from '../../policy/index.ts';
import { checkAgreements, type AgreementChecked } from './model.ts';

export interface AgreementCounts {
  /** Parties with whom Art. 28 demands an agreement. */
  readonly needed: number;
  readonly inForce: number;
  readonly without: number;
  readonly notSigned: number;
  readonly expired: number;
  /** Clauses of Art. 28(3) that no reviewer found, over all agreements that are there. */
  readonly missingClauses: number;
  readonly withoutBreachHours: number;
}

/** Suppliers are behind P15 and P26; clients, whose processor we are, behind P04. */
export function agreementCounts(
  policy: Policy,
  day: string,
): { readonly suppliers: AgreementCounts; readonly clients: AgreementCounts } {
  const all = checkAgreements(policy, day);
  return {
    suppliers: count(all.filter((one) => one.with !== 'client')),
    clients: count(all.filter((one) => one.with === 'client')),
  };
}

function count(all: readonly AgreementChecked[]): AgreementCounts {
  const having = (state: AgreementChecked['state']): number => all.filter((one) => one.state === state).length;
  const there = all.filter(({ state }) => state !== 'none');
  return {
    needed: all.length,
    inForce: having('in-force'),
    without: having('none'),
    notSigned: having('not-signed'),
    expired: having('expired'),
    missingClauses: there.reduce((sum, one) => sum + one.missing.length, 0),
    withoutBreachHours: there.filter(({ breachHours }) => breachHours === null).length,
  };
}
