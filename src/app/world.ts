/** The composition: a home opened, with everything that services are given. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { opaqueId } from '../base/id.ts';
import { systemClock, type Clock } from '../base/time.ts';
import { filesConnector } from '../connectors/files/index.ts';
import type { ConnectorContext } from '../connectors/kit/index.ts';
import { manualConnector } from '../connectors/manual/index.ts';
import { sqlConnector } from '../connectors/sql/index.ts';
import { canonicalJson, handleOf, loadSecret, loadSigner, sealOf, sha256Hex, veilOf } from '../crypto/index.ts';
import { migrate, openDatabase, startEmbedded, type Database } from '../database/index.ts';
import { estateSummary, openEstate, type ConnectorKind, type Estate, type Secret } from '../estate/index.ts';
import { openLedger, record, type Ledger } from '../ledger/index.ts';
import { openTask, taskState } from '../promises/proof/store.ts';
import { statementSeen } from '../promises/publication/versions/checks.ts';
import type { World } from '../promises/world.ts';
import { readSettings } from './settings.ts';
import type { Config } from './config.ts';
import { memoryIn } from './memory.ts';
import { peopleSeen } from './people-seen.ts';
import { publicationOf } from './publication.ts';
import { checkHome, DeclaredWrongly, makeHome, places, program, type Declared } from './home.ts';

export interface OpenWorld extends World {
  readonly home: string;
  readonly databaseUrl: string;
  readonly ledger: Ledger;
  readonly declared: Declared;
  /** What a reference to a secret names. */
  readonly secret: (ref: Secret) => string;
  /** Whether what the program asks by itself may stand in a private network or on this machine: the operator's to say. */
  readonly privateTargets: boolean;
  /** Whether opening it brought another policy or estate than the store knew before; not so for the very first. */
  readonly adopted: boolean;
  close(): Promise<void>;
}

export type Log = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** Structured lines on standard error; quiet unless asked. */
export function jsonLog(clock: Clock = systemClock): Log {
  return (event, fields) =>
    void process.stderr.write(`${JSON.stringify({ at: clock().toString(), event, ...fields })}\n`);
}

export interface StoreOpened {
  readonly db: Database;
  readonly url: string;
  urlOf(database: string): string;
  close(): Promise<void>;
}

/** Our store: the operator's PostgreSQL, or the embedded one, which stops with its last user. */
export async function openStore(config: Pick<Config, 'home' | 'databaseUrl'>): Promise<StoreOpened> {
  const embedded = config.databaseUrl === null ? await startEmbedded({ home: config.home }) : null;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const opened = openDatabase({ url, maxConnections: 16 });
  await migrate(opened.db, join(program, 'migrations'));
  return {
    db: opened.db,
    url,
    urlOf: (database) => embedded?.urlOf(database) ?? url.replace(/\/[^/?]*(\?|$)/, `/${database}$1`),
    close: async () => {
      await opened.close();
      await embedded?.stop({ onlyIfIdle: true });
    },
  };
}

export interface WorldOptions {
  readonly config: Config;
  readonly clock?: Clock;
  readonly log?: Log;
  /** More connector kinds, or others: tests bring faulty ones. */
  readonly kinds?: Readonly<Record<string, ConnectorKind>>;
  readonly store?: StoreOpened;
}

