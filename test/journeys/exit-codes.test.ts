/** Whatever is wrong with a command line, it ends with the documented code, and says why in the language that was asked for. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { commands, main } from '../../src/cli/main.ts';
import { emptyEstate } from '../worlds/site.ts';
import { testHome, type TestHome } from '../worlds/home.ts';

/** Words that no Dutch sentence of ours has. */
const english =
  /\b(the|there|not|this|with|cannot|needs?|which|value|write|unknown|expected|missing|name|file|folder|and|or|after)\b/i;
/** What stands between quotes, an option, a command or a path is said in no language. */
const plain = (text: string): string =>
  text.replaceAll(
    /"[^"]*"|--[a-z-]+|gestand [a-z| -]+|\/\S+|\b[a-z]+(-[a-z]+)+\b|Zo gaat het: .*|Wel: .*|er zijn .*|of draft, .*|een van .*|kies uit .*/g,
    '',
  );

const nowhere = '/nowhere/at/all';
/** Each command line, what it ends with, and the code of its error. */
const wrong: readonly (readonly [line: string, code: 1 | 2 | 3, error: string])[] = [
  // Syntax, of every command alike.
  ...commands.flatMap(({ name, options }) => [
    [`${name} --no-such-option`, 2, 'usage'] as const,
    [`${name} --home`, 2, 'usage'] as const,
    [`${name} --json=yes`, 2, 'usage'] as const,
    ...Object.entries(options ?? {}).map(
      ([option, { type }]) =>
        [type === 'string' ? `${name} --${option}` : `${name} --${option}=x`, 2, 'usage'] as const,
    ),
    ...(['promises', 'systems'].includes(name) ? [] : [[`${name} list x y z w`, 2, ''] as const]),
  ]),
  ['--no-such-option', 2, 'usage'],
  ['plam', 2, 'command-unknown'],
  ['help plam', 2, 'command-unknown'],
  // A word of a command.
  ['hold', 2, 'hold-what'],
  ['hold plce', 2, 'hold-what'],
  ['evidence', 2, 'evidence-what'],
  ['evidence x', 2, 'evidence-what'],
  ['people', 2, 'people-what'],
  ['people x', 2, 'people-what'],
  ['systems', 2, 'systems-what'],
  ['systems x', 2, 'systems-what'],
  ['declare x', 2, 'declare-what'],
  ['tasks x', 2, 'tasks-what'],
  ['publish', 2, 'publish-what'],
  // What is missing.
  ['apply', 2, 'argument-needed'],
  ['approve', 2, 'argument-needed'],
  ['approve p-none', 2, 'option-needed'],
  ['diff', 2, 'argument-needed'],
  ['hold place', 2, 'option-needed'],
  ['hold review', 2, 'argument-needed'],
  ['hold release', 2, 'argument-needed'],
  ['declare', 2, 'option-needed'],
  ['declare withdraw', 2, 'argument-needed'],
  ['publish draft', 2, 'option-needed'],
  ['publish show', 2, 'argument-needed'],
  ['register import', 2, 'argument-needed'],
  ['agreement', 2, 'option-needed'],
  ['evidence prove', 2, 'argument-needed'],
  ['evidence export', 2, 'argument-needed'],
  ['tasks done', 2, 'argument-needed'],
  ['tasks done t-none', 2, 'option-needed'],
  ['people invite', 2, 'option-needed'],
  ['people roles', 2, 'argument-needed'],
  // A value that cannot be.
  ['plan --at tomorrow', 2, 'date'],
  ['plan --at 2026-02-30', 2, 'date'],
  ['check --at x', 2, 'date'],
  ['lint --at x', 2, 'usage'],
  ['statement --at x', 2, 'not-a-day'],
  ['register --at x', 2, 'not-a-day'],
  ['agreement check --at x', 2, 'not-a-day'],
  ['statement --format x', 2, 'unknown-choice'],
  ['register --format x', 2, 'unknown-choice'],
  ['agreement --client bakery --format x', 2, 'unknown-choice'],
  ['register --role x', 2, 'unknown-choice'],
  ['hold place --kind x', 2, 'hold-kind'],
  ['hold place --kind dispute --matter m --reason r --basis b --by A', 2, 'hold-scope'],
  ['hold place --kind dispute --matter m --reason r --basis b --by A --subject email=x', 2, 'hold-matches-nothing'],
  ['hold place --kind dispute --matter m --reason r --basis b --by A --subject shoe=44', 2, 'hold-scope'],
  ['hold place --kind dispute --matter m --reason r --basis b --by A --place p --from x', 2, 'hold-scope'],
  ['hold place --kind dispute --matter m --reason r --basis b --by A --items no/where=1', 2, 'hold-scope'],
  ['declare --control restore-test --by A --on x --until y --text z', 2, 'declaration-no-day'],
  ['people invite --name Anna --email a --role dpo', 2, 'account-wrong'],
  ['people invite --name Anna --email a@example.nl --role x', 2, 'account-wrong'],
  ['people invite --name Anna --email a@example.nl --role dpo --until x', 2, 'account-wrong'],
  ['people invite --name Anna --email a@example.nl --role dpo --language fr', 2, 'account-wrong'],
  ['demo --calls x', 2, 'calls'],
  [`evidence verify ${nowhere}`, 2, 'no-such-file'],
  ['statement --live policies/it-provider', 2, 'live-is-of-the-home'],
  ['lint --live policies/it-provider', 2, 'usage'],
  // A name that neither the files nor the program have.
  ['systems probe nothing', 2, 'no-such-system'],
  ['worker --systems nothing', 2, 'no-such-system'],
  ['promises P99', 2, 'promise-unknown'],
  ['register --client nobody', 2, 'unknown-client'],
  ['agreement --client nobody', 2, 'unknown-client'],
  ['statement --group nobody', 2, 'unknown-group'],
  ['declare --control x --by A --on 2026-11-01 --until 2027-01-01 --text z', 2, 'control-unknown'],
  ['lint --pack x', 2, 'usage'],
  // A file that is not there, or holds something else.
  [`statement --out ${nowhere}`, 2, 'no-such-file'],
  [`register import ${nowhere}`, 2, 'no-such-file'],
  ['register import package.json', 2, 'not-a-register'],
  ['register import src', 2, 'file'],
  [`publish import-website --file ${nowhere} --as A`, 2, 'no-such-file'],
  [`check ${nowhere}`, 2, ''],
  [`lint ${nowhere}`, 2, 'declared-wrongly'],
  [`diff ${nowhere} ${nowhere}`, 2, 'declared-wrongly'],
  [`serve --also ${nowhere}`, 2, 'no-home'],
  // What the home does not keep.
  ['apply p-none', 3, 'plan-unknown'],
  ['approve p-none --by A', 3, 'plan-unknown'],
  ['hold review h-none --by A', 3, 'hold-unknown'],
  ['hold release h-none --by A --reason r', 3, 'hold-unknown'],
  ['tasks done t-none --by A', 3, 'task-unknown'],
  ['publish show v-none', 3, 'version-unknown'],
  ['publish v-none --as A', 3, 'version-unknown'],
  ['declare withdraw d-none --by A', 3, 'declaration-unknown'],
  ['evidence prove 999999', 3, 'no-such-leaf'],
  ['evidence prove abc', 2, 'leaf'],
  ['evidence prove 1.5', 2, 'leaf'],
  ['people reset a@example.nl --what password', 3, 'no-account'],
  ['people revoke --session s-none', 3, 'session-unknown'],
  // Lawful refusals.
  ['init', 3, 'home-exists'],
  ['demo', 3, 'home-exists'],
  ['evidence export src', 3, 'export-folder'],
  ['publish told --group customers --as A --how mail', 3, 'nothing-published'],
];

