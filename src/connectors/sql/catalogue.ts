/** What really is in the database: identifiers used in statements come from here, never from a profile's text alone. */
import { sql, type RawBuilder } from 'kysely';
import { ConnectorFault, type Dataset } from '../kit/index.ts';
import type { Row, Session } from './dialect.ts';

export interface Column {
  readonly name: string;
  /** The type as the server names it, in lower case. */
  readonly type: string;
  readonly written?: Written;
}

/** Of a text in MariaDB: its character set, and by what it compares. */
export interface Written {
  readonly charset: string;
  readonly collation: string;
}

export interface Partition {
  readonly id: string;
  readonly name: RawBuilder<unknown>;
  /** Bounds as PostgreSQL prints them. */
  readonly from: string;
  readonly to: string;
}

export interface LiveTable {
  readonly schema: string | null;
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** InnoDB, MyISAM …; null elsewhere. */
  readonly engine: string | null;
  /** The character set of the whole database (PostgreSQL). */
  readonly charset: string | null;
  /** The column by whose ranges it is partitioned (PostgreSQL), when it is. */
  readonly partitionedBy: string | null;
  readonly ref: RawBuilder<unknown>;
}

const longest = 63;

/** Looks a table up. Null when it is not there; a fault when its name cannot be used safely. */
export async function liveTable(
  session: Session,
  table: string,
  schema: string | undefined,
): Promise<LiveTable | null> {
  for (const name of [table, schema ?? '']) {
    if (Buffer.byteLength(name) > longest)
      throw new ConnectorFault(
        'refused',
        `an identifier of more than ${longest} bytes: PostgreSQL would shorten it to another table's name`,
        {
          retry: false,
          nl: `een naam van meer dan ${longest} bytes: PostgreSQL zou die inkorten tot de naam van een andere tabel`,
        },
      );
  }
  if (session.dialect === 'postgres') return postgresTable(session, table, schema);
  if (session.dialect === 'mariadb') return mariadbTable(session, table);
  return sqliteTable(session, table);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));

async function postgresTable(session: Session, table: string, schema: string | undefined): Promise<LiveTable | null> {
  const found = await session.run(sql`
    select c.oid::text as oid, n.nspname as schema, c.relname as name, c.relkind as kind, current_setting('server_encoding') as charset
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relname = ${table} and n.nspname = coalesce(${schema ?? null}, current_schema()) and c.relkind in ('r', 'p')`);
  const row = found.rows[0];
  if (!row || text(row['name']) !== table) return null;
  const oid = text(row['oid']);
  const columns = await session.run(sql`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = ${oid}::oid and attnum > 0 and not attisdropped order by attnum`);
  const by = row['kind'] === 'p' ? await postgresPartitionedBy(session, oid) : null;
  return {
    schema: text(row['schema']),
    name: table,
    columns: toColumns(columns.rows),
    engine: null,
    charset: text(row['charset']),
    partitionedBy: by,
    ref: sql.id(text(row['schema']), table),
  };
}

async function postgresPartitionedBy(session: Session, oid: string): Promise<string | null> {
  const key = await session.run(sql`
    select a.attname as name from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
     where p.partrelid = ${oid}::oid and p.partstrat = 'r' and p.partnatts = 1 and p.partattrs[0] <> 0`);
  return key.rows[0] ? text(key.rows[0]['name']) : null;
}

/** Its partitions with both bounds. There may be thousands, and few questions need them. */
export async function partitionsOf(session: Session, { schema, name }: LiveTable): Promise<Partition[]> {
  const parts = await session.run(sql`
    select c.oid::text as id, n.nspname as schema, c.relname as name, c.relkind as kind, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class whole on whole.oid = i.inhparent join pg_namespace home on home.oid = whole.relnamespace
     where home.nspname = ${schema} and whole.relname = ${name} order by c.relname`);
  return parts.rows.flatMap((row): Partition[] => {
    const bound = /^FOR VALUES FROM \('([^']+)'\) TO \('([^']+)'\)$/.exec(text(row['bound']));
    if (!bound?.[1] || !bound[2] || row['kind'] !== 'r') return [];
    return [
      { id: text(row['id']), name: sql.id(text(row['schema']), text(row['name'])), from: bound[1], to: bound[2] },
    ];
  });
}

