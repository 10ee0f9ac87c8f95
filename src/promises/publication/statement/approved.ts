/**
 * A statement that was approved, read back as the document that it was: its words are those that were published, whatever
 * the program would write today. Only the proof of each promise is of today. Pure.
 */
import { z } from 'zod';
import type { Policy } from '../../../policy/index.ts';
import { documentVersion } from '../document/formats/json.ts';
import type { Block, Document } from '../document/model.ts';
import { groupId, groupsOf, groupTitle, raised, readAlsoOf, type Group } from './groups.ts';
import type { Proof, StatementOptions } from './model.ts';
import { openPage } from './open.ts';
import { heading } from './page.ts';
import { document as words } from './phrases/about.ts';
import { withProofs } from './proofs.ts';

const Head = z.looseObject({
  gestandDocument: z.literal(documentVersion),
  language: z.enum(['nl', 'en']),
  title: z.string(),
  blocks: z.array(z.looseObject({ kind: z.string() })),
});

/** From the JSON of a version, which was checked against its hash: the shape is the program's own. */
export function readDocument(json: string): Document {
  const { gestandDocument: _, ...document } = Head.parse(JSON.parse(json));
  return document as unknown as Document;
}

export interface Beside {
  readonly policy: Policy;
  readonly proofs: ReadonlyMap<string, Proof>;
  readonly options?: Pick<StatementOptions, 'lawBook'>;
}

/** The whole statement, word for word; in its full part each promise unfolds its proof. */
export function proven(document: Document, { policy, proofs, options = {} }: Beside): Document {
  const page = openPage(policy, document.language, options);
  const from = document.blocks.findIndex((one) => one.kind === 'heading' && one.id === 'whole') + 1;
  const next = document.blocks.findIndex((one, i) => i >= from && one.kind === 'heading' && one.level === 2);
  const to = next < 0 ? document.blocks.length : next;
  if (from === 0 || proofs.size === 0) return document;
  return {
    ...document,
    blocks: [
      ...document.blocks.slice(0, from),
      ...withProofs(page, document.blocks.slice(from, to), proofs),
      ...document.blocks.slice(to),
    ],
  };
}

/** The groups of people that have a part in it, as they would call themselves. */
export function groupsIn(document: Document, policy: Policy): { readonly id: string; readonly title: string }[] {
  const page = openPage(policy, document.language, {});
  const there = new Set(document.blocks.flatMap((one) => (one.kind === 'heading' ? [one.id] : [])));
  return groupsOf(policy)
    .filter((one) => there.has(groupId(one)))
    .map((one) => ({ id: one.id, title: groupTitle(page, one)[document.language] }));
}

/** What concerns one group, who we are, and what they need to act on it; null when the statement has no such part. */
export function partFor(document: Document, group: string, beside: Beside): Document | null {
  const { policy, proofs, options = {} } = beside;
  const one: Group | undefined = policy.subjects.find((subject) => subject.id === group);
  const own = one ? sectionOf(document.blocks, groupId(one)) : [];
  if (!one || own.length === 0) return null;
  const page = openPage(policy, document.language, options);
  const title = groupTitle(page, one);
  const rest = ['who', ...readAlsoOf(policy, one)].flatMap((id) => sectionOf(document.blocks, id));
  return {
    ...document,
    title: `${document.title}: ${title[document.language]}`,
    blocks: withProofs(
      page,
      [heading(page, 2, 'group', title), ...raised(own.slice(1)), heading(page, 2, 'whole', words.also), ...rest],
      proofs,
    ),
  };
}

/** A heading with what stands under it. */
function sectionOf(blocks: readonly Block[], id: string): Block[] {
  const from = blocks.findIndex((one) => one.kind === 'heading' && one.id === id);
  const first = blocks[from];
  if (first?.kind !== 'heading') return [];
  const end = blocks.findIndex((one, i) => i > from && one.kind === 'heading' && one.level <= first.level);
  return blocks.slice(from, end < 0 ? undefined : end);
}
