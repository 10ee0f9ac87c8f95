/** What stands in one cell: several things, each perhaps with the codes that our own export gives it. */

export interface Item {
  /** As it stands there. */
  readonly whole: string;
  /** Without its codes. */
  readonly text: string;
  /** "[customers]". */
  readonly id: string | null;
  /** "{P2Y contract-end}": words, and values by name. */
  readonly words: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

const code = /^(?<text>.*?)\s*(?:\[(?<id>[a-z0-9][a-z0-9-]{0,63})\])?\s*(?:\{(?<codes>[^{}]*)\})?$/s;

function item(whole: string): Item {
  const { text = whole, id, codes = '' } = code.exec(whole)?.groups ?? {};
  const parts = codes.split(/\s+/).filter((part) => part !== '');
  const values = Object.fromEntries(
    parts
      .filter((part) => part.includes('='))
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  return {
    whole,
    text: text.trim() === '' ? whole : text.trim(),
    id: id ?? null,
    words: parts.filter((part) => !part.includes('=')),
    values,
  };
}

/** Lines when there are several or when they carry codes; else what stands between semicolons, else between commas. */
export function items(cell: string): Item[] {
  const lines = cell
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-–•*·]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
  if (lines.length > 1 || lines.some((line) => coded(item(line)))) return lines.map(item);
  const [line = ''] = lines;
  return outside(line, line.includes(';') ? ';' : ',').map(item);
}

/** Lines only: text that may hold commas and semicolons of its own. */
export function lines(cell: string): Item[] {
  return cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(item);
}

export const coded = (one: Item): boolean =>
  one.id !== null || one.words.length > 0 || Object.keys(one.values).length > 0;

/** Split on a mark that does not stand between brackets. */
function outside(text: string, mark: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth = Math.max(0, depth - 1);
    if (letter === mark && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
