/** SQL of plans, approvals, runs and their journal. */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../base/time.ts';
import { addCounts, noCounts, type Batch, type Condition, type Counts } from '../../connectors/kit/index.ts';
import type { Database, Tx } from '../../database/index.ts';
import { alongIn } from './model.ts';
import { forgetPending } from './pending.ts';
import { type Plan } from './planned.ts';

export async function savePlan(tx: Tx, plan: Plan, text: string, signature: string, madeAt: Instant): Promise<void> {
  await sql`
    insert into retention.plan (id, at, made_at, expires_at, policy_hash, estate_hash, body, signature)
    values (${plan.plan}, ${plan.at}, ${madeAt.toString()}, ${plan.expires}, ${plan.policy}, ${plan.estate}, to_jsonb(${text}::text), ${signature})`.execute(
    tx,
  );
}

/** The plan exactly as it was signed, with its signature. */
export async function readPlan(db: Database, id: string): Promise<{ text: string; signature: string } | null> {
  const rows = await sql<{ text: string; signature: string }>`
    select body #>> '{}' as text, signature from retention.plan where id = ${id}`.execute(db);
  return rows.rows[0] ?? null;
}

/** When a plan was made; null when there is none. */
export async function madeAt(db: Database, id: string): Promise<Date | null> {
  const rows = await sql<{ made_at: Date }>`select made_at from retention.plan where id = ${id}`.execute(db);
  return rows.rows[0]?.made_at ?? null;
}

/** Waits for a run of this plan that is being started, and lets none start until the transaction ends. */
export async function lockPlan(tx: Tx, id: string): Promise<void> {
  await sql`select 1 from retention.plan where id = ${id} for update`.execute(tx);
}

export interface PlanHead {
  readonly id: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly approvals: number;
  readonly run: string | null;
  readonly state: string | null;
}

/** The newest first; those made before an instant, to read on. */
export async function listPlans(db: Database, limit: number, before?: string): Promise<PlanHead[]> {
  const rows = await sql<{
    id: string;
    made_at: Date;
    expires_at: Date;
    approvals: number;
    run: string | null;
    state: string | null;
  }>`
    select plan.id, plan.made_at, plan.expires_at, run.id as run, run.state,
           (select count(*)::int from retention.approval where approval.plan = plan.id) as approvals
      from retention.plan left join retention.run on run.plan = plan.id
     where (${before ?? null}::timestamptz is null or plan.made_at < ${before ?? null}::timestamptz)
     order by plan.made_at desc limit ${limit}`.execute(db);
  return rows.rows.map((row) => ({
    id: row.id,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    approvals: row.approvals,
    run: row.run,
    state: row.state,
  }));
}

export async function saveApproval(
  tx: Tx,
  plan: string,
  rule: string,
  by: string,
  standing: boolean,
  at: Instant,
): Promise<void> {
  await sql`
    insert into retention.approval (plan, rule, by, standing, at) values (${plan}, ${rule}, ${by}, ${standing}, ${at.toString()})
    on conflict (plan, rule) do nothing`.execute(tx);
}

export async function approvedRules(db: Database, plan: string): Promise<Set<string>> {
  const rows = await sql<{ rule: string }>`select rule from retention.approval where plan = ${plan}`.execute(db);
  return new Set(rows.rows.map((row) => row.rule));
}

// ── Runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type RunState = 'running' | 'complete' | 'partial' | 'stopped';

