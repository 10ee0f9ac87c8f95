/** SQL of holds. */
import { sql } from 'kysely';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import type { Database, Tx } from '../../database/index.ts';
import { Scope, type Hold, type Named } from './model.ts';
import type { Incomplete } from './whole.ts';

interface Row {
  id: string;
  matter: string;
  kind: Hold['kind'];
  reason: string;
  legal_basis: string;
  scope: unknown;
  prospective: boolean;
  named: readonly Named[];
  state: Hold['state'];
  placed_by: string;
  placed_at: Date;
  review_due: Date;
  release_by: string | null;
  release_reason: string | null;
  released_by: string | null;
  grace_until: Date | null;
}

const at = (date: Date): Instant => instantFromEpochMs(date.getTime());

function toHold(row: Row): Hold {
  return {
    id: row.id,
    matter: row.matter,
    kind: row.kind,
    reason: row.reason,
    legalBasis: row.legal_basis,
    scope: Scope.parse(row.scope),
    prospective: row.prospective,
    named: row.named,
    state: row.state,
    placedBy: row.placed_by,
    placedAt: at(row.placed_at),
    reviewDue: at(row.review_due),
    releaseBy: row.release_by,
    releaseReason: row.release_reason,
    releasedBy: row.released_by,
    graceUntil: row.grace_until ? at(row.grace_until) : null,
  };
}

/** All holds, or these ids; released ones too, since a plan may name them. */
export async function readHolds(db: Database, ids?: readonly string[]): Promise<Hold[]> {
  const rows = await sql<Row>`
    select id, matter, kind, reason, legal_basis, scope, prospective, named, state, placed_by, placed_at, review_due,
           release_by, release_reason, released_by, grace_until
      from holds.hold
     where ${ids ? sql`id = any(${ids})` : sql`true`}
     order by placed_at, id`.execute(db);
  return rows.rows.map(toHold);
}

export async function protectingHolds(db: Database): Promise<Hold[]> {
  return (await readHolds(db)).filter((hold) => hold.state !== 'released');
}

export async function insertHold(tx: Tx, hold: Hold): Promise<void> {
  await sql`
    insert into holds.hold (id, matter, kind, reason, legal_basis, scope, prospective, state, placed_by, placed_at, review_due)
    values (${hold.id}, ${hold.matter}, ${hold.kind}, ${hold.reason}, ${hold.legalBasis}, ${JSON.stringify(hold.scope)}::jsonb,
            ${hold.prospective}, ${hold.state}, ${hold.placedBy}, ${hold.placedAt.toString()}, ${hold.reviewDue.toString()})`.execute(
    tx,
  );
}

/** Names items that the hold keeps from now on, whatever their time tells later; looked at again, none stands twice. */
export async function addNamed(db: Database, id: string, { dataset, keys }: Named): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<Pick<Row, 'named'>>`select named from holds.hold where id = ${id} for update`.execute(
      tx,
    );
    const before = rows[0]?.named ?? [];
    const known = before.flatMap((one) => (one.dataset === dataset ? one.keys : []));
    const all = [...new Map([...known, ...keys].map((key) => [JSON.stringify(key), key])).values()];
    const named: Named[] = [...before.filter((one) => one.dataset !== dataset), { dataset, keys: all }];
    await sql`update holds.hold set named = ${JSON.stringify(named)}::jsonb where id = ${id}`.execute(tx);
  });
}

export interface Achieved {
  readonly system: string;
  readonly dataset: string;
  readonly native: number;
  readonly preserved: number;
  readonly guarded: number;
  readonly risk: string | null;
}

export async function saveAchieved(tx: Tx, hold: string, one: Achieved): Promise<void> {
  await sql`
    insert into holds.achieved (hold, system, dataset, native, preserved, guarded, risk)
    values (${hold}, ${one.system}, ${one.dataset}, ${one.native}, ${one.preserved}, ${one.guarded}, ${one.risk})
    on conflict (hold, system, dataset) do update
       set native = excluded.native, preserved = excluded.preserved, guarded = excluded.guarded, risk = excluded.risk`.execute(
    tx,
  );
}

