/**
 * Recovery codes, for whoever lost telephone and key. Each has 120 random bits, so that SHA-256 is enough to keep it by (ASVS
 * 6.5.2 asks 112), and works once.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx } from '../database/index.ts';
import { hashOf } from './sessions.ts';
import type { AccessWorld } from './world.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const howMany = 8;

/** "4k2m-…": six groups of four in Crockford's base 32, which has no letter that looks like a digit. */
function newRecoveryCode(): string {
  const letters = [...randomBytes(24)].map((byte) => alphabet[byte & 31] ?? '0').join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

/** As a person may type it over: capitals, spaces, an o for a zero. */
function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
}

/** Makes a new set and forgets the old one. They are shown now and never again. */
export async function makeRecoveryCodes(tx: Tx, world: AccessWorld, account: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newRecoveryCode);
  await sql`delete from access.recovery_code where account = ${account}`.execute(tx);
  const made = world.clock().toString();
  for (const code of codes)
    await sql`insert into access.recovery_code (hash, account, made) values (${hashOf(plain(code))}, ${account}, ${made})`.execute(
      tx,
    );
  return codes;
}

/** Uses one up; false when it is not one of this account's, or was used before. */
export async function spendRecoveryCode(db: Database, account: string, code: string): Promise<boolean> {
  const spent = await sql`
    delete from access.recovery_code where hash = ${hashOf(plain(code))} and account = ${account}`.execute(db);
  return spent.numAffectedRows === 1n;
}

export async function recoveryCodesLeft(db: Database, account: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from access.recovery_code where account = ${account}`.execute(db);
  return rows[0]?.n ?? 0;
}
