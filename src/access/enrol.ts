/**
 * From a link to an account that can sign in, and later from one factor to another. What lets somebody enrol is either a link
 * in an account that has no second factor yet, or the second factor itself, shown within minutes.
 */
import { sql } from 'kysely';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Busy } from '../crypto/index.ts';
import type { Tx } from '../database/index.ts';
import { accountById } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import { openFlow, peekFlow, takeFlow, tryFlow } from './flows.ts';
import { factorAttempt, forgive, linkAttempt } from './limits.ts';
import {
  hasSecondFactor,
  isPast,
  mustHaveSecondFactor,
  type Account,
  type Actor,
  type From,
  type Stage,
} from './model.ts';
import { deletePasskey, registrationOptions, saveNewPasskey } from './passkeys.ts';
import { contextWords, isLong, normalise, passwordProblem, savePassword } from './passwords.ts';
import { isFresh } from './permissions.ts';
import { refusals } from './phrases.ts';
import { makeRecoveryCodes, recoveryCodesLeft } from './recovery.ts';
import { addShown, endSession, endSessionsOf, hashOf, renewSession, startSession, type Token } from './sessions.ts';
import { newCode, removeCodes, saveCode, stepOf, type NewCode } from './totp.ts';
import type { AccessWorld } from './world.ts';

/** Opens a link: it works once. The session that begins can only set what the account lacks. */
export async function openLink(
  world: AccessWorld,
  token: string,
  from: From,
): Promise<{ session: Token; stage: Stage; account: Account }> {
  const attempt = await linkAttempt(world, from.network);
  const { rows } = await sql<{ account: string; stage: 'enrol' | 'new-password' }>`
    delete from access.invitation where hash = ${hashOf(token)} and expires > ${world.clock().toString()}
    returning account, stage`.execute(world.db);
  const account = rows[0] && (await accountById(world.db, rows[0].account));
  if (!rows[0] || !account || account.state === 'disabled' || isPast(account, world.clock())) {
    await countFailure(world, 'link');
    throw refusals.linkOver();
  }
  await forgive(world.db, attempt);
  const { stage } = rows[0];
  return world.db.transaction().execute(async (tx) => {
    const begun = await startSession(tx, world, {
      account: account.id,
      stage,
      shown: ['link'],
      two: false,
      browser: from.browser,
    });
    await audit(tx, world, 'access.link-opened', { account: account.id, name: account.name, session: begun.session });
    return { session: begun.token, stage, account };
  });
}

/** Refuses whoever may not change the factors of the account now. */
function mayEnrol(world: AccessWorld, actor: Actor, account: Account): void {
  if (actor.stage === 'full') {
    const at = { now: world.clock(), withinMinutes: world.settings.sessions.stepUpMinutes };
    // Where no second factor is asked for and none is there, the password of this sign-in is all there is to show.
    if (!isFresh(actor, at) && (needsTwo(world, account) || hasSecondFactor(account))) throw refusals.stepUpNeeded();
    return;
  }
  // Two factors must not become one: a link, or a password alone, adds nothing to an account that has a second factor.
  const own = actor.shown.includes('code') || actor.shown.includes('passkey');
  if (actor.stage !== 'enrol' || (hasSecondFactor(account) && !own)) throw refusals.stepUpNeeded();
}

export function needsTwo(world: AccessWorld, account: Pick<Account, 'roles'>): boolean {
  return world.settings.secondFactor === 'required' && mustHaveSecondFactor(account.roles);
}

/** Sets or changes the password. The current one is asked where there is one, unless a link stands in for it. */
export async function setPassword(
  world: AccessWorld,
  actor: Actor,
  to: { password: string; current?: string },
): Promise<void> {
  const account = await accountById(world.db, actor.account);
  // Such an account comes in through its provider, which can shut it out.
  if (account.rolesBy !== null) throw refusals.providerNeeded();
  const byLink = actor.shown.includes('link') && actor.stage !== 'full';
  if (actor.stage === 'full') mayEnrol(world, actor, account);
  const words = contextWords({ organisation: world.organisation, name: account.name, email: account.email });
  const secondFactor = hasSecondFactor(account);
  const problem = await passwordProblem(to.password, { secondFactor, words }, world.blocklist);
  if (problem !== null) throw problem;
  if (account.hasPassword && !byLink) await checkCurrent(world, account, to.current ?? '');
  const phc = await hashed(world, to.password);
  await world.db.transaction().execute(async (tx) => {
    await savePassword(tx, account.id, phc, isLong(to.password));
    await endSessionsOf(tx, account.id, actor.session);
    await sql`delete from access.invitation where account = ${account.id}`.execute(tx);
    // A new password alone signs nobody in: whoever followed the link now signs in as anyone does.
    if (actor.stage === 'new-password') await endSession(tx, actor.session);
    await audit(tx, world, 'access.password-set', { account: account.id, name: account.name, session: actor.session });
  });
}

