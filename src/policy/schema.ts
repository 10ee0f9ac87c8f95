/** The policy language: one schema, from which come the types, the JSON Schema for editors and the reference page. */
import { z } from 'zod';
import { Data } from './sections/data.ts';
import { Holds } from './sections/holds.ts';
import { Locations } from './sections/locations.ts';
import { Claims, Measures } from './sections/measures.ts';
import { Cookies, Disclosures, Publication, Reasons, Telecom } from './sections/online.ts';
import { Dpo, JointControllers, Organisation, Representative } from './sections/organisation.ts';
import { Purposes } from './sections/purposes.ts';
import { Clients, Recipients } from './sections/recipients.ts';
import { Backups, Retention } from './sections/retention.ts';
import { Complaint, Rights } from './sections/rights.ts';
import { Subjects } from './sections/subjects.ts';
import { Terms } from './sections/terms.ts';

/** One line a section; a new section is one file and one line. */
export const PolicyFile = z.strictObject({
  gestand: z.literal(1).describe('Version of the policy language.'),
  publication: Publication.optional(),
  organisation: Organisation,
  representative: Representative.optional(),
  jointControllers: JointControllers,
  dpo: Dpo.optional(),
  subjects: Subjects,
  data: Data,
  purposes: Purposes,
  recipients: Recipients,
  clients: Clients,
  backups: Backups.optional().describe('Of every rule and term that says no other.'),
  retention: Retention,
  terms: Terms,
  holds: Holds,
  locations: Locations,
  rights: Rights.optional(),
  complaint: Complaint.optional(),
  measures: Measures,
  claims: Claims,
  cookies: Cookies.optional(),
  telecom: Telecom.optional(),
  disclosures: Disclosures,
  reasons: Reasons,
});

/** `backups` stands with each rule and term once it is read. */
export type Policy = Omit<z.output<typeof PolicyFile>, 'backups'>;
/** As it is written: without what the language fills in. */
export type PolicyInput = z.input<typeof PolicyFile>;
export type RetentionRule = Policy['retention'][number];
export type Purpose = Policy['purposes'][number];
export type DataCategory = Policy['data'][number];
export type Recipient = Policy['recipients'][number];
