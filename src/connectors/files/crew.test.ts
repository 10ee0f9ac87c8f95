/** A large tree, with threads: the same answers as one thread alone, whatever happens in between. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { evenDay, fromWall } from '../../base/time.ts';
import { due, options } from '../kit/conformance/index.ts';
import {
  addCounts,
  everything,
  matches,
  noCounts,
  nothing,
  within,
  type Batch,
  type Condition,
  type Counts,
  type Dataset,
  type DeedOptions,
} from '../kit/index.ts';
import { alone, type Workforce } from './crew.ts';
import { filesConnector } from './index.ts';

const threads: Workforce = { threads: 2, soon: 0 };
const context = { handle: () => 'h', log: () => undefined };
const dataset: Dataset = {
  system: 's',
  id: 'video',
  source: 'v',
  at: { kind: 'tree', templates: ['{camera}/{day}/{event}-{yyyy}{MM}{dd}{HH}{mm}{ss}.mp4'], ignore: [] },
  key: ['path'],
  fields: { path: { data: 'video' } },
  data: 'video',
  clocks: {
    ended: {
      id: 'ended',
      readings: [{ groups: ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] }, { mtime: true }],
      zone: 'Europe/Amsterdam',
      empty: 'finding',
    },
  },
  subjects: [],
  places: ['camera'],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: false,
};
const held: Condition = { is: 'field', field: 'camera', oneOf: ['held'] };

/** Three cameras, three days each, forty files a day; every second is due. */
function plant(root: string): void {
  for (const camera of ['garden', 'held', 'street'])
    for (const day of ['1', '2', '3']) {
      mkdirSync(join(root, camera, day), { recursive: true });
      for (let i = 0; i < 40; i += 1)
        writeFileSync(join(root, camera, day, `${i}-2026${i % 2 === 0 ? '0601' : '1101'}1200${10 + i}.mp4`), 'x');
    }
}

const listed = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();

describe('a tree that several work on', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'gestand-crew-'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));
  const tree = (name: string): string => {
    plant(join(base, name));
    return join(base, name);
  };
  const sweep = async (root: string, force: Workforce, more: Partial<DeedOptions> = {}) => {
    const connector = await filesConnector.open({ connector: 'files', root }, context, force);
    const guard = () => Promise.resolve({ held, kept: [] });
    const batches: Batch[] = [];
    let counts: Counts = noCounts;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const asked = options({ guard, ...more, cursor: cursor ?? null });
      const batch = await connector.sweep(dataset, due, 'ended', asked);
      batches.push(batch);
      counts = addCounts(counts, batch.counts);
      cursor = batch.next;
    }
    return { batches, counts };
  };

  it('ends as when one does it, batch by batch, with the same receipts', async () => {
    for (const limit of [1, 7, 20, 33, 1000]) {
      const [a, b] = [tree(`a${limit}`), tree(`b${limit}`)];
      const [one, two] = [await sweep(a, alone, { limit }), await sweep(b, threads, { limit })];
      // Each tree has its own root, which a trace names.
      const apart = ({ batches, ...rest }: typeof one) => ({
        ...rest,
        batches: batches.map((batch) => ({ ...batch, trace: batch.trace?.replace(/^{"root":\d+,/, '{') })),
      });
      assert.deepEqual(apart(two), apart(one));
      assert.deepEqual([two.counts.done, two.counts.held], [120, 60]);
      assert.ok(two.batches.every((batch) => batch.counts.done <= limit));
      assert.deepEqual(listed(b), listed(a));
      assert.equal(listed(b).filter((path) => path.startsWith('held/')).length, 120);
    }
  });

  it('is counted as when one counts', async () => {
    const root = tree('a');
    const buckets = [
      { name: 'held', where: held },
      { name: 'due', where: everything },
    ];
    const [one, two] = await Promise.all(
      [alone, threads].map(async (force) =>
        (await filesConnector.open({ connector: 'files', root }, context, force)).inventory(
          dataset,
          due,
          'ended',
          buckets,
          3,
        ),
      ),
    );
    assert.deepEqual(two, one);
    assert.deepEqual([two?.buckets['held']?.items, two?.buckets['due']?.items], [60, 120]);
  });

  it('where another folder now bears the name of the root loses nothing there', async () => {
    const root = tree('root');
    const other = tree('other');
    const swap = (): void => {
      renameSync(root, `${root}.was`);
      renameSync(other, root);
    };
    const before = listed(other).length;
    // Between asking the guard and the work of the hands, who open the root for themselves.
    const guard = () => {
      swap();
      return Promise.resolve({ held, kept: [] });
    };
    const unreachable = { name: 'ConnectorFault', kind: 'unreachable' };
    await assert.rejects(sweep(root, threads, { guard }), unreachable);
    assert.deepEqual([listed(root).length, listed(`${root}.was`).length], [before, before]);
  });

  it('keeps what is held when it is killed at any moment, and ends the same when it goes on', async () => {
    const expected = (() => {
      const root = tree('expected');
      return sweep(root, alone).then(() => listed(root));
    })();
    for (let round = 0; round < 6; round += 1) {
      const root = tree(`killed-${round}`);
      const before = listed(root);
      // A file and no --eval: a thread would take that flag over, and not begin.
      const file = `${root}.mjs`;
      writeFileSync(file, program(root));
      const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const over = once(child, 'exit');
      for await (const _ of createInterface({ input: child.stdout })) {
        // The intent of the first batch is known; the deed is about to begin, or under way.
        await new Promise((done) => setTimeout(done, round));
        child.kill('SIGKILL');
      }
      assert.deepEqual(await over, [null, 'SIGKILL'], 'it was at work when it was killed');
      const left = listed(root);
      assert.ok(left.every((path) => before.includes(path)));
      assert.ok(left.length > (await expected).length);
      assert.equal(left.filter((path) => path.startsWith('held/')).length, 120);
      await sweep(root, threads);
      assert.deepEqual(listed(root), await expected);
    }
    // The negative control: the same without a guard does touch what is held.
    const root = tree('unguarded');
    await sweep(root, threads, { guard: () => Promise.resolve({ held: nothing, kept: [] }) });
    assert.equal(listed(root).filter((path) => path.startsWith('held/')).length, 60);
  });

  const program = (root: string): string => `
    import { filesConnector } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    const connector = await filesConnector.open({ connector: 'files', root: ${JSON.stringify(root)} }, { handle: () => 'h', log: () => undefined }, { threads: 2, soon: 0 });
    let [cursor, batches] = [null, 0];
    do {
      const batch = await connector.sweep(${JSON.stringify(dataset)}, ${JSON.stringify(due)}, 'ended', { limit: 50, cursor,
        guard: () => Promise.resolve({ held: ${JSON.stringify(held)}, kept: [] }),
        // The second batch never begins: whoever is killed leaves work behind, however slow the machine.
        prepared: async () => { console.log('prepared'); if (++batches === 2) await new Promise(() => setInterval(() => {}, 1e6)); } });
      cursor = batch.next;
    } while (cursor !== null);`;
});

