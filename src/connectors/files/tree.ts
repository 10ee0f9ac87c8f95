/**
 * Walking and touching a tree of files without ever leaving it. Every step goes by folder descriptor (openat semantics through
 * /proc/self/fd): "check the path, then use the path" loses to whoever swaps a folder for a symlink in between.
 */
import * as fs from 'node:fs';
import { ConnectorFault } from '../kit/receipt.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
const O_CLOEXEC = 0o2000000;

export interface Root {
  readonly fd: number;
  readonly dev: number;
  readonly ino: number;
}

export const quarantineName = '.gestand-quarantine';

export function openRoot(path: string): Root {
  try {
    const fd = fs.openSync(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const { dev, ino } = fs.fstatSync(fd);
    return { fd, dev, ino };
  } catch (cause) {
    throw new ConnectorFault(
      'unreachable',
      `the root of this source cannot be opened (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
      {
        retry: true,
        cause,
        nl: `de map van deze bron is niet te openen (${(cause as NodeJS.ErrnoException).code ?? 'onbekend'})`,
      },
    );
  }
}

/** A folder that cannot be looked into, as a fault of ours: its message names no path. */
export function unreadable(cause: unknown): ConnectorFault {
  const { code } = cause as NodeJS.ErrnoException;
  return new ConnectorFault('refused', `a folder or file cannot be read (${code ?? 'unknown'})`, {
    retry: false,
    cause,
    nl: `een map of bestand is niet te lezen (${code ?? 'onbekend'})`,
  });
}

export function closeRoot(root: Root): void {
  fs.closeSync(root.fd);
}

export function at(fd: number, name: string): string {
  return `${descriptors}/${fd}/${name}`;
}

/** Our open descriptors, by our own number where the system tells it: "self" is one link more to follow for every file. */
const descriptors = `/proc/${ourNumber() ?? 'self'}/fd`;

function ourNumber(): string | null {
  try {
    return fs.readlinkSync('/proc/self');
  } catch {
    return null;
  }
}

/** The names of a path, or null when it could leave the root: absolute, "..", empty parts, a NUL. */
export function partsOf(path: string): string[] | null {
  const parts = path.split('/');
  return parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0')) ? null : parts;
}

/** Opens the folder; the caller closes it. Throws ENOENT, ENOTDIR, ELOOP as the system does. */
export function openFolder(root: Root, parts: readonly string[]): number {
  let fd = fs.openSync(at(root.fd, '.'), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (const part of parts) {
    let next: number;
    try {
      next = fs.openSync(at(fd, part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    } finally {
      fs.closeSync(fd);
    }
    fd = next;
  }
  return fd;
}

/**
 * Opens a plain file of an open folder for reading; the caller closes it. A link that took its place is not followed, and a
 * pipe does not keep us waiting.
 */
export function openFile(root: Root, folder: number, name: string): number {
  let fd: number;
  try {
    fd = fs.openSync(at(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  } catch (cause) {
    throw unreadable(cause);
  }
  const seen = fs.fstatSync(fd);
  if (seen.isFile() && seen.dev === root.dev) return fd;
  fs.closeSync(fd);
  throw new ConnectorFault('refused', 'what stands in the place of a file cannot be read as one', {
    retry: false,
    nl: 'wat op de plaats van een bestand staat, is niet als bestand te lezen',
  });
}

/** The names in one folder, sorted. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly odd: readonly { readonly name: string; readonly kind: 'symlink' | 'special' | 'unnamed' }[];
}

/** What an open folder holds. "Unnamed" is an entry whose name is no UTF-8: it can be seen, and not be named. */
export function list(root: Root, fd: number): Listing {
  const files: string[] = [];
  const folders: string[] = [];
  const odd: { name: string; kind: 'symlink' | 'special' | 'unnamed' }[] = [];
  for (const entry of entriesOf(fd)) {
    const { name } = entry;
    if (name.includes('\uFFFD') && statOf(fd, name) === null) odd.push({ name, kind: 'unnamed' });
    else if (entry.isFile()) files.push(name);
    else if (!entry.isDirectory()) odd.push({ name, kind: entry.isSymbolicLink() ? 'symlink' : 'special' });
    else if (fd !== root.fd || name !== quarantineName) folders.push(name);
  }
  return { files: files.toSorted(byName), folders: folders.toSorted(byName), odd };
}

/** Nothing of a folder that was taken away while we held it open. */
function entriesOf(fd: number): fs.Dirent[] {
  try {
    return fs.readdirSync(at(fd, '.'), { withFileTypes: true });
  } catch (cause) {
    if (isGone(cause)) return [];
    throw unreadable(cause);
  }
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface Found {
  /** Relative to the root, with "/" between names. */
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'special' | 'unnamed';
  stat(): fs.Stats | null;
}

/**
 * Everything below the root in a fixed order: the files of a folder by name, then its folders. Memory is bounded by the
 * largest folder. Folders on other file systems are passed over and told as "special". `enter` says whether a folder
 * ("a/b/") is worth it.
 */
export function walk(root: Root, enter: (folder: string) => boolean = () => true): Generator<Found> {
  return walkFolder(root, root.fd, '', enter);
}

function* walkFolder(root: Root, fd: number, prefix: string, enter: (folder: string) => boolean): Generator<Found> {
  const { files, folders, odd } = list(root, fd);
  for (const name of files) yield { path: prefix + name, kind: 'file', stat: () => statOf(fd, name) };
  for (const { name, kind } of odd) yield { path: prefix + name, kind, stat: () => null };
  for (const name of folders) {
    const path = `${prefix}${name}/`;
    if (!enter(path)) continue;
    const inner = tryFolder(root, fd, name);
    if (inner === null) continue;
    try {
      if (inner === 'elsewhere') yield { path: prefix + name, kind: 'special', stat: () => null };
      else yield* walkFolder(root, inner, path, enter);
    } finally {
      if (inner !== 'elsewhere') fs.closeSync(inner);
    }
  }
}

/** Opens a folder of an open folder; null when it is gone or was swapped under us: not ours to follow. */
function tryFolder(root: Root, fd: number, name: string): number | 'elsewhere' | null {
  let inner: number;
  try {
    inner = fs.openSync(at(fd, name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  } catch (cause) {
    if (isGone(cause)) return null;
    throw unreadable(cause);
  }
  if (fs.fstatSync(inner).dev === root.dev) return inner;
  fs.closeSync(inner);
  return 'elsewhere';
}

/** Not there any more, or something else stands in its place. */
export function isGone(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((cause as NodeJS.ErrnoException).code ?? '');
}

export function statOf(fd: number, name: string): fs.Stats | null {
  return fs.lstatSync(at(fd, name), quietly) ?? null;
}

export type Gone = 'done' | 'absent' | 'refused';

export interface Expected {
  readonly ino: number;
  readonly size: number;
  /** A file system gives the number of a file that is gone to the next one: a new recording of the same size differs in its time alone. */
  readonly mtimeMs: number;
  /** When it was made: it stays with a file that is written to, and a new one of the same name and number has another. */
  readonly bornMs: number;
}

export function expectedOf({ ino, size, mtimeMs, birthtimeMs }: fs.Stats): Expected {
  return { ino, size, mtimeMs, bornMs: birthtimeMs };
}

function isSame(seen: fs.Stats, { ino, size, mtimeMs }: Expected): boolean {
  return seen.ino === ino && seen.size === size && seen.mtimeMs === mtimeMs;
}

/**
 * Deletes one file, by its path through an open folder (`at`): it must be a plain file on the root's file system with one name and, when given, the
 * inode, size and time that were seen.
 *
 * Where the name alone decided that it is due (`expected` null), whatever plain file stands under that name is due. Where the
 * file itself decided (its time), it is moved into the quarantine first and looked at again there: a file put in its place in
 * between goes back, and nothing else is deleted.
 */
export function deleteIn(
  root: Root,
  quarantine: number | null,
  path: string,
  expected: Expected | null,
): { gone: Gone; bytes: number } {
  const seen = fs.lstatSync(path, quietly);
  if (seen === undefined) return { gone: 'absent', bytes: 0 };
  if (!seen.isFile() || seen.nlink !== 1 || seen.dev !== root.dev) return { gone: 'refused', bytes: 0 };
  if (expected === null) {
    try {
      fs.unlinkSync(path);
    } catch (cause) {
      return { gone: goneBy(cause), bytes: 0 };
    }
    return { gone: 'done', bytes: seen.size };
  }
  if (quarantine === null || !isSame(seen, expected)) return { gone: 'refused', bytes: 0 };
  const parked = at(quarantine, `${seen.ino}-${parking++}`);
  const gone = tell(() => fs.renameSync(path, parked));
  if (gone !== 'done') return { gone, bytes: 0 };
  const moved = fs.lstatSync(parked, quietly);
  if (moved && (moved.nlink !== 1 || !isSame(moved, expected))) {
    // linkSync does not overwrite: should the name be taken again, the stranger stays visible in the quarantine.
    fs.linkSync(parked, path);
    fs.unlinkSync(parked);
    return { gone: 'refused', bytes: 0 };
  }
  // Not there any more: whoever clears the quarantine beside us saw that it was the file meant.
  if (moved) tell(() => fs.unlinkSync(parked));
  return { gone: 'done', bytes: seen.size };
}

const quietly = { throwIfNoEntry: false } as const;

function tell(deed: () => void): Gone {
  try {
    deed();
    return 'done';
  } catch (cause) {
    return goneBy(cause);
  }
}

function goneBy(cause: unknown): Gone {
  return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'refused';
}

let parking = 0;

/** The quarantine folder of this root, private to us; what a killed run left in it and was checked is deleted now. */
export function openQuarantine(root: Root): number {
  try {
    fs.mkdirSync(at(root.fd, quarantineName), { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new ConnectorFault(
        'refused',
        `no quarantine folder can be made in the root (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}): nothing is deleted`,
        {
          retry: false,
          nl: `in de map van deze bron is geen quarantaine te maken (${(cause as NodeJS.ErrnoException).code ?? 'onbekend'}): er wordt niets verwijderd`,
          cause,
        },
      );
  }
  const fd = openFolder(root, [quarantineName]);
  for (const name of fs.readdirSync(at(fd, '.'))) {
    const left = fs.lstatSync(at(fd, name), quietly);
    if (left?.nlink === 1 && left.ino === Number(name.split('-')[0])) tell(() => fs.unlinkSync(at(fd, name)));
  }
  return fd;
}

/** Takes away folders that became empty, from the inside out; never the root, never one younger than an hour. */
export function pruneEmpty(root: Root, parts: readonly string[], now: number): void {
  for (let depth = parts.length; depth > 0; depth -= 1) {
    const name = parts[depth - 1] ?? '';
    let parent: number;
    try {
      parent = openFolder(root, parts.slice(0, depth - 1));
    } catch {
      return; // gone already
    }
    try {
      const seen = statOf(parent, name);
      if (!seen?.isDirectory() || now - seen.birthtimeMs < 3_600_000) return;
      fs.rmdirSync(at(parent, name));
    } catch {
      return; // not empty: it stays
    } finally {
      fs.closeSync(parent);
    }
  }
}
