/** What derives from the sources: every page and schema of docs/generated and docs/rules, by its file. */
import { accessJsonSchema, permissionsPage } from '../src/access/index.ts';
import { estateJsonSchema, profileJsonSchema } from '../src/estate/index.ts';
import { policyJsonSchema } from '../src/policy/index.ts';
import { materialPage } from './material.ts';
import { referencePage } from './reference.ts';
import { rulePages } from './rules.ts';
import { addressesPage, limitsPage, recordsPage } from './security.ts';

export const generated: Record<string, () => string> = {
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
  'docs/generated/limits.md': limitsPage,
  'docs/generated/addresses.md': addressesPage,
  'docs/generated/records.md': recordsPage,
};

for (const [file, text] of Object.entries(rulePages())) generated[file] = () => text;