export async function insertRun(tx: Tx, run: string, plan: string, at: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    insert into retention.run (id, plan, state, started) values (${run}, ${plan}, 'running', ${at.toString()})
    on conflict (plan) do nothing returning id`.execute(tx);
  return rows.rows.length === 1;
}

export async function insertLine(
  tx: Tx,
  run: string,
  line: number,
  what: { rule: string; system: string; dataset: string; planned: number; meaning: unknown },
): Promise<void> {
  await sql`
    insert into retention.line (run, line, rule, system, dataset, planned, meaning)
    values (${run}, ${line}, ${what.rule}, ${what.system}, ${what.dataset}, ${what.planned}, ${JSON.stringify(what.meaning)}::jsonb)`.execute(
    tx,
  );
}

export async function insertStep(tx: Tx, run: string, line: number, share: Condition): Promise<string> {
  const rows = await sql<{ id: string }>`
    insert into retention.step (run, line, share) values (${run}, ${line}, ${JSON.stringify(share)}::jsonb) returning id`.execute(
    tx,
  );
  return String(rows.rows[0]?.id);
}

export interface Step {
  readonly id: string;
  readonly run: string;
  readonly plan: string;
  readonly line: number;
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  /** What the line meant when the run began (model.ts); null in a run of before that was written. */
  readonly meaning: unknown;
  readonly share: Condition;
  readonly state: 'waiting' | 'done' | 'stopped';
  readonly cursor: string | null;
  readonly batches: number;
  readonly counts: StepCounts;
  /** Prepared, and never reported final. */
  readonly pending: Batch | null;
}

export interface StepCounts extends Counts {
  readonly bytes: number;
  /** Of a batch that was cut off: nobody can tell whether they went. */
  readonly unseen: number;
  /** Of `retained`: parts whose whole is there, which go with it. */
  readonly along: number;
  /** Of `partial`: the part at which the item is in two. */
  readonly partialAt: Readonly<Record<string, number>>;
}

const zero: StepCounts = { ...noCounts, bytes: 0, unseen: 0, along: 0, partialAt: {} };

export async function readStep(db: Database, id: string): Promise<Step | null> {
  const rows = await sql<Step>`
    select step.id::text, step.run, run.plan, step.line, line.rule, line.system, line.dataset, line.meaning, step.share, step.state,
           step.cursor, step.batches, step.counts, pending.batch || jsonb_build_object('trace', pending.trace) as pending
      from retention.step
      join retention.run on run.id = step.run
      join retention.line on line.run = step.run and line.line = step.line
      left join retention.pending on pending.step = step.id
     where step.id = ${id}`.execute(db);
  const row = rows.rows[0];
  return row ? { ...row, counts: { ...zero, ...row.counts } } : null;
}

export type StepOf = Pick<Step, 'id' | 'run' | 'line'>;

/**
 * Takes room for so many items from what the plan showed for the line, before a part of them goes that nothing brings back;
 * false, and nothing taken, when that would be more than it showed. Room that the step holds already for the batch at its
 * cursor counts: tried again after an interruption, it takes none twice.
 */
export async function reserve(session: Database, step: StepOf, items: number): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    with own as (select reserved from retention.step where id = ${step.id}),
    fits as (
      update retention.line set taken = taken + greatest(${items}::bigint - own.reserved, 0) from own
       where run = ${step.run} and line = ${step.line}
         and (${items}::bigint <= own.reserved or taken + ${items}::bigint - own.reserved <= planned) returning 1)
    update retention.step set reserved = greatest(reserved, ${items}::bigint)
     where id = ${step.id} and exists (select 1 from fits) returning id`.execute(session);
  return rows.rows.length === 1;
}

/** Of the room that the step holds: so many items are done, `keep` or fewer stay reserved, the rest is the line's again. */
async function settleRoom(tx: Tx, { id, run, line }: StepOf, done: number, keep: RawBuilder<unknown>): Promise<void> {
  await sql`
    with own as (select reserved, ${keep} as after from retention.step where id = ${id}),
    rest as (
      update retention.line set taken = taken + ${done}::bigint + own.after - own.reserved from own
       where run = ${run} and line = ${line} and ${done}::bigint + own.after <> own.reserved)
    update retention.step set reserved = own.after from own where id = ${id} and step.reserved <> own.after`.execute(
    tx,
  );
}

