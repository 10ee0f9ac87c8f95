import { z } from 'zod';
import { Country, Day, Id, Link, PromiseId, Text, Zone } from './words.ts';

const Contact = {
  name: z.string().trim().min(1),
  post: z.string().trim().min(1).optional(),
  email: z.email().optional(),
  phone: z.string().trim().min(3).optional(),
};

/** Who makes the promises (P01). */
export const Organisation = z.strictObject({
  promise: PromiseId.default('P01'),
  name: z.string().trim().min(1),
  post: z.string().trim().min(1).optional().describe('Post address: a person can always write a letter.'),
  email: z.email().optional(),
  phone: z.string().trim().min(3).optional(),
  website: Link.optional(),
  country: Country.default('NL').describe(
    'Where the organisation is established; outside the EEA it needs a representative (Art. 27).',
  ),
  zone: Zone.default('Europe/Amsterdam').describe('Days and months are counted in this time zone.'),
  activity: Text.optional(),
  registration: z.string().trim().min(1).optional().describe('Number in the trade register.'),
  telecomProvider: z
    .boolean()
    .default(false)
    .describe('Offers a public telephone or internet service (chapter 11 Tw).'),
  publicBody: z.boolean().default(false),
  children: z
    .strictObject({ offered: z.boolean(), text: Text.optional() })
    .optional()
    .describe('Whether a service is offered to children under 16, and what the statement says about that (Art. 8).'),
});

/** Representative in the EU of an organisation outside the EEA (Art. 27). */
export const Representative = z.strictObject(Contact);

/** Others with whom this organisation decides why and how (Art. 26). */
export const JointControllers = z
  .array(
    z.strictObject({
      ...Contact,
      id: Id,
      arrangement: Link.optional().describe('Where a person reads the essence of the arrangement (Art. 26(2)).'),
    }),
  )
  .default([]);

/** Data protection officer (P33; Art. 37). */
export const Dpo = z.strictObject({
  promise: PromiseId.default('P33'),
  name: z.string().trim().min(1).optional(),
  external: z.boolean().default(false),
  email: z.email().optional(),
  post: z.string().trim().min(1).optional(),
  phone: z.string().trim().min(3).optional(),
  ground: z
    .enum(['public-body', 'large-scale-monitoring', 'large-scale-special-data', 'voluntary', 'other'])
    .optional()
    .describe('Why there is one: Art. 37(1)(a), (b), (c), or voluntarily (37(4)).'),
  groundText: Text.optional(),
  registration: z
    .strictObject({ number: z.string().trim().min(1), date: Day })
    .optional()
    .describe('Number that the supervisory authority gave, and when (Art. 37(7)).'),
});
