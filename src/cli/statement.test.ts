import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { freshFolder } from '../../test/worlds/folder.ts';
import { main } from './main.ts';

const run = async (...args: string[]): Promise<{ code: number; out: string }> => {
  let out = '';
  const code = await main(['statement', 'policies/it-provider', ...args], (text) => {
    out += text;
  });
  return { code, out };
};

describe('gestand statement', () => {
  it('writes the statement from a folder, in the language and the format that were asked for', async () => {
    const nl = await run('--lang', 'nl', '--format', 'md');
    assert.equal(nl.code, 0);
    assert.match(nl.out, /^# Privacyverklaring van Divato IT Solutions/);
    assert.match((await run('--lang', 'en')).out, /^Privacy statement of Divato IT Solutions/i);
    const made = JSON.parse((await run('--lang', 'en', '--format', 'json')).out) as {
      language: string;
      blocks: unknown[];
    };
    assert.ok(made.language === 'en' && made.blocks.length > 50);
  });

  it('knows the format by the name of the file', async () => {
    const folder = freshFolder();
    const file = join(folder.path, 'statement.pdf');
    const { code, out } = await run('--lang', 'nl', '--out', file, '--json');
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { out: string }).out, file);
    assert.equal(readFileSync(file).subarray(0, 5).toString(), '%PDF-');
    folder.close();
  });

  it('for one group has that group only', async () => {
    const { out } = await run('--lang', 'en', '--group', 'applicants');
    assert.match(out, /I applied for a job/i);
    assert.doesNotMatch(out, /Employee records/);
  });

  it('refuses a group that is not there, a format it does not know, and a PDF on a screen', async () => {
    for (const [args, code] of [
      [['--group', 'martians'], 'unknown-group'],
      [['--format', 'papyrus'], 'unknown-choice'],
      [['--format', 'pdf'], 'out-needed'],
    ] as const) {
      const { code: end, out } = await run(...args, '--json');
      assert.equal(end, 2);
      assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, code);
    }
  });
});
