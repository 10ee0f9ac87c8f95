import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshMariadb, hasMariadb } from '../../../test/worlds/mariadb.ts';
import {
  dataset,
  onMariadb,
  onMariadbWithCopies,
  onPostgres,
  onSqlite,
  quoted,
  type SqlPlace,
} from '../../../test/worlds/sql.ts';
import { company, conformance, due, options, sentences, sweepAll } from '../kit/conformance/index.ts';
import {
  everything,
  matches,
  not,
  type Condition,
  type Connector,
  type Dataset,
  type DeedOptions,
} from '../kit/index.ts';
import { spellings } from '../kit/subject.ts';
import { sqlConnector } from './index.ts';
import { changes } from './probe.ts';

const kinds: Record<string, { make: typeof onPostgres; skip: boolean }> = {
  PostgreSQL: { make: onPostgres, skip: false },
  MariaDB: { make: onMariadb, skip: !hasMariadb },
  SQLite: { make: onSqlite, skip: false },
};

async function located(place: SqlPlace, where = everything, of: Dataset = place.dataset): Promise<string[]> {
  return (await Array.fromAsync(place.connector.locate(of, where))).map((item) => item.key.join('|')).toSorted();
}

describe('a time that is none', () => {
  const odd = ['0001-01-01 00:00:00', '-infinity', 'infinity', '0044-03-15 00:00:00 BC', '0999-12-31 23:59:59'];

  it('is no reason to delete in PostgreSQL: the first year of the calendar and the end of time stay, as undated', async () => {
    const place = await onPostgres();
    await place.run(
      `insert into calls (id, ended) values ${odd.map((at, i) => `('o${i}', '${at}')`).join(', ')}, ('old', '2020-01-01')`,
    );
    assert.deepEqual(await located(place, { is: 'undated', clock: 'ended' }), ['o0', 'o1', 'o2', 'o3', 'o4']);
    assert.equal((await sweepAll(place, due)).done, 1);
    assert.equal((await place.survivors()).length, odd.length);
    await place.close();
  });

  const written = [
    '0000-00-00 00:00:00',
    '0001-01-01',
    '2020-01-01',
    '2020-01-01 10:00:00',
    '2020-01-01T10:00:00',
    '2020-01-01T10:00:00.123',
    '2026-08-26',
    '2026-08-25',
    '2026-08-26 00:00:00',
    '2026-08-25 23:59:59.999',
    '2020-01-01T10:00:00Z',
    '2020-01-01T10:00:00+02:00',
    '2020-13-01 10:00:00',
    '2020-01-41 10:00:00',
    'unknown',
    '',
    '20200101',
  ];
  for (const [name, { make, skip }] of Object.entries(kinds)) {
    it(`written as text means in ${name} what it means in memory, and what is no time stays`, { skip }, async () => {
      const place = await make(
        `create table calls (id ${name === 'MariaDB' ? 'varchar(40)' : 'text'} primary key, phone text, ended text)`,
      );
      const texts = {
        ...dataset('calls'),
        clocks: {
          ended: { ...dataset('calls').clocks['ended']!, readings: [{ column: 'ended', as: 'text' as const }] },
        },
      };
      await place.run(
        `insert into calls (id, ended) values ${written.map((at, i) => `('t${String(i).padStart(2, '0')}', ${quoted(at)})`).join(', ')}`,
      );
      const all = await Array.fromAsync(place.connector.locate(texts, everything));
      for (const where of [due, not(due), { is: 'undated', clock: 'ended' } as const])
        assert.deepEqual(
          await located(place, where, texts),
          all.filter((item) => matches(texts, item, where)).map((item) => String(item.key[0])),
          JSON.stringify(where),
        );
      await sweepAll({ ...place, dataset: texts }, due);
      // 2020, twice, with and without a fraction; the day before the cut-off, and its last moment.
      assert.deepEqual(
        await place.survivors(),
        [0, 1, 6, 8, 10, 11, 12, 13, 14, 15, 16].map((i) => `t${String(i).padStart(2, '0')}`),
      );
      await place.close();
    });
  }
});

