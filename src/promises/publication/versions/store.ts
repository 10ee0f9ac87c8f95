/** SQL of versions. Everything is added, nothing is changed but a name whose term ended: the database refuses it. */
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { instantFromEpochMs, type Instant } from '../../../base/time.ts';
import type { Database, Tx } from '../../../database/index.ts';
import type { Act, ActKind, Override, Version } from './model.ts';
import { NoticeChange, type Notice, type Told } from './notices.ts';

const at = (date: Date): Instant => instantFromEpochMs(date.getTime());

/** "gesu": one publication decision at a time, so that two do not both follow from the same past. */
export async function alone(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${0x6765_7375}, 0)`.execute(tx);
}

export interface Stored extends Version {
  readonly manifest: string;
}

export async function readVersions(db: Database): Promise<Stored[]> {
  const rows = await sql<{
    id: string;
    label: string;
    manifest: string;
    sha256: string;
    policy_hash: string;
    made_at: Date;
  }>`select id, label, manifest, sha256, policy_hash, made_at from publication.version order by made_at, id`.execute(
    db,
  );
  const acts = await sql<{
    version: string;
    act: ActKind;
    by: string;
    at: Date;
    effective: string | null;
    reason: string | null;
    event: string;
  }>`select version, act, by, at, effective, reason, event from publication.act order by version, n`.execute(db);
  return rows.rows.map((row) => ({
    id: row.id,
    label: row.label,
    manifest: row.manifest,
    sha256: row.sha256,
    policyHash: row.policy_hash,
    madeAt: at(row.made_at),
    acts: acts.rows
      .filter((act) => act.version === row.id)
      .map((act): Act => ({
        act: act.act,
        by: act.by,
        at: at(act.at),
        effective: act.effective,
        reason: act.reason,
        event: act.event,
      })),
  }));
}

export async function insertVersion(tx: Tx, version: Omit<Stored, 'acts'>): Promise<void> {
  await sql`
    insert into publication.version (id, label, manifest, sha256, policy_hash, made_at)
    values (${version.id}, ${version.label}, ${version.manifest}, ${version.sha256}, ${version.policyHash}, ${version.madeAt.toString()})`.execute(
    tx,
  );
}

/** The number of the act within its version. */
export async function insertAct(tx: Tx, version: string, act: Act): Promise<number> {
  const rows = await sql<{ n: number }>`
    insert into publication.act (version, n, act, by, at, effective, reason, event)
    select ${version}, coalesce(max(n), 0) + 1, ${act.act}, ${act.by}, ${act.at.toString()}, ${act.effective}, ${act.reason}, ${act.event}
      from publication.act where version = ${version}
    returning n`.execute(tx);
  return rows.rows[0]?.n ?? 0;
}

export async function readOverrides(db: Database): Promise<Override[]> {
  const rows = await sql<Omit<Override, 'at'> & { at: Date }>`
    select id, rule, path, reason, until, by, at from publication.override order by at, id`.execute(db);
  return rows.rows.map((row) => ({ ...row, at: at(row.at) }));
}

export async function insertOverride(tx: Tx, one: Override, event: string): Promise<void> {
  await sql`
    insert into publication.override (id, rule, path, reason, until, by, at, event)
    values (${one.id}, ${one.rule}, ${one.path}, ${one.reason}, ${one.until}, ${one.by}, ${one.at.toString()}, ${event})`.execute(
    tx,
  );
}

export async function insertNotices(tx: Tx, version: string, n: number, notices: readonly Notice[]): Promise<void> {
  for (const one of notices)
    await sql`
      insert into publication.notice (version, n, grp, moment, due, changes)
      values (${version}, ${n}, ${one.group}, ${one.when}, ${one.due}, ${JSON.stringify(one.changes)}::jsonb)`.execute(
      tx,
    );
}

/** A version that was withdrawn and published again has notices of its last time only. */
const lastPublished = (version: RawBuilder<unknown>) =>
  sql`(select max(act.n) from publication.act where act.version = ${version} and act.act = 'published')`;

/** Notices of the last publication of each version, with who told the group. */
export async function readNotices(db: Database): Promise<(Notice & { version: string; told: Told | null })[]> {
  const rows = await sql<{
    version: string;
    grp: string;
    moment: Notice['when'];
    due: string;
    changes: unknown;
    how: string | null;
    by: string | null;
    at: Date | null;
  }>`
    select notice.version, notice.grp, notice.moment, notice.due, notice.changes, told.how, told.by, told.at
      from publication.notice left join publication.told using (version, n, grp)
     where notice.n = ${lastPublished(sql`notice.version`)}
     order by notice.due, notice.version, notice.grp`.execute(db);
  return rows.rows.map((row) => ({
    version: row.version,
    group: row.grp,
    when: row.moment,
    due: row.due,
    changes: z.array(NoticeChange).parse(row.changes),
    told: row.how !== null && row.by !== null && row.at ? { how: row.how, by: row.by, at: at(row.at) } : null,
  }));
}

/** False when there is no such notice, or the group was told. */
export async function insertTold(tx: Tx, version: string, group: string, told: Told, event: string): Promise<boolean> {
  const rows = await sql<{ grp: string }>`
    insert into publication.told (version, n, grp, how, by, at, event)
    select version, n, grp, ${told.how}, ${told.by}, ${told.at.toString()}::timestamptz, ${event}
      from publication.notice where version = ${version} and grp = ${group} and n = ${lastPublished(sql`${version}`)}
    on conflict do nothing returning grp`.execute(tx);
  return rows.rows.length === 1;
}

export interface Elsewhere {
  readonly id: string;
  readonly source: string;
  readonly sha256: string;
  readonly blocks: readonly string[];
  readonly by: string;
  readonly at: Instant;
}

export async function readElsewhere(db: Database): Promise<Elsewhere[]> {
  const rows = await sql<Omit<Elsewhere, 'at' | 'blocks'> & { at: Date; blocks: unknown }>`
    select id, source, sha256, blocks, by, at from publication.elsewhere order by at, id`.execute(db);
  return rows.rows.map((row) => ({ ...row, blocks: z.array(z.string()).parse(row.blocks), at: at(row.at) }));
}

/** False when this very page was read before. */
export async function insertElsewhere(tx: Tx, one: Elsewhere, event: string): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    insert into publication.elsewhere (id, source, sha256, blocks, by, at, event)
    values (${one.id}, ${one.source}, ${one.sha256}, ${JSON.stringify(one.blocks)}::jsonb, ${one.by}, ${one.at.toString()}, ${event})
    on conflict (id) do nothing returning id`.execute(tx);
  return rows.rows.length === 1;
}

/** A name that stands under something here. */
export interface NameHere {
  readonly table: 'act' | 'override' | 'told' | 'elsewhere';
  /** Null for what is of no version. */
  readonly version: string | null;
  readonly by: string;
  readonly at: Instant;
  readonly event: string;
}

export async function readNames(db: Database): Promise<NameHere[]> {
  const rows = await sql<Omit<NameHere, 'at'> & { at: Date }>`
    select 'act' as table, version, by, at, event from publication.act
    union all select 'told', version, by, at, event from publication.told
    union all select 'override', null, by, at, event from publication.override
    union all select 'elsewhere', null, by, at, event from publication.elsewhere`.execute(db);
  return rows.rows.map((row) => ({ ...row, at: at(row.at) }));
}

export async function replaceName(tx: Tx, { table, event }: NameHere, mark: string): Promise<void> {
  await sql`update ${sql.table(`publication.${table}`)} set by = ${mark} where event = ${event}`.execute(tx);
}
