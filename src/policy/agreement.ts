/** Whether an agreement can be relied on: signed, and not run out (Art. 28(3) GDPR). */
import type { z } from 'zod';
import type { Agreement as AgreementSection } from './sections/recipients.ts';

export type Agreement = z.output<typeof AgreementSection>;
export type AgreementState = 'in-force' | 'not-signed' | 'expired';

/** On this day ("2026-11-24"). An agreement counts from its signature and up to and including its last day. */
export function agreementState(agreement: Agreement, day: string): AgreementState {
  if (agreement.signed === undefined || agreement.signed > day) return 'not-signed';
  return agreement.until !== undefined && agreement.until < day ? 'expired' : 'in-force';
}
