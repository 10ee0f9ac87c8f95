/** Evidence: what was recorded, in a tree that anyone can check. See docs/evidence.md. */
import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { heal } from './heal.ts';
import { consistencyProof, inclusionProof } from './proof.ts';
import { publish, publishedCheckpoint } from './publish.ts';
import type { EventId } from './record.ts';
import { batchSize, openOwn, refuseFork, sequenceBatch, sequencing, vkeyOf, type LedgerSettings } from './sequencer.ts';
import { allCheckpoints, databaseSource, lastCheckpoint, LedgerFault, readEntries } from './store.ts';
import { checkTree, formatProof, problemOf, told } from './verify/index.ts';
import type { Extra, Hash, LogResult, Problem } from './verify/index.ts';

export type { EventType, FieldsOf } from './events.ts';
export {
  eraseDetails,
  eraseExpiredDetails,
  eventsAbout,
  record,
  recordAll,
  type Details,
  type EventId,
  type FactEvent,
  type LedgerEvent,
  type PersonalEvent,
} from './record.ts';
export type { LedgerSettings } from './sequencer.ts';
export { LedgerFault } from './store.ts';

export interface Ledger {
  /** The public key as "name+hash+key" (C2SP signed-note): all that a verifier needs besides the files. */
  readonly vkey: string;
  /** Flushes what is recorded every `everyMs` (1,000) until `stop`. Any number of processes may do so at once. */
  start(options?: { everyMs?: number }): void;
  /** Ends what `start` began, after a last flush. A flush that fails is logged, not thrown: the intake keeps its events. */
  stop(): Promise<void>;
  /**
   * When it returns, all events of transactions that committed before the call are in a signed, published checkpoint.
   * Throws LedgerFault when nothing may be signed; the events then stay in the intake.
   */
  flush(): Promise<{ size: number }>;
  /** The last signed checkpoint; `root` in base64. `null` before the first. */
  checkpoint(): Promise<{ size: number; root: string; note: string } | null>;
  /** A receipt (tlog-proof) of one event, with its details while they are kept; `null` when it is not in the tree. */
  prove(event: EventId | number): Promise<string | null>;
  /** Shows that the log now begins with its first `size` entries (RFC 6962 §2.1.2); for witnesses. */
  proveConsistency(size: number): Promise<{ size: number; hashes: readonly Hash[] }>;
  indexOf(event: EventId): Promise<number | null>;
  /** Of several at once; those that are not in the tree are left out. */
  indexesOf(events: readonly EventId[]): Promise<ReadonlyMap<EventId, number>>;
  /** What the leaf of an event says; `null` when it is not in the tree. */
  entryOf(event: EventId): Promise<Readonly<Record<string, unknown>> | null>;
  /** Writes or brings up to date a folder that is the published log: checkpoint, tile/…, key. */
  exportTo(folder: string): Promise<void>;
  /** Brings the database back to what was published; how many entries it lacked. */
  heal(): Promise<number>;
  /** Recomputes the whole tree in the database from its entries and compares every root that was ever signed. */
  fsck(): Promise<LogResult>;
}

export interface OpenLedger extends LedgerSettings {
  /** Folder of the published log: on another disk or host than the database and its backups. */
  readonly mirror: string;
  readonly log?: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}

export function openLedger(settings: OpenLedger): Ledger {
  const { db, mirror } = settings;
  const vkey = vkeyOf(settings);
  const flush = oneAtATime(() => sequencing(db, (session) => flushAll(settings, session)));
  const background = repeating(db, flush, settings.log ?? (() => undefined));
  return {
    vkey,
    ...background,
    flush,
    checkpoint: async () => {
      const last = await lastCheckpoint(db);
      if (last.note === null) return null;
      return { size: Number(last.size), root: Buffer.from(last.root).toString('base64'), note: last.note };
    },
    prove: (event) => prove(db, event),
    proveConsistency: async (size) => {
      const last = await lastCheckpoint(db);
      const hashes = await consistencyProof({ source: databaseSource(db), size: last.size }, BigInt(size));
      return { size: Number(last.size), hashes };
    },
    indexOf: (event) => indexOf(db, event),
    indexesOf: (events) => indexesOf(db, events),
    entryOf: (event) => entryOf(db, event),
    exportTo: (folder) => sequencing(db, (session) => publishTo(settings, session, folder)),
    heal: () => sequencing(db, (session) => heal(settings, session, mirror)),
    fsck: () => fsck(settings),
  };
}

/** Sequences all that is in the intake when it begins; what comes later is for the next. */
async function flushAll(settings: OpenLedger, session: Database): Promise<{ size: number }> {
  const { rows } = await sql<{ mark: string | null }>`select max(id)::text as mark from ledger.intake`.execute(session);
  const mark = rows[0]?.mark ?? null;
  for (let more = true; more;) {
    const moved = await sequenceBatch(settings, session, publishedCheckpoint(settings.mirror));
    await publishTo(settings, session, settings.mirror);
    more = moved === batchSize && mark !== null && (await waiting(session, mark));
  }
  return { size: Number((await lastCheckpoint(session)).size) };
}

