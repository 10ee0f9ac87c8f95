/** A rule with "then: review" from plan to promise: nothing decides but a person, and what was decided is what happens. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { instant } from '../../src/base/time.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { publicProof } from '../../src/promises/proof/public.ts';
import { judgeAll, measure } from '../../src/promises/proof/service.ts';
import { measureAges, readAges } from '../../src/promises/retention/ages.ts';
import { applicable, type PlanLine } from '../../src/promises/retention/planned.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { decideErase, decideKeep, waitingReviews, withdrawKeep } from '../../src/promises/retention/review.ts';
import { approvedRules, listPlans } from '../../src/promises/retention/store.ts';
import { daily, startWorker } from '../../src/app/worker.ts';
import type { OpenWorld } from '../../src/app/world.ts';
import { carry } from '../worlds/carry.ts';
import { prospects, withReview, type ProspectWorld } from '../worlds/crm.ts';
import { referencePolicy, testHome, type TestHome } from '../worlds/home.ts';

const rule = 'prospects-one-year';
/** With a standing approval beside it, which covers no review. */
const reviewed = withReview('\n    approval: { standing: true, by: privacy officer, atMost: { items: 100000 } }');
const by = { name: 'A & B' };
const why = { rule, reason: 'No case is pending' };

describe('a rule that leaves the decision to a person', () => {
  let host: ProspectWorld;
  let home: TestHome;
  let world: OpenWorld;
  before(async () => {
    host = await prospects();
    home = await testHome({ estate: host.estate, policy: reviewed });
    world = await home.open();
  });
  beforeEach(async () => {
    await sql`truncate holds.achieved, holds.hold, retention.keep, retention.review, retention.pending, retention.step,
      retention.line, retention.run, retention.approval, retention.plan, proof.measure cascade`.execute(world.db);
    await host.clear();
    home.setNow('2026-11-24T10:00:00Z');
    await host.add([1, 2, 3].map((id) => ({ id, email: `a${id}@example.nl`, last: `2025-0${id}-01` })));
    await host.add([{ id: 9, email: 'young@example.nl', last: '2026-10-01' }]);
  });
  after(async () => {
    await home.close();
    await host.close();
  });

  const planned = async (): Promise<{ plan: string; line: PlanLine }> => {
    const plan = await makePlan(world, world.clock());
    const line = plan.lines.find((one) => one.rule === rule);
    assert.ok(line);
    return { plan: plan.plan, line };
  };
  const part = async () => {
    const parts = (await judgeAll(world)).flatMap((one) => one.parts);
    const found = parts.find((one) => one.id === `retention.${rule}`);
    assert.ok(found);
    return found;
  };
  const seen = async () => {
    await measure(world);
    return part();
  };

  it('is decided by no approval of the plan, no standing approval, and not by being carried out', async () => {
    const { plan, line } = await planned();
    assert.deepEqual([line.then, line.due, line.needs], ['review', 3, 'person']);
    assert.ok(!(await approvedRules(world.db, plan)).has(rule), 'the standing approval covers no review');
    assert.deepEqual(await approvePlan(world, by, plan), [], 'there is nothing else in it');
    await assert.rejects(approvePlan(world, by, plan, rule), { code: 'plan-to-review' });
    const report = await carry(world, plan);
    assert.deepEqual([report.state, report.lines.length], ['complete', 0]);
    assert.deepEqual(await host.ids(), [1, 2, 3, 9]);
    await assert.rejects(decideErase(world, by, { plan, ...why }), { code: 'plan-carried-out' });
  });

  it('stands beside a rule that is approved, in one run: neither takes the other along', async () => {
    await sql
      .raw('create table employees (id integer primary key, name text, email text, hired date, contract_end date)')
      .execute(host.db);
    await sql`insert into employees values (1, 'A', 'a@example.nl', '2010-01-01', '2020-01-01')`.execute(host.db);
    const both = await testHome({ estate: host.estate.replace(', employees]', ']') });
    const left = async (): Promise<number> =>
      Number((await sql<{ n: string }>`select count(*) as n from employees`.execute(host.db)).rows[0]?.n);
    try {
      const own = await both.open();
      const first = await makePlan(own, own.clock());
      assert.deepEqual(
        first.lines.filter((one) => one.due > 0).map((one) => [one.rule, one.then]),
        [
          ['prospects-one-year', 'erase'],
          ['employees-two-years', 'review'],
        ],
      );
      assert.deepEqual(await approvePlan(own, by, first.plan), ['prospects-one-year']);
      const run = await carry(own, first.plan);
      assert.deepEqual([run.state, run.lines.map((one) => one.rule)], ['complete', ['prospects-one-year']]);
      assert.deepEqual([await host.ids(), await left()], [[9], 1]);
      await host.add([{ id: 1, email: 'a1@example.nl', last: '2025-01-01' }]);
      const second = await makePlan(own, own.clock());
      await decideErase(own, by, { plan: second.plan, rule: 'employees-two-years', reason: 'r' });
      assert.deepEqual(
        (await carry(own, second.plan)).lines.map((one) => [one.rule, one.done]),
        [['employees-two-years', 1]],
      );
      assert.deepEqual([await host.ids(), await left()], [[1, 9], 0], 'and what was not approved stays');
    } finally {
      await both.close();
      await sql.raw('drop table employees').execute(host.db);
    }
  });

  it('waits in a plan that can still be decided, also when the night carried out what goes by itself', async () => {
    await sql
      .raw('create table employees (id integer primary key, name text, email text, hired date, contract_end date)')
      .execute(host.db);
    await sql`insert into employees values (1, 'A', 'a@example.nl', '2010-01-01', '2020-01-01')`.execute(host.db);
    const night = await testHome({
      estate: host.estate.replace(', employees]', ']'),
      policy: referencePolicy.replace(
        /(id: prospects-one-year[\s\S]*?then: erase)/,
        '$1\n    approval: { standing: true, by: privacy officer, atMost: { items: 1000 } }',
      ),
    });
    try {
      const own = await night.open();
      await own.flush();
      const worker = await startWorker(own, { schedule: false });
      try {
        // Two plans of one night have one moment by a clock that stands still.
        let seconds = 0;
        const clock = () => own.clock().add({ seconds: (seconds += 1) });
        await daily({ ...own, clock }, worker.jobs);
      } finally {
        await worker.stop();
      }
      assert.deepEqual(await host.ids(), [9], 'what has a standing approval went');
      const [last, before] = await listPlans(own.db, 2);
      assert.deepEqual([before?.state, last?.run], ['complete', null]);
      const [waits] = await waitingReviews(own, last?.id ?? '');
      assert.deepEqual([waits?.rule, waits?.items], ['employees-two-years', 1]);
      await decideErase(own, by, { plan: last?.id ?? '', rule: 'employees-two-years', reason: 'r' });
      assert.equal((await carry(own, last?.id ?? '')).state, 'complete');
    } finally {
      await night.close();
      await sql.raw('drop table employees').execute(host.db);
    }
  });

  it('erases what was decided, by receipt and read again, and never what a hold keeps', async () => {
    const place = {
      matter: 'm',
      kind: 'dispute',
      reason: 'r',
      legalBasis: 'b',
      prospective: false,
      scope: [{ is: 'subject', kind: 'email', value: 'a2@example.nl', datasets: [] }],
    } satisfies Parameters<typeof placeHold>[2];
    const { plan, line } = await planned();
    assert.equal(line.due, 3);
    assert.equal((await waitingReviews(world, plan))[0]?.items, 3);
    await assert.rejects(decideErase(world, by, { plan, rule, reason: '  ' }), { code: 'review-reason' });
    await assert.rejects(decideErase(world, { name: ' ' }, { plan, ...why }), { code: 'name-needed' });
    await assert.rejects(decideErase(world, by, { plan, rule: 'nothing', reason: 'r' }), { code: 'plan-unknown-rule' });
    await assert.rejects(decideErase(world, by, { plan, rule: 'recordings-90-days', reason: 'r' }), (cause: Error) =>
      /plan-unknown-rule|review-not-asked/.test((cause as Error & { code: string }).code),
    );
    const done = await decideErase(world, by, { plan, ...why });
    assert.deepEqual(done, { plan, rule, decision: 'erase', until: null, items: 3 });
    assert.deepEqual(await waitingReviews(world, plan), []);
    assert.deepEqual(await host.ids(), [1, 2, 3, 9], 'deciding deletes nothing');
    await assert.rejects(decideErase(world, by, { plan, ...why }), { code: 'review-decided' });
    await assert.rejects(decideKeep(world, by, { plan, ...why, until: '2027-01-01' }), { code: 'review-decided' });
    // A hold that comes after the decision wins.
    await placeHold(world, { name: 'A' }, place);
    const report = await carry(world, plan);
    const [run] = report.lines;
    assert.deepEqual([report.state, run?.done, run?.left, run?.level], ['complete', 2, 0, 'V2']);
    assert.deepEqual(await host.ids(), [2, 9]);
    assert.equal((await seen()).state, 'kept');
    await world.flush();
    const { rows } = await sql<{ details: string }>`
      select details from ledger.detail where details like '%No case is pending%'`.execute(world.db);
    assert.equal(rows.length, 1, 'who and why stands beside the log');
    const leaves = await sql<{ n: string }>`
      select count(*) as n from ledger.entry where convert_from(entry, 'UTF8') like '%review.erase%'
         and convert_from(entry, 'UTF8') not like '%case%'`.execute(world.db);
    assert.equal(Number(leaves.rows[0]?.n), 1, 'and the leaf says what, to how many');
  });

  it('takes no more than the plan showed', async () => {
    const { plan } = await planned();
    await decideErase(world, by, { plan, ...why });
    await host.add([{ id: 4, email: 'a4@example.nl', last: '2025-01-04' }]);
    const report = await carry(world, plan);
    assert.deepEqual([report.state, report.lines[0]?.stopped], ['stopped', 'more-than-the-plan-showed']);
    assert.deepEqual(await host.ids(), [1, 2, 3, 4, 9]);
  });

  it('kept and taken back is asked again; a plan that was made in between takes no more than it showed', async () => {
    const { plan } = await planned();
    const until = '2027-03-01';
    await assert.rejects(withdrawKeep(world, by, { plan, ...why }), { code: 'review-not-kept' });
    await decideKeep(world, by, { plan, rule, until, reason: 'Pension' });
    home.setNow('2026-12-24T10:00:00Z');
    await host.add([{ id: 4, email: 'a4@example.nl', last: '2025-12-01' }]);
    const between = await planned();
    assert.deepEqual([between.line.due, between.line.decided], [1, 3]);
    await decideErase(world, by, { plan: between.plan, rule, reason: 'In between' });

    await assert.rejects(withdrawKeep(world, by, { plan, rule, reason: ' ' }), { code: 'review-reason' });
    await assert.rejects(withdrawKeep(world, { name: ' ' }, { plan, ...why }), { code: 'name-needed' });
    await withdrawKeep(world, { name: 'C' }, { plan, rule, reason: 'Settled' });
    await assert.rejects(withdrawKeep(world, by, { plan, ...why }), { code: 'review-not-kept' }, 'once');
    await world.flush();
    const details = await sql<{ details: string }>`
      select details from ledger.detail where details like '%Settled%'`.execute(world.db);
    assert.match(details.rows[0]?.details ?? '', /"by":"C"/);

    const report = await carry(world, between.plan);
    assert.deepEqual([report.state, report.lines[0]?.done], ['complete', 1]);
    assert.deepEqual(await host.ids(), [1, 2, 3, 9], 'what it did not show stays');
    const again = await planned();
    assert.deepEqual([again.line.due, again.line.decided], [3, 0]);
    assert.deepEqual(
      (await waitingReviews(world, again.plan)).map((one) => one.items),
      [3],
    );
  });

  it('kept, and its last day over, has nothing to take back', async () => {
    const { plan } = await planned();
    await decideKeep(world, by, { plan, rule, until: '2026-11-30', reason: 'Pension' });
    home.setNow('2026-12-01T10:00:00Z');
    await assert.rejects(withdrawKeep(world, by, { plan, ...why }), { code: 'review-not-kept' });
  });

  it('keeps until the day that was named, counts it apart, and asks again: plan, measurement and picture agree', async () => {
    assert.equal((await seen()).state, 'at-risk');
    const { plan } = await planned();
    await decideKeep(world, by, { plan, ...why, until: '2027-03-01' });
    assert.deepEqual(await waitingReviews(world, plan), []);
    assert.deepEqual([(await part()).state, (await part()).why[0]?.is], ['at-risk', 'kept-since'], 'not measured yet');
    const next = await planned();
    const { due, held, retained, decided, decidedUntil } = next.line;
    assert.deepEqual(
      { due, held, retained, decided, decidedUntil },
      {
        due: 0,
        held: 0,
        retained: 0,
        decided: 3,
        decidedUntil: '2027-03-01',
      },
    );
    assert.deepEqual(await waitingReviews(world, next.plan), []);
    const kept = await seen();
    assert.equal(kept.state, 'kept');
    assert.deepEqual(kept.why[0], {
      is: 'measured',
      datasets: 1,
      held: 0,
      retained: 0,
      decided: { items: 3, until: '2027-03-01' },
    });
    const [open] = (await judgeAll(world)).filter((one) => one.id === 'P10').map(publicProof);
    assert.match(open?.shows.en ?? '', /stayed past its term because a person decided so/, 'and the public is told');
    await measureAges(world);
    const bars = (await readAges(world)).find((one) => one.rule === rule)?.bars ?? [];
    assert.deepEqual(
      [bars.reduce((n, bar) => n + bar.due, 0), bars.reduce((n, bar) => n + bar.kept, 0)],
      [0, 3],
      'the picture of ages',
    );

    // What comes past its term later is asked, and what is erased then is only that.
    await host.add([{ id: 5, email: 'a5@example.nl', last: '2025-12-01' }]);
    home.setNow('2026-12-20T10:00:00Z');
    const later = await planned();
    assert.deepEqual([later.line.due, later.line.decided], [1, 3]);
    assert.equal((await seen()).why[0]?.is, 'to-review');
    await decideErase(world, by, { plan: later.plan, ...why });
    assert.equal((await part()).why[0]?.is, 'to-carry-out');
    assert.equal((await carry(world, later.plan)).state, 'complete');
    assert.deepEqual(await host.ids(), [1, 2, 3, 9]);
    assert.equal((await seen()).state, 'kept');

    // Through the last day, and not a day longer.
    home.setNow('2027-03-01T22:00:00Z');
    assert.equal((await planned()).line.due, 0);
    assert.equal((await seen()).state, 'kept');
    home.setNow('2027-03-01T23:00:00Z');
    const again = await part();
    assert.deepEqual([again.state, again.why[0]?.is], ['at-risk', 'to-review'], 'before the next measurement too');
    const asked = await planned();
    assert.deepEqual([asked.line.due, asked.line.decided], [3, 0]);
    assert.equal((await waitingReviews(world, asked.plan)).length, 1);
  });

  it('is at risk for thirty days, then broken; and never broken by a plan that nobody carried out', async () => {
    const first = await seen();
    assert.deepEqual(first.why[0], {
      is: 'to-review',
      on: 'office/prospects',
      items: 3,
      since: '2026-11-24',
      by: '2026-12-24',
      plan: null,
      rule,
    });
    const { plan } = await planned();
    const pointed = (await part()).why[0];
    assert.ok(pointed?.is === 'to-review' && pointed.plan === plan, 'it says where it is decided');
    home.setNow('2026-12-24T10:00:00Z');
    assert.equal((await seen()).state, 'at-risk');
    home.setNow('2026-12-25T10:00:00Z');
    assert.equal((await seen()).state, 'broken');
    // A decision to keep starts anew; one to erase that nobody carries out does not.
    const late = await planned();
    await decideErase(world, by, { plan: late.plan, ...why });
    assert.deepEqual([(await part()).state, (await part()).why[0]?.is], ['broken', 'to-carry-out']);
    home.setNow('2027-01-02T10:00:00Z');
    assert.equal((await seen()).why[0]?.is, 'to-review', 'its plan has expired');
    await decideKeep(world, by, { plan: (await planned()).plan, ...why, until: '2027-01-10' });
    assert.equal((await seen()).state, 'kept');
    home.setNow('2027-01-11T10:00:00Z');
    assert.equal((await seen()).state, 'at-risk');
  });

  it('refuses a day that is none, is too far, or passes a statutory maximum', async () => {
    const { plan } = await planned();
    const keep = (until: string, of: OpenWorld = world) => decideKeep(of, by, { plan, ...why, until });
    for (const until of ['2026-11-24', '2026-11-01', '2027-11-25', '2027-02-30', 'soon', ''])
      await assert.rejects(keep(until), { code: 'review-until' }, until);
    const source = world.law.get('nl-vb-42-6');
    assert.ok(
      source && source.kind === 'guideline',
      'a guideline is no maximum: the reason of the decision stands for it',
    );
    const maximum = (period: string): OpenWorld => ({
      ...world,
      law: new Map([...world.law, ['nl-vb-42-6', { ...source, kind: 'maximum', period: period as never }]]),
    });
    // The oldest was last met on 1 January 2025.
    await assert.rejects(keep('2027-01-01', maximum('P1Y')), { code: 'review-maximum' });
    await assert.rejects(keep('2027-01-02', maximum('P2Y')), /through 31 December 2026/);
    await keep('2026-12-31', maximum('P2Y'));
    // Should one stand longer all the same, what is past the maximum is due: no decision sets it aside.
    await sql`update retention.review set until = '2027-10-01' where plan = ${plan}`.execute(world.db);
    const strict = maximum('P2Y');
    home.setNow('2027-02-01T10:00:00Z');
    const shown = (await makePlan(strict, strict.clock())).lines.find((one) => one.rule === rule);
    assert.deepEqual([shown?.due, shown?.decided], [1, 2]);
    home.setNow('2027-10-01T10:00:00Z');
    assert.equal((await planned()).line.decided, 3, 'and without the maximum it is kept');
  });

  it('refuses in a plan that has expired, looks ahead, or is of another policy', async () => {
    const { plan } = await planned();
    const other: OpenWorld = { ...world, policyHash: '0'.repeat(64) };
    await assert.rejects(decideErase(other, by, { plan, ...why }), { code: 'plan-policy-changed' });
    const ahead = await makePlan(world, instant('2027-03-01T10:00:00Z'));
    assert.equal(applicable(ahead, world.clock()), 'forecast');
    await assert.rejects(decideKeep(world, by, { plan: ahead.plan, ...why, until: '2027-01-01' }), {
      code: 'plan-forecast',
    });
    home.setNow('2026-12-02T10:00:00Z');
    await assert.rejects(decideErase(world, by, { plan, ...why }), { code: 'plan-expired' });
    assert.deepEqual(await waitingReviews(world, plan), []);
  });

  it('at the deed the decisions of that moment count, and those that the plan knew', async () => {
    // Decided to go in one plan, and to stay in a later one: it stays.
    const first = await planned();
    await decideErase(world, by, { plan: first.plan, ...why });
    const second = await planned();
    await decideKeep(world, by, { plan: second.plan, ...why, until: '2026-12-01' });
    const nothing = await carry(world, first.plan);
    assert.deepEqual([nothing.lines[0]?.done, nothing.lines[0]?.retained], [0, 3]);
    assert.deepEqual(await host.ids(), [1, 2, 3, 9]);

    // A decision that ends between plan and deed frees nothing that the plan did not show.
    await host.add([{ id: 6, email: 'a6@example.nl', last: '2025-11-25' }]);
    home.setNow('2026-11-30T10:00:00Z');
    const third = await planned();
    assert.deepEqual([third.line.due, third.line.decided], [1, 3]);
    await decideErase(world, by, { plan: third.plan, ...why });
    home.setNow('2026-12-03T10:00:00Z');
    const report = await carry(world, third.plan);
    assert.deepEqual([report.state, report.lines[0]?.done], ['complete', 1]);
    assert.deepEqual(await host.ids(), [1, 2, 3, 9]);
    assert.equal((await planned()).line.due, 3, 'and a new plan asks for them');
  });

  it('a decision about one rule keeps nothing of another', async () => {
    const { plan } = await planned();
    await decideKeep(world, by, { plan, ...why, until: '2027-03-01' });
    await sql`update retention.keep set dataset = 'customers'`.execute(world.db);
    assert.equal((await planned()).line.due, 3, 'another dataset');
    await sql`update retention.keep set dataset = 'prospects'`.execute(world.db);
    assert.equal((await planned()).line.due, 0);
  });
});
