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

interface Trace {
  /** The number of the root: where another is mounted by now, or none, nothing can be told. */
  readonly root: number;
  readonly folders: readonly (readonly [folder: string, names: string])[];
}

/** What comes between files, and between the marks of one: no name holds either. */
const [between, within] = ['\0', '/'];

export function namesOf(chosen: readonly { readonly name: string; readonly expected: Expected | null }[]): string {
  return chosen
    .map(({ name, expected }) => (expected ? [name, expected.ino, expected.bornMs].join(within) : name))
    .join(between);
}

export function traceOf({ ino }: Root, folders: Trace['folders']): string {
  return JSON.stringify({ root: ino, folders: folders.filter(([, names]) => names !== '') } satisfies Trace);
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
    for (const [folder, names] of folders) {
      there += standingIn(root, folder, names.split(between));
      await new Promise((done) => setImmediate(done));
    }
    return items - there;
  } finally {
    closeRoot(root);
  }
}

function standingIn(root: Root, folder: string, names: readonly string[]): number {
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
    return names.filter((marked) => {
      const [name = '', number, born] = marked.split(within);
      const stat = statOf(fd, name);
      return (
        stat !== null && (number === undefined || (String(stat.ino) === number && String(stat.birthtimeMs) === born))
      );
    }).length;
  } finally {
    closeSync(fd);
  }
}
