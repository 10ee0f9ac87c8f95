/** What people read is in both languages: a pair whose halves are the same was not translated, and a fault has its Dutch. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));

/** Pairs of three words and more that say the same twice. */
const untranslated = (text: string): string[] =>
  [...text.matchAll(/\bnl: (['`"])((?:\\.|(?!\1)[^\\])*)\1,\s*en: (['`"])((?:\\.|(?!\3)[^\\])*)\3/g)]
    .filter(
      ([, , nl = '', , en = '']) => nl === en && nl.split(' ').filter((one) => /^[a-z]{2,}$/.test(one)).length > 2,
    )
    .map(([, , nl = '']) => nl);

/** Throws of a connector's fault that leave the Dutch to the sort of fault. */
const faultsWithout = (text: string): number =>
  [...text.matchAll(/new ConnectorFault\(([\s\S]*?)\);\n|new ConnectorFault\(([\s\S]*?)\)\),?\n/g)].filter(
    ([all]) => !/\bnl\b/.test(all),
  ).length;

describe('what people read', () => {
  it('says nothing twice in one language', () => {
    for (const file of sources) assert.deepEqual(untranslated(readFileSync(file, 'utf8')), [], file);
    assert.deepEqual(untranslated("{ nl: 'the file is gone', en: 'the file is gone' }"), ['the file is gone']);
  });
  it('has a Dutch text for every fault of a connected system', () => {
    for (const file of sources) assert.equal(faultsWithout(readFileSync(file, 'utf8')), 0, file);
    assert.equal(faultsWithout("throw new ConnectorFault('refused', 'no', { retry: false });\n"), 1);
  });
});
