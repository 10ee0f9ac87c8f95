import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import JSZip from 'jszip';
import { parse as parseYaml } from 'yaml';
import { reshaped, type Json } from '../../../../test/worlds/mutated.ts';
import { openPolicyFolder } from '../../../app/folder.ts';
import { parsePolicy, type Policy } from '../../../policy/index.ts';
import { csv, fromCsvCell, xlsx } from '../document/formats/index.ts';
import { sentences } from '../document/model.ts';
import { completeness } from './completeness.ts';
import { controlName } from '../../proof/parts.ts';
import { controllerRegister, processorRegister, UnknownClient, type SystemSummary } from './derive.ts';
import { registerDocument } from './document.ts';
import type { Register } from './model.ts';
import { registerSheet, registerSheets } from './sheets.ts';

const day = '2026-11-24';
const opened = (name: string): { policy: Policy; options: Parameters<typeof controllerRegister>[1] } => {
  const { parsed, book } = openPolicyFolder(`policies/${name}`);
  assert.ok(parsed.value);
  return { policy: parsed.value, options: { book, day } };
};
const reference = opened('it-provider');
const gaps2019 = opened('it-provider-2019');
const changed = (change: (policy: Policy) => void): Policy => {
  const policy = structuredClone(reference.policy);
  change(policy);
  return policy;
};
const purpose = (policy: Policy, id: string): Policy['purposes'][number] =>
  policy.purposes.find((one) => one.id === id) ?? assert.fail(id);
const listed = (register: Register): string[] =>
  completeness(register).gaps.map((one) => `${one.activity ?? '*'} ${one.lack} ${one.article} ${one.path}`);

