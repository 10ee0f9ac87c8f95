/** P06: whether the newest version is the one that the website really serves. */
import type { Text } from '../../../base/language.ts';
import { sha256Hex } from '../../../crypto/index.ts';
import { record } from '../../../ledger/index.ts';
import type { Actor } from '../../world.ts';
import { alterations, compare, holds, type TextDifference } from './compare.ts';
import { decode, fetchPage } from './fetch.ts';
import { idOf, Manifest } from './manifest.ts';
import { current } from './model.ts';
import { readPage, type Page } from './page.ts';
import { refusals } from './phrases.ts';
import { find, named, readFile, today, type Publishing, type Stored } from './publishing.ts';
import * as store from './store.ts';

export type Served =
  | { readonly result: 'kept'; readonly version: Stored; readonly url: string; readonly exact: boolean }
  | { readonly result: 'other-version'; readonly version: Stored; readonly served: string; readonly url: string }
  | {
      readonly result: 'changed-text';
      readonly version: Stored;
      readonly url: string;
      readonly differences: readonly TextDifference[];
    }
  | { readonly result: 'unreachable'; readonly version: Stored; readonly url: string; readonly why: Text };

/** Looks at the website now. Refuses when there is nothing to look for. */
export async function checkWebsite(desk: Publishing, address?: string): Promise<Served> {
  const url = address ?? desk.policy.publication?.url;
  if (url === undefined || !/^https?:/.test(url)) throw refusals.noAddress();
  const versions = await store.readVersions(desk.db);
  const version = current(versions, today(desk));
  if (!version) throw refusals.nothingPublished();
  const fetched = await fetchPage(url, desk);
  if (!fetched.ok) return { result: 'unreachable', version, url, why: fetched.why };
  const hash = sha256Hex(fetched.bytes);
  const page = readPage(fetched.html);
  const own = pagesOf(desk, version);
  if (own.some((one) => one.hash === hash)) return { result: 'kept', version, url, exact: true };
  // Whatever a page says of itself, its words decide: a marker alone is quickly copied.
  if (own.some((one) => holds(page.blocks, one.page.statement))) return { result: 'kept', version, url, exact: false };
  const other = otherVersion(desk, versions, version, page) ?? (await seenElsewhere(desk, page));
  if (other !== null) return { result: 'other-version', version, served: other, url };
  const differences = own
    .map((one) => alterations(one.page.statement, page.blocks))
    .toSorted((a, b) => a.length - b.length);
  return { result: 'changed-text', version, url, differences: differences[0] ?? [] };
}

/** The pages of a version, in every language, as they were approved. */
function pagesOf(desk: Publishing, version: Stored): { hash: string; page: Page }[] {
  const { files } = Manifest.parse(JSON.parse(version.manifest));
  return Object.keys(files)
    .filter((name) => /^statement\.[a-z]{2}\.html$/.test(name))
    .flatMap((name) => {
      const bytes = readFile(desk, version, name);
      return bytes ? [{ hash: sha256Hex(bytes), page: readPage(decode(bytes)) }] : [];
    });
}

/** Another version of ours: by its marker, or by its words. */
function otherVersion(
  desk: Publishing,
  versions: readonly Stored[],
  newest: Stored,
  { marker, blocks }: Page,
): string | null {
  const others = versions.filter((one) => one.id !== newest.id && one.acts.some((act) => act.act === 'published'));
  const marked = others.find((one) => one.policyHash === marker?.hash);
  if (marked) return marked.label;
  if (marker && marker.hash !== newest.policyHash) return marker.version;
  const worded = others.find((one) => pagesOf(desk, one).some(({ page }) => holds(blocks, page.statement)));
  return worded?.label ?? null;
}

async function seenElsewhere(desk: Publishing, { blocks }: Page): Promise<string | null> {
  const known = (await store.readElsewhere(desk.db)).find((one) => one.blocks.join(' ') === blocks.join(' '));
  return known?.id ?? null;
}

/** A page that was asked for now tells what it set, too. */
export interface PageAsked extends PageGiven {
  readonly cookies: readonly string[];
}

export interface PageGiven {
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly html: string;
}

export async function pageAt(
  address: string | undefined,
  desk: Pick<Publishing, 'policy' | 'privateTargets'>,
): Promise<PageAsked> {
  const url = address ?? desk.policy.publication?.url;
  if (url === undefined || !/^https?:/.test(url)) throw refusals.noAddress();
  const fetched = await fetchPage(url, desk);
  if (!fetched.ok) throw refusals.pageUnread(fetched.why);
  const { bytes, html, cookies } = fetched;
  return { source: fetched.url, bytes, html, cookies };
}

/** Keeps the text and hash of a page that was published by other means. */
export async function importPage(desk: Publishing, actor: Actor, page: PageGiven): Promise<store.Elsewhere> {
  const who = named(actor);
  const sha256 = sha256Hex(page.bytes);
  const one: store.Elsewhere = {
    id: idOf(sha256, 'w'),
    source: page.source,
    sha256,
    blocks: readPage(page.html).blocks,
    by: who.name,
    at: desk.clock(),
  };
  await desk.db.transaction().execute(async (tx) => {
    await store.alone(tx);
    if ((await store.readElsewhere(tx)).some((known) => known.id === one.id)) return;
    const details = { source: one.source, by: one.by };
    const event = await record(tx, { type: 'statement.seen-elsewhere', at: one.at, fields: { hash: sha256 }, details });
    await store.insertElsewhere(tx, one, event);
  });
  await desk.flush();
  return one;
}

/** What differs between a page from elsewhere and a version, in the language in which they are nearest. */
export async function compareElsewhere(desk: Publishing, id: string, asked: string): Promise<TextDifference[]> {
  const known = (await store.readElsewhere(desk.db)).find((one) => one.id === id);
  if (!known) throw refusals.unknown(id);
  const version = find(await store.readVersions(desk.db), asked, today(desk));
  const all = pagesOf(desk, version).map(({ page }) => compare(known.blocks, page.statement));
  return all.toSorted((a, b) => a.length - b.length)[0] ?? [];
}
