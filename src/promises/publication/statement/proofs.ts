/** The proof of each promise, right after the place where most is said about that promise. */
import type { Text } from '../../../base/language.ts';
import { both, capital, dayWords, joined, same } from '../../../base/wording.ts';
import { sentences, type Block, type Sentence } from '../document/model.ts';
import type { Proof } from './model.ts';
import { mid, name, say, table, type Page } from './page.ts';
import { kinds, proof, states } from './phrases/proofs.ts';
import { isWithin, promised, valueAt, type Promised } from './source.ts';

export function withProofs(page: Page, blocks: readonly Block[], proofs: ReadonlyMap<string, Proof>): Block[] {
  const after = new Map<number, Block[]>();
  const places = blocks.map((block) => sentences([block]).flatMap((one) => [one.from, ...(one.also ?? [])]));
  for (const [promise, items] of Map.groupBy(promised(page.policy), (one) => one.promise)) {
    const found = proofs.get(promise);
    const at = found ? items.map((item) => placeOf(item, places)).find((place) => place >= 0) : undefined;
    if (found && at !== undefined) after.set(at, [...(after.get(at) ?? []), proofBlock(page, promise, items, found)]);
  }
  return blocks.flatMap((block, i) => [block, ...(after.get(i) ?? [])]);
}

/** The block with the most sentences about this item; -1 when there is none. */
function placeOf(item: Promised, places: readonly (readonly string[])[]): number {
  const counts = places.map((froms) => froms.filter((from) => isWithin(from, item.path)).length);
  const most = Math.max(0, ...counts);
  return most === 0 ? -1 : counts.indexOf(most);
}

function proofBlock(page: Page, promise: string, items: readonly Promised[], found: Proof): Block {
  const from = items[0]?.path ?? 'law';
  const state =
    found.since === null ? states[found.state] : proof.since(states[found.state], moment(page, found.since, false));
  const summary = proof.summary(promise, aboutWords(page, items), state);
  const rows: [Text, Sentence[]][] = [
    [proof.kept, name(page, capital(state), from)],
    [proof.kind, say(page, kinds[found.kind], from)],
    [proof.last, name(page, lastWords(page, found), from)],
    [proof.shows, say(page, found.shows, from)],
    [proof.doesNotShow, say(page, found.doesNotShow, from)],
    [proof.verify, say(page, found.verify, from)],
  ];
  return {
    kind: 'proof',
    promise,
    summary: summary[page.language],
    blocks: table(
      page,
      summary,
      [proof.question, proof.answer],
      rows.map(([question, answer]) => [name(page, question, from), answer]),
    ),
  };
}

function lastWords(page: Page, { lastProof }: Proof): Text {
  if (!lastProof) return proof.never;
  const at = moment(page, lastProof.at, true);
  return lastProof.leaf === null ? at : proof.leaf(at, lastProof.leaf);
}

/** What the promise is about, when that is short enough for one line. */
function aboutWords(page: Page, items: readonly Promised[]): Text {
  const texts = items.flatMap(({ path }) => {
    const data = valueAt(page.policy, `${path}.data`);
    const own = path.startsWith('retention.') || path.startsWith('terms.') ? data : undefined;
    if (Array.isArray(own))
      return page.policy.data.filter((one) => own.includes(one.id)).map((one) => mid(page, one.text));
    return [];
  });
  const about = joined(texts.slice(0, 2));
  return texts.length === 0 || texts.length > 2 || about.nl.length > 80 ? same('') : about;
}

/** A day, or a moment on the clock of the organisation. */
function moment(page: Page, at: string, withTime: boolean): Text {
  if (at.length <= 10) return dayWords(at);
  const { zone } = page.policy.organisation;
  return both((language) =>
    new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
      dateStyle: 'long',
      ...(withTime ? { timeStyle: 'short' } : {}),
      timeZone: zone,
    }).format(new Date(at)),
  );
}
