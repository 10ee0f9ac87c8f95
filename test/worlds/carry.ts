import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { theKinds } from '../../src/app/world.ts';
import type { Connector } from '../../src/connectors/kit/index.ts';
import { openDatabase } from '../../src/database/index.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import type { World } from '../../src/promises/world.ts';
import type { TestHome } from './home.ts';

/** Carries a plan out in this process, step by step. */
export async function carry(world: World, plan: string) {
  const { run, steps } = await startRun(world, plan);
  for (const step of steps) await work(world, step.id, true);
  const report = await reportRun(world, run);
  assert.ok(report);
  return report;
}

/** A plan of now, approved. */
export async function planned(world: World): Promise<string> {
  const { plan } = await makePlan(world, world.clock());
  await approvePlan(world, { name: 'A' }, plan);
  return plan;
}

/** The world of this home with other connectors in the place of its own. */
export async function openedWith(
  home: TestHome,
  other: (connector: Connector) => Connector,
): Promise<{ readonly world: World; close(): Promise<void> }> {
  const own = openDatabase({ url: home.databaseUrl });
  const kinds = Object.entries(theKinds(own.db, home.now)).map(([name, kind]) => {
    const open = async (settings: never, context: Parameters<typeof kind.open>[1]) =>
      other(await kind.open(settings, context));
    return [name, { ...kind, open }];
  });
  const world = await home.open(Object.fromEntries(kinds) as Parameters<typeof home.open>[0]);
  return { world, close: own.close };
}

/** Of each line of the run: what was done, what it took of the plan, and what its steps hold of that for what is not done yet. */
export async function roomOf(
  world: Pick<World, 'db'>,
  run: string,
): Promise<{ dataset: string; done: number; taken: number; reserved: number }[]> {
  const { rows } = await sql<{ dataset: string; done: number; taken: number; reserved: number }>`
    select line.dataset, line.taken::int as taken, sum(step.reserved)::int as reserved,
           coalesce(sum((step.counts ->> 'done')::int), 0)::int as done
      from retention.line join retention.step on step.run = line.run and step.line = line.line
     where line.run = ${run} group by line.run, line.line`.execute(world.db);
  return rows;
}
