/** A plan: what is due, what is held and why, what statute keeps, what no rule covers. Frozen, signed, and it expires. */
import { chunks } from '../../base/chunks.ts';
import { opaqueId } from '../../base/id.ts';
import { ends, parseTerm, toMinute, type Instant } from '../../base/time.ts';
import {
  all,
  ConnectorFault,
  everything,
  isNothing,
  not,
  undatable,
  type Bucket,
  type Census,
  type Condition,
  type Dataset,
} from '../../connectors/kit/index.ts';
import { record } from '../../ledger/index.ts';
import { heldWithParts, keepersOf, otherHolds, toldApart, type Hold } from '../holds/model.ts';
import { protectingHolds } from '../holds/store.ts';
import type { Actor, World } from '../world.ts';
import { bind, dueAt, type Keep, type Kept, type Line } from './model.ts';
import {
  applicable,
  validity,
  capped,
  decided,
  goes,
  planLife,
  standing,
  type Decision,
  type Plan,
  type PlanFinding,
  type PlanLine,
} from './planned.ts';
import { whys } from './phrases.ts';
import { heldElsewhere, orphansAmong } from './layers.ts';
import { refusals } from './phrases.ts';
import { readKeeps } from './review-store.ts';
import { strays } from './strays.ts';
import * as store from './store.ts';

/** Looks at every system and freezes what it finds. `at` may lie ahead: then it is a forecast and cannot be applied. */
export async function makePlan(world: World, at: Instant): Promise<Plan> {
  const now = world.clock();
  const holds = await protectingHolds(world.db);
  const keeps = await readKeeps(world.db);
  const { lines, uncovered } = bind(world.policy, world.systems.datasets);
  const findings: PlanFinding[] = uncovered.map(({ dataset, text }) => ({
    kind: 'not-covered',
    system: dataset.system,
    dataset: dataset.id,
    detail: text.en,
    text,
    items: null,
  }));
  for (const system of world.systems.systems) {
    const report = await world.systems.probe(system.id);
    findings.push(...report.findings.map((one) => ({ ...one, system: system.id })));
  }
  const planned: PlanLine[] = [];
  for (const line of lines) {
    try {
      const { planLine, finding } = await look(world, line, holds, keeps, at);
      planned.push(planLine);
      if (finding) findings.push(finding);
    } catch (cause) {
      if (!(cause instanceof ConnectorFault)) throw cause;
      findings.push({
        kind: 'not-counted',
        system: line.dataset.system,
        dataset: line.dataset.id,
        detail: cause.message,
        text: cause.text,
        items: null,
      });
    }
  }
  findings.push(...(await strays(world, lines)));
  const plan: Plan = {
    plan: opaqueId('p'),
    at: at.toString(),
    expires: ends(now, parseTerm(planLife), 'event', world.zone).toString(),
    policy: world.policyHash,
    estate: world.estateHash,
    lines: capped(planned, world.policy.retention),
    findings,
    holds: holds.map((hold) => hold.id),
  };
  await freeze(world, plan, now);
  return plan;
}

async function freeze(world: World, plan: Plan, now: Instant): Promise<void> {
  const text = JSON.stringify(plan);
  await world.db.transaction().execute(async (tx) => {
    await store.savePlan(tx, plan, text, world.seal.sign(text), now);
    await record(tx, {
      type: 'plan.frozen',
      at: now,
      fields: {
        plan: plan.plan,
        policy: plan.policy,
        estate: plan.estate,
        due: total(plan, 'due'),
        held: total(plan, 'held'),
        retained: total(plan, 'retained'),
      },
    });
    if (applicable(plan, now) !== 'yes') return;
    for (const rule of new Set(plan.lines.map((line) => line.rule))) {
      const lines = plan.lines.filter((line) => line.rule === rule);
      // What a person reviews needs one each time, also where nothing is due and whatever stands under "approval".
      if (lines.every((line) => line.needs === 'nothing' && line.then !== 'review'))
        await store.saveApproval(tx, plan.plan, rule, lines[0]?.why ?? '', true, now);
    }
  });
}

export function total(plan: Plan, what: 'due' | 'held' | 'retained'): number {
  return plan.lines.reduce((sum, line) => sum + line[what], 0);
}

