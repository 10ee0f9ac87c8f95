/** Signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint): Ed25519, signature type 1. */
import { createPublicKey, hash, verify } from 'node:crypto';
import type { Hash } from './merkle.ts';
import { problems, Unverified } from './problem.ts';

export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key), in hexadecimal. */
  readonly id: string;
  /** The 32 bytes of the public key. */
  readonly key: Uint8Array;
}

export function keyId(name: string, key: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(1), key]), 'hex').slice(0, 8);
}

/** Base64 in its one standard spelling; `null` for any other, so that no byte can change unseen. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Parses "name+hex8+base64(type ‖ key)"; throws when it is not an Ed25519 verifier key or its id does not fit. */
export function parseKey(vkey: string): VerifierKey {
  const [, name, id, coded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)\n?$/.exec(vkey) ?? [];
  const bytes = fromBase64(coded ?? '');
  if (!name || !id || bytes?.length !== 33 || bytes[0] !== 1) throw new Unverified(problems.notAKey);
  const key = bytes.subarray(1);
  if (keyId(name, key) !== id) throw new Unverified(problems.keyUnfit);
  return { name, id, key };
}

function signatureHolds(key: Uint8Array, text: string, signature: Uint8Array): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

/** The text of a note signed by this key. Unknown signers are passed over; a bad signature of the known one is refused. */
export function openNote(note: string, key: VerifierKey): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note)) throw new Unverified(problems.noteCharacters);
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new Unverified(problems.noSignatures);
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > 100) throw new Unverified(problems.manySignatures);
  let signed = false;
  for (const line of lines) {
    const [, name, coded] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = fromBase64(coded ?? '');
    if (!name || !bytes || bytes.length < 5) throw new Unverified(problems.lineUnsigned);
    if (name !== key.name || bytes.subarray(0, 4).toString('hex') !== key.id) continue;
    if (!signatureHolds(key.key, text, bytes.subarray(4))) throw new Unverified(problems.badSignature);
    signed = true;
  }
  if (!signed) throw new Unverified(problems.otherSigner);
  return text;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
}

/** Checks and reads a checkpoint; its origin must be the name of the key (tlog-checkpoint). Throws when it does not hold. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint {
  const [origin, size, root] = openNote(note, key).split('\n');
  if (!origin || !size || !root || !/^(0|[1-9]\d{0,18})$/.test(size)) throw new Unverified(problems.notACheckpoint);
  if (origin !== key.name) throw new Unverified(problems.otherOrigin);
  const hash = fromBase64(root);
  if (hash?.length !== 32) throw new Unverified(problems.rootLength);
  return { origin, size: BigInt(size), root: hash };
}
