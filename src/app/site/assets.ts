/** The sheet and scripts that scripts/assets.ts made, each under a name that holds its hash. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../base/refusal.ts';
import { program } from '../home.ts';

export interface Assets {
  /** Address of "gestand.css", "console.js" or "editor.js". */
  url(name: string): string;
  /** Content of a file by the name in its address; null when there is none. */
  read(file: string): { readonly bytes: Uint8Array; readonly type: string } | null;
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

export function openAssets(folder = join(program, 'dist', 'web')): Assets {
  const list = join(folder, 'manifest.json');
  if (!existsSync(list))
    throw new Fault({
      nl: 'het stijlblad en de scripts van de console zijn er niet; "npm run prepare" maakt ze',
      en: 'the sheet and scripts of the console are not there; "npm run prepare" makes them',
    });
  const manifest = JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>;
  // Read once: what is not in the list is not served, whatever its name says.
  const files = new Map(
    Object.values(manifest).map((file) => [
      file,
      {
        bytes: readFileSync(join(folder, file)),
        type: types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      },
    ]),
  );
  return {
    url: (name) => {
      const file = manifest[name];
      if (file === undefined) throw new TypeError(`no asset ${name}`);
      return `/assets/${file}`;
    },
    read: (file) => files.get(file) ?? null,
  };
}
