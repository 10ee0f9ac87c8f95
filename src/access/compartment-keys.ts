/** The keys of the DPO's box: who has one, who let them in, and how a DPO unlocks their own. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import { lockKey, newSealKey, splitKey, unlockKey, type SealKey } from '../crypto/index.ts';
import type { Database, Tx } from '../database/index.ts';
import { record } from '../ledger/index.ts';
import { accountById } from './accounts.ts';
import { audit, countFailure } from './audit.ts';
import { passwordIs } from './enrol.ts';
import { factorAttempt, forgive } from './limits.ts';
import type { Actor } from './model.ts';
import { contextWords, passwordProblem } from './passwords.ts';
import { allow } from './permissions.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

export interface BoxKey {
  readonly recipient: string;
  readonly kind: 'dpo' | 'recovery';
  readonly account: string | null;
  readonly name: string | null;
  /** Eight groups to read to each other over the telephone. */
  readonly fingerprint: string;
  readonly made: Instant;
  /** Since when the box is sealed to it; null while a DPO must still let it in. */
  readonly admitted: Instant | null;
  readonly admittedBy: string | null;
  readonly needed: number | null;
  readonly parts: number | null;
  readonly seal: string | null;
}

interface Row {
  recipient: string;
  kind: 'dpo' | 'recovery';
  account: string | null;
  name: string | null;
  threshold: number | null;
  shares: number | null;
  made: Date;
  seal: string | null;
  admitted: Date | null;
  admitted_by: string | null;
}

const hashOf = (recipient: string): string => createHash('sha256').update(recipient).digest('hex');

export async function keysOf(db: Database): Promise<BoxKey[]> {
  const { rows } = await sql<Row>`
    select k.*, p.name from access.dpo_key k left join access.account a on a.id = k.account left join access.person p on p.id = a.person
     order by k.made, k.recipient`.execute(db);
  return rows.map((row) => ({
    recipient: row.recipient,
    kind: row.kind,
    account: row.account,
    name: row.name,
    fingerprint: hashOf(row.recipient).slice(0, 32).match(/.{4}/g)?.join(' ') ?? '',
    made: instantFromEpochMs(row.made.getTime()),
    admitted: row.admitted === null ? null : instantFromEpochMs(row.admitted.getTime()),
    admittedBy: row.admitted_by,
    needed: row.threshold,
    parts: row.shares,
    seal: row.seal,
  }));
}

const sealOf = (world: AccessWorld, recipient: string): string => world.mark('dpo-key', recipient);

/** Whom a letter is sealed to. A key that got into the store without us stops the box, rather than reads along. */
export function recipientsOf(world: AccessWorld, keys: readonly BoxKey[]): string[] {
  const admitted = keys.filter((one) => one.admitted !== null);
  if (foreignKeys(world, keys).length > 0) throw refusals.boxForeignKey();
  return admitted.some((one) => one.kind === 'dpo') ? admitted.map((one) => one.recipient) : [];
}

/** Keys that say to be let in and were not let in by this home: written by somebody, or the home's own key was lost. */
export function foreignKeys(world: AccessWorld, keys: readonly BoxKey[]): BoxKey[] {
  return keys.filter((one) => one.admitted !== null && one.seal !== sealOf(world, one.recipient));
}

/** From now on the box is sealed to this key too. Part of the evidence: which key, and how many there are. */
export async function admit(tx: Tx, world: AccessWorld, recipient: string, by: string | null): Promise<void> {
  const now = world.clock();
  const done = await sql`
    update access.dpo_key set admitted = ${now.toString()}, admitted_by = ${by}, seal = ${sealOf(world, recipient)}
     where recipient = ${recipient} and (admitted is null or seal <> ${sealOf(world, recipient)})`.execute(tx);
  if (done.numAffectedRows !== 1n) throw refusals.notThere();
  const keys = (await keysOf(tx)).filter((one) => one.admitted !== null).length;
  await record(tx, { type: 'dpo-key.changed', at: now, fields: { key: hashOf(recipient), keys } });
}

