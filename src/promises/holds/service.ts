/** What one may ask about holds: place, list, review, release by two. */
import type { Text } from '../../base/language.ts';
import { opaqueId } from '../../base/id.ts';
import { samePerson } from '../../base/person.ts';
import { ends, isBefore, parseTerm, type Instant } from '../../base/time.ts';
import { isNothing, type Connector, type Dataset, NotOfKind } from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import type { Actor, World } from '../world.ts';
import { keepWith } from './files.ts';
import { alone } from './guard.ts';
import {
  concerns,
  GivenScope,
  heldCondition,
  inMoments,
  isEmptyInterval,
  matterKinds,
  reviewDue,
  scopeShape,
  type Hold,
} from './model.ts';
import { asksForNames, nameWhatIsThere } from './named.ts';
import { refusals } from './phrases.ts';
import * as store from './store.ts';
import { lookWhole, tidyTorn, type Incomplete } from './whole.ts';

export interface PlaceInput {
  readonly matter: string;
  readonly kind: (typeof matterKinds)[number];
  readonly reason: string;
  readonly legalBasis: string;
  readonly scope: GivenScope;
  readonly prospective: boolean;
  /** Earlier than the policy's interval if wanted; never later. */
  readonly reviewBy?: Instant;
}

export interface Placed {
  readonly hold: Hold;
  readonly achieved: readonly store.Achieved[];
  /** What it covers and is no longer whole. */
  readonly incomplete: readonly Incomplete[];
  /** Batches that had been cut off when the hold was placed: what they took may already be gone. */
  readonly interrupted: number;
}

export async function placeHold(world: World, actor: Actor, input: PlaceInput): Promise<Placed> {
  const now = world.clock();
  const latest = reviewDue(now, world.policy.holds.reviewEvery, world.zone);
  if (actor.name.trim() === '') throw refusals.noName();
  if (input.reviewBy && isBefore(latest, input.reviewBy)) throw refusals.reviewTooFar(world.policy.holds.reviewEvery);
  const parsed = GivenScope.safeParse(input.scope);
  if (!parsed.success) throw refusals.badScope(scopeMistake(parsed.error.issues[0]?.path ?? []));
  const hold: Hold = {
    id: opaqueId('h'),
    matter: input.matter,
    kind: input.kind,
    reason: input.reason,
    legalBasis: input.legalBasis,
    scope: inMoments(parsed.data, world.zone),
    prospective: input.prospective,
    state: 'active',
    placedBy: actor.name,
    placedAt: now,
    reviewDue: input.reviewBy ?? latest,
    releaseBy: null,
    releaseReason: null,
    releasedBy: null,
    graceUntil: null,
  };
  const touched = concerned(world, hold);
  const interrupted = await guardFirst(world, actor, hold);
  const achieved: store.Achieved[] = [];
  for (const dataset of touched) achieved.push(await keepAt(world, hold, dataset, { copies: 0, late: false }));
  const state = await saveKept(world, hold, achieved);
  const incomplete = await lookAgain(world, hold);
  await world.flush();
  return { hold: { ...hold, state }, achieved, incomplete, interrupted };
}

/** What the hold covers and is no longer whole, as it is now. */
async function lookAgain(world: World, hold: Hold): Promise<Incomplete[]> {
  const incomplete = await lookWhole(world, hold);
  await world.db.transaction().execute((tx) => store.saveIncomplete(tx, hold.id, incomplete));
  return incomplete;
}

/** "Active" means that every item is really safe: where the host deletes by itself and nothing was copied, it is not. */
async function saveKept(world: World, hold: Hold, achieved: readonly store.Achieved[]): Promise<'active' | 'error'> {
  const state = achieved.every((one) => one.risk === null) ? 'active' : 'error';
  await world.db.transaction().execute(async (tx) => {
    for (const one of achieved) await store.saveAchieved(tx, hold.id, one);
    if (hold.state !== 'releasing') await store.setState(tx, hold.id, state);
  });
  return state;
}

/** The datasets that the hold is about. Each part of its scope must mean something, or the hold would protect less than it says. */
function concerned(world: World, hold: Hold): Dataset[] {
  const datasets = programs(world);
  for (const part of hold.scope) {
    for (const name of part.is === 'items' ? [part.dataset] : part.datasets) {
      const named = datasets.find((dataset) => nameOf(dataset) === name);
      if (!named) throw refusals.unknownDataset(name, datasets.map(nameOf));
      if (part.is === 'items' && part.keys.some((key) => key.length !== named.key.length))
        throw refusals.keyParts(name, named.key);
    }
    if (part.is === 'place' && isEmptyInterval(part, hold)) throw refusals.emptyInterval();
    if (concernedBy(datasets, { ...hold, scope: [part] }).length === 0) throw refusals.unmatched();
  }
  return concernedBy(datasets, hold, true);
}

