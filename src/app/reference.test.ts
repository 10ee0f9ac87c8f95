import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { problemText } from '../base/yaml.ts';
import { bind } from '../promises/retention/model.ts';
import { demoEstate } from './demo/files.ts';
import { openPolicyFolder } from './folder.ts';
import { program } from './home.ts';

const folder = join(program, 'policies', 'it-provider');
const text = readFileSync(join(folder, 'estate.yaml'), 'utf8');

describe('the reference policy and its estate', () => {
  it('are right together: every dataset of every system is reached by a rule', () => {
    const { parsed, estate, problems } = openPolicyFolder(folder);
    assert.deepEqual(problems.map(problemText), []);
    assert.ok(parsed.value && estate);
    const { lines, uncovered } = bind(
      parsed.value,
      estate.systems.flatMap((system) => system.datasets),
    );
    assert.deepEqual(uncovered, []);
    assert.deepEqual([...new Set(lines.map((line) => line.rule.promise))].toSorted(), [
      'P07',
      'P08',
      'P09',
      'P10',
      'P11',
      'P12',
      'P13',
      'P20',
      'P37',
    ]);
  });

  it('hold no secret, only where it stands; and an editor agrees with the file', () => {
    const sources = Object.values(openPolicyFolder(folder).estate?.systems ?? {}).flatMap((system) =>
      Object.values(system.sources),
    );
    for (const source of sources)
      if (source.connector === 'sql') assert.ok('env' in source.read && source.erase && 'env' in source.erase);
    const schema = JSON.parse(readFileSync(join(program, 'docs/generated/estate.schema.json'), 'utf8')) as object;
    const check = new Ajv2020({ strict: false }).compile(schema);
    assert.ok(check(parse(text)), JSON.stringify(check.errors));
    assert.equal(check({ ...(parse(text) as object), sytems: [] }), false);
  });

  it('are what the demo runs on: the same systems, and nothing left that stands elsewhere', () => {
    const demo = demoEstate(text, (database) => `postgres://x@localhost/${database}`);
    assert.equal(/\benv:|\/mnt\//.test(demo), false);
    assert.match(demo, /demo_reader@localhost\/demo_exchange/);
    const ids = (estate: string): string[] =>
      (parse(estate) as { systems: { id: string }[] }).systems.map((one) => one.id);
    assert.deepEqual(ids(demo), ids(text));
  });
});
