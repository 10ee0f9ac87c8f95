/** The files connector: a local tree of recordings, video, documents. See docs/estate.md. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, lstatSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Text } from '../../base/language.ts';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import {
  any,
  ConnectorFault,
  everything,
  matches,
  not,
  type Census,
  type Condition,
  type Connector,
  type ConnectorContext,
  type Dataset,
  type DeedOptions,
  type Finding,
  type HoldOptions,
  type HoldReport,
  type Item,
  type ProbeReport,
  type Stat,
  type Verification,
  finding,
} from '../kit/index.ts';
import { engage, usual, type Workforce } from './crew.ts';
import { addWeight, nothingWeighed, type Census as Counting } from './hand.ts';
import { groupsIn, itemsOf, keysOf, shapeOf, sight, toItem, treeOf, type Tree } from './items.ts';
import { eraseKeys, sweepBatch } from './sweep.ts';
import { whereItWas } from './there.ts';
import { gone } from './trace.ts';
import {
  at,
  closeRoot,
  isGone,
  openFile,
  openFolder,
  openRoot,
  partsOf,
  quarantineName,
  unreadable,
  walk,
  type Root,
} from './tree.ts';

export const FilesSettings = z.strictObject({
  connector: z.literal('files'),
  /** Absolute path of the tree as this machine sees it. */
  root: z.string().min(1),
  /** The path under which the product itself writes the same tree, when its database holds absolute paths. */
  hostRoot: z.string().startsWith('/').optional(),
});
export type FilesSettings = z.output<typeof FilesSettings>;

const residue = ['blocks-until-overwritten', 'filesystem-journal', 'snapshots-not-seen'];

export const filesConnector = {
  kind: 'files',
  settings: FilesSettings,
  open: (settings: FilesSettings, context: ConnectorContext, workforce = usual) =>
    Promise.resolve(whereItWas(make(settings, context, workforce), settings.root, context.memory)),
};

function make(settings: FilesSettings, context: ConnectorContext, workforce: Workforce): Connector {
  const { root } = settings;
  const tree = (dataset: Dataset): Tree => treeOf(dataset, settings.hostRoot ?? root);
  const local = (where: Condition): Condition => relative(settings, where);
  // A hold may name a file as the product writes it too.
  const guarded = (options: DeedOptions): DeedOptions => ({
    ...options,
    guard: async () => {
      const { held, kept } = await options.guard();
      return { held: local(held), kept: kept.map((one) => ({ ...one, where: local(one.where) })) };
    },
  });
  return {
    describe: () => ({
      kind: 'files',
      operations: {
        inventory: 'native',
        locate: 'native',
        export: 'native',
        rectify: 'impossible',
        restrict: 'impossible',
        anonymise: 'impossible',
        erase: 'native',
        sweep: 'native',
        hold: 'emulated',
        verify: 'native',
      },
      atomic: false,
      level: 'V2',
      residue,
    }),
    probe: (datasets) => probe(settings, datasets),
    inventory: (dataset, where, clock, buckets, samples, sizes = true) =>
      inventory(
        root,
        tree(dataset),
        local(where),
        clock,
        { is: 'census', buckets: buckets.map((one) => ({ ...one, where: local(one.where) })), samples, sizes },
        workforce,
      ),
    locate: (dataset, where) => locate(settings, tree(dataset), where),
    export: (dataset, where) => exporting(settings, tree(dataset), local(where)),
    rectify: () =>
      Promise.reject(
        new ConnectorFault('refused', 'a file is not corrected in place', {
          retry: false,
          nl: 'een bestand wordt niet op zijn plaats verbeterd',
        }),
      ),
    restrict: () => Promise.resolve('impossible'),
    anonymise: () =>
      Promise.reject(
        new ConnectorFault('refused', 'a file cannot be made anonymous here', {
          retry: false,
          nl: 'een bestand is hier niet anoniem te maken',
        }),
      ),
    erase: (dataset, keys, options) =>
      eraseKeys(
        tree(dataset),
        root,
        keys.map((key) => relativeTo(settings, String(key[0] ?? ''))),
        guarded(options),
      ),
    sweep: (dataset, where, clock, options) =>
      sweepBatch(tree(dataset), root, local(where), clock, guarded(options), workforce),
    gone: (_dataset, trace, items) => gone(root, trace, items),
    split: async (_dataset, _where, _clock, parts) => split(root, parts),
    hold: (dataset, where, options) => hold(settings, context, tree(dataset), local(where), options),
    release: () => Promise.resolve(0),
    verify: (dataset, where) => verify(root, tree(dataset), local(where)),
    close: () => Promise.resolve(),
  };
}

