import assert from 'node:assert/strict';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import type { World } from '../../src/promises/world.ts';

/** Carries a plan out in this process, step by step. */
export async function carry(world: World, plan: string) {
  const { run, steps } = await startRun(world, plan);
  for (const step of steps) await work(world, step.id, true);
  const report = await reportRun(world, run);
  assert.ok(report);
  return report;
}
