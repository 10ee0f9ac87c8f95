import { z } from 'zod';
import { Link, PromiseId, Term, Text } from './words.ts';

export const rightKinds = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdrawal',
  'human-review',
] as const;

/** What a person may ask (P29–P31), and how. */
export const Rights = z.strictObject({
  list: z
    .array(
      z.strictObject({
        right: z.enum(rightKinds),
        promise: PromiseId.optional(),
        text: Text.optional().describe('In own words; without it the statement explains the right itself.'),
      }),
    )
    .min(1),
  channels: z
    .array(z.enum(['email', 'post', 'phone', 'portal', 'form']))
    .default([])
    .describe('How a person can ask.'),
  answerWithin: Term.optional().describe('P1M: the month of Art. 12(3).'),
  idCopy: z.enum(['never', 'last-resort', 'always']).optional().describe('Whether a copy of an ID is asked.'),
  objection: z
    .strictObject({
      ownBlock: z.boolean().describe('Shown apart from all other information (Art. 21(4)).'),
      subjectMustShow: z
        .boolean()
        .describe('True when the person has to prove something; the law puts that on the controller.'),
      marketingAlways: z.boolean().describe('Objection to marketing is always honoured (Art. 21(3)).'),
    })
    .optional(),
  withdrawal: z.strictObject({ channel: Text }).optional().describe('As easy as giving consent (Art. 7(3)).'),
  portabilityLimited: z
    .boolean()
    .default(true)
    .describe('Said to hold for consent and contract only, or "in some cases" (Art. 20(1)).'),
});

/** Where a person complains (P32). */
export const Complaint = z.strictObject({
  promise: PromiseId.default('P32'),
  authority: z.string().trim().min(1),
  website: Link.optional(),
  text: Text.optional(),
});
