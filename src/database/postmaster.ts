/** The server process: launched, found again after a kill −9 of us or of it, asked, stopped. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Fault } from '../base/refusal.ts';
import type { Account } from './account.ts';

export interface Place {
  /** Folder with the `postgres` program. */
  readonly binaries: string;
  readonly data: string;
  readonly socket: string;
  readonly account: Account | null;
  readonly settings: Readonly<Record<string, string>>;
}

/** What a child of ours may see: no variable of ours travels to the server. */
export const cleanEnvironment = { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin', TZ: 'UTC' };

/**
 * Makes sure a server answers for this data folder, and says whether it was running already. Several of us may do this at
 * once: PostgreSQL itself lets one in, the others adopt it. After a kill −9 of the postmaster its children may hold the
 * shared memory for a moment: so it is tried again. Throws an Error that names the server's log when nothing answers.
 */
export async function ensureServer(place: Place, seconds = 60): Promise<{ adopted: boolean }> {
  let ours: ChildProcess | null = null;
  let failures = 0;
  for (const until = Date.now() + seconds * 1000; Date.now() < until && failures < 12;) {
    // Ours may still be on its way to finding that another was first: the server's own file says who serves.
    if (await answersFor(place)) return { adopted: ours?.pid !== postmasterPid(place.data) };
    if (ours !== null && (ours.exitCode !== null || ours.signalCode !== null)) {
      ours = null;
      failures += 1;
      await sleep(250);
    } else if (ours === null && postmasterPid(place.data) === null) {
      clearStalePid(place.data);
      ours = await launch(place);
    }
    await sleep(20);
  }
  if (ours !== null && ours.exitCode === null) ours.kill('SIGINT');
  const log = join(place.data, 'server.log');
  throw new Fault({
    nl: `PostgreSQL is niet gestart; wat het als laatste zei, staat in ${log}`,
    en: `PostgreSQL did not start; its last words are in ${log}`,
  });
}

/**
 * Whether this build knows the setting: one that it does not know would keep it from starting. After a checkpoint most of its
 * log is pages as they were, and lz4 makes a fraction of them; what builds without it have instead costs more than it saves.
 */
function accepts({ binaries, data, account }: Place, setting: string, value: string): boolean {
  const asked = ['-D', data, '-C', setting, '-c', `${setting}=${value}`];
  const options = { ...account, cwd: '/', stdio: 'ignore', env: cleanEnvironment } as const;
  return spawnSync(join(binaries, 'postgres'), asked, options).status === 0;
}

async function launch(place: Place): Promise<ChildProcess> {
  const settings = {
    ...(accepts(place, 'wal_compression', 'lz4') ? { wal_compression: 'lz4' } : {}),
    ...place.settings,
    listen_addresses: '',
    unix_socket_directories: place.socket,
    unix_socket_permissions: '0700',
  };
  const args = ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const file = join(place.data, 'server.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  try {
    // Its own process group: Ctrl-C in our terminal is for us, and we stop the server after our own work has ended.
    const child = spawn(join(place.binaries, 'postgres'), args, {
      ...place.account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: cleanEnvironment,
    });
    await new Promise<void>((settle, fail) => {
      child.once('spawn', settle);
      child.once('error', fail);
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The postmaster's pid when one holds this data folder. A pid that was given to another process since does not count. */
export function postmasterPid(data: string): number | null {
  const pid = writtenPid(data);
  if (pid === null) return null;
  if (!existsSync('/proc/self/cmdline')) return isAlive(pid) ? pid : null; // not Linux: the pid alone must do
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes('-D') && words.includes(data) ? pid : null;
  } catch (cause) {
    if (isGone(cause)) return null;
    throw cause;
  }
}

function writtenPid(data: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '', 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (cause) {
    // A server that stops takes its file away between any two looks at it.
    if (isGone(cause)) return null;
    throw cause;
  }
}

/**
 * After a crash of the machine the pid in the file may be another program's by now, and PostgreSQL then refuses to start,
 * for ever. The file is removed only when that process is provably not a server of this folder and no process works in it.
 */
function clearStalePid(data: string): void {
  const pid = writtenPid(data);
  if (pid === null || !isAlive(pid) || !existsSync('/proc/self/cwd')) return; // a dead pid PostgreSQL clears itself
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === data) return;
    } catch (cause) {
      if (isGone(cause)) continue;
      return; // a process we may not look at could be one: PostgreSQL decides
    }
  }
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isGone(cause: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes((cause as NodeJS.ErrnoException).code ?? '');
}

/** Whether a server answers on our socket, and that it is this folder's. */
async function answersFor(place: Place): Promise<boolean> {
  try {
    const folder = await ask<{ folder: string }>(
      place.socket,
      `select setting as folder from pg_settings where name = 'data_directory'`,
    );
    return folder[0]?.folder === place.data;
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? '';
    if (code === 'EACCES')
      throw new Fault(
        {
          nl: 'de opslag van deze home draait onder een ander account: gebruik het account dat haar startte',
          en: 'the store of this home runs under another account: use the account that started it',
        },
        { cause },
      );
    // Not there yet, starting up or shutting down (57P03), or out of connections because it is much used (53300).
    if (
      ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '57P01', '53300'].includes(code) ||
      /terminated unexpectedly/.test(String(cause))
    )
      return false;
    throw cause;
  }
}

/** One statement on a connection of its own, to the server's own database. */
export async function ask<Row extends object>(socket: string, statement: string): Promise<Row[]> {
  const client = new Client({
    host: socket,
    port: 5432,
    user: 'gestand',
    database: 'postgres',
    application_name: 'gestand-supervisor',
  });
  client.on('error', () => undefined); // a connection lost between statements is told by the next one
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Stops the server cleanly (PostgreSQL's "fast": open transactions are undone, everything committed is on disk). With
 * `onlyIfIdle`, only when nobody else is connected: close your own pool first. Answers whether it has stopped.
 */
export async function stopServer(place: Place, onlyIfIdle: boolean): Promise<boolean> {
  const pid = postmasterPid(place.data);
  if (pid === null) return true;
  if (onlyIfIdle && (await others(place.socket)) > 0) return false;
  try {
    process.kill(pid, 'SIGINT');
  } catch (cause) {
    if (!isGone(cause)) throw cause; // another of us stopped it in between
  }
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(20)) {
    if (postmasterPid(place.data) === null) return true;
  }
  return false;
}

async function others(socket: string): Promise<number> {
  const count = `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  for (let tries = 0; ; tries += 1) {
    const n = (await ask<{ n: number }>(socket, count))[0]?.n ?? 0;
    // A pool that was closed a moment ago is still being cleared away by the server: look again before answering.
    if (n === 0 || tries === 5) return n;
    await sleep(50);
  }
}
