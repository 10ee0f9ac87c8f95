/** Conditions as SQL. Agrees with `matches` of the kit on every row; a differential test holds it to that. */
import { sql, type RawBuilder } from 'kysely';
import { instant } from '../../base/time.ts';
import { ConnectorFault, phoneSeparators, type Condition, type Dataset, type Scalar } from '../kit/index.ts';
import { columnOf, type Column, type LiveTable, type Written } from './catalogue.ts';
import { before, handsOf, undated } from './clock.ts';
import type { DialectName } from './dialect.ts';

export interface Scope {
  readonly dialect: DialectName;
  readonly dataset: Dataset;
  readonly table: LiveTable;
  readonly alias: string;
  /** Live tables of other datasets that conditions refer to. */
  readonly others: ReadonlyMap<string, LiveTable>;
}

const no = sql`(1 = 0)`;
const yes = sql`(1 = 1)`;

export function compile(condition: Condition, scope: Scope): RawBuilder<unknown> {
  const { dialect, dataset, table, alias } = scope;
  const column = (name: string) => sql.ref(`${alias}.${columnOf(table, name).name}`);
  const inner = (one: Condition): RawBuilder<unknown> => compile(one, scope);
  switch (condition.is) {
    case 'all':
      return condition.of.length === 0 ? yes : sql`(${sql.join(condition.of.map(inner), sql` and `)})`;
    case 'any':
      return condition.of.length === 0 ? no : sql`(${sql.join(condition.of.map(inner), sql` or `)})`;
    case 'not':
      // Unknown counts as false, so its opposite is true.
      return sql`(${inner(condition.of)} is not true)`;
    case 'before':
    case 'undated': {
      const clock = dataset.clocks[condition.clock];
      if (!clock)
        throw new ConnectorFault('surprise', `dataset "${dataset.id}" has no clock "${condition.clock}"`, {
          retry: false,
          nl: `dataset "${dataset.id}" heeft geen klok "${condition.clock}"`,
        });
      const hands = handsOf(clock, table, alias, dialect);
      return condition.is === 'before' ? before(hands, instant(condition.at)) : undated(hands);
    }
    case 'key': {
      if (condition.oneOf.length === 0) return no;
      const [only, ...more] = dataset.key;
      const equal = (name: string, values: readonly Scalar[]) => {
        const some = isBytes(columnOf(table, name), dialect)
          ? sql`(${column(name)} in (${sql.join(values.map((one) => bindTo(columnOf(table, name), one, dialect)))}))`
          : oneOf(column(name), columnOf(table, name), values.filter(couldStand(table)), dialect);
        return values.includes(null) ? sql`(${some} or ${column(name)} is null)` : some;
      };
      if (only !== undefined && more.length === 0)
        return equal(
          only,
          condition.oneOf.map((key) => key[0] ?? null),
        );
      return sql`(${sql.join(
        condition.oneOf.map(
          (key) =>
            sql`(${sql.join(
              dataset.key.map((name, i) => equal(name, [key[i] ?? null])),
              sql` and `,
            )})`,
        ),
        sql` or `,
      )})`;
    }
    case 'field': {
      const values = condition.oneOf.filter(couldStand(table));
      return oneOf(column(condition.field), columnOf(table, condition.field), values, dialect);
    }
    case 'empty':
      return sql`(${column(condition.field)} is null or ${asText(column(condition.field), dialect)} = '')`;
    case 'subject':
      return ofSubject(condition, scope, column);
    case 'under':
      throw new ConnectorFault('refused', 'a table has no folders', {
        retry: false,
        nl: 'een tabel heeft geen mappen',
      });
    case 'referred': {
      const other = scope.others.get(condition.by.id);
      if (!other)
        throw new ConnectorFault('surprise', `the table of "${condition.by.id}" is not known here`, {
          retry: false,
          nl: `de tabel van "${condition.by.id}" is hier niet bekend`,
        });
      const name = `${alias}r`;
      const joined = Object.entries(condition.join).map(([theirs, ours]) => {
        const [a, b] = [columnOf(other, theirs), columnOf(table, ours)];
        return sameValue([sql.ref(`${name}.${a.name}`), a], [column(ours), b]);
      });
      const where = compile(condition.where, { ...scope, dataset: condition.by, table: other, alias: name });
      return sql`(exists (select 1 from ${other.ref} as ${sql.id(name)} where ${sql.join(joined, sql` and `)} and ${where}))`;
    }
  }
}

