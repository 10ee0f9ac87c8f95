/** The SQL connector: PostgreSQL, MariaDB/MySQL and SQLite. See docs/estate.md. */
import { sql } from 'kysely';
import { z } from 'zod';
import {
  ConnectorFault,
  everything,
  marksOf,
  not,
  type Batch,
  type Condition,
  type Connector,
  type ConnectorContext,
  type Dataset,
  type DeedOptions,
  type HoldOptions,
  type HoldReport,
  type Level,
  type Verification,
} from '../kit/index.ts';
import { refuseCascade } from './cascade.ts';
import { columnOf } from './catalogue.ts';
import { anonymiser } from './anonymise.ts';
import { bind } from './compile.ts';
import { allAtOnce } from './deed.ts';
import { openSession, type DialectName, type Session } from './dialect.ts';
import { count, inventory, keysThere, locate, orphans, split } from './inventory.ts';
import { probe, unreachable } from './probe.ts';
import { rectify } from './rectify.ts';
import { batches, once } from './sessions.ts';
import { batchOf, sweepBatch } from './sweep.ts';
import { keyOf, open } from './table.ts';
import { gone } from './trace.ts';

export const SqlSettings = z.strictObject({
  connector: z.literal('sql'),
  dialect: z.enum(['postgres', 'mariadb', 'sqlite']),
  /** URL of an account that may only read; for SQLite the path of the file. */
  read: z.string().min(1),
  /** URL of an account that may delete from the listed tables and nothing else. Without it every deed is refused. */
  erase: z.string().min(1).optional(),
  schema: z.string().min(1).optional(),
});
export type SqlSettings = z.output<typeof SqlSettings>;

const residue: Record<DialectName, readonly string[]> = {
  postgres: ['heap-until-rewritten', 'wal-until-recycled'],
  mariadb: ['redo-log-until-overwritten', 'binlog-until-purged'],
  sqlite: ['file-until-vacuum'],
};

export const sqlConnector = {
  kind: 'sql',
  settings: SqlSettings,
  open: (settings: SqlSettings, context: ConnectorContext) => Promise.resolve(make(settings, context)),
};

function make(settings: SqlSettings, context: ConnectorContext): Connector {
  const { dialect, schema } = settings;
  const reader = { dialect, url: settings.read, schema, readOnly: true };
  const reading: With = (work) => once(reader, work);
  const looks = batches(reader);
  const deeds =
    settings.erase === undefined ? null : batches({ dialect, url: settings.erase, schema, readOnly: false });
  const erasing: With = (work) => {
    if (deeds === null)
      throw new ConnectorFault('refused', 'no erase account is configured for this source', {
        retry: false,
        nl: 'voor deze bron is geen account ingesteld dat mag wissen',
      });
    return deeds.use(work);
  };
  const nothingAlong = async (dataset: Dataset, goes: 'whole' | 'parts', deed: (s: Session) => Promise<Batch>) => {
    // The reading account looks: to the erasing one the host may not show tables that it has no business with.
    const looked = looks.use((session) => refuseCascade(session, schema, dataset, goes));
    looked.catch(() => undefined); // told when it is waited for, below; meanwhile the other session opens
    return erasing(async (session) => {
      await looked;
      return deed(session);
    });
  };
  const sweep = (dataset: Dataset, where: Condition, clock: string | null, options: DeedOptions): Promise<Batch> =>
    nothingAlong(dataset, 'whole', (session) =>
      sweepBatch({ session, schema, dataset, where, clock, standing: everything, options }),
    );
  return {
    describe: () => ({
      kind: `sql/${dialect}`,
      operations: {
        inventory: 'native',
        locate: 'native',
        export: 'native',
        rectify: 'native',
        restrict: 'impossible',
        anonymise: 'native',
        erase: 'native',
        sweep: 'native',
        hold: 'emulated',
        verify: 'native',
      },
      atomic: true,
      level: 'V2',
      residue: residue[dialect],
    }),
    probe: async (datasets, nonPersonal) => {
      try {
        return await reading((session) =>
          settings.erase === undefined
            ? probe(session, null, schema, datasets, nonPersonal)
            : erasing((eraser) => probe(session, eraser, schema, datasets, nonPersonal)),
        );
      } catch (cause) {
        return unreachable(cause);
      }
    },
    inventory: (dataset, where, clock, buckets, samples) =>
      reading((session) => inventory(session, schema, dataset, where, clock, buckets, samples)),
    locate: (dataset, where) => streaming(settings, (session) => locate(session, schema, dataset, where)),
    export: (dataset, where) => exporting(settings, dataset, where),
    rectify: (dataset, key, patch, before, guard) =>
      erasing((session) => rectify({ session, schema, dataset, key, patch, before, guard })),
    restrict: () => Promise.resolve('impossible'),
    anonymise: (dataset, where, recipe, options) => {
      const marks = marksOf(recipe);
      const standing = marks && not(marks);
      return nothingAlong(dataset, 'parts', (session) =>
        batchOf({ session, schema, dataset, where, clock: null, standing, options }, anonymiser(recipe)),
      );
    },
    erase: async (dataset, keys, options) => {
      const those: Condition = { is: 'key', oneOf: keys };
      const there = await reading((session) => keysThere(session, schema, dataset, those));
      // Named one by one they fit in memory, however many rows a key has: one batch, whatever was asked.
      const batch = await sweep(dataset, those, null, { ...options, limit: allAtOnce });
      return { ...batch, counts: { ...batch.counts, absent: Math.max(0, keys.length - there) } };
    },
    sweep: (dataset, where, clock, options) => sweep(dataset, where, clock, options),
    // By the account that deletes: the other one may look at a copy that lags behind.
    gone: (dataset, trace, items) => erasing((session) => gone(session, schema, dataset, trace, items)),
    split: (dataset, where, clock, parts) => reading((session) => split(session, schema, dataset, where, clock, parts)),
    hold: (dataset, where, options) => hold(settings, context, dataset, where, options, erasing, reading),
    release: (dataset, where) => setLock(dataset, where, schema, 'release', erasing),
    verify: (dataset, where) => reading((session) => verify(session, schema, dataset, where, residue[dialect])),
    close: async () => {
      await looks.close();
      await deeds?.close();
    },
  };
}

