/** The difference between two policies, as a person would tell it: what changed, whether that matters, and to whom. Pure. */
import type { Text } from '../../base/language.ts';
import type { Policy } from '../schema.ts';
import { audience } from './audience.ts';
import { fields, lists } from './fields/index.ts';
import type { Seen } from './field.ts';
import { reasons, type Reason } from './reasons.ts';
import { renames, type Renamed } from './rename.ts';
import { sentence } from './sentence.ts';
import { differences, top, type Difference, type Language } from './walk.ts';

export { reasons, type Reason } from './reasons.ts';
export { groupTitle } from './sentence.ts';

export interface Change {
  /** Place by name: "retention.video-90-days.keep"; of what came or was renamed as it is now, of what went as it was. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  /** Section of the policy; see groupTitle. */
  readonly group: keyof Policy;
  /** Whether people must be told. */
  readonly material: boolean;
  readonly why: readonly Reason[];
  /** Told before it takes effect, or at the latest with it; null when it need not be told. */
  readonly when: 'before' | 'afterwards' | null;
  /** Groups of people by id, and "clients.ID" for whom the organisation is a processor. */
  readonly tell: readonly string[];
  readonly text: Text;
}

export const language: Language = { fields, lists };

/** Changes in the order of the policy; none when nothing but the order of things differs. `eea`: countries of the EEA. */
export function diff(before: Policy, after: Policy, eea: readonly string[], by: Language = language): Change[] {
  const { renamed, before: was } = renames(before, after, by);
  const found = differences(was, after, top, by).map((one) => changeOf(one, was, after, eea, by));
  const order = Object.keys(after).concat(Object.keys(before));
  return [...found, ...renamed.map((one) => renamedOf(one, after, by))].toSorted(
    (a, b) => order.indexOf(a.group) - order.indexOf(b.group),
  );
}

function changeOf(one: Difference, from: Policy, to: Policy, eea: readonly string[], by: Language): Change {
  const nearest = one.within.at(-1) ?? { before: one.before, after: one.after };
  const seen: Seen = { before: one.before, after: one.after, item: nearest, from, to, eea };
  const known = one.item ? by.lists[one.pattern] : by.fields[one.pattern];
  const why = [...new Set((known?.weights ?? []).filter((weight) => weight.holds(seen)).map(({ reason }) => reason))];
  return {
    path: one.path,
    kind: one.before === undefined ? 'added' : one.after === undefined ? 'removed' : 'changed',
    group: groupOf(one.pattern),
    material: why.length > 0,
    why,
    when: why.length === 0 ? null : why.some((reason) => reasons[reason].when === 'before') ? 'before' : 'afterwards',
    tell: why.length === 0 ? [] : audience(one, from, to),
    text: { nl: sentence(one, from, to, 'nl', by), en: sentence(one, from, to, 'en', by) },
  };
}

function renamedOf({ section, from, to }: Renamed, after: Policy, by: Language): Change {
  const item = (after[section] as readonly { id: string }[]).find((one) => one.id === to);
  const name = (tongue: 'nl' | 'en'): string => by.lists[section]?.name(item, after, tongue) ?? to;
  return {
    path: `${section}.${to}`,
    kind: 'renamed',
    group: section,
    material: false,
    why: [],
    when: null,
    tell: [],
    text: {
      nl: `${name('nl')}: heet in het beleid nu "${to}", was "${from}"; verder is er niets aan veranderd`,
      en: `${name('en')}: is now called "${to}" in the policy, was "${from}"; nothing else about it changed`,
    },
  };
}

function groupOf(pattern: string): keyof Policy {
  return pattern.split(/[.[]/, 1)[0] as keyof Policy;
}
