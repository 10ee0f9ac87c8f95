/** What a server does beside answering: tells the news, forgets what it need not keep. */
import { listAccounts } from '../../access/index.ts';
import type { Config } from '../config.ts';
import { tendHooks } from '../notify/hooks.ts';
import { houseLanguage, readersOf, sendDigest } from '../notify/mail.ts';
import { sendNotices } from '../notify/personal.ts';
import { lookEverywhere } from './looks.ts';
import { forgetRead } from './notifications/index.ts';
import { forgetOnce } from './once.ts';
import type { Seat } from './seat.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Runs until what it returns is called; that waits for the work in hand. A failure is logged, and tried again next time. */
export function tendSeat(seat: Seat, config: Pick<Config, 'smtp'>): () => Promise<void> {
  const every = [
    repeat(minute, 'hooks', seat, () => tendHooks(seat.world)),
    repeat(minute, 'notices', seat, () => notices(seat, config)),
    repeat(hour, 'mail', seat, () => mail(seat, config)),
    repeat(24 * hour, 'day', seat, async () => {
      await lookEverywhere(seat.world);
      await forgetOnce(seat);
      await forgetRead(seat);
    }),
  ];
  return async () => {
    await Promise.all(every.map((stop) => stop()));
  };
}

function repeat(ms: number, name: string, seat: Seat, work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  const turn = (): void => {
    running ??= (async () => {
      try {
        await work();
      } catch (cause) {
        seat.world.log('tend.failed', { work: name, kind: cause instanceof Error ? cause.name : 'unknown' });
      } finally {
        running = null;
      }
    })();
  };
  const timer = setInterval(turn, ms);
  // Soon after the start too, so that a server that is restarted every night still does it.
  const first = setTimeout(turn, 5_000);
  return async () => {
    clearInterval(timer);
    clearTimeout(first);
    await running;
  };
}

async function notices(seat: Seat, config: Pick<Config, 'smtp'>): Promise<void> {
  if (config.smtp === null) return;
  await sendNotices(seat.access, config.smtp, { origin: seat.origin, language: houseLanguage(seat.world.policy) });
}

async function mail(seat: Seat, config: Pick<Config, 'smtp'>): Promise<void> {
  if (config.smtp === null) return;
  const readers = readersOf(await listAccounts(seat.access.db), houseLanguage(seat.world.policy));
  await sendDigest(seat.world, config.smtp, readers, seat.origin);
}
