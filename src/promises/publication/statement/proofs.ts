/** The proof of each promise, right after the place where most is said about that promise. */
import type { Text } from '../../../base/language.ts';
import { both, capital, dayWords, joined } from '../../../base/wording.ts';
import type { Made } from '../../../policy/index.ts';
import { sentences, type Block, type ProofState } from '../document/model.ts';
import type { Proof } from './model.ts';
import { mid, name, say, table, type Page } from './page.ts';
import { howKnown, proof, states } from './phrases/proofs.ts';
import { isWithin, promised, valueAt } from './source.ts';

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
function placeOf(item: Made, places: readonly (readonly string[])[]): number {
  const counts = places.map((froms) => froms.filter((from) => isWithin(from, item.at)).length);
  const most = Math.max(0, ...counts);
  return most === 0 ? -1 : counts.indexOf(most);
}

function proofBlock(page: Page, promise: string, items: readonly Made[], found: Proof): Block {
  const from = items[0]?.at ?? 'law';
  const state = shownState(found);
  const word = states[state];
  const about = aboutWords(page, items) ?? ownWords(page, items) ?? (found.title ? mid(page, found.title) : null);
  const summary = about ? proof.about(about) : proof.this;
  return {
    kind: 'proof',
    promise,
    state,
    word: word[page.language],
    summary: summary[page.language],
    blocks: table(
      page,
      summary,
      [proof.question, proof.answer],
      [
        [
          name(page, proof.state, from),
          name(page, capital(found.since === null ? word : proof.since(word, moment(page, found.since, false))), from),
        ],
        [name(page, proof.kind, from), say(page, howKnown(found), from)],
        [name(page, proof.last, from), name(page, lastWords(page, found), from)],
        [name(page, proof.shows, from), say(page, found.shows, from)],
        [name(page, proof.doesNotShow, from), say(page, found.doesNotShow, from)],
        [name(page, proof.verify, from), say(page, found.verify, from)],
      ],
    ),
  };
}

/** Someone's word that a promise is kept is not shown as if it had been measured. */
function shownState({ state, kind }: Proof): ProofState {
  return state === 'kept' && kind === 'declared' ? 'declared' : state;
}

function lastWords(page: Page, { lastProof }: Proof): Text {
  if (!lastProof) return proof.never;
  const at = moment(page, lastProof.at, true);
  return lastProof.leaf === null ? at : proof.leaf(at, lastProof.leaf);
}

/** The data that the promise is about, when that is short enough for one line. */
function aboutWords(page: Page, items: readonly Made[]): Text | null {
  const ids = items.flatMap(({ at }) => {
    const data = /^(retention|terms)\./u.test(at) ? valueAt(page.policy, `${at}.data`) : [];
    return Array.isArray(data) ? data : [];
  });
  const about = joined(page.policy.data.filter((one) => ids.includes(one.id)).map((one) => mid(page, one.text)));
  return ids.length === 0 || about[page.language].length > 100 ? null : about;
}

/** Sections whose items are a promise in one sentence. */
const sentenceLong = /^(measures|claims|disclosures)\./u;

/** The promise as the policy has it, when that is one short sentence: a name of ours could say more than was promised. */
function ownWords(page: Page, items: readonly Made[]): Text | null {
  for (const { at } of items.filter((item) => sentenceLong.test(item.at))) {
    const text = valueAt(page.policy, `${at}.text`) as Text;
    const told = mid(page, text);
    if (text[page.language].length <= 140 && !/[.?!] /u.test(told[page.language])) return told;
  }
  return null;
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
