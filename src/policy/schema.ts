/** The policy language: one schema, from which come the types, the JSON Schema for editors and the reference page. */
import { z } from 'zod';
import { Data } from './sections/data.ts';
import { Holds } from './sections/holds.ts';
import { Locations } from './sections/locations.ts';
import { Organisation } from './sections/organisation.ts';
import { Purposes } from './sections/purposes.ts';
import { Retention } from './sections/retention.ts';
import { Subjects } from './sections/subjects.ts';

/** One line a section; a new section is one file and one line. */
export const PolicyFile = z.strictObject({
  gestand: z.literal(1).describe('Version of the policy language.'),
  organisation: Organisation,
  subjects: Subjects,
  data: Data,
  purposes: Purposes,
  retention: Retention,
  holds: Holds,
  locations: Locations,
});

export type Policy = z.output<typeof PolicyFile>;
export type RetentionRule = Policy['retention'][number];
