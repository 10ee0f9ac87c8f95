import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lint, lintRules, parsePolicy, PolicyFile, readLaw } from '../index.ts';

const guide = readFileSync('docs/policy.md', 'utf8');
const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
const book = readLaw(
  ['nl.yaml', 'nl-duties.yaml', 'eu.yaml'].map((name) => ({ name, text: readFileSync(`law/${name}`, 'utf8') })),
);

describe('the guide to the policy', () => {
  it('has every section of the language once, in its order, in the table and as an example', () => {
    const sections = Object.keys(PolicyFile.shape);
    assert.deepEqual(
      examples.map((one) => /^\w+/.exec(one)?.[0]),
      sections,
    );
    assert.deepEqual(
      [...guide.matchAll(/^\| \[(\w+)\]\(#/gm)].map((found) => found[1]),
      sections.slice(1),
    );
  });

  it('has examples that are together one policy, in which the linter finds nothing', () => {
    const parsed = parsePolicy({ name: 'policy.md', text: examples.join('') });
    assert.deepEqual(parsed.problems, []);
    assert.ok(parsed.value);
    const { findings } = lint({ policy: parsed.value, parsed, book, at: '2026-11-25', has: () => true, estate: null });
    assert.deepEqual(
      findings.map((one) => `${one.rule} ${one.path}: ${one.message.en}`),
      [],
    );
  });
});

describe('the guide to the linter', () => {
  it('speaks of rules that there are', () => {
    const named = [...readFileSync('docs/lint.md', 'utf8').matchAll(/GST-[A-Z]\d{2}/g)].map((found) => found[0]);
    assert.ok(named.length > 5);
    for (const id of named)
      assert.ok(
        lintRules.some((rule) => rule.id === id),
        id,
      );
  });
});
