/**
 * Who works on a tree: this thread for a small one; two or more threads for a large one, each taking whole folders, so that
 * the rest of the program goes on meanwhile. Threads and not processes: whatever kills the program stops them with it, and
 * nothing is deleted once the lock that kept a hold waiting is gone.
 */
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ConnectorFault, type FaultKind, type Item } from '../kit/index.ts';
import { addTaken, handFor, noneTaken, type Brief, type Look, type Picked, type Taken, type Work } from './hand.ts';

export interface Workforce {
  readonly threads: number;
  /** Files that were looked at in this thread before others are called in; with 0 they are waited for. */
  readonly soon: number;
}

export const usual: Workforce = { threads: Math.min(4, availableParallelism()), soon: 20_000 };
export const alone: Workforce = { threads: 0, soon: 0 };

export interface Visit {
  /** "a/b/", and "" for the root. */
  readonly folder: string;
  /** Only what comes after this place in it (hand.ts). */
  readonly after: readonly string[];
}

/** A look at one folder, and who took it: what was chosen there stays with them. */
export interface Seen {
  readonly visit: Visit;
  readonly look: Look;
  readonly id: number;
  readonly by: Member;
}

interface Member {
  load: number;
  look(id: number, visit: Visit): Promise<Look>;
  take(ids: readonly number[], since: number): Promise<Taken>;
  dismiss(): Promise<void>;
}

export interface Crew {
  /** Every folder after this place, in the order of the walk. At most so many are looked at before their turn comes. */
  survey(after: readonly string[], ahead: () => number, signal?: AbortSignal): AsyncGenerator<Seen>;
  /** Only where this thread works alone: what was chosen, and which of it shall go. */
  itemsOf(seen: Seen): Item[];
  keep(seen: Seen, goes: readonly boolean[]): Pick<Picked, 'chosen' | 'names'>;
  take(seen: readonly Seen[], since: number): Promise<Taken>;
  /** Nobody works any more when this is fulfilled. */
  dismiss(): Promise<void>;
}

export async function engage(brief: Brief, workforce: Workforce): Promise<Crew> {
  const hand = handFor(brief);
  pool.engaged += 1;
  const here: Member = {
    load: 0,
    look: (id, visit) => withBreath(hand.look(id, visit.folder, visit.after)),
    take: (ids, since) => withBreath(hand.take(ids, since)),
    dismiss: () => Promise.resolve(hand.dismiss()),
  };
  const number = (pool.crews += 1);
  const members = new Map<Thread, Member>();
  let looks = 0;
  const pick = (): Member => {
    const ready = workforce.threads === 0 ? [] : pool.threads.filter((thread) => thread.ready);
    for (const thread of ready) if (!members.has(thread)) members.set(thread, memberOf(thread, number, brief));
    const those = ready.map((thread) => members.get(thread) ?? here);
    return those.reduce((least, one) => (one.load < least.load ? one : least), those[0] ?? here);
  };
  const start = (visit: Visit): Promise<Seen> => {
    const by = pick();
    const id = (looks += 1);
    return busy(by, by.look(id, visit)).then((look) => {
      if (by === here) callIn(workforce, look.entries);
      return { visit, look, id, by };
    });
  };
  if (workforce.threads > 0 && workforce.soon === 0) {
    callIn(workforce, 0);
    await Promise.all(pool.threads.map((thread) => thread.started));
  }
  return {
    survey: (after, ahead, signal) => {
      const width = (): number => (workforce.threads === 0 ? 1 : 2 * pool.threads.filter((one) => one.ready).length);
      return survey({ folder: '', after }, start, () => Math.max(1, Math.min(width(), ahead())), signal);
    },
    itemsOf: (seen) => hand.itemsOf(seen.id),
    keep: (seen, goes) => hand.keep(seen.id, goes),
    take: async (seen, since) => {
      const shares = Map.groupBy(seen, (one) => one.by);
      const ids = (theirs: readonly Seen[]) => theirs.map((one) => one.id);
      const taken = await allOf([...shares].map(([by, theirs]) => busy(by, by.take(ids(theirs), since))));
      return taken.reduce(addTaken, noneTaken);
    },
    dismiss: async () => {
      await Promise.allSettled([here, ...members.values()].map((one) => one.dismiss()));
      pool.engaged -= 1;
      partLater();
    },
  };
}

