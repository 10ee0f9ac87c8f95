/**
 * Deeds that take two people: one asks, another grants, and only then is it done. What counts is the person, not the account or
 * the role: somebody with two accounts is still one. The second look is at exactly what the first one asked for (its digest).
 */
import { sql } from 'kysely';
import { opaqueId } from '../base/id.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import { audit } from './audit.ts';
import type { Actor } from './model.ts';
import { allow, requireStepUp, ruleOf, type Permission } from './permissions.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

/** What is asked: which deed, on what, and a hash of all that it would do. */
export interface Asked {
  readonly deed: Permission;
  /** An id of ours: a plan, a hold, a version. */
  readonly subject: string;
  readonly digest: string;
}

export interface SecondLook extends Asked {
  readonly id: string;
  readonly askedBy: string;
  readonly asked: Instant;
  readonly seenBy: string | null;
  readonly expires: Instant;
}

/** A request to look again waits for a week; what it is about may have changed by then. */
const days = 7;

function mayNow(world: AccessWorld, actor: Actor, deed: Permission): void {
  if (!ruleOf(deed).two) throw new TypeError(`"${deed}" is not a deed for two`);
  allow(actor, deed);
  requireStepUp(actor, deed, { now: world.clock(), withinMinutes: world.settings.sessions.stepUpMinutes });
}

/** The first of two. Asking again for the same replaces what was asked before and not yet seen. */
export async function askSecondLook(world: AccessWorld, actor: Actor, asked: Asked): Promise<SecondLook> {
  mayNow(world, actor, asked.deed);
  const now = world.clock();
  const id = opaqueId('x');
  const expires = now.add({ hours: 24 * days });
  await world.db.transaction().execute(async (tx) => {
    await sql`
      delete from access.second_look where deed = ${asked.deed} and subject = ${asked.subject} and done is null`.execute(
      tx,
    );
    await sql`
      insert into access.second_look (id, deed, subject, digest, asked_by, asked, expires)
      values (${id}, ${asked.deed}, ${asked.subject}, ${asked.digest}, ${actor.person}, ${now.toString()}, ${expires.toString()})`.execute(
      tx,
    );
    await audit(tx, world, 'access.second-look-asked', { ...asked, id, by: actor.name, session: actor.session });
  });
  return { ...asked, id, askedBy: actor.name, asked: now, seenBy: null, expires };
}

/** The second of two: somebody else, who saw the same. */
export async function giveSecondLook(
  world: AccessWorld,
  actor: Actor,
  id: string,
  digest: string,
): Promise<SecondLook> {
  const look = await lookById(world.db, id);
  if (look === null || look.expires.epochMilliseconds <= world.clock().epochMilliseconds) throw refusals.notThere();
  mayNow(world, actor, look.deed);
  if (look.digest !== digest) throw refusals.changedSince();
  await world.db.transaction().execute(async (tx) => {
    const done = await sql`
      update access.second_look set seen_by = ${actor.person}, seen = ${world.clock().toString()}
       where id = ${id} and seen_by is null and done is null and asked_by <> ${actor.person}`.execute(tx);
    if (done.numAffectedRows !== 1n) throw refusals.samePerson();
    const { deed, subject } = look;
    await audit(tx, world, 'access.second-look-given', {
      deed,
      subject,
      digest,
      id,
      by: actor.name,
      session: actor.session,
    });
  });
  return { ...look, seenBy: actor.name };
}

/**
 * Inside the transaction of the deed: takes the look of two people at exactly this, once. Refuses when there is none.
 * Answers who they are.
 */
export async function takeSecondLook(
  tx: Tx,
  world: AccessWorld,
  asked: Asked,
): Promise<{ readonly first: string; readonly second: string }> {
  const now = world.clock().toString();
  const { rows } = await sql<{ first: string; second: string }>`
    update access.second_look l set done = ${now}
      from access.person a, access.person b
     where l.deed = ${asked.deed} and l.subject = ${asked.subject} and l.digest = ${asked.digest} and l.done is null
       and l.expires > ${now} and l.asked_by <> l.seen_by and a.id = l.asked_by and b.id = l.seen_by
    returning a.name as first, b.name as second`.execute(tx);
  const [two] = rows;
  if (two === undefined) throw refusals.secondNeeded();
  return two;
}

/** What waits for somebody else to look at. */
export async function listSecondLooks(world: AccessWorld): Promise<SecondLook[]> {
  const rows = await read(
    world.db,
    sql`l.done is null and l.seen_by is null and l.expires > ${world.clock().toString()}`,
  );
  return rows;
}

async function lookById(db: Database, id: string): Promise<SecondLook | null> {
  return (await read(db, sql`l.id = ${id} and l.done is null`))[0] ?? null;
}

async function read(db: Database, where: ReturnType<typeof sql>): Promise<SecondLook[]> {
  const { rows } = await sql<{
    id: string;
    deed: Permission;
    subject: string;
    digest: string;
    asked_by: string;
    asked: Date;
    seen_by: string | null;
    expires: Date;
  }>`
    select l.id, l.deed, l.subject, l.digest, a.name as asked_by, l.asked, b.name as seen_by, l.expires
      from access.second_look l join access.person a on a.id = l.asked_by left join access.person b on b.id = l.seen_by
     where ${where} order by l.asked, l.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    deed: row.deed,
    subject: row.subject,
    digest: row.digest,
    askedBy: row.asked_by,
    asked: instantFromEpochMs(row.asked.getTime()),
    seenBy: row.seen_by,
    expires: instantFromEpochMs(row.expires.getTime()),
  }));
}