/**
 * The column has exactly one of these values. Written so that an index can serve, and so that a host's forgiving collation
 * ("abc" = "ABC ") never makes one item stand for another.
 */
export function oneOf(
  ref: RawBuilder<unknown>,
  column: Column,
  given: readonly Scalar[],
  dialect: DialectName,
): RawBuilder<unknown> {
  const texts = given
    .filter((value) => value !== null)
    .map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  const list = (values: readonly string[]): RawBuilder<unknown> =>
    sql`(${sql.join(values.map((value) => sql`${value}`))})`;
  const { type } = column;
  const whole = /int|serial/.test(type);
  const could = whole ? inRangeOf(type, dialect) : type === 'uuid' ? isUuid : null;
  const values = could ? texts.filter(could) : texts;
  if (values.length === 0) return no;
  if (could)
    return whole && dialect === 'sqlite'
      ? sql`(${ref} in (${sql.join(values.map((value) => sql`${BigInt(value)}`))}))`
      : sql`(${ref} in ${list(values)})`;
  if (isBytes(column, dialect)) {
    // As bytes too: what a row of another table calls by its key.
    const all = [...texts, ...texts.filter(isHex).map((text) => Buffer.from(text, 'hex'))];
    return sql`(${ref} in (${sql.join(all.map((one) => sql`${typeof one === 'string' ? Buffer.from(one) : one}`))}))`;
  }
  if (!/char|text|enum|^$/.test(type) || type === 'citext') return sql`(${asText(ref, dialect)} in ${list(values)})`;
  if (dialect === 'postgres') return sql`(${ref} in ${list(values)})`;
  // A column of another character set has other bytes for the same text.
  const exactly = sql`${dialect === 'mariadb' ? asBytes(ref) : sql`${ref} collate binary`} in ${list(values)}`;
  const about = nearly(ref, column, values);
  return about === null ? sql`(${exactly})` : sql`(${about} and ${exactly})`;
}

/** The same text has the same bytes, whatever its column is written in. */
function asBytes(ref: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`cast(convert(${ref} using utf8mb4) as binary)`;
}

/**
 * A comparison for which an index can serve and that passes no row by that has one of the values; null where there is none.
 * MariaDB refuses a text that the column's character set cannot hold. What it makes of one ("?") finds another row at most, which
 * the exact comparison leaves out. In a set of which two letters may be one of ours (cp932), it could also miss the row.
 */
function nearly(ref: RawBuilder<unknown>, { written }: Column, values: readonly string[]): RawBuilder<unknown> | null {
  const is = (value: RawBuilder<unknown>[]): RawBuilder<unknown> => sql`${ref} in (${sql.join(value)})`;
  if (written === undefined || /^utf(8mb4|16|32)/.test(written.charset) || values.every(isPlain))
    return is(values.map((value) => sql`${value}`));
  const set = /^(ascii|latin1|utf8|utf8mb3|ucs2)$/.exec(written.charset)?.[0];
  return set === undefined ? null : is(values.map((value) => sql`convert(${value} using ${sql.id(set)})`));
}

const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Two columns have the same value, as the host compares; where MariaDB cannot tell by which of the two, by the first, or as bytes. */
export function sameValue(
  [theirs, { written: a }]: readonly [RawBuilder<unknown>, Column],
  [ours, { written: b }]: readonly [RawBuilder<unknown>, Column],
): RawBuilder<unknown> {
  if (!a || !b || decides(a, b)) return sql`${theirs} = ${ours}`;
  return a.charset === b.charset
    ? sql`${theirs} = ${ours} collate ${sql.id(a.collation)}`
    : sql`${asBytes(theirs)} = ${asBytes(ours)}`;
}