/** Waits for all, also when one fails: whoever gives up must not leave another at work. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

async function busy<T>(member: Member, work: Promise<T>): Promise<T> {
  member.load += 1;
  try {
    return await work;
  } finally {
    member.load -= 1;
  }
}

async function withBreath<T>(work: Work<T>): Promise<T> {
  for (;;) {
    const step = work.next();
    await new Promise((done) => setImmediate(done));
    if (step.done === true) return step.value;
  }
}

async function* survey(
  from: Visit,
  start: (visit: Visit) => Promise<Seen>,
  width: () => number,
  signal?: AbortSignal,
): AsyncGenerator<Seen> {
  // The next one last: a folder's own folders come before those beside it.
  const waiting = [from];
  const begun = new Map<Visit, Promise<Seen>>();
  try {
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      signal?.throwIfAborted();
      const ahead = width();
      for (const visit of waiting.slice(-ahead).toReversed()) {
        if (begun.has(visit)) continue;
        const work = start(visit);
        work.catch(() => undefined); // told when its turn comes
        begun.set(visit, work);
      }
      const seen = await begun.get(next);
      waiting.pop();
      begun.delete(next);
      if (!seen) continue;
      const [first, ...rest] = seen.visit.after;
      for (const folder of seen.look.folders.toReversed()) {
        const resumed = rest.length > 0 && folder === `${seen.visit.folder}${first}/`;
        waiting.push({ folder, after: resumed ? rest : [] });
      }
      yield seen;
    }
  } finally {
    await Promise.allSettled(begun.values());
  }
}

export type Request =
  | { readonly is: 'brief'; readonly crew: number; readonly brief: Brief }
  | {
      readonly is: 'look';
      readonly crew: number;
      readonly look: number;
      readonly folder: string;
      readonly after: readonly string[];
    }
  | { readonly is: 'take'; readonly crew: number; readonly looks: readonly number[]; readonly since: number }
  | { readonly is: 'dismiss'; readonly crew: number };

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly fault?: Fault;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  /** The same in Dutch. */
  readonly nl: string;
  readonly retry: boolean;
}

interface Thread {
  readonly started: Promise<void>;
  ready: boolean;
  ask(request: Request): Promise<unknown>;
  end(): void;
}

function memberOf(thread: Thread, crew: number, brief: Brief): Member {
  const told = thread.ask({ is: 'brief', crew, brief });
  told.catch(() => undefined); // told by whoever asks for work
  const ask = async (request: Request): Promise<unknown> => {
    await told;
    return thread.ask(request);
  };
  return {
    load: 0,
    look: async (look, { folder, after }) => (await ask({ is: 'look', crew, look, folder, after })) as Look,
    take: async (looks, since) => (await ask({ is: 'take', crew, looks, since })) as Taken,
    dismiss: async () => void (await ask({ is: 'dismiss', crew })),
  };
}

const pool = {
  threads: [] as Thread[],
  engaged: 0,
  crews: 0,
  /** Files looked at in this thread since the others went. */
  files: 0,
  parting: null as NodeJS.Timeout | null,
};

/** Threads without work stay so long: the next batch comes within moments, the next run tomorrow. */
const idle = 10_000;

function callIn(workforce: Workforce, files: number): void {
  pool.files += files;
  if (pool.threads.length > 0 || workforce.threads === 0 || pool.files < workforce.soon) return;
  pool.threads = Array.from({ length: workforce.threads }, startThread);
}

function partLater(): void {
  if (pool.parting) clearTimeout(pool.parting);
  pool.parting = setTimeout(() => {
    if (pool.engaged > 0) return;
    pool.files = 0;
    for (const thread of pool.threads.splice(0)) thread.end();
  }, idle).unref();
}

function startThread(): Thread {
  // TypeScript in a checkout, JavaScript in a package.
  const worker = new Worker(new URL(`hand.worker${extname(import.meta.url)}`, import.meta.url));
  const asked = new Map<number, { done: (value: unknown) => void; failed: (cause: unknown) => void }>();
  const started = Promise.withResolvers<void>();
  started.promise.catch(() => undefined);
  let count = 0;
  worker.on('message', ({ id, value, fault }: Answer) => {
    if (id === 0) {
      thread.ready = true;
      started.resolve();
    }
    const waiting = asked.get(id);
    asked.delete(id);
    if (asked.size === 0) worker.unref();
    if (fault) waiting?.failed(new ConnectorFault(fault.kind, fault.message, { retry: fault.retry, nl: fault.nl }));
    else waiting?.done(value);
  });
  const stopped = (): void => {
    // One that could not even begin: this thread does the work alone, and tries no other until the next time.
    if (!thread.ready) pool.files = Number.NEGATIVE_INFINITY;
    thread.ready = false;
    pool.threads = pool.threads.filter((one) => one !== thread);
    const cause = new ConnectorFault('surprise', 'a thread that worked on a tree stopped', {
      retry: true,
      nl: 'een draad die aan een map werkte, is gestopt',
    });
    started.reject(cause);
    for (const waiting of asked.values()) waiting.failed(cause);
    asked.clear();
  };
  worker.on('error', () => undefined); // "exit" follows, when the thread is really over
  worker.on('exit', stopped);
  const thread: Thread = {
    started: started.promise,
    ready: false,
    ask: (request) =>
      new Promise((done, failed) => {
        if (pool.threads.includes(thread)) {
          count += 1;
          asked.set(count, { done, failed });
          worker.ref();
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          worker.postMessage({ id: count, request });
        } else
          failed(
            new ConnectorFault('surprise', 'a thread that worked on a tree stopped', {
              retry: true,
              nl: 'een draad die aan een map werkte, is gestopt',
            }),
          );
      }),
    end: () => void worker.terminate(),
  };
  // Not before it is ready: a process with nothing else to do would end under it.
  return thread;
}
