/**
 * Who of us uses the server of a home, so that nobody stops it under another. Whoever uses it holds a lock on a session of its own,
 * shared with the others; whoever would stop it must first have that lock alone, and nobody comes in while it has. PostgreSQL
 * keeps the lock: a lease ends with its session, also when its process is killed.
 */
import { Client } from 'pg';
import { Fault } from '../base/refusal.ts';

/** "gesp" in numbers, in the server's own database: no other lock of ours is there. */
const lock = '1734701936, 1';
/** Sessions of ours that use nothing: they look, wait or hold a lease. */
const supervisor = 'gestand-supervisor';

export interface Lease {
  /** Gives the lease back; the server stays. */
  leave(): Promise<void>;
  /**
   * Gives it back, and says whether nobody else uses the server: then, until `leave`, nobody of us comes in. "gone" when another
   * was first and stops it.
   */
  claim(): Promise<'alone' | 'others' | 'gone'>;
}

/** A lease on the server of this folder; null when none answers on this socket, or when it is being stopped. */
export async function enter(socket: string, data: string): Promise<Lease | null> {
  const client = await connected(socket);
  if (client === null) return null;
  try {
    const { rows } = await client.query<{ ours: boolean; entered: boolean }>(
      `select setting = $1 as ours, setting = $1 and pg_try_advisory_lock_shared(${lock}) as entered
         from pg_settings where name = 'data_directory'`,
      [data],
    );
    if (rows[0]?.entered === true) {
      return leaseOf(client);
    }
    await client.end();
    return null;
  } catch (cause) {
    await client.end();
    if (isAway(cause)) return null;
    throw cause;
  }
}

function leaseOf(client: Client): Lease {
  // It lasts as long as the process, and keeps no process from ending. The library has this, and its types do not.
  const socket = client as unknown as { ref(): void; unref(): void };
  socket.unref();
  return {
    leave: async () => {
      socket.ref();
      await client.end();
    },
    claim: async () => {
      socket.ref();
      try {
        // One's own part is given back first: of two that leave at once, one is then alone.
        await client.query(`select pg_advisory_unlock_shared(${lock})`);
        const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${lock}) as alone`);
        return rows[0]?.alone === true && (await strangers(client)) === 0 ? 'alone' : 'others';
      } catch (cause) {
        if (isAway(cause)) return 'gone';
        throw cause;
      }
    },
  };
}

/** Sessions that hold no lease: an operator's psql, or a pool that was closed a moment ago and is still being cleared away. */
async function strangers(client: Client): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
        where backend_type = 'client backend' and application_name <> $1`,
      [supervisor],
    );
    const n = rows[0]?.n ?? 0;
    if (n === 0 || tries === 5) return n;
    await new Promise((settle) => setTimeout(settle, 50));
  }
}

/** One statement on a connection of its own, to the server's own database. */
export async function ask<Row extends object>(socket: string, statement: string): Promise<Row[]> {
  const client = clientOf(socket);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

function clientOf(socket: string): Client {
  const at = { host: socket, port: 5432, user: 'gestand', database: 'postgres' };
  const client = new Client({ ...at, application_name: supervisor });
  client.on('error', () => undefined); // a connection lost between statements is told by the next one
  return client;
}

async function connected(socket: string): Promise<Client | null> {
  const client = clientOf(socket);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? '';
    if (code === 'EACCES')
      throw new Fault(
        {
          nl: 'de opslag van deze home draait onder een ander account: gebruik het account dat haar startte',
          en: 'the store of this home runs under another account: use the account that started it',
        },
        { cause },
      );
    if (isAway(cause)) return null;
    throw cause;
  }
}

/** Not there yet, starting up or shutting down (57P03, 57P01), or out of connections because it is much used (53300). */
function isAway(cause: unknown): boolean {
  const code = (cause as { code?: string }).code ?? '';
  return (
    ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '57P01', '57P02', '53300'].includes(code) ||
    /terminated unexpectedly|not queryable|Connection terminated/i.test(String(cause))
  );
}
