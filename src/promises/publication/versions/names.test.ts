import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { bringOut, nextPolicy, press, type Press } from '../../../../test/worlds/statement.ts';
import { forgetNames } from './names.ts';
import * as store from './store.ts';

describe('the name of who decided about a statement', () => {
  let at: Press;
  const names = async (version: string): Promise<string[]> =>
    (await store.readVersions(at.desk.db))
      .filter((one) => one.label === version)
      .flatMap((one) => one.acts.map((act) => act.by));
  const details = async (): Promise<string> =>
    (await sql<{ details: string }>`select details from ledger.detail`.execute(at.desk.db)).rows
      .map((row) => row.details)
      .join('\n');

  before(async () => {
    at = await press('2015-01-10T10:00:00Z');
    await bringOut(at.desk, '2015-02-01');
    at.home.setNow('2016-03-01T10:00:00Z');
    await bringOut(at.with(nextPolicy('2026-2')), '2016-04-01');
  });
  after(() => at.close());

  it('stands for five years after another statement took its place, and as long as it is the statement', async () => {
    at.home.setNow('2021-03-31T10:00:00Z');
    assert.equal(await forgetNames(at.desk), 0);
    assert.deepEqual(new Set(await names('2026-1')), new Set(['Ann', 'Bo']));
    at.home.setNow('2021-04-02T10:00:00Z');
    assert.equal(await forgetNames(at.desk), 4);
    // Ten years old, and still what everyone reads.
    at.home.setNow('2026-11-24T10:00:00Z');
    assert.equal(await forgetNames(at.desk), 0);
    assert.deepEqual(new Set(await names('2026-2')), new Set(['Ann', 'Bo']));
  });

  it('then gives way to a mark: that two acted is still to be seen, and who is nowhere', async () => {
    const marks = await names('2026-1');
    assert.equal(marks.length, 4);
    for (const one of marks) assert.match(one, /^former-[0-9a-z]{10}$/);
    assert.equal(new Set(marks).size, 2);
    const events = (await store.readVersions(at.desk.db)).find((one) => one.label === '2026-1')?.acts ?? [];
    const left = await sql<{ n: number }>`
      select count(*)::int as n from ledger.detail where event_id = any(${events.map((one) => one.event)}::uuid[])`.execute(
      at.desk.db,
    );
    assert.equal(left.rows[0]?.n, 0);
    // The control: those of the other statement are there.
    assert.match(await details(), /"Ann"/);
    for (const { event } of events)
      assert.ok(await at.desk.entryOf(event), 'the entry itself still stands, and proves');
  });

  it('cannot be taken away sooner, and nothing else can be changed with it, whoever asks the database', async () => {
    const refused = (text: string) => assert.rejects(sql.raw(text).execute(at.desk.db), /refused/, text);
    const [old, now] = await Promise.all(
      ['2026-1', '2026-2'].map(
        async (label) => (await store.readVersions(at.desk.db)).find((one) => one.label === label)?.id,
      ),
    );
    await refused(`update publication.act set by = 'Cas' where version = '${old}'`);
    await refused(`update publication.act set by = 'former-0123456789', reason = 'x' where version = '${old}'`);
    await refused(`update publication.act set at = now() where version = '${old}'`);
    await refused(`delete from publication.act where version = '${old}'`);
    await sql`insert into publication.override values ('o-1', 'r', 'p', 'because', '2026-12-31', 'Ann', now(), 'e')`.execute(
      at.desk.db,
    );
    await refused(`update publication.override set by = 'former-0123456789'`);
    // The control: of the same row nothing but a mark, and only when it is old enough.
    await sql.raw(`update publication.act set by = 'former-0123456789' where version = '${now}'`).execute(at.desk.db);
  });
});
