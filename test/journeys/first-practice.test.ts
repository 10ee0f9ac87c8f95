import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { program } from '../../src/app/home.ts';
import { repaired, type Finding } from '../worlds/newcomer.ts';
import { freshDatabase, type FreshDatabase } from '../worlds/postgres.ts';

/** Another kind than the shop of first-statement.test.ts: a practice with patients, and a telephone provider beside it. */
describe('a practice of physiotherapists', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-practice-'));
  let database: FreshDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (home: string, ...args: string[]) => {
    const done = spawnSync(process.execPath, [join(program, 'bin/gestand.js'), ...args], {
      env: {
        PATH: process.env['PATH'],
        GESTAND_HOME: join(folder, home),
        GESTAND_DATABASE_URL: database.url,
        LANG: 'nl',
      },
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: done.status, out: done.stdout + done.stderr };
  };
  const found = (home: string): Finding[] =>
    (JSON.parse(run(home, 'lint', '--json').out) as { findings: Finding[] }).findings;
  const begin = (home: string, name: string, does: string): Finding[] => {
    const facts = ['--name', name, '--post', 'Dorpsstraat 1, Haps', '--email', 'privacy@haps.example'];
    const made = run(home, 'init', ...facts, '--website', 'https://haps.example', '--does', does);
    assert.equal(made.code, 0, made.out);
    return found(home);
  };
  const repair = (home: string, findings: readonly Finding[]): void => {
    const policy = join(folder, home, 'policy.yaml');
    mkdirSync(join(folder, home, 'documents'));
    for (const name of ['assessment-website.md', 'cookies.md', 'dpia-recordings.md'])
      writeFileSync(join(folder, home, 'documents', name), 'Bekeken op 20 november 2026.\n');
    writeFileSync(policy, repaired(readFileSync(policy, 'utf8'), findings));
  };

  it('begins with the record that its law asks, with its term and its number, and with what only it knows left open', () => {
    const findings = begin(
      'practice',
      'Fysio Haps',
      'care,insurers,colleagues,staff,payroll,software,host,office,second-step',
    );
    assert.deepEqual(
      [...new Set(findings.map((one) => one.rule))],
      ['B03', 'C03', 'C04', 'C05', 'D08', 'D09', 'G03', 'I03'].map((id) => `GST-${id}`),
    );
    const text = run('practice', 'statement', '--lang', 'nl', '--format', 'txt').out.replaceAll(/\s+/g, ' ');
    assert.match(text, /Ik ben patiënt/);
    assert.match(
      text,
      /Medisch dossier\. Burgerservicenummer van patiënten\. Hoe lang: 20 jaar na de laatste wijziging/,
    );
    assert.match(text, /Land: Nog niet ingevuld/);
    assert.doesNotMatch(text, /klant|contract eindigde\. De wet|webwinkel|pakket/i);
    repair('practice', findings);
    assert.deepEqual(found('practice'), []);
  });

  it('reads it in both languages and every format, with a register without a gap', () => {
    for (const lang of ['nl', 'en'])
      for (const format of ['html', 'pdf', 'md', 'txt', 'json', 'jsonld']) {
        const out = join(folder, `statement.${lang}.${format}`);
        const made = run('practice', 'statement', '--lang', lang, '--format', format, '--out', out);
        assert.equal(made.code, 0, `${lang} ${format}: ${made.out}`);
        assert.doesNotMatch(readFileSync(out, 'latin1'), /nog niet ingevuld|not filled in yet|"?loc:ZZ/i, format);
      }
    const { missing, weak } = JSON.parse(run('practice', 'register', '--completeness', '--json').out) as {
      missing: number;
      weak: number;
    };
    assert.deepEqual([missing, weak], [0, 0]);
  });

  it('publishes it with two people', () => {
    const version = `${new Date().getFullYear()}-1`;
    for (const [deed, who] of [
      [['draft'], 'A. de Beer'],
      [['review', version], 'A. de Beer'],
      [['approve', version], 'C. Smit'],
      [[version], 'C. Smit'],
    ] as const) {
      const done = run('practice', 'publish', ...deed, '--as', who);
      assert.equal(done.code, 0, done.out);
    }
    assert.match(run('practice', 'publish', 'list').out, new RegExp(`${version}.*gepubliceerd`));
  });

  it('and beside it a telephone provider and a club come to nothing missing, each by what it is asked', () => {
    for (const [home, does, rules] of [
      ['provider', 'telephony,recordings,cameras,bookkeeping', ['G04', 'G05', 'G06', 'I05', 'H03']],
      ['club', 'members,children,federation,news,mailing,newsletter,software,accounts', ['B13', 'E10', 'F08']],
      ['designer', 'services,clients,hosted,host,secrecy', ['A01']],
    ] as const) {
      const findings = begin(home, 'Haps', does);
      for (const rule of rules)
        assert.ok(
          findings.some((one) => one.rule === `GST-${rule}`),
          `${home} ${rule}`,
        );
      repair(home, findings);
      assert.deepEqual(found(home), [], home);
    }
  });
});
