/** The parts of the whole statement, in order. A new part is one file and one line. */
import { aboutSection } from './about.ts';
import { automatedSection } from './automated.ts';
import { callsSection, camerasSection } from './calls.ts';
import { complaintSection } from './complaint.ts';
import { cookiesSection } from './cookies.ts';
import { dataSection } from './data.ts';
import { peopleSection } from './people.ts';
import { placesSection } from './places.ts';
import { purposesSection } from './purposes.ts';
import { recipientsSection } from './recipients.ts';
import { retentionSection } from './retention.ts';
import { rightsSection } from './rights.ts';
import type { Section } from './section.ts';
import { othersSection, securitySection } from './security.ts';
import { telecomSection } from './telecom.ts';
import { whoSection } from './who.ts';

export type { Section } from './section.ts';

export const sections: readonly Section[] = [
  whoSection,
  peopleSection,
  purposesSection,
  dataSection,
  retentionSection,
  recipientsSection,
  placesSection,
  callsSection,
  camerasSection,
  telecomSection,
  automatedSection,
  rightsSection,
  complaintSection,
  securitySection,
  cookiesSection,
  othersSection,
  aboutSection,
];
