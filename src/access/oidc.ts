/**
 * Sign-in at the organisation's own OpenID provider: authorization code with PKCE, state and nonce, as RFC 9700 asks. The
 * library checks what comes back (issuer, audience, signature, nonce, times). Whom it is about is told by issuer and subject,
 * never by an e-mail address: that anyone may write there.
 */
import * as client from 'openid-client';
import { sql } from 'kysely';
import { accountById } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import { openFlow, takeFlow } from './flows.ts';
import { isOpen, type Account, type Actor, type From } from './model.ts';
import { isFresh } from './permissions.ts';
import { refusals } from './phrases.ts';
import { accountOf, heed, link, type Claims } from './provided.ts';
import { isLoopback, type Provider, type Settings } from './settings.ts';
import { afterOneFactor, enter, type SignIn } from './sign-in.ts';
import { steppedUp } from './step-up.ts';
import type { Token } from './sessions.ts';
import type { AccessWorld } from './world.ts';

export interface Providers {
  /** The provider and what it tells of itself, asked anew after an hour. Refuses one that is not known. */
  configuration(id: string): Promise<{ provider: Provider; config: client.Configuration }>;
}

const hour = 3_600_000;

/** `secretOf` gives the client secret of a provider; null for a public client. */
export function openProviders(settings: Settings, secretOf: (provider: Provider) => string | null): Providers {
  const known = new Map<string, { at: number; config: Promise<client.Configuration> }>();
  return {
    configuration: async (id) => {
      const provider = settings.providers.find((one) => one.id === id);
      if (provider === undefined) throw refusals.providerUnknown();
      let kept = known.get(id);
      if (kept === undefined || Date.now() - kept.at > hour) {
        kept = { at: Date.now(), config: discover(provider, secretOf(provider)) };
        known.set(id, kept);
      }
      try {
        return { provider, config: await kept.config };
      } catch {
        known.delete(id);
        throw refusals.providerAway();
      }
    },
  };
}

async function discover(provider: Provider, secret: string | null): Promise<client.Configuration> {
  const issuer = new URL(provider.issuer);
  const plain = issuer.protocol === 'http:' && isLoopback(issuer.hostname);
  // The signature of the ID token is checked too, and not only the connection that it came over.
  const execute = [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])];
  const how = secret === null ? client.None() : client.ClientSecretBasic(secret);
  return client.discovery(issuer, provider.client, {}, how, { execute, timeout: 10 });
}

export type Purpose = 'sign-in' | 'link' | 'step-up';

/** Where the browser goes, and a flow for its cookie. To link or to step up there must be a session. */
export async function beginProvider(
  world: AccessWorld,
  id: string,
  purpose: Purpose,
  actor: Actor | null,
): Promise<{ url: string; flow: Token }> {
  const { provider, config } = await world.providers.configuration(id);
  if (purpose !== 'sign-in' && actor?.stage !== 'full') throw refusals.signInNeeded();
  if (purpose === 'link') refuseStale(world, actor);
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(world, id),
    response_type: 'code',
    scope: provider.scopes.join(' '),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(purpose === 'step-up' ? { max_age: '0', prompt: 'login' } : {}),
    ...(provider.twoFactors?.acr.length ? { acr_values: provider.twoFactors.acr.join(' ') } : {}),
  });
  const body = {
    provider: id,
    purpose,
    state,
    nonce,
    verifier,
    session: purpose === 'sign-in' ? null : actor?.session,
  };
  const account = purpose === 'sign-in' ? null : (actor?.account ?? null);
  return { url: url.href, flow: await openFlow(world, { kind: 'provider', account, body }) };
}

/** One address a provider: an answer of one cannot be taken for another's. */
export function redirectUri(world: AccessWorld, id: string): string {
  return `${world.settings.site}/sign-in/with/${id}`;
}

function refuseStale(world: AccessWorld, actor: Actor | null): void {
  const at = { now: world.clock(), withinMinutes: world.settings.sessions.stepUpMinutes };
  if (actor === null || !isFresh(actor, at)) throw refusals.stepUpNeeded();
}

export type Provided = SignIn | { readonly next: 'linked' } | { readonly next: 'stepped-up'; readonly session: Token };

