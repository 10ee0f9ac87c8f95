/**
 * What the host's own rules do when a row goes. A foreign key that cascades takes rows of other tables along: rows that no
 * plan showed, and that a hold or a statute may keep. Only tables that the profile lists as part of the item may go so.
 */
import { sql } from 'kysely';
import { ConnectorFault, type Dataset } from '../kit/index.ts';
import type { Session } from './dialect.ts';

/** Names of tables whose rows go with rows of this one, near and far; the table itself when it refers to itself. */
export async function takenAlong(session: Session, schema: string | undefined, table: string): Promise<Set<string>> {
  const taken = new Set<string>();
  const ask = [table];
  for (let next = ask.pop(); next !== undefined; next = ask.pop()) {
    for (const child of await children(session, schema, next)) {
      if (taken.has(child)) continue;
      taken.add(child);
      ask.push(child);
    }
  }
  return taken;
}

async function children(session: Session, schema: string | undefined, table: string): Promise<string[]> {
  const found =
    session.dialect === 'postgres'
      ? await session.run(sql`
          select distinct child.relname as name from pg_constraint f join pg_class parent on parent.oid = f.confrelid
            join pg_namespace n on n.oid = parent.relnamespace join pg_class child on child.oid = f.conrelid
           where f.contype = 'f' and f.confdeltype = 'c' and parent.relname = ${table} and not child.relispartition
             and n.nspname = coalesce(${schema ?? null}, current_schema())`)
      : session.dialect === 'mariadb'
        ? await session.run(sql`
            select distinct if(constraint_schema = database(), table_name, concat(constraint_schema, '.', table_name)) as name
              from information_schema.referential_constraints
             where unique_constraint_schema = database() and referenced_table_name = ${table} and delete_rule = 'CASCADE'`)
        : await session.run(sql`
            select distinct m.name as name from sqlite_master m, pragma_foreign_key_list(m.name) f
             where m.type = 'table' and lower(f."table") = lower(${table}) and upper(f.on_delete) = 'CASCADE'`);
  return found.rows.map((row) => String(row['name']));
}

/** The tables of an item: its own and those of its parts. A deletion does not look at parts of parts. */
function parts(dataset: Dataset): string[] {
  return [dataset, ...dataset.layers.map((layer) => layer.dataset)].flatMap(({ at }) =>
    at.kind === 'table' ? [at.table] : [],
  );
}

/**
 * Tables that would lose rows with this dataset and are no part of it: with its own rows, and with those of its parts beside
 * it, which go first and need not hang on it by a key of the host. Where it is made anonymous only the parts go.
 */
export async function unasked(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  goes: 'whole' | 'parts' = 'whole',
): Promise<string[]> {
  const listed = new Set(parts(dataset));
  const beside = dataset.layers.flatMap((layer) => (layer.dataset.source === dataset.source ? [layer.dataset] : []));
  const taken = new Set<string>();
  for (const { at } of goes === 'whole' ? [dataset, ...beside] : beside) {
    if (at.kind !== 'table') continue;
    for (const name of await takenAlong(session, at.schema ?? schema, at.table)) taken.add(name);
  }
  return [...taken].filter((name) => !listed.has(name)).toSorted();
}

export async function refuseCascade(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  goes?: 'whole' | 'parts',
): Promise<void> {
  const [first] = await unasked(session, schema, dataset, goes);
  if (first !== undefined)
    throw new ConnectorFault(
      'refused',
      `a deletion would take rows of "${first}" along, which the profile does not list as part of "${dataset.id}"`,
      {
        retry: false,
        nl: `een verwijdering zou rijen van "${first}" meenemen, en het profiel noemt die niet als deel van "${dataset.id}"`,
      },
    );
}

/** Tables with a trigger that runs when a row goes: what it writes elsewhere is not seen. */
export async function triggered(session: Session, schema: string | undefined): Promise<Set<string>> {
  const found =
    session.dialect === 'postgres'
      ? await session.run(sql`
          select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
           where not t.tgisinternal and (t.tgtype & 8) <> 0 and n.nspname = coalesce(${schema ?? null}, current_schema())`)
      : session.dialect === 'mariadb'
        ? await session.run(sql`
            select distinct event_object_table as name from information_schema.triggers
             where event_object_schema = database() and event_manipulation = 'DELETE'`)
        : await session.run(
            sql`select distinct tbl_name as name from sqlite_master where type = 'trigger' and lower(sql) like '%delete on%'`,
          );
  return new Set(found.rows.map((row) => String(row['name'])));
}
