/** SQL of what people decided about rules that say "a person decides each time". */
import { sql } from 'kysely';
import { instant, instantFromEpochMs, type Instant } from '../../base/time.ts';
import type { Database, Tx } from '../../database/index.ts';
import type { Keep } from './model.ts';
import type { PlanLine } from './planned.ts';
import { madeAt } from './store.ts';

export interface Decision {
  readonly plan: string;
  readonly rule: string;
  readonly decision: 'erase' | 'keep';
  /** The last day that it is kept: "2027-03-01"; null where it is erased. */
  readonly until: string | null;
  readonly items: number;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  /** Of a keep that was taken back before its last day. */
  readonly withdrawn: Withdrawn | null;
}

export interface Withdrawn {
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
}

/** False when there is a decision about this rule of this plan already. */
export async function saveDecision(tx: Tx, one: Omit<Decision, 'withdrawn'>): Promise<boolean> {
  const { rows } = await sql<{ plan: string }>`
    insert into retention.review (plan, rule, decision, until, items, reason, by, at)
    values (${one.plan}, ${one.rule}, ${one.decision}, ${one.until}, ${one.items}, ${one.reason}, ${one.by}, ${one.at.toString()})
    on conflict (plan, rule) do nothing returning plan`.execute(tx);
  return rows.length === 1;
}

/** Takes a keep back; false when there is none in this plan about this rule, or it was taken back already. */
export async function withdrawKeep(tx: Tx, plan: string, rule: string, how: Withdrawn): Promise<boolean> {
  const { rows } = await sql<{ plan: string }>`
    update retention.review set withdrawn_at = ${how.at.toString()}, withdrawn_by = ${how.by}, withdrawn_why = ${how.reason}
     where plan = ${plan} and rule = ${rule} and decision = 'keep' and withdrawn_at is null returning plan`.execute(tx);
  return rows.length === 1;
}

export async function saveKeep(tx: Tx, plan: string, line: PlanLine): Promise<void> {
  await sql`
    insert into retention.keep (plan, rule, system, dataset, cutoff)
    values (${plan}, ${line.rule}, ${line.system}, ${line.dataset}, ${line.cutoff})`.execute(tx);
}

/** What was decided about the rules of one plan. */
export async function decisionsOf(db: Database, plan: string): Promise<Map<string, Decision>> {
  const { rows } = await sql<
    Omit<Decision, 'at' | 'items' | 'withdrawn'> & {
      at: Date;
      items: string;
      withdrawn_at: Date | null;
      withdrawn_by: string | null;
      withdrawn_why: string | null;
    }
  >`
    select plan, rule, decision, until::text, items, reason, by, at, withdrawn_at, withdrawn_by, withdrawn_why
      from retention.review where plan = ${plan}`.execute(db);
  const moment = (at: Date): Instant => instantFromEpochMs(at.getTime());
  return new Map(
    rows.map(({ withdrawn_at: ended, withdrawn_by: by, withdrawn_why: reason, ...row }) => [
      row.rule,
      {
        ...row,
        items: Number(row.items),
        at: moment(row.at),
        withdrawn: ended === null ? null : { by: by ?? '', reason: reason ?? '', at: moment(ended) },
      } satisfies Decision,
    ]),
  );
}

/** The rules of a plan of which people decided that what is due goes. */
export async function erasedRules(db: Database, plan: string): Promise<Set<string>> {
  const { rows } = await sql<{ rule: string }>`
    select rule from retention.review where plan = ${plan} and decision = 'erase'`.execute(db);
  return new Set(rows.map((row) => row.rule));
}

/** Rules of which it was decided that what is due goes, by the plan in which it waits to be carried out. */
export async function erasuresToCarryOut(db: Database, now: Instant): Promise<Map<string, string>> {
  const { rows } = await sql<{ plan: string; rule: string }>`
    select review.plan, review.rule from retention.review
      join retention.plan on plan.id = review.plan left join retention.run on run.plan = review.plan
     where review.decision = 'erase' and run.id is null and plan.expires_at > ${now.toString()}::timestamptz
     order by review.at`.execute(db);
  return new Map(rows.map((row) => [row.rule, row.plan]));
}

/**
 * Every decision to keep, also what has ended: whether it runs is asked of the moment that is judged (`runs`). One that was taken
 * back is none; to a plan that was made before (`since`) it still is, for that plan did not show what it kept.
 */
export async function readKeeps(db: Database, since: Date | null = null): Promise<Keep[]> {
  const { rows } = await sql<Omit<Keep, 'cutoff' | 'at'> & { cutoff: string; at: Date }>`
    select keep.plan, keep.rule, keep.system, keep.dataset, keep.cutoff, review.until::text, review.reason, review.by, review.at
      from retention.keep join retention.review on review.plan = keep.plan and review.rule = keep.rule
     where review.withdrawn_at is null or review.withdrawn_at >= ${since?.toISOString() ?? null}::timestamptz
     order by review.at, keep.plan, keep.rule, keep.system, keep.dataset`.execute(db);
  return rows.map((row) => ({
    ...row,
    cutoff: instant(row.cutoff),
    at: instantFromEpochMs(row.at.getTime()),
  }));
}

/** The decisions that kept something out of a plan when it was made. */
export async function keepsAsShown(db: Database, plan: string): Promise<Keep[]> {
  return readKeeps(db, await madeAt(db, plan));
}
