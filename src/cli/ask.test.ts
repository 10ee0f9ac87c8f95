import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { commentsIn } from '../app/comments.ts';
import { places, program } from '../app/home.ts';
import { isAsked, partLists, partQuestions, parts, type PartList } from '../app/parts.ts';
import { questions } from '../app/questions.ts';
import { askAll } from './ask.ts';

const facts = ['Bakkerij Vos', 'Dorpsstraat 1, Haps', 'privacy@vos.example', '', '', ''];
const none = Object.keys(partLists).map(() => '');

describe('the questions at a terminal', () => {
  const asked = async (lines: readonly string[], again = true, language: 'nl' | 'en' = 'nl') => {
    let said = '';
    const { given, does } = await askAll({
      t: (text) => text[language],
      lines: (async function* () {
        yield* lines;
      })(),
      write: (text) => (said += text),
      again,
    });
    return { said, given, does };
  };

  it('take what is right, each once', async () => {
    const { said, given, does } = await asked([...facts, '1, 2', '', ...none.slice(2)]);
    assert.deepEqual([...given.values()], facts);
    assert.deepEqual([...does], parts.slice(0, 2));
    assert.equal(said.match(/E-mailadres/g)?.length, 1);
  });

  it('come again with why, and only that one: a name that is empty, no address, no website, a number that the list does not have', async () => {
    const [name = '', post = '', email = ''] = facts;
    const { said, given, does } = await asked([
      '',
      name,
      post,
      'bakkerit',
      email,
      'www.vos.example',
      'https://vos.example',
      'A. de Beer',
      '',
      'fg@vos.example',
      'soms',
      '30',
      'misschien',
      '0',
      '1 33',
      '1',
      ...none.slice(1),
    ]);
    assert.deepEqual(
      [...given.values()],
      [name, post, email, 'https://vos.example', 'A. de Beer', 'fg@vos.example', '30'],
    );
    assert.deepEqual([...does], parts.slice(0, 1));
    assert.equal(said.match(/Hier is een antwoord nodig/g)?.length, 2);
    assert.match(said, /"bakkerit" is geen e-mailadres zoals[\s\S]*"www\.vos\.example" is geen adres zoals https:/);
    assert.match(said, /"soms" is geen aantal dagen/);
    assert.equal(said.match(/Noem nummers van 1 tot en met 9/g)?.length, 3);
  });

  it('leave out what says more of something that is not so, and what only a website has', async () => {
    const { said } = await asked([...facts, ...none]);
    assert.doesNotMatch(said, /pakketdienst|salarissen|Mailchimp|hostingbedrijf$/m);
    const numbers = (...words: string[]): string =>
      words
        .map((word) => parts.filter((one) => partQuestions[one].in === 'does').findIndex((one) => one === word) + 1)
        .join(' ');
    const { said: more, does } = await asked([
      ...facts.slice(0, 3),
      'https://vos.example',
      '',
      '',
      numbers('orders', 'staff'),
      '',
      '1',
      '',
    ]);
    assert.match(more, /1 {2}Een pakketdienst[\s\S]*salarissen[\s\S]*website staat bij een hostingbedrijf/);
    assert.deepEqual([...does], ['orders', 'staff', 'delivery']);
  });

  it('are few: a list is one, and each thing can be asked after the lists before its own', () => {
    assert.ok(questions.length + Object.keys(partLists).length <= 11);
    const lists = Object.keys(partLists) as PartList[];
    for (const part of parts) {
      const before = parts.filter(
        (one) => lists.indexOf(partQuestions[one].in) < lists.indexOf(partQuestions[part].in),
      );
      assert.ok(isAsked(part, new Set([...before, 'website'])), part);
    }
  });

  it('refuse where nobody can answer again, and where the answers end, with what to do', async () => {
    await assert.rejects(asked(['Vos', 'Haps', 'bakkerit'], false), /not an e-mail address|e-mailadres/);
    await assert.rejects(asked([...facts, '1'], false), /--example/);
  });
});

describe('gestand init without a terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-init-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const init = (name: string, input: string, ...options: string[]) => {
    const home = join(folder, name);
    const env = { PATH: process.env['PATH'], GESTAND_HOME: home, LANG: 'nl' };
    const run = spawnSync(process.execPath, [join(program, 'bin/gestand.js'), 'init', ...options], {
      env,
      input,
      encoding: 'utf8',
      timeout: 60_000,
    });
    const { policy } = places(home);
    return {
      code: run.status,
      out: run.stdout,
      err: run.stderr,
      policy: existsSync(policy) ? readFileSync(policy, 'utf8') : null,
    };
  };

  it('reads the answers line by line', () => {
    const { code, policy, err } = init('piped', `${[...facts, ...none].join('\n')}\n`);
    assert.equal(code, 0, err);
    assert.match(policy ?? '', /Bakkerij Vos/);
    assert.doesNotMatch(policy ?? '', /Divato/i);
  });

  it('says of an estate that stood there that it was not made', () => {
    mkdirSync(join(folder, 'before'));
    writeFileSync(join(folder, 'before', 'estate.yaml'), 'gestand: 1\nsystems: []\n');
    const { out } = init('before', '', '--example');
    assert.match(out, /Gemaakt: \S+policy\.yaml\n {2}Stond er al: \S+estate\.yaml\n/);
    assert.match(init('fresh', '', '--example').out, /Gemaakt: \S+estate\.yaml\n/);
  });

  it('makes nothing of answers that end too soon or of a wrong one; the whole example when that is asked, or nothing is said', () => {
    // The example, but for where its schema stands, beside it in any home, and for the language of its comments.
    const whole = commentsIn(
      readFileSync(join(program, 'policies/it-provider/policy.yaml'), 'utf8').replace(
        '../../docs/generated/',
        '.schema/',
      ),
      'nl',
    );
    const some = init('some', facts.slice(0, 2).join('\n'));
    assert.deepEqual([some.code, some.policy], [2, null]);
    assert.match(some.err, /--name .*--example/);
    const nothing = init('nothing', '');
    assert.deepEqual([nothing.code, nothing.policy], [0, whole]);
    const wrong = init('wrong', [...facts.slice(0, 2), 'bakkerit', '', '', '', ...none].join('\n'));
    assert.deepEqual([wrong.code, wrong.policy], [2, null]);
    assert.match(wrong.err, /"bakkerit" is geen e-mailadres/);
    const option = init('option', '', '--name', 'Vos', '--post', 'Haps', '--email', 'bakkerit');
    assert.deepEqual([option.code, option.policy], [2, null]);
    assert.match(option.err, /--email: "bakkerit" is geen e-mailadres/);
    const example = init('example', '', '--example');
    assert.equal(example.code, 0);
    assert.equal(example.policy, whole);
  });
});
