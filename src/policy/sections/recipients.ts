import { z } from 'zod';
import { CountryOnceSaid, Day, Document, Id, idOf, Link, PromiseId, Text } from './words.ts';

/** The clauses that Art. 28(3) GDPR demands of an agreement with a processor. */
export const clauses = [
  'subject-matter',
  'duration',
  'nature-and-purpose',
  'data-types',
  'subject-categories',
  'controller-rights',
  'instructions',
  'confidentiality',
  'security',
  'sub-processors',
  'rights-help',
  'duties-help',
  'return-or-delete',
  'audits',
  'in-writing',
] as const;
export type Clause = (typeof clauses)[number];

export const Agreement = z.strictObject({
  id: Id,
  signed: Day.optional(),
  until: Day.optional(),
  document: Link.optional(),
  clauses: z
    .array(
      z.strictObject({
        clause: z.enum(clauses),
        at: z.string().trim().min(1).describe('Where it stands in the agreement, such as "art. 4.2".'),
        quote: z.string().trim().min(1).optional(),
        reviewer: z.string().trim().min(1).optional(),
      }),
    )
    .default([])
    .describe('Where the agreement has each clause of Art. 28(3).'),
  breachHours: z.int().positive().optional(),
});

const transferMechanisms = [
  '45',
  '46(2)(a)',
  '46(2)(b)',
  '46(2)(c)',
  '46(2)(d)',
  '46(2)(e)',
  '46(2)(f)',
  '46(3)(a)',
  '46(3)(b)',
  '47',
  '49(1)(a)',
  '49(1)(b)',
  '49(1)(c)',
  '49(1)(d)',
  '49(1)(e)',
  '49(1)(f)',
  '49(1)(g)',
  '49(1)-2',
] as const;

/** Who receives data (P15), in which country, under which agreement, and how it is safe outside the EEA (P16). */
export const Recipients = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId.default('P15'),
      text: Text.describe('The category as the statement names it: what they do, not "third parties".'),
      name: z.string().trim().min(1).optional(),
      role: z.enum(['processor', 'sub-processor', 'controller', 'joint-controller', 'authority']),
      country: CountryOnceSaid.default('NL').describe('Where it is; ZZ where you do not know yet: the linter asks.'),
      data: z.array(idOf('data')).min(1).describe('Only what is needed: these categories and no others.'),
      inStatement: z.boolean().default(true).describe('False: in the register, and the statement does not name it.'),
      agreement: Agreement.optional(),
      transfer: z
        .strictObject({
          mechanism: z.enum(transferMechanisms).optional(),
          participant: z
            .boolean()
            .optional()
            .describe(
              'Adequacy for part of a country: this recipient falls under it (DPF certificate, commercial organisation).',
            ),
          copy: Text.optional().describe('How a person gets a copy of the safeguards (Art. 13(1)(f)).'),
          assessment: Document.optional().describe('Transfer impact assessment.'),
        })
        .optional(),
    }),
  )
  .default([]);

/** What a new policy calls a client until its owner gives the name; it must not reach a register. */
export const unnamedClient = 'Naam van uw klant';

/** For whom this organisation is processor (P04; Art. 30(2)). */
export const Clients = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId.default('P04'),
      name: z.string().trim().min(1),
      post: z.string().trim().min(1).optional(),
      email: z.email().optional(),
      dpo: z.string().trim().min(1).optional(),
      representative: z.string().trim().min(1).optional(),
      processing: Text.describe('What is done for this client: the category of processing.'),
      agreement: Agreement.optional(),
      subProcessors: z
        .array(idOf('recipients'))
        .default([])
        .describe('Recipients with role "sub-processor" that this client agreed to.'),
    }),
  )
  .default([]);
