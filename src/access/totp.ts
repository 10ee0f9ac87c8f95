/**
 * Codes of an authenticator (TOTP, RFC 6238). The secret is sealed with a key of the home: a copy of the store alone makes no
 * codes. A code counts once: the step it belongs to is spent in the same statement that looks at it.
 */
import { Secret, TOTP } from 'otpauth';
import { sql } from 'kysely';
import type { Database, Tx } from '../database/index.ts';
import type { Account } from './model.ts';
import type { AccessWorld } from './world.ts';

const period = 30;
/** One step early or late: clocks of phones are not exact. */
const leeway = 1;

export interface NewCode {
  /** For whoever types it over. */
  readonly secret: string;
  /** otpauth://…, for a picture that a telephone reads. */
  readonly uri: string;
}

const totp = (secret: string, world?: AccessWorld, account?: Pick<Account, 'email'>): TOTP =>
  new TOTP({
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1', // what authenticators understand; HMAC does not need more
    digits: 6,
    period,
    issuer: world?.organisation ?? '',
    label: account?.email ?? '',
  });

/** 160 random bits, as RFC 4226 recommends; or the secret that was begun with. */
export function newCode(
  world: AccessWorld,
  account: Pick<Account, 'email'>,
  secret = new Secret({ size: 20 }).base32,
): NewCode {
  return { secret, uri: totp(secret, world, account).toString() };
}

/** The step that a code belongs to; null when it is not one of the secret's codes of now. */
export function stepOf(secret: string, code: string, ms: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(secret).validate({ token, timestamp: ms, window: leeway });
  return delta === null ? null : Math.floor(ms / (period * 1000)) + delta;
}

/** Keeps the secret of an authenticator whose code was just seen: that code is spent with it. */
export async function saveCode(
  tx: Tx,
  world: AccessWorld,
  account: string,
  secret: string,
  step: number,
): Promise<void> {
  await sql`
    insert into access.totp (account, secret, last_step, made)
    values (${account}, ${world.veil.veil(secret)}, ${step}, ${world.clock().toString()})
    on conflict (account) do update set secret = excluded.secret, last_step = excluded.last_step, made = excluded.made`.execute(
    tx,
  );
}

/** Spends a code; false when it is wrong, or its step or a later one was spent before. */
export async function spendCode(db: Database, world: AccessWorld, account: string, code: string): Promise<boolean> {
  const { rows } = await sql<{ secret: string }>`select secret from access.totp where account = ${account}`.execute(db);
  const [kept] = rows;
  if (kept === undefined) return false;
  const step = stepOf(world.veil.unveil(kept.secret), code, world.clock().epochMilliseconds);
  if (step === null) return false;
  const spent = await sql`
    update access.totp set last_step = ${step} where account = ${account} and secret = ${kept.secret} and last_step < ${step}`.execute(
    db,
  );
  return spent.numAffectedRows === 1n;
}

export async function removeCodes(tx: Tx, account: string): Promise<void> {
  await sql`delete from access.totp where account = ${account}`.execute(tx);
}
