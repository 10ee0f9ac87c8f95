import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { changedOnce, type Json, type Once } from '../../test/worlds/mutated.ts';
import type { Problem } from '../base/yaml.ts';
import { yamlIn } from './home.ts';
import { readTogether } from './together.ts';

const folder = 'policies/it-provider';
const day = '2026-11-24';
const read = (file: string): Json => parse(readFileSync(file, 'utf8')) as Json;
const [policy, estate, profile, law] = [
  `${folder}/policy.yaml`,
  `${folder}/estate.yaml`,
  'profiles/crm.yaml',
  'law/nl.yaml',
].map(read) as [Json, Json, Json, Json];
const others = yamlIn('profiles').filter((one) => !one.name.endsWith('crm.yaml'));
const laws = yamlIn('law').filter((one) => !one.name.endsWith('/nl.yaml'));
const written = (value: Json): string => JSON.stringify(value, null, 1);

interface Given {
  readonly policy?: string;
  readonly estate?: string;
  readonly profile?: string;
  readonly law?: string;
}

const texts = { policy: written(policy), estate: written(estate), profile: written(profile), law: written(law) };

/** Every mistake of the reference with these files in the place of its own. */
function mistakes(given: Given): Problem[] {
  const text = { ...texts, ...given };
  const found = readTogether({
    policy: { name: 'policy.yaml', text: text.policy },
    estate: { name: 'estate.yaml', text: text.estate },
    profiles: [{ name: 'crm.yaml', text: text.profile }, ...others],
    law: [{ name: 'nl.yaml', text: text.law }, ...laws],
  }).mistakes(day);
  for (const one of found) {
    assert.ok(one.line >= 1 && one.column >= 1 && one.message !== '', JSON.stringify(one));
    assert.ok(one.dutch !== undefined && one.dutch !== '' && one.dutch !== one.message, JSON.stringify(one));
    assert.doesNotMatch(`${one.message}${one.dutch}`, /\bundefined\b|\[object|Invalid/, JSON.stringify(one));
  }
  return found;
}

const sections = ['subjects', 'data', 'purposes', 'recipients', 'clients'] as const;

/** Whether a mistake is at the part that was changed, in the same thing; or is about a thing that is really there no more. */
function isAbout({ at, was, is }: Once, { file, path, message }: Problem): boolean {
  const [section = '', i] = at;
  const index = Number(i);
  const here =
    typeof i === 'number' ? [`${section}[${i}]`, `${section}[${index + 1}]`] : [String(section), `${section}.`];
  if (file === 'policy.yaml' && (here.some((one) => path.startsWith(one)) || path === section)) return true;
  if (at.length === 1) return true;
  // Of two with one name the second is told, and that may be the one that was not touched.
  if (message.startsWith(`a second "${String(at.length === 2 ? (is as { readonly id?: string } | null)?.id : is)}"`))
    return true;
  if (!sections.some((one) => one === section)) return section === 'retention' && /both govern/.test(message);
  // An id that is none is taken for what refers to the old one only where the two look alike.
  const changedId = at.length === 3 && at[2] === 'id' && typeof is === 'string';
  const gone = changedId ? was : at.length === 2 ? (was as { readonly id: string }).id : null;
  return typeof gone === 'string' && message.includes(`"${gone}"`);
}

describe('the mistakes of a folder', () => {
  it('are none in the reference', () => {
    assert.deepEqual(mistakes({}), []);
  });

  it('stand at or about the one place that is wrong, and nowhere else', () => {
    let wrong = 0;
    fc.assert(
      fc.property(changedOnce(policy), (once) => {
        const found = mistakes({ policy: once.text });
        if (found.length > 0) wrong += 1;
        for (const one of found)
          assert.ok(
            isAbout(once, one),
            `${once.at.join('.')}: ${JSON.stringify(once.was)} is ${JSON.stringify(once.is)}; ${one.file} ${one.path}: ${one.message}`,
          );
      }),
      { numRuns: process.env['GESTAND_SOAK'] === undefined ? 80 : 7_000 },
    );
    assert.ok(wrong > 15, `only ${wrong} were mistakes`);
  });

  for (const [name, of, whole] of [
    ['estate', estate, ['estate.yaml']],
    ['profile', profile, ['crm.yaml', 'estate.yaml']],
    ['law', law, ['nl.yaml', 'policy.yaml']],
  ] as const)
    it(`of one place in the ${name} stand in the ${name}, or about what is there no more`, () => {
      fc.assert(
        fc.property(changedOnce(of), (once) => {
          const found = mistakes({ [name]: once.text });
          const { at } = once;
          for (const { file, path, message } of found) {
            const told = `${once.at.join('.')}: ${JSON.stringify(once.was)} is ${JSON.stringify(once.is)}; ${file} ${path}: ${message}`;
            assert.ok((whole as readonly string[]).includes(file), told);
            if (name !== 'estate' || at.length < 2 || message.startsWith('a second')) continue;
            assert.ok(
              [at[1], Number(at[1]) + 1].some((i) => path.startsWith(`systems[${i}]`)),
              told,
            );
          }
        }),
        { numRuns: process.env['GESTAND_SOAK'] === undefined ? 40 : 5_000 },
      );
    });

  it('of different kinds, in different files, are all told at once and nothing else is', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...planted), { minLength: 2, maxLength: planted.length }),
        (chosen) => {
          const now = structuredClone({ policy, estate, profile, law });
          for (const { plant } of chosen) plant(now as unknown as Files);
          const found = mistakes({
            policy: written(now.policy),
            estate: written(now.estate),
            profile: written(now.profile),
            law: written(now.law),
          });
          const told = found.map((one) => `${one.file} ${one.path}: ${one.message}`);
          for (const { is } of chosen)
            assert.equal(told.filter((one) => is.test(one)).length, 1, `${is}\n${told.join('\n')}`);
          assert.equal(told.length, chosen.length, told.join('\n'));
          const order = ['policy.yaml', 'estate.yaml', 'crm.yaml', 'nl.yaml'];
          const places = found.map((one) => order.indexOf(one.file) * 1e9 + one.line * 1e4 + one.column);
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
        },
      ),
      { numRuns: process.env['GESTAND_SOAK'] === undefined ? 25 : 1_500 },
    );
  });

  it('do not hide behind a key that is a slip, and that key is one mistake', () => {
    const text = JSON.stringify(policy)
      .replace('"retention":', '"retenton":')
      .replace('"keep":"P90D"', '"kep":"90 days"');
    assert.deepEqual(
      mistakes({ policy: text }).map((one) => [one.path, one.nearest]),
      [
        ['retenton', 'retention'],
        ['retention[9].kep', 'keep'],
        ['retention[9].keep', undefined],
      ],
    );
  });

  it('leave what is twice alone, and look at the rest', () => {
    const yaml = readFileSync(`${folder}/policy.yaml`, 'utf8').replace('then: review', 'then: reviw');
    const found = mistakes({ policy: `${yaml}\nsubjects: []\n` });
    assert.deepEqual(
      found.map((one) => one.dutch?.slice(0, 30)),
      ['"reviw" kan hier niet; hier ho', 'deze sleutel staat er twee kee', 'een lege lijst kan hier niet; '],
    );
  });

  it('of a policy that is no YAML are its own, and those of the other files are told as well', () => {
    const found = mistakes({ policy: 'gestand: 1\n  data: [', estate: texts.estate.replace('"NL"', '"Nederland"') });
    assert.ok(found.some((one) => one.file === 'policy.yaml'));
    assert.deepEqual(
      found.filter((one) => one.file !== 'policy.yaml').map((one) => one.path),
      ['systems[0].location.country'],
    );
  });
});

