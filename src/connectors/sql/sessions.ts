/** Where sessions come from: a new one for each look and each verification, one that waits a moment between batches for deeds. */
import { sql } from 'kysely';
import { openSession, type DialectName, type Session } from './dialect.ts';

/** How long a session waits for the next batch. Longer than the journal takes between two, too short to be in anyone's way. */
const waits = 1_000;
/** How long one serves in all: an account that its host closed meanwhile is found closed, as it would be by a new session. */
const serves = 30_000;

export interface SessionOptions {
  readonly dialect: DialectName;
  readonly url: string;
  readonly schema: string | undefined;
  readonly readOnly: boolean;
}

/** A session for one piece of work: what verifies never shares state with what deleted. */
export async function once<T>(options: SessionOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(options.dialect, options.url, options);
  try {
    return await work(session);
  } finally {
    await session.close().catch(() => undefined); // the work is done or has failed already with its own reason
  }
}

export interface Sessions {
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Sessions for work that comes in batches: thousands of them, each of which would begin with the host starting a process and
 * reading its catalogue. One whose work failed is never used again, whatever it failed of.
 */
export function batches(options: SessionOptions, longest = serves): Sessions {
  const waiting = new Map<Session, NodeJS.Timeout>();
  const until = new WeakMap<Session, number>();
  const opened = async (): Promise<Session> => {
    const session = await openSession(options.dialect, options.url, options);
    until.set(session, performance.now() + longest);
    return session;
  };
  const closing = (session: Session): Promise<void> => {
    clearTimeout(waiting.get(session));
    waiting.delete(session);
    return session.close().catch(() => undefined); // as above
  };
  const taken = async (): Promise<Session | null> => {
    for (const [session, timer] of waiting) {
      clearTimeout(timer);
      waiting.delete(session);
      try {
        await session.run(sql`select 1`);
        return session;
      } catch {
        void closing(session); // the host ended it meanwhile
      }
    }
    return null;
  };
  return {
    async use(work) {
      const session = (await taken()) ?? (await opened());
      let well = false;
      try {
        const result = await work(session);
        well = true;
        return result;
      } finally {
        // A file that waits open could be another one by then, and opens at once anyway.
        if (well && options.dialect !== 'sqlite' && performance.now() < (until.get(session) ?? 0))
          waiting.set(
            session,
            setTimeout(() => void closing(session), waits),
          );
        else await closing(session);
      }
    },
    close: async () => void (await Promise.all([...waiting.keys()].map(closing))),
  };
}
