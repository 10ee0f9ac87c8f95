/** A real PostgreSQL for tests: one server a test process, a fresh database for each caller, cloned from a migrated template. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase, startEmbedded, type Database } from '../../src/database/index.ts';

export interface FreshDatabase {
  readonly url: string;
  readonly db: Database;
  close(): Promise<void>;
}

const migrations = new URL('../../migrations', import.meta.url).pathname;
let server: Promise<{ urlOf(database: string): string }> | null = null;
let template: Promise<string> | null = null;
let count = 0;

/** The server: the embedded one in a temporary home, or the operator's own named by GESTAND_TEST_DATABASE_URL. */
async function theServer(): Promise<{ urlOf(database: string): string }> {
  const own = process.env['GESTAND_TEST_DATABASE_URL'];
  if (own !== undefined) {
    return {
      urlOf: (database) => {
        const url = new URL(own);
        url.pathname = `/${database}`;
        return url.toString();
      },
    };
  }
  const home = mkdtempSync(join(tmpdir(), 'gestand-test-'));
  const embedded = await startEmbedded({ home });
  const pid = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.once('exit', () => {
    try {
      process.kill(pid, 'SIGQUIT'); // immediate: nothing in it is worth a clean stop
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
    }
    rmSync(home, { recursive: true, force: true });
  });
  return embedded;
}

async function admin(statement: string): Promise<void> {
  server ??= theServer();
  const client = new pg.Client({ connectionString: (await server).urlOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function theTemplate(): Promise<string> {
  const name = `gestand_test_template_${process.pid}`;
  await admin(`drop database if exists ${name}`);
  await admin(`create database ${name}`);
  server ??= theServer();
  const opened = openDatabase({ url: (await server).urlOf(name), maxConnections: 1 });
  await migrate(opened.db, migrations);
  await opened.close();
  return name;
}

async function make(from: string): Promise<FreshDatabase> {
  count += 1;
  const name = `gestand_test_${process.pid}_${count}`;
  await admin(`create database ${name} template ${from}`);
  server ??= theServer();
  const opened = openDatabase({ url: (await server).urlOf(name) });
  return {
    url: opened.url,
    db: opened.db,
    close: async () => {
      await opened.close();
      await admin(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Our own store, migrated. */
export async function freshDatabase(): Promise<FreshDatabase> {
  template ??= theTemplate();
  return make(await template);
}

/** A host system's database: empty. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return make('template1');
}
