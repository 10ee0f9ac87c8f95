/** Writes what derives from the sources into docs/generated and docs/rules; with --check it only looks whether that is fresh. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generated } from './generated.ts';

const check = process.argv.includes('--check');
for (const folder of ['docs/generated', 'docs/rules']) mkdirSync(folder, { recursive: true });
for (const [file, make] of Object.entries(generated)) {
  const text = make();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    console.error(`${file} is stale`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`wrote ${file}`);
  }
}
