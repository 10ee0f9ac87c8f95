/** Every check there is. */
import { agreementClauses, clientAgreements } from './agreements.ts';
import type { Check } from './check.ts';
import { declaredData, hostWarnings, locations } from './estate.ts';
import {
  backupHorizon,
  contact,
  controlMapping,
  idCopyTerms,
  onlyNecessary,
  recipientsInside,
  reviewDates,
  sealDates,
} from './policy.ts';

import { registers } from './registers.ts';
import { peopleSigned, peopleTwoFactors } from './people.ts';
import { published, served, told, visited } from './statement.ts';

export { purposeless } from './estate.ts';
export type { Check, Facts, Outcome } from './check.ts';
export { lawCheck, lawId, rulesOf } from './law.ts';

export const checks: readonly Check[] = [
  contact,
  declaredData,
  hostWarnings,
  registers,
  idCopyTerms,
  recipientsInside,
  locations,
  agreementClauses,
  clientAgreements,
  onlyNecessary,
  backupHorizon,
  reviewDates,
  sealDates,
  controlMapping,
  published,
  told,
  served,
  visited,
  peopleSigned,
  peopleTwoFactors,
];
