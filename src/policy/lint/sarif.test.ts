import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { lint, lintRules, parsePolicy, readLaw, toSarif } from '../index.ts';

/** The parts of the SARIF 2.1.0 schema that this report uses, with what they require and that nothing else may stand there. */
const only = (required: readonly string[], properties: object): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object): object => ({ type: 'array', items });
const text = { type: 'string' };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const message = only(['text'], { text, markdown: text });
const bag = { type: 'object' };
const descriptor = only(['id'], {
  id: text,
  shortDescription: message,
  fullDescription: message,
  help: message,
  // The format wants an absolute address; one of this machine is absolute and of no use to its reader.
  helpUri: { type: 'string', pattern: '^https:' },
  defaultConfiguration: only([], { level }),
  properties: bag,
});
const location = only([], {
  physicalLocation: only(['artifactLocation'], {
    artifactLocation: only(['uri'], { uri: { type: 'string', pattern: '^[^ \\\\]+$' } }),
    region: only(['startLine'], {
      startLine: { type: 'integer', minimum: 1 },
      startColumn: { type: 'integer', minimum: 1 },
    }),
  }),
  logicalLocations: list(only([], { fullyQualifiedName: text })),
});
const result = only(['message'], {
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: -1 },
  level,
  message,
  locations: list(location),
  partialFingerprints: { type: 'object', additionalProperties: text },
  suppressions: list(only(['kind'], { kind: { enum: ['inSource', 'external'] }, justification: text })),
  properties: bag,
});
const driver = only(['name'], {
  name: text,
  version: text,
  language: { type: 'string', pattern: '^[a-z]{2}(-[A-Z]{2})?$' },
  rules: list(descriptor),
});
const schema = only(['version', 'runs'], {
  $schema: text,
  version: { const: '2.1.0' },
  runs: list(
    only(['tool'], {
      tool: only(['driver'], { driver }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: list(result),
    }),
  ),
});
const validate = new Ajv({ allErrors: true }).compile(schema);

interface Sarif {
  runs: [
    {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; level: string; suppressions?: object[] }[];
    },
  ];
}

const book = readLaw(
  ['nl.yaml', 'nl-duties.yaml', 'eu.yaml'].map((name) => ({ name, text: readFileSync(`law/${name}`, 'utf8') })),
);
function sarifOf(file: string, language: 'nl' | 'en' = 'en'): Sarif {
  const parsed = parsePolicy({ name: file, text: readFileSync(file, 'utf8') });
  assert.ok(parsed.value);
  const report = lint({ policy: parsed.value, parsed, book, at: '2026-11-25', has: () => true, estate: null });
  const made = toSarif(report, {
    language,
    rules: lintRules,
    version: '0.1.0',
    uri: (name) => name,
  });
  return JSON.parse(JSON.stringify(made)) as Sarif;
}

function put(root: object, place: readonly (string | number)[], value: unknown): void {
  let here = root as Record<string | number, unknown>;
  for (const part of place.slice(0, -1)) here = here[part] as Record<string | number, unknown>;
  here[place.at(-1) ?? ''] = value;
}

describe('the report for a code host', () => {
  it('is SARIF 2.1.0, in both languages', () => {
    for (const language of ['nl', 'en'] as const)
      assert.ok(validate(sarifOf('policies/it-provider-2019/policy.yaml', language)), JSON.stringify(validate.errors));
  });

  it('and the schema bites: without a message, with a line 0, with a key of our own, with an address that leads nowhere', () => {
    const spoilt: [place: (string | number)[], value: unknown][] = [
      [['results', 0, 'message'], undefined],
      [['results', 0, 'locations', 0, 'physicalLocation', 'region', 'startLine'], 0],
      [['results', 0, 'article'], 'x'],
      [['tool', 'driver', 'rules', 0, 'helpUri'], 'docs/x.md'],
      [['tool', 'driver', 'rules', 0, 'helpUri'], 'file:///srv/docs/x.md'],
    ];
    for (const [place, value] of spoilt) {
      const sarif = sarifOf('policies/it-provider-2019/policy.yaml');
      put(sarif.runs[0], place, value);
      assert.equal(validate(JSON.parse(JSON.stringify(sarif))), false, place.join('.'));
    }
  });

  it('names for every result its rule, in the place where the rule stands, and its level', () => {
    const [{ tool, results }] = sarifOf('policies/it-provider-2019/policy.yaml').runs;
    assert.equal(tool.driver.rules.length, 72);
    for (const one of results) assert.equal(tool.driver.rules[one.ruleIndex]?.id, one.ruleId);
    const levels = (rule: string): string[] => results.filter((one) => one.ruleId === rule).map((one) => one.level);
    assert.deepEqual([levels('GST-E03'), levels('GST-H01'), levels('GST-B08')], [['error'], ['warning'], ['warning']]);
    assert.ok(levels('GST-I02').every((one) => one === 'note'));
  });

  it('shows a justified warning as suppressed, with its reason', () => {
    const [{ results }] = sarifOf('policies/it-provider/policy.yaml').runs;
    assert.deepEqual(
      results.map((one) => one.ruleId),
      ['GST-D04'],
    );
    assert.match(JSON.stringify(results[0]?.suppressions), /inSource.*three months/);
  });
});