/**
 * Whether the host decides about each row that is deleted of this table or of one of its partitions: by row-level security, a
 * trigger or a rule. Emptying a partition passes all three by, and takes rows that our account cannot even see.
 */
export async function hostJudgesRows(session: Session, { schema, name }: LiveTable): Promise<boolean> {
  const found = await session.run(sql`
    with whole as (
      select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relname = ${name}),
    those as (select oid from whole union select inhrelid from pg_inherits join whole on inhparent = whole.oid)
    select 1 as one from those join pg_class c on c.oid = those.oid
     where row_security_active(c.oid) or exists (select 1 from pg_rewrite r where r.ev_class = c.oid and r.ev_type = '4')
        or exists (select 1 from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D' and (t.tgtype & 8) <> 0)
     limit 1`);
  return found.rows.length > 0;
}

async function mariadbTable(session: Session, table: string): Promise<LiveTable | null> {
  const found = await session.run(sql`
    select table_name as name, engine as engine from information_schema.tables
     where table_schema = database() and table_name = ${table} and table_type = 'BASE TABLE'`);
  const row = found.rows[0];
  if (!row || text(row['name']) !== table) return null;
  const columns = await session.run(sql`
    select column_name as name, data_type as type, character_set_name as charset, collation_name as collation
      from information_schema.columns where table_schema = database() and table_name = ${table} order by ordinal_position`);
  return {
    schema: null,
    name: table,
    columns: toColumns(columns.rows),
    engine: text(row['engine']),
    charset: null,
    partitionedBy: null,
    ref: sql.id(table),
  };
}

async function sqliteTable(session: Session, table: string): Promise<LiveTable | null> {
  const found = await session.run(sql`select name from sqlite_master where type = 'table' and name = ${table}`);
  if (!found.rows[0]) return null;
  const columns = await session.run(sql`select name, lower(type) as type from pragma_table_info(${table})`);
  return {
    schema: null,
    name: table,
    columns: toColumns(columns.rows),
    engine: null,
    charset: null,
    partitionedBy: null,
    ref: sql.id(table),
  };
}

function toColumns(rows: readonly Row[]): Map<string, Column> {
  return new Map(
    rows.map((row) => [
      text(row['name']),
      {
        name: text(row['name']),
        type: text(row['type']).toLowerCase(),
        ...(row['charset'] ? { written: { charset: text(row['charset']), collation: text(row['collation']) } } : {}),
      },
    ]),
  );
}

/** Names of all tables of the schema, partitions left out. */
export async function allTables(session: Session, schema: string | undefined): Promise<string[]> {
  const names =
    session.dialect === 'postgres'
      ? await session.run(sql`
          select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = coalesce(${schema ?? null}, current_schema()) and c.relkind in ('r', 'p') and not c.relispartition order by 1`)
      : session.dialect === 'mariadb'
        ? await session.run(
            sql`select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' order by 1`,
          )
        : await session.run(
            sql`select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1`,
          );
  return names.rows.map((row) => text(row['name']));
}

/** The table of a dataset with every column that a deed needs present; faults name what is missing. */
export async function tableOf(session: Session, dataset: Dataset, schema: string | undefined): Promise<LiveTable> {
  if (dataset.at.kind !== 'table')
    throw new ConnectorFault('refused', `"${dataset.id}" is not a table`, {
      retry: false,
      nl: `"${dataset.id}" is geen tabel`,
    });
  const table = await liveTable(session, dataset.at.table, dataset.at.schema ?? schema);
  if (!table)
    throw new ConnectorFault('surprise', `table "${dataset.at.table}" is not there`, {
      retry: false,
      nl: `tabel "${dataset.at.table}" is er niet`,
    });
  for (const column of dataset.key) columnOf(table, column);
  return table;
}

export function columnOf(table: LiveTable, name: string): Column {
  const column = table.columns.get(name);
  if (!column)
    throw new ConnectorFault('surprise', `table "${table.name}" has no column "${name}"`, {
      retry: false,
      nl: `tabel "${table.name}" heeft geen kolom "${name}"`,
    });
  return column;
}