async function look(
  world: World,
  line: Line,
  holds: readonly Hold[],
  keeps: readonly Keep[],
  at: Instant,
): Promise<{ planLine: PlanLine; finding: PlanFinding | null }> {
  const { dataset, rule, clock } = line;
  const connector = await world.systems.connector(dataset.system, dataset.source);
  const due = dueAt(line, world.policy, world.law, keeps, at, world.zone);
  const keepers = keepersOf(holds, dataset, clock);
  const buckets: Bucket[] = [
    { name: 'held', where: heldWithParts(holds, dataset, clock) },
    // What one hold keeps alone is what is held; of several, each is counted in the same look.
    ...(keepers.length > 1 ? keepers : []).map(({ hold, where }): Bucket => ({
      name: `held by ${hold}`,
      where,
      shared: true,
    })),
    ...due.kept.map((kept, i) => ({ name: `kept ${i}`, where: kept.where })),
    { name: 'due', where: everything },
  ];
  const census = await connector.inventory(dataset, due.where, clock, buckets, 3);
  const whole = await connector.inventory(dataset, everything, clock, [{ name: 'all', where: everything }], 0);
  const retainedBy = addUp(due.kept, census);
  const keptBy = decidedIn(due.kept, census);
  const stat = census.buckets['due'];
  const inDataset = whole.buckets['all']?.items ?? 0;
  const free = all(due.where, not(heldWithParts(holds, dataset, clock)), ...due.kept.map((kept) => not(kept.where)));
  const heldByPart = await heldElsewhere(world, dataset, holds, free);
  const items = (await withoutParents(world, line, free, stat?.items ?? 0)) - heldByPart;
  const decision = rule.then === 'review' ? decided(false, whys.review) : decide(line, items, inDataset, at);
  const planLine: PlanLine = {
    rule: rule.id,
    promise: rule.promise,
    system: dataset.system,
    dataset: dataset.id,
    then: rule.then,
    cutoff: due.cutoff.toString(),
    due: items,
    held: (census.buckets['held']?.items ?? 0) + heldByPart,
    heldBy:
      heldByPart === 0 ? byHold(keepers, census) : await byParts(world, dataset, holds, free, byHold(keepers, census)),
    retained: Object.values(retainedBy).reduce((a, b) => a + b, 0),
    retainedBy,
    decided: keptBy.items,
    decidedUntil: keptBy.until,
    oldest: items > 0 ? (stat?.oldest?.toString() ?? null) : null,
    newest: items > 0 ? (stat?.newest?.toString() ?? null) : null,
    bytes: items > 0 ? (stat?.bytes ?? null) : 0,
    inDataset,
    samples: items > 0 ? census.samples : [],
    needs: decision.ok ? 'nothing' : 'person',
    why: decision.why,
    whyText: decision.whyText,
  };
  return { planLine, finding: await undated(world, dataset, clock) };
}

/** Which hold keeps how many by a part elsewhere, beside what it keeps itself. */
async function byParts(
  world: World,
  dataset: Dataset,
  holds: readonly Hold[],
  free: Condition,
  own: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const by: Record<string, number> = { ...own };
  for (const hold of holds) {
    const n = await heldElsewhere(world, dataset, [hold], free);
    if (n === 0) continue;
    const name = Object.keys(by).length < toldApart || hold.id in by ? hold.id : otherHolds;
    by[name] = (by[name] ?? 0) + n;
  }
  return by;
}

/** Files whose row is still there go with the row and are counted there; here only those without one. */
export async function withoutParents(world: World, line: Line, where: Condition, items: number): Promise<number> {
  const { parent, dataset } = line;
  if (!parent || parent.dataset.source === dataset.source || items === 0) return items;
  const connector = await world.systems.connector(dataset.system, dataset.source);
  let orphans = 0;
  for await (const part of chunks(connector.locate(dataset, where), 500))
    orphans += (await orphansAmong(world, parent, part)).size;
  return orphans;
}

function decide(line: Line, items: number, inDataset: number, at: Instant): Decision {
  return items === 0 ? decided(true, whys.nothingDue) : standing(line.rule, items, inDataset, at);
}

/** What people decided to keep, and the first day on which one of those decisions ends. */
function decidedIn(kept: readonly Kept[], census: Census): { items: number; until: string | null } {
  let items = 0;
  let until: string | null = null;
  for (const [i, one] of kept.entries()) {
    const here = census.buckets[`kept ${i}`]?.items ?? 0;
    if (one.until === undefined || here === 0) continue;
    items += here;
    if (until === null || one.until < until) ({ until } = one);
  }
  return { items, until };
}

function addUp(kept: readonly Kept[], census: Census): Record<string, number> {
  const by: Record<string, number> = {};
  for (const [i, { reason, until }] of kept.entries()) {
    if (until !== undefined) continue;
    const items = census.buckets[`kept ${i}`]?.items ?? 0;
    if (items > 0) by[reason] = (by[reason] ?? 0) + items;
  }
  return by;
}