/** A path as the product writes it, relative to our root; one outside stays as it is and fits no template. */
export function relativeTo(settings: Pick<FilesSettings, 'root' | 'hostRoot'>, path: string): string {
  for (const prefix of [settings.hostRoot, settings.root]) {
    if (prefix !== undefined && path.startsWith(`${prefix.replace(/\/+$/, '')}/`))
      return path.slice(prefix.replace(/\/+$/, '').length + 1);
  }
  return path;
}

function relative(settings: FilesSettings, where: Condition): Condition {
  if (where.is === 'key')
    return { is: 'key', oneOf: where.oneOf.map((key) => [relativeTo(settings, String(key[0] ?? ''))]) };
  if (where.is === 'all' || where.is === 'any') return { ...where, of: where.of.map((one) => relative(settings, one)) };
  return where.is === 'not' ? { is: 'not', of: relative(settings, where.of) } : where;
}

function withRoot<T>(path: string, work: (root: Root) => T): T {
  const root = openRoot(path);
  try {
    return work(root);
  } finally {
    closeRoot(root);
  }
}

async function inventory(
  path: string,
  { dataset, hostRoot }: Tree,
  where: Condition,
  clock: string | null,
  task: Counting,
  workforce: Workforce,
): Promise<Census> {
  const { dev, ino } = withRoot(path, (root) => root);
  const crew = await engage({ root: path, dev, ino, dataset, hostRoot, where, clock, task, lost: null }, workforce);
  const weights = new Map(task.buckets.map((bucket) => [bucket.name, nothingWeighed]));
  const shown: Readonly<Record<string, string>>[] = [];
  try {
    for await (const { look } of crew.survey([], () => Number.POSITIVE_INFINITY)) {
      for (const [name, weight] of Object.entries(look.counted?.buckets ?? {}))
        weights.set(name, addWeight(weights.get(name) ?? nothingWeighed, weight));
      shown.push(...(look.counted?.samples ?? []).slice(0, task.samples - shown.length));
    }
  } finally {
    await crew.dismiss();
  }
  const moment = (ms: number): Instant | null => (Number.isFinite(ms) ? instantFromEpochMs(ms) : null);
  const stats = [...weights].map(([name, { items, bytes, oldest, newest }]): [string, Stat] => [
    name,
    { items, bytes: task.sizes ? bytes : null, oldest: moment(oldest), newest: moment(newest) },
  ]);
  return { buckets: Object.fromEntries(stats), samples: shown };
}

async function* itemsAsync(path: string, tree: Tree, where: Condition): AsyncGenerator<Item> {
  const root = openRoot(path);
  let seen = 0;
  try {
    for (const item of itemsOf(tree, root, where)) {
      seen += 1;
      if (seen % 2_000 === 0) await new Promise((done) => setImmediate(done));
      yield item;
    }
  } finally {
    closeRoot(root);
  }
}

/**
 * Items named by key are looked at one by one and answered under the name that was asked: who asks by the host's absolute
 * path must know the answer again. Anything else is a walk.
 */
