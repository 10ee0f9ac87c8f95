/**
 * What goes together across sources: the recording and the transcript of a call go before its row, so that a crash leaves
 * a visible row without a file and never a file that nobody looks for. And the way back: a file whose row is still there
 * is the row's to govern.
 */
import {
  all,
  any,
  ConnectorFault,
  everything,
  type Condition,
  type Connector,
  type Dataset,
  type DeedOptions,
  isNothing,
  nameOfKey,
  type Guard,
  type Item,
  type Key,
  type Layer,
  layerKey,
  wholeFields,
  type Scalar,
  type Verdict,
} from '../../connectors/kit/index.ts';
import { chunks } from '../../base/chunks.ts';
import { heldWithParts, type Hold } from '../holds/model.ts';
import type { World } from '../world.ts';
import { goesWith, type Line } from './model.ts';

const go: Verdict = { go: true };
const chunk = 500;

interface Asked {
  /** Takes room in the run for so many items, or refuses: before a part of one goes. */
  readonly room: (items: number) => Promise<void>;
  readonly guardOf: (dataset: Dataset) => Promise<Guard>;
  /** Fires when nothing more may go. */
  readonly lost: AbortSignal;
  /** Told which items are about to lose this part: the record of it is there before the part goes. */
  readonly parting: NonNullable<DeedOptions['parting']>;
}

/** The judge of a line, when its items have layers elsewhere or a parent elsewhere; none when the connector can do it alone. */
export function judgeOf(
  world: World,
  line: Line,
  asked: Asked,
): ((items: readonly Item[]) => Promise<Verdict[]>) | undefined {
  const elsewhere = line.dataset.layers.filter((layer) => layer.dataset.source !== line.dataset.source);
  const { parent } = line;
  const orphansOnly = parent !== null && parent.dataset.source !== line.dataset.source ? parent : null;
  if (elsewhere.length === 0 && !orphansOnly) return undefined;
  return async (items) => {
    const verdicts = orphansOnly ? await withoutParent(world, orphansOnly, items) : items.map(() => go);
    // Of every part before one goes: who holds a transcript would else lose the recording that goes before it.
    for (const layer of elsewhere) await keepHeld(world, line.dataset, layer, items, verdicts, asked.guardOf);
    await asked.room(verdicts.filter((verdict) => verdict.go).length);
    const touched = new Set<number>();
    for (const layer of elsewhere) await eraseLayer(world, line.dataset, layer, items, verdicts, touched, asked);
    return verdicts;
  };
}

/** The key of this layer of every item that may still go. */
function keysOf(
  dataset: Dataset,
  layer: Layer,
  items: readonly Item[],
  verdicts: readonly Verdict[],
): Map<number, Key> {
  const keys = new Map<number, Key>();
  for (const [i, item] of items.entries()) {
    const key = verdicts[i]?.go ? layerKey(dataset, layer, item) : null;
    if (key) keys.set(i, key);
  }
  return keys;
}

async function present(connector: Connector, dataset: Dataset, where: Condition): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const item of connector.locate(dataset, where)) found.add(nameOfKey(item.key));
  return found;
}

/**
 * How many items that meet `where` are kept because a part of them in another source is held. What no condition on the items
 * themselves can say: asked only where a hold reaches such a part, in groups.
 */
export async function heldElsewhere(
  world: Pick<World, 'systems'>,
  dataset: Dataset,
  holds: readonly Hold[],
  where: Condition,
): Promise<number> {
  const parts = dataset.layers.flatMap((layer) => {
    if (layer.dataset.source === dataset.source || layer.path === undefined) return [];
    const held = heldWithParts(holds, layer.dataset, null);
    return isNothing(held) ? [] : [{ layer, held }];
  });
  if (parts.length === 0) return 0;
  const connector = await world.systems.connector(dataset.system, dataset.source);
  let n = 0;
  for await (const items of chunks(connector.locate(dataset, where), chunk)) {
    const kept = new Set<number>();
    for (const { layer, held } of parts) {
      const keys = keysOf(
        dataset,
        layer,
        items,
        items.map(() => go),
      );
      for (const i of await heldAmong(world, layer, held, keys)) kept.add(i);
    }
    n += kept.size;
  }
  return n;
}

