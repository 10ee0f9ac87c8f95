/**
 * How a batch of files is known again after a kill: by the name of each, and where the file itself decided, by its number and the
 * moment it was made, so that a new file of that name is not taken for the old one.
 */
import { closeSync } from 'node:fs';
import { ConnectorFault } from '../kit/receipt.ts';
import {
  closeRoot,
  isGone,
  openFolder,
  openRoot,
  partsOf,
  statOf,
  unreadable,
  type Expected,
  type Root,
} from './tree.ts';

/** The files of a folder: their names with "/" between them, which no name holds, and what marks each in the same order, or "". */
export type Names = readonly [names: string, marks: string];

interface Trace {
  /** The number of the root: where another is mounted by now, or none, nothing can be told. */
  readonly root: number;
  readonly folders: readonly (readonly [folder: string, ...Names])[];
}

export function namesOf(chosen: readonly { readonly name: string; readonly expected: Expected | null }[]): Names {
  const names = chosen.map(({ name }) => name).join('/');
  // Where the name decides of all of them there is nothing else to know them by.
  if (chosen.every(({ expected }) => expected === null)) return [names, ''];
  return [names, chosen.map(({ expected }) => (expected ? `${expected.ino} ${expected.bornMs}` : '')).join('/')];
}

export function traceOf({ ino }: Root, folders: Trace['folders']): string {
  return JSON.stringify({ root: ino, folders } satisfies Trace);
}

/** How many of these items are gone. */
export async function gone(path: string, trace: string, items: number): Promise<number> {
  const { root: ino, folders } = JSON.parse(trace) as Trace;
  const root = openRoot(path);
  try {
    if (root.ino !== ino)
      throw new ConnectorFault('surprise', 'the root of this source is another folder than the one of the batch', {
        retry: false,
        nl: 'de map van deze bron is een andere dan die van de partij',
      });
    let there = 0;
    for (const [folder, names, marks] of folders) {
      there += standingIn(root, folder, names.split('/'), marks.split('/'));
      await new Promise((done) => setImmediate(done));
    }
    return items - there;
  } finally {
    closeRoot(root);
  }
}

function standingIn(root: Root, folder: string, names: readonly string[], marks: readonly string[]): number {
  const parts = folder === '' ? [] : partsOf(folder.slice(0, -1));
  if (!parts) return 0;
  let fd: number;
  try {
    fd = openFolder(root, parts);
  } catch (cause) {
    if (isGone(cause)) return 0;
    throw unreadable(cause);
  }
  try {
    return names.filter((name, i) => {
      const stat = statOf(fd, name);
      return stat !== null && (!marks[i] || marks[i] === `${stat.ino} ${stat.birthtimeMs}`);
    }).length;
  } finally {
    closeSync(fd);
  }
}
