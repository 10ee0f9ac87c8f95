import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { z } from 'zod';
import { parsePolicy, PolicyFile, readLaw, type Policy } from '../index.ts';
import { diff, language, reasons, type Change } from './index.ts';
import { lists } from './fields/index.ts';
import { below, top, type Place } from './walk.ts';
import { isText } from './words.ts';

const read = (file: string): Policy => {
  const { value, problems } = parsePolicy({ name: file, text: readFileSync(file, 'utf8') });
  assert.ok(value, JSON.stringify(problems));
  return value;
};
const { eea } = readLaw([{ name: 'eu.yaml', text: readFileSync('law/eu.yaml', 'utf8') }]);
const reference = read('policies/it-provider/policy.yaml');
const old = read('policies/it-provider-2019/policy.yaml');
/** A copy of the reference policy with something changed in it. */
const changed = (how: (policy: Draft) => void): Policy => {
  const copy = structuredClone(reference) as Draft;
  how(copy);
  return copy as Policy;
};
// oxlint-disable-next-line typescript/no-explicit-any -- a draft may be anything
type Draft = any;
const differences = (how: (policy: Draft) => void): Change[] => diff(reference, changed(how), eea);
const only = (how: (policy: Draft) => void): Change => {
  const found = differences(how);
  assert.equal(found.length, 1, JSON.stringify(found, null, 1));
  return found[0] as Change;
};
const by = (list: Draft[], id: string): Draft => list.find((one) => one.id === id);

type Path = (string | number)[];
function* leaves(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (isText(value)) {
    yield { path: [...path, 'nl'], value: value.nl };
    yield { path: [...path, 'en'], value: value.en };
  } else if (Array.isArray(value)) {
    if (value.length === 0 && !lists[placeOf(reference, path).pattern]) yield { path, value };
    for (const [i, one] of value.entries()) yield* leaves(one, [...path, i]);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) yield* leaves(one, [...path, key]);
  } else yield { path, value };
}
/** The value with another leaf at this path, or without it; the rest is shared. */
function put(value: Draft, [part, ...rest]: Path, leaf: unknown): Draft {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const below = rest.length === 0 ? leaf : put(value[part as string], rest, leaf);
  if (below === undefined) delete copy[part as string];
  else copy[part as string] = below;
  return copy;
}
function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (/^P\d+[DWMY]$/.test(String(value))) return 'P11D';
  return Array.isArray(value) ? ['something-else'] : `${String(value)}-else`;
}
const covers = (changes: readonly Change[], ...places: string[]): boolean =>
  changes.some((one) => places.some((place) => place === one.path || place.startsWith(`${one.path}.`)));

/** The place of a leaf by name, as a difference tells it: for ["retention", 7, "keep"]. */
function placeOf(value: unknown, path: Path): Place {
  let place = top;
  let here = value;
  for (const part of path) {
    const next =
      here !== null && typeof here === 'object' ? (here as Record<string | number, unknown>)[part] : undefined;
    if (typeof part === 'number') {
      const list = lists[place.pattern];
      if (!list) break; // a word of a list: the list is the place
      const name = list.named ? list.key(next as Draft) : String(part);
      place = { ...place, pattern: `${place.pattern}[]`, path: `${place.path}.${name}` };
    } else place = below(place, part);
    here = next;
    if (isText(here)) break;
  }
  return place;
}

/** Every key of the schema: "retention[].keep". */
function keysOf(schema: unknown, pattern = ''): string[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  )
    return keysOf(schema.unwrap(), pattern);
  if (schema instanceof z.ZodPipe) return keysOf(schema.in, pattern);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((one) => keysOf(one, pattern)))];
  if (schema instanceof z.ZodArray) {
    const inner = keysOf(schema.element, `${pattern}[]`).filter((one) => one !== `${pattern}[]`);
    return inner.length > 0 ? inner : [pattern];
  }
  if (!(schema instanceof z.ZodObject)) return [pattern];
  const keys = Object.keys(schema.shape);
  if (keys.length === 2 && keys.includes('nl') && keys.includes('en')) return [pattern];
  return keys.flatMap((key) => keysOf(schema.shape[key], pattern === '' ? key : `${pattern}.${key}`));
}

