import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { conformance, due, options, sweepAll, type Place, type Planted } from '../kit/conformance/index.ts';
import { everything, spellings, type Condition, type Dataset } from '../kit/index.ts';
import { alone, usual, type Workforce } from './crew.ts';
import { filesConnector, relativeTo } from './index.ts';
import { quarantineName } from './tree.ts';

const context = { handle: () => 'h', log: () => undefined };

const dataset: Dataset = {
  system: 's',
  id: 'recordings',
  source: 'media',
  at: {
    kind: 'tree',
    templates: ['{yyyy}/{MM}/{caller}-{id}-{dd}{HH}{mm}{ss}.wav', 'undated/{caller}-{id}.wav'],
    ignore: ['readme.txt'],
  },
  key: ['path'],
  fields: { path: { data: 'recording' } },
  data: 'call-recordings',
  clocks: {
    ended: {
      id: 'ended',
      readings: [{ groups: ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] }],
      zone: 'UTC',
      empty: 'finding',
    },
  },
  subjects: [{ kind: 'phone', field: 'caller', match: 'whole', role: 'owner' }],
  places: ['caller'],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: true,
};

/** The same tree, where the file's own time may decide. */
const byTime: Dataset = {
  ...dataset,
  clocks: {
    ended: {
      id: 'ended',
      readings: [{ groups: ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] }, { mtime: true }],
      zone: 'UTC',
      empty: 'finding',
    },
  },
};

const pathOf = (item: Planted): string => {
  const [, y = '', m = '', d = '', t = ''] = /^(\d{4})-(\d\d)-(\d\d)T([\d:]{8})/.exec(item.at ?? '') ?? [];
  return item.at === null
    ? `undated/${item.phone}-${item.id}.wav`
    : `${y}/${m}/${item.phone}-${item.id}-${d}${t.replaceAll(':', '')}.wav`;
};

const listed = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

/** From the first file on with threads, as a large tree is worked on. */
const many: Workforce = { threads: 2, soon: 0 };

async function place(workforce = usual): Promise<Place & { root: string }> {
  const root = mkdtempSync(join(tmpdir(), 'gestand-files-'));
  return {
    root,
    connector: await filesConnector.open({ connector: 'files', root }, context, workforce),
    dataset,
    plant: (items) => {
      for (const item of items) {
        const file = join(root, pathOf(item));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, 'RIFF');
      }
      return Promise.resolve();
    },
    survivors: () =>
      Promise.resolve(
        listed(root)
          .map((name) => /-(i\d+|undated|[a-z]\d*)[-.]/.exec(name)?.[1] ?? name)
          .toSorted(),
      ),
    keyOf: pathOf,
    close: () => Promise.resolve(rmSync(root, { recursive: true, force: true })),
  };
}

conformance('files', () => place());
conformance('files, with threads', () => place(many));

const old: Planted = { id: 'i1', phone: '0611111111', at: '2026-01-02T03:04:05Z' };

describe('a name on a tree that macOS wrote', () => {
  for (const [how, workforce] of Object.entries({ 'one by one': usual, 'with threads': many }))
    it(`is the name that a person types, and the other way round: its file is kept, ${how}`, async () => {
      const here = await place(workforce);
      const names: Dataset = {
        ...dataset,
        subjects: [{ kind: 'name', field: 'caller', match: 'whole', role: 'owner' }],
      };
      const [whole, apart] = ['José', 'José'.normalize('NFD')];
      const at = '2026-01-02T03:04:05Z';
      await here.plant([
        { id: 'i1', phone: whole, at },
        { id: 'i2', phone: apart.toUpperCase(), at },
        { id: 'i3', phone: 'Jose', at },
      ]);
      for (const given of [whole, apart]) {
        const where = { is: 'subject', kind: 'name', spellings: spellings('name', given) } as const;
        assert.equal((await Array.fromAsync(here.connector.locate(names, where))).length, 2);
      }
      // A path is its bytes: the same name in another form is another file.
      const path = pathOf({ id: 'i2', phone: apart.toUpperCase(), at });
      const other: Condition = { is: 'key', oneOf: [[path.normalize('NFC')]] };
      assert.deepEqual(await Array.fromAsync(here.connector.locate(names, other)), []);
      const held = { is: 'subject', kind: 'name', spellings: spellings('name', whole) } as const;
      const counts = await sweepAll({ ...here, dataset: names }, due, {
        guard: () => Promise.resolve({ held, kept: [] }),
      });
      assert.deepEqual([counts.done, counts.held], [1, 2]);
      assert.deepEqual(await here.survivors(), ['i1', 'i2']);
      // The negative control: what nothing holds goes.
      assert.equal((await sweepAll({ ...here, dataset: names }, due)).done, 2);
      await here.close();
    });
});

