/** Keys and their use. The only importer of crypto besides the verifier, which stands alone on purpose. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import canonicalize from 'canonicalize';

/** RFC 8785 canonical JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function randomSalt(): Uint8Array {
  return randomBytes(32);
}

export interface Signer {
  /** The 32 bytes of the public key. */
  readonly publicKey: Uint8Array;
  sign(text: string): Uint8Array;
}

/** Reads the Ed25519 key in this file, or makes it there (0600). Refuses a file that others may read. */
export function loadSigner(file: string): Signer {
  const key = existsSync(file) ? readKey(file) : makeKey(file);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { publicKey: spki.subarray(spki.length - 32), sign: (text) => sign(null, Buffer.from(text), key) };
}

function readKey(file: string): KeyObject {
  if ((statSync(file).mode & 0o077) !== 0)
    throw new Error(`others can read the key ${file}: set its mode to 0600, and consider it known`);
  return createPrivateKey(readFileSync(file, 'utf8'));
}

function makeKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeSecret(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  return privateKey;
}

/** A random secret kept in this file: for handles that nobody else can recompute. */
export function loadSecret(file: string): Uint8Array {
  if (!existsSync(file)) writeSecret(file, randomBytes(32).toString('base64'));
  if ((statSync(file).mode & 0o077) !== 0)
    throw new Error(`others can read the key ${file}: set its mode to 0600, and consider it known`);
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}

function writeSecret(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** An unlinkable name: the first 16 bytes of HMAC-SHA-256, in base64url. */
export function handleOf(secret: Uint8Array, ...parts: readonly string[]): string {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part);
  return mac.digest().subarray(0, 16).toString('base64url');
}

/** A seal over text for ourselves: HMAC-SHA-256 in base64. */
export function sealOf(secret: Uint8Array): {
  sign(text: string): string;
  check(text: string, signature: string): boolean;
} {
  const mac = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  return {
    sign: (text) => mac(text).toString('base64'),
    check: (text, signature) => {
      const given = Buffer.from(signature, 'base64');
      return given.length === 32 && timingSafeEqual(given, mac(text));
    },
  };
}

/** Seals short text for ourselves (AES-256-GCM under a key derived from the secret): a place in a journal may hold a name. */
export function veilOf(secret: Uint8Array): { veil(text: string): string; unveil(sealed: string): string } {
  const key = createHmac('sha256', secret).update('gestand/veil/v1').digest();
  return {
    veil: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    unveil: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
