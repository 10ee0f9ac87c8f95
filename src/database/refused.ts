/**
 * What PostgreSQL says when it refuses a statement often repeats the values in it ("Key (email)=(…) already exists",
 * "invalid input syntax for type integer: …"). Those must reach no log and no report: only what names the case is kept.
 */
import { DatabaseError, type Pool, type PoolClient } from 'pg';

/** The store refused a statement. `code` is the SQLSTATE. */
export class StoreRefused extends Error {
  readonly code: string;
  readonly constraint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  constructor(from: DatabaseError) {
    const code = from.code ?? 'unknown';
    const place = [from.table, from.column, from.constraint].filter((one) => one !== undefined).join(', ');
    super(
      speaksOfNoValue(code)
        ? from.message
        : `the store refused a statement: ${code}${place === '' ? '' : ` (${place})`}`,
    );
    this.name = 'StoreRefused';
    this.code = code;
    this.constraint = from.constraint;
    this.table = from.table;
    this.column = from.column;
  }
}

/**
 * Classes whose messages name objects of the schema or states of the server, never a value: connection, transaction,
 * syntax and names, resources, limits, object states, operator's action, system errors, and what our own triggers raise.
 */
function speaksOfNoValue(code: string): boolean {
  return ['08', '25', '2D', '3D', '3F', '40', '42', '53', '54', '55', '57', '58', 'P0'].includes(code.slice(0, 2));
}

/** The error without values when it came from the server; any other as it is. */
export function withoutValues(cause: unknown): unknown {
  return cause instanceof DatabaseError ? new StoreRefused(cause) : cause;
}

/**
 * A pool whose statements fail without values, and in which a lost connection fails the work it carried and nothing else:
 * pg would throw the loss as an event that nobody hears, and hand the dead connection out once more before it notices.
 * Streams through a cursor are passed on as they are.
 */
export function discreet(pool: Pool): Pool {
  const lost = new WeakSet<object>();
  pool.on('connect', (client) => {
    client.on('error', () => lost.add(client)); // the statement under way, or the next, is refused
    const plain = client.query.bind(client) as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]): unknown => {
      const answer = plain(...args);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((cause: unknown) => {
        if (endsConnection(cause)) lost.add(client);
        throw withoutValues(cause);
      });
    };
    Object.defineProperty(client, 'query', { value: guarded });
  });
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const careful = async (): Promise<PoolClient> => {
    const client = await connect();
    const release = client.release.bind(client);
    client.release = (discard) => release(lost.has(client) || discard);
    return client;
  };
  Object.defineProperty(pool, 'connect', { value: careful });
  return pool;
}

/** The server said good-bye (57P01 to 57P05), the protocol broke (08…), or the error is the socket's own. */
function endsConnection(cause: unknown): boolean {
  return cause instanceof DatabaseError ? /^(57P0|08)/.test(cause.code ?? '') : true;
}