describe('what is asked below a folder', () => {
  const folders = ['', 'a/', 'a/b/', 'c/'];
  const leaf = fc.oneof(
    fc.constantFrom(...folders).map((folder): Condition => ({ is: 'under', folder })),
    fc.constantFrom('a/b/1', 'a/2', 'c/3').map((path): Condition => ({ is: 'key', oneOf: [[path]] })),
    fc.constantFrom(everything, nothing),
  );
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie('condition').map((of): Condition => ({ is: 'not', of })),
      fc.array(tie('condition'), { maxLength: 3 }).map((of): Condition => ({ is: 'all', of })),
      fc.array(tie('condition'), { maxLength: 3 }).map((of): Condition => ({ is: 'any', of })),
    ),
  }));

  it('is met by the same items as the whole condition', () => {
    const paths = ['a/b/1', 'a/b/9', 'a/2', 'c/3', '4'];
    fc.assert(
      fc.property(condition, fc.constantFrom(...folders), (whole, folder) => {
        for (const path of paths.filter((one) => one.startsWith(folder))) {
          const seen = { key: [path], fields: { path }, at: {} };
          assert.equal(matches(dataset, seen, within(whole, folder)), matches(dataset, seen, whole));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the date in a name', () => {
  it('is the same instant as the calendar gives, on days that run evenly; other days are left to the calendar', () => {
    const zones = [
      'UTC',
      'Europe/Amsterdam',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kathmandu',
    ];
    const second = fc.integer({ min: 0, max: 86_399 });
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    let even = 0;
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, second, (zone, date, s) => {
        const text = date.toISOString().slice(0, 10);
        const start = evenDay(text, zone);
        if (start === null) return;
        even += 1;
        const wall = new Date(s * 1000).toISOString().slice(11, 19);
        assert.equal(start + s * 1000, fromWall(`${text} ${wall}`, zone)?.epochMilliseconds);
      }),
      { numRuns: 1_500 },
    );
    assert.ok(even > 1_000);
    // The negative control: on the days when summer time begins and ends, counting from midnight would be an hour off.
    for (const changes of ['2026-03-29', '2026-10-25']) assert.equal(evenDay(changes, 'Europe/Amsterdam'), null);
    for (const none of ['2026-02-30', '2026-13-01', '0000-00-00']) assert.equal(evenDay(none, 'UTC'), null);
  });
});
