/** One row of the table while it is read: its cells by meaning, and where to say what could not be read. */
import { items, type Item } from './cells.ts';
import type { Draft, Remark } from './draft.ts';
import type { Column } from './headers.ts';
import { isNothing, isYes, type CountryNames } from './words.ts';

export interface Cell {
  /** Null: no register known to us has a column of this name. */
  readonly column: Column | null;
  readonly header: string;
  readonly value: string;
}

export interface At {
  readonly row: number;
  readonly cells: readonly Cell[];
  readonly draft: Draft;
  readonly names: () => CountryNames;
  /** Comments that will stand beside the activity. */
  readonly notes: string[];
}

/** Cells of this meaning that say something. */
export function said({ cells }: At, ...columns: readonly Column[]): Cell[] {
  return cells.filter(({ column, value }) => column !== null && columns.includes(column) && value !== '');
}

/** What cells of this meaning name; a bare "yes" names nothing, and the list asks for it. */
export function named(at: At, ...columns: readonly Column[]): { readonly one: Item; readonly cell: Cell }[] {
  return said(at, ...columns).flatMap((cell) =>
    items(cell.value).flatMap((one) => {
      if (isNothing(one.text)) return [];
      if (!isYes(one.text)) return [{ one, cell }];
      notRead(at, cell, one.whole, 'Welke? Noem ze in deze kolom.', 'Which? Name them in this column.');
      return [];
    }),
  );
}

export function remark(at: At, is: Remark['is'], cell: Cell, value: string, nl: string, en: string): void {
  at.draft.remarks.push({ is, row: at.row, column: cell.header, value, text: { nl, en } });
}

/** What was read by its meaning and not copied keeps its own words beside it. */
export function noted(at: At, cell: Cell, value: string): void {
  const note = `${cell.header}: ${value}`;
  if (!at.notes.includes(note)) at.notes.push(note);
}

/** It stays, as a comment beside the activity, and the list says so. */
export function notRead(at: At, cell: Cell, value: string, nl: string, en: string): void {
  noted(at, cell, value);
  remark(at, 'not-read', cell, value, nl, en);
}
