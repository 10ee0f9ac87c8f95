/** How far the set-up is: derived from what is there, so that it can be left and resumed, and never says done when it is not. */
import { listAccounts } from '../../access/index.ts';
import { dayOf } from '../../base/time.ts';
import { lint } from '../../policy/index.ts';
import { lintContextOf } from '../../promises/proof/facts.ts';
import { listPlans } from '../../promises/retention/store.ts';
import { lastMeasures } from '../../promises/proof/store.ts';
import { lastLooks } from './looks.ts';
import type { Seat } from './seat.ts';

export const steps = ['organisation', 'account', 'policy', 'system', 'plan', 'second-person', 'promise'] as const;
export type Step = (typeof steps)[number];

export interface SetUp {
  readonly done: ReadonlySet<Step>;
  readonly next: Step | null;
}

export async function setUpOf(seat: Seat): Promise<SetUp> {
  const { world, access } = seat;
  const looks = await lastLooks(world);
  const accounts = (await listAccounts(access.db)).filter((one) => one.state === 'active');
  const measures = await lastMeasures(world.db, world.clock());
  const done = new Set<Step>(['organisation', 'account']);
  // A policy of one's own is one in which the law misses nothing: what begins a home leaves that open on purpose.
  if (lint(lintContextOf(world, dayOf(world.clock(), world.zone))).errors === 0) done.add('policy');
  if ([...looks.values()].some((look) => look.reachable)) done.add('system');
  if ((await listPlans(world.db, 1)).length > 0) done.add('plan');
  if (new Set(accounts.map((one) => one.person)).size > 1) done.add('second-person');
  if (measures.some((one) => one.overdue === 0)) done.add('promise');
  return { done, next: steps.find((step) => !done.has(step)) ?? null };
}
