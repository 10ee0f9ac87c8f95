/** What a provider's word about a person means here: which account it is, and which roles its claims give. */
import { sql } from 'kysely';
import { StoreRefused, type Database, type Tx } from '../database/index.ts';
import { accountByEmail, accountById, createAccount } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import type { Account, Actor, Role } from './model.ts';
import { refusals } from './phrases.ts';
import { endSessionsOf } from './sessions.ts';
import type { Provider } from './settings.ts';
import type { AccessWorld } from './world.ts';

/** Claims of an ID token that was checked. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** The account of this issuer and subject. Nothing else in the claims says who somebody is. */
export async function accountOf(db: Database, claims: Claims): Promise<string | null> {
  const { rows } = await sql<{ account: string }>`
    select account from access.identity where issuer = ${claims.iss} and subject = ${claims.sub}`.execute(db);
  return rows[0]?.account ?? null;
}

/** Connects the account of a session to the provider's; from then on either signs in. */
export async function link(world: AccessWorld, actor: Actor, provider: Provider, claims: Claims): Promise<void> {
  await world.db.transaction().execute(async (tx) => {
    await connect(tx, world, actor.account, provider, claims);
    const details = { account: actor.account, name: actor.name, provider: provider.id };
    await audit(tx, world, 'access.provider-linked', details);
  });
}

async function connect(tx: Tx, world: AccessWorld, account: string, provider: Provider, claims: Claims): Promise<void> {
  try {
    await sql`
      insert into access.identity (issuer, subject, provider, account, made)
      values (${claims.iss}, ${claims.sub}, ${provider.id}, ${account}, ${world.clock().toString()})`.execute(tx);
  } catch (cause) {
    if (cause instanceof StoreRefused && cause.constraint === 'identity_pkey') throw refusals.providerTaken();
    throw cause;
  }
}

/** The account that the claims are of, with the roles they give now; made when the provider admits people. */
export async function heed(world: AccessWorld, provider: Provider, claims: Claims): Promise<Account> {
  const id = await accountOf(world.db, claims);
  const roles = provider.roles === undefined ? null : rolesIn(claims, provider.roles);
  if (id === null) return admit(world, provider, claims, roles);
  const account = await accountById(world.db, id);
  if (account.rolesBy !== provider.id || roles === null) return account;
  if (roles.length === 0) return shutOut(world, provider, account);
  if (roles.join() === [...account.roles].toSorted().join()) return account;
  await world.db.transaction().execute(async (tx) => {
    await sql`update access.account set roles = ${roles} where id = ${id}`.execute(tx);
    const change = { from: [...account.roles], to: roles, by: provider.id };
    await audit(tx, world, 'access.roles-changed', { account: id, name: account.name, ...change });
  });
  return accountById(world.db, id);
}

/** The provider took the last role away: what is still open here ends. */
async function shutOut(world: AccessWorld, provider: Provider, account: Account): Promise<never> {
  await world.db.transaction().execute(async (tx) => {
    const ended = await endSessionsOf(tx, account.id);
    await audit(tx, world, 'access.shut-out', { account: account.id, name: account.name, ended, by: provider.id });
  });
  await countFailure(world, 'provider');
  throw refusals.providerNoRole();
}

async function admit(
  world: AccessWorld,
  provider: Provider,
  claims: Claims,
  roles: readonly Role[] | null,
): Promise<Account> {
  const { name, email } = claims as Readonly<Record<string, unknown>>;
  if (!provider.admits || roles === null || typeof name !== 'string' || typeof email !== 'string') {
    await countFailure(world, 'provider');
    throw refusals.providerStranger();
  }
  if (roles.length === 0) {
    await countFailure(world, 'provider');
    throw refusals.providerNoRole();
  }
  // An account with this address exists: its owner connects it from within. An address in a claim opens nothing.
  if ((await accountByEmail(world.db, email)) !== null) {
    await countFailure(world, 'provider');
    throw refusals.providerStranger();
  }
  const id = await world.db.transaction().execute(async (tx) => {
    const made = await createAccount(
      tx,
      world,
      null,
      { name, email, roles },
      { state: 'active', rolesBy: provider.id },
    );
    await connect(tx, world, made, provider, claims);
    await audit(tx, world, 'access.admitted', { account: made, name, roles: [...roles], by: provider.id });
    return made;
  });
  return accountById(world.db, id);
}

/** Roles that the values of the claim give, in one order. The claim may be a list or one value, by name or by path. */
export function rolesIn(claims: Claims, rule: NonNullable<Provider['roles']>): Role[] {
  const found = Object.hasOwn(claims, rule.claim) ? claims[rule.claim] : atPath(claims, rule.claim.split('.'));
  const values = (Array.isArray(found) ? found : [found]).filter((one) => typeof one === 'string');
  const given = values.flatMap((value) => (Object.hasOwn(rule.map, value) ? (rule.map[value] ?? []) : []));
  return [...new Set(given)].toSorted();
}

function atPath(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, part) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, part)
        ? (here as Readonly<Record<string, unknown>>)[part]
        : undefined,
    value,
  );
}
