/**
 * One pair of hands: looks into folders, and deletes in them what it chose there. Works in this thread or in one of its own
 * (crew.ts); what is due, held and kept it is told. Each opens the root for itself, so that no descriptor is shared: a number
 * that one thread closes and another still uses would be another folder.
 */
import { hash } from 'node:crypto';
import { closeSync, fstatSync, type Stats } from 'node:fs';
import { isNothing, matches, within } from '../kit/condition.ts';
import type { Bucket, Condition, Dataset, Guard, Item } from '../kit/index.ts';
import { heart, type Beat } from '../kit/heart.ts';
import { ConnectorFault } from '../kit/receipt.ts';
import { asItem, lookerAt, shapeOf, treeOf, type Sighting, type Tree } from './items.ts';
import { namesOf, type Names } from './trace.ts';
import {
  at,
  closeRoot,
  deleteIn,
  expectedOf,
  isGone,
  list,
  openFolder,
  openQuarantine,
  openRoot,
  partsOf,
  pruneEmpty,
  statOf,
  unreadable,
  type Expected,
  type Listing,
  type Root,
} from './tree.ts';

/** What a walk is for. Plain data: it travels to another thread. */
export interface Brief {
  readonly root: string;
  /** The root that is meant; should the path lead to another by now, nothing is done. */
  readonly ino: number;
  readonly dev: number;
  readonly dataset: Dataset;
  readonly hostRoot: string | null;
  readonly where: Condition;
  readonly clock: string | null;
  readonly task: Sweep | Census;
  /** Set when the lock of the batch is lost (kit/heart.ts). */
  readonly lost: Int32Array | null;
}

export interface Sweep {
  readonly is: 'sweep';
  readonly guard: Guard;
  readonly limit: number;
  readonly judged: boolean;
}

export interface Census {
  readonly is: 'census';
  readonly buckets: readonly Bucket[];
  readonly samples: number;
  readonly sizes: boolean;
}

/**
 * What one folder has to say. The order of a walk: the files of a folder by name, then its folders by name. `after` is a place
 * in that order, as the names of a path: "a/b.wav" is after that file, "a/" before all that is in that folder.
 */
export interface Look {
  readonly entries: number;
  /** Folders in it that are worth a look, in order ("a/b/"). */
  readonly folders: readonly string[];
  readonly picked: Picked | null;
  readonly counted: Counted | null;
}

export interface Picked {
  readonly held: number;
  readonly retainedBy: Readonly<Record<string, number>>;
  readonly chosen: Weight;
  /** By which to look for the chosen files again. */
  readonly names: Names;
  /** The last name that was looked at, when the limit was reached there. */
  readonly stoppedAt: string | null;
}

/** Of a number of files together. Times are milliseconds; the prints of folders are XORed. */
export interface Weight {
  readonly items: number;
  readonly bytes: number;
  readonly oldest: number;
  readonly newest: number;
  readonly print: Uint8Array | null;
}

export interface Counted {
  readonly buckets: Readonly<Record<string, Weight>>;
  readonly samples: readonly Readonly<Record<string, string>>[];
}

export interface Taken {
  readonly done: number;
  readonly absent: number;
  readonly refused: number;
  /** Left for the next batch: the time of this one was up. */
  readonly late: number;
  readonly bytes: number;
}

export interface Chosen {
  readonly name: string;
  readonly expected: Expected | null;
  /** Kept only where somebody still has to judge. */
  readonly seen: Sighting | null;
}

/** Long work in pieces: whoever works in the thread of the program lets others have their turn in between. */
export type Work<T> = Generator<void, T>;
const piece = 2_000;

export function toEnd<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

export interface Hand {
  look(id: number, folder: string, after: readonly string[]): Work<Look>;
  /** What was chosen in this look, as items, and which of them shall go. */
  itemsOf(id: number): Item[];
  keep(id: number, goes: readonly boolean[]): Pick<Picked, 'chosen' | 'names'>;
  /** `since`: when the lock of the batch was certainly held (kit/heart.ts). */
  take(ids: readonly number[], since: number): Work<Taken>;
  dismiss(): void;
}

