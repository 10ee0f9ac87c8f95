import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { places, program } from '../../src/app/home.ts';
import { referencePolicy, testHome, type TestHome } from '../worlds/home.ts';
import { nextPolicy, office } from '../worlds/statement.ts';

interface Told {
  readonly version: string;
  readonly state: string;
  readonly notices: { group: string; due: string; channel: string }[];
  readonly blocked: unknown[];
  readonly unproven: { rule: string; path: string }[];
  readonly overridden: { rule: string; until: string }[];
  readonly changes: { path: string; material: boolean; tell: string[]; text: string }[];
  readonly files: Record<string, { sha256: string }>;
  readonly result: string;
  readonly error: { code: string };
  readonly problems: unknown[];
}

/** Names the officer; of some rules the reference says that they go by themselves, and here nothing carries them out. */
const named = (text: string): string => text.replace('dpo:\n  external: true', 'dpo:\n  name: Dee\n  external: true');

/** Not spawnSync: the website of the test answers from this process. */
async function inHome(home: TestHome, args: string[]): Promise<{ code: number | null; json: Told; out: string }> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    GESTAND_HOME: home.home,
    GESTAND_PRIVATE_TARGETS: '1',
    GESTAND_DATABASE_URL: home.databaseUrl,
    LANG: 'en',
  };
  const child = spawn(process.execPath, [join(program, 'bin/gestand.js'), ...args], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  const [code] = (await once(child, 'close')) as [number | null];
  const json = args.includes('--json') ? (JSON.parse(stdout) as Told) : ({} as Told);
  return { code, json, out: stdout + stderr };
}

