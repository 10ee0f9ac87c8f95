/** What the public reads: the version that is the statement today, as it was approved, with the proof of each promise now. */
import type { Language } from '../../../base/language.ts';
import { diff, promiseIds, promisesMade, type Policy } from '../../../policy/index.ts';
import { publicProofs } from '../../../promises/proof/public.ts';
import type { Document } from '../../../promises/publication/document/model.ts';
import { readDocument, type Proof } from '../../../promises/publication/statement/index.ts';
import { current, publication, published } from '../../../promises/publication/versions/model.ts';
import { listVersions, type Listed } from '../../../promises/publication/versions/overview.ts';
import { policyOf, readFile, today, type Stored } from '../../../promises/publication/versions/publishing.ts';
import { Refusal } from '../../../promises/world.ts';
import { publicationOf } from '../../publication.ts';
import type { Seat } from '../seat.ts';

export interface Spoken {
  readonly version: Stored;
  readonly effective: string;
  readonly policy: Policy;
}

/** Null: nothing is published. "damaged": the files are no longer those that were approved, so nobody is shown them. */
export function spoken(seat: Seat): Promise<Spoken | 'damaged' | null> {
  return seat.shelf.get('spoken', async () => {
    const desk = publicationOf(seat.world);
    const versions = (await listVersions(desk)).map((one) => one.version);
    const version = current(versions, today(desk));
    if (!version) return null;
    try {
      return { version, effective: publication(version)?.effective ?? '', policy: policyOf(desk, version).policy };
    } catch (cause) {
      if (cause instanceof Refusal) return 'damaged';
      throw cause;
    }
  });
}

/** In the language of the reader, else in the one there is. */
export function documentOf(seat: Seat, version: Stored, policy: Policy, language: Language): Promise<Document> {
  return seat.shelf.get(`document ${version.id} ${language}`, () => {
    const bytes = fileOf(seat, version, policy, language, 'json');
    return Promise.resolve(readDocument(new TextDecoder().decode(bytes)));
  });
}

/** A file of the version in the language of the reader, else in the one there is: exactly as it was approved; null when it has none. */
export function fileIn(
  seat: Seat,
  version: Stored,
  { publication: said }: Policy,
  language: Language,
  format: string,
): Uint8Array | null {
  const languages = said?.languages ?? ['nl', 'en'];
  const there = languages.includes(language) ? language : (languages[0] ?? 'nl');
  const name = format === 'jsonld' ? 'statement.jsonld' : `statement.${there}.${format}`;
  return readFile(publicationOf(seat.world), version, name);
}

/** A file that every version has. */
export function fileOf(seat: Seat, version: Stored, policy: Policy, language: Language, format: string): Uint8Array {
  const bytes = fileIn(seat, version, policy, language, format);
  if (!bytes) throw new TypeError(`a version without its statement as ${format}`);
  return bytes;
}

/**
 * Of the promises that this policy makes; what else the home judges is nobody's business here. While another policy runs than
 * the one that was published, what was measured says nothing about a promise that differs between the two.
 */
export function proofsOf(seat: Seat, { version, policy }: Spoken): Promise<ReadonlyMap<string, Proof>> {
  return seat.shelf.get('proofs', async () => {
    const all = await publicProofs(seat.world);
    const other = version.policyHash === seat.world.policyHash ? new Set<string>() : differing(seat, policy);
    return new Map(
      promiseIds(policy).map((id) => {
        const found = all.get(id);
        return [id, found && !other.has(id) ? found : unproven(seat)];
      }),
    );
  });
}

function differing(seat: Seat, policy: Policy): Set<string> {
  const { world } = seat;
  const changed = diff(policy, world.policy, world.book.eea).map((one) => one.path);
  const touches = (at: string): boolean =>
    changed.some((path) => path === at || path.startsWith(`${at}.`) || at.startsWith(`${path}.`));
  return new Set(promisesMade(policy).flatMap(({ promise, at }) => (touches(at) ? [promise] : [])));
}

const unproven = (seat: Seat): Proof => ({
  state: 'not-proven',
  since: seat.world.clock().toString(),
  lastProof: null,
  kind: 'none',
  shows: {
    nl: 'Nog niets: onze systemen werken nog niet volgens deze versie van de verklaring.',
    en: 'Nothing yet: our systems do not work by this version of the statement yet.',
  },
  doesNotShow: { nl: 'Of wij deze belofte nakomen.', en: 'Whether we keep this promise.' },
  verify: { nl: 'Vraag het ons.', en: 'Ask us.' },
});

/** Versions that are, were or will be the statement, newest first. */
export async function outVersions(seat: Seat): Promise<readonly Listed[]> {
  const all = await seat.shelf.get('versions', () => listVersions(publicationOf(seat.world)));
  const out = new Set(published(all.map((one) => one.version)).map((one) => one.id));
  return all.filter(({ version }) => out.has(version.id));
}

/** Hash of the policy behind the statement of today; null when there is none. */
export async function publishedHash(seat: Seat): Promise<string | null> {
  const out = (await outVersions(seat)).find((one) => one.standing === 'published');
  return out?.version.policyHash ?? null;
}
