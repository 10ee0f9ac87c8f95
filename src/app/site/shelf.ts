/** What many ask for at once and changes little: made once, kept for some seconds. */
import type { Clock } from '../../base/time.ts';

export interface Shelf {
  /** `key` is one of a few: whoever asks cannot make it grow. */
  get<T>(key: string, make: () => Promise<T>): Promise<T>;
  clear(): void;
}

export function shelfOf(clock: Clock, seconds: number): Shelf {
  const kept = new Map<string, { until: number; made: Promise<unknown> }>();
  return {
    get: <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const now = clock().epochMilliseconds;
      const there = kept.get(key);
      if (there && now < there.until && there.until <= now + seconds * 1000) return there.made as Promise<T>;
      const made = make();
      kept.set(key, { until: now + seconds * 1000, made });
      // What failed is tried again at once.
      made.catch(() => kept.get(key)?.made === made && kept.delete(key));
      return made;
    },
    clear: () => kept.clear(),
  };
}
