/**
 * Limits to guessing that lock nobody out. Failed attempts are counted for an account and the network they come from, and less
 * strictly for the account, the network and all together; each count makes the next try wait longer, to a bound. A browser
 * that has signed in to the account before (OWASP's "device cookie") has a count of its own: whatever strangers try, its owner
 * comes in. Accounts that do not exist are counted like any other, and nothing stands here in clear.
 */
import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { sql } from 'kysely';
import { Refusal } from '../base/refusal.ts';
import type { Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import { keyOf } from './model.ts';
import { countFailure } from './audit.ts';
import { refusals } from './phrases.ts';
import { hashOf, newToken, type Token } from './sessions.ts';
import type { AccessWorld } from './world.ts';

/** So many tries are free; then the wait doubles from the first to the longest; a quiet spell forgets. */
interface Rule {
  readonly free: number;
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  readonly forgetHours: number;
}

/** Documented in docs/generated/limits.md, which is written from here. */
export const guessing = {
  device: { free: 10, firstSeconds: 15, longestSeconds: 300, forgetHours: 24 },
  pair: { free: 5, firstSeconds: 15, longestSeconds: 900, forgetHours: 24 },
  account: { free: 50, firstSeconds: 30, longestSeconds: 300, forgetHours: 24 },
  network: { free: 50, firstSeconds: 30, longestSeconds: 900, forgetHours: 24 },
  all: { free: 2000, firstSeconds: 1, longestSeconds: 5, forgetHours: 1 },
  /** Six digits can be guessed: some thirty tries a day, each of which needs the password. */
  factor: { free: 5, firstSeconds: 30, longestSeconds: 3600, forgetHours: 24 },
  link: { free: 20, firstSeconds: 30, longestSeconds: 900, forgetHours: 24 },
} as const satisfies Record<string, Rule>;

type Counter = readonly [rule: keyof typeof guessing, of: string];

/** What may be given back when the attempt was a good one. */
export interface Attempt {
  readonly counted: readonly Buffer[];
  /** Those that a good attempt wipes out. */
  readonly cleared: readonly Buffer[];
  /** The browser has signed in to this account before. */
  readonly known: boolean;
}

/** An attempt to guess a password: counted before it is checked, so that a hundred at once are a hundred. */
export async function passwordAttempt(
  world: AccessWorld,
  from: { email: string; account: string | null; network: string; device: string | null },
): Promise<Attempt> {
  const known = await isKnownDevice(world.db, from.account, from.device);
  const who = keyOf(from.email);
  const network = networkOf(from.network);
  const counters: Counter[] = known
    ? [['device', `${who} ${from.device ?? ''}`]]
    : [
        ['pair', `${who} ${network}`],
        ['account', who],
        ['network', network],
        ['all', ''],
      ];
  return { ...(await count(world, counters, [known ? 'device' : 'pair'])), known };
}

/** An attempt at a second factor of an account. */
export async function factorAttempt(world: AccessWorld, account: string): Promise<Attempt> {
  return { ...(await count(world, [['factor', account]], ['factor'])), known: true };
}

/** An attempt at a one-time link. */
export async function linkAttempt(world: AccessWorld, network: string): Promise<Attempt> {
  return { ...(await count(world, [['link', networkOf(network)]], [])), known: false };
}

async function count(
  world: AccessWorld,
  counters: readonly Counter[],
  clears: readonly (keyof typeof guessing)[],
): Promise<Pick<Attempt, 'counted' | 'cleared'>> {
  const marked = counters
    .map(([rule, of]) => ({
      rule,
      key: createHash('sha256')
        .update(world.mark('attempt', rule, of))
        .digest(),
    }))
    .toSorted((a, b) => a.key.compare(b.key)); // in one order, so that two attempts do not wait for each other
  try {
    // All or none: an attempt that must wait is not counted anywhere.
    await world.db.transaction().execute(async (tx) => {
      for (const { rule, key } of marked) await countOne(tx, guessing[rule], key, world.clock());
    });
  } catch (cause) {
    if (cause instanceof Refusal) await countFailure(world, 'waiting');
    throw cause;
  }
  const keys = marked.map((one) => one.key);
  return { counted: keys, cleared: marked.filter((one) => clears.includes(one.rule)).map((one) => one.key) };
}

async function countOne(tx: Tx, rule: Rule, key: Buffer, at: Instant): Promise<void> {
  const now = at.toString();
  const { rows } = await sql<{ key: Buffer }>`
    insert into access.attempt as a (key, failures, last, until) values (${key}, 1, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (key) do update
       set failures = case when a.last < ${now}::timestamptz - make_interval(hours => ${rule.forgetHours}) then 1
                           else a.failures + 1 end,
           until = case when a.last < ${now}::timestamptz - make_interval(hours => ${rule.forgetHours})
                             or a.failures < ${rule.free} then ${now}::timestamptz
                        else ${now}::timestamptz + make_interval(secs => least(${rule.longestSeconds}::float8,
                               ${rule.firstSeconds}::float8 * power(2, least(a.failures - ${rule.free}, 20)))) end,
           last = ${now}::timestamptz
     where a.until <= ${now}::timestamptz
    returning key`.execute(tx);
  if (rows.length === 1) return;
  const waiting = await sql<{ until: Date }>`select until from access.attempt where key = ${key}`.execute(tx);
  const until = waiting.rows[0]?.until.getTime() ?? at.epochMilliseconds;
  throw refusals.wait(Math.max(1, Math.ceil((until - at.epochMilliseconds) / 1000)));
}

/** The attempt was a good one after all. */
export async function forgive(db: Database, attempt: Attempt): Promise<void> {
  await sql`delete from access.attempt where key = any(${[...attempt.cleared]})`.execute(db);
  await sql`
    update access.attempt set failures = greatest(failures - 1, 0), until = last
     where key = any(${attempt.counted.filter((key) => !attempt.cleared.includes(key))})`.execute(db);
}

async function isKnownDevice(db: Database, account: string | null, device: string | null): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from access.device where hash = ${hashOf(device ?? '')} and account = ${account ?? ''}) as known`.execute(
    db,
  );
  return rows[0]?.known ?? false;
}

/** Marks the browser as one that signed in to the account, under a new token: one that was planted there is of no use. */
export async function rememberDevice(
  tx: Tx,
  world: AccessWorld,
  account: string,
  device: string | null,
): Promise<Token> {
  const { token, hash } = newToken();
  const now = world.clock().toString();
  if (device !== null) await sql`update access.device set hash = ${hash} where hash = ${hashOf(device)}`.execute(tx);
  await sql`
    insert into access.device (hash, account, seen) values (${hash}, ${account}, ${now})
    on conflict (hash, account) do update set seen = excluded.seen`.execute(tx);
  return token;
}

/** One home connection has one IPv4 address, and a whole /64 of IPv6. */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return 'unknown';
  const plain = (URL.parse(`http://[${address.split('%')[0] ?? ''}]`)?.hostname ?? '').slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  // An IPv4 address in IPv6 clothes is still that address.
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return groups.slice(6).join(':');
  return groups.slice(0, 4).join(':');
}
