import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { not, type Condition, type Connector } from '../../src/connectors/kit/index.ts';
import type { Database } from '../../src/database/index.ts';
import { reportRun, startRun, work } from '../../src/promises/retention/run.ts';
import { carry, openedWith, planned, roomOf } from '../worlds/carry.ts';
import { ground, uuid, type Ground } from '../worlds/fusionpbx.ts';

const half: Condition = { is: 'key', oneOf: [0, 1, 2, 3, 4, 5].map((i) => [uuid(i)]) };

/** The plan showed twelve calls; a thirteenth that is due as well comes after it. */
async function grown({ host, media }: Ground): Promise<void> {
  const folder = 'd.example/archive/2026/Jun/01';
  writeFileSync(join(media, folder, `${uuid(20)}.wav`), 'RIFF');
  await sql`insert into v_xml_cdr (xml_cdr_uuid, source_number, caller_id_number, end_stamp, record_path, record_name)
    values (${uuid(20)}, '0620000000', '', '2026-06-01T10:00:00Z', ${`/var/lib/freeswitch/recordings/${folder}`}, ${`${uuid(20)}.wav`})`.execute(
    host.db,
  );
}

/**
 * Two workers share the line of the calls, six and seven of them. The second begins when the first is about to erase recordings,
 * after `meanwhile`; the first goes on when the second is there too, or has ended.
 */
async function shared(meanwhile: (db: Database) => Promise<void>) {
  const place = await ground();
  const one = Promise.withResolvers<void>();
  const both = Promise.withResolvers<void>();
  let there = 0;
  const waiting = (connector: Connector): Connector => ({
    ...connector,
    erase: async (dataset, keys, options) => {
      there += 1;
      if (there === 1) one.resolve(await meanwhile(world.db));
      else both.resolve();
      await both.promise;
      return connector.erase(dataset, keys, options);
    },
  });
  const { world, close } = await openedWith(place.home, waiting);
  const plan = await planned(world);
  await grown(place);
  const { run } = await startRun(world, plan);
  const { rows } = await sql<{ id: string; line: number }>`
    select step.id::text, step.line from retention.step join retention.line using (run, line) where dataset = 'calls'`.execute(
    world.db,
  );
  const [first] = rows;
  assert.ok(first && rows.length === 1);
  await sql`update retention.step set share = ${JSON.stringify(half)}::jsonb where id = ${first.id}`.execute(world.db);
  const [second] = (
    await sql<{ id: string }>`
      insert into retention.step (run, line, share) values (${run}, ${first.line}, ${JSON.stringify(not(half))}::jsonb) returning id::text`.execute(
      world.db,
    )
  ).rows;
  assert.ok(second);
  const firstEnds = work(world, first.id, true);
  await one.promise;
  await work(world, second.id, true);
  both.resolve();
  await firstEnds;
  const line = (await reportRun(world, run))?.lines.find((one) => one.dataset === 'calls');
  const room = (await roomOf(world, run)).find((one) => one.dataset === 'calls');
  assert.ok(line && room);
  const { rows: standing, files } = await place.survivors();
  await close();
  await place.close();
  return { line, room, standing, inPieces: standing.filter((id) => !files.includes(`${id}.wav`)) };
}

describe('a batch in which one part is of other items than the next', () => {
  it('takes room for all of them, before each part goes', async () => {
    const place = await ground();
    const seen: number[] = [];
    const apart = (connector: Connector): Connector => ({
      ...connector,
      sweep: async (dataset, where, clock, options) => {
        if (dataset.id === 'calls' && seen.length === 0) {
          const items = await Array.fromAsync(connector.locate(dataset, where));
          for (const some of [items.slice(0, 5), items.slice(3, 8), items.slice(0, 8)]) {
            await options.parting?.('transcripts', some);
            const { rows } = await sql<{ n: number }>`select sum(reserved)::int as n from retention.step`.execute(
              world.db,
            );
            seen.push(rows[0]?.n ?? 0);
          }
        }
        return connector.sweep(dataset, where, clock, options);
      },
    });
    const { world, close } = await openedWith(place.home, apart);
    const report = await carry(world, await planned(world));
    assert.deepEqual(seen, [5, 8, 8]);
    const line = report.lines.find((one) => one.dataset === 'calls');
    const room = (await roomOf(world, report.run)).find((one) => one.dataset === 'calls');
    assert.deepEqual([room?.taken, room?.reserved], [line?.done, 0]);
    await close();
    await place.close();
  });
});

describe('two workers that together would take more calls than the plan showed', () => {
  it('do not both begin: one is stopped before a recording of its calls goes', async () => {
    const { line, room, standing, inPieces } = await shared(() => Promise.resolve());
    assert.equal(line.stopped, 'more-than-the-plan-showed');
    assert.ok(line.done === 6 || line.done === 7, `${line.done} done`);
    assert.equal(standing.length, 17 - line.done);
    assert.deepEqual([inPieces, line.partial], [[], 0], 'what stands, stands whole');
    assert.deepEqual([room.taken, room.reserved], [line.done, 0]);
  });

  it('would both begin if the first had only looked whether there is room: the control', async () => {
    const { line, inPieces } = await shared(async (db) => {
      await sql`update retention.line set taken = 0`.execute(db);
      await sql`update retention.step set reserved = 0`.execute(db);
    });
    assert.ok(inPieces.length > 0 && line.partial > 0, JSON.stringify(line));
  });
});