/** Whose part is held, by the place of the item in its group. */
async function heldAmong(
  world: Pick<World, 'systems'>,
  layer: Layer,
  held: Condition,
  keys: ReadonlyMap<number, Key>,
): Promise<number[]> {
  if (isNothing(held) || keys.size === 0) return [];
  const connector = await world.systems.connector(layer.dataset.system, layer.dataset.source);
  const kept = await present(connector, layer.dataset, all({ is: 'key', oneOf: [...keys.values()] }, held));
  return [...keys].flatMap(([i, key]) => (kept.has(nameOfKey(key)) ? [i] : []));
}

/** An item of which this part is held stays whole; so does one of which that cannot be seen. */
async function keepHeld(
  world: World,
  dataset: Dataset,
  layer: Layer,
  items: readonly Item[],
  verdicts: Verdict[],
  guardOf: Asked['guardOf'],
): Promise<void> {
  const { held } = await guardOf(layer.dataset);
  const keys = keysOf(dataset, layer, items, verdicts);
  try {
    for (const i of await heldAmong(world, layer, held, keys)) verdicts[i] = { go: false, outcome: 'held' };
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    for (const i of keys.keys()) verdicts[i] = { go: false, outcome: 'failed', fault: cause.kind };
  }
}

/** Erases this layer of every item that may still go, and changes the verdict of those whose layer stays. */
async function eraseLayer(
  world: World,
  dataset: Dataset,
  layer: Layer,
  items: readonly Item[],
  verdicts: Verdict[],
  touched: Set<number>,
  { guardOf, parting, lost }: Asked,
): Promise<void> {
  const keys = keysOf(dataset, layer, items, verdicts);
  const others = keys.size > 0 ? await namedByOthers(world, dataset, layer, items, verdicts, keys) : new Set();
  for (const [i, key] of keys) if (others.has(nameOfKey(key))) keys.delete(i);
  if (keys.size === 0) return;
  const stays = (i: number, verdict: Verdict): void => void (verdicts[i] = verdict);
  try {
    const connector = await world.systems.connector(layer.dataset.system, layer.dataset.source);
    const guard = await guardOf(layer.dataset);
    const there = await present(connector, layer.dataset, { is: 'key', oneOf: [...keys.values()] });
    await parting(
      layer.dataset.id,
      items.filter((_, i) => there.has(nameOfKey(keys.get(i) ?? []))),
    );
    await connector.erase(layer.dataset, [...keys.values()], {
      limit: keys.size,
      cursor: null,
      guard: () => Promise.resolve(guard),
      prepared: () => Promise.resolve(),
      lost,
    });
    // Looked up again one by one: what the deed says is not what is proven.
    const left = await present(connector, layer.dataset, { is: 'key', oneOf: [...keys.values()] });
    for (const [i, key] of keys) {
      if (!left.has(nameOfKey(key))) touched.add(i);
      else
        stays(
          i,
          touched.has(i)
            ? { go: false, outcome: 'partial', layer: layer.dataset.id }
            : { go: false, outcome: 'failed', fault: 'refused' },
        );
    }
  } catch (cause) {
    if (!(cause instanceof ConnectorFault)) throw cause;
    for (const i of keys.keys()) {
      stays(
        i,
        touched.has(i)
          ? { go: false, outcome: 'partial', layer: layer.dataset.id }
          : { go: false, outcome: 'failed', fault: cause.kind },
      );
    }
  }
}

/**
 * Which of these keys a row names that stays: two legs of one call may name one recording. It goes with the last of them,
 * and as long as a hold or a statute keeps one of them it does not go.
 */
