import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { hasMariadb } from '../../../test/worlds/mariadb.ts';
import { dataset, onMariadb, onPostgres, onSqlite, quoted, type SqlPlace } from '../../../test/worlds/sql.ts';
import { company, conformance, due, options, sentences, sweepAll } from '../kit/conformance/index.ts';
import {
  all,
  not,
  everything,
  matches,
  nothing,
  type Batch,
  type Condition,
  type Connector,
  type Dataset,
  type Guard,
} from '../kit/index.ts';

conformance('PostgreSQL', onPostgres);
conformance('SQLite', onSqlite);
if (hasMariadb) conformance('MariaDB', onMariadb);

describe('the suite itself', () => {
  const broken: Record<string, (connector: Connector) => Connector> = {
    'forgets the hold': (c) => ({
      ...c,
      sweep: (d, w, k, o) => c.sweep(d, w, k, { ...o, guard: () => Promise.resolve({ held: nothing, kept: [] }) }),
    }),
    'deletes more than was meant': (c) => ({ ...c, sweep: (d, _w, k, o) => c.sweep(d, everything, k, o) }),
    'says done and does nothing': (c) => ({
      ...c,
      sweep: async (d, w, k, o) => {
        const seen = await c.inventory(d, w, null, [{ name: 'a', where: everything }], 0);
        return {
          ...(await c.sweep(d, nothing, k, o)),
          counts: { done: seen.buckets['a']?.items ?? 0, absent: 0, held: 0, retained: 0, failed: 0, partial: 0 },
        };
      },
    }),
    'makes the deed final before it is recorded': (c) => ({
      ...c,
      sweep: async (d, w, k, o) => {
        const batch = await c.sweep(d, w, k, { ...o, prepared: () => Promise.resolve() });
        await o.prepared(batch);
        return batch;
      },
    }),
    'takes a deed for final that was undone': (c) => ({
      ...c,
      gone: (_dataset, _trace, items) => Promise.resolve(items),
    }),
    'claims a level it did not see': (c) => ({
      ...c,
      verify: () => Promise.resolve({ level: 'V2', left: 0, orphans: {}, residue: [] }),
    }),
  };
  for (const [name, breakIt] of Object.entries(broken)) {
    it(`catches a connector that ${name}`, async () => {
      let caught = 0;
      for (const check of Object.values(sentences)) {
        const place = await onSqlite();
        try {
          await place.plant(company);
          await check({ ...place, connector: breakIt(place.connector) });
        } catch {
          caught += 1; // the point of this test
        } finally {
          await place.close();
        }
      }
      assert.ok(caught > 0);
    });
  }
});

