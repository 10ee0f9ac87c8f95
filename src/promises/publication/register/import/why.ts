/** Why it is done, what the person is told, and who looks after it. */
import { parseTerm } from '../../../../base/time.ts';
import { bases as baseWords, provisions } from '../../../../policy/phrases.ts';
import type { Purpose } from '../../../../policy/index.ts';
import { noted, notRead, remark, said, type At } from './at.ts';
import { coded, items, lines, type Item } from './cells.ts';
import type { PurposeDraft } from './draft.ts';
import { basesIn, dayIn, isNothing, measureIn } from './words.ts';

type Basis = Purpose['basis'][number];

export function basisIn(at: At): { basis: Basis[]; statute: string[] } {
  const basis = new Set<Basis>();
  const statute: string[] = [];
  for (const cell of said(at, 'basis'))
    for (const one of items(cell.value)) {
      if (isNothing(one.text)) continue;
      const given = (Object.keys(baseWords) as Basis[]).filter((word) => one.words.includes(word));
      if (one.id !== null) statute.push(one.id);
      const found = given.length > 0 ? given : one.id === null ? basesIn(one.text) : [];
      for (const word of found) basis.add(word);
      if (found.length === 0 && one.id === null)
        notRead(
          at,
          cell,
          one.whole,
          'Dit is geen grondslag van artikel 6(1): kies er een voor "basis".',
          'This is no basis of Article 6(1): choose one for "basis".',
        );
      else if (given.length === 0 && one.id === null && !isName(one.text)) noted(at, cell, one.whole);
      if (given.length === 0 && found.includes('legal-obligation') && one.text.length > 30)
        remark(
          at,
          'check',
          cell,
          one.whole,
          'Welke wet is dit? Zet haar id uit law/ in "statute".',
          'Which statute is this? Put its id from law/ in "statute".',
        );
    }
  return { basis: [...basis], statute };
}

/** The bare name of a basis: nothing more was said. */
function isName(text: string): boolean {
  return Object.values(baseWords).some((word) =>
    Object.values(word.text).some((name) => name.toLowerCase() === text.toLowerCase()),
  );
}

export function interestIn(at: At): PurposeDraft['interest'] {
  const found = said(at, 'interest')
    .flatMap((cell) => lines(cell.value))
    .filter((one) => !isNothing(one.text));
  const text = found
    .filter((one) => one.values['document'] === undefined)
    .map((one) => one.text)
    .join(' ');
  return text === '' ? null : { text, assessment: documentIn(found) };
}

function documentIn(found: readonly Item[]): { document: string; date: string } | null {
  const one = found.find(({ values }) => values['document'] !== undefined);
  const document = one?.values['document'];
  const date = one ? dayIn(one.words.join(' ')) : null;
  return document !== undefined && date !== null ? { document, date } : null;
}

export function provisionIn(at: At): PurposeDraft['provision'] {
  for (const cell of said(at, 'provision')) {
    const [first, ...rest] = lines(cell.value);
    if (!first) continue;
    const given = (Object.keys(provisions) as (keyof typeof provisions)[]).find((word) => first.words.includes(word));
    const required =
      given ??
      (/wet|statut|law/i.test(first.text)
        ? 'statute'
        : /overeenkomst|contract/i.test(first.text)
          ? 'contract'
          : isNothing(first.text) && !/vermeld|stated/i.test(first.text)
            ? 'no'
            : null);
    const consequence = rest.map(({ text }) => text).join(' ');
    if (given === undefined && required !== null && !isNothing(first.text)) noted(at, cell, first.whole);
    if (required !== null) return { required, consequence: consequence === '' ? null : consequence };
    if (!isNothing(cell.value))
      notRead(
        at,
        cell,
        cell.value,
        'Moet het van de wet, voor de overeenkomst, of niet? Vul "provision" aan.',
        'Is it demanded by law, for the contract, or not at all? Add "provision".',
      );
  }
  return null;
}

export function dpiaIn(at: At): PurposeDraft['dpia'] {
  for (const cell of said(at, 'dpia')) {
    const found = lines(cell.value);
    const [first] = found;
    if (!first || /^(niet vermeld|not stated)$/i.test(cell.value)) continue;
    const needed = first.words.includes('needed') || /^(ja|yes|nodig|uitgevoerd|needed|done)\b/i.test(first.text);
    const notNeeded =
      first.words.includes('not-needed') ||
      isNothing(first.text) ||
      /^(nee|no|niet nodig|not needed)\b/i.test(first.text);
    if (needed || notNeeded) {
      if (!isNothing(cell.value) && found.some((one) => !coded(one))) noted(at, cell, cell.value);
      const reason = notNeeded ? first.text.replace(/^[^:]*:?\s*/, '') : '';
      return {
        needed: needed && !notNeeded,
        reason: reason === '' ? null : reason,
        reviewEvery: termOr(first.values['every']),
        assessment: documentIn(found),
      };
    }
    notRead(
      at,
      cell,
      cell.value,
      'Is een effectbeoordeling nodig? Vul "dpia.needed" aan, met het document.',
      'Is an impact assessment needed? Add "dpia.needed", with the document.',
    );
  }
  return null;
}

function termOr(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return parseTerm(text);
  } catch {
    return null;
  }
}

export function reviewedIn(at: At): string | null {
  for (const cell of said(at, 'reviewed')) {
    const day = dayIn(cell.value);
    if (day !== null) {
      if (!/^[^{]*\{\d{4}-\d{2}-\d{2}\}$/.test(cell.value)) noted(at, cell, cell.value);
      return day;
    }
    if (!isNothing(cell.value) && !/^(nog niet|not yet)$/i.test(cell.value))
      notRead(
        at,
        cell,
        cell.value,
        'Dit is geen dag: schrijf bijvoorbeeld 2026-11-24.',
        'This is not a day: write 2026-11-24 for example.',
      );
  }
  return null;
}

export function promiseIn(at: At): string | null {
  for (const cell of said(at, 'promise')) {
    const id = /\bP(\d{2}|[1-9]\d{2,3})\b/.exec(cell.value)?.[0];
    if (id !== undefined) {
      if (!cell.value.endsWith(`{${id}}`)) noted(at, cell, cell.value);
      return id;
    }
    notRead(
      at,
      cell,
      cell.value,
      'Dit is geen belofte: schrijf bijvoorbeeld P02.',
      'This is not a promise: write P02 for example.',
    );
  }
  return null;
}

/** Measures hold for the whole register; what we know no kind of stays a note. */
export function readMeasures(at: At): void {
  for (const cell of said(at, 'measures'))
    for (const one of items(cell.value)) {
      if (isNothing(one.text)) continue;
      const [kind, promise] = one.words;
      const guess = kind !== undefined && promise !== undefined ? { kind, promise } : measureIn(one.text);
      if (guess !== null) at.draft.measures.of(one.text, one.id, (id) => ({ id, text: one.text, ...guess }));
      else if (!at.draft.measuresLeft.has(one.text)) {
        at.draft.measuresLeft.add(one.text);
        notRead(
          at,
          cell,
          one.whole,
          'Zet dit onder "measures", met de belofte en wat het laat zien.',
          'Put this under "measures", with its promise and what shows it.',
        );
      }
    }
}