/** Whether MariaDB itself knows how to compare two texts: one of them is the wider, or the stricter. */
function decides(a: Written, b: Written): boolean {
  if (a.charset === b.charset)
    return a.collation === b.collation || [a, b].some((one) => one.collation.endsWith('_bin'));
  const some = (set: RegExp): number => [a, b].filter((one) => set.test(one.charset)).length;
  return some(/^ascii$/) > 0 || some(/^(utf|ucs)/) === 1 || some(/^utf8/) === 2;
}

/**
 * Whether a text could stand in this database at all: PostgreSQL refuses a statement that names one which its own character set
 * cannot hold. Left out is only what it surely does not hold: a letter apart from an accent with which it has one sign, which all
 * sets but these write as one, and in LATIN1 what comes after Unicode's first 256. Of anything else PostgreSQL has the last word.
 */
function couldStand({ charset }: Pick<LiveTable, 'charset'>): (value: Scalar) => boolean {
  if (holdsAll(charset) || /^(WIN1258|EUC_JIS_2004|MULE_INTERNAL)$/.test(charset ?? '')) return () => true;
  const beyond = charset === 'LATIN1' ? /[^\0-\xff]/ : /(?!)/;
  return (value) =>
    typeof value !== 'string' ||
    !(beyond.test(value) || (/[\u0300-\u036f]/.test(value) && value !== value.normalize('NFC')));
}

const holdsAll = (charset: string | null): boolean => charset === null || charset === 'UTF8' || charset === 'SQL_ASCII';

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Whether a text is a whole number that a column of this type can hold: all of 64 bits, and of PostgreSQL no more than it has, since that refuses the rest. */
function inRangeOf(type: string, dialect: DialectName): (text: string) => boolean {
  const bits = dialect !== 'postgres' ? 64n : type === 'smallint' ? 16n : type === 'integer' ? 32n : 64n;
  const most = 2n ** (bits - 1n) - 1n;
  // MariaDB counts further in an unsigned column.
  const highest = dialect === 'mariadb' ? 2n ** 64n - 1n : most;
  return (text) => /^-?\d{1,20}$/.test(text) && BigInt(text) >= -most - 1n && BigInt(text) <= highest;
}

export function bind(value: Scalar): RawBuilder<unknown> {
  if (value instanceof Date) return sql`${value.toISOString()}`;
  return sql`${typeof value === 'bigint' ? value.toString() : value}`;
}

/** Bytes that MariaDB and SQLite give as such: an item is named by them in hexadecimal (table.ts). PostgreSQL writes its own as text. */
function isBytes({ type }: Column, dialect: DialectName): boolean {
  return dialect !== 'postgres' && /binary|blob/.test(type);
}

const isHex = (text: string): boolean => /^([0-9a-f]{2})+$/i.test(text);

/** A value of an item's key as its column compares it. */
export function bindTo(column: Column, value: Scalar, dialect: DialectName): RawBuilder<unknown> {
  if (value === null || !isBytes(column, dialect)) return bind(value);
  const text = String(value);
  return sql`${isHex(text) ? Buffer.from(text, 'hex') : Buffer.from(text)}`;
}

export function asText(column: RawBuilder<unknown>, dialect: DialectName): RawBuilder<unknown> {
  return dialect === 'mariadb' ? sql`cast(${column} as char)` : sql`cast(${column} as text)`;
}

