/**
 * How old things are: what each dataset holds of each age, and what the plan says of it. One count in each system, kept for
 * the picture; it decides as the plan does, so that what it calls due is what a plan of that moment calls due.
 */
import { sql } from 'kysely';
import { chunks } from '../../base/chunks.ts';
import { cutoff, parseTerm, type Instant } from '../../base/time.ts';
import {
  all,
  any,
  ConnectorFault,
  everything,
  isNothing,
  not,
  nothing,
  type Bucket,
  type Condition,
} from '../../connectors/kit/index.ts';
import { heldWithParts, type Hold } from '../holds/model.ts';
import { protectingHolds } from '../holds/store.ts';
import type { World } from '../world.ts';
import { heldElsewhere, orphansAmong } from './layers.ts';
import { bind, dueAt, withWhole, type Keep, type Line } from './model.ts';
import { readKeeps } from './review-store.ts';

/** Bars up to the term, and bars past it; the last one has all that is older. */
export const barsWithin = 8;
const barsPast = 4;

export interface Bar {
  /** Youngest and oldest age in it, in days; `to` null in the last. */
  readonly from: number;
  readonly to: number | null;
  /** Within the term, or not due for another reason: consent that is in force, or made anonymous already. */
  readonly items: number;
  /** By a hold on itself, or on the whole of which it is a part. */
  readonly held: number;
  readonly due: number;
  /** By statute, or by a person's decision. */
  readonly kept: number;
  /** Parts past the term whose whole is there: they go with it, and are counted where it is. */
  readonly along: number;
}

export interface Ages {
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  readonly at: string;
  readonly bars: readonly Bar[];
}

/**
 * Counts every line that has a term, as things stand at `at`: the moment of a plan, which may lie ahead. A line that cannot be
 * reached keeps its last picture, with its date.
 */
export async function measureAges(world: World, at: Instant = world.clock()): Promise<void> {
  const holds = await protectingHolds(world.db);
  const keeps = await readKeeps(world.db);
  const { lines } = bind(world.policy, world.systems.datasets);
  for (const line of lines) {
    if (line.dataset.at.kind === 'task') continue;
    try {
      await save(world, line, await count(world, line, lines, { holds, keeps }, at));
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
      world.log('ages.not-counted', { rule: line.rule.id, system: line.dataset.system, fault: cause.kind });
    }
  }
}