describe('the registers', () => {
  it('have every purpose of the policy once, in one of the two', () => {
    for (const { policy, options } of [reference, gaps2019]) {
      const own = controllerRegister(policy, options).activities.map(({ id }) => id);
      const served = processorRegister(policy, null, options).activities.map(({ id }) => id);
      assert.deepEqual([...own, ...served].toSorted(), policy.purposes.map(({ id }) => id).toSorted());
    }
  });

  it("of one client have that client's purposes and no other's", () => {
    const policy = changed((one) => {
      const [bakery] = one.clients;
      const hosting = purpose(one, 'hosting');
      assert.ok(bakery);
      one.clients.push({ ...bakery, id: 'butcher', name: 'Slagerij' });
      one.purposes.push({ ...hosting, id: 'hosting-butcher', client: 'butcher' });
    });
    const system = (id: string, client?: string): SystemSummary => ({
      id,
      title: { nl: id, en: id },
      role: 'processor',
      ...(client === undefined ? {} : { client }),
      location: { country: 'NL', place: 'Haps' },
      datasets: [{ id: 'rows', data: 'client-database', at: { kind: 'table', table: 'people' } }],
    });
    const estate = { systems: [system('db-bakery', 'bakery'), system('db-butcher', 'butcher'), system('db-all')] };
    const register = processorRegister(policy, 'bakery', { ...reference.options, estate });
    assert.deepEqual(
      register.activities.map(({ id }) => id),
      ['hosting'],
    );
    assert.deepEqual(
      register.clients.map(({ id }) => id),
      ['bakery'],
    );
    assert.deepEqual(
      register.activities[0]?.systems.map(({ id }) => id),
      ['db-bakery', 'db-all'],
    );
    assert.equal(JSON.stringify(register).includes('utcher'), false);
    assert.throws(
      () => processorRegister(policy, 'baker', reference.options),
      (cause) => cause instanceof UnknownClient && cause.known.join() === 'bakery,butcher',
    );
  });

  it('say for every part the place in the policy that it comes from', () => {
    for (const { policy, options } of [reference, gaps2019])
      for (const register of [controllerRegister(policy, options), processorRegister(policy, null, options)]) {
        const places = [
          ...froms(register),
          ...(['nl', 'en'] as const).flatMap((language) =>
            sentences(registerDocument(register, language).blocks).map(({ from }) => from),
          ),
        ].filter((from) => from !== 'law' && from !== 'frame');
        assert.ok(places.length > 50);
        assert.deepEqual(
          [...new Set(places)].filter((place) => !stands(policy, place)),
          [],
        );
      }
    assert.equal(stands(reference.policy, 'purposes.billing.nothing'), false);
  });

  it('call what shows a measure by its name in the language, and not by its id', () => {
    const ids = reference.policy.measures.flatMap(({ shownBy }) => shownBy.map(({ control }) => control));
    assert.ok(ids.length > 5);
    const found = (options: Parameters<typeof controllerRegister>[1], language: 'nl' | 'en'): string[] => {
      const register = controllerRegister(reference.policy, options);
      const told = [
        ...sentences(registerDocument(register, language).blocks).map(({ text }) => text),
        ...registerSheets(register, language).flatMap(({ rows }) => rows.flat().map(String)),
        ...registerSheet(register, language).rows.flat().map(String),
      ].join('\n');
      return ids.filter((id) => told.includes(`"${id}"`));
    };
    const names = { ...reference.options, nameOf: controlName };
    for (const language of ['nl', 'en'] as const) {
      assert.deepEqual(found(names, language), []);
      assert.deepEqual(found(reference.options, language), ids, 'the control: without names each is there');
    }
    const measures = registerSheets(controllerRegister(reference.policy, names), 'nl').at(-1);
    assert.ok(measures?.rows.flat().includes('verklaring "Een back-up is teruggezet en nagelezen"'));
  });

  it('say the same in both languages, with no empty line', () => {
    const register = controllerRegister(reference.policy, reference.options);
    const nl = registerDocument(register, 'nl');
    const en = registerDocument(register, 'en');
    assert.deepEqual(
      sentences(nl.blocks).map(({ from }) => from),
      sentences(en.blocks).map(({ from }) => from),
    );
    for (const one of [...sentences(nl.blocks), ...sentences(en.blocks)]) assert.notEqual(one.text.trim(), '');
    for (const sheet of [...registerSheets(register, 'nl'), registerSheet(register, 'en')])
      for (const row of sheet.rows) assert.equal(row.length, sheet.columns.length);
  });

  it('say of a client no term and no source that the policy does not have, in a document as in a spreadsheet', () => {
    const silent = changed((policy) => {
      const agreement = policy.clients[0]?.agreement ?? assert.fail();
      agreement.clauses = agreement.clauses.filter(({ clause }) => clause !== 'return-or-delete');
    });
    const register = processorRegister(silent, 'bakery', reference.options);
    const document = registerDocument(register, 'nl');
    const told = sentences(document.blocks).map(({ text }) => text);
    assert.ok(told.includes('Niet vermeld'));
    assert.ok(
      registerSheet(register, 'nl')
        .rows.flat()
        .some((cell) => JSON.stringify(cell).includes('Niet vermeld')),
    );
    const invented = /overeenkomst zegt|de persoon zelf/i;
    assert.deepEqual(
      told.filter((text) => invented.test(text)),
      [],
    );
    const own = sentences(registerDocument(controllerRegister(reference.policy, reference.options), 'nl').blocks);
    assert.ok(own.some(({ text }) => invented.test(text)));
  });

  it('say of a client when its data goes, where their agreement says it: in each form, and in no empty cell', () => {
    const register = processorRegister(reference.policy, 'bakery', reference.options);
    const told = sentences(registerDocument(register, 'nl').blocks).map(({ text }) => text);
    const end = 'Gewist of teruggegeven aan het einde van de overeenkomst (art. 13 daarvan)';
    assert.ok(told.includes(end));
    assert.ok(!told.includes('Niet vermeld'));
    const sheets = registerSheets(register, 'nl');
    for (const name of ['Register', 'Bewaartermijnen'])
      assert.ok(JSON.stringify(sheets.find((one) => one.name === name)?.rows).includes(end), name);
  });

  it('say how long consent keeps it, who looks before it goes, and no "none" of a country that nobody filled in', () => {
    const register = controllerRegister(reference.policy, reference.options);
    const cells = (name: string, of = register): string =>
      JSON.stringify(registerSheets(of, 'nl').find((one) => one.name === name)?.rows);
    assert.match(
      cells('Register'),
      /Vier weken na het einde van de sollicitatieprocedure; met toestemming hoogstens 1 jaar/,
    );
    assert.equal(cells('Bewaartermijnen').match(/een mens kijkt, dan het programma/g)?.length, 1);
    const transfers = (country: string): string =>
      cells(
        'Register',
        controllerRegister(
          changed((policy) => {
            for (const one of policy.recipients) if (one.id === 'parcel') one.country = country;
          }),
          reference.options,
        ),
      );
    assert.match(transfers('ZZ'), /De pakketdienst: nog niet ingevuld/);
    assert.doesNotMatch(transfers('DE'), /nog niet ingevuld/);
  });

  it('are in Dutch where they are Dutch: events, and the places in the law', () => {
    const sheets = registerSheets(controllerRegister(reference.policy, reference.options), 'nl');
    const terms = sheets.find((one) => one.name === 'Bewaartermijnen') ?? assert.fail();
    const at = terms.columns.findIndex((one) => one.title === 'Na');
    const after = terms.rows.map((row) => row[at]);
    assert.ok(after.includes('het einde van het jaar waarin het dienstverband eindigde'), after.join());
    assert.ok(after.includes('het einde van het contract'), after.join());
    assert.deepEqual(
      after.filter((one) => /^[a-z]+-[a-z]+/.test(String(one))),
      [],
    );
    const said = JSON.stringify(sheets);
    assert.match(said, /Doel \(art\. 30 lid 1 onder b\)/);
    assert.match(
      said,
      /langer zolang te bewaren: facturen en overeenkomsten \(AWR art\. 52 lid 4; BW 2:10 lid 3, 3:15i\)/,
    );
    assert.doesNotMatch(said, /\d\(\d+\)|\d\([a-z]\)/);
    // In English the law is cited as the English do.
    const english = JSON.stringify(registerSheets(controllerRegister(reference.policy, reference.options), 'en'));
    assert.match(english, /Purpose \(Art\. 30\(1\)\(b\)\)/);
  });

  it('mark an activity whose assessment is older than was agreed', () => {
    const status = (on: string): string | undefined =>
      controllerRegister(reference.policy, { ...reference.options, day: on }).activities.find(
        ({ id }) => id === 'training',
      )?.status;
    assert.equal(status('2027-10-05'), 'reviewed');
    assert.equal(status('2027-10-06'), 'review-due');
  });
});

