/** A list in parts: how many at once, and where to go on. */
import { z } from 'zod';
import { doorRefusals } from '../../../http/problem.ts';

const limit = z.coerce.number().int().min(1).max(100).default(50);

/** What the query of a list takes; the cursor is the id of the last one that was given. */
export const Part = z.strictObject({
  limit,
  cursor: z.string().max(64).optional().describe('Goes on after this one: "next" of the answer before.'),
});

/** The part that is asked for of a list that is there whole; `next` is null at its end. */
export function partOf<T>(
  all: readonly T[],
  idOf: (one: T) => string,
  asked: z.output<typeof Part>,
): { readonly part: T[]; readonly next: string | null } {
  const from = asked.cursor === undefined ? 0 : all.findIndex((one) => idOf(one) === asked.cursor) + 1;
  if (asked.cursor !== undefined && from === 0) throw doorRefusals.nothingHere();
  const part = all.slice(from, from + asked.limit);
  const last = part.at(-1);
  return { part, next: last !== undefined && from + part.length < all.length ? idOf(last) : null };
}
