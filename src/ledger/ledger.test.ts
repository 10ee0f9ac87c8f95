import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { instant } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import { openDatabase, type Database } from '../database/index.ts';
import {
  eraseDetails,
  eraseExpiredDetails,
  openLedger,
  record,
  recordAll,
  type Ledger,
  type LedgerEvent,
  type OpenLedger,
} from './index.ts';
import { openCheckpoint, parseKey, verifyConsistency, verifyLog, verifyReceipt } from './verify/index.ts';

const at = instant('2026-11-24T10:00:30Z');
const deed = { run: 'r-3k9x0a7q2m', rule: 'recordings-90-days', sys: 'exchange', ds: 'calls' };
const counts = { step: 1, absent: 0, held: 0, retained: 0, failed: 0, partial: 0, recovered: 0 };
const receipt = (n: number): LedgerEvent => ({
  type: 'batch.receipt',
  at,
  fields: { ...deed, ...counts, batch: n, n, level: 'V0' },
  details: { fingerprint: `f${n}` },
});
const many = (count: number, from = 0): LedgerEvent[] => Array.from({ length: count }, (_, i) => receipt(from + i));

/** Records these in one transaction, as a deed does. */
const deedOf = (db: Database, events: readonly LedgerEvent[]): Promise<string[]> =>
  db.transaction().execute((tx) => recordAll(tx, events));

