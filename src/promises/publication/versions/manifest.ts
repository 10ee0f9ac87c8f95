/** What a version is made of: every file by its hash. From the hash of that list comes the id. Pure. */
import { z } from 'zod';
import { canonicalJson, sha256Hex } from '../../../crypto/index.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A name that is a name on any disk and in any address. */
const fileName = /^[a-z0-9][a-z0-9.-]{0,99}$/;

export const Manifest = z.strictObject({
  gestand: z.literal(1),
  label: z.string(),
  policy: Hash,
  files: z.record(z.string().regex(fileName), z.strictObject({ sha256: Hash, bytes: z.int().nonnegative() })),
});
export type Manifest = z.infer<typeof Manifest>;

export type Files = ReadonlyMap<string, Uint8Array>;

/** The policy as it was written, beside what was made from it. */
export const policyFile = 'policy.yaml';

export interface Made {
  readonly id: string;
  readonly manifest: string;
  readonly sha256: string;
}

/** The same bytes always give the same id: a draft that was cut off is found again, not made twice. */
export function madeOf(label: string, policyHash: string, files: Files): Made {
  for (const name of files.keys())
    if (!fileName.test(name)) throw new TypeError(`"${name}" is not a name for a published file`);
  const manifest = canonicalJson({
    gestand: 1,
    label,
    policy: policyHash,
    files: Object.fromEntries(
      [...files].map(([name, bytes]) => [name, { sha256: sha256Hex(bytes), bytes: bytes.byteLength }]),
    ),
  });
  return { id: idOf(sha256Hex(manifest), 'v'), manifest, sha256: sha256Hex(manifest) };
}

/** "v-" and the first 80 bits of a hash in Crockford's base 32. */
export function idOf(sha256: string, prefix: string): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const bits = BigInt(`0x${sha256.slice(0, 20)}`);
  const letters = Array.from({ length: 16 }, (_, i) => alphabet[Number((bits >> BigInt(75 - 5 * i)) & 31n)] ?? '0');
  return `${prefix}-${letters.join('')}`;
}
