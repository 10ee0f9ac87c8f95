/**
 * A POST to an address that someone typed: never to this machine or to the machine's own network services by accident, whatever
 * the name resolves to at that moment (security: the resolved address counts, not the name). No redirects, bounded in time and size.
 */
import { lookup as resolve } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Outbound {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Addresses of this machine too: for a receiver beside us, when the operator says so. */
  readonly loopback: boolean;
}

export type Answer = { readonly status: number } | { readonly fault: 'unreachable' | 'not-allowed' | 'too-slow' };

export const longest = 10_000;

/** Private networks are allowed, since a receiver often stands in one's own rack; what belongs to the machine itself is not. */
export function mayReach(address: string, loopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'unicast' || range === 'private' || range === 'uniqueLocal' || (loopback && range === 'loopback');
}

export function post(out: Outbound): Promise<Answer> {
  const url = new URL(out.url);
  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (cause, found) => {
      if (cause) return done(cause, '', 0);
      const allowed = found.filter((one) => mayReach(one.address, out.loopback));
      const [first] = allowed;
      if (first === undefined) return done(Object.assign(new Error('not allowed'), { code: 'ENOTALLOWED' }), '', 0);
      return options.all === true ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
  // A literal address is never looked up, so it is judged here.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !mayReach(literal, out.loopback)) return Promise.resolve({ fault: 'not-allowed' });
  return new Promise((settle) => {
    const send = url.protocol === 'https:' ? secure : plain;
    const request = send(url, { method: 'POST', headers: out.headers, lookup, timeout: longest }, (answer) => {
      answer.resume();
      answer.on('error', () => undefined);
      settle({ status: answer.statusCode ?? 0 });
      // What it says is of no interest: the number is the answer.
      answer.destroy();
    });
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })), longest);
    request.on('error', (cause: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      settle({
        fault: cause.code === 'ENOTALLOWED' ? 'not-allowed' : cause.code === 'ETIMEDOUT' ? 'too-slow' : 'unreachable',
      });
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })));
    request.on('close', () => clearTimeout(timer));
    request.end(out.body);
  });
}