describe('the ledger', () => {
  let folder: string;
  let made = 0;
  const worlds: FreshDatabase[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gestand-ledger-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });

  /** A ledger on an empty store, with a mirror of its own and the one key. */
  async function fresh(
    more: Partial<OpenLedger> = {},
  ): Promise<{ db: Database; url: string; mirror: string; ledger: Ledger; again: () => Ledger }> {
    const world = await freshDatabase();
    worlds.push(world);
    made += 1;
    const mirror = join(folder, `mirror-${made}`);
    const again = (): Ledger =>
      openLedger({
        db: world.db,
        signer: loadSigner(join(folder, 'key.pem')),
        origin: 'gestand.test/1',
        clock: () => at,
        mirror,
        ...more,
      });
    return { db: world.db, url: world.url, mirror, ledger: again(), again };
  }

  describe('proves', () => {
    it('is verified offline from its files and the public key alone', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(700));
      assert.deepEqual(await ledger.flush(), { size: 700 });
      const { ok, size, origin, root } = await verifyLog(mirror, { key: ledger.vkey });
      assert.deepEqual([ok, size, origin, root], [true, 700, 'gestand.test/1', (await ledger.checkpoint())?.root]);
      assert.deepEqual(await verifyLog(mirror), await verifyLog(mirror, { key: ledger.vkey }));
      assert.equal((await ledger.fsck()).ok, true);
    });

    it('signs an empty log too, so that nothing can be put before the first entry', async () => {
      const { ledger, mirror } = await fresh();
      assert.equal(await ledger.checkpoint(), null);
      assert.deepEqual(await ledger.flush(), { size: 0 });
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).ok, true);
      assert.equal(await ledger.prove(0), null);
    });

    it('gives every entry a receipt that a stranger can check, with its details', async () => {
      const { db, ledger } = await fresh();
      const ids = await deedOf(db, many(700));
      assert.equal(await ledger.prove(ids[0] ?? ''), null);
      await ledger.flush();
      for (const index of [0, 1, 255, 256, 257, 511, 512, 699]) {
        const id = ids[index] ?? '';
        assert.equal(await ledger.indexOf(id), index);
        const text = (await ledger.prove(id)) ?? '';
        const seen = verifyReceipt(text, ledger.vkey);
        assert.deepEqual([seen.entry['n'], seen.details], [index, { fingerprint: `f${index}` }]);
        // Negative control: the same proof for another place in the tree is refused.
        assert.throws(() => verifyReceipt(text.replace(/index \d+/, `index ${(index + 1) % 700}`), ledger.vkey));
      }
      assert.equal(await ledger.prove(700), null);
      assert.equal(await ledger.prove(-1), null);
    });

    it('refuses details other than the ones committed to, and still proves the entry when they are erased', async () => {
      const { db, ledger } = await fresh();
      const [id = '', other = ''] = await deedOf(db, [receipt(1), { ...receipt(2), keepDetailsUntil: at }]);
      await ledger.flush();
      const text = (await ledger.prove(id)) ?? '';
      const extra = JSON.parse(Buffer.from(/extra (\S+)/.exec(text)?.[1] ?? '', 'base64').toString()) as object;
      const forged = (change: object): string =>
        text.replace(/extra \S+/, `extra ${Buffer.from(JSON.stringify({ ...extra, ...change })).toString('base64')}`);
      assert.throws(() => verifyReceipt(forged({ details: '{"fingerprint":"other"}' }), ledger.vkey), /committed/);
      assert.throws(
        () => verifyReceipt(forged({ salt: Buffer.alloc(32).toString('base64') }), ledger.vkey),
        /committed/,
      );
      assert.throws(() => verifyReceipt(forged({ entry: '{}' }), ledger.vkey), /not in the tree/);
      const before = await ledger.checkpoint();
      assert.equal(await db.transaction().execute((tx) => eraseDetails(tx, [id])), 1);
      assert.equal(await eraseExpiredDetails(db, at), 1);
      assert.equal(verifyReceipt((await ledger.prove(id)) ?? '', ledger.vkey).details, null);
      assert.equal(verifyReceipt((await ledger.prove(other)) ?? '', ledger.vkey).details, null);
      assert.deepEqual(await ledger.checkpoint(), before);
    });

    it('grows without changing what it was: an older checkpoint still holds, and partial tiles do not pile up', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(200));
      await ledger.flush();
      const older = readFileSync(join(mirror, 'checkpoint'), 'utf8');
      for (let i = 0; i < 12; i += 1) {
        await deedOf(db, many(97, 1000));
        await ledger.flush();
      }
      assert.equal((await verifyLog(mirror, { key: ledger.vkey, since: older })).ok, true);
      assert.equal((await verifyLog(mirror, { key: ledger.vkey, since: older.replace(/^\d+$/m, '199') })).ok, false);
      const { size, hashes } = await ledger.proveConsistency(200);
      const then = openCheckpoint(older, parseKey(ledger.vkey));
      const now = Buffer.from((await ledger.checkpoint())?.root ?? '', 'base64');
      assert.ok(verifyConsistency(then.size, BigInt(size), hashes, then.root, now));
      const partial = readdirSync(join(mirror, 'tile'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.p'),
      );
      assert.deepEqual(partial.toSorted(), ['0/005.p', '1/000.p', 'entries/005.p']);
    });

    it('exports to any folder, brings it up to date, and refuses one that holds another log', async () => {
      const { db, ledger } = await fresh();
      const target = join(folder, 'export');
      await deedOf(db, many(300));
      await assert.rejects(ledger.exportTo(target), /nothing has been signed/);
      await ledger.flush();
      await ledger.exportTo(target);
      await deedOf(db, many(300));
      await ledger.flush();
      await ledger.exportTo(target);
      assert.deepEqual([(await verifyLog(target)).ok, (await verifyLog(target)).size], [true, 600]);
      const stranger = await fresh();
      await deedOf(stranger.db, many(650));
      await stranger.ledger.flush();
      await assert.rejects(stranger.ledger.exportTo(target), /different histories/);
    });
  });

  describe('records', () => {
    it('nothing when the deed is rolled back', async () => {
      const { db, ledger } = await fresh();
      const failing = db.transaction().execute(async (tx) => {
        await record(tx, receipt(5));
        throw new Error('the deed failed');
      });
      await assert.rejects(failing, /the deed failed/);
      assert.deepEqual(await ledger.flush(), { size: 0 });
    });

    it('every event once when many processes flush at once, and returns only when it is published', async () => {
      const { db, ledger, again, mirror } = await fresh();
      const ledgers = [ledger, again(), again()];
      await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          const [id = ''] = await deedOf(db, [receipt(i)]);
          await ledgers[i % 3]?.flush();
          const index = await ledger.indexOf(id);
          const published = openCheckpoint(
            readFileSync(join(mirror, 'checkpoint'), 'utf8'),
            parseKey(ledger.vkey),
          ).size;
          assert.ok(index !== null && BigInt(index) < published);
        }),
      );
      assert.deepEqual(await ledger.flush(), { size: 40 });
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).ok, true);
    });

    it('nothing as signed that is not published: the mirror is made good at the next flush', async () => {
      const { db, ledger, mirror } = await fresh();
      writeFileSync(mirror, 'a file where the folder should be');
      await deedOf(db, many(300));
      await assert.rejects(ledger.flush());
      await assert.rejects(ledger.flush());
      rmSync(mirror);
      assert.deepEqual(await ledger.flush(), { size: 300 });
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).ok, true);
    });

    it('nothing while another process signs; then it goes on', async () => {
      const { db, ledger } = await fresh();
      await deedOf(db, many(3));
      const flushed = await db.connection().execute(async (other) => {
        await sql`select pg_advisory_lock(${0x6765_736c}, 0)`.execute(other);
        const turn = ledger.flush();
        const waits = sql<{ n: number }>`
          select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database())`;
        while ((await waits.execute(other)).rows[0]?.n !== 1) await new Promise((done) => setTimeout(done, 5));
        assert.equal(await ledger.checkpoint(), null);
        await sql`select pg_advisory_unlock(${0x6765_736c}, 0)`.execute(other);
        return turn;
      });
      assert.deepEqual(flushed, { size: 3 });
    });

    it('more than one batch in one flush', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(9000));
      assert.deepEqual(await ledger.flush(), { size: 9000 });
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).ok, true);
      assert.equal((await ledger.fsck()).ok, true);
    });

    it('by itself once it is started, and says when it cannot', async () => {
      const told: string[] = [];
      const { db, ledger, mirror } = await fresh({ log: (event, { code }) => told.push(`${event} ${String(code)}`) });
      ledger.start({ everyMs: 5 });
      await deedOf(db, many(3));
      while (!existsSync(join(mirror, 'checkpoint'))) await new Promise((done) => setTimeout(done, 5));
      await ledger.stop();
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).size, 3);
      await sql`update ledger.tile set data = decode(repeat('00', 96), 'hex')`.execute(db);
      await deedOf(db, many(1));
      ledger.start({ everyMs: 5 });
      while (told.length === 0) await new Promise((done) => setTimeout(done, 5));
      await ledger.stop();
      assert.equal(told[0], 'ledger.stuck refused');
      const { rows } = await sql<{ n: string }>`select count(*)::text as n from ledger.intake`.execute(db);
      assert.equal(rows[0]?.n, '1');
    });
  });

  describe('does not sign', () => {
    it('on a server that may forget what it acknowledged', async () => {
      const { db, url, mirror, ledger } = await fresh();
      await deedOf(db, many(1));
      const name = new URL(url, 'postgres://x').pathname.slice(1);
      await sql`alter database ${sql.id(name)} set synchronous_commit = off`.execute(db);
      const careless = openDatabase({ url, maxConnections: 2 });
      try {
        const theirs = openLedger({
          db: careless.db,
          signer: loadSigner(join(folder, 'key.pem')),
          origin: 'gestand.test/1',
          clock: () => at,
          mirror,
        });
        await assert.rejects(theirs.flush(), /synchronous_commit off/);
      } finally {
        await careless.close();
      }
      assert.deepEqual(await ledger.flush(), { size: 1 }); // this session was opened before
    });

    it('when the stored evidence was changed in any way; fsck says where, and healing brings it back', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(600));
      await ledger.flush();
      await deedOf(db, many(100));
      await ledger.flush();
      const zeros = sql`decode(repeat('00', 32), 'hex')`;
      const changes: { what: string; change: ReturnType<typeof sql>; stops: boolean; lacked?: number }[] = [
        {
          what: 'tile',
          change: sql`update ledger.tile set data = ${zeros} || substr(data, 33) where n = 2`,
          stops: true,
        },
        { what: 'tile gone', change: sql`delete from ledger.tile where level = 1`, stops: true },
        { what: 'last entry gone', change: sql`delete from ledger.entry where idx = 699`, stops: true, lacked: 1 },
        { what: 'added', change: sql`insert into ledger.entry values (700, gen_random_uuid(), 'never')`, stops: true },
        { what: 'root', change: sql`update ledger.checkpoint set root = ${zeros} where size = 700`, stops: true },
        { what: 'note', change: sql`update ledger.checkpoint set note = 'x' || note where size = 700`, stops: true },
        // Inside the tree the edge is right while an entry is not: fsck and the publisher see that.
        { what: 'entry', change: sql`update ledger.entry set entry = 'changed' where idx = 5`, stops: false },
        { what: 'entry gone', change: sql`delete from ledger.entry where idx = 6`, stops: false, lacked: 1 },
        {
          what: 'older root',
          change: sql`update ledger.checkpoint set root = ${zeros} where size = 600`,
          stops: false,
        },
      ];
      for (const { what, change, stops, lacked = 0 } of changes) {
        assert.equal((await ledger.fsck()).ok, true, what);
        const before = await ledger.checkpoint();
        await change.execute(db);
        if (stops) {
          await deedOf(db, many(1));
          await assert.rejects(ledger.flush());
        }
        if (what === 'entry') await assert.rejects(ledger.exportTo(join(folder, 'changed')), /entry 5 of the database/);
        assert.equal((await ledger.fsck()).ok, false, what);
        assert.equal(await ledger.heal(), lacked, what);
        assert.deepEqual(await ledger.checkpoint(), before, what);
        await sql`delete from ledger.intake`.execute(db);
      }
      assert.equal((await ledger.fsck()).ok, true);
      await deedOf(db, many(1));
      assert.deepEqual(await ledger.flush(), { size: 701 });
      assert.equal((await verifyLog(mirror, { key: ledger.vkey })).ok, true);
    });

    it('a second history after a restore; healed from the mirror it goes on, and nothing is in it twice', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(500));
      await ledger.flush();
      // The backup is made while seven wait; they, five more of the same bytes and 400 others are published after it.
      const waiting = await deedOf(db, many(7, 500));
      await db.transaction().execute((tx) =>
        recordAll(
          tx,
          Array.from({ length: 5 }, () => ({ ...receipt(1), details: undefined }) as unknown as LedgerEvent),
        ),
      );
      await sql`create table backup as select * from ledger.intake`.execute(db);
      await ledger.flush();
      await deedOf(db, many(400, 507));
      await ledger.flush();
      const published = readFileSync(join(mirror, 'checkpoint'), 'utf8');
      await restore(db, 500);
      await assert.rejects(ledger.flush(), /912 entries and this database 500: it was restored from an older copy/);
      await deedOf(db, many(2, 2000)); // the organisation works on
      assert.equal(await ledger.heal(), 412);
      assert.equal(await ledger.indexOf(waiting[3] ?? ''), 503); // it kept its id
      assert.equal((await ledger.flush()).size, 915); // two new ones, and that a restore was found
      assert.equal((await verifyLog(mirror, { key: ledger.vkey, since: published })).ok, true);
      const { rows } = await sql<{ n: string }>`
        select convert_from(entry, 'utf8')::jsonb ->> 'n' as n from ledger.entry where convert_from(entry, 'utf8')::jsonb ? 'c'`.execute(
        db,
      );
      assert.equal(new Set(rows.map((row) => row.n)).size, rows.length);
      const last = verifyReceipt((await ledger.prove(914)) ?? '', ledger.vkey).entry;
      assert.deepEqual([last['t'], last['had'], last['published']], ['restore.detected', 500, 912]);
      assert.equal((await ledger.fsck()).ok, true);
    });

    it('nor heal, when two histories were signed', async () => {
      const one = await fresh();
      await deedOf(one.db, many(50));
      await one.ledger.flush();
      const two = await fresh();
      await deedOf(two.db, many(40));
      await two.ledger.flush();
      rmSync(two.mirror, { recursive: true });
      cpSync(one.mirror, two.mirror, { recursive: true });
      await deedOf(two.db, many(20));
      await assert.rejects(two.ledger.flush(), /restored from an older copy/);
      await assert.rejects(two.ledger.heal(), /two histories exist/);
      writeFileSync(join(two.mirror, 'checkpoint'), 'nonsense\n');
      await assert.rejects(two.ledger.flush(), /the note/);
      rmSync(two.mirror, { recursive: true });
      await assert.rejects(two.ledger.heal(), /no published log/);
    });

    it('on a mirror that was damaged; healing refuses it too', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(300));
      await ledger.flush();
      await restore(db, 0);
      writeFileSync(join(mirror, 'tile/entries/000'), 'x');
      await assert.rejects(ledger.heal(), /does not verify: tile\/entries\/000/);
    });

    it('heals forward when the mirror is a moment behind the database', async () => {
      const { db, ledger, mirror } = await fresh();
      await deedOf(db, many(300));
      await ledger.flush();
      const behind = join(folder, 'behind');
      cpSync(mirror, behind, { recursive: true });
      await deedOf(db, many(300, 300));
      await ledger.flush();
      rmSync(mirror, { recursive: true });
      cpSync(behind, mirror, { recursive: true });
      await sql`delete from ledger.tile`.execute(db);
      assert.equal(await ledger.heal(), 0);
      assert.deepEqual(await ledger.flush(), { size: 600 });
      assert.deepEqual([(await verifyLog(mirror)).ok, (await verifyLog(mirror)).size], [true, 600]);
    });
  });
});

/** Makes the store what a backup of it would have been when it had so many entries. */
async function restore(db: Database, size: number): Promise<void> {
  await sql`delete from ledger.entry where idx >= ${size}`.execute(db);
  await sql`delete from ledger.checkpoint where size > ${size}`.execute(db);
  const { rows } = await sql<{ there: boolean }>`select to_regclass('backup') is not null as there`.execute(db);
  if (rows[0]?.there) {
    await sql`insert into ledger.intake (event_id, entry) select event_id, entry from backup order by id`.execute(db);
  }
}
