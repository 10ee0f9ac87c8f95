/**
 * What one visit to the website shows of cookies: those of its answers, and the other hosts that its markup calls. A plain one
 * runs no script; none clicks anything, and each sees one page: it can show that a list is not right, never that it is.
 */
import { parse } from 'parse5';
import type { Text } from '../../../base/language.ts';
import type { Policy } from '../../../policy/index.ts';
import type { StatementSeen } from '../../world.ts';
import { fetchPage, type Fetched, type Reach } from './fetch.ts';
import { attribute, nodes } from './page.ts';
import { bareName } from './stored.ts';

export interface Visit {
  readonly url: string;
  /** Names of the cookies that the answers set, and in a browser of what stands in its storage, before anyone was asked anything. */
  readonly cookies: readonly string[];
  /** Other hosts from which the page loads something at once. */
  readonly hosts: readonly string[];
  /** A browser looked, so that what scripts place on arrival is among it. */
  readonly scripts: boolean;
}

/** What is wrong with the policy's list, for the board and for GST-G03. */
export interface Undeclared {
  /** Set by the site, and not in the list. */
  readonly unnamed: readonly string[];
  /** In the list as something that is only placed after a yes, and placed without. */
  readonly unasked: readonly string[];
  /** Called by the page, and no reader of any cookie in the list. */
  readonly hosts: readonly string[];
}

export const blind: Text = {
  nl: 'Dit bezoek voert geen scripts uit, klikt niets aan en ziet één pagina: wat een script later plaatst, ziet het niet.',
  en: 'This visit runs no scripts, clicks nothing and sees one page: what a script places later, it does not see.',
};

const clicksNothing: Text = {
  nl: 'Dit bezoek in een browser ziet ook wat scripts bij binnenkomst plaatsen, maar klikt niets aan en ziet één pagina.',
  en: 'This visit in a browser also sees what scripts place on arrival, but clicks nothing and sees one page.',
};

/** What such a visit cannot see. */
export const unseenBy = ({ scripts }: Pick<Visit, 'scripts'>): Text => (scripts ? clicksNothing : blind);

/** Begins what is told of a visit in a browser. */
const browsed: Text = { nl: 'In een browser bekeken.', en: 'Seen in a browser.' };

type Told = Pick<StatementSeen, 'state' | 'text'>;

/**
 * What a browser saw stands until a browser looks again: a look that sees less takes nothing back. `last` and `now` are what
 * was told of two visits.
 */
export function seesLess(last: Told, now: Told): boolean {
  const by = (one: Told): boolean => one.text.nl.startsWith(browsed.nl);
  return last.state === 'broken' && by(last) && !by(now);
}

export function visitOf(page: Extract<Fetched, { ok: true }>): Visit {
  const own = new URL(page.url).hostname;
  const called = [...nodes(parse(page.html))].flatMap((node) => {
    const from = loads[node.nodeName]?.map((name) => attribute(node, name)) ?? [];
    if (node.nodeName === 'link' && !/stylesheet|preload|icon|manifest/i.test(attribute(node, 'rel') ?? '')) return [];
    return from.flatMap((address) =>
      address !== undefined && URL.canParse(address, page.url) ? [new URL(address, page.url)] : [],
    );
  });
  const hosts = called.flatMap(({ protocol, hostname }) =>
    /^https?:$/.test(protocol) && !sameSite(hostname, own) ? [hostname] : [],
  );
  return {
    url: page.url,
    cookies: [...new Set(page.cookies)].toSorted(),
    hosts: [...new Set(hosts)].toSorted(),
    scripts: false,
  };
}

const loads: Readonly<Record<string, readonly string[]>> = {
  script: ['src'],
  img: ['src'],
  iframe: ['src'],
  embed: ['src'],
  object: ['data'],
  video: ['src', 'poster'],
  audio: ['src'],
  source: ['src'],
  link: ['href'],
};

