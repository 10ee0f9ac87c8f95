/** Files past their term, by the date in their name, 0.1 % of them held: the connector against find -delete on an equal tree. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesConnector } from '../src/connectors/files/index.ts';
import type { Dataset, Guard } from '../src/connectors/kit/index.ts';
import { gate, median, timed, type Bench } from './bench.ts';

const dataset: Dataset = {
  system: 's',
  id: 'video',
  source: 'v',
  at: { kind: 'tree', templates: ['{camera}/{event}-{yyyy}{MM}{dd}.mp4'], ignore: [] },
  key: ['path'],
  fields: { path: { data: 'video' } },
  data: 'video',
  clocks: { recorded: { id: 'recorded', readings: [{ groups: ['yyyy', 'MM', 'dd'] }], zone: 'UTC', empty: 'finding' } },
  subjects: [],
  places: ['camera'],
  consents: {},
  layers: [],
  referrers: [],
  selfDeleting: false,
  secretKey: false,
};

/** `size` files in `size / 1000` folders; every second is due; the first folder of each thousand is held. */
function plant(root: string, size: number): { due: number; held: number } {
  const old = new Date('2026-06-01T00:00:00Z');
  const young = new Date('2026-11-01T00:00:00Z');
  const folders = Math.max(2, Math.floor(size / 1000));
  let held = 0;
  for (let f = 0; f < folders; f += 1) {
    // One folder in a thousand is of the camera that a matter is about.
    const isHeld = f === 0;
    const folder = join(root, isHeld ? 'held' : `camera-${f}`);
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < 1000; i += 1) {
      const due = i % 2 === 0;
      const file = join(folder, `${i}-2026${due ? '0601' : '1101'}.mp4`);
      writeFileSync(file, '');
      utimesSync(file, due ? old : young, due ? old : young);
      if (due && isHeld) held += 1;
    }
  }
  return { due: folders * 500, held };
}

const count = (root: string): number =>
  readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

export const retentionFiles: Bench = {
  name: 'retention-files',
  run: async (options) => {
    const size = options.size ?? 1_000_000;
    const ours: number[] = [];
    const base: number[] = [];
    const guard: Guard = { held: { is: 'field', field: 'camera', oneOf: ['held'] }, kept: [] };
    for (let round = 0; round < options.rounds; round += 1) {
      const [a, b] = [join(options.home, 'a'), join(options.home, 'b')];
      const { due, held } = plant(a, size);
      plant(b, size);
      execFileSync('sync');
      const connector = await filesConnector.open(
        { connector: 'files', root: a },
        { handle: () => '', log: () => undefined },
      );
      const one = async (): Promise<void> => {
        let cursor: string | null = null;
        do {
          const batch = await connector.sweep(
            dataset,
            { is: 'before', clock: 'recorded', at: '2026-08-26T00:00:00Z' },
            'recorded',
            { limit: 5000, cursor, guard: () => Promise.resolve(guard), prepared: () => Promise.resolve() },
          );
          cursor = batch.next;
        } while (cursor !== null);
      };
      const other = (): void =>
        void execFileSync('find', [
          b,
          '-type',
          'f',
          '!',
          '-newermt',
          '2026-08-26',
          '!',
          '-path',
          join(b, 'held', '*'),
          '-delete',
        ]);
      if (round % 2 === 0) {
        ours.push(await timed(one));
        base.push(await timed(other));
      } else {
        base.push(await timed(other));
        ours.push(await timed(one));
      }
      const left = Math.max(2, Math.floor(size / 1000)) * 1000 - due + held;
      gate(count(a) === left && count(b) === left, `${count(a)} and ${count(b)} left of ${left}`);
      options.log(`round ${round + 1}: ours ${ours.at(-1)?.toFixed(2)} s, find -delete ${base.at(-1)?.toFixed(2)} s`);
      rmSync(a, { recursive: true });
      rmSync(b, { recursive: true });
    }
    const [o, b] = [median(ours), median(base)];
    return { bench: 'retention-files', ours_s: o, baseline_s: b, ratio: o / b, gate: 'pass', files: size };
  },
};
