/** Showing a factor again within a session, before what cannot be undone. The session goes on under a new token. */
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { accountById } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import { needsTwo, passwordIs } from './enrol.ts';
import { openFlow, takeFlow } from './flows.ts';
import { factorAttempt, forgive } from './limits.ts';
import { hasSecondFactor, type Actor, type Shown } from './model.ts';
import { authenticationOptions } from './passkeys.ts';
import { refusals } from './phrases.ts';
import { renewSession, type Token } from './sessions.ts';
import { checkSecond } from './sign-in.ts';
import type { AccessWorld } from './world.ts';

export interface StepUp {
  /** What may be shown. "password" only where the account has no second factor and need not have one. */
  readonly factors: readonly ('code' | 'passkey' | 'password' | 'provider')[];
  readonly passkey: { readonly options: PublicKeyCredentialRequestOptionsJSON; readonly flow: Token } | null;
}

export async function beginStepUp(world: AccessWorld, actor: Actor): Promise<StepUp> {
  if (actor.stage !== 'full') throw refusals.signInNeeded();
  const account = await accountById(world.db, actor.account);
  const factors: StepUp['factors'] = [
    ...(account.passkeys > 0 ? (['passkey'] as const) : []),
    ...(account.hasCode ? (['code'] as const) : []),
    ...(!hasSecondFactor(account) && !needsTwo(world, account) && account.hasPassword ? (['password'] as const) : []),
    ...(account.providers.length > 0 ? (['provider'] as const) : []),
  ];
  if (account.passkeys === 0) return { factors, passkey: null };
  const options = await authenticationOptions(world, account.id);
  const body = { challenge: options.challenge, session: actor.session };
  return {
    factors,
    passkey: { options, flow: await openFlow(world, { kind: 'passkey-step-up', account: account.id, body }) },
  };
}

export type Again =
  | { readonly code: string }
  | { readonly passkey: unknown; readonly flow: string }
  | { readonly password: string };

/** The new token of the session. A recovery code does not do: it is for coming in, not for approving. */
export async function finishStepUp(world: AccessWorld, actor: Actor, again: Again): Promise<Token> {
  if (actor.stage !== 'full') throw refusals.signInNeeded();
  return steppedUp(world, actor, await check(world, actor, again));
}

async function check(world: AccessWorld, actor: Actor, again: Again): Promise<Shown> {
  if ('code' in again) return checkSecond(world, actor.account, { code: again.code }, null);
  if ('passkey' in again) {
    const begun = await takeFlow(world, again.flow, 'passkey-step-up');
    if (begun === null || begun.account !== actor.account || begun.body['session'] !== actor.session)
      throw refusals.flowOver();
    return checkSecond(world, actor.account, { passkey: again.passkey }, String(begun.body['challenge']));
  }
  const account = await accountById(world.db, actor.account);
  if (hasSecondFactor(account) || needsTwo(world, account)) throw refusals.stepUpNeeded();
  const attempt = await factorAttempt(world, account.id);
  if (!(await passwordIs(world, account.id, again.password, true))) {
    await countFailure(world, 'password');
    throw refusals.signInRefused();
  }
  await forgive(world.db, attempt);
  return 'password';
}

export async function steppedUp(world: AccessWorld, actor: Actor, shown: Shown): Promise<Token> {
  return world.db.transaction().execute(async (tx) => {
    const token = await renewSession(tx, world, actor.session, { shown: [shown], two: true });
    if (token === null) throw refusals.signInNeeded();
    await audit(tx, world, 'access.stepped-up', {
      account: actor.account,
      name: actor.name,
      shown,
      session: actor.session,
    });
    return token;
  });
}
