import { ConnectorFault } from './receipt.ts';

/**
 * Told before each deed that nothing undoes, and before one becomes final. A machine that stood still, or a disk that let one wait this
 * long, may have lost the lock that keeps a hold waiting: it is nobody's half a minute after its owner was last heard of
 * (base/lost-peer.ts). Then nothing more goes in this batch.
 */
const longest = 20_000;

/** `since`: when the lock was certainly ours, by the clock of the day, which other threads have too: before "prepared" was written on it. */
export function heart(since: number, now = (): number => performance.now()): () => void {
  let [day, own] = [since, now()];
  return () => {
    const [dayNow, ownNow] = [Date.now(), now()];
    // By the longer of the two: our own clock stands still with a machine that sleeps, and that of the day may be set back.
    if (Math.max(dayNow - day, ownNow - own) > longest)
      throw new ConnectorFault('half-done', 'the machine or its disk stood still too long: the lock may be lost', {
        retry: true,
        nl: 'de machine of haar schijf stond te lang stil: het slot kan weg zijn',
      });
    [day, own] = [dayNow, ownNow];
  };
}

/** Writes "prepared"; a fault when it took so long that the lock on which it was written may be lost since. */
export async function timely(prepared: () => Promise<void>): Promise<void> {
  const beat = heart(Date.now());
  await prepared();
  beat();
}
