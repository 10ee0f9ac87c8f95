/** How long it is kept. A term is read only when it is one plain time; nothing is made up. */
import { besides } from '../storage.ts';
import { notRead, remark, said, type At, type Cell } from './at.ts';
import { coded, lines, type Item } from './cells.ts';
import type { DataDraft } from './draft.ts';
import { about } from './people.ts';
import { slug, termIn } from './words.ts';

export function readTerms(at: At, purpose: string, data: readonly DataDraft[]): void {
  for (const cell of said(at, 'storage')) {
    const found = lines(cell.value);
    const single = found.length === 1 ? found[0] : undefined;
    const parts =
      single && !coded(single) && single.text.includes(';')
        ? single.text.split(';').map((text): Item => ({ ...single, whole: text.trim(), text: text.trim() }))
        : found;
    for (const one of parts) {
      const named = about(one.text, data);
      const byId = data.find(({ id }) => id === one.id);
      if ('id' in one.values) ours(at, one, byId ?? named?.one);
      else if (one.text !== '') free(at, cell, one.whole, purpose, named ? [named.one] : data, named?.rest ?? one.text);
    }
  }
}

/** A line of our own export: it says all of the term by code. */
function ours(at: At, one: Item, data: DataDraft | undefined): void {
  if (!data) return;
  const { values, words } = one;
  const said = about(one.text, [data])?.rest ?? one.text;
  const { text, criterion } = ownWords(said);
  const [consent, atMost] = (values['consent'] ?? '').split('/');
  const term = at.draft.terms.of(values['id'] ?? '', values['id'] ?? null, (id) => ({
    id,
    text,
    promise: values['promise'] ?? 'P07',
    data: new Set<string>(),
    keep: values['keep'] ?? null,
    from: values['after'] ?? null,
    startsAt: words.find((word) => word.startsWith('end-of-')) ?? null,
    criterion,
    minimum: values['min'] ?? null,
    maximum: values['max'] ?? null,
    extendedBy: consent === undefined || consent === '' ? null : { consent, atMost: atMost ?? null },
    backups: values['backups'] ?? null,
  }));
  term.data.add(data.id);
}

function ownWords(text: string): { text: string; criterion: string | null } {
  const heads = Object.values(besides).flatMap((word) => [`; ${word.nl} `, `; ${word.en} `]);
  const cut = (whole: string): string => {
    const ends = heads.map((head) => whole.indexOf(head)).filter((at) => at >= 0);
    return ends.length === 0 ? whole : whole.slice(0, Math.min(...ends));
  };
  const ends = [`; ${besides.ends.nl} `, `; ${besides.ends.en} `].find((head) => text.includes(head));
  return {
    text: cut(text),
    criterion: ends === undefined ? null : cut(text.slice(text.indexOf(ends) + ends.length)),
  };
}

const whys = {
  'no-time': {
    nl: 'Hierin staat geen tijd: noem een termijn met haar begin, of een criterium dat iedereen kan zien ("terms").',
    en: 'There is no time in it: name a term with its start, or a criterion that anyone can see ("terms").',
  },
  'two-times': {
    nl: 'Hierin staat meer dan één tijd: schrijf voor elk gegeven één termijn op een eigen regel ("gegeven: termijn").',
    en: 'There is more than one time in it: write one term for each kind of data on a line of its own ("data: term").',
  },
  'only-minimum': {
    nl: 'Dit is een minimum en geen einde: noem de langste termijn.',
    en: 'This is a minimum and no end: name the longest term.',
  },
} as const;

function free(at: At, cell: Cell, whole: string, purpose: string, data: readonly DataDraft[], text: string): void {
  const read = termIn(text);
  if ('why' in read) {
    notRead(at, cell, whole, whys[read.why].nl, whys[read.why].en);
    return;
  }
  const from = read.event === null ? null : slug(read.event);
  const term = at.draft.terms.of(`${purpose} ${text}`, null, (id) => ({
    id,
    text,
    promise: 'P07',
    data: new Set<string>(),
    keep: read.keep,
    from: from === '' ? null : from,
    startsAt: null,
    criterion: null,
    minimum: null,
    maximum: null,
    extendedBy: null,
    backups: null,
  }));
  for (const one of data) term.data.add(one.id);
  if (term.from === null)
    remark(
      at,
      'check',
      cell,
      whole,
      `Gelezen als ${read.keep}; vanaf wanneer loopt het? Vul "from" aan.`,
      `Read as ${read.keep}; from when does it run? Add "from".`,
    );
}
