/** The board: judge every promise that the policy makes, remember since when. */
import type { Text } from '../../base/language.ts';
import type { Instant } from '../../base/time.ts';
import { record } from '../../ledger/index.ts';
import { promiseIds } from '../../policy/index.ts';
import type { Actor, World } from '../world.ts';
import { promisedAs } from './controls/index.ts';
import { readFacts } from './facts.ts';
import { judge, type Verdict } from './model.ts';
import { partsOf } from './parts.ts';
import { refusals } from './phrases.ts';
import * as store from './store.ts';

export { measure } from './measure.ts';

export interface PromiseReport extends Verdict {
  readonly id: string;
  readonly title: Text;
  readonly since: Instant;
  /** Index of the proof's leaf in the ledger, once it is signed. */
  readonly leaf: number | null;
}

/** Every promise that the policy makes, judged now. A change of state is remembered and recorded. */
export async function judgeAll(world: World): Promise<PromiseReport[]> {
  const now = world.clock();
  const facts = await readFacts(world);
  const verdicts = promiseIds(world.policy).map((id) => ({ id, verdict: judge(partsOf(id, facts, now), now) }));
  const since = await remember(world, verdicts, now);
  const leaves = await world.leavesOf(verdicts.flatMap(({ verdict }) => verdict.proof?.event ?? []));
  return verdicts.map(({ id, verdict }) => ({
    id,
    title: promisedAs(id).title,
    ...verdict,
    since: since.get(id) ?? now,
    leaf: (verdict.proof && leaves.get(verdict.proof.event)) ?? null,
  }));
}

/** Since when each promise is in its state. */
async function remember(
  world: World,
  verdicts: readonly { readonly id: string; readonly verdict: Verdict }[],
  now: Instant,
): Promise<Map<string, Instant>> {
  const before = await store.readStates(world.db);
  const changed = verdicts.filter(({ id, verdict }) => before.get(id)?.state !== verdict.state);
  if (changed.length > 0)
    await world.db.transaction().execute(async (tx) => {
      for (const { id, verdict } of changed) {
        await store.saveState(tx, id, verdict.state, now);
        await record(tx, {
          type: 'promise.changed',
          at: now,
          fields: { promise: id, from: before.get(id)?.state ?? 'none', to: verdict.state },
        });
      }
    });
  return new Map([
    ...[...before].map(([id, one]) => [id, one.since] as const),
    ...changed.map(({ id }) => [id, now] as const),
  ]);
}

export async function signOff(world: World, actor: Actor, task: string): Promise<void> {
  const now = world.clock();
  await world.db.transaction().execute(async (tx) => {
    const event = await record(tx, {
      personal: true,
      at: now,
      details: { event: 'task.signed-off', task, by: actor.name },
    });
    if (!(await store.signTask(tx, task, actor.name, now, event))) throw refusals.unknownTask(task);
  });
  await world.flush();
}
