import { z } from 'zod';
import { Text, Zone } from './words.ts';

/** Who makes the promises (P01). */
export const Organisation = z.strictObject({
  name: z.string().trim().min(1),
  post: z.string().trim().min(1).describe('Post address: a person can always write a letter.'),
  email: z.email(),
  zone: Zone.default('Europe/Amsterdam').describe('Days and months are counted in this time zone.'),
  activity: Text.optional(),
});
