/** Deciding on the command line: plan, review, apply, as a person types them; alone only where nobody has an account, or in so many words. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { readEntries } from '../../src/ledger/store.ts';
import { prospects, withReview, type ProspectWorld } from '../worlds/crm.ts';
import { testHome, type TestHome } from '../worlds/home.ts';
import { testSite } from '../worlds/site.ts';

const program = new URL('../../bin/gestand.js', import.meta.url).pathname;
const rule = 'prospects-one-year';
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const run = (home: Pick<TestHome, 'home' | 'databaseUrl'>, ...args: string[]) => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    GESTAND_HOME: home.home,
    GESTAND_DATABASE_URL: home.databaseUrl,
    LANG: 'en',
  };
  const done = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
};
const json = (home: Pick<TestHome, 'home' | 'databaseUrl'>, ...args: string[]): Record<string, unknown> =>
  JSON.parse(run(home, ...args, '--json').out) as Record<string, unknown>;

describe('gestand review', () => {
  let host: ProspectWorld;
  before(async () => {
    host = await prospects();
    await host.add([1, 2].map((id) => ({ id, email: `a${id}@example.nl`, last: `2020-0${id}-01` })));
  });
  after(() => host.close());

  it('keeps until a day, erases, and leaves the rest to apply; what was not decided is not touched', async () => {
    const home = await testHome({ estate: host.estate, policy: withReview() });
    try {
      const world = await home.open();
      await world.flush();
      const shown = run(home, 'plan').out;
      const plan = /Plan (p-[a-z0-9]+)/.exec(shown)?.[1] ?? '';
      assert.match(shown, new RegExp(`2 wait for a person to decide: gestand review ${plan} ${rule} --erase`));
      assert.doesNotMatch(shown, /Approve it with|Carry it out with/);
      const asked = [plan, rule, '--reason', 'Pension', '--by', 'A. de Beer'];
      assert.equal(run(home, 'review', ...asked).code, 2, 'neither');
      assert.equal(run(home, 'review', ...asked, '--erase', '--keep-until', day(30)).code, 2, 'both');
      assert.equal(run(home, 'review', plan, rule, '--erase', '--by', 'A').code, 2, 'no reason');
      assert.equal(run(home, 'review', ...asked, '--keep-until', day(400)).code, 2);
      assert.match(run(home, 'review', ...asked, '--keep-until', day(-1), '--lang', 'nl').err, /ten hoogste een jaar/);
      const undecided = json(home, 'apply', plan);
      assert.deepEqual([undecided['state'], undecided['lines']], ['complete', []], 'a run, as ever, of nothing');
      assert.deepEqual(await host.ids(), [1, 2]);
      assert.equal((json(home, 'review', ...asked, '--erase')['error'] as { code: string }).code, 'plan-carried-out');

      const second = String(json(home, 'plan')['plan']);
      const kept = json(home, 'review', second, ...asked.slice(1), '--keep-until', day(30));
      assert.deepEqual(kept, { plan: second, rule, decision: 'keep', until: day(30), items: 2, by: 'A. de Beer' });
      const next = run(home, 'plan').out;
      assert.match(next, new RegExp(`office/prospects: 2 kept by a decision until ${day(30)}`));
      assert.match(next, /0 items due/);
      run(home, 'promises', '--measure');
      assert.match(run(home, 'promises', 'P10').out, /2 kept by a decision through/);
      assert.match(run(home, 'promises', 'P10', '--lang', 'nl').out, /2 bewaard door een besluit tot en met/);

      // Taken back, it is asked again; the plan of before it was is not changed by it.
      assert.match(next, new RegExp(`it is taken back with: gestand review ${second} ${rule} --withdraw`));
      const taken = ['review', second, ...asked.slice(1), '--withdraw'];
      assert.equal(run(home, ...taken, '--erase').code, 2, 'one of the three');
      assert.equal(
        (json(home, 'review', plan, ...asked.slice(1), '--withdraw')['error'] as { code: string }).code,
        'review-not-kept',
      );
      assert.deepEqual(json(home, ...taken), { plan: second, rule, decision: 'withdraw', items: 2, by: 'A. de Beer' });
      assert.equal((json(home, ...taken)['error'] as { code: string }).code, 'review-not-kept', 'once');
      assert.match(run(home, 'promises', 'P10', '--measure').out, /gestand plan|gestand review/);
      const third = String(json(home, 'plan')['plan']);
      const erased = run(home, 'review', third, ...asked.slice(1), '--erase').out;
      assert.match(erased, new RegExp(`Nothing has been deleted yet[\\s\\S]+gestand apply ${third}`));
      assert.match(run(home, 'promises', 'P10', '--measure').out, new RegExp(`carry it out: gestand apply ${third}`));
      assert.equal(json(home, 'apply', third)['state'], 'complete');
      assert.deepEqual(await host.ids(), []);
      assert.match(run(home, 'review', '--help').out, /--keep-until/);
    } finally {
      await home.close();
    }
  });

  it('where people have accounts one may keep, two erase, and alone is only with a reason that the evidence shows', async () => {
    await host.add([3, 4].map((id) => ({ id, email: `a${id}@example.nl`, last: `2020-0${id}-01` })));
    const site = await testSite({ estate: host.estate, policy: withReview() });
    try {
      await site.world.flush();
      const plan = String(json(site.home, 'plan')['plan']);
      const erase = ['review', plan, rule, '--erase', '--reason', 'r', '--by'];
      const code = (...args: string[]): string => (json(site.home, ...args)['error'] as { code: string }).code;
      assert.equal(code(...erase, 'Person engineer'), 'not-by-this-person');
      assert.equal(code(...erase, 'Person approver'), 'two-people');
      assert.equal(
        code('review', plan, 'no-rule', '--erase', '--reason', 'r', '--by', 'Person approver', '--alone', 'x'),
        'plan-unknown-rule',
      );
      const entries = async (): Promise<string[]> =>
        (await readEntries(site.world.db, 0n, BigInt((await site.world.ledger.checkpoint())?.size ?? 0))).map((one) =>
          one.toString('utf8'),
        );
      assert.ok(!(await entries()).some((one) => one.includes('operator.alone')), 'nothing was done');
      assert.equal(
        json(site.home, ...erase, 'Person approver', '--alone', 'nobody else is there')['decision'],
        'erase',
      );
      const all = await entries();
      assert.ok(all.some((one) => one.includes('operator.alone') && one.includes('decide-review')));
      assert.ok(all.some((one) => one.includes('review.erase') && !one.includes('Person')));
      const other = String(json(site.home, 'plan')['plan']);
      const kept = json(
        site.home,
        'review',
        other,
        rule,
        '--keep-until',
        day(10),
        '--reason',
        'r',
        '--by',
        'person approver',
      );
      assert.deepEqual([kept['decision'], kept['by']], ['keep', 'Person approver']);
    } finally {
      await site.close();
    }
  });
});
