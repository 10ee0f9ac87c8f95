/**
 * Text sealed to people's own keys (age v1, X25519), keys locked by a passphrase of theirs (age scrypt), and a key in parts of
 * which so many together are needed (Shamir). What is sealed can be read with the "age" program too, without ours.
 */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { base32crockford, bech32 } from '@scure/base';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { combine, split } from 'shamir-secret-sharing';
import type { LockTask } from './lock.worker.ts';

export interface SealKey {
  /** "AGE-SECRET-KEY-1…": opens. Nothing of ours keeps it in clear. */
  readonly identity: string;
  /** "age1…": seals. */
  readonly recipient: string;
}

export async function newSealKey(): Promise<SealKey> {
  return withRecipient(await generateX25519Identity());
}

async function withRecipient(identity: string): Promise<SealKey> {
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Seals text so that each of the recipients can open it, alone. Refuses to seal to nobody. */
export async function sealTo(recipients: readonly string[], text: string): Promise<Uint8Array> {
  if (recipients.length === 0) throw new TypeError('there is nobody to seal this to');
  const encrypter = new Encrypter();
  for (const one of recipients) encrypter.addRecipient(one);
  return encrypter.encrypt(text);
}

/** What was sealed; throws when it was sealed to others, or has been changed. */
export async function openSealed(identity: string, sealed: Uint8Array): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed, 'text');
}

export async function lockKey(identity: string, passphrase: string): Promise<string> {
  const locked = await inThread({ passphrase, lock: identity });
  if (locked === null) throw new Error('a key could not be locked');
  return locked;
}

/** The key; null when the passphrase is another, or the lock was damaged. */
export async function unlockKey(locked: string, passphrase: string): Promise<SealKey | null> {
  const identity = await inThread({ passphrase, unlock: locked });
  return identity === null ? null : withRecipient(identity);
}

function inThread(task: LockTask): Promise<string | null> {
  return new Promise((settle, fail) => {
    // .ts in a checkout, .js in a package: like this file itself.
    const worker = new Worker(new URL(`lock.worker${extname(import.meta.url)}`, import.meta.url), { workerData: task });
    worker.once('message', settle);
    worker.once('error', fail);
  });
}

const prefix = 'age-secret-key-';

/**
 * A key in parts, each a code of 14 groups of four that a person can write down; so many of them give the key back, and fewer
 * tell nothing about it.
 */
export async function splitKey(key: SealKey, parts: number, needed: number): Promise<string[]> {
  const { bytes } = bech32.decodeToBytes(key.identity.toLowerCase());
  return (await split(bytes, parts, needed)).map(codeOf);
}

/** The key from enough codes; null when a code was mistyped, or they are too few or of different keys. */
export async function joinKey(codes: readonly string[], recipient: string): Promise<SealKey | null> {
  const shares = codes.map(shareOf);
  const whole = shares.filter((share) => share !== null);
  if (whole.length !== codes.length || whole.length < 2) return null;
  try {
    const bytes = await combine(whole);
    const key = await withRecipient(bech32.encodeFromBytes(prefix, bytes).toUpperCase());
    return key.recipient === recipient ? key : null;
  } catch {
    return null; // two codes that are the same one, or of different lengths
  }
}

/** Two bytes that tell a slip of the pen from a code. */
const mark = (share: Uint8Array): Uint8Array => createHash('sha256').update(share).digest().subarray(0, 2);

function codeOf(share: Uint8Array): string {
  const text = base32crockford.encode(Buffer.concat([share, mark(share)])).toLowerCase();
  return text.match(/.{1,4}/g)?.join('-') ?? text;
}

/** Whether this is a code at all, and no slip of the pen. */
export const isCode = (code: string): boolean => shareOf(code) !== null;

function shareOf(code: string): Uint8Array | null {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  let bytes: Uint8Array;
  try {
    bytes = base32crockford.decode(plain);
  } catch {
    return null;
  }
  const share = bytes.subarray(0, -2);
  return share.length === 33 && Buffer.from(mark(share)).equals(bytes.subarray(-2)) ? share : null;
}
