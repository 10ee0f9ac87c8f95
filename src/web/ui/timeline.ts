/**
 * Ages against a term: how many items there are of each age, and what is decided of them. A picture for who sees it, and the
 * same figures in a table for who does not; the table is not hidden from anyone.
 */
import { html, nothing, type Html } from '../html.ts';
import { table } from './controls.ts';

/** From the foot of a bar to its top. */
const sorts = ['within', 'due', 'along', 'held', 'kept'] as const;
type Sort = (typeof sorts)[number];

export type Bar = Readonly<Record<Sort, number>> & {
  /** What the bar covers, such as "0–7 days". */
  readonly label: string;
};

export type TimelineWords = Readonly<Record<Sort | 'age' | 'term' | 'figures', string>>;

const height = 180;
const foot = 26;

export function timeline(title: string, bars: readonly Bar[], termAt: number, words: TimelineWords): Html {
  if (bars.length === 0) return nothing;
  const most = Math.max(1, ...bars.map((bar) => sorts.reduce((sum, sort) => sum + bar[sort], 0)));
  const scale = (items: number): number => (items / most) * (height - foot - 18);
  // Across in shares of the width, upward in pixels: the picture is as wide as its place, and its letters are not stretched.
  const across = (bar: number): string => `${((bar * 100) / bars.length).toFixed(2)}%`;
  const present = sorts.filter((sort) => sort === 'within' || sort === 'due' || bars.some((bar) => bar[sort] > 0));
  return html`<figure class="timeline">
    <figcaption>${title}</figcaption>
    <ul class="legend">
      ${present.map((sort) => html`<li><span class="key ${sort}" aria-hidden="true"></span> ${words[sort]}</li>`)}
    </ul>
    <svg height="${height}" aria-hidden="true">
      ${bars.map((bar, i) => stack(bar, across(i + 0.05), across(0.9), scale))}
      <line class="axis" x1="0" x2="100%" y1="${height - foot}" y2="${height - foot}" />
      ${
        termAt < 0 || termAt > bars.length
          ? nothing
          : html`<line class="term" x1="${across(termAt)}" x2="${across(termAt)}" y1="0" y2="${height - foot}" />
              <text class="term" x="${across(termAt)}" dx="4" y="12">${words.term}</text>`
      }
      <text x="0" y="${height - 8}">${bars[0]?.label ?? ''}</text>
      <text x="100%" y="${height - 8}" text-anchor="end">${bars.at(-1)?.label ?? ''}</text>
    </svg>
    <details>
      <summary>${words.figures}</summary>
      ${table(
        title,
        [{ title: words.age }, ...present.map((sort) => ({ title: words[sort], number: true as const }))],
        bars.map((bar) => [bar.label, ...present.map((sort) => bar[sort])]),
      )}
    </details>
  </figure>`;
}

function stack(bar: Bar, x: string, wide: string, scale: (items: number) => number): Html {
  let top = height - foot;
  const part = (sort: Sort): Html => {
    if (bar[sort] === 0) return nothing;
    const tall = Math.max(1.5, scale(bar[sort]));
    top -= tall;
    return html`<rect class="${sort}" x="${x}" y="${top.toFixed(1)}" width="${wide}" height="${tall.toFixed(1)}" />`;
  };
  return html`${sorts.map(part)}`;
}
