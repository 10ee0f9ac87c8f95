/** What one may ask about declarations: sign, withdraw, list. */
import { opaqueId } from '../../base/id.ts';
import { dayOf, endOfDay } from '../../base/time.ts';
import { canonicalJson } from '../../crypto/index.ts';
import { record } from '../../ledger/index.ts';
import type { Actor, World } from '../world.ts';
import { declarables } from './declarable.ts';
import { sealed, standing, unfit, type Attachment, type Declaration, type Declared } from './model.ts';
import { refusals } from './phrases.ts';
import * as store from './store.ts';

export interface Attach {
  /** ".pdf", or nothing. */
  readonly extension: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Signs a declaration; an earlier one about the same control counts no more. */
export async function declare(world: World, given: Declared, attach: Attach | null = null): Promise<Declaration> {
  const known = declarables(world.policy);
  const control = known.get(given.control);
  if (!control) throw refusals.unknownControl(given.control, [...known.keys()].toSorted());
  if (given.by.trim() === '') throw refusals.noName();
  if (given.words.nl.trim() === '' || given.words.en.trim() === '') throw refusals.noWords();
  const now = world.clock();
  const why = unfit(given, control, dayOf(now, world.zone));
  if (why) throw refusals.unfit(why);
  const id = opaqueId('d');
  const attachment = attach ? await copy(world, id, attach) : null;
  const signed = await world.db.transaction().execute(async (tx) => {
    const old = await store.supersede(tx, given.control);
    const event = await record(tx, {
      type: 'declaration.signed',
      at: now,
      fields: { declaration: id, control: given.control, until: endOfDay(given.until, world.zone) },
      // Own words may name people: they are sealed away, and can be erased without the leaf.
      details: { words: given.words, on: given.on },
    });
    if (attachment)
      await record(tx, {
        type: 'declaration.attached',
        at: now,
        fields: { declaration: id, file: attachment.sha256, bytes: attachment.bytes },
      });
    await record(tx, {
      personal: true,
      at: now,
      details: { event: 'declaration.signed', declaration: id, by: given.by, role: given.role },
    });
    const one = { ...given, id, attachment, signedAt: now, event };
    await store.insert(tx, { ...one, seal: world.seal.sign(canonicalJson(sealed(one))) });
    if (old !== null) await store.supersededBy(tx, old, id);
    return one;
  });
  await world.flush();
  return { ...signed, state: 'standing', whole: true };
}

async function copy(world: World, id: string, { extension, content }: Attach): Promise<Attachment> {
  const name = `${id}${/^\.[a-z0-9]{1,8}$/i.test(extension) ? extension.toLowerCase() : ''}`;
  return { name, ...(await world.attachments.keep(name, content)) };
}

/** Takes a word back: from now on nothing shows the control. */
export async function withdraw(world: World, actor: Actor, id: string, reason: string): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.withdraw(tx, id, now))) throw refusals.unknown(id);
    await record(tx, { type: 'declaration.withdrawn', at: now, fields: { declaration: id } });
    await record(tx, {
      personal: true,
      at: now,
      details: { event: 'declaration.withdrawn', declaration: id, by: actor.name, reason },
    });
  });
  await world.flush();
}

/** Every declaration, newest first; one whose row was changed says so. */
export async function listDeclarations(world: Pick<World, 'db' | 'seal'>): Promise<Declaration[]> {
  return (await store.all(world.db)).map(({ seal, ...one }) => ({
    ...one,
    whole: world.seal.check(canonicalJson(sealed(one)), seal),
  }));
}

/** Controls whose word stands today and whose attachment is no longer what was handed over. */
export async function lostAttachments(world: World): Promise<string[]> {
  const now = world.clock();
  const lost: string[] = [];
  for (const one of await listDeclarations(world)) {
    if (one.attachment === null || standing(one, now, world.zone) !== 'in-force') continue;
    if ((await world.attachments.hash(one.attachment.name)) !== one.attachment.sha256) lost.push(one.control);
  }
  return lost;
}
