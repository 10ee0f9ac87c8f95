/** The deeds on files. There is no transaction: what is about to go is recorded first, then each file goes alone. */
import { closeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import {
  matches,
  noCounts,
  type Batch,
  type Condition,
  type Counts,
  type DeedOptions,
  type Guard,
  type Item,
  type Verdict,
} from '../kit/index.ts';
import { itemsOf, toItem, type Tree } from './items.ts';
import {
  closeRoot,
  deleteIn,
  openFolder,
  openQuarantine,
  openRoot,
  partsOf,
  pruneEmpty,
  type Expected,
  type Gone,
  type Root,
} from './tree.ts';

interface Chosen {
  readonly item: Item;
  readonly path: string;
  readonly expected: Expected | null;
}

/** Breathing space for the rest of the program within a long walk. */
const breathe = 2_000;

export async function sweepBatch(
  tree: Tree,
  rootPath: string,
  where: Condition,
  clock: string,
  options: DeedOptions,
): Promise<Batch> {
  const root = openRoot(rootPath);
  try {
    const guard = await options.guard();
    const found = await choose(tree, root, where, guard, options);
    return await carryOut(tree, root, found, clock, options);
  } finally {
    closeRoot(root);
  }
}

/** No clock looks at the file: its name says all that a condition can ask. */
function nameDecides(tree: Tree): boolean {
  return Object.values(tree.dataset.clocks).every((clock) => clock.readings.every((reading) => !('mtime' in reading)));
}

interface Choice {
  readonly chosen: readonly Chosen[];
  readonly counts: Counts;
  readonly retainedBy: Readonly<Record<string, number>>;
  readonly next: string | null;
}

async function choose(tree: Tree, root: Root, where: Condition, guard: Guard, options: DeedOptions): Promise<Choice> {
  const chosen: Chosen[] = [];
  const byName = nameDecides(tree);
  const retainedBy: Record<string, number> = {};
  const counts = { ...noCounts };
  let seen = 0;
  for (const { item, found } of itemsOf(tree, root, where, options.cursor, false)) {
    seen += 1;
    if (seen % breathe === 0) {
      await new Promise((done) => setImmediate(done));
      options.signal?.throwIfAborted();
    }
    if (keptBack(tree, item, guard, counts, retainedBy)) continue;
    const stat = byName ? null : found.stat();
    if (byName) chosen.push({ item, path: found.path, expected: null });
    if (stat)
      chosen.push({
        item: { ...item, bytes: stat.size },
        path: found.path,
        expected: { ino: stat.ino, size: stat.size },
      });
    if (chosen.length >= options.limit) return { chosen, counts, retainedBy, next: found.path };
  }
  return { chosen, counts, retainedBy, next: null };
}

type Counting = { -readonly [K in keyof Counts]: Counts[K] };

/** Whether a hold or a statute keeps this item, and counts it there. */
function keptBack(tree: Tree, item: Item, guard: Guard, counts: Counting, retainedBy: Record<string, number>): boolean {
  if (matches(tree.dataset, item, guard.held)) {
    counts.held += 1;
    return true;
  }
  const reason = guard.kept.find((one) => matches(tree.dataset, item, one.where))?.reason;
  if (reason === undefined) return false;
  counts.retained += 1;
  retainedBy[reason] = (retainedBy[reason] ?? 0) + 1;
  return true;
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
    const chosen: Chosen[] = [];
    const retainedBy: Record<string, number> = {};
    const counts = { ...noCounts };
    for (const path of paths) {
      // A path that fits no template is not an item of this dataset: it is not ours to delete.
      const item = partsOf(path) ? toItem(tree, path, () => null, false) : null;
      if (!item) counts.failed += 1;
      else if (!keptBack(tree, item, guard, counts, retainedBy)) chosen.push({ item, path, expected: null });
    }
    return await carryOut(tree, root, { chosen, counts, retainedBy, next: null }, null, options);
  } finally {
    closeRoot(root);
  }
}

