/**
 * The whole published log as one file, for whoever checks it elsewhere: the folder that `gestand evidence export` writes, zipped
 * under the name that the page's command gives it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import type { Ledger } from '../../ledger/index.ts';
import { siteRefusals } from './phrases.ts';

/** Entries of at most 4 KiB, held in memory while they are packed. */
const most = 50_000;

export async function logFile(ledger: Ledger): Promise<Uint8Array> {
  const at = await ledger.checkpoint();
  if (at === null) throw siteRefusals.nothingSigned();
  if (at.size > most) throw siteRefusals.logTooLarge();
  const folder = mkdtempSync(join(tmpdir(), 'gestand-log-'));
  try {
    await ledger.exportTo(folder);
    const files: Zippable = {};
    for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!found.isFile()) continue;
      const file = join(found.parentPath, found.name);
      files[`gestand-log/${relative(folder, file).split(sep).join('/')}`] = [
        readFileSync(file),
        { mtime: '1990-01-01' },
      ];
    }
    return zipSync(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
