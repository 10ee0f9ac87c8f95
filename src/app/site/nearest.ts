/** The promise about a term that is nearest to kept, and what it still lacks: the last step of the set-up says what is to be done. */
import type { Text } from '../../base/language.ts';
import type { Why } from '../../promises/proof/model.ts';
import { states, whyText } from '../../promises/proof/phrases.ts';
import type { PromiseReport } from '../../promises/proof/service.ts';
import type { Lack, NearestView } from '../../web/console/set-up.ts';
import { reportsOf } from './reports.ts';
import type { Seat } from './seat.ts';

/** Null when none is on its way: no system has anything that a rule is about. */
export async function nearestPromise({ world }: Seat): Promise<NearestView | null> {
  const rules = new Set(world.policy.retention.map((rule) => rule.promise));
  const open = (await reportsOf(world)).filter((one) => rules.has(one.id) && one.state !== 'kept' && isOnItsWay(one));
  const [first] = open.toSorted((a, b) => effort(a) - effort(b));
  if (!first) return null;
  const { id, title, state } = first;
  return { id, title, state: { is: state, text: states[state] }, lacks: lacksOf(first) };
}

/** Something was connected for it. */
const isOnItsWay = ({ parts }: PromiseReport): boolean =>
  parts.some((part) => part.id.startsWith('retention.') && part.why.some((why) => why.is !== 'no-system'));

const wrong = ({ parts }: PromiseReport): Why[] =>
  parts.filter((part) => part.state !== 'kept').flatMap((part) => part.why);

/** A button is nearer than another system, or another policy. */
const effort = (report: PromiseReport): number =>
  wrong(report).reduce((sum, { is }) => sum + (heavy.has(is) ? 10 : 1), 0);
const heavy: ReadonlySet<Why['is']> = new Set(['no-system', 'not-carried-out', 'not-covered', 'missing', 'check']);

function lacksOf(report: PromiseReport): Lack[] {
  const all = wrong(report).map((why): Lack => ({ text: whyText(why), ...placeOf(why, report.id) }));
  return all.filter((one, i) => all.findIndex((other) => sameText(one.text, other.text)) === i);
}

const sameText = (a: Text, b: Text): boolean => a.nl === b.nl;

/** Where it is done. */
function placeOf(why: Why, promise: string): Pick<Lack, 'where' | 'to'> {
  switch (why.is) {
    case 'never-measured':
    case 'stale':
    case 'policy-changed':
      return { where: 'board', to: '/' };
    case 'overdue':
    case 'to-review':
      return { where: 'plans', to: '/plans' };
    case 'not-counted':
    case 'undated':
      return { where: 'system', to: `/systems/${why.on.split('/')[0] ?? ''}` };
    case 'no-system':
      return { where: 'connect', to: '/set-up/system' };
    case 'not-covered':
    case 'not-carried-out':
      return { where: 'policy', to: '/policy' };
    case 'hold-review':
    case 'hold-unsafe':
      return { where: 'holds', to: '/holds' };
    case 'check':
      return why.check.startsWith('law-')
        ? { where: 'policy', to: '/policy' }
        : { where: 'promise', to: `/promises/${promise}` };
    default:
      return { where: 'promise', to: `/promises/${promise}` };
  }
}
