/** The last look into each system: whether it answered, its version, and what is in it that no profile lists. */
import { sql } from 'kysely';
import type { Text } from '../../base/language.ts';
import type { OpenWorld } from '../world.ts';

export interface Look {
  readonly at: string;
  readonly reachable: boolean;
  readonly version: string | null;
  /** Names of tables, columns and folders; never a value. */
  readonly findings: readonly {
    readonly kind: string;
    readonly dataset: string | null;
    readonly detail: string;
    /** Not in what was seen before there was such a text. */
    readonly text?: Text;
    readonly items: number | null;
  }[];
}

export async function look(world: OpenWorld, system: string): Promise<Look> {
  const { reachable, version, findings } = await world.systems.probe(system);
  const seen: Look = { at: world.clock().toString(), reachable, version, findings };
  await sql`
    insert into site.look (system, at, seen) values (${system}, ${seen.at}, ${JSON.stringify(seen)}::jsonb)
    on conflict (system) do update set at = excluded.at, seen = excluded.seen`.execute(world.db);
  return seen;
}

/** Daily: every system, one after another. */
export async function lookEverywhere(world: OpenWorld): Promise<void> {
  for (const system of world.systems.systems) await look(world, system.id);
}

export async function lastLooks(world: Pick<OpenWorld, 'db'>): Promise<Map<string, Look>> {
  const { rows } = await sql<{ system: string; seen: Look }>`select system, seen from site.look`.execute(world.db);
  return new Map(rows.map((row) => [row.system, row.seen]));
}
