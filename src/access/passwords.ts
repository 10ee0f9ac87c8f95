/**
 * What a password must be, by NIST SP 800-63B-4 §3.1.1: long, and not one that everybody tries. No rule about digits and
 * capitals, no change without a reason, any character, and at least 64 of them.
 */
import { sql } from 'kysely';
import type { Refusal } from '../base/refusal.ts';
import type { Tx } from '../database/index.ts';
import { keyOf } from './model.ts';
import { refusals } from './phrases.ts';

const alone = 15;
const besideAnother = 8;
/** Far beyond any phrase; keeps somebody from having us normalise a book. */
const mostBytes = 1024;
export const passwordLengths = { alone, besideAnother, mostBytes } as const;

export interface PasswordContext {
  /** A second factor is asked for at every sign-in. */
  readonly secondFactor: boolean;
  /** Words that whoever knows the account or the organisation would try. */
  readonly words: readonly string[];
}

/** One form of a password, however its accents were typed. */
export function normalise(password: string): string {
  return password.normalize('NFKC');
}

/** Each code point is a character, as NIST counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Long enough to be the only factor. */
export function isLong(password: string): boolean {
  return lengthOf(normalise(password)) >= alone;
}

/** Why this password will not do; null when it will. */
export async function passwordProblem(
  password: string,
  context: PasswordContext,
  blocklist: Blocklist,
): Promise<Refusal | null> {
  if (Buffer.byteLength(password) > mostBytes || Buffer.byteLength(normalise(password)) > mostBytes)
    return refusals.passwordTooLong();
  const least = context.secondFactor ? besideAnother : alone;
  if (lengthOf(normalise(password)) < least) return refusals.passwordTooShort(least, context.secondFactor);
  return (await isExpected(normalise(password).toLowerCase(), context.words, blocklist))
    ? refusals.passwordExpected()
    : null;
}

/** Words from the names of organisation and person, and from the address. */
export function contextWords(from: {
  readonly organisation: string;
  readonly name: string;
  readonly email: string;
}): string[] {
  const [mailbox = '', domain = ''] = from.email.split('@');
  const parts = [from.organisation, from.name, mailbox, domain.split('.')[0] ?? '', 'gestand'].flatMap((text) => [
    keyOf(text).replace(/[^\p{L}\p{N}]/gu, ''),
    ...keyOf(text).split(/[^\p{L}\p{N}]+/u),
  ]);
  return [...new Set(parts)].filter((word) => word.length >= 4);
}

export interface Blocklist {
  has(password: string): Promise<boolean>;
}

/** The 49,233 commonest passwords of the zxcvbn-ts project (MIT), read when first asked for. */
export function openBlocklist(): Blocklist {
  let list: Promise<ReadonlySet<string>> | null = null;
  const read = async (): Promise<ReadonlySet<string>> => {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    return new Set(dictionary['passwords-common']);
  };
  return {
    has: async (password) => {
      list ??= read();
      return (await list).has(password);
    },
  };
}

/** In the list, or no more than something in it with a year behind it, a name of ours, one thing repeated, or a row of keys. */
async function isExpected(password: string, words: readonly string[], blocklist: Blocklist): Promise<boolean> {
  if (isSequence(password)) return true;
  const unit = unitOf(password);
  const core = unit.replace(/^[\p{N}\p{P}\p{S}\s]{1,6}/u, '').replace(/[\p{N}\p{P}\p{S}\s]{1,6}$/u, '');
  for (const one of new Set([password, unit, core])) if (await blocklist.has(one)) return true;
  const rest = words
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ''), password)
    .replace(/[\p{N}\p{P}\p{S}\s]/gu, '');
  return rest.length < 4 && words.some((word) => password.includes(word));
}

/** "abcabcabc" is "abc" three times. */
function unitOf(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

/** Every character follows the one before it, or is the same: "aaaa", "12345", "9876". */
function isSequence(text: string): boolean {
  const codes = Array.from(text).map((one) => one.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  if (Math.abs(step) > 1) return false;
  return codes.every((code, i) => {
    const before = codes[i - 1];
    if (before === undefined || code - before === step) return true;
    return (before === 57 && code === 48 && step === 1) || (before === 48 && code === 57 && step === -1);
  });
}

export async function savePassword(tx: Tx, account: string, phc: string, long: boolean): Promise<void> {
  await sql`update access.account set password = ${phc}, password_long = ${long} where id = ${account}`.execute(tx);
}
