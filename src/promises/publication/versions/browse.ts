/**
 * A visit in a browser of this machine, spoken to over its debugging pipe (no port, nothing to install): it also sees what scripts
 * place on arrival. The browser gets an empty profile that is thrown away, none of our environment, and keeps its own sandbox.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Text } from '../../../base/language.ts';
import { leadsInside } from '../../../base/reach.ts';
import { addressOf, inside, type Reach } from './fetch.ts';
import { storedIn } from './stored.ts';
import { sameSite, type Visit } from './visit.ts';

const mostSeconds = 45;
/** After the page has loaded: many scripts wait a moment before they place anything. */
const settleMs = 4_000;
const mostBytes = 16_000_000;
const mostHosts = 500;

const quiet = 'background-networking component-update default-apps extensions sync gpu quic domain-reliability'.split(
  ' ',
);

type Fields = Readonly<Record<string, unknown>>;

interface Talk {
  /** Rejects when the browser says no, or is gone. */
  ask(method: string, params?: Fields, session?: string): Promise<Fields>;
  on(listener: (method: string, params: Fields) => void): void;
}

/** `program` is the path of a Chromium, Chrome or Edge. What the page itself asks for the browser asks, as a visitor's would. */
export async function browse(
  program: string,
  address: string,
  { privateTargets, names }: Reach,
): Promise<Visit | { readonly why: Text }> {
  const url = addressOf(address);
  if (!url) return { why: { nl: 'het adres is geen https-adres', en: 'the address is no https address' } };
  if (await leadsInside(url, privateTargets, names)) return { why: inside };
  const profile = mkdtempSync(join(tmpdir(), 'gestand-visit-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--mute-audio',
      ...quiet.map((one) => `--disable-${one}`),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { HOME: profile, PATH: '/usr/bin:/bin' } },
  );
  const over = new AbortController();
  const limit = setTimeout(() => over.abort(), mostSeconds * 1000);
  try {
    return await look(talkTo(child, over.signal), url);
  } catch (cause) {
    if (cause instanceof Unread) return { why: cause.why };
    if (over.signal.aborted)
      return {
        why: {
          nl: `de pagina was na ${mostSeconds} seconden nog niet klaar`,
          en: `the page was not ready after ${mostSeconds} seconds`,
        },
      };
    return {
      why: {
        nl: 'de browser startte niet of hield ermee op (als root start een browser niet met zijn beveiliging aan: doe dit als een andere gebruiker)',
        en: 'the browser did not start, or stopped (as root a browser does not start with its protection on: do this as another user)',
      },
    };
  } finally {
    clearTimeout(limit);
    await ended(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

class Unread extends Error {
  readonly why: Text;
  constructor(why: Text) {
    super(why.en);
    this.why = why;
  }
}

async function look(talk: Talk, url: URL): Promise<Visit> {
  const hosts = new Set<string>();
  /** Of the page, then of each frame that the browser keeps apart. */
  const sessions: string[] = [];
  let page = url;
  let loaded = (): void => undefined;
  const load = new Promise<void>((resolve) => (loaded = resolve));
  talk.on((method, params) => {
    if (method === 'Network.requestWillBeSent') {
      const asked = String((params['request'] as Fields | undefined)?.['url'] ?? '');
      if (hosts.size < mostHosts && /^https?:/.test(asked) && URL.canParse(asked)) hosts.add(new URL(asked).hostname);
    } else if (method === 'Page.frameNavigated') {
      const frame = params['frame'] as Fields | undefined;
      const at = String(frame?.['url'] ?? '');
      if (frame?.['parentId'] === undefined && /^https?:/.test(at) && URL.canParse(at)) page = new URL(at);
    } else if (method === 'Page.loadEventFired') loaded();
    // A frame of another site is a target of its own, and waits until it is listened to.
    else if (method === 'Target.attachedToTarget') {
      const inner = String(params['sessionId']);
      const kind = (params['targetInfo'] as Fields | undefined)?.['type'];
      if (kind === 'iframe') sessions.push(inner);
      // One that is gone by then asked for nothing more.
      if (kind !== 'page') void listen(inner).catch(() => undefined);
    }
  });
  const listen = async (one: string): Promise<void> => {
    await talk.ask('Network.enable', {}, one);
    await talk.ask('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }, one);
    await talk.ask('Runtime.runIfWaitingForDebugger', {}, one);
  };
  await talk.ask('Browser.setDownloadBehavior', { behavior: 'deny' });
  const { targetId } = await talk.ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await talk.ask('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  sessions.push(session);
  await listen(session);
  await talk.ask('Page.enable', {}, session);
  const went = await talk.ask('Page.navigate', { url: url.href }, session);
  if (typeof went['errorText'] === 'string' && went['errorText'] !== '')
    throw new Unread({ nl: 'de website is niet bereikbaar', en: 'the website cannot be reached' });
  await Promise.race([load, wait(mostSeconds * 500)]);
  await wait(settleMs);
  if (!sameSite(page.hostname, url.hostname))
    throw new Unread({ nl: 'het adres verwijst naar een andere server', en: 'the address leads to another server' });
  const { cookies } = await talk.ask('Storage.getCookies');
  // Names only: a value is somebody's.
  const names = Array.isArray(cookies) ? cookies.map((one: Fields) => String(one['name'] ?? '')) : [];
  return {
    url: page.href,
    cookies: [...new Set([...names, ...(await storedIn(talk.ask, sessions))])].toSorted(),
    hosts: [...hosts].filter((host) => !sameSite(host, page.hostname)).toSorted(),
    scripts: true,
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Messages are JSON, each ended by a zero byte, on descriptors 3 and 4 of the browser. */
function talkTo(child: ChildProcess, over: AbortSignal): Talk {
  const to = child.stdio[3] as Writable;
  const from = child.stdio[4] as Readable;
  const waiting = new Map<number, { resolve: (found: Fields) => void; reject: (cause: Error) => void }>();
  const listeners: ((method: string, params: Fields) => void)[] = [];
  let gone: Error | null = null;
  const end = (): void => {
    gone ??= new Error('the browser is gone');
    for (const one of waiting.values()) one.reject(gone);
    waiting.clear();
  };
  for (const one of [to, from]) one.on('error', end);
  child.on('error', end).on('exit', end);
  over.addEventListener('abort', end);
  let rest = '';
  from.setEncoding('utf8').on('data', (part: string) => {
    rest += part;
    if (rest.length > mostBytes) return end();
    const whole = rest.split('\0');
    rest = whole.pop() ?? '';
    for (const text of whole) {
      const said = JSON.parse(text) as {
        id?: number;
        method?: string;
        params?: Fields;
        result?: Fields;
        error?: Fields;
      };
      if (said.id === undefined) for (const listener of listeners) listener(said.method ?? '', said.params ?? {});
      else if (said.error) waiting.get(said.id)?.reject(new Error(String(said.error['message'])));
      else waiting.get(said.id)?.resolve(said.result ?? {});
      if (said.id !== undefined) waiting.delete(said.id);
    }
  });
  let last = 0;
  return {
    ask: (method, params = {}, session) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        const id = (last += 1);
        waiting.set(id, { resolve, reject });
        to.write(
          `${JSON.stringify({ id, method, params, ...(session === undefined ? {} : { sessionId: session }) })}\0`,
        );
      }),
    on: (listener) => void listeners.push(listener),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(force);
}
