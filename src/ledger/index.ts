/** Evidence: what was recorded, in a tree that anyone can check. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { LedgerFault, lastCheckpoint, sequenceBatch, sequencing, vkeyOf, type LedgerSettings } from './sequencer.ts';
import { publish, publishedCheckpoint } from './publish.ts';
import {
  leafHash,
  nodeHash,
  openCheckpoint,
  parseKey,
  splitEntries,
  tilePath,
  verifyLog,
  type Extra,
  type Hash,
} from './verify/index.ts';

export { record, recordAll, type LedgerEvent } from './record.ts';
export { LedgerFault, type LedgerSettings } from './sequencer.ts';

export interface Ledger {
  readonly vkey: string;
  /** Signs all that is recorded and publishes it; returns when it is done. */
  flush(): Promise<{ size: number }>;
  checkpoint(): Promise<{ size: number; root: string; note: string } | null>;
  /** A receipt (tlog-proof) of one event; `null` when it is not in the tree. Details are included while they are kept. */
  prove(event: string | number): Promise<string | null>;
  indexOf(event: string): Promise<number | null>;
  exportTo(folder: string): Promise<void>;
  /** Brings entries that the mirror has and a restored database lacks back into the database. */
  heal(): Promise<number>;
}

export function openLedger(settings: LedgerSettings & { mirror: string }): Ledger {
  const { db, mirror } = settings;
  const vkey = vkeyOf(settings);
  return {
    vkey,
    flush: () =>
      sequencing(db, async (session) => {
        for (;;) {
          const moved = await sequenceBatch(settings, session, publishedCheckpoint(mirror));
          await publishAll({ ...settings, db: session }, mirror);
          if (moved < 4096) return { size: Number((await lastCheckpoint(session)).size) };
        }
      }),
    checkpoint: async () => {
      const last = await lastCheckpoint(db);
      return last.note === null
        ? null
        : { size: Number(last.size), root: Buffer.from(last.root).toString('base64'), note: last.note };
    },
    prove: (event) => prove(settings, event),
    indexOf: (event) => indexOf(settings, event),
    exportTo: (folder) => sequencing(db, (session) => publishAll({ ...settings, db: session }, folder)),
    heal: () => sequencing(db, (session) => heal({ ...settings, db: session }, mirror)),
  };
}

async function publishAll(settings: LedgerSettings, folder: string): Promise<void> {
  const last = await lastCheckpoint(settings.db);
  if (last.note === null) return;
  const before = publishedCheckpoint(folder);
  const from = before === null ? 0n : openCheckpoint(before, parseKey(vkeyOf(settings))).size;
  if (before === null || from < last.size)
    await publish(settings.db, folder, vkeyOf(settings), from, last.size, last.note);
}

async function indexOf(settings: LedgerSettings, event: string): Promise<number | null> {
  const rows = await sql<{ idx: string }>`select idx::text from ledger.entry where event_id = ${event}::uuid`.execute(
    settings.db,
  );
  return rows.rows[0] ? Number(rows.rows[0].idx) : null;
}

async function prove(settings: LedgerSettings, event: string | number): Promise<string | null> {
  const { db } = settings;
  const index = typeof event === 'number' ? event : await indexOf(settings, event);
  if (index === null) return null;
  const rows = await sql<{ entry: Buffer; salt: Buffer | null; details: string | null }>`
    select entry.entry, detail.salt, detail.details from ledger.entry left join ledger.detail using (event_id) where idx = ${index}`.execute(
    db,
  );
  const row = rows.rows[0];
  const last = await lastCheckpoint(db);
  if (!row || last.note === null) return null;
  const extra: Extra = {
    entry: row.entry.toString('utf8'),
    ...(row.salt && row.details !== null ? { salt: row.salt.toString('base64'), details: row.details } : {}),
  };
  const path = await inclusionPath(settings, BigInt(index), last.size);
  return [
    'c2sp.org/tlog-proof@v1',
    `extra ${Buffer.from(JSON.stringify(extra)).toString('base64')}`,
    `index ${index}`,
    ...path.map((hash) => Buffer.from(hash).toString('base64')),
    '',
    last.note,
  ].join('\n');
}

