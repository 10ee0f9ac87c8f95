import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lintRules, readLaw } from '../index.ts';
import { lintFixture, readFixtures } from './fixtures/read.ts';

const folder = 'src/policy/lint/fixtures';
const source = (file: string) => ({ name: file, text: readFileSync(`${folder}/${file}`, 'utf8') });
const base = source('base.yaml');
const { fixtures, problems } = readFixtures('abcdefghi'.split('').map((letter) => source(`${letter}.yaml`)));
const book = readLaw(
  ['nl.yaml', 'nl-duties.yaml', 'eu.yaml'].map((name) => ({ name, text: readFileSync(`law/${name}`, 'utf8') })),
);

/** What is wrong with the pair of fixtures of a rule; nothing when one fires it and the other is clean. */
function wrong(rule: string, shown: ReturnType<typeof fixtures.get>): string[] {
  if (!shown) return [`${rule} has no fixtures`];
  const fails = lintFixture(base, shown.fails, book);
  const passes = lintFixture(base, shown.passes, book);
  const fired = fails.report?.findings ?? [];
  const here = fired.find((one) => one.rule === rule && one.path === shown.fails.path);
  return [
    ...[...fails.parsed.problems, ...passes.parsed.problems].map((one) => `${rule}: ${one.path} ${one.message}`),
    ...(here && here.line >= 1 ? [] : [`${rule} does not fire on ${shown.fails.path}`]),
    ...fired
      .filter((one) => one.rule !== rule && !shown.fails.also.includes(one.rule))
      .map((one) => `${rule}: ${one.rule} fires too, on ${one.path}`),
    ...(passes.report?.findings ?? []).map(
      (one) => `${rule}: ${one.rule} fires on ${one.path} although it should pass`,
    ),
  ];
}

describe('the rules of the linter', () => {
  it('are 72, each once, with articles, sources that law/ has, and both languages', () => {
    assert.equal(lintRules.length, 72);
    assert.equal(new Set(lintRules.map((rule) => rule.id)).size, 72);
    for (const rule of lintRules) {
      assert.match(rule.id, /^GST-[A-I]\d{2}$/);
      assert.ok(rule.article !== '' && rule.sources.length > 0, rule.id);
      for (const id of rule.sources) assert.ok(book.law.has(id), `${rule.id} rests on ${id}`);
      for (const text of [rule.title, rule.why, rule.write])
        assert.ok(text.nl.length > 5 && text.en.length > 5 && text.nl !== text.en, rule.id);
    }
  });

  it('block publication in 43 cases, warn in 27 and advise in 2', () => {
    const count = (severity: string): number => lintRules.filter((rule) => rule.severity === severity).length;
    // Of the 43 one is E or W by what it finds: an ID copy, whole or masked.
    assert.deepEqual([count('E'), count('W'), count('I')], [43, 27, 2]);
  });

  it('each fire on a policy that lacks what they ask, at its place and nowhere else, and not on one that has it', () => {
    assert.deepEqual(problems, []);
    assert.deepEqual(
      lintRules.flatMap((rule) => wrong(rule.id, fixtures.get(rule.id))),
      [],
    );
    assert.deepEqual(
      [...fixtures.keys()],
      lintRules.map((rule) => rule.id),
    );
  });

  it('and that test bites: on a rule without fixtures, with the fixtures of another, and with a pair the wrong way round', () => {
    const pair = fixtures.get('GST-A01');
    assert.ok(pair);
    assert.equal(wrong('GST-A01', undefined).length, 1);
    assert.notDeepEqual(wrong('GST-B01', pair), []);
    const turned = { fails: { ...pair.passes, path: pair.fails.path, also: [] }, passes: pair.fails };
    assert.equal(wrong('GST-A01', turned).length, 2);
  });

  it('say in both languages what to write, never the same sentence in both', () => {
    for (const rule of lintRules) {
      const shown = fixtures.get(rule.id);
      assert.ok(shown);
      const hit = lintFixture(base, shown.fails, book).report?.findings.find((one) => one.rule === rule.id);
      assert.ok(hit && hit.message.nl !== hit.message.en && /[:.]/.test(hit.message.nl), rule.id);
      assert.doesNotMatch(`${hit.message.nl} ${hit.message.en}`, /undefined|null|\[object/, rule.id);
    }
  });
});
