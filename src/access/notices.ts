/**
 * What a person is told when something about their own sign-in changes, so that a change that was not theirs does not go unseen
 * (NIST SP 800-63B-4 §4.6; ASVS 5.0 V6.3). Written with the change and sent later, by whoever has a mail server.
 */
import { sql } from 'kysely';
import type { Language, Text } from '../base/language.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import type { Database, Tx } from '../database/index.ts';
import type { AccessWorld } from './world.ts';

/** Each kind of change, as the person is told of it. */
export const noticeTexts = {
  'link-opened': {
    nl: 'uw eenmalige link is geopend, om u hier te kunnen aanmelden of een nieuw wachtwoord te kiezen',
    en: 'your one-time link was opened, to be able to sign in here or to choose a new password',
  },
  admitted: {
    nl: 'er is een account voor u gemaakt via de aanmelding van uw organisatie',
    en: "an account was made for you through your organisation's sign-in",
  },
  'password-set': { nl: 'het wachtwoord is gezet of gewijzigd', en: 'the password was set or changed' },
  'passkey-added': { nl: 'er is een passkey toegevoegd', en: 'a passkey was added' },
  'passkey-removed': { nl: 'er is een passkey verwijderd', en: 'a passkey was removed' },
  'code-added': { nl: 'er is een app met codes gekoppeld', en: 'an app with codes was linked' },
  'code-removed': { nl: 'de app met codes is ontkoppeld', en: 'the app with codes was unlinked' },
  'codes-renewed': {
    nl: 'er zijn nieuwe herstelcodes gemaakt; de oude werken niet meer',
    en: 'new recovery codes were made; the old ones no longer work',
  },
  'recovery-used': { nl: 'er is met een herstelcode aangemeld', en: 'a recovery code was used to sign in' },
  'provider-linked': {
    nl: 'een aanmelding van elders is aan uw account verbonden',
    en: 'a sign-in from elsewhere was connected to your account',
  },
  'provider-unlinked': {
    nl: 'een aanmelding van elders is losgemaakt van uw account',
    en: 'a sign-in from elsewhere was disconnected from your account',
  },
  'sessions-ended': {
    nl: 'uw sessies zijn beëindigd door wie de accounts beheert',
    en: 'your sessions were ended by who manages the accounts',
  },
  'shut-out': {
    nl: 'de aanmelding van uw organisatie geeft u hier geen rol meer; uw sessies zijn beëindigd',
    en: "your organisation's sign-in gives you no role here any more; your sessions were ended",
  },
  reset: {
    nl: 'wie de accounts beheert, heeft uw wachtwoord of tweede factor weggehaald zodat u een nieuwe kunt instellen',
    en: 'who manages the accounts took away your password or second factor, so that you can set up a new one',
  },
  'roles-changed': { nl: 'uw rol is veranderd', en: 'your role was changed' },
  ended: { nl: 'uw account is beëindigd', en: 'your account has ended' },
} as const satisfies Record<string, Text>;
export type NoticeKind = keyof typeof noticeTexts;

type Details = Readonly<Record<string, unknown>>;

/** By what the ledger keeps of it; null for what a person need not be told, such as that they came in. */
const tellings: Readonly<Record<string, NoticeKind | ((details: Details) => NoticeKind | null)>> = {
  'access.link-opened': 'link-opened',
  'access.admitted': 'admitted',
  'access.password-set': 'password-set',
  'access.factor-added': ({ factor }) => (factor === 'code' ? 'code-added' : 'passkey-added'),
  'access.factor-removed': ({ factor }) => (factor === 'code' ? 'code-removed' : 'passkey-removed'),
  'access.recovery-codes-made': 'codes-renewed',
  'access.signed-in': ({ shown }) => (Array.isArray(shown) && shown.includes('recovery') ? 'recovery-used' : null),
  'access.provider-linked': 'provider-linked',
  'access.provider-unlinked': 'provider-unlinked',
  'access.sessions-revoked': 'sessions-ended',
  // Whoever tries again and again is told once.
  'access.shut-out': ({ ended }) => (typeof ended === 'number' && ended > 0 ? 'shut-out' : null),
  'access.reset': 'reset',
  'access.roles-changed': 'roles-changed',
  'access.ended': 'ended',
};