function ofSubject(
  condition: Extract<Condition, { is: 'subject' }>,
  scope: Scope,
  column: (name: string) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const keys = scope.dataset.subjects.filter((subject) => subject.kind === condition.kind);
  const spellings = condition.spellings.filter(couldStand(scope.table));
  if (spellings.length === 0) return no;
  const parts = keys.flatMap((key) => {
    // An address column prints with its mask ("192.0.2.1/32") when it is merely cast.
    const address = /^(inet|cidr)$/.test(columnOf(scope.table, key.field).type);
    const lower = address
      ? sql`host(${column(key.field)})`
      : lowered(
          key.match !== 'whole'
            ? asText(column(key.field), scope.dialect)
            : key.kind === 'phone'
              ? joinedUp(asText(column(key.field), scope.dialect), scope.dialect)
              : trimmed(asText(column(key.field), scope.dialect), scope.dialect),
          spellings,
          scope,
        );
    if (key.match === 'whole') return [sql`${lower} in (${sql.join(spellings.map((one) => sql`${one}`))})`];
    return spellings.map((one) => sql`${lower} like ${`%${one.replaceAll(/[!%_]/g, '!$&')}%`} escape '!'`);
  });
  return parts.length === 0 ? no : sql`(${sql.join(parts, sql` or `)})`;
}

/** PostgreSQL trims letter by letter, which on a million rows is seen: where there is no space it need not begin. */
function trimmed(text: RawBuilder<unknown>, dialect: DialectName): RawBuilder<unknown> {
  return dialect === 'postgres'
    ? sql`case when position(' ' in ${text}) > 0 then trim(${text}) else ${text} end`
    : sql`trim(${text})`;
}

/** A number without what people write between its digits. */
function joinedUp(text: RawBuilder<unknown>, dialect: DialectName): RawBuilder<unknown> {
  if (dialect === 'postgres') return sql`translate(${text}, ${phoneSeparators}, '')`;
  return phoneSeparators.split('').reduce((inner, one) => sql`replace(${inner}, ${one}, '')`, text);
}

/**
 * In lower case whatever the alphabet: under the locale "C" PostgreSQL lowers ASCII alone, and MariaDB not what Unicode had no pair for
 * when it learned it; so other letters are named to them. Two have no single pair: "İ" is an i with its dot, "ẞ" the capital of "ß".
 */
function lowered(
  text: RawBuilder<unknown>,
  spellings: readonly string[],
  { dialect, table }: Pick<Scope, 'dialect' | 'table'>,
): RawBuilder<unknown> {
  if (dialect === 'sqlite') return sql`gestand_lower(${text})`;
  const all = spellings.join('');
  const pairs = [...new Set(all)].flatMap((one): [string, string][] => {
    const capital = one === 'ß' ? 'ẞ' : one.toUpperCase();
    // "ς" and "ı" are not what their capitals are lowered to.
    return one > '\u007f' && capital !== one && capital.toLowerCase() === one && capital.length === one.length
      ? [[capital, one]]
      : [];
  });
  const could = couldStand(table);
  const named = pairs.filter(([capital, one]) =>
    dialect === 'mariadb' ? !lowersIt.test(capital) : could(capital) && (one !== 'ß' || holdsAll(table.charset)),
  );
  const dotted = all.includes('i\u0307') && holdsAll(table.charset) ? sql`replace(${text}, 'İ', ${'i\u0307'})` : text;
  if (named.length === 0) return sql`lower(${dotted})`;
  if (dialect === 'mariadb')
    return sql`lower(${named.reduce((inner, [capital, one]) => sql`replace(${inner}, ${capital}, ${one})`, dotted)})`;
  return sql`lower(translate(${dotted}, ${named.map(([capital]) => capital).join('')}, ${named.map(([, one]) => one).join('')}))`;
}

/** Capitals whose small letter every MariaDB knows: of Latin, Greek and Cyrillic, as far as names have them. */
const lowersIt = /^[\u00c0-\u012f\u0131-\u021f\u0386-\u03ab\u0400-\u0481\u1e00-\u1e9d\u1ea0-\u1ef9]$/;

/** Datasets of other tables that a condition refers to. */
export function mentioned(condition: Condition): Dataset[] {
  switch (condition.is) {
    case 'all':
    case 'any':
      return condition.of.flatMap(mentioned);
    case 'not':
      return mentioned(condition.of);
    case 'referred':
      return [condition.by, ...mentioned(condition.where)];
    default:
      return [];
  }
}
