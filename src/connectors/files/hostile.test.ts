import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { options } from '../kit/conformance/index.ts';
import { everything, nothing, type Condition, type Connector, type Dataset } from '../kit/index.ts';
import { filesConnector } from './index.ts';

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
