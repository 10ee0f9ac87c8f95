/**
 * The judged promises, for whoever looks at them at once: judging reads every measurement, and two people who open the board in
 * the same two seconds see the same. After a deed of ours the next look is a fresh one.
 */
import { judgeAll, type PromiseReport } from '../../promises/proof/service.ts';
import type { OpenWorld } from '../world.ts';

const keepMs = 2_000;

interface Kept {
  readonly at: number;
  readonly reports: Promise<readonly PromiseReport[]>;
}

const kept = new WeakMap<OpenWorld, Kept>();

export function reportsOf(world: OpenWorld): Promise<readonly PromiseReport[]> {
  const last = kept.get(world);
  const now = performance.now();
  if (last && now - last.at < keepMs) return last.reports;
  const reports = judgeAll(world);
  kept.set(world, { at: now, reports });
  // A judgement that failed is not kept: the next one asks again.
  reports.catch(() => kept.delete(world));
  return reports;
}

export function forgetReports(world: OpenWorld): void {
  kept.delete(world);
}
