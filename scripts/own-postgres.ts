/**
 * A PostgreSQL as an operator has it, for the second pass of the tests: over TCP with a password (scram), an account that
 * is no superuser, and where there is a choice another version than the embedded one has. Gone when this process ends.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { serverAccount } from '../src/database/account.ts';
import { findBinaries } from '../src/database/binaries.ts';
import { atExit, endProcess } from '../test/worlds/leave.ts';

/** Starts it; the URL of its database `postgres` for an account that may create databases, and its version. */
export async function startOwnPostgres(): Promise<{ url: string; version: string }> {
  const account = serverAccount();
  const binaries = findBinaries(null, account, 'npm');
  const folder = mkdtempSync(join(tmpdir(), 'gestand-own-'));
  const password = randomBytes(18).toString('base64url');
  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  if (account !== null) for (const path of [folder, secret]) chownSync(path, account.uid, account.gid);
  const environment = { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin', TZ: 'UTC' };
  const made = [
    '-D',
    data,
    '-U',
    'admin',
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  execFileSync(join(binaries.folder, 'initdb'), made, { ...account, cwd: '/', stdio: 'ignore', env: environment });
  const port = await freePort();
  const how = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${data}`,
  ];
  const more = [
    '-c',
    'max_connections=150',
    '-c',
    'max_wal_size=2GB',
    '-c',
    'shared_buffers=192MB',
    '-c',
    'log_min_messages=fatal',
  ];
  const child = spawn(join(binaries.folder, 'postgres'), [...how, ...more], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
    env: environment,
  });
  atExit(() => {
    if (child.pid !== undefined && child.exitCode === null) endProcess(child.pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  child.unref();
  const url = (user: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;
  const version = await prepare(url('admin'), password);
  return { url: url('tester'), version };
}

async function prepare(url: string, password: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
    } catch (cause) {
      if (tries === 200) throw new Error('the second PostgreSQL did not start', { cause });
      await sleep(50);
      continue;
    }
    await client.query(`create role tester login createdb password '${password}'`);
    const found = await client.query<{ server_version: string }>('show server_version');
    await client.end();
    return found.rows[0]?.server_version ?? 'unknown';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
