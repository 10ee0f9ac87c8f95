/**
 * Tokens for programs: each for one purpose, with a scope and an end. Shown once when made; we keep a hash. A token may what it
 * was given as long as the account that made it may that too.
 */
import { sql } from 'kysely';
import { can, permissionText, ruleOf, type Actor, type Permission, type Role } from '../../access/index.ts';
import { hashOf, newToken } from '../../access/sessions.ts';
import { opaqueId } from '../../base/id.ts';
import { Refusal } from '../../base/refusal.ts';
import { instantFromEpochMs, type Instant } from '../../base/time.ts';
import { record } from '../../ledger/index.ts';
import type { Seat } from './seat.ts';

/** So that a scanner of secrets, and a person, can tell what leaked. */
const prefix = 'gestand_';
export const longestDays = 366;

export interface TokenView {
  readonly id: string;
  /** Whose it is. */
  readonly account: string;
  readonly purpose: string;
  readonly may: readonly Permission[];
  readonly made: Instant;
  readonly ends: Instant;
  readonly used: Instant | null;
}

export async function makeToken(
  seat: Seat,
  actor: Actor,
  input: { readonly purpose: string; readonly may: readonly Permission[]; readonly days: number },
): Promise<{ readonly id: string; readonly token: string; readonly ends: Instant }> {
  const beyond = input.may.find((one) => !can(actor, one) || ruleOf(one).two);
  if (beyond !== undefined) throw tokenRefusals.beyondYou(beyond);
  const { token, hash } = newToken();
  const { world } = seat;
  const now = world.clock();
  const ends = now.add({ hours: 24 * Math.min(longestDays, input.days) });
  const id = opaqueId('k');
  await world.db.transaction().execute(async (tx) => {
    await sql`
      insert into site.token (id, hash, purpose, may, account, made, ends)
      values (${id}, ${hash}, ${input.purpose}, ${[...input.may]}, ${actor.account}, ${now.toString()}, ${ends.toString()})`.execute(
      tx,
    );
    await record(tx, {
      personal: true,
      at: now,
      details: { event: 'token.made', token: id, by: actor.name, purpose: input.purpose, may: input.may.join(', ') },
    });
  });
  return { id, token: `${prefix}${token}`, ends };
}

export async function listTokens({ world }: Seat): Promise<TokenView[]> {
  const { rows } = await sql<{
    id: string;
    account: string;
    purpose: string;
    may: Permission[];
    made: Date;
    ends: Date;
    used: Date | null;
  }>`
    select id, account, purpose, may, made, ends, used from site.token where ends > ${world.clock().toString()} order by made desc`.execute(
    world.db,
  );
  const at = (date: Date): Instant => instantFromEpochMs(date.getTime());
  return rows.map((row) => ({
    ...row,
    made: at(row.made),
    ends: at(row.ends),
    used: row.used === null ? null : at(row.used),
  }));
}

export async function endToken({ world }: Seat, actor: Actor, id: string): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    const done = await sql`delete from site.token where id = ${id}`.execute(tx);
    if ((done.numAffectedRows ?? 0n) === 0n) throw tokenRefusals.unknown();
    await record(tx, {
      personal: true,
      at: world.clock(),
      details: { event: 'token.ended', token: id, by: actor.name },
    });
  });
}

interface Row {
  id: string;
  may: Permission[];
  account: string;
  person: string;
  name: string;
  roles: Role[];
  clients: string[];
  used: Date | null;
}

export interface KnownToken {
  readonly actor: Actor;
  readonly token: string;
  readonly may: readonly Permission[];
}

/** The actor of a token: its maker, with no more than the token's scope. Null when it ended, or its maker's account did. */
export async function actorOfToken({ world }: Seat, shown: string): Promise<KnownToken | null> {
  if (!shown.startsWith(prefix)) return null;
  const now = world.clock();
  const { rows } = await sql<Row>`
    select t.id, t.may, t.used, a.id as account, a.person, a.roles, a.clients, p.name
      from site.token t join access.account a on a.id = t.account join access.person p on p.id = a.person
     where t.hash = ${hashOf(shown.slice(prefix.length))} and t.ends > ${now.toString()}
       and a.state = 'active' and (a.until is null or a.until > ${now.toString()})`.execute(world.db);
  const [row] = rows;
  if (row === undefined) return null;
  if (row.used === null || now.epochMilliseconds - row.used.getTime() > 60_000)
    await sql`update site.token set used = ${now.toString()} where id = ${row.id}`.execute(world.db);
  const { account, person, name, roles, clients } = row;
  const actor: Actor = {
    account,
    person,
    name,
    roles,
    clients,
    until: null,
    session: row.id,
    stage: 'full',
    stepUpAt: null,
    shown: [],
    language: null,
  };
  return { actor, token: row.id, may: row.may };
}

export const tokenRefusals = {
  unknown: () =>
    new Refusal('token-unknown', { nl: 'Dat token is er niet (meer).', en: 'That token is not there (any more).' }),
  beyondYou: (permission: Permission) =>
    new Refusal(
      'token-beyond',
      {
        nl: `U mag zelf niet: ${permissionText(permission, 'nl')}. Een token mag niet meer dan u.`,
        en: `You may not yourself: "${permission}". A token may no more than you.`,
      },
      403,
    ),
};
