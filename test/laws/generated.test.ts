/** What is written from the program is what the program says now: schemas, references, rules, permissions, limits, addresses, records. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { generated } from '../../scripts/generated.ts';

const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

function stale(made: Readonly<Record<string, () => string>>): string[] {
  return Object.entries(made)
    .filter(([file, make]) => read(file) !== make())
    .map(([file]) => file);
}

describe('the pages that are written from the program', () => {
  it('say what the program does', () => {
    assert.deepEqual(stale(generated), []);
    for (const name of ['permissions', 'addresses', 'limits', 'records', 'policy-reference', 'access-reference'])
      assert.ok(`docs/generated/${name}.md` in generated, name);
    assert.ok(Object.keys(generated).filter((file) => file.startsWith('docs/rules/')).length > 70);
  });
  it('and a limit that moved would be seen', () => {
    const file = 'docs/generated/limits.md';
    const moved = (): string => (generated[file]?.() ?? '').replace('1,200 a minute', '12,000 a minute');
    assert.deepEqual(stale({ [file]: moved }), [file]);
  });
});