describe('conditions in SQL mean what they mean in memory', () => {
  const text = fc.constantFrom(
    '0612345678',
    "O'Brien",
    'é',
    '',
    '+31612345678',
    'ABC',
    'abc',
    'a%b',
    'a_b',
    'x'.repeat(20),
  );
  const wall = fc.constantFrom(
    '2026-10-25 02:15:00',
    '2026-10-25 02:45:00',
    '2026-10-25 01:59:59',
    '2026-10-25 03:00:01',
    '2026-03-29 01:59:00',
    '2026-03-29 03:01:00',
    '2024-02-29 12:00:00',
  );
  const at = fc.constantFrom(
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T02:30:00Z',
    '2026-03-29T01:30:00Z',
    '2026-01-01T00:00:00Z',
  );
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    at.map((one): Condition => ({ is: 'before', clock: 'ended', at: one })),
    fc.constant<Condition>({ is: 'undated', clock: 'ended' }),
    fc.array(text, { maxLength: 3 }).map((oneOf): Condition => ({ is: 'field', field: 'phone', oneOf })),
    fc.constant<Condition>({ is: 'empty', field: 'phone' }),
    fc
      .array(
        text.map((one) => one.toLowerCase()),
        { maxLength: 2 },
      )
      .map((spellings): Condition => ({ is: 'subject', kind: 'phone', spellings })),
    fc
      .array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 })
      .map((keys): Condition => ({ is: 'key', oneOf: keys.map((key) => [`k${key}`]) })),
  );
  const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }).map((of): Condition => ({ is: 'all', of })),
      fc.array(tie('node'), { maxLength: 3 }).map((of): Condition => ({ is: 'any', of })),
      tie('node').map((of): Condition => ({ is: 'not', of })),
    ),
  })).node;
  const planted = fc.array(fc.record({ phone: fc.option(text), ended: fc.option(wall) }), {
    minLength: 1,
    maxLength: 15,
  });

  const agree = async (place: SqlPlace, runs: number): Promise<void> => {
    const local: Dataset = dataset('calls', 'Europe/Amsterdam');
    await fc.assert(
      fc.asyncProperty(planted, fc.array(condition, { minLength: 1, maxLength: 6 }), async (items, conditions) => {
        await place.run('delete from calls');
        await place.run(
          `insert into calls (id, phone, ended) values ${items.map((item, i) => `('k${i}', ${quoted(item.phone)}, ${quoted(item.ended)})`).join(', ')}`,
        );
        const everyone = await Array.fromAsync(place.connector.locate(local, everything));
        for (const one of conditions) {
          const inSql = (await Array.fromAsync(place.connector.locate(local, one)))
            .map((item) => String(item.key[0]))
            .toSorted();
          const inMemory = everyone
            .filter((item) => matches(local, item, one))
            .map((item) => String(item.key[0]))
            .toSorted();
          assert.deepEqual(inSql, inMemory, JSON.stringify(one));
        }
      }),
      { numRuns: runs },
    );
  };

  it('in PostgreSQL', async () => {
    const place = await onPostgres();
    await agree(place, 40);
    await place.close();
  });
  it('in MariaDB, whatever its collation forgives', { skip: !hasMariadb }, async () => {
    const place = await onMariadb();
    await agree(place, 40);
    await place.close();
  });
});

describe('names of tables', () => {
  it('longer than 63 bytes are refused, where PostgreSQL would take another table', async () => {
    const name = 'r'.repeat(63);
    const place = await onPostgres(`create table "${name}" (id text primary key, phone text, ended timestamp)`);
    await place.run(`insert into "${name}" values ('a', 'b', '2020-01-01')`);
    // The attack, seen to work: PostgreSQL cuts the name and empties the other table.
    await place.run('begin');
    await place.run(`delete from "${name}_backup_copy"`);
    await assert.rejects(place.connector.sweep(dataset(`${name}_backup_copy`), due, 'ended', options()), /63 bytes/);
    await place.close();
  });

  it('are taken from the catalogue whatever they hold: 2,000 odd names touch no other table', async () => {
    const place = await onPostgres();
    await place.plant(company);
    const odd = fc.oneof(
      fc.string({ maxLength: 70 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        'calls"; delete from calls; --',
        "calls'",
        'public.calls',
        'CALLS',
        'calls ',
        '',
        'pg_class',
        'calls\0',
      ),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { minLength: 50, maxLength: 50 }), async (names) => {
        for (const name of names) {
          if (name === 'calls') continue;
          await place.connector.sweep(dataset(name), due, 'ended', options()).then(
            () => assert.fail('an unknown table was swept'),
            () => (refused += 1),
          );
        }
      }),
      { numRuns: 40 },
    );
    assert.equal((await place.survivors()).length, company.length);
    assert.ok(refused >= 1900);
    await place.close();
  });
});

describe('the hour that comes twice', () => {
  it('deletes nothing an hour early: a local time in it counts as its second coming', async () => {
    const place = await onPostgres();
    await place.plant([
      { id: 'a', phone: '1', at: '2026-10-25T02:15:00Z' },
      { id: 'b', phone: '1', at: '2026-10-25T01:59:00Z' },
    ]);
    const local = { ...place, dataset: dataset('calls', 'Europe/Amsterdam') };
    await sweepAll(local, { is: 'before', clock: 'ended', at: '2026-10-25T00:45:00Z' });
    assert.deepEqual(await place.survivors(), ['a']);
    await sweepAll(local, { is: 'before', clock: 'ended', at: '2026-10-25T01:20:00Z' });
    assert.deepEqual(await place.survivors(), []);
    await place.close();
  });
});

