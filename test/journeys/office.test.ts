import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { program } from '../../src/app/home.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { signOff } from '../../src/promises/proof/service.ts';
import { listTasks } from '../../src/promises/proof/store.ts';
import type { World } from '../../src/promises/world.ts';
import { cabinetProfile, cabinetSystem } from '../worlds/cabinet.ts';
import { agesAgree } from '../worlds/ages.ts';
import { carry } from '../worlds/carry.ts';
import { referencePolicy, testHome, type TestHome } from '../worlds/home.ts';
import { emptyDatabase, type FreshDatabase } from '../worlds/postgres.ts';

describe('an office: retention by state, by consent and by statute', () => {
  let host: FreshDatabase;
  let home: TestHome;
  let world: World;
  let folder: string;
  const run = (text: string) => sql.raw(text).execute(host.db);
  const ids = async (table: string): Promise<number[]> =>
    (await sql<{ id: number }>`select id from ${sql.table(table)} order by id`.execute(host.db)).rows.map(
      (row) => row.id,
    );
  const round = async () => {
    const plan = await makePlan(world, world.clock());
    const ages = await agesAgree(world, plan);
    await approvePlan(world, { name: 'A' }, plan.plan);
    return { plan, ages, report: await carry(world, plan.plan) };
  };

  before(async () => {
    host = await emptyDatabase();
    await run(readFileSync(join(program, 'profiles/fixtures/crm/schema.postgres.sql'), 'utf8'));
    folder = mkdtempSync(join(tmpdir(), 'gestand-office-'));
    mkdirSync(join(folder, 'applicants/2026'), { recursive: true });
    const db = `{ connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } }`;
    home = await testHome({
      estate: `gestand: 1
systems:
  - { id: office, title: { nl: a, en: a }, profile: crm, role: controller, location: { country: NL, place: Haps }, sources: { db: ${db}, files: { connector: files, root: ${folder} } } }
`,
    });
    world = await home.open();
  });
  after(async () => {
    await home.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('an applicant goes after four weeks with the CV; with consent in force later, and after a year whatever was agreed', async () => {
    const rows: [number, string | null, string | null, string | null][] = [
      [1, '2026-10-20', null, null], // five weeks ago
      [2, '2026-11-10', null, null], // two weeks ago
      [3, '2026-08-01', '2026-08-01', null], // consent in force
      [4, '2026-08-01', '2026-08-01', '2026-11-01'], // consent withdrawn
      [5, '2025-10-01', '2025-10-01', null], // consent, and more than a year
      [6, null, null, null], // the procedure is open
    ];
    for (const [id, closed, given, withdrawn] of rows) {
      const file = `applicants/2026/a${id}-cv.txt`;
      writeFileSync(join(folder, file), 'cv');
      await sql`insert into applicants (id, procedure_closed, consent_given_at, consent_withdrawn_at, cv_file) values (${id}, ${closed}, ${given}, ${withdrawn}, ${file})`.execute(
        host.db,
      );
    }
    const { ages, report } = await round();
    // Past four weeks with consent in force is not past the term.
    assert.deepEqual(ages.get('office/applicants'), { items: 1, held: 0, due: 3, kept: 0, along: 0 });
    assert.equal(report.state, 'complete', JSON.stringify(report));
    assert.deepEqual(await ids('applicants'), [2, 3, 6]);
    for (const id of [1, 4, 5]) assert.ok(!existsSync(join(folder, `applicants/2026/a${id}-cv.txt`)), `CV ${id}`);
    for (const id of [2, 3, 6]) assert.ok(existsSync(join(folder, `applicants/2026/a${id}-cv.txt`)), `CV ${id}`);
  });

  it('a letter whose applicant is no row any more is a finding: it has no date by which it could go', async () => {
    writeFileSync(join(folder, 'applicants/2026/a99-cv.txt'), 'cv');
    const { findings } = await makePlan(world, world.clock());
    const stray = findings.filter((one) => one.kind === 'orphan');
    assert.deepEqual([stray.length, stray[0]?.dataset, stray[0]?.items], [1, 'cvs', 1]);
    rmSync(join(folder, 'applicants/2026/a99-cv.txt'));
    assert.ok((await makePlan(world, world.clock())).findings.every((one) => one.kind !== 'orphan'));
  });

  it('a customer stays as long as an invoice must be kept for tax, and goes after the last one', async () => {
    await run(`insert into customers (id, company, contract_end) values (1, 'gone long ago', '2015-01-01'), (2, 'invoice of 2020', '2021-01-01'), (3, 'still with us', null), (4, 'left last year', '2025-12-01'), (5, 'invoice of 2018', '2018-06-01');
      insert into contracts (id, customer_id, started, ended) values (1, 1, '2010-01-01', '2015-01-01'), (3, 3, '2020-01-01', null);
      insert into invoices (id, customer_id, invoice_date, amount) values (1, 1, '2014-05-05', 1), (2, 2, '2020-05-05', 1), (5, 5, '2018-05-05', 1)`);
    const { plan, ages, report } = await round();
    assert.equal(ages.get('office/customers')?.kept, 1);
    const customers = plan.lines.find((line) => line.dataset === 'customers');
    assert.deepEqual(customers?.retainedBy, { 'nl-awr-52-4': 1 });
    assert.equal(report.state, 'complete', JSON.stringify(report));
    assert.deepEqual(await ids('customers'), [2, 3, 4]);
    assert.deepEqual(await ids('invoices'), [2]);
    assert.deepEqual(await ids('contracts'), [3]);
  });

  it('an invoice goes on the first day of the eighth year, not a day sooner', async () => {
    home.setNow('2027-12-31T22:00:00Z');
    assert.equal((await makePlan(world, world.clock())).lines.find((line) => line.dataset === 'invoices')?.due, 0);
    home.setNow('2027-12-31T23:30:00Z'); // 2028 in Haps
    assert.equal((await makePlan(world, world.clock())).lines.find((line) => line.dataset === 'invoices')?.due, 1);
    home.setNow('2026-11-24T10:00:00Z');
  });

  it('a statute that is not over keeps what a rule would take: asked at the deed, not from the plan', async () => {
    const plan = await makePlan(world, world.clock());
    await run(
      `insert into customers (id, company, contract_end) values (10, 'x', '2019-01-01'); insert into prospects (id, last_contact) values (1, '2020-01-01')`,
    );
    const shown = await makePlan(world, world.clock());
    await approvePlan(world, { name: 'A' }, shown.plan);
    // Between plan and deed an invoice is written for the customer.
    await run(`insert into invoices (id, customer_id, invoice_date, amount) values (10, 10, '2026-11-20', 1)`);
    const report = await carry(world, shown.plan);
    assert.ok((await ids('customers')).includes(10));
    assert.equal(report.lines.find((line) => line.dataset === 'customers')?.retained, 2);
    assert.notEqual(plan.plan, shown.plan);
  });

  it('a statute that became longer than the rule keeps what the rule would take, in the plan and at the deed', async () => {
    await run(`insert into customers (id, company) values (11, 'x');
      insert into invoices (id, customer_id, invoice_date, amount) values (11, 11, '2018-06-01', 1)`);
    const source = world.law.get('nl-awr-52-4');
    assert.ok(source);
    const later = { ...world, law: new Map(world.law).set(source.id, { ...source, period: 'P10Y' }) };
    const shown = await makePlan(world, world.clock());
    assert.equal(shown.lines.find((line) => line.dataset === 'invoices')?.due, 1);
    await approvePlan(world, { name: 'A' }, shown.plan);
    const report = await carry(later, shown.plan);
    assert.equal(report.lines.find((line) => line.dataset === 'invoices')?.retained, 1);
    assert.ok((await ids('invoices')).includes(11));
    assert.equal((await makePlan(later, world.clock())).lines.find((line) => line.dataset === 'invoices')?.due, 0);
  });

  it('prospects without a usable date are a finding and stay', async () => {
    await run(`insert into prospects (id, last_contact) values (7, null)`);
    const { plan } = await round();
    assert.ok(plan.findings.some((one) => one.kind === 'no-clock' && one.dataset === 'prospects' && one.items === 1));
    assert.deepEqual(await ids('prospects'), [7]);
  });

  it('where no date means that it is not over, a date that is none is a finding, and no date is not', async () => {
    await run(`insert into customers (id, company, contract_end) values (70, 'x', null), (71, 'x', '0001-01-01')`);
    const { plan } = await round();
    const found = plan.findings.filter((one) => one.kind === 'no-clock' && one.dataset === 'customers');
    assert.deepEqual(
      found.map((one) => one.items),
      [1],
    );
    assert.deepEqual(
      (await ids('customers')).filter((id) => id >= 70),
      [70, 71],
    );
    // The negative control: without that value there is nothing to find.
    await run('delete from customers where id = 71');
    assert.ok(!(await round()).plan.findings.some((one) => one.kind === 'no-clock' && one.dataset === 'customers'));
    await run('delete from customers where id = 70');
  });

  it('what a person must review is shown and never taken', async () => {
    await run(`insert into employees (id, contract_end) values (1, '2020-01-01')`);
    const { plan } = await round();
    assert.equal(plan.lines.find((line) => line.dataset === 'employees')?.due, 1);
    assert.deepEqual(await ids('employees'), [1]);
  });
});

describe('what only a person can do', () => {
  it('becomes a task with a deadline; the run is partial until it is signed off, and complete after', async () => {
    const home = await testHome({
      estate: `gestand: 1\nsystems:\n${cabinetSystem}`,
      profiles: { 'cabinet.yaml': cabinetProfile },
    });
    const world = await home.open();
    const once = async () => {
      const plan = await makePlan(world, world.clock());
      await approvePlan(world, { name: 'A' }, plan.plan);
      return { plan, report: await carry(world, plan.plan) };
    };
    assert.equal((await once()).report.state, 'partial');
    await once();
    const tasks = await listTasks(world.db);
    assert.deepEqual(
      tasks.map((task) => [task.state, task.due.toISOString().slice(0, 10)]),
      [['open', '2026-12-08']],
    );
    await signOff(world, { name: 'B' }, tasks[0]?.id ?? '');
    const after = await once();
    assert.equal(after.plan.lines.find((line) => line.dataset === 'contracts')?.due, 0);
    assert.equal(after.report.state, 'complete');
    await assert.rejects(signOff(world, { name: 'B' }, tasks[0]?.id ?? ''), /no open task/);
    await home.close();
  });
});

describe('anonymising', () => {
  it('leaves the session and takes the person out of it, once', async () => {
    const host = await emptyDatabase();
    await sql
      .raw(readFileSync(join(program, 'profiles/fixtures/freeradius/schema.postgres.sql'), 'utf8'))
      .execute(host.db);
    await sql
      .raw(`insert into radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctstoptime, framedipaddress, callingstationid)
      select 's' || i, 'u' || i, 'klant' || i, '192.0.2.1', '2026-01-01', case when i = 9 then null when i = 8 then timestamptz '2026-11-01' else '2026-01-02' end, '198.51.100.' || i, '00-00-5E-00-53-01' from generate_series(1, 9) i`)
      .execute(host.db);
    const home = await testHome({
      policy: referencePolicy.replace(/(id: sessions-six-months[\s\S]*?then: )erase/, '$1anonymise'),
      estate: `gestand: 1
systems:
  - { id: access, title: { nl: a, en: a }, profile: freeradius, role: controller, location: { country: NL, place: Haps }, sources: { db: { connector: sql, dialect: postgres, read: { literal: ${JSON.stringify(host.url)} }, erase: { literal: ${JSON.stringify(host.url)} } } } }
`,
    });
    const world = await home.open();
    const plan = await makePlan(world, world.clock());
    assert.equal(plan.lines.find((line) => line.dataset === 'sessions')?.due, 7);
    await approvePlan(world, { name: 'A' }, plan.plan);
    const report = await carry(world, plan.plan);
    assert.equal(report.state, 'complete', JSON.stringify(report));
    const rows = await sql<{
      u: string;
      ip: string;
      s: string;
    }>`select username as u, framedipaddress as ip, acctsessionid as s from radacct order by radacctid`.execute(
      host.db,
    );
    assert.equal(rows.rows.length, 9);
    for (const row of rows.rows.slice(0, 7))
      assert.ok(row.u === '' && row.ip === '198.51.100.0' && /^[0-9a-f]{20}$/.test(row.s), JSON.stringify(row));
    assert.equal(rows.rows[7]?.u, 'klant8');
    assert.equal(rows.rows[8]?.u, 'klant9'); // an open session is no item
    assert.equal((await makePlan(world, world.clock())).lines.find((line) => line.dataset === 'sessions')?.due, 0);
    await home.close();
    await host.close();
  });
});
