import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { wholePolicy } from '../../test/worlds/policies.ts';
import { PolicyFile } from '../policy/index.ts';
import { placesIn, type Place } from '../policy/names.ts';
import { Id, idOf } from '../policy/sections/words.ts';
import { yamlIn } from './home.ts';
import { readTogether } from './together.ts';

type Tree = Record<string, unknown> | unknown[];
const law = yamlIn('law');
const places = placesIn(PolicyFile);
const named = (one: Place): string => one.path.join('.');

const mistakes = (policy: unknown) =>
  readTogether({
    policy: { name: 'policy.yaml', text: JSON.stringify(policy, null, 1) },
    estate: null,
    profiles: [],
    law,
  }).mistakes('2026-11-24');

/** A policy that says all that the language can say. */
function whole(): Record<string, unknown> {
  const text = { nl: 'Daarom', en: 'Therefore' };
  const policy = wholePolicy();
  const law = { minimum: 'nl-awr-52-4', maximum: 'nl-vb-13-5' };
  const term = { id: 'on-paper', promise: 'P12', data: ['employees'], text, keep: 'P7Y', from: 'payment', ...law };
  return {
    ...policy,
    terms: [...(policy['terms'] as object[]), term],
    reasons: [{ rule: 'GST-D08', path: 'retention.video-90-days', text }],
  };
}

/** A name that is none, one letter from one that is. */
function slipped(word: string): string {
  return word.startsWith('GST-') ? 'GST-A99' : word.replace(/^(.+)(.)$/, '$1x$2');
}

/** The policy with a slip in the first word at this place, and what stood there; null when nothing stands there. */
function withSlip({ path, names }: Place): { policy: unknown; was: string; is: string } | null {
  const copy = whole();
  const walk = (here: unknown, [first, ...rest]: readonly string[]): { was: string; is: string } | null => {
    if (here === null || typeof here !== 'object' || first === undefined) return null;
    const tree = here as Tree;
    const keys = first === '[]' ? [...(Array.isArray(tree) ? tree : []).keys()] : [first];
    for (const key of keys) {
      const at = tree as Record<string | number, unknown>;
      const was = at[key];
      if (rest.length > 0) {
        const found = walk(was, rest);
        if (found) return found;
      } else if (typeof was === 'string' && (names !== 'check' || at['kind'] === 'check')) {
        const is = slipped(was);
        at[key] = is;
        return { was, is };
      }
    }
    return null;
  };
  const found = walk(copy, path);
  return found && { policy: copy, ...found };
}

describe('the names in a policy', () => {
  it('are told apart everywhere in the language: what each id names is said where it is declared', () => {
    assert.deepEqual(places.filter((one) => one.names === null).map(named), []);
  });

  it('would not be found forgotten if nobody looked: an id that does not say what it names stands out', () => {
    const schema = z.strictObject({
      id: Id,
      things: z
        .array(z.strictObject({ id: Id, of: Id.optional().describe('x'), law: idOf('law').optional() }))
        .default([]),
      any: z.union([z.literal('all'), z.array(Id.describe('y')).min(1)]).optional(),
    });
    assert.deepEqual(
      placesIn(schema).map((one) => [named(one), one.names]),
      [
        ['things.[].of', null],
        ['things.[].law', 'law'],
        ['any.[]', null],
      ],
    );
  });

  it('of law/ stand wherever the reference page says so', () => {
    const said = [...readFileSync('docs/generated/policy-reference.md', 'utf8').matchAll(/law\//g)].length;
    assert.ok(said > 0 && said <= places.filter((one) => one.names === 'law').length);
  });

  it('are none that anyone could find wrong in the policy that says all', () => {
    assert.deepEqual(mistakes(whole()), []);
  });

  it("may be of one's own where nobody has a list: an event, a consent, what a person declares", () => {
    const policy = whole() as Record<'retention' | 'measures', Record<string, unknown>[]>;
    policy.retention[0]!['from'] = 'moved-away';
    policy.measures[0]!['shownBy'] = [{ control: 'asked-the-porter', kind: 'declaration' }];
    assert.deepEqual(mistakes(policy), []);
  });

  it('in a reason may speak of a part by its section, and of what stands in a block', () => {
    const text = { nl: 'Daarom', en: 'Therefore' };
    const paths = ['data', 'holds.decides', 'organisation', 'retention.video-90-days.keep'];
    const reasons = [...paths, 'retenton.video-90-days'].map((path) => ({ rule: 'GST-D08', path, text }));
    assert.deepEqual(
      mistakes({ ...whole(), reasons }).map((one) => [one.path, one.nearest]),
      [['reasons[4].path', 'retention']],
    );
  });

  it('keep the linter from judging a policy in which one is wrong, as any name does', () => {
    const text = JSON.stringify({
      ...whole(),
      reasons: [{ rule: 'GST-A99', text: { nl: 'Daarom', en: 'Therefore' } }],
    });
    const { parsed } = readTogether({ policy: { name: 'policy.yaml', text }, estate: null, profiles: [], law });
    assert.equal(parsed?.value, null);
  });

  it('are looked up from the estate as well: the client whose system it is', () => {
    const system = (client: string): string =>
      `gestand: 1\nsystems:\n  - id: shop\n    title: { nl: Winkel, en: Shop }\n    profile: crm\n    role: processor\n    client: ${client}\n    location: { country: NL, place: Haps }\n    sources: { db: { connector: sql, dialect: sqlite, database: x.db } }\n`;
    const about = (client: string) =>
      readTogether({
        policy: { name: 'policy.yaml', text: JSON.stringify(whole()) },
        estate: { name: 'estate.yaml', text: system(client) },
        profiles: yamlIn('profiles'),
        law,
      })
        .mistakes('2026-11-24')
        .filter((one) => one.path.endsWith('.client'))
        .map((one) => [one.line, one.message.slice(0, 36), one.nearest]);
    assert.deepEqual(about('bakery'), []);
    assert.deepEqual(about('bakkery'), [[7, 'there is no client in the policy "ba', 'bakery']]);
  });

  for (const place of places.filter((one) => one.names !== 'own'))
    it(`tell a slip in ${named(place)}, where it stands and what was meant`, () => {
      const changed = withSlip(place);
      assert.ok(changed, `wholePolicy() has nothing at ${named(place)}: add it there`);
      const told = mistakes(changed.policy).filter((one) => one.message.includes(`"${changed.is.split('.').at(-1)}"`));
      assert.equal(told.length, 1, JSON.stringify(told));
      const [one] = told;
      assert.equal(one?.path.replace(/\[\d+\]/g, '.[]'), named(place));
      assert.ok(one.line > 1 && one.dutch !== undefined);
      if (place.names !== 'rule') assert.ok(changed.was.split('.').includes(one.nearest ?? ''), one.message);
    });
});
