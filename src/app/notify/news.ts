/**
 * What happened, for whoever wants to hear: read from the signed ledger, so that nothing is told that did not happen, and what
 * is told can be checked. Entries about a person say nothing, and so are no news.
 */
import { sql } from 'kysely';
import type { Text } from '../../base/language.ts';
import type { EventType } from '../../ledger/events.ts';
import { readEntries } from '../../ledger/store.ts';
import type { OpenWorld } from '../world.ts';

export const newsKinds = [
  'promise.changed',
  'plan.waiting',
  'run.finished',
  'hold.review-overdue',
  'operator.alone',
] as const;
export type NewsKind = (typeof newsKinds)[number];

/** The kind of entry that each comes from. */
export const sourceOf = {
  'promise.changed': 'promise.changed',
  'plan.waiting': 'plan.frozen',
  'run.finished': 'run.finished',
  'hold.review-overdue': 'hold.review-overdue',
  'operator.alone': 'operator.alone',
} as const satisfies Readonly<Record<NewsKind, EventType>>;

export interface News {
  /** Index of the leaf that it comes from: the same for everyone who reads. */
  readonly leaf: number;
  readonly kind: NewsKind;
  readonly at: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

interface Batch {
  readonly news: readonly News[];
  readonly next: number;
  /** There are entries after these. */
  readonly more: boolean;
}

const batch = 256;

/** What came since this reader last read; `settle` says that it was dealt with, in the transaction of what was done with it. */
export async function readNews(world: OpenWorld, reader: string): Promise<Batch> {
  const size = (await world.ledger.checkpoint())?.size ?? 0;
  const { rows } = await sql<{ next: string }>`select next from site.reader where name = ${reader}`.execute(world.db);
  // A reader that is new begins now: nobody wants the mail of last year.
  if (rows[0] === undefined) return { news: [], next: size, more: false };
  const from = Number(rows[0].next);
  const to = Math.min(size, from + batch);
  if (from >= to) return { news: [], next: from, more: false };
  const entries = await readEntries(world.db, BigInt(from), BigInt(to));
  return { news: entries.flatMap((entry, i) => newsOf(from + i, entry.toString('utf8'))), next: to, more: to < size };
}

export async function settle(world: Pick<OpenWorld, 'db'>, reader: string, next: number): Promise<void> {
  await sql`
    insert into site.reader (name, next) values (${reader}, ${next})
    on conflict (name) do update set next = greatest(site.reader.next, excluded.next)`.execute(world.db);
}

function newsOf(leaf: number, text: string): News[] {
  const { t, at, v: _, c: __, ...facts } = JSON.parse(text) as Record<string, string | number>;
  const kind = newsKinds.find((one) => sourceOf[one] === t);
  // A plan in which nothing is due waits for nobody.
  if (kind === undefined || typeof at !== 'string' || (t === 'plan.frozen' && !(Number(facts['due']) > 0))) return [];
  return [{ leaf, kind, at, facts }];
}

export const newsTitles: Readonly<Record<NewsKind, Text>> = {
  'promise.changed': { nl: 'Een belofte veranderde van stand', en: 'A promise changed its state' },
  'plan.waiting': { nl: 'Er is een plan waarin iets aan de beurt is', en: 'There is a plan in which something is due' },
  'run.finished': { nl: 'Een uitvoering is klaar', en: 'A run has ended' },
  'operator.alone': {
    nl: 'Op de opdrachtregel deed één persoon wat er twee vraagt',
    en: 'On the command line one person did what takes two',
  },
  'hold.review-overdue': { nl: 'Een bewaarplicht is te lang niet herzien', en: 'A hold is overdue for review' },
};
