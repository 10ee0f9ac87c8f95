/** Signed notes (C2SP signed-note), checkpoints (tlog-checkpoint) and receipts (tlog-proof). Ed25519, signature type 1. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { leafHash, verifyInclusion, type Hash } from './merkle.ts';

export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly key: Uint8Array;
}

/** Key id: the first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key), in hexadecimal. */
export function keyId(name: string, key: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`).update(Buffer.of(1)).update(key).digest('hex').slice(0, 8);
}

/** Parses "name+hex8+base64(type ‖ key)"; throws when it is not an Ed25519 verifier key or its id does not fit. */
export function parseKey(vkey: string): VerifierKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey.trim());
  const [, name, id, coded] = match ?? [];
  const bytes = Buffer.from(coded ?? '', 'base64');
  if (!name || !id || bytes.length !== 33 || bytes[0] !== 1)
    throw new Error('not an Ed25519 verifier key (name+hash+key)');
  const key = bytes.subarray(1);
  if (keyId(name, key) !== id) throw new Error('the verifier key does not fit its own hash');
  return { name, id, key };
}

function checkSignature(key: Uint8Array, text: string, signature: Uint8Array): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

/** The text of a note signed by this key. Unknown signers are passed over; a bad signature of the known one is refused. */
export function openNote(note: string, key: VerifierKey): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note))
    throw new Error('the note holds characters that a note may not have');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new Error('the note has no signatures');
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > 100) throw new Error('the note has too many signatures');
  let found = false;
  for (const line of lines) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line);
    const [, name, coded] = match ?? [];
    if (!name || !coded) throw new Error('the note has a line that is no signature');
    const bytes = Buffer.from(coded, 'base64');
    if (bytes.length < 5) throw new Error('the note has a signature that is too short');
    if (name !== key.name || bytes.subarray(0, 4).toString('hex') !== key.id) continue;
    if (!checkSignature(key.key, text, bytes.subarray(4))) throw new Error('the signature does not verify');
    found = true;
  }
  if (!found) throw new Error('the note is not signed by this key');
  return text;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
}

export function openCheckpoint(note: string, key: VerifierKey): Checkpoint {
  const text = openNote(note, key);
  const [origin, size, root] = text.split('\n');
  if (!origin || !size || !root || !/^(0|[1-9]\d*)$/.test(size))
    throw new Error('the checkpoint is not origin, size and root');
  if (origin !== key.name) throw new Error('the checkpoint is of another origin than its key');
  const hash = Buffer.from(root, 'base64');
  if (hash.length !== 32 || hash.toString('base64') !== root)
    throw new Error('the root of the checkpoint is not 32 bytes');
  return { origin, size: BigInt(size), root: hash };
}

/** What a receipt carries beside the proof; authenticated by the entry's commitment and the entry by the proof. */
export interface Extra {
  readonly entry: string;
  readonly salt?: string;
  /** The canonical JSON of the details, exactly as it was committed to. */
  readonly details?: string;
}

const commitPrefix = 'gestand/commit/v1\n';

/** SHA-256 over a fixed prefix, 32 random bytes and the canonical JSON of the details, in base64. */
export function commitment(salt: Uint8Array, details: string): string {
  return createHash('sha256').update(commitPrefix).update(salt).update(details).digest('base64');
}

export interface ReceiptResult extends Checkpoint {
  readonly index: bigint;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly details: unknown;
}

/** Checks a receipt (tlog-proof) wholly: signature, inclusion, and that entry and details are the ones committed to. */
export function verifyReceipt(text: string, key: VerifierKey): ReceiptResult {
  const split = text.indexOf('\n\n');
  if (split < 0) throw new Error('the receipt has no checkpoint');
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('not a tlog-proof');
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !extraLine) throw new Error('the receipt lacks its entry or its index');
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  const checkpoint = openCheckpoint(text.slice(split + 2), key);
  const extra = JSON.parse(Buffer.from(extraLine.slice(6), 'base64').toString('utf8')) as Extra;
  if (!verifyInclusion(BigInt(index), checkpoint.size, leafHash(Buffer.from(extra.entry)), proof, checkpoint.root)) {
    throw new Error('the entry is not in the tree of this checkpoint');
  }
  const entry = JSON.parse(extra.entry) as Record<string, unknown>;
  if (extra.details === undefined || extra.salt === undefined)
    return { ...checkpoint, index: BigInt(index), entry, details: null };
  if (commitment(Buffer.from(extra.salt, 'base64'), extra.details) !== entry['c'])
    throw new Error('the details are not the ones that were committed to');
  return { ...checkpoint, index: BigInt(index), entry, details: JSON.parse(extra.details) };
}
