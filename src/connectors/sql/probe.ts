/** What is there that no profile lists, and whether the rights are the least that will do. */
import { sql } from 'kysely';
import { ConnectorFault, finding, type Dataset, type Finding, type ProbeReport } from '../kit/index.ts';
import { triggered, unasked } from './cascade.ts';
import { allTables, liveTable } from './catalogue.ts';
import type { Session } from './dialect.ts';

export async function probe(
  readSession: Session,
  eraseSession: Session | null,
  schema: string | undefined,
  datasets: readonly Dataset[],
  nonPersonal: readonly string[] = [],
): Promise<ProbeReport> {
  const findings: Finding[] = [];
  const find: Find = (kind, dataset, nl, en) => void findings.push(finding(kind, dataset, { nl, en }, null));
  const listed = new Set<string>();
  const triggers = await triggered(readSession, schema);
  for (const dataset of datasets) {
    if (dataset.at.kind !== 'table') continue;
    const table = await liveTable(readSession, dataset.at.table, dataset.at.schema ?? schema);
    if (!table) {
      find(
        'missing-dataset',
        dataset.id,
        `tabel "${dataset.at.table}" is er niet; zeg dat met notUsed als deze installatie haar niet heeft`,
        `table "${dataset.at.table}" is not there; say so with notUsed when this installation has none`,
      );
      continue;
    }
    listed.add(dataset.at.table); // of what is not there nobody lacks the rights
    for (const name of Object.keys(dataset.fields))
      if (!table.columns.has(name))
        find('missing-field', dataset.id, `kolom "${name}" is er niet`, `column "${name}" is not there`);
    for (const name of table.columns.keys()) {
      if (!(name in dataset.fields))
        find(
          'unlisted-field',
          dataset.id,
          `kolom "${name}" van tabel "${dataset.at.table}" staat niet in het profiel: zijn het persoonsgegevens?`,
          `column "${name}" of table "${dataset.at.table}" is not in the profile: is it personal data?`,
        );
    }
    if (table.engine !== null && table.engine !== 'InnoDB')
      find(
        'not-transactional',
        dataset.id,
        `tabel "${dataset.at.table}" is ${table.engine}: een verwijdering daar is niet terug te draaien als een latere stap mislukt`,
        `table "${dataset.at.table}" is ${table.engine}: a deletion there cannot be undone when a later step fails`,
      );
    for (const name of await unasked(readSession, schema, dataset))
      find(
        'cascade',
        dataset.id,
        `verwijderen uit "${dataset.at.table}" zou rijen van "${name}" meenemen, die volgens het profiel er geen deel van zijn: zo'n verwijdering wordt geweigerd`,
        `deleting from "${dataset.at.table}" would take rows of "${name}" along, which the profile does not list as part of it: such a deletion is refused`,
      );
    if (triggers.has(dataset.at.table))
      find(
        'trigger',
        dataset.id,
        `tabel "${dataset.at.table}" heeft een trigger die bij verwijderen loopt: wat die elders schrijft, wordt niet gezien`,
        `table "${dataset.at.table}" has a trigger that runs on deletion: what it writes elsewhere is not seen`,
      );
  }
  for (const name of await allTables(readSession, schema)) {
    if (!listed.has(name) && !nonPersonal.includes(name))
      find(
        'unlisted-dataset',
        null,
        `tabel "${name}" staat in geen profiel: bevat zij persoonsgegevens?`,
        `table "${name}" is in no profile: does it hold personal data?`,
      );
  }
  await rights(readSession, eraseSession, schema, listed, find);
  return { reachable: true, version: await version(readSession), findings };
}

async function version(session: Session): Promise<string> {
  const found = await session.run(
    session.dialect === 'sqlite' ? sql`select 'SQLite ' || sqlite_version() as v` : sql`select version() as v`,
  );
  return String(found.rows[0]?.['v'] ?? '').split(' on ')[0] ?? '';
}

type Find = (kind: Finding['kind'], dataset: string | null, nl: string, en: string) => void;

