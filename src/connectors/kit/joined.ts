/** Numbers as people write them. Apart from subject.ts, since whoever compares needs no tables of the world's numbers. */

/** What people write between the digits of a number: "06-12 34 56 78", "+31 (0)6.1234/5678". */
export const phoneSeparators = ' -./()';

/** A number without them: how whole numbers are compared. */
export function joinedUp(text: string): string {
  return text.replaceAll(/[ \-./()]/g, '');
}
