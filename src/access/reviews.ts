/**
 * Who has access, looked at by a person every so many months: each account is kept or ended, and the list is the evidence. And
 * what the promise of a second factor everywhere (P22) rests on: how many have one.
 */
import { sql } from 'kysely';
import { opaqueId } from '../base/id.ts';
import { ends, instantFromEpochMs, parseTerm, type Instant } from '../base/time.ts';
import type { Database } from '../database/index.ts';
import { record } from '../ledger/index.ts';
import { accountById, disableWithin, listAccounts } from './accounts.ts';
import { audit } from './audit.ts';
import { hasSecondFactor, isOpen, mustHaveSecondFactor, type Account, type Actor } from './model.ts';
import { allow } from './permissions.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

export interface Coverage {
  /** Staff and clients whose account can be used now. */
  readonly accounts: number;
  readonly covered: number;
  /** Ids of accounts that can sign in with one factor, or have not enrolled a second one yet. */
  readonly without: readonly string[];
}

/** Pure: how many accounts have a second factor. An account that only a provider signs in is covered by what it requires. */
export function secondFactorCoverage(
  accounts: readonly Account[],
  strictProviders: readonly string[],
  now: Instant,
): Coverage {
  const counted = accounts.filter((one) => isOpen(one, now) && mustHaveSecondFactor(one.roles));
  const without = counted.filter((one) => {
    const byProvider =
      !one.hasPassword && one.providers.length > 0 && one.providers.every((id) => strictProviders.includes(id));
    return !hasSecondFactor(one) && !byProvider;
  });
  return { accounts: counted.length, covered: counted.length - without.length, without: without.map((one) => one.id) };
}

export async function checkSecondFactors(world: AccessWorld): Promise<Coverage> {
  const strict = world.settings.providers.filter((one) => one.require === 'two-factors').map((one) => one.id);
  return secondFactorCoverage(await listAccounts(world.db), strict, world.clock());
}

/** Accounts that nobody used for so many months. */
export async function staleAccounts(world: AccessWorld): Promise<Account[]> {
  const now = world.clock();
  return (await listAccounts(world.db)).filter(
    (one) => isOpen(one, now) && isPast(world, one.lastSeen ?? one.made, world.settings.staleMonths),
  );
}

function isPast(world: AccessWorld, from: Instant, months: number): boolean {
  const end = ends(from, parseTerm(`P${months}M`), 'event', world.zone);
  return end.epochMilliseconds <= world.clock().epochMilliseconds;
}

export interface ReviewLine {
  readonly account: Account;
  readonly decision: 'keep' | 'end' | null;
  readonly by: string | null;
}

export interface Review {
  readonly id: string;
  readonly opened: Instant;
  readonly lines: readonly ReviewLine[];
}

export interface ReviewState {
  /** When a review was last closed; null when there was none. */
  readonly last: Instant | null;
  readonly due: Instant | null;
  readonly overdue: boolean;
  readonly open: string | null;
}

/** Until the first review is closed, it counts from the first account. */
export async function reviewState(world: AccessWorld): Promise<ReviewState> {
  const { rows } = await sql<{ last: Date | null; first: Date | null; open: string | null }>`
    select (select max(closed) from access.review) as last, (select min(made) from access.account) as first,
           (select id from access.review where closed is null) as open`.execute(world.db);
  const { last = null, first = null, open = null } = rows[0] ?? {};
  const from = last ?? first;
  if (from === null) return { last: null, due: null, overdue: false, open };
  const term = parseTerm(`P${world.settings.reviewEveryMonths}M`);
  const due = ends(instantFromEpochMs(from.getTime()), term, 'event', world.zone);
  return {
    last: last === null ? null : instantFromEpochMs(last.getTime()),
    due,
    overdue: due.epochMilliseconds <= world.clock().epochMilliseconds,
    open,
  };
}

/** Opens a review of all accounts that are there; the one that is open, when one is. */
export async function openReview(world: AccessWorld): Promise<string> {
  return world.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from access.review where closed is null`.execute(tx);
    if (rows[0] !== undefined) return rows[0].id;
    const id = opaqueId('w');
    const opened = world.clock().toString();
    await sql`insert into access.review (id, opened) values (${id}, ${opened})`.execute(tx);
    await sql`
      insert into access.review_line (review, account)
      select ${id}, id from access.account where state <> 'disabled'`.execute(tx);
    return id;
  });
}

export async function readReview(db: Database, id: string): Promise<Review> {
  const { rows } = await sql<{ opened: Date }>`select opened from access.review where id = ${id}`.execute(db);
  const [review] = rows;
  if (review === undefined) throw refusals.notThere();
  const decided = await sql<{ account: string; decision: 'keep' | 'end' | null; by: string | null }>`
    select account, decision, by from access.review_line where review = ${id}`.execute(db);
  const lines = new Map(decided.rows.map((row) => [row.account, row]));
  const accounts = (await listAccounts(db)).filter((one) => lines.has(one.id));
  return {
    id,
    opened: instantFromEpochMs(review.opened.getTime()),
    lines: accounts.map((account) => ({
      account,
      decision: lines.get(account.id)?.decision ?? null,
      by: lines.get(account.id)?.by ?? null,
    })),
  };
}

/** Keeps or ends one account. Nobody decides on their own. */
export async function decide(
  world: AccessWorld,
  actor: Actor,
  review: string,
  account: string,
  decision: 'keep' | 'end',
): Promise<void> {
  allow(actor, 'review access');
  const found = await accountById(world.db, account);
  if (found.person === actor.person) throw refusals.ownRoles();
  if (found.roles.includes('dpo') && decision === 'end') throw refusals.dpoRole();
  await world.db.transaction().execute(async (tx) => {
    const done = await sql`
      update access.review_line l set decision = ${decision}, by = ${actor.name}, at = ${world.clock().toString()}
        from access.review r
       where l.review = ${review} and l.account = ${account} and r.id = l.review and r.closed is null`.execute(tx);
    if (done.numAffectedRows !== 1n) throw refusals.notThere();
    await audit(tx, world, 'access.reviewed', { account, name: found.name, decision, by: actor.name });
    if (decision === 'end' && found.state !== 'disabled') await disableWithin(tx, world, found, actor.name);
  });
}

/** Closes a review once every line has a decision. The reviewers' own lines are decided by another reviewer. */
export async function closeReview(world: AccessWorld, actor: Actor, review: string): Promise<void> {
  allow(actor, 'review access');
  const at = world.clock();
  await world.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ undecided: number; kept: number; ended: number }>`
      select count(*) filter (where decision is null)::int as undecided,
             count(*) filter (where decision = 'keep')::int as kept,
             count(*) filter (where decision = 'end')::int as ended
        from access.review_line where review = ${review}`.execute(tx);
    const { undecided = 0, kept = 0, ended = 0 } = rows[0] ?? {};
    if (undecided > 0) throw refusals.reviewUndecided(undecided);
    const done = await sql`
      update access.review set closed = ${at.toString()} where id = ${review} and closed is null`.execute(tx);
    if (done.numAffectedRows !== 1n) throw refusals.notThere();
    await record(tx, { type: 'access.reviewed', at, fields: { review, kept, ended }, details: { by: actor.name } });
  });
}
