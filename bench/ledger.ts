/** Events to a signed checkpoint, 20 a transaction, against the same inserts without a tree; and verification against sha256sum. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { instant } from '../src/base/time.ts';
import { loadSigner } from '../src/crypto/index.ts';
import { migrate, openDatabase } from '../src/database/index.ts';
import { openLedger, recordAll, type LedgerEvent } from '../src/ledger/index.ts';
import { verifyLog } from '../src/ledger/verify/index.ts';
import { gate, median, timed, type Bench } from './bench.ts';

const at = instant('2026-11-24T10:00:00Z');
const event = (n: number): LedgerEvent => ({
  type: 'batch.receipt',
  at,
  fields: {
    run: 'r-0123456789',
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
});
const writers = 8;

export const ledger: Bench = {
  name: 'ledger',
  run: async (options) => {
    const size = options.size ?? 40_000;
    const { db, close } = openDatabase({ url: options.urlOf('gestand'), maxConnections: writers + 3 });
    await migrate(db, new URL('../migrations', import.meta.url).pathname);
    await sql`create table if not exists plain (id bigint generated always as identity primary key, event_id uuid not null unique, entry bytea not null)`.execute(
      db,
    );
    const mirror = join(options.home, 'mirror');
    const log = openLedger({
      db,
      signer: loadSigner(join(options.home, 'ledger.key')),
      origin: 'bench',
      clock: () => at,
      mirror,
    });
    const ours: number[] = [];
    const base: number[] = [];
    const share = Math.floor(size / writers / 20);
    const entry = Buffer.from(JSON.stringify(event(1)));
    for (let round = 0; round < options.rounds; round += 1) {
      const writing = { on: true };
      ours.push(
        await timed(async () => {
          const sequencer = (async () => {
            while (writing.on) await log.flush();
          })();
          await Promise.all(
            Array.from({ length: writers }, async (_, w) => {
              for (let i = 0; i < share; i += 1)
                await db.transaction().execute((tx) =>
                  recordAll(
                    tx,
                    Array.from({ length: 20 }, (_, n) => event(w * 1000 + i * 20 + n)),
                  ),
                );
            }),
          );
          writing.on = false;
          await sequencer;
          await log.flush();
        }),
      );
      base.push(
        await timed(() =>
          Promise.all(
            Array.from({ length: writers }, async () => {
              for (let i = 0; i < share; i += 1) {
                await db
                  .transaction()
                  .execute((tx) =>
                    sql`insert into plain (event_id, entry) select gen_random_uuid(), e from unnest(${Array.from({ length: 20 }, () => entry)}::bytea[]) e`.execute(
                      tx,
                    ),
                  );
              }
            }),
          ),
        ),
      );
      options.log(`round ${round + 1}: ours ${ours.at(-1)?.toFixed(2)} s, plain inserts ${base.at(-1)?.toFixed(2)} s`);
    }
    const events = share * writers * 20;
    const checked = await verifyLog(mirror, { key: log.vkey });
    gate(checked.ok && checked.size === events * options.rounds, checked.problem ?? `${checked.size} entries`);
    const verify = await timed(() => verifyLog(mirror, { key: log.vkey }));
    const sums = await timed(() =>
      execFileSync('sh', ['-c', `find ${mirror}/tile -type f | xargs sha256sum > /dev/null`]),
    );
    await close();
    rmSync(mirror, { recursive: true, force: true });
    const [o, b] = [median(ours), median(base)];
    return {
      bench: 'ledger',
      ours_s: o,
      baseline_s: b,
      ratio: o / b,
      gate: 'pass',
      events_per_s: Math.round(events / o),
      verify_s: verify,
      sha256sum_s: sums,
      verified: checked.size,
    };
  },
};
