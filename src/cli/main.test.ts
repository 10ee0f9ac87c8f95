import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { refuseSurplus } from './command.ts';
import { commands, main } from './main.ts';

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await main(args, (text) => (out += text));
  return { code, out };
}

it('docs/cli.md says of every command what its JSON is', () => {
  const page = readFileSync('docs/cli.md', 'utf8').split('\n## JSON\n')[1] ?? '';
  const answers = commands.filter(({ name }) => name !== 'start' && name !== 'worker'); // these two run on
  for (const { name } of answers) assert.match(page, new RegExp(`\`${name}[ \`]`), name);
});

describe('a command line with something that no command takes', () => {
  const words = ([name, ...args]: readonly string[]): (() => void) => {
    const command = commands.find((one) => one.name === name);
    assert.ok(command);
    return () => refuseSurplus(command, args);
  };

  it('ends with 2 at a word too many, and says how it goes', async () => {
    const { code, out: told } = await run('doctor', 'nonsense', '--json', '--lang', 'nl');
    assert.equal(code, 2);
    assert.match(told, /"usage".*nonsense.*een woord te veel.*gestand doctor/);
    for (const { name } of commands)
      if (name !== 'promises' && name !== 'systems')
        assert.throws(words([name, 'a', 'b', 'c', 'd']), /a word too many/, name);
    for (const args of [
      ['hold', 'list', 'x'],
      ['tasks', 'x'],
      ['register', 'folder', 'x'],
      ['publish', 'draft', 'x'],
      ['publish', '2026-1', 'x'],
    ])
      assert.throws(words(args), /a word too many/, args.join(' '));
  });

  it('lets through every word that its usage shows', () => {
    for (const args of [
      ['agreement', 'check', 'folder'],
      ['declare', 'withdraw', 'd-1'],
      ['diff', 'a', 'b'],
      ['evidence', 'verify', 'folder'],
      ['hold', 'release', 'h-1'],
      ['people', 'reset', 'a@example.nl'],
      ['promises', 'P01', 'P02'],
      ['publish', 'compare', 'w-1', 'latest'],
      ['publish', 'file', 'latest', 'nl.html'],
      ['publish', 'told', 'latest'],
      ['publish', 'told'],
      ['register', 'import', 'x.csv'],
      ['systems', 'probe', 'exchange', 'pbx'],
      ['tasks', 'done', 't-1'],
      ['tasks'],
    ])
      assert.doesNotThrow(words(args), args.join(' '));
  });

  it('ends with 2 at a language that is none', async () => {
    const { code, out: told } = await run('check', '--lang', 'fr', '--json');
    assert.equal(code, 2);
    assert.match(told, /--lang.*nl.*en.*fr/);
  });
});

describe('a home where none can be', () => {
  it('is refused before anything is asked, within a second, by whatever would make it', async () => {
    const before = performance.now();
    for (const command of ['init', 'serve', 'demo'])
      for (const [language, told] of [
        ['nl', /kan geen home zijn: in \/proc kan geen map worden gemaakt.*Noem een andere map met --home/],
        ['en', /cannot be a home: no folder can be made in \/proc.*Name another folder with --home/],
      ] as const) {
        const { code, out: said } = await run(command, '--home', '/proc/gestand/x', '--json', '--lang', language);
        assert.equal(code, 2, said);
        assert.match(said, told);
      }
    assert.ok(performance.now() - before < 5000);
    assert.match((await run('init', '--home', '', '--json', '--lang', 'nl')).out, /--home is leeg/);
  });
});

describe('gestand check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-check-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('looks at the home that is named, and ends with 2 where there is none', async () => {
    cpSync('policies/it-provider/policy.yaml', join(folder, 'policy.yaml'));
    writeFileSync(join(folder, 'estate.yaml'), 'gestand: 1\nsystems: []\n');
    const good = await run('check', folder, '--json');
    assert.deepEqual([good.code, (JSON.parse(good.out) as { ok: boolean }).ok], [0, true]);
    const none = await run('check', join(folder, 'nonsense'), '--json');
    assert.equal(none.code, 2);
    assert.match(none.out, /gestand init/);
  });
});
