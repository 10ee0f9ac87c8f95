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
import { addNamed, protectingHolds } from './store.ts';

/** So many rows about the people of a hold are named at most. Of events, whose time does not move, there are more. */
const most = 1_000;
/**
 * What all holds together name of one table before they name fewer: each key is a value in every statement of a sweep and a plan,
 * several times over, and SQLite takes no more than 32,766.
 */
const room = 4_000;
/**
 * However full it is: a person stands in so few rows of a list of people. Where a key has two parts, each key is compared with each row:
 * a thousand of them would hold up a sweep for minutes.
 */
const few = 50;

/** Whether this hold tells by a time what was there, and nothing of the dataset was looked at yet to be named. */
export function asksForNames(hold: Hold, dataset: Dataset): boolean {
  if (hold.prospective || dataset.at.kind !== 'table' || Object.keys(dataset.clocks).length === 0) return false;
  if (hold.named?.some((one) => one.dataset === nameOf(dataset))) return false;
  return !isNothing(ofParts(hold, dataset, true));
}

/**
 * `late`: the hold was placed some time ago. Then only what it covers by its time is named, and what has no time yet: of that some may
 * have come later, and is kept rather than lost. What is dated later is not known to have been there.
 */
export async function nameWhatIsThere(
  world: Pick<World, 'db'>,
  hold: Hold,
  dataset: Dataset,
  connector: Connector,
  late: boolean,
): Promise<void> {
  const people = ofParts(hold, dataset, false);
  const covered = late ? all(people, byNow(dataset, hold)) : people;
  const limit = await roomFor(world, dataset);
  const keys: Key[] = [];
  if (!isNothing(covered)) {
    for await (const item of connector.locate(dataset, covered)) if (keys.push(item.key) > limit) break;
    if (keys.length > limit) keys.length = 0;
  }
  const open = all(ofParts(hold, dataset, true), late ? undatedYet(dataset) : notYet(dataset, hold));
  if (!isNothing(open)) for await (const item of connector.locate(dataset, open)) keys.push(item.key);
  // None is a finding too: nobody looks again at another time.
  await addNamed(world.db, hold.id, { dataset: nameOf(dataset), keys: keys.map((key) => key.map(asText)) });
}

async function roomFor({ db }: Pick<World, 'db'>, dataset: Dataset): Promise<number> {
  if (dataset.key.length > 1) return few;
  const named = (await protectingHolds(db)).flatMap((hold) => hold.named ?? []);
  const taken = named.reduce((sum, one) => sum + (one.dataset === nameOf(dataset) ? one.keys.length : 0), 0);
  return Math.max(few, Math.min(most, room - taken));
}

const nameOf = (dataset: Dataset): string => `${dataset.system}/${dataset.id}`;

/** Everybody whom the hold is about, whatever the time; with `places`, also the places that it covers without an end. */
function ofParts(hold: Hold, dataset: Dataset, places: boolean): Condition {
  const scope = hold.scope.filter(
    (part) => part.is === 'subject' || (places && part.is === 'place' && part.to === null),
  );
  return heldCondition([{ ...hold, scope, prospective: true, named: [] }], dataset, null);
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

/** What is dated before this moment, or not dated. */
function byNow(dataset: Dataset, { placedAt }: Hold): Condition {
  return any(
    ...Object.keys(dataset.clocks).flatMap((clock): Condition[] => [
      { is: 'before', clock, at: placedAt.toString() },
      { is: 'undated', clock },
    ]),
  );
}

/** What waits for what dates it. */
function undatedYet(dataset: Dataset): Condition {
  const open = Object.values(dataset.clocks).filter(({ empty }) => empty === 'open');
  return any(...open.map(({ id: clock }): Condition => ({ is: 'undated', clock })));
}
