/** What a form sends, read: boxes that may be ticked once, several times or not at all, and an answer that a script put in a field. */
import { z } from 'zod';

/** Any number of values of one name; the browser sends none, one or a list. */
export const several = <T extends z.ZodType>(of: T) =>
  z.preprocess(
    (given) => (given === undefined ? [] : Array.isArray(given) ? (given as unknown[]) : [given]),
    z.array(of),
  );

/** A field that holds JSON; null when it does not. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