async function checkCurrent(world: AccessWorld, account: Account, current: string): Promise<void> {
  const attempt = await factorAttempt(world, account.id);
  if (!(await passwordIs(world, account.id, current, true))) {
    await countFailure(world, 'password');
    throw refusals.signInRefused();
  }
  await forgive(world.db, attempt);
}

/** Whether this is the account's password; takes as long for an account that is not there, or has none. */
export async function passwordIs(
  world: AccessWorld,
  account: string | null,
  password: string,
  known: boolean,
): Promise<boolean> {
  const { rows } = await sql<{ password: string | null }>`
    select password from access.account where id = ${account ?? ''}`.execute(world.db);
  const kept = rows[0]?.password ?? null;
  // Whatever is longer than a password can be is not it; hashing it would only cost us.
  const given = Buffer.byteLength(password) > 1024 ? '' : normalise(password);
  const right = await notTooBusy(world.hasher.verify(given, kept, known));
  if (right && kept !== null && world.hasher.isDated(kept))
    await sql`update access.account set password = ${await hashed(world, password)} where id = ${account} and password = ${kept}`.execute(
      world.db,
    );
  return right;
}

async function hashed(world: AccessWorld, password: string): Promise<string> {
  return notTooBusy(world.hasher.hash(normalise(password)));
}

async function notTooBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Busy) throw refusals.busy();
    throw cause;
  }
}

/** A new authenticator: its secret to show, and a flow in which its first code is awaited. */
export async function beginCode(world: AccessWorld, actor: Actor): Promise<NewCode & { flow: Token }> {
  const account = await accountById(world.db, actor.account);
  mayEnrol(world, actor, account);
  const code = newCode(world, account);
  return {
    ...code,
    flow: await openFlow(world, { kind: 'code-enrol', account: account.id, body: { secret: code.secret } }),
  };
}

/** The same as was begun with: after a mistyped code the app that read the picture is still right. Null when that is over. */
export async function resumeCode(world: AccessWorld, actor: Actor, flow: string): Promise<NewCode | null> {
  const account = await accountById(world.db, actor.account);
  mayEnrol(world, actor, account);
  const begun = await peekFlow(world, flow, 'code-enrol');
  return begun?.account === account.id ? newCode(world, account, String(begun.body['secret'])) : null;
}

/** The authenticator shows that it has the secret; from now on its codes count. */
export async function confirmCode(world: AccessWorld, actor: Actor, flow: string, code: string): Promise<void> {
  const account = await accountById(world.db, actor.account);
  mayEnrol(world, actor, account);
  const begun = await tryFlow(world, flow, 'code-enrol');
  if (begun === null || begun.account !== account.id) throw refusals.flowOver();
  const secret = String(begun.body['secret']);
  const step = stepOf(secret, code, world.clock().epochMilliseconds);
  if (step === null) throw refusals.codeRefused();
  await world.db.transaction().execute(async (tx) => {
    await stillMayEnrol(tx, actor);
    if ((await takeFlow(world, flow, 'code-enrol', tx)) === null) throw refusals.flowOver();
    await saveCode(tx, world, account.id, secret, step);
    await factorAdded(tx, world, actor, account, 'code');
  });
}

export async function beginPasskey(
  world: AccessWorld,
  actor: Actor,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; flow: Token }> {
  const account = await accountById(world.db, actor.account);
  mayEnrol(world, actor, account);
  const options = await registrationOptions(world, account);
  const body = { challenge: options.challenge };
  return { options, flow: await openFlow(world, { kind: 'passkey-enrol', account: account.id, body }) };
}

export async function confirmPasskey(
  world: AccessWorld,
  actor: Actor,
  flow: string,
  key: { name: string; answer: unknown },
): Promise<void> {
  const account = await accountById(world.db, actor.account);
  mayEnrol(world, actor, account);
  const begun = await takeFlow(world, flow, 'passkey-enrol');
  if (begun === null || begun.account !== account.id) throw refusals.flowOver();
  await world.db.transaction().execute(async (tx) => {
    const challenge = String(begun.body['challenge']);
    await stillMayEnrol(tx, actor);
    await saveNewPasskey(tx, world, { account: account.id, name: key.name, challenge, answer: key.answer });
    await factorAdded(tx, world, actor, account, 'passkey');
  });
}

