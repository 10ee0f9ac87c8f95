/** Versions on disk: one folder each, named by its content, there whole or not at all. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { opaqueId } from '../../../base/id.ts';
import { sha256Hex } from '../../../crypto/index.ts';
import { Manifest, type Files } from './manifest.ts';

const manifestFile = 'manifest.json';

export interface Damage {
  readonly file: string;
  readonly is: 'missing' | 'changed' | 'unknown';
}

/** Puts a version there. What is there already and is right stays; what was cut off or damaged is made whole. */
export function keep(folder: string, id: string, manifest: string, files: Files): void {
  if (damages(folder, id, manifest).length === 0) return;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const fresh = join(folder, `.${opaqueId('new')}`);
  mkdirSync(fresh, { mode: 0o755 });
  try {
    for (const [name, bytes] of files) write(join(fresh, name), bytes);
    write(join(fresh, manifestFile), new TextEncoder().encode(manifest));
    sync(fresh);
    const place = join(folder, id);
    const old = join(folder, `.${opaqueId('old')}`);
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
    sync(folder);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function write(file: string, bytes: Uint8Array): void {
  const fd = openSync(file, 'wx', 0o644);
  try {
    for (let at = 0; at < bytes.byteLength;) at += writeSync(fd, bytes, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function sync(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** What differs on disk from what was published. */
export function damages(folder: string, id: string, manifest: string): Damage[] {
  const place = join(folder, id);
  const { files } = Manifest.parse(JSON.parse(manifest));
  const found = new Set(existsSync(place) ? readdirSync(place) : []);
  const expected = new Map(Object.entries(files).map(([name, { sha256 }]) => [name, sha256]));
  expected.set(manifestFile, sha256Hex(manifest));
  return [
    ...[...expected].flatMap(([file, sha256]): Damage[] => {
      if (!found.has(file)) return [{ file, is: 'missing' }];
      return hashOf(join(place, file)) === sha256 ? [] : [{ file, is: 'changed' }];
    }),
    ...[...found].filter((file) => !expected.has(file)).map((file): Damage => ({ file, is: 'unknown' })),
  ];
}

function hashOf(file: string): string | null {
  try {
    return sha256Hex(readFileSync(file));
  } catch {
    return null; // a folder or a link to nowhere where a file belongs is not what was published
  }
}

/** The bytes of one file, only when they are what was published; null when they are not, or there is no such file. */
export function readKept(folder: string, id: string, manifest: string, name: string): Uint8Array | null {
  const { files } = Manifest.parse(JSON.parse(manifest));
  const expected = Object.hasOwn(files, name) ? files[name] : undefined;
  const file = join(folder, id, name);
  if (!expected || !existsSync(file)) return null;
  const bytes = readFileSync(file);
  return sha256Hex(bytes) === expected.sha256 ? bytes : null;
}
