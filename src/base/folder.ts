/** Making a folder where somebody asks for one. */
import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Text } from './language.ts';

/**
 * Makes the folder and those above it that are not there; returns what it made, the topmost first. One at a time: asked for all of
 * a path under /proc, where nothing can be made, Node goes round for ever. Throws the machine's error, with its `path`.
 */
export function makeFolder(folder: string, mode: number): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return [];
  const above = dirname(folder);
  const made = above === folder || existsSync(folder) ? [] : makeFolder(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (cause) {
    // Another of us may have been first.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw cause;
    return made;
  }
  return [...made, folder];
}

/** Why no folder can be there, in words for whoever named it; null when one can. What was made to find out is gone again. */
export function whyNoFolder(folder: string): Text | null {
  let made: string[] = [];
  try {
    made = makeFolder(resolve(folder), 0o700);
    return null;
  } catch (cause) {
    return refusedFolder(cause);
  } finally {
    for (const one of made.toReversed()) rmdirSync(one);
  }
}

/** What a machine's error says of a folder that could not be made. */
export function refusedFolder(cause: unknown): Text {
  const { code = '', path = '' } = cause as { readonly code?: string; readonly path?: string };
  const told: Readonly<Record<string, Text>> = {
    EEXIST: { nl: `${path} is een bestand en geen map`, en: `${path} is a file and not a folder` },
    ENOTDIR: { nl: `${dirname(path)} is een bestand en geen map`, en: `${dirname(path)} is a file and not a folder` },
    EACCES: { nl: `dit account mag ${path} niet maken`, en: `this account may not make ${path}` },
    EPERM: { nl: `dit account mag ${path} niet maken`, en: `this account may not make ${path}` },
    EROFS: {
      nl: `${path} staat op een schijf waarop niet wordt geschreven`,
      en: `${path} is on a disk that is only read`,
    },
    ENAMETOOLONG: { nl: 'de naam of het pad is te lang', en: 'the name or the path is too long' },
    ENOSPC: { nl: 'de schijf is vol', en: 'the disk is full' },
  };
  return (
    told[code] ?? {
      nl: `in ${dirname(path)} kan geen map worden gemaakt (${code})`,
      en: `no folder can be made in ${dirname(path)} (${code})`,
    }
  );
}
