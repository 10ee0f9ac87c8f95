import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse } from 'yaml';
import { edited } from '../../test/worlds/mutated.ts';
import { problemText } from '../base/yaml.ts';
import { policyJsonSchema, readLaw, readPolicy } from './index.ts';

const text = readFileSync('policies/it-provider/policy.yaml', 'utf8');
const { law, problems: lawProblems } = readLaw(
  ['nl', 'nl-duties', 'eu'].map((name) => ({ name, text: readFileSync(`law/${name}.yaml`, 'utf8') })),
);
const read = (changed: string, day = '2026-11-24') => readPolicy({ name: 'policy.yaml', text: changed }, law, day);
const told = (changed: string): string => read(changed).problems.map(problemText).join('\n');
const change = (from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  assert.notEqual(changed, text);
  return changed;
};

describe('the policy', () => {
  it('of the reference provider checks clean, against law that reads clean', () => {
    assert.deepEqual(lawProblems, []);
    assert.deepEqual(read(text).problems, []);
    assert.ok(read(text).policy);
  });

  it('names every mistake at once, with line, column and the nearest word', () => {
    const broken = change('keep: P90D', 'keep: P0D')
      .replace('then: review', 'then: reviw')
      .replace('keptWhile', 'keptWhle');
    const { problems } = read(broken);
    assert.equal(problems.length, 3);
    for (const one of problems) assert.ok(one.line > 10 && one.column > 1 && one.file === 'policy.yaml');
    assert.deepEqual(
      problems
        .map((one) => one.nearest)
        .filter((one) => one !== undefined)
        .toSorted(),
      ['keptWhile', 'review'],
    );
  });

  it('takes a term of zero, empty or null for a mistake, never for "off"', () => {
    for (const term of ['P0D', '""', 'null', '', '0'])
      assert.match(told(change('keep: P90D', `keep: ${term}`)), /keep/, term);
  });

  it('refuses a term below a statutory minimum, and names both', () => {
    assert.match(
      told(change(/keep: P7Y\n {4}from: invoice-date/, 'keep: P5Y\n    from: invoice-date')),
      /invoices-seven-years.*five years.*AWR art\. 52\(4\).*seven years/,
    );
  });

  it('sees a minimum that a calendar hides: seven years from the event are less than seven from the end of the year', () => {
    assert.match(
      told(change(/from: invoice-date\n {4}startsAt: end-of-year/, 'from: invoice-date')),
      /invoices-seven-years/,
    );
  });

  it('refuses two rules for one category, and names both', () => {
    assert.match(
      told(change('data: [video]\n    text: { nl: "Ten', 'data: [video, prospects]\n    text: { nl: "Ten')),
      /"video-90-days".*"prospects-one-year"/,
    );
  });

  it('asks for a percentage where a share stands as a number', () => {
    assert.match(told(change('share: 10%', 'share: 10')), /share: expected a percentage such as 25%$/m);
  });

  it('asks for a law that is there and in force', () => {
    assert.match(told(change('maximum: nl-vb-42-6', 'maximum: nl-vb-42-7')), /did you mean "nl-vb-42-6"/);
    assert.match(read(text, '2011-01-01').problems.map(problemText).join(), /not in force on 2011-01-01/);
  });

  it('refuses an extension by consent that extends nothing, and references to nothing', () => {
    assert.match(told(change('atMost: P1Y }', 'atMost: P2W }')), /not longer than four weeks/);
    assert.match(
      told(change('data: [video]\n    text: { nl: Het', 'data: [vidio]\n    text: { nl: Het')),
      /did you mean "video"/,
    );
  });

  it('has a JSON Schema that an editor agrees with', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(policyJsonSchema()) as object,
    );
    assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
    assert.equal(validate(parse(change('gestand: 1', 'gestand: 2'))), false);
  });

  it('survives any mutation: a value or located problems, never a crash', () => {
    fc.assert(
      fc.property(edited(text), (changed) => {
        const { policy, problems } = read(changed);
        assert.ok(policy !== null || problems.length > 0);
        for (const one of problems) assert.ok(one.line >= 1 && one.column >= 1 && one.message !== '');
      }),
      { numRuns: 150 },
    );
  });

  it('names a list or a map that stands where a key should, at its place and not on standard error', async () => {
    const warned: Error[] = [];
    const hear = (one: Error): void => void warned.push(one);
    process.on('warning', hear);
    const [problem] = read(`${text}\n{ name: secret }: x\n`).problems;
    await new Promise((settle) => setImmediate(settle));
    process.off('warning', hear);
    assert.equal(problem?.line, text.split('\n').length + 1);
    assert.match(problem.message, /keys/);
    assert.deepEqual(warned, []);
  });

  it('is not felled by a bomb of aliases', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefg'[i] ?? ''}`)
            .join(',')}]`,
      )
      .join('\n')}\n`;
    assert.ok(read(bomb).problems.length > 0);
  });
});
