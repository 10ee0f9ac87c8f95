/** The draft of the policy: one text that several may write at, and that by itself changes nothing. */
import { sql } from 'kysely';
import { sha256Hex } from '../crypto/index.ts';
import type { Actor } from '../promises/world.ts';
import type { OpenWorld } from './world.ts';

export interface PolicyDraft {
  /** Grows with each time it is saved. */
  readonly revision: number;
  readonly text: string;
  /** Whether the policy that runs has changed since. */
  readonly outdated: boolean;
  readonly by: string;
  readonly at: string;
}

/** Characters of a policy: some ten times the largest that we know. */
export const mostText = 524_288;

export async function readDraft(world: OpenWorld): Promise<PolicyDraft | null> {
  const { rows } = await sql<{
    revision: string;
    text: string;
    base: string;
    by: string;
    at: Date;
  }>`select revision, text, base, by, at from site.policy_draft`.execute(world.db);
  const [row] = rows;
  if (!row) return null;
  const { text, by } = row;
  return { revision: Number(row.revision), text, outdated: row.base !== baseOf(world), by, at: row.at.toISOString() };
}

const baseOf = (world: OpenWorld): string => sha256Hex(world.declared.text.policy);

/** `seen` is the revision that the writer began with, 0 for none. False, and nothing is saved, when there is another by now. */
export async function saveDraft(world: OpenWorld, actor: Actor, text: string, seen: number): Promise<boolean> {
  const now = world.clock().toString();
  // Browsers send each line end as two characters; a policy that only differs in those would be another policy.
  const lines = text.replaceAll('\r\n', '\n');
  const done = await sql`
    insert into site.policy_draft as d (revision, text, base, by, at)
    select ${seen + 1}::bigint, ${lines}, ${baseOf(world)}, ${actor.name}, ${now}
     where ${seen}::bigint = 0 or exists (select from site.policy_draft)
    on conflict (one) do update
       set revision = excluded.revision, text = excluded.text, base = excluded.base, by = excluded.by, at = excluded.at
     where d.revision = ${seen}::bigint`.execute(world.db);
  return done.numAffectedRows === 1n;
}

/** `seen` is the revision that is thrown away, null for any. False, and it stays, when there is another by now. */
export async function discardDraft(world: OpenWorld, seen: number | null): Promise<boolean> {
  await sql`delete from site.policy_draft where ${seen}::bigint is null or revision = ${seen}`.execute(world.db);
  return (await readDraft(world)) === null;
}
