import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expanded, isPinned, nodes, quads, unknownTerms, violations } from '../../../../test/worlds/rdf.ts';
import { Country } from '../../../base/country.ts';
import { parsePolicy, readLaw, type Policy } from '../../../policy/index.ts';
import { dataTerms, purposeTerms } from '../../../policy/sections/vocabulary.ts';
import { controllerRegister, processorRegister } from '../register/derive.ts';
import type { Register } from '../register/model.ts';
import { place } from './graph.ts';
import { registerJsonLd, statementJsonLd, type JsonLd } from './index.ts';
import * as terms from './terms.ts';

const law = ['nl', 'nl-duties', 'eu'].map((name) => ({ name, text: readFileSync(`law/${name}.yaml`, 'utf8') }));
const { problems, ...book } = readLaw(law);
const text = readFileSync('policies/it-provider/policy.yaml', 'utf8');
const date = '2026-11-24';

function policyOf(...changes: readonly (readonly [from: string | RegExp, to: string])[]): Policy {
  const changed = changes.reduce((now, [from, to]) => {
    const next = now.replace(from, to);
    assert.notEqual(next, now, String(from));
    return next;
  }, text);
  const { value } = parsePolicy({ name: 'policy.yaml', text: changed });
  assert.ok(value);
  return value;
}

const register = (policy: Policy): Register => controllerRegister(policy, { book, day: date });
const statement = (policy: Policy): JsonLd =>
  statementJsonLd(policy, { version: '2026-1', date, languages: ['nl', 'en'], law: book, replaces: '2019-10' });

/** A provider with everything that the reference provider happens not to have. */
const abroad = `recipients:
  - id: helpdesk
    name: Helpdesk Inc. (example)
    text: { nl: Een helpdesk in Amerika, en: A help desk in America }
    role: processor
    country: US
    data: [customers, contracts]
    agreement: { id: agreement-helpdesk, signed: 2026-01-02, until: 2027-01-02, document: documents/helpdesk.pdf }
    transfer: { mechanism: 46(2)(c), copy: { nl: Vraag het ons., en: Ask us. }, assessment: { document: documents/tia.md, date: 2026-02-02 } }
  - id: london
    inStatement: false
    text: { nl: Een archief in Londen, en: An archive in London }
    role: joint-controller
    country: GB
    data: [customers]
    transfer: { mechanism: '45' }
`;
const automated = `    automated:
      text: { nl: Een programma blokkeert een account na misbruik, en: A program blocks an account after abuse }
      legalOrSimilarEffect: true
      basis: 22(2)(a)
      logic: { nl: Het telt mislukte pogingen., en: It counts failed attempts. }
      significance: { nl: U kunt er niet in., en: You cannot get in. }
      consequences: { nl: U belt ons., en: You call us. }
      review: { nl: Een medewerker kijkt ernaar., en: A member of staff looks at it. }
    furtherUse: { of: billing, compatibility: { document: documents/compatibility.md, date: 2026-03-03 } }
`;
const rich = policyOf(
  ['recipients:\n', abroad],
  ['recipients: [wholesale]', 'recipients: [wholesale, helpdesk, london]'],
  ['    promise: P35\n', `    promise: P35\n${automated}`],
  [
    'dpo:\n',
    'representative: { name: EU Rep (example), email: rep@example.eu }\njointControllers: [{ id: partner, name: Partner B.V. (example), email: p@example.nl, arrangement: https://example.nl/a }]\ndpo:\n',
  ],
  [/kind: log(\n.*\n.*Inlogsessies)/u, 'kind: anonymous$1'],
);
const plain = policyOf();
const documents: Readonly<Record<string, () => JsonLd>> = {
  'the statement': () => statement(plain),
  'a statement with everything': () => statement(rich),
  'the register as controller': () => registerJsonLd(register(plain)),
  'a register with everything': () => registerJsonLd(register(rich)),
  'the register as processor': () => registerJsonLd(processorRegister(plain, null, { book, day: date })),
};

