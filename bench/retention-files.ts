/**
 * Half of the files past their term, by the date in their name, one camera held: a run of ours (intent, guarded batches,
 * journal, receipts, signed checkpoint) against find -delete on an equal tree, which is told which camera to leave alone.
 * What find does not do at all stands beside it: reading the tree again after, by another road.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { readConfig } from '../src/app/config.ts';
import { makeHome, places, program } from '../src/app/home.ts';
import { openWorld } from '../src/app/world.ts';
import type { Batch, Connector, Guard } from '../src/connectors/kit/index.ts';
import { openDatabase } from '../src/database/index.ts';
import { placeHold } from '../src/promises/holds/service.ts';
import { approvePlan, makePlan } from '../src/promises/retention/plan.ts';
import { reportRun, startRun, work } from '../src/promises/retention/run.ts';
import type { World } from '../src/promises/world.ts';
import { gate, median, timed, type Bench, type BenchOptions } from './bench.ts';
import type { Planting } from './plant.worker.ts';

const run = promisify(execFile);
const person = { name: 'bench' };
const inFolder = 1000;

/** Folders of a thousand files; every second is due; the first folder is of the camera that a matter is about. */
async function plant(root: string, folders: number, now: number): Promise<void> {
  const workerData: Planting = { root, folders, files: inFolder, now };
  const worker = new Worker(new URL('plant.worker.ts', import.meta.url), { workerData });
  await new Promise<void>((done, failed) => {
    worker.on('error', failed);
    worker.on('exit', () => done());
  });
}

/** Number and names of what is left, as the system tells them. */
async function survivors(root: string): Promise<{ files: number; names: string }> {
  const list = 'cd "$1" && find . -type f | LC_ALL=C sort > ../left && wc -l < ../left && sha256sum < ../left';
  const [files = '', names = ''] = (await run('sh', ['-c', list, 'sh', root])).stdout.split('\n');
  return { files: Number(files), names };
}

async function makeWorld(options: BenchOptions, root: string) {
  const home = join(options.home, 'home');
  mkdirSync(home, { recursive: true });
  makeHome(home);
  writeFileSync(places(home).policy, readFileSync(join(program, 'policies/it-provider/policy.yaml')));
  writeFileSync(
    places(home).estate,
    `gestand: 1
systems:
  - { id: cameras, title: { nl: a, en: a }, profile: motion, role: controller, location: { country: NL, place: Haps }, sources: { video: { connector: files, root: ${JSON.stringify(root)} } } }
`,
  );
  const admin = openDatabase({ url: options.urlOf('gestand') });
  await sql.raw('create database store_files').execute(admin.db);
  await admin.close();
  const config = readConfig({ GESTAND_HOME: home, GESTAND_DATABASE_URL: options.urlOf('store_files') }, false);
  const world = await openWorld({ config });
  await placeHold(world, person, {
    matter: 'm',
    kind: 'criminal',
    reason: 'r',
    legalBasis: 'b',
    prospective: true,
    scope: [{ is: 'place', place: 'held', from: null, to: null, datasets: [] }],
  });
  return world;
}

/** Seconds of a run: choosing and deleting, and reading the tree again after; the rest is lock, guard, journal and evidence. */
interface Parts {
  deed: number;
  reread: number;
  batches: number;
}

/** The run as a worker does it, step by step. */
async function apply(world: World & { flush(): Promise<unknown> }, plan: string, due: number): Promise<Parts> {
  const parts: Parts = { deed: 0, reread: 0, batches: 0 };
  const counted = async <T>(part: 'deed' | 'reread', sign: 1 | -1, look: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const seen = await look();
    parts[part] += (sign * (performance.now() - start)) / 1000;
    return seen;
  };
  const connector = async (system: string, source: string): Promise<Connector> => {
    const plain = await world.systems.connector(system, source);
    return {
      ...plain,
      verify: (...asked) => counted('reread', 1, () => plain.verify(...asked)),
      sweep: (dataset, where, clock, options) => {
        parts.batches += 1;
        const guard = (): Promise<Guard> => counted('deed', -1, options.guard);
        const prepared = (batch: Batch): Promise<void> => counted('deed', -1, () => options.prepared(batch));
        return counted('deed', 1, () => plain.sweep(dataset, where, clock, { ...options, guard, prepared }));
      },
    };
  };
  const { run: id, steps } = await startRun(world, plan);
  for (const step of steps) await work({ ...world, systems: { ...world.systems, connector } }, step.id, true);
  await world.flush();
  const report = await reportRun(world, id);
  gate(report?.state === 'complete' && report.lines[0]?.done === due, JSON.stringify(report));
  return parts;
}

export const retentionFiles: Bench = {
  name: 'retention-files',
  run: async (options) => {
    const size = options.size ?? 1_000_000;
    const [a, b] = [join(options.home, 'a'), join(options.home, 'b')];
    for (const root of [a, b]) mkdirSync(root);
    const world = await makeWorld(options, a);
    const folders = Math.max(2, Math.floor(size / inFolder));
    const left = folders * inFolder - (folders - 1) * (inFolder / 2);
    const ours: number[] = [];
    const base: number[] = [];
    const whole: number[] = [];
    const deed: number[] = [];
    let rss = 0;
    for (let round = 0; round < options.rounds; round += 1) {
      const now = Date.now();
      await Promise.all([plant(a, folders, now), plant(b, folders, now)]);
      const plan = await makePlan(world, world.clock());
      await approvePlan(world, person, plan.plan);
      const line = plan.lines.find((one) => one.dataset === 'video');
      gate(line?.due === folders * inFolder - left && line.held === inFolder / 2, JSON.stringify(plan.lines));
      execFileSync('sync');
      let parts: Parts = { deed: 0, reread: 0, batches: 0 };
      const one = async (): Promise<void> => void (parts = await apply(world, plan.plan, line?.due ?? 0));
      const keep = ['!', '-path', join(b, 'held', '*')];
      const other = (): Promise<unknown> =>
        run('find', [b, '-type', 'f', '!', '-newermt', line?.cutoff ?? '', ...keep, '-delete']);
      if (round % 2 === 1) base.push(await timed(other));
      whole.push(await timed(one));
      ours.push((whole.at(-1) ?? 0) - parts.reread);
      deed.push(parts.deed);
      if (round % 2 === 0) base.push(await timed(other));
      rss = Math.max(rss, process.memoryUsage().rss);
      const [there, here] = [await survivors(b), await survivors(a)];
      gate(here.files === left && here.names === there.names, `${here.files} and ${there.files} left of ${left}`);
      const told = `${parts.batches} batches: ${parts.deed.toFixed(2)} s of choosing and deleting; and ${parts.reread.toFixed(2)} s of re-reading`;
      options.log(`round ${round + 1}: ours ${ours.at(-1)?.toFixed(2)} s (${told}), find ${base.at(-1)?.toFixed(2)} s`);
      for (const root of [a, b]) {
        rmSync(root, { recursive: true });
        mkdirSync(root);
      }
    }
    await world.close();
    const [o, f] = [median(ours), median(base)];
    return {
      bench: 'retention-files',
      ours_s: o,
      baseline_s: f,
      ratio: o / f,
      gate: 'pass',
      files: size,
      deed_s: median(deed),
      whole_run_s: median(whole),
      rss_mb: Math.round(rss / 1e6),
    };
  },
};