describe('the completeness of a register', () => {
  it('finds nothing in the reference policy, as controller and for its client', () => {
    const { policy, options } = reference;
    for (const register of [controllerRegister(policy, options), processorRegister(policy, 'bakery', options)]) {
      assert.deepEqual(listed(register), []);
      const report = completeness(register);
      assert.equal(report.complete, report.activities);
      assert.ok(report.activities > 0);
    }
  });

  it('lists exactly what the statement of 2019 lacks as controller', () => {
    const { policy, options } = gaps2019;
    const found = listed(controllerRegister(policy, options));
    assert.deepEqual(
      found.filter((one) => one.includes(' missing ')),
      [
        '* missing 30(1)(a) dpo',
        'contact missing 6(1) purposes.contact.basis',
        'contact missing 30(1)(e) recipients.hosting.transfer.mechanism',
        'contract missing 30(1)(f) data.credentials',
        'contract missing 30(1)(f) data.traffic-data',
        'contract missing 30(1)(f) data.customer-id',
        'legal missing 6(1)(c) purposes.legal.statute',
        'legal missing 30(1)(f) data.staff',
        'legal missing 9(2) data.staff.condition',
        'legal missing 30(1)(f) data.national-numbers',
        'legal missing 87 data.national-numbers.statute',
        'recordings missing 6(1)(f) purposes.recordings.interest',
        'website missing 6(1) purposes.website.basis',
        'website missing 30(1)(f) data.website-visits',
        'insight missing 6(1)(f) purposes.insight.interest',
      ],
    );
    const everywhere = /\.(owner|reviewed|provision|shownBy)$/;
    assert.deepEqual(
      found.filter((one) => one.includes(' weak ') && !everywhere.test(one)),
      [
        'contact weak 30(1)(b) purposes.contact.openEnded',
        'contact weak 30(1)(f) terms.customers',
        'contact weak 30(1)(f) terms.prospects',
        'contact weak 30(1)(d) recipients.third-parties.text',
        'contract weak 30(1)(f) terms.customers',
        'contract weak 30(1)(f) terms.prospects',
        'contract weak 30(1)(f) terms.customers',
        'legal weak 30(1)(f) terms.customers',
        'legal weak 30(1)(f) terms.prospects',
        'recruitment weak 30(1)(f) terms.applicants.from',
        'insight weak 6(4) purposes.insight.furtherUse.compatibility',
        'insight weak 30(1)(f) terms.customers',
      ],
    );
    assert.equal(found.filter((one) => everywhere.test(one)).length, 3 * 7 + 7);
  });

  it('and as processor: nobody is served', () => {
    const { policy, options } = gaps2019;
    assert.deepEqual(
      listed(processorRegister(policy, null, options)).filter((one) => one.includes(' missing ')),
      ['* missing 30(2)(a) dpo', 'hosting missing 30(2)(a) purposes.hosting.client'],
    );
  });

  it('sees each thing that is taken away', () => {
    const took: Readonly<Record<string, (policy: Policy) => void>> = {
      '* missing 30(1)(a) organisation': ({ organisation }) => {
        delete organisation.post;
        delete organisation.email;
      },
      '* missing 30(1)(a) representative': ({ organisation }) => {
        organisation.country = 'US';
      },
      '* missing 30(1)(g) measures': ({ measures }) => void measures.splice(0),
      'training missing 6(1)(f) purposes.training.interest.assessment': (policy) => {
        delete purpose(policy, 'training').interest?.assessment;
      },
      'sick-leave missing 9(2) data.sick-leave.condition': ({ data }) => {
        delete data.find(({ id }) => id === 'sick-leave')?.condition;
      },
      'news missing 30(1)(f) data.customers': ({ retention }) => void retention.splice(0, 1),
      'employment missing 28(3) recipients.payroll.agreement': ({ recipients }) => {
        const agreement = recipients.find(({ id }) => id === 'payroll')?.agreement;
        assert.ok(agreement);
        agreement.until = '2026-11-23';
      },
      'orders missing 45 recipients.parcel.transfer': ({ recipients }) => {
        const parcel = recipients.find(({ id }) => id === 'parcel');
        assert.ok(parcel);
        parcel.country = 'US';
        parcel.transfer = { mechanism: '45' };
      },
      'orders missing 30(1)(e) recipients.parcel.transfer.mechanism': ({ recipients }) => {
        const parcel = recipients.find(({ id }) => id === 'parcel');
        assert.ok(parcel);
        parcel.country = 'IN';
      },
      'training missing 35 purposes.training.dpia.assessment': (policy) => {
        delete purpose(policy, 'training').dpia?.assessment;
      },
      'tax missing 6(1)(c) purposes.tax.statute': (policy) => {
        purpose(policy, 'tax').statute = ['nl-awr-repealed'];
      },
    };
    for (const [gap, change] of Object.entries(took)) {
      const found = listed(controllerRegister(changed(change), reference.options));
      assert.ok(found.includes(gap), `${gap} is not among ${found.join(' · ')}`);
    }
  });
});

