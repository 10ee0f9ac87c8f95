/** One row of a register: one activity, or notes and what to do when it is not enough for one. */
import { noted, notRead, remark, said, type At, type Cell } from './at.ts';
import { readTerms } from './keeping.ts';
import { dataIn, readExceptions, readSources, subjectsIn } from './people.ts';
import { clientIn, readTransfers, recipientsIn } from './sharing.ts';
import { basisIn, dpiaIn, interestIn, promiseIn, provisionIn, readMeasures, reviewedIn } from './why.ts';
import { isNothing, isYes, slug } from './words.ts';

export function readRow(at: At): void {
  const named = nameOf(at);
  const filled = (...columns: Parameters<typeof said>[1][]): boolean =>
    said(at, ...columns).some(({ value }) => !isNothing(value) && !isYes(value));
  const lacks = [
    ...(named ? [] : [['name', { nl: 'een doel', en: 'a purpose' }] as const]),
    ...(filled('subjects') ? [] : [['subjects', { nl: 'betrokkenen', en: 'data subjects' }] as const]),
    ...(filled('data', 'special') ? [] : [['data', { nl: 'persoonsgegevens', en: 'personal data' }] as const]),
  ];
  if (!named || lacks.length > 0) {
    const nl = lacks.map(([, word]) => word.nl).join(', ');
    const en = lacks.map(([, word]) => word.en).join(', ');
    const cell: Cell = { column: null, header: '', value: named?.text ?? '' };
    remark(
      at,
      'not-read',
      cell,
      cell.value,
      `Geen verwerking, want zonder ${nl}. Vul dat aan en lees het bestand opnieuw in.`,
      `No activity, since without ${en}. Fill that in and import the file again.`,
    );
    at.draft.left.push({
      row: at.row,
      notes: at.cells.filter(({ value }) => value !== '').map(({ header, value }) => `${header}: ${value}`),
    });
    return;
  }
  readActivity(at, named);
}

function readActivity(at: At, named: { id: string; text: string }): void {
  const client = clientIn(at, named.text);
  const subjects = subjectsIn(at);
  const data = dataIn(at, subjects);
  const recipients = recipientsIn(at, data);
  const { basis, statute } = basisIn(at);
  const id = at.draft.purposes.free(named.id);
  readSources(at, data);
  readExceptions(at, data);
  readTransfers(at, recipients);
  readTerms(at, named.text, data);
  readMeasures(at);
  const rest = {
    promise: promiseIn(at),
    interest: interestIn(at),
    provision: provisionIn(at),
    dpia: dpiaIn(at),
    reviewed: reviewedIn(at),
    owner: ownerIn(at),
  };
  for (const cell of said(at, 'automated'))
    if (!isNothing(cell.value))
      notRead(
        at,
        cell,
        cell.value,
        'Beschrijf dit besluit onder "purposes[].automated".',
        'Describe this decision under "purposes[].automated".',
      );
  at.draft.purposes.all.set(id, {
    id,
    row: at.row,
    text: named.text,
    role: roleIn(at, client),
    client,
    basis: client === null ? basis : [],
    statute,
    subjects,
    data: data.map((one) => one.id),
    recipients: recipients.map((one) => one.id),
    notes: at.notes,
    ...rest,
  });
}

function ownerIn(at: At): string | null {
  const found = said(at, 'owner').filter(({ value }) => !isNothing(value));
  return found.length === 0 ? null : found.map(({ value }) => value.replaceAll('\n', ', ')).join(', ');
}

function roleIn(at: At, client: string | null): 'controller' | 'processor' {
  const cells = said(at, 'role');
  for (const cell of cells) noted(at, cell, cell.value);
  return client !== null || cells.some(({ value }) => /verwerker|processor/i.test(value)) ? 'processor' : 'controller';
}

/** Id and purpose of the row; null when it says neither what is done nor why. What names it otherwise stays as a note. */
function nameOf(at: At): { id: string; text: string } | null {
  const cells = said(at, 'purpose', 'name').filter(({ value }) => !isNothing(value));
  const first = (column: 'purpose' | 'name'): Cell | undefined => cells.find((cell) => cell.column === column);
  const purpose = first('purpose') ?? first('name');
  if (!purpose) return null;
  const text = purpose.value.replaceAll(/\s*\n\s*/g, '; ');
  const name = (first('name') ?? purpose).value;
  for (const cell of cells) if (cell.value !== purpose.value) noted(at, cell, cell.value);
  const ids = said(at, 'id').filter(({ value }) => !isNothing(value));
  const id = ids.map(({ value }) => slug(value)).find((one) => /[a-z]/.test(one));
  for (const cell of ids) if (cell.value !== id) noted(at, cell, cell.value);
  return { id: id ?? slug(name), text };
}