async function count(
  world: World,
  line: Line,
  lines: readonly Line[],
  { holds, keeps }: { readonly holds: readonly Hold[]; readonly keeps: readonly Keep[] },
  at: Instant,
): Promise<Bar[]> {
  const { dataset, clock, rule } = line;
  const span = at.epochMilliseconds - cutoff(at, parseTerm(rule.keep), rule.startsAt, world.zone).epochMilliseconds;
  const edge = (bar: number): Instant => at.subtract({ milliseconds: Math.round((bar * span) / barsWithin) });
  const reaching = (bar: number): Condition =>
    bar === 0 ? not({ is: 'undated', clock }) : { is: 'before', clock, at: edge(bar).toString() };
  const bars = Array.from({ length: barsWithin + barsPast }, (_, i) => i);
  const due = dueAt(line, world.policy, world.law, keeps, at, world.zone);
  const kept = any(...due.kept.map((one) => one.where));
  const whole = heldWhole(line, lines, holds);
  const held = any(heldWithParts(holds, dataset, clock), withWhole(line, whole));
  // The first bucket that fits counts: the oldest first, and of one age in the order in which the plan decides.
  const buckets = bars.toReversed().flatMap((bar): Bucket[] => {
    const where = reaching(bar);
    const past: readonly Bucket[] =
      bar < barsWithin
        ? []
        : [
            { name: `kept ${bar}`, where: all(where, due.where, kept) },
            { name: `due ${bar}`, where: all(where, due.where) },
            { name: `along ${bar}`, where: all(where, withWhole(line, everything)) },
          ];
    return [{ name: `held ${bar}`, where: all(where, held) }, ...past, { name: `items ${bar}`, where }];
  });
  const connector = await world.systems.connector(dataset.system, dataset.source);
  const census = await connector.inventory(
    dataset,
    everything,
    clock,
    buckets.filter((bucket) => !isNothing(bucket.where)),
    0,
    false,
  );
  // To three places: a term of hours has bars of less than a day.
  const days = (bar: number): number => Math.round((bar * span) / barsWithin / 86_400) / 1000;
  const counted = bars.map((bar): Bar => {
    const last = bar === bars.length - 1;
    const of = (sort: string): number => census.buckets[`${sort} ${bar}`]?.items ?? 0;
    return {
      from: days(bar),
      to: last ? null : days(bar + 1),
      items: of('items'),
      held: of('held'),
      due: of('due'),
      kept: of('kept'),
      along: of('along'),
    };
  });
  // What no condition on the items alone says is looked up of what is left: in other sources stand their parts, or their whole.
  const free = all(due.where, not(held), not(kept));
  const apart = line.parent && line.parent.dataset.source !== dataset.source ? line.parent : null;
  const seen: Bar[] = [];
  for (const [i, bar] of counted.entries()) {
    const older = i === counted.length - 1 ? everything : not(reaching(i + 1));
    const where = all(free, reaching(i), older);
    if (bar.due === 0) seen.push(bar);
    else if (apart) seen.push(await byWhole(world, apart, line, where, whole, bar));
    else {
      const byPart = await heldElsewhere(world, dataset, holds, where);
      seen.push({ ...bar, due: bar.due - byPart, held: bar.held + byPart });
    }
  }
  return seen;
}

/** What holds keep of the dataset of which this line's is a part. */
function heldWhole(line: Line, lines: readonly Line[], holds: readonly Hold[]): Condition {
  const whole = line.parent?.dataset;
  if (!whole) return nothing;
  const clock = lines.find((one) => one.dataset.system === whole.system && one.dataset.id === whole.id)?.clock;
  return heldWithParts(holds, whole, clock ?? null);
}

/** The whole is in another system: it is looked up item by item, as the plan does (`withoutParents`). */
async function byWhole(
  world: World,
  parent: NonNullable<Line['parent']>,
  { dataset }: Line,
  where: Condition,
  held: Condition,
  bar: Bar,
): Promise<Bar> {
  const found = { held: 0, due: 0, along: 0 };
  const connector = await world.systems.connector(dataset.system, dataset.source);
  for await (const part of chunks(connector.locate(dataset, where), 500)) {
    const orphans = await orphansAmong(world, parent, part);
    const rest = part.filter((item) => !orphans.has(item));
    const free = isNothing(held) ? rest.length : (await orphansAmong(world, parent, rest, held)).size;
    found.due += orphans.size;
    found.along += free;
    found.held += rest.length - free;
  }
  return { ...bar, due: found.due, along: bar.along + found.along, held: bar.held + found.held };
}

async function save(world: World, line: Line, bars: readonly Bar[]): Promise<void> {
  await sql`
    insert into retention.ages (rule, system, dataset, at, bars)
    values (${line.rule.id}, ${line.dataset.system}, ${line.dataset.id}, ${world.clock().toString()}, ${JSON.stringify(bars)}::jsonb)
    on conflict (rule, system, dataset) do update set at = excluded.at, bars = excluded.bars`.execute(world.db);
}

export async function readAges(world: Pick<World, 'db'>): Promise<Ages[]> {
  const rows = await sql<{ rule: string; system: string; dataset: string; at: Date; bars: Bar[] }>`
    select rule, system, dataset, at, bars from retention.ages order by rule, system, dataset`.execute(world.db);
  return (
    rows.rows
      // What a version before this one counted did not tell apart what is due; the next count takes its place.
      .filter((row) => row.bars.every((bar) => 'due' in bar))
      .map((row) => ({ ...row, at: row.at.toISOString() }))
  );
}
