/** What waits for a person, where the person finds it: a review in the plan, a task on its page; decided and signed there and by programs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Role } from '../../src/access/index.ts';
import { notificationsOf } from '../../src/app/site/notifications/index.ts';
import { makeToken } from '../../src/app/site/tokens.ts';
import { waitingFor } from '../../src/app/site/waiting.ts';
import { instant } from '../../src/base/time.ts';
import { approvePlan, makePlan } from '../../src/promises/retention/plan.ts';
import { decisionsOf } from '../../src/promises/retention/review-store.ts';
import { comesBack, type Refused } from '../worlds/again.ts';
import { cabinetProfile, cabinetSystem } from '../worlds/cabinet.ts';
import { carry } from '../worlds/carry.ts';
import { prospects, withReview, type ProspectWorld } from '../worlds/crm.ts';
import { testSite, type TestSite } from '../worlds/site.ts';

const rule = 'prospects-one-year';

describe('what waits for a person', () => {
  let host: ProspectWorld;
  let site: TestSite;
  before(async () => {
    host = await prospects();
    site = await testSite({
      estate: `${host.estate}${cabinetSystem}`,
      policy: withReview(),
      profiles: { 'cabinet.yaml': cabinetProfile },
    });
  });
  after(async () => {
    await site.close();
    await host.close();
  });

  const call = async (
    role: Role,
    path: string,
    body: object,
    more: { bearer?: string; key?: string } = {},
  ): Promise<[number, Record<string, unknown>]> => {
    const headers = new Headers({ 'content-type': 'application/json', 'accept-language': 'en' });
    if (more.key !== undefined) headers.set('idempotency-key', more.key);
    const as = more.bearer === undefined ? { as: site.who(role).token } : { bearer: more.bearer };
    const answer = await site.ask(path, { method: 'POST', ...as, headers, body: JSON.stringify(body) });
    return [answer.status, (await answer.json()) as Record<string, unknown>];
  };
  const told = async (role: Role, key: string): Promise<boolean> =>
    (await notificationsOf(site.seat, site.who(role).actor)).some((one) => one.key.startsWith(key));

  let ticks = 0;
  /** A plan a second later than the one before: the newest is the one that waits. */
  const newPlan = async (): Promise<string> => {
    site.home.setNow(
      instant('2026-11-24T10:00:00Z')
        .add({ seconds: (ticks += 1) })
        .toString(),
    );
    await host.clear();
    await host.add([1, 2, 3].map((id) => ({ id, email: `a${id}@example.nl`, last: `2025-0${id}-01` })));
    return (await makePlan(site.world, site.world.clock())).plan;
  };

  describe('a review', () => {
    it('is told to who may decide, shown with its forms, and to others with whose it is', async () => {
      const plan = await newPlan();
      for (const [role, may] of [
        ['privacy-officer', true],
        ['approver', true],
        ['engineer', false],
        ['dpo', false],
      ] as const)
        assert.equal(await told(role, `decide ${rule}`), may, role);
      assert.equal((await waitingFor(site.seat, site.who('approver').actor))['/plans'], 1);
      const shown = await site.page('approver', `/plans/${plan}`);
      assert.match(shown, /You decide that 3 items are deleted for good once the plan is carried out/u);
      assert.match(shown, /Erase: 3/u);
      assert.match(shown, /Keep for now: 3/u);
      assert.match(
        await site.page('approver', `/plans/${plan}`, 'nl'),
        /U beslist dat 3 items blijven tot en met die dag/u,
      );
      const other = await site.page('engineer', `/plans/${plan}`);
      assert.match(
        other,
        /waits for a decision: 3.*Deciding is for someone with the role privacy officer or approver/u,
      );
      assert.doesNotMatch(other, /Keep for now: 3/u);
      assert.match(await site.page('engineer', '/plans'), /waits for (approval|a decision)/u);
    });

    it('to erase takes two people who saw the same, and approving the plan is not that', async () => {
      const plan = await newPlan();
      await site.post('privacy-officer', `/plans/${plan}/approve`);
      await site.post('approver', `/plans/${plan}/approve`);
      assert.equal((await decisionsOf(site.world.db, plan)).size, 0);
      const alone = await call('approver', `/api/plans/${plan}/approve`, { rule });
      assert.equal(alone[1]['code'], 'plan-to-review', 'nor can the rule be approved');
      const erase = { rule, decision: 'erase', reason: 'No case is pending' };
      const first = await site.post('privacy-officer', `/plans/${plan}/review`, erase);
      assert.equal(first.headers.get('location'), `/plans/${plan}?done=decision-asked`);
      const again = await site.post('privacy-officer', `/plans/${plan}/review`, erase);
      assert.equal(again.headers.get('location'), `/plans/${plan}?done=decision-asked`, 'the same person is one');
      assert.equal((await decisionsOf(site.world.db, plan)).size, 0);
      const own = await site.page('privacy-officer', `/plans/${plan}`);
      assert.match(own, /Erasing asked by Person privacy-officer: No case is pending.*waits for a second person/u);
      assert.doesNotMatch(own, /Decide as the second/u);
      assert.match(await site.page('approver', `/plans/${plan}`), /Decide as the second: erase: 3/u);
      // Another reason is another decision: then the first one's is asked anew.
      const otherwise = await site.post('approver', `/plans/${plan}/review`, { ...erase, reason: 'Because' });
      assert.equal(otherwise.headers.get('location'), `/plans/${plan}?done=decision-asked`);
      const second = await site.post('privacy-officer', `/plans/${plan}/review`, {
        rule,
        decision: 'erase',
        reason: 'Because',
      });
      assert.equal(second.headers.get('location'), `/plans/${plan}?done=decided`);
      const made = (await decisionsOf(site.world.db, plan)).get(rule);
      assert.deepEqual(
        [made?.decision, made?.by, made?.reason],
        ['erase', 'Person approver & Person privacy-officer', 'Because'],
      );
      assert.equal(await told('approver', `decide ${rule}`), false);
      const ready = await site.page('engineer', `/plans/${plan}`);
      assert.match(ready, /decided: goes/u);
      assert.match(
        ready,
        /goes when the plan is carried out: 3.*Decided by Person approver &amp; Person privacy-officer/u,
      );
      assert.match(ready, /Carry out now: 4/u, 'with the task that was approved');
      await carry(site.world, plan);
      assert.deepEqual(await host.ids(), []);
    });

    it('waits on when somebody makes a plan that looks ahead, which says of itself that it does', async () => {
      await newPlan();
      assert.ok(await told('approver', `decide ${rule}`), 'the control');
      const far = await makePlan(site.world, site.world.clock().add({ hours: 24 * 400 }));
      assert.ok(await told('approver', `decide ${rule}`));
      assert.match(await site.page('approver', '/'), /Plans <span[^>]*>1/u);
      assert.match(
        await site.page('approver', `/plans/${far.plan}`),
        /This plan looks ahead: you decide in a plan of the day/u,
      );
    });

    it('says before a plan is carried out what nobody decided yet', async () => {
      const plan = await newPlan();
      await approvePlan(site.world, { name: 'A & B' }, plan);
      assert.match(
        await site.page('engineer', `/plans/${plan}`),
        /3 items are not decided yet: they stay and wait for a next plan/u,
      );
      await carry(site.world, plan);
      assert.deepEqual(await host.ids(), [1, 2, 3]);
      assert.match(await site.page('approver', `/plans/${plan}`), /This plan was carried out, has expired or is void/u);
    });

    it('refused comes back with what was filled in, and says at which field', async () => {
      const plan = await newPlan();
      const cases: [Refused['sent'], string | null][] = [
        [{ rule, decision: 'keep', until: '2026-11-24', reason: 'Pension "x" <b>' }, 'until'],
        [{ rule, decision: 'keep', until: '2028-01-01', reason: 'Pension' }, 'until'],
        [{ rule, decision: 'keep', until: '2027-01-01', reason: ' ' }, 'reason'],
        [{ rule, decision: 'erase', reason: '' }, 'reason'],
      ];
      for (const [sent, field] of cases)
        for (const language of ['nl', 'en']) {
          const answer = await site.ask(`/plans/${plan}/review`, {
            method: 'POST',
            as: site.who('approver').token,
            headers: { referer: `http://localhost/plans/${plan}`, 'accept-language': language, accept: 'text/html' },
            body: new URLSearchParams(sent as Record<string, string>),
          });
          assert.equal(answer.status, 409);
          const one = {
            post: `/plans/${plan}/review`,
            as: 'approver',
            page: `/plans/${plan}`,
            sent,
            status: 409,
            field,
          } as const;
          comesBack(await answer.text(), one, `${JSON.stringify(sent)} ${language}`);
        }
      assert.equal((await decisionsOf(site.world.db, plan)).size, 0);
    });

    it('to keep is one person’s, for programs too; a token decides nothing', async () => {
      const plan = await newPlan();
      const keep = { rule, decision: 'keep', until: '2027-03-01', reason: 'Pension is being worked out' };
      const { token } = await makeToken(site.seat, site.who('privacy-officer').actor, {
        purpose: 't',
        may: ['see plans'],
        days: 1,
      });
      assert.equal((await call('approver', `/api/plans/${plan}/review`, keep, { bearer: token }))[0], 403);
      assert.equal((await call('engineer', `/api/plans/${plan}/review`, keep))[0], 403);
      assert.equal(
        (await call('approver', `/api/plans/${plan}/review`, { ...keep, until: '2029-01-01' }))[1]['code'],
        'review-until',
      );
      const key = 'one-decision-only';
      const done = await call('approver', `/api/plans/${plan}/review`, keep, { key });
      assert.deepEqual(done, [200, { plan, rule, decision: 'keep', state: 'done', until: '2027-03-01' }]);
      assert.deepEqual(await call('approver', `/api/plans/${plan}/review`, keep, { key }), done, 'sent twice is one');
      assert.equal((await call('approver', `/api/plans/${plan}/review`, keep))[1]['code'], 'review-decided');
      assert.match(
        await site.page('approver', `/plans/${plan}`),
        /stays until 1 Mar 2027: 3.*Decided by Person approver/u,
      );
      site.home.setNow('2026-11-24T10:00:59Z');
      const next = (await makePlan(site.world, site.world.clock())).plan;
      assert.match(await site.page('approver', `/plans/${next}`), /3 kept by a decision until 1 Mar 2027/u);
      assert.equal(await told('approver', `decide ${rule}`), false);
      const answer = await site.ask(`/api/plans/${next}`, { as: site.who('approver').token });
      const { lines } = (await answer.json()) as {
        lines: { rule: string; decided: number; decidedUntil: string | null }[];
      };
      const line = lines.find((one) => one.rule === rule);
      assert.deepEqual([line?.decided, line?.decidedUntil], [3, '2027-03-01']);

      // Taken back early, by one person too: on the page there is a form, and the next plan asks again.
      assert.match(await site.page('approver', `/plans/${plan}`), /Take the keeping back/u);
      assert.doesNotMatch(await site.page('engineer', `/plans/${plan}`), /Take the keeping back/u);
      const back = { rule, decision: 'withdraw', reason: 'Pension is settled' };
      assert.equal((await call('engineer', `/api/plans/${plan}/review`, back))[0], 403);
      assert.equal((await call('approver', `/api/plans/${next}/review`, back))[1]['code'], 'review-not-kept');
      assert.deepEqual(await call('approver', `/api/plans/${plan}/review`, back), [
        200,
        { plan, rule, decision: 'withdraw', state: 'done', until: null },
      ]);
      assert.match(
        await site.page('approver', `/plans/${plan}`),
        /keeping was taken back.*Taken back by Person approver.*Pension is settled/u,
      );
      assert.doesNotMatch(await site.page('approver', `/plans/${plan}`), /Take the keeping back/u);
      site.home.setNow('2026-11-24T10:01:59Z');
      const asked = await makePlan(site.world, site.world.clock());
      assert.equal(asked.lines.find((one) => one.rule === rule)?.due, 3);
      ticks = 120;
    });

    it('to erase by programs is two people’s as well: the second may agree with the reason of the first', async () => {
      const plan = await newPlan();
      const erase = { rule, decision: 'erase' };
      assert.equal((await call('approver', `/api/plans/${plan}/review`, erase))[1]['code'], 'review-reason');
      const [, first] = await call('approver', `/api/plans/${plan}/review`, { ...erase, reason: 'Old' });
      assert.equal(first['state'], 'asked');
      assert.equal(
        (await call('approver', `/api/plans/${plan}/review`, { ...erase, reason: 'Old' }))[1]['state'],
        'asked',
      );
      const [, second] = await call('privacy-officer', `/api/plans/${plan}/review`, erase);
      assert.equal(second['state'], 'done');
      assert.equal((await decisionsOf(site.world.db, plan)).get(rule)?.reason, 'Old');
    });
  });

  describe('a task', () => {
    let task = '';
    before(async () => {
      await sql`delete from proof.task`.execute(site.world.db);
      assert.match(await site.page('engineer', '/tasks'), /There is nothing to do\./u);
      assert.match(await site.page('engineer', '/tasks', 'nl'), /Er is niets te doen\./u);
      const { plan } = await makePlan(site.world, site.world.clock());
      await approvePlan(site.world, { name: 'A & B' }, plan);
      await carry(site.world, plan);
      const { rows } = await sql<{ id: string }>`select id from proof.task`.execute(site.world.db);
      task = rows[0]?.id ?? '';
    });
    const search = (role: Role): Promise<string> => site.page(role, '/search?q=shred');

    it('is told to who signs, found, counted, and shown in the language of the page with its deadline', async () => {
      assert.match(task, /^t-/u);
      for (const [role, may] of [
        ['engineer', true],
        ['privacy-officer', true],
        ['approver', false],
        ['auditor', false],
      ] as const)
        assert.equal(await told(role, `task ${task}`), may, role);
      assert.equal((await waitingFor(site.seat, site.who('engineer').actor))['/tasks'], 1);
      assert.match(
        await site.page('engineer', '/tasks'),
        /Shred what is older than seven years.*to do.*8 Dec 2026.*Done: sign off/u,
      );
      assert.match(await site.page('engineer', '/tasks', 'nl'), /Vernietig wat ouder is dan zeven jaar/u);
      const other = await site.page('auditor', '/tasks');
      assert.match(other, /Signing off is for someone with the role privacy officer or engineer/u);
      assert.doesNotMatch(other, /Done: sign off/u);
      assert.match(await search('auditor'), new RegExp(`href="/tasks#${task}"`, 'u'));
      assert.doesNotMatch(await search('client'), /older than seven years/u);
      assert.match(
        await site.page('engineer', '/promises/P07'),
        /<a href="\/tasks">The page Tasks|<a href="\/tasks">the page Tasks/u,
      );
      await sql`update proof.task set due = '2026-11-23T10:00:00Z'`.execute(site.world.db);
      assert.match(await site.page('engineer', '/tasks'), /overdue/u);
      await sql`update proof.task set due = '2026-12-08T10:00:00Z'`.execute(site.world.db);
    });

    it('lists what else waits for whoever looks, with where it is done', async () => {
      await sql`delete from retention.keep`.execute(site.world.db);
      await sql`delete from retention.review`.execute(site.world.db);
      await newPlan();
      assert.match(
        await site.page('approver', '/tasks'),
        /What else waits for you.*href="\/plans\/p-[a-z0-9]+#review-prospects-one-year"/u,
      );
      assert.doesNotMatch(await site.page('auditor', '/tasks'), /What else waits for you/u);
    });

    it('is signed off once, by name, by who may; by programs too', async () => {
      assert.equal((await site.post('approver', `/tasks/${task}/sign-off`)).status, 403);
      const { token } = await makeToken(site.seat, site.who('engineer').actor, {
        purpose: 'cabinet',
        may: ['see tasks', 'sign off a task'],
        days: 1,
      });
      const listed = await site.ask('/api/tasks?state=open', { bearer: token });
      const { tasks } = (await listed.json()) as { tasks: Record<string, unknown>[] };
      assert.deepEqual(
        tasks.map((one) => [one['task'], one['state'], one['overdue'], one['signedBy']]),
        [[task, 'open', false, null]],
      );
      assert.equal((await call('engineer', '/api/tasks/t-0000000000/sign-off', {}))[0], 404);
      const key = 'one-signature-only';
      const done = await call('engineer', `/api/tasks/${task}/sign-off`, {}, { bearer: token, key });
      assert.deepEqual(done, [200, { task, state: 'signed-off' }]);
      assert.deepEqual(await call('engineer', `/api/tasks/${task}/sign-off`, {}, { bearer: token, key }), done);
      assert.equal((await call('engineer', `/api/tasks/${task}/sign-off`, {}))[1]['code'], 'task-unknown');
      assert.match(await site.page('auditor', '/tasks'), /signed off by Person engineer on 24 Nov 2026/u);
      assert.equal(await told('engineer', `task ${task}`), false);
      await sql`update proof.task set state = 'open', signed_by = null, signed_at = null`.execute(site.world.db);
      const signed = await site.post('privacy-officer', `/tasks/${task}/sign-off`);
      assert.equal(signed.headers.get('location'), '/tasks?done=told');
      assert.match(await site.page('engineer', '/tasks'), /signed off by Person privacy-officer/u);
    });
  });
});