async function* locate(settings: FilesSettings, tree: Tree, where: Condition): AsyncIterable<Item> {
  const keys = keysOf(where);
  const local = relative(settings, where);
  if (keys === null) {
    yield* itemsAsync(settings.root, tree, local);
    return;
  }
  for (const key of keys) {
    const item = withRoot(settings.root, (root) => one(root, tree, relativeTo(settings, key)));
    if (item && matches(tree.dataset, item, local)) yield { ...item, key: [key] };
  }
}

function one(root: Root, tree: Tree, path: string): Item | null {
  const parts = partsOf(path);
  if (!parts) return null;
  try {
    const fd = openFolder(root, parts.slice(0, -1));
    try {
      const stat = lstatSync(at(fd, parts.at(-1) ?? ''), { throwIfNoEntry: false });
      return stat ? toItem(tree, path, () => stat) : null;
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    if (isGone(cause)) return null;
    throw unreadable(cause);
  }
}

async function* exporting(
  settings: FilesSettings,
  tree: Tree,
  where: Condition,
): AsyncIterable<Record<string, unknown>> {
  for await (const item of locate(settings, tree, where)) {
    const file = String(item.key[0] ?? '');
    const hash = createHash('sha256');
    for await (const chunk of contentOf(settings.root, file)) hash.update(chunk);
    yield { path: file, bytes: item.bytes, sha256: hash.digest('hex') };
  }
}

async function* contentOf(root: string, path: string): AsyncIterable<Uint8Array> {
  const opened = openRoot(root);
  const parts = partsOf(path) ?? [];
  try {
    const folder = openFolder(opened, parts.slice(0, -1));
    try {
      const file = openFile(opened, folder, parts.at(-1) ?? '');
      for await (const chunk of createReadStream('', { fd: file })) yield chunk as Uint8Array;
    } finally {
      closeSync(folder);
    }
  } finally {
    closeRoot(opened);
  }
}

/** So many folders are named at most: beyond that the work goes in one share, whose folders the threads divide. */
const nameable = 2_000;

/** By top-level folder, so that two workers never meet in one. */
function split(path: string, parts: number): Condition[] {
  const entries = entriesOf(path, false).filter((entry) => entry.name !== quarantineName);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => `${entry.name}/`);
  if (folders.length < 2 || folders.length > nameable) return [everything];
  const under: Condition[] = folders.map((folder) => ({ is: 'under', folder }));
  const size = Math.ceil(under.length / Math.max(1, parts));
  const shares = Array.from({ length: Math.ceil(under.length / size) }, (_, i) =>
    any(...under.slice(i * size, (i + 1) * size)),
  );
  // Files in the root itself, and folders that come later, belong to the last share.
  return [...shares, not(any(...under))];
}

async function hold(
  settings: FilesSettings,
  context: ConnectorContext,
  tree: Tree,
  where: Condition,
  options: HoldOptions,
): Promise<HoldReport> {
  let preserved = 0;
  let guarded = 0;
  for await (const item of locate(settings, tree, where)) {
    if (!tree.dataset.selfDeleting || !options.preserve) {
      guarded += 1;
      continue;
    }
    const file = String(item.key[0] ?? '');
    const handle = context.handle(tree.dataset, item.key);
    if (options.copied?.(handle) === item.bytes) {
      preserved += 1;
      continue;
    }
    const seen = createHash('sha256');
    const kept = await options.preserve(
      handle,
      (async function* () {
        for await (const chunk of contentOf(settings.root, file)) {
          seen.update(chunk);
          yield chunk;
        }
      })(),
    );
    if (kept.sha256 !== seen.digest('hex'))
      throw new ConnectorFault('surprise', 'a copy of a held file is not what was read', {
        retry: true,
        nl: 'een kopie van een vastgehouden bestand is niet wat er gelezen is',
      });
    preserved += 1;
  }
  return { native: 0, preserved, guarded, risk: tree.dataset.selfDeleting && guarded > 0 ? 'host-deletes' : null };
}