describe('a command line that cannot be carried out', () => {
  let home: TestHome;
  const kept = process.env['GESTAND_DATABASE_URL'];
  const colder = process.stderr.write.bind(process.stderr);
  let told = '';
  before(async () => {
    home = await testHome({ estate: emptyEstate });
    await home.open();
    process.env['GESTAND_DATABASE_URL'] = home.databaseUrl;
    process.stderr.write = (text) => {
      told += String(text);
      return true;
    };
  });
  after(async () => {
    process.stderr.write = colder;
    if (kept === undefined) delete process.env['GESTAND_DATABASE_URL'];
    else process.env['GESTAND_DATABASE_URL'] = kept;
    await home.close();
  });
  const run = async (line: string, ...more: string[]) => {
    let out = '';
    told = '';
    const code = await main(['--home', home.home, ...line.split(' '), ...more], (text) => (out += text));
    return { code, out, err: told.trim() };
  };

  it('ends with the documented code, with one error on the output as JSON, in each language', async () => {
    let caught = 0;
    const odd: string[] = [];
    for (const [line, code, error] of wrong) {
      const [nl, en] = [await run(line, '--json', '--lang', 'nl'), await run(line, '--json', '--lang', 'en')];
      if (nl.code !== code || en.code !== code) odd.push(`${line}: ${nl.code} and ${en.code}: ${nl.err}`);
      if (error === '') continue;
      const told = (out: string) => (JSON.parse(out) as { error?: { code: string; message: string } }).error;
      const [dutch, other] = [told(nl.out), told(en.out)];
      if (dutch?.code !== error || other?.code !== error) odd.push(`${line}: ${dutch?.code} and ${other?.code}`);
      if (dutch?.message === other?.message || english.test(plain(dutch?.message ?? '')))
        odd.push(`${line}: ${dutch?.message}`);
      if (nl.err !== dutch?.message) odd.push(`${line}: not the same for a person: ${nl.err}`);
      if (english.test(plain(other?.message ?? ''))) caught += 1;
    }
    assert.deepEqual(odd, []);
    // The control: what is English is seen as English.
    assert.ok(caught > 0.8 * wrong.length, `${caught} of ${wrong.length}`);
  });

  it('without JSON says it on the error output alone', async () => {
    for (const line of ['apply p-none', 'plan --foo', 'hold plce']) {
      const { out, err } = await run(line, '--lang', 'nl');
      assert.deepEqual([out, err.includes('\n'), english.test(plain(err))], ['', false, false], line);
    }
  });

  it('tells of a machine that is not right in the asked language, with 1 or 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gestand-exit-'));
    const port = process.env['GESTAND_PORT'];
    try {
      process.env['GESTAND_PORT'] = 'many';
      const { code, err } = await run('check', '--lang', 'nl');
      assert.deepEqual([code, /hier hoort een poortnummer/.test(err)], [2, true], err);
    } finally {
      if (port === undefined) delete process.env['GESTAND_PORT'];
      else process.env['GESTAND_PORT'] = port;
    }
    writeFileSync(join(folder, 'policy.yaml'), 'a: "b\nc: [');
    const { code, err } = await run(`lint ${folder}`, '--lang', 'nl');
    assert.deepEqual([code, english.test(plain(err))], [2, false], err);
    chmodSync(join(home.home, 'keys'), 0o755);
    const { code: loose, out } = await run('doctor', '--lang', 'nl');
    assert.deepEqual([loose, /anderen kunnen in/.test(out)], [1, true], out);
    chmodSync(join(home.home, 'keys'), 0o700);
    rmSync(folder, { recursive: true });
  });
});

