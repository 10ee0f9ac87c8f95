/**
 * The declaration of confidentiality (P21; Art. 28(3)(b), 32(4) GDPR): everyone who can know the data signs its text, and again
 * when the text changes. The promise is kept while everyone with access has signed the version in force.
 */
import { sql } from 'kysely';
import type { Text } from '../base/language.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import { canonicalJson, sha256Hex } from '../crypto/index.ts';
import { StoreRefused, type Database } from '../database/index.ts';
import { record } from '../ledger/index.ts';
import { listAccounts } from './accounts.ts';
import { audit, nameOf, type By } from './audit.ts';
import { isOpen, mustHaveSecondFactor, type Account, type Actor } from './model.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

export interface Declaration {
  readonly version: string;
  readonly text: Text;
  readonly hash: string;
  readonly since: Instant;
}

/** Puts a text in force; from now on it is the one to sign. */
export async function adoptDeclaration(world: AccessWorld, by: By, version: string, text: Text): Promise<Declaration> {
  const since = world.clock();
  const hash = sha256Hex(canonicalJson(text));
  try {
    await world.db.transaction().execute(async (tx) => {
      await sql`
        insert into access.declaration (version, text, hash, since)
        values (${version}, ${JSON.stringify(text)}::jsonb, ${hash}, ${since.toString()})`.execute(tx);
      await record(tx, {
        type: 'declaration.adopted',
        at: since,
        fields: { hash },
        details: { version, by: nameOf(by) },
      });
    });
  } catch (cause) {
    if (cause instanceof StoreRefused && cause.constraint === 'declaration_pkey')
      throw refusals.declarationThere(version);
    throw cause;
  }
  return { version, text, hash, since };
}

/** The text in force; null when there is none to sign yet. */
export async function declarationInForce(db: Database): Promise<Declaration | null> {
  const { rows } = await sql<{ version: string; text: Text; hash: string; since: Date }>`
    select version, text, hash, since from access.declaration order by since desc, version desc limit 1`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { ...row, since: instantFromEpochMs(row.since.getTime()) };
}

/** Signs the text in force; the version says which was read. Signing twice changes nothing. */
export async function signDeclaration(world: AccessWorld, actor: Actor, version: string): Promise<void> {
  const inForce = await declarationInForce(world.db);
  if (inForce === null || inForce.version !== version) throw refusals.changedSince();
  await world.db.transaction().execute(async (tx) => {
    const done = await sql`
      insert into access.declared (person, version, at) values (${actor.person}, ${version}, ${world.clock().toString()})
      on conflict do nothing`.execute(tx);
    if (done.numAffectedRows !== 1n) return;
    const { person, name, session } = actor;
    await audit(tx, world, 'access.declaration-signed', { person, name, version, hash: inForce.hash, session });
  });
}

/** Who has signed the text in force, by person. */
export async function signers(db: Database, version: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person: string }>`select person from access.declared where version = ${version}`.execute(
    db,
  );
  return new Set(rows.map((row) => row.person));
}

export interface Confidentiality {
  /** Somebody has access, there is a text, and everyone with access has signed it. */
  readonly kept: boolean;
  readonly version: string | null;
  readonly withAccess: number;
  readonly signed: number;
  /** People who must still sign. */
  readonly missing: readonly { readonly person: string; readonly name: string }[];
}

/** Pure: whether everyone who can know the data is bound. Data subjects see their own, and are bound to nothing. */
export function confidentiality(
  accounts: readonly Pick<Account, 'person' | 'name' | 'roles' | 'state' | 'until'>[],
  inForce: Pick<Declaration, 'version'> | null,
  signed: ReadonlySet<string>,
  now: Instant,
): Confidentiality {
  const people = new Map(
    accounts
      .filter((one) => isOpen(one, now) && mustHaveSecondFactor(one.roles))
      .map((one) => [one.person, { person: one.person, name: one.name }]),
  );
  const missing = [...people.values()].filter((one) => inForce === null || !signed.has(one.person));
  return {
    kept: inForce !== null && missing.length === 0,
    version: inForce?.version ?? null,
    withAccess: people.size,
    signed: people.size - missing.length,
    missing,
  };
}

export async function checkConfidentiality(world: AccessWorld): Promise<Confidentiality> {
  const inForce = await declarationInForce(world.db);
  const signed = inForce === null ? new Set<string>() : await signers(world.db, inForce.version);
  return confidentiality(await listAccounts(world.db), inForce, signed, world.clock());
}