describe('what goes together', () => {
  const parts = async () => {
    const place = await onPostgres(`create table calls (id text primary key, phone text, ended timestamp, linked text);
      create table transcript (id serial primary key, call text); create table event (id serial primary key, linked text)`);
    const child = (id: string, table: string, column: string): Dataset => ({
      ...dataset(table),
      id,
      key: ['id'],
      fields: { id: { data: null }, [column]: { data: null } },
      clocks: {},
      subjects: [],
      places: [],
    });
    const whole: Dataset = {
      ...dataset('calls'),
      fields: { ...dataset('calls').fields, linked: { data: null } },
      layers: [
        { dataset: child('transcript', 'transcript', 'call'), join: { call: 'id' }, shared: false },
        { dataset: child('event', 'event', 'linked'), join: { linked: 'linked' }, shared: true },
      ],
    };
    await place.run(`insert into calls values ('old', '1', '2026-01-01', 'A'), ('young', '1', '2026-10-01', 'A'), ('other', '1', '2026-01-02', 'B');
      insert into transcript (call) values ('old'), ('young'); insert into event (linked) values ('A'), ('B'), ('B')`);
    return {
      place: { ...place, dataset: whole },
      count: async (table: string) =>
        (
          await Array.fromAsync(
            place.connector.locate(child(table, table, table === 'event' ? 'linked' : 'call'), everything),
          )
        ).length,
    };
  };

  it('rows of a layer go with their row; those that another row shares stay until it goes', async () => {
    const { place, count } = await parts();
    await sweepAll(place, due);
    assert.deepEqual(await place.survivors(), ['young']);
    assert.equal(await count('transcript'), 1);
    assert.equal(await count('event'), 1);
    assert.deepEqual((await place.connector.verify(place.dataset, due)).orphans, { transcript: 0, event: 0 });
    await place.close();
  });

  it('an orphan in a layer lowers what verification claims', async () => {
    const { place } = await parts();
    await sweepAll(place, due);
    await place.run(`insert into transcript (call) values ('gone')`);
    const seen = await place.connector.verify(place.dataset, due);
    assert.deepEqual([seen.level, seen.orphans['transcript']], ['V1', 1]);
    await place.close();
  });

  it('item by item, a hold that comes between two batches is counted with what it keeps', async () => {
    const later = (): (() => Promise<Guard>) => {
      let asked = 0;
      const hold: Guard = { held: { is: 'subject', kind: 'phone', spellings: ['0611223344'] }, kept: [] };
      return () => Promise.resolve((asked += 1) === 1 ? { held: nothing, kept: [] } : hold);
    };
    const judge = (items: readonly unknown[]) => Promise.resolve(items.map(() => ({ go: true as const })));
    for (const start of [onPostgres, onSqlite]) {
      for (const limit of [3, 1000]) {
        const place = await start();
        await place.plant(company);
        const counts = await sweepAll(place, due, { limit, guard: later(), judge });
        const left = (await Array.fromAsync(place.connector.locate(place.dataset, due))).length;
        assert.equal(left > 0, limit === 3);
        assert.deepEqual([counts.held, counts.done + counts.held], [left, 20], `batches of ${limit}`);
        await place.close();
      }
    }
  });

  it('an item that the host keeps is counted failed and keeps nobody else', async () => {
    const place = await onPostgres(
      'create table calls (id text primary key, phone text, ended timestamp); create table bill (call text references calls)',
    );
    await place.plant(company);
    await place.run(`insert into bill values ('i02')`);
    const counts = await sweepAll(place, due);
    assert.equal(counts.failed, 1);
    assert.ok((await place.survivors()).includes('i02'));
    assert.equal(counts.done, 19);
    await place.close();
  });
});