describe('a key', () => {
  for (const [name, { make, skip }] of Object.entries(kinds)) {
    it(`with a part that is null names its items in ${name} too, and blocks nobody else`, { skip }, async () => {
      const place = await make(
        'create table calls (id varchar(40), sequence integer, phone varchar(40), ended varchar(40))',
      );
      const whole: Dataset = {
        ...dataset('calls'),
        key: ['id', 'sequence'],
        fields: { ...dataset('calls').fields, sequence: { data: null } },
        clocks: {
          ended: { ...dataset('calls').clocks['ended']!, readings: [{ column: 'ended', as: 'text' as const }] },
        },
        layers: [],
      };
      await place.run(
        `insert into calls (id, sequence, ended) values ('a', 1, '2020-01-01'), ('a', null, '2020-01-01'), ('b', null, '2020-01-01'), ('b', 2, '2026-11-01'), (null, 3, '2020-01-01'), (null, null, '2020-01-01'), ('c', 1, '2020-01-01')`,
      );
      const open = { ...place, dataset: whole };
      const judge = (items: readonly unknown[]) => Promise.resolve(items.map(() => ({ go: true }) as const));
      const counts = await sweepAll(open, due, { limit: 2, judge });
      assert.deepEqual(await located(open), ['b|2']);
      assert.equal(counts.done, 6);
      await place.close();
    });
  }

  const alike: Record<string, [typeof onPostgres, string, boolean]> = {
    MariaDB: [onMariadb, 'create table calls (id varchar(40), phone varchar(40), ended datetime)', !hasMariadb],
    SQLite: [onSqlite, 'create table calls (id text collate nocase, phone text, ended real)', false],
  };
  for (const [name, [make, ddl, skip]] of Object.entries(alike)) {
    it(`that a forgiving collation of ${name} takes for another is passed over by no page`, { skip }, async () => {
      const place = await make(ddl);
      const ids = ['abc', 'ABC', 'Abc', 'abC', 'zz', 'ZZ', 'é', 'É', 'q'];
      await place.plant(ids.map((id) => ({ id, phone: '1', at: '2020-01-01T00:00:00Z' })));
      const judge = (items: readonly unknown[]) => Promise.resolve(items.map(() => ({ go: true }) as const));
      const counts = await sweepAll(place, due, { limit: 2, judge });
      assert.deepEqual(await place.survivors(), []);
      assert.equal(counts.done, ids.length);
      await place.close();
    });
  }

  it('of which there are more rows than a batch holds goes whole when it is named', async () => {
    const place = await onPostgres('create table calls (id text, phone text, ended timestamp)');
    await place.plant([
      ...Array.from({ length: 5 }, () => ({ id: 'twin', phone: '1', at: '2020-01-01T00:00:00Z' })),
      { id: 'z', phone: '1', at: '2020-01-01T00:00:00Z' },
    ]);
    const batch = await place.connector.erase(place.dataset, [['twin'], ['z'], ['nobody']], options({ limit: 1 }));
    assert.deepEqual(await place.survivors(), []);
    assert.deepEqual([batch.counts.absent, batch.next], [1, null]);
    await place.close();
  });
});