type Item = Record<string, unknown> & { id: string; data: string[] };
interface Files {
  policy: Record<'data' | 'subjects' | 'purposes' | 'recipients' | 'retention' | 'measures', Item[]>;
  estate: { systems: Record<string, unknown>[] };
  profile: { datasets: (Record<string, unknown> & { subjects: Record<string, unknown>[] })[] };
  law: { sources: Record<string, unknown>[] };
}

const rule = (files: Files, id: string): Item => files.policy.retention.find((one) => one.id === id) ?? assert.fail(id);
const item = (list: readonly Item[], id: string): Item => list.find((one) => one.id === id) ?? assert.fail(id);
const system = (files: Files, id: string): Record<string, unknown> =>
  files.estate.systems.find((one) => one['id'] === id) ?? assert.fail(id);

/** Mistakes that have nothing to do with each other, of every kind: shape, reference, law, and between the files. */
const planted: readonly { readonly plant: (files: Files) => void; readonly is: RegExp }[] = [
  {
    plant: ({ policy: { subjects } }) => (subjects[0]!['text'] = { nl: 'x' }),
    is: /^policy.yaml subjects\[0\]\.text\.en: missing/,
  },
  { plant: ({ policy: { data } }) => (item(data, 'customers')['kind'] = 'ordinry'), is: /"ordinry" is not valid/ },
  {
    plant: ({ policy: { data } }) => (item(data, 'video')['necesity'] = { nl: 'a', en: 'b' }),
    is: /unknown key "necesity"/,
  },
  {
    plant: ({ policy: { data } }) => (item(data, 'suppliers')['subjects'] = ['supliers-all']),
    is: /no subject "supliers-all"/,
  },
  { plant: ({ policy: { purposes } }) => purposes[0]!.data.push('vidio'), is: /no data category "vidio"/ },
  {
    plant: ({ policy: { purposes } }) => (purposes[1]!['recipients'] = ['nobody-at-all']),
    is: /no recipient "nobody-at-all"/,
  },
  { plant: ({ policy: { recipients } }) => (recipients[0]!['country'] = 'Nederland'), is: /two-letter/ },
  { plant: ({ policy: { measures } }) => delete (measures[0] as Partial<Item>).id, is: /measures\[0\]\.id: missing/ },
  {
    plant: (files) => (rule(files, 'invoices-seven-years')['keep'] = 'P5Y'),
    is: /"invoices-seven-years" keeps five years/,
  },
  { plant: (files) => (rule(files, 'video-90-days')['maximum'] = 'nl-nothing'), is: /"nl-nothing" is not in law/ },
  { plant: (files) => rule(files, 'prospects-one-year').data.push('video'), is: /both govern "video"/ },
  { plant: (files) => (rule(files, 'prospects-one-year')['keep'] = 'one year'), is: /"one year" is not an ISO/ },
  { plant: (files) => (system(files, 'office')['role'] = 'controler'), is: /^estate.yaml .*"controler"/ },
  { plant: (files) => (system(files, 'cameras')['profile'] = 'moton'), is: /no profile "moton"/ },
  {
    plant: (files) => (system(files, 'billing')['data'] = { subscribers: 'custmers' }),
    is: /^estate.yaml .*"(custmers|subscribers)"/,
  },
  {
    plant: (files) => (system(files, 'access')['sources'] = { db: { connector: 'smtp' } }),
    is: /"smtp" is not valid; expected one of sql, files, manual/,
  },
  {
    plant: ({ profile: { datasets } }) => (datasets[0]!.subjects[0]!['field'] = 'emial-of'),
    is: /^crm.yaml .*"emial-of"/,
  },
  {
    plant: ({ profile: { datasets } }) => (datasets[1]!['titel'] = 'x'),
    is: /^crm.yaml datasets\[1\]\.titel: unknown key/,
  },
  { plant: ({ law: { sources } }) => (sources.at(-1)!['kind'] = 'maximm'), is: /^nl.yaml .*"maximm"/ },
];
