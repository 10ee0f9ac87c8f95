/**
 * Whose turn it is on a dataset. Batches of one run may be there side by side: their shares have nothing in common. Those of two runs
 * take turns: else one could take what the other had prepared, and after a kill nobody could tell whose doing it was.
 */
import { sql } from 'kysely';
import { ConnectorFault } from '../../connectors/kit/index.ts';
import type { Database } from '../../database/index.ts';
import { onOneSession } from '../holds/guard.ts';
import type { World } from '../world.ts';
import { settleAlone } from './journal.ts';
import { leftBehind, releaseTurn, takeTurn } from './pending.ts';
import * as store from './store.ts';

const stepLock = 0x6765_7375;

const asksAgain = 250;

/** Whoever has it works at the step; it is free when their session is gone (base/lost-peer.ts). */
async function tryStep(session: Database, id: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`
    select pg_try_advisory_lock(${stepLock}, ${Number(id)}::int) as ok`.execute(session);
  return rows[0]?.ok === true;
}

async function leaveStep(session: Database, id: string): Promise<void> {
  await sql`select pg_advisory_unlock(${stepLock}, ${Number(id)}::int)`.execute(session);
}

/**
 * Another worker may hold the step: one that was killed lets go of it when the store sees that it is gone (base/lost-peer.ts). So
 * long it is waited for.
 */
const waitsForStep = 60_000;

/** Works at the step, and nobody else does; null when another worker has it all the while. */
export async function atStep<T>(
  db: Database,
  id: string,
  work: (session: Database) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | null> {
  return onOneSession(db, async (session) => {
    if (!(await until(() => tryStep(session, id), waitsForStep, signal))) return null;
    try {
      return await work(session);
    } finally {
      await leaveStep(session, id);
    }
  });
}

/** Tries until it is so, or for as long as is worth waiting; false then. */
async function until(ready: () => Promise<boolean>, most: number, signal?: AbortSignal): Promise<boolean> {
  for (const end = Date.now() + most; !(await ready());) {
    signal?.throwIfAborted();
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, asksAgain));
  }
  return true;
}

/**
 * Takes the turn of this step. Others have theirs for a batch, so it comes; what a killed worker of another run left in its turn is
 * accounted for first.
 */
export async function myTurn(world: World, session: Database, step: store.Step, signal?: AbortSignal): Promise<void> {
  const taken = async (): Promise<boolean> => {
    const others = await takeTurn(session, step);
    for (const id of others) await clear(world, session, id);
    return others.length === 0;
  };
  await until(taken, Number.POSITIVE_INFINITY, signal);
}

/** Batches of steps that ended while their source did not answer: accounted for once it does. */
export async function settleLeft(world: World): Promise<void> {
  for (const id of await leftBehind(world.db)) {
    try {
      await onOneSession(world.db, (session) => clear(world, session, id));
    } catch (cause) {
      // Not yet: the next hour asks again. One of which nothing can be read does not keep the others waiting.
      world.log('batch.not-seen', { step: id, code: cause instanceof ConnectorFault ? cause.kind : 'internal' });
    }
  }
}

/** Nobody works at that step any more: its batch is accounted for, and its turn is over. */
async function clear(world: World, session: Database, id: string): Promise<void> {
  if (!(await tryStep(session, id))) return;
  try {
    const other = await store.readStep(world.db, id);
    if (other) await settleAlone(world, other);
    await releaseTurn(world.db, id);
  } finally {
    await leaveStep(session, id);
  }
}
