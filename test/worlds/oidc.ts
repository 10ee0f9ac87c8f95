/**
 * OpenID providers on loopback: a real one (oidc-provider), in which whoever comes is who the test says, and a hostile one that
 * says whatever the test wants it to.
 */
import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const clientId = 'gestand';
/** What the hostile one hands out for asking other servers. */
export const accessToken = 'a-token-for-servers-of-the-provider';
export const clientSecret = 'a-secret-between-the-two-of-us-only';

/** Who sits at the provider's browser, and what the provider tells of them. */
export interface Someone {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
  readonly acr?: string;
  readonly amr?: readonly string[];
}

export interface RunningProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const issuerOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

export interface RealProvider extends RunningProvider {
  /** From now on this person signs in there. */
  seat(someone: Someone): void;
  /** A browser that follows the provider to the end; the query of the address at which it comes back to us. */
  visit(url: string): Promise<URLSearchParams>;
}

export async function realProvider(redirectUris: readonly string[]): Promise<RealProvider> {
  let seated: Someone | null = null;
  const people = new Map<string, Someone>();
  const server = await listen((request, response) => void handle(request, response));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuerOf(server), {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: ['only-for-tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    acrValues: ['urn:one', 'urn:two'],
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['name'], email: ['email'], groups: ['groups'] },
    conformIdTokenClaims: false,
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 60, Session: 600, Grant: 600 },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...people.get(sub) }) }),
    loadExistingGrant: async (ctx: GrantContext) => {
      const { Grant } = ctx.oidc.provider;
      const grant = new Grant({ clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email groups');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.startsWith('/interaction/') !== true || seated === null) return callback(request, response);
    const { sub, acr, amr } = seated;
    await provider.interactionFinished(request, response, { login: { accountId: sub, acr, amr, remember: true } });
  };
  return {
    issuer: issuerOf(server),
    seat: (someone) => {
      seated = someone;
      people.set(someone.sub, someone);
    },
    visit: (url) => visit(url, redirectUris),
    close: () => closed(server),
  };
}

interface GrantContext {
  oidc: {
    provider: {
      Grant: new (of: unknown) => { addOIDCScope(scope: string): void; save(): Promise<string> };
    };
    session: { accountId: string };
  };
}

/** Each visit is a browser without cookies: nobody is signed in there yet. */
async function visit(url: string, ends: readonly string[]): Promise<URLSearchParams> {
  const jar = new Map<string, string>();
  let at = new URL(url);
  for (let hops = 0; hops < 10; hops += 1) {
    if (ends.some((end) => at.href.startsWith(`${end}?`))) return at.searchParams;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to === null)
      throw new Error(`the provider stopped with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    await answer.body?.cancel();
    at = new URL(to, at);
  }
  throw new Error('the provider sends the browser round in circles');
}

/** What a hostile provider puts into its answers; what is not named is as it should be. */
export interface Lie {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signed with a key that it does not publish. */
  readonly otherKey?: boolean;
  /** Without a signature, as "alg": "none" allows. */
  readonly unsigned?: boolean;
  /** Signed by HMAC with the key that it publishes, in the hope that we take one kind of key for the other. */
  readonly keyed?: boolean;
  /** Hands out an ID token that was made for an earlier visit. */
  readonly replay?: string;
}

export interface HostileProvider extends RunningProvider {
  lie(lie: Lie): void;
  /** The last ID token. */
  last(): string;
  readonly otherKey: object;
  /** Where its other key lies, for whoever is led there. */
  readonly others: string;
  /** Everything that was fetched from it. */
  readonly fetched: string[];
  /** Bodies of the requests for a token. */
  readonly asked: URLSearchParams[];
  /** What comes back from it, for the address that a browser was sent to. */
  answer(url: string): URLSearchParams;
}

export async function hostileProvider(): Promise<HostileProvider> {
  const [own, other] = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ];
  const asked: URLSearchParams[] = [];
  const fetched: string[] = [];
  let lie: Lie = {};
  let nonce = '';
  let last = '';
  const server = await listen((request, response) => void handle(request, response));
  const issuer = issuerOf(server);
  const send = (response: ServerResponse, body: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    fetched.push(request.url ?? '');
    if (request.url === '/.well-known/openid-configuration')
      return send(response, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    const keys = { '/jwks': own, '/others': other }[request.url ?? ''];
    if (keys !== undefined)
      return send(response, {
        keys: [{ ...keys.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }],
      });
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    asked.push(new URLSearchParams(Buffer.concat(body).toString()));
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: 'mallory', aud: clientId, iat: now, exp: now + 60, nonce, ...lie.claims };
    const key = lie.keyed ? own.publicKey : lie.otherKey ? other.privateKey : own.privateKey;
    last = lie.replay ?? jwt(claims, lie, key);
    send(response, { access_token: accessToken, token_type: 'Bearer', expires_in: 60, id_token: last });
  };
  return {
    issuer,
    others: `${issuer}/others`,
    otherKey: other.publicKey.export({ format: 'jwk' }),
    fetched,
    asked,
    lie: (next) => {
      lie = next;
    },
    last: () => last,
    answer: (url) => {
      const sent = new URL(url).searchParams;
      nonce = sent.get('nonce') ?? '';
      return new URLSearchParams({ code: 'a-code', state: sent.get('state') ?? '', iss: issuer });
    },
    close: () => closed(server),
  };
}

function jwt(claims: object, lie: Lie, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = { alg: lie.unsigned ? 'none' : lie.keyed ? 'HS256' : 'RS256', kid: 'one', typ: 'JWT', ...lie.header };
  const text = `${part(head)}.${part(claims)}`;
  if (lie.unsigned === true) return `${text}.`;
  if (lie.keyed === true) {
    const pem = String(key.export({ format: 'pem', type: 'spki' }));
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  }
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** The challenge that belongs to a verifier (RFC 7636 §4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