/**
 * Makes the batch part of the step: counts, cursor and taken items move together, once. `moved` is false for what was found
 * afterwards: the sweep goes on, or begins, where it was, and keeps its room for what is left of that batch.
 */
export async function settleBatch(
  tx: Tx,
  step: Step,
  batch: Pick<Batch, 'counts' | 'retainedBy' | 'partialAt' | 'bytes' | 'next'>,
  moved: boolean,
): Promise<void> {
  const counts: StepCounts = {
    ...addCounts(step.counts, batch.counts),
    unseen: step.counts.unseen,
    bytes: step.counts.bytes + batch.bytes,
    along: step.counts.along + alongIn(batch.retainedBy),
    partialAt: addUp([step.counts.partialAt, batch.partialAt]),
  };
  const { done } = batch.counts;
  await settleRoom(tx, step, done, moved ? sql`0::bigint` : sql`greatest(reserved - ${done}::bigint, 0)`);
  await forgetPending(tx, step.id);
  await sql`
    update retention.step set counts = ${JSON.stringify(counts)}::jsonb, cursor = ${batch.next}, batches = batches + ${moved ? 1 : 0}
     where id = ${step.id}`.execute(tx);
}

/** So many items at most of a batch of which nothing can be told: their room is used, since they may be gone. */
export async function addUnseen(tx: Tx, step: Step, items: number): Promise<void> {
  await settleRoom(tx, step, items, sql`0::bigint`);
  await forgetPending(tx, step.id);
  await sql`
    update retention.step set counts = ${JSON.stringify({ ...step.counts, unseen: step.counts.unseen + items })}::jsonb
     where id = ${step.id}`.execute(tx);
}

/** Ends the step; the room that it did not use is the line's again. */
export async function endStep(tx: Tx, step: StepOf, state: 'done' | 'stopped', why: string | null): Promise<void> {
  await settleRoom(tx, step, 0, sql`0::bigint`);
  await sql`update retention.step set state = ${state}, why = ${why} where id = ${step.id}`.execute(tx);
}

