/** What others made: named exactly, downloaded from a registry with the hash it had, under a licence that goes with ours. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

interface Component {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, Component>>;

const lock = (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Lock }).packages;
const own = JSON.parse(readFileSync('package.json', 'utf8')) as Component;

const free = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Zlib',
  'Unlicense',
  'MPL-2.0',
];

/** "(A OR B)": one of them will do; "(A AND B)": each must. */
function isAllowed(licence: string): boolean {
  const words = licence.replace(/[()]/g, '');
  if (words.includes(' OR ')) return words.split(' OR ').some(isAllowed);
  return words.split(' AND ').every((one) => free.includes(one));
}

/** Where no place is written in the lock, npm takes it from the registry that it is set to. */
function faults(packages: Lock, root: Component): string[] {
  const asked = { ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies };
  return [
    ...Object.entries(asked)
      .filter(
        ([name, version]) =>
          !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || packages[`node_modules/${name}`]?.version !== version,
      )
      .map(([name, version]) => `${name} ${version} is no exact version, or not the one in the lock`),
    ...Object.entries(packages)
      .filter(([place]) => place !== '')
      .flatMap(([place, one]) => [
        ...(one.resolved === undefined || /^https:\/\/[^/]+\/.+\.tgz$/.test(one.resolved)
          ? []
          : [`${place} does not come from a registry`]),
        ...(one.integrity?.startsWith('sha512-') === true ? [] : [`${place} has no hash`]),
        ...(isAllowed(one.license ?? '') ? [] : [`${place} is under ${one.license ?? 'no licence'}`]),
      ]),
  ];
}

describe('what others made', () => {
  it('is named exactly, with its hash and a licence that goes with ours', () => {
    assert.deepEqual(faults(lock, own), []);
    assert.ok(Object.keys(lock).length > 200);
  });
  it('and a range, a branch, a missing hash or another licence would be seen', () => {
    const [place = '', good = {}] = Object.entries(lock).find(([name]) => name === 'node_modules/hono') ?? [];
    const bad = (change: Component): string[] => faults({ ...lock, [place]: { ...good, ...change } }, own);
    assert.match(bad({ resolved: 'git+ssh://git@example.org/hono.git#main' }).join(), /from a registry/);
    assert.match(bad({ integrity: 'sha1-x' }).join(), /no hash/);
    for (const license of ['GPL-3.0-only', 'SEE LICENSE IN FILE', 'BUSL-1.1', '', '(MIT AND GPL-2.0-only)'])
      assert.match(bad({ license }).join(), /is under/, license);
    assert.deepEqual(bad({ license: '(MIT OR GPL-3.0-or-later)' }), []);
    for (const hono of ['^4.13.19', 'latest', '4', '4.13.18'])
      assert.match(faults(lock, { ...own, dependencies: { ...own.dependencies, hono } }).join(), /hono .+ exact/, hono);
  });
});