describe('a name in another alphabet', () => {
  for (const [name, { make, skip }] of Object.entries(kinds)) {
    it(`is found whatever the case of its letters in ${name}`, { skip }, async () => {
      const place = await make(
        name === 'MariaDB' ? undefined : 'create table calls (id text primary key, phone text, ended text)',
      );
      const names = {
        ...dataset('calls'),
        subjects: [{ kind: 'name' as const, field: 'phone', match: 'whole' as const, role: 'owner' as const }],
      };
      await place.run(
        `insert into calls (id, phone) values ('a', 'ÉMILE ÖZDEMIR'), ('b', 'Émile Özdemir'), ('c', 'émile özdemir'), ('d', 'Emile Ozdemir')`,
      );
      const where = { is: 'subject', kind: 'name', spellings: spellings('name', 'Émile Özdemir') } as const;
      assert.deepEqual(await located(place, where, names), ['a', 'b', 'c']);
      await place.close();
    });
  }

  it('also where the host knows no other letters than ASCII', async () => {
    const place = await onPostgres('create table calls (id text primary key, phone text collate "C", ended timestamp)');
    const names = {
      ...dataset('calls'),
      subjects: [{ kind: 'name' as const, field: 'phone', match: 'contains' as const, role: 'owner' as const }],
    };
    await place.run(`insert into calls (id, phone) values ('a', 'mr. ÉMILE ÖZDEMIR'), ('b', 'Emile')`);
    const where = { is: 'subject', kind: 'name', spellings: spellings('name', 'Émile') } as const;
    assert.deepEqual(await located(place, where, names), ['a']);
    await place.close();
  });
});

describe('one name in more than one writing', () => {
  // As people see them they are one; Unicode has several ways to write each, and capitals.
  const asked: Record<string, { same: string[]; others: string[] }> = {
    José: {
      same: ['José', 'JOSÉ', 'josé'].flatMap((one) => [one, one.normalize('NFD')]),
      others: ['Jose', 'Josè', 'Jos'],
    },
    Nguyễn: { same: ['Nguyễn', 'NGUYỄN'].flatMap((one) => [one, one.normalize('NFD')]), others: ['Nguyen', 'Nguyên'] },
    İbrahim: { same: ['İbrahim', 'i\u0307brahim', 'I\u0307BRAHIM'], others: ['Ibrahim', 'ibrahim', 'ıbrahim'] },
    Οδυσσεύς: { same: ['Οδυσσεύς', 'ΟΔΥΣΣΕΎΣ', 'οδυσσεύς'.normalize('NFD')], others: ['Οδυσσεύ', 'Οδυσσευς'] },
    Groß: { same: ['Groß', 'GROẞ', 'groß'], others: ['gros', 'gross'] },
    Ⴀნა: { same: ['Ⴀნა', 'ⴀნა'], others: ['ანა'] },
  };
  for (const [name, { make, skip }] of Object.entries(kinds))
    it(`is found by each, held by each and told from others in ${name}`, { skip }, async () => {
      const place = await make(
        name === 'SQLite' ? 'create table calls (id text primary key, phone text, ended real)' : undefined,
      );
      const at = name === 'SQLite' ? '1577836800' : `'2020-01-01 10:00:00'`;
      for (const match of ['whole', 'contains'] as const) {
        const of: Dataset = { ...place.dataset, subjects: [{ kind: 'name', field: 'phone', match, role: 'owner' }] };
        for (const [value, { same, others }] of Object.entries(asked)) {
          await place.run('delete from calls');
          const rows = [
            ...same.map((one, i) => `('same${i}', ${quoted(one)}, ${at})`),
            // Within a longer text "Jos" with an accent apart is no end of a word.
            ...(match === 'whole' ? others : ['x']).map((one, i) => `('other${i}', ${quoted(one)}, ${at})`),
          ];
          await place.run(`insert into calls (id, phone, ended) values ${rows.join(', ')}`);
          const ids = same.map((_, i) => `same${i}`);
          const everyone = await Array.fromAsync(place.connector.locate(of, everything));
          for (const given of [
            value,
            value.normalize('NFD'),
            value.toUpperCase() === 'GROSS' ? value : value.toUpperCase(),
          ]) {
            const where = { is: 'subject', kind: 'name', spellings: spellings('name', given) } as const;
            assert.deepEqual(await located(place, where, of), ids, `${given} ${match}`);
            const inMemory = everyone.filter((item) => matches(of, item, where)).map((item) => String(item.key[0]));
            assert.deepEqual(inMemory.toSorted(), ids, `${given} ${match} in memory`);
          }
          const held = { is: 'subject', kind: 'name', spellings: spellings('name', value) } as const;
          const counts = await sweepAll({ ...place, dataset: of }, due, {
            guard: () => Promise.resolve({ held, kept: [] }),
          });
          assert.deepEqual([counts.done, counts.held], [rows.length - same.length, same.length], value);
        }
      }
      await place.close();
    });

  it('stops nothing in a database whose own character set does not hold one of them', async () => {
    for (const charset of ['LATIN1', 'WIN1252']) {
      const place = await onPostgres(undefined, charset);
      const of: Dataset = {
        ...place.dataset,
        subjects: [{ kind: 'name', field: 'phone', match: 'whole', role: 'owner' }],
      };
      await place.run(
        `insert into calls values ('a', 'JOSÉ', '2020-01-01'), ('b', 'José', '2020-01-01'), ('c', 'Jose', '2020-01-01'), ('é', 'Groß', '2020-01-01'), ('d', '?', '2020-01-01')`,
      );
      const names = charset === 'LATIN1' ? ['José', 'Groß', 'ÿ', 'Łukasz', '😀'] : ['José', 'Groß', 'ÿ'];
      const held: Condition = {
        is: 'any',
        of: [
          { is: 'subject', kind: 'name', spellings: names.slice(0, -1).flatMap((one) => spellings('name', one)) },
          { is: 'subject', kind: 'name', spellings: spellings('name', names.at(-1) ?? '') },
          { is: 'key', oneOf: ['é', 'é'.normalize('NFD'), ...names].map((one) => [one]) },
          { is: 'field', field: 'phone', oneOf: names.map((one) => one.normalize('NFD')) },
        ],
      };
      const counts = await sweepAll({ ...place, dataset: of }, due, {
        guard: () => Promise.resolve({ held, kept: [] }),
      });
      assert.deepEqual([counts.done, counts.held], [2, 3], charset);
      assert.deepEqual(await place.survivors(), ['a', 'b', 'é']);
      await place.close();
    }
  });
});

