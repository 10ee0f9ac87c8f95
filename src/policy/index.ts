/** The policy language: parse, check, and what derives from it. Pure. */
import { z } from 'zod';
import { PolicyFile } from './schema.ts';

export { diff, groupTitle, reasons, type Change, type Reason } from './diff/index.ts';
export { materialRules } from './diff/table.ts';
export { agreementState, type Agreement, type AgreementState } from './agreement.ts';
export { documentsNamed, type Named } from './documents.ts';
export { inForce, readLaw, LawFile, type LawBook, type LawSource, type Standard } from './law.ts';
export {
  lint,
  lintRules,
  toSarif,
  type EstateSummary,
  type Finding,
  type LintContext,
  type LintReport,
  type LintRule,
  type Living,
  type Severity,
} from './lint/index.ts';
export { articleText } from './phrases.ts';
export { promiseIds, promisesMade, type Made } from './promises.ts';
export { checkPolicy, parsePolicy, readPolicy, type PolicyParsed } from './read.ts';
export {
  PolicyFile,
  type DataCategory,
  type Policy,
  type Purpose,
  type Recipient,
  type RetentionRule,
} from './schema.ts';
export { saidOfHolds } from './sections/holds.ts';
export { unnamedClient } from './sections/recipients.ts';
export { PromiseId } from './sections/words.ts';
export { inadequate, outsideEea, type Inadequate } from './transfer.ts';

/** The published JSON Schema, for completion in an editor. */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(PolicyFile, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ title: 'Gestand policy', ...schema }, null, 2)}\n`;
}