/**
 * Of two who enrol at once in an account without a second factor, the second comes too late: the account is locked while we
 * look. Whoever enrolled in this session may enrol more.
 */
async function stillMayEnrol(tx: Tx, actor: Actor): Promise<void> {
  await sql`select from access.account where id = ${actor.account} for update`.execute(tx);
  if (actor.stage === 'full') return;
  const { rows } = await sql<{ may: boolean }>`
    select (amr && array['code', 'passkey'])
        or (not exists (select from access.totp where account = ${actor.account})
            and not exists (select from access.passkey where account = ${actor.account})) as may
      from access.session where id = ${actor.session}`.execute(tx);
  if (rows[0]?.may !== true) throw refusals.stepUpNeeded();
}

async function factorAdded(
  tx: Tx,
  world: AccessWorld,
  actor: Actor,
  account: Account,
  factor: 'code' | 'passkey',
): Promise<void> {
  const { session } = actor;
  if (actor.stage === 'enrol') await addShown(tx, session, factor);
  else await endSessionsOf(tx, account.id, session);
  await audit(tx, world, 'access.factor-added', { account: account.id, name: account.name, factor, session });
}

/** Takes a factor away; never the last way in, nor the last second factor of who must have one. */
export async function removeFactor(
  world: AccessWorld,
  actor: Actor,
  factor: { readonly passkey: string } | 'code',
): Promise<void> {
  const account = await accountById(world.db, actor.account);
  if (actor.stage !== 'full') throw refusals.stepUpNeeded();
  mayEnrol(world, actor, account);
  await world.db.transaction().execute(async (tx) => {
    await sql`select from access.account where id = ${account.id} for update`.execute(tx);
    if (factor === 'code') await removeCodes(tx, account.id);
    else await deletePasskey(tx, account.id, factor.passkey);
    const left = await accountById(tx, account.id);
    const two = hasSecondFactor(left);
    const way = left.passkeys > 0 || left.providers.length > 0 || (left.hasPassword && (two || left.hasLongPassword));
    if (!way || (!two && needsTwo(world, account) && left.providers.length === 0)) throw refusals.lastFactor();
    await endSessionsOf(tx, account.id, actor.session);
    const what = factor === 'code' ? 'code' : 'passkey';
    await audit(tx, world, 'access.factor-removed', { account: account.id, name: account.name, factor: what });
  });
}

/**
 * Ends enrolling: the session gets a new token and reaches everything the roles allow. The recovery codes are shown now and
 * never again; none when the account has some left.
 */
export async function finishEnrolment(
  world: AccessWorld,
  actor: Actor,
): Promise<{ session: Token; recoveryCodes: readonly string[] }> {
  if (actor.stage !== 'enrol') throw refusals.notThere();
  return world.db.transaction().execute(async (tx) => {
    const account = await accountById(tx, actor.account);
    const first = account.hasPassword || actor.shown.includes('provider');
    const two = actor.shown.includes('passkey') || (actor.shown.includes('code') && first);
    const long = account.hasPassword && account.hasLongPassword;
    if (!account.hasPassword && account.passkeys === 0 && account.providers.length === 0)
      throw refusals.passwordNeeded();
    if (!two && (needsTwo(world, account) || !long)) throw refusals.secondFactorNeeded();
    const session = await renewSession(tx, world, actor.session, { shown: [], stage: 'full', two });
    if (session === null) throw refusals.signInNeeded();
    await endSessionsOf(tx, account.id, actor.session);
    await sql`update access.account set state = 'active' where id = ${account.id} and state = 'invited'`.execute(tx);
    const lacks = two && (await recoveryCodesLeft(tx, account.id)) === 0;
    const recoveryCodes = lacks ? await makeRecoveryCodes(tx, world, account.id) : [];
    await audit(tx, world, 'access.enrolled', { account: account.id, name: account.name, session: actor.session });
    return { session, recoveryCodes };
  });
}

/** A new set of recovery codes; those before stop working. */
export async function renewRecoveryCodes(world: AccessWorld, actor: Actor): Promise<readonly string[]> {
  const account = await accountById(world.db, actor.account);
  if (actor.stage !== 'full' || !hasSecondFactor(account)) throw refusals.secondFactorNeeded();
  mayEnrol(world, actor, account);
  return world.db.transaction().execute(async (tx) => {
    await audit(tx, world, 'access.recovery-codes-made', { account: account.id, name: account.name });
    return makeRecoveryCodes(tx, world, account.id);
  });
}
