import assert from 'node:assert/strict';
import { instant } from '../../src/base/time.ts';
import { barsWithin, measureAges, readAges, type Bar } from '../../src/promises/retention/ages.ts';
import type { Plan } from '../../src/promises/retention/planned.ts';
import type { World } from '../../src/promises/world.ts';

const sorts = ['items', 'held', 'due', 'kept', 'along'] as const;
export type Sums = Readonly<Record<(typeof sorts)[number], number>>;

/** Counts the ages at the moment of a plan, holds them to it line by line, and answers what lies past the term of each dataset. */
export async function agesAgree(world: World, plan: Plan): Promise<ReadonlyMap<string, Sums>> {
  await measureAges(world, instant(plan.at));
  const ages = await readAges(world);
  const sum = (bars: readonly Bar[], sort: keyof Sums): number => bars.reduce((total, bar) => total + bar[sort], 0);
  return new Map(
    plan.lines.flatMap((line): [string, Sums][] => {
      const where = `${line.system}/${line.dataset}`;
      const found = ages.find((one) => one.rule === line.rule && `${one.system}/${one.dataset}` === where);
      if (!found) return [];
      assert.equal(sum(found.bars, 'due'), line.due, `due in ${where}`);
      assert.equal(sum(found.bars, 'kept'), line.retained, `kept in ${where}`);
      const past = found.bars.slice(barsWithin);
      assert.ok(sum(past, 'held') >= line.held, `held in ${where}`);
      const sums = Object.fromEntries(sorts.map((sort) => [sort, sum(past, sort)])) as unknown as Sums;
      return [[where, sums]];
    }),
  );
}