/** What of a scope is not right: none at all, or a part of one. */
function scopeMistake(path: readonly PropertyKey[]): Text {
  const last = path.at(-1);
  if (last === undefined)
    return { nl: 'noem minstens één persoon, plaats of item', en: 'name at least one person, place or item' };
  if (last === 'from' || last === 'to')
    return {
      nl: 'schrijf een dag die er is als 2026-11-01, of een tijdstip als 2026-11-01T00:00:00Z',
      en: 'write a day that there is as 2026-11-01, or a moment as 2026-11-01T00:00:00Z',
    };
  return {
    nl: `"${String(last)}" ontbreekt of kan zo niet`,
    en: `"${String(last)}" is missing, or cannot be like this`,
  };
}

/** With `files`, also the trees in which files of such items lie. */
function concernedBy(datasets: readonly Dataset[], hold: Hold, files = false): Dataset[] {
  try {
    const own = new Set(datasets.filter((dataset) => concerns(hold, dataset)));
    const theirs = [...own].flatMap((one) => one.layers.filter((layer) => layer.path !== undefined));
    return datasets.filter((one) => own.has(one) || (files && theirs.some((layer) => layer.dataset === one)));
  } catch (cause) {
    if (cause instanceof NotOfKind) throw refusals.badScope(cause.text);
    throw cause;
  }
}

/** The guard is there before anything slow is tried: from its commit on, no batch passes the hold. */
async function guardFirst(world: World, actor: Actor, hold: Hold): Promise<number> {
  return world.db.transaction().execute(async (tx) => {
    await alone(tx);
    await store.insertHold(tx, hold);
    await record(tx, {
      personal: true,
      at: hold.placedAt,
      details: {
        event: 'hold.placed',
        hold: hold.id,
        matter: hold.matter,
        kind: hold.kind,
        reason: hold.reason,
        legalBasis: hold.legalBasis,
        prospective: hold.prospective,
        by: actor.name,
        shape: scopeShape(hold.scope),
        reviewDue: hold.reviewDue.toString(),
      },
    });
    return store.interruptedBatches(tx);
  });
}

/**
 * Keeps again what a hold covers where the host deletes by itself or can lock: what came since the last time is safe then
 * too, and a host that could not be reached gets another chance. A copy that is there is not made again.
 */
export async function keepHolds(world: World): Promise<void> {
  for (const hold of await store.protectingHolds(world.db)) {
    const before = new Map(
      (await store.readAchieved(world.db, hold.id)).map((one) => [`${one.system}/${one.dataset}`, one]),
    );
    const again = concernedBy(programs(world), hold, true).filter(
      (dataset) =>
        dataset.selfDeleting ||
        dataset.lock ||
        before.get(nameOf(dataset))?.risk !== null ||
        asksForNames(hold, dataset),
    );
    const achieved = new Map(before);
    for (const dataset of again) {
      const last = before.get(nameOf(dataset));
      const late = last !== undefined && last.risk !== 'unreachable';
      achieved.set(nameOf(dataset), await keepAt(world, hold, dataset, { copies: last?.preserved ?? 0, late }));
    }
    if (again.length > 0) await saveKept(world, hold, [...achieved.values()]);
  }
}

/** The datasets that a program can look into. */
const programs = (world: World): Dataset[] => world.systems.datasets.filter((dataset) => dataset.at.kind !== 'task');

const nameOf = (dataset: Dataset): string => `${dataset.system}/${dataset.id}`;

/**
 * `copies` are there already; those of items that the host deleted since are among them. `late`: somebody looked here before; if
 * nothing was named then, that was not done yet.
 */
async function keepAt(
  world: World,
  hold: Hold,
  dataset: Dataset,
  { copies, late }: { readonly copies: number; readonly late: boolean },
): Promise<store.Achieved> {
  const none = { system: dataset.system, dataset: dataset.id, native: 0, preserved: 0, guarded: 0 };
  const put = world.preserve(hold.id);
  let made = 0;
  let connector: Connector;
  try {
    connector = await world.systems.connector(dataset.system, dataset.source);
    if (asksForNames(hold, dataset)) await nameWhatIsThere(world, hold, dataset, connector, late);
    const report = await keepWith(world, hold, dataset, connector, {
      preserve: async (handle, content) => {
        const known = world.preserved.size(hold.id, handle) !== null;
        const copy = await put(handle, content);
        if (!known) made += 1;
        return copy;
      },
      copied: (handle) => world.preserved.size(hold.id, handle),
    });
    return { ...none, native: report.native, preserved: copies + made, guarded: report.guarded, risk: report.risk };
  } catch (cause) {
    world.log('hold.not-kept-at-host', {
      hold: hold.id,
      system: dataset.system,
      dataset: dataset.id,
      code: cause instanceof Error ? cause.name : 'unknown',
    });
    return { ...none, preserved: copies + made, risk: 'unreachable' };
  }
}

export interface HoldNow {
  readonly hold: Hold;
  readonly achieved: readonly store.Achieved[];
  /** What it covers and is no longer whole. */
  readonly incomplete: readonly Incomplete[];
}

/** Holds as they stand now, and how safe what they keep is, dataset by dataset. */
export async function listHolds(world: Pick<World, 'db' | 'systems'>): Promise<HoldNow[]> {
  return holdsNow(world, await store.readHolds(world.db));
}

