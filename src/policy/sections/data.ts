import { z } from 'zod';
import { message } from '../../base/yaml-mistakes.ts';
import { DataTerms } from './vocabulary.ts';
import { Id, idOf, PromiseId, Text } from './words.ts';

export const dataKinds = [
  'ordinary',
  'special',
  'criminal',
  'national-number',
  'id-copy',
  'credential',
  'traffic',
  'location',
  'call-recording',
  'video',
  'log',
  'anonymous',
] as const;

/** Which data is kept, as the statement names it (P03); each dataset of the estate belongs to one category. */
export const Data = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId.default('P03'),
      text: Text,
      subjects: z.array(idOf('subjects')).min(1),
      kind: z
        .enum(dataKinds)
        .default('ordinary')
        .describe('What the law sees in it; some kinds need more than a basis.'),
      necessity: Text.optional().describe('Why this data is needed for the purposes that use it (Art. 5(1)(c)).'),
      condition: z
        .strictObject({
          gdpr: z
            .string()
            .regex(
              /^9\(2\)\([a-j]\)$/,
              message({
                nl: 'hier hoort een voorwaarde van art. 9 lid 2, zoals 9(2)(b)',
                en: 'expected a condition of Art. 9(2), such as 9(2)(b)',
              }),
            )
            .optional(),
          national: z
            .string()
            .trim()
            .min(1)
            .optional()
            .describe('Article of the national law, such as "UAVG art. 30(1)(a)".'),
        })
        .optional()
        .describe('What permits special data (Art. 9, UAVG 22-30) or criminal data (Art. 10, UAVG 31-33).'),
      statute: idOf('law')
        .optional()
        .describe('Law that prescribes its use: for a national number or a full ID copy, by its id in law/.'),
      masked: z.boolean().optional().describe('ID copies: national number and photo are made unreadable.'),
      readable: z
        .boolean()
        .optional()
        .describe('Credentials: whether anyone can read them; a hash cannot be read. Left out counts as readable.'),
      openEnded: z
        .boolean()
        .default(false)
        .describe('True when the list of what it holds is not complete; the law wants it complete.'),
      sources: z
        .array(
          z.union([
            z.literal('subject'),
            z.strictObject({
              from: Text,
              inform: z
                .enum(['one-month', 'first-contact', 'first-disclosure'])
                .optional()
                .describe('When the person is told (Art. 14(3)).'),
            }),
          ]),
        )
        .min(1)
        .default(['subject'])
        .describe('Where it comes from; "subject" is the person.'),
      dpv: DataTerms,
    }),
  )
  .min(1);
