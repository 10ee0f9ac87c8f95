/** A folder for one test, gone when it closes, and at the end of the process at the latest. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './leave.ts';

export interface FreshFolder {
  /** Absolute, without symlinks. */
  readonly path: string;
  close(): void;
}

export function freshFolder(): FreshFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'gestand-folder-')));
  const close = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  atExit(close);
  return { path, close };
}
