/** How often one may knock: per person, per network, and all together, so that one cannot keep the others out. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { doorRefusals } from './problem.ts';

export interface Limits {
  /** Throws a refusal when too many came. */
  take(caller: string | null, address: string): Promise<void>;
}

export interface LimitSizes {
  /** Requests of someone who is signed in. */
  readonly person: number;
  /** Requests of a network (IPv4 /32, IPv6 /64) of people who are not. */
  readonly network: number;
}

/** `seconds`: the time in which so many are let through; a minute where nothing is said. */
export function limitsOf(sizes: LimitSizes, seconds = 60): Limits {
  const person = new RateLimiterMemory({ points: sizes.person, duration: seconds });
  const network = new RateLimiterMemory({ points: sizes.network, duration: seconds });
  return {
    take: async (caller, address) => {
      try {
        await (caller === null ? network.consume(networkOf(address)) : person.consume(caller));
      } catch (cause) {
        if (cause instanceof RateLimiterRes) throw doorRefusals.tooMany();
        throw cause;
      }
    },
  };
}

/** A household or an office: one IPv6 subscriber has a whole /64 to knock from. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) return address.slice(7);
  return address.split('::')[0]?.split(':').slice(0, 4).join(':') ?? address;
}
