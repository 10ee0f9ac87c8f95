import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { axe } from '../worlds/axe.ts';
import { hasBrowser, testBrowser } from '../worlds/browser.ts';
import { enrol, freePort, pageWithKey } from '../worlds/visitor.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;

/** What stands under one heading of a board. */
function section(board: string | undefined, heading: string): string {
  return (board ?? '').split(heading)[1]?.split(/^ +[✘✔?!] /m)[0] ?? '';
}

describe('a newcomer with the demo', () => {
  const home = join(mkdtempSync(join(tmpdir(), 'gestand-cli-')), 'home');
  const env = { PATH: process.env['PATH'] ?? '', GESTAND_HOME: home, GESTAND_PORT: '4180', LANG: 'en' };
  const run = (...args: string[]) => {
    const done = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const json = (...args: string[]): Record<string, never> => {
    const { code, out, err } = run(...args, '--json');
    assert.notEqual(out, '', `${args.join(' ')}: ends with ${code} and says ${err}`);
    return JSON.parse(out) as Record<string, never>;
  };
  let result: { code: number | null; out: string };
  before(async () => {
    env.GESTAND_PORT = String(await freePort());
    result = run('demo', '--calls', '1500');
  });
  after(() => rmSync(join(home, '..'), { recursive: true, force: true }));

  it('sees the promises go from broken to kept', () => {
    assert.equal(result.code, 0, result.out);
    assert.match(result.out, /✘ broken[\s\S]+✔ kept/);
    assert.match(result.out, /Run r-\w+: complete/);
    // Each promise about how long data is kept, by what was counted in the systems: first broken, and at the end kept.
    const boards = result.out.split(/^\d\. /m);
    for (const id of ['P07', 'P08', 'P09', 'P10', 'P11']) {
      assert.match(section(boards[2], '✘ broken'), new RegExp(`^ +${id} ●`, 'm'));
      assert.match(section(boards[7], '✔ kept'), new RegExp(`^ +${id} ●`, 'm'));
    }
    // So is that of a copy of an identity document, whose policy is looked at as well.
    assert.match(section(boards[2], '✘ broken'), /^ +P13 ●/m);
    for (const id of ['P13', 'P14']) assert.match(section(boards[7], '✔ kept'), new RegExp(`^ +${id} ◐`, 'm'));
    // What is counted there is over, and what else these say is still nobody's word.
    for (const id of ['P12', 'P37']) {
      assert.match(section(boards[2], '✘ broken'), new RegExp(`^ +${id} ●`, 'm'));
      assert.match(section(boards[7], '? not proven'), new RegExp(`\\b${id}\\b`));
    }
    // And two people published what it says.
    assert.match(section(boards[2], '? not proven'), /^ +P01/m);
    assert.match(section(boards[7], '✔ kept'), /^ +P01 ◐/m);
    assert.match(boards[6] ?? '', /Version 2026-1 is in force from \d{4}-\d\d-\d\d/);
  });
  it('finds a recording of the held caller where the demo says', () => {
    const file = /^ {2}(\/.+\.wav)$/m.exec(result.out)?.[1] ?? '';
    assert.ok(existsSync(file));
  });
  it('gets the documented keys from plan, apply, promises and verify', () => {
    const plan = json('plan') as unknown as { plan: string; lines: object[] };
    assert.deepEqual(Object.keys(plan).toSorted(), ['at', 'expires', 'findings', 'lines', 'plan']);
    for (const key of ['rule', 'system', 'dataset', 'due', 'held', 'retained', 'oldest', 'newest', 'bytes'])
      assert.ok(
        plan.lines.every((line) => key in line),
        key,
      );
    const applied = json('apply', plan.plan) as unknown as { state: string };
    assert.deepEqual(Object.keys(applied).toSorted(), ['lines', 'plan', 'run', 'state']);
    assert.equal(applied.state, 'complete');
    const board = json('promises') as unknown as {
      promises: {
        id: string;
        state: string;
        kind: string;
        proof: { at: string; leaf: number } | null;
        detail: string;
        missing: string[];
      }[];
    };
    assert.equal(board.promises.length, 37);
    for (const one of board.promises) {
      for (const key of ['id', 'state', 'since', 'proof', 'detail', 'why', 'title', 'kind', 'next', 'parts', 'missing'])
        assert.ok(key in one, key);
      assert.ok(one.detail !== '' && one.state !== 'broken', JSON.stringify(one));
      assert.equal(one.state === 'not-proven', one.missing.length > 0, one.id);
    }
    const of = (id: string) => board.promises.find((one) => one.id === id);
    for (const id of ['P08', 'P09', 'P10', 'P11'])
      assert.ok(of(id)?.state === 'kept' && of(id)?.kind === 'measured' && (of(id)?.proof?.leaf ?? -1) >= 0, id);
    assert.deepEqual([of('P14')?.state, of('P14')?.kind], ['kept', 'derived']);
    assert.match(run('promises', 'P29').out, /does not handle them yet/);
    assert.equal(run('promises', 'P99').code, 2);
    const folder = join(home, '..', 'export');
    json('evidence', 'export', folder);
    const key = (json('evidence', 'checkpoint') as unknown as { key: string }).key;
    const verified = json('evidence', 'verify', folder, '--key', key) as unknown as {
      ok: boolean;
      size: number;
      root: string;
      origin: string;
    };
    assert.ok(verified.ok && verified.size > 0 && verified.root !== '' && verified.origin !== '');
    const receipt = join(home, '..', 'receipt.tlog-proof');
    run('evidence', 'prove', '2', '--out', receipt);
    assert.equal(run('evidence', 'verify', receipt, '--key', key).code, 0);
  });
  it('declares what no check can see, with an end, and takes it back', () => {
    const file = join(home, '..', 'inspection.txt');
    writeFileSync(file, 'doors, locks, keys');
    const today = new Date().toISOString().slice(0, 10);
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const days = ['--by', 'A. de Beer', '--on', today, '--until', until, '--text', 'Doors and locks were inspected.'];
    const state = (id: string) =>
      (json('promises', id) as unknown as { promises: { state: string; kind: string }[] }).promises[0];
    assert.deepEqual([state('P25')?.state, state('P25')?.kind], ['not-proven', 'none']);
    const given = json('declare', '--control', 'premises-inspection', ...days, '--attach', file) as unknown as {
      declaration: string;
      leaf: number;
      attachment: { sha256: string };
    };
    assert.ok(given.leaf >= 0 && /^[0-9a-f]{64}$/.test(given.attachment.sha256));
    assert.deepEqual([state('P25')?.state, state('P25')?.kind], ['kept', 'declared']);
    assert.match(run('promises', 'P25').out, /○ declared/);
    assert.match(run('declare', 'list').out, /premises-inspection +in force/);
    assert.equal(run('declare', 'withdraw', given.declaration, '--by', 'A. de Beer').code, 0);
    assert.equal(state('P25')?.state, 'not-proven');
    assert.match(run('declare', '--control', 'magic', ...days).err, /Nothing can be declared about "magic"/);
  });
  it('is told what is wrong, where, and what to do', () => {
    assert.match(run('plam').err, /Did you mean "plan"/);
    assert.equal(run('apply', 'p-nothing').code, 3);
    assert.match(run('apply', 'p-nothing').err, /There is no plan/);
    assert.match(run('apply', 'p-nothing', '--lang', 'nl').err, /Er is geen plan/);
    assert.equal(run('demo').code, 3);
    writeFileSync(join(home, 'profiles.txt'), '');
    assert.equal(run('check').code, 0);
    assert.equal(run('doctor').code, 0);
    for (const command of ['plan', 'hold', 'evidence', 'worker']) assert.match(run(command, '--help').out, /gestand/);
  });
  it('is told when a name or a day is no name or day: nothing is quietly left out', () => {
    for (const args of [
      ['systems', 'probe', 'exchnge'],
      ['worker', '--systems', 'access,exchnge'],
    ]) {
      const { code, err } = run(...args);
      assert.match(err, /did you mean "exchange"/i, args.join(' '));
      assert.equal(code, 2, args.join(' '));
    }
    for (const args of [
      ['check', '--at', 'tomorrow'],
      ['plan', '--at', '2026-13-45'],
    ])
      assert.match(run(...args).err, /is not a date/);
  });
  it('says at a look what the profile knows of the product, which no look can tell', () => {
    const told = run('systems', 'probe', 'exchange', '--json');
    const [seen] = (JSON.parse(told.out) as { systems: { notes: { dataset: string; text: { en: string } }[] }[] })
      .systems;
    assert.deepEqual(
      seen?.notes.map((one) => one.dataset),
      ['calls', 'voicemail'],
    );
    assert.match(run('systems', 'probe', 'exchange').out, /calls: FusionPBX has a clean-up of its own/);
  });
  it('runs a worker for the systems beside which it stands', async () => {
    const worker = spawn(process.execPath, [program, 'worker', '--systems', 'access, cameras'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = await new Promise<string>((done, fail) => {
      let text = '';
      worker.stderr.on('data', (part: Buffer) => {
        text += part.toString();
        if (text.includes('worker.started')) done(text);
      });
      worker.once('exit', () => fail(new Error(text)));
    });
    assert.match(said, /"event":"worker.started","systems":2/);
    worker.kill('SIGTERM');
    assert.equal(await new Promise((done) => worker.once('exit', done)), 0);
  });
  it('is welcomed when the first start was broken off before it came to that', async () => {
    const started = async (): Promise<string> => {
      const start = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
      const said = await new Promise<string>((done) => {
        let text = '';
        start.stdout.on('data', (part: Buffer) => {
          text += part.toString();
          if (text.includes('Ctrl-C')) done(text);
        });
        start.once('exit', () => done(text));
      });
      start.kill('SIGTERM');
      await new Promise((done) => (start.exitCode === null ? start.once('exit', done) : done(null)));
      return said;
    };
    const said = await started();
    assert.equal([...said.matchAll(/^ {2}(?:Ans de Beer|Bram Vos) +http:\S+\/welcome#\S+$/gm)].length, 2, said);
    // The links are gone with the terminal: whoever starts again is told how to get another.
    const again = await started();
    assert.match(again, /npx gestand people reset ans@demo\.example --what everything/);
    assert.doesNotMatch(again, /welcome#/);
  });
  it(
    'reads the board in a browser, in both languages, narrow and wide, without a complaint of axe',
    { skip: !hasBrowser, timeout: 300_000 },
    async () => {
      const made = run(
        'people',
        'invite',
        '--name',
        'A. de Beer',
        '--email',
        'a@divato.example',
        '--role',
        'privacy-officer',
        '--json',
      );
      const { link } = JSON.parse(made.out) as { link: string };
      const server = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const url = await new Promise<string>((done, fail) => {
        let text = '';
        server.stdout.on('data', (part: Buffer) => {
          text += part.toString();
          const found = /http:\/\/localhost:\d+\//.exec(text)?.[0];
          if (found !== undefined) done(found);
        });
        server.once('exit', () => fail(new Error(text)));
      });
      const browser = await testBrowser();
      try {
        const health = (await (await fetch(`${url}health`)).json()) as { ok: boolean };
        assert.equal(health.ok, true);
        const page = await pageWithKey(browser.context);
        await page.goto(url);
        assert.match(page.url(), /\/sign-in\?back=/, 'a stranger is asked to sign in');
        await enrol(page, new URL(new URL(link).pathname + new URL(link).hash, url).href);
        // What one look cannot see the other does: screens.test.ts looks at each page in all of them.
        for (const [language, width, title, colorScheme] of [
          ['nl', 360, 'Beloften', 'light'],
          ['en', 1200, 'Promises', 'light'],
          ['nl', 1200, 'Beloften', 'dark'],
          ['en', 360, 'Promises', 'dark'],
        ] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          await page.goto(`${url}?lang=${language}`);
          assert.equal(await page.textContent('h1'), title);
          assert.equal(await page.getAttribute('html', 'lang'), language);
          const overflow = await page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          );
          assert.equal(overflow, false, `scrolls sideways at ${width}`);
          assert.deepEqual(await axe(page), [], `${language} ${width} ${colorScheme}`);
          // Every promise is there, and unfolds into its parts.
          assert.equal(await page.locator('ul.board > li').count(), 37);
          await page.locator('#P12 summary').click();
          assert.ok(await page.locator('#P12 .parts').isVisible());
        }
      } finally {
        await browser.close();
        server.kill('SIGTERM');
        await new Promise((done) => server.once('exit', done));
      }
    },
  );
  it('finds the program through npx in the checkout', () => {
    const out = execFileSync('npx', ['--no-install', 'gestand', '--help'], {
      encoding: 'utf8',
      env: { ...env, HOME: process.env['HOME'] ?? '/root' },
    });
    assert.match(out, /gestand plan/);
  });
});
