import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';

interface Source {
  readonly id?: string;
  readonly territory?: string;
  readonly mark?: string;
  readonly source?: string;
}

/** What a period or a duty rests on: somewhere that it was read. */
const unread = ({ mark, source = '' }: Source): boolean =>
  mark === 'memory' || source.trim() === '' || /\bmemory\b/iu.test(source);

describe('the legal sources', () => {
  it('each say where they were read, and none rests on memory', () => {
    const all = globSync('law/**/*.yaml').flatMap((file) => {
      const law = parse(readFileSync(file, 'utf8')) as Record<'sources' | 'adequacy', readonly Source[] | undefined>;
      return [...(law.sources ?? []), ...(law.adequacy ?? [])];
    });
    assert.ok(all.length > 80);
    assert.deepEqual(
      all.filter(unread).map((one) => one.id ?? one.territory),
      [],
    );
    // The control: what stood here before.
    assert.ok(unread({ mark: 'memory', source: 'BW, boek 7' }));
    assert.ok(unread({ mark: 'primary', source: 'first day from memory: verify' }));
  });
});
