/**
 * A process for crash.test.ts to kill: does deeds and records them, without end. Arguments: url of the store, folder of key
 * and mirror, and how it dies: "when-killed", or by its own hand at a numbered point (a point's first passing is number 1).
 */
import { sql } from 'kysely';
import { systemClock, type Instant } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import { openDatabase, type Database } from '../database/index.ts';
import { openLedger, record } from './index.ts';

const [url = '', folder = '', point = 'when-killed', count = '1'] = process.argv.slice(2);
let passed = 0;

function passing(here: string): void {
  if (here !== point) return;
  passed += 1;
  if (passed === Number(count)) process.kill(process.pid, 'SIGKILL');
}

/** Asked for inside the sequencer's transaction, after everything else: a place to die just before COMMIT. */
function clock(): Instant {
  passing('in-sequencer');
  return systemClock();
}

const { db } = openDatabase({ url });
const ledger = openLedger({
  db,
  signer: loadSigner(`${folder}/key.pem`),
  origin: 'gestand.test/crash',
  clock,
  /** Asked for when the ledger opens, then before each batch and again between its COMMIT and its publication. */
  get mirror() {
    passing('at-mirror');
    return `${folder}/mirror`;
  },
});

async function deed(tx: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`insert into deed default values returning n`.execute(tx);
  passing('after-deed');
  return rows[0]?.n ?? 0;
}

async function evidence(n: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const event = await record(tx, { type: 'check.done', at: systemClock(), fields: { check: 'deed', ok: 1, n } });
    await sql`update deed set event = ${event}::uuid where n = ${n}`.execute(tx);
  });
}

/** As it must be: the deed and its evidence in one transaction. */
async function together(): Promise<number> {
  const n = await db.transaction().execute(async (tx) => {
    const made = await deed(tx);
    const event = await record(tx, {
      type: 'check.done',
      at: systemClock(),
      fields: { check: 'deed', ok: 1, n: made },
    });
    await sql`update deed set event = ${event}::uuid where n = ${made}`.execute(tx);
    passing('after-record');
    return made;
  });
  passing('after-commit');
  return n;
}

/** The negative control: the deed first, its evidence as soon as possible. */
async function careless(): Promise<number> {
  const n = await deed(db);
  passing('careless');
  await evidence(n);
  return n;
}

async function writer(me: number): Promise<void> {
  for (;;) {
    const n = await (point === 'careless' ? careless() : together());
    // What is printed was acknowledged: it must be there afterwards.
    process.stdout.write(`${n}\n`);
    if (n % 5 === me) {
      await ledger.flush();
      passing('after-flush');
    }
  }
}

ledger.start({ everyMs: 3 });
await Promise.all([0, 1, 2].map(writer));
