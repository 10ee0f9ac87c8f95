/** Where the store's files and its socket stand, and who may enter. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../base/refusal.ts';
import { canPass, type Account } from './account.ts';

/** A Unix socket's path may be 107 bytes on Linux, 103 on macOS. */
const longestSocket = 103;
const socketName = '/.s.PGSQL.5432';

/**
 * The folder in which the data folder stands or will stand: the home itself, or, when we are root and the server's account
 * cannot pass the folders above the home (a home under /root), a folder of its own under /var/lib with a link in the home.
 */
export function dataFolder(home: string, account: Account | null): string {
  try {
    return findDataFolder(home, account);
  } catch (cause) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    throw new Fault(
      {
        nl: 'dit account mag deze home niet gebruiken: gebruik het account dat haar maakte, of noem een andere in GESTAND_HOME',
        en: 'this account may not use this home: use the account that made it, or name another in GESTAND_HOME',
      },
      { cause },
    );
  }
}

function findDataFolder(home: string, account: Account | null): string {
  const data = join(resolve(home), 'postgres');
  if (existsSync(data)) {
    const real = realpathSync(data);
    if (account === null && statSync(real).uid !== process.getuid?.() && process.getuid !== undefined) {
      throw new Fault({
        nl: 'de opslag van deze home is van een ander account: gebruik het account dat haar maakte',
        en: 'the store of this home belongs to another account: use the account that made it',
      });
    }
    return real;
  }
  if (lstatSync(data, { throwIfNoEntry: false }) !== undefined) {
    const target = readlinkSync(data); // made for this home, and killed before the store was: or the store is gone
    if (existsSync(dirname(target))) return target;
    throw new Fault({
      nl: `de opslag van deze home is weg: ${data} wijst naar een map die er niet is`,
      en: `the store of this home is gone: ${data} points to a folder that is not there`,
    });
  }
  mkdirSync(resolve(home), { recursive: true, mode: 0o700 });
  if (account === null || letPass(resolve(home), account)) return join(realpathSync(resolve(home)), 'postgres');
  mkdirSync('/var/lib/gestand', { recursive: true, mode: 0o755 });
  const elsewhere = mkdtempSync('/var/lib/gestand/home-');
  chmodSync(elsewhere, 0o711);
  symlinkSync(join(elsewhere, 'postgres'), data);
  return join(elsewhere, 'postgres');
}

/** Lets the server's account pass a home of root's, and nobody else: through it, not into it. False when a folder above is closed. */
function letPass(home: string, account: Account): boolean {
  if (canPass(home, account)) return true;
  if (!canPass(dirname(home), account) || statSync(home).uid !== 0) return false;
  chownSync(home, 0, account.gid);
  chmodSync(home, 0o710);
  return canPass(home, account);
}

/**
 * Fills a new data folder through `make`, whole or not at all: initdb writes PG_VERSION early, and a folder it left
 * half-made would look like a store. Two processes may try; the second throws its own away.
 */
export function makeOnce(data: string, account: Account | null, make: (folder: string) => void): void {
  const fresh = mkdtempSync(`${data}.new-`);
  try {
    if (account !== null) chownSync(fresh, account.uid, account.gid);
    chmodSync(fresh, 0o700);
    make(fresh);
    renameSync(fresh, data);
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(data, 'PG_VERSION'))) throw cause;
  }
}

/**
 * The socket stands in the data folder, which only the server's account can enter. A path too long for a socket gets a
 * short folder by its hash among the temporary ones; since anyone may make a folder there first, it must be ours.
 */
export function socketFolder(data: string, account: Account | null): string {
  if (Buffer.byteLength(data + socketName) <= longestSocket) return data;
  const name = `gestand-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  const folder = join(Buffer.byteLength(tmpdir()) <= 60 ? tmpdir() : '/tmp', name);
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (account !== null) chownSync(folder, account.uid, account.gid);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
  const is = lstatSync(folder);
  const owner = account?.uid ?? process.getuid?.() ?? is.uid;
  if (!is.isDirectory() || is.uid !== owner || (is.mode & 0o077) !== 0) {
    throw new Fault({
      nl: `${folder} is geen eigen map van het account van de opslag: verwijder die, of kies een home met een korter pad`,
      en: `${folder} is not a private folder of the store's account: remove it, or choose a home with a shorter path`,
    });
  }
  return folder;
}
