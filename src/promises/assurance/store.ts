/** SQL of declarations. */
import { sql } from 'kysely';
import type { Text } from '../../base/language.ts';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import type { Database, Tx } from '../../database/index.ts';
import type { Declaration } from './model.ts';

/** As it stands in the table: whether the seal fits is for the service to say. */
export type Row = Omit<Declaration, 'whole'> & { readonly seal: string };

export async function insert(tx: Tx, one: Omit<Row, 'state'>): Promise<void> {
  await sql`
    insert into assurance.declaration
      (id, control, words, declared_by, role, on_day, until_day, attachment, sha256, bytes, signed_at, event, seal)
    values (${one.id}, ${one.control}, ${JSON.stringify(one.words)}::jsonb, ${one.by}, ${one.role}, ${one.on}, ${one.until},
            ${one.attachment?.name ?? null}, ${one.attachment?.sha256 ?? null}, ${one.attachment?.bytes ?? null},
            ${one.signedAt.toString()}, ${one.event}, ${one.seal})`.execute(tx);
}

/** Makes room for a newer word about the same control; before it is inserted, since one at a time stands. */
export async function supersede(tx: Tx, control: string): Promise<string | null> {
  const rows = await sql<{ id: string }>`
    update assurance.declaration set superseded_by = id
     where control = ${control} and superseded_by is null and withdrawn_at is null returning id`.execute(tx);
  return rows.rows[0]?.id ?? null;
}

export async function supersededBy(tx: Tx, old: string, by: string): Promise<void> {
  await sql`update assurance.declaration set superseded_by = ${by} where id = ${old}`.execute(tx);
}

export async function withdraw(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const rows = await sql`
    update assurance.declaration set withdrawn_at = ${at.toString()}
     where id = ${id} and superseded_by is null and withdrawn_at is null returning id`.execute(tx);
  return rows.rows.length === 1;
}

/** Newest first. */
export async function all(db: Database): Promise<Row[]> {
  const rows = await sql<{
    id: string;
    control: string;
    words: Text;
    declared_by: string;
    role: string | null;
    on_day: string;
    until_day: string;
    attachment: string | null;
    sha256: string | null;
    bytes: string | null;
    signed_at: Date;
    event: string;
    seal: string;
    state: Declaration['state'];
  }>`
    select id, control, words, declared_by, role, on_day::text, until_day::text, attachment, sha256, bytes, signed_at, event, seal,
           case when withdrawn_at is not null then 'withdrawn' when superseded_by is not null then 'superseded'
                else 'standing' end as state
      from assurance.declaration order by signed_at desc, id`.execute(db);
  return rows.rows.map((row) => ({
    id: row.id,
    control: row.control,
    words: row.words,
    by: row.declared_by,
    role: row.role,
    on: row.on_day,
    until: row.until_day,
    attachment:
      row.attachment === null || row.sha256 === null
        ? null
        : { name: row.attachment, sha256: row.sha256, bytes: Number(row.bytes) },
    signedAt: instantFromEpochMs(row.signed_at.getTime()),
    event: row.event,
    seal: row.seal,
    state: row.state,
  }));
}
