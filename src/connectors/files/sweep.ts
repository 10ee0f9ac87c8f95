/** The deeds on files. There is no transaction: what is about to go is recorded first, then each file goes alone. */
import { closeSync } from 'node:fs';
import { instantFromEpochMs } from '../../base/time.ts';
import { matches, noCounts, type Batch, type Condition, type DeedOptions, type Verdict } from '../kit/index.ts';
import { flagOf, heart, type Beat } from '../kit/heart.ts';
import { alone, engage, type Crew, type Seen, type Workforce } from './crew.ts';
import {
  addTaken,
  addWeight,
  noneTaken,
  nothingWeighed,
  printOf,
  takeIn,
  toEnd,
  type Taken,
  type Weight,
} from './hand.ts';
import { asItem, sight, type Sighting, type Tree } from './items.ts';
import { traceOf, type Names } from './trace.ts';
import { closeRoot, openQuarantine, openRoot, partsOf, type Root } from './tree.ts';

export async function sweepBatch(
  tree: Tree,
  rootPath: string,
  where: Condition,
  clock: string,
  options: DeedOptions,
  workforce: Workforce,
): Promise<Batch> {
  const root = openRoot(rootPath);
  try {
    const { dev, ino } = root;
    const { dataset, hostRoot } = tree;
    const guard = await options.guard();
    const task = { is: 'sweep', guard, limit: options.limit, judged: options.judge !== undefined } as const;
    const { judge } = options;
    const brief = { root: rootPath, dev, ino, dataset, hostRoot, where, clock, task, lost: flagOf(options.lost) };
    const crew = await engage(brief, judge ? alone : workforce);
    try {
      const choice = await choose(crew, options);
      const verdicts = judge ? await judge(choice.seen.flatMap((one) => crew.itemsOf(one))) : [];
      const { going, names } = judge ? keep(crew, choice.seen, verdicts) : choice;
      const trace = going.items > 0 ? traceOf(root, names) : null;
      return await carryOut({ ...choice, going, trace }, verdicts, options, (since) => crew.take(choice.seen, since));
    } finally {
      await crew.dismiss();
    }
  } finally {
    closeRoot(root);
  }
}

interface Choice {
  readonly held: number;
  readonly retainedBy: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly going: Weight;
  readonly next: string | null;
}

/** What goes, and the names of it in each folder. */
interface Going {
  readonly going: Weight;
  readonly names: readonly (readonly [folder: string, ...Names])[];
}

/** Folder after folder, until the batch is full: one that would make it too large begins the next. */
async function choose(crew: Crew, options: DeedOptions): Promise<Choice & Going & { readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const names: [string, ...Names][] = [];
  const retainedBy: Record<string, number> = {};
  let held = 0;
  let going = nothingWeighed;
  let looked = 0;
  const ahead = (): number => Math.ceil((options.limit - going.items) / Math.max(1, going.items / Math.max(1, looked)));
  const end = (next: string | null) => ({ seen, held, retainedBy, failed: 0, going, names, next });
  const after = options.cursor?.split('/') ?? [];
  for await (const one of crew.survey(after, ahead, options.signal)) {
    const { picked } = one.look;
    if (!picked) continue;
    if (going.items > 0 && going.items + picked.chosen.items > options.limit) return end(startOf(one));
    looked += 1;
    held += picked.held;
    addCounts(retainedBy, picked.retainedBy);
    going = addWeight(going, picked.chosen);
    if (picked.chosen.items > 0) {
      seen.push(one);
      names.push([one.visit.folder, ...picked.names]);
    }
    if (picked.stoppedAt !== null) return end(one.visit.folder + picked.stoppedAt);
  }
  return end(null);
}

/** Where this look began. */
function startOf({ visit }: Seen): string {
  return visit.folder + visit.after.join('/');
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}

/** Tells each look which of its files may go. */
function keep(crew: Crew, seen: readonly Seen[], verdicts: readonly Verdict[]): Going {
  let at = 0;
  let going = nothingWeighed;
  const names: [string, ...Names][] = [];
  for (const one of seen) {
    const items = one.look.picked?.chosen.items ?? 0;
    const goes = verdicts.slice(at, at + items).map((verdict) => verdict.go);
    const kept = crew.keep(one, goes);
    going = addWeight(going, kept.chosen);
    if (kept.chosen.items > 0) names.push([one.visit.folder, ...kept.names]);
    at += items;
  }
  return { going, names };
}

