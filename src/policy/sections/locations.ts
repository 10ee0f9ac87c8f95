import { z } from 'zod';
import { CountryOnceSaid, PromiseId, Text } from './words.ts';

/** Where data may be (P14): countries, or the whole EEA. */
export const Locations = z.strictObject({
  promise: PromiseId.default('P14'),
  allowed: z.array(z.union([z.literal('EEA'), CountryOnceSaid])).min(1),
  text: Text.optional(),
});
