/** Under which heading a finding stands: on the page as the server makes it, and as the editor keeps it up to date. */

export interface Grouped {
  /** "policy" for what keeps the text from being one, or the home from opening with it. */
  readonly rule: string;
  readonly severity: 'E' | 'W' | 'I';
  readonly justification: string | null;
  /** Only the running systems tell it. */
  readonly living: boolean;
}

export const findingGroups = ['mistakes', 'errors', 'living', 'warnings', 'advice', 'justified'] as const;
export type FindingGroup = (typeof findingGroups)[number];

export function groupOf({ rule, severity, justification, living }: Grouped): FindingGroup {
  if (rule === 'policy') return 'mistakes';
  if (severity === 'E') return living ? 'living' : 'errors';
  if (justification !== null) return 'justified';
  return severity === 'W' ? 'warnings' : 'advice';
}
