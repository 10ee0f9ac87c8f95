/** What a page and its frames keep in a browser without a cookie, by name: the keys, never what stands in them. */

type Fields = Readonly<Record<string, unknown>>;
type Ask = (method: string, params?: Fields, session?: string) => Promise<Fields>;

/** Behind the name of what a script kept without a cookie; the list of the policy names it without this. */
const inStorage = {
  local: ' (local storage)',
  session: ' (session storage)',
  database: ' (IndexedDB)',
  cache: ' (cache storage)',
} as const;

/** "_kept (local storage)" is "_kept" in the list of the policy. */
export function bareName(seen: string): string {
  const place = Object.values(inStorage).find((one) => seen.endsWith(one));
  return place === undefined ? seen : seen.slice(0, -place.length);
}

const mostNames = 500;
const mostFrames = 100;

/**
 * Asks the same consent as a cookie (Tw art. 11.7a). Each session is the page or a frame that the browser keeps apart; the first is
 * the page.
 * @throws Error when the page itself could not be asked; a frame that went away in the meantime is left out
 */
export async function storedIn(ask: Ask, sessions: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const [i, session] of sessions.slice(0, mostFrames).entries()) {
    try {
      await ask('DOMStorage.enable', {}, session);
      const { frameTree } = await ask('Page.getFrameTree', {}, session);
      for (const [j, frameId] of framesOf(frameTree as Tree)
        .slice(0, mostFrames)
        .entries())
        try {
          const { storageKey } = await ask('Storage.getStorageKey', { frameId }, session);
          if (typeof storageKey !== 'string' || seen.has(storageKey)) continue;
          seen.add(storageKey);
          for (const name of await keptUnder(ask, storageKey, session)) if (found.size < mostNames) found.add(name);
        } catch (cause) {
          // Of a frame without an origin nothing is kept.
          if (i + j === 0) throw cause;
        }
    } catch (cause) {
      if (i === 0) throw cause;
    }
  }
  return [...found];
}

interface Tree {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly Tree[];
}
const framesOf = ({ frame, childFrames = [] }: Tree): string[] => [frame.id, ...childFrames.flatMap(framesOf)];

async function keptUnder(ask: Ask, storageKey: string, session: string): Promise<string[]> {
  const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, mostNames) : []);
  const named = (name: unknown, place: keyof typeof inStorage): string =>
    `${String(name).slice(0, 80)}${inStorage[place]}`;
  const found: string[] = [];
  for (const place of ['local', 'session'] as const) {
    const storageId = { storageKey, isLocalStorage: place === 'local' };
    const { entries } = await ask('DOMStorage.getDOMStorageItems', { storageId }, session);
    for (const one of listed(entries)) if (Array.isArray(one)) found.push(named(one[0], place));
  }
  const { databaseNames } = await ask('IndexedDB.requestDatabaseNames', { storageKey }, session);
  for (const name of listed(databaseNames)) found.push(named(name, 'database'));
  const { caches } = await ask('CacheStorage.requestCacheNames', { storageKey }, session);
  for (const one of listed(caches)) found.push(named((one as Fields)['cacheName'], 'cache'));
  return found;
}
