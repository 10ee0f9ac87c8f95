/** The program's own source, without its tests. */
import { globSync } from 'node:fs';

export const sources = (): string[] =>
  globSync('src/**/*.ts')
    .filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.child.ts') && !file.includes('/conformance/'))
    .toSorted();
