/** Tables of data, such as the registers, for a spreadsheet: cells that are typed, and text that never is a formula. */
import { stringify } from 'csv-stringify/sync';
import type { Cell as XlsxCell } from 'write-excel-file/node';
import { cleanLines } from './clean.ts';
import { packedSame } from './packed.ts';

export type Cell = string | number | Date | null;

export interface Sheet {
  readonly name: string;
  /** Width in characters. */
  readonly columns: readonly { readonly title: string; readonly width?: number }[];
  /** Columns at the start that stay in sight. */
  readonly fixed?: number;
  readonly rows: readonly (readonly Cell[])[];
}

export type Sheets = readonly Sheet[];

/** Excel holds no more in one cell. */
const most = 32_767;

/** Text is written with the type of text, so a program shows "=1+1" and does not count it. The same sheets give the same bytes. */
export async function xlsx(sheets: Sheets): Promise<Uint8Array> {
  const names = new Set<string>();
  const written = sheets.map((sheet) => {
    const widths = sheet.columns.map(({ title, width }) => width ?? Math.min(Math.max(title.length + 2, 12), 40));
    const titles = sheet.columns.map(({ title }) => title);
    return {
      sheet: nameOf(sheet.name, names),
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
      ...(sheet.fixed === undefined ? {} : { stickyColumnsCount: sheet.fixed }),
      orientation: 'landscape' as const,
      dateFormat: 'yyyy-mm-dd',
      data: [
        titles.map((title): XlsxCell => ({ ...textCell(title), ...head, height: height(titles, widths) })),
        ...sheet.rows.map((row) => {
          const points = height(row, widths);
          return row.map((cell) => xlsxCell(cell, points));
        }),
      ],
    };
  });
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const made = await writeXlsxFile(written, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
  return packedSame(new Uint8Array(made));
}

const head = { fontWeight: 'bold', backgroundColor: '#E6EDEC' } as const;

/** In points, for the fullest cell: not every program finds that out by itself. Excel allows no more than 409. */
function height(row: readonly Cell[], widths: readonly number[]): number {
  const lines = row.map((cell, i) =>
    typeof cell === 'string'
      ? cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / ((widths[i] ?? 12) - 1))), 0)
      : 1,
  );
  return Math.min(409, 15 * Math.max(1, ...lines) + 2);
}

function xlsxCell(cell: Cell, points: number): XlsxCell {
  const place = { alignVertical: 'top', height: points } as const;
  if (cell === null) return null;
  if (typeof cell === 'number') return { value: cell, type: Number, ...place };
  return typeof cell === 'string' ? { ...textCell(cell), height: points } : { value: cell, type: Date, ...place };
}

function textCell(text: string): { value: string; type: StringConstructor; wrap: true; alignVertical: 'top' } {
  const clean = cleanLines(text).replaceAll(/_(?=x[\dA-Fa-f]{4}_)/gu, '_x005F_');
  return {
    value: clean.length > most ? `${clean.slice(0, most - 1)}…` : clean,
    type: String,
    wrap: true,
    alignVertical: 'top',
  };
}

/** Excel refuses a file with a sheet called twice, or by more than 31 characters, or with one of []:*?/\ in it. */
function nameOf(name: string, taken: Set<string>): string {
  const base =
    cleanLines(name)
      .replaceAll(/[[\]:*?/\\\n\t]/gu, ' ')
      .replaceAll(/^'+|'+$/gu, '')
      .trim()
      .slice(0, 31) || '1';
  let free = base;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${base.slice(0, 28)} ${n}`;
  taken.add(free.toLowerCase());
  return free;
}

/**
 * RFC 4180, in UTF-8 with the mark by which Excel knows it. OWASP, "CSV injection": a text that a spreadsheet would count starts
 * with an apostrophe. That goes for a new line and for what follows a semicolon too, where a Dutch Excel starts the next cell.
 */
export function csv(sheet: Sheet): string {
  const rows = [sheet.columns.map(({ title }) => title), ...sheet.rows].map((row) => row.map(csvCell));
  return stringify(rows, { bom: true, record_delimiter: 'windows', quoted_match: /[;\t\n]/u });
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' ? cleanLines(cell).replaceAll(counted, "'") : cell.toISOString().slice(0, 10);
}

/** The place before a formula; apostrophes that are there already do not count, so that one is put before them and taken off again. */
const counted = /^(?=[\t\n])|(?<=^|[;\n\t])(?=[^\S\n\t]*'*[=+\-@＝＋－＠])/gu;

/** The text of a cell as it was before `csv` wrote it. */
export function fromCsvCell(text: string): string {
  return text.replaceAll(/^'(?=[\t\n])|(?<=^|[;\n\t])'(?=[^\S\n\t]*'*[=+\-@＝＋－＠])/gu, '');
}
