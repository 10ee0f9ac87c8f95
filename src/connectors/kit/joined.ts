/** Numbers as people write them. Apart from subject.ts, since whoever compares needs no tables of the world's numbers. */

/** What people write between the digits of a number: "06-12 34 56 78", "+31 (0)6.1234/5678"; the last two a tab and the space of a web page. */
export const phoneSeparators = ' -./()\t\u00a0';

/** A number without them: how whole numbers are compared. */
export function joinedUp(text: string): string {
  return text.replaceAll(/[ \-./()\t\u00a0]/g, '');
}

/** A text without the spaces around it, which nobody sees: how all else that stands alone in a field is compared. */
export function bare(text: string): string {
  return text.replaceAll(/^ +| +$/g, '');
}
