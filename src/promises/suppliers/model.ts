/** The agreements with processors and with clients, clause by clause as Art. 28(3) GDPR wants them. Pure. */
import type { Text } from '../../base/language.ts';
import { agreementState, type Agreement, type AgreementState, type Policy } from '../../policy/index.ts';
import { clauses, type Clause } from '../../policy/sections/recipients.ts';
import { clauseTexts } from './phrases.ts';

export interface ClauseChecked {
  readonly clause: Clause;
  readonly article: string;
  readonly present: boolean;
  /** Where it stands in the agreement: "art. 4.2". */
  readonly at: string | null;
  readonly quote: string | null;
  readonly reviewer: string | null;
}

export interface AgreementChecked {
  /** With whom: a processor of ours, or a client whose processor we are. */
  readonly with: 'processor' | 'sub-processor' | 'client';
  readonly id: string;
  readonly party: Text;
  /** Place in the policy: "recipients.payroll.agreement". */
  readonly from: string;
  readonly state: AgreementState | 'none';
  readonly signed: string | null;
  readonly until: string | null;
  readonly breachHours: number | null;
  readonly clauses: readonly ClauseChecked[];
  readonly missing: readonly Clause[];
}

/** Every agreement that Art. 28 demands, also those that are not there. */
export function checkAgreements(policy: Policy, day: string): AgreementChecked[] {
  const suppliers = policy.recipients.flatMap((one) =>
    one.role === 'processor' || one.role === 'sub-processor'
      ? [check(one.role, one.id, one.text, `recipients.${one.id}.agreement`, one.agreement, day)]
      : [],
  );
  const clients = policy.clients.map((one) =>
    check('client', one.id, { nl: one.name, en: one.name }, `clients.${one.id}.agreement`, one.agreement, day),
  );
  return [...suppliers, ...clients];
}

/** Signed or not, nobody wrote down yet where any clause stands: that says nothing of what is in it. */
export const unread = ({ clauses: all }: Pick<AgreementChecked, 'clauses'>): boolean =>
  all.every(({ present }) => !present);

function check(
  kind: AgreementChecked['with'],
  id: string,
  party: Text,
  from: string,
  agreement: Agreement | undefined,
  day: string,
): AgreementChecked {
  const checked = clauses.map((clause): ClauseChecked => {
    const found = agreement?.clauses.find((one) => one.clause === clause);
    return {
      clause,
      article: clauseTexts[clause].article,
      present: found !== undefined,
      at: found?.at ?? null,
      quote: found?.quote ?? null,
      reviewer: found?.reviewer ?? null,
    };
  });
  return {
    with: kind,
    id,
    party,
    from,
    state: agreement ? agreementState(agreement, day) : 'none',
    signed: agreement?.signed ?? null,
    until: agreement?.until ?? null,
    breachHours: agreement?.breachHours ?? null,
    clauses: checked,
    missing: checked.filter(({ present }) => !present).map(({ clause }) => clause),
  };
}
