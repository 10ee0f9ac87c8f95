/** SQL of measurements, checks and the state of promises. */
import { sql } from 'kysely';
import { z } from 'zod';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import type { Database, Tx } from '../../database/index.ts';
import type { Measure, PromiseState } from './model.ts';
import type { Checked } from './parts.ts';
import type { Task } from './retention.ts';

export async function saveMeasure(tx: Tx, one: Measure): Promise<void> {
  await sql`
    insert into proof.measure (at, rule, system, dataset, overdue, held, retained, decided, undated, fault, event)
    values (${one.at.toString()}, ${one.rule}, ${one.system}, ${one.dataset}, ${one.overdue}, ${one.held}, ${one.retained}, ${one.decided}, ${one.undated}, ${one.fault}, ${one.event})`.execute(
    tx,
  );
}

/** The last measurement of each rule on each dataset, at this instant: a clock that once ran ahead left rows of a day to come. */
export async function lastMeasures(db: Database, now: Instant): Promise<Measure[]> {
  const rows = await sql<{
    at: Date;
    rule: string;
    system: string;
    dataset: string;
    overdue: string | null;
    held: string;
    retained: string;
    decided: string;
    undated: string;
    fault: string | null;
    event: string;
  }>`
    select distinct on (rule, system, dataset) at, rule, system, dataset, overdue, held, retained, decided, undated, fault, event
      from proof.measure where at <= ${now.toString()}::timestamptz order by rule, system, dataset, at desc, id desc`.execute(
    db,
  );
  return rows.rows.map((row) => ({
    ...row,
    at: instantFromEpochMs(row.at.getTime()),
    overdue: row.overdue === null ? null : Number(row.overdue),
    held: Number(row.held ?? 0),
    retained: Number(row.retained ?? 0),
    decided: Number(row.decided),
    undated: Number(row.undated ?? 0),
  }));
}

/** What a check said, as it is kept beside its row. */
const Detail = z.object({
  state: z.enum(['kept', 'at-risk', 'broken', 'not-proven']),
  text: z.object({ nl: z.string(), en: z.string() }),
});

export async function saveChecks(tx: Tx, rows: readonly (Checked & { id: string })[]): Promise<void> {
  for (const { id, at, state, text, event } of rows)
    await sql`
      insert into proof.check (at, check_id, ok, detail, event)
      values (${at.toString()}, ${id}, ${state === 'kept'}, ${JSON.stringify({ state, text })}::jsonb, ${event})`.execute(
      tx,
    );
}

/** What each check said last. Rows that are no such thing (a hash, an older program's) say nothing. */
export async function lastChecks(db: Database, now: Instant): Promise<Map<string, Checked>> {
  const rows = await sql<{ check_id: string; at: Date; detail: unknown; event: string }>`
    select distinct on (check_id) check_id, at, detail, event from proof.check
     where at <= ${now.toString()}::timestamptz order by check_id, at desc, id desc`.execute(db);
  return new Map(
    rows.rows.flatMap((row) => {
      const detail = Detail.safeParse(row.detail);
      return detail.success
        ? [[row.check_id, { ...detail.data, at: instantFromEpochMs(row.at.getTime()), event: row.event }]]
        : [];
    }),
  );
}

/** When the policy and the estate that are in force now came into force. */
export async function inForceSince(db: Database, now: Instant): Promise<Instant> {
  const rows = await sql<{ at: Date | null }>`
    select max(at) as at from proof.check where check_id in ('policy', 'estate') and at <= ${now.toString()}::timestamptz`.execute(
    db,
  );
  return instantFromEpochMs(rows.rows[0]?.at?.getTime() ?? 0);
}

/** For each rule on each dataset: when nothing was last found past its term. */
export async function lastClean(
  db: Database,
): Promise<{ rule: string; system: string; dataset: string; at: Instant }[]> {
  const rows = await sql<{ rule: string; system: string; dataset: string; at: Date }>`
    select rule, system, dataset, max(at) as at from proof.measure where overdue = 0 group by rule, system, dataset`.execute(
    db,
  );
  return rows.rows.map((row) => ({ ...row, at: instantFromEpochMs(row.at.getTime()) }));
}

/**
 * For each rule on each dataset with something past its term: the first measurement that saw it so, since nothing was or since a
 * person last decided to keep what there was (what came after that is another matter).
 */