export async function readAchieved(db: Database, hold: string): Promise<Achieved[]> {
  const rows = await sql<{
    system: string;
    dataset: string;
    native: string;
    preserved: string;
    guarded: string;
    risk: string | null;
  }>`
    select system, dataset, native, preserved, guarded, risk from holds.achieved where hold = ${hold} order by 1, 2`.execute(
    db,
  );
  return rows.rows.map((row) => ({
    ...row,
    native: Number(row.native),
    preserved: Number(row.preserved),
    guarded: Number(row.guarded),
  }));
}

/** What the last look found, in place of what the one before it did. */
export async function saveIncomplete(tx: Tx, hold: string, found: readonly Incomplete[]): Promise<void> {
  await sql`delete from holds.incomplete where hold = ${hold}`.execute(tx);
  for (const one of found)
    await sql`
      insert into holds.incomplete (hold, system, dataset, part, items, ours)
      values (${hold}, ${one.system}, ${one.dataset}, ${one.part}, ${one.items}, ${one.ours})
      on conflict (hold, system, dataset, part) do update set items = excluded.items, ours = excluded.ours`.execute(tx);
}

export async function readIncomplete(db: Database, hold: string): Promise<Incomplete[]> {
  const { rows } = await sql<Incomplete>`
    select system, dataset, part, items::float8 as items, ours::float8 as ours from holds.incomplete
     where hold = ${hold} order by 1, 2, 3`.execute(db);
  return rows;
}

export async function setState(tx: Tx, id: string, state: Hold['state']): Promise<void> {
  await sql`update holds.hold set state = ${state} where id = ${id}`.execute(tx);
}

export async function askRelease(tx: Tx, id: string, by: string, reason: string, now: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update holds.hold set release_by = ${by}, release_reason = ${reason}, release_asked = ${now.toString()}
     where id = ${id} and state in ('active', 'error') returning id`.execute(tx);
  return rows.rows.length === 1;
}

/** Grants a release that someone else asked for; false when it was not asked for, or by the same person. */
export async function grantRelease(tx: Tx, id: string, by: string, graceUntil: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update holds.hold set released_by = ${by}, grace_until = ${graceUntil.toString()}, state = 'releasing'
     where id = ${id} and state in ('active', 'error') and release_by is not null and release_by <> ${by} returning id`.execute(
    tx,
  );
  return rows.rows.length === 1;
}

/** Ends the holds whose grace is over; their ids. */
export async function endGrace(tx: Tx, now: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    update holds.hold set state = 'released', released_at = ${now.toString()}
     where state = 'releasing' and grace_until <= ${now.toString()} returning id`.execute(tx);
  return rows.rows.map((row) => row.id);
}

/** Holds whose review is overdue and not yet warned about today. */
export async function takeOverdueReviews(tx: Tx, now: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    update holds.hold set review_warned = ${now.toString()}
     where state in ('active', 'error') and review_due <= ${now.toString()}
       and (review_warned is null or review_warned <= ${now.subtract({ hours: 20 }).toString()})
    returning id`.execute(tx);
  return rows.rows.map((row) => row.id);
}

/** A look at a hold moves its next review; it never releases. */
export async function reviewed(tx: Tx, id: string, due: Instant): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    update holds.hold set review_due = ${due.toString()}, review_warned = null where id = ${id} and state <> 'released' returning id`.execute(
    tx,
  );
  return rows.rows.length === 1;
}

/** Batches that began to take parts of items, or were prepared, and were never reported final: a worker died in between. */
export async function interruptedBatches(tx: Tx): Promise<number> {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from (
      select step from retention.pending where batch is not null
      union select torn.step from retention.torn join retention.step on step.id = torn.step
       where not torn.told and step.state = 'waiting') as cut`.execute(tx);
  return rows.rows[0]?.n ?? 0;
}
