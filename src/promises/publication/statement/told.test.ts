import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lawBook, policies, policyOf, rawPolicy, references, wholePolicy } from '../../../../test/worlds/policies.ts';
import { faults, repeated, unsourced, untold } from '../../../../test/worlds/told.ts';
import type { Policy } from '../../../policy/index.ts';
import { layers } from './index.ts';
import { sections } from './sections/index.ts';

const book = lawBook();
const languages = ['nl', 'en'] as const;
const wrong = (policy: Policy): string[] =>
  languages.flatMap((language) => faults(policy, layers(policy, language, { lawBook: book })));

describe('every sentence comes from the policy, and every promise of the policy is told', () => {
  for (const name of references)
    it(`in the statement of ${name}`, () => {
      assert.deepEqual(wrong(policyOf(rawPolicy(name))), []);
    });

  it('in one that uses the whole language', () => {
    assert.deepEqual(wrong(policyOf(wholePolicy())), []);
  });

  it('in any valid policy: parts dropped, items in another order, other texts, and the same text twice', () => {
    const numRuns = process.env['GESTAND_SOAK'] === undefined ? 50 : 2_000;
    fc.assert(
      fc.property(policies(), ({ policy }) => {
        assert.deepEqual(wrong(policy), []);
      }),
      { numRuns },
    );
  });

  it('and this bites: a part that is left out is missed, whichever it is', () => {
    const policy = policyOf(wholePolicy());
    for (const left of sections) {
      const parts = sections.filter((one) => one !== left);
      const { full } = layers(policy, 'nl', { lawBook: book }, parts);
      assert.ok(untold(policy, full).length > 0, `nobody misses "${left.id}"`);
    }
  });

  it('and this bites: a sentence from a place that is not there, and a sentence or a row said twice', () => {
    const policy = policyOf(rawPolicy('it-provider'));
    const { full } = layers(policy, 'nl', { lawBook: book });
    const at = full.findIndex((one) => one.kind === 'paragraph');
    const bogus = {
      kind: 'paragraph',
      sentences: [{ text: 'Wij slapen nooit.', from: 'retention.for-ever.keep' }],
    } as const;
    assert.deepEqual(unsourced(policy, [...full, bogus]), ['no place "retention.for-ever.keep"']);
    const again = full[at];
    assert.ok(again && repeated([...full, again]).length > 0);
    const table = full.find((one) => one.kind === 'table');
    assert.ok(table?.kind === 'table' && repeated([{ ...table, rows: [...table.rows, ...table.rows] }]).length > 0);
  });

  it('two promises in the same words are said once, and the sentence knows both places', () => {
    const raw = rawPolicy('it-provider');
    const [first, second] = raw['claims'] as { text: object }[];
    assert.ok(first && second);
    second.text = first.text;
    const policy = policyOf(raw);
    const { full } = layers(policy, 'en', { lawBook: book });
    const said = full.flatMap((one) => (one.kind === 'paragraph' ? one.sentences : [])).filter((one) => one.also);
    assert.deepEqual(
      said.map((one) => [one.from, ...(one.also ?? [])]).filter((places) => places.includes('claims.own-servers.text')),
      [['claims.insight.text', 'claims.own-servers.text']],
    );
    assert.deepEqual(wrong(policy), []);
  });
});
