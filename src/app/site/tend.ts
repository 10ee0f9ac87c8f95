/** What a server does beside answering: tells the news, forgets what it need not keep. */
import { listAccounts, ruleOf } from '../../access/index.ts';
import type { Config } from '../config.ts';
import { tendHooks } from '../notify/hooks.ts';
import { sendDigest } from '../notify/mail.ts';
import { lookEverywhere } from './looks.ts';
import { forgetOnce } from './once.ts';
import type { Seat } from './seat.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Runs until what it returns is called; that waits for the work in hand. A failure is logged, and tried again next time. */
export function tendSeat(seat: Seat, config: Pick<Config, 'smtp'>): () => Promise<void> {
  const every = [
    repeat(minute, 'hooks', seat, () => tendHooks(seat.world)),
    repeat(hour, 'mail', seat, () => mail(seat, config)),
    repeat(24 * hour, 'day', seat, async () => {
      await lookEverywhere(seat.world);
      await forgetOnce(seat);
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

async function mail(seat: Seat, config: Pick<Config, 'smtp'>): Promise<void> {
  if (config.smtp === null) return;
  const accounts = await listAccounts(seat.access.db);
  // Whoever may approve or make plans wants to know; a client or a data subject gets no mail about the organisation.
  const readers = accounts
    .filter(
      (one) =>
        one.state === 'active' &&
        one.roles.some((role) => role !== 'auditor' && ruleOf('see the board').all.includes(role)),
    )
    .map((one) => ({ email: one.email, language: 'nl' as const }));
  await sendDigest(seat.world, config.smtp, readers, seat.origin);
}
