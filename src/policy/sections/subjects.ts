import { z } from 'zod';
import { Id, Text } from './words.ts';

/** Whose data is kept (P03). */
export const Subjects = z.array(z.strictObject({ id: Id, text: Text })).min(1);
