/** A CSV file as spreadsheets write it: any of three separators, three encodings, quoted lines, a title above the header. */
import { parse } from 'csv-parse/sync';
import type { Text } from '../../../../base/language.ts';
import { fromCsvCell } from '../../document/formats/index.ts';

export interface Table {
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  readonly separator: string;
  /** Every record; the first is row 1, as the spreadsheet numbers them. */
  readonly records: readonly (readonly string[])[];
}

export type Opened = { readonly table: Table } | { readonly refused: Text };

export const mostBytes = 20_000_000;

export function openTable(bytes: Uint8Array): Opened {
  if (bytes.length > mostBytes) return refused('Het bestand is groter dan 20 MB.', 'The file is larger than 20 MB.');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return refused(
      'Dit is een werkmap (.xlsx of .ods): sla haar in uw spreadsheet op als CSV.',
      'This is a workbook (.xlsx or .ods): save it as CSV in your spreadsheet.',
    );
  const { text, encoding } = decode(bytes);
  if (text.includes('\0'))
    return refused('Dit is geen tekst: sla het register op als CSV.', 'This is not text: save the register as CSV.');
  const named = /^sep=([;,\t|])\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const separator = named?.[1] ?? separatorOf(body);
  try {
    const records = parse(body, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
    return {
      table: {
        encoding,
        separator,
        records: records.map((record) => record.map(cellText)),
      },
    };
  } catch (cause) {
    const line = (cause as { lines?: number }).lines;
    return refused(
      `Het bestand is geen CSV${line === undefined ? '' : `: kijk bij regel ${line}`} (een aanhalingsteken zonder einde?).`,
      `The file is not CSV${line === undefined ? '' : `: look at line ${line}`} (a quotation mark without an end?).`,
    );
  }
}

/** Runs of blanks become one: they say nothing, and no pattern that reads the cell has to walk them again and again. */
function cellText(cell: string): string {
  const lines = cell
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/(?: ?\n)+ ?/g, '\n');
  return fromCsvCell(lines).trim();
}

function refused(nl: string, en: string): Opened {
  return { refused: { nl, en } };
}

/** UTF-8 unless it cannot be; then what Excel writes on a Western European machine. */
function decode(bytes: Uint8Array): { text: string; encoding: Table['encoding'] } {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return { text: new TextDecoder(a === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/** The separator that stands most often in the first lines, outside quotation marks. */
function separatorOf(text: string): string {
  const counts = new Map([';', ',', '\t', '|'].map((one) => [one, 0]));
  let quoted = false;
  let lines = 0;
  for (const letter of text.slice(0, 20_000)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '\n' && ++lines >= 3) break;
    else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return [...counts].toSorted((x, y) => y[1] - x[1])[0]?.[0] ?? ',';
}
