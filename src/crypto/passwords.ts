/**
 * Passwords as argon2id (RFC 9106) in PHC form, by Node's own implementation. Each hash takes 46 MiB and some 80 ms of a core:
 * only so many run at once and so many wait, since otherwise whoever posts passwords decides how much memory we use.
 */
import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';

export interface PasswordHasher {
  /** "$argon2id$v=19$m=…,t=…,p=…$salt$hash". Throws Busy when too many are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one that was hashed. With null it takes as long, and answers false. Those who are known go
   * before strangers, who have a queue of their own to fill.
   */
  verify(password: string, phc: string | null, known?: boolean): Promise<boolean>;
  /** The hash was made with other parameters than new ones are. */
  isDated(phc: string): boolean;
}

/** More people are signing in than this machine can check at once: try again in a moment. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** OWASP's and ASVS's first choice: 46 MiB, one pass, one lane. */
const careful: Cost = { memory: 47_104, passes: 1, parallelism: 1 };
const tagLength = 32;

const few = { atOnce: 2, waiting: 64 };

/** What a sign-in costs, and how many are worked on: documented in docs/generated/limits.md. */
export const passwordCost = { ...careful, ...few } as const;

export function passwordHasher(
  limits: { atOnce: number; waiting: number } = few,
  cost: Cost = careful,
): PasswordHasher {
  const turn = turns(limits);
  // What an unknown account is compared with: no password has this hash.
  const nobody = phcOf(cost, randomBytes(16), randomBytes(tagLength));
  return {
    hash: (password) =>
      turn(true, async () => {
        const salt = randomBytes(16);
        return phcOf(cost, salt, await derive(password, salt, cost, tagLength));
      }),
    verify: async (password, phc, known = false) => {
      const stored = parse(phc ?? nobody);
      const made = await turn(known, () => derive(password, stored.salt, stored, stored.tag.length));
      return timingSafeEqual(made, stored.tag) && phc !== null;
    },
    isDated: (phc) => {
      const { memory, passes, parallelism } = parse(phc);
      return memory !== cost.memory || passes !== cost.passes || parallelism !== cost.parallelism;
    },
  };
}

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

function derive(
  password: string,
  salt: Uint8Array,
  { memory, passes, parallelism }: Cost,
  length: number,
): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: password,
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: length,
  };
  return new Promise((settle, fail) => {
    argon2('argon2id', parameters, (cause, key) => (cause === null ? settle(key) : fail(cause)));
  });
}

const bare = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function phcOf({ memory, passes, parallelism }: Cost, salt: Uint8Array, tag: Uint8Array): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`;
}

function parse(phc: string): Cost & { salt: Buffer; tag: Buffer } {
  const found =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/.exec(phc);
  if (found === null) throw new TypeError('a stored password is not in the form that was written');
  const [, memory, passes, parallelism, salt = '', tag = ''] = found;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

type Turn = <T>(known: boolean, work: () => Promise<T>) => Promise<T>;

/** Runs at most so many at once; the others wait their turn in one of two queues, and beyond that are refused. */
function turns({ atOnce, waiting }: { atOnce: number; waiting: number }): Turn {
  let running = 0;
  const [known, strangers]: [(() => void)[], (() => void)[]] = [[], []];
  return async (isKnown, work) => {
    if (running >= atOnce) {
      const queue = isKnown ? known : strangers;
      if (queue.length >= waiting) throw new Busy('too many passwords are being checked at once');
      await new Promise<void>((next) => queue.push(next));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = known.shift() ?? strangers.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
