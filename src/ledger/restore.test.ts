import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { array, assert as check, asyncProperty, constant, integer, nat, oneof, record as shape } from 'fast-check';
import { sql } from 'kysely';
import { freshDatabase } from '../../test/worlds/postgres.ts';
import { instant } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import type { Database } from '../database/index.ts';
import { LedgerFault, openLedger, recordAll, type Ledger, type LedgerEvent } from './index.ts';
import { folderSource, openCheckpoint, parseKey, verifyLog, widthOf } from './verify/index.ts';

const at = instant('2026-11-24T10:00:30Z');

type Step =
  | { readonly do: 'record'; readonly count: number; readonly alike: boolean }
  | { readonly do: 'restore'; readonly which: number }
  | { readonly do: 'flush' | 'backup' | 'heal' };

const steps = array(
  oneof(
    {
      weight: 4,
      arbitrary: shape({
        do: constant('record' as const),
        count: integer({ min: 1, max: 300 }),
        alike: constant(false),
      }),
    },
    {
      weight: 1,
      arbitrary: shape({ do: constant('record' as const), count: integer({ min: 1, max: 3 }), alike: constant(true) }),
    },
    { weight: 4, arbitrary: constant({ do: 'flush' as const }) },
    { weight: 3, arbitrary: constant({ do: 'backup' as const }) },
    { weight: 3, arbitrary: shape({ do: constant('restore' as const), which: nat(9) }) },
    { weight: 2, arbitrary: constant({ do: 'heal' as const }) },
  ),
  { minLength: 6, maxLength: 20 },
);

const tables = ['intake', 'entry', 'tile', 'checkpoint', 'detail'] as const;

async function backUp(db: Database, name: string): Promise<void> {
  await sql`create schema ${sql.id(name)}`.execute(db);
  for (const table of tables)
    await sql`create table ${sql.id(name, table)} as table ${sql.id('ledger', table)}`.execute(db);
}

async function restore(db: Database, name: string): Promise<void> {
  for (const table of tables) {
    await sql`delete from ${sql.id('ledger', table)}`.execute(db);
    await sql`insert into ${sql.id('ledger', table)} overriding system value select * from ${sql.id(name, table)}`.execute(
      db,
    );
  }
}

/** What is published, entry by entry. */
async function published(mirror: string, ledger: Ledger): Promise<string[]> {
  if (!existsSync(join(mirror, 'checkpoint'))) return [];
  const { size } = openCheckpoint(readFileSync(join(mirror, 'checkpoint'), 'utf8'), parseKey(ledger.vkey));
  const entries: string[] = [];
  for (let n = 0n; n * 256n < size; n += 1n) {
    const bundle = await folderSource(mirror).entries(n, widthOf(n, size));
    for (let from = 0; from < bundle.length; from += 2 + bundle.readUInt16BE(from)) {
      entries.push(bundle.toString('utf8', from + 2, from + 2 + bundle.readUInt16BE(from)));
    }
  }
  return entries;
}

type Healer = (db: Database, ledger: Ledger) => Promise<number>;

/** Whatever happens, in any order: what was published stays, in its place, and nothing is in the log twice. */
async function holds(script: readonly Step[], folder: string, heal: Healer): Promise<void> {
  const world = await freshDatabase();
  const { db } = world;
  const mirror = mkdtempSync(join(folder, 'mirror-'));
  const ledger = openLedger({
    db,
    signer: loadSigner(join(folder, 'key.pem')),
    origin: 'gestand.test/restore',
    clock: () => at,
    mirror,
  });
  let [made, backups] = [0, 0];
  let history: string[] = [];
  let since: string | null = null;
  const told = async (): Promise<void> => {
    const now = await published(mirror, ledger);
    assert.deepEqual(now.slice(0, history.length), history);
    assert.equal((await verifyLog(mirror, { key: ledger.vkey, ...(since === null ? {} : { since }) })).ok, true);
    history = now;
    since = readFileSync(join(mirror, 'checkpoint'), 'utf8');
    const told = now.filter((entry) => !entry.includes('restore.detected') && !entry.includes('"n":0'));
    assert.equal(new Set(told).size, told.length, 'an entry stands in the log twice');
  };
  const flushOrRefuse = async (): Promise<void> => {
    try {
      await ledger.flush();
      await told();
    } catch (cause) {
      if (!(cause instanceof LedgerFault)) throw cause;
      assert.match(cause.message, /restored from an older copy/);
    }
  };
  try {
    for (const step of script) {
      if (step.do === 'record') {
        const events = Array.from({ length: step.count }, (): LedgerEvent => {
          made += 1;
          return { type: 'check.done', at, fields: { check: 'x', ok: 1, n: step.alike ? 0 : made } };
        });
        await db.transaction().execute((tx) => recordAll(tx, events));
      } else if (step.do === 'backup') await backUp(db, `backup_${(backups += 1)}`);
      else if (step.do === 'restore' && backups > 0) await restore(db, `backup_${1 + (step.which % backups)}`);
      else if (step.do === 'flush') await flushOrRefuse();
      else if (step.do === 'heal' && since !== null) await heal(db, ledger);
    }
    if (since !== null) await heal(db, ledger);
    await ledger.flush();
    await told();
    assert.equal((await ledger.fsck()).ok, true);
  } finally {
    await world.close();
    rmSync(mirror, { recursive: true });
  }
}

describe('backups restored at any time', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gestand-restore-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const ours: Healer = (_, ledger) => ledger.heal();

  it('lose nothing that was published, enter nothing twice, and never start a second history', async () => {
    await check(
      asyncProperty(steps, (script) => holds(script, folder, ours)),
      { numRuns: 12 },
    );
  });

  it('would enter twice what the backup still had waiting, if healing did not look there', async () => {
    const naive: Healer = async (db, ledger) => {
      await sql`create table aside as table ledger.intake`.execute(db);
      await sql`delete from ledger.intake`.execute(db);
      const lacked = await ledger.heal();
      await sql`insert into ledger.intake (event_id, entry) select event_id, entry from aside on conflict do nothing`.execute(
        db,
      );
      await sql`drop table aside`.execute(db);
      return lacked;
    };
    const script: Step[] = [
      { do: 'record', count: 3, alike: false },
      { do: 'backup' },
      { do: 'flush' },
      { do: 'restore', which: 0 },
    ];
    await holds(script, folder, ours);
    await assert.rejects(holds(script, folder, naive), /twice/);
  });
});
