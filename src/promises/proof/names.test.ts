import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { OpenWorld } from '../../app/world.ts';
import { prospects, withReview, type ProspectWorld } from '../../../test/worlds/crm.ts';
import { testHome, type TestHome } from '../../../test/worlds/home.ts';
import { record } from '../../ledger/index.ts';
import { placeHold, releaseHold, tendHolds } from '../holds/service.ts';
import { readHolds } from '../holds/store.ts';
import { makePlan } from '../retention/plan.ts';
import { forgetDeciders } from './names.ts';
import { signOff } from './service.ts';

const people = ['Anna Jansen', 'Bram de Wit', 'Carla Smit', 'Dirk Bos', 'Els Vos', 'held@example.nl'];

describe('the names under plans, holds and tasks', () => {
  let host: ProspectWorld;
  let home: TestHome;
  let world: OpenWorld;
  let ended = '';
  let running = '';

  const place = async (by: string, value: string): Promise<string> => {
    const scope = [{ is: 'subject' as const, kind: 'email' as const, value, datasets: [] }];
    const input = {
      matter: '2015-3',
      kind: 'dispute' as const,
      reason: 'r',
      legalBasis: 'b',
      prospective: false,
      scope,
    };
    return (await placeHold(world, { name: by }, input)).hold.id;
  };
  /** Every row of every table of ours, as text. */
  const everything = async (): Promise<string> => {
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema in ('holds', 'retention', 'proof', 'ledger', 'site')`.execute(
      world.db,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.raw(name)} t`.execute(
        world.db,
      );
      texts.push(...rows.map(({ row }) => row));
    }
    return texts.join('\n');
  };
  const there = async (): Promise<string[]> => {
    const all = await everything();
    return people.filter((one) => all.includes(one));
  };
  const entries = async (): Promise<number> =>
    Number((await sql<{ n: string }>`select count(*) as n from ledger.entry`.execute(world.db)).rows[0]?.n);

  before(async () => {
    host = await prospects();
    await host.add([{ id: 1, email: 'held@example.nl', last: '2010-01-01' }]);
    home = await testHome({ estate: host.estate, policy: withReview() });
    home.setNow('2015-03-01T10:00:00Z');
    world = await home.open();
    ended = await place('Anna Jansen', 'held@example.nl');
    running = await place('Anna Jansen', 'other@example.nl');
    await releaseHold(world, { name: 'Anna Jansen' }, ended, 'settled');
    await releaseHold(world, { name: 'Bram de Wit' }, ended, '');
    home.setNow('2016-03-01T10:00:00Z');
    await tendHolds(world);
    const { plan } = await makePlan(world, world.clock());
    await sql`insert into retention.approval values (${plan}, 'some-rule', 'Carla Smit', false, now())`.execute(
      world.db,
    );
    await sql`
      insert into retention.review (plan, rule, decision, until, items, reason, by, at, withdrawn_at, withdrawn_by, withdrawn_why)
      values (${plan}, 'prospects-one-year', 'keep', '2016-12-31', 1, 'why', 'Carla Smit', now(), now(), 'Els Vos', 'settled')`.execute(
      world.db,
    );
    await world.db.transaction().execute((tx) =>
      record(tx, {
        type: 'plan.approved',
        at: world.clock(),
        fields: { plan, rules: 1 },
        details: { by: 'Carla Smit', rules: ['some-rule'] },
      }),
    );
    await sql`
      insert into proof.task values ('t-0123456789', 'paper', 'files', '2016', '{}'::jsonb, now())`.execute(world.db);
    await signOff(world, { name: 'Dirk Bos' }, 't-0123456789');
    await world.flush();
  });
  after(async () => {
    await home.close();
    await host.close();
  });

  it('stand for five years after the thing was over', async () => {
    home.setNow('2021-02-28T10:00:00Z');
    assert.equal(await forgetDeciders(world), 0);
    assert.deepEqual(await there(), people);
  });

  it('then give way to marks: that two acted is still to be seen, and who or whom it was about is nowhere', async () => {
    home.setNow('2021-03-03T10:00:00Z');
    assert.equal(await forgetDeciders(world), 4, 'three of the hold, and one that signed');
    const [hold] = await readHolds(world.db, [ended]);
    assert.match(hold?.placedBy ?? '', /^former-/);
    assert.equal(hold?.releaseBy, hold?.placedBy, 'one person keeps one mark in one hold');
    assert.notEqual(hold?.releasedBy, hold?.placedBy);
    assert.equal(hold?.matter, '2015-3');
    // Of the hold that is still in force, and of a decision that ended half a year later, the name stands.
    assert.deepEqual(await there(), ['Anna Jansen', 'Carla Smit', 'Els Vos']);
    assert.equal((await readHolds(world.db, [running]))[0]?.placedBy, 'Anna Jansen');
  });

  it('of a plan stand as long as its run is not over, and of a hold through its grace', async () => {
    home.setNow('2022-01-02T10:00:00Z');
    await sql`insert into retention.run (id, plan, state, started) select 'r-0123456789', id, 'running', now() from retention.plan`.execute(
      world.db,
    );
    await sql`update holds.hold set state = 'releasing', released_by = 'Bram de Wit', grace_until = '2016-01-01' where id = ${running}`.execute(
      world.db,
    );
    assert.equal(await forgetDeciders(world), 0);
    assert.deepEqual(await there(), ['Anna Jansen', 'Bram de Wit', 'Carla Smit', 'Els Vos']);
    await sql`update retention.run set state = 'complete', finished = '2017-01-03'`.execute(world.db);
    assert.equal(await forgetDeciders(world), 0, 'and five years more');
    await sql`update retention.run set finished = '2017-01-01'`.execute(world.db);
    await sql`update holds.hold set state = 'active', released_by = null, grace_until = null where id = ${running}`.execute(
      world.db,
    );
  });

  it('is in the evidence as a number, and no entry is gone', async () => {
    await world.flush();
    const many = await entries();
    home.setNow('2022-01-02T10:00:00Z');
    assert.equal(await forgetDeciders(world), 3, 'under the plan, once nothing is kept by it');
    await world.flush();
    assert.equal(await entries(), many + 1);
    assert.deepEqual(await there(), ['Anna Jansen']);
    assert.equal(await forgetDeciders(world), 0, 'once');
  });
});