/** Those of `holds`; one that keeps something in a system that is no longer connected is not safe, whatever was last written. */
export async function holdsNow(world: Pick<World, 'db' | 'systems'>, holds: readonly Hold[]): Promise<HoldNow[]> {
  const connected = new Set(world.systems.datasets.map(nameOf));
  const left = (one: store.Achieved): boolean =>
    !connected.has(`${one.system}/${one.dataset}`) &&
    (one.risk !== null || one.native + one.preserved + one.guarded > 0);
  return Promise.all(
    holds.map(async (hold) => {
      const last = await store.readAchieved(world.db, hold.id);
      const incomplete = await store.readIncomplete(world.db, hold.id);
      if (hold.state === 'released' || !last.some(left)) return { hold, achieved: last, incomplete };
      return {
        hold: hold.state === 'active' ? { ...hold, state: 'error' } : hold,
        achieved: last.map((one) => (left(one) ? { ...one, risk: 'disconnected' } : one)),
        incomplete,
      };
    }),
  );
}

/**
 * The first of two: asks with a reason. The second, someone else, grants, and may say why in words of its own; then the grace
 * period runs.
 */
export async function releaseHold(
  world: World,
  actor: Actor,
  id: string,
  reason: string,
): Promise<{ state: 'asked' | 'releasing'; graceUntil: Instant | null }> {
  const [hold] = await store.readHolds(world.db, [id]);
  if (!hold || hold.state === 'released' || hold.state === 'releasing') throw refusals.unknown(id);
  if (actor.name.trim() === '') throw refusals.noName();
  const now = world.clock();
  if (hold.releaseBy === null) {
    if (reason.trim() === '') throw refusals.noReason();
    await world.db.transaction().execute(async (tx) => {
      if (!(await store.askRelease(tx, id, actor.name, reason, now))) throw refusals.unknown(id);
      await record(tx, {
        personal: true,
        at: now,
        details: { event: 'hold.release-asked', hold: id, by: actor.name, reason },
      });
    });
    await world.flush();
    return { state: 'asked', graceUntil: null };
  }
  if (samePerson(hold.releaseBy, actor.name)) throw refusals.sameReleaser();
  const graceUntil = ends(now, parseTerm(world.policy.holds.grace), 'event', world.zone);
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.grantRelease(tx, id, actor.name, graceUntil))) throw refusals.sameReleaser();
    await record(tx, {
      personal: true,
      at: now,
      details: {
        event: 'hold.release-granted',
        hold: id,
        by: actor.name,
        graceUntil: graceUntil.toString(),
        ...(reason.trim() === '' ? {} : { reason }),
      },
    });
  });
  await world.flush();
  return { state: 'releasing', graceUntil };
}

/** A person looked and the hold stays: the next review is a full interval away. */
export async function reviewHold(world: World, actor: Actor, id: string): Promise<Instant> {
  const now = world.clock();
  const due = reviewDue(now, world.policy.holds.reviewEvery, world.zone);
  await world.db.transaction().execute(async (tx) => {
    if (!(await store.reviewed(tx, id, due))) throw refusals.unknown(id);
    await record(tx, {
      personal: true,
      at: now,
      details: { event: 'hold.reviewed', hold: id, by: actor.name, next: due.toString() },
    });
  });
  await world.flush();
  return due;
}

/** Daily: ends what is past its grace, and escalates reviews that are overdue. Nothing is released by a date alone. */
export async function tendHolds(world: World): Promise<{ released: string[]; overdue: string[] }> {
  const now = world.clock();
  const { released, overdue } = await world.db.transaction().execute(async (tx) => {
    await alone(tx);
    const released = await store.endGrace(tx, now);
    const overdue = await store.takeOverdueReviews(tx, now);
    for (const id of released)
      await record(tx, { personal: true, at: now, details: { event: 'hold.released', hold: id } });
    for (const id of overdue)
      await record(tx, { personal: true, at: now, details: { event: 'hold.review-overdue', hold: id } });
    return { released, overdue };
  });
  for (const hold of await store.readHolds(world.db, released)) {
    await unlock(world, hold);
    await world.preserved.discard(hold.id);
  }
  await keepHolds(world);
  for (const id of overdue) world.log('hold.review-overdue', { hold: id });
  if (released.length + overdue.length > 0) await world.flush();
  return { released, overdue };
}

/**
 * Daily: looks whether what is held is whole, and ends the record of what stands no more. Every item under a hold is read for it:
 * nothing that has a term waits for this.
 */
export async function lookAtHolds(world: World): Promise<void> {
  for (const hold of await store.protectingHolds(world.db)) await lookAgain(world, hold);
  await tidyTorn(world);
}

/** Takes the host's own lock away, but only from items that no other hold still keeps. */
async function unlock(world: World, hold: Hold): Promise<void> {
  const others = await store.protectingHolds(world.db);
  for (const dataset of world.systems.datasets) {
    if (!dataset.lock) continue;
    const freed = heldCondition([hold], dataset, null);
    if (isNothing(freed)) continue;
    const connector = await world.systems.connector(dataset.system, dataset.source);
    await connector.release(dataset, {
      is: 'all',
      of: [freed, { is: 'not', of: heldCondition(others, dataset, null) }],
    });
  }
}
