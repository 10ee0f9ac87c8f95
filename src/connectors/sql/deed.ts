/** What a deed is asked, and small pieces that deeds and looks share. */
import { sql, type RawBuilder } from 'kysely';
import { ConnectorFault, type Condition, type Dataset, type DeedOptions, type Guard } from '../kit/index.ts';
import type { LiveTable } from './catalogue.ts';
import type { Hand } from './clock.ts';
import type { Session } from './dialect.ts';
import type { Opened } from './table.ts';

export interface Deed {
  readonly session: Session;
  readonly schema: string | undefined;
  readonly dataset: Dataset;
  readonly where: Condition;
  /** The clock to go along; null when the items are named by key. */
  readonly clock: string | null;
  /** What a row meets to which the deed has not been done: of one that erases, being there says it. Null where nothing can tell. */
  readonly standing: Condition | null;
  readonly options: DeedOptions;
}

export interface Guarded {
  readonly opened: Opened;
  readonly guard: Guard;
  /** Meets the condition, and neither a hold nor a statute keeps it. */
  readonly free: Condition;
}

/** As a limit: in one batch whatever there is. */
export const allAtOnce = Number.MAX_SAFE_INTEGER - 1;

/** How many items a batch takes where each is looked at: they are all in memory, with their fields. */
export function inHand({ options: { limit } }: Deed): number {
  return limit === allAtOnce ? limit : Math.min(limit, 10_000);
}

/** A value of the clock's column as the column's own type, so that comparing it is exact. */
export function typed(hand: Hand, value: string): RawBuilder<unknown> {
  if (hand.dialect === 'postgres') return sql`${value}::${sql.raw(castable(hand.column.type))}`;
  return hand.form === 'epoch-s' || hand.form === 'epoch-ms' ? sql`${Number(value)}` : sql`${value}`;
}

/** Only types that clocks have: nothing from outside becomes part of a statement. */
function castable(type: string): string {
  const known = [
    'timestamp with time zone',
    'timestamp without time zone',
    'date',
    'bigint',
    'integer',
    'numeric',
    'double precision',
    'real',
    'text',
    'character varying',
  ];
  const base = type.replace(/\(\d+(,\d+)?\)/, '');
  const found = known.find((one) => one === base);
  if (!found)
    throw new ConnectorFault('surprise', 'a clock stands in a column of a type that is no time', {
      retry: false,
      nl: 'een klok staat in een kolom van een soort die geen tijd is',
    });
  return found;
}

export function bytesOf(opened: Opened): RawBuilder<unknown> {
  return opened.dataset.bytes === undefined ? sql`0` : sql`coalesce(sum(${sql.ref(`t.${opened.dataset.bytes}`)}), 0)`;
}

export function deleteFrom(opened: Opened, where: RawBuilder<unknown>): RawBuilder<unknown> {
  // MariaDB wants the alias named as what to delete from; the others take it as the table's name.
  return opened.session.dialect === 'mariadb'
    ? sql`delete t from ${opened.table.ref} as t where ${where}`
    : sql`delete from ${opened.table.ref} as t where ${where}`;
}

/** Whether what was done to the table can be undone: in one without transactions (MyISAM) a statement is final at once. */
export function undoes({ engine }: LiveTable): boolean {
  return engine === null || engine === 'InnoDB';
}
