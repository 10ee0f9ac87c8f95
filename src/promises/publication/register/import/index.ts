/** A register that exists as CSV, as sections of a policy, so that nobody types it again. What could not be read is told. */
import { counted } from '../../../../base/wording.ts';
import type { Language, Text } from '../../../../base/language.ts';
import { readYaml, type Problem } from '../../../../base/yaml.ts';
import { PolicyFile } from '../../../../policy/index.ts';
import { noted, type At, type Cell } from './at.ts';
import { emptyDraft, type Draft, type Remark } from './draft.ts';
import { columnOf } from './headers.ts';
import { sharedData } from './keeping.ts';
import { readRow } from './row.ts';
import { openTable, type Table } from './table.ts';
import { countryNames } from './words.ts';
import { toYaml } from './yaml.ts';

export type { Remark } from './draft.ts';

export interface Imported {
  readonly yaml: string;
  readonly language: Language;
  readonly encoding: Table['encoding'];
  readonly separator: string;
  readonly counts: Readonly<Record<(typeof sections)[number], number>>;
  /** In the order of the rows. */
  readonly remarks: readonly Remark[];
  /** Places where the sections are not what the policy language takes; a code that someone changed, say. */
  readonly problems: readonly Problem[];
}

const sections = ['subjects', 'data', 'purposes', 'recipients', 'clients', 'terms', 'measures'] as const;

/** The sections that an import may write; each may be absent. */
export const ImportedSections = PolicyFile.pick({
  subjects: true,
  data: true,
  purposes: true,
  recipients: true,
  clients: true,
  terms: true,
  measures: true,
}).partial();

export function importRegister(bytes: Uint8Array): Imported | { readonly refused: Text } {
  const opened = openTable(bytes);
  if ('refused' in opened) return opened;
  const { records, encoding, separator } = opened.table;
  const found = headerIn(records);
  if (!found)
    return {
      refused: {
        nl: 'Geen rij met kolomnamen gevonden: noem ten minste "Doel", "Betrokkenen" en "Persoonsgegevens".',
        en: 'No row with column names found: name at least "Purpose", "Data subjects" and "Personal data".',
      },
    };
  const draft = emptyDraft(found.language);
  above(draft, records.slice(0, found.at));
  const header = records[found.at] ?? [];
  lacking(draft, header, found.at + 1);
  let known: ReturnType<typeof countryNames> | undefined;
  const names = (): typeof known & object => (known ??= countryNames());
  const unread = new Map<string, Aside>();
  for (const [i, record] of records.slice(found.at + 1).entries()) {
    if (record.every((cell) => cell === '')) continue;
    const row = found.at + i + 2;
    const cells = record.map((value, j): Cell => {
      const title = header[j] ?? '';
      return { column: columnOf(title)?.column ?? null, header: title === '' ? `#${j + 1}` : title, value };
    });
    const at: At = { row, cells, draft, names, notes: [] };
    aside(at, unread);
    readRow(at);
  }
  for (const { column, row, value, values, is } of unread.values())
    draft.remarks.push({
      is: 'not-read',
      row,
      column,
      value,
      text: is === 'organisation' ? ofOrganisation : unknownColumn(values, is === 'systems'),
    });
  sharedData(draft);
  const yaml = toYaml(draft);
  const counts = Object.fromEntries(sections.map((name) => [name, draft[name].all.size])) as Imported['counts'];
  const isEmpty = Object.values(counts).every((count) => count === 0);
  const problems = isEmpty ? [] : readYaml({ name: 'policy-part.yaml', text: yaml }, ImportedSections).problems;
  return {
    yaml,
    language: found.language,
    encoding,
    separator,
    counts,
    remarks: draft.remarks.toSorted((a, b) => a.row - b.row),
    problems,
  };
}

const ofOrganisation: Text = {
  nl: 'Dit gaat over de organisatie zelf: vul het in onder "organisation", "dpo", "representative" of "jointControllers".',
  en: 'This is about the organisation itself: fill it in under "organisation", "dpo", "representative" or "jointControllers".',
};

