import { z } from 'zod';
import { Backups } from './retention.ts';
import { Id, idOf, PromiseId, Term, Text } from './words.ts';

/**
 * What the statement says about keeping, and no rule carries out: a person does, or the rule has still to be written.
 * The board shows such a promise as not proven.
 */
export const Terms = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId,
      data: z.array(idOf('data')).min(1),
      text: Text,
      keep: Term.optional(),
      from: idOf('own').optional().describe('The event that starts the term.'),
      startsAt: z.enum(['event', 'end-of-day', 'end-of-month', 'end-of-year']).default('event'),
      criterion: Text.optional().describe('What decides the end, when there is no term (Art. 13(2)(a)).'),
      minimum: idOf('law').optional(),
      maximum: idOf('law').optional(),
      justification: Text.optional(),
      extendedBy: z.strictObject({ consent: idOf('own'), atMost: Term.optional() }).optional(),
      backups: Backups.optional(),
    }),
  )
  .default([]);
