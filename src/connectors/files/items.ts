/** Paths as items of a dataset. */
import type { Stats } from 'node:fs';
import { instantFromEpochMs } from '../../base/time.ts';
import { isNothing, matches, within } from '../kit/condition.ts';
import type { Clock, Condition, Dataset, Item, Seen, Template, TreeSource } from '../kit/index.ts';
import { ConnectorFault } from '../kit/receipt.ts';
import { inFolder, match, parseTemplate, readTreeClock } from '../kit/template.ts';
import { walk, type Root } from './tree.ts';

export interface Tree {
  readonly dataset: Dataset;
  readonly templates: readonly Template[];
  readonly ignore: readonly Template[];
  readonly clocks: readonly Clock[];
  /** No clock ever looks at the file: its name says all that a condition can ask. */
  readonly nameDecides: boolean;
  /** Where the product itself sees the root of this tree; with the path it is what its database may hold. */
  readonly hostRoot: string | null;
}

export function treeOf(dataset: Dataset, hostRoot: string | null = null): Tree {
  if (dataset.at.kind !== 'tree')
    throw new ConnectorFault('refused', `"${dataset.id}" is not a tree of files`, {
      retry: false,
      nl: `"${dataset.id}" is geen map met bestanden`,
    });
  const source: TreeSource = dataset.at;
  const clocks = Object.values(dataset.clocks);
  return {
    dataset,
    templates: source.templates.map(parseTemplate),
    ignore: source.ignore.map(parseTemplate),
    clocks,
    nameDecides: clocks.every((clock) => clock.readings.every((reading) => !('mtime' in reading))),
    hostRoot: hostRoot?.replace(/\/+$/, '') ?? null,
  };
}

export function groupsIn(templates: readonly Template[], path: string): Record<string, string> | null {
  for (const template of templates) {
    const groups = match(template, path);
    if (groups) return groups;
  }
  return null;
}

/** As much of a path as a condition may ask, its clocks as plain numbers: a walk makes one for every file. */
export interface Sighting extends Seen {
  readonly at: Readonly<Record<string, { readonly epochMilliseconds: number } | null>>;
}

/** Most conditions ask for a time alone: what else a path says is read when somebody asks. */
class Sighted implements Sighting {
  readonly #tree: Tree;
  readonly #path: string;
  readonly at: Sighting['at'];
  #fields: Record<string, string> | null = null;

  constructor(tree: Tree, path: string, at: Sighting['at']) {
    this.#tree = tree;
    this.#path = path;
    this.at = at;
  }

  get key(): string[] {
    return [this.#path];
  }

  get fields(): Record<string, string> {
    return (this.#fields ??= this.#read());
  }

  #read(): Record<string, string> {
    const fields = groupsIn(this.#tree.templates, this.#path) ?? {};
    fields['path'] ??= this.#path;
    if (this.#tree.hostRoot !== null) fields['hostPath'] ??= `${this.#tree.hostRoot}/${this.#path}`;
    return fields;
  }
}

type Looker = (name: string, stat: () => Stats | null) => Sighting | null;

/**
 * Looks at the names of one folder ("a/b/", "" for the root), one after the other: null for what is no item of this dataset.
 * At the file itself it looks only when a clock needs it.
 */
export function lookerAt(tree: Tree, folder: string): Looker {
  const { dataset, clocks } = tree;
  const here = tree.templates.map((template) => inFolder(template, folder)).filter((one) => one !== null);
  return (name, stat) => {
    const found = here.find((one) => one.fits(name));
    if (!found) return null;
    const at: Record<string, { readonly epochMilliseconds: number } | null> = {};
    for (const clock of clocks) {
      const epochMilliseconds = readTreeClock(clock, found.group, stat);
      at[clock.id] = epochMilliseconds === null ? null : { epochMilliseconds };
    }
    const seen = new Sighted(tree, folder + name, at);
    return dataset.only && !matches(dataset, seen, dataset.only) ? null : seen;
  };
}

/** The same for one path. */
export function sight(tree: Tree, path: string, stat: () => Stats | null): Sighting | null {
  const cut = path.lastIndexOf('/') + 1;
  return lookerAt(tree, path.slice(0, cut))(path.slice(cut), stat);
}

export function asItem(seen: Sighting, bytes: number | null): Item {
  const at = Object.fromEntries(
    Object.entries(seen.at).map(([clock, moment]) => [clock, moment && instantFromEpochMs(moment.epochMilliseconds)]),
  );
  return { key: seen.key, fields: seen.fields, at, bytes };
}

/** The item that a path is, with its size; null when it is none of this dataset. */
export function toItem(tree: Tree, path: string, stat: () => Stats | null): Item | null {
  const seen = sight(tree, path, stat);
  return seen && asItem(seen, stat()?.size ?? 0);
}

/** Paths named by key, when the condition names them: then nothing needs to be walked. */
export function keysOf(where: Condition): string[] | null {
  if (where.is === 'key') return where.oneOf.map((key) => String(key[0] ?? ''));
  if (where.is === 'all') return where.of.map(keysOf).find((one) => one !== null) ?? null;
  return null;
}

/** Every item that meets the condition, one by one in this thread. */
export function* itemsOf(tree: Tree, root: Root, where: Condition): Generator<Item> {
  const enter = (folder: string): boolean => !isNothing(within(where, folder));
  let folder: string | null = null;
  let lookAt: Looker = () => null;
  for (const found of walk(root, enter)) {
    if (found.kind !== 'file') continue;
    const cut = found.path.lastIndexOf('/') + 1;
    // The files of a folder come one after the other.
    if (folder !== found.path.slice(0, cut)) lookAt = lookerAt(tree, (folder = found.path.slice(0, cut)));
    const seen = lookAt(found.path.slice(cut), found.stat);
    if (seen && matches(tree.dataset, seen, where)) yield asItem(seen, found.stat()?.size ?? 0);
  }
}

/** "archive/####/##/##/…": the shape of a folder without what it says about anyone. */
export function shapeOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return [
    ...folders.map((name) =>
      /^[a-z_-]{1,24}$/i.test(name)
        ? name
        : name
            .replace(/\d/g, '#')
            .replace(/[^#./_-]/g, '·')
            .slice(0, 24),
    ),
    '…',
  ].join('/');
}