describe('text from the policy in a spreadsheet', () => {
  const formulas = ['=HYPERLINK("http://x.example","y")', '+31 6', '-2+3', '@SUM(A1)', "=cmd|' /C calc'!A0"];
  const hostile = changed((policy) => {
    for (const [i, one] of policy.purposes.entries()) {
      const text = formulas[i % formulas.length] ?? '';
      one.text = { nl: text, en: text };
      one.owner = text;
    }
    for (const one of [...policy.data, ...policy.subjects, ...policy.recipients, ...policy.retention, ...policy.terms])
      one.text = { nl: `=1+1 ${one.id}`, en: `=1+1 ${one.id}` };
    policy.organisation.name = '=1+1';
  });
  const register = controllerRegister(hostile, reference.options);

  it('stays text in a real XLSX', async () => {
    const zip = await JSZip.loadAsync(await xlsx(registerSheets(register, 'nl')));
    const sheets = Object.keys(zip.files).filter((name) => name.startsWith('xl/worksheets/sheet'));
    assert.equal(sheets.length, 5);
    for (const name of sheets) {
      const xml = await zip.file(name)?.async('string');
      assert.ok(xml);
      assert.doesNotMatch(xml, /<f[ >]/);
      assert.match(xml, /t="s"/);
    }
    const texts = await zip.file('xl/sharedStrings.xml')?.async('string');
    for (const one of formulas)
      assert.ok(texts?.includes(one.replaceAll('"', '&quot;').replaceAll("'", '&apos;')) || texts?.includes(one), one);
  });

  it('stays text in CSV, and comes back as it was', () => {
    const cells = parse(csv(registerSheet(register, 'nl')), { bom: true }).flat();
    assert.deepEqual(
      cells.flatMap((cell) => cell.split('\n')).filter((line) => /^[=+\-@]/.test(line)),
      [],
    );
    const back = cells.map(fromCsvCell);
    for (const one of formulas) assert.ok(back.includes(one), one);
  });
});