async function rights(
  readSession: Session,
  eraseSession: Session | null,
  schema: string | undefined,
  listed: ReadonlySet<string>,
  find: Find,
): Promise<void> {
  if (readSession.dialect === 'sqlite') return; // a file has no accounts: the file's mode is the host's affair
  if (await canWrite(readSession, schema))
    find(
      'excess-privilege',
      null,
      'het leesaccount mag gegevens wijzigen: geef het SELECT en niets meer',
      'the read account may change data: give it SELECT and nothing more',
    );
  if (!eraseSession) {
    find(
      'missing-privilege',
      null,
      'er is geen wisaccount ingesteld: plannen maken kan, uitvoeren niet',
      'no erase account is configured: plans can be made, and nothing can be carried out',
    );
    return;
  }
  if (eraseSession.dialect === 'mariadb') return granted(eraseSession, listed, find);
  const rows = await eraseSession.run(sql`
    select c.relname as name, has_table_privilege(c.oid, 'DELETE') as may, has_any_column_privilege(c.oid, 'UPDATE') as locks from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = coalesce(${schema ?? null}, current_schema()) and c.relkind in ('r', 'p') and not c.relispartition`);
  for (const row of rows.rows) {
    const name = String(row['name']);
    if (row['may'] === true && !listed.has(name))
      find(
        'excess-privilege',
        null,
        `het wisaccount mag verwijderen uit "${name}", dat in geen profiel staat`,
        `the erase account may delete from "${name}", which no profile lists`,
      );
    if (row['may'] === false && listed.has(name))
      find(
        'missing-privilege',
        null,
        `het wisaccount mag niet verwijderen uit "${name}"`,
        `the erase account may not delete from "${name}"`,
      );
    // A row that is judged before it goes is locked meanwhile, and PostgreSQL gives that lock only to who may change a column.
    if (row['may'] === true && row['locks'] === false && listed.has(name))
      find(
        'missing-privilege',
        null,
        `het wisaccount mag in "${name}" geen rij vasthouden terwijl ernaar gekeken wordt: geef het UPDATE op een kolom van de sleutel`,
        `the erase account may not hold a row of "${name}" while it is looked at: grant it UPDATE on a column of the key`,
      );
  }
}

/** What MariaDB grants to the erase account: on the listed tables, and not on a whole schema or server. */
async function granted(eraseSession: Session, listed: ReadonlySet<string>, find: Find): Promise<void> {
  const [here] = (await eraseSession.run(sql`select database() as name`)).rows;
  const may = new Set<string>();
  for (const row of (await eraseSession.run(sql`show grants`)).rows) {
    const [, what = '', schema = '', table = ''] =
      /^GRANT (.+?) ON (\*|`(?:[^`]|``)+`)\.(\*|`(?:[^`]|``)+`) TO /i.exec(String(Object.values(row)[0] ?? '')) ?? [];
    if (!/\b(ALL PRIVILEGES|DELETE)\b/i.test(what)) continue;
    const plain = (name: string): string =>
      name
        .replace(/^`|`$/g, '')
        .replaceAll('``', '`')
        .replaceAll(/\\([_%])/g, '$1');
    if (schema !== '*' && plain(schema) !== String(here?.['name'])) continue;
    if (table === '*') {
      find(
        'excess-privilege',
        null,
        `het wisaccount mag verwijderen uit elke tabel${schema === '*' ? ' van de server' : ''}: geef DELETE op alleen de genoemde tabellen`,
        `the erase account may delete from every table${schema === '*' ? ' of the server' : ''}: grant DELETE on the listed tables only`,
      );
      return;
    }
    may.add(plain(table));
  }
  for (const name of [...may].filter((one) => !listed.has(one)))
    find(
      'excess-privilege',
      null,
      `het wisaccount mag verwijderen uit "${name}", dat in geen profiel staat`,
      `the erase account may delete from "${name}", which no profile lists`,
    );
  for (const name of [...listed].filter((one) => !may.has(one)))
    find(
      'missing-privilege',
      null,
      `het wisaccount mag niet verwijderen uit "${name}"`,
      `the erase account may not delete from "${name}"`,
    );
}

async function canWrite(session: Session, schema: string | undefined): Promise<boolean> {
  if (session.dialect === 'postgres') {
    const rows = await session.run(sql`
      select exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = coalesce(${schema ?? null}, current_schema()) and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) as may`);
    return rows.rows[0]?.['may'] === true;
  }
  const here = String((await session.run(sql`select database() as here`)).rows[0]?.['here'] ?? '');
  const grants = await session.run(sql`show grants`);
  return grants.rows.some((row) => changes(String(Object.values(row)[0] ?? ''), here));
}

/** Whether a grant of MariaDB lets its holder change data of this database; what is granted to all on another is no matter. */
export function changes(grant: string, here: string): boolean {
  const [, what = '', on = ''] = /^GRANT (.+?) ON (?:TABLE )?(\*|`(?:[^`]|``)+`)\./i.exec(grant) ?? [];
  if (!/\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|DROP|ALTER)\b/i.test(what)) return false;
  if (on === '*') return true;
  return like(on.slice(1, -1).replaceAll('``', '`').toLowerCase(), here.toLowerCase());
}

/** As LIKE compares: "%" and "_" stand for anything, unless a backslash is before them. */
function like(pattern: string, name: string): boolean {
  /** Where in the name the pattern may have come to: a set, so that no pattern takes longer than its length allows. */
  let ends = [0];
  for (const [token] of pattern.matchAll(/\\?[\s\S]/g)) {
    const [first = name.length + 1] = ends;
    ends =
      token === '%'
        ? Array.from({ length: name.length - first + 1 }, (_, i) => first + i)
        : ends.filter((i) => i < name.length && (token === '_' || token.at(-1) === name[i])).map((i) => i + 1);
    if (ends.length === 0) return false;
  }
  return ends.includes(name.length);
}

/** A fault as the report of a source that could not be looked at. */
export function unreachable(cause: unknown): ProbeReport {
  if (!(cause instanceof ConnectorFault)) throw cause;
  return {
    reachable: false,
    version: null,
    findings: [finding('unreachable', null, cause.text, null)],
  };
}
