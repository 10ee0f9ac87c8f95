/**
 * Sessions. The browser holds a random token of 256 bits, we hold its SHA-256: a copy of the store opens no session. A session
 * ends when nobody uses it, when it has lasted its longest, and at once when its account ends or somebody ends it.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { opaqueId } from '../base/id.ts';
import type { Language } from '../base/language.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import { isPast, type Actor, type Role, type Shown, type Stage } from './model.ts';
import type { AccessWorld } from './world.ts';

/** What is in the browser. */
export type Token = string & { readonly __brand: 'Token' };

/** A new random name of 256 bits, and what we keep of it. */
export function newToken(): { readonly token: Token; readonly hash: Buffer } {
  const token = randomBytes(32).toString('base64url') as Token;
  return { token, hash: hashOf(token) };
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Cookies of ours. The prefix makes a browser refuse them from another host, over plain http, or for a part of the site. */
export const cookies = {
  session: { name: '__Host-gestand', seconds: null },
  flow: { name: '__Host-gestand-step', seconds: 900 },
  device: { name: '__Host-gestand-known', seconds: 180 * 24 * 3600 },
} as const;

/** "Set-Cookie" for one of them; an empty value takes it away. */
export function setCookie(cookie: keyof typeof cookies, value: string): string {
  const { name, seconds } = cookies[cookie];
  // Lax and not Strict: coming back from a provider, or from a link in a mail, the session must be there.
  const age = value === '' ? '; Max-Age=0' : seconds === null ? '' : `; Max-Age=${seconds}`;
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`;
}

export interface NewSession {
  readonly account: string;
  readonly stage: Stage;
  readonly shown: readonly Shown[];
  /** Two factors were shown just now. */
  readonly two: boolean;
  readonly provider?: string | undefined;
  /** What the browser calls itself, for the list of sessions: at most 120 characters of it. */
  readonly browser: string;
}

export async function startSession(
  tx: Tx,
  world: AccessWorld,
  from: NewSession,
): Promise<{ token: Token; session: string }> {
  const { token, hash } = newToken();
  const now = world.clock();
  const id = opaqueId('s');
  const { longestMinutes, idleMinutes } = world.settings.sessions;
  const ends = now.add({ minutes: from.stage === 'full' ? longestMinutes : Math.min(longestMinutes, idleMinutes) });
  await sql`
    insert into access.session (hash, id, account, stage, amr, provider, browser, started, seen, step_up, ends)
    values (${hash}, ${id}, ${from.account}, ${from.stage}, ${[...from.shown]}, ${from.provider ?? null},
            ${printable(from.browser)}, ${now.toString()}, ${now.toString()}, ${from.two ? now.toString() : null}, ${ends.toString()})`.execute(
    tx,
  );
  return { token, session: id };
}

/** A browser's own words, without what would disturb a list. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 120);
}

interface Row {
  id: string;
  account: string;
  person: string;
  name: string;
  stage: Stage;
  roles: Role[];
  clients: string[];
  state: 'invited' | 'active' | 'disabled';
  language: Language | null;
  until: Date | null;
  amr: Shown[];
  step_up: Date | null;
  seen: Date;
  ends: Date;
}

const at = (date: Date | null): Instant | null => (date === null ? null : instantFromEpochMs(date.getTime()));

/** Who is behind a token; null when nobody is, any more. Using a session keeps it from going idle. */
export async function actorOf(world: AccessWorld, token: string): Promise<Actor | null> {
  const now = world.clock();
  const { rows } = await sql<Row>`
    select s.id, s.account, s.stage, s.amr, s.step_up, s.seen, s.ends, a.person, a.roles, a.clients, a.state, a.until, a.language, p.name
      from access.session s join access.account a on a.id = s.account join access.person p on p.id = a.person
     where s.hash = ${hashOf(token)}`.execute(world.db);
  const [row] = rows;
  if (row === undefined || !lives(world, row, now)) return null;
  // Whoever was just invited comes as far as enrolling.
  const usable = row.state === 'active' || (row.state === 'invited' && row.stage === 'enrol');
  if (!usable || isPast({ until: at(row.until) }, now)) return null;
  await touch(world, token, row, now);
  return {
    account: row.account,
    person: row.person,
    name: row.name,
    roles: row.stage === 'full' ? row.roles : [],
    clients: row.stage === 'full' ? row.clients : [],
    until: at(row.until),
    session: row.id,
    stage: row.stage,
    stepUpAt: at(row.step_up),
    shown: row.amr,
    language: row.language,
  };
}

function lives(world: AccessWorld, row: Pick<Row, 'seen' | 'ends'>, now: Instant): boolean {
  const ms = now.epochMilliseconds;
  return ms < row.ends.getTime() && ms < row.seen.getTime() + world.settings.sessions.idleMinutes * 60_000;
}

/**
 * Once a minute is enough, and spares a write for each picture of a page. Of many requests at that moment one writes, and none
 * waits for it: all others would stand in line for one row, each with a write of its own.
 */
async function touch(
  world: AccessWorld,
  token: string,
  row: Pick<Row, 'seen' | 'account'>,
  now: Instant,
): Promise<void> {
  if (now.epochMilliseconds - row.seen.getTime() < 60_000) return;
  await sql`
    with mine as (
      select hash from access.session where hash = ${hashOf(token)} and seen < ${new Date(row.seen.getTime() + 1)} for update skip locked
    ), touched as (
      update access.session s set seen = ${now.toString()} from mine where s.hash = mine.hash returning s.account
    )
    update access.account a set last_seen = ${now.toString()} from touched where a.id = touched.account`.execute(
    world.db,
  );
}

/** The same session under a new token, after more was shown: a token that somebody saw before is of no use any more. */
export async function renewSession(
  tx: Tx,
  world: AccessWorld,
  session: string,
  more: { readonly shown: readonly Shown[]; readonly stage?: Stage; readonly two: boolean },
): Promise<Token | null> {
  const { token, hash } = newToken();
  const now = world.clock();
  const longest = now.add({ minutes: world.settings.sessions.longestMinutes }).toString();
  const { rows } = await sql<{ id: string }>`
    update access.session
       set hash = ${hash}, seen = ${now.toString()},
           amr = array(select distinct unnest(amr || ${[...more.shown]}::text[])),
           step_up = ${more.two ? now.toString() : null}::timestamptz,
           ends = case when stage <> ${more.stage ?? null}::text then ${longest}::timestamptz else ends end,
           stage = coalesce(${more.stage ?? null}::text, stage)
     where id = ${session} returning id`.execute(tx);
  return rows.length === 1 ? token : null;
}

/** Notes on a session that has not come all the way what was shown in it. */
export async function addShown(tx: Tx, session: string, shown: Shown): Promise<void> {
  await sql`
    update access.session set amr = array(select distinct unnest(amr || ${[shown]}::text[])) where id = ${session}`.execute(
    tx,
  );
}

export interface SessionView {
  readonly session: string;
  readonly account: string;
  readonly browser: string;
  readonly shown: readonly Shown[];
  readonly started: Instant;
  readonly seen: Instant;
  readonly ends: Instant;
}

/** Sessions that can be used now, of one account or of all, the last used first. */
export async function listSessions(world: AccessWorld, account?: string): Promise<SessionView[]> {
  const now = world.clock();
  const idle = now.subtract({ minutes: world.settings.sessions.idleMinutes }).toString();
  const { rows } = await sql<{
    id: string;
    account: string;
    browser: string;
    amr: Shown[];
    started: Date;
    seen: Date;
    ends: Date;
  }>`
    select id, account, browser, amr, started, seen, ends from access.session
     where (${account ?? null}::text is null or account = ${account ?? null})
       and ends > ${now.toString()} and seen > ${idle}
     order by seen desc, id`.execute(world.db);
  return rows.map((row) => ({
    session: row.id,
    account: row.account,
    browser: row.browser,
    shown: row.amr,
    started: instantFromEpochMs(row.started.getTime()),
    seen: instantFromEpochMs(row.seen.getTime()),
    ends: instantFromEpochMs(row.ends.getTime()),
  }));
}

/** Ends one session; false when it was not there, or is not of this account. */
export async function endSession(db: Database, session: string, account?: string): Promise<boolean> {
  const done = await sql`
    delete from access.session
     where id = ${session} and (${account ?? null}::text is null or account = ${account ?? null})`.execute(db);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** Ends every session of an account, but the one that asks if it is named; how many. */
export async function endSessionsOf(db: Database, account: string, but?: string): Promise<number> {
  const done = await sql`
    delete from access.session where account = ${account} and id <> ${but ?? ''}`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

/** A token for the forms of one session: a page of another site cannot know it. */
export function formToken(world: AccessWorld, actor: Pick<Actor, 'session'>): string {
  return world.mark('form', actor.session);
}

export function isFormToken(world: AccessWorld, actor: Pick<Actor, 'session'>, given: string): boolean {
  const [right, sent] = [Buffer.from(formToken(world, actor)), Buffer.from(given)];
  return right.length === sent.length && timingSafeEqual(right, sent);
}
