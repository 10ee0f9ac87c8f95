/** What a deletion must leave: items that are held by an unusual key, and rows that are another's. Each with what does go beside it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client } from 'pg';
import { hasMariadb } from '../../../test/worlds/mariadb.ts';
import { dataset, onMariadb, onPostgres, onSqlite, type SqlPlace } from '../../../test/worlds/sql.ts';
import { due, options, sweepAll } from '../kit/conformance/index.ts';
import { everything, nothing, type Condition, type Dataset, type DeedOptions } from '../kit/index.ts';
import { sqlConnector } from './index.ts';

const old = "'2020-01-01 10:00:00'";
const keys = (...ids: string[]): Condition => ({ is: 'key', oneOf: ids.map((id) => [id]) });
const holding = (held: Condition): Partial<DeedOptions> => ({ guard: () => Promise.resolve({ held, kept: [] }) });
const judged: Partial<DeedOptions> = { judge: (items) => Promise.resolve(items.map(() => ({ go: true }) as const)) };

async function located(
  { connector, dataset: of }: Pick<SqlPlace, 'connector' | 'dataset'>,
  where: Condition = everything,
): Promise<string[]> {
  return (await Array.fromAsync(connector.locate(of, where))).map((item) => item.key.join('|')).toSorted();
}

describe('a whole number that JavaScript rounds, or of nineteen digits', () => {
  // Two neighbours that a double takes for one, and two ids as large services give them out today.
  const ids = [
    '9007199254740992',
    '9007199254740993',
    '1234567890123456789',
    '1234567890123456790',
    '-9223372036854775807',
  ];
  const makers: Record<string, { make: () => Promise<SqlPlace>; skip: boolean; at: string }> = {
    PostgreSQL: {
      make: () => onPostgres('create table calls (id bigint primary key, phone text, ended timestamp)'),
      skip: false,
      at: old,
    },
    MariaDB: {
      make: () => onMariadb('create table calls (id bigint primary key, phone varchar(40), ended datetime)'),
      skip: !hasMariadb,
      at: old,
    },
    SQLite: {
      make: () => onSqlite('create table calls (id integer primary key, phone text, ended real)'),
      skip: false,
      at: '1577836800',
    },
  };
  for (const [name, { make, skip, at }] of Object.entries(makers))
    it(`names its item in ${name} and no other, to a hold and to a deletion`, { skip }, async () => {
      const place = await make();
      await place.run(`insert into calls values ${ids.map((id) => `(${id}, '06', ${at})`).join(', ')}`);
      assert.deepEqual(await located(place), ids.toSorted());
      for (const id of ids) assert.deepEqual(await located(place, keys(id)), [id]);
      // What no column of the kind can hold names nothing, and spoils nothing for what stands beside it.
      assert.deepEqual(await located(place, keys('99999999999999999999', '-99999999999999999999', 'x', ids[1]!)), [
        ids[1],
      ]);
      const held = [ids[1]!, ids[2]!, ids[4]!].toSorted();
      const counts = await sweepAll(place, due, holding(keys(...held)));
      assert.deepEqual([counts.done, counts.held], [2, 3]);
      assert.deepEqual(await located(place), held);
      // The same item by item; and the negative control: what nothing holds goes.
      assert.equal((await sweepAll(place, due, { ...judged, ...holding(keys(held[0]!)), limit: 1 })).done, 2);
      assert.deepEqual(await located(place), [held[0]]);
      assert.equal((await sweepAll(place, due)).done, 1);
      await place.close();
    });

  it('of a smaller column does not stop a sweep of PostgreSQL', async () => {
    const place = await onPostgres('create table calls (id integer primary key, phone text, ended timestamp)');
    await place.run(`insert into calls values (7, '06', ${old}), (8, '06', ${old})`);
    assert.equal((await sweepAll(place, due, holding(keys('2147483648', '7')))).done, 1);
    assert.deepEqual(await located(place), ['7']);
    await place.close();
  });
});

describe('a text in another character set than ours', { skip: !hasMariadb }, () => {
  it('is the same text: what is held by it stays, and its part goes with what goes', async () => {
    const place = await onMariadb(
      `create table calls (id varchar(40) character set latin1 primary key, phone varchar(40) character set latin1, ended datetime);
       create table copies (call_id varchar(40) character set latin1)`,
    );
    const copies: Dataset = {
      ...dataset('copies'),
      id: 'copies',
      key: ['call_id'],
      fields: { call_id: { data: null } },
      clocks: {},
      subjects: [],
      places: [],
    };
    const whole = {
      ...place,
      dataset: { ...place.dataset, layers: [{ dataset: copies, shared: false, join: { call_id: 'id' } }] },
    };
    await place.run(
      `insert into calls values ('café', 'x', ${old}), ('straße', 'zaal één', ${old}), ('één', 'x', ${old}), ('plain', 'x', ${old});
       insert into copies values ('café'), ('één')`,
    );
    const held: Condition = {
      is: 'any',
      of: [keys('café', 'CAFÉ'), { is: 'field', field: 'phone', oneOf: ['zaal één'] }],
    };
    // A forgiving collation still makes no item stand for another.
    assert.deepEqual(await located(place, keys('CAFÉ', 'strasse')), []);
    const counts = await sweepAll(whole, due, holding(held));
    assert.deepEqual([counts.done, counts.held], [2, 2]);
    assert.deepEqual(await place.survivors(), ['café', 'straße']);
    assert.deepEqual(await located({ ...place, dataset: copies }), ['café']);
    await place.close();
  });
});

describe('a text that the column cannot hold', { skip: !hasMariadb }, () => {
  const strange = ['Łukasz', '€', '😀', 'Łé', '日本'];
  for (const set of [
    'latin1',
    'latin1 collate latin1_bin',
    'ascii',
    'utf8mb3',
    'latin2',
    'koi8r',
    'cp932',
    'ucs2',
    'utf8mb4',
  ])
    it(`is in no row of ${set}: it stops nothing, spares nothing else, and frees nothing`, async () => {
      const place = await onMariadb(
        `create table calls (id varchar(40) character set ${set} primary key, phone varchar(40) character set ${set}, ended datetime)`,
      );
      const rows = [...strange, 'é', '?', '??', '???ukasz', '?ukasz', 'e', 'E', 'plain'];
      // Only what the column holds comes in.
      for (const one of rows)
        await place.run(`insert into calls values ('${one}', '${one}', ${old})`).catch(() => undefined);
      const there = await place.survivors();
      assert.ok(there.includes('?') && there.includes('?ukasz'));
      const named: Condition = keys(...strange, 'é', 'e');
      const placed: Condition = { is: 'field', field: 'phone', oneOf: [...strange, 'é', 'e'] };
      const person: Condition = {
        is: 'subject',
        kind: 'phone',
        spellings: [...strange, 'é'].map((one) => one.toLowerCase()),
      };
      const kept = there.filter((one) => [...strange, 'é', 'e'].includes(one));
      for (const where of [named, placed]) assert.deepEqual(await located(place, where), kept, where.is);
      assert.deepEqual(
        await located(place, person),
        kept.filter((one) => one !== 'e'),
      );
      // In slices, and item by item.
      const counts = await sweepAll(place, due, holding({ is: 'any', of: [named, person] }));
      assert.deepEqual([counts.done, counts.held], [there.length - kept.length, kept.length]);
      assert.deepEqual(await place.survivors(), kept);
      await place.run(`insert into calls values ('?', '?', ${old})`);
      const again = await sweepAll(place, due, { ...judged, ...holding(placed), limit: 1 });
      assert.deepEqual([again.done, again.held], [1, kept.length]);
      // The negative control: what nothing holds goes.
      assert.equal((await sweepAll(place, due)).done, kept.length);
      await place.close();
    });

  it('names a part that is written in another set: what can have none goes, and a held part keeps its item', async () => {
    for (const set of ['latin1', 'utf8mb4 collate utf8mb4_unicode_ci', 'latin2', 'ucs2'])
      for (const own of ['utf8mb4 collate utf8mb4_general_ci', 'latin1']) {
        const place = await onMariadb(
          `create table calls (id varchar(40) character set ${own} primary key, phone varchar(40), ended datetime);
           create table notes (id varchar(40) primary key, kind varchar(40), of varchar(40) character set ${set}, key (of))`,
        );
        const ids = own === 'latin1' ? ['é', '?', 'plain'] : ['Łukasz', '?ukasz', 'é', '?', 'plain'];
        await place.run(
          `insert into calls values ${ids.map((id) => `('${id}', '06', ${old})`).join(', ')};
           insert into notes values ('n1', 'call', 'é'), ('n2', 'call', '?'), ('n3', 'call', 'gone')`,
        );
        const whole = withNotes(place);
        const part: Condition = { is: 'referred', by: notes, join: { of: 'id' }, where: keys('n1') };
        assert.deepEqual(await located(place, part), ['é'], `${own} ${set}`);
        assert.deepEqual((await place.connector.verify(whole.dataset, due)).orphans, { notes: 1 });
        const counts = await sweepAll(whole, due, { ...judged, ...holding(part) });
        assert.deepEqual([counts.done, counts.held], [ids.length - 1, 1]);
        assert.deepEqual(await place.survivors(), ['é']);
        assert.deepEqual(await located({ ...place, dataset: notes }), ['n1', 'n3']);
        await place.close();
      }
  });
});

describe('a key of bytes', { skip: !hasMariadb }, () => {
  it('names its item as it is shown, page after page', async () => {
    const place = await onMariadb('create table calls (id binary(4) primary key, phone varchar(40), ended datetime)');
    const ids = ['00000000', '01020304', '0a0b0c0d', '61626364', 'ff000000'];
    await place.run(`insert into calls values ${ids.map((id) => `(x'${id}', '06', ${old})`).join(', ')}`);
    assert.deepEqual(await located(place), ids);
    assert.deepEqual(await located(place, keys('0A0B0C0D')), ['0a0b0c0d']);
    await sweepAll(place, due, holding(keys('01020304', 'ff000000', '61626364')));
    assert.deepEqual(await located(place), ['01020304', '61626364', 'ff000000']);
    const counts = await sweepAll(place, due, { ...judged, ...holding(keys('61626364')), limit: 1 });
    assert.deepEqual([counts.done, counts.held], [2, 1]);
    assert.deepEqual(await located(place), ['61626364']);
    await place.close();
  });

  it('is what a row of PostgreSQL is named by too', async () => {
    const place = await onPostgres('create table calls (id bytea primary key, phone text, ended timestamp)');
    await place.run(`insert into calls values ('\\x0102', '06', ${old}), ('\\x0a', '06', ${old})`);
    assert.equal((await sweepAll(place, due, { ...judged, ...holding(keys('\\x0102')), limit: 1 })).done, 1);
    assert.deepEqual(await located(place), ['\\x0102']);
    await place.close();
  });
});

const notes: Dataset = {
  ...dataset('notes'),
  id: 'notes',
  fields: { id: { data: null }, kind: { data: null }, of: { data: null } },
  clocks: {},
  subjects: [],
  places: [],
};

const withNotes = (place: SqlPlace, part: Dataset = notes): SqlPlace => ({
  ...place,
  dataset: { ...place.dataset, layers: [{ dataset: part, shared: false, join: { of: 'id' } }] },
});

describe('a part that stands in a table with rows of other sorts', () => {
  it('goes, and they stay: they are no orphans either', async () => {
    const place = await onPostgres(
      `create table calls (id text primary key, phone text, ended timestamp); create table notes (id text primary key, kind text, of text)`,
    );
    await place.run(
      `insert into calls values ('1', '06', ${old}); insert into notes values ('mine', 'call', '1'), ('theirs', 'client', '1')`,
    );
    const ofCalls = { ...notes, only: { is: 'field', field: 'kind', oneOf: ['call'] } as const };
    const whole = withNotes(place, ofCalls);
    await sweepAll(whole, due);
    assert.deepEqual(await located({ ...place, dataset: notes }), ['theirs']);
    assert.deepEqual((await place.connector.verify(whole.dataset, due)).orphans, { notes: 0 });
    // The negative control: one of the sort that is meant is an orphan when its call is gone.
    await place.run(`insert into notes values ('late', 'call', '1')`);
    assert.deepEqual((await place.connector.verify(whole.dataset, due)).orphans, { notes: 1 });
    await place.close();
  });
});

describe('rows that hang on a part and are no part themselves', () => {
  const tables = `create table calls (id text primary key, phone text, ended timestamp);
    create table notes (id text primary key, kind text, of text);
    create table reviews (id text primary key, note text references notes on delete cascade)`;
  const planted = `insert into calls values ('1', '06', ${old}); insert into notes values ('n', 'call', '1'); insert into reviews values ('r', 'n')`;

  it('are not taken along, by erasing or by making anonymous: nothing goes', async () => {
    const place = await onPostgres(tables);
    await place.run(planted);
    const whole = withNotes(place);
    const refused = { name: 'ConnectorFault', kind: 'refused', message: /rows of "reviews"/ };
    await assert.rejects(sweepAll(whole, due), refused);
    await assert.rejects(place.connector.anonymise(whole.dataset, due, { phone: { to: 'null' } }, options()), refused);
    const reviews = { ...notes, at: { kind: 'table' as const, table: 'reviews' }, fields: { id: { data: null } } };
    for (const one of [place.dataset, notes, reviews])
      assert.equal((await located({ ...place, dataset: one })).length, 1);
    // The negative control: of a call without such a part nothing hangs in the way.
    await place.run('alter table reviews drop constraint reviews_note_fkey');
    assert.equal((await sweepAll(whole, due)).done, 1);
    await place.close();
  });

  it('are seen in another database of the same MariaDB too', { skip: !hasMariadb }, async () => {
    const place = await onMariadb();
    const [row] = await place.query('select database() as name');
    const [here, there] = [String(row?.['name']), `${String(row?.['name'])}_billing`];
    await place.run(
      `insert into calls values ('1', '06', ${old}); create database ${there} character set utf8mb4;
       create table ${there}.bills (id integer primary key, call_id varchar(40), foreign key (call_id) references ${here}.calls (id) on delete cascade);
       insert into ${there}.bills values (1, '1')`,
    );
    await assert.rejects(sweepAll(place, due), /rows of "\w+_billing\.bills"/);
    assert.equal((await place.query(`select * from ${there}.bills`)).length, 1);
    // The negative control: of a table of that name elsewhere, on which nothing here hangs, nothing is said.
    await place.run(`drop database ${there}`);
    assert.equal((await sweepAll(place, due)).done, 1);
    await place.close();
  });

  it('are in nobody’s way where an item is made anonymous and no part of it goes', async () => {
    const place = await onPostgres(
      `create table calls (id text primary key, phone text, ended timestamp); create table reviews (id text primary key, call text references calls on delete cascade)`,
    );
    await place.run(`insert into calls values ('1', '06', ${old}); insert into reviews values ('r', '1')`);
    const made = await place.connector.anonymise(place.dataset, due, { phone: { to: 'null' } }, options());
    assert.equal(made.counts.done, 1);
    await assert.rejects(sweepAll(place, due), /rows of "reviews"/);
    await place.close();
  });
});

describe('more items with parts than a statement can name', () => {
  const many = 70_000;
  const makers: Record<string, { make: () => Promise<SqlPlace>; skip: boolean; rows: string }> = {
    PostgreSQL: {
      make: onPostgres,
      skip: false,
      rows: `select i::text, '06', timestamp ${old} from generate_series(1, ${many}) i`,
    },
    MariaDB: { make: onMariadb, skip: !hasMariadb, rows: `select seq, '06', ${old} from seq_1_to_${many}` },
    SQLite: {
      make: onSqlite,
      skip: false,
      rows: `with recursive s(i) as (select 1 union all select i + 1 from s where i < ${many}) select cast(i as text), '06', 1577836800 from s`,
    },
  };
  for (const [name, { make, skip, rows }] of Object.entries(makers))
    it(`go from ${name}, with their parts and without the one that is held`, { skip }, async () => {
      const text = name === 'MariaDB' ? 'varchar(40)' : 'text';
      const place = await make();
      await place.run(`create table notes (id ${text} primary key, kind ${text}, of ${text})`);
      await place.run(`insert into calls ${rows}`);
      await place.run(`insert into notes values ('a', 'call', '1'), ('b', 'call', '${many}'), ('c', 'call', '77')`);
      const { done, held } = await sweepAll(withNotes(place), due, { ...holding(keys('77')), limit: 100_000 });
      assert.deepEqual([done, held], [many - 1, 1]);
      assert.deepEqual(await place.survivors(), ['77']);
      assert.deepEqual(await located({ ...place, dataset: notes }), ['c']);
      await place.close();
    });
});

const parted = `create table calls (id text, phone text, ended timestamp not null) partition by range (ended);
  create table calls_2020 partition of calls for values from ('2020-01-01') to ('2021-01-01')`;

describe('a partition whose rows the host judges one by one', () => {
  it('is not emptied where a trigger keeps one of them', async () => {
    const place = await onPostgres(
      `${parted}; create function stay() returns trigger language plpgsql as $$ begin if old.id = 'kept' then raise exception 'kept'; end if; return old; end $$;
       create trigger stay before delete on calls for each row execute function stay()`,
    );
    await place.run(`insert into calls values ('kept', '06', ${old}), ('free', '06', ${old})`);
    const counts = await sweepAll(place, due);
    assert.deepEqual([counts.done, counts.failed], [1, 1]);
    assert.deepEqual(await place.survivors(), ['kept']);
    // The negative control: without the trigger it goes at once.
    await place.run('alter table calls disable trigger stay');
    assert.equal((await sweepAll(place, due)).done, 1);
    assert.deepEqual(await place.survivors(), []);
    await place.close();
  });

  it('is not emptied of rows that our account may not see', async () => {
    const place = await onPostgres(parted);
    const role = `sweeper_${process.pid}`;
    await place.run(
      `insert into calls values ('theirs', '06', ${old}), ('ours', '06', ${old});
       create role ${role} login password 'x'; grant select, delete on calls to ${role};
       grant select, delete, truncate on calls_2020 to ${role};
       alter table calls enable row level security; create policy ours on calls using (id = 'ours')`,
    );
    const url = new URL(place.url ?? '');
    url.username = role;
    url.password = 'x';
    const account = { connector: 'sql', dialect: 'postgres', read: url.href, erase: url.href } as const;
    const connector = await sqlConnector.open(account, { handle: () => 'h', log: () => undefined });
    assert.equal((await sweepAll({ ...place, connector }, due)).done, 1);
    assert.deepEqual(await place.survivors(), ['theirs']);
    await connector.close();
    // The negative control: an account that sees them all takes them all.
    assert.equal((await sweepAll(place, due)).done, 1);
    await place.run(`drop owned by ${role}; drop role ${role}`);
    await place.close();
  });

  it('keeps a held row that came while we waited for its lock, whatever the host sets for its own programs', async () => {
    const place = await onPostgres(parted);
    await place.run(`insert into calls values ('free', '06', ${old})`);
    await place.run(
      `do $$ begin execute format('alter database %I set default_transaction_isolation to ''repeatable read''', current_database()); end $$`,
    );
    const other = new Client({ connectionString: place.url });
    await other.connect();
    await other.query('begin isolation level read committed');
    await other.query(`insert into calls values ('held', '0612345678', ${old})`);
    const sweep = sweepAll(place, due, holding({ is: 'subject', kind: 'phone', spellings: ['0612345678'] }));
    for (let waiting = 0; waiting === 0;) {
      await other.query('select pg_stat_clear_snapshot()'); // within a transaction it would tell the same each time
      const { rows } = await other.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      waiting = rows[0]?.n ?? 0;
    }
    await other.query('commit');
    await other.end();
    const counts = await sweep;
    assert.deepEqual([counts.done, counts.held], [1, 1]);
    assert.deepEqual(await place.survivors(), ['held']);
    // The negative control: nothing but the hold kept it.
    assert.equal((await sweepAll(place, due, holding(nothing))).done, 1);
    await place.close();
  });
});
