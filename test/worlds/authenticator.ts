/** A security key in software (WebAuthn level 3, ES256, no attestation), and the browser around it that says where it is. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Key {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  readonly rpId: string;
  readonly userHandle: Buffer;
  counter: number;
}

export interface Authenticator {
  readonly keys: Key[];
  /** navigator.credentials.create, at this origin. */
  create(options: { challenge: string; rp: { id?: string }; user: { id: string } }, how?: How): unknown;
  /** navigator.credentials.get, with the last key made. */
  get(options: { challenge: string; rpId?: string }, how?: How): unknown;
}

/** What an attacker, or another site, would do differently. */
export interface How {
  readonly origin?: string;
  /** No finger, no PIN. */
  readonly unverified?: boolean;
  /** Goes on from an older count, as a copied key would. */
  readonly counter?: number;
  readonly userHandle?: Buffer;
}

const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();

/** Just enough CBOR (RFC 8949): small integers, byte strings, text and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as number)]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

export function authenticator(site: string): Authenticator {
  const keys: Key[] = [];
  const clientData = (type: string, challenge: string, origin = site): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const flags = (how: How, more = 0): Buffer => Buffer.of(0x01 | (how.unverified === true ? 0 : 0x04) | more);
  const count = (n: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(n);
    return bytes;
  };
  return {
    keys,
    create: (options, how = {}) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const rpId = options.rp.id ?? new URL(site).hostname;
      const userHandle = Buffer.from(options.user.id, 'base64url');
      const key: Key = { id: randomBytes(32), privateKey, rpId, userHandle, counter: 1 };
      keys.push(key);
      const cose = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      );
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, key.id.length), key.id, cose]);
      const authData = Buffer.concat([sha256(rpId), flags(how, 0x40), count(key.counter), credential]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      const id = key.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, how.origin).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get: (options, how = {}) => {
      const key = keys.at(-1);
      if (key === undefined) throw new Error('this authenticator has no key');
      key.counter = how.counter ?? key.counter + 1;
      const authData = Buffer.concat([sha256(key.rpId), flags(how), count(key.counter)]);
      const client = clientData('webauthn.get', options.challenge, how.origin);
      const signature = sign('sha256', Buffer.concat([authData, sha256(client)]), key.privateKey);
      const id = key.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: (how.userHandle ?? key.userHandle).toString('base64url'),
        },
      };
    },
  };
}
