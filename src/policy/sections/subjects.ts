import { z } from 'zod';
import { Id, PromiseId, Text } from './words.ts';

export const subjectKinds = [
  'customer',
  'supplier',
  'prospect',
  'applicant',
  'employee',
  'caller',
  'filmed',
  'website-visitor',
  'partner',
  'member',
  'patient',
  'parent',
  'subscriber',
  'contact',
  'end-user',
  'other',
] as const;

/** Whose data is kept (P03). */
export const Subjects = z
  .array(
    z.strictObject({
      id: Id,
      promise: PromiseId.default('P03'),
      kind: z
        .enum(subjectKinds)
        .default('other')
        .describe('How the law sees this group; the statement has a page for each kind.'),
      text: Text,
    }),
  )
  .min(1);
