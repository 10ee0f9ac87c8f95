/** How old things are: what each dataset holds of each age, against the rule's term. One count in each system, kept for the picture. */
import { sql } from 'kysely';
import { cutoff, parseTerm, type Instant } from '../../base/time.ts';
import { all, ConnectorFault, everything, type Condition } from '../../connectors/kit/index.ts';
import { heldWithParts } from '../holds/model.ts';
import { protectingHolds } from '../holds/store.ts';
import type { World } from '../world.ts';
import { bind, type Line } from './model.ts';

/** Bars up to the term, and bars past it; the last one has all that is older. */
export const barsWithin = 8;
const barsPast = 4;

export interface Bar {
  /** Youngest and oldest age in it, in days; `to` null in the last. */
  readonly from: number;
  readonly to: number | null;
  readonly items: number;
  readonly held: number;
}

export interface Ages {
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  readonly at: string;
  readonly bars: readonly Bar[];
}

/** Counts every line that has a term; one that cannot be reached keeps its last picture, with its date. */
export async function measureAges(world: World): Promise<void> {
  const holds = await protectingHolds(world.db);
  for (const line of bind(world.policy, world.systems.datasets).lines) {
    if (line.dataset.at.kind === 'task') continue;
    try {
      await save(world, line, await count(world, line, heldWithParts(holds, line.dataset, line.clock)));
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
      world.log('ages.not-counted', { rule: line.rule.id, system: line.dataset.system, fault: cause.kind });
    }
  }
}

async function count(world: World, line: Line, held: Condition): Promise<Bar[]> {
  const now = world.clock();
  const { dataset, clock, rule } = line;
  const span = now.epochMilliseconds - cutoff(now, parseTerm(rule.keep), rule.startsAt, world.zone).epochMilliseconds;
  const edge = (bar: number): Instant => now.subtract({ milliseconds: Math.round((bar * span) / barsWithin) });
  const bars = Array.from({ length: barsWithin + barsPast }, (_, i) => i);
  // The first bucket that fits counts: the oldest first, and held before the rest of the same age.
  const buckets = bars.toReversed().flatMap((bar) => {
    const where: Condition =
      bar === 0 ? { is: 'not', of: { is: 'undated', clock } } : { is: 'before', clock, at: edge(bar).toString() };
    return [
      { name: `held ${bar}`, where: all(where, held) },
      { name: `${bar}`, where },
    ];
  });
  const connector = await world.systems.connector(dataset.system, dataset.source);
  const census = await connector.inventory(dataset, everything, clock, buckets, 0, false);
  const days = (bar: number): number => Math.round((bar * span) / barsWithin / 86_400_000);
  return bars.map((bar) => ({
    from: days(bar),
    to: bar === bars.length - 1 ? null : days(bar + 1),
    items: census.buckets[`${bar}`]?.items ?? 0,
    held: census.buckets[`held ${bar}`]?.items ?? 0,
  }));
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
  return rows.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
