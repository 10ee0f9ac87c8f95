/**
 * What the ledger keeps of sign-ins and of changes to who may what. Each is about a person: the leaf shows that something was
 * recorded then, the details can be erased and have a term. Failed attempts are counted by day and kind, without a name: whoever
 * tried may have typed somebody else's, or a password in the wrong field.
 */
import { sql } from 'kysely';
import type { Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import { record, type Details } from '../ledger/index.ts';
import type { Actor } from './model.ts';
import { noteChange } from './notices.ts';
import type { AccessWorld } from './world.ts';

/** Whoever has the command line has the machine; it is named as such. */
export type By = Pick<Actor, 'account' | 'person' | 'name' | 'roles' | 'session'> | null;

export const nameOf = (by: By): string => by?.name ?? 'the command line';

export async function audit(tx: Tx, world: AccessWorld, event: `access.${string}`, details: Details): Promise<void> {
  const at = world.clock();
  const keepDetailsUntil = at.add({ hours: 24 * world.settings.keepSignInsDays });
  await record(tx, { personal: true, at, keepDetailsUntil, details: { event, ...details } });
  await noteChange(tx, world, event, details);
}

export type FailureKind = 'password' | 'second-factor' | 'passkey' | 'provider' | 'link' | 'waiting' | 'denied';

export async function countFailure(world: AccessWorld, kind: FailureKind): Promise<void> {
  const day = world.clock().toString().slice(0, 10);
  await sql`
    insert into access.failure as f (day, kind, n) values (${day}::date, ${kind}, 1)
    on conflict (day, kind) do update set n = f.n + 1`.execute(world.db);
  world.log('access.refused', { kind });
}

/** Failed attempts a day and kind, since a day. */
export async function failuresSince(
  db: Database,
  since: Instant,
): Promise<{ day: string; kind: FailureKind; n: number }[]> {
  const { rows } = await sql<{ day: string; kind: FailureKind; n: number }>`
    select day::text, kind, n from access.failure where day >= ${since.toString().slice(0, 10)}::date order by day, kind`.execute(
    db,
  );
  return rows;
}

/** Days that are over go to the ledger as counts, and are forgotten here; how many failures they were. */
export async function recordFailures(world: AccessWorld): Promise<number> {
  const at = world.clock();
  return world.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ kind: FailureKind; n: number }>`
      with over as (delete from access.failure where day < ${at.toString().slice(0, 10)}::date returning kind, n)
      select kind, sum(n)::int as n from over group by kind order by kind`.execute(tx);
    for (const { kind, n } of rows) await record(tx, { type: 'access.refused', at, fields: { kind, n } });
    return rows.reduce((sum, row) => sum + row.n, 0);
  });
}
