/**
 * What an existing-only hold finds when it is placed. It tells what was there from what came later by the time of an item, and
 * that time may move on: a contract ends, a procedure is closed, a customer calls again. Such an item was there, and the hold keeps
 * it: it is named.
 */
import {
  all,
  any,
  asText,
  isNothing,
  not,
  type Condition,
  type Connector,
  type Dataset,
  type Key,
} from '../../connectors/kit/index.ts';
import type { World } from '../world.ts';
import { heldCondition, type Hold } from './model.ts';
import { addNamed } from './store.ts';

/** A person stands in so few rows of a list of people; of events, whose time does not move, there are more. */
const few = 50;

export async function nameWhatIsThere(
  world: Pick<World, 'db'>,
  hold: Hold,
  dataset: Dataset,
  connector: Connector,
): Promise<void> {
  if (hold.prospective || dataset.at.kind !== 'table') return;
  const keys: Key[] = [];
  const covered = ofParts(hold, dataset, false);
  if (!isNothing(covered)) {
    for await (const item of connector.locate(dataset, covered)) if (keys.push(item.key) > few) break;
    if (keys.length > few) keys.length = 0;
  }
  const open = all(ofParts(hold, dataset, true), notYet(dataset, hold));
  if (!isNothing(open)) for await (const item of connector.locate(dataset, open)) keys.push(item.key);
  const named = { dataset: `${dataset.system}/${dataset.id}`, keys: keys.map((key) => key.map(asText)) };
  if (keys.length > 0) await addNamed(world.db, hold.id, named);
}

/** Everybody whom the hold is about, whatever the time; with `places`, also the places that it covers without an end. */
function ofParts(hold: Hold, dataset: Dataset, places: boolean): Condition {
  const scope = hold.scope.filter(
    (part) => part.is === 'subject' || (places && part.is === 'place' && part.to === null),
  );
  return heldCondition([{ ...hold, scope, prospective: true }], dataset, null);
}

/** What is dated after this moment, or waits for what dates it. */
function notYet(dataset: Dataset, { placedAt }: Hold): Condition {
  return any(
    ...Object.values(dataset.clocks).map(({ id: clock, empty }) => {
      const later = not({ is: 'before', clock, at: placedAt.toString() });
      return empty === 'open' ? later : all(later, not({ is: 'undated', clock }));
    }),
  );
}
