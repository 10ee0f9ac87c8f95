/** SQL of measurements, checks and the state of promises. */
import { sql } from 'kysely';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import type { Database, Tx } from '../../database/index.ts';
import type { Check, Measure, PromiseState } from './model.ts';

export async function saveMeasure(tx: Tx, one: Measure): Promise<void> {
  await sql`
    insert into proof.measure (at, rule, system, dataset, overdue, held, retained, undated, fault, event)
    values (${one.at.toString()}, ${one.rule}, ${one.system}, ${one.dataset}, ${one.overdue}, ${one.held}, ${one.retained}, ${one.undated}, ${one.fault}, ${one.event})`.execute(
    tx,
  );
}

/** The last measurement of each rule on each dataset. */
export async function lastMeasures(db: Database): Promise<Measure[]> {
  const rows = await sql<{
    at: Date;
    rule: string;
    system: string;
    dataset: string;
    overdue: string | null;
    held: string;
    retained: string;
    undated: string;
    fault: string | null;
    event: string;
  }>`
    select distinct on (rule, system, dataset) at, rule, system, dataset, overdue, held, retained, undated, fault, event
      from proof.measure order by rule, system, dataset, at desc, id desc`.execute(db);
  return rows.rows.map((row) => ({
    ...row,
    at: instantFromEpochMs(row.at.getTime()),
    overdue: row.overdue === null ? null : Number(row.overdue),
    held: Number(row.held ?? 0),
    retained: Number(row.retained ?? 0),
    undated: Number(row.undated ?? 0),
  }));
}

export async function saveCheck(tx: Tx, id: string, check: Check): Promise<void> {
  await sql`
    insert into proof.check (at, check_id, ok, detail, event)
    values (${check.at.toString()}, ${id}, ${check.ok}, ${JSON.stringify(check.detail)}::jsonb, ${check.event})`.execute(
    tx,
  );
}

export async function lastCheck(db: Database, id: string): Promise<Check | null> {
  const rows = await sql<{ at: Date; ok: boolean; detail: Record<string, string | number>; event: string }>`
    select at, ok, detail, event from proof.check where check_id = ${id} order by at desc, id desc limit 1`.execute(db);
  const row = rows.rows[0];
  return row ? { ...row, at: instantFromEpochMs(row.at.getTime()) } : null;
}

export async function readState(
  db: Database,
  promise: string,
): Promise<{ state: PromiseState; since: Instant } | null> {
  const rows = await sql<{
    state: PromiseState;
    since: Date;
  }>`select state, since from proof.state where promise = ${promise}`.execute(db);
  const row = rows.rows[0];
  return row ? { state: row.state, since: instantFromEpochMs(row.since.getTime()) } : null;
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
}

export async function listTasks(db: Database): Promise<TaskRow[]> {
  return (
    await sql<TaskRow>`select id, system, dataset, period, instruction, due, state from proof.task order by due`.execute(
      db,
    )
  ).rows;
}

export async function signTask(tx: Tx, id: string, by: string, at: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update proof.task set state = 'signed-off', signed_by = ${by}, signed_at = ${at.toString()} where id = ${id} and state = 'open' returning id`.execute(
    tx,
  );
  return rows.rows.length === 1;
}
