/** P26, P15: with each processor an agreement that is signed, runs, and has every clause of Art. 28(3) GDPR. Pure. */
import { agreementState, type Agreement, type Policy } from '../../../policy/index.ts';
import { clauses } from '../../../policy/sections/recipients.ts';
import { count, few, outcome, type Check } from './check.ts';

interface Bound {
  readonly id: string;
  readonly agreement?: Agreement | undefined;
}

/** Who works for us, and for whom we work: the law asks the same agreement of both. */
const bound = ({ recipients, clients }: Policy): Bound[] => [
  ...recipients.filter((one) => one.role === 'processor' || one.role === 'sub-processor'),
  ...clients,
];

export const agreementClauses: Check = {
  id: 'agreement-clauses',
  kind: 'derived',
  title: {
    nl: 'Elke overeenkomst loopt en heeft elke afspraak van artikel 28',
    en: 'Each agreement runs and has each clause of Article 28',
  },
  run: ({ policy, today }) => {
    const all = bound(policy);
    const without = all.filter((one) => !one.agreement || agreementState(one.agreement, today) !== 'in-force');
    if (without.length > 0)
      return outcome(
        'broken',
        without.length,
        `Geen overeenkomst die is getekend en loopt: ${few(without.map((one) => one.id))}.`,
        `No agreement that is signed and runs: ${few(without.map((one) => one.id))}.`,
      );
    const lacks = all.flatMap(({ id, agreement }) =>
      clauses
        .filter((clause) => !agreement?.clauses.some((one) => one.clause === clause))
        .map((clause) => `${id} (${clause})`),
    );
    if (lacks.length > 0)
      return outcome(
        'broken',
        lacks.length,
        `Afspraken die ontbreken: ${few(lacks)}.`,
        `Clauses that are missing: ${few(lacks)}.`,
      );
    return outcome(
      'kept',
      all.length,
      `${count(all.length, 'overeenkomst', 'overeenkomsten')}, elk getekend, lopend en met alle ${clauses.length} afspraken.`,
      `${count(all.length, 'agreement', 'agreements')}, each signed, running and with all ${clauses.length} clauses.`,
    );
  },
};
