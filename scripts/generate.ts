/** Writes what derives from the sources into docs/generated; with --check it only looks whether that is fresh. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { estateJsonSchema, profileJsonSchema } from '../src/estate/index.ts';
import { policyJsonSchema } from '../src/policy/index.ts';

const files: Readonly<Record<string, () => string>> = {
  'docs/generated/policy.schema.json': policyJsonSchema,
  'docs/generated/estate.schema.json': estateJsonSchema,
  'docs/generated/profile.schema.json': profileJsonSchema,
};

const check = process.argv.includes('--check');
mkdirSync('docs/generated', { recursive: true });
for (const [file, make] of Object.entries(files)) {
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
