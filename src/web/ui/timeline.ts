/**
 * Ages against a term: how many items there are of each age, up to the term, past it, and held. A picture for who sees it, and
 * the same figures in a table for who does not; the table is not hidden from anyone.
 */
import { html, nothing, type Html } from '../html.ts';
import { table } from './controls.ts';

export interface Bar {
  /** What the bar covers, such as "0–7 days". */
  readonly label: string;
  readonly within: number;
  readonly past: number;
  readonly held: number;
}

export interface TimelineWords {
  readonly age: string;
  readonly within: string;
  readonly past: string;
  readonly held: string;
  readonly term: string;
  readonly figures: string;
}

const width = 640;
const height = 180;
const foot = 26;

export function timeline(title: string, bars: readonly Bar[], termAt: number, words: TimelineWords): Html {
  if (bars.length === 0) return nothing;
  const most = Math.max(1, ...bars.map((bar) => bar.within + bar.past + bar.held));
  const step = width / bars.length;
  const scale = (items: number): number => (items / most) * (height - foot - 18);
  const keys = [
    ['within', words.within],
    ['past', words.past],
    ['held', words.held],
  ] as const;
  return html`<figure class="timeline">
    <figcaption>${title}</figcaption>
    <ul class="legend">
      ${keys.map(([key, text]) => html`<li><span class="key ${key}" aria-hidden="true"></span> ${text}</li>`)}
    </ul>
    <svg viewBox="0 0 ${width} ${height}" aria-hidden="true" preserveAspectRatio="none">
      ${bars.map((bar, i) => stack(bar, i * step, step, scale))}
      <line class="axis" x1="0" x2="${width}" y1="${height - foot}" y2="${height - foot}" />
      ${
        termAt < 0 || termAt > bars.length
          ? nothing
          : html`<line class="term" x1="${termAt * step}" x2="${termAt * step}" y1="0" y2="${height - foot}" />
              <text class="term" x="${Math.min(termAt * step + 4, width - 60)}" y="12">${words.term}</text>`
      }
      <text x="0" y="${height - 8}">${bars[0]?.label ?? ''}</text>
      <text x="${width}" y="${height - 8}" text-anchor="end">${bars.at(-1)?.label ?? ''}</text>
    </svg>
    <details>
      <summary>${words.figures}</summary>
      ${table(
        title,
        [
          { title: words.age },
          { title: words.within, number: true },
          { title: words.past, number: true },
          { title: words.held, number: true },
        ],
        bars.map((bar) => [bar.label, bar.within, bar.past, bar.held]),
      )}
    </details>
  </figure>`;
}

function stack(bar: Bar, x: number, step: number, scale: (items: number) => number): Html {
  let top = height - foot;
  const part = (kind: 'within' | 'past' | 'held', items: number): Html => {
    if (items === 0) return nothing;
    const tall = Math.max(1.5, scale(items));
    top -= tall;
    return html`<rect
      class="${kind}"
      x="${(x + 1).toFixed(1)}"
      y="${top.toFixed(1)}"
      width="${Math.max(1, step - 2).toFixed(1)}"
      height="${tall.toFixed(1)}"
    />`;
  };
  return html`${part('within', bar.within)}${part('past', bar.past)}${part('held', bar.held)}`;
}