describe('the difference between two policies', () => {
  it('is nothing between a policy and itself', () => {
    for (const policy of [reference, old]) assert.deepEqual(diff(policy, structuredClone(policy), eea), []);
  });

  it('knows every key of the language by name, and no other', () => {
    // What is said once of the backups stands with each rule and term by then.
    const keys = keysOf(PolicyFile.omit({ backups: true }));
    assert.ok(keys.length > 200);
    assert.deepEqual(
      keys.filter((key) => !(key in language.fields)),
      [],
    );
    // Beside the keys themselves: headings and lists that can be there with nothing under them.
    const strange = Object.keys(language.fields).filter((key) => !keys.includes(key));
    assert.deepEqual(
      strange.filter((key) => !keys.some((one) => one.startsWith(`${key}.`) || one.startsWith(`${key}[]`))),
      [],
    );
  });

  /** The reference policy with this leaf changed, and without it where it can be missed. */
  const mutants = ({ path, value }: { path: Path; value: unknown }): Policy[] => {
    const other = put(reference, path, path.at(-1) === 'startsAt' ? 'end-of-month' : otherThan(value));
    if (typeof path.at(-1) === 'number' || ['id', 'nl', 'en'].includes(String(path.at(-1)))) return [other];
    const without = PolicyFile.safeParse(put(reference, path, undefined));
    return without.success && !isDeepStrictEqual(without.data, reference) ? [other, without.data] : [other];
  };
  const all = [...leaves(reference)].map((leaf) => ({ path: leaf.path, afters: mutants(leaf) }));
  /** Places whose change is not told by this differ. */
  const untold = (differ: (before: Policy, after: Policy) => Change[], section?: string): string[] =>
    all
      .filter(({ path }) => section === undefined || path[0] === section)
      .flatMap(({ path, afters }) =>
        afters.flatMap((after) => {
          const places = [placeOf(reference, path).path, placeOf(after, path).path];
          return covers(differ(reference, after), ...places) ? [] : [places.join(' ')];
        }),
      );

  it('tells of each leaf of the policy that changed or went: at its place, once, in full', () => {
    assert.ok(all.length > 1000);
    const differ = (before: Policy, after: Policy): Change[] => {
      const changes = diff(before, after, eea);
      assert.equal(new Set(changes.map((one) => one.text.nl)).size, changes.length);
      for (const { path, text } of changes)
        assert.doesNotMatch(text.nl + text.en, /undefined|\[object|\{(where|label|before|after)\}|^\s*:/, path);
      return changes;
    };
    assert.deepEqual(untold(differ), []);
  });

  it('and one that forgets a section does not pass', () => {
    const forgetful = (before: Policy, after: Policy): Change[] => diff(before, { ...after, terms: before.terms }, eea);
    assert.equal(untold(forgetful, 'terms').length, all.filter(({ path }) => path[0] === 'terms').length);
    assert.deepEqual(untold(forgetful, 'retention'), []);
  });

  it('is the same both ways: what came one way went the other', () => {
    const there = diff(old, reference, eea);
    const back = diff(reference, old, eea);
    const paths = (changes: readonly Change[], kind: Change['kind']): string[] =>
      changes.filter((one) => one.kind === kind).map((one) => one.path);
    assert.deepEqual(paths(there, 'added').toSorted(), paths(back, 'removed').toSorted());
    assert.deepEqual(paths(there, 'removed').toSorted(), paths(back, 'added').toSorted());
    assert.deepEqual(paths(there, 'changed').toSorted(), paths(back, 'changed').toSorted());
    assert.ok(there.length > 100);
  });

  it('does not see what was only moved', () => {
    const shuffled = fc.gen();
    fc.assert(
      fc.property(shuffled, (pick) => {
        const shuffle = (value: unknown): unknown => {
          if (Array.isArray(value)) {
            const left = value.map(shuffle);
            const out: unknown[] = [];
            while (left.length > 0) out.push(...left.splice(pick(fc.nat, { max: left.length - 1 }), 1));
            return out;
          }
          if (value === null || typeof value !== 'object') return value;
          return Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, one]) => [key, shuffle(one)]),
          );
        };
        assert.deepEqual(diff(reference, shuffle(reference) as Policy, eea), []);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a change reads as a person would tell it', () => {
  it('recordings: 90 days → 60 days, which nobody needs to be told', () => {
    const one = only((policy) => {
      by(policy.retention, 'recordings-90-days').keep = 'P60D';
    });
    assert.equal(
      one.text.en,
      'Recorded calls, with their call data and transcripts; and Voicemail messages: 90 days → 60 days',
    );
    assert.match(one.text.nl, /: 90 dagen → 60 dagen$/);
    assert.deepEqual([one.path, one.kind, one.material], ['retention.recordings-90-days.keep', 'changed', false]);
  });
  it('a new recipient, with its role and country', () => {
    const one = only((policy) => {
      policy.recipients.push({
        ...structuredClone(policy.recipients[2]),
        id: 'mailer',
        text: { nl: 'De verzender van nieuwsbrieven', en: 'The sender of newsletters' },
        role: 'processor',
        country: 'US',
      });
    });
    assert.equal(one.text.en, 'New recipient: The sender of newsletters (processor, the United States)');
    assert.deepEqual([one.path, one.kind, one.why], ['recipients.mailer', 'added', ['new-recipient', 'outside-eea']]);
    assert.deepEqual(one.tell, ['customers']);
    assert.equal(one.when, 'before');
  });
  it('the basis of a purpose, from one to the other', () => {
    const one = only((policy) => {
      by(policy.purposes, 'news').basis = ['consent'];
    });
    assert.equal(
      one.text.en,
      'The basis of “Sending news about legislation, products and services” has changed from legitimate interests to consent',
    );
    assert.deepEqual([one.why, one.tell, one.when], [['basis'], ['customers'], 'before']);
  });
  it('a right that falls away', () => {
    const one = only((policy) => {
      policy.rights.list = policy.rights.list.filter((right: { right: string }) => right.right !== 'portability');
    });
    assert.equal(one.text.en, 'You can no longer take your data with you');
    assert.equal(one.text.nl, 'U kunt niet langer uw gegevens meenemen');
    assert.deepEqual([one.path, one.why], ['rights.list.portability', ['right-narrowed']]);
    assert.ok(one.tell.includes('customers') && one.tell.includes('employees') && !one.tell.includes('clients-people'));
  });
  it('a new id is a new name and one line, wherever it is referred to', () => {
    const one = only((policy) => {
      const text = JSON.stringify(policy).replaceAll('"video"', '"camera-footage"');
      const renamed = JSON.parse(text);
      for (const data of renamed.data) if (data.kind === 'camera-footage') data.kind = 'video';
      for (const key of Object.keys(policy)) policy[key] = renamed[key];
      policy.purposes = policy.purposes.map((purpose: Draft) => {
        const { 'camera-footage': video, ...rest } = purpose;
        return video === undefined ? purpose : { ...rest, video };
      });
    });
    assert.deepEqual([one.kind, one.path, one.material], ['renamed', 'data.camera-footage', false]);
    assert.match(one.text.en, /was "video"; nothing else about it changed/);
  });
  it('what was not said before is told as filled in', () => {
    const before = changed((policy) => delete policy.publication.url);
    const [one, ...more] = diff(before, reference, eea);
    assert.ok(one && more.length === 0);
    assert.match(one.text.nl, / is nu ingevuld: https:/);
    assert.match(one.text.en, / is now filled in: https:/);
  });
  it('a new id with anything else changed is honest: one thing went, another came', () => {
    const found = differences((policy) => {
      const right = by(policy.measures, 'premises');
      right.id = 'building';
      right.text.en = 'Our servers are somewhere.';
    });
    assert.deepEqual(
      found.map((one) => [one.kind, one.path, one.material]),
      [
        ['removed', 'measures.premises', true],
        ['added', 'measures.building', false],
      ],
    );
  });
});

describe('a change is material when a person could want to act on it', () => {
  const cases: [string, (policy: Draft) => void, (keyof typeof reasons)[], string[]][] = [
    ['a longer term', (p) => (by(p.retention, 'video-90-days').keep = 'P91D'), ['longer'], ['visitors', 'employees']],
    [
      'three months for ninety days',
      (p) => (by(p.retention, 'video-90-days').keep = 'P3M'),
      ['longer'],
      ['visitors', 'employees'],
    ],
    [
      'another start of the term',
      (p) => (by(p.retention, 'prospects-one-year').from = 'forgotten'),
      ['longer'],
      ['prospects'],
    ],
    [
      'a term that counts from the end of the year',
      (p) => (by(p.retention, 'video-90-days').startsAt = 'end-of-year'),
      ['longer'],
      ['visitors', 'employees'],
    ],
    [
      'a person who looks instead of erasing',
      (p) => (by(p.retention, 'video-90-days').then = 'review'),
      ['longer'],
      ['visitors', 'employees'],
    ],
    [
      'a term that nobody promises any more',
      (p) => (p.terms = p.terms.filter((one: Draft) => one.id !== 'shielded-until-changed')),
      ['longer'],
      ['customers', 'callers'],
    ],
    [
      'backups that last longer',
      (p) => (by(p.retention, 'recordings-90-days').backups.gone = 'P30D'),
      ['longer'],
      ['callers', 'employees'],
    ],
    [
      'a more sensitive kind of data',
      (p) => (by(p.data, 'correspondence').kind = 'special'),
      ['special-kind'],
      ['customers', 'prospects', 'suppliers'],
    ],
    [
      'a password that can be read',
      (p) => (by(p.data, 'credentials').readable = true),
      ['special-kind'],
      ['customers'],
    ],
    ['data of more people', (p) => by(p.data, 'video').subjects.push('suppliers'), ['new-data'], ['suppliers']],
    ['data for one more purpose', (p) => by(p.purposes, 'news').data.push('login-log'), ['new-data'], ['customers']],
    [
      'data of people whom the purpose does not name',
      (p) => by(p.purposes, 'recruitment').data.push('call-recordings'),
      ['new-data'],
      ['callers', 'applicants', 'employees'],
    ],
    [
      'a recipient for one more purpose',
      (p) => by(p.purposes, 'training').recipients.push('accountant'),
      ['new-recipient'],
      ['callers', 'employees'],
    ],
    [
      'a recipient that moved out of Europe',
      (p) => (by(p.recipients, 'payroll').country = 'IN'),
      ['outside-eea'],
      ['employees'],
    ],
    ['a recipient that moved within Europe', (p) => (by(p.recipients, 'payroll').country = 'DE'), [], []],
    ['another role', (p) => (by(p.recipients, 'wholesale').role = 'processor'), ['role'], ['customers']],
    [
      'another transfer mechanism',
      (p) => (by(p.recipients, 'parcel').transfer = { mechanism: '46(2)(c)' }),
      ['transfer'],
      ['customers'],
    ],
    [
      'a machine that decides',
      (p) => (by(p.purposes, 'website').automated = { text: { nl: 'a', en: 'b' }, legalOrSimilarEffect: false }),
      ['automated-decision'],
      ['website-visitors'],
    ],
    [
      'a new address to write to',
      (p) => (p.organisation.email = 'other@divato.nl'),
      ['contact'],
      ['customers', 'callers', 'visitors', 'prospects', 'applicants', 'employees', 'suppliers', 'website-visitors'],
    ],
    [
      'a new sub-processor is for the client',
      (p) => p.clients[0].subProcessors.push('parcel'),
      ['new-recipient'],
      ['clients.bakery'],
    ],
    [
      'data that may be anywhere in Europe',
      (p) => p.locations.allowed.push('EEA'),
      ['location'],
      ['customers', 'callers', 'visitors', 'prospects', 'applicants', 'employees', 'suppliers', 'website-visitors'],
    ],
    [
      'a cookie that follows',
      (p) =>
        p.cookies.list.push({
          name: '_ga',
          kind: 'marketing',
          lasts: 'P2Y',
          consent: true,
          text: { nl: 'a', en: 'b' },
        }),
      ['new-data'],
      ['website-visitors'],
    ],
    [
      'an answer that takes longer',
      (p) => (p.rights.answerWithin = 'P2M'),
      ['right-narrowed'],
      ['customers', 'callers', 'visitors', 'prospects', 'applicants', 'employees', 'suppliers', 'website-visitors'],
    ],
    ['other words', (p) => (by(p.purposes, 'news').text.en = 'Telling you news'), [], []],
    ['a later date', (p) => (p.publication.date = '2027-01-01'), [], []],
    ['a day on which someone looked', (p) => (by(p.purposes, 'news').reviewed = '2027-01-01'), [], []],
    ['a recipient less', (p) => (by(p.purposes, 'orders').recipients = ['wholesale']), [], []],
  ];
  for (const [name, how, why, tell] of cases) {
    it(`${name}: ${why.length > 0 ? why.join(', ') : 'not material'}`, () => {
      const found = differences(how);
      assert.ok(found.length > 0);
      const material = found.filter((one) => one.material);
      assert.deepEqual([...new Set(material.flatMap((one) => one.why))], why, JSON.stringify(found, null, 1));
      assert.deepEqual([...new Set(material.flatMap((one) => one.tell))], tell);
    });
  }
  it('a country of the EEA is no new place to whom the EEA was told; another is, and so is the EEA after one country', () => {
    const moved = (from: string[], to: string[]): Change[] =>
      diff(
        changed((p) => (p.locations.allowed = from)),
        changed((p) => (p.locations.allowed = to)),
        eea,
      );
    const [less] = moved(['EEA'], ['NL']);
    assert.deepEqual([less?.why, less?.text.nl], [[], 'Waar gegevens mogen staan: de EER → Nederland']);
    assert.deepEqual(moved(['NL'], ['EEA'])[0]?.why, ['location']);
    assert.deepEqual(moved(['EEA'], ['EEA', 'US'])[0]?.why, ['location', 'outside-eea']);
    // One that was told already is no news beside another.
    assert.deepEqual(moved(['EEA', 'US'], ['US'])[0]?.why, []);
  });
  it('names an item by its sentence without the stop', () => {
    const [one] = diff(
      reference,
      changed((p) => (by(p.measures, 'backups').every = 'P6M')),
      eea,
    );
    assert.match(one?.text.nl ?? '', /terugzetten: hoe vaak: drie maanden → zes maanden/);
  });
  it('a term that moves to a rule that carries it out is no news, unless it is longer there', () => {
    const id = 'correspondence-two-years';
    const term = changed((p) => {
      const { then: _, ...words } = by(p.retention, id);
      p.retention = p.retention.filter((one: Draft) => one.id !== id);
      p.terms.push(words);
    });
    const moved = (keep: string): Change[] =>
      diff(
        term,
        changed((p) => (by(p.retention, id).keep = keep)),
        eea,
      ).filter((one) => one.material);
    assert.deepEqual(moved('P2Y'), []);
    assert.ok(moved('P3Y').some((one) => one.why.includes('longer')));
  });
  it('every new purpose of its own is material, one for a client is not', () => {
    const add = (role: string) => (policy: Draft) =>
      policy.purposes.push({ ...structuredClone(policy.purposes[0]), id: 'more', role, client: 'bakery' });
    assert.deepEqual(only(add('controller')).why, ['new-purpose']);
    assert.equal(only(add('processor')).material, false);
  });
});
