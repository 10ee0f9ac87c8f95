/** One page of a website, read with care: no other host, no more than so much, no longer than so long, and no credentials. */
import { request as plain, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createInflate, createGunzip } from 'node:zlib';
import type { Text } from '../../../base/language.ts';
import { guardedLookup, literalOf, mayReach, notAllowed, type Resolve } from '../../../base/reach.ts';

const mostBytes = 2_000_000;
const mostSeconds = 10;
const mostTurns = 5;
export const reading = { mostBytes, mostSeconds, mostTurns } as const;

export type Fetched =
  | {
      readonly ok: true;
      readonly url: string;
      readonly bytes: Uint8Array;
      readonly html: string;
      readonly cookies: readonly string[];
    }
  | { readonly ok: false; readonly why: Text };

const no = (nl: string, en: string): Fetched => ({ ok: false, why: { nl, en } });

export interface Reach {
  /** Whether it may stand in a private network or on this machine: the operator's setting. */
  readonly privateTargets: boolean;
  readonly names?: Resolve;
}

export const inside: Text = {
  nl: 'het adres staat in een eigen netwerk of op deze machine; wie deze server beheert, staat dat toe met GESTAND_PRIVATE_TARGETS=1',
  en: 'the address is in a private network or on this machine; whoever runs this server allows that with GESTAND_PRIVATE_TARGETS=1',
};

export async function fetchPage(address: string, reach: Reach): Promise<Fetched> {
  let url = addressOf(address);
  if (!url) return no('het adres is geen https-adres', 'the address is no https address');
  // Names only: a value is somebody's.
  const cookies: string[] = [];
  const signal = AbortSignal.timeout(mostSeconds * 1000);
  try {
    for (let turn = 0; turn <= mostTurns; turn += 1) {
      const answer = await get(url, reach, signal);
      const { statusCode: status = 0, headers } = answer;
      cookies.push(...(headers['set-cookie'] ?? []).map((one) => one.split('=')[0]?.trim() ?? ''));
      const next = status >= 300 && status < 400 ? headers.location : undefined;
      if (next === undefined) return await read(url, answer, cookies);
      answer.destroy();
      const target = addressOf(new URL(next, url).href);
      if (target?.host !== url.host)
        return no('het adres verwijst naar een andere server', 'the address leads to another server');
      url = target;
    }
    return no('het adres verwijst te vaak door', 'the address leads on too often');
  } catch (cause) {
    const { name, code } = cause as { name?: string; code?: string };
    if (code === notAllowed) return no(inside.nl, inside.en);
    if (name === 'TimeoutError' || signal.aborted)
      return no(`geen antwoord binnen ${mostSeconds} seconden`, `no answer within ${mostSeconds} seconds`);
    return no('de website is niet bereikbaar', 'the website cannot be reached');
  }
}

/** Https; http on this machine only. No name and password in an address. */
export function addressOf(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return null;
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && here) ? url : null;
}

/** The answer to one question; who is asked is judged at the moment of connecting, and no connection of before is used again. */
function get(url: URL, { privateTargets, names }: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const refused = (): Error => Object.assign(new Error('not allowed'), { code: notAllowed });
  const literal = literalOf(url);
  if (literal !== null && !mayReach(literal, privateTargets)) return Promise.reject(refused());
  return new Promise((done, fail) => {
    const ask = url.protocol === 'https:' ? secure : plain;
    const request = ask(url, {
      agent: false,
      lookup: guardedLookup(privateTargets, names),
      signal,
      headers: {
        accept: 'text/html, text/plain;q=0.5',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'Gestand',
      },
    });
    request.on('response', done);
    request.on('error', fail);
    request.end();
  });
}

/** As it was before it was made smaller to be sent. */
function unpacked(answer: IncomingMessage): Readable {
  // With what went wrong on the way: a pipe alone would wait for ever.
  const through = (way: Transform): Readable => pipeline(answer, way, () => undefined);
  switch (answer.headers['content-encoding']?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return through(createGunzip());
    case 'deflate':
      return through(createInflate());
    case 'br':
      return through(createBrotliDecompress());
    default:
      return answer;
  }
}

async function read(url: URL, answer: IncomingMessage, cookies: readonly string[]): Promise<Fetched> {
  const status = answer.statusCode ?? 0;
  try {
    if (status < 200 || status > 299)
      return no(`de website antwoordt met ${status}`, `the website answers with ${status}`);
    const type = answer.headers['content-type'] ?? '';
    if (!/^(text\/html|application\/xhtml\+xml|text\/plain)\b/i.test(type))
      return no('het adres geeft geen pagina', 'the address gives no page');
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of unpacked(answer) as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      if (size > mostBytes)
        return no(`de pagina is groter dan ${mostBytes} bytes`, `the page is larger than ${mostBytes} bytes`);
      parts.push(part);
    }
    const bytes = new Uint8Array(Buffer.concat(parts));
    return { ok: true, url: url.href, bytes, html: decode(bytes, /charset="?([\w-]+)/i.exec(type)?.[1]), cookies };
  } finally {
    answer.destroy();
  }
}

/** In the alphabet that the server names; else UTF-8, and what is no UTF-8 as older sites write it. */
export function decode(bytes: Uint8Array, charset?: string): string {
  for (const one of [charset, 'utf-8']) {
    try {
      if (one !== undefined) return new TextDecoder(one, { fatal: true }).decode(bytes);
    } catch {
      continue; // no such alphabet, or the bytes are not in it: the next one
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}
