/**
 * The DPO's box. Whoever complains or asks something of the data protection officer can count on it that nobody else reads it
 * (Art. 38(5) GDPR, art. 39 UAVG): what comes in is sealed to the keys of the DPOs, each locked by a passphrase of their own,
 * and to a recovery key that lies in parts with several people. The store and the home together do not open it.
 *
 * What it does not withstand: someone who changes the program while a DPO types the passphrase.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import { opaqueId } from '../base/id.ts';
import { instantFromEpochMs, type Instant } from '../base/time.ts';
import { isCode, joinKey, openSealed, sealTo, type SealKey } from '../crypto/index.ts';
import type { Database, Tx } from '../database/index.ts';
import { audit } from './audit.ts';
import { addKey, admit, foreignKeys, keysOf, recipientsOf, unlockOwn, type BoxKey } from './compartment-keys.ts';
import type { Actor } from './model.ts';
import { allow } from './permissions.ts';
import { refusals } from './phrases.ts';
import type { AccessWorld } from './world.ts';

export type MessageKind = 'complaint' | 'request' | 'note';

/** What somebody sends, or what the DPO writes with it. "from" and "contact" in their own words. */
export const Letter = z.strictObject({
  subject: z.string().max(200),
  text: z.string().max(50_000),
  from: z.string().max(200).optional(),
  contact: z.string().max(200).optional(),
});
export type Letter = z.infer<typeof Letter>;

export interface Message extends Letter {
  readonly id: string;
  readonly kind: MessageKind;
  /** The message that a note is about. */
  readonly about: string | null;
  readonly received: Instant;
  readonly closed: Instant | null;
}

/** What anyone who keeps the terms may know: that something is there, since when, and whether it is done. */
export type MessageMark = Pick<Message, 'id' | 'kind' | 'about' | 'received' | 'closed'>;

/** Puts a letter into the box; its id, for the receipt. Refuses when no DPO has made a key yet: it would be readable by others. */
export async function receiveForDpo(
  world: AccessWorld,
  kind: 'complaint' | 'request',
  letter: Letter,
): Promise<{ id: string }> {
  const id = opaqueId('d');
  await world.db.transaction().execute((tx) => put(tx, world, { id, kind, about: null }, letter));
  return { id };
}

async function put(
  tx: Tx,
  world: AccessWorld,
  as: Pick<Message, 'id' | 'kind' | 'about'>,
  letter: Letter,
): Promise<void> {
  if (!Letter.safeParse(letter).success) throw refusals.letterTooLong();
  const recipients = recipientsOf(world, await keysOf(tx));
  if (recipients.length === 0) throw refusals.boxNotReady();
  const sealed = await sealTo(recipients, pack(as, letter));
  const received = world.clock().toString();
  await sql`
    insert into access.dpo_message (id, kind, about, received, sealed)
    values (${as.id}, ${as.kind}, ${as.about}, ${received}, ${Buffer.from(sealed)})`.execute(tx);
  if (as.kind !== 'note') await audit(tx, world, 'access.dpo-box-received', { message: as.id });
}

/** With its own id inside, so that nobody can put one person's letter in another's place; and its length in whole kilobytes. */
function pack(as: Pick<Message, 'id' | 'kind'>, letter: Letter): string {
  const text = JSON.stringify({ v: 1, id: as.id, kind: as.kind, ...letter });
  return text + ' '.repeat(1024 - (Buffer.byteLength(text) % 1024));
}

export async function listMarks(db: Database): Promise<MessageMark[]> {
  const { rows } = await sql<{
    id: string;
    kind: MessageKind;
    about: string | null;
    received: Date;
    closed: Date | null;
  }>`select id, kind, about, received, closed from access.dpo_message order by received, about nulls first, id`.execute(
    db,
  );
  return rows.map((row) => ({
    ...row,
    received: instantFromEpochMs(row.received.getTime()),
    closed: row.closed === null ? null : instantFromEpochMs(row.closed.getTime()),
  }));
}

/** The box while it is open: the key is in memory only, for as long as whoever opened it holds this. */
export interface OpenBox {
  readonly recipient: string;
  /** Everything, oldest first. A message that this key does not open is left out and counted. */
  readAll(): Promise<{ messages: readonly Message[]; unreadable: number }>;
  note(about: string, letter: Letter): Promise<{ id: string }>;
  close(id: string): Promise<void>;
  /** Erases a message with its notes. */
  erase(id: string): Promise<void>;
  /** Lets another DPO's key open the box: what is in it, and what is to come. */
  admit(recipient: string): Promise<void>;
  /** Takes a key out: what is in the box is sealed anew, without it. */
  retire(recipient: string): Promise<void>;
}

/** Opens the box with the DPO's own passphrase. */
export async function openBox(world: AccessWorld, actor: Actor, passphrase: string): Promise<OpenBox> {
  allow(actor, "read the DPO's box");
  const key = await unlockOwn(world, actor, passphrase);
  await world.db.transaction().execute((tx) => audit(tx, world, 'access.dpo-box-opened', who(actor)));
  return opened(world, actor, key);
}

const who = (actor: Actor) => ({ account: actor.account, name: actor.name, session: actor.session });

