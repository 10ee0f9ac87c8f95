import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { accessWorld, member, passphrase, type Access, type Member } from '../../test/worlds/access.ts';
import { newSealKey, openSealed, unlockKey } from '../crypto/index.ts';
import {
  askForKey,
  changePassphrase,
  listBoxKeys,
  listMarks,
  makeBox,
  openBox,
  openBoxes,
  receiveForDpo,
  recoverBox,
  type OpenBox,
} from './index.ts';

const canary = 'Kanarie van Zanten werd ontslagen na een klacht';
const [first, second, third] = ['acht stille klokken tikken', 'drie natte veters drogen', 'tien kale bomen wuiven'];

describe("the DPO's box", () => {
  let access: Access;
  let [dora, eva]: Member[] = [];
  let codes: readonly string[] = [];
  let doras: OpenBox | null = null; // opening takes a second each time: it is kept open, as pages do
  const hers = (): OpenBox => {
    assert.ok(doras);
    return doras;
  };
  before(async () => {
    access = await accessWorld();
    dora = await member(access, { name: 'Dora Duif', roles: ['dpo'] });
    eva = await member(access, { name: 'Eva Eend', roles: ['dpo'] });
  });
  after(() => access.close());

  it('takes nothing in before a DPO has a key: it would be readable by others', async () => {
    await assert.rejects(receiveForDpo(access.world, 'complaint', { subject: 's', text: canary }), {
      code: 'dpo-box-not-ready',
    });
  });

  it('is made once, by a DPO, with a passphrase that is not the password, and gives parts of a recovery code', async () => {
    const { world } = access;
    assert.ok(dora && eva);
    const officer = await member(access, { name: 'Olga Otter', roles: ['privacy-officer', 'engineer', 'approver'] });
    const how = { passphrase: first, parts: 3, needed: 2 };
    await assert.rejects(makeBox(world, officer.actor, how), { code: 'not-there' });
    await assert.rejects(makeBox(world, dora.actor, { ...how, passphrase }), { code: 'dpo-box-same-password' });
    await assert.rejects(makeBox(world, dora.actor, { ...how, passphrase: 'kort' }), { code: 'password-too-short' });
    await assert.rejects(makeBox(world, dora.actor, { ...how, needed: 1 }), { code: 'dpo-box-parts' });
    ({ recoveryCodes: codes } = await makeBox(world, dora.actor, how));
    assert.equal(codes.length, 3);
    await assert.rejects(makeBox(world, eva.actor, how), { code: 'dpo-box-there' });
    await assert.rejects(openBox(world, officer.actor, first), { code: 'not-there' });
  });

  it('opens for the DPO with the passphrase, and keeps notes as secret as letters', async () => {
    const { world } = access;
    assert.ok(dora);
    const { id } = await receiveForDpo(world, 'complaint', {
      subject: 'Mijn dossier',
      text: canary,
      from: 'K. van Zanten',
      contact: '06-12345678',
    });
    const long = { subject: 's', text: 'x'.repeat(50_001) };
    await assert.rejects(receiveForDpo(world, 'request', long), { code: 'letter-too-long' });
    await assert.rejects(openBox(world, dora.actor, second), { code: 'dpo-box-passphrase' });
    const box = await openBox(world, dora.actor, first);
    doras = box;
    await box.note(id, { subject: 'gebeld', text: `${canary}, zegt zij` });
    const messages = (await box.readAll()).messages;
    assert.deepEqual(
      messages.map((one) => [one.kind, one.text]),
      [
        ['complaint', canary],
        ['note', `${canary}, zegt zij`],
      ],
    );
    await box.close(id);
    assert.equal((await listMarks(world.db)).filter((one) => one.closed !== null).length, 1);
  });

  it('is closed to whoever has the store and the keys of the home', async () => {
    const { world } = access;
    const { rows: tables } = await sql<{ name: string }>`
      select schemaname || '.' || tablename as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`.execute(world.db);
    assert.ok(tables.length > 30);
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(world.db);
      // bytea prints as \\x…: also looked at as what it stands for.
      for (const { row } of rows)
        dump.push(
          row,
          ...[...row.matchAll(/\\x([0-9a-f]+)/g)].map((hex) => Buffer.from(hex[1] ?? '', 'hex').toString('latin1')),
        );
    }
    const all = dump.join('\n');
    for (const word of ['Kanarie', 'Zanten', '12345678', 'gebeld', 'Mijn dossier', 'AGE-SECRET-KEY', ...codes, first])
      assert.ok(!all.includes(word), word);
    assert.ok(all.includes('Dora Duif'), 'the control: what stands there is found');
    // The home's own keys, and a passphrase that was overheard elsewhere, do not open it.
    const { rows: keys } = await sql<{ identity: string }>`
      select identity from access.dpo_key where identity is not null`.execute(world.db);
    const locked = keys[0]?.identity ?? '';
    assert.throws(() => world.veil.unveil(locked));
    assert.equal(await unlockKey(locked, passphrase), null);
    const { rows: sealed } = await sql<{ sealed: Buffer }>`select sealed from access.dpo_message`.execute(world.db);
    const stranger = await newSealKey();
    for (const one of sealed) await assert.rejects(openSealed(stranger.identity, new Uint8Array(one.sealed)));
    // Letters of a different length look alike.
    await receiveForDpo(world, 'request', { subject: 'x', text: 'y' });
    const sizes = await sql<{ n: number }>`select distinct length(sealed) as n from access.dpo_message`.execute(
      world.db,
    );
    assert.equal(sizes.rows.length, 1);
  });

  it('opens for a second DPO once the first has let them in, for what was there and what comes', async () => {
    const { world } = access;
    assert.ok(eva);
    const { recipient } = await askForKey(world, eva.actor, second);
    const evas = await openBox(world, eva.actor, second);
    const early = await evas.readAll();
    assert.deepEqual([early.messages.length, early.unreadable], [0, 3]);
    await receiveForDpo(world, 'request', { subject: 'later', text: 'nog voor de toelating' });
    assert.equal((await evas.readAll()).messages.length, 0);
    await hers().admit(recipient);
    const now = await evas.readAll();
    assert.deepEqual([now.messages.length, now.unreadable], [4, 0]);
    assert.deepEqual(
      (await listBoxKeys(world)).map((one) => `${one.name ?? one.kind} ${one.admitted !== null}`).toSorted(),
      ['Dora Duif true', 'Eva Eend true', 'recovery true'],
    );
  });

  it('is sealed anew without a DPO who leaves', async () => {
    const { world } = access;
    assert.ok(eva);
    const box = hers();
    await assert.rejects(box.retire(box.recipient), { code: 'dpo-box-own-key' });
    const { rows } = await sql<{ identity: string; recipient: string }>`
      select identity, recipient from access.dpo_key where account = ${eva.account}`.execute(world.db);
    const kept = await unlockKey(rows[0]?.identity ?? '', second);
    assert.ok(kept);
    await box.retire(rows[0]?.recipient ?? '');
    const { rows: sealed } = await sql<{ sealed: Buffer }>`select sealed from access.dpo_message`.execute(world.db);
    for (const one of sealed) await assert.rejects(openSealed(kept.identity, new Uint8Array(one.sealed)));
    await assert.rejects(openBox(world, eva.actor, second), { code: 'dpo-box-not-ready' });
    assert.equal((await box.readAll()).messages.length, 4);
  });

  it('opens with two of the three parts of the recovery code, and not with one', async () => {
    const { world } = access;
    assert.ok(eva);
    const [a = '', b = '', c = ''] = codes;
    for (const fewer of [[a], [a, a], [a, b.replace(/^./, (x) => (x === '0' ? '1' : '0'))]])
      await assert.rejects(recoverBox(world, eva.actor, { codes: fewer, passphrase: third }), {
        code: 'dpo-box-codes',
      });
    const box = await recoverBox(world, eva.actor, { codes: [c, a], passphrase: third });
    assert.ok((await box.readAll()).messages.some((one) => one.text === canary));
    await changePassphrase(world, eva.actor, { current: third, passphrase: second });
    assert.equal((await (await openBox(world, eva.actor, second)).readAll()).unreadable, 0);
  });

  it('shows when a letter was put in the place of another, and leaves it out', async () => {
    const { world } = access;
    const [one, two] = (await hers().readAll()).messages.filter((message) => message.kind !== 'note');
    await sql`update access.dpo_message set sealed = (select sealed from access.dpo_message where id = ${two?.id ?? ''})
               where id = ${one?.id ?? ''}`.execute(world.db);
    const read = await hers().readAll();
    assert.equal(read.unreadable, 1);
    assert.ok(!read.messages.some((message) => message.id === one?.id));
    await hers().erase(one?.id ?? '');
  });

  it('takes nothing in while a key stands in the store that nobody let in', async () => {
    const { world } = access;
    const spy = await newSealKey();
    const plant = sql`insert into access.dpo_key (recipient, kind, threshold, shares, made, admitted, seal)
      values (${spy.recipient}, 'recovery', 2, 2, now(), now(), 'a seal of one’s own')`;
    await plant.execute(world.db);
    await assert.rejects(receiveForDpo(world, 'complaint', { subject: 's', text: canary }), {
      code: 'dpo-box-foreign-key',
    });
    await sql`delete from access.dpo_key where recipient = ${spy.recipient}`.execute(world.db);
    await receiveForDpo(world, 'complaint', { subject: 's', text: 'weer goed' });
  });

  it('goes on after the key of the home was lost, once a DPO has let each key in again', async () => {
    const { world } = access;
    const without = { ...world, mark: (...parts: readonly string[]) => `another ${world.mark(...parts)}` };
    assert.ok(dora);
    const letter = { subject: 's', text: 'na het verlies' };
    await assert.rejects(receiveForDpo(without, 'request', letter), { code: 'dpo-box-foreign-key' });
    const box = await openBox(without, dora.actor, first);
    for (const key of await listBoxKeys(without)) await box.admit(key.recipient);
    await receiveForDpo(without, 'request', letter);
    assert.ok((await box.readAll()).messages.some((one) => one.text === letter.text));
    await assert.rejects(box.admit(box.recipient), { code: 'not-there' });
  });

  it('stays open between the pages of one session, for ten minutes and for nobody else', () => {
    assert.ok(dora && eva);
    const boxes = openBoxes(access.world);
    boxes.keep(dora.actor, hers());
    assert.equal(boxes.of(dora.actor), hers());
    assert.equal(boxes.of(eva.actor), null);
    access.pass({ minutes: 10 });
    assert.equal(boxes.of(dora.actor), null);
    boxes.keep(dora.actor, hers());
    boxes.shut(dora.actor);
    assert.equal(boxes.of(dora.actor), null);
  });
});
