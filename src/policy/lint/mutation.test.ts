import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { edited, reshaped, type Json } from '../../../test/worlds/mutated.ts';
import { lint, parsePolicy, readLaw } from '../index.ts';
import { belowOrAbove, conflicting } from '../read.ts';

const text = readFileSync('policies/it-provider-2019/policy.yaml', 'utf8');
const book = readLaw(
  ['nl.yaml', 'nl-duties.yaml', 'eu.yaml'].map((name) => ({ name, text: readFileSync(`law/${name}`, 'utf8') })),
);
const long = process.env['GESTAND_SOAK'] !== undefined;
const runs = long ? 5_000 : 150;

/** The sections of both reference policies, each alone with the organisation and no longer than a page. */
const sections = [text, readFileSync('policies/it-provider/policy.yaml', 'utf8')].flatMap((whole) => {
  const parts = whole.split(/\n(?=[a-z]+:)/i);
  const organisation = parts.find((one) => one.startsWith('organisation:')) ?? '';
  return parts.map((part) => ['gestand: 1', organisation, ...part.split('\n').slice(0, 30), ''].join('\n'));
});

/** Reads, checks and lints: a policy with findings, or problems; every one of them located and in words. */
function survive(changed: string): 'a policy' | 'problems' {
  const parsed = parsePolicy({ name: 'policy.yaml', text: changed });
  assert.ok(parsed.value !== null || parsed.problems.length > 0);
  const lines = changed.split('\n').length;
  for (const one of parsed.problems)
    assert.ok(one.line >= 1 && one.line <= lines && one.column >= 1 && one.message !== '');
  if (!parsed.value) return 'problems';
  for (const one of [...belowOrAbove(parsed.value, book.law, '2026-11-25'), ...conflicting(parsed.value)])
    assert.ok(one.message.nl !== '' && one.message.en !== '' && parsed.problem(one.path, '').line >= 1);
  const { findings } = lint({
    policy: parsed.value,
    parsed,
    book,
    at: '2026-11-25',
    has: (document) => document.length % 2 === 0,
    estate: {
      systems: [{ id: 'x', role: 'processor', country: 'US', datasets: [{ id: 'y', data: 'video', kind: 'tree' }] }],
    },
    living: { now: '2026-11-25T10:00:00Z', bound: [], drift: [], controls: [] },
  });
  for (const one of findings) {
    assert.ok(one.line >= 1 && one.line <= lines && one.column >= 1 && one.path !== '', one.rule);
    assert.ok(one.message.nl !== '' && one.message.en !== '', one.rule);
    assert.doesNotMatch(`${one.message.nl}${one.message.en}`, /\bundefined\b|\bNaN\b|\[object/, one.rule);
  }
  return 'a policy';
}

describe('the linter and the parser', () => {
  it('survive any edit of the text', () => {
    fc.assert(
      fc.property(edited(text), (changed) => {
        survive(changed);
      }),
      { numRuns: runs },
    );
  });

  it('survive any edit of any section, a hundred thousand with those of the whole', () => {
    assert.ok(sections.length > 20, `${sections.length} sections`);
    fc.assert(
      fc.property(
        fc.constantFrom(...sections).chain((section) => edited(section)),
        (changed) => void survive(changed),
      ),
      { numRuns: long ? 90_000 : 1_500 },
    );
  });

  it('survive any reshaping of what it says, and much of that is still a policy to lint', () => {
    let policies = 0;
    fc.assert(
      fc.property(reshaped(parse(text) as Json), (changed) => {
        if (survive(changed) === 'a policy') policies += 1;
      }),
      { numRuns: runs },
    );
    assert.ok(policies > runs / 10, `${policies} of ${runs}`);
  });

  it('are not slowed down by a text made for it', () => {
    const hostile = ['langer ', 'zolang ', 'a ', 'de onze ', '100 ', 'strikt', 'uit hoofde van '].map((word) =>
      word.repeat(20_000),
    );
    for (const word of hostile) {
      const changed = text.replace('Derden', word).replace('Ten hoogste 90 dagen', word);
      const before = process.cpuUsage();
      survive(changed);
      const { user, system } = process.cpuUsage(before);
      assert.ok(user + system < 5_000_000, `${word.slice(0, 10)}: ${(user + system) / 1000} ms`);
    }
  });
});
