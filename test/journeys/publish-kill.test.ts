import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { places } from '../../src/app/home.ts';
import { listVersions, describe as look } from '../../src/promises/publication/versions/overview.ts';
import { verifyVersions } from '../../src/promises/publication/versions/publishing.ts';
import { approve, draft, publishOn, review } from '../../src/promises/publication/versions/service.ts';
import { bringOut, nextPolicy, press, type Press } from '../worlds/statement.ts';

const child = new URL('publish.child.ts', import.meta.url).pathname;

describe('killed while a statement is drafted or published', () => {
  let at: Press;
  before(async () => {
    at = await press();
    await bringOut(at.desk);
    at.home.setNow('2026-12-01T10:00:00Z');
  });
  after(() => at.close());
  /** True when it was killed; false when it came to its end. */
  const killed = (policy: string, what: string, n: number): boolean => {
    writeFileSync(places(at.home.home).policy, policy);
    const { signal, status, stderr } = spawnSync(
      process.execPath,
      [child, at.home.home, at.home.databaseUrl, at.home.now().toString(), what, String(n)],
      { encoding: 'utf8' },
    );
    assert.ok(signal === 'SIGKILL' || status === 0, stderr);
    return signal === 'SIGKILL';
  };
  const sound = async (): Promise<void> => {
    await at.desk.flush();
    for (const { version, problems } of await verifyVersions(at.desk)) {
      assert.deepEqual(problems, [], version.label);
      for (const act of version.acts) assert.ok(await at.desk.entryOf(act.event), 'each act is signed');
    }
  };

  it('a draft is made once, whole, by who tries again', async () => {
    let n = 1;
    for (; killed(nextPolicy(`d-${n}`), 'draft', n); n += 1) {
      const desk = at.with(nextPolicy(`d-${n}`));
      const { id, acts } = await draft(desk, { name: 'Ann' });
      assert.equal((await listVersions(desk)).filter(({ version }) => version.label === `d-${n}`).length, 1);
      assert.deepEqual(
        acts.map((one) => one.act),
        ['drafted'],
        id,
      );
      await sound();
    }
    assert.ok(n > 6, `${n} places to die`);
  });

  it('a publication has happened with all its notices, or not at all', async () => {
    const longer = (text: string): string =>
      text.replace('keep: P90D\n    from: call-end', 'keep: P120D\n    from: call-end');
    let n = 1;
    for (let more = true; more; n += 1) {
      at.home.setNow(`2027-01-${String(n).padStart(2, '0')}T10:00:00Z`);
      const text = nextPolicy(`p-${n}`, n % 2 === 1 ? longer : undefined);
      const desk = at.with(text);
      const { id } = await draft(desk, { name: 'Ann' });
      await review(desk, { name: 'Ann' }, id);
      await approve(desk, { name: 'Bo' }, id);
      more = killed(text, id, n);
      const { standing } = await look(desk, id);
      if (standing === 'approved') await publishOn(desk, { name: 'Bo' }, id);
      const found = await look(desk, id);
      assert.equal(found.standing, 'published');
      // Callers and staff: both are recorded.
      assert.equal(found.notices.length, n % 2 === 1 ? 2 : 0, 'longer than the last, or as before');
      await sound();
    }
    assert.ok(n > 4, `${n} places to die`);
    const waiting = await sql<{ n: string }>`select count(*)::text as n from ledger.intake`.execute(at.desk.db);
    assert.equal(waiting.rows[0]?.n, '0');
  });
});
