/** Leaving, and being made to leave: the session is gone on our side, whatever the browser still holds. */
import { sql } from 'kysely';
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
    const ended =
      'session' in what ? Number(await endSession(tx, what.session)) : await endSessionsOf(tx, what.account);
    if (ended > 0) await audit(tx, world, 'access.sessions-revoked', { ...what, ended, by: nameOf(by) });
    return ended;
  });
}
