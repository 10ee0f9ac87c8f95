/**
 * Signing in. Every way ends in a new session under a new token. Whoever guesses learns nothing: an account that is not there
 * takes as long and is answered with the same words as a wrong password.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { sql } from 'kysely';
import { accountByEmail, accountById } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import { needsTwo, passwordIs } from './enrol.ts';
import { openFlow, takeFlow, tryFlow } from './flows.ts';
import { factorAttempt, forgive, passwordAttempt, rememberDevice } from './limits.ts';
import { hasSecondFactor, isOpen, type Account, type From, type Shown, type Stage } from './model.ts';
import { authenticationOptions, spendPasskey } from './passkeys.ts';
import { refusals } from './phrases.ts';
import { recoveryCodesLeft, spendRecoveryCode } from './recovery.ts';
import { hashOf, startSession, type Token } from './sessions.ts';
import { spendCode } from './totp.ts';
import type { AccessWorld } from './world.ts';

export type Factor = 'code' | 'recovery' | 'passkey';

export type SignedIn = {
  readonly next: 'done';
  readonly session: Token;
  readonly stage: Stage;
  /** For the cookie "device"; null while the session has not come all the way. */
  readonly device: Token | null;
  /** How many recovery codes are left, when one was used. */
  readonly recoveryCodesLeft?: number;
};

export type SignIn =
  | SignedIn
  | { readonly next: 'second-factor'; readonly flow: Token; readonly factors: readonly Factor[] };

/** A name and a password. */
export async function signInWithPassword(
  world: AccessWorld,
  given: { email: string; password: string },
  from: From,
): Promise<SignIn> {
  const account = await accountByEmail(world.db, given.email);
  const attempt = await passwordAttempt(world, {
    email: given.email,
    account: account?.id ?? null,
    network: from.network,
    device: from.device,
  });
  const right = await passwordIs(world, account?.id ?? null, given.password, attempt.known);
  if (!right || account === null || !isOpen(account, world.clock())) {
    await countFailure(world, 'password');
    throw refusals.signInRefused();
  }
  await forgive(world.db, attempt);
  return afterOneFactor(world, account, ['password'], from);
}

/** One factor was shown: ask for a second, let them enrol one, or let them in where one is enough. */
export async function afterOneFactor(
  world: AccessWorld,
  account: Account,
  shown: readonly Shown[],
  from: From,
  provider?: string,
): Promise<SignIn> {
  if (hasSecondFactor(account)) {
    const body = { shown, provider };
    const flow = await openFlow(world, { kind: 'second-factor', account: account.id, body });
    return { next: 'second-factor', flow, factors: await factorsOf(world, account) };
  }
  const stage = needsTwo(world, account) ? 'enrol' : 'full';
  return enter(world, account, { shown, stage, two: false, provider }, from);
}

async function factorsOf(world: AccessWorld, account: Account): Promise<Factor[]> {
  const recovery = (await recoveryCodesLeft(world.db, account.id)) > 0;
  return [
    ...(account.passkeys > 0 ? (['passkey'] as const) : []),
    ...(account.hasCode ? (['code'] as const) : []),
    ...(recovery ? (['recovery'] as const) : []),
  ];
}

/** What the browser is asked for a passkey as the second factor. */
export async function passkeyForSecondFactor(
  world: AccessWorld,
  flow: string,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; flow: Token }> {
  const begun = await takeFlow(world, flow, 'second-factor');
  if (begun === null || begun.account === null) throw refusals.flowOver();
  const options = await authenticationOptions(world, begun.account);
  const body = { ...begun.body, challenge: options.challenge };
  return { options, flow: await openFlow(world, { kind: 'second-factor', account: begun.account, body }) };
}

export type Second = { readonly code: string } | { readonly recovery: string } | { readonly passkey: unknown };

