/** Files that a hold means by the rows that name them: who holds a call holds its recording. */
import { createHash } from 'node:crypto';
import { chunks } from '../../base/chunks.ts';
import {
  all,
  isNothing,
  layerKey,
  nameOfKey,
  not,
  type Condition,
  type Connector,
  type Dataset,
  type HoldOptions,
  type HoldReport,
  type Key,
} from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import { heldCondition, type Hold } from './model.ts';

/** The files here of the items that the hold means elsewhere: those that are there at the moment; later ones are found the next time. */
async function* filesOf(world: Pick<World, 'systems'>, hold: Hold, dataset: Dataset): AsyncGenerator<Key> {
  for (const whole of world.systems.datasets) {
    for (const layer of whole.layers) {
      if (layer.dataset !== dataset || layer.path === undefined) continue;
      const where = heldCondition([hold], whole, null);
      if (isNothing(where)) continue;
      const connector = await world.systems.connector(whole.system, whole.source);
      for await (const item of connector.locate(whole, where)) {
        const key = layerKey(whole, layer, item);
        if (key !== null) yield key;
      }
    }
  }
}

/**
 * Keeps what the hold means here, and then, some at a time, the files that rows elsewhere name: a hundred thousand in one condition
 * would be compared each with each. The legs of one call name one file: it is kept again, and counted once.
 */
export async function keepWith(
  world: Pick<World, 'systems'>,
  hold: Hold,
  dataset: Dataset,
  connector: Connector,
  options: HoldOptions,
): Promise<HoldReport> {
  const own = heldCondition([hold], dataset, null);
  let report = await connector.hold(dataset, own, options);
  const counted = new Set<number>();
  for await (const keys of chunks(filesOf(world, hold, dataset), 200)) {
    const named = [...new Map(keys.map((key) => [nameOfKey(key), key])).values()];
    const parts = Map.groupBy(named, (key) => counted.has(shortOf(key)));
    for (const key of named) counted.add(shortOf(key));
    for (const [again, part] of parts) {
      const those: Condition = all({ is: 'key', oneOf: part }, not(own));
      const more = await connector.hold(dataset, those, options);
      report = {
        native: report.native + (again ? 0 : more.native),
        preserved: report.preserved + (again ? 0 : more.preserved),
        guarded: report.guarded + (again ? 0 : more.guarded),
        risk: report.risk ?? more.risk,
      };
    }
  }
  return report;
}

/** A key in six bytes: two that have the same are both kept, and counted as one. */
function shortOf(key: Key): number {
  return createHash('sha256').update(nameOfKey(key)).digest().readUIntBE(0, 6);
}