async function carryOut(
  tree: Tree,
  root: Root,
  choice: Choice,
  clock: string | null,
  options: DeedOptions,
): Promise<Batch> {
  const verdicts: readonly Verdict[] = options.judge ? await options.judge(choice.chosen.map((one) => one.item)) : [];
  const going = choice.chosen.filter((_, i) => verdicts[i]?.go !== false);
  const retainedBy: Record<string, number> = { ...choice.retainedBy };
  const partialAt: Record<string, number> = {};
  const counts = { ...choice.counts };
  for (const verdict of verdicts) {
    if (verdict.go) continue;
    counts[verdict.outcome] += 1;
    if (verdict.outcome === 'retained') retainedBy[verdict.reason] = (retainedBy[verdict.reason] ?? 0) + 1;
    if (verdict.outcome === 'partial') partialAt[verdict.layer] = (partialAt[verdict.layer] ?? 0) + 1;
  }
  const times = going
    .flatMap(({ item }) => (clock === null ? [] : [item.at[clock] ?? null]))
    .filter((at) => at !== null);
  times.sort((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  const batch: Batch = {
    counts: { ...counts, done: going.length },
    retainedBy,
    partialAt,
    oldest: times[0] ?? null,
    newest: times.at(-1) ?? null,
    bytes: going.reduce((sum, one) => sum + (one.item.bytes ?? 0), 0),
    fingerprint: fingerprint(going.map((one) => one.path)),
    next: choice.next,
    place: null,
  };
  await options.prepared(batch);
  const result = deleteAll(tree, root, going);
  return {
    ...batch,
    counts: {
      ...batch.counts,
      done: result.done,
      absent: counts.absent + result.absent,
      failed: counts.failed + result.refused,
    },
    bytes: Math.max(result.bytes, 0),
  };
}

function deleteAll(
  tree: Tree,
  root: Root,
  going: readonly Chosen[],
): { done: number; absent: number; refused: number; bytes: number } {
  const total = { done: 0, absent: 0, refused: 0, bytes: 0 };
  if (going.length === 0) return total;
  const quarantine = nameDecides(tree) ? null : openQuarantine(root);
  const now = Date.now();
  let folder: { name: string; parts: string[]; fd: number } | null = null;
  const leave = (): void => {
    if (!folder) return;
    closeSync(folder.fd);
    pruneEmpty(root, folder.parts, now);
    folder = null;
  };
  try {
    for (const { path, expected } of going) {
      const slash = path.lastIndexOf('/');
      const name = slash < 0 ? '' : path.slice(0, slash);
      if (folder === null || folder.name !== name) {
        leave();
        const opened = enter(root, name);
        if (typeof opened === 'string') {
          total[opened] += 1;
          continue;
        }
        folder = opened;
      }
      const { gone, bytes } = deleteIn(root, quarantine, folder.fd, path.slice(slash + 1), expected);
      total[gone] += 1;
      total.bytes += bytes;
    }
  } finally {
    leave();
    if (quarantine !== null) closeSync(quarantine);
  }
  return total;
}

function enter(root: Root, name: string): { name: string; parts: string[]; fd: number } | Exclude<Gone, 'done'> {
  const parts = name === '' ? [] : partsOf(name);
  if (!parts) return 'refused';
  try {
    return { name, parts, fd: openFolder(root, parts) };
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'refused';
  }
}

/** Order-independent: XOR of the SHA-256 of each path. For the sealed details only. */
function fingerprint(paths: readonly string[]): string | null {
  if (paths.length === 0) return null;
  const sum = Buffer.alloc(16);
  for (const path of paths) {
    const hash = createHash('sha256').update(path).digest();
    for (let i = 0; i < 16; i += 1) sum[i] = (sum[i] ?? 0) ^ (hash[i] ?? 0);
  }
  return sum.toString('hex');
}
