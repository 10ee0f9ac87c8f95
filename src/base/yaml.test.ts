import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { inLanguage, problemIn, readUnchanged, readYaml } from './yaml.ts';
import { message } from './yaml-mistakes.ts';

const Basis = z.enum(['consent', 'contract', 'legal-obligation']);
const File = z.strictObject({
  name: z.string().min(1),
  basis: z.union([Basis, z.array(Basis).min(1)]).optional(),
  date: z.iso.date().optional(),
  lasts: z
    .union([
      z.literal('session'),
      z.string().regex(/^P/, message({ nl: 'een termijn zoals P90D', en: 'a term such as P90D' })),
    ])
    .optional(),
  count: z.int().optional(),
  text: z.strictObject({ nl: z.string(), en: z.string() }).optional(),
});

const told = (yaml: string, language: 'nl' | 'en'): string =>
  readYaml({ name: 'x.yaml', text: yaml }, File)
    .problems.map((one) => problemIn(one, language))
    .join('\n');

describe('a mistake in a file', () => {
  it('says what belongs there, in both languages, and what was probably meant', () => {
    for (const [yaml, nl, en] of [
      ['basis: contract', /1:1 name: ontbreekt; hier hoort een tekst/, /name: missing; expected a text/],
      [
        'name: x\nbasis: kontract',
        /2:1 basis: "kontract" kan hier niet; hier hoort een van consent, contract, legal-obligation.* \(bedoelt u "contract"\?\)/,
        /basis: "kontract" is not valid; expected one of consent, contract, legal-obligation.* \(did you mean "contract"\?\)/,
      ],
      [
        'name: x\nbasis: [contract, kontract]',
        /basis\[1\]: "kontract" .*een van consent, .*"contract"/,
        /basis\[1\]: "kontract" .*one of consent, .*"contract"/,
      ],
      [
        'name: x\ndate: 02-11-2026',
        /date: "02-11-2026" kan hier niet; hier hoort een dag zoals 2026-11-24 \(bedoelt u "2026-11-02"\?\)/,
        /expected a day such as 2026-11-24 \(did you mean "2026-11-02"\?\)/,
      ],
      ['name: x\ndate: 2026-02-30', /een dag zoals 2026-11-24$/, /a day such as 2026-11-24$/],
      ['name: x\nlasts: 3 months', /een termijn zoals P90D/, /a term such as P90D/],
      ['name: x\ncount: many', /"many" kan hier niet; hier hoort een getal/, /"many" is not valid; expected a number/],
      ['name: x\ntext: y', /hier hoort een blok met nl, en/, /expected a block with nl, en/],
      ['name:', /name: leeg; hier hoort een tekst/, /name: empty; expected a text/],
      [
        'name: x\nbassis: contract',
        /bassis: onbekende sleutel "bassis"; hier kan name, basis.*bedoelt u "basis"/,
        /unknown key "bassis"; expected one of name, basis.*did you mean "basis"/,
      ],
    ] as const) {
      assert.match(told(yaml, 'nl'), nl);
      assert.match(told(yaml, 'en'), en);
      assert.doesNotMatch(told(yaml, 'nl') + told(yaml, 'en'), /Invalid/);
    }
  });

  it('is none where there is none', () => {
    for (const basis of ['contract', '[contract, consent]'])
      assert.equal(
        told(`name: x\nbasis: ${basis}\ndate: 2026-11-02\nlasts: session\ntext: { nl: a, en: b }`, 'nl'),
        '',
      );
  });

  it('is told in one language to a program', () => {
    const [problem] = readYaml({ name: 'x.yaml', text: '{}' }, File).problems;
    assert.ok(problem);
    assert.equal(inLanguage(problem, 'en').message, 'missing; expected a text');
    assert.deepEqual(
      [inLanguage(problem, 'nl').message, 'dutch' in inLanguage(problem, 'nl')],
      ['ontbreekt; hier hoort een tekst', false],
    );
  });

  it('is told for each thing that is missing, also when they are missing at one place', () => {
    const both = z.strictObject({ a: z.string(), b: z.string() });
    assert.deepEqual(
      readYaml({ name: 'x.yaml', text: '{}' }, both).problems.map((one) => one.path),
      ['a', 'b'],
    );
  });

  it('leaves what is right, with its place; an id counts while its thing is wrong', () => {
    const List = z.strictObject({
      things: z.array(z.strictObject({ id: z.string().regex(/^[a-z-]+$/), kind: z.enum(['big', 'small']) })),
    });
    const read = readYaml(
      {
        name: 'x.yaml',
        text: 'things:\n  - { id: one, knd: big }\n  - { id: two, kind: 7 }\n  - 3\n  - { id: four, kind: big }\n',
      },
      List,
    );
    assert.deepEqual(read.part, {
      things: [{ id: 'one', kind: 'big' }, { id: 'two' }, undefined, { id: 'four', kind: 'big' }],
    });
    assert.deepEqual(
      [read.wrong(['things', 1]), read.wrong(['things', 1, 'id']), read.wrong(['things', 3])],
      [true, false, false],
    );
    const names = read.ids(['things']);
    assert.deepEqual(['one', 'two', 'four'].map(names.has), [true, true, true]);
    // The third can be anything.
    assert.ok(names.maybe('five'));
    const odd = readYaml({ name: 'x.yaml', text: 'things: [{ id: Our Shop!, kind: big }]' }, List).ids(['things']);
    assert.deepEqual(['our-shop', 'warehouse'].map(odd.maybe), [true, false]);
  });

  it('of what is no YAML is told in both languages', () => {
    for (const text of [
      'a: [',
      'a: "x',
      '\ta: 1',
      'a: b: c',
      'a: &x 1\nb: *y',
      'a: 1\n---\nb: 2',
      'a: @x',
      'a: !!q 1',
      'name: x\nname: y',
    ])
      for (const one of readYaml({ name: 'x.yaml', text }, File).problems)
        assert.ok(one.dutch !== undefined && one.dutch !== one.message, `${text}: ${one.message}`);
  });

  it('is read anew as soon as one letter of its text is another, and not before', () => {
    const of = (text: string, schema = File) => readUnchanged({ name: 'y.yaml', text }, schema);
    const first = of('name: x');
    assert.equal(of('name: x'), first);
    assert.deepEqual(
      of('nam: x').problems.map((one) => one.nearest),
      ['name'],
    );
    assert.deepEqual(of('name: y').value, { name: 'y' });
    assert.notEqual(of('name: y', File.extend({ name: z.enum(['z']) }) as unknown as typeof File).value?.name, 'y');
  });

  it('is found in a text with very many of them before anyone grows impatient', () => {
    const before = process.cpuUsage();
    const text = Array.from({ length: 8_000 }, (_, i) => `k${i}: 1`).join('\n');
    assert.equal(readYaml({ name: 'x.yaml', text }, File).problems.length, 8_001);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 15_000_000, `${(user + system) / 1000} ms`);
  });
});