/** A run that is under way and has something in this system; null when there is none. */
export async function runningOn(db: Database, system: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select run.id from retention.run join retention.line on line.run = run.id
     where run.state = 'running' and line.system = ${system} limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** Steps of this line that are still to be done, seen under the line's lock so that exactly one worker finds none left. */
export async function openSteps(tx: Tx, run: string, line: number): Promise<number> {
  await sql`select 1 from retention.line where run = ${run} and line = ${line} for update`.execute(tx);
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from retention.step where run = ${run} and line = ${line} and state = 'waiting'`.execute(
    tx,
  );
  return rows.rows[0]?.n ?? 0;
}

export async function saveVerified(
  tx: Tx,
  run: string,
  line: number,
  level: string,
  left: number,
  orphans: number,
): Promise<void> {
  await sql`
    update retention.line set level = ${level}, left_over = ${left}, orphans = ${orphans} where run = ${run} and line = ${line}`.execute(
    tx,
  );
}

/** `retained` is what statute keeps; what stays because its whole is there is `along`. */
export interface LineResult extends Counts {
  readonly unseen: number;
  readonly along: number;
  /** Of `partial`: the part at which the item is in two; it went and the rest stands, or it stands and the rest went. */
  readonly partialAt: Readonly<Record<string, number>>;
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  readonly planned: number;
  readonly bytes: number;
  readonly level: string | null;
  readonly left: number | null;
  readonly orphans: number | null;
  readonly stopped: string | null;
  readonly open: number;
}

export async function readRun(
  db: Database,
  id: string,
): Promise<{ run: string; plan: string; state: RunState; lines: LineResult[] } | null> {
  const heads = await sql<{
    id: string;
    plan: string;
    state: RunState;
  }>`select id, plan, state from retention.run where id = ${id}`.execute(db);
  const head = heads.rows[0];
  if (!head) return null;
  const n = (name: string) => sql`coalesce(sum((step.counts ->> ${sql.lit(name)})::bigint), 0)::float8`;
  const rows = await sql<LineResult & { parts: Record<string, number>[] }>`
    select line.rule, line.system, line.dataset, line.planned::float8 as planned, line.level,
           line.left_over::float8 as left, line.orphans::float8 as orphans,
           ${n('done')} as done, ${n('absent')} as absent, ${n('held')} as held,
           ${n('retained')} - ${n('along')} as retained, ${n('along')} as along,
           ${n('failed')} as failed, ${n('partial')} as partial, ${n('unseen')} + coalesce(sum((pending.batch -> 'counts' ->> 'done')::bigint) filter (where step.state = 'stopped'), 0)::float8 as unseen, ${n('bytes')} as bytes,
           coalesce(jsonb_agg(step.counts -> 'partialAt') filter (where step.counts ? 'partialAt'), '[]') as parts,
           max(step.why) as stopped, (count(*) filter (where step.state = 'waiting'))::int as open
      from retention.line left join retention.step on step.run = line.run and step.line = line.line
      left join retention.pending on pending.step = step.id
     where line.run = ${id}
     group by line.run, line.line order by line.line`.execute(db);
  const lines = rows.rows.map(({ parts, ...line }) => ({ ...line, partialAt: addUp(parts) }));
  return { run: head.id, plan: head.plan, state: head.state, lines };
}

function addUp(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [part, n] of parts.flatMap((one) => Object.entries(one))) sum[part] = (sum[part] ?? 0) + n;
  return sum;
}

export async function runOfPlan(db: Database, plan: string): Promise<string | null> {
  const rows = await sql<{ id: string }>`select id from retention.run where plan = ${plan}`.execute(db);
  return rows.rows[0]?.id ?? null;
}

/** Ends the run once all its lines are verified; false when some are not, or another worker ended it. */
export async function endRun(tx: Tx, run: string, state: RunState, at: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update retention.run set state = ${state}, finished = ${at.toString()}
     where id = ${run} and state = 'running'
       and not exists (select 1 from retention.line where run = ${run} and level is null) returning id`.execute(tx);
  return rows.rows.length === 1;
}

/** The run of a step when it has ended; null while there is something left of it. */
export async function endedRunOf(db: Database, step: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select run.id from retention.run join retention.step on step.run = run.id
     where step.id = ${step} and run.state <> 'running'`.execute(db);
  return rows[0]?.id ?? null;
}

/** Steps with something left to do: of this run, or of every run that is under way. */
export async function waitingSteps(db: Database, run: string | null): Promise<{ id: string; system: string }[]> {
  const rows = await sql<{ id: string; system: string }>`
    select step.id::text, line.system from retention.step join retention.line on line.run = step.run and line.line = step.line
      join retention.run on run.id = step.run
     where (run.id = ${run}::text or (${run}::text is null and run.state = 'running'))
       and (step.state = 'waiting' or line.level is null) order by step.id`.execute(db);
  return rows.rows;
}

/** Whether the line is not finished yet: something of it is to be done, or it was not looked at again. */
export async function isOpen(db: Database, { run, line }: StepOf): Promise<boolean> {
  const { rows } =
    await sql`select 1 from retention.line where run = ${run} and line = ${line} and level is null`.execute(db);
  return rows.length > 0;
}

/** The line is finished, and nobody could look at what is left of it. */
export async function saveNotSeen(tx: Tx, { run, line }: StepOf): Promise<void> {
  await sql`
    update retention.line set level = 'V0', left_over = -1, orphans = 0
     where run = ${run} and line = ${line} and level is null`.execute(tx);
}

/** Datasets of this system whose lines in the run are not finished yet. */
export async function unfinished(db: Database, run: string, system: string): Promise<Set<string>> {
  const rows = await sql<{ dataset: string }>`
    select dataset from retention.line where run = ${run} and system = ${system} and level is null`.execute(db);
  return new Set(rows.rows.map((row) => row.dataset));
}
