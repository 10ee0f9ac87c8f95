import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseDocument } from 'yaml';
import { beginHome } from './begin.ts';
import { commentsIn } from './comments.ts';
import type { Beginning } from './starter.ts';

const folder = mkdtempSync(join(tmpdir(), 'gestand-comments-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Comments that are no sentences: the schema for an editor, and the system that is an example. */
const noWords = /^# (yaml-language-server: |systems:| {2,})/;

function commentsOf(home: string, facts: Beginning | null, language: 'nl' | 'en'): Record<string, string[]> {
  const at = join(folder, `${home}-${language}`);
  beginHome(at, facts, language);
  return Object.fromEntries(
    ['policy.yaml', 'estate.yaml'].map((file) => {
      const text = readFileSync(join(at, file), 'utf8');
      assert.deepEqual(parseDocument(text).errors, []);
      const lines = text.split('\n').map((line) => line.trimStart());
      return [file, lines.filter((line) => line.startsWith('#') && !noWords.test(line))];
    }),
  );
}

describe('the comments of a new home', () => {
  const own: Beginning = { organisation: 'X', post: 'Y', email: 'x@example.nl', website: '' };
  for (const [name, facts] of [
    ['example', null],
    ['own', own],
  ] as const)
    it(`are in the language in which it was begun (${name})`, () => {
      const [dutch, english] = [commentsOf(name, facts, 'nl'), commentsOf(name, facts, 'en')];
      for (const file of ['policy.yaml', 'estate.yaml']) {
        const [nl = [], en = []] = [dutch[file], english[file]];
        assert.ok(nl.length > 1 && en.length > 1);
        assert.deepEqual(
          nl.filter((line) => en.includes(line)),
          [],
          'these say it in one language only: begin each line with "# en: " or "# nl: "',
        );
        assert.match(nl.join(' '), / (wat|welke|het|een) /i);
        assert.match(en.join(' '), / (what|which|the|a) /i);
        assert.doesNotMatch([...nl, ...en].join('\n'), /^# (nl|en): /m);
      }
    });

  it('that say no language stay, and a text that looks like one is no comment', () => {
    const text = '# x\n  # en: a\n  # nl: b\na: "# en: c"\n';
    assert.equal(commentsIn(text, 'nl'), '# x\n  # b\na: "# en: c"\n');
    assert.equal(commentsIn(text, 'en'), '# x\n  # a\na: "# en: c"\n');
  });
});
