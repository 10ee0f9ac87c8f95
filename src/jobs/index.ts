/**
 * Work that happens later, or elsewhere: a thin layer on pg-boss, in the same PostgreSQL. Any number of workers on any number
 * of machines; one that dies misses its heartbeat, and its job goes to another. Jobs carry opaque ids only.
 */
import { PgBoss } from 'pg-boss';

/** Seconds without a heartbeat after which a worker counts as dead; pg-boss allows no fewer than ten. */
const heartbeat = 10;
const tries = 8;

export interface Job {
  readonly id: string;
  /** No other try follows this one. */
  readonly lastTry: boolean;
  readonly signal: AbortSignal;
}

export interface Jobs {
  /** Puts work in a queue; the same key is not queued twice while it is waiting or running. */
  enqueue(queue: string, key: string): Promise<void>;
  /** Does the work of a queue here. Throwing means: try again later. */
  work(queue: string, concurrency: number, handler: (key: string, job: Job) => Promise<void>): Promise<void>;
  /** Five-field cron in the zone; the queue's worker gets the key "scheduled". */
  schedule(queue: string, cron: string, zone: string): Promise<void>;
  /** Waits for the work in hand, at most so long. */
  stop(waitMs: number): Promise<void>;
}

export async function openJobs(options: {
  url: string;
  log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
}): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: 'pgboss',
    max: 4,
    application_name: 'gestand-jobs',
    superviseIntervalSeconds: 5,
    maintenanceIntervalSeconds: 60,
  });
  boss.on('error', (error: Error) => options.log('jobs.error', { name: error.name }));
  await boss.start();
  const known = new Set<string>();
  const abort = new AbortController();
  const make = async (queue: string): Promise<void> => {
    if (known.has(queue)) return;
    await boss.createQueue(queue, {
      policy: 'exclusive',
      retryLimit: tries,
      retryDelay: 2,
      retryBackoff: false,
      heartbeatSeconds: heartbeat,
      expireInSeconds: 24 * 3600,
      deleteAfterSeconds: 7 * 24 * 3600,
    });
    known.add(queue);
  };
  return {
    enqueue: async (queue, key) => {
      await make(queue);
      await boss.send(queue, { key }, { singletonKey: key });
    },
    work: async (queue, concurrency, handler) => {
      await make(queue);
      await boss.work<{ key?: string }, void>(
        queue,
        {
          localConcurrency: concurrency,
          batchSize: 1,
          pollingIntervalSeconds: 0.5,
          includeMetadata: true,
          heartbeatRefreshSeconds: 3,
        },
        async ([job]) => {
          if (!job) return;
          await handler(job.data.key ?? 'scheduled', {
            id: job.id,
            lastTry: job.retryCount >= tries,
            signal: abort.signal,
          });
        },
      );
    },
    schedule: async (queue, cron, zone) => {
      await make(queue);
      await boss.schedule(queue, cron, { key: 'scheduled' }, { tz: zone, singletonKey: 'scheduled' });
    },
    stop: async (waitMs) => {
      const timer = setTimeout(() => abort.abort(), waitMs);
      await boss.stop({ graceful: true, timeout: waitMs + 1000, close: true });
      clearTimeout(timer);
    },
  };
}
