/** Where a write's Idempotency-Key is claimed: the reply is sealed with a key of the home, and gone after a day. */
import { sql } from 'kysely';
import type { Once } from '../../http/idempotency.ts';
import type { Seat } from './seat.ts';

export function onceIn({ world }: Seat): Once {
  const { db, veil } = world;
  return {
    claim: async (key, sent) => {
      const mine = await sql`
        insert into site.once (key, sent, at) values (${key}, ${sent}, ${world.clock().toString()})
        on conflict (key) do nothing`.execute(db);
      if ((mine.numAffectedRows ?? 0n) > 0n) return { is: 'new' };
      const { rows } = await sql<{ sent: string; reply: string | null }>`
        select sent, reply from site.once where key = ${key}`.execute(db);
      const [row] = rows;
      if (row === undefined || row.reply === null) return { is: 'running' };
      return { is: 'done', sent: row.sent, reply: veil.unveil(row.reply) };
    },
    done: async (key, reply) => {
      await sql`update site.once set reply = ${veil.veil(reply)} where key = ${key}`.execute(db);
    },
    release: async (key) => {
      await sql`delete from site.once where key = ${key}`.execute(db);
    },
  };
}

/** Daily: what is older than a day goes, and so does a claim of a server that was killed. */
export async function forgetOnce({ world }: Pick<Seat, 'world'>): Promise<void> {
  const before = world.clock().subtract({ hours: 24 }).toString();
  await sql`delete from site.once where at < ${before}`.execute(world.db);
}