async function waiting(db: Database, upTo: string): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from ledger.intake where id <= ${upTo}::bigint) as some`.execute(db);
  return rows[0]?.some ?? false;
}

async function publishTo(settings: LedgerSettings, session: Database, folder: string): Promise<void> {
  const last = await lastCheckpoint(session);
  if (last.note === null)
    throw new LedgerFault({ nl: 'er is nog niets ondertekend', en: 'nothing has been signed yet' });
  const before = publishedCheckpoint(folder);
  const published = before === null ? null : openOwn(settings, before);
  if (published) await refuseFork(session, published, last.size);
  if (published?.size === last.size) return;
  await publish(session, folder, {
    vkey: vkeyOf(settings),
    from: published?.size ?? 0n,
    size: last.size,
    note: last.note,
  });
}

/** Callers that come while one is at work share the next turn: what they recorded may have come too late for this one. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const run = (): Promise<T> => {
    next = null;
    const turn = work().finally(() => {
      if (running === turn) running = null;
    });
    running = turn;
    return turn;
  };
  return () => {
    if (!running) return run();
    next ??= running.then(run, run);
    return next;
  };
}

function repeating(
  db: Database,
  flush: Ledger['flush'],
  log: NonNullable<OpenLedger['log']>,
): Pick<Ledger, 'start' | 'stop'> {
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();
  const attempt = async (): Promise<void> => {
    try {
      const { rows } = await sql<{ some: boolean }>`select exists (select from ledger.intake) as some`.execute(db);
      if (rows[0]?.some) await flush();
    } catch (cause) {
      // The events wait in the intake; whoever watches the log or the age of the checkpoint must come and look.
      log('ledger.stuck', {
        code: cause instanceof LedgerFault ? 'refused' : ((cause as { code?: string }).code ?? 'fault'),
      });
    }
  };
  const again = (everyMs: number): void => {
    timer = setTimeout(() => {
      turn = attempt().finally(() => {
        if (timer) again(everyMs);
      });
    }, everyMs).unref();
  };
  return {
    start: ({ everyMs = 1000 } = {}) => {
      if (!timer) again(everyMs);
    },
    stop: async () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = null;
      await turn;
      await attempt();
    },
  };
}

async function indexOf(db: Database, event: EventId): Promise<number | null> {
  const { rows } = await sql<{
    idx: string;
  }>`select idx::text from ledger.entry where event_id = ${event}::uuid`.execute(db);
  return rows[0] ? Number(rows[0].idx) : null;
}

async function indexesOf(db: Database, events: readonly EventId[]): Promise<ReadonlyMap<EventId, number>> {
  const { rows } = await sql<{ event: string; idx: string }>`
    select event_id::text as event, idx::text from ledger.entry where event_id = any(${[...events]}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.event, Number(row.idx)]));
}

async function entryOf(db: Database, event: EventId): Promise<Readonly<Record<string, unknown>> | null> {
  const index = await indexOf(db, event);
  if (index === null) return null;
  const [entry] = await readEntries(db, BigInt(index), BigInt(index) + 1n);
  return entry ? (JSON.parse(entry.toString('utf8')) as Record<string, unknown>) : null;
}

async function prove(db: Database, event: EventId | number): Promise<string | null> {
  const index = typeof event === 'number' ? event : await indexOf(db, event);
  const last = await lastCheckpoint(db);
  if (index === null || !Number.isSafeInteger(index) || index < 0 || index >= last.size || last.note === null)
    return null;
  const at = BigInt(index);
  const [entry] = await readEntries(db, at, at + 1n);
  const { rows } = await sql<{ salt: Buffer; details: string }>`
    select salt, details from ledger.detail join ledger.entry using (event_id) where idx = ${index}::bigint`.execute(
    db,
  );
  const [kept] = rows;
  const extra: Extra = {
    entry: entry?.toString('utf8') ?? '',
    ...(kept ? { salt: kept.salt.toString('base64'), details: kept.details } : {}),
  };
  const hashes = await inclusionProof({ source: databaseSource(db), size: last.size }, at);
  return formatProof({ extra: Buffer.from(JSON.stringify(extra)), index: at, hashes, checkpoint: last.note });
}

async function fsck(settings: OpenLedger): Promise<LogResult> {
  const { db, origin } = settings;
  const last = await lastCheckpoint(db);
  const known = { size: Number(last.size), root: Buffer.from(last.root).toString('base64'), origin };
  try {
    // Both as the row says and as its signed note says; what is being added meanwhile is for the next time.
    const signed = last.note === null ? [] : [openOwn(settings, last.note)];
    const marks = (await allCheckpoints(db)).filter((mark) => mark.size <= last.size);
    const problem = (await checkTree(databaseSource(db), [...marks, ...signed])) ?? (await unsigned(db));
    return problem === null ? { ok: true, ...known } : { ok: false, ...known, ...told(problem) };
  } catch (cause) {
    return { ok: false, ...known, ...told(cause instanceof LedgerFault ? cause.text : problemOf(cause)) };
  }
}

/** Entries that no checkpoint covers were not put there by the sequencer. */
async function unsigned(db: Database): Promise<Problem | null> {
  const { rows } = await sql<{ n: string }>`
    select count(*)::text as n from ledger.entry
     where idx >= coalesce((select max(size) from ledger.checkpoint), 0)`.execute(db);
  const beyond = rows[0]?.n ?? '?';
  return beyond === '0'
    ? null
    : {
        nl: `${beyond} vermeldingen staan voorbij alles wat ondertekend is`,
        en: `${beyond} entries stand beyond all that was signed`,
      };
}