export function handFor(brief: Brief): Hand {
  const root = openRoot(brief.root);
  if (root.ino !== brief.ino || root.dev !== brief.dev) {
    closeRoot(root);
    throw new ConnectorFault('unreachable', 'the root of this source is another folder than before', {
      retry: true,
      nl: 'de map van deze bron is een andere dan eerst',
    });
  }
  const tree = treeOf(brief.dataset, brief.hostRoot);
  const { clock } = brief;
  const choices = new Map<number, { readonly folder: string; chosen: readonly Chosen[] }>();
  const chosenIn = (id: number): readonly Chosen[] => choices.get(id)?.chosen ?? [];
  return {
    *look(id, folder, after) {
      const fd = tryOpen(root, folder);
      if (fd === null) return { entries: 0, folders: [], picked: null, counted: null };
      try {
        const { names, folders } = comingAfter(list(root, fd), after);
        const here: Here = { tree, fd, folder, names, where: within(brief.where, folder), clock };
        const worth = folders.map((name) => `${folder}${name}/`).filter((path) => !isNothing(within(here.where, path)));
        const { task } = brief;
        if (task.is === 'census')
          return { entries: names.length, folders: worth, picked: null, counted: yield* count(here, task) };
        const { picked, chosen } = yield* pick(here, task);
        if (chosen.length > 0) choices.set(id, { folder, chosen });
        return { entries: names.length, folders: worth, picked, counted: null };
      } finally {
        if (fd !== root.fd) closeSync(fd);
      }
    },
    itemsOf: (id) => chosenIn(id).flatMap(({ seen, expected }) => (seen ? [asItem(seen, expected?.size ?? null)] : [])),
    keep: (id, goes) => {
      const choice = choices.get(id);
      if (!choice) return { chosen: nothingWeighed, names: namesOf([]) };
      choice.chosen = choice.chosen.filter((_, i) => goes[i] !== false);
      const weight = startWeight();
      for (const { seen, expected } of choice.chosen) add(weight, seen, clock, expected?.size ?? 0);
      return { chosen: { ...weight, print: printOf(choice.folder, choice.chosen) }, names: namesOf(choice.chosen) };
    },
    *take(ids, since) {
      let total: Taken = noneTaken;
      const beat = heart(since, brief.lost);
      const quarantine = tree.nameDecides || ids.length === 0 ? null : openQuarantine(root);
      try {
        for (const id of ids) {
          const choice = choices.get(id);
          if (choice) total = addTaken(total, yield* takeIn(root, quarantine, choice.folder, choice.chosen, beat));
          choices.delete(id);
        }
      } finally {
        if (quarantine !== null) closeSync(quarantine);
      }
      return total;
    },
    dismiss: () => closeRoot(root),
  };
}

/** Null when the folder is gone, or lies on another file system. */
function tryOpen(root: Root, folder: string): number | null {
  if (folder === '') return root.fd;
  let fd: number;
  try {
    fd = openFolder(root, folder.slice(0, -1).split('/'));
  } catch (cause) {
    if (isGone(cause)) return null;
    throw unreadable(cause);
  }
  if (fstatSync(fd).dev === root.dev) return fd;
  closeSync(fd);
  return null;
}

/** The names after the first of these within this folder; with more than one of them the place is in that folder of it. */
function comingAfter(
  listing: Listing,
  after: readonly string[],
): { names: readonly string[]; folders: readonly string[] } {
  const { files, folders } = listing;
  const [first, ...rest] = after;
  if (first === undefined) return { names: files, folders };
  if (rest.length === 0) return { names: files.filter((name) => name > first), folders };
  return { names: [], folders: folders.filter((name) => name >= first) };
}

interface Here {
  readonly tree: Tree;
  readonly fd: number;
  readonly folder: string;
  readonly names: readonly string[];
  readonly where: Condition;
  readonly clock: string | null;
}

/** The file that is being looked at, and what was seen of it: null when it is gone, undefined when nobody looked. */
function fileIn(fd: number) {
  const file = {
    name: '',
    known: undefined as Stats | null | undefined,
    turnTo: (name: string): void => {
      file.name = name;
      file.known = undefined;
    },
    stat: (): Stats | null => (file.known === undefined ? (file.known = statOf(fd, file.name)) : file.known),
  };
  return file;
}

function* pick(here: Here, task: Sweep): Work<{ picked: Picked; chosen: Chosen[] }> {
  const { tree, fd, folder, names, where } = here;
  const { dataset } = tree;
  const held = within(task.guard.held, folder);
  const kept = task.guard.kept.map((one) => ({ reason: one.reason, where: within(one.where, folder) }));
  const file = fileIn(fd);
  const lookAt = lookerAt(tree, folder);
  const chosen: Chosen[] = [];
  const weight = startWeight();
  const retainedBy: Record<string, number> = {};
  let heldBack = 0;
  let stoppedAt: string | null = null;
  for (let i = 0; i < names.length; i += 1) {
    if (i % piece === piece - 1) yield;
    const name = names[i] ?? '';
    file.turnTo(name);
    const seen = lookAt(name, file.stat);
    if (!seen || !matches(dataset, seen, where)) continue;
    if (matches(dataset, seen, held)) {
      heldBack += 1;
      continue;
    }
    const reason = kept.find((one) => matches(dataset, seen, one.where))?.reason;
    if (reason !== undefined) {
      retainedBy[reason] = (retainedBy[reason] ?? 0) + 1;
      continue;
    }
    if (file.known === null) continue;
    // Where nobody had to look at the file itself, its name decides.
    const expected = file.known ? expectedOf(file.known) : null;
    add(weight, seen, here.clock, expected?.size ?? 0);
    chosen.push({ name, expected, seen: task.judged ? seen : null });
    if (chosen.length >= task.limit) {
      stoppedAt = name;
      break;
    }
  }
  const print = printOf(folder, chosen);
  const picked = { held: heldBack, retainedBy, chosen: { ...weight, print }, names: namesOf(chosen), stoppedAt };
  return { picked, chosen };
}

