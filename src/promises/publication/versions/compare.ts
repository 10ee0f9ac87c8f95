/** Two texts sentence by sentence: what stands in one only. Pure. */

export interface TextDifference {
  /** "-" stands in the first only, "+" in the second only. */
  readonly sign: '-' | '+';
  readonly text: string;
}

const mostPairs = 4_000_000;

const apart = (sign: '-' | '+', all: readonly string[], other: ReadonlySet<string>): TextDifference[] =>
  all.filter((text) => !other.has(text)).map((text) => ({ sign, text }));

const segmenter = new Intl.Segmenter('nl', { granularity: 'sentence' });

function sentencesOf(blocks: readonly string[]): string[] {
  return blocks.flatMap((block) => [...segmenter.segment(block)].map((one) => one.segment.trim())).filter(Boolean);
}

/** Whether one text stands in the other without a break: a site's menu before and its footer after it do not matter. */
export function holds(served: readonly string[], own: readonly string[]): boolean {
  return ` ${served.join(' ')} `.includes(` ${own.join(' ')} `);
}

/** In reading order. What surrounds the first text within the second counts as "+". */
export function compare(first: readonly string[], second: readonly string[]): TextDifference[] {
  const a = sentencesOf(first);
  const b = sentencesOf(second);
  // A page without end is no statement: then only what stands in one and not in the other.
  if (a.length * b.length > mostPairs) return [...apart('-', a, new Set(b)), ...apart('+', b, new Set(a))];
  // Longest common part (Myers would be faster; a statement has some hundreds of sentences).
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      best[i * width + j] =
        a[i] === b[j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
  const found: TextDifference[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0))) {
      found.push({ sign: '-', text: a[i] ?? '' });
      i += 1;
    } else {
      found.push({ sign: '+', text: b[j] ?? '' });
      j += 1;
    }
  }
  return found;
}

/** What is missing of a statement on a page, and what was put in between its sentences; the site around it left out. */
export function alterations(own: readonly string[], served: readonly string[]): TextDifference[] {
  const all = compare(own, served);
  const page = sentencesOf(served);
  const mine = new Set(sentencesOf(own));
  const start = page.findIndex((one) => mine.has(one));
  const end = page.findLastIndex((one) => mine.has(one));
  const outside = new Set([...page.slice(0, Math.max(0, start)), ...page.slice(end + 1)]);
  return all.filter((one) => one.sign === '-' || !outside.has(one.text));
}