describe('JSON-LD', () => {
  for (const [name, make] of Object.entries(documents)) {
    it(`${name} loses nothing when it is expanded, and asks no network`, async () => {
      const document = make();
      assert.deepEqual(problems, []);
      const full = await expanded(JSON.parse(JSON.stringify(document)));
      assert.equal(full.length, document['@graph'].length);
      assert.equal(leaves(full), leaves(document['@graph']));
    });
    it(`${name} uses no term that DPV 2.3 does not have`, async () => {
      assert.deepEqual(await unknownTerms(make()), []);
    });
    it(`${name} points to nothing that is not in it, and writes every duration as XML Schema does`, async () => {
      const all = await quads(make());
      const own = all
        .map((quad) => quad.object)
        .filter((object) => object.termType === 'NamedNode' && object.value.startsWith('https://www.divato.nl#'));
      const written = new Set(all.map((quad) => quad.subject.value));
      const previous = 'https://www.divato.nl#statement.2019-10';
      assert.deepEqual(
        [...new Set(own.map((object) => object.value).filter((iri) => !written.has(iri)))].filter(
          (iri) => iri !== previous,
        ),
        [],
      );
      const durations = all
        .map((quad) => quad.object)
        .filter((object) => object.datatype?.value.endsWith('#duration') === true);
      assert.ok(durations.length > 2 || name === 'the register as processor');
      assert.deepEqual(
        durations
          .map((one) => one.value)
          .filter((one) => !/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/u.test(one)),
        [],
      );
    });
  }
  it('and each of those checks bites', async () => {
    const {
      '@graph': [first, ...rest],
      ...head
    } = documents['the statement']?.() ?? assert.fail();
    const with_ = (node: Record<string, unknown>) => ({ ...head, '@graph': [{ ...first, ...node }, ...rest] });
    await assert.rejects(expanded(with_({ 'no prefix at all': 'x' })));
    await assert.rejects(expanded({ ...with_({}), '@context': 'https://w3id.org/dpv/dpv.jsonld' }), /Dereferencing/u);
    assert.deepEqual(await unknownTerms(with_({ '@type': 'dpv:Proces' })), ['https://w3id.org/dpv#Proces']);
    assert.deepEqual(await unknownTerms(with_({ 'dpv:hasRight': { '@id': 'eu-gdpr:A22-3' } })), [
      'https://w3id.org/dpv/legal/eu/gdpr#A22-3',
    ]);
    assert.deepEqual(await unknownTerms(with_({ 'http://www.w3.org/ns/dpv#hasPurpose': 'x' })), [
      'http://www.w3.org/ns/dpv#hasPurpose',
    ]);
  });
  it('has a word for each country that a policy can name, but for Kosovo', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const countries = letters
      .flatMap((a) => letters.map((b) => a + b))
      .filter((code) => Country.safeParse(code).success);
    const unknown = countries.map(place).filter((one) => one !== undefined && !isPinned(one['@id']));
    assert.deepEqual([countries.length, unknown], [250, []]);
    assert.equal(place('XK'), undefined);
    assert.ok(!isPinned('loc:XK'));
  });
  it("says of a client's data that it comes from the client, and of our own from whom it does", () => {
    const told = (of: unknown): string => JSON.stringify(of);
    const forClients = told(registerJsonLd(processorRegister(plain, null, { book, day: date })));
    assert.match(forClients, /"@value":"de klant"/);
    assert.doesNotMatch(forClients, /DataSubjectDataSource/);
    const own = told(registerJsonLd(controllerRegister(plain, { book, day: date })));
    assert.match(own, /DataSubjectDataSource/);
    assert.doesNotMatch(own, /"@value":"de klant"/);
  });

  it('can write no term at all that is not pinned: every word of the tables is known', () => {
    const strings: string[] = [];
    JSON.stringify(terms, (_, value: unknown) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    const used = [
      ...strings.filter((one) => /^(?:dpv|eu-gdpr|legal-eu|legal-nl|pd|tech|loc):/u.test(one)),
      ...purposeTerms.map((one) => `dpv:${one}`),
      ...dataTerms.map((one) => `pd:${one}`),
      ...terms.adequacy.map((one) => `legal-eu:Adequacy-EU-${one}`),
      ...book.eea.map((one) => `loc:${one}`),
      ...['45', '46(2)(a)', '46(2)(f)', '46(3)(b)', '47', '49(1)(a)', '49(1)(g)', '49(1)-2'].map((one) =>
        terms.mechanism(one as never),
      ),
      ...'abcdefghij'.split('').map((letter) => terms.article('', `9(2)(${letter})`)),
    ];
    assert.deepEqual(
      used.filter((one) => !isPinned(one)),
      [],
    );
    assert.ok(used.length > 150);
  });
});