export async function overdueSince(
  db: Database,
  rules: readonly string[],
  now: Instant,
): Promise<{ rule: string; system: string; dataset: string; at: Instant }[]> {
  if (rules.length === 0) return [];
  const mine = sql`rule = any(${[...rules]}::text[])`;
  const seen = sql`at <= ${now.toString()}::timestamptz`;
  const rows = await sql<{ rule: string; system: string; dataset: string; at: Date }>`
    with clean as (
      select rule, system, dataset, max(at) as at from proof.measure
       where ${mine} and ${seen} and overdue = 0 group by rule, system, dataset),
    kept as (
      select rule, keep.system, keep.dataset, max(review.at) as at
        from retention.keep join retention.review using (plan, rule) where ${mine} group by rule, keep.system, keep.dataset)
    select late.rule, late.system, late.dataset, min(late.at) as at
      from (select rule, system, dataset, at from proof.measure where ${mine} and ${seen} and overdue > 0) late
      left join clean using (rule, system, dataset) left join kept using (rule, system, dataset)
     where (clean.at is null or late.at > clean.at) and (kept.at is null or late.at > kept.at)
     group by late.rule, late.system, late.dataset`.execute(db);
  return rows.rows.map((row) => ({ ...row, at: instantFromEpochMs(row.at.getTime()) }));
}

/** In which state each promise was last seen, since when. */
export async function readStates(db: Database): Promise<Map<string, { state: PromiseState; since: Instant }>> {
  const rows = await sql<{ promise: string; state: PromiseState; since: Date }>`
    select promise, state, since from proof.state`.execute(db);
  return new Map(
    rows.rows.map(({ promise, state, since }) => [promise, { state, since: instantFromEpochMs(since.getTime()) }]),
  );
}

export async function saveState(tx: Tx, promise: string, state: PromiseState, since: Instant): Promise<void> {
  await sql`
    insert into proof.state (promise, state, since) values (${promise}, ${state}, ${since.toString()})
    on conflict (promise) do update set state = excluded.state, since = excluded.since`.execute(tx);
}

// ── Tasks for people ─────────────────────────────────────────────────────────────────────────────────────────────

export async function openTask(
  db: Database,
  task: { id: string; system: string; dataset: string; period: string; instruction: unknown; due: string },
): Promise<'open' | 'signed-off'> {
  await sql`
    insert into proof.task (id, system, dataset, period, instruction, due)
    values (${task.id}, ${task.system}, ${task.dataset}, ${task.period}, ${JSON.stringify(task.instruction)}::jsonb, ${task.due})
    on conflict (system, dataset, period) do nothing`.execute(db);
  const rows = await sql<{ state: 'open' | 'signed-off' }>`
    select state from proof.task where system = ${task.system} and dataset = ${task.dataset} and period = ${task.period}`.execute(
    db,
  );
  return rows.rows[0]?.state ?? 'open';
}

export async function taskState(
  db: Database,
  system: string,
  dataset: string,
  period: string,
): Promise<'none' | 'open' | 'signed-off'> {
  const rows = await sql<{ state: 'open' | 'signed-off' }>`
    select state from proof.task where system = ${system} and dataset = ${dataset} and period = ${period}`.execute(db);
  return rows.rows[0]?.state ?? 'none';
}

export interface TaskRow {
  readonly id: string;
  readonly system: string;
  readonly dataset: string;
  readonly period: string;
  readonly instruction: { nl: string; en: string };
  readonly due: Date;
  readonly state: 'open' | 'signed-off';
  readonly signed_by: string | null;
  readonly signed_at: Date | null;
  readonly event: string | null;
}

export async function listTasks(db: Database): Promise<TaskRow[]> {
  return (
    await sql<TaskRow>`select id, system, dataset, period, instruction, due, state, signed_by, signed_at, event from proof.task order by due, id`.execute(
      db,
    )
  ).rows;
}

/** The tasks as the board judges them, oldest first. */
export async function tasksSeen(db: Database): Promise<Task[]> {
  return (await listTasks(db)).map((row) => ({
    ...row,
    due: instantFromEpochMs(row.due.getTime()),
    signedAt: row.signed_at ? instantFromEpochMs(row.signed_at.getTime()) : null,
  }));
}

export async function signTask(tx: Tx, id: string, by: string, at: Instant, event: string): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update proof.task set state = 'signed-off', signed_by = ${by}, signed_at = ${at.toString()}, event = ${event}
     where id = ${id} and state = 'open' returning id`.execute(tx);
  return rows.rows.length === 1;
}