/** RFC 6962 §2.1.1, with subtree roots taken from tiles where a whole tile covers them. */
async function inclusionPath(settings: LedgerSettings, index: bigint, size: bigint): Promise<Hash[]> {
  const path: Hash[] = [];
  let from = 0n;
  let to = size;
  const steps: [bigint, bigint][] = [];
  while (to - from > 1n) {
    const split = from + largestPowerBelow(to - from);
    if (index < split) {
      steps.push([split, to]);
      to = split;
    } else {
      steps.push([from, split]);
      from = split;
    }
  }
  for (const [a, b] of steps.toReversed()) path.push(await rangeRoot(settings, a, b));
  return path;
}

function largestPowerBelow(n: bigint): bigint {
  let power = 1n;
  while (power * 2n < n) power *= 2n;
  return power;
}

async function rangeRoot(settings: LedgerSettings, from: bigint, to: bigint): Promise<Hash> {
  const n = to - from;
  for (let level = 0, unit = 1n; ; level += 1, unit *= 256n) {
    // A complete, aligned range of up to 256 subtrees of one level lies within one tile.
    if (
      n % unit === 0n &&
      n / unit <= 256n &&
      (n & (n - 1n)) === 0n &&
      from % n === 0n &&
      (n / unit < 256n || level === 0)
    ) {
      const first = from / unit;
      const rows = await sql<{ data: Buffer }>`
        select data from ledger.tile where level = ${level} and n = ${String(first / 256n)}`.execute(settings.db);
      const data = rows.rows[0]?.data;
      const start = Number(first % 256n) * 32;
      if (data && data.length >= start + Number(n / unit) * 32)
        return fold(data.subarray(start, start + Number(n / unit) * 32));
    }
    if (unit > n) break;
  }
  const split = from + largestPowerBelow(n);
  return nodeHash(await rangeRoot(settings, from, split), await rangeRoot(settings, split, to));
}

function fold(data: Buffer): Hash {
  if (data.length === 32) return data;
  const half = data.length / 2;
  return nodeHash(fold(data.subarray(0, half)), fold(data.subarray(half)));
}

/** Only a mirror that verifies wholly, and that the database is a true beginning of, is taken back in. */
async function heal(settings: LedgerSettings, mirror: string): Promise<number> {
  const vkey = vkeyOf(settings);
  const note = publishedCheckpoint(mirror);
  if (note === null) throw new LedgerFault(`there is no published log in ${mirror} to heal from`);
  const checked = await verifyLog(mirror, { key: vkey });
  if (!checked.ok) throw new LedgerFault(`the published log does not verify: ${checked.problem ?? 'unknown'}`);
  const { size } = openCheckpoint(note, parseKey(vkey));
  const last = await lastCheckpoint(settings.db);
  return settings.db.transaction().execute(async (tx) => {
    await sql`delete from ledger.tile`.execute(tx);
    await sql`delete from ledger.checkpoint where size >= ${String(size)}`.execute(tx);
    for (let n = 0n; n * 256n < size; n += 1n) {
      const width = Number(size - n * 256n < 256n ? size - n * 256n : 256n);
      const entries = splitEntries(readFileSync(join(mirror, tilePath('entries', n, width))), 'entries');
      for (const [i, entry] of entries.entries()) {
        const idx = n * 256n + BigInt(i);
        const kept = await sql<{ entry: Buffer }>`select entry from ledger.entry where idx = ${String(idx)}`.execute(
          tx,
        );
        const here = kept.rows[0]?.entry;
        if (here && Buffer.compare(leafHash(here), leafHash(entry)) !== 0)
          throw new LedgerFault(`entry ${idx} of the database is not the published one`);
        if (!here)
          await sql`insert into ledger.entry (idx, event_id, entry) values (${String(idx)}, gen_random_uuid(), ${Buffer.from(entry)})`.execute(
            tx,
          );
      }
    }
    for (let level = 0, count = size; count > 0n; level += 1, count /= 256n) {
      for (let n = 0n; n * 256n < count; n += 1n) {
        const width = Number(count - n * 256n < 256n ? count - n * 256n : 256n);
        const path = join(mirror, tilePath(level, n, width));
        if (existsSync(path))
          await sql`insert into ledger.tile (level, n, data) values (${level}, ${String(n)}, ${readFileSync(path)})`.execute(
            tx,
          );
      }
    }
    await sql`insert into ledger.checkpoint (size, root, note, at) values (${String(size)}, ${Buffer.from(checked.root, 'base64')}, ${note}, ${settings.clock().toString()})`.execute(
      tx,
    );
    return Number(size - last.size);
  });
}
