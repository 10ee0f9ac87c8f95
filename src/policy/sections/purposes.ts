import { z } from 'zod';
import { Id, Text } from './words.ts';

export const legalBases = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;

/** Why data is kept (P02), in which role (P04), on which basis of Art. 6(1) GDPR. */
export const Purposes = z
  .array(
    z.strictObject({
      id: Id,
      text: Text,
      role: z.enum(['controller', 'processor']),
      basis: z
        .enum(legalBases)
        .optional()
        .describe('Art. 6(1) GDPR; a controller has one, a processor follows its client.'),
      subjects: z.array(Id).min(1),
      data: z.array(Id).min(1),
    }),
  )
  .min(1);