describe('a tree is never left', () => {
  it('names that lead out of it are refused: "..", absolute, empty, NUL', async () => {
    const here = await place();
    const outside = join(here.root, '..', `outside-${process.pid}.wav`);
    writeFileSync(outside, 'x');
    for (const key of [
      `../outside-${process.pid}.wav`,
      outside,
      '',
      'a//b.wav',
      '2026/01/../../x.wav',
      '2026/01/x\0.wav',
    ]) {
      const batch = await here.connector.erase(dataset, [[key]], options());
      assert.deepEqual([batch.counts.done, batch.counts.failed], [0, 1], JSON.stringify(key));
    }
    assert.ok(existsSync(outside));
    unlinkSync(outside);
    await here.close();
  });

  it('symlinks, files with a second name and special files are left alone', async () => {
    const here = await place();
    await here.plant([old]);
    const target = join(here.root, '2026/01');
    symlinkSync('/etc/hostname', join(target, '0611111111-link-02030405.wav'));
    linkSync(join(here.root, pathOf(old)), join(here.root, 'second-name'));
    execFileSync('mkfifo', [join(target, '0611111111-fifo-02030405.wav')]);
    const counts = await sweepAll(here, due);
    assert.equal(counts.done, 0);
    assert.equal(counts.failed, 1);
    assert.ok(existsSync(join(here.root, pathOf(old))));
    assert.ok(existsSync('/etc/hostname'));
    const report = await here.connector.probe([dataset]);
    assert.ok(report.findings.some((one) => one.detail.includes('symbolic')));
    await here.close();
  });

  const ground = () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'gestand-race-')));
    const at = {
      base,
      root: join(base, 'root'),
      folder: join(base, 'root/2026/01'),
      aside: join(base, 'root/2026/aside'),
      outside: join(base, 'outside'),
    };
    mkdirSync(at.folder, { recursive: true });
    mkdirSync(at.outside);
    return at;
  };
  const names = Array.from({ length: 60 }, (_, i) => `0611111111-i${i}-02030405.wav`);
  const fill = (folder: string): void => names.forEach((name) => writeFileSync(join(folder, name), 'x'));

  it('a folder swapped for a symlink just before the deed loses nothing outside; checking the path first loses it', async () => {
    const at = ground();
    fill(at.folder);
    fill(at.outside);
    const swap = (): void => {
      renameSync(at.folder, at.aside);
      symlinkSync(at.outside, at.folder);
    };
    const connector = await filesConnector.open({ connector: 'files', root: at.root }, context);
    await connector.sweep(dataset, everything, 'ended', options({ prepared: () => Promise.resolve(swap()) }));
    assert.equal(readdirSync(at.outside).length, names.length);
    // The negative control: what most programs do.
    unlinkSync(at.folder);
    renameSync(at.aside, at.folder);
    fill(at.folder);
    const path = join(at.folder, names[0] ?? '');
    assert.ok(realpathSync(path).startsWith(`${at.root}/`));
    swap();
    unlinkSync(path);
    assert.equal(readdirSync(at.outside).length, names.length - 1);
    rmSync(at.base, { recursive: true, force: true });
  });

  it('a folder that is swapped all the time while files go loses nothing outside', async () => {
    const seconds = process.env['GESTAND_SOAK'] === undefined ? 3 : 60;
    const at = ground();
    const flag = new Int32Array(new SharedArrayBuffer(8));
    const racer = new Worker(
      `
      const fs = require('node:fs');
      const [dir, aside, out, flag] = require('node:worker_threads').workerData;
      const tried = (...deeds) => { for (const deed of deeds) try { deed(); return; } catch {} };
      while (!Atomics.load(flag, 0)) {
        try {
          fs.renameSync(dir, aside); fs.symlinkSync(out, dir); fs.unlinkSync(dir); fs.renameSync(aside, dir);
          Atomics.add(flag, 1, 1);
        } catch {
          tried(() => fs.unlinkSync(dir));
          tried(() => fs.renameSync(aside, dir), () => fs.rmSync(aside, { recursive: true, force: true }));
        }
      }`,
      // It may be made anew while it is aside: then neither fits in the place of the other any more, and the one aside goes.
      { eval: true, workerData: [at.folder, at.aside, at.outside, new Int32Array(flag.buffer)] },
    );
    fill(at.outside);
    let done = 0;
    const hands = [alone, many].map((one) => filesConnector.open({ connector: 'files', root: at.root }, context, one));
    const connectors = await Promise.all(hands);
    let turn = 0;
    // On until something went and the folder was swapped as well: how often either happens is the machine's affair.
    const enough = (): boolean => done > 0 && Atomics.load(flag, 1) > 0;
    for (const until = Date.now() + seconds * 1000; Date.now() < until || !enough(); turn += 1) {
      const connector = connectors[turn % connectors.length];
      assert.ok(connector);
      try {
        mkdirSync(at.folder, { recursive: true }); // an empty one goes with its last file
        fill(at.folder);
        done += (await connector.sweep(dataset, everything, 'ended', options())).counts.done;
      } catch {
        continue; // the folder was aside just then
      }
    }
    Atomics.store(flag, 0, 1);
    await racer.terminate();
    assert.equal(readdirSync(at.outside).length, names.length);
    assert.ok(done > 0);
    rmSync(at.base, { recursive: true, force: true });
  });
});

