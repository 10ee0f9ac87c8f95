/** People of one home for tests: our store fresh, the clock in the test's hand, and what each of them carries in a pocket. */
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import {
  actorOf,
  beginCode,
  confirmCode,
  defaultSettings,
  finishEnrolment,
  finishSignIn,
  invite,
  openBlocklist,
  openLink,
  openProviders,
  ownNotices,
  setPassword,
  signInWithPassword,
  type AccessWorld,
  type Actor,
  type From,
  type Invited,
  type Settings,
} from '../../src/access/index.ts';
import { instant, type Instant } from '../../src/base/time.ts';
import { handleOf, passwordHasher, veilOf, type PasswordHasher } from '../../src/crypto/index.ts';
import { freshDatabase, type FreshDatabase } from './postgres.ts';

export interface Access {
  readonly world: AccessWorld;
  readonly store: FreshDatabase;
  /** Every line that was logged. */
  readonly logged: string[];
  setNow(text: string): void;
  /** Moves the clock on. */
  pass(by: { seconds?: number; minutes?: number; hours?: number }): void;
  close(): Promise<void>;
}

export async function accessWorld(
  settings: Partial<Settings> = {},
  options: {
    now?: string;
    secretOf?: (provider: { id: string }) => string | null;
    hasher?: PasswordHasher;
  } = {},
): Promise<Access> {
  const store = await freshDatabase();
  const secret = randomBytes(32);
  const logged: string[] = [];
  let now = instant(options.now ?? '2026-11-24T10:00:00Z');
  const all: Settings = { ...defaultSettings, ...settings };
  const world: AccessWorld = {
    db: store.db,
    clock: (): Instant => now,
    zone: 'Europe/Amsterdam',
    settings: all,
    organisation: 'Voorbeeld Telecom BV',
    // Real hashes at a thousandth of the memory: most of these tests are about something else.
    hasher: options.hasher ?? passwordHasher(undefined, { memory: 64, passes: 1, parallelism: 1 }),
    blocklist: openBlocklist(),
    veil: veilOf(secret),
    mark: (...parts) => handleOf(secret, ...parts),
    providers: openProviders(all, options.secretOf ?? (() => null)),
    log: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })),
  };
  return {
    world,
    store,
    logged,
    setNow: (text) => {
      now = instant(text);
    },
    pass: (by) => {
      now = now.add(by);
    },
    close: () => store.close(),
  };
}

export const desk: From = { network: '192.0.2.10', browser: 'Firefox on Debian', device: null, previous: null };
export const passphrase = 'zeven paarse tractors';

/** A telephone that makes codes. */
export function codeAt(secret: string, at: Instant): string {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: at.epochMilliseconds,
  });
}

export interface Member {
  readonly account: string;
  readonly email: string;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The session in which they enrolled. */
  readonly token: string;
  readonly actor: Actor;
}

/** Whoever is behind a token; the test fails when nobody is. */
export async function whoIs(world: AccessWorld, token: string): Promise<Actor> {
  const actor = await actorOf(world, token);
  if (actor === null) throw new Error('nobody is behind this token');
  return actor;
}

/** Someone who followed the link, set a password and an authenticator, and is signed in. */
export async function member(access: Access, whom: Partial<Invited> & Pick<Invited, 'name'>): Promise<Member> {
  const { world } = access;
  const email = whom.email ?? `${whom.name.toLowerCase().replace(/[^a-z]+/g, '.')}@voorbeeld.example`;
  const link = await invite(world, null, { roles: ['privacy-officer'], ...whom, email });
  const { session } = await openLink(world, link.token, desk);
  await setPassword(world, await whoIs(world, session), { password: passphrase });
  const { secret, flow } = await beginCode(world, await whoIs(world, session));
  await confirmCode(world, await whoIs(world, session), flow, codeAt(secret, world.clock()));
  const done = await finishEnrolment(world, await whoIs(world, session));
  const actor = await whoIs(world, done.session);
  return { account: link.account, email, secret, recoveryCodes: done.recoveryCodes, token: done.session, actor };
}

/** Signs in with password and code, one step of the authenticator later so that the code is a new one. */
export async function signIn(
  access: Access,
  one: Member,
  from: From = desk,
): Promise<{ token: string; device: string }> {
  access.pass({ seconds: 30 });
  const { world } = access;
  const first = await signInWithPassword(world, { email: one.email, password: passphrase }, from);
  if (first.next !== 'second-factor') throw new Error('no second factor was asked for');
  const done = await finishSignIn(world, first.flow, { code: codeAt(one.secret, world.clock()) }, from);
  return { token: done.session, device: done.device ?? '' };
}

/** What an account was told of, the oldest first. */
export async function noticed(world: AccessWorld, account: string): Promise<string[]> {
  return (await ownNotices(world.db, account, world.clock().subtract({ hours: 24 })))
    .map((one) => one.kind)
    .toReversed();
}
