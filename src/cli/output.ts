/** What a terminal shows: tables, colours only where someone looks, progress that stays on one line. */
import type { Language, Text } from '../base/language.ts';

export interface Output {
  readonly language: Language;
  readonly json: boolean;
  line(text?: string): void;
  t(text: Text): string;
  /** One JSON value, as the last thing on standard output. */
  result(value: unknown): void;
  /** A document of another format, as the only thing on standard output. */
  document(value: unknown): void;
  paint(text: string, colour: 'green' | 'red' | 'yellow' | 'grey' | 'bold'): string;
  table(head: readonly string[], rows: readonly (readonly string[])[], right?: readonly number[]): void;
  /** A file's bytes on standard output; false when that is a screen, or when JSON was asked for. */
  raw(bytes: Uint8Array): boolean;
  /** A line that is written over by the next; nothing where nobody looks. */
  progress(text: string): void;
}

const codes = { green: 32, red: 31, yellow: 33, grey: 90, bold: 1 } as const;

export function output(options: {
  language: Language;
  json: boolean;
  colour: boolean;
  write?: (text: string) => void;
}): Output {
  const write = options.write ?? ((text: string) => void process.stdout.write(text));
  let open = false;
  const line = (text = ''): void => {
    if (options.json) return;
    write(`${open ? '\r\u001b[2K' : ''}${text}\n`);
    open = false;
  };
  const paint: Output['paint'] = (text, colour) => (options.colour ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
  return {
    language: options.language,
    json: options.json,
    line,
    t: (text) => text[options.language],
    result: (value) => (options.json ? write(`${JSON.stringify(value)}\n`) : undefined),
    document: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    paint,
    table: (head, rows, right = []) => {
      const widths = head.map((name, i) => Math.max(width(name), ...rows.map((row) => width(row[i] ?? ''))));
      const pad = (text: string, i: number): string => {
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(text)));
        return right.includes(i) ? space + text : text + space;
      };
      line(`  ${paint(head.map(pad).join('  ').trimEnd(), 'grey')}`);
      for (const row of rows) line(`  ${row.map(pad).join('  ').trimEnd()}`);
    },
    raw: (bytes) => {
      if (options.write || options.json || process.stdout.isTTY) return false;
      process.stdout.write(bytes);
      return true;
    },
    progress: (text) => {
      if (options.json || !options.colour) return;
      write(`\r\u001b[2K  ${text}`);
      open = true;
    },
  };
}

/** Visible length: colour codes take no room. */
function width(text: string): number {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[\d+m/g, '').length;
}

export function number(value: number, language: Language): string {
  return value.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
}

export function bytes(value: number | null, language: Language): string {
  if (value === null) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, value === 0 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${(value / 1000 ** step).toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step] ?? ''}`;
}

export function day(text: string | null): string {
  return text === null ? '' : text.slice(0, 10);
}

export function seconds(value: number): string {
  return value >= 90 ? `${Math.round(value / 60)} min` : `${Math.max(0, Math.round(value))} s`;
}
