/** SQL of what is under way: whose turn it is on a dataset, and the batch that was prepared and not reported final yet. */
import { sql } from 'kysely';
import type { Instant } from '../../base/time.ts';
import type { Batch } from '../../connectors/kit/index.ts';
import type { Database, Tx } from '../../database/index.ts';
import type { Step, StepOf } from './store.ts';

const turns = 0x6765_7376;

/**
 * Takes the turn of this step on its dataset, and answers none; or answers the steps of other runs that have theirs, and takes
 * nothing.
 */
export async function takeTurn(
  session: Database,
  step: Pick<Step, 'id' | 'run' | 'system' | 'dataset'>,
): Promise<string[]> {
  return session.transaction().execute(async (tx) => {
    // A store that crashes and forgets it has forgotten whoever had it too: not worth a write to disk.
    await sql`set local synchronous_commit to off`.execute(tx);
    // One after the other: two that begin at once would not see each other.
    await sql`select pg_advisory_xact_lock(${turns}, 0)`.execute(tx);
    const { rows } = await sql<{ step: string }>`
      with others as (
        select pending.step from retention.pending join retention.step on step.id = pending.step
          join retention.line on line.run = step.run and line.line = step.line
         where line.system = ${step.system} and line.dataset = ${step.dataset} and step.run <> ${step.run}),
      ours as (
        insert into retention.pending (step) select ${step.id} where not exists (select from others) on conflict (step) do nothing)
      select step::text from others`.execute(tx);
    return rows.map((row) => row.step);
  });
}

/** Gives the turn back when no batch was prepared in it. */
export async function releaseTurn(db: Database, step: string): Promise<void> {
  await sql`delete from retention.pending where step = ${step} and batch is null`.execute(db);
}

/**
 * Writes what is about to be done, with room for exactly its items; false, and nothing written, when that would be more than the
 * plan showed for the line. On the session that holds the guard's lock: when that session is gone, this fails and the deed is undone.
 */
export async function savePending(session: Database, step: StepOf, made: Batch, at: Instant): Promise<boolean> {
  const { trace, ...batch } = made;
  const { done } = batch.counts;
  const rows = await sql<{ step: string }>`
    with own as (select reserved from retention.step where id = ${step.id}),
    fits as (
      update retention.line set taken = taken + ${done}::bigint - own.reserved from own
       where run = ${step.run} and line = ${step.line}
         and (${done}::bigint <= own.reserved or taken + ${done}::bigint - own.reserved <= planned) returning 1),
    took as (update retention.step set reserved = ${done}::bigint where id = ${step.id} and exists (select 1 from fits))
    insert into retention.pending (step, batch, trace, prepared)
    select ${step.id}, ${JSON.stringify(batch)}::jsonb, ${trace}, ${at.toString()}::timestamptz from fits
    on conflict (step) do update set batch = excluded.batch, trace = excluded.trace, prepared = excluded.prepared
    returning step`.execute(session);
  return rows.rows.length === 1;
}

/** What was prepared is accounted for; a turn in which nothing was prepared yet goes on. */
export async function forgetPending(tx: Tx, step: string): Promise<void> {
  await sql`delete from retention.pending where step = ${step} and batch is not null`.execute(tx);
}

/** Steps that ended and of which a batch is not accounted for. */
export async function leftBehind(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select step.id::text from retention.step join retention.pending on pending.step = step.id where step.state <> 'waiting'`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
