/**
 * P26, P15 and P04: each agreement that Art. 28(3) GDPR demands is signed, runs, and has every clause. One that nobody went
 * through yet is not proven; one that was gone through and lacks a clause is broken. Pure.
 */
import type { Text } from '../../../base/language.ts';
import { checkAgreements, unread, type AgreementChecked } from '../../suppliers/model.ts';
import { count, few, outcome, type Check, type Outcome } from './check.ts';

/** With those who work for us. */
export const agreementClauses: Check = ofThose(
  'agreement-clauses',
  {
    nl: 'Elke overeenkomst met een verwerker loopt en heeft elke afspraak van artikel 28',
    en: 'Each agreement with a processor runs and has each clause of Article 28',
  },
  (one) => one.with !== 'client',
);

/** With those for whom we work. */
export const clientAgreements: Check = ofThose(
  'client-agreements',
  {
    nl: 'Elke overeenkomst met een klant loopt en heeft elke afspraak van artikel 28',
    en: 'Each agreement with a client runs and has each clause of Article 28',
  },
  (one) => one.with === 'client',
);

function ofThose(id: string, title: Text, which: (one: AgreementChecked) => boolean): Check {
  return { id, title, kind: 'derived', run: (facts) => held(checkAgreements(facts.policy, facts.today).filter(which)) };
}

function held(all: readonly AgreementChecked[]): Outcome {
  const without = all.filter((one) => one.state !== 'in-force').map((one) => one.id);
  if (without.length > 0)
    return outcome(
      'broken',
      without.length,
      `Geen overeenkomst die is getekend en loopt: ${few(without)}.`,
      `No agreement that is signed and runs: ${few(without)}.`,
    );
  const lacks = all
    .filter((one) => !unread(one))
    .flatMap(({ id, missing }) => missing.map((clause) => `${id} (${clause})`));
  if (lacks.length > 0)
    return outcome(
      'broken',
      lacks.length,
      `Afspraken die ontbreken: ${few(lacks)}.`,
      `Clauses that are missing: ${few(lacks)}.`,
    );
  const open = all.filter(unread).map((one) => one.id);
  if (open.length > 0)
    return outcome(
      'not-proven',
      open.length,
      `Nog niet nagekeken of elke afspraak van artikel 28 erin staat: ${few(open)}. Schrijf in het beleid bij "clauses" waar elke afspraak staat; "gestand agreement check" noemt ze.`,
      `Nobody looked yet whether each clause of Article 28 is in it: ${few(open)}. Write in the policy under "clauses" where each stands; "gestand agreement check" names them.`,
    );
  return outcome(
    'kept',
    all.length,
    `${count(all.length, 'overeenkomst', 'overeenkomsten')}: getekend, lopend en volledig.`,
    `${count(all.length, 'agreement', 'agreements')}: signed, running and complete.`,
  );
}
