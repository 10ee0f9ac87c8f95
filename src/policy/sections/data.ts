import { z } from 'zod';
import { Id, Text } from './words.ts';

/** Which data is kept, as the statement names it; each dataset of the estate belongs to one category. */
export const Data = z.array(z.strictObject({ id: Id, text: Text, subjects: z.array(Id).min(1) })).min(1);