function unknownColumn(values: number, systems: boolean): Text {
  const own = counted(
    values,
    { nl: 'waarde staat', en: 'value stands as a comment' },
    { nl: 'waarden staan', en: 'values stand as comments' },
  );
  return {
    nl: `Deze kolom hoort bij geen deel van het beleid: ${own.nl} als opmerking bij ${values === 1 ? 'zijn' : 'hun'} verwerking.${systems ? ' Systemen horen in estate.yaml.' : ''}`,
    en: `This column is no part of the policy: ${own.en} with ${values === 1 ? 'its activity' : 'their activities'}.${systems ? ' Systems belong in estate.yaml.' : ''}`,
  };
}

interface Aside {
  readonly column: string;
  readonly row: number;
  /** What stands in the first of them. */
  readonly value: string;
  values: number;
  readonly is: Cell['column'];
}

/** Columns that are no part of an activity: kept as notes, and told once a column; the organisation's own, once a value. */
function aside(at: At, unread: Map<string, Aside>): void {
  for (const cell of at.cells) {
    const { column, header, value } = cell;
    const organisation = column === 'organisation';
    if (value === '' || (column !== null && !organisation && column !== 'systems' && column !== 'status')) continue;
    if (column === 'status' && ownStatus.test(value)) continue;
    if (column === 'systems' && ownSystems.test(value)) continue;
    if (!organisation) noted(at, cell, value);
    const key = organisation ? `${header}\n${value}` : header;
    const known = unread.get(key);
    if (known) known.values += 1;
    else unread.set(key, { column: header, row: at.row, value, values: 1, is: column });
  }
}

/** What our own export derives: there is nothing to read in it. */
const ownStatus = /^(actueel|opnieuw bekijken|nog niet bekeken|current|review due|not yet reviewed)$/i;
const ownSystems = /^(geen systeem aangesloten|no system connected)$/i;

/** The first row in which at least two cells are column names that we know, and the language of most of them. */
function headerIn(records: Table['records']): { at: number; language: Language } | null {
  for (const [at, record] of records.slice(0, 30).entries()) {
    const found = record.flatMap((cell) => columnOf(cell) ?? []);
    if (new Set(found.map(({ column }) => column)).size < 2) continue;
    const english = found.filter(({ language }) => language === 'en').length;
    const dutch = found.filter(({ language }) => language === 'nl').length;
    return { at, language: english > dutch ? 'en' : 'nl' };
  }
  return null;
}

/** Without these columns no row becomes an activity: that is told once, at the names. */
function lacking(draft: Draft, header: readonly string[], row: number): void {
  const known = new Set(header.map((title) => columnOf(title)?.column));
  for (const [columns, nl, en] of [
    [['purpose', 'name'], 'Doel', 'Purpose'],
    [['subjects'], 'Betrokkenen', 'Data subjects'],
    [['data', 'special'], 'Persoonsgegevens', 'Personal data'],
  ] as const)
    if (!columns.some((column) => known.has(column)))
      draft.remarks.push({
        is: 'not-read',
        row,
        column: '',
        value: '',
        text: {
          nl: `Geen kolom heeft een naam die "${nl}" betekent. Noem haar zo en lees het bestand opnieuw in.`,
          en: `No column has a name that means "${en}". Call it so and import the file again.`,
        },
      });
}

/** A title above the table is told, not lost. */
function above(draft: Draft, records: Table['records']): void {
  for (const [i, record] of records.entries()) {
    const value = record.filter((cell) => cell !== '').join(' · ');
    if (value === '') continue;
    draft.remarks.push({
      is: 'not-read',
      row: i + 1,
      column: '',
      value,
      text: record.some((cell) => columnOf(cell)?.column === 'organisation')
        ? ofOrganisation
        : {
            nl: 'Dit staat boven de kolomnamen en hoort bij geen verwerking.',
            en: 'This stands above the column names and belongs to no activity.',
          },
    });
  }
}
