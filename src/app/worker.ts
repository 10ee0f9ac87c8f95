/** A worker: carries out steps of runs, for all systems or for those beside which it stands; and the daily round. */
import { instant } from '../base/time.ts';
import { tendAccess, type AccessWorld } from '../access/index.ts';
import { openJobs, type Jobs } from '../jobs/index.ts';
import { eraseExpiredDetails } from '../ledger/index.ts';
import { forgetNames } from '../promises/publication/versions/names.ts';
import { keepHolds, lookAtHolds, tendHolds } from '../promises/holds/service.ts';
import { forgetDeciders } from '../promises/proof/names.ts';
import { judgeAll, measure } from '../promises/proof/service.ts';
import { aheadHours, asks, goes, type Plan } from '../promises/retention/planned.ts';
import { measureAges } from '../promises/retention/ages.ts';
import { makePlan } from '../promises/retention/plan.ts';
import { reportRun, startRun, work, type RunReport } from '../promises/retention/run.ts';
import { settleLeft } from '../promises/retention/turn.ts';
import { approvedRules, endedRunOf, waitingSteps } from '../promises/retention/store.ts';
import type { OpenWorld } from './world.ts';

const queueOf = (system: string): string => `apply-${system}`;

const soon = 'measure';

/**
 * What changed is measured now, and not within the hour: by the server, which reaches every system. `after` is the run or the
 * version that changed it, or a name of its own, so that each is followed by a measurement of its own, and by one.
 */
export async function measureSoon(jobs: Pick<Jobs, 'enqueue'>, after: string): Promise<void> {
  await jobs.enqueue(soon, after);
}

export interface Worker {
  readonly jobs: Jobs;
  stop(): Promise<void>;
}

/** Steps that one worker carries out at a time. */
const concurrency = 2;

export async function startWorker(
  world: OpenWorld,
  options: { systems?: readonly string[]; schedule: boolean; access?: AccessWorld },
): Promise<Worker> {
  const jobs = await openJobs({ url: world.databaseUrl, log: world.log });
  const systems = options.systems ?? world.systems.systems.map((system) => system.id);
  for (const system of systems) {
    await jobs.work(queueOf(system), concurrency, async (step, job) => {
      const end = await work(world, step, job.lastTry, job.signal);
      if (end === 'again') throw new Error('to be tried again');
      const run = await endedRunOf(world.db, step);
      if (run !== null) await measureSoon(jobs, run);
    });
  }
  if (options.schedule) {
    await jobs.work('daily', 1, async () => {
      if (options.access) await tendAccess(options.access);
      await daily(world, jobs);
    });
    await jobs.schedule('daily', '15 3 * * *', world.zone);
    await jobs.work('hourly', 1, async () => {
      await goOn(world, jobs);
      await keepHolds(world);
      await measure(world);
      await judgeAll(world);
    });
    await jobs.schedule('hourly', '5 * * * *', world.zone);
    await jobs.work(soon, 1, async () => {
      await measure(world);
      await judgeAll(world);
    });
  }
  return { jobs, stop: () => jobs.stop(10_000) };
}

/** What happens every night: holds are tended, what may go by itself goes, everything is measured. */
export async function daily(world: OpenWorld, jobs: Jobs): Promise<void> {
  await tendHolds(world);
  await eraseExpiredDetails(world.db, world.clock());
  await forgetNames(world);
  await forgetDeciders(world);
  // Looks as far ahead as the next round, so that nothing is past its term when that comes: a promise says "at most".
  const ahead = (): Promise<Plan> => makePlan(world, world.clock().add({ hours: aheadHours - 1 }));
  const plan = await ahead();
  await world.flush();
  const approved = await approvedRules(world.db, plan.plan);
  if (plan.lines.some((line) => goes(line) && approved.has(line.rule))) {
    await apply(world, jobs, plan.plan, () => undefined);
    // A plan is carried out once: what a person must decide waits in one that was not.
    if (plan.lines.some(asks)) {
      await ahead();
      await world.flush();
    }
  }
  await measure(world);
  await measureAges(world, instant(plan.at));
  await lookAtHolds(world);
  await judgeAll(world);
}

/**
 * A step whose workers were killed at every try has no job any more: it is queued again, once, so that no run stays half-way. What is
 * still queued or being done is not queued twice.
 */
export async function goOn(world: OpenWorld, jobs: Pick<Jobs, 'enqueue'>): Promise<void> {
  await settleLeft(world);
  for (const step of await waitingSteps(world.db, null)) await queued(world, jobs, step);
}

/** No worker serves a system that is no longer in the estate: its steps end here, and the run says so. */
async function queued(
  world: OpenWorld,
  jobs: Pick<Jobs, 'enqueue'>,
  { id, system }: { readonly id: string; readonly system: string },
): Promise<void> {
  if (world.systems.systems.some((one) => one.id === system)) await jobs.enqueue(queueOf(system), id);
  else await work(world, id, true);
}

/** Starts, or goes on with, the run of a plan; workers carry it out. The run's id. */
export async function begin(world: OpenWorld, jobs: Jobs, plan: string): Promise<string> {
  const { run, steps } = await startRun(world, plan);
  for (const step of steps) await queued(world, jobs, step);
  return run;
}

/** Starts, or goes on with, the run of a plan and waits for its end. Any worker may do the steps; `each` hears how far it is. */
export async function apply(
  world: OpenWorld,
  jobs: Jobs,
  plan: string,
  each: (report: RunReport) => void,
  signal?: AbortSignal,
): Promise<RunReport> {
  const run = await begin(world, jobs, plan);
  for (;;) {
    const report = await reportRun(world, run);
    if (!report) throw new TypeError('the run is not in the journal');
    each(report);
    if (report.state !== 'running') {
      await world.flush();
      return report;
    }
    signal?.throwIfAborted();
    await new Promise((done) => setTimeout(done, 250));
  }
}