/** In the transaction of the change: whoever records it tells it too. */
export async function noteChange(tx: Tx, world: AccessWorld, event: string, details: Details): Promise<void> {
  const telling = Object.hasOwn(tellings, event) ? tellings[event] : undefined;
  const kind = typeof telling === 'function' ? telling(details) : telling;
  const { account } = details;
  if (kind === undefined || kind === null || typeof account !== 'string') return;
  const at = world.clock().toString();
  await sql`insert into access.notice (account, kind, at, next) values (${account}, ${kind}, ${at}, ${at})`.execute(tx);
}

export interface ChangeLetter {
  readonly account: string;
  readonly email: string;
  readonly language: Language | null;
  readonly notices: readonly { readonly id: string; readonly kind: NoticeKind; readonly at: Instant }[];
}

/** A change that could not be told for a week is no longer news; the console still shows it. */
const giveUpDays = 7;

/**
 * Takes what is to be sent now, for one sender: until a pause is over nobody else takes it. The pauses double, to six hours at
 * most. What one person is told at once goes in one letter.
 */
export async function takeNotices(world: Pick<AccessWorld, 'db' | 'clock'>, most = 200): Promise<ChangeLetter[]> {
  const now = world.clock();
  const since = now.subtract({ hours: 24 * giveUpDays }).toString();
  const { rows } = await sql<{
    id: string;
    account: string;
    kind: NoticeKind;
    at: Date;
    email: string;
    language: Language | null;
  }>`
    update access.notice n
       set tries = n.tries + 1, next = ${now.toString()}::timestamptz + make_interval(mins => least(360, (2 ^ n.tries)::int))
      from access.account a
     where a.id = n.account and n.id in (
       select id from access.notice where sent is null and next <= ${now.toString()} and at > ${since}
        order by at, id limit ${most} for update skip locked)
    returning n.id::text, n.account, n.kind, n.at, a.email, a.language`.execute(world.db);
  const inOrder = rows.toSorted((a, b) => a.at.getTime() - b.at.getTime() || Number(a.id) - Number(b.id));
  return [...Map.groupBy(inOrder, (row) => row.account).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { account, email, language } = first;
    const notices = own.map(({ id, kind, at }) => ({ id, kind, at: instantFromEpochMs(at.getTime()) }));
    return [{ account, email, language, notices }];
  });
}

export async function noticesSent(world: Pick<AccessWorld, 'db' | 'clock'>, letter: ChangeLetter): Promise<void> {
  const ids = letter.notices.map((one) => one.id);
  await sql`update access.notice set sent = ${world.clock().toString()} where id = any(${ids}::bigint[])`.execute(
    world.db,
  );
}

/** What changed about one's own sign-in, the newest first. */
export async function ownNotices(
  db: Database,
  account: string,
  since: Instant,
): Promise<{ readonly id: string; readonly kind: NoticeKind; readonly at: Instant }[]> {
  const { rows } = await sql<{ id: string; kind: NoticeKind; at: Date }>`
    select n.id::text, n.kind, n.at from access.notice n where n.account = ${account} and n.at > ${since.toString()}
     order by n.at desc, n.id desc limit 50`.execute(db);
  return rows.map(({ id, kind, at }) => ({ id, kind, at: instantFromEpochMs(at.getTime()) }));
}

/** Longer than this nobody looks for it here; the ledger has it for as long as the details of sign-ins are kept. */
export const keepNoticesDays = 60;

export async function forgetNotices(tx: Tx, world: AccessWorld): Promise<void> {
  const before = world
    .clock()
    .subtract({ hours: 24 * keepNoticesDays })
    .toString();
  await sql`delete from access.notice where at <= ${before}`.execute(tx);
}