describe('a telephone number', () => {
  for (const [name, { make, skip }] of Object.entries(kinds)) {
    it(`is found however people write it in ${name}, and no other is`, { skip }, async () => {
      const place = await make(
        name === 'MariaDB' ? undefined : 'create table calls (id text primary key, phone text, ended text)',
      );
      const written = [
        '0612345678',
        '06-12345678',
        '06 12 34 56 78',
        '+31 (0)6-1234 5678',
        '0031 6.1234.5678',
        '+31612345678',
        '06\u00a01234\t5678',
      ];
      const others = ['0612345679', '06-1234567', '1 0612345678', 'a0612345678'];
      await place.run(
        `insert into calls (id, phone) values ${[...written, ...others].map((one, i) => `('n${i}', ${quoted(one)})`).join(', ')}`,
      );
      const where = { is: 'subject', kind: 'phone', spellings: spellings('phone', '+31612345678') } as const;
      const found = await located(place, where);
      assert.deepEqual(found, ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
      const all = await Array.fromAsync(place.connector.locate(place.dataset, everything));
      assert.deepEqual(
        all.filter((item) => matches(place.dataset, item, where)).map((item) => String(item.key[0])),
        found,
      );
      await place.close();
    });
  }
});

describe('what nobody sees of a name or an address', () => {
  const asked = {
    name: [
      'Émile Özdemir',
      ['émile özdemir', '  Émile Özdemir', 'Émile Özdemir '],
      ['Émile  Özdemir', 'mr. Émile Özdemir'],
    ],
    email: ['Jan@Example.nl', ['jan@example.nl ', ' JAN@example.nl'], ['jan@example.nlx', 'j an@example.nl']],
    ip: [
      '2001:DB8:0:0::1',
      ['2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0:0:0:0:1'],
      ['2001:db8::11', '2001:db8::1:1'],
    ],
  } as const;
  for (const [name, { make, skip }] of Object.entries(kinds))
    for (const [kind, [value, same, others]] of Object.entries(asked))
      it(`tells nobody apart in ${name}: ${kind}`, { skip }, async () => {
        const place = await make(
          name === 'MariaDB' ? undefined : 'create table calls (id text primary key, phone text, ended text)',
        );
        const of: Dataset = {
          ...dataset('calls'),
          subjects: [{ kind: kind as keyof typeof asked, field: 'phone', match: 'whole', role: 'owner' }],
        };
        await place.run(
          `insert into calls (id, phone) values ${[...same, ...others].map((one, i) => `('${i < same.length ? 'same' : 'other'}${i}', ${quoted(one)})`).join(', ')}`,
        );
        const where = {
          is: 'subject',
          kind: kind as keyof typeof asked,
          spellings: spellings(kind as keyof typeof asked, value),
        } as const;
        const found = await located(place, where, of);
        assert.deepEqual(
          found,
          same.map((_, i) => `same${i}`),
        );
        const all = await Array.fromAsync(place.connector.locate(of, everything));
        assert.deepEqual(
          all
            .filter((item) => matches(of, item, where))
            .map((item) => String(item.key[0]))
            .toSorted(),
          found,
        );
        await place.close();
      });
});

describe('what hangs on a row by the host’s own rules', () => {
  for (const [name, { make, skip }] of Object.entries(kinds)) {
    it(
      `is never taken along unasked in ${name}: a deletion that would cascade to a table that no profile lists as part is refused`,
      { skip },
      async () => {
        const text = name === 'MariaDB' ? 'varchar(40)' : 'text';
        const place = await make(
          `create table calls (id ${text} primary key, phone ${text}, ended ${name === 'SQLite' ? 'real' : name === 'MariaDB' ? 'datetime' : 'timestamp'});
         create table bill (id integer primary key, call_id ${text}, foreign key (call_id) references calls (id) on delete cascade)`,
        );
        await place.plant([{ id: 'i1', phone: '1', at: '2020-01-01T00:00:00Z' }]);
        await place.run(`insert into bill (id, call_id) values (1, 'i1')`);
        await assert.rejects(sweepAll(place, due), /would take rows of "bill" along/);
        assert.deepEqual(await place.survivors(), ['i1']);
        const { findings } = await place.connector.probe([place.dataset]);
        assert.ok(findings.some((one) => one.kind === 'cascade' && one.detail.includes('"bill"')));
        const bill: Dataset = {
          ...dataset('bill'),
          id: 'bill',
          key: ['id'],
          clocks: {},
          subjects: [],
          places: [],
          fields: { id: { data: null }, call_id: { data: null } },
        };
        const whole = {
          ...place,
          dataset: { ...place.dataset, layers: [{ dataset: bill, join: { call_id: 'id' }, shared: false }] },
        };
        // A part of a part is looked at by nobody, and may not go unseen either.
        await place.run(
          'create table line (id integer primary key, bill integer, foreign key (bill) references bill (id) on delete cascade)',
        );
        const line: Dataset = { ...bill, ...dataset('line'), id: 'line', fields: { id: { data: null } }, clocks: {} };
        const deep = {
          ...place,
          dataset: {
            ...place.dataset,
            layers: [
              {
                dataset: { ...bill, layers: [{ dataset: line, join: { bill: 'id' }, shared: false }] },
                join: { call_id: 'id' },
                shared: false,
              },
            ],
          },
        };
        await assert.rejects(sweepAll(deep, due), /would take rows of "line" along/);
        await place.run('drop table line');
        assert.equal((await sweepAll(whole, due)).done, 1);
        await place.close();
      },
    );
  }
});

describe('the rights of the erase account in PostgreSQL', () => {
  it('hold a row while it is judged, or a finding says what is missing before a run stops on it', async () => {
    const place = await onPostgres('create table calls (id text primary key, phone text, ended timestamptz)');
    const role = `eraser_${process.pid}`;
    await place.run(`insert into calls values ('old', '06', '2020-01-01');
      create role ${role} login password 'x'; grant select, delete on calls to ${role}`);
    const url = new URL(place.url ?? '');
    url.username = role;
    url.password = 'x';
    const connector = await sqlConnector.open(
      { connector: 'sql', dialect: 'postgres', read: url.href, erase: url.href },
      { handle: () => 'h', log: () => undefined },
    );
    const missing = async (): Promise<string[]> =>
      (await connector.probe([dataset('calls')])).findings
        .filter((one) => one.kind === 'missing-privilege')
        .map((one) => one.detail);
    const judged = (): Promise<number> =>
      sweepAll({ ...place, connector }, due, {
        judge: (items) => Promise.resolve(items.map(() => ({ go: true }))),
      }).then((counts) => counts.done);
    assert.match((await missing()).join(), /may not hold a row of "calls".*UPDATE on a column of the key/);
    await assert.rejects(judged(), /42501/);
    await place.run(`grant update (id) on calls to ${role}`);
    assert.deepEqual(await missing(), []);
    assert.equal(await judged(), 1);
    await connector.close();
    await place.run(`drop owned by ${role}; drop role ${role}`);
    await place.close();
  });
});

describe('the rights of the erase account in MariaDB', { skip: !hasMariadb }, () => {
  it('are the least that will do, or a finding says what is missing and what is too much', async () => {
    const admin = await freshMariadb();
    const schema = new URL(admin.url).pathname.slice(1);
    await admin.query(
      'create table calls (id varchar(40) primary key, phone varchar(40), ended datetime); create table bill (id int)',
    );
    const user = `eraser_${schema}`;
    const url = admin.url.replace('root@', `${user}:geheim@`);
    await admin.query(
      `create user ${user}@localhost identified by 'geheim'; grant select on \`${schema}\`.* to ${user}@localhost`,
    );
    const connector = await sqlConnector.open(
      { connector: 'sql', dialect: 'mariadb', read: url, erase: url },
      { handle: () => 'h', log: () => undefined },
    );
    const rights = async (): Promise<string[]> =>
      (await connector.probe([dataset('calls')])).findings
        .filter((one) => /privilege/.test(one.kind))
        .map((one) => one.detail);
    assert.match((await rights()).join(), /may not delete from "calls"/);
    await admin.query(`grant delete on ${schema}.calls to ${user}@localhost`);
    assert.deepEqual(
      (await rights()).filter((one) => one.startsWith('the erase')),
      [],
    );
    // Of a table that is not there nobody lacks the rights: one finding, that it is not there.
    const beside = await connector.probe([dataset('calls'), { ...dataset('nowhere'), id: 'nowhere' }]);
    assert.deepEqual(
      beside.findings.filter((one) => one.detail.includes('nowhere')).map((one) => one.kind),
      ['missing-dataset'],
    );
    await admin.query(`grant delete on ${schema}.bill to ${user}@localhost`);
    assert.match((await rights()).join(), /may delete from "bill", which no profile lists/);
    await admin.query(`grant delete on ${schema}.* to ${user}@localhost`);
    assert.match((await rights()).join(), /may delete from every table/);
    await admin.query(`drop user ${user}@localhost`);
    await admin.close();
  });
});

if (hasMariadb) {
  for (const engine of ['MyISAM', 'Aria'])
    conformance(`MariaDB where a table knows no transactions (${engine})`, () =>
      onMariadb(
        `create table calls (id varchar(40) primary key, phone varchar(40), ended datetime, key (ended)) engine=${engine}`,
      ),
    );
  conformance('MariaDB where copies of an item know no transactions', onMariadbWithCopies);

  it('a copy that the host takes for the one of an item under another spelling is told too', async () => {
    const place = await onMariadbWithCopies();
    await place.run(
      `alter table copies modify call_id int; insert into calls values ('007', '1', '2020-01-01'); insert into copies values (7)`,
    );
    const told: unknown[] = [];
    await sweepAll(place, due, {
      parting: (_, items) => Promise.resolve(void told.push(...items.map(({ key }) => key[0]))),
    });
    assert.deepEqual([told, await place.survivors(), await place.parts?.()], [['007'], [], []]);
    await place.close();
  });

  describe('the suite, of parts that no rollback brings back', () => {
    type Sweep = Connector['sweep'];
    type Parting = NonNullable<DeedOptions['parting']>;
    const telling =
      (parting: (tell: Parting) => Parting) =>
      (sweep: Sweep): Sweep =>
      (dataset, where, clock, { parting: tell, ...rest }) =>
        sweep(dataset, where, clock, tell ? { ...rest, parting: parting(tell) } : rest);
    const lies: Record<string, (sweep: Sweep) => Sweep> = {
      'tells nobody': telling(() => () => Promise.resolve()),
      'tells of one that has no such part': telling(
        (tell) => (part, items) =>
          tell(part, [...items, ...items.slice(0, 1).map((one) => ({ ...one, key: ['i01'] }))]),
      ),
      'goes on when it cannot be written down': telling(
        (tell) => (part, items) => tell(part, items).catch(() => undefined), // this is the lie
      ),
      'tells afterwards': (sweep) => async (dataset, where, clock, options) => {
        const told: Parameters<Parting>[] = [];
        const parting: Parting = (...one) => Promise.resolve(void told.push(one));
        const batch = await sweep(dataset, where, clock, { ...options, parting });
        for (const one of told) await options.parting?.(...one);
        return batch;
      },
    };
    const name =
      'which items lose a part for good is told while they have it; where that cannot be written down nothing goes';
    for (const [what, lie] of Object.entries(lies))
      it(`catches a connector that ${what}`, async () => {
        const place = await onMariadbWithCopies();
        try {
          await place.plant(company);
          const connector = { ...place.connector, sweep: lie(place.connector.sweep) };
          await assert.rejects(async () => sentences[name]?.({ ...place, connector }));
        } finally {
          await place.close();
        }
      });
  });
}

describe('a grant of MariaDB', () => {
  const here = 'asterisk_cdr';
  it('lets change data when it is on this database, or on all', () => {
    for (const grant of [
      'GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION',
      'GRANT SELECT, DELETE ON `asterisk_cdr`.`cdr` TO `e`@`%`',
      'GRANT UPDATE ON `asterisk\\_cdr`.* TO `e`@`%`',
      'GRANT INSERT ON `asterisk%`.* TO `e`@`%`',
      'GRANT DROP ON `asterisk_cdr`.* TO `e`@`%`',
    ])
      assert.ok(changes(grant, here), grant);
  });
  it('does not when it is on another, or only to look', () => {
    for (const grant of [
      "GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*A'",
      'GRANT SELECT ON `asterisk_cdr`.* TO `r`@`%`',
      'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `test`.* TO PUBLIC',
      'GRANT DELETE ON `test\\_%`.* TO PUBLIC',
      'GRANT DELETE ON `asteriskXcdr`.* TO `r`@`%`',
      `GRANT DELETE ON \`${'%a'.repeat(40)}b\`.* TO \`r\`@\`%\``,
    ])
      assert.ok(!changes(grant, here), grant);
  });
});

describe('a database that somebody else is writing', () => {
  it('keeps a deed waiting, not the whole program, and gives way when it is not let in', async () => {
    const place = await onSqlite();
    await place.plant([{ id: 'i1', phone: '1', at: '2020-01-01T00:00:00Z' }]);
    await place.run('begin immediate');
    let ticks = 0;
    const beat = setInterval(() => (ticks += 1), 20);
    const sweep = sweepAll(place, due);
    await new Promise((done) => setTimeout(done, 600));
    await place.run('commit');
    assert.equal((await sweep).done, 1);
    clearInterval(beat);
    assert.ok(ticks > 10, `${ticks} beats in 600 ms`);
    await place.close();
  });
});
