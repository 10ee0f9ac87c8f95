/** An existing-only hold keeps what was there, also what gets its date, or another one, later: a procedure closes, a customer calls again. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { OpenWorld } from '../../src/app/world.ts';
import { keepHolds, placeHold } from '../../src/promises/holds/service.ts';
import { protectingHolds } from '../../src/promises/holds/store.ts';
import { makePlan } from '../../src/promises/retention/plan.ts';
import { carry, planned } from '../worlds/carry.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { emptyDatabase, type FreshDatabase } from '../worlds/postgres.ts';

describe('a hold on what is there', () => {
  let host: FreshDatabase;
  let home: TestHome;
  let world: OpenWorld;
  before(async () => {
    host = await emptyDatabase();
    await sql
      .raw(
        `create table prospects (id integer primary key, company text, contact text, email text, phone text, last_contact date, met_by text);
         create table applicants (id integer primary key, name text, email text, phone text, applied date, procedure_closed date, consent_given_at timestamp, consent_withdrawn_at timestamp, cv_file text)`,
      )
      .execute(host.db);
    const url = JSON.stringify(host.url);
    home = await testHome({
      estate: `gestand: 1
systems:
  - id: office
    title: { nl: Kantoor, en: Office }
    profile: crm
    role: controller
    location: { country: NL, place: Haps }
    notUsed: [customers, contracts, invoices, cvs, employees]
    sources: { db: { connector: sql, dialect: postgres, read: { literal: ${url} }, erase: { literal: ${url} } } }
`,
    });
    world = await home.open();
    home.setNow('2024-03-01T10:00:00Z');
    await sql
      .raw(
        `insert into applicants (id, name, email, procedure_closed) values
           (1, 'in', 'held@example.nl', null), (2, 'ahead', 'held@example.nl', '2024-04-01'), (3, 'other', 'other@example.nl', null);
         insert into prospects (id, email, last_contact) values (1, 'held@example.nl', '2024-02-01'), (2, 'other@example.nl', '2024-02-01')`,
      )
      .execute(host.db);
  });
  after(async () => {
    await home.close();
    await host.close();
  });
  const ids = async (table: string): Promise<number[]> =>
    (await sql<{ id: number }>`select id from ${sql.table(table)} order by id`.execute(host.db)).rows.map(
      ({ id }) => id,
    );
  const place = async (prospective: boolean, value: string): Promise<string> => {
    const scope = [{ is: 'subject' as const, kind: 'email' as const, value, datasets: [] }];
    const input = { matter: 'm', kind: 'dispute' as const, reason: 'r', legalBasis: 'b', prospective, scope };
    return (await placeHold(world, { name: 'A' }, input)).hold.id;
  };

  it('keeps them after that, and nothing that came later; another person’s go', async () => {
    const hold = await place(false, 'held@example.nl');
    const named = async () => (await protectingHolds(world.db)).find(({ id }) => id === hold)?.named ?? [];
    const theirs = new Map([
      ['office/prospects', [['1']]],
      ['office/applicants', [['1'], ['2']]],
    ]);
    assert.deepEqual(new Map((await named()).map(({ dataset, keys }) => [dataset, keys])), theirs);
    // A system that failed after it was looked at is looked at again: nobody is named twice.
    await sql`update holds.achieved set risk = 'unreachable' where hold = ${hold}`.execute(world.db);
    await keepHolds(world);
    assert.equal((await named()).length, 2);
    assert.deepEqual(new Map((await named()).map(({ dataset, keys }) => [dataset, keys])), theirs);
    await sql
      .raw(
        `update applicants set procedure_closed = '2024-04-01'; update prospects set last_contact = '2024-03-15';
         insert into applicants (id, name, email, procedure_closed) values (4, 'later', 'held@example.nl', '2024-05-01');
         insert into prospects (id, email, last_contact) values (3, 'held@example.nl', '2024-05-01')`,
      )
      .execute(host.db);
    home.setNow('2026-11-24T10:00:00Z');
    await keepHolds(world);
    assert.equal((await named()).length, 2, 'what came later is not named');
    const { lines } = await makePlan(world, world.clock());
    const held = (dataset: string) => lines.find((line) => line.dataset === dataset)?.held;
    assert.deepEqual([held('applicants'), held('prospects')], [2, 1]);
    await carry(world, await planned(world));
    assert.deepEqual([await ids('applicants'), await ids('prospects')], [[1, 2], [1]]);
  });

  const many = 60;
  const plant = (first: number, last: number, email: string, day: string) =>
    sql`insert into prospects (id, email, last_contact) select i, ${email}, ${day}::date from generate_series(${first}::int, ${last}::int) i`.execute(
      host.db,
    );
  const theirs = async (email: string): Promise<number[]> =>
    (await sql<{ id: number }>`select id from prospects where email = ${email} order by id`.execute(host.db)).rows.map(
      ({ id }) => id,
    );
  const move = (id: number) => sql`update prospects set last_contact = '2024-03-20' where id = ${id}`.execute(host.db);

  it('keeps each of many rows of a person, and lets go what came later', async () => {
    home.setNow('2024-03-01T10:00:00Z');
    await plant(101, 100 + many, 'many@example.nl', '2024-02-01');
    await place(false, 'many@example.nl');
    await move(150);
    await plant(500, 500, 'many@example.nl', '2024-03-20');
    home.setNow('2026-11-24T10:00:00Z');
    await carry(world, await planned(world));
    assert.deepEqual(
      await theirs('many@example.nl'),
      Array.from({ length: many }, (_, i) => 101 + i),
    );
  });

  it('of a build that named nothing names once what it covers, and nothing that came since', async () => {
    home.setNow('2024-03-01T10:00:00Z');
    await plant(601, 603, 'before@example.nl', '2024-02-01');
    await sql`insert into applicants (id, name, email, procedure_closed) values (7, 'open', 'before@example.nl', null), (8, 'shut', 'before@example.nl', '2024-02-01')`.execute(
      host.db,
    );
    const hold = await place(false, 'before@example.nl');
    await sql`update holds.hold set named = '[]' where id = ${hold}`.execute(world.db);
    await plant(700, 700, 'before@example.nl', '2024-03-20');
    home.setNow('2024-04-01T10:00:00Z');
    await keepHolds(world);
    const named = async () =>
      (await protectingHolds(world.db))
        .find(({ id }) => id === hold)
        ?.named?.flatMap(({ keys }) => keys.flat())
        .toSorted();
    assert.deepEqual(await named(), ['601', '602', '603', '7', '8']);
    await move(602);
    await sql`update applicants set procedure_closed = '2024-04-02' where id = 7`.execute(host.db);
    await plant(701, 701, 'before@example.nl', '2024-02-02');
    home.setNow('2026-11-24T10:00:00Z');
    await keepHolds(world);
    assert.equal((await named())?.length, 5, 'once');
    await carry(world, await planned(world));
    // 701 was there by its date, whenever it came; 700 was not.
    assert.deepEqual(await theirs('before@example.nl'), [601, 602, 603, 701]);
    assert.deepEqual(
      (await ids('applicants')).filter((id) => id > 5),
      [7, 8],
    );
  });

  it('names what was dated ahead also when the first look was cut off', async () => {
    home.setNow('2024-03-01T10:00:00Z');
    await sql`insert into applicants (id, name, email, procedure_closed) values (9, 'ahead', 'cut@example.nl', '2024-04-01')`.execute(
      host.db,
    );
    const hold = await place(false, 'cut@example.nl');
    await sql`update holds.hold set named = '[]' where id = ${hold}`.execute(world.db);
    await sql`delete from holds.achieved where hold = ${hold}`.execute(world.db);
    await keepHolds(world);
    home.setNow('2026-11-24T10:00:00Z');
    await carry(world, await planned(world));
    assert.ok((await ids('applicants')).includes(9));
  });

  it('would not have kept them by their time alone: the control', async () => {
    await sql`update holds.hold set named = '[]'`.execute(world.db);
    const moved = [1, 150, 602];
    const before = await ids('prospects');
    assert.ok(moved.every((id) => before.includes(id)));
    await carry(world, await planned(world));
    const stay = before.filter((id) => !moved.includes(id));
    assert.deepEqual([await ids('applicants'), await ids('prospects')], [[8], stay]);
  });
});
