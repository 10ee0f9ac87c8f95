/** Two names, one person or two: one rule for all that takes two people. */

/** Names are given by hand: a capital, a space or a dot more is not another person. */
export function samePerson(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.]+/gu, ' ')
    .trim();