/** The second factor. */
export async function finishSignIn(world: AccessWorld, flow: string, second: Second, from: From): Promise<SignedIn> {
  const begun = await tryFlow(world, flow, 'second-factor');
  if (begun === null || begun.account === null) throw refusals.flowOver();
  const challenge = begun.body['challenge'];
  const factor = await checkSecond(world, begun.account, second, typeof challenge === 'string' ? challenge : null);
  // Taken only now, and by one: two answers at once make one session.
  if ((await takeFlow(world, flow, 'second-factor')) === null) throw refusals.flowOver();
  const account = await accountById(world.db, begun.account);
  if (!isOpen(account, world.clock())) throw refusals.flowOver();
  const provider = begun.body['provider'];
  const entered = await enter(
    world,
    account,
    {
      shown: [...(begun.body['shown'] as Shown[]), factor],
      stage: 'full',
      two: true,
      provider: typeof provider === 'string' ? provider : undefined,
    },
    from,
  );
  if (factor !== 'recovery') return entered;
  return { ...entered, recoveryCodesLeft: await recoveryCodesLeft(world.db, account.id) };
}

/** Spends what was shown; refuses, and counts, what is wrong or was spent before. */
export async function checkSecond(
  world: AccessWorld,
  account: string,
  second: Second,
  challenge: string | null,
): Promise<'code' | 'recovery' | 'passkey'> {
  if ('passkey' in second) {
    const spent =
      challenge !== null && (await spendPasskey(world, { answer: second.passkey, challenge, account })) === account;
    if (spent) return 'passkey';
    await countFailure(world, 'passkey');
    throw refusals.passkeyRefused();
  }
  const attempt = await factorAttempt(world, account);
  const spent =
    'code' in second
      ? await spendCode(world.db, world, account, second.code)
      : await spendRecoveryCode(world.db, account, second.recovery);
  if (!spent) {
    await countFailure(world, 'second-factor');
    throw refusals.codeRefused();
  }
  await forgive(world.db, attempt);
  return 'code' in second ? 'code' : 'recovery';
}

/** A passkey alone: the browser shows whichever it has for this site, and nobody types a name. */
export async function beginPasskeySignIn(
  world: AccessWorld,
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; flow: Token }> {
  const options = await authenticationOptions(world, null);
  const body = { challenge: options.challenge };
  return { options, flow: await openFlow(world, { kind: 'passkey-sign-in', account: null, body }) };
}

export async function finishPasskeySignIn(
  world: AccessWorld,
  flow: string,
  answer: unknown,
  from: From,
): Promise<SignedIn> {
  const begun = await takeFlow(world, flow, 'passkey-sign-in');
  if (begun === null) throw refusals.flowOver();
  const challenge = String(begun.body['challenge']);
  const id = await spendPasskey(world, { answer, challenge, account: null });
  const account = id === null ? null : await accountById(world.db, id);
  if (account === null || !isOpen(account, world.clock())) {
    await countFailure(world, 'passkey');
    throw refusals.passkeyRefused();
  }
  // Whoever has left there must not come in here: where the provider decides on roles, it is asked every time.
  if (account.rolesBy !== null) throw refusals.providerNeeded();
  return enter(world, account, { shown: ['passkey'], stage: 'full', two: true }, from);
}

/** Begins the session, ends the one before, and marks the browser as known. */
export async function enter(
  world: AccessWorld,
  account: Account,
  how: { shown: readonly Shown[]; stage: Stage; two: boolean; provider?: string | undefined },
  from: From,
): Promise<SignedIn> {
  return world.db.transaction().execute(async (tx) => {
    if (from.previous !== null) await sql`delete from access.session where hash = ${hashOf(from.previous)}`.execute(tx);
    const begun = await startSession(tx, world, { account: account.id, browser: from.browser, ...how });
    const full = how.stage === 'full';
    const device = full ? await rememberDevice(tx, world, account.id, from.device) : null;
    if (full)
      await sql`update access.account set last_seen = ${world.clock().toString()} where id = ${account.id}`.execute(tx);
    await audit(tx, world, full ? 'access.signed-in' : 'access.enrolling', {
      account: account.id,
      name: account.name,
      shown: [...how.shown],
      session: begun.session,
      ...(how.provider === undefined ? {} : { provider: how.provider }),
    });
    return { next: 'done', session: begun.token, stage: how.stage, device };
  });
}
