/** The third layer: for one group of people, only what concerns that group. */
import type { Text } from '../../../base/language.ts';
import type { Policy } from '../../../policy/index.ts';
import type { Block } from '../document/model.ts';
import { heading, list, mid, name, namedOf, names, paragraph, part, say, table, type Page } from './page.ts';
import { allowedFor, group, iAm, isParty } from './phrases/groups.ts';
import { told } from './sections/calls.ts';
import { ownData } from './sections/data.ts';
import { sections } from './sections/index.ts';
import { grounds, mustGive } from './sections/purposes.ts';
import { countryOf, named, recipientName } from './sections/recipients.ts';
import { keeps, termOf } from './sections/retention.ts';

export type Group = Policy['subjects'][number];

/** Every group of which something is said. */
export function groupsOf(policy: Policy): Group[] {
  return policy.subjects.filter(
    (one) =>
      policy.purposes.some((purpose) => purpose.subjects.includes(one.id)) ||
      policy.data.some((data) => data.subjects.includes(one.id)),
  );
}

export function groupId(one: Group): string {
  return `group-${one.id}`;
}

/** "I am a customer"; the policy's own name where there are more of that kind, or where the kind says nothing. */
export function groupTitle(page: Page, one: Group): Text {
  const title = iAm[one.kind];
  if (!title) return one.text;
  const alike = groupsOf(page.policy).filter((other) => other.kind === one.kind);
  return alike.length > 1 ? one.text : title;
}

/** The parts of the whole statement that matter most to a kind of person, before those that matter to all. */
const readAlso: Readonly<Partial<Record<Group['kind'], readonly string[]>>> = {
  customer: ['telecom'],
  caller: ['telecom'],
  filmed: ['cameras'],
  'website-visitor': ['cookies'],
};
const forAll = ['rights', 'complaint'];

export function readAlsoOf(policy: Policy, one: Group): string[] {
  const recorded = policy.purposes.some((purpose) => purpose.calls && purpose.subjects.includes(one.id));
  return [...(recorded ? ['calls'] : []), ...(readAlso[one.kind] ?? []), ...forAll];
}

/** The headings of a group's part where that part is the document: one level up. */
export function raised(blocks: readonly Block[]): Block[] {
  return blocks.map((one) => (one.kind === 'heading' && one.level === 4 ? { ...one, level: 3 } : one));
}

export function groupLayer(page: Page, one: Group, there: ReadonlySet<string>): Block[] {
  return [
    heading(page, 3, groupId(one), groupTitle(page, one)),
    ...paragraph(say(page, group.about(mid(page, one.text)), `subjects.${one.id}.text`)),
    ...whatFor(page, one),
    ...byOurClient(page, one),
    ...kept(page, one),
    ...whoGets(page, one),
    ...others(page, one, there),
  ];
}

function whatFor(page: Page, one: Group): Block[] {
  const mine = page.policy.purposes.filter(
    (purpose) => purpose.role === 'controller' && purpose.subjects.includes(one.id),
  );
  const rows = mine.map((purpose) => [
    name(page, purpose.text, `purposes.${purpose.id}.text`),
    grounds(purpose).length === 0
      ? []
      : say(page, allowedFor(one.kind, grounds(purpose)), `purposes.${purpose.id}.basis`),
    mustGive(page, purpose, { party: isParty(one.kind) }),
  ]);
  return part(page, 4, `${groupId(one)}-purposes`, group.purposes, [
    ...table(page, group.purposesCaption, [group.what, group.why, group.must], rows),
    ...paragraph(one.kind === 'caller' ? mine.flatMap((purpose) => told(page, purpose, 'objection')) : []),
  ]);
}

function byOurClient(page: Page, one: Group): Block[] {
  const purposes = page.policy.purposes.filter(
    (purpose) => purpose.role === 'processor' && purpose.subjects.includes(one.id),
  );
  if (purposes.length === 0) return [];
  return part(page, 4, `${groupId(one)}-client`, group.forClient, [
    ...list(purposes.map((purpose) => name(page, purpose.text, `purposes.${purpose.id}.text`))),
    ...paragraph(say(page, group.client, 'law')),
  ]);
}

function kept(page: Page, one: Group): Block[] {
  const all = keeps(page.policy);
  const rows = ownData(page.policy)
    .filter((data) => data.subjects.includes(one.id))
    .map((data) => [
      name(page, data.text, `data.${data.id}.text`),
      all.filter((rule) => rule.data.includes(data.id)).flatMap((rule) => termOf(page, rule)),
    ]);
  return part(
    page,
    4,
    `${groupId(one)}-data`,
    group.data,
    table(page, group.dataCaption, [group.kept, group.term], rows),
  );
}

/** Who receives data about this group, and of that data only what is theirs. */
function whoGets(page: Page, one: Group): Block[] {
  const { policy } = page;
  const theirs = policy.data.filter((data) => data.subjects.includes(one.id)).map((data) => data.id);
  const rows = named(policy).flatMap((recipient) => {
    const uses = policy.purposes.filter((purpose) => purpose.recipients.includes(recipient.id));
    const concerned = uses.length === 0 || uses.some((purpose) => purpose.subjects.includes(one.id));
    const data = recipient.data.filter((id) => theirs.includes(id));
    if (!concerned || data.length === 0) return [];
    return [
      [recipientName(page, recipient), names(page, namedOf(policy.data, data, 'data')), countryOf(page, recipient)],
    ];
  });
  return part(
    page,
    4,
    `${groupId(one)}-recipients`,
    group.recipients,
    table(page, group.recipientsCaption, [group.who, group.gets, group.country], rows),
  );
}

function others(page: Page, one: Group, there: ReadonlySet<string>): Block[] {
  const links = sections
    .filter(({ id }) => readAlsoOf(page.policy, one).includes(id) && there.has(id))
    .map(({ id, title, source }) => name(page, title, source, { href: `#${id}` }));
  return links.length === 0 ? [] : [...paragraph(say(page, group.more, 'frame')), ...list(links)];
}
