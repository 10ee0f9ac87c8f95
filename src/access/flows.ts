/** What is under way between two requests of one browser. It is used once, not long, and sealed: it may hold a secret. */
import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { hashOf, newToken, type Token } from './sessions.ts';
import type { AccessWorld } from './world.ts';

export type FlowKind =
  | 'second-factor'
  | 'passkey-sign-in'
  | 'passkey-step-up'
  | 'passkey-enrol'
  | 'code-enrol'
  | 'provider';

export interface Flow {
  readonly account: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const mostMinutes = 10;
const mostTries = 5;
export const stepLimits = { mostMinutes, mostTries } as const;

export async function openFlow(
  world: AccessWorld,
  flow: { kind: FlowKind; account: string | null; body: Readonly<Record<string, unknown>> },
  db: Database = world.db,
): Promise<Token> {
  const { token, hash } = newToken();
  // Anyone may begin, so what nobody finished goes as others come.
  await sql`
    delete from access.flow
     where hash in (select hash from access.flow where expires <= ${world.clock().toString()} limit 20)`.execute(db);
  const expires = world.clock().add({ minutes: mostMinutes });
  await sql`
    insert into access.flow (hash, kind, account, body, expires)
    values (${hash}, ${flow.kind}, ${flow.account}, ${world.veil.veil(JSON.stringify(flow.body))}, ${expires.toString()})`.execute(
    db,
  );
  return token;
}

interface Row {
  account: string | null;
  body: string;
}

const toFlow = (world: AccessWorld, row: Row | undefined): Flow | null =>
  row === undefined
    ? null
    : { account: row.account, body: JSON.parse(world.veil.unveil(row.body)) as Record<string, unknown> };

/** Takes a flow: nobody can take it again. Null when there is none of this kind, or it took too long. */
export async function takeFlow(
  world: AccessWorld,
  token: string,
  kind: FlowKind,
  db: Database = world.db,
): Promise<Flow | null> {
  const { rows } = await sql<Row>`
    delete from access.flow where hash = ${hashOf(token)} and kind = ${kind} and expires > ${world.clock().toString()}
    returning account, body`.execute(db);
  return toFlow(world, rows[0]);
}

/** Looks at a flow that goes on, without trying anything. */
export async function peekFlow(world: AccessWorld, token: string, kind: FlowKind): Promise<Flow | null> {
  const { rows } = await sql<Row>`
    select account, body from access.flow
     where hash = ${hashOf(token)} and kind = ${kind} and tries < ${mostTries} and expires > ${world.clock().toString()}`.execute(
    world.db,
  );
  return toFlow(world, rows[0]);
}

/** Looks at a flow for one try; after five of them it is over, also when they come at once. */
export async function tryFlow(world: AccessWorld, token: string, kind: FlowKind): Promise<Flow | null> {
  const { rows } = await sql<Row>`
    update access.flow set tries = tries + 1
     where hash = ${hashOf(token)} and kind = ${kind} and tries < ${mostTries} and expires > ${world.clock().toString()}
    returning account, body`.execute(world.db);
  return toFlow(world, rows[0]);
}
