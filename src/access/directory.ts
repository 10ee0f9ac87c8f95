/**
 * A connected directory (LDAP: OpenLDAP, Active Directory and kin), looked at for what P22 promises of all systems: who is outside
 * the group of whom a second factor is asked, which accounts nobody used for months, and what it tells of its password policy.
 * It is only read. Names go to whoever asked, never into the evidence or the log.
 */
import { readFileSync } from 'node:fs';
import { Client, type Entry } from 'ldapts';
import { ends, instant, instantFromEpochMs, parseTerm, type Instant } from '../base/time.ts';
import { record } from '../ledger/index.ts';
import { refusals } from './phrases.ts';
import type { Directory } from './settings.ts';
import type { AccessWorld } from './world.ts';

export interface DirectoryAccount {
  readonly login: string;
  readonly lastUsed: Instant | null;
}

export interface PasswordPolicy {
  readonly leastLength: number | null;
  /** After so many wrong passwords the account is locked, or slowed down. */
  readonly lockedAfter: number | null;
  /** So many days after which it must be changed; null when never. */
  readonly changeAfterDays: number | null;
}

export interface DirectoryReport {
  readonly directory: string;
  readonly accounts: number;
  /** Null when no group was named. */
  readonly withoutSecondFactor: readonly DirectoryAccount[] | null;
  readonly stale: readonly DirectoryAccount[];
  /** Null when the directory does not tell. */
  readonly policy: PasswordPolicy | null;
  /** What NIST SP 800-63B-4 would have otherwise. */
  readonly weak: readonly ('short' | 'no-limit' | 'forced-change')[];
}

/** Looks, and notes in the evidence how many accounts were in order. `password` is that of the account we read with. */
export async function checkDirectory(
  world: AccessWorld,
  directory: Directory,
  password: string,
): Promise<DirectoryReport> {
  const report = reportOf(world, directory, await readDirectory(world, directory, password));
  const off = new Set([...(report.withoutSecondFactor ?? []), ...report.stale].map((one) => one.login));
  await world.db.transaction().execute(async (tx) => {
    const fields = { check: `directory-${directory.id}`, ok: report.accounts - off.size, n: report.accounts };
    await record(tx, { type: 'check.done', at: world.clock(), fields });
  });
  return report;
}

interface Found {
  readonly people: readonly Entry[];
  readonly group: Entry | null;
  readonly policy: Entry | null;
}

/** "+" asks for what the directory keeps by itself, such as when somebody last came in. */
const attributes = ['*', '+'];

