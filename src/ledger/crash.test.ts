import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase, type FreshDatabase } from '../../test/worlds/postgres.ts';
import { systemClock } from '../base/time.ts';
import { loadSigner } from '../crypto/index.ts';
import { openLedger, type Ledger } from './index.ts';
import { verifyLog } from './verify/index.ts';

const child = new URL('crash.child.ts', import.meta.url).pathname;

describe('a process killed (−9) while it does deeds and signs', () => {
  let world: FreshDatabase;
  let folder: string;
  let ledger: Ledger;
  let older: string | undefined;

  before(async () => {
    world = await freshDatabase();
    await sql`create table deed (n int generated always as identity primary key, event uuid)`.execute(world.db);
    folder = mkdtempSync(join(tmpdir(), 'gestand-crash-'));
    const signer = loadSigner(join(folder, 'key.pem'));
    ledger = openLedger({
      db: world.db,
      signer,
      origin: 'gestand.test/crash',
      clock: systemClock,
      mirror: join(folder, 'mirror'),
    });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(point: string, count = 1): ChildProcess {
    const args = [child, world.url, folder, point, String(count)];
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Reads what it acknowledges; kills it after so many, when it does not see to that itself. Answers what it had said. */
  async function acknowledged(running: ChildProcess, killAfter = Infinity): Promise<number[]> {
    let text = '';
    running.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.split('\n').length > killAfter) running.kill('SIGKILL');
    });
    const [, signal] = (await once(running, 'close')) as [number | null, string | null];
    assert.equal(signal, 'SIGKILL');
    return text.split('\n').slice(0, -1).map(Number);
  }

  async function bare(): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from deed where event is null`.execute(
      world.db,
    );
    return rows[0]?.n ?? -1;
  }

  /** No deed without evidence, no evidence without its deed, none twice, none lost that was acknowledged. */
  async function allIsWell(said: readonly number[]): Promise<void> {
    await ledger.flush();
    assert.equal(await bare(), 0);
    const { rows } = await sql<{ deeds: number; entries: number; matched: number }>`
      select (select count(*) from deed)::int as deeds, (select count(*) from ledger.entry)::int as entries,
             (select count(*) from deed join ledger.entry on event = event_id
                where (convert_from(entry, 'utf8')::jsonb ->> 'n')::int = deed.n)::int as matched`.execute(world.db);
    const [seen] = rows;
    assert.ok(seen);
    assert.deepEqual([seen.entries, seen.matched], [seen.deeds, seen.deeds]);
    const there = await sql<{
      n: number;
    }>`select count(*)::int as n from deed where n = any(${[...said]}::int[])`.execute(world.db);
    assert.equal(there.rows[0]?.n, said.length);
    const mirror = join(folder, 'mirror');
    const result = await verifyLog(mirror, { key: ledger.vkey, ...(older === undefined ? {} : { since: older }) });
    assert.deepEqual([result.ok, result.size, result.problem], [true, seen.deeds, undefined]);
    assert.equal((await ledger.fsck()).ok, true);
    older = existsSync(join(mirror, 'checkpoint')) ? readFileSync(join(mirror, 'checkpoint'), 'utf8') : undefined;
  }

  it('at each point of its work leaves no deed without evidence, and no evidence without its deed', async () => {
    const points = ['after-deed', 'after-record', 'after-commit', 'in-sequencer', 'after-flush'];
    for (const [i, point] of points.entries()) await allIsWell(await acknowledged(start(point, i + 2)));
    for (const count of [2, 3, 4, 7]) await allIsWell(await acknowledged(start('at-mirror', count)));
  });

  it('anywhere, while another is at the same work, hands over to it', async () => {
    for (const killAfter of [9, 40]) {
      const [one, two] = [start('when-killed'), start('when-killed')];
      const first = await acknowledged(one, killAfter);
      // The other goes on: it has to be heard 30 times more.
      const second = await acknowledged(two, 30);
      await allIsWell([...first, ...second]);
    }
  });

  it('does leave a deed without evidence when the two are not one transaction', async () => {
    await acknowledged(start('careless', 4));
    assert.ok((await bare()) > 0);
    await assert.rejects(allIsWell([]));
  });
});
