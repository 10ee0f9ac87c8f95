/**
 * Whether items are still whole: which of them stand while a part is gone. A file is missing when the item names it and it is not
 * there. Of a copy in another table only our own record knows that there was one: not every item has it.
 */
import { chunks } from '../../base/chunks.ts';
import { namesEndedBefore } from '../../base/former.ts';
import {
  all,
  ConnectorFault,
  isNothing,
  layerKey,
  nameOfKey,
  not,
  everything,
  type Condition,
  type Dataset,
  type Item,
  type Key,
  type Layer,
} from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import { heldWithParts, type Hold } from './model.ts';
import { forgetTornElsewhere, keepTorn, keyed, tornIn, type TornRecord } from './torn.ts';

/** Of the items of one dataset that a hold covers: how many lack one part. */
export interface Incomplete {
  readonly system: string;
  readonly dataset: string;
  readonly part: string;
  /** Null where it could not be looked up. */
  readonly items: number | null;
  /** Of these: how many lost it to a deletion of ours that was interrupted. */
  readonly ours: number;
}

/** The items that meet `where` and lack this part, one by one; memory does not grow with their number. */
export async function* lacking(
  world: Pick<World, 'systems'>,
  dataset: Dataset,
  layer: Layer,
  where: Condition,
): AsyncIterable<Item> {
  const connector = await world.systems.connector(dataset.system, dataset.source);
  if (layer.path === undefined) {
    if (layer.join === undefined || layer.dataset.source !== dataset.source) return;
    const there: Condition = { is: 'referred', by: layer.dataset, join: layer.join, where: everything };
    yield* connector.locate(dataset, all(where, not(there)));
    return;
  }
  const files = await world.systems.connector(layer.dataset.system, layer.dataset.source);
  for await (const items of chunks(connector.locate(dataset, where), 500)) {
    const named = items.flatMap((item) => {
      const key = layerKey(dataset, layer, item);
      return key === null ? [] : [{ item, key }];
    });
    if (named.length === 0) continue;
    const there = new Set<string>();
    const those: Condition = { is: 'key', oneOf: named.map(({ key }) => key) };
    for await (const file of files.locate(layer.dataset, those)) there.add(nameOfKey(file.key));
    for (const { item, key } of named) if (!there.has(nameOfKey(key))) yield item;
  }
}

/** Of these keys: the items that stand, meet `where` and lack the part. */
export async function lackingOf(
  world: Pick<World, 'systems'>,
  dataset: Dataset,
  layer: Layer,
  keys: readonly Key[],
  where: Condition = everything,
): Promise<Item[]> {
  const found: Item[] = [];
  for (const those of keyed(keys))
    for await (const item of lacking(world, dataset, layer, all(where, those))) found.push(item);
  return found;
}

/** What a hold covers and is no longer whole, by dataset and part; nothing of what is whole. */
export async function lookWhole(world: World, hold: Hold): Promise<Incomplete[]> {
  const found: Incomplete[] = [];
  for (const dataset of world.systems.datasets) {
    if (dataset.layers.length === 0) continue;
    const where = heldWithParts([hold], dataset, null);
    if (isNothing(where)) continue;
    const records = await tornIn(world.db, world, dataset);
    for (const layer of dataset.layers.toSorted((a, b) => (a.dataset.id < b.dataset.id ? -1 : 1))) {
      const part = { system: dataset.system, dataset: dataset.id, part: layer.dataset.id };
      try {
        const seen = await count(world, dataset, layer, where, records);
        if (seen.items > 0) found.push({ ...part, ...seen });
      } catch (cause) {
        if (!(cause instanceof ConnectorFault)) throw cause;
        found.push({ ...part, items: null, ours: 0 });
      }
    }
  }
  return found;
}

async function count(
  world: World,
  dataset: Dataset,
  layer: Layer,
  where: Condition,
  records: readonly TornRecord[],
): Promise<{ items: number; ours: number }> {
  const keys = records.flatMap((one) => (one.part === layer.dataset.id ? one.keys : []));
  if (layer.path === undefined) {
    const ours = (await lackingOf(world, dataset, layer, keys, where)).length;
    return { items: ours, ours };
  }
  const known = new Set(keys.map(nameOfKey));
  const seen = { items: 0, ours: 0 };
  for await (const item of lacking(world, dataset, layer, where)) {
    seen.items += 1;
    if (known.has(nameOfKey(item.key))) seen.ours += 1;
  }
  return seen;
}

/**
 * Forgets of the record what stands no more: nobody needs the key of an item that is gone. Where the system is not connected any
 * more that is not seen: there it ends when nothing can be claimed of the deletion any more.
 */
export async function tidyTorn(world: World): Promise<void> {
  for (const dataset of world.systems.datasets) {
    const records = (await tornIn(world.db, world, dataset)).filter((one) => one.over);
    if (records.length === 0) continue;
    try {
      const connector = await world.systems.connector(dataset.system, dataset.source);
      for (const record of records) {
        const standing = new Set<string>();
        for (const those of keyed(record.keys))
          for await (const item of connector.locate(dataset, those)) standing.add(nameOfKey(item.key));
        const keys = record.keys.filter((key) => standing.has(nameOfKey(key)));
        if (keys.length < record.keys.length) await keepTorn(world.db, world, record.id, keys);
      }
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
    }
  }
  const connected = world.systems.datasets.map(({ system, id }) => `${system}/${id}`);
  await forgetTornElsewhere(world.db, connected, namesEndedBefore(world.clock(), world.zone));
}
