/** Opaque names: random, never derived from what they name. */
import { randomBytes } from 'node:crypto';

/** "h-3k9x0a7q2m": a prefix that says what it is, and 50 random bits in Crockford's base 32. */
export function opaqueId(prefix: string): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const letters = [...randomBytes(10)].map((byte) => alphabet[byte & 31] ?? '0');
  return `${prefix}-${letters.join('')}`;
}