/** Deletes the files of these paths; the keys are relative to the root and checked to stay below it. */
export async function eraseKeys(
  tree: Tree,
  rootPath: string,
  paths: readonly string[],
  options: DeedOptions,
): Promise<Batch> {
  const root = openRoot(rootPath);
  try {
    const guard = await options.guard();
    const found: Sighting[] = [];
    const retainedBy: Record<string, number> = {};
    const counts = { held: 0, failed: 0 };
    for (const path of paths) {
      // A path that fits no template is not an item of this dataset: it is not ours to delete.
      const seen = partsOf(path) ? sight(tree, path, () => null) : null;
      if (!seen) counts.failed += 1;
      else if (matches(tree.dataset, seen, guard.held)) counts.held += 1;
      else {
        const reason = guard.kept.find((one) => matches(tree.dataset, seen, one.where))?.reason;
        if (reason === undefined) found.push(seen);
        else addCounts(retainedBy, { [reason]: 1 });
      }
    }
    const verdicts = options.judge ? await options.judge(found.map((seen) => asItem(seen, null))) : [];
    const going = found.filter((_, i) => verdicts[i]?.go !== false).map(({ key }) => String(key[0]));
    const folders = [...Map.groupBy(going, (path) => path.slice(0, path.lastIndexOf('/') + 1))].map(
      ([folder, files]) => ({
        folder,
        files: files.map((path) => ({ name: path.slice(folder.length), expected: null })),
      }),
    );
    const weight = folders
      .map(({ folder, files }) => ({ ...nothingWeighed, items: files.length, print: printOf(folder, files) }))
      .reduce(addWeight, nothingWeighed);
    const choice = { ...counts, retainedBy, going: weight, next: null, trace: null };
    return await carryOut(choice, verdicts, options, (since) =>
      Promise.resolve(takePaths(tree, root, folders, heart(since, flagOf(options.lost)))),
    );
  } finally {
    closeRoot(root);
  }
}

function takePaths(tree: Tree, root: Root, folders: readonly Folder[], beat: Beat): Taken {
  const quarantine = tree.nameDecides ? null : openQuarantine(root);
  try {
    return folders
      .map(({ folder, files }) => toEnd(takeIn(root, quarantine, folder, files, beat)))
      .reduce(addTaken, noneTaken);
  } finally {
    if (quarantine !== null) closeSync(quarantine);
  }
}

interface Folder {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly expected: null }[];
}

async function carryOut(
  choice: Choice & { readonly trace: string | null },
  verdicts: readonly Verdict[],
  options: DeedOptions,
  take: (since: number) => Promise<Taken>,
): Promise<Batch> {
  const { going, held, failed, next, trace } = choice;
  const retainedBy: Record<string, number> = { ...choice.retainedBy };
  const partialAt: Record<string, number> = {};
  const counts = { ...noCounts, held, failed };
  for (const verdict of verdicts) {
    if (verdict.go) continue;
    if (verdict.outcome === 'retained') addCounts(retainedBy, { [verdict.reason]: 1 });
    else counts[verdict.outcome] += 1;
    if (verdict.outcome === 'partial') addCounts(partialAt, { [verdict.layer]: 1 });
  }
  counts.retained = sumOf(retainedBy);
  const batch: Batch = {
    counts: { ...counts, done: going.items },
    retainedBy,
    partialAt,
    oldest: Number.isFinite(going.oldest) ? instantFromEpochMs(going.oldest) : null,
    newest: Number.isFinite(going.newest) ? instantFromEpochMs(going.newest) : null,
    bytes: going.bytes,
    fingerprint: going.print && Buffer.from(going.print).toString('hex'),
    next,
    trace,
  };
  const since = Date.now();
  await options.prepared(batch);
  const { done, absent, refused, late, bytes } = going.items === 0 ? noneTaken : await take(since);
  const gone = { ...batch, counts: { ...batch.counts, done, absent: counts.absent + absent }, bytes };
  // What was left is chosen again, and what stays counted then: the next batch begins where this one did.
  if (late > 0 && trace !== null)
    return {
      ...gone,
      counts: { ...noCounts, done, absent },
      retainedBy: {},
      partialAt: {},
      fingerprint: null,
      next: options.cursor ?? fromTheStart,
    };
  return { ...gone, counts: { ...gone.counts, failed: counts.failed + refused + late } };
}

/** Before every name. */
const fromTheStart = '';
