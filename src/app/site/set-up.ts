/** How far the set-up is: derived from what is there, so that it can be left and resumed, and never says done when it is not. */
import { listAccounts, type Permission } from '../../access/index.ts';
import { dayOf } from '../../base/time.ts';
import { lint } from '../../policy/index.ts';
import { lastMeasures, readStates } from '../../promises/proof/store.ts';
import { lintContextOf } from '../../promises/proof/facts.ts';
import { listPlans } from '../../promises/retention/store.ts';
import { readVersions } from '../../promises/publication/versions/store.ts';
import { readDraft } from '../draft.ts';
import { lastLooks } from './looks.ts';
import type { Seat } from './seat.ts';

export const steps = ['organisation', 'account', 'policy', 'system', 'plan', 'second-person', 'promise'] as const;
export type Step = (typeof steps)[number];

/** What each step asks that one may do. */
export const stepMay: Readonly<Record<Step, Permission>> = {
  organisation: 'see the policy',
  account: 'see settings',
  policy: 'change the policy',
  system: 'connect a system',
  plan: 'make a plan',
  'second-person': 'invite people',
  promise: 'see the board',
};

export interface SetUp {
  readonly done: ReadonlySet<Step>;
  readonly next: Step | null;
}

export async function setUpOf(seat: Seat): Promise<SetUp> {
  const { world, access } = seat;
  const looks = await lastLooks(world);
  const accounts = (await listAccounts(access.db)).filter((one) => one.state === 'active');
  const done = new Set<Step>(['organisation', 'account']);
  if (await policyIsTheirs(seat)) done.add('policy');
  if ([...looks.values()].some((look) => look.reachable)) done.add('system');
  if ((await listPlans(world.db, 1)).length > 0) done.add('plan');
  if (new Set(accounts.map((one) => one.person)).size > 1) done.add('second-person');
  if (await keptOnce(seat)) done.add('promise');
  return { done, next: steps.find((step) => !done.has(step)) ?? null };
}

/**
 * Somebody wrote in it, or the law misses nothing: what begins a home leaves that open on purpose. Whether it may be published is
 * for publishing to say.
 */
async function policyIsTheirs({ world }: Seat): Promise<boolean> {
  if ((await readDraft(world)) !== null || (await readVersions(world.db)).length > 0) return true;
  return lint(lintContextOf(world, dayOf(world.clock(), world.zone))).errors === 0;
}

/**
 * By the board's last judgement, and by a look into a system: what only follows from the policy was kept before anything was seen.
 * Read as it was written down: a page that is only shown judges nothing.
 */
async function keptOnce({ world }: Seat): Promise<boolean> {
  const states = await readStates(world.db);
  const seen = await lastMeasures(world.db, world.clock());
  return world.policy.retention.some(
    (rule) =>
      states.get(rule.promise)?.state === 'kept' && seen.some((one) => one.rule === rule.id && one.overdue === 0),
  );
}

const keepMs = 2_000;
const asked = new WeakMap<Seat['world'], { readonly at: number; readonly goesOn: Promise<boolean> }>();

/** Whether something of it is left, for every page's list of sections: asked once in a while, and never again once it is over. */
export function setUpGoesOn(seat: Seat): Promise<boolean> {
  const last = asked.get(seat.world);
  const now = performance.now();
  if (last && now - last.at < keepMs) return last.goesOn;
  const goesOn = setUpOf(seat).then(({ next }) => {
    if (next === null) asked.set(seat.world, { at: Number.POSITIVE_INFINITY, goesOn: Promise.resolve(false) });
    return next !== null;
  });
  asked.set(seat.world, { at: now, goesOn });
  // An answer that failed is not kept: the next one asks again.
  goesOn.catch(() => asked.delete(seat.world));
  return goesOn;
}