function* count(here: Here, task: Census): Work<Counted> {
  const { tree, fd, folder, names, clock } = here;
  const { dataset } = tree;
  const all = task.buckets.map(({ name, where, shared }) => ({
    name,
    where: within(where, folder),
    shared: shared === true,
    weight: startWeight(),
  }));
  const buckets = all.filter((one) => !one.shared);
  const shared = all.filter((one) => one.shared);
  const samples: Record<string, string>[] = [];
  const file = fileIn(fd);
  const lookAt = lookerAt(tree, folder);
  for (let i = 0; i < names.length; i += 1) {
    if (i % piece === piece - 1) yield;
    const name = names[i] ?? '';
    file.turnTo(name);
    const seen = lookAt(name, file.stat);
    if (!seen || !matches(dataset, seen, here.where)) continue;
    const bucket = buckets.find((one) => matches(dataset, seen, one.where));
    const beside = shared.length === 0 ? shared : shared.filter((one) => matches(dataset, seen, one.where));
    if (!bucket && beside.length === 0) continue;
    const bytes = task.sizes ? (file.stat()?.size ?? 0) : 0;
    for (const one of beside) add(one.weight, seen, clock, bytes);
    if (!bucket) continue;
    add(bucket.weight, seen, clock, bytes);
    if (bucket === buckets.at(-1) && samples.length < task.samples)
      samples.push({ path: shapeOf(folder + name), bytes: String(bytes) });
  }
  return { buckets: Object.fromEntries(all.map(({ name, weight }) => [name, weight])), samples };
}

type Weighing = { -readonly [K in keyof Weight]: Weight[K] };

function startWeight(): Weighing {
  return { items: 0, bytes: 0, oldest: Number.POSITIVE_INFINITY, newest: Number.NEGATIVE_INFINITY, print: null };
}

export const nothingWeighed: Weight = startWeight();

function add(weight: Weighing, seen: Sighting | null, clock: string | null, bytes: number): void {
  weight.items += 1;
  weight.bytes += bytes;
  const ms = clock === null ? undefined : seen?.at[clock]?.epochMilliseconds;
  if (ms === undefined) return;
  if (ms < weight.oldest) weight.oldest = ms;
  if (ms > weight.newest) weight.newest = ms;
}

/** SHA-256 of the folder and the names in it, each ended by a NUL: no name holds one. */
export function printOf(folder: string, chosen: readonly Pick<Chosen, 'name'>[]): Uint8Array | null {
  if (chosen.length === 0) return null;
  return Uint8Array.from(hash('sha256', `${folder}\0${chosen.map(({ name }) => name).join('\0')}\0`, 'buffer'));
}

export function addWeight(a: Weight, b: Weight): Weight {
  let print = a.print ?? b.print;
  if (a.print && b.print) mix((print = a.print.slice()), b.print);
  return {
    items: a.items + b.items,
    bytes: a.bytes + b.bytes,
    oldest: Math.min(a.oldest, b.oldest),
    newest: Math.max(a.newest, b.newest),
    print,
  };
}

/** XOR: the order in which folders are looked at, and by whom, changes nothing. */
function mix(sum: Uint8Array, more: Uint8Array): void {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) ^ (more[i] ?? 0);
}

export const noneTaken: Taken = { done: 0, absent: 0, refused: 0, late: 0, bytes: 0 };

export function addTaken(a: Taken, b: Taken): Taken {
  return {
    done: a.done + b.done,
    absent: a.absent + b.absent,
    refused: a.refused + b.refused,
    late: a.late + b.late,
    bytes: a.bytes + b.bytes,
  };
}

/** Deletes these files of one folder, and the folder when it is empty then. */
export function* takeIn(
  root: Root,
  quarantine: number | null,
  folder: string,
  chosen: readonly { readonly name: string; readonly expected: Expected | null }[],
  beat: Beat,
): Work<Taken> {
  const parts = folder === '' ? [] : partsOf(folder.slice(0, -1));
  let fd: number;
  try {
    if (!parts) return { ...noneTaken, refused: chosen.length };
    fd = openFolder(root, parts);
  } catch (cause) {
    const gone = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'refused';
    return { ...noneTaken, [gone]: chosen.length };
  }
  const total = { ...noneTaken };
  const here = at(fd, '');
  try {
    for (let i = 0; i < chosen.length; i += 1) {
      if (i % piece === piece - 1) yield;
      const one = chosen[i];
      if (!one) continue;
      if (!beat()) {
        total.late = chosen.length - i;
        break;
      }
      const { gone, bytes } = deleteIn(root, quarantine, here + one.name, one.expected);
      total[gone] += 1;
      total.bytes += bytes;
    }
  } finally {
    closeSync(fd);
  }
  pruneEmpty(root, parts, Date.now());
  return total;
}
