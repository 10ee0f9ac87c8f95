/**
 * Where what the program asks by itself may stand. An address in a form or a policy is typed by a person, and this machine can
 * reach more than that person: itself, its rack, the service that hands out a cloud's credentials. So what a name resolves to
 * is judged, when it is typed and again at the moment of connecting, and what was judged is what is connected to.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Services of clouds at addresses that are otherwise allowed: nobody's webhook. */
const metadata: ReadonlySet<string> = new Set(['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '168.63.129.16']);

/** With `privateToo` also private networks and this machine: the operator says so. Never link-local, where a cloud keeps its secrets. */
export function mayReach(address: string, privateToo: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const one = ipaddr.process(address);
  if (metadata.has(one.toString())) return false;
  const range = one.range();
  if (range === 'unicast') return true;
  return privateToo && (range === 'private' || range === 'uniqueLocal' || range === 'loopback');
}

/** A look-up of names, as `node:dns` has it: every address, or an error. Tests bring one that changes its mind. */
export type Resolve = (host: string, done: (cause: Error | null, found: readonly LookupAddress[]) => void) => void;

const ofTheMachine: Resolve = (host, done) => {
  resolve(host, { all: true }, (cause, found) => done(cause, cause ? [] : found));
};

export const notAllowed = 'ENOTALLOWED';
const refusal = (): NodeJS.ErrnoException => Object.assign(new Error('not allowed'), { code: notAllowed });

/** For a request: gives only what may be reached. A literal address is never looked up, so that is for `literalOf`. */
export function guardedLookup(privateToo: boolean, names: Resolve = ofTheMachine): LookupFunction {
  return (host, options, done) => {
    names(host, (cause, found) => {
      if (cause) return done(cause, '', 0);
      const family = options.family === 4 || options.family === 6 ? options.family : 0;
      const allowed = found.filter(
        (one) => mayReach(one.address, privateToo) && (family === 0 || one.family === family),
      );
      const [first] = allowed;
      if (first === undefined) return done(refusal(), '', 0);
      return options.all === true ? done(null, [...allowed]) : done(null, first.address, first.family);
    });
  };
}

/** The address that stands in a URL in digits; null where it is a name. */
export function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : null;
}

/**
 * Whether a URL leads now where it may not: any of its addresses counts. A name that leads nowhere yet is not refused; like every
 * other it is judged again when it is connected to.
 */
export async function leadsInside(url: URL, privateToo: boolean, names: Resolve = ofTheMachine): Promise<boolean> {
  const literal = literalOf(url);
  if (literal !== null) return !mayReach(literal, privateToo);
  return new Promise((settle) => {
    names(url.hostname, (_, found) => settle(found.some((one) => !mayReach(one.address, privateToo))));
  });
}
