/** docs/security-checks.md: every item of the list is there once, and each test that it names is a test that there is. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** ASVS 5.0, levels 1 and 2 without what does not apply, and what is taken of level 3: per section, its items. */
const list: Readonly<Record<string, string>> = {
  '1.1': '1 2',
  '1.2': '1 2 3 4 5 6 9 10',
  '1.3': '1 2 3 4 5 6 7 10 11',
  '1.4': '1 2 3',
  '1.5': '1 2',
  '2.1': '1 2 3',
  '2.2': '1 2 3',
  '2.3': '1 2 3 4 5',
  '2.4': '1',
  '3.2': '1 2',
  '3.3': '1 2 3 4',
  '3.4': '1 2 3 4 5 6',
  '3.5': '1 2 3 4 5',
  '3.7': '1 2',
  '4.1': '1 2 3',
  '4.2': '1',
  '4.4': '1 2 3 4',
  '5.1': '1',
  '5.2': '1 2 3 6',
  '5.3': '1 2',
  '5.4': '1 2 3',
  '6.1': '1 2 3',
  '6.2': '1 2 3 4 5 6 7 8 9 10 11 12',
  '6.3': '1 2 3 4',
  '6.4': '1 2 3 4',
  '6.5': '1 2 3 4 5',
  '6.6': '2 3',
  '6.8': '1 2 4',
  '7.1': '1 2 3',
  '7.2': '1 2 3 4',
  '7.3': '1 2',
  '7.4': '1 2 3 4 5',
  '7.5': '1 2 3',
  '7.6': '1 2',
  '8.1': '1 2',
  '8.2': '1 2 3',
  '8.3': '1 2',
  '8.4': '1',
  '9.1': '1 2 3',
  '9.2': '1 2 3 4',
  '10.1': '1 2',
  '10.2': '1 2',
  '10.3': '1 2 3 4',
  '10.5': '1 2 3 4 5',
  '11.1': '1 2',
  '11.2': '1 2 3',
  '11.3': '1 2 3',
  '11.4': '1 2 3 4',
  '11.5': '1',
  '11.6': '1',
  '12.1': '1 2 3',
  '12.2': '1 2',
  '12.3': '1 2 3 4',
  '13.1': '1',
  '13.2': '1 2 3 4 5',
  '13.3': '1 2',
  '13.4': '1 2 3 4 5',
  '14.1': '1 2',
  '14.2': '1 2 3 4 6 7 8',
  '14.3': '1 2 3',
  '15.1': '1 2 3',
  '15.2': '1 2 3',
  '15.3': '1 2 3 4 5 6 7',
  '15.4': '2',
  '16.1': '1',
  '16.2': '1 2 3 4 5',
  '16.3': '1 2 3 4',
  '16.4': '1 2 3',
  '16.5': '1 2 3',
};
const items = Object.entries(list).flatMap(([section, own]) => own.split(' ').map((n) => `${section}.${n}`));

/** What is wrong with a page of this kind. */
function faults(page: string): string[] {
  const rows = [...page.matchAll(/^\| ([\d.]+) +\| (.+?) +\| (.+?) +\|$/gm)].map(([, item = '', , by = '']) => ({
    item,
    by,
  }));
  const named = rows.map((row) => row.item);
  return [
    ...items.filter((item) => !named.includes(item)).map((item) => `${item} is not there`),
    ...named
      .filter((item, i) => !items.includes(item) || named.indexOf(item) !== i)
      .map((item) => `${item} is not of the list, or twice`),
    ...rows.flatMap(({ item, by }) => {
      if (by.startsWith('**No test.** ')) return [];
      const tests = [...by.matchAll(/`([^`]+)` “([^”]+)”/g)];
      if (tests.length === 0) return [`${item} names no test, and does not say so`];
      return tests
        .filter(([, file = '', title = '']) => !isTest(file, title))
        .map(([, file, title]) => `${item}: no test ${file} "${title}"`);
    }),
  ];
}

function isTest(file: string, title: string): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8').replaceAll("\\'", "'");
  return (
    isOneOfMany(text, title) ||
    ["'", '"', '`'].some(
      (quote) => text.includes(`it(${quote}${title}${quote}`) || text.includes(`${quote}${title}${quote},`),
    )
  );
}

/** "it(`is not believed with ${what}`" is as many tests as there are such words in its file. */
function isOneOfMany(text: string, title: string): boolean {
  return [...text.matchAll(/\bit\(`([^`]*\$\{[^`]*)`/g)].some(([, template = '']) => {
    const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^\w ]/g, '\\$&'));
    const [, ...words] = new RegExp(`^${parts.join('(.+)')}$`).exec(title) ?? [];
    return words.length > 0 && words.every((word) => text.includes(`'${word}':`) || text.includes(`'${word}',`));
  });
}

describe('the page of security checks', () => {
  const page = readFileSync('docs/security-checks.md', 'utf8');
  it('has every item of the list, and names tests that there are', () => {
    assert.deepEqual(faults(page), []);
  });
  it('would be told of a test that went away, an item that is missing and one without an answer', () => {
    const found = (from: string | RegExp, to: string): string => faults(page.replace(from, to)).join();
    assert.match(
      found('“is not believed with an ID token for another client”', '“is not believed with a smile”'),
      /9\.2\.3: no test/,
    );
    assert.match(found('“asks a stranger to sign in first”', '“asks nobody anything”'), /6\.3\.4: no test/);
    assert.match(found(/^\| 8\.2\.1 .*\n/m, ''), /8\.2\.1 is not there/);
    assert.match(found('**No test.** The language has no others', 'the language'), /1\.4\.1 names no test/);
  });
});
