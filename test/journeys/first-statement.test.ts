import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { program } from '../../src/app/home.ts';
import { withValue } from '../../src/base/yaml-edit.ts';
import { freshDatabase, type FreshDatabase } from '../worlds/postgres.ts';
import { freePort } from '../worlds/visitor.ts';

const guide = readFileSync(join(program, 'docs/first-statement.md'), 'utf8');
/** What the guide says to write, in its own order: an assessment, an agreement, cookies, the day of reading. */
const snippets = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => parse(found[1] ?? '') as object);
const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((found) => (found[1] ?? '').trim().split('\n'));
const template = /```text\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
}

describe('a newcomer with nothing but docs/first-statement.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-first-'));
  const home = join(folder, 'home');
  const policy = join(home, 'policy.yaml');
  let database: FreshDatabase;
  let env: Record<string, string>;
  before(async () => {
    database = await freshDatabase();
    env = {
      PATH: process.env['PATH'] ?? '',
      GESTAND_HOME: home,
      GESTAND_DATABASE_URL: database.url,
      GESTAND_PORT: String(await freePort()),
      LANG: 'en',
    };
  });
  after(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [join(program, 'bin/gestand.js'), ...args], {
      env,
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: done.status, out: done.stdout + done.stderr };
  };
  /** A command of the guide, as it stands there. */
  const asWritten = (start: string) => {
    const line = commands.find((one) => one.startsWith(`gestand ${start}`));
    assert.ok(line, start);
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');
    return run(...words.slice(1).map((word) => word.replace('2026-1', version())));
  };
  const version = (): string =>
    (parse(readFileSync(policy, 'utf8')) as { publication: { version: string } }).publication.version;
  const found = (): Finding[] => (JSON.parse(run('lint', '--json').out) as { findings: Finding[] }).findings;
  const errors = (): string[] => found().flatMap((one) => (one.severity === 'E' ? [`${one.rule} ${one.path}`] : []));

  it('answers a few questions, pasted at once, and nothing of the example that is not theirs is left', () => {
    const answers = [
      'Bloemen Vuurvlinder',
      'Dorpsstraat 1, Haps',
      'privacy@bloemen.example',
      'https://bloemen.example',
      '',
    ];
    const done = spawnSync(
      'script',
      ['-qec', `${process.execPath} ${join(program, 'bin/gestand.js')} init --lang nl`, '/dev/null'],
      { env, encoding: 'utf8', input: `${[...answers, 'n', 'n', 'n', 'j', 'n', 'j', 'n'].join('\n')}\n` },
    );
    assert.match(done.stdout, /Hangen er camera.*Gemaakt/s);
    const text = readFileSync(policy, 'utf8');
    assert.match(text, /Bloemen Vuurvlinder/);
    // Nobody else's facts: name, officer, seal, agreements, days, documents, and what they said they do not do.
    assert.doesNotMatch(
      text,
      /Divato|fg@|FG0000|Keurmerk|Korenaar|signed:|documents\/|Oost-Brabant|standing|ISO 27001|video|recording|telecom:|applicants/i,
    );
    assert.equal(run('check').code, 0);
  });

  it('sees exactly what the law misses, and where', () => {
    assert.deepEqual(errors(), [
      'GST-B03 purposes.acquisition.interest.assessment',
      'GST-B03 purposes.news.interest.assessment',
      'GST-B03 purposes.website.interest.assessment',
      'GST-C03 recipients.payroll.agreement',
      'GST-G03 cookies.statement',
      'GST-G03 cookies.list',
    ]);
    const held = asWritten('lint');
    assert.equal(held.code, 1);
    assert.match(held.out, /policy\.yaml:\d+ .*add "interest\.assessment"/);
    for (const rule of ['GST-B03', 'GST-C03', 'GST-G03']) assert.ok(guide.includes(`| ${rule} |`), rule);
  });

  it('is not let through before: publishing says what is missing and how to go on', () => {
    assert.equal(asWritten('publish draft').code, 0);
    assert.equal(asWritten('publish review').code, 0);
    assert.equal(asWritten('publish approve').code, 0);
    const held = asWritten('publish 2026-1');
    assert.equal(held.code, 3);
    assert.match(held.out, /write in the policy what is true and make a new draft[\s\S]*GST-B03 purposes\.acquisition/);
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const passing = ['--rule', 'GST-B03', '--path', 'purposes', '--reason', 'later', '--until', soon];
    assert.match(
      run('publish', 'override', ...passing, '--as', 'C. Smit').out,
      /people invite .* --role privacy-officer/,
    );
  });

  it('repairs it as the guide says, with documents of their own', () => {
    const [assessment = {}, impact, , , agreement = {}, cookies = {}, read = {}] = snippets;
    // The guide's DPIA is one that the policy takes.
    assert.deepEqual(Object.keys((impact as { dpia: object }).dpia), ['needed', 'assessment']);
    mkdirSync(join(home, 'documents'));
    for (const name of ['assessment-website.md', 'cookies.md']) writeFileSync(join(home, 'documents', name), template);
    let text = readFileSync(policy, 'utf8');
    const raw = parse(text) as { purposes: { id: string }[]; recipients: { id: string }[] };
    for (const id of ['acquisition', 'news', 'website'])
      for (const [key, value] of Object.entries(assessment))
        text = withValue(text, ['purposes', raw.purposes.findIndex((one) => one.id === id), 'interest', key], value);
    for (const [key, value] of Object.entries(agreement))
      text = withValue(text, ['recipients', raw.recipients.findIndex((one) => one.id === 'payroll'), key], value);
    for (const [key, value] of Object.entries(cookies)) text = withValue(text, ['cookies', key], value);
    for (const at of raw.purposes.keys())
      for (const [key, value] of Object.entries(read)) text = withValue(text, ['purposes', at, key], value);
    writeFileSync(policy, text);
    assert.deepEqual(errors(), []);
    assert.equal(asWritten('lint').code, 0);
  });

  it('reads it in both languages, with the register beside it', () => {
    for (const start of ['statement --lang nl', 'statement --lang en', 'register'])
      assert.equal(asWritten(start).code, 0, start);
    assert.match(readFileSync(join(folder, 'statement.nl.html'), 'utf8'), /<html lang="nl"[\s\S]*Bloemen Vuurvlinder/);
    assert.ok(statSync(join(folder, 'register.xlsx')).size > 5000);
  });

  it('publishes it with a second person, and is told what is promised and not proven yet', () => {
    run('publish', 'withdraw', version(), '--reason', 'mended', '--as', 'A. de Beer');
    assert.equal(asWritten('publish draft').code, 0);
    assert.equal(asWritten('publish review').code, 0);
    const alone = run('publish', 'approve', version(), '--as', 'A. de Beer');
    assert.match(alone.out, /Let another person do this/);
    assert.equal(asWritten('publish approve').code, 0);
    const done = asWritten('publish 2026-1');
    assert.equal(done.code, 0, done.out);
    assert.match(
      done.out,
      /nothing shows it yet[\s\S]*GST-H03 "confidentiality" is not shown now.*gestand declare --control signed-declarations/,
    );
    assert.match(done.out, /This is the first version: .* everyone whose data you already have/);
    assert.match(asWritten('publish draft').out, /There is nothing new: .* are 2026-1 already/);
  });

  it('is then measured, and nothing is called broken of one who said nothing false', () => {
    const { promises } = JSON.parse(run('promises', '--measure', '--json').out) as {
      promises: { id: string; state: string }[];
    };
    assert.deepEqual(
      promises.filter((one) => one.state === 'broken').map((one) => one.id),
      [],
    );
    const state = (id: string) => promises.find((one) => one.id === id)?.state;
    assert.deepEqual(['P15', 'P26'].map(state), ['kept', 'kept']);
  });

  it('and everyone reads it, in Dutch and in English, with every promise called what it is', async () => {
    const server = spawn(process.execPath, [join(program, 'bin/gestand.js'), 'serve'], {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const url = await new Promise<string>((done, fail) => {
        let text = '';
        server.stdout.on('data', (part: Buffer) => {
          text += part.toString();
          const at = /http:\/\/localhost:\d+\//.exec(text)?.[0];
          if (at !== undefined) done(at);
        });
        server.once('exit', () => fail(new Error(text)));
      });
      for (const [lang, words] of [
        ['nl', /Privacyverklaring van Bloemen Vuurvlinder[\s\S]*niet bewezen/],
        ['en', /Privacy statement of Bloemen Vuurvlinder[\s\S]*not proven/],
      ] as const) {
        const answer = await fetch(`${url}privacy?lang=${lang}`);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('set-cookie'), null);
        assert.match(await answer.text(), words);
      }
      assert.equal((await fetch(`${url}privacy/statement.pdf?lang=nl`)).headers.get('content-type'), 'application/pdf');
    } finally {
      server.kill('SIGTERM');
      await new Promise((done) => server.once('exit', done));
    }
  });
});
