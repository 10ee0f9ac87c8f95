/** Clocks as SQL, and back: how a stored time compares with an instant, and which instant a stored time is. */
import { sql, type RawBuilder } from 'kysely';
import { fromWall, instant, instantFromEpochMs, wallCutoff, type Instant } from '../../base/time.ts';
import { ConnectorFault, type Clock, type Reading } from '../kit/index.ts';
import { columnOf, type Column, type LiveTable } from './catalogue.ts';
import type { DialectName } from './dialect.ts';

type ColumnReading = Extract<Reading, { column: string }>;
type Form = 'instant' | 'local' | 'date' | 'epoch-s' | 'epoch-ms' | 'text';

/** A reading bound to its live column. */
export interface Hand {
  readonly column: Column;
  readonly form: Form;
  readonly ref: RawBuilder<unknown>;
  readonly zone: string;
  readonly dialect: DialectName;
}

export function handsOf(clock: Clock, table: LiveTable, alias: string, dialect: DialectName): Hand[] {
  const readings = clock.readings.filter((one): one is ColumnReading => 'column' in one);
  if (readings.length === 0)
    throw new ConnectorFault('surprise', `clock "${clock.id}" reads no column of table "${table.name}"`, {
      retry: false,
      nl: `klok "${clock.id}" leest geen kolom van tabel "${table.name}"`,
    });
  return readings.map((reading) => {
    const column = columnOf(table, reading.column);
    return {
      column,
      form: formOf(reading.as, column.type, dialect),
      ref: sql.ref(`${alias}.${column.name}`),
      zone: clock.zone,
      dialect,
    };
  });
}

function formOf(as: ColumnReading['as'], type: string, dialect: DialectName): Form {
  if (as !== 'timestamp') return as;
  // There the type of a column is a word: what stands in it is text.
  if (dialect === 'sqlite') return 'text';
  if (type === 'date') return 'date';
  if (type === 'timestamp with time zone' || (dialect === 'mariadb' && type === 'timestamp')) return 'instant';
  return 'local';
}

/** A time as text: a day, or a day and a wall time; one that names a zone of its own is not read here. */
const written =
  '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?)?$';
const writtenTime = new RegExp(written);

/** SQLite has no regular expressions; a session brings this one (dialect.ts). */
export function isWrittenTime(value: unknown): boolean {
  return typeof value === 'string' && writtenTime.test(value);
}

/**
 * True for rows where this hand shows a time at all: zero dates, zero epochs and prose do not, and neither do the first year
 * of the calendar and the end of time, by which programs mean "none".
 */
export function usable(hand: Hand): RawBuilder<unknown> {
  const { ref, form, dialect } = hand;
  if (form === 'epoch-s' || form === 'epoch-ms') return sql`(${ref} > 0)`;
  if (form === 'text') {
    if (dialect === 'sqlite') return sql`(gestand_is_time(${ref}) = 1)`;
    return dialect === 'postgres' ? sql`(${ref} ~ ${written})` : sql`(${ref} regexp ${written})`;
  }
  if (dialect === 'mariadb') return sql`(${ref} >= '1000-01-01')`;
  return sql`(${ref} >= '1000-01-01' and ${ref} < '10000-01-01')`;
}

/** Strictly earlier than `at`. No function stands around the column where an index could serve. */
export function earlier(hand: Hand, at: Instant): RawBuilder<unknown> {
  const { ref, form, zone, dialect } = hand;
  const utc = at.toString({ smallestUnit: 'millisecond' }).replace('T', ' ').replace('Z', '');
  const wall = wallCutoff(at, zone);
  switch (form) {
    case 'instant':
      return dialect === 'postgres' ? sql`(${ref} < ${`${utc}+00`}::timestamptz)` : sql`(${ref} < ${utc})`;
    case 'local':
      return dialect === 'postgres' ? sql`(${ref} < ${wall}::timestamp)` : sql`(${ref} < ${wall})`;
    case 'date':
      // A day without a time of day may mean its last minute.
      return dialect === 'postgres' ? sql`(${ref} < ${wall.slice(0, 10)}::date)` : sql`(${ref} < ${wall.slice(0, 10)})`;
    case 'epoch-s':
      // A whole-number column compares with a whole number: v < 17.2 means v < 18.
      return sql`(${ref} < ${/int/.test(hand.column.type) ? Math.ceil(at.epochMilliseconds / 1000) : at.epochMilliseconds / 1000})`;
    case 'epoch-ms':
      return sql`(${ref} < ${at.epochMilliseconds})`;
    case 'text': {
      // The shortest writing of the moment: a longer one that begins with it is never earlier.
      const moment = wall.replace(/\.000$/, '').replace(/:00$/, '');
      const exact = dialect === 'postgres' ? sql` collate "C"` : sql``;
      const text = sql`replace(${ref}, 'T', ' ')${exact}`;
      return sql`(case when length(${ref}) = 10 then ${ref}${exact} < ${wall.slice(0, 10)} else ${text} < ${moment} end)`;
    }
  }
}

/** The clock has a reading, strictly earlier than `at`. */
export function before(hands: readonly Hand[], at: Instant): RawBuilder<unknown> {
  const [first, ...rest] = hands;
  if (!first) return sql`(1 = 0)`;
  if (rest.length === 0) return sql`(${usable(first)} and ${earlier(first, at)})`;
  const whens = sql.join(
    hands.map((hand) => sql`when ${usable(hand)} then ${earlier(hand, at)}`),
    sql` `,
  );
  return sql`(case ${whens} else false end)`;
}

export function undated(hands: readonly Hand[]): RawBuilder<unknown> {
  return sql`((${sql.join(hands.map(usable), sql` or `)}) is not true)`;
}

/** The instant that a stored value stands for; null when it is none. */
export function read(hand: Pick<Hand, 'form' | 'zone'>, value: unknown): Instant | null {
  if (value === null || value === undefined || value === '') return null;
  const { form, zone } = hand;
  if (form === 'epoch-s' || form === 'epoch-ms') {
    const number = Number(value);
    return Number.isFinite(number) && number > 0
      ? instantFromEpochMs(Math.round(number * (form === 'epoch-s' ? 1000 : 1)))
      : null;
  }
  const text = String(value);
  if (form === 'text' ? !isWrittenTime(text) : !/^[1-9]\d{3}-\d\d-\d\d/.test(text) || text.endsWith('BC')) return null;
  if (form === 'date') return fromWall(`${text.slice(0, 10)} 23:59:59.999`, zone);
  if (form === 'instant') {
    try {
      return instant(`${text.replace(' ', 'T').replace(/[+-]\d\d(:?\d\d)?$/, '')}Z`);
    } catch {
      return null; // not a time after all
    }
  }
  return fromWall(text.length === 10 ? `${text} 23:59:59.999` : text, zone);
}

/** What the clock reads for a row of raw values. */
export function readRow(hands: readonly Hand[], row: Readonly<Record<string, unknown>>): Instant | null {
  for (const hand of hands) {
    const at = read(hand, row[hand.column.name]);
    if (at) return at;
  }
  return null;
}
