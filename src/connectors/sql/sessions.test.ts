import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { emptyDatabase } from '../../../test/worlds/postgres.ts';
import { batches, once, type SessionOptions } from './sessions.ts';
import type { Session } from './dialect.ts';

const who = async (session: Session): Promise<unknown> =>
  (await session.run(sql`select pg_backend_pid() as pid`)).rows[0]?.['pid'];

async function withHost(work: (options: SessionOptions, run: (text: string) => Promise<unknown>) => Promise<void>) {
  const host = await emptyDatabase();
  try {
    await work({ dialect: 'postgres', url: host.url, schema: undefined, readOnly: false }, (text) =>
      sql.raw(text).execute(host.db),
    );
  } finally {
    await host.close();
  }
}

describe('sessions', () => {
  it('of batches wait for the next one, two at once have two, and closing ends them', async () => {
    await withHost(async (options) => {
      const sessions = batches(options);
      const first = await sessions.use(who);
      assert.equal(await sessions.use(who), first);
      const [a, b] = await Promise.all([sessions.use(who), sessions.use(who)]);
      assert.notEqual(a, b);
      await sessions.close();
      assert.notEqual(await sessions.use(who), first);
      await sessions.close();
    });
  });

  it('are never used again when their work failed, and what it began is undone', async () => {
    await withHost(async (options, run) => {
      await run('create table t (a int)');
      const sessions = batches(options);
      let first: unknown;
      await assert.rejects(
        sessions.use(async (session) => {
          first = await who(session);
          await session.begin();
          await session.run(sql`insert into t values (1)`);
          throw new Error('a bug');
        }),
        /a bug/,
      );
      const [second, rows] = await sessions.use(async (session) => [
        await who(session),
        (await session.run(sql`select a from t`)).rows.length,
      ]);
      assert.notEqual(second, first);
      assert.equal(rows, 0);
      await sessions.close();
    });
  });

  it('that the host ended while they waited are not used', async () => {
    await withHost(async (options, run) => {
      const sessions = batches(options);
      const first = Number(await sessions.use(who));
      await run(`select pg_terminate_backend(${first})`);
      for (let tries = 0; tries < 100; tries += 1) {
        const { rows } = (await run(`select 1 from pg_stat_activity where pid = ${first}`)) as { rows: unknown[] };
        if (rows.length === 0) break;
        await new Promise((done) => setTimeout(done, 10));
      }
      assert.notEqual(await sessions.use(who), first);
      await sessions.close();
    });
  });

  it('serve no longer than they may: an account that was closed meanwhile is found closed', async () => {
    await withHost(async (options) => {
      const sessions = batches(options, 0);
      assert.notEqual(await sessions.use(who), await sessions.use(who));
      await sessions.close();
    });
  });

  it('for one look are new each time', async () => {
    await withHost(async (options) => {
      assert.notEqual(await once(options, who), await once(options, who));
    });
  });
});
