/** Every command that a text tells somebody to give exists and can be given like that: in phrases, in examples, in the pages. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { commands } from '../../src/cli/main.ts';
import { parse } from '../../src/cli/parse.ts';

/** The words of one line as a shell would pass them: up to a pipe, a redirection, a comment or the next command. */
function shellWords(line: string): string[] {
  const words: string[] = [];
  for (const [, double, single, bare = ''] of line.matchAll(/"((?:\$\([^)]*\)|[^"])*)"|'([^']*)'|(\S+)/g)) {
    if (double === undefined && single === undefined && /^(\||>|<|&|;|#)/.test(bare)) break;
    words.push(double ?? single ?? bare.replace(/;$/, ''));
  }
  return words;
}

/** "--name …" is a value that is left to the reader; any other "…" stands for words that may follow. */
const settled = (words: readonly string[]): string[] =>
  words.filter((word, i) => word !== '…' || (words[i - 1] ?? '').startsWith('--'));

function mistakeIn(command: string): string | null {
  const words = settled(shellWords(command));
  while (words[0] !== undefined && (/^[A-Z_]+=/.test(words[0]) || ['npx', '--no-install', '$'].includes(words[0])))
    words.shift();
  if (words.shift() !== 'gestand') return 'no command of this program';
  try {
    parse(words, commands);
    return null;
  } catch (cause) {
    return (cause as Error).message;
  }
}

const inProse =
  /gestand ([a-z]+)((?: (?:--[a-z-]+(?:[ =](?:"[^"]*"|\$\{[^}]*\}|[A-Z]+|…))?|\$\{[^}]*\}|[A-Z]{2,}|[a-z-]+(?= --)))*)/g;

/** In a sentence the command ends where prose goes on: what is told apart are its name and the options that follow. */
const prose = (text: string): string[] =>
  [...text.matchAll(inProse)]
    .map(([, name = '', rest = '']) => `gestand ${name}${rest.replaceAll(/\$\{[^}]*\}/g, 'X')}`)
    .filter((one) => one.includes(' --') || !one.endsWith(' X'));

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
const known = new Set(commands.map(({ name }) => name));

/** Commands in sentences, whose own words may be left out ("gestand hold"). */
function strays(text: string): string[] {
  return prose(text)
    .filter((one) => known.has(one.split(' ')[1] ?? '') || one.includes(' --'))
    .filter((one) => {
      const mistake = mistakeIn(one);
      return mistake !== null && !/^After "gestand|a word too many|needs a value after it\.$/.test(mistake);
    });
}

/** Lines of fenced blocks that give a command, a backslash at the end joined with what follows; what is optional goes along. */
const inBlocks = (page: string): string[] =>
  [...page.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim().replaceAll(/[[\]]/g, ''))
      .filter((line) => /^(\$ |npx |[A-Z_]+=\S+ )*gestand( |$)/.test(line)),
  );

/** A whole command between backquotes; one that shows a choice ("[…]", "a|b") is a usage. */
const inline = (page: string): string[] =>
  [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`(gestand [^`\n]+)`/g)]
    .map(([, command = '']) => command)
    .filter((command) => !/[|[\]<>]|^gestand (?:help )?COMMAND/.test(command));

describe('a command that somebody is told to give', () => {
  it('can be given as an example shows it', () => {
    for (const { name, examples } of commands) {
      assert.ok(examples.length > 0, name);
      for (const one of examples) if (one !== 'npm start') assert.equal(mistakeIn(one), null, one);
    }
  });

  it('exists with its options where a sentence of the program names it', () => {
    let seen = 0;
    for (const file of sources) {
      const text = readFileSync(file, 'utf8');
      seen += prose(text).length;
      assert.deepEqual(strays(text), [], file);
    }
    assert.ok(seen > 60, `${seen} commands`);
  });

  it('can be given as the pages show it', () => {
    let seen = 0;
    const wrong: string[] = [];
    for (const file of ['README.md', ...globSync('docs/**/*.md')]) {
      const page = readFileSync(file, 'utf8');
      for (const one of [...inBlocks(page), ...inline(page)]) {
        seen += 1;
        const mistake = mistakeIn(one);
        if (mistake !== null) wrong.push(`${file}: ${one}: ${mistake}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(seen > 60, `${seen} commands`);
  });

  it('and this would see one that cannot', () => {
    assert.match(mistakeIn('gestand plam') ?? '', /Did you mean "plan"/);
    assert.match(mistakeIn('gestand hold plce --by "A B"') ?? '', /"place"/);
    assert.match(mistakeIn('gestand plan --att 2027-01-01') ?? '', /--at/);
    assert.match(mistakeIn('gestand doctor now') ?? '', /too many/);
    assert.equal(mistakeIn('gestand lint --sarif > lint.sarif'), null);
    assert.deepEqual(strays("nl: 'Doe het: gestand plan --when X', "), ['gestand plan --when X']);
    assert.deepEqual(inBlocks('```sh\n$ gestand plan \\\n  --at 2027-01-01\n```\n'), [
      '$ gestand plan --at 2027-01-01',
    ]);
  });
});
