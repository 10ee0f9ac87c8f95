/** The version of the program, as package.json has it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './home.ts';

export function version(): string {
  return (JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { version: string }).version;
}
