import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { options } from '../kit/conformance/index.ts';
import { everything, nothing, type Batch, type Condition, type Connector, type Dataset } from '../kit/index.ts';
import { heart } from '../kit/heart.ts';
import { alone } from './crew.ts';
import { takeIn, toEnd } from './hand.ts';
import { filesConnector } from './index.ts';
import { closeRoot, openRoot } from './tree.ts';

const dataset: Dataset = {
  system: 's',
  id: 'recordings',
  source: 'media',
  at: { kind: 'tree', templates: ['{camera}/{name}.wav'], ignore: [] },
  key: ['path'],
  fields: { path: { data: 'recording' } },
  data: 'video',
  clocks: { recorded: { id: 'recorded', readings: [{ mtime: true }], zone: 'UTC', empty: 'finding' } },
  subjects: [],
  places: ['camera'],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: true,
  secretKey: false,
};

describe('a tree that somebody else is changing', () => {
  let base: string;
  let root: string;
  let connector: Connector;
  const put = (path: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), 'a recording');
    return join(root, path);
  };
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'gestand-tree-'));
    root = join(base, 'root');
    mkdirSync(root);
    connector = await filesConnector.open({ connector: 'files', root }, { handle: () => 'h', log: () => undefined });
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('gives a copy of a held file, never of what a link in its place leads to', async () => {
    const file = put('door/a.wav');
    const secret = join(base, 'secret');
    writeFileSync(secret, 'a password');
    const copied: string[] = [];
    await assert.rejects(
      connector.hold(dataset, everything, {
        preserve: async (_handle, content) => {
          renameSync(file, `${file}.was`);
          symlinkSync(secret, file);
          const parts = await Array.fromAsync(content);
          copied.push(Buffer.concat(parts).toString());
          return { sha256: createHash('sha256').update(Buffer.concat(parts)).digest('hex'), bytes: 0 };
        },
      }),
      /cannot be read/,
    );
    assert.deepEqual(copied, []);
  });

  it('keeps a file that became another one after it was looked at, of the same number and size too', async () => {
    const old = new Date('2020-01-01');
    const due: Condition = { is: 'before', clock: 'recorded', at: '2026-01-01T00:00:00Z' };
    const [again, other] = [put('door/again.wav'), put('door/other.wav')];
    for (const file of [again, other]) utimesSync(file, old, old);
    const { ino, size } = statSync(again);
    const prepared = (): Promise<void> => {
      // In its own place: many a file system gives the number of a file that is gone to the next one as well.
      writeFileSync(again, 'new footage');
      return Promise.resolve();
    };
    const batch = await connector.sweep(dataset, due, 'recorded', options({ prepared }));
    assert.deepEqual([statSync(again).ino, statSync(again).size], [ino, size]);
    assert.equal(readFileSync(again, 'utf8'), 'new footage');
    assert.deepEqual([batch.counts.done, batch.counts.failed], [1, 1]);
    // The negative control: when it is as old as it was when it was looked at, it goes.
    utimesSync(again, old, old);
    assert.equal((await connector.sweep(dataset, due, 'recorded', options())).counts.done, 1);
    assert.equal(existsSync(again), false);
  });

  it('knows the files of a batch that was cut off: a new one of the same name is another, one that was written to is not', async () => {
    const old = new Date('2020-01-01');
    const due: Condition = { is: 'before', clock: 'recorded', at: '2026-01-01T00:00:00Z' };
    const files = ['again', 'gone', 'stays', 'written'].map((name) => put(`door/${name}.wav`));
    for (const file of files) utimesSync(file, old, old);
    const [again = '', gone = '', , written = ''] = files;
    let batch: Batch | undefined;
    const prepared = (made: Batch): Promise<void> => {
      batch = made;
      return Promise.reject(new Error('killed'));
    };
    await assert.rejects(connector.sweep(dataset, due, 'recorded', options({ prepared })), /killed/);
    const counted = () => connector.gone(dataset, batch?.trace ?? '', batch?.counts.done ?? 0);
    assert.deepEqual([batch?.counts.done, await counted()], [4, 0]);
    for (const file of [again, gone]) rmSync(file);
    writeFileSync(again, 'a recording');
    utimesSync(again, old, old);
    writeFileSync(written, 'more of it');
    put('door/new.wav');
    assert.equal(await counted(), 2);
    rmSync(dirname(again), { recursive: true });
    assert.equal(await counted(), 4);
    // Another disk, or none, where the root was: that says nothing of what became of the files.
    renameSync(root, `${root}.was`);
    mkdirSync(root);
    await assert.rejects(counted(), /another folder/);
  });

  it('is left alone for the rest of a batch by a machine that stood still so long that its lock may be lost', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => ({ name: `${name}.wav`, expected: null }));
    const run = (pause: number): string[] => {
      for (const { name } of names) put(`door/${name}`);
      const opened = openRoot(root);
      let seconds = 0;
      const beat = heart(Date.now(), null, () => {
        seconds += seconds === 3 ? pause : 1;
        return seconds * 1000;
      });
      try {
        toEnd(takeIn(opened, null, 'door/', names, beat));
      } finally {
        closeRoot(opened);
      }
      return existsSync(join(root, 'door')) ? readdirSync(join(root, 'door')) : [];
    };
    assert.throws(() => run(30), { kind: 'half-done', retry: true });
    assert.deepEqual(readdirSync(join(root, 'door')).toSorted(), ['c.wav', 'd.wav']);
    // The negative control: of a short pause nothing is lost.
    assert.deepEqual(run(10), []);
  });

  it('goes on with the next batch where one took so long that its lock might be lost without a word', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const due: Condition = { is: 'before', clock: 'recorded', at: '2090-01-01T00:00:00Z' };
    for (const name of ['a', 'b']) put(`door/${name}.wav`);
    const context = { handle: () => 'h', log: () => undefined };
    const here = await filesConnector.open({ connector: 'files', root }, context, alone);
    const prepared = (): Promise<void> => {
      t.mock.timers.tick(16_000);
      return Promise.resolve();
    };
    const first = await here.sweep(dataset, due, 'recorded', options({ prepared }));
    assert.deepEqual([first.counts.done, first.next], [0, '']);
    const second = await here.sweep(dataset, due, 'recorded', options({ cursor: first.next }));
    assert.deepEqual([second.counts.done, second.next], [2, null]);
  });

  it('loses nothing more once its lock is said to be lost', async () => {
    const due: Condition = { is: 'before', clock: 'recorded', at: '2090-01-01T00:00:00Z' };
    const file = put('door/a.wav');
    const lost = new AbortController();
    const prepared = (): Promise<void> => Promise.resolve(lost.abort());
    const swept = connector.sweep(dataset, due, 'recorded', options({ prepared, lost: lost.signal }));
    await assert.rejects(swept, { kind: 'half-done', retry: true });
    assert.equal(existsSync(file), true);
  });

  it('is left alone by a machine that slept between "prepared" and the deed: our own clock slept with it', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const sleeping = (seconds: number) =>
      options({
        prepared: () => {
          t.mock.timers.tick(seconds * 1000);
          return Promise.resolve();
        },
      });
    const due: Condition = { is: 'before', clock: 'recorded', at: '2090-01-01T00:00:00Z' };
    const file = put('door/a.wav');
    // In this thread: the clock that is moved here is none of the others'.
    const context = { handle: () => 'h', log: () => undefined };
    const here = await filesConnector.open({ connector: 'files', root }, context, alone);
    await assert.rejects(here.sweep(dataset, due, 'recorded', sleeping(30)), { kind: 'half-done', retry: true });
    assert.equal(existsSync(file), true);
    // The negative control.
    assert.equal((await here.sweep(dataset, due, 'recorded', sleeping(10))).counts.done, 1);
    assert.equal(existsSync(file), false);
  });

  it('keeps a file that a hold names as the product writes it, and counts it as held', async () => {
    const hostRoot = '/var/spool/product';
    const settings = { connector: 'files', root, hostRoot } as const;
    const product = await filesConnector.open(settings, { handle: () => 'h', log: () => undefined });
    for (const path of ['door/a.wav', 'door/b.wav', 'door/c.wav']) put(path);
    const held: Condition = { is: 'key', oneOf: [[`${hostRoot}/door/a.wav`], [join(root, 'door/b.wav')]] };
    const buckets = [
      { name: 'held', where: held },
      { name: 'due', where: everything },
    ];
    const census = await product.inventory(dataset, everything, 'recorded', buckets, 0);
    assert.deepEqual([census.buckets['held']?.items, census.buckets['due']?.items], [2, 1]);
    const guard = () => Promise.resolve({ held, kept: [] });
    const named = [`${hostRoot}/door/a.wav`, 'door/b.wav'].map((path) => [path]);
    assert.deepEqual((await product.erase(dataset, named, options({ guard }))).counts.held, 2);
    const { counts } = await product.sweep(dataset, everything, 'recorded', options({ guard }));
    assert.deepEqual([counts.done, counts.held], [1, 2]);
    assert.deepEqual(readdirSync(join(root, 'door')).toSorted(), ['a.wav', 'b.wav']);
    // The negative control: nothing but the hold kept them.
    assert.equal((await product.sweep(dataset, everything, 'recorded', options())).counts.done, 2);
  });

  it('is told apart: what a statute keeps is not called held', async () => {
    put('door/a.wav');
    put('gate/b.wav');
    const kept: Condition = { is: 'field', field: 'camera', oneOf: ['door'] };
    const batch = await connector.erase(
      dataset,
      [['door/a.wav'], ['gate/b.wav']],
      options({ guard: () => Promise.resolve({ held: nothing, kept: [{ reason: 'nl-awr-52-4', where: kept }] }) }),
    );
    assert.deepEqual([batch.counts.held, batch.counts.retained, batch.counts.done], [0, 1, 1]);
    assert.deepEqual(batch.retainedBy, { 'nl-awr-52-4': 1 });
  });

  it('with a name that is no UTF-8 keeps the file and says so: it is found, and never called gone', async () => {
    put('door/a.wav');
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'door/Ren')), Buffer.from([0xe9]), Buffer.from('.wav')]), 'x');
    const byName = { ...dataset, at: { ...dataset.at, templates: ['{camera}/{name}.wav'] } as Dataset['at'] };
    const { findings } = await connector.probe([byName]);
    assert.ok(
      findings.some((one) => /no UTF-8/.test(one.detail) && one.items === 1),
      JSON.stringify(findings),
    );
    const batch = await connector.sweep(byName, everything, 'recorded', options());
    assert.deepEqual([batch.counts.done, batch.counts.absent], [1, 0]);
    const seen = await connector.verify(byName, everything);
    assert.deepEqual([seen.level, seen.left], ['V0', 1]);
    assert.equal(readdirSync(join(root, 'door'), { encoding: 'buffer' }).length, 1);
  });

  it('is read through the fault of a connector: a root that is not there is unreachable, for every question', async () => {
    rmSync(root, { recursive: true });
    const unreachable = { name: 'ConnectorFault', kind: 'unreachable' };
    await assert.rejects(connector.verify(dataset, everything), unreachable);
    await assert.rejects(connector.split(dataset, everything, 'recorded', 2), unreachable);
    await assert.rejects(Array.fromAsync(connector.locate(dataset, everything)), unreachable);
    assert.equal(existsSync(root), false);
  });
});