describe('what the command line says of itself', () => {
  const run = async (...args: string[]): Promise<{ code: number; out: string }> => {
    let out = '';
    const code = await main(args, (text) => (out += text));
    return { code, out };
  };
  it('is there without a command, in the asked language, and the version too', async () => {
    for (const args of [
      ['--lang', 'nl'],
      ['--help', '--lang', 'nl'],
      ['help', '--lang=nl'],
      ['--lang', 'nl', 'help'],
    ]) {
      const { code, out } = await run(...args);
      assert.deepEqual([code, /Meer over een bevel/.test(out)], [0, true], args.join(' '));
      for (const { name } of commands) assert.ok(out.includes(`gestand ${name}`), name);
    }
    assert.match((await run('--version')).out, /^gestand \d+\.\d+\.\d+\n$/);
    assert.deepEqual(Object.keys(JSON.parse((await run('--version', '--json')).out) as object), ['version']);
  });
  it('has for each command, and each of its words, its options and examples in two languages', async () => {
    for (const { name, words, summary, options, examples } of commands) {
      assert.notEqual(summary.nl, summary.en, name);
      for (const [option, { help }] of Object.entries(options ?? {}))
        assert.ok(help.nl !== help.en || /^[a-z|,: -]+$/.test(help.nl) || option === 'website', `${name} --${option}`);
      for (const word of ['', ...(words?.known ?? [])]) {
        const { code, out } = await run(...[name, word].filter(Boolean), '--help', '--lang', 'nl');
        assert.equal(code, 0);
        assert.ok(out.includes('Voorbeelden') && examples.every((one) => out.includes(one)), `${name} ${word}`);
      }
      assert.deepEqual((await run('help', name, '--lang', 'nl')).out, (await run(name, '-h', '--lang', 'nl')).out);
    }
  });
});