describe('a table partitioned by day', () => {
  it('loses whole partitions at once, and row by row where something is held', async () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    const place =
      await onPostgres(`create table calls (id text, phone text, ended timestamp) partition by range (ended);
      ${days
        .slice(0, 3)
        .map((day, i) => `create table calls_${i} partition of calls for values from ('${day}') to ('${days[i + 1]}');`)
        .join('\n')}`);
    await place.plant([
      ...Array.from({ length: 30 }, (_, i) => ({ id: `a${i}`, phone: '0620000009', at: `${days[i % 3]}T10:00:00Z` })),
      { id: 'held', phone: '0611223344', at: '2026-01-02T11:00:00Z' },
    ]);
    const counts = await sweepAll(place, due, {
      guard: () => Promise.resolve({ held: { is: 'subject', kind: 'phone', spellings: ['0611223344'] }, kept: [] }),
    });
    assert.deepEqual(await place.survivors(), ['held']);
    assert.deepEqual([counts.done, counts.held], [30, 1]);
    await place.close();
  });

  it('takes the word of its bounds for what is due only where they say it', async () => {
    // Due before February 2026: whole in the first, by half in the second, not at all in the third, and in none of the fourth.
    const place =
      await onPostgres(`create table calls (id text, phone text, ended timestamp) partition by range (ended);
      create table calls_0 partition of calls for values from ('-infinity') to ('2026-01-01');
      create table calls_1 partition of calls for values from ('2026-01-01') to ('2026-01-15');
      create table calls_2 partition of calls for values from ('2026-01-15') to ('2026-02-15');
      create table calls_3 partition of calls for values from ('2026-02-15') to ('infinity')`);
    await place.plant([
      { id: 'last-year', phone: '', at: '2025-12-01T10:00:00Z' },
      { id: 'not-ours', phone: '', at: '2026-01-02T10:00:00Z' },
      { id: 'all-due', phone: '', at: '2026-01-05T10:00:00Z' },
      { id: 'half-due', phone: '', at: '2026-01-20T10:00:00Z' },
      { id: 'half-not', phone: '', at: '2026-02-10T10:00:00Z' },
      { id: 'not-due', phone: '', at: '2026-03-01T10:00:00Z' },
    ]);
    await place.run(`insert into calls values ('no-time', '', '-infinity'), ('far', '', '10000-06-01')`);
    const february: Condition = { is: 'before', clock: 'ended', at: '2026-02-01T00:00:00Z' };
    const share: Condition = { is: 'not', of: { is: 'before', clock: 'ended', at: '2026-01-03T00:00:00Z' } };
    const first = await sweepAll(place, { is: 'all', of: [february, share] });
    assert.equal(first.done, 2);
    assert.deepEqual((await place.survivors()).toSorted(), [
      'far',
      'half-not',
      'last-year',
      'no-time',
      'not-due',
      'not-ours',
    ]);
    assert.equal((await sweepAll(place, february)).done, 2);
    assert.deepEqual((await place.survivors()).toSorted(), ['far', 'half-not', 'no-time', 'not-due']);
    await place.close();
  });

  it('leaves a partition alone that is detached while we wait for it, and what was put in it since', async () => {
    const place =
      await onPostgres(`create table calls (id text, phone text, ended timestamp) partition by range (ended);
      create table calls_0 partition of calls for values from ('2026-01-01') to ('2026-01-02');
      create table calls_1 partition of calls for values from ('2026-01-02') to ('2026-01-03')`);
    await place.plant([
      { id: 'kept', phone: '', at: '2026-01-01T10:00:00Z' },
      { id: 'due', phone: '', at: '2026-01-02T10:00:00Z' },
    ]);
    const other = new pg.Client({ connectionString: place.url });
    await other.connect();
    await other.query('begin');
    await other.query('alter table calls detach partition calls_0');
    await other.query(`insert into calls_0 values ('since', '', '2027-01-01')`);
    const sweep = sweepAll(place, due);
    const asked = `select 1 from pg_locks where not granted and relation = 'calls_0'::regclass`;
    for (let tries = 0; (await other.query(asked)).rowCount === 0; tries += 1) {
      assert.ok(tries < 500, 'the sweep waits for the lock');
      await new Promise((done) => setTimeout(done, 10));
    }
    await other.query('commit');
    assert.equal((await sweep).done, 1);
    assert.deepEqual(await place.survivors(), []);
    assert.deepEqual(
      (await other.query('select id from calls_0 order by id')).rows.map((row: { id: string }) => row.id),
      ['kept', 'since'],
    );
    await other.end();
    await place.close();
  });

  it('counts what the host will not have emptied at once, so that a killed batch is told from a final one', async () => {
    const place =
      await onPostgres(`create table calls (id text, phone text, ended timestamp) partition by range (ended);
      create table calls_0 partition of calls (primary key (id)) for values from ('2026-01-01') to ('2026-01-02');
      create table calls_1 partition of calls for values from ('2026-01-02') to ('2026-01-03');
      create table notes (call text references calls_0)`);
    await place.plant(
      Array.from({ length: 20 }, (_, i) => ({
        id: `a${i}`,
        phone: '0620000009',
        at: `2026-01-0${1 + (i % 2)}T10:00:00Z`,
      })),
    );
    const gone = ({ trace, counts }: Batch): Promise<number> =>
      place.connector.gone(place.dataset, trace ?? '', counts.done);
    let seen: Batch | undefined;
    const cutOff = (batch: Batch): Promise<void> => {
      seen = batch;
      return Promise.reject(new Error('killed'));
    };
    await assert.rejects(place.connector.sweep(place.dataset, due, 'ended', options({ prepared: cutOff })), /killed/);
    assert.ok(seen);
    assert.deepEqual([seen.counts.done, await gone(seen)], [10, 0]);
    const done = await place.connector.sweep(place.dataset, due, 'ended', options());
    assert.deepEqual([done.counts.done, await gone(done)], [10, 10]);
    assert.equal((await sweepAll(place, due, { cursor: done.next })).done, 10);
    assert.deepEqual(await place.survivors(), []);
    await place.close();
  });
});

