/** A run takes what was approved: a worker that begins again under another policy does not go on with it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { places } from '../../src/app/home.ts';
import type { OpenWorld } from '../../src/app/world.ts';
import { placeHold } from '../../src/promises/holds/service.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { planned } from '../worlds/carry.ts';
import { prospects, withReview, type ProspectWorld } from '../worlds/crm.ts';
import { referencePolicy, testHome, type TestHome } from '../worlds/home.ts';

const rule = /(id: prospects-one-year[\s\S]*?keep: )P1Y/;
const shorter = referencePolicy.replace(rule, '$1P1M');
const otherwise = referencePolicy.replace(/(id: applicants-four-weeks[\s\S]*?keep: )P4W/, '$1P3W');

describe('a run whose policy changes while it waits', () => {
  let host: ProspectWorld;
  let home: TestHome;
  before(async () => {
    host = await prospects();
    home = await testHome({ estate: host.estate });
  });
  beforeEach(async () => {
    await host.clear();
    await host.add([1, 2, 3].map((id) => ({ id, email: `old${id}@example.nl`, last: '2020-01-01' })));
    await host.add([4, 5, 6].map((id) => ({ id, email: `young${id}@example.nl`, last: '2026-08-01' })));
    writeFileSync(places(home.home).policy, referencePolicy);
  });
  after(async () => {
    await home.close();
    await host.close();
  });

  /** Starts a run of three old prospects, places a hold on them, and carries it out with the policy of then. */
  const carriedOut = async (policy: string, meanwhile: (world: OpenWorld, run: string) => Promise<void>) => {
    const world = await home.open();
    const { run, steps } = await startRun(world, await planned(world));
    const held = [1, 2, 3].map((id) => `old${id}@example.nl`);
    const scope = held.map((value) => ({ is: 'subject' as const, kind: 'email' as const, value, datasets: [] }));
    const input = { matter: 'm', kind: 'dispute' as const, reason: 'r', legalBasis: 'b', prospective: true, scope };
    await placeHold(world, { name: 'A' }, input);
    await meanwhile(world, run);
    writeFileSync(places(home.home).policy, policy);
    const later = await home.open();
    for (const step of steps) await work(later, step.id, true);
    const report = await reportRun(later, run);
    await sql`truncate holds.hold cascade`.execute(world.db);
    return { state: report?.state, stopped: report?.lines.map((line) => line.stopped), ids: await host.ids() };
  };
  const none = (): Promise<void> => Promise.resolve();

  it('stops where the policy says something else of it, and nothing goes that the plan did not show', async () => {
    const stopped = { state: 'stopped', stopped: ['policy-changed'], ids: [1, 2, 3, 4, 5, 6] };
    assert.deepEqual(await carriedOut(shorter, none), stopped);
    assert.deepEqual(await carriedOut(withReview(), none), stopped);
  });

  it('goes on where the policy changed elsewhere', async () => {
    const end = await carriedOut(otherwise, none);
    assert.deepEqual(end, { state: 'complete', stopped: [null], ids: [1, 2, 3, 4, 5, 6] });
  });

  it('would have taken others than the plan showed: the control', async () => {
    const end = await carriedOut(shorter, async (world, run) => {
      await sql`update retention.line set meaning = null where run = ${run}`.execute(world.db);
    });
    assert.deepEqual(end.ids, [1, 2, 3]);
  });
});
