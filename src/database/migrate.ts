/** Plain SQL files, forward only, frozen once applied. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './index.ts';

const lock = 0x6765_7370;

/**
 * Applies what is new in `folder` ("0001-name.sql" …) in order, each file in one transaction. Refuses when an applied file
 * has changed or is missing: the program and its store would no longer mean the same. Two processes do not race.
 */
export async function migrate(db: Database, folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${lock}, 0)`.execute(tx);
    await sql`create schema if not exists gestand`.execute(tx);
    await sql`create table if not exists gestand.migration (name text primary key, sha256 text not null, at timestamptz not null default now())`.execute(
      tx,
    );
    const rows = await sql<{ name: string; sha256: string }>`select name, sha256 from gestand.migration`.execute(tx);
    const applied = new Map(rows.rows.map((row) => [row.name, row.sha256]));
    for (const name of applied.keys()) {
      if (!names.includes(name))
        throw new Error(`migration ${name} was applied to this store and is not in this program: run a newer Gestand`);
    }
    const fresh: string[] = [];
    for (const { name, text } of files) {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = applied.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new Error(`migration ${name} has changed since it was applied: migrations are frozen, add a new one`);
      await sql.raw(text).execute(tx);
      await sql`insert into gestand.migration (name, sha256) values (${name}, ${sha256})`.execute(tx);
      fresh.push(name);
    }
    return fresh;
  });
}
