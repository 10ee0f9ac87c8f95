import { z } from 'zod';
import { Term, Text } from './words.ts';

/** What the program does where the policy is silent. */
const silent = { reviewEvery: 'P90D', grace: 'P14D' } as const;

/** Who decides that a pending case suspends erasure, and how often that is looked at again. */
export const Holds = z.strictObject({
  decides: Text.optional().describe('Without it the linter warns: someone must decide.'),
  reviewEvery: Term.default(silent.reviewEvery).describe('At most so long between two looks at a hold.'),
  grace: Term.default(silent.grace).describe('After a release by two people, before what was held may go.'),
});

type Holds = z.infer<typeof Holds>;

/**
 * What a statement and a register may say of it. An organisation that names nobody who decides did not write down how it goes
 * about holds: the terms of the program are then not its words, and null.
 */
export function saidOfHolds({ decides, reviewEvery, grace }: Holds): {
  readonly decides: Holds['decides'] | null;
  readonly reviewEvery: string | null;
  readonly grace: string | null;
} {
  const own = (term: string, ours: string): string | null => (decides === undefined && term === ours ? null : term);
  return {
    decides: decides ?? null,
    reviewEvery: own(reviewEvery, silent.reviewEvery),
    grace: own(grace, silent.grace),
  };
}