describe('the shapes of DPV 2.3', () => {
  it('hold for the reference provider, and for one with everything', async () => {
    for (const name of [
      'the statement',
      'the register as controller',
      'a statement with everything',
      'a register with everything',
    ])
      assert.deepEqual(await violations(documents[name]?.()), [], name);
  });
  it('find that a processor has no basis of its own, and a term that its client has not given', async () => {
    assert.deepEqual(await violations(documents['the register as processor']?.()), [
      'data.client-database: hasStorageCondition',
      'purposes.hosting: hasLegalBasis',
      'purposes.hosting: hasStorageCondition',
    ]);
  });
  it('find what the statement of 2019 leaves out', async () => {
    const { value } = parsePolicy({
      name: 'policy.yaml',
      text: readFileSync('policies/it-provider-2019/policy.yaml', 'utf8'),
    });
    assert.ok(value);
    const old = statementJsonLd(value, { version: '2019-10', date: '2019-10', languages: ['nl'], law: book });
    assert.deepEqual(await unknownTerms(old), []);
    const found = await violations(old);
    for (const gap of [
      'dpo: hasContact',
      'data.traffic-data: hasStorageCondition',
      'purposes.contact: hasLegalBasis',
      'data.staff: hasLegalBasis',
      'recipients.hosting.transfer: hasLegalBasis',
      'statement.2019-10: issued',
    ])
      assert.ok(found.includes(gap), gap);
    assert.equal(found.filter((one) => one === 'statement.2019-10: hasRight').length, 3);
  });
  const gaps: readonly (readonly [string, Policy, readonly string[]])[] = [
    [
      'a purpose without a basis',
      policyOf([/( {2}- id: news\n(?: {4}.*\n)*?) {4}basis: legitimate-interests\n/u, '$1']),
      ['purposes.news: hasLegalBasis'],
    ],
    [
      'data that nobody says how long to keep',
      policyOf([/ {2}- id: video-90-days\n(?: {4}.*\n)+/u, '']),
      ['data.video: hasStorageCondition', 'purposes.security: hasStorageCondition'],
    ],
    ['a DPO whom nobody can reach', policyOf(['  email: fg@divato.nl\n', '']), ['dpo: hasContact']],
    [
      'no right to erasure and none to portability',
      policyOf(['    - { right: erasure, promise: P31 }\n', ''], ['    - { right: portability, promise: P31 }\n', '']),
      ['statement.2026-1: hasRight', 'statement.2026-1: hasRight'],
    ],
    [
      'special data without a condition',
      policyOf(['    condition: { gdpr: 9(2)(b), national: UAVG art. 30(1) }\n', '']),
      ['data.sick-leave: hasLegalBasis'],
    ],
    [
      'a transfer on no ground',
      policyOf(
        ['recipients:\n', abroad.replace('mechanism: 46(2)(c), ', '')],
        ['recipients: [wholesale]', 'recipients: [wholesale, helpdesk]'],
      ),
      ['recipients.helpdesk.transfer: hasLegalBasis'],
    ],
  ];
  for (const [gap, policy, wanted] of gaps)
    it(`find ${gap}, and nothing else`, async () => {
      assert.deepEqual(await violations(statement(policy)), wanted);
    });
});

describe('a register as JSON-LD', () => {
  it('gives the same activities when it is read again', async () => {
    for (const policy of [plain, rich]) {
      const from = register(policy);
      assert.deepEqual(await readActivities(registerJsonLd(from)), from.activities.map(essence));
    }
  });
  it('and a register that lost something is not the same', async () => {
    const from = register(plain);
    const less = { ...from, activities: from.activities.map((one, n) => (n === 0 ? { ...one, recipients: [] } : one)) };
    assert.notDeepEqual(await readActivities(registerJsonLd(less)), from.activities.map(essence));
  });
  it('holds what the statement keeps to itself: documents, owners, agreements, who is not named', () => {
    const [open, kept] = [JSON.stringify(statement(rich)), JSON.stringify(registerJsonLd(register(rich)))];
    for (const secret of [
      'documents/tia.md',
      'documents/dpia-video.md',
      'team leader',
      'agreement-helpdesk',
      'An archive in London',
    ]) {
      assert.ok(kept.includes(secret), secret);
      assert.ok(!open.includes(secret), secret);
    }
    for (const told of [
      'Helpdesk Inc.',
      'loc:US',
      'eu-gdpr:A46-2-c',
      'It counts failed attempts.',
      'legal-nl:DPA-NL',
      'fg@divato.nl',
    ])
      assert.ok(open.includes(told), told);
  });
});

/** Strings that something is said with; a type or a language of a value says nothing by itself. */
function leaves(value: unknown): number {
  if (typeof value === 'string') return 1;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + leaves(one), 0);
  return Object.values(value as object).reduce((sum: number, one) => sum + leaves(one), 0);
}

