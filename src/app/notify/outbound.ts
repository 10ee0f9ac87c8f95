/**
 * A POST to an address that someone typed: only where base/reach.ts lets it, whatever the name resolves to at that moment. No
 * redirects, bounded in time and size.
 */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { guardedLookup, literalOf, mayReach, notAllowed, type Resolve } from '../../base/reach.ts';

export interface Outbound {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Private networks and this machine too: the operator says so. */
  readonly privateTargets: boolean;
  readonly names?: Resolve;
}

export type Answer = { readonly status: number } | { readonly fault: 'unreachable' | 'not-allowed' | 'too-slow' };

export const longest = 10_000;

export function post(out: Outbound): Promise<Answer> {
  const url = new URL(out.url);
  // A literal address is never looked up, so it is judged here.
  const literal = literalOf(url);
  if (literal !== null && !mayReach(literal, out.privateTargets)) return Promise.resolve({ fault: 'not-allowed' });
  const lookup = guardedLookup(out.privateTargets, out.names);
  return new Promise((settle) => {
    const send = url.protocol === 'https:' ? secure : plain;
    const request = send(
      url, // No connection of before is used again: each is judged for itself.
      { method: 'POST', headers: out.headers, lookup, timeout: longest, agent: false },
      (answer) => {
        answer.resume();
        answer.on('error', () => undefined);
        settle({ status: answer.statusCode ?? 0 });
        // What it says is of no interest: the number is the answer.
        answer.destroy();
      },
    );
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })), longest);
    request.on('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      settle({
        fault: cause.code === notAllowed ? 'not-allowed' : cause.code === 'ETIMEDOUT' ? 'too-slow' : 'unreachable',
      });
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })));
    request.on('close', () => clearTimeout(timer));
    request.end(out.body);
  });
}
