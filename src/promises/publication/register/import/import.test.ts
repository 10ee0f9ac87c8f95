import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { openPolicyFolder } from '../../../../app/folder.ts';
import type { Policy } from '../../../../policy/index.ts';
import { csv } from '../../document/formats/index.ts';
import { controllerRegister, processorRegister } from '../derive.ts';
import { registerSheet } from '../sheets.ts';
import { ImportedSections, importRegister, type Imported } from './index.ts';
import { basesIn, dayIn, termIn } from './words.ts';

const { parsed, book } = openPolicyFolder('policies/it-provider');
const policy: Policy = parsed.value ?? assert.fail();
const options = { book, day: '2026-11-24' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (file: Uint8Array | string): Imported => {
  const found = importRegister(typeof file === 'string' ? bytes(file) : file);
  if ('refused' in found) assert.fail(found.refused.en);
  return found;
};
const sections = (one: Imported) => {
  assert.deepEqual(one.problems, []);
  return ImportedSections.parse(parseYaml(one.yaml));
};

const foreign = `Verwerkingsregister Voorbeeld BV;;;;;;;;;;
;;;;;;;;;;
Nr.;Naam verwerking;Doeleinden;Rechtsgrond;Categorieën betrokkenen;Categorieën persoonsgegevens;Ontvangers;Doorgifte buiten EU;Bewaartermijn;Beveiligingsmaatregelen;Vestiging
1;Salarisadministratie;Uitbetalen van loon;Wettelijke verplichting, overeenkomst;Medewerkers;NAW, BSN, bankrekening;Belastingdienst, Salarisbureau (verwerker);Nee;"NAW: 2 jaar na einde dienstverband
BSN: 7 jaar na einde dienstverband";Wachtwoordbeleid, back-ups, versleuteling;Haps
2;Nieuwsbrief;Klanten informeren;toestemming;Klanten;E-mailadres;Mailchimp;VS (SCC);Zolang nodig;;Haps
3;Cameratoezicht;Beveiliging;art. 6 lid 1 sub f AVG;Bezoekers;Camerabeelden;geen;n.v.t.;4 weken;;Haps
4;Onbekend;;weet niet;;NAW;;;;;
`;

describe('a register that we exported', () => {
  for (const language of ['nl', 'en'] as const)
    it(`comes back with the same activities (${language})`, () => {
      const register = controllerRegister(policy, options);
      const back = sections(read(csv(registerSheet(register, language))));
      const own = policy.purposes.filter(({ role }) => role === 'controller');
      const bare = (one: Policy['purposes'][number]): object => ({
        id: one.id,
        text: one.text[language],
        basis: one.basis.toSorted(),
        statute: one.statute,
        subjects: one.subjects.toSorted(),
        data: one.data.toSorted(),
        recipients: one.recipients.toSorted(),
        promise: one.promise,
        owner: typeof one.owner === 'object' ? one.owner[language] : one.owner,
        reviewed: one.reviewed,
        required: one.provision?.required,
        interest: one.interest?.assessment,
        dpia: one.dpia?.assessment,
      });
      assert.deepEqual(back.purposes?.map(bare), own.map(bare));
      const used = new Set(own.flatMap(({ data }) => data));
      const kept = (one: Policy['terms'][number] | Policy['retention'][number]): object => ({
        id: one.id,
        promise: one.promise,
        data: one.data.toSorted(),
        text: one.text[language],
        keep: one.keep,
        from: one.from,
        startsAt: one.startsAt,
        criterion: 'criterion' in one ? one.criterion?.[language] : undefined,
        minimum: one.minimum,
        maximum: one.maximum,
        extendedBy: one.extendedBy,
        backups: one.backups,
      });
      const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
      assert.deepEqual(
        back.terms?.toSorted(byId).map(kept),
        [...policy.retention, ...policy.terms]
          .filter(({ data }) => data.some((id) => used.has(id)))
          .toSorted(byId)
          .map(kept),
      );
      const category = (one: Policy['data'][number]): object => ({
        id: one.id,
        kind: one.kind,
        text: one.text[language],
        statute: one.statute,
        condition: one.condition,
        sources: one.sources.map((source) => (source === 'subject' ? source : [source.from[language], source.inform])),
      });
      assert.deepEqual(
        back.data?.toSorted(byId).map(category),
        policy.data
          .filter(({ id }) => used.has(id))
          .toSorted(byId)
          .map(category),
      );
    });

  it('comes back where a country is not filled in, and where two activities use the same special data', () => {
    const open: Policy = {
      ...policy,
      recipients: policy.recipients.map((one) => (one.id === 'parcel' ? { ...one, country: 'ZZ' } : one)),
      purposes: policy.purposes.map((one) =>
        one.id === 'employment' ? { ...one, data: [...one.data, 'sick-leave'] } : one,
      ),
    };
    const found = read(csv(registerSheet(controllerRegister(open, options), 'nl')));
    // What a person must see to: nothing of transfers, and nothing of what permits the data.
    const { remarks, yaml } = found;
    assert.deepEqual(
      remarks.filter((one) => /Doorgifte|Uitzondering/.test(JSON.stringify(one))),
      [],
    );
    const back = ImportedSections.parse(parseYaml(yaml));
    assert.equal(back.recipients?.find(({ id }) => id === 'parcel')?.country, 'ZZ');
    const sick = back.data?.find(({ id }) => id === 'sick-leave');
    assert.deepEqual(sick?.condition, { gdpr: '9(2)(b)', national: 'UAVG art. 30(1)' });
  });

  it('comes back as processor, with its client', () => {
    const back = sections(read(csv(registerSheet(processorRegister(policy, 'bakery', options), 'nl'))));
    const [hosting] = back.purposes ?? [];
    assert.equal(hosting?.role, 'processor');
    assert.equal(hosting?.client, 'bakery');
    assert.equal(back.clients?.[0]?.agreement?.signed, '2026-03-02');
    assert.deepEqual(
      back.recipients?.map(({ id, role, data }) => [id, role, ...data]),
      [['colocation', 'sub-processor', 'client-database']],
    );
  });
});

describe('a register of someone else', () => {
  const found = read(foreign);
  const back = sections(found);

  it('becomes activities', () => {
    assert.equal(found.language, 'nl');
    assert.deepEqual(
      back.purposes?.map(({ id, basis, data }) => [id, basis, data]),
      [
        ['salarisadministratie', ['contract', 'legal-obligation'].toReversed(), ['naw', 'bsn', 'bankrekening']],
        ['nieuwsbrief', ['consent'], ['e-mailadres']],
        ['cameratoezicht', ['legitimate-interests'], ['camerabeelden']],
      ],
    );
    assert.deepEqual(
      back.recipients?.map(({ id, role, country, transfer }) => [id, role, country, transfer?.mechanism]),
      [
        ['belastingdienst', 'authority', 'NL', undefined],
        ['salarisbureau', 'processor', 'NL', undefined],
        ['mailchimp', 'controller', 'US', '46(2)(c)'],
      ],
    );
    assert.equal(back.data?.find(({ id }) => id === 'bsn')?.kind, 'national-number');
  });

  it('keeps the terms that are terms, for the data that they are of', () => {
    assert.deepEqual(
      back.terms?.map(({ data, keep, from }) => [data, keep, from]),
      [
        [['naw'], 'P2Y', 'einde-dienstverband'],
        [['bsn'], 'P7Y', 'einde-dienstverband'],
        [['camerabeelden'], 'P4W', undefined],
      ],
    );
  });

  it('tells of each year that ends and of each kind of data that two activities share, and of roles that differ', () => {
    const two = read(`Verwerking;Doel;Grondslag;Betrokkenen;Persoonsgegevens;Ontvangers;Bewaartermijn
Loon;Salaris betalen;wet;Medewerkers;Naam, BSN;MailProvider BV (verwerker), Mailchimp, Stichting (Haps);7 jaar na einde jaar
Nieuws;Klanten informeren;toestemming;Klanten;Naam, E-mailadres;"MailProvider BV (verwerkingsverantwoordelijke), Mailchimp (VS)";2 jaar na einde van het jaar waarin het contract eindigde
`);
    const part = sections(two);
    assert.deepEqual(
      part.terms?.map(({ keep, from, startsAt }) => [keep, from, startsAt]),
      [
        ['P7Y', undefined, 'end-of-year'],
        ['P2Y', 'contract-eindigde', 'end-of-year'],
      ],
    );
    assert.deepEqual(
      part.recipients?.map(({ text, country }) => [text.nl, country]),
      [
        ['MailProvider BV', 'NL'],
        ['Mailchimp', 'US'],
        ['Stichting (Haps)', 'NL'],
      ],
    );
    const checks = two.remarks.filter(({ is }) => is === 'check');
    const about = (value: string): string => checks.find((one) => one.value === value)?.text.nl ?? '';
    assert.match(about('7 jaar na einde jaar'), /Van welk jaar\?/);
    assert.match(about('2 jaar na einde van het jaar waarin het contract eindigde'), /"contract-eindigde"/);
    assert.match(about('Naam'), /"Salaris betalen", "Klanten informeren"\. .*termijn "7 jaar na einde jaar"/);
    assert.match(about('MailProvider BV (verwerkingsverantwoordelijke)'), /gelezen als verwerker/);
    assert.equal(about('BSN').includes('één gegeven'), false);
    const own = read(csv(registerSheet(controllerRegister(policy, options), 'nl')));
    assert.deepEqual(
      own.remarks.filter(({ text }) => text.nl.includes('één gegeven')),
      [],
    );
  });

  it('never makes up a term, and says for each thing not read where it stands and what to do', () => {
    const told = found.remarks
      .filter(({ is }) => is === 'not-read')
      .map(({ row, column, value }) => [row, column, value]);
    assert.deepEqual(told, [
      [1, '', 'Verwerkingsregister Voorbeeld BV'],
      [4, 'Beveiligingsmaatregelen', 'versleuteling'],
      [4, 'Vestiging', 'Haps'],
      [5, 'Bewaartermijn', 'Zolang nodig'],
      [7, '', 'Onbekend'],
    ]);
    for (const { text } of found.remarks) for (const words of Object.values(text)) assert.ok(words.length > 20);
    assert.match(found.yaml, /# Bewaartermijn: Zolang nodig/);
    assert.match(found.yaml, /# Rij 7 werd geen verwerking:\n# Nr\.: 4\n# Naam verwerking: Onbekend/);
  });

  it('reads the same from any separator and encoding', () => {
    const table = foreign.split('\n').slice(2).join('\n');
    const plain = read(table).yaml;
    const latin = Uint8Array.from(table, (letter) => letter.codePointAt(0) ?? 0);
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(latin));
    const wide = Uint8Array.from(Buffer.from(`\ufeff${table}`, 'utf16le'));
    const quoted = table.replace(/^(.*)$/gm, (line) => line);
    const comma = quoted.replaceAll(/[^;\n"]*,[^;\n"]*/g, (cell) => `"${cell}"`).replaceAll(';', ',');
    for (const file of [
      bytes(`\ufeff${table}`),
      latin,
      wide,
      bytes(table.replaceAll('\n', '\r\n')),
      bytes(`sep=;\n${table}`),
      bytes(comma),
      bytes(table.replaceAll(';', '\t')),
    ])
      assert.equal(read(file).yaml, plain);
  });

  it('refuses what is no register, and says what to do', () => {
    for (const [file, what] of [
      [bytes('PK\u0003\u0004…'), /workbook/],
      [bytes('naam,adres\n"open'), /quotation|column names/],
      [bytes('just a text'), /column names/],
      [bytes('a\0b'), /not text/],
      [bytes(''), /column names/],
    ] as const) {
      const answer = importRegister(file);
      assert.ok('refused' in answer);
      assert.match(answer.refused.en, what);
    }
  });
});

describe('words of a register', () => {
  it('are a term only when they are one plain time', () => {
    for (const [text, keep, event] of [
      ['2 jaar na einde contract', 'P2Y', 'einde contract'],
      ['Binnen vier weken na afloop van de procedure', 'P4W', 'afloop van de procedure'],
      ['90 dagen', 'P90D', null],
      ['Six months after the visit', 'P6M', 'visit'],
      ['P7Y', 'P7Y', null],
      ['maximaal 1 jaar, tenzij een onderzoek loopt', 'P1Y', null],
    ] as const)
      assert.deepEqual(termIn(text), { keep, event }, text);
    for (const [text, why] of [
      ['zolang nodig', 'no-time'],
      ['zolang als wettelijk vereist', 'no-time'],
      ['0 dagen', 'no-time'],
      ['2 tot 5 jaar', 'two-times'],
      ['2 jaar, fiscaal 7 jaar', 'two-times'],
      ['1,5 jaar', 'two-times'],
      ['minimaal 7 jaar', 'only-minimum'],
      ['7 jaar of langer', 'only-minimum'],
      ['2+ jaar', 'two-times'],
    ] as const)
      assert.deepEqual(termIn(text), { why }, text);
  });

  it('are a basis by letter or by name, and otherwise none', () => {
    for (const [text, bases] of [
      ['Art. 6 lid 1 onder b AVG', ['contract']],
      ['6.1.f', ['legitimate-interests']],
      ['Article 6(1)(c) GDPR', ['legal-obligation']],
      ['Gerechtvaardigd belang', ['legitimate-interests']],
      ['uitvoering overeenkomst en toestemming', ['consent', 'contract']],
      ['weet niet', []],
      ['artikel 16 lid 1 sub a', []],
    ] as const)
      assert.deepEqual(basesIn(text), bases, text);
  });

  it('are a day only when they can be no other', () => {
    assert.equal(dayIn('24-11-2026'), '2026-11-24');
    assert.equal(dayIn('2 november 2026'), '2026-11-02');
    assert.equal(dayIn('March 2026'), null);
    assert.equal(dayIn('03/04/2026'), null);
    assert.equal(dayIn('31-02-2026'), null);
  });
});

describe('whatever stands in a register', () => {
  const columns =
    'Kenmerk;Naam verwerking;Doel;Rol;Klant;Grondslag;Gerechtvaardigd belang;Betrokkenen;Persoonsgegevens;Bijzondere persoonsgegevens;Uitzonderingsgrond;Bron;Verplicht te geven;Ontvangers;Verwerkers;Doorgifte;Bewaartermijn;Maatregelen;Profilering;DPIA;Systemen;Eigenaar;Laatst bekeken;Status;Belofte;Verwerkingsverantwoordelijke;Iets anders'.split(
      ';',
    );
  const words = fc.constantFrom(
    'toestemming',
    'ja',
    'nee',
    'contract',
    'wet',
    '7 jaar na',
    'VS',
    'verwerker',
    'P08',
    '9(2)(b)',
    'nodig',
    'BSN',
    'back-up',
    '1-2-2026',
    ';',
    ',',
    '\n',
    '(',
    ')',
    'de persoon zelf',
    '#',
    '- ',
    ': ',
    "'",
    '=',
  );
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const file = (rows: readonly (readonly string[])[]): string =>
    [columns, ...rows].map((row) => row.map(quote).join(';')).join('\n');

  it('is never lost: each word is in the policy, in a comment, or in the list', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.array(words, { maxLength: 4 }), { minLength: columns.length, maxLength: columns.length }),
          { minLength: 1, maxLength: 4 },
        ),
        (rows) => {
          const tokens: string[] = [];
          const made = rows.map((row, i) =>
            row.map((cell, j) => {
              const token = `zqx${i}y${j}`;
              if (cell.length === 0) return '';
              tokens.push(token);
              return [...cell.slice(0, 2), token, ...cell.slice(2)].join(' ');
            }),
          );
          const found = read(file(made));
          assert.deepEqual(found.problems, []);
          const where = `${found.yaml}\n${found.remarks.map(({ value }) => value).join('\n')}`;
          assert.deepEqual(
            tokens.filter((token) => !new RegExp(`${token}(?!\\d)`).test(where)),
            [],
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is read in one walk, however long and empty a cell is', () => {
    for (const filler of [' ', '\n', ' \n', '{', '[', '}', '(', ';', '1 ', '9 2 ', 'na '])
      for (const [i] of columns.entries()) {
        const row = columns.map((_, j) => (j === i ? `a${filler.repeat(4_000)}b` : 'x'));
        read(file([row]));
      }
  });

  it('gives a file that can be read, without a fault', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(fc.string({ unit: 'binary' }), words), {
            minLength: columns.length,
            maxLength: columns.length,
          }),
          { minLength: 1, maxLength: 3 },
        ),
        (rows) => {
          const found = importRegister(bytes(file(rows)));
          if ('refused' in found) return;
          assert.doesNotThrow(() => parseYaml(found.yaml));
        },
      ),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        importRegister(noise);
      }),
      { numRuns: 40 },
    );
  });
});
