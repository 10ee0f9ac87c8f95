/** Writing a file so that a power cut leaves the old one or the new one, never half of either. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../base/folder.ts';

export function writeWhole(file: string, text: string | Uint8Array, mode = 0o640): void {
  makeFolder(resolve(dirname(file)), 0o700);
  const beside = `${file}.new-${process.pid}`;
  const handle = openSync(beside, 'w', mode);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