/** What makes an activity the same: in the words of the policy. */
function essence(one: Register['activities'][number]): unknown {
  return {
    id: one.id,
    purpose: one.purpose,
    bases: [
      ...one.bases.map(({ basis }) => terms.bases[basis]),
      ...one.data.flatMap(({ condition }) => (condition?.gdpr ? [terms.article('', condition.gdpr)] : [])),
    ],
    subjects: one.subjects.map(({ id }) => id),
    data: one.data
      .map((data) => ({
        id: data.id,
        keep: data.storage.map((storage) => [storage.id, days(storage.keep), storage.event]),
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    recipients: one.recipients.map(({ id, country }) => `${id} ${country}`).toSorted(),
    statutes: one.statutes.map(({ id }) => id),
    transfers: one.transfers.map(({ country }) => country),
    dpia: one.dpia?.needed ?? null,
    interest: one.interest?.text ?? null,
    automated: one.automated?.text ?? null,
  };
}

const days = (keep: string | null): string | null =>
  keep?.replace(/^P(\d+)W$/u, (_, weeks: string) => `P${Number(weeks) * 7}D`) ?? null;

type Found = Readonly<Record<string, unknown>>;

async function readActivities(document: JsonLd): Promise<unknown[]> {
  const all = await nodes(document);
  const at = (node: Found | undefined, property: string): Found[] => {
    const iri = property.replace(
      /^(dpv|dct|rdf|skos):/u,
      (_, prefix: keyof typeof terms.context) => terms.context[prefix],
    );
    const values = (node?.[iri] ?? []) as Found[];
    return values.map((value) => all.get(String(value['@id'])) ?? value);
  };
  const said = (node: Found | undefined, property: string): string | null =>
    (at(node, property)[0]?.['@value'] as string | undefined) ?? null;
  const texts = (node: Found | undefined, property: string): unknown => {
    const values = at(node, property);
    return values.length === 0
      ? null
      : Object.fromEntries(values.map((value) => [value['@language'], value['@value']]));
  };
  const is = (node: Found, type: string): boolean =>
    ((node['@type'] ?? []) as string[]).includes(`https://w3id.org/dpv#${type}`);
  const short = (node: Found): string => String(node['@id']).replace('https://w3id.org/dpv/legal/eu/gdpr#', 'eu-gdpr:');
  const ids = (node: Found, property: string): (string | null)[] =>
    at(node, property).map((one) => said(one, 'dct:identifier'));
  const ropa = [...all.values()].find((node) => is(node, 'ROPA'));
  return at(ropa, 'dct:hasPart').map((one) => {
    const [dpia] = at(one, 'dpv:hasImpactAssessment');
    const data = [...at(one, 'dpv:hasPersonalData'), ...at(one, 'dpv:hasData')].map((each) => ({
      id: said(each, 'dct:identifier') ?? '',
      keep: at(each, 'dpv:hasStorageCondition').map((storage) => {
        const length = at(storage, 'dpv:hasDuration').find((duration) => is(duration, 'TemporalDuration'));
        return [
          said(storage, 'dct:identifier'),
          said(length, 'rdf:value'),
          said(at(length, 'dpv:isAfter')[0], 'dct:identifier'),
        ];
      }),
    }));
    const to = ['dpv:hasRecipient', 'dpv:hasRecipientThirdParty', 'dpv:hasDataProcessor'].flatMap((by) => at(one, by));
    return {
      id: said(one, 'dct:identifier'),
      purpose: texts(at(one, 'dpv:hasPurpose')[0], 'skos:prefLabel'),
      bases: at(one, 'dpv:hasLegalBasis').map(short),
      subjects: ids(one, 'dpv:hasDataSubject'),
      data: data.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      recipients: to
        .map((each) => `${said(each, 'dct:identifier')} ${String(at(each, 'dpv:hasCountry')[0]?.['@id']).slice(-2)}`)
        .toSorted(),
      statutes: ids(one, 'dpv:hasApplicableLaw'),
      transfers: at(one, 'dpv:hasProcessing').flatMap((each) =>
        at(each, 'dpv:hasThirdCountry').map((country) => String(country['@id']).slice(-2)),
      ),
      dpia: dpia ? short(at(dpia, 'dpv:hasStatus')[0] ?? {}).endsWith('DPIARequired') : null,
      interest: texts(
        at(one, 'dpv:hasAssessment').find((each) => is(each, 'LegitimateInterestAssessment')),
        'dct:description',
      ),
      automated: texts(
        at(one, 'dpv:hasContext').find((each) => is(each, 'AutomatedDecisionMaking')),
        'dct:description',
      ),
    };
  });
}
