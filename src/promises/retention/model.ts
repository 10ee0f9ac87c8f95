/**
 * Retention, pure: which rule governs which dataset, which items are due at an instant, and what statute keeps.
 * The arithmetic stands in base/time; the language of conditions in connectors/kit.
 */
import type { Text } from '../../base/language.ts';
import { cutoff, endOfDay, isBefore, parseTerm, type Instant, type StartOf } from '../../base/time.ts';
import {
  all,
  any,
  everything,
  isNothing,
  marksOf,
  not,
  nothing,
  type Condition,
  type Dataset,
  type Layer,
} from '../../connectors/kit/index.ts';
import { nearest } from '../../base/yaml.ts';
import type { LawSource, Policy, RetentionRule } from '../../policy/index.ts';

/** One rule on one dataset. */
export interface Line {
  readonly rule: RetentionRule;
  readonly dataset: Dataset;
  readonly clock: string;
  /** The dataset of which this one is a layer: its items are swept here only when their parent is gone. */
  readonly parent: { readonly dataset: Dataset; readonly layer: Layer } | null;
}

/** What a line means at one instant. */
export interface Due {
  readonly cutoff: Instant;
  /** Items whose term has passed, whether or not something keeps them. */
  readonly where: Condition;
  /** What keeps some of them: a statute, or a person's decision until a day (`until`). */
  readonly kept: readonly Kept[];
}

export interface Kept {
  readonly reason: string;
  readonly where: Condition;
  readonly until?: string;
}