/** What a folder holds, by its plain path; nothing when it went away while we looked, where that may be. */
function entriesOf(path: string, mayBeGone: boolean): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (mayBeGone && (code === 'ENOENT' || code === 'ENOTDIR')) return [];
    if (code === 'ENOENT')
      throw new ConnectorFault('unreachable', 'the root of this source is not there', {
        retry: true,
        nl: 'de map van deze bron is er niet',
        cause,
      });
    throw unreadable(cause);
  }
}

/** By another road than the sweep's: plain paths, plain readdir, in this thread; and the quarantine must be empty. */
async function verify(root: string, tree: Tree, where: Condition): Promise<Verification> {
  let [left, parked, seen] = [0, 0, 0];
  const look = async (folder: string): Promise<void> => {
    for (const entry of entriesOf(join(root, folder), folder !== '')) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      seen += 1;
      if (seen % 2_000 === 0) await new Promise((done) => setImmediate(done));
      if (entry.isDirectory()) await look(path);
      else if (folder === quarantineName) parked += 1;
      else if (entry.isFile()) {
        const item = sight(tree, path, () => lstatSync(join(root, path), { throwIfNoEntry: false }) ?? null);
        if (item && matches(tree.dataset, item, where)) left += 1;
      }
    }
  };
  await look('');
  return { level: left > 0 ? 'V0' : parked > 0 ? 'V1' : 'V2', left, orphans: { quarantine: parked }, residue };
}

async function probe(settings: FilesSettings, datasets: readonly Dataset[]): Promise<ProbeReport> {
  const trees = datasets.filter((dataset) => dataset.at.kind === 'tree').map((dataset) => treeOf(dataset));
  const findings: Finding[] = [];
  let root: Root;
  try {
    root = openRoot(settings.root);
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    return {
      reachable: false,
      version: null,
      findings: [finding('unreachable', null, cause.text, null)],
    };
  }
  const unknown = new Map<string, number>();
  const odd = { symlink: 0, special: 0, unnamed: 0 };
  try {
    if ((statSync(settings.root).mode & 0o002) !== 0)
      findings.push(finding('excess-privilege', null, texts.open, null));
    let seen = 0;
    for (const found of walk(root)) {
      seen += 1;
      if (seen % 2_000 === 0) await new Promise((done) => setImmediate(done));
      if (found.kind !== 'file') odd[found.kind] += 1;
      else if (!trees.some((tree) => groupsIn(tree.templates, found.path) ?? groupsIn(tree.ignore, found.path))) {
        const shape = shapeOf(found.path);
        unknown.set(shape, (unknown.get(shape) ?? 0) + 1);
      }
    }
  } finally {
    closeRoot(root);
  }
  const tell = (text: Text, items: number): void => {
    if (items > 0) findings.push(finding('unlisted-path', null, text, items));
  };
  for (const [shape, items] of unknown) tell(texts.unlisted(shape), items);
  tell(texts.links, odd.symlink);
  tell(texts.unnamed, odd.unnamed);
  tell(texts.special, odd.special);
  return { reachable: true, version: null, findings };
}

const texts = {
  open: {
    nl: 'iedereen mag schrijven in de map van deze bron',
    en: 'everyone may write in the root of this tree',
  },
  unlisted: (shape: string): Text => ({
    nl: `bestanden in "${shape}" passen bij geen sjabloon van het profiel`,
    en: `files in "${shape}" fit no template of the profile`,
  }),
  links: {
    nl: 'symbolische koppelingen in de map: die worden nooit gevolgd en nooit verwijderd',
    en: 'symbolic links in the tree: they are never followed and never deleted',
  },
  unnamed: {
    nl: 'bestanden of mappen waarvan de naam geen UTF-8-tekst is: ze zijn niet te noemen en blijven dus; geef ze een andere naam',
    en: 'files or folders whose name is no UTF-8 text: they cannot be named, so they stay; rename them',
  },
  special: {
    nl: 'apparaten, sockets of andere bestandssystemen in de map: die blijven zoals ze zijn',
    en: 'devices, sockets or other file systems in the tree: they are left alone',
  },
};
