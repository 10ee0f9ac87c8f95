/**
 * A real MariaDB for tests: one server a test process, on a private socket and no network, a fresh schema for each caller.
 * Debian's mariadb-server; `npm test` installs it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql, { type Connection } from 'mysql2/promise';
import { atExit, endProcess } from './leave.ts';

export interface FreshMariadb {
  /** URL of an account that may do everything; the path is this caller's schema. */
  readonly url: string;
  readonly socket: string;
  query(text: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const program = '/usr/sbin/mariadbd';
let server: Promise<string> | null = null;
let count = 0;

export const hasMariadb = existsSync(program);

/** MariaDB refuses to run as root; its package brings an account. */
function account(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('mysql:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('the account "mysql" is missing: install mariadb-server');
  return { uid: Number(uid), gid: Number(gid) };
}

/** The socket of the running server. */
async function startServer(): Promise<string> {
  if (!hasMariadb) throw new Error('MariaDB is missing: run "npm test" once, or: apt-get install mariadb-server');
  const folder = mkdtempSync(join(tmpdir(), 'gestand-mariadb-'));
  const who = account();
  if (who !== null) chownSync(folder, who.uid, who.gid);
  const data = ['--no-defaults', `--datadir=${folder}/data`, ...(who === null ? [] : ['--user=mysql'])];
  const made = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync('mariadb-install-db', [...data, ...made], { stdio: ['ignore', 'ignore', 'pipe'] });
  const socket = join(folder, 's');
  // The row log on, as hosts with replication have it: what a deletion leaves there must show in tests.
  const how = [
    `--socket=${socket}`,
    '--skip-networking',
    '--innodb-buffer-pool-size=64M',
    '--log-bin',
    '--binlog-format=ROW',
    '--server-id=1',
  ];
  const child = spawn(program, [...data, ...how], { stdio: 'ignore' });
  atExit(() => {
    if (child.pid !== undefined && child.exitCode === null) endProcess(child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  child.unref();
  const admin = await connected(socket);
  await admin.query("delete from mysql.global_priv where user = ''; flush privileges");
  await admin.end();
  return socket;
}

async function connected(socket: string): Promise<Connection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await mysql.createConnection({
        socketPath: socket,
        user: 'root',
        multipleStatements: true,
        dateStrings: true,
      });
    } catch (cause) {
      if (tries === 400) throw new Error('MariaDB did not start', { cause });
      await sleep(50);
    }
  }
}

/** A fresh schema (utf8mb4) of the one server. */
export async function freshMariadb(): Promise<FreshMariadb> {
  server ??= startServer();
  const socket = await server;
  count += 1;
  const name = `gestand_${count}`;
  const admin = await connected(socket);
  await admin.query(`create database ${name} character set utf8mb4; use ${name}`);
  return {
    url: `mysql://root@localhost/${name}?socket=${encodeURIComponent(socket)}`,
    socket,
    query: async (text) => {
      const [rows] = await admin.query(text);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    },
    close: async () => {
      await admin.query(`drop database ${name}`);
      await admin.end();
    },
  };
}
