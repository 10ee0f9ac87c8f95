/** How long a deed may go on without its lock. */
import type { DeedOptions } from './connector.ts';
import { ConnectorFault } from './receipt.ts';

/**
 * Told before each deed that nothing undoes, and before one becomes final. A machine that stood still, or a disk that let one wait this
 * long, may have lost the lock that keeps a hold waiting: it is nobody's half a minute after its owner was last heard of
 * (base/lost-peer.ts). Then nothing more goes in this batch.
 */
const longest = 20_000;
/** And so long a batch takes in all: by then nobody can have lost the lock without being told. What is left goes with the next. */
const whole = 15_000;

/** Whether there is time for one more; a fault where the lock may be lost. */
export type Beat = () => boolean;

/**
 * `since`: when the lock was certainly ours, by the clock of the day, which other threads have too: before "prepared" was written on
 * it. `lost`: set by whoever hears that it is not ours any more.
 */
export function heart(since: number, lost: Int32Array | null, now = (): number => performance.now()): Beat {
  let [day, own] = [since, now()];
  const began = own - Math.max(0, Date.now() - since);
  return () => {
    if (lost && Atomics.load(lost, 0) !== 0)
      throw new ConnectorFault('half-done', 'the lock that keeps a hold waiting was lost', {
        retry: true,
        nl: 'het slot dat een bewaarplicht laat wachten is verloren',
      });
    const [dayNow, ownNow] = [Date.now(), now()];
    // By the longer of the two: our own clock stands still with a machine that sleeps, and that of the day may be set back.
    if (Math.max(dayNow - day, ownNow - own) > longest)
      throw new ConnectorFault('half-done', 'the machine or its disk stood still too long: the lock may be lost', {
        retry: true,
        nl: 'de machine of haar schijf stond te lang stil: het slot kan weg zijn',
      });
    [day, own] = [dayNow, ownNow];
    return ownNow - began < whole;
  };
}

/** Set when the signal fires: what other threads can see of it. */
export function flagOf(signal: AbortSignal | undefined): Int32Array | null {
  if (!signal) return null;
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const set = (): void => void Atomics.store(flag, 0, 1);
  if (signal.aborted) set();
  else signal.addEventListener('abort', set, { once: true });
  return flag;
}

/** Writes "prepared"; a fault when it took so long, or the lock on which it was written was lost since. */
export async function timely({ lost }: Pick<DeedOptions, 'lost'>, prepared: () => Promise<void>): Promise<void> {
  const beat = heart(Date.now(), flagOf(lost));
  await prepared();
  beat();
}