/** A person's decision that what a plan showed of one dataset stays a while: items dated before its cut-off, through a day. */
export interface Keep {
  readonly plan: string;
  readonly rule: string;
  readonly system: string;
  readonly dataset: string;
  readonly cutoff: Instant;
  /** The last day: "2027-03-01". */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

/** Whether the decision still runs; the day after its last one it is asked again. */
export function runs(keep: Pick<Keep, 'until'>, now: Instant, zone: string): boolean {
  return isBefore(now, endOfDay(keep.until, zone));
}

/** The decisions about one rule on one dataset that run at `now`. */
export function keepsOf(
  { rule, system, dataset }: Pick<Keep, 'rule' | 'system' | 'dataset'>,
  keeps: readonly Keep[],
  now: Instant,
  zone: string,
): Keep[] {
  return keeps.filter(
    (one) => one.rule === rule && one.system === system && one.dataset === dataset && runs(one, now, zone),
  );
}

export interface Uncovered {
  readonly dataset: Dataset;
  readonly why: 'no-rule' | 'no-clock' | 'no-consent' | 'cannot-anonymise';
  readonly text: Text;
}

/** Parts that no line reaches by themselves: they have no clock, and go with their item or not at all. */
export function hangingOn(
  lines: readonly Line[],
  datasets: readonly Dataset[],
): { dataset: Dataset; parent: NonNullable<Line['parent']> }[] {
  const reached = new Set(lines.map((line) => nameOf(line.dataset)));
  const parents = parentsOf(datasets);
  return datasets.flatMap((dataset) => {
    const parent = parents.get(nameOf(dataset));
    return parent && !reached.has(nameOf(dataset)) ? [{ dataset, parent }] : [];
  });
}

/** Every line that policy and estate give together, and every dataset that no rule reaches. */
export function bind(policy: Policy, datasets: readonly Dataset[]): { lines: Line[]; uncovered: Uncovered[] } {
  const lines: Line[] = [];
  const uncovered: Uncovered[] = [];
  const parents = parentsOf(datasets);
  for (const dataset of datasets) {
    const parent = parents.get(nameOf(dataset)) ?? null;
    const rule = policy.retention.find((one) => one.data.includes(dataset.data));
    if (!rule) {
      uncovered.push({
        dataset,
        why: 'no-rule',
        text: {
          nl: `geen bewaarregel voor gegevens "${dataset.data}"`,
          en: `no retention rule for data "${dataset.data}"`,
        },
      });
    } else if (dataset.at.kind === 'task') {
      // No clock that a program can read: a person does it, once a period.
      lines.push({ rule, dataset, clock: rule.from, parent });
    } else if (!dataset.clocks[rule.from]) {
      // A layer without a clock of its own goes with its parent; verification counts what was left behind.
      if (parent) continue;
      const clocks = Object.keys(dataset.clocks).join(', ');
      const known = clocks === '' ? { nl: 'geen', en: 'none' } : { nl: clocks, en: clocks };
      uncovered.push({
        dataset,
        why: 'no-clock',
        text: {
          nl: `regel "${rule.id}" begint bij "${rule.from}"; de klokken van deze dataset: ${known.nl}`,
          en: `rule "${rule.id}" starts at "${rule.from}"; this dataset's clocks: ${known.en}`,
        },
      });
    } else if (rule.extendedBy && !dataset.consents[rule.extendedBy.consent]) {
      // Who said yes cannot be seen here: what was promised to them would go too early.
      uncovered.push({ dataset, why: 'no-consent', text: unseenConsent(rule.id, rule.extendedBy.consent, dataset) });
    } else if (rule.then === 'anonymise' && !marksOf(dataset.anonymise ?? {})) {
      uncovered.push({
        dataset,
        why: 'cannot-anonymise',
        text: {
          nl: `regel "${rule.id}" anonimiseert, en het profiel heeft geen recept waaraan dat achteraf te zien is`,
          en: `rule "${rule.id}" anonymises, and the profile has no recipe by which that could be seen afterwards`,
        },
      });
    } else if (rule.then === 'anonymise' && dataset.layers.some((layer) => layer.shared)) {
      uncovered.push({
        dataset,
        why: 'cannot-anonymise',
        text: {
          nl: `regel "${rule.id}" anonimiseert, en rijen die meer items delen zouden nog zeggen wie het waren`,
          en: `rule "${rule.id}" anonymises, and rows that several items share would still tell who they were`,
        },
      });
    } else {
      lines.push({ rule, dataset, clock: rule.from, parent });
    }
  }
  return { lines, uncovered };
}

function unseenConsent(rule: string, consent: string, dataset: Dataset): Text {
  const known = Object.keys(dataset.consents);
  const near = nearest(consent, known);
  const list = known.join(', ');
  return {
    nl: `regel "${rule}" bewaart langer met de toestemming "${consent}"; de toestemmingen van deze dataset: ${list === '' ? 'geen' : list}${near === undefined ? '' : `; bedoelt u "${near}"?`}`,
    en: `rule "${rule}" keeps longer with the consent "${consent}"; this dataset's consents: ${list === '' ? 'none' : list}${near === undefined ? '' : `; did you mean "${near}"?`}`,
  };
}

export function nameOf(dataset: Dataset): string {
  return `${dataset.system}/${dataset.id}`;
}

function parentsOf(datasets: readonly Dataset[]): Map<string, { dataset: Dataset; layer: Layer }> {
  return new Map(
    datasets.flatMap((dataset) => dataset.layers.map((layer) => [nameOf(layer.dataset), { dataset, layer }] as const)),
  );
}

/**
 * What the line means when the clock on the wall says `now`. Law in force is the caller's to choose. The plan, the deed, the
 * measurement and the picture of ages all ask here, so that what keeps an item keeps it for each of them.
 */
export function dueAt(
  line: Line,
  policy: Policy,
  law: ReadonlyMap<string, LawSource>,
  keeps: readonly Keep[],
  now: Instant,
  zone: string,
): Due {
  const { rule, dataset, clock } = line;
  const before = (at: Instant): Condition => ({ is: 'before', clock, at: at.toString() });
  const startsAt: StartOf = rule.startsAt;
  const past = cutoff(now, parseTerm(rule.keep), startsAt, zone);
  const parts: Condition[] = [before(past)];
  if (rule.extendedBy) {
    const consent = dataset.consents[rule.extendedBy.consent];
    // With consent in force the longer term counts, and the cap ends it whatever the consent says.
    if (consent) parts.push(any(not(consent), before(cutoff(now, parseTerm(rule.extendedBy.atMost), startsAt, zone))));
  }
  if (rule.then === 'anonymise') parts.push(standing(line));
  const there = withWhole(line, everything);
  if (!isNothing(there)) parts.push(not(there));
  const kept = [...keptBy(line, policy, law, now, zone), ...decidedFor(line, law, keeps, now, zone)];
  return { cutoff: past, where: all(...parts), kept };
}

/**
 * What was approved when a plan's line was: which items it takes and what it does to them. Another rule of the policy, another
 * system or another approval changes nothing of it.
 */
export function meaningOf({ rule, dataset, clock }: Line): unknown {
  const { keep, startsAt, then, extendedBy } = rule;
  const { at, key, clocks, only, consents, anonymise } = dataset;
  const layers = dataset.layers.map((layer) => ({ ...layer, dataset: layer.dataset.at }));
  const meant = { keep, startsAt, then, extendedBy, clock, at, key, clocks, only, consents, anonymise, layers };
  return JSON.parse(JSON.stringify(meant));
}

/** The statutory maximum of a rule; a guideline is none: who keeps longer says why, and that reason is the decision's. */
export function maximumOf(
  rule: RetentionRule,
  law: ReadonlyMap<string, LawSource>,
): { term: string; startsAt: StartOf } | null {
  const source = rule.maximum === undefined ? undefined : law.get(rule.maximum);
  if (source?.kind !== 'maximum' || !source.period) return null;
  return { term: source.period, startsAt: source.startsAt ?? rule.startsAt };
}

/** What people decided to keep; never an item whose statutory maximum has passed, whatever day was named. */
function decidedFor(
  line: Line,
  law: ReadonlyMap<string, LawSource>,
  keeps: readonly Keep[],
  now: Instant,
  zone: string,
): Kept[] {
  const { clock } = line;
  const maximum = maximumOf(line.rule, law);
  const past: Condition | null = maximum && {
    is: 'before',
    clock,
    at: cutoff(now, parseTerm(maximum.term), maximum.startsAt, zone).toString(),
  };
  const on = { rule: line.rule.id, system: line.dataset.system, dataset: line.dataset.id };
  return keepsOf(on, keeps, now, zone).map((keep) => {
    const those: Condition = { is: 'before', clock, at: keep.cutoff.toString() };
    return { reason: 'decision', until: keep.until, where: past ? all(those, not(past)) : those };
  });
}

/** The parts whose whole is in the same source and meets this; one whose whole is elsewhere is looked up (layers.ts). */
export function withWhole({ dataset, parent }: Line, where: Condition): Condition {
  const join = parent?.layer.join;
  if (!parent || !join || dataset.at.kind !== 'table' || parent.dataset.source !== dataset.source || isNothing(where))
    return nothing;
  return { is: 'referred', by: parent.dataset, join: inverse(join), where };
}

/** What a statute keeps: the dataset's own minimum, and the minimum of what refers to it. */
function keptBy(
  line: Line,
  policy: Policy,
  law: ReadonlyMap<string, LawSource>,
  now: Instant,
  zone: string,
): Due['kept'] {
  const kept: { reason: string; where: Condition }[] = [];
  const stillKept = (minimum: string, clock: string, startsAt: StartOf): Condition => {
    const source = law.get(minimum);
    if (!source?.period) throw new TypeError(`no period for the legal source "${minimum}"`);
    const end = cutoff(now, parseTerm(source.period), source.startsAt ?? startsAt, zone);
    return not({ is: 'before', clock, at: end.toString() });
  };
  if (line.rule.minimum) {
    kept.push({ reason: line.rule.minimum, where: stillKept(line.rule.minimum, line.clock, line.rule.startsAt) });
  }
  for (const while_ of line.rule.keptWhile ?? []) {
    for (const referrer of line.dataset.referrers) {
      if (referrer.dataset.data !== while_.data) continue;
      const theirs = policy.retention.find((one) => one.data.includes(while_.data));
      const clock =
        theirs && referrer.dataset.clocks[theirs.from] ? theirs.from : Object.keys(referrer.dataset.clocks)[0];
      // A reference that cannot be dated keeps: erring towards keeping what a statute may demand.
      const where = clock ? stillKept(while_.minimum, clock, theirs?.startsAt ?? 'event') : everything;
      kept.push({
        reason: while_.minimum,
        where: { is: 'referred', by: referrer.dataset, join: referrer.join, where },
      });
    }
  }
  return kept;
}

function inverse(join: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(join).map(([column, field]) => [field, column]));
}

/** The items to which the deed of the line has not been done: of a rule that makes anonymous, one that was stays. */
export function standing({ rule, dataset }: Line): Condition {
  return rule.then === 'anonymise' ? not(marksOf(dataset.anonymise ?? {}) ?? everything) : everything;
}

/** Why a part that is due stays for now: its whole is there, and it goes with that. No statute keeps it. */
export function goesWith(dataset: string): string {
  return `goes-with-${dataset}`;
}

/** How many of the items that a batch left alone are parts that go with their whole. */
export function alongIn(retainedBy: Readonly<Record<string, number>>): number {
  return Object.entries(retainedBy).reduce((sum, [why, n]) => (why.startsWith(goesWith('')) ? sum + n : sum), 0);
}
