/** What a newcomer writes where the linter asks: the examples of docs/first-statement.md, each at the place of its finding. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { program } from '../../src/app/home.ts';
import { withValue } from '../../src/base/yaml-edit.ts';
import type { Path } from '../../src/base/yaml.ts';

export interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
}

type Values = Readonly<Record<string, unknown>>;

const guide = readFileSync(join(program, 'docs/first-statement.md'), 'utf8');
const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => parse(found[1] ?? '') as Values);

/** The example of the guide that begins with this key. */
function example(key: string): Values {
  const found = examples.find((one) => Object.keys(one)[0] === key);
  if (!found) throw new Error(`docs/first-statement.md has no example that begins with "${key}"`);
  return found;
}

/** Where an example of the guide has what this rule asks, beside the place of its finding. */
const written: Readonly<Record<string, string>> = {
  'GST-B03': 'assessment',
  'GST-C03': 'agreement',
  'GST-D08': 'backups',
  'GST-D09': 'decides',
  'GST-E10': 'withdrawal',
  'GST-F08': 'text',
  'GST-G03': 'statement',
  'GST-G04': 'shieldedNumbers',
  'GST-G05': 'calls',
  'GST-G06': 'video',
  'GST-I05': 'dpia',
};

/** What the place itself gets, where no example is needed. */
const plain: Readonly<Record<string, unknown>> = {
  'GST-A01': 'Bakkerij De Korenaar',
  'GST-B13': false,
  'GST-C05': ['EEA', 'US'],
  'GST-H04': '2026-10-01',
  'GST-I03': 'https://www.example.nl/privacy/versions',
};

/** The policy with every finding mended, and every activity read through; each client gets an address. */
export function repaired(policy: string, findings: readonly Finding[]): string {
  let text = policy;
  const set = (path: Path, value: unknown): void => void (text = withValue(text, path, value));
  for (const { rule, path } of findings) {
    const at = placeOf(text, path);
    const key = written[rule];
    if (rule === 'GST-C04') setAll(set, at, path.includes('mailing') ? example('country') : { country: 'NL' });
    else if (rule === 'GST-H03') set(at, [measure]);
    else if (key !== undefined) setAll(set, at, example(key));
    else if (rule in plain) set(at, plain[rule]);
    else throw new Error(`nobody told the newcomer what to write for ${rule} at ${path}`);
  }
  for (const one of items(text, 'purposes')) setAll(set, [...one, ''], example('owner'));
  for (const one of items(text, 'clients')) set([...one, 'email'], 'privacy@korenaar.example');
  return text;
}

const measure = {
  id: 'door',
  promise: 'P25',
  kind: 'physical',
  text: { nl: 'De deur gaat op slot.', en: 'The door is locked.' },
  shownBy: [{ control: 'premises-inspection', kind: 'declaration' }],
};

/** Each key of an example beside the place: in what the last word of the place stands in. */
function setAll(set: (path: Path, value: unknown) => void, at: Path, values: Values): void {
  for (const [key, value] of Object.entries(values)) set([...at.slice(0, -1), key], value);
}

function items(text: string, section: string): Path[] {
  const all = parse(text) as Record<string, unknown[] | undefined>;
  return (all[section] ?? []).map((_, i) => [section, i]);
}

/** "purposes.news.interest" as the file has it: ["purposes", 3, "interest"]. */
function placeOf(text: string, path: string): Path {
  let here: unknown = parse(text);
  return path.split('.').map((word) => {
    const i = Array.isArray(here) ? here.findIndex((one) => (one as { id: string }).id === word) : -1;
    here = i < 0 ? (here as Record<string, unknown> | undefined)?.[word] : (here as unknown[])[i];
    return i < 0 ? word : i;
  });
}