describe('any policy', () => {
  const runs = process.env['GESTAND_SOAK'] === undefined ? 30 : 2_000;
  it('gives both registers, in both languages, with no purpose lost and no empty cell in a document', () => {
    let policies = 0;
    const text = readFileSync('policies/it-provider/policy.yaml', 'utf8');
    fc.assert(
      fc.property(reshaped(parseYaml(text) as Json), (file) => {
        const policy = parsePolicy({ name: 'policy.yaml', text: file }).value;
        if (!policy) return;
        policies += 1;
        const both = [
          controllerRegister(policy, reference.options),
          processorRegister(policy, null, reference.options),
        ];
        assert.equal(both.flatMap(({ activities }) => activities).length, policy.purposes.length);
        for (const register of both) {
          completeness(register);
          for (const language of ['nl', 'en'] as const) {
            for (const one of sentences(registerDocument(register, language).blocks)) {
              assert.notEqual(one.text.trim(), '', one.from);
              assert.doesNotMatch(one.text, /\bundefined\b|\bNaN\b|\[object/, one.from);
            }
            for (const sheet of [...registerSheets(register, language), registerSheet(register, language)])
              for (const row of sheet.rows) assert.equal(row.length, sheet.columns.length);
          }
        }
      }),
      { numRuns: runs },
    );
    assert.ok(policies > runs / 10, `${policies} of ${runs} were policies`);
  });
});

/** Every "from" anywhere in a register. */
function froms(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'from' && typeof one === 'string' ? [one] : froms(one),
  );
}

/** Whether "purposes.billing.basis" is a place in the policy, or a key that could stand there. */
function stands(policy: Policy, place: string): boolean {
  const absent = ['owner', 'reviewed', 'shownBy', 'sources', 'transfer', 'recipients', 'controls', 'every', 'last'];
  let here: unknown = policy;
  for (const part of place.split('.')) {
    if (here === null || typeof here !== 'object') return false;
    const next: unknown = Array.isArray(here)
      ? (here as { id?: string }[]).find(({ id }) => id === part)
      : (here as Record<string, unknown>)[part];
    if (next === undefined) return absent.includes(part);
    here = next;
  }
  return true;
}
