import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshFolder, type FreshFolder } from '../../test/worlds/folder.ts';
import { emptyDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { migrate, openDatabase, StoreRefused } from './index.ts';

describe('our own store', () => {
  let store: FreshDatabase;
  before(async () => {
    store = await emptyDatabase();
    await sql`create table person (id int primary key, number text not null unique check (length(number) < 12))`.execute(
      store.db,
    );
    await sql`insert into person values (1, '0612345678')`.execute(store.db);
  });
  after(() => store.close());

  const refusals = {
    'a duplicate': sql`insert into person values (2, '0612345678')`,
    'a broken check': sql`insert into person values (3, '0612345678-0612345678')`,
    'a value that does not parse': sql`insert into person values (${'0612345678-x'}::int, 'y')`,
    'a null row': sql`insert into person (id, number) values (612345678, null)`,
  };
  for (const [what, statement] of Object.entries(refusals)) {
    it(`repeats no value when it refuses ${what}, inside and outside a transaction`, async () => {
      const speaks = (cause: unknown): boolean => {
        assert.ok(cause instanceof StoreRefused);
        const everything = [cause.message, cause.stack, JSON.stringify(cause), ...Object.values(cause)].join();
        assert.doesNotMatch(everything, /612345678/);
        assert.match(cause.code, /^(23|22)/);
        return true;
      };
      await assert.rejects(statement.execute(store.db), speaks);
      await assert.rejects(
        store.db.transaction().execute((tx) => statement.execute(tx)),
        speaks,
      );
    });
  }

  it('still names the table, the rule and the mistake in a statement', async () => {
    const duplicate = { constraint: 'person_number_key', table: 'person', code: '23505' };
    await assert.rejects(refusals['a duplicate'].execute(store.db), duplicate);
    await assert.rejects(sql`select nothing from person`.execute(store.db), /column "nothing" does not exist/);
  });

  it('notices within half a minute that the machine of a worker is lost, so that its locks are nobody’s', async () => {
    const opened = openDatabase({ url: store.url, maxConnections: 1 });
    const set = async (name: string): Promise<string> =>
      (await sql<{ is: string }>`select current_setting(${name}) as is`.execute(opened.db)).rows[0]?.is ?? '';
    assert.equal(await set('client_connection_check_interval'), '5s');
    const tcp = (await sql<{ tcp: boolean }>`select inet_client_addr() is not null as tcp`.execute(opened.db)).rows[0]
      ?.tcp;
    const waits = await Promise.all(
      ['tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count'].map(set),
    );
    assert.deepEqual(waits, tcp ? ['10', '5', '3'] : ['0', '0', '0'], 'a socket of this machine needs none');
    await opened.close();
  });

  it('goes on after its connections were cut: at most the work they carried is refused', async () => {
    const opened = openDatabase({ url: store.url, maxConnections: 1 });
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const one = sql<{ one: number }>`select 1 as one`;
    await one.execute(opened.db);
    await cut.execute(store.db);
    await one.execute(opened.db).catch(() => 'the one that met the dead connection');
    assert.deepEqual((await one.execute(opened.db)).rows, [{ one: 1 }]);
    const open = opened.db.transaction().execute(async (tx) => {
      await one.execute(tx);
      await cut.execute(store.db);
      for (let i = 0; i < 100; i += 1) await sql`select pg_sleep(0.02)`.execute(tx);
    });
    await assert.rejects(open);
    assert.deepEqual((await one.execute(opened.db)).rows, [{ one: 1 }]);
    await opened.close();
  });
});

describe('migrations', () => {
  let store: FreshDatabase;
  let folder: FreshFolder;
  before(async () => {
    store = await emptyDatabase();
    folder = freshFolder();
    file('0001-first.sql', 'create table public.one (id int)');
    file('0002-second.sql', 'create table public.two (id int); insert into public.two values (1)');
  });
  after(async () => {
    await store.close();
    folder.close();
  });
  const file = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
  const tables = async (): Promise<string[]> => {
    const rows = await sql<{ name: string }>`select relname as name from pg_class where relkind = 'r'
      and relnamespace = 'public'::regnamespace order by 1`.execute(store.db);
    return rows.rows.map((row) => row.name);
  };

  it('are applied once, in order, by whichever of several processes comes first', async () => {
    const many = Array.from({ length: 4 }, () => openDatabase({ url: store.url, maxConnections: 1 }));
    const applied = await Promise.all(many.map((one) => migrate(one.db, folder.path)));
    assert.deepEqual(applied.flat(), ['0001-first.sql', '0002-second.sql']);
    assert.deepEqual(await tables(), ['one', 'two']);
    await Promise.all(many.map((one) => one.close()));
  });

  it('leave nothing of a file that fails, and keep those before it', async () => {
    file('0003-third.sql', 'create table public.three (id int)');
    file('0004-broken.sql', 'create table public.four (id int); select nothing');
    await assert.rejects(migrate(store.db, folder.path), /column "nothing" does not exist/);
    assert.deepEqual(await tables(), ['one', 'three', 'two']);
    file('0004-broken.sql', 'create table public.four (id int)');
    assert.deepEqual(await migrate(store.db, folder.path), ['0004-broken.sql']);
  });

  it('are refused when they do not say in which schema', async () => {
    file('0005-fifth.sql', 'create table nowhere (id int)');
    await assert.rejects(migrate(store.db, folder.path), /no schema has been selected/);
  });

  it('are refused when an applied one has changed, before anything new is done', async () => {
    file('0001-first.sql', 'create table public.one (id bigint)');
    file('0005-fifth.sql', 'create table public.five (id int)');
    await assert.rejects(migrate(store.db, folder.path), /0001-first\.sql has changed/);
    assert.ok(!(await tables()).includes('five'));
    file('0001-first.sql', 'create table public.one (id int)');
    assert.deepEqual(await migrate(store.db, folder.path), ['0005-fifth.sql']);
  });

  it('are refused when an applied one is not in this program, or a new one would come before it', async () => {
    const older = freshFolder();
    writeFileSync(join(older.path, '0001-first.sql'), 'create table public.one (id int)');
    await assert.rejects(migrate(store.db, older.path), /is not in this program/);
    older.close();
    file('0002-another.sql', 'select 1');
    await assert.rejects(migrate(store.db, folder.path), /two migrations have the number/);
  });
});
