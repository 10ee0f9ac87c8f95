/**
 * The statement that derives from the policy: one value in, a document in Dutch or English out. Pure.
 *
 * Three layers: short answers, the whole statement, and for each group of people only what concerns them.
 */
import type { Language, Text } from '../../../base/language.ts';
import { capital, dayWords, same } from '../../../base/wording.ts';
import type { Policy } from '../../../policy/index.ts';
import type { Block, Document } from '../document/model.ts';
import { groupLayer, groupsOf, groupTitle, raised, readAlsoOf, type Group } from './groups.ts';
import type { StatementOptions } from './model.ts';
import { once } from './once.ts';
import { openPage, statementDay } from './open.ts';
import { heading, paragraph, part, say, type Page } from './page.ts';
import { about, document } from './phrases/about.ts';
import { withProofs } from './proofs.ts';
import { sections as everySection, type Section } from './sections/index.ts';
import { shortLayer } from './short.ts';
import { wordList } from './words.ts';

export { groupsIn, partFor, proven, readDocument } from './approved.ts';
export { proofKinds, type Proof, type ProofKind, type StatementOptions } from './model.ts';
export { once, prose, rowText } from './once.ts';
export { isWithin, outside, promised, valueAt } from './source.ts';

export interface Layers {
  readonly short: readonly Block[];
  readonly full: readonly Block[];
  readonly groups: readonly { readonly group: Group; readonly blocks: readonly Block[] }[];
}

/** The statement in one language; of one group only when the options name it. */
export function statement(policy: Policy, language: Language, options: StatementOptions = {}): Document {
  const page = openPage(policy, language, options);
  const group = policy.subjects.find((one) => one.id === options.group);
  const blocks = group ? forGroup(page, group, options) : wholeDocument(page, layersOn(page, everySection), options);
  const title = document.title(policy.organisation.name);
  return {
    language,
    title: title[language] + (group ? `: ${groupTitle(page, group)[language]}` : ''),
    subtitle: subtitle(policy)[language],
    author: policy.organisation.name,
    date: statementDay(policy) ?? page.day,
    blocks,
  };
}

/** The layers apart; `parts` are those of the whole statement. */
export function layers(
  policy: Policy,
  language: Language,
  options: StatementOptions = {},
  parts: readonly Section[] = everySection,
): Layers {
  return layersOn(openPage(policy, language, options), parts);
}

function layersOn(page: Page, parts: readonly Section[]): Layers {
  const told = sectionBlocks(page, parts);
  const full = [...told, ...wordList(page, told)];
  const there = new Set(full.flatMap((block) => (block.kind === 'heading' ? [block.id] : [])));
  return {
    short: once(shortLayer(page, there)),
    full,
    groups: groupsOf(page.policy).map((group) => ({ group, blocks: once(groupLayer(page, group, there)) })),
  };
}

function sectionBlocks(page: Page, parts: readonly Section[]): Block[] {
  return once(parts.flatMap((one) => part(page, 3, one.id, one.title, one.blocks(page))));
}

function wholeDocument(page: Page, { short, full, groups }: Layers, { proofs }: StatementOptions): Block[] {
  const proven = proofs && proofs.size > 0 ? proofs : null;
  return [
    ...part(page, 2, 'short', document.short, short),
    ...part(page, 2, 'whole', document.full, [
      ...(proven ? paragraph(say(page, about.proofs, 'frame')) : []),
      ...(proven ? withProofs(page, full, proven) : full),
    ]),
    ...part(
      page,
      2,
      'groups',
      document.groups,
      groups.flatMap((one) => one.blocks),
    ),
  ];
}

/** A page of its own for one group: their part, who we are, and what they need to act on it. */
function forGroup(page: Page, group: Group, { proofs }: StatementOptions): Block[] {
  const wanted = new Set(['who', ...readAlsoOf(page.policy, group)]);
  // What one may object to, and what is recorded, is of the purposes that this group is in.
  const purposes = page.policy.purposes.filter((one) => one.subjects.includes(group.id));
  const rest = sectionBlocks(
    { ...page, policy: { ...page.policy, purposes } },
    everySection.filter((one) => wanted.has(one.id)),
  );
  const there = new Set(rest.flatMap((block) => (block.kind === 'heading' ? [block.id] : [])));
  const mine = raised(once(groupLayer(page, group, there)).slice(1));
  const blocks = [
    heading(page, 2, 'group', groupTitle(page, group)),
    ...mine,
    heading(page, 2, 'whole', document.also),
    ...rest,
    ...wordList(page, [...mine, ...rest]),
  ];
  return proofs ? withProofs(page, blocks, proofs) : blocks;
}

function subtitle({ publication }: Policy): Text {
  const version = publication?.version === undefined ? same('') : document.version(publication.version);
  const day = publication?.date === undefined ? same('') : dayWords(publication.date);
  return capital(document.subtitle(version, day));
}
