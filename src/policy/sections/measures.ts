import { z } from 'zod';
import { Control, Day, Document, Id, idOf, PromiseId, Term, Text } from './words.ts';

const measureKinds = [
  'confidentiality',
  'passwords',
  'mfa',
  'sso',
  'backups',
  'restore-test',
  'encryption',
  'access-control',
  'access-review',
  'logging',
  'awareness',
  'physical',
  'suppliers',
  'risk-review',
  'audit',
  'standard',
  'other',
] as const;

/** How the data is kept safe (P21–P28): each is a claim, and each needs something that shows it. */
export const Measures = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId,
      kind: z.enum(measureKinds),
      text: Text,
      controls: z.array(Control).default([]).describe('Numbers of ISO 27001:2022 (A.8.13) or ISO 27701:2019 (7.4.5).'),
      shownBy: z
        .array(
          z.strictObject({
            control: idOf('check').describe('Name of what shows it: a check of this program, or a declaration.'),
            kind: z.enum(['check', 'declaration', 'document']),
            evidence: Document.optional(),
          }),
        )
        .default([])
        .describe("What shows that it is so. A check is measured; a declaration is a person's word and expires."),
      periodic: z.boolean().default(false).describe('True when the text says that it happens again and again.'),
      every: Term.optional(),
      last: Day.optional(),
    }),
  )
  .default([]);

/** Other things that the statement asserts. */
export const Claims = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId,
      kind: z.enum([
        'anonymised',
        'location',
        'automatic-deletion',
        'automated-decisions',
        'seal',
        'standard',
        'other',
      ]),
      text: Text,
      evidence: Document.optional(),
      seal: z
        .strictObject({
          issuer: z.string().trim().min(1).optional(),
          scope: Text.optional(),
          date: Day.optional(),
          expires: Day.optional(),
          document: z.string().trim().min(1).optional(),
        })
        .optional(),
    }),
  )
  .default([]);