function byHold(keepers: readonly { readonly hold: string }[], census: Census): Record<string, number> {
  return Object.fromEntries(
    keepers.flatMap(({ hold }): [string, number][] => {
      const items = census.buckets[keepers.length > 1 ? `held by ${hold}` : 'held']?.items ?? 0;
      return items > 0 ? [[hold, items]] : [];
    }),
  );
}

/** Items that the clock cannot date are never due and never silently passed over. */
async function undated(world: World, dataset: Dataset, clock: string): Promise<PlanFinding | null> {
  const where = undatable(dataset, clock);
  if (isNothing(where)) return null;
  const connector = await world.systems.connector(dataset.system, dataset.source);
  const census = await connector.inventory(dataset, where, null, [{ name: 'undated', where: everything }], 0);
  const items = census.buckets['undated']?.items ?? 0;
  if (items === 0) return null;
  return {
    kind: 'no-clock',
    system: dataset.system,
    dataset: dataset.id,
    detail: `clock "${clock}" has no usable reading`,
    text: {
      nl: `klok "${clock}" heeft geen bruikbare aflezing`,
      en: `clock "${clock}" has no usable reading`,
    },
    items,
  };
}

/** The plan as it was signed; refuses one that is not. */
export async function readPlan(world: Pick<World, 'db' | 'seal'>, id: string): Promise<Plan> {
  const row = await store.readPlan(world.db, id);
  if (!row) throw refusals.unknownPlan(id);
  if (!world.seal.check(row.text, row.signature)) throw refusals.tampered(id);
  return JSON.parse(row.text) as Plan;
}

/** The newest plan that is for now: one that looks ahead takes no other's place, and nobody decides in it. */
export async function newestPlan(world: Pick<World, 'db' | 'seal' | 'clock'>): Promise<store.PlanHead | null> {
  for (const head of await store.listPlans(world.db, 50)) {
    const row = await store.readPlan(world.db, head.id);
    const plan = row && world.seal.check(row.text, row.signature) ? (JSON.parse(row.text) as Plan) : null;
    if (plan === null || applicable(plan, world.clock()) !== 'forecast') return head;
  }
  return null;
}

/** The rules of a plan that wait for a person: what a run would take, and nobody approved. One that is not what was signed waits for none. */
export async function waitingRules(
  world: Pick<World, 'db' | 'seal' | 'clock' | 'policyHash' | 'estateHash'>,
  id: string,
): Promise<string[]> {
  const row = await store.readPlan(world.db, id);
  if (!row || !world.seal.check(row.text, row.signature)) return [];
  const plan = JSON.parse(row.text) as Plan;
  if (validity(plan, world.clock(), world) !== 'yes' || (await store.runOfPlan(world.db, id)) !== null) return [];
  const approved = await store.approvedRules(world.db, id);
  return [...new Set(plan.lines.flatMap((line) => (goes(line) && !approved.has(line.rule) ? [line.rule] : [])))];
}

/** A person's approval, of the whole plan or of one rule in it; never of what a person reviews (review.ts). */
export async function approvePlan(world: World, actor: Actor, id: string, rule?: string): Promise<string[]> {
  if (actor.name.trim() === '') throw refusals.noName();
  const plan = await readPlan(world, id);
  const now = world.clock();
  const state = validity(plan, now, world);
  if (state === 'expired') throw refusals.expired(id);
  if (state === 'void') throw refusals.policyChanged(id);
  if (state === 'forecast') throw refusals.forecast(id);
  const named = plan.lines.filter((line) => rule === undefined || line.rule === rule);
  if (named.length === 0) throw refusals.unknownRule(id, rule ?? '');
  const rules = [...new Set(named.flatMap((line) => (line.then === 'review' ? [] : [line.rule])))];
  if (rules.length === 0 && rule !== undefined) throw refusals.toReview(id, rule);
  await world.db.transaction().execute(async (tx) => {
    // What is approved after the run began would never go: it runs once, with what was approved by then.
    await store.lockPlan(tx, id);
    if ((await store.runOfPlan(tx, id)) !== null) throw refusals.carriedOut(id);
    for (const one of rules) await store.saveApproval(tx, id, one, actor.name, false, now);
    await record(tx, {
      type: 'plan.approved',
      at: now,
      fields: { plan: id, rules: rules.length },
      details: { by: actor.name, rules, at: toMinute(now) },
    });
  });
  return rules;
}
