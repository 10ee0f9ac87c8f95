/** The schemas beside the files of a home, by which an editor completes and checks while one writes. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './files.ts';

const kinds = ['policy', 'estate', 'profile', 'access'] as const;
export type SchemaKind = (typeof kinds)[number];

/** The program's own, as it publishes them. */
const published = new URL('../../docs/generated/', import.meta.url).pathname;
const folder = '.schema';
const fileOf = (kind: SchemaKind): string => `${kind}.schema.json`;

/** Made and kept as those of the program that runs. A home that cannot be written opens all the same: nothing but an editor reads these. */
export function writeSchemas(home: string): void {
  try {
    for (const kind of kinds) {
      const text = readFileSync(join(published, fileOf(kind)), 'utf8');
      const at = join(home, folder, fileOf(kind));
      if (there(at) === text) continue;
      mkdirSync(join(home, folder), { recursive: true, mode: 0o755 });
      writeWhole(at, text, 0o644);
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
  }
}

function there(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** What an editor looks for at the top of a file: the schema, relative to that file. */
export const schemaComment = (kind: SchemaKind): string =>
  // A profile stands in a folder of the home, the others in the home itself.
  `yaml-language-server: $schema=${kind === 'profile' ? '../' : ''}${folder}/${fileOf(kind)}`;

/** A file of the program's own folders as it stands in a home: its first line names the schema there. */
export function inHome(text: string, kind: SchemaKind): string {
  const line = `# ${schemaComment(kind)}`;
  const [first = '', ...rest] = text.split('\n');
  return first.startsWith('# yaml-language-server:') ? [line, ...rest].join('\n') : `${line}\n${text}`;
}