describe('a statement on the command line, from the real policy', () => {
  let home: TestHome;
  let site: Server;
  let url: string;
  let shown = '';
  const run = (...args: string[]) => inHome(home, args);
  const publish = (...args: string[]) => run('publish', ...args, '--json');

  before(async () => {
    home = await testHome({ estate: office, policy: named(referencePolicy) });
    cpSync(join(program, 'policies/it-provider/documents'), join(home.home, 'documents'), { recursive: true });
    site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(shown));
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  });
  after(async () => {
    site.closeAllConnections();
    site.close();
    await home.close();
  });

  it('is drafted in every format, reviewed, and approved by another', async () => {
    const { json } = await publish('draft', '--as', 'Ann');
    assert.equal(json.state, 'draft');
    for (const name of [
      'statement.nl.html',
      'statement.en.html',
      'statement.nl.pdf',
      'statement.nl.md',
      'statement.nl.txt',
      'statement.nl.json',
      'statement.jsonld',
      'register.controller.nl.pdf',
      'register.processor.nl.pdf',
      'policy.yaml',
    ])
      assert.ok(existsSync(join(places(home.home).published, json.version, name)), name);
    // Made again, it is the same bytes, and so the same version.
    assert.equal((await publish('draft', '--as', 'Bo')).json.version, json.version);
    assert.equal((await publish('review', '2026-1', '--as', 'Ann')).json.state, 'reviewed');
    const refused = await publish('approve', '2026-1', '--as', 'Ann');
    assert.deepEqual([refused.code, refused.json.error.code], [3, 'version-same-person']);
    assert.equal((await publish('approve', '2026-1', '--as', 'Bo')).json.state, 'approved');
  });

  it('is held back by a sentence that the systems make untrue, until the officer lets it pass', async () => {
    const held = await publish('2026-1', '--as', 'Bo');
    assert.deepEqual([held.code, held.json.error.code], [3, 'publication-blocked']);
    const { out } = await run('publish', '2026-1', '--as', 'Bo');
    const ways = [...out.matchAll(/gestand publish (override --rule GST-\w+ --path [\w.-]+)/g)].map((one) =>
      (one[1] ?? '').split(' '),
    );
    assert.deepEqual(ways, [['override', '--rule', 'GST-D07', '--path', 'retention']]);
    assert.match(out, /Connect the system and let the rule run .*, or say it as it is: take out "approval"/);
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const passing = [...(ways[0] ?? []), '--reason', 'being connected', '--until', until, '--as'];
    const other = await publish(...passing, 'Bo');
    assert.deepEqual([other.code, other.json.error.code], [3, 'officer-only']);
    assert.equal((await publish(...passing, 'Dee')).code, 0);
    const done = await publish('2026-1', '--as', 'Bo');
    assert.deepEqual([done.code, done.json.state], [0, 'published'], done.out);
    assert.deepEqual([done.json.blocked, done.json.notices], [[], []]);
    assert.equal(done.json.overridden[0]?.until, until);
    // What nothing shows yet holds nothing back: it is seen, and recorded.
    const open = done.json.unproven.map((one) => `${one.rule} ${one.path}`);
    assert.ok(open.includes('GST-H03 measures.confidentiality.shownBy'), open.join());
    assert.ok(open.includes('GST-I04 retention.video-90-days'), open.join());
    const entries = join(home.home, 'ledger/tile/entries');
    const leaves = readdirSync(entries, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'));
    assert.match(leaves.join('\n'), new RegExp(`"t":"statement.published","unproven":${open.length}`));
    assert.equal((await publish('verify')).code, 0);
  });

  it('is looked for on the website', async () => {
    const { json } = await publish('show', 'latest');
    shown = readFileSync(join(places(home.home).published, json.version, 'statement.nl.html'), 'utf8');
    assert.deepEqual([(await publish('check-website', '--url', url)).json.result], ['kept']);
    // The heart of the page in a page of the site's own, without its head and proofs.
    const article = /<article[\s\S]*<\/article>/.exec(shown)?.[0] ?? '';
    shown = `<html><body><header>Divato</header>${article}<footer>KvK</footer></body></html>`;
    assert.equal((await publish('check-website', '--url', url)).json.result, 'kept');
    shown = shown.replaceAll('90 dagen', '900 dagen');
    const changed = await publish('check-website', '--url', url);
    assert.deepEqual([changed.code, changed.json.result], [1, 'changed-text']);
  });

  it('its next version says what differs, and whom to tell; the difference is read from the folders alone', async () => {
    writeFileSync(
      places(home.home).policy,
      nextPolicy('2026-2', (text) =>
        named(text).replace('keep: P90D\n    from: call-end', 'keep: P120D\n    from: call-end'),
      ),
    );
    const { json } = await publish('draft', '--as', 'Ann');
    const first = (await publish('show', 'latest')).json.version;
    const difference = (await run('diff', first, json.version, '--json')).json;
    assert.deepEqual(
      difference.changes.filter((one) => one.material).map((one) => [one.path, one.tell]),
      [['retention.recordings-90-days.keep', ['callers', 'employees']]],
    );
    assert.equal((await publish('show', '2026-2')).json.notices[0]?.group, 'callers');
    assert.match((await run('publish', 'notice', '2026-2', '--group', 'callers')).out, /90 days → 120 days/);
    assert.equal((await publish('withdraw', '2026-2', '--reason', 'x', '--as', 'Ann')).json.state, 'withdrawn');
    assert.match((await run('publish', 'list')).out, /withdrawn[\s\S]*published/);
    writeFileSync(places(home.home).policy, named(referencePolicy));
  });

  it('says what to do when it is asked for something that is not there', async () => {
    // What was typed is not right: 2. What the home does not keep: 3.
    for (const [args, ends, code] of [
      [['publish'], 2, 'publish-what'],
      [['publish', 'show', '2031-1'], 3, 'version-unknown'],
      [['publish', 'draft'], 2, 'option-needed'],
      [['publish', 'file', 'latest', 'x.html'], 3, 'file-unknown'],
    ] as const) {
      const { code: end, json } = await run(...args, '--json');
      assert.deepEqual([end, json.error.code], [ends, code]);
    }
    assert.equal((await run('diff', 'nowhere', 'policies/it-provider')).code, 2);
  });

  it('names the step or the version that was meant, before it asks who publishes', async () => {
    const said = async (...args: string[]): Promise<string> => (await run('publish', ...args)).out;
    assert.match(await said('lsit', '--lang', 'en'), /There is no version "lsit"\. Did you mean "list"\?/);
    assert.match(await said('lsit', '--lang', 'nl'), /Er is geen versie "lsit"\. Bedoelde u "list"\?/);
    assert.match(await said('show', '2026-9', '--lang', 'en'), /Did you mean "2026-[0-9]"\?/);
    // Nothing is near: it says where all of them stand, and a version that is there is asked who publishes it.
    assert.match(await said('somethingelse', '--lang', 'en'), /"gestand publish list" shows them\./);
    assert.match(await said('2026-1', '--lang', 'en'), /--as/);
  });
});
