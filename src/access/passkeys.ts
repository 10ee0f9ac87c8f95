/**
 * Passkeys (WebAuthn level 3). A key asks for a finger, a face or a PIN, so that it is two factors by itself; it is bound to the
 * site, so that no other site can ask for it. The library checks; we keep the public key, and spend each challenge once.
 */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { sql } from 'kysely';
import { z } from 'zod';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import { StoreRefused, type Database, type Tx } from '../database/index.ts';
import type { Account } from './model.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

/** With all that it reads certificates with: loaded when the first passkey is asked for, not by every command. */
const library = () => import('@simplewebauthn/server');

/** What a browser may send; the library looks at the rest. */
const Answer = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/),
  rawId: z.string(),
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: z.string() }),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** Ed25519, ES256, RS256: what authenticators have. The library's own list asks Node for experimental ones too. */
const supportedAlgorithmIDs = [-8, -7, -257];

const site = (world: AccessWorld): { rpID: string; origin: string } => {
  const url = new URL(world.settings.site);
  return { rpID: url.hostname, origin: url.origin };
};

export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  /** Copied to other devices by whoever made the authenticator. */
  readonly backedUp: boolean;
  readonly made: Instant;
  readonly lastUsed: Instant | null;
}

interface Row {
  id: string;
  account: string;
  name: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  backed_up: boolean;
  made: Date;
  last_used: Date | null;
}

async function keysOf(db: Database, account: string): Promise<Row[]> {
  const { rows } = await sql<Row>`select * from access.passkey where account = ${account} order by made, id`.execute(
    db,
  );
  return rows;
}

export async function listPasskeys(db: Database, account: string): Promise<PasskeyView[]> {
  return (await keysOf(db, account)).map((row) => ({
    id: row.id,
    name: row.name,
    backedUp: row.backed_up,
    made: instantFromEpochMs(row.made.getTime()),
    lastUsed: row.last_used === null ? null : instantFromEpochMs(row.last_used.getTime()),
  }));
}

/** What the browser is asked in order to make a key. */
export async function registrationOptions(
  world: AccessWorld,
  account: Pick<Account, 'id' | 'email' | 'name'>,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { rows } = await sql<{ handle: Buffer }>`select handle from access.account where id = ${account.id}`.execute(
    world.db,
  );
  const [kept] = rows;
  if (kept === undefined) throw refusals.notThere();
  return (await library()).generateRegistrationOptions({
    rpName: world.organisation,
    rpID: site(world).rpID,
    userName: account.email,
    userDisplayName: account.name,
    // Random, and not the account's id: the authenticator hands it to whoever holds it.
    userID: new Uint8Array(kept.handle),
    supportedAlgorithmIDs,
    attestationType: 'none', // which make of key someone has is not ours to know
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: (await keysOf(world.db, account.id)).map(({ id, transports }) => ({ id, transports })),
  });
}

/** Checks and keeps a new key. */
export async function saveNewPasskey(
  tx: Tx,
  world: AccessWorld,
  from: { account: string; name: string; challenge: string; answer: unknown },
): Promise<void> {
  const answer = Answer.safeParse(from.answer);
  if (!answer.success) throw refusals.passkeyRefused();
  const { rpID, origin } = site(world);
  const checked = await (
    await library()
  )
    .verifyRegistrationResponse({
      response: answer.data as unknown as RegistrationResponseJSON,
      expectedChallenge: from.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    .catch(() => null); // it throws on any answer that does not fit; why is of use to nobody but who made it
  if (checked === null || !checked.verified) throw refusals.passkeyRefused();
  const { credential, credentialBackedUp } = checked.registrationInfo;
  const name = from.name.trim().slice(0, 60) || world.clock().toString().slice(0, 10);
  try {
    await sql`
      insert into access.passkey (id, account, name, public_key, counter, transports, backed_up, made)
      values (${credential.id}, ${from.account}, ${name}, ${Buffer.from(credential.publicKey)}, ${credential.counter},
              ${[...(credential.transports ?? [])]}, ${credentialBackedUp}, ${world.clock().toString()})`.execute(tx);
  } catch (cause) {
    if (cause instanceof StoreRefused && cause.constraint === 'passkey_account_name_key')
      throw refusals.passkeyNameTaken();
    if (cause instanceof StoreRefused && cause.constraint === 'passkey_pkey') throw refusals.passkeyRefused();
    throw cause;
  }
}

/** What the browser is asked in order to show a key: one of this account, or, without one, whichever it has for this site. */
export async function authenticationOptions(
  world: AccessWorld,
  account: string | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const keys = account === null ? [] : await keysOf(world.db, account);
  return (await library()).generateAuthenticationOptions({
    rpID: site(world).rpID,
    userVerification: 'required',
    allowCredentials: keys.map(({ id, transports }) => ({ id, transports })),
  });
}

/** The account whose key answered the challenge; null when none did. A counter that does not rise tells of a copied key. */
export async function spendPasskey(
  world: AccessWorld,
  from: { answer: unknown; challenge: string; account: string | null },
): Promise<string | null> {
  const answer = Answer.safeParse(from.answer);
  if (!answer.success) return null;
  const { rows } = await sql<Row & { handle: Buffer }>`
    select k.*, a.handle from access.passkey k join access.account a on a.id = k.account where k.id = ${answer.data.id}`.execute(
    world.db,
  );
  const [key] = rows;
  if (key === undefined || (from.account !== null && key.account !== from.account)) return null;
  const response = answer.data as unknown as AuthenticationResponseJSON;
  // Without an account named, the key itself says whose it is, and that must be the account it was made for.
  const handle = response.response.userHandle;
  if (handle === undefined ? from.account === null : !Buffer.from(handle, 'base64url').equals(key.handle)) return null;
  const { rpID, origin } = site(world);
  const checked = await (
    await library()
  )
    .verifyAuthenticationResponse({
      response,
      expectedChallenge: from.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      credential: {
        id: key.id,
        publicKey: new Uint8Array(key.public_key),
        counter: Number(key.counter),
        transports: key.transports,
      },
    })
    .catch(() => null);
  if (checked === null || !checked.verified) return null;
  const { newCounter, credentialBackedUp } = checked.authenticationInfo;
  const spent = await sql`
    update access.passkey set counter = ${newCounter}, backed_up = ${credentialBackedUp}, last_used = ${world.clock().toString()}
     where id = ${key.id} and counter = ${key.counter}`.execute(world.db);
  return spent.numAffectedRows === 1n ? key.account : null;
}

export async function renamePasskey(db: Database, account: string, id: string, name: string): Promise<void> {
  const done = await sql`
    update access.passkey set name = ${name.trim().slice(0, 60)} where id = ${id} and account = ${account}`.execute(db);
  if (done.numAffectedRows !== 1n) throw refusals.notThere();
}

export async function deletePasskey(tx: Tx, account: string, id: string): Promise<void> {
  const done = await sql`delete from access.passkey where id = ${id} and account = ${account}`.execute(tx);
  if (done.numAffectedRows !== 1n) throw refusals.notThere();
}
