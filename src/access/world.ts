/** What the services of access are given: one home's store, clock and keys. Nothing of it is shared with another home. */
import type { Clock } from '../base/time.ts';
import type { PasswordHasher } from '../crypto/index.ts';
import type { Database } from '../database/index.ts';
import type { Blocklist } from './passwords.ts';
import type { Providers } from './oidc.ts';
import type { Settings } from './settings.ts';

export interface AccessWorld {
  readonly db: Database;
  readonly clock: Clock;
  /** Zone of the organisation: its days and months count. */
  readonly zone: string;
  readonly settings: Settings;
  /** Name of the organisation: what an authenticator shows, and no part of a password. */
  readonly organisation: string;
  readonly hasher: PasswordHasher;
  readonly blocklist: Blocklist;
  /** Seals what we must read again, such as the secret of an authenticator, with a key of the home. */
  readonly veil: { veil(text: string): string; unveil(sealed: string): string };
  /** A keyed hash: the same for the same parts, and of no use without the home's key. */
  readonly mark: (...parts: readonly string[]) => string;
  readonly providers: Providers;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}
