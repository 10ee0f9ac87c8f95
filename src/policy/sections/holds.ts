import { z } from 'zod';
import { Term, Text } from './words.ts';

/** Who decides that a pending case suspends erasure, and how often that is looked at again. */
export const Holds = z.strictObject({
  decides: Text.optional().describe('Without it the linter warns: someone must decide.'),
  reviewEvery: Term.default('P90D').describe('At most so long between two looks at a hold.'),
  grace: Term.default('P14D').describe('After a release by two people, before what was held may go.'),
});
