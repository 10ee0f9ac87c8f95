/** The end of a step, of a line and of a run: what was done is read again by another path, and the run says how it ended. */
import { all, any, ConnectorFault, not } from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import type { World } from '../world.ts';
import { settle, settleIfSeen, tell } from './journal.ts';
import { atTheEnd } from './pieces.ts';
import { reread } from './reread.ts';
import * as store from './store.ts';
import { besideTold, guardFor, holdsFor, meansTheSame, NoLine, prepare, type Work } from './work.ts';

/** Ends the step; whoever ends the last step of a line verifies it by another path, and the last line ends the run. */
export async function close(work: Work, state: 'done' | 'stopped', why: string | null): Promise<'done' | 'stopped'> {
  const { world, step } = work;
  const left = work.line.dataset.layers.length === 0 ? null : await atTheEnd(work);
  if (left) await tell(work, left);
  const open = await world.db.transaction().execute(async (tx) => {
    if (step.state === 'waiting') await store.endStep(tx, step, state, why);
    return store.openSteps(tx, step.run, step.line);
  });
  if (open === 0) await verifyLine(work);
  await finish(world, step.run);
  return state;
}

async function verifyLine(work: Work): Promise<void> {
  const { world, step, line, connector } = work;
  const guard = await guardFor(work, line.dataset, world.db);
  const free = all(work.due.where, not(any(guard.held, ...guard.kept.map((one) => one.where))));
  const { left, orphans, level, residue } = await reread(world, line, connector, free, await holdsFor(work, world.db));
  await world.db.transaction().execute(async (tx) => {
    await store.saveVerified(tx, step.run, step.line, level, left, orphans);
    await record(tx, {
      type: 'verify.done',
      at: world.clock(),
      fields: { run: step.run, rule: step.rule, sys: step.system, ds: step.dataset, left, orphans, level },
      details: { residue: [...residue] },
    });
  });
}

async function finish(world: World, run: string): Promise<void> {
  const result = await store.readRun(world.db, run);
  if (!result || result.state !== 'running' || result.lines.some((line) => line.level === null)) return;
  const whole = result.lines.every(
    (line) => line.failed + line.partial + line.unseen === 0 && line.left === 0 && line.orphans === 0 && !line.stopped,
  );
  const state = whole ? 'complete' : result.lines.some((line) => line.stopped) ? 'stopped' : 'partial';
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.endRun(tx, run, state, world.clock()))) return;
    const sum = (pick: (line: store.LineResult) => number): number =>
      result.lines.reduce((a, line) => a + pick(line), 0);
    await record(tx, {
      type: 'run.finished',
      at: world.clock(),
      fields: {
        run,
        state,
        n: sum((one) => one.done),
        absent: sum((one) => one.absent),
        held: sum((one) => one.held),
        failed: sum((one) => one.failed + one.partial),
      },
    });
  });
}

/** What a batch that failed half-way left in pieces, as far as the systems answer. */
async function lastLook(world: World, step: store.Step): Promise<void> {
  try {
    const work = await prepare(world, step);
    if (step.pending && meansTheSame(work)) await settle(await besideTold(work), step.pending);
    const left = await atTheEnd(work);
    if (left) await tell(work, left);
  } catch (cause) {
    world.log('step.not-looked-at', { step: step.id, code: cause instanceof ConnectorFault ? cause.kind : 'internal' });
  }
}

/**
 * Gives the step up for now: its reason stands in the run, and the next plan shows what is left. Of one that is done, its line could
 * not be looked at again. By whoever works at the step: another run that comes to its batch at this moment would account for it too.
 */
export async function giveUp(world: World, id: string, cause: unknown): Promise<void> {
  const why = cause instanceof ConnectorFault ? cause.kind : cause instanceof NoLine ? 'policy-changed' : 'internal';
  const step = await store.readStep(world.db, id);
  if (!step) return;
  if (step.state === 'waiting') {
    await lastLook(world, step);
    const still = await store.readStep(world.db, id);
    if (still) await settleIfSeen(world, still);
  }
  await world.db.transaction().execute(async (tx) => {
    if (step.state !== 'stopped') await store.endStep(tx, step, 'stopped', why);
    if ((await store.openSteps(tx, step.run, step.line)) === 0) await store.saveNotSeen(tx, step);
  });
  await finish(world, step.run);
}
