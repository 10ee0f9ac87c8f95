/** A real MariaDB for tests: one server a test process, a fresh schema for each caller. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

export interface FreshMariadb {
  /** URL of an account that may do everything in this schema. */
  readonly url: string;
  query(text: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

let server: Promise<string> | null = null;
let count = 0;

export const hasMariadb = existsSync('/usr/sbin/mariadbd');

function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('mysql:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function theServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-mariadb-'));
  const who = account();
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid);
  const user = who.uid === undefined ? [] : ['--user=mysql'];
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${folder}/data`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...user,
    ],
    { stdio: 'ignore' },
  );
  const socket = join(folder, 's');
  const child: ChildProcess = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${folder}/data`,
      `--socket=${socket}`,
      '--skip-networking',
      '--innodb-buffer-pool-size=64M',
      ...user,
    ],
    { stdio: 'ignore' },
  );
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  child.unref();
  for (let i = 0; i < 200; i += 1) {
    if (existsSync(socket)) return socket;
    await sleep(50);
  }
  throw new Error('MariaDB did not start');
}

export async function freshMariadb(): Promise<FreshMariadb> {
  server ??= theServer();
  const socket = await server;
  count += 1;
  const name = `gestand_${count}`;
  const admin = await mysql.createConnection({
    socketPath: socket,
    user: 'root',
    multipleStatements: true,
    dateStrings: true,
  });
  await admin.query(`create database ${name} character set utf8mb4; use ${name}`);
  return {
    url: `mysql://root@localhost/${name}?socket=${encodeURIComponent(socket)}`,
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
