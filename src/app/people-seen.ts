/** What is seen of the people who have access here (P21, P22): counts only, never a name. */
import {
  confidentiality,
  declarationInForce,
  listAccounts,
  secondFactorCoverage,
  type Settings,
} from '../access/index.ts';
import { signers } from '../access/declarations.ts';
import type { Instant } from '../base/time.ts';
import type { Database } from '../database/index.ts';
import type { StatementSeen } from '../promises/world.ts';

export interface PeopleSeen {
  readonly signed: StatementSeen;
  readonly twoFactors: StatementSeen;
}

export async function peopleSeen(db: Database, now: Instant, providers: Settings['providers']): Promise<PeopleSeen> {
  const accounts = await listAccounts(db);
  const inForce = await declarationInForce(db);
  const bound = confidentiality(
    accounts,
    inForce,
    inForce === null ? new Set() : await signers(db, inForce.version),
    now,
  );
  const strict = providers.filter((one) => one.require === 'two-factors').map((one) => one.id);
  const covered = secondFactorCoverage(accounts, strict, now);
  return {
    signed: signedSeen(bound.withAccess, bound.signed, bound.version),
    twoFactors: coverageSeen(covered.accounts, covered.covered),
  };
}

function signedSeen(withAccess: number, signed: number, version: string | null): StatementSeen {
  if (withAccess === 0)
    return {
      state: 'not-proven',
      n: 0,
      text: { nl: 'Nog niemand heeft hier een account.', en: 'Nobody has an account here yet.' },
    };
  if (version === null)
    return {
      state: 'not-proven',
      n: withAccess,
      text: { nl: 'Er is nog geen verklaring om te tekenen.', en: 'There is no declaration to sign yet.' },
    };
  const text = {
    nl: `${signed} van ${withAccess} mensen met toegang tot dit programma tekenden de verklaring die nu geldt.`,
    en: `${signed} of ${withAccess} people with access to this program signed the declaration in force.`,
  };
  return { state: signed === withAccess ? 'kept' : 'broken', n: withAccess - signed, text };
}

function coverageSeen(accounts: number, covered: number): StatementSeen {
  if (accounts === 0)
    return {
      state: 'not-proven',
      n: 0,
      text: { nl: 'Nog niemand heeft hier een account.', en: 'Nobody has an account here yet.' },
    };
  const text = {
    nl: `${covered} van ${accounts} accounts van dit programma hebben een tweede factor.`,
    en: `${covered} of ${accounts} accounts of this program have a second factor.`,
  };
  return { state: covered === accounts ? 'kept' : 'at-risk', n: accounts - covered, text };
}
