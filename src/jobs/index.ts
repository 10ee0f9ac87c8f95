/**
 * Work that happens later, or elsewhere: a thin layer on pg-boss, in the same PostgreSQL. Any number of workers on any number
 * of machines; one that dies misses its heartbeat, and its job goes to another. Jobs carry opaque ids only, and of a failure
 * the job table keeps its kind, never its words.
 */
import { fromKysely, PgBoss } from 'pg-boss';
import type { Tx } from '../database/index.ts';

/** Seconds without a heartbeat after which a worker counts as dead; pg-boss allows no fewer than ten. */
const heartbeat = 10;
const tries = 8;
const day = 24 * 3600;

export interface Job {
  readonly id: string;
  /** No other try follows this one. */
  readonly lastTry: boolean;
  /** Aborted when this worker must stop: told to, or the job was given to another because our heartbeat was not seen. */
  readonly signal: AbortSignal;
}

export interface Jobs {
  /**
   * Puts work in a queue; the same key is not queued twice while it is waiting or running. With `tx` it is queued when that
   * transaction commits, and not at all when it does not. `key` is an opaque id: it stands in the job table for a week.
   */
  enqueue(queue: string, key: string, options?: { tx?: Tx }): Promise<void>;
  /** Does the work of a queue here, `concurrency` at a time. Throwing means: try again later. */
  work(queue: string, concurrency: number, handler: (key: string, job: Job) => Promise<void>): Promise<void>;
  /** Five-field cron in the zone; the queue's worker gets the key "scheduled". Only the newest of those missed is made up for. */
  schedule(queue: string, cron: string, zone: string): Promise<void>;
  /** Takes a queue's schedule away; what is queued stays. */
  unschedule(queue: string): Promise<void>;
  /** Takes no more work, and goes on with what it has; what it is given to queue is queued. */
  leave(): Promise<void>;
  /** Waits for the work in hand, at most so long; then tells it to stop and gives it back for another worker. */
  stop(waitMs: number): Promise<void>;
}

type Log = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** Opens the queues of the store at `url`, making them when they are not there. Takes at most four connections of its own. */
export async function openJobs(options: { url: string; log: Log }): Promise<Jobs> {
  const { log } = options;
  const boss = new PgBoss({
    connectionString: options.url,
    schema: 'pgboss',
    max: 4,
    application_name: 'gestand-jobs',
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 60,
    cronMonitorIntervalSeconds: 15,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error: Error) => log('jobs.error', { kind: kindOf(error) }));
  await boss.start();
  const known = new Set<string>();
  const worked = new Set<string>();
  const stopping = new AbortController();
  const make = async (queue: string): Promise<void> => {
    if (known.has(queue)) return;
    await boss.createQueue(queue, {
      policy: 'exclusive',
      retryLimit: tries,
      retryDelay: 2,
      heartbeatSeconds: heartbeat,
      expireInSeconds: day,
      deleteAfterSeconds: 7 * day,
    });
    known.add(queue);
  };
  return {
    enqueue: async (queue, key, { tx } = {}) => {
      await make(queue);
      await boss.send(queue, { key }, { singletonKey: key, ...(tx === undefined ? {} : { db: fromKysely(tx) }) });
    },
    work: async (queue, concurrency, handler) => {
      await make(queue);
      worked.add(queue);
      const how = {
        localConcurrency: concurrency,
        batchSize: 1,
        pollingIntervalSeconds: 0.5,
        includeMetadata: true,
        heartbeatRefreshSeconds: 3,
      } as const;
      await boss.work<{ key?: string }, void, typeof how>(queue, how, async ([job]) => {
        if (job === undefined) return;
        const signal = AbortSignal.any([stopping.signal, job.signal]);
        const again = { id: job.id, lastTry: job.retryCount >= tries, signal };
        await withoutWords(handler(job.data.key ?? 'scheduled', again), queue, job, log);
      });
    },
    schedule: async (queue, cron, zone) => {
      await make(queue);
      await boss.schedule(queue, cron, { key: 'scheduled' }, { tz: zone, singletonKey: 'scheduled', missed: 'once' });
    },
    unschedule: async (queue) => {
      await make(queue);
      await boss.unschedule(queue);
    },
    leave: async () => {
      await Promise.all([...worked].map((queue) => boss.offWork(queue, { wait: false })));
    },
    stop: async (waitMs) => {
      const timer = setTimeout(() => stopping.abort(), waitMs);
      await boss.stop({ graceful: true, timeout: waitMs + 1000, close: true });
      clearTimeout(timer);
      stopping.abort();
    },
  };
}

/** pg-boss keeps the error of a failed job, message, stack and cause. Ours may not stand there: only what kind it was. */
async function withoutWords(
  work: Promise<void>,
  queue: string,
  job: { id: string; retryCount: number },
  log: Log,
): Promise<void> {
  try {
    await work;
  } catch (cause) {
    const kind = kindOf(cause);
    log('jobs.failed', { queue, job: job.id, kind, attempt: job.retryCount + 1 });
    const told = new Error(kind);
    delete told.stack;
    throw told; // oxlint-disable-line preserve-caught-error -- the cause is what must not be kept
  }
}

/** The error's class and code, each only when it looks like a name. */
function kindOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const code: unknown = 'code' in cause ? cause.code : undefined;
  const words = [cause.name, typeof code === 'string' ? code : ''].filter((word) =>
    /^[A-Za-z0-9_.-]{1,60}$/.test(word),
  );
  return words.join(' ') || 'unknown';
}
