/**
 * The default store: a real PostgreSQL of our own, in the home folder, on a private Unix socket and no network at all.
 * PostgreSQL refuses to run as root: then it runs as an unprivileged account. A server that outlived us (kill −9) is
 * adopted; one that died is started again and recovers from its own log.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../base/refusal.ts';
import { serverAccount, type Account } from './account.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { dataFolder, makeOnce, socketFolder } from './folders.ts';
import { ask, type Lease } from './lease.ts';
import { cleanEnvironment, ensureServer, postmasterPid, stopServer } from './postmaster.ts';

export interface Embedded {
  /** Connection URL of the database `gestand`. */
  readonly url: string;
  /** URL of another database of the same server. */
  urlOf(database: string): string;
  /** It was running already: another process of ours started it. */
  readonly adopted: boolean;
  /** "postgres (PostgreSQL) 18.4" */
  readonly version: string;
  /** The server's process, or null when it does not run. */
  pid(): number | null;
  /**
   * Stops it cleanly; with `onlyIfIdle` only when nobody else uses it, and until then nobody else can stop it so. Close your own
   * pool first: after this it is not yours any more. Answers whether it has stopped.
   */
  stop(options?: { onlyIfIdle?: boolean }): Promise<boolean>;
}

export interface EmbeddedOptions {
  /** The installation's home folder; the store stands in `postgres` within. */
  readonly home: string;
  /** Told "store.started" or "store.adopted". */
  readonly log?: (event: string, fields: Readonly<Record<string, string | number>>) => void;
  /** Server settings over ours, for tests and benches. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whose PostgreSQL a new home gets when there is a choice: the machine's (default) or the one npm brought. */
  readonly prefer?: 'system' | 'npm';
}

const ourSettings: Readonly<Record<string, string>> = {
  max_connections: '80',
  shared_buffers: '192MB',
  max_wal_size: '2GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Compiling our short statements costs more than it saves, and not every build can: off, so that all behave alike.
  jit: 'off',
  log_min_messages: 'warning',
  // No statement and no value of one in the server's log.
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};

/** Starts, or adopts, the server of this home. Throws an Error that says what to do when it cannot. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const account = serverAccount();
  const data = dataFolder(options.home, account);
  const mark = join(data, 'PG_VERSION');
  const made = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : null;
  const binaries = findBinaries(made, account, options.prefer);
  if (made === null) makeOnce(data, account, (folder) => makeCluster(binaries, folder, account));
  const socket = socketFolder(data, account);
  const place = { binaries: binaries.folder, data, socket, account, settings: { ...ourSettings, ...options.settings } };
  const { adopted, lease } = await ensureServer(place);
  let held: Lease | null = lease;
  await ensureDatabase(socket);
  const version = execFileSync(join(binaries.folder, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  options.log?.(adopted ? 'store.adopted' : 'store.started', { major: binaries.major });
  const urlOf = (database: string): string =>
    `postgres://gestand@localhost/${database}?host=${encodeURIComponent(socket)}`;
  return {
    url: urlOf('gestand'),
    urlOf,
    adopted,
    version,
    pid: () => postmasterPid(data),
    stop: (how = {}) => {
      const last = held;
      held = null;
      return stopServer(place, last, how.onlyIfIdle ?? false);
    },
  };
}

/** Sorting is by code point and independent of the machine's C library, whose changes would corrupt indexes. */
function makeCluster(binaries: Binaries, folder: string, account: Account | null): void {
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  const args = [
    '-D',
    folder,
    '-U',
    'gestand',
    '--auth=trust',
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
    ...locale,
  ];
  try {
    execFileSync(join(binaries.folder, 'initdb'), args, {
      ...account,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: cleanEnvironment,
    });
  } catch (cause) {
    throw new Fault(
      {
        nl: 'PostgreSQL kon zijn map met gegevens niet maken: zie de oorzaak',
        en: 'PostgreSQL could not make its data folder: see the cause',
      },
      { cause },
    );
  }
}

async function ensureDatabase(socket: string): Promise<void> {
  const found = await ask(socket, `select 1 from pg_database where datname = 'gestand'`);
  if (found.length > 0) return;
  try {
    await ask(socket, 'create database gestand');
  } catch (cause) {
    // Two of us may make it at once: duplicate_database, or unique_violation in the catalogue.
    if (!['42P04', '23505'].includes((cause as { code?: string }).code ?? '')) throw cause;
  }
}