/** "www.example.nl" and "static.example.nl"; an address in digits is only the same as itself. */
export function sameSite(one: string, other: string): boolean {
  const site = (host: string): string => (/^[\d.]+$|:/.test(host) ? host : host.split('.').slice(-2).join('.'));
  return site(one) === site(other);
}

export function undeclared({ cookies }: Policy, { cookies: set, hosts }: Visit): Undeclared {
  const list = cookies?.list ?? [];
  const named = (name: string) => list.find((one) => matches(one.name, name));
  const readers = list.flatMap((one) => (one.by === undefined ? [] : [bare(one.by)]));
  return {
    unnamed: set.filter((name) => !named(name)),
    unasked: set.filter((name) => named(name)?.consent === true),
    hosts: hosts.filter(
      (host) => !readers.some((by) => by !== '' && (bare(host).includes(by) || by.includes(bare(host)))),
    ),
  };
}

/** A name in the list may end in "*": "_ga_*". */
function matches(pattern: string, seen: string): boolean {
  const name = bareName(seen);
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A look at the website of the policy; null when it names none. */
export async function visit(address: string | undefined, reach: Reach): Promise<Visit | { readonly why: Text } | null> {
  if (address === undefined || !/^https?:/.test(address)) return null;
  const page = await fetchPage(address, reach);
  return page.ok ? visitOf(page) : { why: page.why };
}

/** As a check tells it: it breaks the promise or says nothing, since it sees too little to keep it. */
export function visited(policy: Policy, seen: Awaited<ReturnType<typeof visit>>): StatementSeen {
  if (seen === null || 'why' in seen) {
    const why = seen?.why ?? { nl: 'het beleid noemt geen website', en: 'the policy names no website' };
    return {
      state: 'not-proven',
      n: 0,
      text: { nl: `Er is niet op de website gekeken: ${why.nl}.`, en: `The website was not looked at: ${why.en}.` },
    };
  }
  const { unnamed, unasked, hosts } = undeclared(policy, seen);
  const n = unnamed.length + unasked.length + hosts.length;
  if (n === 0)
    return {
      state: 'not-proven',
      n: seen.cookies.length,
      text: {
        nl: `${seen.scripts ? `${browsed.nl} ` : ''}De website plaatst bij binnenkomst niets dat het beleid niet noemt. ${unseenBy(seen).nl}`,
        en: `${seen.scripts ? `${browsed.en} ` : ''}On arrival the website places nothing that the policy does not name. ${unseenBy(seen).en}`,
      },
    };
  const part = (names: readonly string[], nl: string, en: string): { nl: string; en: string }[] =>
    names.length === 0 ? [] : [{ nl: `${nl}: ${shown(names)}.`, en: `${en}: ${shown(names)}.` }];
  const parts = [
    ...part(
      unnamed,
      'De website plaatst cookies die niet in "cookies.list" staan',
      'The website sets cookies that are not in "cookies.list"',
    ),
    ...part(
      unasked,
      'Zij plaatst zonder te vragen wat pas na toestemming mag',
      'It sets without asking what needs consent first',
    ),
    ...part(
      hosts,
      'Zij haalt iets bij anderen die als "by" bij geen cookie staan',
      'It loads from others that are "by" of no cookie',
    ),
  ];
  return {
    state: 'broken',
    n,
    text: {
      nl: [...(seen.scripts ? [browsed.nl] : []), ...parts.map((one) => one.nl)].join(' '),
      en: [...(seen.scripts ? [browsed.en] : []), ...parts.map((one) => one.en)].join(' '),
    },
  };
}

/** What a stranger's server named it: only what a name may be, and not without end. */
function shown(names: readonly string[]): string {
  const safe = names.map((name) => name.replace(/[^\w.*-]/g, '?').slice(0, 60));
  return safe.length <= 8 ? safe.join(', ') : `${safe.slice(0, 8).join(', ')} (+${safe.length - 8})`;
}
