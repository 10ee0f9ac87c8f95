/** Leaving, and being made to leave: the session is gone on our side, whatever the browser still holds. */
import { sql } from 'kysely';
import type { Tx } from '../database/index.ts';
import { audit, nameOf, type By } from './audit.ts';
import type { Actor } from './model.ts';
import { refusals } from './phrases.ts';
import { endSession, endSessionsOf, hashOf } from './sessions.ts';
import type { AccessWorld } from './world.ts';

export async function signOut(world: AccessWorld, token: string): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; account: string }>`
      delete from access.session where hash = ${hashOf(token)} returning id, account`.execute(tx);
    for (const { id, account } of rows) await audit(tx, world, 'access.signed-out', { account, session: id });
  });
}

/** Ends one of the actor's own sessions. */
export async function endOwnSession(world: AccessWorld, actor: Actor, session: string): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    if (!(await endSession(tx, session, actor.account))) throw refusals.notThere();
    await audit(tx, world, 'access.session-ended', { account: actor.account, session, by: actor.name });
  });
}

/** Ends somebody's session, or all that an account has; how many. */
export async function revoke(
  world: AccessWorld,
  by: By,
  what: { readonly session: string } | { readonly account: string },
): Promise<number> {
  return world.db.transaction().execute(async (tx) => {
    const account = 'session' in what ? await accountOf(tx, what.session) : what.account;
    if (account === null) return 0;
    const ended = 'session' in what ? Number(await endSession(tx, what.session)) : await endSessionsOf(tx, account);
    if (ended > 0) await audit(tx, world, 'access.sessions-revoked', { ...what, account, ended, by: nameOf(by) });
    return ended;
  });
}

async function accountOf(tx: Tx, session: string): Promise<string | null> {
  const { rows } = await sql<{ account: string }>`select account from access.session where id = ${session}`.execute(tx);
  return rows[0]?.account ?? null;
}
