/** What is known of the places of sources from one look to the next (connectors/kit/connector.ts). */
import { sql } from 'kysely';
import type { Clock } from '../base/time.ts';
import type { ConnectorContext } from '../connectors/kit/index.ts';
import type { Database } from '../database/index.ts';

export function memoryIn(db: Database, clock: Clock): NonNullable<ConnectorContext['memory']> {
  return {
    known: async (place) => {
      const { rows } = await sql<{ shows: string }>`select shows from proof.known where place = ${place}`.execute(db);
      return rows[0]?.shows ?? null;
    },
    know: async (place, is) =>
      void (await sql`
        insert into proof.known (place, shows, seen) values (${place}, ${is}, ${clock().toString()})
        on conflict (place) do update set shows = excluded.shows, seen = excluded.seen`.execute(db)),
  };
}