/** Opens a home. Fails closed: a policy that does not check, a changed migration, a ledger that does not fit. */
export async function openWorld(options: WorldOptions): Promise<OpenWorld> {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? (() => undefined);
  const at = places(config.home);
  const { declared, problems } = checkHome(config.home, clock().toString().slice(0, 10));
  if (!declared) throw new DeclaredWrongly(problems);
  makeHome(config.home);
  const store = options.store ?? (await openStore(config));
  try {
    const handles = loadSecret(join(at.keys, 'handles.key'));
    const secret = (ref: Secret): string => config.secret(ref, config.home);
    const context: ConnectorContext = {
      handle: (dataset, key) => handleOf(handles, dataset.system, dataset.id, ...key.map(String)),
      memory: memoryIn(store.db, clock),
      log,
    };
    const kinds = options.kinds ?? theKinds(store.db, clock);
    const opened = openEstate(declared.estate, {
      kinds,
      context,
      folder: config.home,
      secret,
    });
    const ledger = openLedger({
      db: store.db,
      signer: loadSigner(join(at.keys, 'ledger.key')),
      origin: originOf(declared),
      clock,
      mirror: at.mirror,
    });
    const world: OpenWorld = {
      home: config.home,
      databaseUrl: store.url,
      ledger,
      declared,
      secret,
      privateTargets: config.privateTargets,
      adopted: false,
      db: store.db,
      clock,
      log,
      zone: declared.policy.organisation.zone,
      policy: declared.policy,
      policyHash: sha256Hex(canonicalJson(declared.policy)),
      estateHash: sha256Hex(declared.text.estate),
      law: declared.book.law,
      book: declared.book,
      parsed: declared.parsed,
      estate: estateSummary(declared.estate),
      has: (document) => existsSync(join(config.home, document)),
      systems: {
        datasets: declared.estate.systems.flatMap((system) => system.datasets),
        systems: declared.estate.systems,
        absent: absentIn(declared.estate),
        connector: opened.connector,
        probe: opened.probe,
        notes: opened.notes,
      },
      seal: sealOf(loadSecret(join(at.keys, 'plans.key'))),
      veil: veilOf(handles),
      flush: async () => void (await ledger.flush()),
      leafOf: (event) => ledger.indexOf(event),
      leavesOf: (events) => ledger.indexesOf(events),
      preserve: (hold) => preserveIn(join(at.preserved, hold)),
      attachments: { keep: preserveIn(at.declarations), hash: (name) => hashOf(join(at.declarations, name)) },
      statement: () => statementSeen(publicationOf(world)),
      people: () => peopleSeen(store.db, clock(), readSettings(config.home, config.port).settings?.providers ?? []),
      preserved: {
        size: (hold, handle) => statSync(join(at.preserved, hold, handle), { throwIfNoEntry: false })?.size ?? null,
        discard: (hold) => rm(join(at.preserved, hold), { recursive: true, force: true }),
      },
      close: async () => {
        await opened.close();
        await store.close();
      },
    };
    return { ...world, adopted: await adopt(world) };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}

function originOf(declared: Declared): string {
  const name = declared.policy.organisation.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `gestand/${name === '' ? 'home' : name}`;
}

export function theKinds(db: Database, clock: Clock): Readonly<Record<string, ConnectorKind>> {
  const book = {
    period: () => clock().toString().slice(0, 7),
    state: (task: { system: string; dataset: string; period: string }) =>
      taskState(db, task.system, task.dataset, task.period),
    open: (task: { system: string; dataset: string; period: string; instruction: unknown; withinDays: number }) =>
      openTask(db, {
        ...task,
        id: opaqueId('t'),
        due: clock()
          .add({ hours: 24 * task.withinDays })
          .toString(),
      }),
  };
  return { sql: sqlConnector, files: filesConnector, manual: manualConnector(book) };
}

/** A policy or estate that was not in force before is recorded once, by the hash of what it says. */
async function adopt(world: OpenWorld): Promise<boolean> {
  return world.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(1734702960, 1)`.execute(tx);
    const last = await sql<{ check_id: string; hash: string }>`
      select distinct on (check_id) check_id, detail ->> 'hash' as hash from proof.check where check_id in ('policy', 'estate') order by check_id, id desc`.execute(
      tx,
    );
    const known = new Map(last.rows.map((row) => [row.check_id, row.hash]));
    const at = world.clock();
    const save = (id: string, hash: string, event: string) =>
      sql`
      insert into proof.check (at, check_id, ok, detail, event) values (${at.toString()}, ${id}, true, ${JSON.stringify({ hash })}::jsonb, ${event})`.execute(
        tx,
      );
    if (known.get('policy') !== world.policyHash)
      await save(
        'policy',
        world.policyHash,
        await record(tx, { type: 'policy.adopted', at, fields: { hash: world.policyHash } }),
      );
    if (known.get('estate') !== world.estateHash)
      await save(
        'estate',
        world.estateHash,
        await record(tx, {
          type: 'estate.adopted',
          at,
          fields: { hash: world.estateHash, systems: world.systems.systems.length },
        }),
      );
    if (known.size === 0) return false;
    return known.get('policy') !== world.policyHash || known.get('estate') !== world.estateHash;
  });
}

/** Writes a copy beside the one that may be there, reads it back, and answers what it really holds. */
function preserveIn(
  folder: string,
): (handle: string, content: AsyncIterable<Uint8Array>) => Promise<{ sha256: string; bytes: number }> {
  return async (handle, content) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${handle}.new`);
    await pipeline(
      Readable.from(content, { objectMode: false }),
      createWriteStream(file, { mode: 0o600, flush: true }),
    );
    const kept = await digest(file);
    await rename(file, join(folder, handle));
    return kept;
  };
}

async function digest(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function hashOf(file: string): Promise<string | null> {
  return existsSync(file) ? (await digest(file)).sha256 : null;
}

/** Data that the estate says is not there: what its profiles have, and this installation does not use. */
function absentIn(estate: Estate): string[] {
  const held = new Set(estate.systems.flatMap((system) => system.datasets.map((one) => one.data)));
  const known = estate.systems.flatMap((system) => system.profile.datasets.map((one) => one.data));
  return [...new Set(known)].filter((data) => !held.has(data));
}
