/** Changing a YAML file without losing what a person wrote around it: comments, order and spelling stay. */
import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Path } from './yaml.ts';

/** The text with the value at `path`; what is above it is made when it is not there. */
export function withValue(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  document.setIn([...path], document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

/** The text with one more item in the list at `path`. */
export function withItem(text: string, path: Path, item: unknown): string {
  const document = parseDocument(text);
  if (document.hasIn([...path])) document.addIn([...path], document.createNode(item));
  else document.setIn([...path], document.createNode([item]));
  return document.toString({ lineWidth: 0 });
}

/** A file with many changes at once; a list is a list of things with an "id", or of words. */
export interface YamlText {
  get(path: Path): unknown;
  /** What stands there as plain values. */
  plain(path: Path): unknown;
  has(path: Path): boolean;
  set(path: Path, value: unknown): void;
  /** A word in the place of another: a comment behind it stays. */
  put(path: Path, word: string): void;
  remove(path: Path): void;
  /** Every item of the list with this name at the top. */
  each(section: string, deed: (at: Path) => void): void;
  ids(section: string): ReadonlySet<string>;
  /** The words of a list. */
  list(at: Path): string[];
  /** Without the items with these ids; a list that is then empty goes. */
  without(section: string, gone: readonly string[]): void;
  /** Of a list of words only those that are known; a list that is then empty goes, but one called "data". */
  keepOnly(at: Path, known: ReadonlySet<string>): void;
  /** One more word in a list of words. */
  add(at: Path, word: string): void;
  /** Without the item with this id: a list that is then empty stays, as an empty list. */
  drop(section: string, id: string): void;
  /** The file, under this comment in the place of the one it began with. */
  text(heading: string): string;
  /** The file under its own heading; to the letter as it was, where nothing was changed. */
  whole(): string;
}

export function openYaml(text: string): YamlText {
  const document = parseDocument(text);
  const asRead = document.toString({ lineWidth: 0 });
  const at = (path: Path): unknown => document.getIn([...path]);
  const each = (section: string, deed: (at: Path) => void): void => {
    const items = at([section]);
    if (isSeq(items)) for (const i of items.items.keys()) deed([section, i]);
  };
  return {
    get: at,
    plain: (path) => {
      const node = document.getIn([...path], true);
      return isNode(node) ? node.toJS(document) : node;
    },
    has: (path) => document.hasIn([...path]),
    set: (path, value) => document.setIn([...path], document.createNode(value)),
    put: (path, word) => document.setIn([...path], word),
    remove: (path) => {
      document.deleteIn([...path]);
    },
    each,
    ids: (section) => {
      const all: string[] = [];
      each(section, (item) => all.push(String(at([...item, 'id']))));
      return new Set(all);
    },
    list: (path) => {
      const found = at(path);
      return isSeq(found) ? found.items.flatMap((one) => (isScalar(one) ? [String(one.value)] : [])) : [];
    },
    without: (section, gone) => {
      const items = at([section]);
      if (!isSeq(items)) return;
      items.items = items.items.filter((one) => !(isMap(one) && gone.includes(String(one.get('id')))));
      if (items.items.length === 0) document.delete(section);
    },
    keepOnly: (path, known) => {
      const found = at(path);
      if (!isSeq(found)) return;
      found.items = found.items.filter((one) => !isScalar(one) || known.has(String(one.value)));
      if (found.items.length === 0 && path.at(-1) !== 'data') document.deleteIn([...path]);
    },
    add: (path, word) => {
      if (document.hasIn([...path])) document.addIn([...path], word);
      else document.setIn([...path], document.createNode([word]));
    },
    drop: (section, id) => {
      const items = at([section]);
      if (isSeq(items)) items.items = items.items.filter((one) => !(isMap(one) && one.get('id') === id));
    },
    text: (heading) => {
      const first = isMap(document.contents) ? document.contents.items[0]?.key : undefined;
      if (isScalar(first)) first.commentBefore = null;
      document.commentBefore = heading;
      return document.toString({ lineWidth: 0 });
    },
    whole: () => {
      const now = document.toString({ lineWidth: 0 });
      return now === asRead ? text : now;
    },
  };
}
