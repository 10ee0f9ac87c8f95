import { z } from 'zod';
import { message } from '../../base/yaml-mistakes.ts';
import { Id, idOf, PromiseId, Term, Text } from './words.ts';

export const Backups = z.strictObject({ gone: Term.describe('Latest end of the last backup that holds it.') });

const percentage = message({ nl: 'hier hoort een percentage zoals 25%', en: 'expected a percentage such as 25%' });
const Share = z.string({ error: percentage }).regex(/^(100|\d{1,2})(\.\d+)?%$/, percentage);

/** What goes when (P07–P11), and what keeps it longer. */
export const Retention = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId,
      data: z.array(idOf('data')).min(1).describe('Data categories that this rule governs.'),
      text: Text,
      keep: Term.describe('Kept at most so long after the event.'),
      from: idOf('own').describe(
        'The event that starts the term: a clock that profiles offer, such as call-end or contract-end.',
      ),
      startsAt: z.enum(['event', 'end-of-day', 'end-of-month', 'end-of-year']).default('event'),
      then: z.enum(['erase', 'anonymise', 'review']),
      minimum: idOf('law').optional().describe('Statutory minimum, by its id in law/: nothing goes before it ends.'),
      maximum: idOf('law').optional().describe('Statutory maximum or guideline, by its id in law/.'),
      justification: Text.optional().describe('Why longer than the guideline; needed when it is.'),
      extendedBy: z
        .strictObject({
          consent: idOf('own'),
          atMost: Term.describe('Counted from the same event, whatever the consent says.'),
        })
        .optional(),
      keptWhile: z
        .array(z.strictObject({ data: idOf('data'), minimum: idOf('law') }))
        .optional()
        .describe('Stays while data of that category which refers to it is under its statutory minimum.'),
      backups: Backups.optional(),
      approval: z
        .strictObject({
          standing: z.literal(true),
          by: z.string().trim().min(1),
          until: z.iso.date().optional(),
          atMost: z.strictObject({ items: z.int().positive().optional(), share: Share.optional() }).refine(
            (cap) => cap.items !== undefined || cap.share !== undefined,
            message({
              nl: 'hier hoort een bovengrens: items, share of beide',
              en: 'expected a cap: items, share or both',
            }),
          ),
        })
        .optional()
        .describe('Standing approval with caps; without it, and above a cap, a person approves each plan.'),
    }),
  )
  .min(1);