describe('more items than one statement can name', () => {
  const many = 70_000;
  const series = {
    postgres: `select 'a' || n, '0612345678', timestamp '2026-01-01' from generate_series(1, ${many}) n`,
    mariadb: `select concat('a', seq), '0612345678', '2026-01-01' from seq_1_to_${many}`,
    sqlite: `with recursive s(n) as (select 1 union all select n + 1 from s where n < ${many}) select 'a' || n, '0612345678', 1767225600 from s`,
  };
  const places = [
    ['PostgreSQL', onPostgres, series.postgres],
    ['SQLite', onSqlite, series.sqlite],
    ...(hasMariadb ? ([['MariaDB', onMariadb, series.mariadb]] as const) : []),
  ] as const;
  for (const [name, opened, rows] of places)
    it(`go all but the one that ${name} keeps, though each must be looked at`, async () => {
      const place: SqlPlace = await opened();
      await place.run(`insert into calls (id, phone, ended) ${rows}`);
      await place.run('create table complaint (call_id varchar(40) references calls (id))');
      if (name === 'MariaDB') await place.run('alter table complaint add foreign key (call_id) references calls (id)');
      await place.run(`insert into complaint values ('a7')`);
      let largest = 0;
      const prepared = (batch: Batch): Promise<void> => {
        largest = Math.max(largest, batch.counts.done);
        return Promise.resolve();
      };
      const { done, failed } = await sweepAll(place, due, { limit: 100_000, prepared });
      assert.deepEqual([done, failed], [many - 1, 1]);
      assert.deepEqual(await place.survivors(), ['a7']);
      assert.ok(largest <= 10_000, `${largest} in one batch`);
      await place.close();
    });
});

describe('a time in SQLite', () => {
  it('is text, whatever type its column was declared with', async () => {
    for (const type of ['date', 'datetime', 'timestamp with time zone', 'text', '']) {
      const place = await onSqlite(`create table calls (id text primary key, phone text, ended ${type})`);
      await place.run(
        `insert into calls values ('day', '06', '2026-01-15'), ('moment', '06', '2026-01-15 10:00:00'), ('young', '06', '2026-10-15'), ('prose', '06', 'last week')`,
      );
      const there = { ...place, dataset: dataset('calls') };
      assert.equal((await sweepAll(there, due)).done, 2, type);
      assert.deepEqual(await place.survivors(), ['prose', 'young'], type);
      await place.close();
    }
  });
});