function opened(world: AccessWorld, actor: Actor, key: SealKey): OpenBox {
  const { db } = world;
  const missing = (rows: bigint | undefined): void => {
    if (rows !== 1n) throw refusals.notThere();
  };
  return {
    recipient: key.recipient,
    readAll: () => readAll(db, key),
    note: async (about, letter) => {
      const id = opaqueId('d');
      await db.transaction().execute((tx) => put(tx, world, { id, kind: 'note', about }, letter));
      return { id };
    },
    close: async (id) => {
      const now = world.clock().toString();
      const done = await sql`
        update access.dpo_message set closed = ${now} where id = ${id} and kind <> 'note' and closed is null`.execute(
        db,
      );
      missing(done.numAffectedRows);
    },
    erase: async (id) => {
      await db.transaction().execute(async (tx) => {
        const done = await sql`delete from access.dpo_message where id = ${id} and kind <> 'note'`.execute(tx);
        missing(done.numAffectedRows);
        await audit(tx, world, 'access.dpo-box-erased', { ...who(actor), message: id });
      });
    },
    admit: async (recipient) => {
      allow(actor, "admit a key to the DPO's box");
      await db.transaction().execute(async (tx) => {
        await admit(tx, world, recipient, key.recipient);
        // With the home's key lost, each is let in again, one by one; what is there was sealed to them before.
        if (foreignKeys(world, await keysOf(tx)).length === 0) await sealAnew(tx, world, key);
        await audit(tx, world, 'access.dpo-key-admitted', { ...who(actor), recipient });
      });
    },
    retire: async (recipient) => {
      allow(actor, "admit a key to the DPO's box");
      if (recipient === key.recipient) throw refusals.boxOwnKey();
      await db.transaction().execute(async (tx) => {
        const done = await sql`delete from access.dpo_key where recipient = ${recipient} and kind = 'dpo'`.execute(tx);
        missing(done.numAffectedRows);
        await sealAnew(tx, world, key);
        await audit(tx, world, 'access.dpo-key-retired', { ...who(actor), recipient });
      });
    },
  };
}

/** Boxes that stay open between the pages of one session, for some minutes and in memory only. */
export interface OpenBoxes {
  keep(actor: Actor, box: OpenBox): void;
  /** Null when it was never opened in this session, or too long ago. */
  of(actor: Actor): OpenBox | null;
  shut(actor: Actor): void;
}

const openMinutes = 10;

export function openBoxes(world: Pick<AccessWorld, 'clock'>): OpenBoxes {
  const open = new Map<string, { box: OpenBox; until: number }>();
  const tidy = (): void => {
    const now = world.clock().epochMilliseconds;
    for (const [session, { until }] of open) if (until <= now) open.delete(session);
  };
  return {
    keep: ({ session }, box) => {
      tidy();
      open.set(session, { box, until: world.clock().add({ minutes: openMinutes }).epochMilliseconds });
    },
    of: ({ session }) => {
      tidy();
      return open.get(session)?.box ?? null;
    },
    shut: ({ session }) => void open.delete(session),
  };
}

async function readAll(db: Database, key: SealKey): Promise<{ messages: Message[]; unreadable: number }> {
  const marks = await listMarks(db);
  const messages: Message[] = [];
  for (const mark of marks) {
    const letter = await read(db, key, mark);
    if (letter !== null) messages.push({ ...mark, ...letter });
  }
  return { messages, unreadable: marks.length - messages.length };
}

async function read(db: Database, key: SealKey, mark: Pick<MessageMark, 'id' | 'kind'>): Promise<Letter | null> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from access.dpo_message where id = ${mark.id}`.execute(
    db,
  );
  let text: string;
  try {
    text = await openSealed(key.identity, new Uint8Array(rows[0]?.sealed ?? []));
  } catch {
    return null; // sealed to others, or changed since
  }
  const { v, id, kind, ...letter } = JSON.parse(text) as Letter & { v: number; id: string; kind: string };
  return v === 1 && id === mark.id && kind === mark.kind ? letter : null;
}

/** Every message sealed to the keys of now; refuses when one cannot be opened, since it would stay closed to the new key. */
async function sealAnew(tx: Tx, world: AccessWorld, key: SealKey): Promise<void> {
  await sql`lock table access.dpo_message in share row exclusive mode`.execute(tx);
  const recipients = recipientsOf(world, await keysOf(tx));
  for (const mark of await listMarks(tx)) {
    const letter = await read(tx, key, mark);
    if (letter === null) throw refusals.boxUnreadable();
    const sealed = await sealTo(recipients, pack(mark, letter));
    await sql`update access.dpo_message set sealed = ${Buffer.from(sealed)} where id = ${mark.id}`.execute(tx);
  }
}

/** What a DPO should look at: keys, who admitted them, and a fingerprint to compare by telephone. */
export async function listBoxKeys(world: AccessWorld): Promise<readonly BoxKey[]> {
  return keysOf(world.db);
}

/**
 * When no DPO can open it any more (left, died, forgot): enough holders of a part come together, and a DPO gets a key of
 * their own to everything that is in the box.
 */
export async function recoverBox(
  world: AccessWorld,
  actor: Actor,
  from: { codes: readonly string[]; passphrase: string },
): Promise<OpenBox> {
  allow(actor, "read the DPO's box");
  const recovery = (await keysOf(world.db)).find((one) => one.kind === 'recovery');
  const mistyped = from.codes.flatMap((code, i) => (isCode(code) ? [] : [i + 1]));
  if (mistyped.length > 0) throw refusals.boxMistyped(mistyped.join(', '));
  const needed = recovery?.needed ?? 2;
  if (from.codes.length < needed) throw refusals.boxTooFew(from.codes.length, needed);
  const key = recovery === undefined ? null : await joinKey(from.codes, recovery.recipient);
  if (key === null) throw refusals.boxCodes();
  return world.db.transaction().execute(async (tx) => {
    await sql`delete from access.dpo_key where account = ${actor.account}`.execute(tx);
    const own = await addKey(tx, world, actor, from.passphrase);
    await admit(tx, world, own.recipient, key.recipient);
    await sealAnew(tx, world, key);
    await audit(tx, world, 'access.dpo-box-recovered', { ...who(actor), parts: from.codes.length });
    return opened(world, actor, own);
  });
}
