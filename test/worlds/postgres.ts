/**
 * A real PostgreSQL for tests: one server a test process, a fresh database for each caller, cloned from a migrated
 * template (about 60 ms). The embedded server by default; GESTAND_TEST_DATABASE_URL names an operator's own, whose account
 * must be allowed to create databases.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate, openDatabase, startEmbedded, type Database } from '../../src/database/index.ts';
import { atExit, endProcess } from './leave.ts';

export interface FreshDatabase {
  readonly url: string;
  readonly db: Database;
  close(): Promise<void>;
}

interface Server {
  urlOf(database: string): string;
}

const migrations = new URL('../../migrations', import.meta.url).pathname;
let server: Promise<Server> | null = null;
let template: Promise<string> | null = null;
let count = 0;

function theServer(): Promise<Server> {
  server ??= startServer();
  return server;
}

async function startServer(): Promise<Server> {
  const own = process.env['GESTAND_TEST_DATABASE_URL'];
  if (own !== undefined && own !== '') {
    return {
      urlOf: (database) => {
        const url = new URL(own);
        url.pathname = `/${database}`;
        return url.toString();
      },
    };
  }
  const home = mkdtempSync(join(tmpdir(), 'gestand-test-'));
  // fsync stays on: the ledger refuses a server that could forget.
  const embedded = await startEmbedded({ home, settings: { max_connections: '150' } });
  const pid = embedded.pid();
  atExit(() => {
    if (pid !== null) endProcess(pid, 'SIGQUIT'); // immediate: nothing in it is worth a clean stop
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return embedded;
}

async function admin(statement: string): Promise<void> {
  const client = new Client({ connectionString: (await theServer()).urlOf('postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function makeTemplate(): Promise<string> {
  const name = `gestand_test_template_${process.pid}`;
  await admin(`drop database if exists ${name}`);
  await admin(`create database ${name}`);
  const opened = openDatabase({ url: (await theServer()).urlOf(name), maxConnections: 1 });
  await migrate(opened.db, migrations);
  await opened.close();
  return name;
}

async function make(from: string, charset = ''): Promise<FreshDatabase> {
  count += 1;
  const name = `gestand_test_${process.pid}_${count}`;
  await admin(`create database ${name} template ${from} ${charset}`);
  const opened = openDatabase({ url: (await theServer()).urlOf(name) });
  return {
    url: opened.url,
    db: opened.db,
    close: async () => {
      await opened.close();
      await dropDatabase(name);
    },
  };
}

/** A background worker of the server (autovacuum) may sit in it for a moment, and is not ours to end. */
async function dropDatabase(name: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await admin(`drop database if exists ${name} with (force)`);
    } catch (cause) {
      if (tries >= 100 || (cause as { code?: string }).code !== '42501') throw cause;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** Our own store, migrated. */
export async function freshDatabase(): Promise<FreshDatabase> {
  template ??= makeTemplate();
  return make(await template);
}

/** A host system's database: empty; with a character set, one that was made long ago. */
export async function emptyDatabase(charset?: string): Promise<FreshDatabase> {
  if (charset === undefined) return make('template1');
  return make('template0', `encoding '${charset}' lc_collate 'C' lc_ctype 'C'`);
}
