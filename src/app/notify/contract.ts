/** What a webhook is sent, as a schema for whoever receives it: from the fields that an entry of the ledger may have, and no others. */
import { z } from 'zod';
import type { Language, Text } from '../../base/language.ts';
import { eventTypes, type EventType, type FieldKind } from '../../ledger/events.ts';
import type { HookContract } from '../../http/openapi.ts';
import { newsKinds, newsTitles, sourceOf, type NewsKind } from './news.ts';

const minute = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)
  .describe('To the minute, in UTC.');

const kinds: Readonly<Record<FieldKind, z.ZodType>> = {
  id: z.string().max(64).describe('An id of the policy or the estate.'),
  opaque: z.string().max(64).describe('A random id.'),
  count: z.number().int().nonnegative(),
  time: minute,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  level: z.enum(['V0', 'V1', 'V2', 'V3', 'V4']),
  state: z.enum(['complete', 'partial', 'stopped', 'running', 'kept', 'at-risk', 'broken', 'not-proven', 'none']),
};

/** The message of this kind. */
export function payloadOf(kind: NewsKind): z.ZodObject {
  const fields: Readonly<Record<string, FieldKind>> = eventTypes[sourceOf[kind] satisfies EventType];
  const leaf = z
    .number()
    .int()
    .nonnegative()
    .describe('Index of the signed entry that it comes from; "gestand evidence prove LEAF" checks it.');
  return z.strictObject({
    type: z.literal(kind),
    timestamp: minute,
    data: z.strictObject({
      leaf,
      ...Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, kinds[of]])),
    }),
  });
}

const titles: Readonly<Record<NewsKind, Text>> = newsTitles;

export const hookContracts = (language: Language): HookContract[] =>
  newsKinds.map((kind) => ({ event: kind, summary: titles[kind][language], payload: payloadOf(kind) }));
