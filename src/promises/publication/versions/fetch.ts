/** One page of a website, read with care: no other host, no more than so much, no longer than so long, and no credentials. */
import type { Text } from '../../../base/language.ts';

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

export async function fetchPage(address: string): Promise<Fetched> {
  let url = addressOf(address);
  if (!url) return no('het adres is geen https-adres', 'the address is no https address');
  // Names only: a value is somebody's.
  const cookies: string[] = [];
  const signal = AbortSignal.timeout(mostSeconds * 1000);
  try {
    for (let turn = 0; turn <= mostTurns; turn += 1) {
      const answer = await fetch(url, {
        redirect: 'manual',
        signal,
        headers: { accept: 'text/html, text/plain;q=0.5', 'user-agent': 'Gestand' },
      });
      cookies.push(...answer.headers.getSetCookie().map((one) => one.split('=')[0]?.trim() ?? ''));
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (next === null) return await read(url, answer, cookies);
      await answer.body?.cancel();
      const target = addressOf(new URL(next, url).href);
      if (target?.host !== url.host)
        return no('het adres verwijst naar een andere server', 'the address leads to another server');
      url = target;
    }
    return no('het adres verwijst te vaak door', 'the address leads on too often');
  } catch (cause) {
    if ((cause as { name?: string }).name === 'TimeoutError')
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

async function read(url: URL, answer: Response, cookies: readonly string[]): Promise<Fetched> {
  if (!answer.ok) {
    await answer.body?.cancel();
    return no(`de website antwoordt met ${answer.status}`, `the website answers with ${answer.status}`);
  }
  const type = answer.headers.get('content-type') ?? '';
  if (!/^(text\/html|application\/xhtml\+xml|text\/plain)\b/i.test(type)) {
    await answer.body?.cancel();
    return no('het adres geeft geen pagina', 'the address gives no page');
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    // Leaving the loop closes the connection.
    if (size > mostBytes)
      return no(`de pagina is groter dan ${mostBytes} bytes`, `the page is larger than ${mostBytes} bytes`);
    parts.push(part);
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  return { ok: true, url: url.href, bytes, html: decode(bytes, /charset="?([\w-]+)/i.exec(type)?.[1]), cookies };
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
