/**
 * Where a write's Idempotency-Key is claimed: the reply is sealed with a key of the home, and gone after a day. A claim is a
 * lease by the store's clock, the one clock that all servers of a home share; it is renewed for as long as the write runs.
 */
import { sql } from 'kysely';
import { opaqueId } from '../../base/id.ts';
import type { Held, Once } from '../../http/idempotency.ts';
import type { Seat } from './seat.ts';

/** Longer than a server is ever silent while it lives: a garbage collection, a store that restarts. */
const leaseSeconds = 30;

export function onceIn({ world }: Pick<Seat, 'world'>, lease: number = leaseSeconds): Once {
  const { db, veil } = world;
  const until = sql`now() + make_interval(secs => ${lease})`;
  return {
    claim: async (key, sent, harmless) => {
      const holder = opaqueId('o');
      const mine = await sql`
        insert into site.once as o (key, sent, at, holder, until) values (${key}, ${sent}, ${world.clock().toString()}, ${holder}, ${until})
        on conflict (key) do update set holder = excluded.holder, until = excluded.until
         where ${harmless} and o.sent = excluded.sent and o.reply is null and (o.until is null or o.until <= now())`.execute(
        db,
      );
      if ((mine.numAffectedRows ?? 0n) > 0n) return { is: 'new', held: heldBy(world, key, holder, lease) };
      const { rows } = await sql<{ sent: string; reply: string | null; lives: boolean }>`
        select sent, reply, coalesce(until > now(), false) as lives from site.once where key = ${key}`.execute(db);
      const [row] = rows;
      // Freed between the two statements: the one who held it was refused, and whoever asks again is told the same.
      if (row === undefined) return { is: 'running', sent };
      if (row.reply !== null) return { is: 'done', sent: row.sent, reply: veil.unveil(row.reply) };
      return { is: row.lives ? 'running' : 'unknown', sent: row.sent };
    },
  };
}

function heldBy({ db, veil, log }: Seat['world'], key: string, holder: string, lease: number): Held {
  const mine = sql`key = ${key} and holder = ${holder}`;
  const renew = (): void => {
    sql`update site.once set until = now() + make_interval(secs => ${lease}) where ${mine}`
      .execute(db)
      // The lease then runs out by itself, and the key tells that nobody knows: never that the write may be sent again.
      .catch(() => log('once.not-renewed', {}));
  };
  const timer = setInterval(renew, (lease * 1000) / 3);
  timer.unref();
  const end = async (statement: ReturnType<typeof sql>): Promise<void> => {
    clearInterval(timer);
    await statement.execute(db);
  };
  // What is thrown then is not the answer to who asked, and the lease runs out by itself.
  const tried = (statement: ReturnType<typeof sql>): Promise<void> =>
    end(statement).catch(() => log('once.not-ended', {}));
  return {
    done: (reply) => end(sql`update site.once set reply = ${veil.veil(reply)}, until = null where ${mine}`),
    release: () => tried(sql`delete from site.once where ${mine}`),
    lose: () => tried(sql`update site.once set until = null where ${mine}`),
  };
}

/** Daily: a reply that is older than a day goes. A write of which nobody knows the outcome is not forgotten so soon. */
export async function forgetOnce({ world }: Pick<Seat, 'world'>): Promise<void> {
  const [day, month] = [24, 24 * 31].map((hours) => world.clock().subtract({ hours }).toString());
  await sql`delete from site.once where at < ${month} or (at < ${day} and reply is not null)`.execute(world.db);
}
