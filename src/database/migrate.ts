/** Plain SQL files, forward only, frozen once applied. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Fault } from '../base/refusal.ts';
import type { Database } from './index.ts';

/** "gesp": the advisory lock that keeps two processes from migrating one store at once. */
const lock = 0x6765_7370;

interface File {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/**
 * Applies what is new in `folder` ("0001-name.sql" …) in order, each file in a transaction of its own, and answers the
 * names applied. Refuses, before it changes anything, when an applied file has changed, is missing, or a new one would
 * come before it: the program and its store would no longer mean the same. Two processes do not race.
 */
export async function migrate(db: Database, folder: string): Promise<string[]> {
  const files = await read(folder);
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lock}, 0)`.execute(connection);
    try {
      await prepare(connection);
      const rows = await sql<{
        name: string;
        sha256: string;
      }>`select name, sha256 from gestand.migration order by name`.execute(connection);
      const fresh = toApply(files, rows.rows);
      for (const file of fresh) await apply(connection, file);
      return fresh.map((file) => file.name);
    } finally {
      await sql`select pg_advisory_unlock(${lock}, 0)`.execute(connection);
    }
  });
}

async function read(folder: string): Promise<File[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const odd = names.find((name) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  if (odd !== undefined) throw new Error(`${odd} is not a migration's name: "0001-what-it-does.sql"`);
  const twice = names.find((name, i) => name.slice(0, 4) === names[i + 1]?.slice(0, 4));
  if (twice !== undefined) throw new Error(`two migrations have the number of ${twice}`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function prepare(db: Database): Promise<void> {
  await sql`create schema if not exists gestand`.execute(db);
  await sql`create table if not exists gestand.migration
    (name text primary key, sha256 text not null, at timestamptz not null default now())`.execute(db);
}

function toApply(files: readonly File[], applied: readonly { name: string; sha256: string }[]): File[] {
  for (const { name, sha256 } of applied) {
    const file = files.find((one) => one.name === name);
    if (file === undefined)
      throw new Fault({
        nl: `migratie ${name} is op deze opslag gedaan en zit niet in dit programma: gebruik een nieuwere Gestand`,
        en: `migration ${name} was applied to this store and is not in this program: run a newer Gestand`,
      });
    if (file.sha256 !== sha256)
      throw new Error(`migration ${name} has changed since it was applied: migrations are frozen, add a new one`);
  }
  const last = applied.at(-1)?.name ?? '';
  const fresh = files.filter((file) => !applied.some((one) => one.name === file.name));
  const late = fresh.find((file) => file.name < last);
  if (late !== undefined)
    throw new Error(`migration ${late.name} comes before ${last}, which was applied: give it the next number`);
  return fresh;
}

async function apply(connection: Database, file: File): Promise<void> {
  await connection.transaction().execute(async (tx) => {
    // Every name must say its schema: where an unnamed one falls depends on the account, and would differ between stores.
    await sql`set local search_path to ''`.execute(tx);
    await sql.raw(file.text).execute(tx);
    await sql`insert into gestand.migration (name, sha256) values (${file.name}, ${file.sha256})`.execute(tx);
  });
}