/** A new key of this DPO, locked by a passphrase that is not the password: that passes through other hands at each sign-in. */
export async function addKey(tx: Tx, world: AccessWorld, actor: Actor, passphrase: string): Promise<SealKey> {
  await refuseWeak(world, actor, passphrase);
  const key = await newSealKey();
  const locked = await lockKey(key.identity, passphrase);
  const done = await sql`
    insert into access.dpo_key (recipient, kind, account, identity, made)
    select ${key.recipient}, 'dpo', ${actor.account}, ${locked}, ${world.clock().toString()}
     where not exists (select from access.dpo_key where account = ${actor.account})`.execute(tx);
  if (done.numAffectedRows !== 1n) throw refusals.boxHasKey();
  return key;
}

async function refuseWeak(world: AccessWorld, actor: Actor, passphrase: string): Promise<void> {
  const { name, email } = await accountById(world.db, actor.account);
  const words = contextWords({ organisation: world.organisation, name, email });
  const problem = await passwordProblem(passphrase, { secondFactor: false, words }, world.blocklist);
  if (problem !== null) throw problem;
  if (await passwordIs(world, actor.account, passphrase, true)) throw refusals.boxSamePassword();
}

/**
 * The first DPO makes the box, and the codes of its recovery key, which are shown now and never again: each to be kept by
 * somebody else, so that `needed` of them together can open it when no DPO can.
 */
export async function makeBox(
  world: AccessWorld,
  actor: Actor,
  how: { passphrase: string; parts: number; needed: number },
): Promise<{ recoveryCodes: readonly string[] }> {
  allow(actor, "read the DPO's box");
  const { parts, needed } = how;
  if (!(Number.isInteger(parts) && Number.isInteger(needed) && needed >= 2 && parts >= needed && parts <= 12))
    throw refusals.boxParts();
  return world.db.transaction().execute(async (tx) => {
    await sql`lock table access.dpo_key in share row exclusive mode`.execute(tx);
    if ((await keysOf(tx)).length > 0) throw refusals.boxThere();
    const own = await addKey(tx, world, actor, how.passphrase);
    const recovery = await newSealKey();
    await sql`
      insert into access.dpo_key (recipient, kind, threshold, shares, made)
      values (${recovery.recipient}, 'recovery', ${needed}, ${parts}, ${world.clock().toString()})`.execute(tx);
    await admit(tx, world, own.recipient, null);
    await admit(tx, world, recovery.recipient, own.recipient);
    await audit(tx, world, 'access.dpo-box-made', { account: actor.account, name: actor.name, parts, needed });
    return { recoveryCodes: await splitKey(recovery, parts, needed) };
  });
}

/** Another DPO makes a key; one who can open the box lets it in. */
export async function askForKey(world: AccessWorld, actor: Actor, passphrase: string): Promise<{ recipient: string }> {
  allow(actor, "read the DPO's box");
  return world.db.transaction().execute(async (tx) => {
    const { recipient } = await addKey(tx, world, actor, passphrase);
    await audit(tx, world, 'access.dpo-key-made', { account: actor.account, name: actor.name, recipient });
    return { recipient };
  });
}

/** The DPO's own key, for as long as the caller holds it. Guesses are counted like those of a second factor. */
export async function unlockOwn(world: AccessWorld, actor: Actor, passphrase: string): Promise<SealKey> {
  const { rows } = await sql<{ identity: string }>`
    select identity from access.dpo_key where account = ${actor.account}`.execute(world.db);
  const [own] = rows;
  if (own === undefined) throw refusals.boxNotReady();
  const attempt = await factorAttempt(world, actor.account);
  const key = await unlockKey(own.identity, passphrase);
  if (key === null) {
    await countFailure(world, 'second-factor');
    throw refusals.boxPassphrase();
  }
  await forgive(world.db, attempt);
  return key;
}

/** Another passphrase for the same key. */
export async function changePassphrase(
  world: AccessWorld,
  actor: Actor,
  from: { current: string; passphrase: string },
): Promise<void> {
  allow(actor, "read the DPO's box");
  const key = await unlockOwn(world, actor, from.current);
  await refuseWeak(world, actor, from.passphrase);
  const locked = await lockKey(key.identity, from.passphrase);
  await world.db.transaction().execute(async (tx) => {
    await sql`update access.dpo_key set identity = ${locked} where recipient = ${key.recipient}`.execute(tx);
    await audit(tx, world, 'access.dpo-passphrase-changed', { account: actor.account, name: actor.name });
  });
}