/** The browser comes back with the provider's answer (the query of its address). */
export async function finishProvider(
  world: AccessWorld,
  from: From & { readonly flow: string; readonly provider: string; readonly answer: URLSearchParams },
  actor: Actor | null,
): Promise<Provided> {
  const begun = await takeFlow(world, from.flow, 'provider');
  if (begun === null || begun.body['provider'] !== from.provider) throw refusals.flowOver();
  const { provider, config } = await world.providers.configuration(from.provider);
  const { purpose, state, nonce, verifier, session } = begun.body as Record<string, string>;
  const url = new URL(redirectUri(world, provider.id));
  url.search = from.answer.toString();
  const claims = await claimsOf(world, provider, config, url, {
    pkceCodeVerifier: verifier ?? '',
    expectedState: state ?? '',
    expectedNonce: nonce ?? '',
    idTokenExpected: true,
    ...(purpose === 'step-up' ? { maxAge: 0 } : {}),
  });
  if (purpose === 'sign-in') return signIn(world, provider, claims, from);
  // Begun in one session and finished in another: somebody else's answer.
  if (actor === null || actor.session !== session) throw refusals.flowOver();
  if (purpose === 'link') {
    await link(world, actor, provider, claims);
    return { next: 'linked' };
  }
  if (!sawTwoFactors(provider, claims)) throw refusals.providerWeak();
  if ((await accountOf(world.db, claims)) !== actor.account) throw refusals.providerStranger();
  return { next: 'stepped-up', session: await steppedUp(world, actor, 'provider-two') };
}

async function claimsOf(
  world: AccessWorld,
  provider: Provider,
  config: client.Configuration,
  url: URL,
  checks: client.AuthorizationCodeGrantChecks,
): Promise<Claims> {
  try {
    const claims = (await client.authorizationCodeGrant(config, url, checks)).claims();
    if (claims !== undefined) return claims;
  } catch (cause) {
    // Its words may hold what the provider told of the person; the code does not.
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    world.log('access.provider-refused', {
      provider: provider.id,
      code: /^[\w.-]{1,60}$/.test(code) ? code : 'unknown',
    });
  }
  await countFailure(world, 'provider');
  throw refusals.providerRefused();
}

/** The provider says that it saw two factors, in the words that were agreed with it. */
function sawTwoFactors(provider: Provider, claims: Claims): boolean {
  const { acr = [], amr = [] } = provider.twoFactors ?? {};
  const told: unknown = claims['amr'];
  const seen = Array.isArray(told) ? told : [];
  return (
    (typeof claims['acr'] === 'string' && acr.includes(claims['acr'])) ||
    (amr.length > 0 && amr.every((one) => seen.includes(one)))
  );
}

async function signIn(world: AccessWorld, provider: Provider, claims: Claims, from: From): Promise<SignIn> {
  const two = sawTwoFactors(provider, claims);
  if (!two && provider.require === 'two-factors') {
    await countFailure(world, 'provider');
    throw refusals.providerWeak();
  }
  const account = await heed(world, provider, claims);
  if (!isOpen(account, world.clock())) {
    await countFailure(world, 'provider');
    throw refusals.signInRefused();
  }
  if (!two) return afterOneFactor(world, account, ['provider'], from, provider.id);
  // A provider may remember that it saw them this morning: for what cannot be undone, that is too long ago.
  const fresh = justNow(world, claims['auth_time']);
  const how = { shown: ['provider-two'], stage: 'full', two: fresh, provider: provider.id } as const;
  return enter(world, account, how, from);
}

function justNow(world: AccessWorld, authTime: unknown): boolean {
  if (typeof authTime !== 'number') return false;
  const age = world.clock().epochMilliseconds - authTime * 1000;
  return age < world.settings.sessions.stepUpMinutes * 60_000;
}

/** Takes the connection to a provider away; the account must have another way in. */
export async function unlink(world: AccessWorld, actor: Actor, provider: string): Promise<void> {
  refuseStale(world, actor);
  const account: Account = await accountById(world.db, actor.account);
  const other = account.hasPassword || account.passkeys > 0 || account.providers.some((one) => one !== provider);
  if (!other || account.rolesBy === provider) throw refusals.lastFactor();
  await world.db.transaction().execute(async (tx) => {
    await sql`delete from access.identity where account = ${account.id} and provider = ${provider}`.execute(tx);
    await audit(tx, world, 'access.provider-unlinked', { account: account.id, name: account.name, provider });
  });
}
