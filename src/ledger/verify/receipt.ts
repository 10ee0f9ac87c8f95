/** Receipts: C2SP tlog-proof, with the entry and, while they are kept, its salt and details in the "extra" line. */
import { hash } from 'node:crypto';
import { problems, Unverified } from './problem.ts';
import { leafHash, verifyInclusion, type Hash } from './merkle.ts';
import { fromBase64, openCheckpoint, parseKey, type Checkpoint, type VerifierKey } from './note.ts';

const header = 'c2sp.org/tlog-proof@v1';
const longest = 1 << 20;

/** A proof as it stands in its file: nothing of it has been checked. */
export interface Proof {
  readonly extra: Uint8Array | null;
  readonly index: bigint;
  readonly hashes: readonly Hash[];
  /** A signed note. */
  readonly checkpoint: string;
}

export function formatProof(proof: Proof): string {
  return [
    header,
    ...(proof.extra ? [`extra ${Buffer.from(proof.extra).toString('base64')}`] : []),
    `index ${proof.index}`,
    ...proof.hashes.map((one) => Buffer.from(one).toString('base64')),
    '',
    proof.checkpoint,
  ].join('\n');
}

/** Throws when the text is not a tlog-proof. */
export function parseProof(text: string): Proof {
  const split = text.indexOf('\n\n');
  if (split < 0 || text.length > longest) throw new Unverified(problems.noCheckpoint);
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== header) throw new Unverified(problems.noReceipt);
  const coded = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined;
  const extra = coded === undefined ? null : fromBase64(coded);
  if (coded !== undefined && !extra) throw new Unverified(problems.extraCoded);
  const index = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined) throw new Unverified(problems.noIndex);
  const hashes = lines.map((line) => {
    const bytes = fromBase64(line);
    if (bytes?.length !== 32) throw new Unverified(problems.receiptHash);
    return bytes;
  });
  return { extra, index: BigInt(index), hashes, checkpoint: text.slice(split + 2) };
}

/** What the "extra" line carries. The format does not authenticate it: the proof does it for the entry, the entry for the rest. */
export interface Extra {
  /** The entry, byte for byte as it was hashed. */
  readonly entry: string;
  /** 32 bytes in base64. */
  readonly salt?: string;
  /** The canonical JSON (RFC 8785) of the details, exactly as it was committed to. */
  readonly details?: string;
}

/** SHA-256 over a fixed prefix, 32 random bytes and the canonical JSON of the details, in base64. */
export function commitment(salt: Uint8Array, details: string): string {
  if (salt.length !== 32) throw new Error('a commitment is salted with 32 bytes');
  return hash('sha256', Buffer.concat([Buffer.from('gestand/commit/v1\n'), salt, Buffer.from(details)]), 'base64');
}

export interface ReceiptResult extends Checkpoint {
  readonly index: bigint;
  readonly entry: Readonly<Record<string, unknown>>;
  /** `null` when the receipt carries none: they were not kept, or have been erased since. */
  readonly details: unknown;
}

/** Checks a receipt wholly: signature, inclusion, and that entry and details are the ones committed to. Throws when not. */
export function verifyReceipt(text: string, key: string | VerifierKey): ReceiptResult {
  const proof = parseProof(text);
  const checkpoint = openCheckpoint(proof.checkpoint, typeof key === 'string' ? parseKey(key) : key);
  const extra = readExtra(proof.extra);
  const leaf = leafHash(Buffer.from(extra.entry));
  if (!verifyInclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root)) {
    throw new Unverified(problems.notInTree);
  }
  const entry = JSON.parse(extra.entry) as Record<string, unknown>;
  const known = { ...checkpoint, index: proof.index, entry };
  if (extra.details === undefined) return { ...known, details: null };
  const salt = fromBase64(extra.salt ?? '');
  if (!salt || commitment(salt, extra.details) !== entry['c']) throw new Unverified(problems.otherDetails);
  return { ...known, details: JSON.parse(extra.details) as unknown };
}

function readExtra(bytes: Uint8Array | null): Extra {
  if (!bytes) throw new Unverified(problems.noEntry);
  const extra = readJson(bytes);
  if (typeof extra !== 'object' || extra === null) throw new Unverified(problems.noEntry);
  const { entry, salt, details } = extra as Record<string, unknown>;
  const optional = [salt, details].every((one) => one === undefined || typeof one === 'string');
  if (typeof entry !== 'string' || !optional) throw new Unverified(problems.noEntry);
  return extra as Extra;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new Unverified(problems.noEntry, { cause });
  }
}
