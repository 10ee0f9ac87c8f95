/** What makes a change material, as a table: for the documentation, from the rules themselves. */
import { fields, lists } from './fields/index.ts';
import { reasons, type Reason } from './reasons.ts';

export interface MaterialRule {
  /** Key of the policy: "retention[].keep"; of a list, what comes and goes. */
  readonly key: string;
  readonly when: string;
  readonly reason: Reason;
  readonly told: 'before' | 'afterwards';
}

export function materialRules(): MaterialRule[] {
  return [...Object.entries(lists).map(([key, one]) => [`${key}[]`, one] as const), ...Object.entries(fields)].flatMap(
    ([key, { weights = [] }]) => weights.map(({ when, reason }) => ({ key, when, reason, told: reasons[reason].when })),
  );
}
