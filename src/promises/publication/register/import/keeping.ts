/** How long it is kept. A term is read only when it is one plain time; nothing is made up. */
import { besides } from '../storage.ts';
import { notRead, remark, said, type At, type Cell } from './at.ts';
import { coded, lines, type Item } from './cells.ts';
import type { DataDraft, Draft, PurposeDraft } from './draft.ts';
import { about } from './people.ts';
import { slug, termIn, yearEndIn } from './words.ts';

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
  const year = read.event === null ? null : yearEndIn(read.event);
  const event = year === null ? read.event : year.of;
  const from = event === null ? null : slug(event);
  const term = at.draft.terms.of(`${purpose} ${text}`, null, (id) => ({
    id,
    text,
    promise: 'P07',
    data: new Set<string>(),
    keep: read.keep,
    from: from === '' ? null : from,
    startsAt: year === null ? null : 'end-of-year',
    criterion: null,
    minimum: null,
    maximum: null,
    extendedBy: null,
    backups: null,
  }));
  for (const one of data) term.data.add(one.id);
  if (year !== null)
    remark(
      at,
      'check',
      cell,
      whole,
      `Gelezen als ${read.keep} vanaf het einde van een jaar ("startsAt: end-of-year"). ${term.from === null ? 'Van welk jaar? Vul bij "from" aan wat er in dat jaar gebeurt.' : `Het jaar is dat van "${term.from}" ("from"): klopt dat?`}`,
      `Read as ${read.keep} from the end of a year ("startsAt: end-of-year"). ${term.from === null ? 'Of which year? Add at "from" what happens in that year.' : `The year is that of "${term.from}" ("from"): is that right?`}`,
    );
  else if (term.from === null)
    remark(
      at,
      'check',
      cell,
      whole,
      `Gelezen als ${read.keep}; vanaf wanneer loopt het? Vul "from" aan.`,
      `Read as ${read.keep}; from when does it run? Add "from".`,
    );
}

/**
 * The same word in two activities became one kind of data, and what was said of it in one now holds in the other: its term, its
 * people, its source. Whoever adopts this must see it.
 */
export function sharedData(draft: Draft): void {
  const users = new Map<string, PurposeDraft[]>();
  for (const purpose of draft.purposes.all.values())
    for (const id of purpose.data) {
      const known = users.get(id);
      if (known) known.push(purpose);
      else users.set(id, [purpose]);
    }
  const terms = [...draft.terms.all.values()];
  for (const data of draft.data.all.values()) {
    const of = users.get(data.id) ?? [];
    const [, second] = of;
    if (data.column === null || second === undefined) continue;
    const shown = of.slice(0, 3);
    // Two activities may have one purpose: then the row tells them apart.
    const inWords = (rowWord: string): string =>
      shown
        .map(({ text, row }) =>
          of.filter((other) => other.text === text).length > 1 ? `"${text}" (${rowWord} ${row})` : `"${text}"`,
        )
        .join(', ');
    const more = of.length - 3;
    const kept = terms.filter((term) => term.data.has(data.id)).map(({ text }) => `"${text}"`);
    draft.remarks.push({
      is: 'check',
      row: second.row,
      column: data.column,
      value: data.text,
      text: {
        nl: `Gelezen als één gegeven voor ${inWords('rij')}${more > 0 ? ` en nog ${more}` : ''}.${kept.length > 0 ? ` Voor al die verwerkingen geldt nu de termijn ${kept.join(' en ')}.` : ''} Is het niet hetzelfde? Geef het dan bij elke verwerking een eigen naam.`,
        en: `Read as one kind of data for ${inWords('row')}${more > 0 ? ` and ${more} more` : ''}.${kept.length > 0 ? ` For all of those the term ${kept.join(' and ')} now holds.` : ''} Is it not the same? Then give it a name of its own in each activity.`,
      },
    });
  }
}
