/** Writes what derives from the sources into docs/generated and docs/rules; with --check it only looks whether that is fresh. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { accessJsonSchema, permissionsPage } from '../src/access/index.ts';
import { estateJsonSchema, profileJsonSchema } from '../src/estate/index.ts';
import { policyJsonSchema } from '../src/policy/index.ts';
import { materialPage } from './material.ts';
import { referencePage } from './reference.ts';
import { rulePages } from './rules.ts';

const files: Record<string, () => string> = {
  'docs/generated/policy.schema.json': policyJsonSchema,
  'docs/generated/estate.schema.json': estateJsonSchema,
  'docs/generated/profile.schema.json': profileJsonSchema,
  'docs/generated/access.schema.json': accessJsonSchema,
  'docs/generated/permissions.md': permissionsPage,
  'docs/generated/access-reference.md': () =>
    referencePage(
      'Access reference',
      'Every key of `access.yaml`. What it is about: [people](../people.md).',
      accessJsonSchema(),
    ),
  'docs/generated/policy-reference.md': () =>
    referencePage(
      'Policy reference',
      'Every key of `policy.yaml`. How to write one: [the policy](../policy.md).',
      policyJsonSchema(),
    ),
  'docs/generated/estate-reference.md': () =>
    referencePage(
      'Estate reference',
      'Every key of `estate.yaml`. How to write one: [the estate](../estate.md).',
      estateJsonSchema(),
    ),
  'docs/generated/profile-reference.md': () =>
    referencePage(
      'Profile reference',
      'Every key of a file in `profiles/`. How to write one: [profiles](../profiles.md).',
      profileJsonSchema(),
    ),
  'docs/generated/material-changes.md': materialPage,
};

for (const [file, text] of Object.entries(rulePages())) files[file] = () => text;

const check = process.argv.includes('--check');
for (const folder of ['docs/generated', 'docs/rules']) mkdirSync(folder, { recursive: true });
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
