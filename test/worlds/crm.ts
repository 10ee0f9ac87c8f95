/** A table of prospects in a real PostgreSQL, as the smallest system that a run can be watched on. */
import { sql } from 'kysely';
import type { Database } from '../../src/database/index.ts';
import { referencePolicy } from './home.ts';
import { emptyDatabase } from './postgres.ts';

export interface ProspectWorld {
  readonly db: Database;
  readonly url: string;
  readonly estate: string;
  add(rows: readonly { id: number; email: string; last: string | null }[]): Promise<void>;
  ids(): Promise<number[]>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The reference policy, in which a person decides about prospects each time. */
export const withReview = (more = ''): string =>
  referencePolicy.replace(/(id: prospects-one-year[\s\S]*?then: )erase/, `$1review${more}`);

export const prospectTable =
  'create table prospects (id integer primary key, company text, contact text, email text, phone text, last_contact date, met_by text)';

/** An office whose customer administration has nothing but prospects. */
export function officeEstate(dialect: 'postgres' | 'mariadb' | 'sqlite', url: string): string {
  const address = `{ literal: ${JSON.stringify(url)} }`;
  return `gestand: 1
systems:
  - id: office
    title: { nl: Kantoor, en: Office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps }
    notUsed: [customers, contracts, invoices, applicants, cvs, employees]
    sources: { db: { connector: sql, dialect: ${dialect}, read: ${address}, erase: ${address} } }
`;
}

export async function prospects(): Promise<ProspectWorld> {
  const world = await emptyDatabase();
  await sql.raw(`${prospectTable}; create index on prospects (last_contact)`).execute(world.db);
  return {
    db: world.db,
    url: world.url,
    estate: officeEstate('postgres', world.url),
    add: async (rows) => {
      for (const row of rows)
        await sql`insert into prospects (id, email, last_contact) values (${row.id}, ${row.email}, ${row.last}) on conflict (id) do update set email = excluded.email, last_contact = excluded.last_contact`.execute(
          world.db,
        );
    },
    ids: async () =>
      (await sql<{ id: number }>`select id from prospects order by id`.execute(world.db)).rows.map((row) => row.id),
    clear: async () => void (await sql`delete from prospects`.execute(world.db)),
    close: world.close,
  };
}
