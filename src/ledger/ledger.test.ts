import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { instant } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import { openLedger, record, recordAll, type Ledger, type LedgerEvent } from './index.ts';
import { parseKey, verifyLog, verifyReceipt } from './verify/index.ts';

const at = instant('2026-11-24T10:00:30Z');
const receipt = (n: number): LedgerEvent => ({
  type: 'batch.receipt',
  at,
  fields: {
    run: 'r-1',
    rule: 'recordings-90-days',
    sys: 'exchange',
    ds: 'calls',
    step: 1,
    batch: n,
    n,
    absent: 0,
    held: 0,
    retained: 0,
    failed: 0,
    partial: 0,
    level: 'V0',
    recovered: 0,
  },
  details: { fingerprint: `f${n}` },
});

describe('the ledger', () => {
  let world: FreshDatabase;
  let folder: string;
  let ledger: Ledger;
  let ids: string[] = [];
  const settings = () => ({
    db: world.db,
    signer: loadSigner(join(folder, 'key.pem')),
    origin: 'gestand.test/1',
    clock: () => at,
    mirror: join(folder, 'mirror'),
  });

  before(async () => {
    world = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), 'gestand-ledger-'));
    ledger = openLedger(settings());
    ids = await world.db.transaction().execute((tx) =>
      recordAll(
        tx,
        Array.from({ length: 700 }, (_, i) => receipt(i)),
      ),
    );
    await ledger.flush();
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is verified offline from its files and the public key alone', async () => {
    const result = await verifyLog(join(folder, 'mirror'), { key: ledger.vkey });
    assert.deepEqual([result.ok, result.size, result.origin], [true, 700, 'gestand.test/1']);
  });

  it('gives every entry a receipt that a stranger can check, with its details', async () => {
    for (const index of [0, 1, 255, 256, 257, 511, 512, 699]) {
      const text = await ledger.prove(ids[index] ?? '');
      assert.ok(text);
      const seen = verifyReceipt(text, parseKey(ledger.vkey));
      assert.equal(seen.entry['n'], index);
      assert.deepEqual(seen.details, { fingerprint: `f${index}` });
      // Negative control: the same proof for another place in the tree is refused.
      assert.throws(() =>
        verifyReceipt(text.replace(/index \d+/, `index ${(index + 1) % 700}`), parseKey(ledger.vkey)),
      );
    }
  });

  it('refuses details that are not the ones committed to, and still proves the entry when they are deleted', async () => {
    const text = (await ledger.prove(3)) ?? '';
    const extra = JSON.parse(Buffer.from(/extra (\S+)/.exec(text)?.[1] ?? '', 'base64').toString()) as Record<
      string,
      string
    >;
    const forged = Buffer.from(JSON.stringify({ ...extra, details: '{"fingerprint":"other"}' })).toString('base64');
    assert.throws(
      () => verifyReceipt(text.replace(/extra \S+/, `extra ${forged}`), parseKey(ledger.vkey)),
      /committed/,
    );
    await sql`delete from ledger.detail where event_id = ${ids[3]}::uuid`.execute(world.db);
    assert.equal(verifyReceipt((await ledger.prove(3)) ?? '', parseKey(ledger.vkey)).details, null);
  });

  it('grows without changing what it was: an older checkpoint still holds', async () => {
    const older = readFileSync(join(folder, 'mirror', 'checkpoint'), 'utf8');
    for (let i = 0; i < 5; i += 1) {
      await world.db.transaction().execute((tx) =>
        recordAll(
          tx,
          Array.from({ length: 97 }, (_, n) => receipt(1000 + n)),
        ),
      );
      await ledger.flush();
    }
    assert.equal((await verifyLog(join(folder, 'mirror'), { key: ledger.vkey, since: older })).ok, true);
    const forged = older.replace(/^\d+$/m, '699');
    assert.equal((await verifyLog(join(folder, 'mirror'), { key: ledger.vkey, since: forged })).ok, false);
  });

  it('refuses 1,000 sampled tamperings of the published files, and accepts the untouched copy', async () => {
    const copy = join(folder, 'copy');
    await ledger.exportTo(copy);
    assert.equal((await verifyLog(copy, { key: ledger.vkey })).ok, true);
    const files = listFiles(copy).filter((file) => !file.endsWith('/key') && !isStalePartial(file, 1185));
    let seed = 42;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % below;
    };
    let accepted = 0;
    for (let i = 0; i < 1000; i += 1) {
      const file = files[random(files.length)] ?? '';
      const original = readFileSync(file);
      writeFileSync(file, tamper(original, i % 4, random));
      const refused = !(await verifyLog(copy, { key: ledger.vkey })).ok;
      writeFileSync(file, original);
      if (!refused) accepted += 1;
    }
    assert.equal(accepted, 0);
    assert.equal((await verifyLog(copy, { key: ledger.vkey })).ok, true);
  });

  it('does not sign when the stored tree was changed', async () => {
    const other = await freshDatabase();
    const mirror = join(folder, 'other');
    const theirs = openLedger({ ...settings(), db: other.db, mirror });
    await other.db.transaction().execute((tx) => recordAll(tx, [receipt(1), receipt(2), receipt(3)]));
    await theirs.flush();
    await sql`update ledger.tile set data = overlay(data placing '\\x00'::bytea from 1 for 1) where level = 0`.execute(
      other.db,
    );
    await other.db.transaction().execute((tx) => record(tx, receipt(4)));
    await assert.rejects(theirs.flush(), /last signed root/);
    await other.close();
  });

  it('does not sign a second history after a restore, and goes on once healed from the mirror', async () => {
    const other = await freshDatabase();
    const mirror = join(folder, 'restored');
    cpSync(join(folder, 'mirror'), mirror, { recursive: true });
    const theirs = openLedger({ ...settings(), db: other.db, mirror });
    await other.db.transaction().execute((tx) => record(tx, receipt(9)));
    await assert.rejects(theirs.flush(), /restored from an older copy/);
    assert.equal(await theirs.heal(), 1185);
    assert.equal((await theirs.flush()).size, 1186);
    assert.equal(
      (await verifyLog(mirror, { key: theirs.vkey, since: readFileSync(join(folder, 'mirror', 'checkpoint'), 'utf8') }))
        .ok,
      true,
    );
    await other.close();
  });

  it('has no room for a name, a number or a path in a leaf', async () => {
    const samples = [
      'Jan Jansen',
      'j.jansen@example.nl',
      '+31612345678',
      '0612345678 ',
      '123456782/..',
      '2026/11/24/in-0612345678.wav',
    ];
    for (const sample of samples) {
      for (const field of ['run', 'rule', 'sys', 'ds', 'level'] as const) {
        const event = receipt(1);
        const bad = {
          ...event,
          fields: { ...('fields' in event ? event.fields : {}), [field]: sample },
        } as LedgerEvent;
        await assert.rejects(
          world.db.transaction().execute((tx) => record(tx, bad)),
          (error: Error) => !error.message.includes(sample.trim()) && /is not of kind/.test(error.message),
        );
      }
    }
    await world.db
      .transaction()
      .execute((tx) => record(tx, { personal: true, at, details: { name: 'Jan Jansen', case: 'z' } }));
    const rows = await sql<{ entry: Buffer }>`select entry from ledger.intake`.execute(world.db);
    assert.ok(rows.rows.length > 0);
    assert.ok(rows.rows.every((row) => !row.entry.toString().includes('Jan')));
  });

  it('loses the entry with the deed when the deed is rolled back', async () => {
    await ledger.flush();
    const size = (await ledger.checkpoint())?.size;
    await assert.rejects(
      world.db.transaction().execute(async (tx) => {
        await record(tx, receipt(5));
        throw new Error('the deed failed');
      }),
    );
    assert.equal((await ledger.flush()).size, size);
  });

  it('gives every entry one place when many flush at once', async () => {
    const start = (await ledger.checkpoint())?.size ?? 0;
    const others = [ledger, openLedger(settings()), openLedger(settings())];
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        await world.db.transaction().execute((tx) => record(tx, receipt(i)));
        await others[i % 3]?.flush();
      }),
    );
    assert.equal((await ledger.flush()).size, start + 30);
    assert.equal((await verifyLog(join(folder, 'mirror'), { key: ledger.vkey })).ok, true);
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile());
}

/** Partial tiles of earlier sizes stay published; only those of the newest size are part of the checkpoint. */
function isStalePartial(file: string, size: number): boolean {
  const width = /\.p\/(\d+)$/.exec(file)?.[1];
  return width !== undefined && Number(width) !== size % 256 && Number(width) !== Math.floor(size / 256);
}

function tamper(original: Buffer, how: number, random: (below: number) => number): Buffer {
  const copy = Buffer.from(original);
  const place = random(copy.length);
  if (how === 0) copy[place] = (copy[place] ?? 0) ^ (1 << random(8));
  else if (how === 1) return copy.subarray(0, place);
  else if (how === 2) return Buffer.concat([copy, Buffer.of(random(256))]);
  else {
    const other = (place + 1 + random(Math.max(1, copy.length - 1))) % copy.length;
    const a = copy[place] ?? 0;
    const b = copy[other] ?? 0;
    if (a === b) copy[place] = a ^ 0x55;
    else [copy[place], copy[other]] = [b, a];
  }
  return copy;
}
