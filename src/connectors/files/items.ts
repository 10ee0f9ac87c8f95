/** Paths as items of a dataset. */
import type { Stats } from 'node:fs';
import {
  match,
  matches,
  parseTemplate,
  readTreeClock,
  ConnectorFault,
  type Condition,
  type Dataset,
  type Item,
  type Template,
  type TreeSource,
} from '../kit/index.ts';
import { walk, type Found, type Root } from './tree.ts';

export interface Tree {
  readonly dataset: Dataset;
  readonly templates: readonly Template[];
  readonly ignore: readonly Template[];
  /** Where the product itself sees the root of this tree; with the path it is what its database may hold. */
  readonly hostRoot: string | null;
}

export function treeOf(dataset: Dataset, hostRoot: string | null = null): Tree {
  if (dataset.at.kind !== 'tree')
    throw new ConnectorFault('refused', `"${dataset.id}" is not a tree of files`, { retry: false });
  const source: TreeSource = dataset.at;
  return {
    dataset,
    templates: source.templates.map(parseTemplate),
    ignore: source.ignore.map(parseTemplate),
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

/** The item that a path is; null when it is none of this dataset. Looks at the file itself only when a clock needs it. */
export function toItem(tree: Tree, path: string, stat: () => Stats | null, withSize: boolean): Item | null {
  const groups = groupsIn(tree.templates, path);
  if (!groups) return null;
  let known: Stats | null | undefined;
  const look = (): Stats | null => (known === undefined ? (known = stat()) : known);
  const at = Object.fromEntries(
    Object.values(tree.dataset.clocks).map((clock) => [
      clock.id,
      readTreeClock(clock, groups, () => look()?.mtimeMs ?? null),
    ]),
  );
  const item: Item = {
    key: [path],
    fields: { path, ...(tree.hostRoot === null ? {} : { hostPath: `${tree.hostRoot}/${path}` }), ...groups },
    at,
    bytes: withSize ? (look()?.size ?? 0) : null,
  };
  return tree.dataset.only && !matches(tree.dataset, item, tree.dataset.only) ? null : item;
}

/** Folders that a condition allows: "under" prunes the walk. */
export function folderOf(where: Condition): string | null {
  if (where.is === 'under') return where.folder;
  if (where.is === 'all') return where.of.map(folderOf).find((one) => one !== null) ?? null;
  return null;
}

/** Paths named by key, when the condition names them: then nothing needs to be walked. */
export function keysOf(where: Condition): string[] | null {
  if (where.is === 'key') return where.oneOf.map((key) => String(key[0] ?? ''));
  if (where.is === 'all') return where.of.map(keysOf).find((one) => one !== null) ?? null;
  return null;
}

export function* itemsOf(
  tree: Tree,
  root: Root,
  where: Condition,
  after: string | null,
  withSize: boolean,
): Generator<{ item: Item; found: Found }> {
  const folder = folderOf(where);
  const enter =
    folder === null || folder === ''
      ? undefined
      : (name: string): boolean => name.startsWith(folder) || folder.startsWith(name);
  for (const found of walk(root, enter ? { after, enter } : { after })) {
    if (found.kind !== 'file') continue;
    const item = toItem(tree, found.path, found.stat, withSize);
    if (item && matches(tree.dataset, item, where)) yield { item, found };
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
