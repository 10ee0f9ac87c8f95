import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { program } from '../../src/app/home.ts';
import { isAsked, partLists, partQuestions, parts, type Part } from '../../src/app/parts.ts';
import { repaired, type Finding } from '../worlds/newcomer.ts';
import { freshDatabase, type FreshDatabase } from '../worlds/postgres.ts';
import { freePort } from '../worlds/visitor.ts';

const guide = readFileSync(join(program, 'docs/first-statement.md'), 'utf8');
const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((found) => (found[1] ?? '').trim().split('\n'));
const template = /```text\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

/** A webshop in garden tools: four people, a newsletter, a payment service, a parcel carrier, software online. */
const shop: ReadonlySet<string> = new Set<Part>([
  'orders',
  'accounts',
  'news',
  'newsletter',
  'staff',
  'delivery',
  'payments',
  'mailing',
  'payroll',
  'bookkeeping',
  'host',
  'software',
  'secrecy',
  'restore',
]);

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

  it('answers a few questions, pasted at once, and nothing is there that they did not say', () => {
    const facts = [
      'Tuinwinkel De Spade',
      'Dorpsstraat 1, Haps',
      'privacy@spade.example',
      'https://spade.example',
      '',
      '30',
    ];
    const words = new Set([...shop, 'website']);
    const answers = Object.keys(partLists).map((list) =>
      parts
        .filter((part) => partQuestions[part].in === list && isAsked(part, words))
        .flatMap((part, i) => (shop.has(part) ? [i + 1] : []))
        .join(' '),
    );
    const done = spawnSync(
      'script',
      ['-qec', `${process.execPath} ${join(program, 'bin/gestand.js')} init --lang nl`, '/dev/null'],
      { env, encoding: 'utf8', input: `${[...facts, ...answers].join('\n')}\n` },
    );
    assert.match(done.stdout, /Camera’s gebruiken.*Gemaakt/s);
    const text = readFileSync(policy, 'utf8');
    assert.match(text, /Tuinwinkel De Spade/);
    assert.doesNotMatch(
      text,
      /Divato|fg@|Keurmerk|agreement:|documents\/|standing|ISO 27001|contracten|video|recording|telecom|sollicit|leden|patiënt|servers|EEA \]/i,
    );
    assert.equal(run('check').code, 0);
  });

  it('sees exactly what the law misses, and where', () => {
    assert.deepEqual(errors(), [
      ...['contact', 'news', 'website'].map((id) => `GST-B03 purposes.${id}.interest.assessment`),
      'GST-B13 data.credentials.readable',
      ...['software', 'customer-software', 'mailing', 'payroll', 'host'].map(
        (id) => `GST-C03 recipients.${id}.agreement`,
      ),
      ...['bookkeeper', 'software', 'parcel', 'customer-software', 'payment-service', 'mailing', 'payroll', 'host'].map(
        (id) => `GST-C04 recipients.${id}.country`,
      ),
      'GST-C05 locations.allowed',
      'GST-E10 rights.withdrawal',
      'GST-G03 cookies.statement',
      'GST-G03 cookies.list',
    ]);
    const held = asWritten('lint');
    assert.equal(held.code, 1);
    assert.match(held.out, /policy\.yaml:\d+ .*under "interest": assessment: /);
    for (const { rule } of found()) assert.match(guide, new RegExp(`\\| GST-[^|]*${rule.slice(4)}`), rule);
  });

  it('is not let through before: publishing says what is missing and how to go on', () => {
    assert.equal(asWritten('publish draft').code, 0);
    assert.equal(asWritten('publish review').code, 0);
    assert.equal(asWritten('publish approve').code, 0);
    const held = asWritten('publish 2026-1');
    assert.equal(held.code, 3);
    assert.match(held.out, /write in the policy what is true and make a new draft[\s\S]*GST-B03 purposes\.contact/);
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const passing = ['--rule', 'GST-B03', '--path', 'purposes', '--reason', 'later', '--until', soon];
    assert.match(
      run('publish', 'override', ...passing, '--as', 'C. Smit').out,
      /people invite .* --role privacy-officer/,
    );
  });

  it('repairs it as the guide and each finding say, with documents of their own', () => {
    mkdirSync(join(home, 'documents'));
    for (const name of ['assessment-website.md', 'cookies.md']) writeFileSync(join(home, 'documents', name), template);
    writeFileSync(policy, repaired(readFileSync(policy, 'utf8'), found()));
    assert.deepEqual(found(), []);
    assert.equal(asWritten('lint').code, 0);
    const { missing, weak } = JSON.parse(run('register', '--completeness', '--json').out) as Record<string, number>;
    assert.deepEqual([missing, weak], [0, 0]);
  });

  it('reads it in both languages, with the register beside it', () => {
    for (const start of ['statement --lang nl', 'statement --lang en', 'register'])
      assert.equal(asWritten(start).code, 0, start);
    assert.match(readFileSync(join(folder, 'statement.nl.html'), 'utf8'), /<html lang="nl"[\s\S]*Tuinwinkel De Spade/);
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
    // Nobody asked about agreements with all suppliers (P26): it is not promised.
    assert.deepEqual(['P15', 'P26', 'P14'].map(state), ['kept', undefined, 'not-proven']);
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
        ['nl', /Privacyverklaring van Tuinwinkel De Spade[\s\S]*niet bewezen/],
        ['en', /Privacy statement of Tuinwinkel De Spade[\s\S]*not proven/],
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
