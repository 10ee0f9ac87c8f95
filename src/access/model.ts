/** Who is acting: roles, accounts, and the actor that everything else is given. */
import { z } from 'zod';
import type { Language, Text } from '../base/language.ts';
import type { Instant } from '../base/time.ts';

export const roles = ['privacy-officer', 'engineer', 'approver', 'dpo', 'auditor', 'client', 'subject'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const roleTitles: Readonly<Record<Role, Text>> = {
  'privacy-officer': { nl: 'privacy-officer', en: 'privacy officer' },
  engineer: { nl: 'engineer', en: 'engineer' },
  approver: { nl: 'goedkeurder', en: 'approver' },
  dpo: { nl: 'functionaris gegevensbescherming', en: 'data protection officer' },
  auditor: { nl: 'auditor', en: 'auditor' },
  client: { nl: 'klant', en: 'client' },
  subject: { nl: 'betrokkene', en: 'data subject' },
};

/**
 * What an actor showed when signing in: a password, a code of an authenticator, a recovery code, a passkey (which asked for
 * a finger or a PIN, and so is two factors by itself), a provider's word, a provider's word that it saw two factors.
 */
export type Shown = 'link' | 'password' | 'code' | 'recovery' | 'passkey' | 'provider' | 'provider-two';

/**
 * How far a session reaches. An account without a second factor gets no further than enrolling one; a link for a new password
 * gets no further than that password.
 */
export type Stage = 'enrol' | 'new-password' | 'full';

/** A person behind a session. Services need the name only; whoever decides what they may, needs the rest. */
export interface Actor {
  readonly account: string;
  /** One person may have several accounts; where two people are needed, these differ. */
  readonly person: string;
  readonly name: string;
  /** None while the session has not come all the way. */
  readonly roles: readonly Role[];
  /** Clients whose own register and proofs this actor sees, as a client. */
  readonly clients: readonly string[];
  /** The day the account ends by itself. */
  readonly until: Instant | null;
  /** Opaque id of the session; not its token. */
  readonly session: string;
  readonly stage: Stage;
  /** When two factors were last shown. */
  readonly stepUpAt: Instant | null;
  readonly shown: readonly Shown[];
  /** Chosen by this person; null: what the browser prefers, and the organisation's in a mail. */
  readonly language: Language | null;
}

export type AccountState = 'invited' | 'active' | 'disabled';

/** An account as those who keep the list of people see it: nothing that one could sign in with. */
export interface Account {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly clients: readonly string[];
  /** The provider whose claims decide the roles; null when they were given here. */
  readonly rolesBy: string | null;
  readonly state: AccountState;
  /** In which they are written to; null: the organisation's. */
  readonly language: Language | null;
  readonly until: Instant | null;
  readonly made: Instant;
  readonly lastSeen: Instant | null;
  readonly hasPassword: boolean;
  readonly hasLongPassword: boolean;
  readonly hasCode: boolean;
  readonly passkeys: number;
  /** Providers that can sign this account in. */
  readonly providers: readonly string[];
}

/** An account that can be used now. */
export function isOpen(account: Pick<Account, 'state' | 'until'>, now: Instant): boolean {
  return account.state === 'active' && !isPast(account, now);
}

/** Its last day is over: it stops by itself, whether or not somebody noticed. */
export function isPast(account: Pick<Account, 'until'>, now: Instant): boolean {
  return account.until !== null && now.epochMilliseconds >= account.until.epochMilliseconds;
}

/** Something besides a password that an account can show. */
export function hasSecondFactor(account: Pick<Account, 'hasCode' | 'passkeys'>): boolean {
  return account.hasCode || account.passkeys > 0;
}

/** Staff and clients show two factors; a data subject, who sees only what is their own, may. */
export function mustHaveSecondFactor(of: readonly Role[]): boolean {
  return of.some((role) => role !== 'subject');
}

/** One spelling of what a person types as a name or an address: for finding it again, not for showing. */
export function keyOf(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Where a request comes from. */
export interface From {
  /** The address of the client, as far as we trust the proxy in front. */
  readonly network: string;
  /** What the browser calls itself. */
  readonly browser: string;
  /** The value of the cookie "device", if it came. */
  readonly device: string | null;
  /** The value of the cookie "session", if it came: that session ends when another begins. */
  readonly previous: string | null;
}