async function namedByOthers(
  world: World,
  dataset: Dataset,
  layer: Layer,
  items: readonly Item[],
  verdicts: readonly Verdict[],
  keys: ReadonlyMap<number, Key>,
): Promise<Set<string>> {
  const going = new Set(items.filter((_, i) => verdicts[i]?.go).map((item) => nameOfKey(item.key)));
  const where = wholeFields(layer.path ?? '').map((field) =>
    oneField(field, [...new Set([...keys.keys()].map((i) => items[i]?.fields[field] ?? null))]),
  );
  const wanted = new Set([...keys.values()].map(nameOfKey));
  const named = new Set<string>();
  const connector = await world.systems.connector(dataset.system, dataset.source);
  for await (const row of connector.locate(dataset, all(...where))) {
    if (going.has(nameOfKey(row.key))) continue;
    const key = layerKey(dataset, layer, row);
    if (key && wanted.has(nameOfKey(key))) named.add(nameOfKey(key));
  }
  return named;
}

/** Items whose parent is still there are kept: they go with it, or stay with it. */
async function withoutParent(
  world: World,
  parent: NonNullable<Line['parent']>,
  items: readonly Item[],
): Promise<Verdict[]> {
  const orphans = await orphansAmong(world, parent, items);
  return items.map((item) =>
    orphans.has(item) ? go : { go: false, outcome: 'retained', reason: goesWith(parent.dataset.id) },
  );
}

/**
 * The items among these that no parent row (that meets `those`) names any more. A parent that cannot be asked counts as
 * there.
 */
export async function orphansAmong(
  world: World,
  parent: NonNullable<Line['parent']>,
  items: readonly Item[],
  those: Condition = everything,
): Promise<Set<Item>> {
  const join = Object.entries(parent.layer.join ?? {});
  const orphans = new Set<Item>();
  if (join.length === 0) return orphans;
  const connector = await world.systems.connector(parent.dataset.system, parent.dataset.source);
  for (let at = 0; at < items.length; at += chunk) {
    const part = items.slice(at, at + chunk);
    const named = (some: readonly Item[]) => connector.locate(parent.dataset, all(namingAny(some, join), those));
    const asked = new Set(part.flatMap((item) => spelled(item, join)));
    const known = new Set<string>();
    const alike = new Set<string>();
    const unasked = new Set<string>();
    for await (const found of named(part)) {
      const name = join.map(([, field]) => String(found.fields[field] ?? '')).join('\u0000');
      known.add(name);
      alike.add(plain(name));
      if (!asked.has(name)) unasked.add(plain(name));
    }
    for (const item of part) {
      const names = spelled(item, join);
      if (names.some((name) => known.has(name))) continue;
      const near = names.map(plain).filter((name) => alike.has(name));
      // Found without being asked for: so the host takes two names for one. Else it is asked about this one alone.
      if (near.some((name) => unasked.has(name))) continue;
      if (near.length === 0 || (await Array.fromAsync(named([item]))).length === 0) orphans.add(item);
    }
  }
  return orphans;
}

/** What a parent may call this part of an item: the path of a file below our root, and as the product itself writes it. */
function namesIn(item: Item, group: string): Scalar[] {
  const value = item.fields[group] ?? null;
  const host = group === 'path' ? (item.fields['hostPath'] ?? null) : null;
  return host === null ? [value] : [value, host];
}

function namingAny(items: readonly Item[], join: readonly (readonly [string, string])[]): Condition {
  const [only, ...more] = join;
  return only && more.length === 0
    ? oneField(
        only[1],
        items.flatMap((item) => namesIn(item, only[0])),
      )
    : any(...items.map((item) => all(...join.map(([group, field]) => oneField(field, namesIn(item, group))))));
}

/** As a table may compare its numbers and ids: "0012" in the name of a file is row 12, and an id has no capitals. */
function plain(name: string): string {
  const one = (text: string): string => {
    if (/^0\d+$/.test(text)) return text.replace(/^0+(?=\d)/, '');
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : text;
  };
  return name.split('\u0000').map(one).join('\u0000');
}

function spelled(item: Item, join: readonly (readonly [string, string])[]): string[] {
  return join.reduce<string[]>(
    (names, [group], i) =>
      names.flatMap((name) =>
        namesIn(item, group).map((value) => `${i === 0 ? '' : `${name}\u0000`}${String(value ?? '')}`),
      ),
    [''],
  );
}

function oneField(field: string, oneOf: readonly Scalar[]): Condition {
  return { is: 'field', field, oneOf };
}
