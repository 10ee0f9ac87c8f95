import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parse } from 'yaml';
import { Refusal } from '../base/refusal.ts';
import { readConfig } from './config.ts';
import { places, program } from './home.ts';
import { partQuestions, parts, type Part } from './parts.ts';
import { questions } from './questions.ts';
import { firstSite } from './site/first.ts';

/** What one answers, by the name that the form has for it. */
const answers: Readonly<Record<string, string>> = {
  organisation: 'Bakkerij Vos B.V.',
  post: 'Dorpsstraat 1, Haps',
  email: 'privacy@vos.example',
  website: 'https://vos.example',
  'dpo-name': 'A. de Beer',
  'dpo-email': 'fg@vos.example',
  'backup-days': '30',
};

describe('the first questions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gestand-questions-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let n = 0;

  /** A site that goes no further than the policy: opening a store is another test's. */
  const inBrowser = async (does: readonly Part[], of = answers, lang = 'en') => {
    const home = join(folder, `browser-${++n}`);
    const stop = (): never => {
      throw new Refusal('stop', { nl: 'Tot hier.', en: 'No further.' });
    };
    const site = firstSite(readConfig({ GESTAND_HOME: home }, false), async () => stop());
    const body = new URLSearchParams({ ...of, token: site.token, name: 'Anna Vos', address: 'anna@vos.example' });
    for (const part of does) body.append('does', part);
    const answer = await site.fetch(new Request(`http://localhost/set-up?lang=${lang}`, { method: 'POST', body }));
    const file = places(home).policy;
    return {
      status: answer.status,
      page: await answer.text(),
      policy: existsSync(file) ? readFileSync(file, 'utf8') : null,
    };
  };

  const inTerminal = (does: readonly Part[]): string => {
    const home = join(folder, `terminal-${++n}`);
    const options = questions.flatMap(({ name, option }) => [`--${option}`, answers[name] ?? '']);
    const run = spawnSync(
      process.execPath,
      [join(program, 'bin/gestand.js'), 'init', '--json', ...options, '--does', does.join(',') || 'none'],
      { env: { PATH: process.env['PATH'], GESTAND_HOME: home }, encoding: 'utf8', timeout: 60_000 },
    );
    assert.equal(run.status, 0, run.stderr);
    return readFileSync(places(home).policy, 'utf8');
  };

  it('give the same policy in the browser as in the terminal', async () => {
    for (const does of [[], ['cameras'], ['staff', 'applicants', 'news'], parts] as const) {
      const { policy } = await inBrowser(does);
      assert.equal(policy, inTerminal(does), does.join());
    }
    assert.notEqual(
      (await inBrowser([])).policy,
      (await inBrowser(['cameras'])).policy,
      'what was answered makes a difference',
    );
  });

  it('leave out what an organisation does not have: no cameras, and nothing is promised of them', async () => {
    const promised = async (does: readonly Part[]): Promise<string[]> => {
      const { policy } = await inBrowser(does);
      const { data, retention } = parse(policy ?? '') as Record<
        'data' | 'retention',
        { id: string; data?: string[] }[]
      >;
      return [...data.map((one) => one.id), ...retention.flatMap((one) => one.data ?? [])];
    };
    const all = await promised(parts);
    const some = await promised(parts.filter((part) => part !== 'cameras' && part !== 'recordings'));
    for (const gone of ['video', 'call-recordings'])
      assert.deepEqual([all.includes(gone), some.includes(gone)], [true, false]);
  });

  it('are all on the first page, in both languages', async () => {
    for (const lang of ['nl', 'en'] as const) {
      const { page } = await inBrowser([], { ...answers, email: 'x' }, lang);
      for (const text of [...questions.map((one) => one.text), ...Object.values(partQuestions).map((one) => one.text)])
        assert.ok(page.includes(text[lang].replaceAll("'", '&#39;')) || page.includes(text[lang]), text[lang]);
    }
  });

  it('come back as they were answered when one of them is not right, and nothing is made', async () => {
    for (const [field, value] of [
      ['email', 'x'],
      ['website', 'http://vos.example'],
      ['dpo-email', ''],
      ['backup-days', 'soon'],
    ] as const) {
      const { status, page, policy } = await inBrowser(['cameras', 'news'], { ...answers, [field]: value });
      assert.deepEqual([status, policy], [422, null], field);
      assert.match(page, new RegExp(`<a href="#${field}">`));
      assert.match(page, /value="Bakkerij Vos B.V."/);
      const ticked = [...page.matchAll(/<input type="checkbox" name="does" value="([\w-]+)" checked/g)].map(
        (one) => one[1],
      );
      assert.deepEqual(ticked, ['news', 'cameras']);
    }
  });
});
