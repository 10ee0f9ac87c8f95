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
import { Fault } from '../base/refusal.ts';
import type { Account } from './account.ts';
import { enter, type Lease } from './lease.ts';

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
 * Makes sure a server answers for this data folder, and holds a lease on it; says whether it was running already. Several of us
 * may do this at once: PostgreSQL itself lets one in, the others adopt it. One that another is stopping is waited for, and started. After a kill −9 of the postmaster its children may hold the
 * shared memory for a moment: so it is tried again. Throws an Error that names the server's log when nothing answers.
 */
export async function ensureServer(place: Place, seconds = 60): Promise<{ adopted: boolean; lease: Lease }> {
  let ours: ChildProcess | null = null;
  let failures = 0;
  for (const until = Date.now() + seconds * 1000; Date.now() < until && failures < 12;) {
    // Ours may still be on its way to finding that another was first: the server's own file says who serves.
    const lease = await enter(place.socket, place.data);
    if (lease !== null) return { adopted: ours?.pid !== postmasterPid(place.data), lease };
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

/**
 * Stops the server cleanly (PostgreSQL's "fast": open transactions are undone, everything committed is on disk). With
 * `onlyIfIdle`, only when nobody else uses it: close your own pool first. Gives the lease back in either case. Answers whether it
 * has stopped.
 */
export async function stopServer(place: Place, lease: Lease | null, onlyIfIdle: boolean): Promise<boolean> {
  const pid = postmasterPid(place.data);
  if (onlyIfIdle) {
    const own = lease ?? (await enter(place.socket, place.data));
    const found = await own?.claim();
    if (found === 'others') await own?.leave();
    // Whoever has it alone keeps it until the server is gone: nobody comes in to find it stopping.
    if (found === 'alone') interrupt(pid);
    else if (found !== 'gone') return pid === null;
  } else {
    await lease?.leave();
    interrupt(pid);
  }
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(20)) {
    if (pid === null || postmasterPid(place.data) !== pid) return true;
  }
  return false;
}

function interrupt(pid: number | null): void {
  try {
    if (pid !== null) process.kill(pid, 'SIGINT');
  } catch (cause) {
    if (!isGone(cause)) throw cause;
  }
}
