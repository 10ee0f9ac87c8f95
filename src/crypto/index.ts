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
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import canonicalize from 'canonicalize';
import { Fault } from '../base/refusal.ts';

export {
  isCode,
  joinKey,
  lockKey,
  newSealKey,
  openSealed,
  sealTo,
  splitKey,
  unlockKey,
  type SealKey,
} from './sealed.ts';
export { Busy, passwordCost, passwordHasher, type PasswordHasher } from './passwords.ts';

/** RFC 8785 canonical JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Salts of 32 bytes; asking for all at once is many times faster than one by one. */
export function randomSalts(count: number): Uint8Array[] {
  const bytes = randomBytes(32 * count);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

export interface Signer {
  /** The 32 bytes of the Ed25519 public key. */
  readonly publicKey: Uint8Array;
  /** The 64 bytes of the signature over the UTF-8 of this text. */
  sign(text: string): Uint8Array;
}

/** The Ed25519 key in this file (PKCS #8, PEM), made there (0600) when there is none. Refuses a file that others may read. */
export function loadSigner(file: string): Signer {
  const text = loadOrMake(file, () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  });
  const key = createPrivateKey(text);
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Fault({ nl: `de sleutel ${file} is geen Ed25519-sleutel`, en: `the key ${file} is not an Ed25519 key` });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { publicKey: spki.subarray(spki.length - 32), sign: (note) => sign(null, Buffer.from(note), key) };
}

/** A random secret of 32 bytes kept in this file: for handles and seals that nobody else can recompute. */
export function loadSecret(file: string): Uint8Array {
  const secret = Buffer.from(
    loadOrMake(file, () => randomBytes(32).toString('base64')),
    'base64',
  );
  // A short secret would make handles that can be guessed: never go on with a damaged file.
  if (secret.length !== 32)
    throw new Fault({
      nl: `het geheim ${file} is beschadigd: zet het terug uit zijn kopie`,
      en: `the secret ${file} is damaged: put it back from its copy`,
    });
  return secret;
}

function loadOrMake(file: string, make: () => string): string {
  if (!existsSync(file)) writeOnce(file, make());
  if ((statSync(file).mode & 0o077) !== 0)
    throw new Fault({
      nl: `anderen kunnen de sleutel ${file} lezen: doe chmod 600, en reken erop dat hij bekend is`,
      en: `others can read the key ${file}: set its mode to 0600, and consider it known`,
    });
  return readFileSync(file, 'utf8');
}

/** Whole or not at all, and never over another: of two processes that begin at once, both go on with the same key. */
function writeOnce(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${randomBytes(6).toString('hex')}.new`;
  const fd = openSync(made, 'wx', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    linkSync(made, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    unlinkSync(made);
  }
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
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

/**
 * Seals short text for ourselves (AES-256-GCM under a key derived from the secret): a place in a journal may hold a name.
 * What was changed, or sealed under another secret, is refused.
 */
export function veilOf(secret: Uint8Array): { veil(text: string): string; unveil(sealed: string): string } {
  const key = createHmac('sha256', secret).update('gestand/veil/v1').digest();
  // Without its length named, a shortened tag would be taken, and could be guessed.
  const tagged = { authTagLength: 16 };
  return {
    veil: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, tagged);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    unveil: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), tagged);
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
