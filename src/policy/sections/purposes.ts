import { z } from 'zod';
import { PurposeTerms } from './vocabulary.ts';
import { Day, Document, Id, idOf, Link, PromiseId, Term, Text } from './words.ts';

const legalBases = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;
const Basis = z.enum(legalBases);

/** A decision by a machine alone (Art. 13(2)(f), 22). */
export const AutomatedDecision = z.strictObject({
  text: Text,
  legalOrSimilarEffect: z.boolean().describe('True makes it a decision of Art. 22.'),
  basis: z.enum(['22(2)(a)', '22(2)(b)', '22(2)(c)']).optional(),
  logic: Text.optional().describe('The procedure and principles that are really applied.'),
  significance: Text.optional(),
  consequences: Text.optional(),
  review: Text.optional().describe('How a person gets a human to look at it (Art. 22(3)).'),
});

/** Why data is kept (P02), in which role (P04), on which basis of Art. 6(1) GDPR. */
export const Purposes = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId.default('P02'),
      text: Text,
      role: z.enum(['controller', 'processor']),
      basis: z
        .union([Basis, z.array(Basis).min(1)])
        .optional()
        .transform((one) => (one === undefined ? [] : Array.isArray(one) ? one : [one]))
        .describe('Art. 6(1) GDPR: one or more. A processor follows its client.'),
      subjects: z.array(idOf('subjects')).min(1),
      data: z.array(idOf('data')).min(1),
      recipients: z.array(idOf('recipients')).default([]).describe('Who receives this data for this purpose.'),
      client: idOf('clients').optional().describe('Processor only: the client whose purpose this is.'),
      openEnded: z
        .boolean()
        .default(false)
        .describe('True when what falls under it is not a complete list; the law wants it complete.'),
      interest: z
        .strictObject({ text: Text, assessment: Document.optional() })
        .optional()
        .describe('The legitimate interest, and the assessment that weighs it (Art. 6(1)(f)).'),
      statute: z
        .array(idOf('law'))
        .default([])
        .describe('The duty behind basis "legal-obligation", by its id in law/.'),
      provision: z
        .strictObject({ required: z.enum(['statute', 'contract', 'no']), consequence: Text.optional() })
        .optional()
        .describe('Whether a person must give the data, and what happens otherwise (Art. 13(2)(e)).'),
      automated: AutomatedDecision.optional(),
      furtherUse: z
        .strictObject({ of: idOf('purposes'), compatibility: Document.optional() })
        .optional()
        .describe('Second use of data collected for another purpose, and why that fits (Art. 6(4)).'),
      marketing: z.boolean().default(false),
      dpia: z
        .strictObject({
          needed: z.boolean(),
          reason: Text.optional().describe('Why no assessment is needed.'),
          assessment: Document.optional(),
          reviewEvery: Term.optional(),
        })
        .optional()
        .describe('Data protection impact assessment (Art. 35).'),
      calls: z
        .strictObject({
          announced: Text.optional().describe('What callers hear before the recording starts.'),
          onHoldExcluded: z.boolean(),
          listeners: Text.optional().describe('Which roles may listen.'),
          objection: Text.optional().describe('How a caller says no.'),
        })
        .optional()
        .describe('Recording of calls (P34).'),
      video: z
        .strictObject({ sign: Text.optional(), publicRoad: z.boolean(), covert: z.boolean() })
        .optional()
        .describe('Cameras (P09): the sign, and whether public road or hidden cameras are involved.'),
      owner: z
        .union([z.string().trim().min(1), Text])
        .optional()
        .describe('Who answers for it: a role, not a name. One text when both languages have the same word.'),
      reviewed: Day.optional(),
      notice: Link.optional(),
      dpv: PurposeTerms,
    }),
  )
  .min(1);
