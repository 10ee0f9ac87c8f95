/**
 * The record of items in pieces: written before a part of an item goes that no rollback brings back (a recording, a row of a
 * table without transactions), and removed when the item's own deed is final. What an interruption leaves in it is what our
 * deletion took of an item that still stands.
 */
import { sql } from 'kysely';
import { asText, nameOfKey, type Condition, type Dataset, type Item, type Key } from '../../connectors/kit/index.ts';
import type { Instant } from '../../base/time.ts';
import type { Database } from '../../database/index.ts';
import type { World } from '../world.ts';

/** Part → items that lost it, or are about to. */
export type Pieces = ReadonlyMap<string, readonly Pick<Item, 'key'>[]>;

export interface TornRecord {
  readonly id: string;
  readonly part: string;
  readonly keys: readonly Key[];
  /** The run reported them. */
  readonly told: boolean;
  /** The cursor of the step is past them. */
  readonly behind: boolean;
  /** The step ended: nothing is done by this record any more. */
  readonly over: boolean;
}

interface OfStep {
  readonly id: string;
  readonly system: string;
  readonly dataset: string;
}

type Veiled = Pick<World, 'veil'>;

export async function writeTorn(
  db: Database,
  world: Veiled,
  step: OfStep,
  pieces: Pieces,
  { told, behind }: Pick<TornRecord, 'told' | 'behind'>,
): Promise<void> {
  for (const [part, items] of pieces) {
    if (items.length === 0) continue;
    const keys = veiledKeys(
      world,
      items.map(({ key }) => key),
    );
    await sql`
      insert into retention.torn (step, system, dataset, part, keys, told, behind)
      values (${step.id}, ${step.system}, ${step.dataset}, ${part}, ${keys}, ${told}, ${behind})`.execute(db);
  }
}

const select = sql`
  select torn.id::text, torn.part, torn.keys, torn.told, torn.behind, step.state <> 'waiting' as over
    from retention.torn join retention.step on step.id = torn.step`;

export async function tornOfStep(db: Database, world: Veiled, step: string): Promise<TornRecord[]> {
  const { rows } = await sql<Row>`
    ${select} where torn.step = ${step} order by torn.id`.execute(db);
  return rows.map((row) => unveiled(world, row));
}

export async function tornIn(
  db: Database,
  world: Veiled,
  { system, id }: Pick<Dataset, 'system' | 'id'>,
): Promise<TornRecord[]> {
  const { rows } = await sql<Row>`
    ${select} where torn.system = ${system} and torn.dataset = ${id} order by torn.id`.execute(db);
  return rows.map((row) => unveiled(world, row));
}

/** Forgets what was not reported yet: the batch is final, or what is left of it is written anew. */
export async function forgetOpen(db: Database, step: string): Promise<void> {
  await sql`delete from retention.torn where step = ${step} and not told`.execute(db);
}

/** Leaves these keys of a record; none: the record goes. */
export async function keepTorn(db: Database, world: Veiled, id: string, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) await sql`delete from retention.torn where id = ${id}`.execute(db);
  else await sql`update retention.torn set keys = ${veiledKeys(world, keys)} where id = ${id}`.execute(db);
}

/** Forgets what is in none of these datasets ("system/dataset") and whose run ended before this moment. */
export async function forgetTornElsewhere(db: Database, datasets: readonly string[], before: Instant): Promise<void> {
  await sql`
    delete from retention.torn using retention.step, retention.run
     where step.id = torn.step and run.id = step.run and run.finished < ${before.toString()}::timestamptz
       and not (torn.system || '/' || torn.dataset) = any(${[...datasets]}::text[])`.execute(db);
}

const veiledKeys = ({ veil }: Veiled, keys: readonly Key[]): string =>
  veil.veil(JSON.stringify(keys.map((key) => key.map(asText))));

interface Row {
  id: string;
  part: string;
  keys: string;
  told: boolean;
  behind: boolean;
  over: boolean;
}

function unveiled({ veil }: Veiled, { keys, ...row }: Row): TornRecord {
  return { ...row, keys: JSON.parse(veil.unveil(keys)) as Key[] };
}

/** So many keys are asked about in one statement: some hosts take no more of a condition. */
const atOnce = 200;

/** The items with these keys, in conditions of a size that every host takes. */
export function keyed(keys: readonly Key[]): Condition[] {
  const unique = [...new Map(keys.map((key) => [nameOfKey(key), key])).values()];
  return Array.from({ length: Math.ceil(unique.length / atOnce) }, (_, i) => ({
    is: 'key',
    oneOf: unique.slice(i * atOnce, (i + 1) * atOnce),
  }));
}