async function readDirectory(world: AccessWorld, directory: Directory, password: string): Promise<Found> {
  const ca = directory.ca === undefined ? {} : { tlsOptions: { ca: readFileSync(directory.ca) } };
  const client = new Client({ url: directory.url, connectTimeout: 10_000, timeout: 30_000, ...ca });
  const one = async (dn: string | undefined): Promise<Entry | null> => {
    if (dn === undefined) return null;
    return (await client.search(dn, { scope: 'base', filter: '(objectClass=*)', attributes })).searchEntries[0] ?? null;
  };
  try {
    await client.bind(directory.bind.dn, password);
    const found = await client.search(directory.people.base, {
      scope: 'sub',
      filter: directory.people.filter,
      attributes,
      paged: { pageSize: 500 },
    });
    return {
      people: found.searchEntries,
      group: await one(directory.secondFactorGroup),
      policy: await one(directory.passwordPolicy),
    };
  } catch (cause) {
    // What an LDAP server says of a refusal may name the account.
    const code = cause instanceof Error ? cause.name : 'unknown';
    world.log('access.directory-away', { directory: directory.id, code });
    throw refusals.directoryAway(directory.id);
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

function reportOf(world: AccessWorld, directory: Directory, found: Found): DirectoryReport {
  const people = found.people.filter((entry) => !isOff(entry));
  const seen = (entry: Entry): DirectoryAccount => ({
    login: first(entry, directory.people.login) ?? entry.dn,
    lastUsed: lastUsed(entry),
  });
  const members = found.group === null ? null : membersOf(found.group);
  const dn = directory.secondFactorGroup;
  const withoutSecondFactor =
    members === null || dn === undefined
      ? null
      : people.filter((entry) => !isMember(entry, members, dn, directory.people.login)).map(seen);
  if (dn !== undefined && members === null) throw refusals.directoryAway(directory.id);
  const policy = found.policy === null ? null : policyOf(found.policy);
  return {
    directory: directory.id,
    accounts: people.length,
    withoutSecondFactor,
    stale: people.map(seen).filter((one) => isStale(world, one.lastUsed)),
    policy,
    weak: policy === null ? [] : weaknesses(policy, withoutSecondFactor?.length !== 0),
  };
}

const all = (entry: Entry, name: string): string[] => {
  const key = Object.keys(entry).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);
};
const first = (entry: Entry, name: string): string | undefined => all(entry, name)[0];
const numberIn = (entry: Entry, name: string): number | null => {
  const text = first(entry, name);
  return text !== undefined && /^-?\d{1,19}$/.test(text) ? Number(text) : null;
};

/** Disabled in Active Directory, or locked for good in OpenLDAP. */
function isOff(entry: Entry): boolean {
  return (
    ((numberIn(entry, 'userAccountControl') ?? 0) & 2) !== 0 || first(entry, 'pwdAccountLockedTime') === '000001010000Z'
  );
}

const plainDn = (dn: string): string => dn.toLowerCase().replace(/\s*([,=+])\s*/g, '$1');

function membersOf(group: Entry): ReadonlySet<string> {
  return new Set(['member', 'uniqueMember', 'memberUid'].flatMap((name) => all(group, name)).map(plainDn));
}

function isMember(entry: Entry, members: ReadonlySet<string>, group: string, login: string): boolean {
  const names = [entry.dn, ...all(entry, login)].map(plainDn);
  return names.some((one) => members.has(one)) || all(entry, 'memberOf').some((one) => plainDn(one) === plainDn(group));
}

/** The latest of what directories keep of it; when an account was never used, since it was made. */
function lastUsed(entry: Entry): Instant | null {
  const times = ['pwdLastSuccess', 'authTimestamp', 'lastLogonTimestamp', 'lastLogon']
    .map((name) => timeOf(first(entry, name)))
    .filter((one) => one !== null);
  return (
    times.toSorted((a, b) => b.epochMilliseconds - a.epochMilliseconds)[0] ??
    timeOf(first(entry, 'createTimestamp')) ??
    timeOf(first(entry, 'whenCreated'))
  );
}

/** GeneralizedTime in UTC ("20261124100000Z"), or Windows' count of 100 ns since 1601. */
export function timeOf(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const written = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?Z$/.exec(text);
  if (written !== null) {
    const [, year, month, day, hour, minute, second = '00'] = written;
    try {
      return instant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    } catch {
      return null; // a month 13: not a time
    }
  }
  if (!/^\d{17,19}$/.test(text)) return null;
  return instantFromEpochMs(Number(BigInt(text) / 10_000n) - 11_644_473_600_000);
}

function isStale(world: AccessWorld, used: Instant | null): boolean {
  if (used === null) return true; // an account of which nobody can say that it is used
  const end = ends(used, parseTerm(`P${world.settings.staleMonths}M`), 'event', world.zone);
  return end.epochMilliseconds <= world.clock().epochMilliseconds;
}

/** As OpenLDAP's ppolicy or a Windows domain tells it; null when the entry tells neither. */
function policyOf(entry: Entry): PasswordPolicy | null {
  const windows = numberIn(entry, 'minPwdLength');
  if (windows !== null) {
    const age = Math.abs(numberIn(entry, 'maxPwdAge') ?? 0) / 864e9;
    return {
      leastLength: windows,
      lockedAfter: numberIn(entry, 'lockoutThreshold') || null,
      changeAfterDays: age >= 1 && age < 36_500 ? Math.round(age) : null,
    };
  }
  if (!all(entry, 'objectClass').some((one) => one.toLowerCase() === 'pwdpolicy')) return null;
  const locks = first(entry, 'pwdLockout') === 'TRUE';
  const age = numberIn(entry, 'pwdMaxAge') ?? 0;
  return {
    leastLength: numberIn(entry, 'pwdMinLength') ?? 0,
    lockedAfter: locks ? numberIn(entry, 'pwdMaxFailure') || null : null,
    changeAfterDays: age > 0 ? Math.round(age / 86_400) : null,
  };
}

/** Eight characters are enough only where everyone has a second factor. */
function weaknesses(policy: PasswordPolicy, someAlone: boolean): DirectoryReport['weak'] {
  return [
    ...(policy.leastLength !== null && policy.leastLength < (someAlone ? 15 : 8) ? (['short'] as const) : []),
    ...(policy.lockedAfter === null ? (['no-limit'] as const) : []),
    ...(policy.changeAfterDays !== null ? (['forced-change'] as const) : []),
  ];
}
