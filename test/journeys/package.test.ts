import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { record } from '../../src/ledger/index.ts';
import { freshFolder } from '../worlds/folder.ts';
import { testHome } from '../worlds/home.ts';

const root = join(import.meta.dirname, '..', '..');

/** What "npm pack" makes, unpacked where npm would put it, in a package that has nothing else. */
describe('a stranger who installs the package', () => {
  const folder = freshFolder();
  const own = join(folder.path, 'own');
  const installed = join(own, 'node_modules', 'gestand');
  const log = join(folder.path, 'log');
  let key = '';

  const node = (text: string): { status: number | null; out: string; err: string } => {
    const file = join(own, 'try.mjs');
    writeFileSync(file, text);
    const ran = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: own });
    return { status: ran.status, out: ran.stdout, err: ran.stderr };
  };
  const verify = (dir: string): string => `
    import { verifyLog } from 'gestand/verify';
    const { ok, size, problem } = await verifyLog(${JSON.stringify(dir)}, { key: ${JSON.stringify(key)} });
    console.log(JSON.stringify({ ok, size, problem }));`;

  before(async () => {
    const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder.path], { cwd: root, env, stdio: 'ignore' });
    const [tarball = ''] = readdirSync(folder.path).filter((name) => name.endsWith('.tgz'));
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(own, 'package.json'), '{ "name": "own", "type": "module" }\n');
    execFileSync('tar', ['-xzf', join(folder.path, tarball), '-C', installed, '--strip-components=1']);
    const home = await testHome({ estate: 'gestand: 1\nsystems: []\n' });
    const world = await home.open();
    key = world.ledger.vkey;
    await world.db
      .transaction()
      .execute((tx) => record(tx, { type: 'check.done', at: world.clock(), fields: { check: 'a', ok: 1, n: 0 } }));
    await world.flush();
    await world.ledger.exportTo(log);
    await home.close();
  });

  it('finds no TypeScript in it, which Node refuses to run there', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')),
      [],
    );
  });

  it('finds no test in it, nothing that only tests use, and no package that it did not ask for', () => {
    // Pages tell of tests, and the tables of known products are what the example company is made of.
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !/^(docs|profiles\/fixtures)(\/|$)/.test(name),
    );
    const only =
      /(^|\/)(test|tests|worlds|fixtures?|conformance|bench|node_modules|\.git|\.ci)(\/|$)|\.(test|child)\.|authenticator/;
    assert.deepEqual(
      files.filter((name) => only.test(name)),
      [],
    );
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const asked = (text: string): string[] =>
      [
        ...text.matchAll(
          /^(?:import|export)\b[^;'"]*?\bfrom\s*'([@\w][\w./-]*|node:\w+)'|\bimport\('([@\w][\w./-]*)'\)/gm,
        ),
      ]
        .map(([, one, other]) => one ?? other ?? '')
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    const code = files.filter((name) => /^(lib|bin)\/.*\.js$/.test(name));
    const wanted = new Set(code.flatMap((name) => asked(readFileSync(join(installed, name), 'utf8'))));
    assert.deepEqual([...wanted].filter((name) => !(name in dependencies)).toSorted(), []);
    // The control: what is looked for is there to be found.
    assert.ok(wanted.size > 20 && code.length > 200, `${wanted.size} packages in ${code.length} files`);
    for (const name of ['lib/ledger/crash.child.js', 'lib/http/http.test.js', 'test/worlds/site.ts'])
      assert.match(name, only);
    assert.deepEqual(asked("import { test } from 'fast-check';\nconst x = await import('ajv/dist/2020.js');"), [
      'fast-check',
      'ajv',
    ]);
  });

  it('verifies an exported log with it, with no other package at all; a changed log is refused', () => {
    assert.deepEqual(readdirSync(join(own, 'node_modules')), ['gestand']);
    const good = node(verify(log));
    assert.equal(good.status, 0, good.err);
    const said = JSON.parse(good.out) as { ok: boolean; size: number };
    assert.equal(said.ok, true);
    assert.ok(said.size > 0);
    const changed = join(folder.path, 'changed');
    cpSync(log, changed, { recursive: true });
    const [entries = ''] = readdirSync(join(changed, 'tile/entries'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\/\d+$/.test(name),
    );
    const file = join(changed, 'tile/entries', entries);
    writeFileSync(file, readFileSync(file, 'latin1').replace('"n":0', '"n":1'), 'latin1');
    assert.equal((JSON.parse(node(verify(changed)).out) as { ok: boolean }).ok, false);
  });

  it('has its types', () => {
    writeFileSync(
      join(own, 'use.ts'),
      `import { verifyLog } from 'gestand/verify';\nexport const size: Promise<number> = verifyLog('x', { key: 'k' }).then((one) => one.size ?? 0);\n// @ts-expect-error a key is text\nvoid verifyLog('x', { key: 1 });\n`,
    );
    // Node's own types, as every program for Node has them.
    mkdirSync(join(own, 'node_modules/@types'));
    symlinkSync(join(root, 'node_modules/@types/node'), join(own, 'node_modules/@types/node'));
    const tsc = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node', 'use.ts'],
      { cwd: own, encoding: 'utf8' },
    );
    assert.equal(tsc.status, 0, tsc.stdout);
  });

  it('reaches nothing but the verifier', () => {
    assert.match(node(`import 'gestand/lib/cli/main.js';`).err, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  it('runs the command from it, with its dependencies beside it: the whole round, in every format', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      optionalDependencies: Record<string, string>;
    };
    // npm would put them here; these are the same files.
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const from = join(root, 'node_modules', name);
      const to = join(own, 'node_modules', name);
      if (!existsSync(from)) continue; // for another machine
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to);
    }
    const home = join(folder.path, 'home');
    const gestand = (...args: string[]): string => {
      const ran = spawnSync(process.execPath, [join(installed, 'bin/gestand.js'), ...args], {
        cwd: own,
        encoding: 'utf8',
        env: { ...process.env, GESTAND_HOME: home, GESTAND_LANG: 'en' },
      });
      assert.equal(ran.status, 0, `${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
      return ran.stdout;
    };
    assert.match(gestand('--help'), /gestand plan/);
    const { run } = JSON.parse(gestand('demo', '--calls', '100', '--json')) as { run: { state: string } };
    assert.equal(run.state, 'complete');
    const pdf = join(folder.path, 'statement.pdf');
    gestand('statement', '--format', 'pdf', '--out', pdf);
    assert.equal(readFileSync(pdf, 'latin1').slice(0, 5), '%PDF-');
    // Threads are loaded by the name of their file.
    const locked = node(`
      import { lockKey, newSealKey, unlockKey } from ${JSON.stringify(join(installed, 'lib/crypto/sealed.js'))};
      const { identity } = await newSealKey();
      console.log((await unlockKey(await lockKey(identity, 'x'), 'x')).identity === identity);`);
    assert.equal(locked.out.trim(), 'true', locked.err);
    const dataset = {
      at: { kind: 'tree', templates: ['{day}.wav'], ignore: [] },
      key: ['path'],
      clocks: {},
      fields: {},
      subjects: [],
      places: [],
      layers: [],
    };
    mkdirSync(join(folder.path, 'tree'));
    writeFileSync(join(folder.path, 'tree', '1.wav'), '');
    // With threads that are waited for: one that cannot begin is an error.
    const counted = node(`
      import { filesConnector } from ${JSON.stringify(join(installed, 'lib/connectors/files/index.js'))};
      const settings = { connector: 'files', root: ${JSON.stringify(join(folder.path, 'tree'))} };
      const tree = await filesConnector.open(settings, { handle: () => 'h', log: () => undefined }, { threads: 2, soon: 0 });
      const all = { is: 'all', of: [] };
      const { buckets } = await tree.inventory(${JSON.stringify(dataset)}, all, null, [{ name: 'all', where: all }], 0);
      console.log(buckets.all.items);`);
    assert.equal(counted.out.trim(), '1', counted.err);
  });
});