async function* streaming<T>(settings: SqlSettings, work: (session: Session) => AsyncIterable<T>): AsyncIterable<T> {
  const session = await openSession(settings.dialect, settings.read, { schema: settings.schema, readOnly: true });
  try {
    yield* work(session);
  } finally {
    await session.close().catch(() => undefined); // the work is done or has failed already with its own reason
  }
}

async function* exporting(
  settings: SqlSettings,
  dataset: Dataset,
  where: Condition,
): AsyncIterable<Record<string, unknown>> {
  for await (const item of streaming(settings, (session) => locate(session, settings.schema, dataset, where))) {
    yield Object.fromEntries(Object.entries(item.fields).filter(([name]) => dataset.fields[name]?.data !== null));
  }
}

async function verify(
  session: Session,
  schema: string | undefined,
  dataset: Dataset,
  where: Condition,
  left: readonly string[],
): Promise<Verification> {
  const still = await count(session, schema, dataset, where);
  const behind = await orphans(session, schema, dataset, where);
  const clean = Object.values(behind).every((n) => n === 0);
  const level: Level = still > 0 ? 'V0' : clean ? 'V2' : 'V1';
  return { level, left: still, orphans: behind, residue: left };
}

type With = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

async function hold(
  settings: SqlSettings,
  context: ConnectorContext,
  dataset: Dataset,
  where: Condition,
  options: HoldOptions,
  erasing: With,
  reading: With,
): Promise<HoldReport> {
  if (dataset.lock)
    return {
      native: await setLock(dataset, where, settings.schema, 'set', erasing),
      preserved: 0,
      guarded: 0,
      risk: null,
    };
  const guarded = await reading((session) => count(session, settings.schema, dataset, where));
  if (!dataset.selfDeleting) return { native: 0, preserved: 0, guarded, risk: null };
  if (!options.preserve) return { native: 0, preserved: 0, guarded, risk: 'host-deletes' };
  let preserved = 0;
  for await (const item of streaming(settings, (session) => locate(session, settings.schema, dataset, where))) {
    const line = Buffer.from(
      `${JSON.stringify(item.fields, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`,
    );
    await options.preserve(
      context.handle(dataset, keyOf(dataset, item.fields)),
      (async function* () {
        yield line;
      })(),
    );
    preserved += 1;
  }
  return {
    native: 0,
    preserved,
    guarded: Math.max(0, guarded - preserved),
    risk: preserved >= guarded ? null : 'host-deletes',
  };
}

async function setLock(
  dataset: Dataset,
  where: Condition,
  schema: string | undefined,
  which: 'set' | 'release',
  erasing: With,
): Promise<number> {
  const values = dataset.lock?.[which];
  if (!values) return 0;
  return erasing(async (session) => {
    const opened = await open(session, dataset, schema, [where]);
    const sets = Object.entries(values).map(
      ([name, value]) => sql`${sql.id(columnOf(opened.table, name).name)} = ${bind(value)}`,
    );
    return (await session.run(sql`update ${opened.table.ref} as t set ${sql.join(sets)} where ${opened.where(where)}`))
      .affected;
  });
}