describe('a batch that makes rows anonymous and was cut off', () => {
  const places = [
    ['PostgreSQL', onPostgres],
    ['SQLite', onSqlite],
    ...(hasMariadb ? ([['MariaDB', onMariadb]] as const) : []),
  ] as const;
  for (const [name, opened] of places)
    it(`is told from one that was final, in ${name}`, async () => {
      const place: SqlPlace = await opened();
      const { connector } = place;
      const recipe = { phone: { to: 'text', value: '-' } } as const;
      const standing = all(due, not({ is: 'field', field: 'phone', oneOf: ['-'] }));
      const items = (from: string) =>
        Array.from({ length: 30 }, (_, i) => ({ id: `${from}${i}`, phone: '0620000009', at: '2026-01-15T10:00:00Z' }));
      await place.plant(items('a'));
      const gone = ({ trace, counts }: Batch) => connector.gone(place.dataset, trace ?? '', counts.done);
      let undone: Batch | undefined;
      const prepared = (batch: Batch): Promise<void> => {
        undone = batch;
        return Promise.reject(new Error('killed'));
      };
      await assert.rejects(connector.anonymise(place.dataset, standing, recipe, options({ prepared })), /killed/);
      assert.ok(undone);
      assert.deepEqual([undone.counts.done, await gone(undone)], [30, 0]);
      const done = await connector.anonymise(place.dataset, standing, recipe, options());
      await place.plant(items('b'));
      assert.deepEqual([done.counts.done, await gone(done)], [30, 30]);
      await place.close();
    });
});

describe('a batch whose deed is not final yet', () => {
  const places = [
    ['PostgreSQL', () => onPostgres()],
    ['SQLite', () => onSqlite()],
    [
      'SQLite with a log',
      async () => {
        const place = await onSqlite();
        await place.run('pragma journal_mode = wal');
        return place;
      },
    ],
    ...(hasMariadb ? ([['MariaDB', () => onMariadb()]] as const) : []),
  ] as const;
  for (const [name, opened] of places)
    it(`is waited for by who asks what became of it, in ${name}`, async () => {
      const place: SqlPlace = await opened();
      const { connector } = place;
      await place.plant(
        Array.from({ length: 20 }, (_, i) => ({ id: `a${i}`, phone: '0620000009', at: '2026-01-15T10:00:00Z' })),
      );
      const ready = Promise.withResolvers<Batch>();
      const prepared = async (batch: Batch): Promise<void> => {
        ready.resolve(batch);
        await new Promise((done) => setTimeout(done, 700));
      };
      const sweeping = connector.sweep(place.dataset, everything, 'ended', options({ prepared }));
      const { trace } = await ready.promise;
      assert.equal(await connector.gone(place.dataset, trace ?? '', 20), 20);
      assert.equal((await sweeping).counts.done, 20);
      await place.close();
    });
});

describe('a batch of a machine that slept after "prepared", whose lock may be lost', () => {
  const places = [
    ['PostgreSQL', () => onPostgres()],
    ['SQLite', () => onSqlite()],
    ...(hasMariadb
      ? ([
          ['MariaDB', () => onMariadb()],
          [
            'MyISAM',
            () => onMariadb('create table calls (id varchar(40), phone varchar(40), ended datetime) engine=MyISAM'),
          ],
        ] as const)
      : []),
  ] as const;
  for (const [name, opened] of places)
    it(`is undone, or not begun, in ${name}`, async (t) => {
      const place: SqlPlace = await opened();
      const { connector } = place;
      await place.plant([{ id: 'a', phone: '0620000009', at: '2026-01-15T10:00:00Z' }]);
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
      const sleeping = (seconds: number) =>
        options({
          prepared: () => {
            t.mock.timers.tick(seconds * 1000);
            return Promise.resolve();
          },
        });
      const sweep = (seconds: number) => connector.sweep(place.dataset, everything, 'ended', sleeping(seconds));
      await assert.rejects(sweep(30), { kind: 'half-done', retry: true });
      assert.deepEqual(await place.survivors(), ['a']);
      assert.equal((await sweep(15)).counts.done, 1);
      assert.deepEqual(await place.survivors(), []);
      t.mock.timers.reset();
      await place.close();
    });
});