describe('files', () => {
  it('an empty folder goes with its last file, the root never', async () => {
    const here = await place();
    await here.plant([old]);
    // Younger folders stay: the product may be about to write in them.
    await sweepAll(here, due);
    assert.ok(existsSync(join(here.root, '2026/01')));
    assert.ok(existsSync(here.root));
    await here.close();
  });

  it('where its own time decides, one that was replaced after it was seen stays, and is counted failed', async () => {
    const here = await place();
    const undated: Planted = { ...old, at: null };
    await here.plant([undated]);
    const file = join(here.root, pathOf(undated));
    utimesSync(file, new Date('2026-01-02'), new Date('2026-01-02'));
    const batch = await here.connector.sweep(
      byTime,
      due,
      'ended',
      options({
        prepared: () => {
          renameSync(file, `${file}.was`);
          writeFileSync(file, 'another recording');
          return Promise.resolve();
        },
      }),
    );
    assert.deepEqual([batch.counts.done, batch.counts.failed], [0, 1]);
    assert.ok(existsSync(file));
    // The same, left alone: it goes, by way of the quarantine, and nothing stays behind there.
    renameSync(`${file}.was`, file);
    assert.equal((await here.connector.sweep(byTime, due, 'ended', options())).counts.done, 1);
    assert.deepEqual(readdirSync(join(here.root, quarantineName)), []);
    await here.close();
  });

  it('where its name decides, whatever stands under that name is due, also where others of the tree go by their own time', async () => {
    const here = await place();
    await here.plant([old]);
    const file = join(here.root, pathOf(old));
    const replaced = options({
      prepared: () => {
        renameSync(file, `${file}.was`);
        writeFileSync(file, 'another recording');
        return Promise.resolve();
      },
    });
    assert.equal((await here.connector.sweep(byTime, due, 'ended', replaced)).counts.done, 1);
    assert.equal(existsSync(file), false);
    await here.close();
  });

  it('paths that fit no template are findings, shown by their shape alone', async () => {
    const here = await place();
    mkdirSync(join(here.root, 'exports/0612345678'), { recursive: true });
    writeFileSync(join(here.root, 'exports/0612345678/call.mp3'), 'x');
    writeFileSync(join(here.root, 'readme.txt'), 'known, and left alone');
    const { findings } = await here.connector.probe([dataset]);
    assert.equal(findings.length, 1);
    assert.match(findings[0]?.detail ?? '', /exports\/##########/);
    await here.close();
  });

  it('a held file of a product that deletes by itself is copied, and the copy is what was read', async () => {
    const here = await place();
    await here.plant([old]);
    const copies: Buffer[] = [];
    const report = await here.connector.hold({ ...dataset, selfDeleting: true }, everything, {
      preserve: async (_handle, content) => {
        const { createHash } = await import('node:crypto');
        const parts: Uint8Array[] = [];
        for await (const part of content) parts.push(part);
        copies.push(Buffer.concat(parts));
        return { sha256: createHash('sha256').update(Buffer.concat(parts)).digest('hex'), bytes: 4 };
      },
    });
    assert.deepEqual([report.preserved, report.guarded, report.risk], [1, 0, null]);
    assert.equal(copies[0]?.toString(), 'RIFF');
    await assert.rejects(
      here.connector.hold({ ...dataset, selfDeleting: true }, everything, {
        preserve: () => Promise.resolve({ sha256: 'other', bytes: 4 }),
      }),
      /not what was read/,
    );
    const guardOnly = await here.connector.hold({ ...dataset, selfDeleting: true }, everything, { preserve: null });
    assert.equal(guardOnly.risk, 'host-deletes');
    await here.close();
  });

  it('an absolute path of the host is the same file below our root', () => {
    assert.equal(
      relativeTo(
        { root: '/mnt/rec', hostRoot: '/var/lib/freeswitch/recordings' },
        '/var/lib/freeswitch/recordings/a/b.wav',
      ),
      'a/b.wav',
    );
    assert.equal(relativeTo({ root: '/mnt/rec' }, '/etc/passwd'), '/etc/passwd');
  });

  it('the time in the name counts, not the time of the file', async () => {
    const here = await place();
    await here.plant([old]);
    utimesSync(join(here.root, pathOf(old)), new Date(), new Date());
    assert.equal((await sweepAll(here, due)).done, 1);
    await here.close();
  });
});
